//! Components in a real browser: found by role and label, used as people use them.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test whose page lacks what it looks for has failed")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the browser tells times and places in 64-bit floats"
)]

use causeway::i18n;
use leptos::prelude::*;
use std::sync::LazyLock;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlButtonElement, HtmlElement};

#[path = "components/asked.rs"]
mod asked;
#[path = "components/code_step.rs"]
mod code_step;
#[path = "components/codes.rs"]
mod codes;
#[path = "components/composer.rs"]
mod composer;
#[path = "components/conversations.rs"]
mod conversations;
#[path = "components/dialogs.rs"]
mod dialogs;
#[path = "components/features.rs"]
mod features;
#[path = "components/fields.rs"]
mod fields;
#[path = "components/files.rs"]
mod files;
#[path = "components/icons.rs"]
mod icons;
#[path = "components/lists.rs"]
mod lists;
#[path = "components/marks.rs"]
mod marks;
#[path = "components/messages.rs"]
mod messages;
#[path = "components/methods.rs"]
mod methods;
#[path = "components/onboarding.rs"]
mod onboarding;
#[path = "components/passcode.rs"]
mod passcode;
#[path = "components/played_server.rs"]
mod played_server;
#[path = "components/profile.rs"]
mod profile;
#[path = "components/shared.rs"]
mod shared;
#[path = "components/shown.rs"]
mod shown;
#[path = "components/sign_in.rs"]
mod sign_in;
#[path = "components/time.rs"]
mod time;
#[path = "components/virtual_rows.rs"]
mod virtual_rows;
#[path = "components/visits.rs"]
mod visits;
#[path = "components/voice.rs"]
mod voice;

wasm_bindgen_test_configure!(run_in_browser);

/// The English texts, compiled as the build does it.
static ENGLISH: LazyLock<String> =
    LazyLock::new(|| causeway_catalog::compile(include_str!("../texts/en/interface.ftl")).unwrap());

/// A place in the page for one test, with the English texts. What an earlier test left is taken away: an open dialog would
/// keep the focus, and ids would be there twice.
fn place() -> HtmlElement {
    i18n::install("en", &ENGLISH).unwrap();
    while let Some(earlier) = document().query_selector("main[data-place]").unwrap() {
        earlier.remove();
    }
    let place: HtmlElement = document().create_element("main").unwrap().unchecked_into();
    place.set_attribute("data-place", "").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    place
}

fn find<T: JsCast>(place: &Element, what: &str) -> T {
    let found = place.query_selector(what).unwrap();
    found.unwrap_or_else(|| panic!("no {what}: {}", place.inner_html())).unchecked_into()
}

/// Whether there is such a thing at all.
fn has(place: &Element, what: &str) -> bool {
    place.query_selector(what).unwrap().is_some()
}

/// All of them, in the order of the page.
fn all(place: &Element, what: &str) -> Vec<Element> {
    let found = place.query_selector_all(what).unwrap();
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// What is written in something.
fn text(place: &Element) -> String {
    place.text_content().unwrap_or_default()
}

/// The words of all of them.
fn texts(place: &Element, what: &str) -> Vec<String> {
    all(place, what).iter().map(|it| text(it).trim().to_owned()).collect()
}

/// The button with these words.
fn button(place: &Element, words: &str) -> HtmlButtonElement {
    let found = all(place, "button").into_iter().find(|button| text(button).trim() == words);
    found.unwrap_or_else(|| panic!("no button {words}: {}", place.inner_html())).unchecked_into()
}

/// The link with these words.
fn link(place: &Element, words: &str) -> HtmlElement {
    let found = all(place, "a").into_iter().find(|link| text(link).trim() == words);
    found.unwrap_or_else(|| panic!("no link {words}: {}", place.inner_html())).unchecked_into()
}

/// The control that is named so, by its label or by itself.
fn labelled<T: JsCast>(place: &Element, words: &str) -> T {
    let label = all(place, "label").into_iter().find(|label| text(label).trim() == words);
    let Some(label) = label else { return find(place, &format!("[aria-label='{words}']")) };
    match label.get_attribute("for") {
        Some(id) => find(place, &format!("#{id}")),
        None => find(&label, "input, select, textarea"),
    }
}

/// What is read out with a control: its description.
fn described(place: &Element, control: &Element) -> String {
    let ids = control.get_attribute("aria-describedby").unwrap_or_default();
    let read = ids.split_whitespace().filter_map(|id| place.query_selector(&format!("#{id}")).unwrap());
    read.map(|it| text(&it).trim().to_owned()).collect::<Vec<_>>().join(" ")
}

/// Whether a control is marked as wrong.
fn is_invalid(control: &Element) -> bool {
    control.get_attribute("aria-invalid").as_deref() == Some("true")
}

/// Whether the focus is on this.
fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Types into a field of one line or of several.
fn type_into(field: &HtmlElement, text: &str) {
    js_sys::Reflect::set(field, &"value".into(), &text.into()).unwrap();
    fire(field, "input", &[]);
}

/// Chooses in a select, or checks a box.
fn choose(control: &HtmlElement, property: &str, value: impl Into<JsValue>) {
    js_sys::Reflect::set(control, &property.into(), &value.into()).unwrap();
    fire(control, "change", &[]);
}

fn fire(element: &Element, kind: &str, options: &[(&str, JsValue)]) -> bool {
    let init = js_sys::Object::new();
    for (name, value) in [("bubbles", true.into()), ("cancelable", true.into())].iter().chain(options) {
        js_sys::Reflect::set(&init, &(*name).into(), value).unwrap();
    }
    let class = if kind.starts_with("key") { "KeyboardEvent" } else { "Event" };
    let class: js_sys::Function = js_sys::Reflect::get(&window(), &class.into()).unwrap().unchecked_into();
    let event = js_sys::Reflect::construct(&class, &js_sys::Array::of2(&kind.into(), &init)).unwrap();
    element.dispatch_event(event.unchecked_ref()).unwrap()
}

/// Presses a key. Returns `false` if the page took it for itself.
fn press(element: &Element, key: &str) -> bool {
    fire(element, "keydown", &[("key", key.into())])
}

/// Waits for the next event of this kind on an element.
fn next_event(element: &Element, kind: &str) -> impl Future<Output = ()> + use<> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"once".into(), &true.into()).unwrap();
    let listen: js_sys::Function =
        js_sys::Reflect::get(element, &"addEventListener".into()).unwrap().unchecked_into();
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        listen.call3(element, &kind.into(), &resolve, &options).unwrap();
    });
    async move {
        JsFuture::from(promise).await.unwrap();
    }
}

/// A function of the browser that a test has put another in place of; the browser's own comes back with the end of the test.
struct InPlaceOf {
    owner: JsValue,
    name: &'static str,
    own: JsValue,
    _other: Closure<dyn Fn(JsValue) -> JsValue>,
}

impl InPlaceOf {
    fn put(owner: &JsValue, name: &'static str, other: impl Fn(JsValue) -> JsValue + 'static) -> Self {
        let own = js_sys::Reflect::get(owner, &name.into()).unwrap();
        let other = Closure::<dyn Fn(JsValue) -> JsValue>::new(other);
        js_sys::Reflect::set(owner, &name.into(), other.as_ref()).unwrap();
        Self { owner: owner.clone(), name, own, _other: other }
    }
}

impl Drop for InPlaceOf {
    fn drop(&mut self) {
        js_sys::Reflect::set(&self.owner, &self.name.into(), &self.own).unwrap();
    }
}
