//! The profile of a client: shown, edited, shared with colleagues.

use super::merging::{Duplicates, Merged};
use crate::{
    client,
    components::base::banner::ErrorBanner,
    i18n::{LANGUAGES, country_name, keep, t},
    pages::{
        contacts::profile_form::ProfileForm,
        explain,
        submission::{Form, Submission, SubmitButton},
    },
    state::toasts::Toasts,
};
use causeway_api::{
    PersonId,
    contacts::{Contact, Lists},
    people::{Person, PersonKind},
};
use leptos::{prelude::*, task::spawn_local};

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
                    {fact("email", profile.email)} {fact("phone-number", profile.phone)} {fact("country", country)}
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

/// The colleagues who see the client, and sharing with another.
#[component]
fn Sharing(contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let (people, chosen) = (RwSignal::new(Vec::<Person>::new()), RwSignal::new(String::new()));
    let toasts = expect_context::<Toasts>();
    spawn_local(async move {
        match client::people::list_people().await {
            Ok(all) => {
                let colleagues = all.into_iter().filter(|it| it.kind == PersonKind::Colleague).collect();
                people.try_set(colleagues);
            }
            Err(error) => toasts.error(explain(&error)),
        }
    });
    let shared =
        move || contact.with(|contact| contact.as_ref().map(|it| it.shared_with.clone()).unwrap_or_default());
    let others = move || {
        let shared = shared();
        people.get().into_iter().filter(|it| shared.iter().all(|with| with.id != it.id)).collect::<Vec<_>>()
    };
    let submission = Submission::new().in_toasts();
    let share = move |()| {
        let id = contact.with_untracked(|contact| contact.as_ref().map(|it| it.person.id));
        let (Some(id), Ok(colleague)) = (id, chosen.get_untracked().parse::<PersonId>()) else { return };
        submission.send(
            move || client::contacts::share_contact(id, colleague),
            move |new: Contact| {
                chosen.set(String::new());
                put.run(new);
            },
        );
    };
    view! {
        <section class="stack-2 contact-section" aria-labelledby="shared-title">
            <h3 class="overline" id="shared-title">
                {t("shared-with")}
            </h3>
            <ul class="stack-2">
                {move || shared().into_iter().map(|person| view! { <li>{person.name}</li> }).collect_view()}
            </ul>
            <Form class="btn-row" on_submit=share>
                <select
                    class="input input--compact"
                    aria-label=t("share-with")
                    prop:value=move || chosen.get()
                    on:change=move |event| chosen.set(event_target_value(&event))
                >
                    <option value="">{t("share-with")}</option>
                    {move || {
                        others()
                            .into_iter()
                            .map(|person| view! { <option value=person.id.to_string()>{person.name}</option> })
                            .collect_view()
                    }}
                </select>
                <SubmitButton
                    label=t("share")
                    is_busy=submission.is_busy()
                    is_disabled=Signal::derive(move || chosen.with(String::is_empty))
                    class="btn btn--sm"
                />
            </Form>
        </section>
    }
}

/// The profile while it is changed.
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
