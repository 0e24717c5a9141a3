//! Chats, messages and receipts.

use super::{Result, asking, decode, delete, encode, get, post, post_quietly, put, send};
use causeway_api::{
    ChatId, MessageId, Millis, PersonId,
    chats::{
        AddMember, AllChatSettings, AnswerTime, ChangeChatSettings, Chat, ChatList, ChatSettings, ChatsQuery,
        CreateChat, EditMessage, MarkReceipts, Message, MessagePage, MessageQuery, MessageVersions,
        PinMessage, Pins, React, RenameGroup, Reschedule, ScheduleMessage, ScheduledMessage,
        ScheduledMessages, SendMessage,
    },
    paths::{self, Side},
};
use gloo_net::http::Method;

/// The newest chats of this side.
pub async fn list_chats(side: Side, query: ChatsQuery) -> Result<ChatList> {
    get(&asking(side.chats(), &query)?).await
}

/// One chat.
pub async fn get_chat(side: Side, chat: ChatId) -> Result<Chat> {
    get(&side.chat(chat)).await
}

/// The chats that the caller has arranged.
pub async fn list_chat_settings() -> Result<AllChatSettings> {
    get(paths::ALL_CHAT_SETTINGS).await
}

/// Arranges a chat in the caller's list.
pub async fn change_chat_settings(chat: ChatId, change: ChangeChatSettings) -> Result<ChatSettings> {
    put(&paths::CHAT_SETTINGS.replace("{chat}", &chat.to_string()), &change).await
}

/// A new direct chat or group.
pub async fn create_chat(new: &CreateChat) -> Result<Chat> {
    post(paths::CHATS, new).await
}

/// One more member of a group.
pub async fn add_member(chat: ChatId, person: PersonId) -> Result<Chat> {
    post(&paths::MEMBERS.replace("{chat}", &chat.to_string()), &AddMember { person }).await
}

/// Gives a group another name.
pub async fn rename_group(chat: ChatId, name: String) -> Result<Chat> {
    put(&paths::CHAT_NAME.replace("{chat}", &chat.to_string()), &RenameGroup { name }).await
}

/// Takes a member out of a group.
pub async fn remove_member(chat: ChatId, person: PersonId) -> Result<()> {
    let path = paths::MEMBER.replace("{chat}", &chat.to_string()).replace("{person}", &person.to_string());
    delete(&path).await
}

/// Leaves a group.
pub async fn leave_chat(chat: ChatId) -> Result<()> {
    delete(&paths::MEMBERSHIP.replace("{chat}", &chat.to_string())).await
}

/// Some messages of a chat.
pub async fn list_messages(side: Side, chat: ChatId, query: MessageQuery) -> Result<MessagePage> {
    get(&asking(&side.messages(chat), &query)?).await
}

/// Sends a message.
pub async fn send_message(side: Side, chat: ChatId, new: &SendMessage) -> Result<Message> {
    post(&side.messages(chat), new).await
}

/// Gives a message another text.
pub async fn edit_message(side: Side, chat: ChatId, id: MessageId, new: EditMessage) -> Result<Message> {
    put(&side.message(chat, id), &new).await
}

/// Deletes a message from every screen.
pub async fn delete_message(side: Side, chat: ChatId, id: MessageId) -> Result<Message> {
    decode(send(Method::DELETE, &side.message(chat, id), None).await?).await
}

/// Tells the other members that the caller is writing.
pub async fn tell_typing(side: Side, chat: ChatId) -> Result<()> {
    post_quietly(&side.typing(chat), &()).await
}

/// How soon clients are usually answered.
pub async fn answer_time(side: Side, chat: ChatId) -> Result<AnswerTime> {
    get(&side.answer_time(chat)).await
}

/// Leaves an emoji at a message, or takes it away.
pub async fn react(side: Side, chat: ChatId, id: MessageId, asked: &React) -> Result<Message> {
    post(&side.reactions(chat, id), asked).await
}

/// Pins a message, or takes its pin away.
pub async fn pin_message(chat: ChatId, id: MessageId, is_on: bool) -> Result<()> {
    let path = paths::PIN.replace("{chat}", &chat.to_string()).replace("{message}", &id.to_string());
    send(Method::PUT, &path, encode(&PinMessage { is_on })?).await.map(|_| ())
}

/// The pinned messages of a chat.
pub async fn list_pins(chat: ChatId) -> Result<Pins> {
    get(&paths::PINS.replace("{chat}", &chat.to_string())).await
}

/// The viewer's messages that wait in a chat.
pub async fn list_scheduled(chat: ChatId) -> Result<ScheduledMessages> {
    get(&paths::SCHEDULED.replace("{chat}", &chat.to_string())).await
}

/// Keeps a message until it is due.
pub async fn schedule(chat: ChatId, new: &ScheduleMessage) -> Result<ScheduledMessage> {
    post(&paths::SCHEDULED.replace("{chat}", &chat.to_string()), new).await
}

/// Gives a message that waits another time.
pub async fn reschedule(id: MessageId, at: Millis) -> Result<()> {
    let path = paths::SCHEDULED_MESSAGE.replace("{message}", &id.to_string());
    send(Method::PUT, &path, encode(&Reschedule { at })?).await.map(|_| ())
}

/// Takes a message back before it goes out.
pub async fn cancel_scheduled(id: MessageId) -> Result<()> {
    delete(&paths::SCHEDULED_MESSAGE.replace("{message}", &id.to_string())).await
}

/// Sends a message that waits at once.
pub async fn send_scheduled(id: MessageId) -> Result<()> {
    post_quietly(&paths::SCHEDULED_SEND.replace("{message}", &id.to_string()), &()).await
}

/// The texts that a message has had.
pub async fn list_versions(chat: ChatId, id: MessageId) -> Result<MessageVersions> {
    let path = paths::VERSIONS.replace("{chat}", &chat.to_string()).replace("{message}", &id.to_string());
    get(&path).await
}

/// Says what has arrived and was read.
pub async fn mark_receipts(side: Side, chat: ChatId, marks: MarkReceipts) -> Result<()> {
    post_quietly(&side.receipts(chat), &marks).await
}
