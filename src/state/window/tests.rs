//! A view with rows of any height, as a browser lays them out: it is never blank.

use super::*;
use proptest::prelude::*;

/// What is above the first row: the notice that all is recorded.
const NOTICE: f64 = 49.0;
/// The margin below each row, which counts for the row and not for its bubble.
const GAP: f64 = 16.0;

/// A view over rows 1 to n, whose true heights are only known once they are drawn.
struct Screen {
    /// The true heights.
    rows: Vec<f64>,
    view: f64,
    scroll: f64,
    drawn: (i64, i64),
    /// The spacers, as they were when the rows were drawn.
    spacers: (f64, f64),
    heights: Heights,
}

impl Screen {
    fn open(rows: Vec<f64>, view: f64, anchor: Anchor) -> Self {
        let mut screen =
            Self { rows, view, scroll: 0.0, drawn: (1, 0), spacers: (0.0, 0.0), heights: Heights::default() };
        screen.draw(anchor);
        screen.settle();
        screen
    }

    fn bounds(&self) -> (i64, i64) {
        (1, self.rows.len() as i64)
    }

    fn height(&self, ordinal: i64) -> f64 {
        self.rows[usize::try_from(ordinal - 1).expect("ordinals begin at 1")]
    }

    fn shown(&self) -> Vec<Row> {
        let mut top = NOTICE + self.spacers.0 - self.scroll;
        let row = |ordinal| {
            let row = Row { ordinal, top, bottom: top + self.height(ordinal) - GAP };
            top += self.height(ordinal);
            row
        };
        (self.drawn.0..=self.drawn.1).map(row).collect()
    }

    fn scroll_to(&mut self, scroll: f64) {
        let drawn: f64 = (self.drawn.0..=self.drawn.1).map(|ordinal| self.height(ordinal)).sum();
        let content = NOTICE + self.spacers.0 + drawn + self.spacers.1;
        self.scroll = scroll.clamp(0.0, (content - self.view).max(0.0));
    }

    fn draw(&mut self, anchor: Anchor) {
        let (first, last) = self.bounds();
        let (start, end) = self.heights.stretch(anchor, self.view, (first, last));
        self.drawn = (start, end);
        self.spacers = (self.heights.between(first, start - 1), self.heights.between(end + 1, last));
        match anchor {
            Anchor::End => self.scroll_to(f64::MAX),
            Anchor::Row(ordinal, top) => {
                let row = self.shown().into_iter().find(|row| row.ordinal == ordinal);
                let row = row.expect("the anchor is among the rows that are drawn");
                self.scroll_to(self.scroll + row.top - top);
            }
        }
    }

    /// Draws rows until they reach far enough, as the page does after every scroll event.
    fn settle(&mut self) {
        for _ in 0..500 {
            let rows = self.shown();
            self.heights.note(&rows);
            match self.heights.next(&rows, self.view, self.bounds()) {
                None => return self.check(),
                Some(anchor) => self.draw(anchor),
            }
        }
        panic!("it does not come to rest: {:?} at {}", self.drawn, self.scroll);
    }

    fn check(&self) {
        let (rows, (first, last)) = (self.shown(), self.bounds());
        let (top, bottom) = (rows.first().expect("a row"), rows.last().expect("a row"));
        assert!(rows.iter().any(|row| row.bottom > 0.0 && row.top < self.view), "blank: {rows:?}");
        assert!(top.ordinal == first || top.top <= 0.0, "a gap at the top: {top:?}");
        assert!(bottom.ordinal == last || bottom.bottom >= self.view, "a gap at the bottom: {bottom:?}");
    }
}

/// What a reader does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Wheel(f64),
    /// Drags the scroll bar to a part of its length.
    Drag(f64),
    ToLatest,
    /// Someone writes a message of this height.
    Grow(f64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        (-3_000.0..3_000.0).prop_map(Act::Wheel),
        (0.0..=1.0).prop_map(Act::Drag),
        Just(Act::ToLatest),
        (30.0..2_500.0).prop_map(Act::Grow),
    ];
    prop::collection::vec(act, 0..25)
}

fn heights() -> impl Strategy<Value = Vec<f64>> {
    let height = prop_oneof![3 => 40.0..120.0, 1 => 120.0..3_000.0, 1 => 20.0..40.0];
    prop::collection::vec(height, 1..250)
}

proptest! {
    #[test]
    fn a_conversation_never_opens_or_scrolls_to_a_blank_view(
        rows in heights(), view in 200.0..2_400.0, unread in 0.0..1.0, acts in acts(),
    ) {
        let at = 1 + (unread * (rows.len() - 1) as f64) as i64;
        let mut screen = Screen::open(rows, view, Anchor::Row(at, 120.0));
        for act in acts {
            match act {
                Act::Wheel(by) => screen.scroll_to(screen.scroll + by),
                Act::Drag(part) => {
                    let drawn: f64 = (screen.drawn.0..=screen.drawn.1).map(|row| screen.height(row)).sum();
                    screen.scroll_to((NOTICE + screen.spacers.0 + drawn + screen.spacers.1) * part);
                }
                Act::ToLatest => screen.draw(Anchor::End),
                Act::Grow(height) => {
                    screen.rows.push(height);
                    screen.spacers.1 += ROW_HEIGHT;
                }
            }
            screen.settle();
        }
    }

    #[test]
    fn a_conversation_opens_with_its_first_unread_message_in_view(
        rows in heights(), view in 200.0..2_400.0, unread in 0.0..1.0,
    ) {
        let at = 1 + (unread * (rows.len() - 1) as f64) as i64;
        let screen = Screen::open(rows, view, Anchor::Row(at, 120.0));
        let row = screen.shown().into_iter().find(|row| row.ordinal == at).expect("it is drawn");
        prop_assert!(row.top < view && row.bottom + GAP > 0.0, "{row:?}");
    }

    #[test]
    fn a_row_in_view_keeps_its_place_while_rows_above_it_are_drawn(rows in heights(), view in 200.0..1_200.0) {
        let last = rows.len() as i64;
        let mut screen = Screen::open(rows, view, Anchor::End);
        for _ in 0..40 {
            let before = screen.shown();
            screen.scroll_to(screen.scroll - 90.0);
            let moved = screen.shown()[0].top - before[0].top;
            let seen = before.iter().find(|row| row.top > 0.0 && row.bottom + moved < view && row.top + moved > 0.0);
            let Some(seen) = seen.copied() else { continue };
            screen.settle();
            let now = screen.shown().into_iter().find(|row| row.ordinal == seen.ordinal);
            let now = now.expect("it is still drawn");
            prop_assert!((now.top - seen.top - moved).abs() < 0.5 || screen.scroll == 0.0, "{seen:?} {now:?} of {last}");
        }
    }
}

#[test]
fn forty_unread_messages_behind_long_texts_are_in_view_at_once() {
    let rows: Vec<f64> = (1..=82).map(|ordinal| if ordinal <= 42 { 1_900.0 } else { 70.0 }).collect();
    let screen = Screen::open(rows, 800.0, Anchor::Row(43, 120.0));
    let row = screen.shown().into_iter().find(|row| row.ordinal == 43).expect("it is drawn");
    assert!((row.top - 120.0).abs() < 1.0, "{row:?}");
}

#[test]
fn rows_that_are_not_displayed_have_no_height_to_note() {
    let mut heights = Heights::default();
    heights.note(&[Row { ordinal: 3, top: 0.0, bottom: 0.0 }, Row { ordinal: 4, top: 0.0, bottom: 0.0 }]);
    assert!((heights.between(3, 4) - 2.0 * ROW_HEIGHT).abs() < 0.1);
    heights
        .note(&[Row { ordinal: 3, top: 0.0, bottom: 90.0 }, Row { ordinal: 4, top: 100.0, bottom: 150.0 }]);
    assert!((heights.between(3, 4) - 150.0).abs() < 0.1);
}
