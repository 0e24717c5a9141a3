//! Asking for a code: what was typed, its error, and another code after a while. Signing in, registration, onboarding,
//! setting up an authenticator app and step-up all ask this way.

mod form;
mod resend;

pub use form::{CodeField, SentCodeForm};
pub use resend::Resend;

use super::submission::{Failure, Submission};
use crate::{client::ClientError, components::form::field::ErrorOf, i18n::t};
use causeway_api::{
    ProblemCode,
    validate::{self, Fault},
};
use leptos::{prelude::*, wasm_bindgen::JsCast as _};
use web_sys::HtmlInputElement;

/// The texts of a refused code.
#[derive(Clone, Copy)]
pub struct Refusals {
    /// The code is wrong.
    pub wrong: &'static str,
    /// The code was used or has expired.
    pub spent: &'static str,
}

/// A code that is typed and sent.
#[derive(Clone, Copy)]
pub struct CodeStep {
    /// The digits typed so far.
    pub code: RwSignal<String>,
    /// The error, for the banner.
    pub error: RwSignal<Option<String>>,
    /// Whether a request is under way.
    pub is_busy: Signal<bool>,
    submission: StoredValue<Submission>,
    is_wrong: RwSignal<bool>,
    /// The code that the error is about; typing another one hides it.
    rejected: StoredValue<Option<String>>,
    /// The id of the field of the code.
    field: StoredValue<&'static str>,
}

/// Whether the browser keeps cookies: without the one that belongs to a code, the code is refused as if it were spent.
fn keeps_cookies() -> bool {
    let is_enabled = js_sys::Reflect::get(&window().navigator(), &"cookieEnabled".into());
    is_enabled.ok().and_then(|is_enabled| is_enabled.as_bool()) != Some(false)
}

/// Where the caret of a code is put.
enum Caret {
    /// Everything is selected: the next digit replaces it.
    OverAll,
    AtEnd,
}

impl CodeStep {
    /// Returns a step that keeps what is typed in `code`.
    pub fn new(code: RwSignal<String>) -> Self {
        let submission = Submission::new();
        let step = Self {
            code,
            error: submission.error(),
            is_busy: submission.is_busy(),
            submission: StoredValue::new(submission),
            is_wrong: RwSignal::new(false),
            rejected: StoredValue::new(None),
            field: StoredValue::new(""),
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

    /// Registers the field of the code by its id: a refusal focuses it.
    pub fn is_typed_into(self, field: &'static str) {
        self.field.set_value(field);
    }

    /// Returns the error of another field of the form.
    pub fn fault(self, field: &'static str) -> ErrorOf {
        self.submission.get_value().fault(field)
    }

    /// Shows each fault at its field. Returns whether there is none.
    pub fn passes(self, faults: impl IntoIterator<Item = (&'static str, Fault)>) -> bool {
        self.submission.get_value().passes(faults)
    }

    /// Hides all errors.
    pub fn clear(self) {
        self.rejected.try_set_value(None);
        self.is_wrong.try_set(false);
        self.submission.try_with_value(|submission| submission.clear());
    }

    /// Empties the field for another code.
    pub fn start_again(self) {
        self.clear();
        self.code.try_set(String::new());
    }

    /// Returns the code if it is complete and no request is under way. An incomplete one is shown as such, and focused.
    pub fn complete(self) -> Option<String> {
        if self.is_busy.get_untracked() {
            return None;
        }
        let code = self.code.get_untracked();
        if let Err(fault) = validate::code(&code) {
            self.rejected.set_value(Some(code));
            self.error.set(Some(t(fault)));
            self.focus(Caret::AtEnd);
            return None;
        }
        Some(code)
    }

    /// Sends the code if it is complete. `takes` sees a refusal first, and returns whether it has handled it.
    pub fn send<T, E, A>(
        self,
        texts: Refusals,
        ask: impl Fn(String) -> A + Clone + Send + Sync + 'static,
        done: impl Fn(T) + Clone + Send + Sync + 'static,
        takes: impl Fn(&ClientError) -> bool + Clone + Send + Sync + 'static,
    ) where
        T: 'static,
        E: Into<Failure> + 'static,
        A: Future<Output = Result<T, E>> + 'static,
    {
        if let Some(code) = self.complete() {
            self.submit(texts, move || ask(code.clone()), done, takes);
        }
    }

    /// The same for an answer that is more than a code, or another second factor.
    pub fn submit<T, E, A>(
        self,
        texts: Refusals,
        ask: impl Fn() -> A + Clone + Send + Sync + 'static,
        done: impl Fn(T) + Clone + Send + Sync + 'static,
        takes: impl Fn(&ClientError) -> bool + Clone + Send + Sync + 'static,
    ) where
        T: 'static,
        E: Into<Failure> + 'static,
        A: Future<Output = Result<T, E>> + 'static,
    {
        if !self.is_busy.get_untracked() {
            self.clear();
        }
        let takes = move |refused: &ClientError| takes(refused) || self.says_why(refused, texts);
        self.submission.get_value().send_or(ask, done, takes);
    }

    /// Shows a refusal of the code. Returns `false` if it is about something else.
    fn says_why(self, refused: &ClientError, texts: Refusals) -> bool {
        let is_wrong = refused.code() == Some(ProblemCode::CodeRefused);
        self.is_wrong.try_set(is_wrong);
        self.rejected.try_set_value(is_wrong.then(|| self.code.try_get_untracked()).flatten());
        let text = match refused.code() {
            Some(ProblemCode::CodeRefused) => texts.wrong,
            Some(ProblemCode::CodeSpent) if !keeps_cookies() => "cookies-off",
            Some(ProblemCode::CodeSpent) => texts.spent,
            _ => return false,
        };
        self.error.try_set(Some(t(text)));
        self.focus(Caret::OverAll);
        true
    }

    /// Focuses the field: typing replaces a wrong code, and goes on with an incomplete one.
    fn focus(self, caret: Caret) {
        let Some(id) = self.field.try_get_value() else { return };
        request_animation_frame(move || {
            let field = document().get_element_by_id(id);
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
                // An element in the page takes the focus.
                let _ = field.focus();
                match caret {
                    Caret::OverAll => field.select(),
                    // A text field has a caret.
                    Caret::AtEnd => drop(field.set_selection_range(u32::MAX, u32::MAX)),
                }
            }
        });
    }
}
