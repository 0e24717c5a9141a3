//! Forgot password: asks for a link. The answer is the same for everybody.

use super::{Step, Typed};
use crate::{
    client,
    components::{banner::ErrorBanner, field::TextField},
    i18n::{Arg, t, tx},
    pages::explain,
};
use causeway_api::validate;
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn ForgotStep(typed: Typed, step: RwSignal<Step>) -> impl IntoView {
    let (fault, error, is_busy) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(false));
    let is_sent = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (company, username) = (typed.company.get_untracked(), typed.username.get_untracked());
        fault.set(validate::name(&username).err().map(t));
        if is_busy.get_untracked() || fault.with_untracked(Option::is_some) {
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let sent = client::auth::forgot_password(company, username).await;
            is_busy.try_set(false);
            match sent {
                Ok(()) => drop(is_sent.try_set(true)),
                Err(refused) => drop(error.try_set(Some(explain(&refused)))),
            }
        });
    };
    let back = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        step.set(Step::Password);
    };
    let company = typed.company.get_untracked();
    let text = StoredValue::new(tx("forgot-text", &[("company", Arg::Text(company.trim()))]));
    view! {
        <section aria-labelledby="forgot-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="forgot-title">{move || t(if is_sent.get() { "forgot-sent-title" } else { "forgot-title" })}</h2>
                <p class="auth__text" role="status">{move || if is_sent.get() { t("forgot-sent-text") } else { text.get_value() }}</p>
            </div>
            <Show when=move || !is_sent.get()>
                <ErrorBanner text=error/>
                <form class="auth__form" on:submit=submit novalidate>
                    <TextField id="forgot-username" label=t("username") value=typed.username error=fault autocomplete="username" autofocus=true/>
                    <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                        {t("forgot-send")}
                    </button>
                </form>
            </Show>
            <p class="auth__foot"><a class="link" href="/login" on:click=back>{t("back-to-sign-in")}</a></p>
        </section>
    }
}
