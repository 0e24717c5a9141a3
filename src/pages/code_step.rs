//! Asking for a one-time code: what was typed, what is wrong with it, and another code after a while. Signing in, joining,
//! onboarding, setting up an authenticator app and confirming once more all ask this way.

use super::explain;
use crate::{
    client::ClientError,
    components::{
        base::banner::ErrorBanner,
        form::{code_input::CodeInput, resend::ResendButton},
    },
    i18n::t,
    state::countdown::count_down,
};
use causeway_api::{ProblemCode, validate};
use leptos::prelude::*;

/// The texts of a refused code.
#[derive(Clone, Copy)]
pub struct Refusals {
    /// The code is not right.
    pub wrong: &'static str,
    /// The code can be used no more.
    pub spent: &'static str,
}

/// A code on its way.
#[derive(Clone, Copy)]
pub struct CodeStep {
    /// The digits typed so far.
    pub code: RwSignal<String>,
    /// What is wrong, for the banner.
    pub error: RwSignal<Option<String>>,
    /// The server is being asked.
    pub is_busy: RwSignal<bool>,
    is_wrong: RwSignal<bool>,
    /// The code that the error is about; the error goes when another is typed.
    rejected: StoredValue<Option<String>>,
}

impl CodeStep {
    /// Keeps what is typed in `code`.
    pub fn new(code: RwSignal<String>) -> Self {
        let step = Self {
            code,
            error: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            is_wrong: RwSignal::new(false),
            rejected: StoredValue::new(None),
        };
        Effect::new(move |_| {
            let is_other = step.code.with(|code| {
                step.rejected.with_value(|rejected| rejected.as_ref().is_some_and(|it| it != code))
            });
            if is_other {
                step.clear();
            }
        });
        step
    }

    /// Hides what was wrong.
    pub fn clear(self) {
        self.rejected.try_set_value(None);
        self.is_wrong.try_set(false);
        self.error.try_set(None);
    }

    /// Empties the field for another code.
    pub fn start_again(self) {
        self.clear();
        self.code.try_set(String::new());
    }

    /// Returns the code if it is complete, or says what is missing.
    pub fn complete(self) -> Option<String> {
        let code = self.code.get_untracked();
        if let Err(fault) = validate::code(&code) {
            self.rejected.set_value(Some(code));
            self.error.set(Some(t(fault)));
            return None;
        }
        Some(code)
    }

    /// Marks the step as busy and returns the code, unless it is busy already or the code is incomplete.
    pub fn begin(self) -> Option<String> {
        if self.is_busy.get_untracked() {
            return None;
        }
        let code = self.complete()?;
        self.clear();
        self.is_busy.set(true);
        Some(code)
    }

    /// Ends what [`Self::begin`] began.
    pub fn end(self) {
        self.is_busy.try_set(false);
    }

    /// Says why the server refused the code.
    pub fn refuse(self, refused: &ClientError, texts: Refusals) {
        self.end();
        let is_wrong = refused.code() == Some(ProblemCode::CodeRefused);
        self.is_wrong.try_set(is_wrong);
        self.rejected.try_set_value(is_wrong.then(|| self.code.try_get_untracked()).flatten());
        self.error.try_set(Some(match refused.code() {
            Some(ProblemCode::CodeRefused) => t(texts.wrong),
            Some(ProblemCode::CodeSpent) => t(texts.spent),
            _ => explain(refused),
        }));
    }
}

/// Another code after a while.
#[derive(Clone, Copy)]
pub struct Resend {
    step: CodeStep,
    /// Seconds until another code may be asked for.
    pub left: Signal<Option<u32>>,
    restart: Callback<Option<u32>>,
}

impl Resend {
    /// Counts down from the seconds that the server named, or never lets another code be asked for (`None`).
    pub fn after(seconds: Option<u32>, step: CodeStep) -> Self {
        let (left, restart) = count_down(seconds);
        Self { step, left, restart: Callback::new(restart) }
    }

    /// Another code was sent: counts down again, and the field is empty.
    pub fn sent(self, seconds: Option<u32>) {
        self.restart.try_run(seconds);
        self.step.start_again();
    }

    /// Says why no other code was sent; `spent` is the text for a code that can be used no more.
    pub fn refuse(self, refused: &ClientError, spent: &'static str) {
        self.step.error.try_set(Some(match refused.code() {
            Some(ProblemCode::CodeSpent) => t(spent),
            _ => explain(refused),
        }));
    }
}

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
    /// How long the code is good, or where it is found.
    hint: String,
    /// Six digits are there.
    #[prop(into)]
    on_complete: Callback<()>,
) -> impl IntoView {
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

/// The form of a page that has sent a code: the banner, the field, what else is asked for, and the two buttons.
#[component]
pub fn SentCodeForm(
    step: CodeStep,
    resend: Resend,
    /// How long the code is good.
    hint: String,
    /// Six digits are there.
    #[prop(into)]
    on_complete: Callback<()>,
    /// The form was submitted.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Another code is asked for.
    #[prop(into)]
    on_resend: Callback<()>,
    /// What else is asked for.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <ErrorBanner text=step.error />
        <form
            class="auth__form"
            novalidate
            on:submit=move |event| {
                event.prevent_default();
                on_submit.run(());
            }
        >
            <CodeField step=step hint=hint on_complete=on_complete />
            {children.map(|children| children())}
            <button
                class="btn btn--primary btn--lg btn--block"
                type="submit"
                aria-busy=move || step.is_busy.get().then_some("true")
            >
                {t("confirm")}
            </button>
            <ResendButton left=resend.left on_click=on_resend />
        </form>
    }
}
