//! Looks into a file: the end of its name and its content have to tell the same.

use super::{
    types::{FileType, Look, WITH_MACROS, by_extension},
    zip,
};
use causeway_api::{encodings, files::extension, validate::Fault};
use std::io::{self, Read, Seek, SeekFrom};

/// So much of the beginning is looked at.
const HEAD: u64 = 64 * 1024;

/// The type that a name stands for. `with_macros`: whether documents with macros are allowed.
pub(super) fn type_of(name: &str, with_macros: bool) -> Result<&'static FileType, Fault> {
    let end = extension(name);
    if WITH_MACROS.contains(&end.as_str()) {
        // They are known by the same content as documents without.
        let plain = match end.as_str() {
            "docm" | "dotm" => "docx",
            "pptm" => "pptx",
            _ => "xlsx",
        };
        return if with_macros { by_extension(plain).ok_or(Fault::FileType) } else { Err(Fault::FileMacros) };
    }
    by_extension(&end).ok_or(Fault::FileType)
}

/// Whether the content is what the name says.
pub(super) fn content(
    known: &FileType,
    file: &mut (impl Read + Seek),
    with_macros: bool,
) -> io::Result<Result<(), Fault>> {
    let head = head(file)?;
    let fits = |fits: bool| if fits { Ok(()) } else { Err(Fault::FileContent) };
    Ok(match known.look {
        Look::Magic(at, any) => {
            fits(any.iter().any(|magic| head.get(at..).is_some_and(|rest| rest.starts_with(magic))))
        }
        Look::Compound(any) => fits(compound_with(any, file)?),
        Look::PlainText => fits(is_text(&head)),
        Look::TextBeginning(any) => fits(is_text(&head) && any.iter().any(|begin| begins(&head, begin))),
        Look::MailHeader => fits(is_text(&head) && has_header_field(&head)),
        Look::DerOrPem => fits(head.first() == Some(&0x30) || begins(&head, "-----BEGIN ")),
        Look::OpenXml(folder) => open_xml(folder, file, with_macros)?,
        Look::ZipWith(any) => fits(zip_with(any, known.media, file)?),
    })
}

fn head(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// Packed XML: its list of types, its folder, and no macros, whatever its name says.
fn open_xml(folder: &str, file: &mut (impl Read + Seek), with_macros: bool) -> io::Result<Result<(), Fault>> {
    let Some(names) = zip::names(file)? else { return Ok(Err(Fault::FileContent)) };
    let is_one = names.iter().any(|name| name == "[Content_Types].xml")
        && names.iter().any(|name| name.starts_with(folder));
    let has_macros = names.iter().any(|name| name.to_lowercase().ends_with("vbaproject.bin"));
    Ok(match (is_one, has_macros && !with_macros) {
        (false, _) => Err(Fault::FileContent),
        (true, true) => Err(Fault::FileMacros),
        (true, false) => Ok(()),
    })
}

fn zip_with(any: &[&str], media: &str, file: &mut (impl Read + Seek)) -> io::Result<bool> {
    if any.contains(&"mimetype") {
        let says = zip::first_stored(file)?;
        return Ok(says.is_some_and(|(name, says)| name == "mimetype" && says.trim_end().starts_with(media)));
    }
    let Some(names) = zip::names(file)? else { return Ok(false) };
    Ok(names.iter().any(|name| any.contains(&name.as_str())))
}

/// Whether a file is a compound file, and has one of some streams when any is named.
fn compound_with(any: &[&str], file: &mut (impl Read + Seek)) -> io::Result<bool> {
    file.seek(SeekFrom::Start(0))?;
    match cfb::CompoundFile::open(file) {
        Ok(found) => Ok(any.is_empty() || any.iter().any(|stream| found.is_stream(format!("/{stream}")))),
        // That is what a storage says that cannot be read; everything else is said of the file.
        Err(error) if error.kind() == io::ErrorKind::Other => Err(error),
        Err(_) => Ok(false),
    }
}

/// Whether bytes are the beginning of a text: in an encoding that is known here, without bytes that no text has.
fn is_text(head: &[u8]) -> bool {
    let is_wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    // Escape begins other characters in mails from Japan (ISO-2022-JP).
    let is_control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(byte);
    if !is_wide && head.iter().any(is_control) {
        return false;
    }
    // What is cut may end in the middle of a character.
    (0..=3).any(|cut| {
        head.len().checked_sub(cut).is_some_and(|end| !encodings::possible(&head[..end]).is_empty())
    })
}

fn begins(head: &[u8], begin: &str) -> bool {
    let head = head.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(head).trim_ascii_start();
    head.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin.as_bytes()))
}

/// Whether the first line is a header field: a name of printable characters, and a colon.
fn has_header_field(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    line.contains(&b':') && !name.is_empty() && name.iter().all(u8::is_ascii_graphic)
        || line.starts_with(b"From ")
}
