//! Step 1: name and e-mail.

use super::{Joining, work};
use crate::{
    client,
    components::{base::banner::ErrorBanner, chat::linked_text::LinkedText, form::field::TextField},
    i18n::{self, Arg, t, tx},
    pages::{explain, field_fault},
};
use causeway_api::{
    ProblemCode,
    registration::{Register, RegistrationCode},
    validate,
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn FormStep(joining: Joining) -> impl IntoView {
    let (name_fault, email_fault, error) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let (is_busy, is_working) = (RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (name, email) = (joining.name.get_untracked(), joining.email.get_untracked());
        name_fault.set(validate::name(&name).err().map(t));
        email_fault.set(validate::email(email.trim()).err().map(t));
        if is_busy.get_untracked()
            || name_fault.with_untracked(Option::is_some)
            || email_fault.with_untracked(Option::is_some)
        {
            return;
        }
        is_busy.set(true);
        error.set(None);
        spawn_local(async move {
            let sent = send(joining, name, email, is_working).await;
            is_busy.try_set(false);
            is_working.try_set(false);
            match sent {
                Ok(sent) => joining.sent(sent),
                Err(refused) if joining.follow(&refused) => {}
                Err(refused) => {
                    name_fault.try_set(field_fault(&refused, "name"));
                    let at_email = field_fault(&refused, "email");
                    let has_field = at_email.is_some() || field_fault(&refused, "name").is_some();
                    email_fault.try_set(at_email);
                    let words = if refused.code() == Some(ProblemCode::TooMany) {
                        t("join-too-many")
                    } else {
                        explain(&refused)
                    };
                    error.try_set((!has_field).then_some(words));
                }
            }
        });
    };
    let company = joining.company();
    // The text in the language of the page, else in the first that there is.
    let text = joining.form.with_untracked(|form| {
        let texts = form.as_ref().map(|form| &form.form_text)?;
        texts.get(&i18n::current()).or_else(|| texts.get("en")).or_else(|| texts.values().next()).cloned()
    });
    let text = text.unwrap_or_else(|| tx("join-text", &[("company", Arg::Text(&company))]));
    view! {
        <section aria-labelledby="join-title" class="auth__step">
            <div>
                <h2 class="auth__title" id="join-title">{tx("join-chat-with", &[("company", Arg::Text(&company))])}</h2>
                <p class="auth__text auth__text--lines"><LinkedText text=text/></p>
            </div>
            <ErrorBanner text=error/>
            <form class="auth__form" novalidate on:submit=submit>
                <TextField id="join-name" label=t("name") value=joining.name error=name_fault autocomplete="name" autofocus=true/>
                <TextField id="join-email" label=t("email") value=joining.email error=email_fault autocomplete="email" kind="email"/>
                <button class="btn btn--primary btn--lg btn--block" type="submit" aria-busy=move || is_busy.get().then_some("true")>
                    {t("send-code")}
                </button>
                <p class="field__hint" role="status">{move || is_working.get().then(|| t("join-working"))}</p>
                <p class="field__hint">{tx("join-email-hint", &[("company", Arg::Text(&company))])}</p>
            </form>
        </section>
    }
}

/// Sends the form; when the server asks for work, does it and sends once more.
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
