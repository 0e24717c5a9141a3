//! The colleagues with whom a client is shared.

use crate::{
    client,
    i18n::t,
    pages::{
        explain,
        submission::{Form, Submission, SubmitButton},
    },
    state::toasts::Toasts,
};
use causeway_api::{
    PersonId,
    contacts::Contact,
    people::{Person, PersonKind},
};
use leptos::{prelude::*, task::spawn_local};

/// The colleagues who see the client, and sharing with another.
#[component]
pub(super) fn Sharing(contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let shared = Memo::new(move |_| {
        contact.with(|contact| contact.as_ref().map(|it| it.shared_with.clone()).unwrap_or_default())
    });
    let names =
        move || shared.get().into_iter().map(|person| view! { <li>{person.name}</li> }).collect_view();
    view! {
        <section class="stack-2 contact-section" aria-labelledby="shared-title">
            <h3 class="overline" id="shared-title">
                {t("shared-with")}
            </h3>
            <ul class="stack-2">{names}</ul>
            <ShareForm contact=contact shared=shared put=put />
        </section>
    }
}

/// Chooses another colleague to share the client with.
#[component]
fn ShareForm(
    contact: Signal<Option<Contact>>,
    /// The colleagues who see the client already.
    shared: Memo<Vec<Person>>,
    put: Callback<Contact>,
) -> impl IntoView {
    let (colleagues, chosen) = (load_colleagues(), RwSignal::new(String::new()));
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
    let option = |person: Person| view! { <option value=person.id.to_string()>{person.name}</option> };
    let options = move || {
        let mut others = colleagues.get();
        shared.with(|shared| others.retain(|person| shared.iter().all(|with| with.id != person.id)));
        others.into_iter().map(option).collect_view()
    };
    view! {
        <Form class="btn-row" on_submit=share>
            <select
                class="input input--compact"
                aria-label=t("share-with")
                prop:value=move || chosen.get()
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                <option value="">{t("share-with")}</option>
                {options}
            </select>
            <SubmitButton
                label=t("share")
                is_busy=submission.is_busy()
                is_disabled=Signal::derive(move || chosen.with(String::is_empty))
                class="btn btn--sm"
            />
        </Form>
    }
}

/// Loads the colleagues of the user.
fn load_colleagues() -> RwSignal<Vec<Person>> {
    let (colleagues, toasts) = (RwSignal::new(Vec::new()), expect_context::<Toasts>());
    spawn_local(async move {
        match client::people::list_people().await {
            Ok(all) => {
                let found = all.into_iter().filter(|it| it.kind == PersonKind::Colleague).collect();
                colleagues.try_set(found);
            }
            Err(error) => toasts.error(explain(&error)),
        }
    });
    colleagues
}
