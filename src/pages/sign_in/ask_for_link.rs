//! Asking for a link that sets another password, from the sign-in page and from a link that works no more. The answer is
//! the same for everyone.

use crate::pages::explain;
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::field::TextField},
    i18n::t,
};
use causeway_api::validate;
use leptos::{prelude::*, task::spawn_local};

/// The account that the link is for.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    /// The company's name to type.
    pub(crate) company: RwSignal<String>,
    /// The user name.
    pub(crate) username: RwSignal<String>,
}

/// A title, why a link is asked for, and the form; then that it is on its way.
#[component]
pub(crate) fn AskForLink(
    /// What the page is about before the link is sent.
    title: &'static str,
    /// Why a link is asked for.
    #[prop(into)]
    text: String,
    /// Whose link.
    account: Account,
    /// Whether the company is not known from a step before.
    asks_company: bool,
    /// What the button says.
    verb: &'static str,
) -> impl IntoView {
    let (at_company, at_username, error) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (is_busy, is_sent) = (RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (company, username) = (account.company.get_untracked(), account.username.get_untracked());
        at_company.set(validate::name(&company).err().map(t));
        at_username.set(validate::name(&username).err().map(t));
        let is_wrong = [at_company, at_username].iter().any(|fault| fault.with_untracked(Option::is_some));
        if is_busy.get_untracked() || is_wrong {
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
    let text = StoredValue::new(text);
    let shown = move || if is_sent.get() { t("forgot-sent-text") } else { text.get_value() };
    view! {
        <div>
            <h2 class="auth__title" id="forgot-title">{move || t(if is_sent.get() { "forgot-sent-title" } else { title })}</h2>
            <p class="auth__text" role="status">{shown}</p>
        </div>
        <Show when=move || !is_sent.get()>
            <ErrorBanner text=error/>
            <form class="auth__form" on:submit=submit novalidate>
                {asks_company.then(|| view! {
                    <TextField id="forgot-company" label=t("company-name") value=account.company error=at_company autocomplete="organization"/>
                })}
                <TextField id="forgot-username" label=t("username") value=account.username error=at_username autocomplete="username" autofocus=!asks_company/>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t(verb)}
                </button>
            </form>
        </Show>
    }
}
