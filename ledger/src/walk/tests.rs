//! What is done to a log is named: chains of every length, each act at every place.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the numbers of a short chain are places in its list"
)]

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn row(seq: i64, word: &str, before: &[u8]) -> Row {
    let (company, chat, actor) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
    let (at, kind) = (seq.saturating_add(1_000), "message_sent".to_owned());
    let body = format!("{word} {seq}");
    let row = Row { company, seq, at, kind, chat, actor, body, salt: None, hash: Vec::new() };
    Row { hash: row.hash_behind(before, seq), ..row }
}

fn log(length: i64) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for seq in 1..=length {
        let before = rows.last().map_or_else(|| vec![0; 32], |last| last.hash.clone());
        rows.push(row(seq, "text", &before));
    }
    rows
}

fn head(rows: &[Row]) -> Head {
    rows.last().map_or_else(
        || Head { seq: 0, hash: vec![0; 32] },
        |last| Head { seq: last.seq, hash: last.hash.clone() },
    )
}

fn findings(rows: Vec<Row>, head: &Head) -> Vec<Finding> {
    let mut walk = Walk::to(Some(head));
    rows.into_iter().for_each(|row| walk.take(row));
    walk.finish(true).1
}

fn renumber(rows: &mut [Row], from: usize, by: i64) {
    rows.iter_mut().skip(from).for_each(|row| row.seq += by);
}

fn rows(from: usize, to: usize, fault: Fault) -> Vec<Finding> {
    vec![Finding::Rows { from: from as i64, to: to as i64, fault }]
}

/// A log, its head, and two places in it (from 0) in ascending order.
fn log_and_places() -> impl Strategy<Value = (Vec<Row>, Head, usize, usize)> {
    (2_i64..80).prop_flat_map(|length| {
        let places = (0..length as usize, 0..length as usize).prop_filter("two places", |(a, b)| a != b);
        places.prop_map(move |(a, b)| {
            let rows = log(length);
            let head = head(&rows);
            (rows, head, a.min(b), a.max(b))
        })
    })
}

proptest! {
    #[test]
    fn an_untouched_log_is_intact((rows, head, _, _) in log_and_places()) {
        prop_assert_eq!(findings(rows, &head), vec![]);
    }

    #[test]
    fn an_altered_row_is_named((mut log, head, at, _) in log_and_places()) {
        log[at].body.push('!');
        prop_assert_eq!(findings(log, &head), rows(at + 1, at + 1, Fault::Altered));
    }

    #[test]
    fn an_altered_hash_is_told_from_an_altered_row((mut log, head, at, _) in log_and_places()) {
        log[at].hash[0] ^= 1;
        prop_assert_eq!(findings(log, &head), rows(at + 1, at + 1, Fault::HashAltered));
    }

    #[test]
    fn a_row_rewritten_with_its_hash_is_found_at_the_next((mut log, head, at, _) in log_and_places()) {
        let before = if at == 0 { vec![0; 32] } else { log[at - 1].hash.clone() };
        let seq = log[at].seq;
        log[at] = row(seq, "other", &before);
        let is_last = at + 1 == log.len();
        let named = if is_last { (at + 1, Fault::HeadDiffers) } else { (at + 2, Fault::Altered) };
        prop_assert_eq!(findings(log, &head), rows(named.0, named.0, named.1));
    }

    #[test]
    fn swapped_rows_are_named_with_both_places((mut log, head, a, b) in log_and_places()) {
        log.swap(a, b);
        (log[a].seq, log[b].seq) = (log[b].seq, log[a].seq);
        prop_assert_eq!(findings(log, &head), rows(a + 1, b + 1, Fault::Swapped));
    }

    #[test]
    fn contents_swapped_without_their_hashes_are_named((mut log, head, a, b) in log_and_places()) {
        log.swap(a, b);
        (log[a].seq, log[b].seq) = (log[b].seq, log[a].seq);
        let hash = log[a].hash.clone();
        log[a].hash = std::mem::replace(&mut log[b].hash, hash);
        prop_assert_eq!(findings(log, &head), rows(a + 1, b + 1, Fault::Swapped));
    }

    #[test]
    fn missing_rows_are_named((mut log, head, a, b) in log_and_places()) {
        log.drain(a..b);
        prop_assert_eq!(findings(log, &head), rows(a + 1, b, Fault::Missing));
    }

    #[test]
    fn missing_rows_are_named_when_the_rest_is_renumbered((mut log, head, a, b) in log_and_places()) {
        log.drain(a..b);
        renumber(&mut log, a, a as i64 - b as i64);
        prop_assert_eq!(findings(log, &head), rows(a + 1, b, Fault::Missing));
    }

    #[test]
    fn a_cut_tail_is_named((mut log, head, at, _) in log_and_places()) {
        let length = log.len();
        log.truncate(at);
        prop_assert_eq!(findings(log, &head), rows(at + 1, length, Fault::Missing));
    }

    #[test]
    fn inserted_rows_are_named((mut log, head, at, _) in log_and_places(), many in 1_usize..20, chained: bool) {
        renumber(&mut log, at, many as i64);
        for number in 0..many {
            let before = match (chained, at + number) {
                (true, 0) => vec![0; 32],
                (true, place) => log[place - 1].hash.clone(),
                (false, _) => vec![7; 32],
            };
            log.insert(at + number, row((at + number + 1) as i64, "forged", &before));
        }
        prop_assert_eq!(findings(log, &head), rows(at + 1, at + many, Fault::Inserted));
    }

    #[test]
    fn rows_at_or_below_zero_are_named((mut log, head, at, _) in log_and_places()) {
        let forged = row(-(at as i64), "forged", &[0; 32]);
        log.insert(0, forged);
        let found = vec![Finding::row(-(at as i64), Fault::Inserted)];
        prop_assert_eq!(findings(log, &head), found);
    }

    #[test]
    fn a_log_that_goes_on_behind_its_head_is_named((log, _, at, _) in log_and_places()) {
        let earlier = head(&log[..at]);
        let length = log.len();
        prop_assert_eq!(findings(log, &earlier), rows(at + 1, length, Fault::BehindHead));
    }

    #[test]
    fn rows_invented_behind_the_head_are_named((mut log, head, _, _) in log_and_places()) {
        let length = log.len();
        log.push(row(length as i64 + 1, "forged", &[7; 32]));
        log.push(row(i64::MAX, "forged", &[7; 32]));
        let found = vec![
            Finding::row(length as i64 + 1, Fault::Inserted),
            Finding::row(i64::MAX, Fault::Inserted),
        ];
        prop_assert_eq!(findings(log, &head), found);
    }

    #[test]
    fn an_altered_head_is_named((log, mut head, _, _) in log_and_places(), by in 0_i64..3) {
        if by == 0 { head.hash[3] ^= 1 } else { head.seq += by }
        let seq = head.seq as usize;
        prop_assert_eq!(findings(log, &head), rows(seq, seq, Fault::HeadDiffers));
    }

    #[test]
    fn no_tampering_ends_the_walk_badly(
        (log, head, _, _) in log_and_places(),
        acts in proptest::collection::vec((0_usize..80, 0_usize..5, any::<i64>()), 1..12),
    ) {
        let untouched = format!("{log:?}");
        let mut touched = log;
        for (place, act, number) in acts {
            let at = place % touched.len();
            match act {
                0 => touched[at].body.push('!'),
                1 => touched[at].seq = number,
                2 => touched[at].hash.clear(),
                3 => { let end = touched.len() - 1; touched.swap(at, end); }
                _ => { let again = touched[at].clone(); touched.push(again); }
            }
        }
        touched.sort_by_key(|row| row.seq);
        touched.dedup_by_key(|row| row.seq);
        if format!("{touched:?}") != untouched {
            prop_assert!(!findings(touched, &head).is_empty());
        }
    }
}
