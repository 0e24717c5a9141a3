//! Requesting another code after a while.

use super::CodeStep;
use crate::{
    client::{self, ClientError},
    i18n::t,
    pages::{explain, submission::Submission},
    state::countdown::count_down,
};
use causeway_api::ProblemCode;
use leptos::prelude::*;

/// Requests another code after a while.
#[derive(Clone, Copy)]
pub struct Resend {
    step: StoredValue<CodeStep>,
    /// Seconds until another code may be requested; `None` if never.
    pub left: Signal<Option<u32>>,
    restart: Callback<Option<u32>>,
    submission: StoredValue<Submission>,
}

impl Resend {
    /// Counts down from the seconds that the server named; `None` disables it.
    pub fn after(seconds: Option<u32>, step: CodeStep) -> Self {
        let (left, restart) = count_down(seconds);
        let submission = Submission::new().in_banner(step.error);
        Self {
            step: StoredValue::new(step),
            left,
            restart: Callback::new(restart),
            submission: StoredValue::new(submission),
        }
    }

    /// Requests another code unless a request is under way. `spent` is the text for a used or expired code; `takes` sees a
    /// refusal first, and returns whether it has handled it.
    pub fn send<T, A>(
        self,
        spent: &'static str,
        ask: impl Fn() -> A + Clone + Send + Sync + 'static,
        done: impl Fn(T) + Clone + Send + Sync + 'static,
        takes: impl Fn(&ClientError) -> bool + Clone + Send + Sync + 'static,
    ) where
        T: 'static,
        A: Future<Output = client::Result<T>> + 'static,
    {
        self.submission.get_value().send_or(ask, done, move |refused| {
            if !takes(refused) {
                self.refuse(refused, spent);
            }
            true
        });
    }

    /// Counts down again and empties the field, after another code was sent.
    pub fn sent(self, seconds: Option<u32>) {
        self.restart.try_run(seconds);
        self.step.try_with_value(|step| step.start_again());
    }

    /// Shows why no other code was sent; `spent` is the text for a used or expired code.
    pub fn refuse(self, refused: &ClientError, spent: &'static str) {
        let text = match refused.code() {
            Some(ProblemCode::CodeSpent) => t(spent),
            _ => explain(refused),
        };
        self.step.try_with_value(|step| step.error.try_set(Some(text)));
    }
}
