//! A long list of which only the rows in view are in the document. All rows have one height, so that the place of each is
//! known without drawing it.

use leptos::{
    ev::FocusEvent,
    html::{Div, Ul},
    prelude::*,
    task::spawn_local,
    wasm_bindgen::JsCast as _,
};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    ops::Range,
};
use web_sys::HtmlElement;

/// Rows drawn above and below those in view, so that a short scroll shows no gap.
const MARGIN: usize = 12;

/// Returns the places of the rows to draw in a view of `height` that is scrolled down by `top`, in px.
fn rows_in_view(top: f64, height: f64, row_height: f64) -> Range<usize> {
    let first = (top / row_height) as usize;
    let visible = (height / row_height) as usize + 1;
    first.saturating_sub(MARGIN)..first + visible + MARGIN + 1
}

/// Returns how many rows are left out between the row at `place` and the one that is drawn before it; `drawn` has the places in
/// order. Before the first there is none.
fn left_out_before(drawn: &[usize], place: usize) -> usize {
    let at = drawn.partition_point(|other| *other < place);
    let previous = at.checked_sub(1).and_then(|at| drawn.get(at));
    previous.map_or(0, |previous| place.saturating_sub(previous + 1))
}

/// Which rows of a list are in view. The element that scrolls has [`Self::view`] as its `node_ref` and tells
/// [`Self::scrolled`].
#[derive(Clone, Copy)]
pub struct RowWindow {
    view: NodeRef<Div>,
    row_height: f64,
    range: RwSignal<Range<usize>>,
}

/// The pixels of one rem: the text size that someone has chosen.
fn rem() -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window().get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok()).unwrap_or(16.0)
}

impl RowWindow {
    /// Returns the window at the top of a list whose rows have this height in rem: they grow with the text.
    pub fn in_rem(row_height: f64) -> Self {
        Self::new(row_height * rem())
    }

    /// Returns the window at the top of a list whose rows have this height in px.
    pub fn new(row_height: f64) -> Self {
        let first = rows_in_view(0.0, row_height * 28.0, row_height);
        Self { view: NodeRef::new(), row_height, range: RwSignal::new(first) }
    }

    /// The element that scrolls.
    pub fn view(self) -> NodeRef<Div> {
        self.view
    }

    /// The places of the rows in view, with a margin.
    pub fn range(self) -> Signal<Range<usize>> {
        self.range.into()
    }

    /// Draws the rows that are in view now. Returns whether they are others than before.
    pub fn scrolled(self) -> bool {
        let Some(view) = self.view.get_untracked() else { return false };
        let (top, height) = (f64::from(view.scroll_top()), f64::from(view.client_height()));
        let range = rows_in_view(top, height, self.row_height);
        let is_other = self.range.with_untracked(|before| *before != range);
        if is_other {
            self.range.set(range);
        }
        is_other
    }

    /// Scrolls to a row. Returns whether other rows are in view than before.
    pub fn scroll_to(self, place: usize) -> bool {
        if let Some(view) = self.view.get_untracked() {
            view.set_scroll_top((place as f64 * self.row_height) as i32);
        }
        self.scrolled()
    }

    /// The height of so many rows.
    fn height_of(self, rows: usize) -> String {
        format!("{}px", rows as f64 * self.row_height)
    }
}

/// The rows in view, as a list whose height is that of all rows. The row that has the focus stays while it is scrolled out of
/// view.
#[component]
pub fn VirtualRows<T, K>(
    /// Which rows are in view.
    window: RowWindow,
    /// The rows that are here, by their place. Some may still have to be fetched.
    #[prop(into)]
    rows: Signal<BTreeMap<usize, T>>,
    /// How many rows there are in all.
    #[prop(into)]
    total: Signal<usize>,
    /// What a row is known by: one that only moves stays as it is, one with another key is drawn anew.
    key: fn(&T) -> K,
    /// Draws what is in a row.
    #[prop(into)]
    row: Callback<T, AnyView>,
    /// The class of the list.
    #[prop(default = "rows")]
    class: &'static str,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Clone + Eq + Hash + Send + Sync + 'static,
{
    let (list, focused) = (NodeRef::<Ul>::new(), RwSignal::new(None::<(usize, K)>));
    let drawn = Memo::new(move |_| {
        let (range, focused) = (window.range.get(), focused.get());
        rows.with(|rows| {
            let focused = focused.and_then(|(place, own)| find(rows, place, |row| key(row) == own));
            drawn(rows, &range, focused)
        })
    });
    let places =
        Memo::new(move |_| drawn.with(|drawn| drawn.iter().map(|(place, _)| *place).collect::<Vec<_>>()));
    let place_of = Memo::new(move |_| {
        drawn.with(|drawn| drawn.iter().map(|(place, row)| (key(row), *place)).collect::<HashMap<_, _>>())
    });
    let above = move || window.height_of(places.with(|places| places.first().copied().unwrap_or(0)));
    let below = move || {
        let next = places.with(|places| places.last().map_or(0, |place| place + 1));
        window.height_of(total.get().saturating_sub(next))
    };
    let gap = move |place: usize| places.with(|places| left_out_before(places, place));
    let blur = move |event: FocusEvent| {
        // Without another element that takes it, the window lost the focus, or the row while it was moved.
        if event.related_target().is_some() {
            focused.set(None);
        }
    };
    let each = move || {
        keep_focus(list, window);
        drawn.get()
    };
    view! {
        <ul node_ref=list class=class style:padding-block-start=above style:padding-block-end=below on:focusout=blur>
            <For
                each=each
                key=move |(_, row)| key(row)
                children=move |(place, item)| {
                    let (own, focusing) = (key(&item), key(&item));
                    // A row that is just leaving has no place any more.
                    let place = Memo::new(move |before: Option<&usize>| {
                        let now = place_of.with(|places| places.get(&own).copied());
                        now.or(before.copied()).unwrap_or(place)
                    });
                    view! {
                        <li
                            style:margin-block-start=move || window.height_of(gap(place.get()))
                            aria-setsize=move || total.get().to_string()
                            aria-posinset=move || (place.get() + 1).to_string()
                            on:focusin=move |_| focused.set(Some((place.get_untracked(), focusing.clone())))
                        >
                            {row.run(item)}
                        </li>
                    }
                }
            />
        </ul>
    }
}

/// Returns the place of a row that was at `place` before.
fn find<T>(rows: &BTreeMap<usize, T>, place: usize, is_it: impl Fn(&T) -> bool) -> Option<usize> {
    if rows.get(&place).is_some_and(&is_it) {
        return Some(place);
    }
    rows.iter().find(|(_, row)| is_it(row)).map(|(place, _)| *place)
}

/// Returns the rows to draw, with their places: those in the range that are here, and the one that has the focus.
fn drawn<T: Clone>(
    rows: &BTreeMap<usize, T>,
    range: &Range<usize>,
    focused: Option<usize>,
) -> Vec<(usize, T)> {
    let is_drawn = |place: usize| range.contains(&place) || focused == Some(place);
    rows.iter().filter(|(place, _)| is_drawn(**place)).map(|(place, row)| (*place, row.clone())).collect()
}

/// Gives the focus back to the row that has it now, once the rows are drawn: the browser takes it from an element that is
/// moved within the document, as rows are when others are drawn in front of them.
fn keep_focus(list: NodeRef<Ul>, window: RowWindow) {
    let Some(list) = list.get_untracked() else { return };
    let active = document().active_element().filter(|active| list.contains(Some(active)));
    let Some(row) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) else { return };
    spawn_local(async move {
        let is_lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        if let Some(view) = window.view.try_get_untracked().flatten().filter(|_| is_lost) {
            // The row may be out of view, which it does not come into by this.
            let top = view.scroll_top();
            // An element that is there takes the focus.
            let _ = row.focus();
            view.set_scroll_top(top);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{MARGIN, left_out_before, rows_in_view};

    #[test]
    fn the_rows_in_view_are_drawn_with_a_margin() {
        for (top, height, range) in [
            (0.0, 640.0, 0..11 + MARGIN + 1),
            (0.0, 0.0, 0..1 + MARGIN + 1),
            (63.0, 640.0, 0..11 + MARGIN + 1),
            (64.0, 640.0, 0..12 + MARGIN + 1),
            (6_400.0, 640.0, 100 - MARGIN..111 + MARGIN + 1),
            // Half a row above, half a row below.
            (6_432.0, 640.0, 100 - MARGIN..111 + MARGIN + 1),
        ] {
            assert_eq!(rows_in_view(top, height, 64.0), range, "{top} {height}");
        }
    }

    #[test]
    fn a_view_shows_no_row_that_is_not_drawn() {
        let height = 500.0;
        for top in (0..20_000).step_by(7).map(f64::from) {
            let range = rows_in_view(top, height, 64.0);
            let (first, last) = ((top / 64.0).floor() as usize, ((top + height) / 64.0).floor() as usize);
            assert!(range.contains(&first) && range.contains(&last), "{top}: {range:?}");
        }
    }

    #[test]
    fn rows_that_are_left_out_keep_their_room() {
        for (drawn, place, rows) in [
            (&[0, 1, 2][..], 0, 0),
            (&[0, 1, 2], 2, 0),
            (&[5, 6], 5, 0),
            (&[5, 6], 6, 0),
            (&[3, 90, 91], 90, 86),
            (&[3, 90, 91], 91, 0),
            (&[90, 91, 500], 500, 408),
        ] {
            assert_eq!(left_out_before(drawn, place), rows, "{drawn:?} {place}");
        }
    }

    #[test]
    fn what_is_drawn_and_what_is_left_out_is_as_high_as_all_rows() {
        let total = 1_000;
        for drawn in [&[0, 1, 2, 999][..], &[3, 90, 91, 92], &[999], &[]] {
            let above = drawn.first().copied().unwrap_or(0);
            let gaps: usize = drawn.iter().map(|place| left_out_before(drawn, *place)).sum();
            let below = total - drawn.last().map_or(0, |place| place + 1);
            assert_eq!(above + gaps + drawn.len() + below, total, "{drawn:?}");
        }
    }
}
