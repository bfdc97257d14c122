//! How often a consumer key may call: a bucket of tokens that fills at an even pace.

use std::collections::HashMap;
use std::time::Duration;

use super::clock::Moment;

/// Sixty calls a minute are known to be safe (python-ovh #81); the bucket holds a third of it.
pub struct Pace {
    /// Milliseconds for one token; `None` is no limit.
    step: Option<u64>,
    burst: u64,
    /// For each consumer key, when its bucket was, or will be, full.
    full: HashMap<String, Moment>,
}

impl Pace {
    pub fn per_minute(calls: u32) -> Self {
        let calls = u64::from(calls);
        Self {
            step: 60_000_u64.checked_div(calls).map(|step| step.max(1)),
            burst: (calls / 3).max(1),
            full: HashMap::new(),
        }
    }

    /// Takes a token, or says in how many seconds there is one.
    pub fn take(&mut self, consumer: &str, now: Moment) -> Result<(), u64> {
        let Some(step) = self.step else {
            return Ok(());
        };
        let full = self.full.get(consumer).map_or(now, |full| now.max(*full));
        let after = full.plus(Duration::from_millis(step));
        let most = now.plus(Duration::from_millis(step * self.burst));
        if after > most {
            let wait = after.since(most).as_millis();
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000).max(1));
        }
        self.full.insert(consumer.to_owned(), after);
        Ok(())
    }
}
