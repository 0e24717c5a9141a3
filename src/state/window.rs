//! Which messages of a long conversation are drawn, from the heights of those that were: rules without a screen.
//!
//! Two spacers replace the rows that are not drawn. Whatever moves, the rows that are drawn reach beyond both edges of the
//! view, and one of them, the anchor, keeps its place.

use std::collections::BTreeMap;

/// Rows are drawn this far beyond the view, in px.
const MARGIN: f64 = 600.0;
/// Others are drawn when fewer px than this are left beyond the view.
const LEAST_MARGIN: f64 = 250.0;
/// The height in px that a row is assumed to have until it is drawn.
const ROW_HEIGHT: f64 = 64.0;
/// No row is lower than this, in px.
const LEAST_HEIGHT: f64 = 16.0;

/// A row on the screen: its ordinal, and where its top and bottom are from the top of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// The ordinal of its message.
    pub ordinal: i64,
    /// Its top.
    pub top: f64,
    /// Its bottom.
    pub bottom: f64,
}

/// What keeps its place when other rows are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// The end of the conversation, at the bottom of the view.
    End,
    /// The row of this ordinal, with its top this far below the top of the view.
    Row(i64, f64),
}

/// The heights of rows, as far as they were drawn.
#[derive(Clone, Debug, Default)]
pub struct Heights(BTreeMap<i64, f64>);

impl Heights {
    /// Takes the heights of drawn rows in. A row reaches down to the next one, so that what is between them counts.
    pub fn note(&mut self, rows: &[Row]) {
        let below = rows.iter().skip(1).map(|next| next.top).chain(rows.last().map(|last| last.bottom));
        for (row, below) in rows.iter().zip(below) {
            // What is not displayed has no height.
            if below - row.top >= LEAST_HEIGHT {
                self.0.insert(row.ordinal, below - row.top);
            }
        }
    }

    /// Forgets all of them: the view is wider or narrower than it was.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn of(&self, ordinal: i64) -> f64 {
        self.0.get(&ordinal).copied().unwrap_or(ROW_HEIGHT)
    }

    /// The height of the rows `from` to `to`.
    pub fn between(&self, from: i64, to: i64) -> f64 {
        if from > to {
            return 0.0;
        }
        let known: Vec<f64> = self.0.range(from..=to).map(|(_, height)| *height).collect();
        known.iter().sum::<f64>() + (to - from + 1 - known.len() as i64) as f64 * ROW_HEIGHT
    }

    /// The rows to draw among `first` to `last`, so that they reach beyond both edges of a view of this height.
    pub fn stretch(&self, anchor: Anchor, view: f64, (first, last): (i64, i64)) -> (i64, i64) {
        let (at, top) = match anchor {
            Anchor::End => (last, view - self.of(last)),
            Anchor::Row(ordinal, top) => (ordinal.clamp(first, last.max(first)), top),
        };
        let (mut start, mut reach) = (at, top);
        while start > first && reach > -MARGIN {
            start -= 1;
            reach -= self.of(start);
        }
        let (mut end, mut reach) = (at, top + self.of(at));
        while end < last && reach < view + MARGIN {
            end += 1;
            reach += self.of(end);
        }
        (start, end)
    }

    /// What keeps its place while other rows are drawn, given those that are; `None` when these reach far enough.
    pub fn next(&self, rows: &[Row], view: f64, (first, last): (i64, i64)) -> Option<Anchor> {
        let (top, bottom) = (rows.first()?, rows.last()?);
        let reaches_up = top.ordinal <= first || top.top <= -LEAST_MARGIN;
        let reaches_down = bottom.ordinal >= last || bottom.bottom >= view + LEAST_MARGIN;
        if reaches_up && reaches_down {
            return None;
        }
        let seen = rows.iter().find(|row| row.bottom > 0.0 && row.top < view);
        Some(seen.map_or_else(
            || self.out_of_sight(top, bottom, view, (first, last)),
            |row| Anchor::Row(row.ordinal, row.top),
        ))
    }

    /// The row that would be in the middle of the view, where the scroll bar was dragged beyond all rows that are drawn.
    fn out_of_sight(&self, top: &Row, bottom: &Row, view: f64, (first, last): (i64, i64)) -> Anchor {
        let middle = view / 2.0;
        if top.top > middle {
            let (mut ordinal, mut at) = (top.ordinal, top.top);
            while ordinal > first && at > middle {
                ordinal -= 1;
                at -= self.of(ordinal);
            }
            return Anchor::Row(ordinal, at.min(middle));
        }
        let (mut ordinal, mut at) = (bottom.ordinal, bottom.top);
        while ordinal < last && at + self.of(ordinal) < middle {
            at += self.of(ordinal);
            ordinal += 1;
        }
        Anchor::Row(ordinal, at.max(middle - self.of(ordinal)))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
