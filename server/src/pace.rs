//! How fast one person may write: the generic cell rate algorithm (ITU-T I.371), in memory. It protects the
//! others from a runaway script; what protects accounts and codes is counted in the database.

use crate::limits::{MESSAGE_BURST, MESSAGE_INTERVAL};
use causeway_api::{Millis, PersonId, paths::seconds_until};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The next theoretical arrival per person.
#[derive(Default)]
pub struct Pace(Mutex<HashMap<PersonId, Millis>>);

impl Pace {
    /// Takes one turn, or says how many seconds to wait.
    pub fn take(&self, person: PersonId, now: Millis) -> Result<(), u32> {
        let mut arrivals = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if arrivals.len() > 10_000 {
            arrivals.retain(|_, arrival| *arrival > now);
        }
        let arrival = arrivals.entry(person).or_insert(now);
        let earliest = *arrival - MESSAGE_INTERVAL * (MESSAGE_BURST - 1);
        if now < earliest {
            return Err(seconds_until(now, earliest).max(1));
        }
        *arrival = (*arrival).max(now) + MESSAGE_INTERVAL;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_only_the_rate() {
        let (pace, person) = (Pace::default(), PersonId(uuid::Uuid::nil()));
        for _ in 0..MESSAGE_BURST {
            assert_eq!(pace.take(person, 1_000), Ok(()));
        }
        assert_eq!(pace.take(person, 1_000), Err(1));
        assert_eq!(pace.take(person, 1_000 + MESSAGE_INTERVAL), Ok(()));
        assert!(pace.take(person, 1_000 + MESSAGE_INTERVAL).is_err());
    }
}
