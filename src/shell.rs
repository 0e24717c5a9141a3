//! The static shell of the page (`shell/`): its first form can be typed into while the application is on its way. The
//! application is drawn behind it and takes its place, with what was typed, once it knows which page it shows.

use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast as _, JsValue, closure::Closure},
};
use std::{cell::Cell, time::Duration};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

thread_local! {
    /// How many pages are drawn that do not know yet what they show.
    static OPENING: Cell<u32> = const { Cell::new(0) };
}

/// Stands where a page is about to show its first step; until it goes, the shell stays.
#[component]
pub(crate) fn Opening() -> impl IntoView {
    OPENING.set(OPENING.get() + 1);
    on_cleanup(|| {
        OPENING.set(OPENING.get() - 1);
        soon();
    });
    view! { <p role="status">{crate::i18n::t("loading")}</p> }
}

/// Draws the application behind the shell, which it replaces as soon as it can.
pub(crate) fn mount<V: IntoView + 'static>(application: impl FnOnce() -> V + 'static) -> Result<(), JsValue> {
    let place: HtmlElement = document().create_element("div")?.unchecked_into();
    place.set_id("app");
    place.set_hidden(true);
    document().body().ok_or("a document has a body")?.append_child(&place)?;
    leptos::mount::mount_to(place, application).forget();
    soon();
    Ok(())
}

/// Takes over once the effects of what was drawn have run: they would put the caret of a field to its end.
fn soon() {
    set_timeout(take_over, Duration::ZERO);
}

/// Puts the application in place of the shell, unless it does not know yet what it shows, or a word is being composed.
fn take_over() {
    let Some(shell) = document().get_element_by_id("shell") else { return };
    let form = shell.query_selector(".shell__form:not([hidden])").ok().flatten();
    if form.is_some() && OPENING.get() > 0 {
        return;
    }
    if shell.has_attribute("data-composing") {
        return once(&shell, "compositionend");
    }
    let Some(place) = document().get_element_by_id("app") else { return };
    let typed = form.as_ref().map(Typed::read);
    place.unchecked_ref::<HtmlElement>().set_hidden(false);
    shell.remove();
    if let Some(typed) = typed {
        typed.write(&place);
    }
}

/// Tries again after an event, once its default action is done.
fn once(shell: &Element, event: &str) {
    let again = Closure::once_into_js(soon);
    if let Err(error) = shell.add_event_listener_with_callback(event, again.unchecked_ref()) {
        web_sys::console::error_2(&"the shell stays".into(), &error);
    }
}

/// What was typed into the form of the shell, and where the caret was.
struct Typed {
    values: Vec<(String, String)>,
    caret: Option<Caret>,
    /// It was sent before the application was there.
    is_sent: bool,
}

/// The field with the focus, and what was selected in it.
struct Caret {
    field: String,
    start: Option<u32>,
    end: Option<u32>,
    direction: Option<String>,
}

impl Caret {
    fn read(field: &HtmlInputElement) -> Self {
        Self {
            field: field.name(),
            start: field.selection_start().ok().flatten(),
            end: field.selection_end().ok().flatten(),
            direction: field.selection_direction().ok().flatten(),
        }
    }

    fn put(self, field: &HtmlInputElement) {
        // A field of the page takes the focus, and a kind of field without a caret has none to put back.
        let _ = field.focus();
        if let (Some(start), Some(end)) = (self.start, self.end) {
            let direction = self.direction.unwrap_or_else(|| "none".to_owned());
            let _ = field.set_selection_range_with_direction(start, end, &direction);
        }
    }
}

impl Typed {
    fn read(form: &Element) -> Self {
        let active = document().active_element();
        let (mut values, mut caret) = (Vec::new(), None);
        for field in inputs(form) {
            if active.as_ref() == Some(&field) {
                caret = Some(Caret::read(&field));
            }
            values.push((field.name(), field.value()));
        }
        let is_sent = form.query_selector("[data-submitted]").is_ok_and(|found| found.is_some());
        Self { values, caret, is_sent }
    }

    /// Fills in the form that the application shows. If it shows another page, what was typed has no place there.
    fn write(self, place: &Element) {
        let fields = inputs(place);
        let named = |name: &str| fields.iter().find(|field| field.name() == name);
        for (name, value) in self.values.iter().filter(|(_, value)| !value.is_empty()) {
            if let Some(field) = named(name) {
                field.set_value(value);
                tell(field, "input");
            }
        }
        if let Some(caret) = self.caret
            && let Some(field) = named(&caret.field)
        {
            caret.put(field);
        }
        if self.is_sent
            && let Some(form) = fields.first().and_then(HtmlInputElement::form)
        {
            tell(&form, "submit");
        }
    }
}

/// The fields below an element.
fn inputs(place: &Element) -> Vec<HtmlInputElement> {
    let Ok(found) = place.query_selector_all("input[name]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Sends an event as the browser would.
fn tell(target: &web_sys::EventTarget, kind: &str) {
    let how = EventInit::new();
    how.set_bubbles(true);
    how.set_cancelable(true);
    let told = Event::new_with_event_init_dict(kind, &how).and_then(|event| target.dispatch_event(&event));
    if let Err(error) = told {
        web_sys::console::error_2(&"what was typed was not handed over".into(), &error);
    }
}
