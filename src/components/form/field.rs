//! Labelled fields, each with its error at its place.

mod secret;
mod typed;

pub use secret::{PasscodeField, PasswordField};
pub use typed::{ErrorOf, Typed};

use super::focus::focus_when_drawn;
use crate::{
    components::base::icon::{Icon, IconSize},
    i18n::t,
};
use leptos::prelude::*;

/// The label of a field, the field itself, a hint, and what is wrong. The field takes its ids from `describe`.
#[component]
pub fn Field(
    /// The id of the field, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// What helps to fill it in.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// It may stay empty, which stands beside the label.
    #[prop(optional, into)]
    is_optional: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <div class="field__top">
                <label class="field__label" for=id>
                    {label}
                </label>
                <OptionalMark is_optional=is_optional />
            </div>
            {children()}
            <FieldFoot id=id error=error.text() hint=hint />
        </div>
    }
}

/// The line below a field: its hint, and in its place what is wrong. The line is always there, so that nothing below moves
/// when an error comes and goes.
#[component]
pub fn FieldFoot(
    /// The id of the field, with which the ids of hint and error begin.
    #[prop(into)]
    id: String,
    /// What is wrong, in words.
    error: Signal<Option<String>>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let hint = move || {
        let id = format!("{id}-hint");
        hint.get().map(|hint| {
            view! {
                <p class="field__hint" id=id>
                    {hint}
                </p>
            }
        })
    };
    // The error comes first: what follows it in the line is hidden (style/components/field.css).
    view! { <div class="field__foot"><FieldError id=error_id error=error /> {hint}</div> }
}

/// Says beside a label that the field may stay empty. Screen readers are told by the field, which is not required.
#[component]
pub fn OptionalMark(
    /// It may stay empty.
    is_optional: Signal<bool>,
) -> impl IntoView {
    move || {
        is_optional.get().then(|| {
            view! {
                <span class="field__optional" aria-hidden="true">
                    {t("optional")}
                </span>
            }
        })
    }
}

/// Returns the id of what describes a field: its error, else its hint.
pub fn described_by(id: &'static str, error: ErrorOf, has_hint: bool) -> impl Fn() -> Option<String> {
    move || match (error.text().with(Option::is_some), has_hint) {
        (true, _) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-hint")),
        (false, false) => None,
    }
}

/// A labelled line of text, with its hint and its fault below.
#[component]
pub fn TextField(
    /// The id of the input, which the label names.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    #[prop(into)]
    value: Typed,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The type of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// The field is where typing begins.
    #[prop(optional)]
    autofocus: bool,
    /// It may stay empty.
    #[prop(optional, into)]
    is_optional: Signal<bool>,
    /// As high as the other fields of a dialog, and lower than those of signing in.
    #[prop(optional)]
    is_compact: bool,
    /// What helps to fill it in.
    #[prop(optional_no_strip, into)]
    hint: Option<String>,
) -> impl IntoView {
    let described = described_by(id, error, hint.is_some());
    let input = move |event| {
        error.correct();
        value.write.run(event_target_value(&event));
    };
    let field = NodeRef::new();
    if autofocus {
        focus_when_drawn(field);
    }
    view! {
        <Field id=id label=label error=error hint=hint is_optional=is_optional>
            <input
                node_ref=field
                class=if is_compact { "input" } else { "input input--lg" }
                id=id
                name=id
                type=kind
                autocomplete=autocomplete
                autocapitalize=(!is_compact).then_some("none")
                spellcheck=(!is_compact).then_some("false")
                data-autofocus=autofocus
                required=move || !is_optional.get()
                prop:value=move || value.read.get()
                on:input=input
                aria-invalid=move || error.invalid()
                aria-describedby=described
            />
        </Field>
    }
}

/// What is wrong with a field, below it.
#[component]
fn FieldError(
    /// The id that the field is described by.
    id: String,
    /// What is wrong, in words.
    error: Signal<Option<String>>,
) -> impl IntoView {
    move || {
        let id = id.clone();
        error.get().map(|text| {
            view! {
                <p class="field__error" id=id>
                    <Icon name="i-alert" size=IconSize::Xs />
                    {text}
                </p>
            }
        })
    }
}
