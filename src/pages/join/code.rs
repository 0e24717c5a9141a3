//! Step 2: the code, and a password where the company asks for one.

use super::{ASKED, Joining, Step};
use crate::{
    client::{self, OtherSession},
    components::{
        banner::ErrorBanner, code_input::CodeInput, field::PasswordField, resend::ResendButton,
        strength::StrengthHint,
    },
    i18n::{Arg, keep, t, tx},
    pages::{explain, field_fault, other_person::AskToReplace},
    routes,
    state::{countdown::count_down, storage},
};
use causeway_api::{ProblemCode, paths::Side, registration::RegistrationCode, validate};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn CodeStep(joining: Joining, sent: RegistrationCode) -> impl IntoView {
    let (code, error) = (keep("join.code", String::new), RwSignal::new(None::<String>));
    let (is_wrong, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let (password, fault) = (keep("join.password", String::new), RwSignal::new(None::<String>));
    let asks_password = joining.form.with_untracked(|form| form.as_ref().is_some_and(|it| it.asks_password));
    let (left, restart) = count_down(sent.resend_in);
    // Somebody else is signed in here, and has to agree first.
    let asks = RwSignal::new(false);
    let confirm_with = move |other: OtherSession| {
        if is_busy.get_untracked() {
            return;
        }
        if let Err(wrong) = validate::code(&code.get_untracked()) {
            return error.set(Some(t(wrong)));
        }
        let chosen = asks_password.then(|| password.get_untracked());
        if let Some(Err(wrong)) = chosen.as_deref().map(validate::password_length) {
            return fault.set(Some(t(wrong)));
        }
        is_busy.set(true);
        error.set(None);
        fault.set(None);
        spawn_local(async move {
            let done = client::registration::confirm_code(code.get_untracked(), chosen, other).await;
            is_busy.try_set(false);
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
                Err(refused) => {
                    is_wrong.try_set(refused.code() == Some(ProblemCode::CodeRefused));
                    let at_password = field_fault(&refused, "password");
                    let words = match refused.code() {
                        Some(ProblemCode::CodeRefused) => Some(t("code-wrong")),
                        Some(ProblemCode::CodeSpent) => Some(t("code-spent-again")),
                        _ => at_password.is_none().then(|| explain(&refused)),
                    };
                    fault.try_set(at_password);
                    error.try_set(words);
                }
            }
        });
    };
    let confirm = move || confirm_with(OtherSession::Keep);
    let resend = move |()| {
        spawn_local(async move {
            match client::registration::resend_code().await {
                Ok(sent) => {
                    restart(sent.resend_in);
                    code.set(String::new());
                    is_wrong.set(false);
                    // Another code is under way; the mail before it did not arrive.
                    error.set(
                        sent.undelivered
                            .map(|_| tx("registration-undelivered", &[("email", Arg::Text(&sent.email))])),
                    );
                }
                Err(refused) => error.set(Some(explain(&refused))),
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
            <div>
                <h2 class="auth__title" id="code-title">{t("join-check-email")}</h2>
                <p class="auth__text">
                    {tx("join-code-sent", &[("email", Arg::Text(&sent.email))])} " "
                    <a
                        class="link"
                        href=""
                        on:click=move |event| {
                            event.prevent_default();
                            joining.change();
                        }
                    >
                        {t("join-change-email")}
                    </a>
                </p>
            </div>
            <ErrorBanner text=error/>
            <form
                class="auth__form"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    confirm();
                }
            >
                <div class="field">
                    <label class="field__label" for="otp">{t("code-label")}</label>
                    <CodeInput id="otp" value=code is_invalid=is_wrong described_by="otp-hint" on_complete=complete/>
                    <p class="field__hint" id="otp-hint">{hint}</p>
                </div>
                {asks_password.then(|| view! {
                    <div>
                        <PasswordField id="join-password" label=t("choose-password") value=password error=fault autocomplete="new-password" hint=t("password-hint")/>
                        <StrengthHint password=password/>
                    </div>
                })}
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("confirm")}
                </button>
                <ResendButton left=left on_click=resend/>
            </form>
        </section>
        }
    };
    let replace = move |()| confirm_with(OtherSession::Replace);
    let keep = |()| routes::leave_for(&routes::Route::Chats.href());
    move || {
        if asks.get() {
            view! { <AskToReplace side=Side::Portal on_replace=replace on_keep=keep/> }.into_any()
        } else {
            form().into_any()
        }
    }
}
