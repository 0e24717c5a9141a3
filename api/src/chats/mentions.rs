//! Mentions: members of a group whom a message names, so that they are told even where they have muted it.

use crate::PersonId;
use serde::{Deserialize, Serialize};

/// Most mentions in one message.
pub const MENTIONS_MAX: usize = 50;
/// What stands in a text for everybody in the group, in every language.
pub const EVERYONE: &str = "@all";

/// A stretch of a text that names a member, beginning with `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// The member; left out for everybody in the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// Where it begins, in characters (Unicode scalar values).
    pub from: u32,
    /// How long it is, in characters, the `@` included.
    pub length: u32,
}

impl Mention {
    fn end(&self) -> usize {
        self.from as usize + self.length as usize
    }
}

/// Whether one of these mentions is of a person.
pub fn mentions_person(mentions: &[Mention], person: PersonId) -> bool {
    mentions.iter().any(|mention| mention.person.is_none_or(|named| named == person))
}

/// Whether mentions lie in a text, each at an `@`, one behind the other.
pub fn mentions_fit(text: &str, mentions: &[Mention]) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let mut free = 0;
    mentions.iter().all(|mention| {
        let from = mention.from as usize;
        let fits = from >= free
            && mention.length > 1
            && mention.end() <= letters.len()
            && letters.get(from) == Some(&'@');
        free = mention.end();
        fits
    })
}

/// The mentions that a text makes of these people, by their names as they are written; of everybody only where that is
/// allowed. Of several names that fit the longest counts.
pub fn mentions_in(text: &str, people: &[(PersonId, String)], with_everyone: bool) -> Vec<Mention> {
    let letters: Vec<char> = text.chars().collect();
    let mut names: Vec<(Option<PersonId>, Vec<char>)> =
        people.iter().map(|(id, name)| (Some(*id), format!("@{name}").chars().collect())).collect();
    if with_everyone {
        names.push((None, EVERYONE.chars().collect()));
    }
    names.retain(|(_, name)| name.len() > 1);
    names.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    // No text is so long that a place in it is no such number.
    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() && found.len() < MENTIONS_MAX {
        // A mail address has a letter before its sign.
        let is_begun = letters[at] == '@' && (at == 0 || !letters[at - 1].is_ascii_alphanumeric());
        let fitting = names.iter().filter(|_| is_begun).find(|(_, name)| {
            let end = at + name.len();
            letters.get(at..end) == Some(name.as_slice())
                && letters.get(end).is_none_or(|next| !next.is_ascii_alphanumeric())
        });
        match fitting {
            Some((person, name)) => {
                found.push(Mention { person: *person, from: number(at), length: number(name.len()) });
                at += name.len();
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn people() -> Vec<(PersonId, String)> {
        let names = ["Dan", "Dan Okafor", "陳慧敏 Chan Wai Man"];
        let id = |number: usize| PersonId(Uuid::from_u128(number as u128));
        names.iter().enumerate().map(|(number, name)| (id(number), (*name).to_owned())).collect()
    }

    fn found(text: &str, with_everyone: bool) -> Vec<(Option<u128>, String)> {
        let mentions = mentions_in(text, &people(), with_everyone);
        assert!(mentions_fit(text, &mentions), "{text}");
        let part = |mention: &Mention| {
            text.chars().skip(mention.from as usize).take(mention.length as usize).collect()
        };
        mentions.iter().map(|mention| (mention.person.map(|id| id.0.as_u128()), part(mention))).collect()
    }

    #[test]
    fn the_longest_name_counts_and_words_that_go_on_are_none() {
        let expected = vec![(Some(1), "@Dan Okafor".to_owned()), (Some(0), "@Dan".to_owned())];
        assert_eq!(found("Hi @Dan Okafor, and @Dan!", false), expected);
        assert!(found("@Danube is long, mail to@Dan", false).is_empty());
        assert_eq!(found("請@陳慧敏 Chan Wai Man看", false), [(Some(2), "@陳慧敏 Chan Wai Man".to_owned())]);
    }

    #[test]
    fn everybody_is_named_only_where_that_is_allowed() {
        assert_eq!(found("@all please", true), [(None, "@all".to_owned())]);
        assert!(found("@all please", false).is_empty());
        assert!(found("@allow", true).is_empty());
    }

    #[test]
    fn mentions_that_lie_elsewhere_do_not_fit() {
        let mention = |from, length| Mention { person: None, from, length };
        let text = "a @all @all";
        assert!(mentions_fit(text, &[mention(2, 4), mention(7, 4)]));
        for wrong in [
            vec![mention(0, 4)],
            vec![mention(2, 40)],
            vec![mention(2, 1)],
            vec![mention(7, 4), mention(2, 4)],
            vec![mention(2, 4), mention(2, 4)],
            vec![mention(u32::MAX, u32::MAX)],
        ] {
            assert!(!mentions_fit(text, &wrong), "{wrong:?}");
        }
    }
}
