//! Saved replies.

use super::{Result, delete, get, put};
use causeway_api::{
    SavedReplyId,
    chats::saved_replies::{SaveReply, SavedReplies, SavedReply},
    paths,
};

/// The saved replies of the caller and of the team.
pub async fn list_saved_replies() -> Result<SavedReplies> {
    get(paths::SAVED_REPLIES).await
}

/// Keeps a saved reply: a new one, or what one says from now on.
pub async fn save_reply(id: SavedReplyId, reply: &SaveReply) -> Result<SavedReply> {
    put(&path(id), reply).await
}

/// Removes a saved reply.
pub async fn remove_saved_reply(id: SavedReplyId) -> Result<()> {
    delete(&path(id)).await
}

fn path(id: SavedReplyId) -> String {
    paths::SAVED_REPLY.replace("{reply}", &id.to_string())
}
