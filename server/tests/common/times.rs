//! Answers that must not be told from each other by their times.

use std::time::Duration;

/// Pairs after which the times are looked at, and how often: on a busy machine the middle of few times says little.
const PAIRS: usize = 60;
const ROUNDS: usize = 8;

/// Asks for both kinds of answers in pairs, by the number of the pair and whether the known one is meant, until they take
/// the same time; panics when they never do. Who comes first changes with every pair. `ask` answers how long it took.
pub(crate) async fn assert_same_time(mut ask: impl AsyncFnMut(usize, bool) -> Duration) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let mut difference = None;
    for pair in 0..PAIRS * ROUNDS {
        for is_known in [pair % 2 == 0, pair % 2 == 1] {
            let time = ask(pair, is_known).await;
            let times = if is_known { &mut known } else { &mut unknown };
            times.push(time.as_secs_f64() * 1e3);
        }
        if pair % PAIRS == PAIRS - 1 {
            difference = find_difference(&known, &unknown);
            if difference.is_none() {
                return;
            }
        }
    }
    panic!("{}", difference.unwrap_or_default());
}

/// Says so when one kind is slower in more than six pairs of ten, or by more than 3 ms as the middle goes.
#[expect(clippy::cast_precision_loss, reason = "there are some hundred pairs")]
fn find_difference(known: &[f64], unknown: &[f64]) -> Option<String> {
    let slower: usize =
        known.iter().map(|known| unknown.iter().filter(|unknown| known > *unknown).count()).sum();
    let share = slower as f64 / (known.len() * unknown.len()) as f64;
    let (known, unknown) = (median(known), median(unknown));
    let is_same = (0.4..=0.6).contains(&share) && (known - unknown).abs() <= 3.0;
    (!is_same).then(|| format!("known {known:.2} ms, unknown {unknown:.2} ms, known is slower in {share:.2}"))
}

fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
