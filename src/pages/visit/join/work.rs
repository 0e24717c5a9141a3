//! Solves the proof of work that the form asks for, in small portions, so that the page stays responsive.

use causeway_api::registration::Work;
use gloo_timers::future::TimeoutFuture;

/// Hashes per portion: a few milliseconds.
const PORTION: u64 = 4_000;

/// Returns the number that solves the work for an address.
pub(super) async fn solve(work: &Work, email: &str) -> u64 {
    let mut from = 0;
    loop {
        if let Some(number) = work.solve(email, from, PORTION) {
            return number;
        }
        from += PORTION;
        TimeoutFuture::new(0).await;
    }
}
