//! The paths of what is in a chat: its messages, and what is done with one.

/// The messages of a chat: a page (GET), a new one (POST).
pub const MESSAGES: &str = "/api/chats/{chat}/messages";
/// One message of a chat: another text (PUT), gone from the screens (DELETE).
pub const MESSAGE: &str = "/api/chats/{chat}/messages/{message}";
/// The reactions to a message (POST).
pub const REACTIONS: &str = "/api/chats/{chat}/messages/{message}/reactions";
/// The pin of a message: there or not (PUT).
pub const PIN: &str = "/api/chats/{chat}/messages/{message}/pin";
/// The pinned messages of a chat (GET).
pub const PINS: &str = "/api/chats/{chat}/pins";
/// The texts that a message has had (GET).
pub const VERSIONS: &str = "/api/chats/{chat}/messages/{message}/versions";
/// The caller's messages of a chat that go out later: what waits (GET), one more (POST).
pub const SCHEDULED: &str = "/api/chats/{chat}/scheduled";
/// One message that goes out later: another time (PUT), taken back (DELETE).
pub const SCHEDULED_MESSAGE: &str = "/api/scheduled/{message}";
/// One message that goes out later: at once (POST).
pub const SCHEDULED_SEND: &str = "/api/scheduled/{message}/send";
/// The saved replies of the caller and of the team (GET).
pub const SAVED_REPLIES: &str = "/api/saved-replies";
/// One saved reply: kept (PUT), removed (DELETE).
pub const SAVED_REPLY: &str = "/api/saved-replies/{reply}";
/// What the caller says about being there (GET, PUT).
pub const STATUS: &str = "/api/status";
/// How soon clients are usually answered in a chat (GET).
pub const ANSWER_TIME: &str = "/api/chats/{chat}/answer-time";
/// The caller is writing in a chat (POST).
pub const TYPING: &str = "/api/chats/{chat}/typing";
/// What of a chat has arrived and has been read.
pub const RECEIPTS: &str = "/api/chats/{chat}/receipts";
