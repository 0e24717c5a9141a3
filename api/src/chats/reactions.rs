//! Reactions: an emoji that a reader leaves at a message.

use crate::{PersonId, chats::Message};
use serde::{Deserialize, Serialize};

/// The emoji that are offered at once.
pub const QUICK_REACTIONS: [&str; 6] = ["👍", "🙏", "❤️", "😊", "🎉", "👀"];
/// Most different emoji at one message.
pub const REACTIONS_MAX: usize = 20;

/// An emoji at a message, and who left it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reaction {
    /// The emoji, fully qualified (Unicode Technical Standard 51).
    pub emoji: String,
    /// Who left it, in order.
    pub people: Vec<PersonId>,
}

/// Leaves an emoji at a message, or takes it away. Done again, it changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct React {
    /// The emoji.
    pub emoji: String,
    /// Whether it is to be there.
    pub is_on: bool,
}

/// The reactions to a message after a person has left an emoji or taken it away; `None` when it was so already.
pub fn react(message: &Message, person: PersonId, React { emoji, is_on }: &React) -> Option<Vec<Reaction>> {
    let mut all = message.reactions.clone();
    let place = all.iter().position(|reaction| reaction.emoji == *emoji);
    match (place, is_on) {
        (Some(place), true) if !all[place].people.contains(&person) => all[place].people.push(person),
        (None, true) => all.push(Reaction { emoji: emoji.clone(), people: vec![person] }),
        (Some(place), false) if all[place].people.contains(&person) => {
            all[place].people.retain(|other| *other != person);
            all.retain(|reaction| !reaction.people.is_empty());
        }
        _ => return None,
    }
    Some(all)
}
