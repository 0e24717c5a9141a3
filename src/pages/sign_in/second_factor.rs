//! What is asked for in addition to the password: a code that was sent, an authenticator app, a passkey or a recovery code.
//! Signing in, linking a phone and confirming once more show the same fields.

use crate::{
    client::{self, ClientError},
    components::form::field::TextField,
    i18n::{Arg, keep, t, tx},
    pages::{
        code_step::{CodeField, CodeStep, Refusals},
        submission::Failure,
    },
    state::passkeys,
};
use causeway_api::{
    auth::{CodeSent, ConfirmCode},
    second_factors::Way,
    validate::{self, Fault},
};
use leptos::prelude::*;

/// An answer on its way; what was typed survives another language.
#[derive(Clone, Copy)]
pub(crate) struct Answering {
    sent: StoredValue<CodeSent>,
    way: RwSignal<Way>,
    /// What is typed, and what is wrong with it.
    pub(crate) step: CodeStep,
    accepts: RwSignal<bool>,
}

/// The field of a recovery code, by which it is marked as wrong.
const RECOVERY_CODE: &str = "recovery-code";

impl Answering {
    /// Starts an answer to a challenge; what is typed is kept under `name`.
    pub(crate) fn to(sent: CodeSent, name: &'static str) -> Self {
        // A passkey that this browser cannot use is not offered first.
        let can_use = |way: &&Way| **way != Way::Passkey || passkeys::are_supported();
        let first = sent.ways.iter().find(can_use).copied().unwrap_or_default();
        Self {
            sent: StoredValue::new(sent),
            way: keep(format!("{name}.way"), || first),
            step: CodeStep::new(keep(format!("{name}.code"), String::new)),
            accepts: keep(format!("{name}.accepts"), || false),
        }
    }

    fn has_terms(self) -> bool {
        self.sent.with_value(|sent| !sent.terms.trim().is_empty())
    }

    /// Whether a code was sent and can be sent again.
    pub(crate) fn is_sent(self) -> bool {
        self.sent.with_value(|sent| sent.ways.contains(&Way::Sent))
    }

    /// Returns the label of the button.
    pub(crate) fn verb(self) -> String {
        match (self.step.is_busy.get(), self.way.get()) {
            (true, _) => t("confirming"),
            (false, Way::Passkey) => t("passkey-use"),
            (false, _) => t("confirm"),
        }
    }

    /// Returns the title above the fields.
    pub(crate) fn title(self) -> String {
        t(match self.way.get() {
            Way::Sent | Way::Authenticator => "code-title",
            Way::Passkey => "passkey-title",
            Way::RecoveryCode => "recovery-code-title",
        })
    }

    /// Returns where a code was sent, or what to do.
    pub(crate) fn text(self) -> String {
        match self.way.get() {
            Way::Authenticator => t("authenticator-code-text"),
            Way::Passkey => t("passkey-text"),
            Way::RecoveryCode => t("recovery-code-text"),
            Way::Sent => self.sent.with_value(|sent| match (sent.phone.is_empty(), sent.email.is_empty()) {
                (false, false) => tx(
                    "code-sent-both",
                    &[("phone", Arg::Text(&sent.phone)), ("email", Arg::Text(&sent.email))],
                ),
                (false, true) => tx("code-sent-one", &[("address", Arg::Text(&sent.phone))]),
                (true, _) => tx("code-sent-one", &[("address", Arg::Text(&sent.email))]),
            }),
        }
    }

    /// Sends the answer if it is complete, after asking for the passkey where one is used. `spent` is the text for a used or
    /// expired code; `takes` sees a refusal first, and returns whether it has handled it.
    pub(crate) fn send<T, A>(
        self,
        spent: &'static str,
        ask: impl Fn(ConfirmCode) -> A + Clone + Send + Sync + 'static,
        done: impl Fn(T) + Clone + Send + Sync + 'static,
        takes: impl Fn(&ClientError) -> bool + Clone + Send + Sync + 'static,
    ) where
        T: 'static,
        A: Future<Output = client::Result<T>> + 'static,
    {
        let Some(answer) = self.complete() else { return };
        let ask = move || {
            let (answer, ask) = (answer.clone(), ask.clone());
            async move {
                let answer = self.with_passkey(answer).await?;
                ask(answer).await.map_err(Failure::from)
            }
        };
        self.step.submit(self.refusals(spent), ask, done, takes);
    }

    /// Returns the answer without its passkey, or shows what is missing.
    fn complete(self) -> Option<ConfirmCode> {
        let way = self.way.get_untracked();
        let code = match way {
            Way::Sent | Way::Authenticator => self.step.complete()?,
            Way::RecoveryCode => {
                let code = self.step.code.get_untracked();
                let wrong = validate::recovery_code(&code).err();
                self.step.passes(wrong.map(|fault| (RECOVERY_CODE, fault))).then_some(code)?
            }
            Way::Passkey => String::new(),
        };
        let accepts_terms = self.accepts.get_untracked();
        if self.has_terms() && !accepts_terms {
            self.step.error.set(Some(t(Fault::Terms)));
            return None;
        }
        Some(ConfirmCode { way, code, passkey: None, accepts_terms })
    }

    /// Adds the passkey to an answer that needs one.
    async fn with_passkey(self, answer: ConfirmCode) -> Result<ConfirmCode, Failure> {
        if answer.way != Way::Passkey {
            return Ok(answer);
        }
        let options = self.sent.with_value(|sent| sent.passkey.clone()).ok_or("passkey-failed")?;
        Ok(ConfirmCode { passkey: Some(passkeys::get(&options).await?), ..answer })
    }

    /// Returns the texts of a refusal.
    fn refusals(self, spent: &'static str) -> Refusals {
        let wrong = match self.way.get_untracked() {
            Way::Passkey => "passkey-refused",
            Way::RecoveryCode => "recovery-code-wrong",
            Way::Sent | Way::Authenticator => "code-wrong",
        };
        Refusals { wrong, spent }
    }

    fn choose(self, way: Way) {
        self.step.start_again();
        self.way.set(way);
    }
}

/// The fields of the way that was chosen, and the terms of use.
#[component]
pub(crate) fn SecondFactorFields(
    answering: Answering,
    /// Six digits are there.
    #[prop(into)]
    on_complete: Callback<()>,
) -> impl IntoView {
    let lifetime = answering.sent.with_value(|sent| i64::from(sent.expires_in.div_ceil(60)));
    let fields = move || match answering.way.get() {
        way @ (Way::Sent | Way::Authenticator) => {
            let hint = match way {
                Way::Sent => tx("code-hint", &[("minutes", Arg::Number(lifetime))]),
                _ => t("authenticator-code-hint"),
            };
            view! { <CodeField step=answering.step hint=hint on_complete=on_complete /> }.into_any()
        }
        Way::RecoveryCode => {
            answering.step.is_typed_into(RECOVERY_CODE);
            view! {
                <TextField
                    id=RECOVERY_CODE
                    label=t("recovery-code-label")
                    value=answering.step.code
                    error=answering.step.fault(RECOVERY_CODE)
                    autofocus=true
                />
            }
            .into_any()
        }
        Way::Passkey => ().into_any(),
    };
    view! {
        {answering.has_terms().then(|| view! { <Terms answering=answering /> })}
        {fields}
    }
}

/// The other ways there are.
#[component]
pub(crate) fn OtherWays(answering: Answering) -> impl IntoView {
    let others = move || {
        let ways = answering.sent.with_value(|sent| sent.ways.clone());
        let others = ways
            .into_iter()
            .filter(|way| *way != answering.way.get() && (*way != Way::Passkey || passkeys::are_supported()));
        others
            .map(|way| {
                let words = match way {
                    Way::Sent => "way-sent",
                    Way::Authenticator => "way-authenticator",
                    Way::Passkey => "way-passkey",
                    Way::RecoveryCode => "way-recovery-code",
                };
                view! {
                    <button class="btn btn--sm" type="button" on:click=move |_| answering.choose(way)>
                        {t(words)}
                    </button>
                }
            })
            .collect_view()
    };
    view! { <div class="ways">{others}</div> }
}

/// The company's terms of use, and the box that accepts them.
#[component]
fn Terms(answering: Answering) -> impl IntoView {
    let accepts = answering.accepts;
    view! {
        <div class="field">
            <h3 class="field__label" id="terms-title">
                {t("terms-title")}
            </h3>
            <div class="terms" tabindex="0" role="region" aria-labelledby="terms-title">
                {answering.sent.with_value(|sent| sent.terms.clone())}
            </div>
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=move || accepts.get()
                    on:change=move |event| accepts.set(event_target_checked(&event))
                />
                <span>{t("terms-accept")}</span>
            </label>
        </div>
    }
}
