//! A small seeded generator (splitmix64) for keys, ids and faults. Not for real secrets.

use std::hash::{BuildHasher, RandomState};

pub struct Chance(u64);

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Chance {
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub fn unforeseen() -> Self {
        Self(RandomState::new().hash_one("practice"))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, without `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Letters and digits, as the keys of OVHcloud are made.
    pub fn letters(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| {
                let place = usize::try_from(self.below(62)).unwrap_or(0);
                char::from(LETTERS[place])
            })
            .collect()
    }

    pub fn hex(&mut self, count: usize) -> String {
        let words = (0..count.div_ceil(16)).map(|_| format!("{:016x}", self.next()));
        let mut text = words.collect::<Vec<_>>().concat();
        text.truncate(count);
        text
    }
}
