//! Step 1: the initial channel, and the number or address there.

use super::{steps, wizard::Wizard};
use crate::{
    client,
    components::{
        base::{
            banner::{ChangeBanner, ErrorBanner},
            channel::channel_name,
            stepper::Stepper,
        },
        form::{
            country_select::CountrySelect,
            field::{Field, TextField, Typed},
        },
    },
    i18n::t,
    pages::{
        number::naming_country,
        submission::{Form, SubmitButton},
    },
};
use causeway_api::{
    chats::Channel,
    contacts::{CheckedIdentity, Identity},
    validate::Fault,
};
use leptos::prelude::*;

/// The channel, and who the client is there.
#[component]
pub(super) fn IdentityStep(wizard: Wizard, on_close: Callback<()>) -> impl IntoView {
    let submission = wizard.submission;
    let asks = Memo::new(move |_| wizard.offer().map(|offer| (offer.is_configured, offer.by_email)));
    view! {
        <Form class="drawer__body" id="invite" on_submit=move |()| wizard.check()>
            <Stepper steps=steps() current=Signal::derive(|| 0) />
            <ChangeBanner text=wizard.notice />
            <ErrorBanner text=submission.error() takes_focus=true />
            <ChannelField wizard=wizard />
            {move || match asks.get() {
                // While the server has not said which, there is no field to type into.
                None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                Some((false, _)) => ().into_any(),
                Some((true, true)) => view! { <EmailField wizard=wizard /> }.into_any(),
                Some((true, false)) => view! { <PhoneFields wizard=wizard /> }.into_any(),
            }}
        </Form>
        <footer class="drawer__foot">
            <button
                class="btn"
                type="button"
                on:click=move |_| {
                    wizard.end();
                    on_close.run(());
                }
            >
                {t("cancel")}
            </button>
            <SubmitButton
                label=t("continue")
                form="invite"
                is_busy=submission.is_busy()
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
            self.corrected();
            draft.update(|draft| *write(&mut draft.identity) = text);
        })
    }

    /// Has the server check the identity, once there is something in the field that is shown.
    fn check(self) {
        let Some(offer) = untrack(move || self.offer()) else {
            // The channels could not be loaded: this tries again, and says so if it fails again.
            self.submission.clear();
            return self.load();
        };
        let is_empty = self.draft.with_untracked(|draft| {
            let typed = if offer.by_email { &draft.identity.email } else { &draft.identity.phone };
            typed.trim().is_empty()
        });
        let fault = match offer {
            _ if !offer.is_configured => Some(("channel", Fault::ChannelNotConfigured)),
            _ if !is_empty => None,
            _ if offer.by_email => Some(("email", Fault::Required)),
            _ => Some(("phone", Fault::Required)),
        };
        if !self.submission.passes(fault) {
            return;
        }
        let ask = move || {
            let identity = self.draft.with_untracked(|draft| draft.identity.clone());
            async move { client::contacts::check_identity(&identity).await }
        };
        let take = move |checked: CheckedIdentity| {
            self.notice.set(None);
            self.draft.update(|draft| draft.take(checked));
        };
        self.submission.send_or(ask, take, move |refused| self.is_outdated(refused));
    }
}

/// The address of the client.
#[component]
fn EmailField(wizard: Wizard) -> impl IntoView {
    view! {
        <TextField
            id="invite-email"
            label=t("email")
            kind="email"
            value=wizard.identity(|it| &it.email, |it| &mut it.email)
            error=wizard.submission.fault("email")
            hint=t("invite-by-email-hint")
            is_compact=true
        />
    }
}

/// The channel that the client is invited to first.
#[component]
fn ChannelField(wizard: Wizard) -> impl IntoView {
    let error = wizard.submission.fault("channel");
    let choose = move |event| {
        if let Some(channel) = Channel::parse(&event_target_value(&event)) {
            wizard.submission.clear();
            wizard.notice.set(None);
            wizard.draft.update(|draft| draft.identity.channel = channel);
            // What the other channel asked for is not on the screen any more.
            if let Some(offer) = untrack(move || wizard.offer()) {
                wizard.draft.update(|draft| {
                    draft.keep_shown(offer.by_email);
                });
            }
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
    let is_missing = move || wizard.offer().is_some_and(|offer| !offer.is_configured);
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
            <Show when=is_missing>
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
    let country = RwSignal::new(wizard.draft.with_untracked(|draft| draft.identity.country.clone()));
    let fault = wizard.submission.fault("phone");
    Effect::new(move |_| {
        let chosen = country.get();
        if wizard.draft.with_untracked(|draft| draft.identity.country != chosen) {
            fault.correct();
            wizard.corrected();
            wizard.draft.update(|draft| draft.identity.country = chosen);
        }
    });
    let number = Signal::derive(move || wizard.draft.with(|draft| draft.identity.phone.clone()));
    view! {
        <div class="field">
            <label class="field__label" for="invite-country">
                {t("country-code")}
            </label>
            <CountrySelect
                id="invite-country"
                countries=wizard.countries
                value=country
                with_calling=true
                autocomplete="off"
            />
        </div>
        <TextField
            id="invite-phone"
            label=t("phone-number")
            kind="tel"
            value=wizard.identity(|it| &it.phone, |it| &mut it.phone)
            error=naming_country(fault, number, country.into(), wizard.countries.into())
            is_compact=true
        />
    }
}
