//! Names of files, as they are kept and shown.

use crate::input;
use causeway_api::{
    files::{FILE_NAME_MAX, extension},
    validate::Fault,
};

/// The name that a file is kept under: without folders, without what cannot be seen or turns the direction of writing,
/// without a dot or space at its end, and not too long; its end stays.
pub(super) fn clean(given: &str) -> Result<String, Fault> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = input::names::clean(last);
    let name: String =
        plain.chars().map(|char| if r#":*?"<>|"#.contains(char) { '_' } else { char }).collect();
    let name = name.trim_matches([' ', '.']);
    if name.is_empty() {
        return Err(Fault::FileName);
    }
    if name.chars().count() <= FILE_NAME_MAX {
        return Ok(name.to_owned());
    }
    let end = extension(name);
    let room = FILE_NAME_MAX.saturating_sub(end.chars().count() + 2);
    let stem: String = name.chars().take(room).collect();
    Ok(format!("{}….{end}", stem.trim_end()))
}

/// The value of `Content-Disposition` for a download (RFC 6266): a name for old programs, and the whole one (RFC 8187).
pub(crate) fn disposition(name: &str, is_inline: bool) -> String {
    let kind = if is_inline { "inline" } else { "attachment" };
    let plain = |char: char| if char.is_ascii_alphanumeric() || " .-_()".contains(char) { char } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let whole = percent_encoding::utf8_percent_encode(name, ATTR_CHAR);
    format!("{kind}; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

/// What stands for itself in such a value: `attr-char` (RFC 8187, 3.2.1).
const ATTR_CHAR: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_without_what_could_deceive() {
        for (given, kept) in [
            ("contract.pdf", "contract.pdf"),
            ("../../etc/passwd.txt", "passwd.txt"),
            (r"C:\Users\me\合同.pdf", "合同.pdf"),
            ("annex\u{202e}fdp.exe", "annexfdp.exe"),
            ("report.pdf. . ", "report.pdf"),
            ("a<b>:c.txt", "a_b__c.txt"),
        ] {
            assert_eq!(clean(given).as_deref(), Ok(kept), "{given}");
        }
        assert_eq!(clean(" .. "), Err(Fault::FileName));
        let long = clean(&format!("{}.pdf", "長".repeat(300))).unwrap();
        assert_eq!((long.chars().count(), long.ends_with("….pdf")), (FILE_NAME_MAX, true));
    }

    #[test]
    fn a_download_has_a_name_for_every_program() {
        let value = "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf";
        assert_eq!(disposition("合同.pdf", false), value);
        assert!(disposition("a\"b.txt", true).starts_with("inline; filename=\"a_b.txt\""));
    }
}
