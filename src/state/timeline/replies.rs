//! What loaded messages reply to: messages of the same conversation, loaded or not.

use super::Timeline;
use causeway_api::{MessageId, chats::Message};

impl Timeline {
    /// Takes messages in that loaded ones reply to.
    pub fn insert_replied_to(&mut self, messages: impl IntoIterator<Item = Message>) {
        self.replied_to.extend(messages.into_iter().map(|message| (message.id, message)));
    }

    /// A message that is replied_to, as it is now; `None` while it is not known, and when the viewer may not see it.
    pub fn replied_to(&self, id: MessageId) -> Option<&Message> {
        self.messages.values().rev().find(|message| message.id == id).or_else(|| self.replied_to.get(&id))
    }

    /// Takes the newer version of an replied_to message in.
    pub(super) fn replace_replied_to(&mut self, message: &Message) {
        if let Some(known) = self.replied_to.get_mut(&message.id) {
            known.clone_from(message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::timeline::tests::message;
    use uuid::Uuid;

    #[test]
    fn an_answered_message_is_found_whether_it_is_loaded_or_not_as_it_is_now() {
        let mut timeline = Timeline::new(1, 200);
        let (loaded, far) =
            (message(150, 1, 150), Message { id: MessageId(Uuid::from_u128(3)), ..message(3, 1, 3) });
        timeline.insert([loaded.clone()]);
        timeline.insert_replied_to([far.clone()]);
        assert_eq!(timeline.replied_to(loaded.id).map(|found| found.ordinal), Some(150));
        let edited = Message { text: "Other".to_owned(), ..far.clone() };
        timeline.replace(&edited);
        assert_eq!(timeline.replied_to(far.id).map(|found| found.text.as_str()), Some("Other"));
        assert_eq!(timeline.replied_to(MessageId(Uuid::from_u128(9))), None);
    }
}
