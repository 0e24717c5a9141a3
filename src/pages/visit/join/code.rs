//! Step 2: the code, and a password where the company asks for one.

use super::{ASKED, Joining, Step};
use crate::{
    client::{self, ClientError, OtherSession},
    components::form::{field::PasswordField, strength::StrengthHint},
    i18n::{Arg, keep, t, tx},
    pages::{
        code_step::{CodeStep, Refusals, Resend, SentCodeForm},
        sign_in::other_person::AskToReplace,
    },
    routes,
    state::storage,
};
use causeway_api::{
    paths::Side,
    registration::{Registered, RegistrationCode},
    validate,
};
use leptos::prelude::*;

const REFUSALS: Refusals = Refusals { wrong: "code-wrong", spent: "code-spent-again" };

/// Confirming the code of a registrant, with the password where one is chosen.
#[derive(Clone, Copy)]
struct Confirming {
    joining: Joining,
    step: CodeStep,
    another: Resend,
    password: RwSignal<String>,
    asks_password: bool,
    /// Another person is signed in here, and has to agree first.
    asks: RwSignal<bool>,
}

impl Confirming {
    fn keep(joining: Joining, sent: &RegistrationCode) -> Self {
        let step = CodeStep::new(keep("join.code", String::new));
        Self {
            joining,
            step,
            another: Resend::after(sent.resend_in, step),
            password: keep("join.password", String::new),
            asks_password: joining
                .form
                .with_untracked(|form| form.as_ref().is_some_and(|it| it.asks_password)),
            asks: RwSignal::new(false),
        }
    }

    /// Registers with the code, and the password if it is long enough.
    fn confirm(self, other: OtherSession) {
        if self.step.complete().is_none() {
            return;
        }
        let chosen = self.asks_password.then(|| self.password.get_untracked());
        let wrong = chosen.as_deref().and_then(|chosen| validate::password_length(chosen).err());
        if !self.step.passes(wrong.map(|fault| ("password", fault))) {
            return;
        }
        let done = move |done: Registered| {
            routes::portal_soon();
            storage::remove(ASKED);
            self.joining.step.set(Step::Done(done));
        };
        self.step.send(
            REFUSALS,
            move |code| client::registration::confirm_code(code, chosen.clone(), other),
            done,
            move |refused| self.takes(refused),
        );
    }

    /// Follows a refusal that is not about the code. Returns `false` if it is.
    fn takes(self, refused: &ClientError) -> bool {
        let is_other = refused.is_other_person();
        self.asks.try_set(is_other);
        is_other || self.joining.follow(refused)
    }

    /// Requests another code.
    fn resend(self) {
        let sent = move |sent: RegistrationCode| {
            self.another.sent(sent.resend_in);
            // The mail before this one was not delivered.
            let email = [("email", Arg::Text(&sent.email))];
            self.step.error.set(sent.undelivered.map(|_| tx("registration-undelivered", &email)));
        };
        self.another.send(REFUSALS.spent, client::registration::resend_code, sent, |_| false);
    }
}

/// The code that was mailed, and a password where the company wants one chosen.
#[component]
pub(super) fn RegistrationCodeStep(joining: Joining, sent: RegistrationCode) -> impl IntoView {
    let confirming = Confirming::keep(joining, &sent);
    let replace = move |()| confirming.confirm(OtherSession::Replace);
    let keep = |()| routes::leave_for(&routes::Route::Chats.href());
    move || {
        if confirming.asks.get() {
            view! { <AskToReplace side=Side::Portal on_replace=replace on_keep=keep /> }.into_any()
        } else {
            view! { <CodeForm confirming=confirming sent=sent.clone() /> }.into_any()
        }
    }
}

/// Where the code went, the field for it, and the password. Without a password the sixth digit sends.
#[component]
fn CodeForm(confirming: Confirming, sent: RegistrationCode) -> impl IntoView {
    let asks_password = confirming.asks_password;
    let confirm = move |()| confirming.confirm(OtherSession::Keep);
    let complete = move |()| {
        if !asks_password {
            confirm(());
        }
    };
    let hint = if asks_password {
        tx("code-hint", &[("minutes", Arg::Number(i64::from(sent.expires_in.div_ceil(60))))])
    } else {
        t("join-code-is-password")
    };
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <SentTo joining=confirming.joining email=sent.email />
            <SentCodeForm
                step=confirming.step
                resend=confirming.another
                hint=hint
                on_complete=complete
                on_submit=confirm
                on_resend=move |()| confirming.resend()
            >
                {asks_password
                    .then(|| {
                        view! {
                            <div>
                                <PasswordField
                                    id="join-password"
                                    label=t("choose-password")
                                    value=confirming.password
                                    error=confirming.step.fault("password")
                                    autocomplete="new-password"
                                    hint=t("password-hint")
                                />
                                <StrengthHint password=confirming.password />
                            </div>
                        }
                    })}
            </SentCodeForm>
        </section>
    }
}

/// Where the code went, and the way back to another address.
#[component]
fn SentTo(joining: Joining, email: String) -> impl IntoView {
    let change = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        joining.change();
    };
    view! {
        <div>
            <h2 class="auth__title" id="code-title">
                {t("join-check-email")}
            </h2>
            <p class="auth__text">
                {tx("join-code-sent", &[("email", Arg::Text(&email))])} " " <a class="link" href="" on:click=change>
                    {t("join-change-email")}
                </a>
            </p>
        </div>
    }
}
