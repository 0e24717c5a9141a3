//! The sign-in code.

use super::{Activating, Step};
use crate::{
    client,
    components::{banner::ErrorBanner, code_input::CodeInput, resend::ResendButton},
    i18n::{Arg, keep, t, tx},
    pages::explain,
    state::countdown::count_down,
};
use causeway_api::{ProblemCode, auth::CodeSent, devices::LinkStep, validate};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn OneTimeCodeStep(activating: Activating, sent: CodeSent) -> impl IntoView {
    let (code, error) = (keep("activate.one-time-code", String::new), RwSignal::new(None::<String>));
    let (is_wrong, is_busy) = (RwSignal::new(false), RwSignal::new(false));
    let (accepts, has_terms) = (keep("activate.accepts", || false), !sent.terms.trim().is_empty());
    let (left, restart) = count_down(sent.resend_in);
    let confirm = move || {
        if is_busy.get_untracked() {
            return;
        }
        if let Err(fault) = validate::code(&code.get_untracked()) {
            return error.set(Some(t(fault)));
        }
        if has_terms && !accepts.get_untracked() {
            return error.set(Some(t("fault-terms")));
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let done =
                client::devices::confirm_activation_code(code.get_untracked(), accepts.get_untracked()).await;
            is_busy.try_set(false);
            match done {
                Ok(activation) => activating.follow(activation),
                Err(refused) => {
                    is_wrong.try_set(refused.code() == Some(ProblemCode::CodeRefused));
                    match refused.code() {
                        Some(ProblemCode::CodeRefused) => drop(error.try_set(Some(t("code-wrong")))),
                        Some(ProblemCode::CodeSpent) => activating.step.set(Step::Over(LinkStep::Expired)),
                        _ => drop(error.try_set(Some(explain(&refused)))),
                    }
                }
            }
        });
    };
    let resend = move |()| {
        spawn_local(async move {
            match client::devices::resend_activation_code().await {
                Ok(sent) => {
                    restart(sent.resend_in);
                    code.set(String::new());
                    is_wrong.set(false);
                    error.set(None);
                }
                Err(refused) => drop(error.try_set(Some(explain(&refused)))),
            }
        });
    };
    let to = if sent.phone.is_empty() { sent.email.clone() } else { sent.phone.clone() };
    let lifetime = i64::from(sent.expires_in.div_ceil(60));
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">{t("code-title")}</h2>
                <p class="auth__text num">{tx("code-sent-one", &[("address", Arg::Text(&to))])}</p>
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
                {has_terms.then(|| view! {
                    <div class="field">
                        <h3 class="field__label" id="terms-title">{t("terms-title")}</h3>
                        <div class="terms" tabindex="0" role="region" aria-labelledby="terms-title">{sent.terms.clone()}</div>
                        <label class="choice">
                            <input type="checkbox" prop:checked=move || accepts.get() on:change=move |event| accepts.set(event_target_checked(&event))/>
                            <span>{t("terms-accept")}</span>
                        </label>
                    </div>
                })}
                <div class="field">
                    <label class="field__label" for="otp">{t("code-label")}</label>
                    <CodeInput id="otp" value=code is_invalid=is_wrong described_by="otp-hint" on_complete=move |()| confirm()/>
                    <p class="field__hint" id="otp-hint">{tx("code-hint", &[("minutes", Arg::Number(lifetime))])}</p>
                </div>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("confirm")}</button>
                <ResendButton left=left on_click=resend/>
            </form>
        </section>
    }
}
