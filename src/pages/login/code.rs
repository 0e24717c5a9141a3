//! Screen 3: the code, and another one after a while.

use super::{Step, Typed};
use crate::{
    client,
    components::{banner::ErrorBanner, code_input::CodeInput, resend::ResendButton},
    i18n::{Arg, keep, t, tx},
    state::countdown::count_down,
};
use causeway_api::{ProblemCode, auth::CodeSent, validate};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn CodeStep(
    sent: CodeSent,
    typed: Typed,
    step: RwSignal<Step>,
    on_done: Callback<()>,
) -> impl IntoView {
    let (code, error, is_busy) =
        (keep("login.code", String::new), RwSignal::new(None::<String>), RwSignal::new(false));
    let is_wrong = RwSignal::new(false);
    let (accepts, has_terms) = (keep("login.accepts", || false), !sent.terms.trim().is_empty());
    let terms = has_terms.then(|| {
        view! {
            <div class="field">
                <h3 class="field__label" id="terms-title">{t("terms-title")}</h3>
                <div class="terms" tabindex="0" role="region" aria-labelledby="terms-title">{sent.terms.clone()}</div>
                <label class="choice">
                    <input type="checkbox" prop:checked=move || accepts.get() on:change=move |event| accepts.set(event_target_checked(&event))/>
                    <span>{t("terms-accept")}</span>
                </label>
            </div>
        }
    });
    let (left, restart) = count_down(sent.resend_in);
    let confirm = move || {
        if is_busy.get_untracked() {
            return;
        }
        if let Err(fault) = validate::code(&code.get_untracked()) {
            error.set(Some(t(fault)));
            return;
        }
        if has_terms && !accepts.get_untracked() {
            error.set(Some(t("fault-terms")));
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            match client::auth::confirm_code(code.get_untracked(), accepts.get_untracked()).await {
                Ok(_) => on_done.run(()),
                Err(refused) => {
                    let what = match refused.code() {
                        Some(ProblemCode::CodeRefused) => t("code-wrong"),
                        Some(ProblemCode::CodeSpent) => t("code-spent"),
                        _ => crate::pages::explain(&refused),
                    };
                    is_wrong.set(refused.code() == Some(ProblemCode::CodeRefused));
                    error.set(Some(what));
                }
            }
            is_busy.try_set(false);
        });
    };
    let resend = move |()| {
        spawn_local(async move {
            match client::auth::resend_code().await {
                Ok(sent) => {
                    restart(sent.resend_in);
                    code.set(String::new());
                    is_wrong.set(false);
                    error.set(None);
                }
                Err(refused) if refused.code() == Some(ProblemCode::CodeSpent) => {
                    error.set(Some(t("code-spent")));
                }
                Err(other) => error.set(Some(crate::pages::explain(&other))),
            }
        });
    };
    let start_over = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        typed.username.set(String::new());
        step.set(Step::Password);
    };
    let text = match (sent.phone.is_empty(), sent.email.is_empty()) {
        (false, false) => {
            tx("code-sent-both", &[("phone", Arg::Text(&sent.phone)), ("email", Arg::Text(&sent.email))])
        }
        (false, true) => tx("code-sent-one", &[("address", Arg::Text(&sent.phone))]),
        (true, _) => tx("code-sent-one", &[("address", Arg::Text(&sent.email))]),
    };
    let lifetime = i64::from(sent.expires_in.div_ceil(60));
    view! {
        <section aria-labelledby="code-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="code-title">{t("code-title")}</h2>
                <p class="auth__text num">{text}</p>
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
                {terms}
                <div class="field">
                    <label class="field__label" for="otp">{t("code-label")}</label>
                    <CodeInput id="otp" value=code is_invalid=is_wrong described_by="otp-hint" on_complete=move |()| confirm()/>
                    <p class="field__hint" id="otp-hint">{tx("code-hint", &[("minutes", Arg::Number(lifetime))])}</p>
                </div>
                <button
                    class="btn btn--primary btn--lg btn--block"
                    type="submit"
                    aria-busy=move || is_busy.get().then_some("true")
                >
                    {move || if is_busy.get() { t("confirming") } else { t("confirm") }}
                </button>
            </form>
            <p class="auth__foot">
                <ResendButton left=left class="btn btn--sm" on_click=resend/>
                <a class="link" href="/login" on:click=start_over>{t("use-another-account")}</a>
            </p>
        </section>
    }
}
