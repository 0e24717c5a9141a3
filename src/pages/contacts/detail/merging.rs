//! Contacts that are one person: merged, and separated again.

use crate::{
    client,
    components::{
        base::{banner::ErrorBanner, icon::Icon},
        form::dialog_form::ConfirmDialog,
    },
    i18n::{self, Arg, t, tx},
    pages::submission::Submission,
    routes::Route,
    state::toasts::Toasts,
};
use causeway_api::{contacts::Contact, people::Person};
use leptos::prelude::*;

/// Other contacts with the same number or address, and merging them into this one.
#[component]
pub(super) fn Duplicates(contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let asked = RwSignal::new(None::<Person>);
    let twins = Memo::new(move |_| {
        contact.with(|contact| contact.as_ref().map(|it| it.duplicates.clone()).unwrap_or_default())
    });
    let row = move |twin: Person| {
        let label = tx("merge-into-this", &[("name", Arg::Text(&twin.name))]);
        let (href, name, other) = (Route::Contact(twin.id).href(), twin.name.clone(), twin);
        view! {
            <li class="btn-row">
                <a class="link" href=href>
                    {name}
                </a>
                <button class="btn btn--sm" type="button" on:click=move |_| asked.set(Some(other.clone()))>
                    {label}
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || !twins.with(Vec::is_empty)>
            <div class="banner banner--inset">
                <Icon name="i-alert" />
                <div class="stack-2">
                    <p>{t("duplicates-text")}</p>
                    <ul class="stack-2">{move || twins.get().into_iter().map(row).collect_view()}</ul>
                </div>
            </div>
        </Show>
        {move || asked.get().map(|other| view! { <Confirm contact=contact other=other put=put asked=asked /> })}
    }
}

/// Asks before merging, and says which of the two disappears.
#[component]
fn Confirm(
    contact: Signal<Option<Contact>>,
    other: Person,
    put: Callback<Contact>,
    asked: RwSignal<Option<Person>>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let submission = Submission::new();
    let kept = contact.get_untracked().map(|contact| contact.person);
    let kept_name = kept.as_ref().map(|kept| kept.name.clone()).unwrap_or_default();
    let names = [("other", Arg::Text(&other.name)), ("kept", Arg::Text(&kept_name))];
    let (direction, text) = (tx("merge-direction", &names), tx("merge-text", &names));
    let merge = move |()| {
        let Some(kept) = kept.as_ref().map(|kept| kept.id) else { return };
        let other = other.id;
        submission.send(
            move || client::contacts::merge_contact(kept, other),
            move |contact: Contact| {
                toasts.say(t("merge-done"));
                put.run(contact);
                asked.set(None);
            },
        );
    };
    view! {
        <ConfirmDialog
            title=t("merge-title")
            verb=t("merge")
            is_busy=submission.is_busy()
            on_confirm=merge
            on_close=move |()| asked.set(None)
        >
            <ErrorBanner text=submission.error() />
            <p>
                <b>{direction}</b>
            </p>
            <p>{text}</p>
        </ConfirmDialog>
    }
}

/// The contacts that were merged into this one, and the buttons that undo it.
#[component]
pub(super) fn Merged(contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let submission = Submission::new().in_toasts();
    let merged = Memo::new(move |_| {
        contact.with(|contact| contact.as_ref().map(|it| it.merged.clone()).unwrap_or_default())
    });
    let undo = move |merge: uuid::Uuid, name: String| {
        let Some(id) = contact.with_untracked(|contact| contact.as_ref().map(|it| it.person.id)) else {
            return;
        };
        submission.send(
            move || client::contacts::undo_merge(id, merge),
            move |contact: Contact| {
                toasts.say(tx("merge-undone", &[("name", Arg::Text(&name))]));
                put.run(contact);
            },
        );
    };
    view! {
        <Show when=move || !merged.with(Vec::is_empty)>
            <section class="stack-2 contact-section" aria-labelledby="merged-title">
                <h3 class="overline" id="merged-title">
                    {t("merged-contacts")}
                </h3>
                <ul class="stack-2">
                    <For each=move || merged.get() key=|it| it.id let:it>
                        {
                            let date = i18n::full_date(it.at);
                            let by = tx("merged-by", &[("by", Arg::Text(&it.by)), ("date", Arg::Text(&date))]);
                            let label = tx("merge-undo", &[("name", Arg::Text(&it.name))]);
                            let (id, name) = (it.id, it.name.clone());
                            view! {
                                <li class="btn-row">
                                    <span>{it.name.clone()} " " <span class="muted">{by}</span></span>
                                    <button class="btn btn--sm" type="button" on:click=move |_| undo(id, name.clone())>
                                        {label}
                                    </button>
                                </li>
                            }
                        }
                    </For>
                </ul>
            </section>
        </Show>
    }
}
