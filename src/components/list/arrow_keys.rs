//! Arrow keys in a list of links or buttons: up and down move the focus, Home and End go to its ends. Tab still goes through
//! all of them.

use leptos::{prelude::*, wasm_bindgen::JsCast as _};
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Moves the focus in the list, whose rows are what `row` selects, on a key press that means it.
pub fn move_focus(list: &Element, row: &str, event: &KeyboardEvent) {
    if event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return;
    }
    let Ok(rows) = list.query_selector_all(row) else { return };
    let active = document().active_element();
    let at = (0..rows.length()).find(|at| rows.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let Some(next) = target(&event.key(), at, rows.length()) else { return };
    if let Some(row) = rows.get(next).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // An element that is there takes the focus.
        let _ = row.focus();
    }
}

/// Returns the row that a key leads to, from the row `at` that has the focus; `None` for another key, or where there is none.
fn target(key: &str, at: Option<u32>, count: u32) -> Option<u32> {
    let last = count.checked_sub(1)?;
    match (key, at) {
        ("ArrowDown", Some(at)) => (at < last).then_some(at + 1),
        ("ArrowUp", Some(at)) => at.checked_sub(1),
        ("ArrowDown", None) | ("Home", Some(_)) => Some(0),
        ("End", Some(_)) => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn arrows_move_by_one_and_stop_at_the_ends() {
        for (key, at, next) in [
            ("ArrowDown", Some(0), Some(1)),
            ("ArrowDown", Some(2), None),
            ("ArrowUp", Some(2), Some(1)),
            ("ArrowUp", Some(0), None),
            ("ArrowDown", None, Some(0)),
            ("ArrowUp", None, None),
            ("Home", Some(2), Some(0)),
            ("End", Some(0), Some(2)),
            ("End", None, None),
            ("Enter", Some(1), None),
        ] {
            assert_eq!(target(key, at, 3), next, "{key} {at:?}");
        }
        assert_eq!(target("ArrowDown", None, 0), None, "an empty list");
    }
}
