//! What the palette leads to.

use crate::{
    i18n::{Arg, fold, t, tx},
    routes::{self, Route},
    state::{chats::Chats, delivery},
};
use causeway_api::{
    people::Role,
    search::{MessageHit, SearchMessages},
};
use leptos::prelude::*;

/// Conversations that are shown.
const CHATS: usize = 5;

/// What an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// It opens a screen.
    Open(String),
    /// The other theme.
    SwitchTheme,
}

/// A group of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    People,
    Messages,
    Go,
    Do,
    More,
}

impl Group {
    pub(super) const ALL: [Self; 5] = [Self::People, Self::Messages, Self::Go, Self::Do, Self::More];

    /// The id of its title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Messages => "messages",
            Self::Go => "palette-go",
            Self::Do => "palette-do",
            Self::More => "palette-more",
        }
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) group: Group,
    pub(super) icon: &'static str,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) act: Act,
}

fn entry(group: Group, icon: &'static str, name: String, act: Act) -> Entry {
    Entry { group, icon, name, note: String::new(), act }
}

/// Every entry that what is typed leads to, group by group; the conversations of today where nothing is typed.
pub(super) fn entries(chats: Chats, role: Option<Role>, typed: &str, hits: &[MessageHit]) -> Vec<Entry> {
    let wanted = fold(typed);
    let matches = |name: &str| wanted.split(' ').all(|word| fold(name).contains(word));
    let mut all = conversations(chats, &matches);
    all.extend(hits.iter().map(|hit| message(chats, hit)));
    let places = places().into_iter().filter(|entry| match &entry.act {
        Act::Open(href) => routes::is_open_to(role, href),
        Act::SwitchTheme => true,
    });
    all.extend(places.filter(|entry| matches(&entry.name)));
    if !wanted.is_empty() {
        let asked = SearchMessages { q: typed.to_owned(), ..SearchMessages::default() };
        let query = serde_urlencoded::to_string(&asked).unwrap_or_default();
        let name = tx("palette-all", &[("text", Arg::Text(typed))]);
        all.push(entry(
            Group::More,
            "i-search",
            name,
            Act::Open(format!("{}?{query}", Route::Search.href())),
        ));
    }
    all
}

fn conversations(chats: Chats, matches: &impl Fn(&str) -> bool) -> Vec<Entry> {
    let me = chats.me();
    let order = chats.order.get();
    let found = order.into_iter().filter_map(|id| {
        let chat = chats.get(id)?.get();
        let name = delivery::title(&chat, me);
        if !matches(&name) {
            return None;
        }
        let note =
            delivery::counterpart(&chat, me).map(|person| person.line().to_owned()).unwrap_or_default();
        let icon = if delivery::has_client(&chat) { "i-person" } else { "i-users" };
        Some(Entry { note, ..entry(Group::People, icon, name, Act::Open(Route::Chat(id).href())) })
    });
    found.take(CHATS).collect()
}

fn message(chats: Chats, hit: &MessageHit) -> Entry {
    let id = hit.message.chat;
    let me = chats.me();
    let name =
        chats.get(id).map_or_else(|| t("a-conversation"), |chat| chat.with(|chat| delivery::title(chat, me)));
    let note = if hit.text.text.is_empty() {
        hit.files.first().map(|file| file.text.clone()).unwrap_or_default()
    } else {
        hit.text.text.clone()
    };
    let href = format!("{}?at={}", Route::Chat(id).href(), hit.message.ordinal);
    Entry { note, ..entry(Group::Messages, "i-chat", name, Act::Open(href)) }
}

/// The screens, and what can be done from everywhere.
fn places() -> Vec<Entry> {
    let go = |route: Route, icon, id: &str| entry(Group::Go, icon, t(id), Act::Open(route.href()));
    vec![
        go(Route::Chats, "i-chat", "nav-chats"),
        go(Route::Contacts, "i-contacts", "nav-contacts"),
        go(Route::Notifications, "i-bell", "nav-notifications"),
        go(Route::Search, "i-search", "search"),
        go(Route::Profile, "i-person", "settings-title"),
        go(Route::Devices, "i-laptop", "devices-connected"),
        go(Route::Users, "i-gear", "org-admin"),
        entry(Group::Do, "i-theme", t("switch-theme"), Act::SwitchTheme),
    ]
}
