//! The paths of files: on their way in, and of those that are there.

use super::Side;
use crate::{ChatId, FileId, files::PreviewSize};

/// The messages of a chat that carry files (GET).
pub const CHAT_FILES: &str = "/api/chats/{chat}/files";
/// Files for a chat: a new upload (POST).
pub const UPLOADS: &str = "/api/chats/{chat}/uploads";
/// One upload: how far it is (GET), its next part (PUT), taking it back (DELETE).
pub const UPLOAD: &str = "/api/uploads/{file}";
/// The picture that stands for an upload of which the server draws none (PUT).
pub const UPLOAD_POSTER: &str = "/api/uploads/{file}/poster";
/// The end of an upload (POST).
pub const UPLOAD_FINISH: &str = "/api/uploads/{file}/finish";
/// A file that a message carries (GET).
pub const FILE: &str = "/api/files/{file}";
/// A preview of a picture (GET).
pub const FILE_PREVIEW: &str = "/api/files/{file}/previews/{size}";
/// A voice note as Ogg/Opus (GET).
pub const FILE_VOICE: &str = "/api/files/{file}/voice";
/// The messages of a client's chat that carry files (GET).
pub const CLIENT_CHAT_FILES: &str = "/api/client/chats/{chat}/files";
/// Files for a client's chat: a new upload (POST).
pub const CLIENT_UPLOADS: &str = "/api/client/chats/{chat}/uploads";
/// One upload of a client: how far it is (GET), its next part (PUT), taking it back (DELETE).
pub const CLIENT_UPLOAD: &str = "/api/client/uploads/{file}";
/// The picture that stands for an upload of a client (PUT).
pub const CLIENT_UPLOAD_POSTER: &str = "/api/client/uploads/{file}/poster";
/// The end of a client's upload (POST).
pub const CLIENT_UPLOAD_FINISH: &str = "/api/client/uploads/{file}/finish";
/// A file that a message carries, for a client (GET).
pub const CLIENT_FILE: &str = "/api/client/files/{file}";
/// A preview of a picture, for a client (GET).
pub const CLIENT_FILE_PREVIEW: &str = "/api/client/files/{file}/previews/{size}";
/// A voice note as Ogg/Opus, for a client (GET).
pub const CLIENT_FILE_VOICE: &str = "/api/client/files/{file}/voice";

impl Side {
    /// The messages of a chat that carry files.
    pub fn chat_files(self, chat: ChatId) -> String {
        self.pick(CHAT_FILES, CLIENT_CHAT_FILES).replace("{chat}", &chat.to_string())
    }

    /// The uploads for a chat.
    pub fn uploads(self, chat: ChatId) -> String {
        self.pick(UPLOADS, CLIENT_UPLOADS).replace("{chat}", &chat.to_string())
    }

    /// One upload.
    pub fn upload(self, file: FileId) -> String {
        self.pick(UPLOAD, CLIENT_UPLOAD).replace("{file}", &file.to_string())
    }

    /// The next part of an upload, which begins at an offset.
    pub fn upload_part(self, file: FileId, offset: i64) -> String {
        format!("{}?offset={offset}", self.upload(file))
    }

    /// The picture that stands for an upload.
    pub fn upload_poster(self, file: FileId) -> String {
        self.pick(UPLOAD_POSTER, CLIENT_UPLOAD_POSTER).replace("{file}", &file.to_string())
    }

    /// The end of an upload.
    pub fn upload_finish(self, file: FileId) -> String {
        self.pick(UPLOAD_FINISH, CLIENT_UPLOAD_FINISH).replace("{file}", &file.to_string())
    }

    /// A file.
    pub fn file(self, file: FileId) -> String {
        self.pick(FILE, CLIENT_FILE).replace("{file}", &file.to_string())
    }

    /// A voice note as Ogg/Opus.
    pub fn file_voice(self, file: FileId) -> String {
        self.pick(FILE_VOICE, CLIENT_FILE_VOICE).replace("{file}", &file.to_string())
    }

    /// A preview of a picture.
    pub fn file_preview(self, file: FileId, size: PreviewSize) -> String {
        self.pick(FILE_PREVIEW, CLIENT_FILE_PREVIEW)
            .replace("{file}", &file.to_string())
            .replace("{size}", size.as_str())
    }
}
