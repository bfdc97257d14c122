//! The addresses of a platform: which are looked for, which are chosen, and what is known of each.

use std::collections::BTreeSet;

/// OVHcloud's placeholders for accounts that nobody has set up.
const PLACEHOLDER: &str = "@configureme.me";

/// Whether an address is one of OVHcloud's placeholders.
pub fn is_placeholder(address: &str) -> bool {
    address.ends_with(PLACEHOLDER)
}

/// Of addresses, one a line, those that nothing was done for: whoever chooses again begins without the
/// rest.
pub fn without_done(chosen: &str, done: &[(String, u64)]) -> String {
    // One by one: to collect them would bring a sort of its own, kilobytes of the page.
    let mut settled = BTreeSet::new();
    for (address, _) in done {
        settled.insert(address.clone());
    }
    let left = chosen.lines().filter(|line| !settled.contains(*line));
    let left: Vec<&str> = left.collect();
    left.join("\n")
}

/// How an address sends now, as far as it was asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Now {
    #[default]
    Unknown,
    /// Through this connector, or without one.
    Through(Option<u64>),
    /// It was asked, and the answer was an error.
    Unreadable,
}

/// All addresses, in the order of the alphabet.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    addresses: Vec<String>,
    /// In small letters, to be searched.
    lower: Vec<String>,
    now: Vec<Now>,
    chosen: Vec<bool>,
    count: usize,
}

/// What is looked for. Nothing set finds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A part of the address, in any letters; several words must all be there.
    pub text: String,
    /// The part behind the `@`.
    pub domain: Option<String>,
    /// How it sends now.
    pub now: Option<Now>,
    pub only_chosen: bool,
}

impl Roster {
    /// The addresses of a platform without OVHcloud's placeholders.
    pub fn new(addresses: Vec<String>) -> Self {
        let mut addresses = addresses;
        addresses.retain(|address| !is_placeholder(address));
        addresses.sort_unstable();
        addresses.dedup();
        Self {
            lower: addresses.iter().map(|a| a.to_lowercase()).collect(),
            now: vec![Now::Unknown; addresses.len()],
            chosen: vec![false; addresses.len()],
            count: 0,
            addresses,
        }
    }

    pub fn addresses(&self) -> &[String] {
        &self.addresses
    }

    pub fn address(&self, position: usize) -> &str {
        self.addresses.get(position).map_or("", String::as_str)
    }

    /// The position of an address, spelled as the platform does.
    pub fn position(&self, address: &str) -> Option<usize> {
        let found = self
            .addresses
            .binary_search_by(|known| known.as_str().cmp(address));
        found.ok()
    }

    /// The domains, each with the number of its addresses, those with the most first.
    pub fn domains(&self) -> Vec<(&str, usize)> {
        let mut names: Vec<&str> = self.lower.iter().map(|address| domain(address)).collect();
        names.sort_unstable();
        let mut domains: Vec<(&str, usize)> = Vec::new();
        for name in names {
            match domains.last_mut() {
                Some((last, count)) if *last == name => *count += 1,
                _ => domains.push((name, 1)),
            }
        }
        domains.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        domains
    }

    /// The positions that match.
    pub fn matching(&self, filter: &Filter) -> Vec<usize> {
        let text = filter.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let fits = |&position: &usize| {
            let lower = &self.lower[position];
            words.iter().all(|word| lower.contains(word))
                && filter
                    .domain
                    .as_deref()
                    .is_none_or(|wanted| domain(lower) == wanted)
                && filter.now.is_none_or(|wanted| self.now[position] == wanted)
                && (!filter.only_chosen || self.chosen[position])
        };
        (0..self.addresses.len()).filter(fits).collect()
    }

    pub fn now(&self, position: usize) -> Now {
        self.now.get(position).copied().unwrap_or_default()
    }

    /// Takes in how an address sends.
    pub fn learn(&mut self, position: usize, now: Now) {
        if let Some(known) = self.now.get_mut(position) {
            *known = now;
        }
    }

    /// Of how many it is known how they send.
    pub fn known(&self) -> usize {
        self.now.iter().filter(|now| **now != Now::Unknown).count()
    }

    pub fn is_chosen(&self, position: usize) -> bool {
        self.chosen.get(position).copied().unwrap_or_default()
    }

    pub fn choose(&mut self, positions: impl IntoIterator<Item = usize>, is_chosen: bool) {
        for position in positions {
            if let Some(chosen) = self.chosen.get_mut(position)
                && *chosen != is_chosen
            {
                *chosen = is_chosen;
                if is_chosen {
                    self.count += 1;
                } else {
                    self.count -= 1;
                }
            }
        }
    }

    /// How many are chosen.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The positions that are chosen.
    pub fn chosen(&self) -> impl Iterator<Item = usize> {
        (0..self.chosen.len()).filter(|&position| self.chosen[position])
    }
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

#[cfg(test)]
mod tests {
    use super::{Filter, Now, Roster, without_done};

    fn roster() -> Roster {
        let addresses = [
            "sales@mydomain.example",
            "Anna.Muster@mydomain.example",
            "anna@other.example",
            "8f3a@configureme.me",
            "sales@mydomain.example",
        ];
        Roster::new(addresses.map(ToOwned::to_owned).to_vec())
    }

    fn found(roster: &Roster, filter: &Filter) -> Vec<String> {
        let found = roster.matching(filter).into_iter();
        found
            .map(|position| roster.address(position).to_owned())
            .collect()
    }

    #[test]
    fn placeholders_and_doubles_are_left_out() {
        assert_eq!(
            roster().addresses(),
            [
                "Anna.Muster@mydomain.example",
                "anna@other.example",
                "sales@mydomain.example"
            ]
        );
        assert_eq!(
            roster().domains(),
            [("mydomain.example", 2), ("other.example", 1)]
        );
        assert_eq!(roster().position("anna@other.example"), Some(1));
        assert_eq!(roster().position("nobody@other.example"), None);
    }

    #[test]
    fn what_is_looked_for_is_found_in_any_letters() {
        let text = |text: &str| Filter {
            text: text.to_owned(),
            ..Filter::default()
        };
        let roster = roster();
        assert_eq!(found(&roster, &text("ANNA")).len(), 2);
        assert_eq!(
            found(&roster, &text(" muster  anna ")),
            ["Anna.Muster@mydomain.example"]
        );
        assert_eq!(found(&roster, &text("")).len(), 3);
        assert!(found(&roster, &text("zzz")).is_empty());
    }

    #[test]
    fn filters_meet() {
        let mut roster = roster();
        roster.learn(0, Now::Through(Some(7)));
        roster.learn(2, Now::Through(None));
        roster.choose([0, 1], true);
        let through = |through| Filter {
            now: Some(Now::Through(through)),
            ..Filter::default()
        };
        assert_eq!(roster.matching(&through(Some(7))), [0]);
        assert_eq!(roster.matching(&through(None)), [2]);
        assert!(roster.matching(&through(Some(8))).is_empty());
        let filter = Filter {
            domain: Some("mydomain.example".to_owned()),
            only_chosen: true,
            ..Filter::default()
        };
        assert_eq!(roster.matching(&filter), [0]);
        assert_eq!(roster.known(), 2);
    }

    #[test]
    fn what_was_done_is_chosen_no_more_and_what_failed_still_is() {
        let done = ["a@x.example", "b@x.example"].map(|address| (address.to_owned(), 7));
        let left = without_done("b@x.example\nc@x.example\nd@x.example", &done);
        assert_eq!(left, "c@x.example\nd@x.example");
        assert_eq!(without_done("", &done), "");
    }

    #[test]
    fn choosing_twice_counts_once() {
        let mut roster = roster();
        roster.choose([0, 0, 2, 99], true);
        assert_eq!(
            (roster.count(), roster.chosen().collect::<Vec<_>>()),
            (2, vec![0, 2])
        );
        roster.choose([0, 1], false);
        assert_eq!((roster.count(), roster.is_chosen(2)), (1, true));
    }
}
