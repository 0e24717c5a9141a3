//! Naming a member of a group behind an `@`.

use crate::{
    components::base::avatar::{Avatar, AvatarSize, spoken_kind},
    i18n::fold,
};
use causeway_api::people::PersonKind;
use leptos::prelude::*;

/// Longest beginning of a name, in UTF-16 units.
const LONGEST: usize = 40;

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

/// The name that is begun at the end of a text: where its `@` stands, and what follows.
pub(super) fn begun_name(before: &[u16]) -> Option<(usize, String)> {
    let from = before.iter().rposition(|unit| *unit == u16::from(b'@'))?;
    let is_in_word =
        from > 0 && u8::try_from(before[from - 1]).is_ok_and(|byte| byte.is_ascii_alphanumeric());
    let begun = String::from_utf16(&before[from + 1..]).ok()?;
    let is_name = before.len() - from <= LONGEST && !begun.starts_with(' ') && !begun.contains('\n');
    (!is_in_word && is_name).then_some((from, begun))
}

/// Those whose name, or a word of it, begins so. A name that is there already is not offered again.
pub(super) fn matching(people: Vec<Mentionable>, begun: &str) -> Vec<Mentionable> {
    if people.iter().any(|person| begun.starts_with(&format!("{} ", person.name))) {
        return Vec::new();
    }
    let wanted = fold(begun);
    let is_wanted = |person: &Mentionable| {
        let name = fold(&person.name);
        name.starts_with(&wanted) || name.split(' ').any(|word| word.starts_with(&wanted))
    };
    people.into_iter().filter(is_wanted).collect()
}

/// How someone is offered.
pub(super) fn option(person: Mentionable) -> impl IntoView {
    let Mentionable { name, note, kind } = person;
    let shown = name.clone();
    view! {
        {kind
            .map(|kind| {
                view! { <Avatar name=name kind=kind size=AvatarSize::Sm spoken=spoken_kind(kind) /> }
            })}
        <span>
            <b dir="auto">{shown}</b>
            <span class="menu__why">{note}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(text: &str) -> Option<(usize, String)> {
        let units: Vec<u16> = text.encode_utf16().collect();
        begun_name(&units)
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
