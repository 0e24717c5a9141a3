//! Changing what stands in the field of a message from elsewhere than its keyboard.

use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

/// Where the cursor is, in UTF-16 units; the end of what is marked.
pub(super) fn cursor(field: &HtmlTextAreaElement) -> usize {
    field.selection_end().ok().flatten().unwrap_or_default() as usize
}

/// Puts words in the place of a stretch, in UTF-16 units, with the cursor behind them; returns the whole text.
pub(super) fn replace(field: &HtmlTextAreaElement, from: usize, to: usize, words: &str) -> String {
    let mut units: Vec<u16> = field.value().encode_utf16().collect();
    let to = to.min(units.len());
    let from = from.min(to);
    units.splice(from..to, words.encode_utf16());
    let text = String::from_utf16_lossy(&units);
    field.set_value(&text);
    let end = (from + words.encode_utf16().count()) as u32;
    // A field that is there takes the cursor.
    let _ = field.set_selection_range(end, end);
    text
}

/// Puts words where the cursor is, in the place of what is marked; returns the whole text.
pub(super) fn insert(field: &HtmlTextAreaElement, words: &str) -> String {
    let start = field.selection_start().ok().flatten().unwrap_or_default() as usize;
    replace(field, start, cursor(field), words)
}

/// Gives the field the focus.
pub(super) fn focus(field: &HtmlTextAreaElement) {
    // An element that is there takes the focus.
    let _ = field.focus();
}

/// The field, if it is drawn.
pub(super) fn of(field: NodeRef<leptos::html::Textarea>) -> Option<HtmlTextAreaElement> {
    field.get_untracked()
}
