//! The names in a zip file, read from its directory (PKWARE APPNOTE.TXT, 4.3.12 and 4.3.16). Nothing is unpacked.

use std::io::{self, Read, Seek, SeekFrom};

/// The end of the directory: 22 bytes and a comment of up to 65,535.
const END_MAX: u64 = 22 + 65_535;
const END_MARK: [u8; 4] = *b"PK\x05\x06";
const ENTRY_MARK: [u8; 4] = *b"PK\x01\x02";
/// Most of a directory that is read.
const DIRECTORY_MAX: u64 = 4 * 1024 * 1024;

/// The names of the entries. `None` for what is no zip file, or one whose directory is larger than is read.
pub(super) fn names(file: &mut (impl Read + Seek)) -> io::Result<Option<Vec<String>>> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_from = length.saturating_sub(END_MAX);
    let tail = stretch(file, tail_from, length - tail_from)?;
    let Some(at) = tail.windows(4).rposition(|bytes| bytes == END_MARK) else { return Ok(None) };
    let end = &tail[at..];
    let (Some(size), Some(offset)) = (number(end, 12, 4), number(end, 16, 4)) else { return Ok(None) };
    if size > DIRECTORY_MAX || offset + size > length {
        return Ok(None);
    }
    let directory = stretch(file, offset, size)?;
    let (mut names, mut rest) = (Vec::new(), directory.as_slice());
    while rest.starts_with(&ENTRY_MARK) {
        let lengths = (number(rest, 28, 2), number(rest, 30, 2), number(rest, 32, 2));
        let (Some(name), Some(extra), Some(comment)) = lengths else { return Ok(None) };
        let (name, skip) = (to_usize(name), to_usize(name + extra + comment));
        let Some(bytes) = rest.get(46..46 + name) else { return Ok(None) };
        names.push(String::from_utf8_lossy(bytes).into_owned());
        rest = rest.get(46 + skip..).unwrap_or_default();
    }
    Ok(Some(names))
}

/// The content of the first entry, where it is stored as it is: what documents say they are (`mimetype`).
pub(super) fn first_stored(file: &mut (impl Read + Seek)) -> io::Result<Option<(String, String)>> {
    let head = stretch(file, 0, 512)?;
    if !head.starts_with(b"PK\x03\x04") || number(&head, 8, 2) != Some(0) {
        return Ok(None);
    }
    let lengths = (number(&head, 18, 4), number(&head, 26, 2), number(&head, 28, 2));
    let (Some(size), Some(name), Some(extra)) = lengths else { return Ok(None) };
    let (size, name, extra) = (to_usize(size), to_usize(name), to_usize(extra));
    let begin = 30 + name + extra;
    let text = |bytes: Option<&[u8]>| bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Ok(text(head.get(30..30 + name)).zip(text(head.get(begin..begin.saturating_add(size)))))
}

fn stretch(file: &mut (impl Read + Seek), from: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
