//! Files: how they are uploaded, and how messages carry them.

use crate::{
    ChatId, FileId, Millis,
    query::{Ordinal, is_usual},
};
use serde::{Deserialize, Serialize};

words! {
    /// What sort of file something is, by its content.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum FileGroup {
        /// Pictures.
        Picture = "picture",
        /// Documents of office programs, and PDF.
        Office = "office",
        /// Plain text in its many forms.
        Text = "text",
        /// Mails, appointments and contact cards.
        Mail = "mail",
        /// Sound.
        Audio = "audio",
        /// Video.
        Video = "video",
        /// Signatures and certificates.
        Signature = "signature",
        /// Archives, which are never unpacked.
        Archive = "archive",
    }
}

impl FileGroup {
    /// Whether a file of this group is a document, which is asked about before it goes to a client.
    pub fn is_document(self) -> bool {
        !matches!(self, Self::Picture | Self::Audio | Self::Video)
    }
}

/// A file that a message carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attachment {
    /// The id of the file.
    pub id: FileId,
    /// Its name, with its extension.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// The SHA-256 digest of its bytes, in hex: the record of the message covers the file.
    pub sha256: String,
    /// What sort of file it is.
    pub group: FileGroup,
    /// Its media type.
    pub media: String,
    /// The width and height of a picture that has previews, in pixels, as it is looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureSize>,
    /// What is told about a voice note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<VoiceNote>,
}

impl Attachment {
    /// The letters behind the last dot of the name, in capitals; empty where there is none.
    pub fn kind(&self) -> String {
        extension(&self.name).to_uppercase()
    }
}

/// The letters behind the last dot of a name, in lower case; empty where there is none.
pub fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() => end.to_lowercase(),
        _ => String::new(),
    }
}

/// How large a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PictureSize {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// What is told about a voice note: it is drawn and timed by this, whatever the browser makes of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VoiceNote {
    /// How long it is, in milliseconds.
    pub duration: Millis,
    /// How loud its stretches are, the loudest being 255: one byte for each, in hex.
    pub peaks: String,
}

impl VoiceNote {
    /// How loud its stretches are, from 0 to 255.
    pub fn levels(&self) -> Vec<u8> {
        let level = |at: usize| self.peaks.get(2 * at..2 * at + 2);
        (0..self.peaks.len() / 2)
            .map(|at| level(at).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or_default())
            .collect()
    }
}

/// The stretches by which a voice note is drawn.
pub const VOICE_PEAKS: usize = 64;
/// The longest voice note that can be recorded, in milliseconds.
pub const VOICE_NOTE_MAX: Millis = 5 * 60_000;
/// The largest recording that is taken for a voice note, in bytes.
pub const VOICE_NOTE_BYTES: i64 = 8 * 1024 * 1024;

words! {
    /// The previews of a picture, by their longer side in pixels.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    pub enum PreviewSize {
        /// In the conversation.
        #[serde(rename = "480")]
        Small = "480",
        /// Over the whole window.
        #[serde(rename = "1600")]
        Large = "1600",
    }
}

impl PreviewSize {
    /// The longer side in pixels.
    pub const fn side(self) -> u32 {
        match self {
            Self::Small => 480,
            Self::Large => 1_600,
        }
    }
}

/// Most files of one message.
pub const FILES_PER_MESSAGE: usize = 20;
/// Largest part of a file in one request, in bytes.
pub const CHUNK_BYTES: i64 = 4 * 1024 * 1024;
/// Longest name of a file, in characters.
pub const FILE_NAME_MAX: usize = 200;

/// A file that is to be uploaded to a chat. The id is made by the sender's side: the same id again is the same upload.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginUpload {
    /// A fresh random UUID.
    pub id: FileId,
    /// The name of the file.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// It is a voice note: it is listened to, and a message carries it alone.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub is_voice: bool,
}

words! {
    /// How far an upload is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum UploadState {
        /// Parts of it are missing.
        Receiving = "receiving",
        /// It has arrived and is looked at.
        Checking = "checking",
        /// A message can carry it.
        Ready = "ready",
        /// It cannot be sent.
        Refused = "refused",
    }
}

/// An upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Upload {
    /// The id of the file.
    pub id: FileId,
    /// The chat it is for.
    pub chat: ChatId,
    /// Its name, as it was taken.
    pub name: String,
    /// Its size in bytes.
    pub size: i64,
    /// So many bytes have arrived; the next part begins there.
    pub offset: i64,
    /// The largest part that is taken, in bytes.
    pub chunk: i64,
    /// How far it is.
    pub state: UploadState,
    /// Why it cannot be sent: the word of a fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    /// What a message would carry, once it is ready.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<Attachment>,
}

/// Where a part of a file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartQuery {
    /// The number of bytes before it.
    pub offset: u64,
}

/// Which files of a chat are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChatFilesQuery {
    /// Those of messages in front of this ordinal; of the newest without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Ordinal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_from_hex_and_what_is_none_is_silent() {
        let note = |peaks: &str| VoiceNote { duration: 1, peaks: peaks.to_owned() };
        assert_eq!(note("00ff10").levels(), [0, 255, 16]);
        assert_eq!(note("zz€").levels(), [0, 0]);
    }

    #[test]
    fn an_extension_is_what_stands_behind_the_last_dot() {
        for (name, expected) in
            [("a.pdf", "pdf"), ("a.tar.GZ", "gz"), ("none", ""), (".profile", ""), ("合同.PDF", "pdf")]
        {
            assert_eq!(extension(name), expected, "{name}");
        }
    }
}
