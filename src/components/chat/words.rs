//! A message in one line: its text, or what it carries.

use super::voice::clock;
use crate::i18n::{Arg, t, tx};
use causeway_api::{
    chats::{Message, MessageContent},
    files::{Attachment, FileGroup},
};

/// What a message says where there is one line for it.
pub fn message_words(message: &Message) -> String {
    if message.deleted_at.is_some() {
        return t("message-deleted");
    }
    match &message.content {
        MessageContent::Unknown => t("message-unknown"),
        MessageContent::Voice { file } => {
            let length = clock(file.voice.as_ref().map_or(0, |note| note.duration));
            tx("voice-note-of", &[("length", Arg::Text(&length))])
        }
        MessageContent::Files { files } if message.text.is_empty() => files_words(files),
        MessageContent::Files { .. } | MessageContent::Text => message.text.clone(),
    }
}

/// What files are, in a few words.
pub fn files_words(files: &[Attachment]) -> String {
    let count = Arg::Number(i64::try_from(files.len()).unwrap_or(i64::MAX));
    match files {
        [one] if one.group != FileGroup::Picture => tx("document-named", &[("name", Arg::Text(&one.name))]),
        all if all.iter().all(|file| file.group == FileGroup::Picture) => {
            tx("pictures-count", &[("count", count)])
        }
        _ => tx("files-count", &[("count", count)]),
    }
}

/// A size in bytes in words: 84 KB, 2.4 MB.
pub fn size_words(bytes: i64) -> String {
    let kilobytes = bytes.max(0) as f64 / 1024.0;
    if kilobytes < 1.0 {
        return format!("{bytes} B");
    }
    if kilobytes < 999.5 {
        return format!("{kilobytes:.0} KB");
    }
    let megabytes = kilobytes / 1024.0;
    if megabytes < 10.0 { format!("{megabytes:.1} MB") } else { format!("{megabytes:.0} MB") }
}

#[cfg(test)]
mod tests {
    use super::size_words;

    #[test]
    fn a_size_has_as_many_digits_as_help() {
        for (bytes, words) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (86_000, "84 KB"),
            (1_023_900, "1.0 MB"),
            (2_500_000, "2.4 MB"),
            (104_857_600, "100 MB"),
        ] {
            assert_eq!(size_words(bytes), words);
        }
    }
}
