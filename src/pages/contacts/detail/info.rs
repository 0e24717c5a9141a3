//! The profile of a client: shown and edited.

use super::{
    merging::{Duplicates, Merged},
    sharing::Sharing,
};
use crate::{
    client,
    components::base::banner::ErrorBanner,
    i18n::{LANGUAGES, country_name, keep, t},
    pages::{
        contacts::profile_form::ProfileForm,
        submission::{Form, Submission, SubmitButton},
    },
};
use causeway_api::{
    PersonId,
    contacts::{Contact, Lists},
    phones::spaced,
};
use leptos::prelude::*;

/// The profile as it is, with whom it is shared, and contacts that may be the same person.
#[component]
pub(super) fn Info(
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    lists: RwSignal<Lists>,
    is_editing: RwSignal<bool>,
) -> impl IntoView {
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{t(label)}</dt>
                <dd>{value}</dd>
            }
        })
    };
    let facts = move || {
        contact.get().map(|contact| {
            let profile = contact.profile;
            let language =
                LANGUAGES.iter().find(|(tag, _)| *tag == profile.language).map(|it| it.1.to_owned());
            let country =
                if profile.country.is_empty() { String::new() } else { country_name(&profile.country) };
            let tags = lists.with(|lists| {
                let names =
                    profile.tags.iter().filter_map(|tag| lists.tags.iter().find(|item| item.id == *tag));
                names.map(|item| item.name.clone()).collect::<Vec<_>>().join(", ")
            });
            view! {
                <dl class="facts">
                    {fact("first-name", profile.first_name)} {fact("last-name", profile.last_name)}
                    {fact("email", profile.email)} {fact("phone-number", spaced(&profile.phone))} {fact("country", country)}
                    {fact("language", language.unwrap_or_default())} {fact("external-company", contact.person.about)}
                    {fact("tags", tags)}
                </dl>
            }
        })
    };
    view! {
        <Duplicates contact=contact put=put />
        {facts}
        <p class="btn-row">
            <button class="btn" type="button" on:click=move |_| is_editing.set(true)>
                {t("edit-profile")}
            </button>
        </p>
        <Sharing contact=contact put=put />
        <Merged contact=contact put=put />
    }
}

/// The profile while it is edited.
#[component]
pub(super) fn Edit(
    id: PersonId,
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    lists: RwSignal<Lists>,
    is_editing: RwSignal<bool>,
) -> impl IntoView {
    let profile = keep(format!("contact.profile.{id}"), || {
        contact.get_untracked().map(|contact| contact.profile).unwrap_or_default()
    });
    let submission = Submission::new();
    let save = move |()| {
        let required = lists.with_untracked(|lists| lists.required.clone());
        if !submission.passes(profile.with_untracked(|profile| profile.faults(&required))) {
            return;
        }
        let ask = move || {
            let profile = profile.get_untracked();
            async move { client::contacts::edit_contact(id, &profile).await }
        };
        submission.send(ask, move |new: Contact| {
            put.run(new);
            is_editing.set(false);
        });
    };
    view! {
        <Form class="stack-4" on_submit=save>
            <ErrorBanner text=submission.error() />
            <ProfileForm profile=profile submission=submission lists=lists with_phone=true />
            <div class="btn-row">
                <SubmitButton label=t("save") is_busy=submission.is_busy() class="btn btn--primary" />
                <button class="btn" type="button" on:click=move |_| is_editing.set(false)>
                    {t("cancel")}
                </button>
            </div>
        </Form>
    }
}
