//! Step 1: the initial channel, and the number or address there.

use super::{Wizard, steps};
use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, channel::channel_name, stepper::Stepper},
        form::{
            country_select::CountrySelect,
            field::{Field, TextField, Typed},
        },
    },
    i18n::t,
    pages::{
        explain,
        submission::{Form, SubmitButton},
    },
};
use causeway_api::{
    chats::Channel,
    contacts::{CheckedIdentity, Country, Identity},
};
use leptos::{prelude::*, task::spawn_local};

/// The channel, and who the client is there.
#[component]
pub(super) fn IdentityStep(wizard: Wizard, on_close: Callback<()>) -> impl IntoView {
    let submission = wizard.submission;
    let check = move |()| {
        let ask = move || {
            let identity = wizard.draft.with_untracked(|draft| draft.identity.clone());
            async move { client::contacts::check_identity(&identity).await }
        };
        submission.send(ask, move |checked| wizard.take(checked));
    };
    let by_email = Memo::new(move |_| wizard.offer().is_some_and(|offer| offer.by_email));
    let is_configured = Memo::new(move |_| wizard.offer().is_none_or(|offer| offer.is_configured));
    view! {
        <Form class="drawer__body" id="invite" on_submit=check>
            <Stepper steps=steps() current=Signal::derive(|| 0) />
            <ErrorBanner text=submission.error() />
            <ChannelField wizard=wizard is_configured=is_configured />
            {move || match (is_configured.get(), by_email.get()) {
                (false, _) => ().into_any(),
                (true, true) => {
                    view! {
                        <TextField
                            id="invite-email"
                            label=t("email")
                            kind="email"
                            value=wizard.identity(|it| &it.email, |it| &mut it.email)
                            error=submission.fault("email")
                            hint=t("invite-by-email-hint")
                            is_compact=true
                            is_optional=true
                        />
                    }
                        .into_any()
                }
                (true, false) => view! { <PhoneFields wizard=wizard /> }.into_any(),
            }}
        </Form>
        <footer class="drawer__foot">
            <button class="btn" type="button" on:click=move |_| on_close.run(())>
                {t("cancel")}
            </button>
            <SubmitButton
                label=t("continue")
                form="invite"
                is_busy=submission.is_busy()
                is_disabled=Signal::derive(move || !is_configured.get())
                class="btn btn--primary"
            />
        </footer>
    }
}

impl Wizard {
    /// A field of the messaging identity.
    fn identity(self, read: fn(&Identity) -> &String, write: fn(&mut Identity) -> &mut String) -> Typed {
        let draft = self.draft;
        Typed::new(Signal::derive(move || draft.with(|draft| read(&draft.identity).clone())), move |text| {
            draft.update(|draft| *write(&mut draft.identity) = text);
        })
    }

    /// Goes on with an identity that can be invited.
    fn take(self, checked: CheckedIdentity) {
        self.draft.update(|draft| {
            if draft.profile.country.is_empty() {
                draft.profile.country.clone_from(&checked.country);
            }
            if draft.profile.language.is_empty() {
                draft.profile.language.clone_from(&checked.language);
            }
            // A number that someone has already: that profile is offered.
            if let Some(known) = &checked.known {
                draft.existing = Some((known.id, known.name.clone()));
                draft.uses_existing = true;
            }
            draft.checked = Some(checked);
        });
    }
}

/// The channel that the client is invited to first.
#[component]
fn ChannelField(wizard: Wizard, is_configured: Memo<bool>) -> impl IntoView {
    let error = wizard.submission.fault("channel");
    let choose = move |event| {
        if let Some(channel) = Channel::parse(&event_target_value(&event)) {
            wizard.submission.clear();
            wizard.draft.update(|draft| draft.identity.channel = channel);
        }
    };
    let option = move |channel: Channel| {
        let is_chosen = wizard.draft.with_untracked(|draft| draft.identity.channel == channel);
        view! {
            <option value=channel.as_str() selected=is_chosen>
                {channel_name(channel)}
            </option>
        }
    };
    view! {
        <Field id="invite-channel" label=t("initial-channel") error=error hint=None>
            <select
                class="input"
                id="invite-channel"
                aria-invalid=move || error.invalid()
                aria-describedby="invite-channel-error"
                on:change=choose
            >
                {Channel::ALL.map(option).collect_view()}
            </select>
            <Show when=move || !is_configured.get()>
                <p class="field__hint" role="status">
                    {t("channel-not-configured")}
                </p>
            </Show>
        </Field>
    }
}

/// The number of the client, with the code of its country.
#[component]
fn PhoneFields(wizard: Wizard) -> impl IntoView {
    let countries = RwSignal::new(Vec::<Country>::new());
    spawn_local(async move {
        match client::contacts::list_countries().await {
            Ok(all) => drop(countries.try_set(all)),
            Err(error) => wizard.submission.fail(explain(&error)),
        }
    });
    let country = RwSignal::new(wizard.draft.with_untracked(|draft| draft.identity.country.clone()));
    Effect::new(move |_| {
        let chosen = country.get();
        if wizard.draft.with_untracked(|draft| draft.identity.country != chosen) {
            wizard.draft.update(|draft| draft.identity.country = chosen);
        }
    });
    view! {
        <div class="field">
            <label class="field__label" for="invite-country">
                {t("country-code")}
            </label>
            <CountrySelect id="invite-country" countries=countries value=country with_calling=true autocomplete="off" />
        </div>
        <TextField
            id="invite-phone"
            label=t("phone-number")
            kind="tel"
            value=wizard.identity(|it| &it.phone, |it| &mut it.phone)
            error=wizard.submission.fault("phone")
            is_compact=true
            is_optional=true
        />
    }
}
