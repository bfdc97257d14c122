//! The words for what OVHcloud is working on.

use crate::ovh::exchange::{Progress, Task, Work};
use crate::run::watching;
use crate::text::{Text, fill};

/// What a task is about; what nobody knows here in OVHcloud's word.
pub fn work(t: &Text, task: &Task) -> String {
    let known = match task.work() {
        Work::AddConnector => t.work_add(),
        Work::ChangeConnector => t.work_change(),
        Work::DeleteConnector => t.work_delete(),
        Work::ChangeAccount => t.work_account(),
        Work::ChangeDomain => t.work_domain(),
        Work::ChangePlatform => t.work_platform(),
        Work::Maintenance => t.work_maintenance(),
        Work::Other => {
            let name = task.function.as_deref().filter(|name| !name.is_empty());
            return name.map_or(t.work_unnamed().to_owned(), |name| {
                fill(t.work_other(), &[("name", name)])
            });
        }
    };
    known.to_owned()
}

/// How a task stands: a class, the words, and what to do.
pub struct Standing {
    pub class: &'static str,
    pub words: &'static str,
    pub advice: Option<&'static str>,
}

pub fn standing(t: &Text, watched: &watching::Watched) -> Standing {
    let progress = watched.task.as_ref().map(Task::progress);
    let (class, words, advice) = match (watched.standing, progress) {
        (watching::Standing::Gone, _) => ("", t.task_gone(), Some(t.task_gone_advice())),
        (watching::Standing::Ended(Progress::Failed), _) => {
            ("bad", t.task_failed(), Some(t.task_failed_advice()))
        }
        (watching::Standing::Ended(Progress::Cancelled), _) => {
            ("bad", t.task_cancelled(), Some(t.task_cancelled_advice()))
        }
        (watching::Standing::Ended(_), _) => ("good", t.task_done(), None),
        (watching::Standing::Pending, None) => ("", t.still_looking(), None),
        (watching::Standing::Pending, Some(Progress::Waiting)) => ("", t.task_waiting(), None),
        (watching::Standing::Pending, Some(_)) => ("busy", t.task_working(), None),
    };
    Standing {
        class,
        words,
        advice,
    }
}
