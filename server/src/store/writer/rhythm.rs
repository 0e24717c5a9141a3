//! How far apart commits begin: not at all while little is written, so that no one waits for others; and far enough that
//! one `fsync` serves many while much is.

use std::time::Duration;
use tokio::time::Instant;

/// What was written longer ago than a few of these does not count.
const MEMORY: Duration = Duration::from_millis(250);
/// Up to so many events a second every commit begins at once.
const QUIET: f64 = 400.0;
/// At so many events a second commits are the farthest apart.
const BUSY: f64 = 1_000.0;
/// The farthest.
const WIDEST: Duration = Duration::from_millis(28);

/// The rhythm of commits, by how many events were written lately.
#[derive(Default)]
pub(super) struct Rhythm {
    /// Events a second, of which older ones count less.
    rate: f64,
    counted: Option<Instant>,
}

impl Rhythm {
    /// Counts the events of a commit.
    pub(super) fn count(&mut self, events: usize, now: Instant) {
        let age = self.counted.map_or(MEMORY * 100, |counted| now.duration_since(counted));
        self.counted = Some(now);
        let events = f64::from(u32::try_from(events).unwrap_or(u32::MAX));
        self.rate = self.rate * (-age.div_duration_f64(MEMORY)).exp() + events / MEMORY.as_secs_f64();
    }

    /// How long after the begin of the last commit the next one may begin.
    pub(super) fn pause(&self) -> Duration {
        let share = ((self.rate - QUIET) / (BUSY - QUIET)).clamp(0.0, 1.0);
        // Beyond that, more arrives in less time: the groups stay as large.
        WIDEST.mul_f64(share * (BUSY / self.rate.max(BUSY)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pause after two seconds of so many events a second, in commits of `group`.
    fn pause_at(rate: u32, group: u32) -> Duration {
        let (mut rhythm, start) = (Rhythm::default(), Instant::now());
        let apart = Duration::from_secs(1).mul_f64(f64::from(group) / f64::from(rate));
        for number in 0..2 * rate / group {
            rhythm.count(group as usize, start + apart * number);
        }
        rhythm.pause()
    }

    #[test]
    fn nothing_waits_while_little_is_written() {
        assert_eq!(Rhythm::default().pause(), Duration::ZERO);
        assert_eq!(pause_at(100, 1), Duration::ZERO);
        assert_eq!(pause_at(300, 1), Duration::ZERO);
    }

    #[test]
    fn a_group_grows_with_what_is_written_and_the_wait_shrinks_beyond() {
        let (busy, busier) = (pause_at(1_000, 25), pause_at(6_000, 25));
        assert!(busy > Duration::from_millis(20) && busy <= WIDEST, "{busy:?}");
        assert!(busier > Duration::from_millis(3) && busier < Duration::from_millis(6), "{busier:?}");
    }

    #[test]
    fn a_burst_is_forgotten() {
        let (mut rhythm, start) = (Rhythm::default(), Instant::now());
        rhythm.count(1_000, start);
        assert!(rhythm.pause() > Duration::ZERO);
        rhythm.count(1, start + Duration::from_secs(2));
        assert_eq!(rhythm.pause(), Duration::ZERO);
    }
}
