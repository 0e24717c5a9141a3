//! What is counted about contacts.

use crate::store::{Counter, CounterKey};
use causeway_api::{PersonId, chats::Channel};

/// The counter of invitations that were sent.
pub(in crate::domain) fn sends_key(client: PersonId, channel: Channel) -> CounterKey {
    Counter::Invitation.of(format_args!("{client}:{}", channel.as_str()))
}
