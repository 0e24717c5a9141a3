//! HEIC and AVIF without what the camera wrote about place, time and device: the bytes of those items become zeros, and the
//! picture stays as it is, for nothing moves (ISO/IEC 14496-12, 8.11: `meta`, `iinf`, `iloc`; 23008-12, Annex A: Exif).

use std::ops::Range;

/// A box of four letters, and its content as a range of the file.
type Found = ([u8; 4], Range<usize>);

/// The picture without notes; `None` if its structure cannot be followed.
pub(super) fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    let meta = boxes(bytes, 0..bytes.len())?.into_iter().find(|(kind, _)| kind == b"meta")?.1;
    // A full box: version and flags come first.
    let inside = boxes(bytes, meta.start.checked_add(4)?..meta.end)?;
    let child = |wanted: &[u8; 4]| inside.iter().find(|(kind, _)| kind == wanted).map(|(_, at)| at.clone());
    let notes = notes_in(bytes, child(b"iinf")?)?;
    let data = child(b"idat").map_or(0, |at| at.start);
    let mut plain = bytes.to_vec();
    for range in places(bytes, child(b"iloc")?, &notes, data)? {
        plain.get_mut(range)?.fill(0);
    }
    Some(plain)
}

/// The boxes within a range, one behind the other.
fn boxes(bytes: &[u8], within: Range<usize>) -> Option<Vec<Found>> {
    let (mut found, mut at) = (Vec::new(), within.start);
    while at + 8 <= within.end {
        let mut reader = Reader { bytes, at };
        let short = reader.number(4)?;
        let kind: [u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        reader.at += 4;
        let size = match short {
            // Up to the end of the file.
            0 => within.end - at,
            1 => reader.number(8)?,
            size => size,
        };
        let end = at.checked_add(size).filter(|end| *end <= within.end && *end >= reader.at)?;
        found.push((kind, reader.at..end));
        at = end;
    }
    Some(found)
}

/// The ids of the items that are notes: EXIF, and XMP, which is of type `mime`.
fn notes_in(bytes: &[u8], iinf: Range<usize>) -> Option<Vec<usize>> {
    let version = *bytes.get(iinf.start)?;
    let entries = iinf.start + if version == 0 { 6 } else { 8 };
    let mut notes = Vec::new();
    for (kind, at) in boxes(bytes, entries..iinf.end)? {
        if &kind != b"infe" {
            continue;
        }
        let mut reader = Reader { bytes, at: at.start };
        let version = reader.number(1)?;
        reader.at += 3;
        // Earlier versions name no type; pictures have none of them.
        if version < 2 {
            return None;
        }
        let id = reader.number(if version == 2 { 2 } else { 4 })?;
        reader.at += 2;
        if matches!(bytes.get(reader.at..reader.at + 4)?, b"Exif" | b"mime") {
            notes.push(id);
        }
    }
    Some(notes)
}

/// Where the bytes of items are.
fn places(bytes: &[u8], iloc: Range<usize>, items: &[usize], data: usize) -> Option<Vec<Range<usize>>> {
    let mut reader = Reader { bytes, at: iloc.start };
    let version = reader.number(1)?;
    reader.at += 3;
    let sizes = reader.number(2)?;
    let [offset, length, base, index] = [sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15];
    let wide = if version < 2 { 2 } else { 4 };
    let mut found = Vec::new();
    for _ in 0..reader.number(wide)? {
        let id = reader.number(wide)?;
        let is_in_data = version > 0 && reader.number(2)? & 15 == 1;
        reader.at += 2;
        let base = reader.number(base)?;
        for _ in 0..reader.number(2)? {
            if version > 0 {
                reader.number(index)?;
            }
            let (offset, length) = (reader.number(offset)?, reader.number(length)?);
            if items.contains(&id) {
                let start = base.checked_add(offset)?.checked_add(if is_in_data { data } else { 0 })?;
                found.push(start..start.checked_add(length)?);
            }
        }
    }
    Some(found)
}

/// Reads whole numbers, the highest byte first.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// The number of so many bytes; of none it is 0.
    fn number(&mut self, length: usize) -> Option<usize> {
        let end = self.at.checked_add(length)?;
        let number = self
            .bytes
            .get(self.at..end)?
            .iter()
            .try_fold(0_usize, |number, byte| number.checked_mul(256)?.checked_add(usize::from(*byte)))?;
        self.at = end;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&size[..], kind, content].concat()
    }

    /// A picture of two items: the picture, and where it was taken.
    fn heic(place: &[u8]) -> Vec<u8> {
        let infe = |id: u8, kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, &[0]].concat());
        let iinf = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 2][..], &infe(1, b"hvc1"), &infe(2, b"Exif")].concat());
        let ftyp = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
        let iloc = |start: u8, length: u8| {
            let item = |id: u8, at: u8, length: u8| [0, id, 0, 0, 0, 1, 0, 0, 0, at, 0, 0, 0, length];
            let items = [item(1, start, 4), item(2, start + 4, length)].concat();
            boxed(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 2][..], &items].concat())
        };
        let length = u8::try_from(place.len()).unwrap();
        let meta = |start: u8| boxed(b"meta", &[&[0, 0, 0, 0][..], &iinf, &iloc(start, length)].concat());
        let start = u8::try_from(ftyp.len() + meta(0).len() + 8).unwrap();
        [ftyp, meta(start), boxed(b"mdat", &[b"PICT", place].concat())].concat()
    }

    #[test]
    fn notes_become_zeros_and_nothing_moves() {
        let whole = heic(b"22.3193N 114.1694E");
        let plain = without_notes(&whole).unwrap();
        assert_eq!(plain.len(), whole.len());
        assert!(plain.ends_with(&[b"PICT".as_slice(), &[0; 18]].concat()));
    }

    #[test]
    fn what_cannot_be_followed_is_not_guessed_at() {
        let whole = heic(b"here");
        for end in [0, 7, 20, 40, whole.len() - 20] {
            assert_eq!(without_notes(&whole[..end]), None, "{end}");
        }
        let mut far = whole.clone();
        let at = whole.windows(4).position(|window| window == b"iloc").unwrap() + 4 + 8 + 14 + 6;
        far[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(without_notes(&far), None, "beyond the end of the file");
    }
}
