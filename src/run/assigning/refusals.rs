//! The same refusal at one address after the other: then it is not the addresses, but what they
//! have in common, such as a connector that was deleted.

use crate::ovh::Error;

/// Addresses in a row that are refused alike before the job stands still.
const ALIKE: usize = 5;
/// How many more there may be each time that somebody says to go on nevertheless.
const MORE: usize = 4;

/// Refusals of other kinds that may lie between.
const KINDS: usize = 8;

#[derive(Clone, Debug)]
pub(super) struct Refusals {
    /// Since a call went well, the newest kind last: the refusal, and the items that met it.
    kinds: Vec<(Error, Vec<usize>)>,
    most: usize,
}

impl Default for Refusals {
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            most: ALIKE,
        }
    }
}

impl Refusals {
    /// A call of the same kind went well.
    pub fn end(&mut self) {
        self.kinds.clear();
    }

    /// Takes in a refusal; the items that were refused alike, once there are too many.
    pub fn heard(&mut self, index: usize, error: &Error) -> Option<Vec<usize>> {
        let known = self.kinds.iter().position(|(known, _)| known == error);
        let (error, mut items) = match known {
            Some(place) => self.kinds.remove(place),
            None => (error.clone(), Vec::new()),
        };
        if !items.contains(&index) {
            items.push(index);
        }
        if items.len() >= self.most {
            self.end();
            return Some(items);
        }
        if self.kinds.len() >= KINDS {
            self.kinds.remove(0);
        }
        self.kinds.push((error, items));
        None
    }

    /// The next halt takes more.
    pub fn be_patient(&mut self) {
        self.most *= MORE;
    }
}

#[cfg(test)]
mod tests {
    use super::Refusals;
    use crate::ovh::Error;

    fn suspended(index: usize) -> Error {
        let words = format!("a{index} is suspended");
        Error::Refused { status: 403, words }
    }

    #[test]
    fn tells_what_is_common_to_all_from_what_is_one_addresss_own() {
        let mut refusals = Refusals::default();
        for index in 0..100 {
            assert_eq!(refusals.heard(index, &suspended(index)), None);
        }
        for index in 0..4 {
            assert_eq!(refusals.heard(index, &Error::NotFound), None);
            assert_eq!(refusals.heard(index, &Error::NotFound), None);
            assert_eq!(refusals.heard(50 + index, &suspended(50 + index)), None);
        }
        let alike = refusals.heard(9, &Error::NotFound);
        assert_eq!(alike, Some(vec![0, 1, 2, 3, 9]));
        refusals.be_patient();
        for index in 0..19 {
            assert_eq!(refusals.heard(index, &Error::NotFound), None);
        }
        refusals.end();
        assert_eq!(refusals.heard(19, &Error::NotFound), None);
    }
}
