//! Requesting a password link, from the sign-in page and from an expired link. The response is the same whether or not the
//! account exists.

use crate::{
    client,
    components::{base::banner::ErrorBanner, form::field::TextField},
    i18n::t,
    pages::submission::{Form, Submission, SubmitButton},
};
use causeway_api::validate;
use leptos::prelude::*;

/// The account that the link is for.
#[derive(Clone, Copy)]
pub(crate) struct Account {
    /// The company's name as it was typed.
    pub(crate) company: RwSignal<String>,
    /// The username.
    pub(crate) username: RwSignal<String>,
}

impl Account {
    /// Requests a link once both names are valid.
    fn ask(self, submission: Submission, is_sent: RwSignal<bool>) {
        let (company, username) = (self.company.get_untracked(), self.username.get_untracked());
        let wrong =
            [("company", validate::name(&company).err()), ("username", validate::name(&username).err())];
        if submission.passes(wrong.into_iter().filter_map(|(field, fault)| Some((field, fault?)))) {
            let ask = move || client::auth::forgot_password(company.clone(), username.clone());
            submission.send(ask, move |()| is_sent.set(true));
        }
    }
}

/// The form that requests a link; then the notice that it was sent.
#[component]
pub(crate) fn AskForLink(
    /// The title until the link is sent.
    title: &'static str,
    /// Why a link is asked for.
    #[prop(into)]
    text: String,
    /// The account that the link is for.
    account: Account,
    /// Whether the form has a field for the company.
    asks_company: bool,
    /// What the button says.
    verb: &'static str,
) -> impl IntoView {
    let (submission, is_sent) = (Submission::new(), RwSignal::new(false));
    let text = StoredValue::new(text);
    let shown = move || if is_sent.get() { t("forgot-sent-text") } else { text.get_value() };
    view! {
        <div>
            <h2 class="auth__title" id="forgot-title">
                {move || t(if is_sent.get() { "forgot-sent-title" } else { title })}
            </h2>
            <p class="auth__text" role="status">
                {shown}
            </p>
        </div>
        <Show when=move || !is_sent.get()>
            <ErrorBanner text=submission.error() />
            <Form class="auth__form" on_submit=move |()| account.ask(submission, is_sent)>
                {asks_company
                    .then(|| {
                        view! {
                            <TextField
                                id="forgot-company"
                                label=t("company-name")
                                value=account.company
                                error=submission.fault("company")
                                autocomplete="organization"
                            />
                        }
                    })}
                <TextField
                    id="forgot-username"
                    label=t("username")
                    value=account.username
                    error=submission.fault("username")
                    autocomplete="username"
                    autofocus=!asks_company
                />
                <SubmitButton label=t(verb) is_busy=submission.is_busy() />
            </Form>
        </Show>
    }
}
