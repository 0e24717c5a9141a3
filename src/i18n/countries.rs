//! Names of countries in the language of the interface, from the browser's own tables (`Intl.DisplayNames`).

use js_sys::{Array, Function, Object, Reflect};
use leptos::wasm_bindgen::{JsCast as _, JsValue};

/// The name of a country; its code where the browser has no name for it.
pub fn country_name(code: &str) -> String {
    name_in(&super::current(), code).unwrap_or_else(|| code.to_owned())
}

fn name_in(language: &str, code: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let arguments = Array::of2(&Array::of1(&language.into()), &options);
    let names = Reflect::construct(&constructor, &arguments).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(&names, &JsValue::from_str(code)).ok()?.as_string()
}
