//! What is offered while a message is written, by keys or pointer: members behind an `@`, saved replies behind a `/`.

use super::{
    editing,
    mentioning::{self, Mentionable},
    saved_replies::{self, OfferedReply, ReplySource},
};
use crate::i18n::t;
use leptos::{html::Textarea, prelude::*};
use web_sys::KeyboardEvent;

/// Most that is offered at once.
const SHOWN: usize = 6;
/// The id of the list.
const LIST: &str = "suggestions";

/// What can be put into the text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Suggestion {
    Person(Mentionable),
    Reply(OfferedReply),
}

impl Suggestion {
    /// What stands in the text when it is chosen.
    fn words(&self) -> String {
        match self {
            Self::Person(person) => format!("@{} ", person.name),
            Self::Reply(reply) => reply.text.clone(),
        }
    }
}

/// The list, and where in the text it was begun.
#[derive(Clone, Copy)]
pub(super) struct Suggestions {
    field: NodeRef<Textarea>,
    people: Option<Callback<(), Vec<Mentionable>>>,
    replies: Option<ReplySource>,
    found: RwSignal<Vec<Suggestion>>,
    /// The one that a key would choose.
    at: RwSignal<usize>,
    /// Where the sign stands that it began with, in UTF-16 units.
    begun: StoredValue<usize>,
    /// The sign at which the list was closed without a choice.
    closed: StoredValue<Option<usize>>,
    on_text: Callback<String>,
}

impl Suggestions {
    pub(super) fn new(
        field: NodeRef<Textarea>,
        people: Option<Callback<(), Vec<Mentionable>>>,
        replies: Option<ReplySource>,
        on_text: Callback<String>,
    ) -> Self {
        let list = Self {
            field,
            people,
            replies,
            found: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            begun: StoredValue::new(0),
            closed: StoredValue::new(None),
            on_text,
        };
        if let Some(source) = replies {
            // They are loaded when they are first asked for, and offered once they are there.
            Effect::new(move |before: Option<()>| {
                source.replies.track();
                if before.is_some() {
                    list.look();
                }
            });
        }
        list
    }

    /// Whether something is offered.
    pub(super) fn is_open(self) -> bool {
        self.found.with(|found| !found.is_empty())
    }

    /// The id of the option that a key would choose.
    pub(super) fn active(self) -> Option<String> {
        self.is_open().then(|| format!("{LIST}-{}", self.at.get()))
    }

    /// Looks whether something is begun before the cursor.
    pub(super) fn look(self) {
        let before = editing::of(self.field).and_then(|field| {
            let text: Vec<u16> = field.value().encode_utf16().collect();
            text.get(..editing::cursor(&field)).map(<[u16]>::to_vec)
        });
        let begun = before.and_then(|before| self.begun_in(&before));
        let Some((from, found)) = begun else {
            self.closed.set_value(None);
            return self.found.set(Vec::new());
        };
        if self.closed.get_value() == Some(from) {
            return;
        }
        self.begun.set_value(from);
        if self.found.with_untracked(|before| *before != found) {
            self.found.set(found);
            self.at.set(0);
        }
    }

    /// Where something is begun in the text before the cursor, and what would fit.
    fn begun_in(self, before: &[u16]) -> Option<(usize, Vec<Suggestion>)> {
        if let (Some(people), Some((from, begun))) = (self.people, mentioning::begun_name(before)) {
            let found = mentioning::matching(untrack(|| people.run(())), &begun);
            return Some((from, found.into_iter().take(SHOWN).map(Suggestion::Person).collect()));
        }
        let (source, (from, begun)) = (self.replies?, saved_replies::begun_shortcut(before)?);
        let all = source.replies.get_untracked();
        if all.is_none() {
            source.on_open.run(());
        }
        let found = all.map(|all| saved_replies::matching(&all, &begun)).unwrap_or_default();
        Some((from, found.into_iter().take(SHOWN).map(Suggestion::Reply).collect()))
    }

    /// Takes a key while something is offered. Whether it was for the list.
    pub(super) fn press(self, event: &KeyboardEvent) -> bool {
        let count = self.found.with_untracked(Vec::len);
        if count == 0 || event.is_composing() || event.key_code() == 229 {
            return false;
        }
        match event.key().as_str() {
            "ArrowDown" => self.at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => self.at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" if !event.shift_key() => self.choose(self.at.get_untracked()),
            "Escape" => self.close(),
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }

    fn choose(self, at: usize) {
        let chosen = self.found.with_untracked(|found| found.get(at).cloned());
        let (Some(field), Some(chosen)) = (editing::of(self.field), chosen) else { return };
        let words = chosen.words();
        let text = editing::replace(&field, self.begun.get_value(), editing::cursor(&field), &words);
        self.found.set(Vec::new());
        editing::focus(&field);
        self.on_text.run(text);
    }

    /// Offers nothing until another sign is typed.
    pub(super) fn close(self) {
        self.closed.set_value(Some(self.begun.get_value()));
        self.found.set(Vec::new());
    }
}

/// What is offered.
#[component]
pub(super) fn SuggestionList(list: Suggestions) -> impl IntoView {
    let option = move |(at, suggestion): (usize, Suggestion)| {
        let inside = match suggestion {
            Suggestion::Person(person) => mentioning::option(person).into_any(),
            Suggestion::Reply(reply) => saved_replies::option(reply).into_any(),
        };
        view! {
            <li
                class="menu__item"
                id=format!("{LIST}-{at}")
                role="option"
                aria-selected=move || if list.at.get() == at { "true" } else { "false" }
                // The focus stays in the field.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |_| list.choose(at)
            >
                {inside}
            </li>
        }
    };
    let label = move || {
        let is_reply = list.found.with(|found| matches!(found.first(), Some(Suggestion::Reply(_))));
        t(if is_reply { "saved-replies" } else { "mention-person" })
    };
    view! {
        <Show when=move || list.is_open()>
            <ul class="menu menu--suggestions" role="listbox" id=LIST aria-label=label>
                {move || list.found.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
        </Show>
    }
}
