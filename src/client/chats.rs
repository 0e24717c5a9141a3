//! Chats, messages and receipts.

use super::{Result, delete, get, post, post_quietly};
use causeway_api::{
    ChatId, PersonId,
    chats::{AddMember, Chat, ChatList, CreateChat, MarkReceipts, Message, MessagePage, SendMessage},
    paths::{self, Side},
};

/// The chats of this side.
pub async fn list_chats(side: Side) -> Result<ChatList> {
    get(side.chats()).await
}

/// One chat.
pub async fn get_chat(side: Side, chat: ChatId) -> Result<Chat> {
    get(&side.chat(chat)).await
}

/// A new direct chat or group.
pub async fn create_chat(new: &CreateChat) -> Result<Chat> {
    post(paths::CHATS, new).await
}

/// One more member of a group.
pub async fn add_member(chat: ChatId, person: PersonId) -> Result<Chat> {
    post(&paths::MEMBERS.replace("{chat}", &chat.to_string()), &AddMember { person }).await
}

/// Leaves a group.
pub async fn leave_chat(chat: ChatId) -> Result<()> {
    delete(&paths::MEMBERSHIP.replace("{chat}", &chat.to_string())).await
}

/// The messages of a chat from an ordinal on.
pub async fn list_messages(side: Side, chat: ChatId, from: i64, limit: i64) -> Result<MessagePage> {
    get(&format!("{}?from={from}&limit={limit}", side.messages(chat))).await
}

/// Sends a message.
pub async fn send_message(side: Side, chat: ChatId, new: &SendMessage) -> Result<Message> {
    post(&side.messages(chat), new).await
}

/// Says what has arrived and was read.
pub async fn mark_receipts(side: Side, chat: ChatId, marks: MarkReceipts) -> Result<()> {
    post_quietly(&side.receipts(chat), &marks).await
}
