//! Who has seen a message.

use crate::i18n::{Arg, tx};
use causeway_api::{
    PersonId,
    chats::{Chat, ChatKind, Member},
};

/// Names that are said; of more it is said how many.
const NAMES: usize = 3;

/// The members of a chat to whom a message went, but for its sender.
fn addressed(chat: &Chat, sender: PersonId, ordinal: i64) -> impl Iterator<Item = &Member> {
    chat.members.iter().filter(move |member| member.person.id != sender && member.from <= ordinal)
}

/// Who has seen the newest message of a group, when it is one's own; empty for any other message, and while no one has.
pub(super) fn seen_by(chat: &Chat, me: PersonId, ordinal: i64) -> String {
    let is_newest_own =
        chat.last_message.as_ref().is_some_and(|last| last.ordinal == ordinal && last.sender == me);
    if chat.kind != ChatKind::Group || !is_newest_own {
        return String::new();
    }
    let names: Vec<&str> = addressed(chat, me, ordinal)
        .filter(|member| member.read >= ordinal)
        .map(|member| member.person.name.as_str())
        .collect();
    let Some((first, rest)) = names.split_first() else { return String::new() };
    if names.len() > NAMES {
        let count = i64::try_from(names.len()).unwrap_or(i64::MAX);
        return tx("seen-by-count", &[("count", Arg::Number(count))]);
    }
    let join = |before: String, name: &&str| {
        tx("list-next", &[("before", Arg::Text(&before)), ("name", Arg::Text(name))])
    };
    let all = rest.iter().fold((*first).to_owned(), join);
    tx("seen-by", &[("names", Arg::Text(&all))])
}

/// How far a message is with a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Receipt {
    /// It was read.
    Read,
    /// It has arrived.
    Delivered,
    /// It has not arrived.
    Sent,
}

impl Receipt {
    /// The id of its text.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Delivered => "delivered",
            Self::Sent => "not-delivered",
        }
    }
}

/// How far a message is with everyone to whom it went, those who have read it first.
pub(super) fn receipts(chat: &Chat, sender: PersonId, ordinal: i64) -> Vec<(String, Receipt)> {
    let receipt = |member: &Member| match () {
        () if member.read >= ordinal => Receipt::Read,
        () if member.delivered >= ordinal => Receipt::Delivered,
        () => Receipt::Sent,
    };
    let mut all: Vec<_> = addressed(chat, sender, ordinal)
        .map(|member| (member.person.name.clone(), receipt(member)))
        .collect();
    all.sort_by_key(|(_, receipt)| *receipt);
    all
}
