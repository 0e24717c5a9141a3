//! How soon clients are usually answered in a chat.

use crate::{App, actor::Actor, domain::chats::access::require_member, error::AppError};
use causeway_api::{
    ChatId, Millis, PersonId,
    chats::{AnswerTime, Within},
    people::PersonKind,
};
use std::collections::HashMap;

/// How many of the newest messages are looked at.
const LOOKED_AT: u64 = 200;
/// What was answered fewer times than that tells nothing.
const ENOUGH: usize = 3;

/// Within what time clients are usually answered in a chat of the caller.
pub async fn of(app: &App, actor: &Actor, chat: ChatId) -> Result<AnswerTime, AppError> {
    let members = app.store.members(actor.company, vec![chat]).await?;
    require_member(&members, actor.person)?;
    let sent = app.store.newest_senders(actor.company, chat, LOOKED_AT).await?;
    let writers: Vec<PersonId> = sent.iter().map(|(person, _)| *person).collect();
    let people = app.store.people_by_ids(actor.company, writers).await?;
    let kinds: HashMap<PersonId, PersonKind> =
        people.into_iter().map(|row| (row.person.id, row.person.kind)).collect();
    let is_client = |person| kinds.get(&person) == Some(&PersonKind::Client);
    let sent = sent.into_iter().map(|(person, at)| (is_client(person), at));
    Ok(AnswerTime { within: usual(sent).and_then(Within::of) })
}

/// The middle of the times from what a client wrote first to what a colleague wrote next.
fn usual(sent: impl Iterator<Item = (bool, Millis)>) -> Option<Millis> {
    let (mut asked, mut times) = (None, Vec::new());
    for (is_client, at) in sent {
        match (is_client, asked) {
            (true, None) => asked = Some(at),
            (false, Some(since)) => {
                times.push(at - since);
                asked = None;
            }
            _ => {}
        }
    }
    times.sort_unstable();
    (times.len() >= ENOUGH).then(|| times[times.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_an_answer_begins_with_the_first_message_that_waits_for_one() {
        let (client, colleague) = (true, false);
        let sent = [
            (colleague, 0),
            (client, 10),
            (client, 15),
            (colleague, 30),
            (colleague, 90),
            (client, 100),
            (colleague, 105),
            (client, 200),
            (colleague, 260),
            (client, 300),
        ];
        assert_eq!(usual(sent.into_iter()), Some(20));
        assert_eq!(usual(sent.into_iter().take(7)), None, "two answers tell nothing");
    }
}
