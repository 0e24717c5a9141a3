//! A labelled text field with its error at its place.

use crate::components::base::icon::{Icon, IconSize};
use crate::i18n::t;
use leptos::prelude::*;

/// A line of text.
#[component]
pub fn TextField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong, in words.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// The field is where typing begins.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <input
                class="input input--lg"
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                required
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
            />
            <FieldError id=error_id error=error/>
        </div>
    }
}

/// The passcode of a device: digits, hidden, and never offered to a password manager.
#[component]
pub fn PasscodeField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong, in words.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The field is where typing begins.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <input
                class="input input--lg activation-code"
                id=id
                name=id
                type="password"
                inputmode="numeric"
                autocomplete="off"
                maxlength="6"
                autofocus=autofocus
                required
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| described.clone())
            />
            <FieldError id=error_id error=error/>
        </div>
    }
}

/// A password, which can be shown.
#[component]
pub fn PasswordField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong, in words.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// What is asked of it.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let (error_id, hint_id) = (format!("{id}-error"), format!("{id}-hint"));
    let (described, has_hint) = (error_id.clone(), hint.is_some());
    let hint_described = hint_id.clone();
    let ids = move || match (error.with(Option::is_some), has_hint) {
        (true, _) => Some(described.clone()),
        (false, true) => Some(hint_described.clone()),
        (false, false) => None,
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <div class="affix">
                <input
                    class="input input--lg"
                    id=id
                    name=id
                    type=move || if is_shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    required
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=ids
                />
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=t("show-password")
                    aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                    on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="i-eye"/>
                </button>
            </div>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error=error/>
        </div>
    }
}

#[component]
pub fn FieldError(id: String, error: Signal<Option<String>>) -> impl IntoView {
    move || {
        let id = id.clone();
        error.get().map(|text| {
            view! { <p class="field__error" id=id><Icon name="i-alert" size=IconSize::Xs/>{text}</p> }
        })
    }
}
