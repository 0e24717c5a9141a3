//! The saved replies that a message can be made of: loaded whenever they are opened, filled in for the conversation.

use crate::{
    client,
    components::chat::composer::{OfferedReply, ReplySource},
    i18n,
    routes::Route,
    state::{chats::Chats, session::CurrentSession},
};
use causeway_api::{
    ChatId, PersonId,
    chats::{
        Chat,
        saved_replies::{SavedReply, Variable, fill},
    },
    people::{Person, PersonKind},
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// The saved replies for the composer of a chat.
pub(in crate::pages::chats) fn of(chat: ChatId, chats: Chats) -> ReplySource {
    let session = expect_context::<CurrentSession>();
    let (loaded, has_failed) = (RwSignal::new(None::<Vec<SavedReply>>), RwSignal::new(false));
    // As the card of the client has it; names of people alone do not tell which of their words that is.
    let given = RwSignal::new(None::<String>);
    let replies = Memo::new(move |_| {
        let all = loaded.get()?;
        let row = chats.row(chat)?;
        let company = session.get().company;
        let given = given.get();
        let known = |variable| match (variable, &given) {
            (Variable::ClientFirstName, Some(given)) => Some(given.clone()),
            _ => row.with(|chat| value(variable, chat, chats.me(), &company)),
        };
        let offered = |reply: SavedReply| OfferedReply {
            text: fill(&reply.text, known),
            shortcut: reply.shortcut,
            title: reply.title,
            is_team: reply.is_team,
        };
        Some(Arc::new(all.into_iter().map(offered).collect::<Vec<_>>()))
    });
    let open = move |()| {
        has_failed.set(false);
        let client = chats.peek(chat).and_then(|chat| {
            counterpart(&chat, chats.me()).filter(|person| person.kind == PersonKind::Client).map(|it| it.id)
        });
        spawn_local(async move {
            // Without the card the first word of the name stands for the first name.
            if let Some(client) = client
                && let Ok(contact) = client::contacts::get_contact(client).await
            {
                given.try_set(Some(contact.profile.first_name).filter(|name| !name.is_empty()));
            }
            match client::saved_replies::list_saved_replies().await {
                Ok(all) => drop(loaded.try_set(Some(all.replies))),
                Err(_) => drop(has_failed.try_set(loaded.try_with_untracked(Option::is_none) == Some(true))),
            }
        });
    };
    ReplySource {
        replies: replies.into(),
        has_failed: has_failed.into(),
        on_open: Callback::new(open),
        manage: StoredValue::new(Route::SavedReplies.href()),
    }
}

/// What a variable stands for in a chat.
fn value(variable: Variable, chat: &Chat, me: PersonId, company: &str) -> Option<String> {
    match variable {
        Variable::ClientName => counterpart(chat, me).map(|person| person.name.clone()),
        Variable::ClientFirstName => counterpart(chat, me).map(first_name),
        Variable::MyName => own(chat, me).map(|person| person.name.clone()),
        Variable::MyFirstName => own(chat, me).map(first_name),
        Variable::Company => Some(company.to_owned()),
        Variable::Date => Some(i18n::full_date(i18n::now())),
    }
}

/// The only client of a chat; else the only other member.
fn counterpart(chat: &Chat, me: PersonId) -> Option<&Person> {
    let others = || chat.members.iter().map(|member| &member.person).filter(|person| person.id != me);
    only(others().filter(|person| person.kind == PersonKind::Client)).or_else(|| only(others()))
}

fn only<'a>(mut people: impl Iterator<Item = &'a Person>) -> Option<&'a Person> {
    let first = people.next()?;
    people.next().is_none().then_some(first)
}

fn own(chat: &Chat, me: PersonId) -> Option<&Person> {
    chat.members.iter().map(|member| &member.person).find(|person| person.id == me)
}

fn first_name(person: &Person) -> String {
    person.name.split_whitespace().next().unwrap_or_default().to_owned()
}
