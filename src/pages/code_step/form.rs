//! The field for a code, and the form of a page that has sent one.

use super::{CodeStep, Resend};
use crate::{
    components::{
        base::banner::ErrorBanner,
        form::{code_input::CodeInput, resend::ResendButton},
    },
    i18n::t,
    pages::submission::{Form, SubmitButton},
};
use leptos::prelude::*;

/// The field for a code, with its hint.
#[component]
pub fn CodeField(
    step: CodeStep,
    /// The id of the input.
    #[prop(default = "otp")]
    id: &'static str,
    /// The id of the hint.
    #[prop(default = "otp-hint")]
    hint_id: &'static str,
    /// How long the code is valid, or where to find it.
    hint: String,
    /// Six digits were typed.
    #[prop(into)]
    on_complete: Callback<()>,
) -> impl IntoView {
    step.is_typed_into(id);
    view! {
        <div class="field">
            <label class="field__label" for=id>
                {t("code-label")}
            </label>
            <CodeInput id=id value=step.code is_invalid=step.is_wrong described_by=hint_id on_complete=on_complete />
            <p class="field__hint" id=hint_id>
                {hint}
            </p>
        </div>
    }
}

/// The form of a page that has sent a code: the banner, the code and other fields, and the two buttons.
#[component]
pub fn SentCodeForm(
    step: CodeStep,
    resend: Resend,
    /// How long the code is valid.
    hint: String,
    /// Six digits were typed.
    #[prop(into)]
    on_complete: Callback<()>,
    /// The form was submitted.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Another code was requested.
    #[prop(into)]
    on_resend: Callback<()>,
    /// Other fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <ErrorBanner text=step.error />
        <Form class="auth__form" on_submit=on_submit>
            <CodeField step=step hint=hint on_complete=on_complete />
            {children.map(|children| children())}
            <SubmitButton label=t("confirm") is_busy=step.is_busy />
            <ResendButton left=resend.left on_click=on_resend />
        </Form>
    }
}
