//! Measures and sets the position of a scrolled element.

use crate::state::window::Row;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The distance in px from the end that still counts as being at the end.
const END_SLACK: f64 = 48.0;

/// Returns the rows that are rendered, in order.
pub(super) fn rows(view: &HtmlElement) -> Vec<Row> {
    let origin = view.get_bounding_client_rect().top();
    let Ok(found) = view.query_selector_all("[data-ordinal]") else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| {
            let element: Element = found.get(at)?.dyn_into().ok()?;
            let ordinal = element.get_attribute("data-ordinal")?.parse().ok()?;
            let bounds = element.get_bounding_client_rect();
            Some(Row { ordinal, top: bounds.top() - origin, bottom: bounds.bottom() - origin })
        })
        .collect()
}

/// Whether the end of the conversation is in view.
pub(super) fn is_at_end(view: &HtmlElement) -> bool {
    f64::from(view.scroll_height() - view.client_height()) - f64::from(view.scroll_top()) <= END_SLACK
}

/// Scrolls to the end.
pub(super) fn to_end(view: &HtmlElement) {
    view.set_scroll_top(view.scroll_height());
}

/// Scrolls so that the row of `ordinal` has its top at `top`. Returns `false` if it is not rendered.
pub(super) fn place(view: &HtmlElement, ordinal: i64, top: f64) -> bool {
    let found = rows(view).into_iter().find(|row| row.ordinal == ordinal);
    if let Some(row) = found
        && (row.top - top).abs() >= 1.0
    {
        view.set_scroll_top(view.scroll_top() + (row.top - top).round() as i32);
    }
    found.is_some()
}
