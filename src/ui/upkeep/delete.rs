use crate::ui::dom::El;
use crate::ui::kit::heading;
use crate::ui::sitting::Sitting;

pub fn delete(sitting: Sitting) -> Vec<El> {
    vec![heading(sitting.words().delete_title())]
}
