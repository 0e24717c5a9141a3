//! The profile of a client: shown, edited, shared with colleagues.

use super::merging::{Duplicates, Merged};
use crate::{
    client,
    i18n::{LANGUAGES, country_name, keep, t},
    pages::{contacts::profile_form::ProfileForm, explain},
    state::toasts::Toasts,
};
use causeway_api::{
    PersonId,
    contacts::{Contact, Lists},
    people::{Person, PersonKind},
};
use leptos::{prelude::*, task::spawn_local};

#[component]
pub(super) fn Info(
    contact: Signal<Option<Contact>>,
    put: Callback<Contact>,
    lists: RwSignal<Lists>,
    is_editing: RwSignal<bool>,
) -> impl IntoView {
    let fact = |label: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{t(label)}</dt><dd>{value}</dd> })
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
                    {fact("first-name", profile.first_name)}
                    {fact("last-name", profile.last_name)}
                    {fact("email", profile.email)}
                    {fact("phone-number", profile.phone)}
                    {fact("country", country)}
                    {fact("language", language.unwrap_or_default())}
                    {fact("external-company", contact.person.about)}
                    {fact("tags", tags)}
                </dl>
            }
        })
    };
    view! {
        <Duplicates contact=contact put=put/>
        {facts}
        <p class="btn-row"><button class="btn" type="button" on:click=move |_| is_editing.set(true)>{t("edit-profile")}</button></p>
        <Sharing contact=contact put=put/>
        <Merged contact=contact put=put/>
    }
}

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
    let share = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let id = contact.with_untracked(|contact| contact.as_ref().map(|it| it.person.id));
        let (Some(id), Ok(colleague)) = (id, chosen.get_untracked().parse::<PersonId>()) else { return };
        spawn_local(async move {
            match client::contacts::share_contact(id, colleague).await {
                Ok(new) => {
                    chosen.try_set(String::new());
                    put.run(new);
                }
                Err(error) => toasts.error(explain(&error)),
            }
        });
    };
    view! {
        <section class="stack-2 contact-section" aria-labelledby="shared-title">
            <h3 class="overline" id="shared-title">{t("shared-with")}</h3>
            <ul class="stack-2">{move || shared().into_iter().map(|person| view! { <li>{person.name}</li> }).collect_view()}</ul>
            <form class="btn-row" on:submit=share>
                <select class="input input--compact" aria-label=t("share-with") prop:value=move || chosen.get() on:change=move |event| chosen.set(event_target_value(&event))>
                    <option value="">{t("share-with")}</option>
                    {move || others().into_iter().map(|person| view! { <option value=person.id.to_string()>{person.name}</option> }).collect_view()}
                </select>
                <button class="btn btn--sm" type="submit" disabled=move || chosen.with(String::is_empty)>{t("share")}</button>
            </form>
        </section>
    }
}

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
    let (refusal, is_busy) = (RwSignal::new(None), RwSignal::new(false));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        refusal.set(None);
        spawn_local(async move {
            let saved = client::contacts::edit_contact(id, &profile.get_untracked()).await;
            is_busy.try_set(false);
            match saved {
                Ok(new) => {
                    put.run(new);
                    is_editing.set(false);
                }
                Err(error) => drop(refusal.try_set(Some(error))),
            }
        });
    };
    view! {
        <form class="stack-4" novalidate on:submit=save>
            <ProfileForm profile=profile refusal=refusal lists=lists with_phone=true/>
            <div class="btn-row">
                <button class="btn btn--primary" type="submit" aria-busy=move || is_busy.get().then_some("true")>{t("save")}</button>
                <button class="btn" type="button" on:click=move |_| is_editing.set(false)>{t("cancel")}</button>
            </div>
        </form>
    }
}
