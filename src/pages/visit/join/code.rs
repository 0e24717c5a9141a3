//! Step 2: the code, and a password where the company asks for one.

use super::{ASKED, Joining, Step};
use crate::{
    client::{self, OtherSession},
    components::form::{field::PasswordField, strength::StrengthHint},
    i18n::{Arg, keep, t, tx},
    pages::{
        code_step::{CodeStep, Refusals, Resend, SentCodeForm},
        field_fault,
        sign_in::other_person::AskToReplace,
    },
    routes,
    state::storage,
};
use causeway_api::{paths::Side, registration::RegistrationCode, validate};
use leptos::{prelude::*, task::spawn_local};

const REFUSALS: Refusals = Refusals { wrong: "code-wrong", spent: "code-spent-again" };

/// The code that was mailed, and a password where the company wants one chosen.
#[component]
pub(super) fn RegistrationCodeStep(joining: Joining, sent: RegistrationCode) -> impl IntoView {
    let step = CodeStep::new(keep("join.code", String::new));
    let (password, fault) = (keep("join.password", String::new), RwSignal::new(None::<String>));
    let asks_password = joining.form.with_untracked(|form| form.as_ref().is_some_and(|it| it.asks_password));
    let another = Resend::after(sent.resend_in, step);
    // Someone else is signed in here, and has to agree first.
    let asks = RwSignal::new(false);
    let confirm_with = move |other: OtherSession| {
        if step.is_busy.get_untracked() || step.complete().is_none() {
            return;
        }
        let chosen = asks_password.then(|| password.get_untracked());
        if let Some(Err(wrong)) = chosen.as_deref().map(validate::password_length) {
            return fault.set(Some(t(wrong)));
        }
        let Some(code) = step.begin() else { return };
        fault.set(None);
        spawn_local(async move {
            let done = client::registration::confirm_code(code, chosen, other).await;
            step.end();
            let is_other = done.as_ref().is_err_and(client::ClientError::is_other_person);
            asks.try_set(is_other);
            match done {
                Ok(done) => {
                    crate::routes::portal_soon();
                    storage::remove(ASKED);
                    joining.step.set(Step::Done(done));
                }
                Err(_) if is_other => {}
                Err(refused) if joining.follow(&refused) => {}
                Err(refused) => match field_fault(&refused, "password") {
                    Some(wrong) => drop(fault.try_set(Some(wrong))),
                    None => step.refuse(&refused, REFUSALS),
                },
            }
        });
    };
    let confirm = move || confirm_with(OtherSession::Keep);
    let resend = move |()| {
        spawn_local(async move {
            match client::registration::resend_code().await {
                Ok(sent) => {
                    another.sent(sent.resend_in);
                    // Another code is under way; the mail before it did not arrive.
                    step.error.set(
                        sent.undelivered
                            .map(|_| tx("registration-undelivered", &[("email", Arg::Text(&sent.email))])),
                    );
                }
                Err(refused) => another.refuse(&refused, REFUSALS.spent),
            }
        });
    };
    let complete = move |()| {
        if !asks_password {
            confirm();
        }
    };
    let hint = if asks_password {
        tx("code-hint", &[("minutes", Arg::Number(i64::from(sent.expires_in.div_ceil(60))))])
    } else {
        t("join-code-is-password")
    };
    let form = move || {
        let hint = hint.clone();
        view! {
            <section aria-labelledby="code-title" class="auth__step">
                <SentTo joining=joining email=sent.email.clone() />
                <SentCodeForm
                    step=step
                    resend=another
                    hint=hint
                    on_complete=complete
                    on_submit=move |()| confirm()
                    on_resend=resend
                >
                    {asks_password
                        .then(|| {
                            view! {
                                <div>
                                    <PasswordField
                                        id="join-password"
                                        label=t("choose-password")
                                        value=password
                                        error=fault
                                        autocomplete="new-password"
                                        hint=t("password-hint")
                                    />
                                    <StrengthHint password=password />
                                </div>
                            }
                        })}
                </SentCodeForm>
            </section>
        }
    };
    let replace = move |()| confirm_with(OtherSession::Replace);
    let keep = |()| routes::leave_for(&routes::Route::Chats.href());
    move || {
        if asks.get() {
            view! { <AskToReplace side=Side::Portal on_replace=replace on_keep=keep /> }.into_any()
        } else {
            form().into_any()
        }
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
