//! Fields for what no one else should read: passwords and passcodes.

use super::super::focus::focus_when_drawn;
use super::{ErrorOf, Field, Typed, described_by};
use crate::{components::base::icon::Icon, i18n::t};
use leptos::prelude::*;

/// The passcode of a device: digits, hidden, and never offered to a password manager.
#[component]
pub fn PasscodeField(
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
    /// The field is where typing begins.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let described = described_by(id, error, false);
    let input = move |event| {
        error.correct();
        value.write.run(event_target_value(&event));
    };
    let field = NodeRef::new();
    if autofocus {
        focus_when_drawn(field);
    }
    view! {
        <Field id=id label=label error=error hint=None>
            <input
                node_ref=field
                class="input input--lg activation-code"
                id=id
                name=id
                type="password"
                inputmode="numeric"
                autocomplete="off"
                maxlength="6"
                data-autofocus=autofocus
                required
                prop:value=move || value.read.get()
                on:input=input
                aria-invalid=move || error.invalid()
                aria-describedby=described
            />
        </Field>
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
    #[prop(into)]
    value: Typed,
    /// What is wrong.
    #[prop(into)]
    error: ErrorOf,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// What is asked of it.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let is_shown = RwSignal::new(false);
    let described = described_by(id, error, hint.is_some());
    let input = move |event| {
        error.correct();
        value.write.run(event_target_value(&event));
    };
    view! {
        <Field id=id label=label error=error hint=hint>
            <div class="affix">
                <input
                    class="input input--lg"
                    id=id
                    name=id
                    type=move || if is_shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    required
                    prop:value=move || value.read.get()
                    on:input=input
                    aria-invalid=move || error.invalid()
                    aria-describedby=described
                />
                <button
                    class="icon-btn"
                    type="button"
                    aria-label=t("show-password")
                    aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                    on:click=move |_| is_shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="i-eye" />
                </button>
            </div>
        </Field>
    }
}
