//! Step 1: the initial channel, and the number or address there.

use super::{Form, steps};
use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, channel::channel_name, stepper::Stepper},
        form::{country_select::CountrySelect, field::FieldError},
    },
    i18n::t,
};
use causeway_api::{chats::Channel, contacts::Country};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn IdentityStep(form: Form, on_close: Callback<()>) -> impl IntoView {
    let countries = RwSignal::new(Vec::<Country>::new());
    spawn_local(async move {
        match client::contacts::list_countries().await {
            Ok(all) => drop(countries.try_set(all)),
            Err(error) => drop(form.refusal.try_set(Some(error))),
        }
    });
    let country = RwSignal::new(form.draft.with_untracked(|draft| draft.identity.country.clone()));
    Effect::new(move |_| {
        let chosen = country.get();
        form.draft.update(|draft| draft.identity.country = chosen);
    });
    let go_on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if form.is_busy.get_untracked() {
            return;
        }
        form.is_busy.set(true);
        form.refusal.set(None);
        spawn_local(async move {
            let identity = form.draft.with_untracked(|draft| draft.identity.clone());
            let checked = client::contacts::check_identity(&identity).await;
            form.is_busy.try_set(false);
            match checked {
                Ok(checked) => form.draft.update(|draft| {
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
                }),
                Err(error) => drop(form.refusal.try_set(Some(error))),
            }
        });
    };
    let by_email = Memo::new(move |_| form.offer().is_some_and(|offer| offer.by_email));
    let is_configured = Memo::new(move |_| form.offer().is_none_or(|offer| offer.is_configured));
    let (phone_error, email_error, channel_error) =
        (form.fault("phone"), form.fault("email"), form.fault("channel"));
    let phone = move || {
        view! {
            <div class="field">
                <label class="field__label" for="invite-country">{t("country-code")}</label>
                <CountrySelect id="invite-country" countries=countries value=country with_calling=true autocomplete="off"/>
            </div>
            <div class="field">
                <label class="field__label" for="invite-phone">{t("phone-number")}</label>
                <input
                    class="input"
                    id="invite-phone"
                    type="tel"
                    inputmode="tel"
                    autocomplete="off"
                    prop:value=move || form.draft.with(|draft| draft.identity.phone.clone())
                    on:input=move |event| form.draft.update(|draft| draft.identity.phone = event_target_value(&event))
                    aria-invalid=move || phone_error.with(Option::is_some).then_some("true")
                    aria-describedby="invite-phone-error"
                />
                <FieldError id="invite-phone-error".to_owned() error=phone_error/>
            </div>
        }
    };
    let email = move || {
        view! {
            <div class="field">
                <label class="field__label" for="invite-email">{t("email")}</label>
                <input
                    class="input"
                    id="invite-email"
                    type="email"
                    autocomplete="off"
                    prop:value=move || form.draft.with(|draft| draft.identity.email.clone())
                    on:input=move |event| form.draft.update(|draft| draft.identity.email = event_target_value(&event))
                    aria-invalid=move || email_error.with(Option::is_some).then_some("true")
                    aria-describedby="invite-email-error"
                />
                <FieldError id="invite-email-error".to_owned() error=email_error/>
                <p class="field__hint">{t("invite-by-email-hint")}</p>
            </div>
        }
    };
    view! {
        <form class="drawer__body" id="invite" novalidate on:submit=go_on>
            <Stepper steps=steps() current=Signal::derive(|| 0)/>
            <ErrorBanner text=form.banner()/>
            <div class="field">
                <label class="field__label" for="invite-channel">{t("initial-channel")}</label>
                <select
                    class="input"
                    id="invite-channel"
                    aria-describedby="invite-channel-error"
                    on:change=move |event| {
                        if let Some(channel) = Channel::parse(&event_target_value(&event)) {
                            form.refusal.set(None);
                            form.draft.update(|draft| draft.identity.channel = channel);
                        }
                    }
                >
                    {Channel::ALL.map(|channel| {
                        let is_chosen = form.draft.with_untracked(|draft| draft.identity.channel == channel);
                        view! { <option value=channel.as_str() selected=is_chosen>{channel_name(channel)}</option> }
                    }).collect_view()}
                </select>
                <FieldError id="invite-channel-error".to_owned() error=channel_error/>
                <Show when=move || !is_configured.get()><p class="field__hint" role="status">{t("channel-not-configured")}</p></Show>
            </div>
            {move || match (is_configured.get(), by_email.get()) {
                (false, _) => ().into_any(),
                (true, true) => email().into_any(),
                (true, false) => phone().into_any(),
            }}
        </form>
        <footer class="drawer__foot">
            <button class="btn" type="button" on:click=move |_| on_close.run(())>{t("cancel")}</button>
            <button
                class="btn btn--primary"
                type="submit"
                form="invite"
                disabled=move || !is_configured.get()
                aria-busy=move || form.is_busy.get().then_some("true")
            >
                {t("continue")}
            </button>
        </footer>
    }
}
