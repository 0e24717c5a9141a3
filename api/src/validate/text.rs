//! Names and messages: their lengths, and that there is something to see.

use super::Fault;

/// Longest text of one message, in Unicode scalar values.
pub const MESSAGE_MAX: usize = 4_000;
/// Longest name of a group, in Unicode scalar values.
pub const GROUP_NAME_MAX: usize = 80;
/// Longest company name, user name or person's name, in Unicode scalar values.
pub const NAME_MAX: usize = 120;

/// The form in which words of our own are compared: lower case, inner white space collapsed to one space. What people
/// call themselves and each other is compared by `server/src/input/`.
pub fn name_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut key = String::with_capacity(lower.len());
    for word in lower.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Whether a character is drawn as nothing at all (`Default_Ignorable_Code_Point`, Unicode 17): joiners, direction
/// controls, fillers, variation selectors, tags.
pub fn is_ignorable(char: char) -> bool {
    matches!(
        u32::from(char),
        0x00AD
            | 0x034F
            | 0x061C
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x202A..=0x202E
            | 0x2060..=0x206F
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xFFF0..=0xFFF8
            | 0x1_BCA0..=0x1_BCA3
            | 0x1_D173..=0x1_D17A
            | 0xE_0000..=0xE_0FFF
    )
}

/// Whether anything in a text can be seen.
pub fn has_visible(text: &str) -> bool {
    // The blank Braille pattern is a letter to Unicode and empty paper to the eye.
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || is_ignorable(c) || c == '\u{2800}';
    !text.chars().all(is_blank)
}

fn visible(text: &str) -> Result<(), Fault> {
    match (text.trim().is_empty(), has_visible(text)) {
        (true, _) => Err(Fault::Required),
        (false, false) => Err(Fault::Invisible),
        (false, true) => Ok(()),
    }
}

/// A required name of at most [`NAME_MAX`] characters without control characters.
pub fn name(text: &str) -> Result<(), Fault> {
    let text = text.trim();
    visible(text)?;
    if text.chars().count() > NAME_MAX {
        return Err(Fault::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(Fault::ControlCharacters);
    }
    Ok(())
}

/// The text of a message or a note: something to see, at most [`MESSAGE_MAX`] characters. It is kept as it was typed;
/// direction marks belong to texts in Arabic and Hebrew.
pub fn message_text(text: &str) -> Result<(), Fault> {
    visible(text)?;
    if text.chars().count() > MESSAGE_MAX {
        return Err(Fault::TooLong);
    }
    if text.contains('\0') {
        return Err(Fault::ControlCharacters);
    }
    Ok(())
}

/// The name of a group.
pub fn group_name(text: &str) -> Result<(), Fault> {
    name(text)?;
    if text.trim().chars().count() > GROUP_NAME_MAX { Err(Fault::TooLong) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_compare_without_case_and_extra_space() {
        assert_eq!(name_key("  Lantern   BAY "), "lantern bay");
        assert_eq!(name_key("ÉCOLE"), "école");
    }

    #[test]
    fn message_text_is_counted_in_characters() {
        assert!(message_text(&"漢".repeat(MESSAGE_MAX)).is_ok());
        assert_eq!(message_text(&"a".repeat(MESSAGE_MAX + 1)), Err(Fault::TooLong));
        assert_eq!(message_text(" \n "), Err(Fault::Required));
    }

    #[test]
    fn what_cannot_be_seen_is_no_text() {
        for nothing in
            ["\u{3164}\u{3164}", "\u{2800}", "\u{200b}", "\u{115f}\u{1160}", "\u{ffa0} \u{fe0f}", "\u{e0041}"]
        {
            assert_eq!(name(nothing), Err(Fault::Invisible), "{nothing:?}");
            assert_eq!(message_text(nothing), Err(Fault::Invisible), "{nothing:?}");
        }
        for something in ["❤\u{fe0f}", "\u{2067}שלום\u{2069}", ".", "👩\u{200d}💻", "⠓⠊"] {
            assert!(message_text(something).is_ok(), "{something:?}");
        }
    }
}
