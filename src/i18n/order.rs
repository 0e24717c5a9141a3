//! The order of texts in the language of the interface, by the browser's own rules (`Intl.Collator`): Åland comes with A
//! in English, and behind Z where a language has it so.

use js_sys::{Array, Intl::Collator, Object};
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use std::cmp::Ordering;

/// Sorts by a text.
pub(crate) fn sort_by_text<T>(items: &mut [T], text: impl Fn(&T) -> &String) {
    let locale = Array::of1(&super::current().into());
    let compare = Collator::new(&locale.unchecked_into(), &Object::new().unchecked_into()).compare();
    items.sort_by(|one, other| {
        let (one, other) = (text(one), text(other));
        let order = compare.call2(&JsValue::UNDEFINED, &one.into(), &other.into()).ok();
        order
            .and_then(|order| order.as_f64())
            .and_then(|order| order.partial_cmp(&0.0))
            .unwrap_or(Ordering::Equal)
    });
}
