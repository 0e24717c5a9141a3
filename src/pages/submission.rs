//! Sending a form, or an act, to the server: once at a time, with each error at its field until it is corrected, and
//! resumed by itself after a step-up.

mod failure;
mod form;

pub use failure::Failure;
pub use form::{Form, SubmitButton};

use super::explain;
use crate::{client::ClientError, components::form::field::ErrorOf, i18n::t, state::toasts::Toasts};
use causeway_api::{ProblemCode, validate::Fault};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsCast as _};
use std::{collections::BTreeMap, future::Future};

/// A form or an act that is sent.
#[derive(Clone, Copy)]
pub struct Submission {
    is_busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    faults: RwSignal<BTreeMap<&'static str, String>>,
    fields: StoredValue<Vec<&'static str>>,
    refused: RwSignal<Option<ClientError>>,
    waiting: RwSignal<Option<Callback<()>>>,
    words: fn(&ClientError) -> String,
    toasts: Option<Toasts>,
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

impl Submission {
    /// Returns a submission that was not sent yet.
    pub fn new() -> Self {
        Self {
            is_busy: RwSignal::new(false),
            error: RwSignal::new(None),
            faults: RwSignal::default(),
            fields: StoredValue::default(),
            refused: RwSignal::new(None),
            waiting: RwSignal::new(None),
            words: any_fault,
            toasts: None,
        }
    }

    /// Words an error that belongs to no field.
    #[must_use]
    pub fn in_words(self, words: fn(&ClientError) -> String) -> Self {
        Self { words, ..self }
    }

    /// Shows an error that belongs to no field in this banner.
    #[must_use]
    pub fn in_banner(self, error: RwSignal<Option<String>>) -> Self {
        Self { error, ..self }
    }

    /// Shows an error that belongs to no field in a toast: there is no form.
    #[must_use]
    pub fn in_toasts(self) -> Self {
        Self { toasts: Some(expect_context::<Toasts>()), ..self }
    }

    /// Whether a request is under way.
    pub fn is_busy(self) -> Signal<bool> {
        self.is_busy.into()
    }

    /// The error of the form as a whole, for the banner.
    pub fn error(self) -> RwSignal<Option<String>> {
        self.error
    }

    /// Why the server refused, until the next attempt.
    pub fn refused(self) -> Signal<Option<ClientError>> {
        self.refused.into()
    }

    /// Returns the error of a field, and registers it as one that a refusal can name while it is on the screen: what is
    /// wrong with a field that has gone is shown for the form as a whole.
    pub fn fault(self, field: &'static str) -> ErrorOf {
        self.fields.update_value(|fields| fields.push(field));
        on_cleanup(move || {
            self.fields.try_update_value(|fields| {
                if let Some(at) = fields.iter().position(|it| *it == field) {
                    fields.remove(at);
                }
            });
        });
        let text = Signal::derive(move || self.faults.with(|faults| faults.get(field).cloned()));
        ErrorOf::new(text, move || {
            if self.faults.with_untracked(|faults| faults.contains_key(field)) {
                self.faults.update(|faults| drop(faults.remove(field)));
            }
        })
    }

    /// Shows each fault at its field. Returns whether there is none.
    pub fn passes(self, faults: impl IntoIterator<Item = (&'static str, Fault)>) -> bool {
        let faults: BTreeMap<_, _> = faults.into_iter().map(|(field, fault)| (field, t(fault))).collect();
        let passes = faults.is_empty();
        self.error.set(None);
        self.faults.set(faults);
        if !passes {
            focus_first_fault();
        }
        passes
    }

    /// Shows an error of the form as a whole.
    pub fn fail(self, text: String) {
        match self.toasts {
            Some(toasts) => toasts.error(text),
            None => drop(self.error.try_set(Some(text))),
        }
    }

    /// Shows an error at one field, and focuses it.
    pub fn fail_at(self, field: &'static str, text: String) {
        self.faults.try_set(BTreeMap::from([(field, text)]));
        focus_first_fault();
    }

    /// Hides all errors.
    pub fn clear(self) {
        self.error.try_set(None);
        self.faults.try_set(BTreeMap::new());
        self.refused.try_set(None);
    }

    /// Marks the submission as busy. Returns `false` if it already was.
    pub(super) fn begin(self) -> bool {
        if self.is_busy.get_untracked() {
            return false;
        }
        self.clear();
        self.is_busy.set(true);
        true
    }

    /// Ends what [`Self::begin`] began.
    pub(super) fn end(self) {
        self.is_busy.try_set(false);
    }

    /// Sends the request `ask` unless one is under way, and passes the response to `done`. If a step-up is needed,
    /// `Confirming` asks for the code and then resumes this.
    pub fn send<T, E, A>(
        self,
        ask: impl Fn() -> A + Clone + Send + Sync + 'static,
        done: impl Fn(T) + Clone + Send + Sync + 'static,
    ) where
        T: 'static,
        E: Into<Failure> + 'static,
        A: Future<Output = Result<T, E>> + 'static,
    {
        self.send_or(ask, done, |_| false);
    }

    /// The same; `takes` sees a refusal first, and returns whether it has handled it.
    pub fn send_or<T, E, A>(
        self,
        ask: impl Fn() -> A + Clone + Send + Sync + 'static,
        done: impl Fn(T) + Clone + Send + Sync + 'static,
        takes: impl Fn(&ClientError) -> bool + Clone + Send + Sync + 'static,
    ) where
        T: 'static,
        E: Into<Failure> + 'static,
        A: Future<Output = Result<T, E>> + 'static,
    {
        if !self.begin() {
            return;
        }
        spawn_local(async move {
            let answer: Result<T, Failure> = ask().await.map_err(Into::into);
            self.end();
            match answer {
                Ok(value) => done(value),
                Err(Failure::Local(text)) => self.fail(t(text)),
                Err(Failure::Refused(refused)) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    let again = move |()| self.send_or(ask.clone(), done.clone(), takes.clone());
                    self.waiting.try_set(Some(Callback::new(again)));
                }
                Err(Failure::Refused(refused)) if takes(&refused) => {}
                Err(Failure::Refused(refused)) => self.refuse(refused),
            }
        });
    }

    /// Shows a refusal at the fields that it names and the form has, else for the form as a whole.
    pub fn refuse(self, refused: ClientError) {
        let fields = self.fields.try_get_value().unwrap_or_default();
        let named = fields.into_iter().filter_map(|field| Some((field, t(refused.field(field)?))));
        let faults: BTreeMap<_, _> = named.collect();
        if faults.is_empty() {
            self.fail((self.words)(&refused));
        } else {
            self.faults.try_set(faults);
            focus_first_fault();
        }
        self.refused.try_set(Some(refused));
    }

    /// What resumes once a code was confirmed.
    pub fn waiting(self) -> RwSignal<Option<Callback<()>>> {
        self.waiting
    }
}

/// Returns the fault of a field that the form does not have, else why the whole request was refused.
fn any_fault(refused: &ClientError) -> String {
    let fault = match refused {
        ClientError::Refused(problem) => problem.fields.values().next().map(t),
        _ => None,
    };
    fault.unwrap_or_else(|| explain(refused))
}

/// Focuses the first invalid field once it is marked, in the dialog if one is open.
fn focus_first_fault() {
    request_animation_frame(|| {
        let find = |place: &str| {
            let wrong = format!("{place} [aria-invalid=true]");
            document().query_selector(&wrong).ok().flatten()
        };
        if let Some(field) = find("dialog[open]").or_else(|| find("main")).or_else(|| find("form")) {
            // An element in the page takes the focus.
            let _ = field.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}
