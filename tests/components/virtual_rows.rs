//! Long lists of which only the rows in view are in the document.

use super::{all, find, has, has_focus, link, next_event, place};
use causeway::components::list::virtual_rows::{RowWindow, VirtualRows};
use leptos::{mount::mount_to, prelude::*, task::tick};
use std::{collections::BTreeMap, ops::Range};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlElement};

const ROW: f64 = 64.0;
const TOTAL: usize = 10_000;
/// How high all rows are together.
const HEIGHT: i32 = 640_000;

/// A list of ten thousand links, ten of which are in view, and some of which are here.
struct List {
    place: HtmlElement,
    view: HtmlElement,
    window: RowWindow,
    rows: RwSignal<BTreeMap<usize, String>>,
}

impl List {
    async fn of(here: Range<usize>) -> Self {
        let (place, window) = (place(), RowWindow::new(ROW));
        let rows = RwSignal::new(rows(here));
        mount_to(place.clone(), move || {
            view! {
                <style>"ul { margin: 0 }"</style>
                <div
                    node_ref=window.view()
                    id="view"
                    style="block-size: 640px; overflow: auto"
                    on:scroll=move |_| {
                        window.scrolled();
                    }
                >
                    <VirtualRows
                        window=window
                        rows=rows
                        total=TOTAL
                        key=|row: &String| row.clone()
                        row=|row: String| {
                            view! {
                                <a href="#" style="display: block; block-size: 64px">
                                    {row}
                                </a>
                            }
                            .into_any()
                        }
                    />
                </div>
            }
        })
        .forget();
        tick().await;
        let view = find(&place, "#view");
        Self { place, view, window, rows }
    }

    async fn scroll_to(&self, row: usize) {
        let scrolled = next_event(&self.view, "scroll");
        self.view.set_scroll_top((row as f64 * ROW) as i32);
        scrolled.await;
        tick().await;
    }

    /// The places of the rows that are in the document, as they are read out.
    fn drawn(&self) -> Vec<usize> {
        let place = |row: &Element| row.get_attribute("aria-posinset")?.parse::<usize>().ok();
        all(&self.place, "li").iter().filter_map(place).map(|place| place - 1).collect()
    }

    /// How far below the upper edge of the view a row is, in px.
    fn top_of(&self, row: usize) -> f64 {
        let row = link(&self.place, &format!("Row {row}"));
        row.get_bounding_client_rect().top() - self.view.get_bounding_client_rect().top()
    }
}

fn rows(range: Range<usize>) -> BTreeMap<usize, String> {
    range.map(|row| (row, format!("Row {row}"))).collect()
}

#[wasm_bindgen_test]
async fn only_the_rows_in_view_are_in_the_document() {
    let list = List::of(0..TOTAL).await;
    let drawn = list.drawn();
    assert!(drawn.len() < 60, "{drawn:?}");
    assert!((0..11).all(|row| drawn.contains(&row)), "{drawn:?}");
    assert_eq!(list.view.scroll_height(), HEIGHT, "as high as all rows");
}

#[wasm_bindgen_test]
async fn scrolling_draws_other_rows_at_their_place() {
    let list = List::of(0..TOTAL).await;
    for row in [5_000, 9_990, 30] {
        list.scroll_to(row).await;
        let drawn = list.drawn();
        assert!(drawn.len() < 60 && (row..row + 10).all(|row| drawn.contains(&row)), "{row}: {drawn:?}");
        assert!(list.top_of(row).abs() < 1.0, "{row} is {} px off", list.top_of(row));
        assert_eq!(list.view.scroll_height(), HEIGHT);
    }
}

#[wasm_bindgen_test]
async fn every_row_says_which_of_how_many_it_is() {
    let list = List::of(0..TOTAL).await;
    list.scroll_to(700).await;
    let row = link(&list.place, "Row 700").parent_element().unwrap();
    assert_eq!(row.get_attribute("aria-posinset").as_deref(), Some("701"));
    assert_eq!(row.get_attribute("aria-setsize").as_deref(), Some("10000"));
}

#[wasm_bindgen_test]
async fn the_row_with_the_focus_keeps_it_out_of_view() {
    let list = List::of(0..TOTAL).await;
    let focused = link(&list.place, "Row 3");
    focused.focus().unwrap();
    for row in [20, 300, 8_000] {
        list.scroll_to(row).await;
        assert!(has_focus(&focused), "scrolled to {row}");
        assert!(list.top_of(row).abs() < 1.0, "{row} is {} px off", list.top_of(row));
        assert_eq!(list.view.scroll_height(), HEIGHT);
    }
    list.scroll_to(0).await;
    assert!(has_focus(&focused) && (list.top_of(3) - 3.0 * ROW).abs() < 1.0, "it is where it was");
}

#[wasm_bindgen_test]
async fn a_row_below_the_view_keeps_the_focus_as_well() {
    let list = List::of(0..TOTAL).await;
    list.scroll_to(8_000).await;
    let focused = link(&list.place, "Row 8004");
    focused.focus().unwrap();
    list.scroll_to(100).await;
    assert!(has_focus(&focused));
    assert!(list.top_of(100).abs() < 1.0, "{} px off", list.top_of(100));
    assert_eq!(list.view.scroll_height(), HEIGHT);
}

#[wasm_bindgen_test]
async fn a_row_out_of_view_goes_when_the_focus_does() {
    let list = List::of(0..TOTAL).await;
    link(&list.place, "Row 3").focus().unwrap();
    list.scroll_to(300).await;
    assert_eq!(list.drawn()[0], 3);
    link(&list.place, "Row 301").focus().unwrap();
    tick().await;
    assert!(!list.drawn().contains(&3), "{:?}", list.drawn());
}

#[wasm_bindgen_test]
async fn rows_that_come_later_are_drawn_at_their_place() {
    let list = List::of(0..200).await;
    list.scroll_to(1_000).await;
    assert!(!has(&list.place, "li"), "none of these is here");
    assert_eq!(list.view.scroll_height(), HEIGHT);
    list.rows.update(|here| here.extend(rows(1_000..1_200)));
    tick().await;
    assert!(list.top_of(1_000).abs() < 1.0, "{} px off", list.top_of(1_000));
}

#[wasm_bindgen_test]
async fn a_list_is_scrolled_to_a_row_from_elsewhere() {
    let list = List::of(0..TOTAL).await;
    assert!(list.window.scroll_to(4_321), "other rows are in view");
    tick().await;
    assert!(list.top_of(4_321).abs() < 1.0, "{} px off", list.top_of(4_321));
    assert!(!list.window.scroll_to(4_321), "the same rows are in view");
}

#[wasm_bindgen_test]
async fn a_row_that_only_moves_stays_the_same_and_says_its_new_place() {
    let list = List::of(0..TOTAL).await;
    let row = link(&list.place, "Row 3");
    row.focus().unwrap();
    list.rows.update(|rows| {
        let moved = rows.remove(&3).unwrap();
        (0..3).rev().for_each(|place| drop(rows.remove(&place).map(|row| rows.insert(place + 1, row))));
        rows.insert(0, moved);
    });
    tick().await;
    tick().await;
    assert!(link(&list.place, "Row 3").is_same_node(Some(&row)), "it is not drawn anew");
    assert_eq!(row.parent_element().unwrap().get_attribute("aria-posinset").as_deref(), Some("1"));
    assert!(list.top_of(3).abs() < 1.0 && has_focus(&row));
    list.scroll_to(5_000).await;
    assert!(has_focus(&row), "it is known where the row with the focus went");
}
