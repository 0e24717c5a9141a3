//! Naming a member of a group: the list that opens behind an `@`, by keys or pointer.

use super::editing;
use crate::{
    components::base::avatar::{Avatar, AvatarSize, spoken_kind},
    i18n::{fold, t},
};
use causeway_api::people::PersonKind;
use leptos::{html::Textarea, prelude::*};
use web_sys::KeyboardEvent;

/// Most names that are offered at once.
const SHOWN: usize = 6;
/// Longest beginning of a name, in UTF-16 units.
const LONGEST: usize = 40;
/// The id of the list.
const LIST: &str = "mention-list";

/// Someone who can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentionable {
    /// The name, as it will stand behind the `@`.
    pub name: String,
    /// What is said about the person.
    pub note: String,
    /// Colleague or client; nothing for everybody at once.
    pub kind: Option<PersonKind>,
}

/// The list, and where in the text it was begun.
#[derive(Clone, Copy)]
pub(super) struct MentionList {
    field: NodeRef<Textarea>,
    people: Callback<(), Vec<Mentionable>>,
    found: RwSignal<Vec<Mentionable>>,
    /// The one that a key would choose.
    at: RwSignal<usize>,
    /// Where the `@` stands, in UTF-16 units.
    begun: StoredValue<usize>,
    /// The `@` at which the list was closed without a choice.
    closed: StoredValue<Option<usize>>,
    on_text: Callback<String>,
}

impl MentionList {
    pub(super) fn new(
        field: NodeRef<Textarea>,
        people: Callback<(), Vec<Mentionable>>,
        on_text: Callback<String>,
    ) -> Self {
        Self {
            field,
            people,
            found: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            begun: StoredValue::new(0),
            closed: StoredValue::new(None),
            on_text,
        }
    }

    /// Whether names are offered.
    pub(super) fn is_open(self) -> bool {
        self.found.with(|found| !found.is_empty())
    }

    /// The id of the option that a key would choose.
    pub(super) fn active(self) -> Option<String> {
        self.is_open().then(|| format!("{LIST}-{}", self.at.get()))
    }

    /// Looks whether a name is begun before the cursor.
    pub(super) fn look(self) {
        let begun = editing::of(self.field).and_then(|field| {
            let text: Vec<u16> = field.value().encode_utf16().collect();
            begun_name(&text, editing::cursor(&field))
        });
        let Some((from, begun)) = begun else {
            self.closed.set_value(None);
            return self.found.set(Vec::new());
        };
        if self.closed.get_value() == Some(from) {
            return;
        }
        self.begun.set_value(from);
        let found = matching(self.people.run(()), &begun);
        if self.found.with_untracked(|before| *before != found) {
            self.found.set(found);
            self.at.set(0);
        }
    }

    /// Takes a key while names are offered. Whether it was for the list.
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
        let words = format!("@{} ", chosen.name);
        let text = editing::replace(&field, self.begun.get_value(), editing::cursor(&field), &words);
        self.found.set(Vec::new());
        editing::focus(&field);
        self.on_text.run(text);
    }

    /// Offers nothing until another `@` is typed.
    pub(super) fn close(self) {
        self.closed.set_value(Some(self.begun.get_value()));
        self.found.set(Vec::new());
    }
}

/// The name that is begun before the cursor: where its `@` stands, and what follows.
fn begun_name(text: &[u16], cursor: usize) -> Option<(usize, String)> {
    let before = text.get(..cursor)?;
    let from = before.iter().rposition(|unit| *unit == u16::from(b'@'))?;
    let is_in_word =
        from > 0 && u8::try_from(before[from - 1]).is_ok_and(|byte| byte.is_ascii_alphanumeric());
    let begun = String::from_utf16(&before[from + 1..]).ok()?;
    let is_name = cursor - from <= LONGEST && !begun.starts_with(' ') && !begun.contains('\n');
    (!is_in_word && is_name).then_some((from, begun))
}

/// Those whose name, or a word of it, begins so. A name that is there already is not offered again.
fn matching(people: Vec<Mentionable>, begun: &str) -> Vec<Mentionable> {
    if people.iter().any(|person| begun.starts_with(&format!("{} ", person.name))) {
        return Vec::new();
    }
    let wanted = fold(begun);
    let is_wanted = |person: &Mentionable| {
        let name = fold(&person.name);
        name.starts_with(&wanted) || name.split(' ').any(|word| word.starts_with(&wanted))
    };
    people.into_iter().filter(is_wanted).take(SHOWN).collect()
}

/// The names that are offered.
#[component]
pub(super) fn MentionNames(list: MentionList) -> impl IntoView {
    let option = move |(at, person): (usize, Mentionable)| {
        let Mentionable { name, note, kind } = person;
        let shown = name.clone();
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
                {kind
                    .map(|kind| {
                        view! { <Avatar name=name kind=kind size=AvatarSize::Sm spoken=spoken_kind(kind) /> }
                    })}
                <span>
                    <b dir="auto">{shown}</b>
                    <span class="menu__why">{note}</span>
                </span>
            </li>
        }
    };
    view! {
        <Show when=move || list.is_open()>
            <ul class="menu menu--mention" role="listbox" id=LIST aria-label=t("mention-person")>
                {move || list.found.get().into_iter().enumerate().map(option).collect_view()}
            </ul>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(text: &str) -> Option<(usize, String)> {
        let units: Vec<u16> = text.encode_utf16().collect();
        begun_name(&units, units.len())
    }

    #[test]
    fn a_name_is_begun_behind_a_sign_that_ends_no_word() {
        assert_eq!(begun("Hi @Da"), Some((3, "Da".to_owned())));
        assert_eq!(begun("請@"), Some((1, String::new())));
        for none in ["Hi", "mail@Da", "@ Da", "@Da\nnow"] {
            assert_eq!(begun(none), None, "{none}");
        }
    }
}
