//! Walks a chain row by row and tells what was done to it.
//!
//! A row is checked against the stored hash of the row before it, so that each act of tampering shows at its own place. A
//! row that does not fit is a break; what the breaks and the rows after them have in common says whether it was altered,
//! swapped, inserted or removed. Nothing here reads the database.

use crate::{FINDINGS_MAX, Fault, Finding, GENESIS, Head, Row};
use causeway_api::EventBody;
use std::collections::VecDeque;

/// Inserted rows are recognised in runs of less than this.
const INSERTED_MAX: usize = 64;
/// Removed rows whose successors were renumbered are recognised in runs of at most this.
const REMOVED_MAX: i64 = 1_000;

/// A row that does not fit the one before it.
struct Break {
    /// Hash before its place.
    before: Vec<u8>,
    /// Number that was recorded at its place.
    number: i64,
    row: Row,
}

/// A walk along the chain of one company.
pub struct Walk {
    head: Option<Head>,
    /// Number that the next row has to carry.
    next: i64,
    /// Recorded number minus present number, after rows were inserted or removed and the rest renumbered.
    shift: i64,
    /// Hashes before the next row, newest last; empty when the row before it is missing.
    before: VecDeque<Vec<u8>>,
    breaks: Vec<Break>,
    findings: Vec<Finding>,
    rows: i64,
    /// Whether the row before had a salt, and whether it lets the next one have one. `None` before the first row.
    form: Option<(bool, bool)>,
}

impl Walk {
    /// A walk to a recorded end, or to wherever the log ends.
    pub fn to(head: Option<&Head>) -> Self {
        Self {
            head: head.cloned(),
            next: 1,
            shift: 0,
            before: VecDeque::from([GENESIS.to_vec()]),
            breaks: Vec::new(),
            findings: Vec::new(),
            rows: 0,
            form: None,
        }
    }

    /// Whether there are too many findings to go on.
    pub fn is_full(&self) -> bool {
        self.findings.len() + self.breaks.len() >= FINDINGS_MAX
    }

    /// Checks the next row; rows come in the order of their numbers.
    pub fn take(&mut self, row: Row) {
        self.rows += 1;
        let seq = row.seq;
        if seq <= 0 {
            return self.found(seq, seq, Fault::Inserted);
        }
        if seq > self.next {
            if self.is_behind_head(seq) {
                return self.found(seq, seq, Fault::Inserted);
            }
            self.found(self.next, seq - 1, Fault::Missing);
            self.before.clear();
        }
        let number = seq.saturating_add(self.shift);
        let hash = match self.before.back() {
            Some(before) if row.hash_behind(before, number) != row.hash => {
                let before = before.clone();
                self.explain(row, before, number)
            }
            _ => {
                self.check_form(&row);
                row.hash
            }
        };
        self.go_behind(seq, hash);
    }

    /// Ends the walk. Returns the number of rows and everything that was found; the end of the log is compared with the
    /// recorded one when all of it `was_read`.
    pub fn finish(mut self, was_read: bool) -> (i64, Vec<Finding>) {
        if was_read {
            self.compare_end();
        }
        let mut last = None;
        for broken in std::mem::take(&mut self.breaks) {
            let seq = broken.row.seq;
            let fault = if last == Some(seq - 1) { Fault::Unproven } else { Fault::Altered };
            self.findings.push(Finding::row(seq, fault));
            last = Some(seq);
        }
        self.findings.sort_by_key(|finding| match finding {
            Finding::Rows { from, .. } => *from,
            _ => 0,
        });
        (self.rows, self.findings)
    }

    /// A log begins in either form and changes to the second once, right behind the event that says so.
    fn check_form(&mut self, row: &Row) {
        let is_salted = row.salt.is_some();
        let fits = |(was_salted, may_change)| is_salted == was_salted || (is_salted && may_change);
        if !self.form.is_none_or(fits) {
            self.found(row.seq, row.seq, Fault::OtherForm);
        }
        self.form = Some((is_salted, row.kind == EventBody::HashFormChanged.kind()));
    }

    fn go_behind(&mut self, seq: i64, hash: Vec<u8>) {
        self.next = seq.saturating_add(1);
        self.before.push_back(hash);
        if self.before.len() > INSERTED_MAX {
            self.before.pop_front();
        }
    }

    fn is_behind_head(&self, seq: i64) -> bool {
        self.head.as_ref().is_some_and(|head| seq.saturating_add(self.shift) > head.seq)
    }

    /// Explains a row that does not fit. Returns the hash that the next row is checked against.
    fn explain(&mut self, row: Row, before: Vec<u8>, number: i64) -> Vec<u8> {
        if let Some(hash) = self.as_swapped(&row, &before, number) {
            return hash;
        }
        if self.as_behind_altered_hash(&row, number)
            || self.as_behind_inserted(&row, number)
            || self.as_behind_removed(&row, &before, number)
        {
            return row.hash;
        }
        let hash = row.hash.clone();
        self.breaks.push(Break { before, number, row });
        hash
    }

    /// Whether the row and an earlier break stand at each other's place, with or without their hashes. Returns the hash
    /// that belongs to the row's place.
    fn as_swapped(&mut self, row: &Row, before: &[u8], number: i64) -> Option<Vec<u8>> {
        let (at, hash, first_hash) = self.breaks.iter().enumerate().rev().find_map(|(at, broken)| {
            let here = row.hash_behind(&broken.before, broken.number);
            let is_next = broken.row.seq + 1 == row.seq;
            if here == row.hash {
                let before = if is_next { &row.hash } else { before };
                let there = broken.row.hash_behind(before, number);
                return (there == broken.row.hash).then_some((at, there, here));
            }
            let there = broken.row.hash_behind(before, number);
            (here == broken.row.hash && there == row.hash).then_some((at, there, here))
        })?;
        let first = self.breaks.remove(at).row.seq;
        // The row behind the first one broke only because of it.
        self.breaks.retain(|next| {
            next.row.seq != first + 1 || next.row.hash_behind(&first_hash, next.number) != next.row.hash
        });
        self.found(first, row.seq, Fault::Swapped);
        Some(hash)
    }

    /// Whether the row fits the contents of the break before it, whose stored hash is wrong.
    fn as_behind_altered_hash(&mut self, row: &Row, number: i64) -> bool {
        let fits = self.breaks.last().is_some_and(|broken| {
            let hash = broken.row.hash_behind(&broken.before, broken.number);
            broken.row.seq + 1 == row.seq && row.hash_behind(&hash, number) == row.hash
        });
        if fits && let Some(broken) = self.breaks.pop() {
            self.found(broken.row.seq, broken.row.seq, Fault::HashAltered);
        }
        fits
    }

    /// Whether the row fits a row further back, so that those between them were inserted and the rest renumbered.
    fn as_behind_inserted(&mut self, row: &Row, number: i64) -> bool {
        let Some(inserted) = self.inserted_before(row, number) else { return false };
        let first = row.seq - inserted;
        self.breaks.retain(|broken| broken.row.seq < first);
        self.found(first, row.seq - 1, Fault::Inserted);
        self.shift -= inserted;
        true
    }

    fn inserted_before(&self, row: &Row, number: i64) -> Option<i64> {
        let further_back = self.before.iter().rev().zip(0..).skip(1);
        further_back
            .filter(|(_, back)| number - back > 0)
            .find(|(before, back)| row.hash_behind(before, number - back) == row.hash)
            .map(|(_, back)| back)
    }

    /// Whether the row was recorded with a higher number behind the break before it, so that rows were removed in front of
    /// that one and the rest renumbered.
    fn as_behind_removed(&mut self, row: &Row, before: &[u8], number: i64) -> bool {
        if self.breaks.last().is_none_or(|broken| broken.row.seq + 1 != row.seq) {
            return false;
        }
        let fits = |removed: &i64| row.hash_behind(before, number.saturating_add(*removed)) == row.hash;
        let Some(removed) = (1..=REMOVED_MAX).find(fits) else { return false };
        self.breaks.pop();
        self.found(number - 1, number - 2 + removed, Fault::Missing);
        self.shift += removed;
        true
    }

    fn compare_end(&mut self) {
        let Some(head) = self.head.take() else { return };
        let last = self.next.saturating_add(self.shift) - 1;
        let has_head_hash = self.before.back() == Some(&head.hash);
        if last > head.seq {
            return self.found_behind_head(head.seq.saturating_sub(self.shift).saturating_add(1));
        }
        if last == head.seq && has_head_hash {
            return;
        }
        let broken_end = self.breaks.last().filter(|broken| broken.row.seq + 1 == self.next);
        let is_broken = broken_end.is_some();
        let is_rehashed = broken_end
            .is_some_and(|broken| broken.row.hash_behind(&broken.before, broken.number) == head.hash);
        if last == head.seq {
            if is_rehashed {
                self.breaks.pop();
                self.found(self.next - 1, self.next - 1, Fault::HashAltered);
            } else if !is_broken {
                self.found(head.seq, head.seq, Fault::HeadDiffers);
            } // Otherwise the last row is named already.
        } else if !has_head_hash {
            self.found(last + 1, head.seq, Fault::Missing);
        } else if is_broken {
            self.breaks.pop();
            self.found(last, head.seq - 1, Fault::Missing);
        } else {
            self.found(head.seq, head.seq, Fault::HeadDiffers);
        }
    }

    /// Rows from `first` on follow the recorded end: they continue the log up to the first that does not fit.
    fn found_behind_head(&mut self, first: i64) {
        let invented = self.breaks.iter().map(|broken| broken.row.seq).find(|seq| *seq >= first);
        self.breaks.retain(|broken| broken.row.seq < first);
        let until = invented.unwrap_or(self.next);
        if first < until {
            self.found(first, until - 1, Fault::BehindHead);
        }
        if let Some(from) = invented {
            self.found(from, self.next - 1, Fault::Inserted);
        }
    }

    /// Notes a finding, as one with its neighbour when both are of one kind.
    fn found(&mut self, from: i64, to: i64, fault: Fault) {
        let joins = matches!(fault, Fault::Missing | Fault::Inserted | Fault::BehindHead);
        if let Some(Finding::Rows { to: end, fault: before, .. }) = self.findings.last_mut()
            && joins
            && *before == fault
            && end.checked_add(1) == Some(from)
        {
            *end = to;
            return;
        }
        self.findings.push(Finding::Rows { from, to, fault });
    }
}

// Property tests run on the host only.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
