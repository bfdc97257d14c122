//! The same refusal at one address after the other: then it is not the addresses, but what they
//! have in common, such as a connector that was deleted.

use crate::ovh::Error;

/// Addresses in a row that are refused alike before the job stands still.
const ALIKE: usize = 5;
/// How many more there may be each time that somebody says to go on nevertheless.
const MORE: usize = 4;

#[derive(Clone, Debug)]
pub(super) struct Refusals {
    error: Option<Error>,
    items: Vec<usize>,
    most: usize,
}

impl Default for Refusals {
    fn default() -> Self {
        Self {
            error: None,
            items: Vec::new(),
            most: ALIKE,
        }
    }
}

impl Refusals {
    /// A call of the same kind went well.
    pub fn end(&mut self) {
        self.error = None;
        self.items.clear();
    }

    /// Takes in a refusal; the items that were refused alike, once there are too many.
    pub fn heard(&mut self, index: usize, error: &Error) -> Option<Vec<usize>> {
        if self.error.as_ref() != Some(error) {
            self.end();
            self.error = Some(error.clone());
        }
        if !self.items.contains(&index) {
            self.items.push(index);
        }
        if self.items.len() < self.most {
            return None;
        }
        self.error = None;
        Some(std::mem::take(&mut self.items))
    }

    /// The next halt takes more.
    pub fn be_patient(&mut self) {
        self.most *= MORE;
    }
}
