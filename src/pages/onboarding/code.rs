//! The code that was sent, and another one after a while.

use super::{ASKED, Onboarding, State, refused};
use crate::{
    client::{self, OtherSession},
    components::{banner::ErrorBanner, code_input::CodeInput, resend::ResendButton},
    i18n::{Arg, keep, t, tx},
    pages::{explain, other_person::AskToReplace},
    routes,
    state::{countdown::count_down, storage},
};
use causeway_api::{ProblemCode, onboarding::OnboardingCode, paths::Side, validate};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn CodeStep(sent: OnboardingCode, onboarding: Onboarding) -> impl IntoView {
    let (code, error) = (keep("miniapp.code", String::new), RwSignal::new(None::<String>));
    let (is_wrong, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let (left, restart) = count_down(sent.resend_in);
    let state = onboarding.state;
    // Somebody else is signed in here, and has to agree first.
    let asks = RwSignal::new(false);
    let confirm_with = move |other: OtherSession| {
        if is_busy.get_untracked() {
            return;
        }
        if let Err(fault) = validate::code(&code.get_untracked()) {
            return error.set(Some(t(fault)));
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done = client::onboarding::confirm(code.get_untracked(), other).await;
            is_busy.try_set(false);
            let is_other = done.as_ref().is_err_and(client::ClientError::is_other_person);
            asks.try_set(is_other);
            match done {
                Ok(done) => {
                    crate::routes::portal_soon();
                    storage::remove(ASKED);
                    state.set(State::Done(done));
                }
                Err(_) if is_other => {}
                Err(failed) if failed.code() == Some(ProblemCode::TooMany) => state.set(refused(&failed)),
                Err(failed) => {
                    is_wrong.try_set(failed.code() == Some(ProblemCode::CodeRefused));
                    error.try_set(Some(match failed.code() {
                        Some(ProblemCode::CodeRefused) => t("code-wrong"),
                        Some(ProblemCode::CodeSpent) => t("code-spent-again"),
                        _ => explain(&failed),
                    }));
                }
            }
        });
    };
    let confirm = move || confirm_with(OtherSession::Keep);
    let resend = move |()| {
        spawn_local(async move {
            match client::onboarding::resend().await {
                Ok(sent) => {
                    restart(sent.resend_in);
                    code.set(String::new());
                    is_wrong.set(false);
                    error.set(None);
                }
                Err(failed) if failed.code() == Some(ProblemCode::TooMany) => state.set(refused(&failed)),
                Err(failed) if failed.code() == Some(ProblemCode::CodeSpent) => {
                    error.set(Some(t("code-spent-again")));
                }
                Err(failed) => error.set(Some(explain(&failed))),
            }
        });
    };
    let lifetime = i64::from(sent.expires_in.div_ceil(60));
    let form = move || {
        view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">{t("code-title")}</h2>
                <p class="auth__text num">{tx("miniapp-code-text", &[("address", Arg::Text(&sent.address))])}</p>
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
                    <CodeInput id="otp" value=code is_invalid=is_wrong described_by="otp-hint" on_complete=move |()| confirm()/>
                    <p class="field__hint" id="otp-hint">{tx("code-hint", &[("minutes", Arg::Number(lifetime))])}</p>
                </div>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("confirm")}
                </button>
                <ResendButton left=left on_click=resend/>
            </form>
        </section>
        }
    };
    let replace = move |()| confirm_with(OtherSession::Replace);
    let keep_session = |()| routes::leave_for("/c");
    move || {
        if asks.get() {
            view! { <AskToReplace side=Side::Client on_replace=replace on_keep=keep_session/> }.into_any()
        } else {
            form().into_any()
        }
    }
}
