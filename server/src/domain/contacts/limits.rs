//! What is counted about contacts.

use causeway_api::{PersonId, chats::Channel};

/// The counter of invitations that were sent.
pub(in crate::domain) fn sends_key(client: PersonId, channel: Channel) -> String {
    format!("invitation:{client}:{}", channel.as_str())
}
