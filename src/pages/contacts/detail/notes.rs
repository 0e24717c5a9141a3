//! Notes about a client, the conversations it takes part in, and their files.

use crate::{
    client,
    components::base::banner::ErrorBanner,
    i18n::{self, Arg, keep, t, tx},
    pages::{
        chats::Files,
        submission::{Form, Submission, SubmitButton},
    },
    routes::Route,
    state::{chats::Chats, delivery},
};
use causeway_api::{
    ChatId, Millis, PersonId,
    contacts::{Contact, NewNote, Note},
};
use leptos::prelude::*;
use uuid::Uuid;

/// The conversations of the viewer that the client takes part in, newest activity first.
#[component]
pub(super) fn Conversations(contact: Signal<Option<Contact>>) -> impl IntoView {
    view! { <SharedChats who=who_of(contact) /> }
}

/// The files of the conversations that the client takes part in, the newest first in each.
#[component]
pub(super) fn ContactFiles(contact: Signal<Option<Contact>>) -> impl IntoView {
    let chats = expect_context::<Chats>();
    let shared = shared_chats(chats, who_of(contact));
    view! {
        <Show when=move || shared.with(Vec::is_empty)>
            <p class="muted">{t("no-conversations")}</p>
        </Show>
        <For each=move || shared.get() key=|row| row.0 let:row>
            {
                let heading = Signal::derive(move || {
                    let title = |(id, title, _): &(ChatId, String, Millis)| (*id == row.0).then(|| title.clone());
                    shared.with(|rows| rows.iter().find_map(title)).unwrap_or_default()
                });
                chats.row(row.0).map(|chat| view! { <Files chat=chat heading=heading /> })
            }
        </For>
    }
}

/// The client, and those that were folded into it.
fn who_of(contact: Signal<Option<Contact>>) -> Signal<Vec<PersonId>> {
    Signal::derive(move || {
        contact.with(|contact| contact.as_ref().map(|it| it.aliases.clone()).unwrap_or_default())
    })
}

/// The conversations of the viewer that any of these people takes part in, newest activity first.
#[component]
pub(in crate::pages::contacts) fn SharedChats(who: Signal<Vec<PersonId>>) -> impl IntoView {
    let shared = shared_chats(expect_context::<Chats>(), who);
    view! {
        <Show when=move || shared.with(Vec::is_empty)>
            <p class="muted">{t("no-conversations")}</p>
        </Show>
        <ul class="stack-2">
            <For each=move || shared.get() key=|row| row.clone() let:row>
                <li>
                    <a class="link" href=Route::Chat(row.0).href()>
                        {row.1}
                    </a>
                    " "
                    <span class="muted">{i18n::list_time(row.2)}</span>
                </li>
            </For>
        </ul>
    }
}

/// The conversations of the viewer that any of these people takes part in: title and newest activity, which orders them.
fn shared_chats(chats: Chats, who: Signal<Vec<PersonId>>) -> Memo<Vec<(ChatId, String, Millis)>> {
    let me = chats.me();
    Memo::new(move |_| {
        let who = who.get();
        chats.order.with(|order| {
            let with_them = order.iter().filter_map(|chat| {
                let chat = chats.get(*chat)?.get();
                let takes_part = chat.members.iter().any(|member| who.contains(&member.person.id));
                takes_part.then(|| (chat.id, delivery::title(&chat, me), delivery::activity(&chat)))
            });
            with_them.collect::<Vec<_>>()
        })
    })
}

fn random_id() -> Option<Uuid> {
    window().crypto().ok().and_then(|crypto| crypto.random_uuid().parse().ok())
}

/// The notes about a client, newest first, and the form that adds one.
#[component]
pub(super) fn Notes(id: PersonId, contact: Signal<Option<Contact>>, put: Callback<Contact>) -> impl IntoView {
    let list =
        move || contact.with(|contact| contact.as_ref().map(|it| it.notes.clone()).unwrap_or_default());
    let row = |note: Note| {
        let date = i18n::full_date(note.at);
        let args = [("author", Arg::Text(&note.author)), ("date", Arg::Text(&date))];
        view! {
            <li class="note">
                <p class="note__text">{note.text}</p>
                <p class="muted">{tx("note-by", &args)}</p>
            </li>
        }
    };
    view! {
        <NoteForm id=id put=put />
        <ul class="stack-4 contact-section">{move || list().into_iter().map(row).collect_view()}</ul>
    }
}

/// The form that adds a note.
#[component]
fn NoteForm(id: PersonId, put: Callback<Contact>) -> impl IntoView {
    let text = keep(format!("contact.note.{id}"), String::new);
    // The id stays with what is typed until the server has stored it: sent again, it is the same note.
    let note = keep(format!("contact.note-id.{id}"), || None::<Uuid>);
    let submission = Submission::new();
    let add = move |()| {
        if text.with_untracked(|text| text.trim().is_empty()) {
            return;
        }
        let Some(key) = note.get_untracked().or_else(random_id) else {
            return submission.fail(t("error-version"));
        };
        note.set(Some(key));
        let ask = move || {
            let new = NewNote { id: key, text: text.get_untracked() };
            async move { client::contacts::add_note(id, &new).await }
        };
        submission.send(ask, move |new: Contact| {
            text.set(String::new());
            note.set(None);
            put.run(new);
        });
    };
    let input = move |event| {
        note.set(None);
        text.set(event_target_value(&event));
    };
    view! {
        <Form class="stack-2" on_submit=add>
            <ErrorBanner text=submission.error() />
            <label class="field__label" for="note">
                {t("new-note")}
            </label>
            <textarea class="input" id="note" rows="3" prop:value=move || text.get() on:input=input></textarea>
            <p>
                <SubmitButton label=t("add-note") is_busy=submission.is_busy() class="btn" />
            </p>
        </Form>
    }
}
