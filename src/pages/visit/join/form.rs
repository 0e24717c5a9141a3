//! Step 1: name and email.

use super::{Joining, work};
use crate::{
    client::{self, ClientError},
    components::{base::banner::ErrorBanner, chat::linked_text::LinkedText, form::field::TextField},
    i18n::{self, Arg, t, tx},
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::{
    ProblemCode,
    registration::{Register, RegistrationCode},
    validate,
};
use leptos::prelude::*;

/// Name and email of a registrant.
#[component]
pub(super) fn FormStep(joining: Joining) -> impl IntoView {
    let (submission, is_working) = (Submission::new().in_words(words), RwSignal::new(false));
    let submit = move |()| {
        let (name, email) = (joining.name.get_untracked(), joining.email.get_untracked());
        let wrong = [("name", validate::name(&name).err()), ("email", validate::email(email.trim()).err())];
        if !submission.passes(wrong.into_iter().filter_map(|(field, fault)| Some((field, fault?)))) {
            return;
        }
        let ask = move || {
            let (name, email) = (name.clone(), email.clone());
            async move {
                let sent = send(joining, name, email, is_working).await;
                is_working.try_set(false);
                sent
            }
        };
        submission.send_or(ask, move |sent| joining.sent(sent), move |refused| joining.follow(refused));
    };
    let company = joining.company();
    view! {
        <section aria-labelledby="join-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="join-title">
                    {tx("join-chat-with", &[("company", Arg::Text(&company))])}
                </h2>
                <p class="auth__text auth__text--lines">
                    <LinkedText text=welcome_text(joining, &company) />
                </p>
            </div>
            <ErrorBanner text=submission.error() />
            <Form class="auth__form" on_submit=submit>
                <TextField
                    id="join-name"
                    label=t("name")
                    value=joining.name
                    error=submission.fault("name")
                    autocomplete="name"
                    autofocus=true
                />
                <TextField
                    id="join-email"
                    label=t("email")
                    value=joining.email
                    error=submission.fault("email")
                    autocomplete="email"
                    kind="email"
                />
                <SubmitButton label=t("send-code") is_busy=submission.is_busy() />
                <p class="field__hint" role="status">
                    {move || is_working.get().then(|| t("join-working"))}
                </p>
                <p class="field__hint">{tx("join-email-hint", &[("company", Arg::Text(&company))])}</p>
            </Form>
        </section>
    }
}

/// Returns the company's text in the language of the page, else in English or any other language, else the default.
fn welcome_text(joining: Joining, company: &str) -> String {
    let own = joining.form.with_untracked(|form| {
        let texts = form.as_ref().map(|form| &form.form_text)?;
        texts.get(&i18n::current()).or_else(|| texts.get("en")).or_else(|| texts.values().next()).cloned()
    });
    own.unwrap_or_else(|| tx("join-text", &[("company", Arg::Text(company))]))
}

/// Returns what is wrong with the form as a whole.
fn words(refused: &ClientError) -> String {
    if refused.code() == Some(ProblemCode::TooMany) { t("join-too-many") } else { explain(refused) }
}

/// Sends the form. If the server asks for proof of work, solves it and sends again.
async fn send(
    joining: Joining,
    name: String,
    email: String,
    is_working: RwSignal<bool>,
) -> client::Result<RegistrationCode> {
    let link = joining.link.get_value();
    let typed = Register { name, email, language: i18n::current(), work: None };
    let sent = client::registration::register(&link, &typed).await;
    if !matches!(&sent, Err(refused) if refused.code() == Some(ProblemCode::WorkNeeded)) {
        return sent;
    }
    is_working.try_set(true);
    let form = client::registration::describe_form(&link).await?;
    let Some(work) = form.work.clone() else { return client::registration::register(&link, &typed).await };
    let number = work::solve(&work, &typed.email.trim().to_lowercase()).await;
    let typed = Register { work: Some((work.nonce, number)), ..typed };
    client::registration::register(&link, &typed).await
}
