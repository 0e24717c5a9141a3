//! Answers that must not be told from each other by their times.

/// Whether two kinds of answers take the same time: neither is slower than the other in more than three pairs of four
/// (with 60 of each, chance alone leads there once in a million), nor by more than 3 ms or a third, as the middle goes.
pub(crate) fn assert_same_time(known: Vec<f64>, unknown: Vec<f64>) {
    let slower: usize =
        known.iter().map(|known| unknown.iter().filter(|unknown| known > unknown).count()).sum();
    let share = slower as f64 / (known.len() * unknown.len()) as f64;
    let (known, unknown) = (median(known), median(unknown));
    let said = format!("known {known:.2} ms, unknown {unknown:.2} ms, known is slower in {share:.2}");
    assert!((0.25..=0.75).contains(&share), "{said}");
    assert!((known - unknown).abs() <= (known.max(unknown) / 3.0).max(3.0), "{said}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
