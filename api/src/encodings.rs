//! In which encoding a text file may be. Spreadsheets save CSV in the encoding of their country and do not say which;
//! the browser and the command line decode, this says what to try first.

/// An encoding that spreadsheets write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Unicode.
    Utf8,
    /// Unicode, as Excel's "Unicode text".
    Utf16Le,
    /// The same in the other order.
    Utf16Be,
    /// Japan.
    ShiftJis,
    /// Mainland China: GBK and GB 2312 are parts of it.
    Gb18030,
    /// Taiwan, Hong Kong.
    Big5,
    /// Western Europe.
    Windows1252,
}

/// The encodings of countries.
const LEGACY: [Encoding; 4] = [Encoding::ShiftJis, Encoding::Gb18030, Encoding::Big5, Encoding::Windows1252];

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::ShiftJis,
        Self::Gb18030,
        Self::Big5,
        Self::Windows1252,
    ];

    /// Its label in the Encoding Standard, by which browsers know it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::ShiftJis => "shift_jis",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of that label.
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.label().eq_ignore_ascii_case(label.trim()))
    }
}

/// The encodings that the bytes of a file can be in, the likeliest first. One means that it is certain.
pub fn possible(bytes: &[u8]) -> Vec<Encoding> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return vec![Encoding::Utf8],
        [0xFF, 0xFE, ..] => return vec![Encoding::Utf16Le],
        [0xFE, 0xFF, ..] => return vec![Encoding::Utf16Be],
        _ => {}
    }
    if let Some(wide) = without_mark(bytes) {
        return vec![wide];
    }
    // Text in another encoding is as good as never valid UTF-8 by chance.
    if std::str::from_utf8(bytes).is_ok() {
        return vec![Encoding::Utf8];
    }
    let mut scored: Vec<(u32, Encoding)> =
        LEGACY.into_iter().filter_map(|encoding| Some((score(encoding, bytes)?, encoding))).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, encoding)| encoding).collect()
}

/// UTF-16 without its mark: a table has ASCII in it, so every other byte is zero in places.
fn without_mark(bytes: &[u8]) -> Option<Encoding> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => None,
        (even, odd) if odd > even => Some(Encoding::Utf16Le),
        _ => Some(Encoding::Utf16Be),
    }
}

/// What a run of bytes is in an encoding.
enum Unit {
    /// Everyday letters and characters.
    Common,
    /// Seldom ones.
    Rare,
    /// Hardly ever written.
    Odd,
}

/// How much of what is not ASCII would be everyday text in an encoding, of 1,000; nothing when it cannot be read in it.
fn score(encoding: Encoding, bytes: &[u8]) -> Option<u32> {
    let (mut at, mut points, mut units) = (0, 0_u32, 0_u32);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let rest = &bytes[at..];
        let before = at.checked_sub(1).map(|place| bytes[place]);
        let (length, unit) = match encoding {
            Encoding::ShiftJis => shift_jis(rest)?,
            Encoding::Gb18030 => gb18030(rest)?,
            Encoding::Big5 => big5(rest)?,
            _ => windows_1252(before, rest)?,
        };
        units += 1;
        points += match unit {
            Unit::Common => 1_000,
            Unit::Rare => 300,
            Unit::Odd => 0,
        };
        at += length;
    }
    Some(points / units.max(1))
}

/// JIS X 0208 in Shift JIS: kana and the first level of kanji are what is written most.
fn shift_jis(rest: &[u8]) -> Option<(usize, Unit)> {
    let (lead, trail) = (rest[0], rest.get(1).copied().unwrap_or(0));
    if let 0xA1..=0xDF = lead {
        return Some((1, Unit::Rare));
    }
    if !matches!(lead, 0x81..=0x9F | 0xE0..=0xFC) || !matches!(trail, 0x40..=0x7E | 0x80..=0xFC) {
        return None;
    }
    Some((
        2,
        match lead {
            0x81..=0x83 | 0x88..=0x97 => Unit::Common,
            0x98..=0x9F | 0xE0..=0xEA | 0xED..=0xEE | 0xFA..=0xFC => Unit::Rare,
            _ => Unit::Odd,
        },
    ))
}

/// GB 18030: the first level of GB 2312 is what is written most.
fn gb18030(rest: &[u8]) -> Option<(usize, Unit)> {
    let (lead, trail) = (rest[0], rest.get(1).copied().unwrap_or(0));
    if !matches!(lead, 0x81..=0xFE) {
        return None;
    }
    if trail.is_ascii_digit() {
        let fits = matches!(rest.get(2..4), Some([0x81..=0xFE, 0x30..=0x39]));
        return fits.then_some((4, Unit::Rare));
    }
    if !matches!(trail, 0x40..=0x7E | 0x80..=0xFE) {
        return None;
    }
    Some((
        2,
        match (lead, trail) {
            (0xA1..=0xA3 | 0xB0..=0xD7, 0xA1..) => Unit::Common,
            (0xD8..=0xF7, 0xA1..) => Unit::Rare,
            _ => Unit::Odd,
        },
    ))
}

/// Big5: the first level is what is written most.
fn big5(rest: &[u8]) -> Option<(usize, Unit)> {
    let (lead, trail) = (rest[0], rest.get(1).copied().unwrap_or(0));
    if !matches!(lead, 0x81..=0xFE) || !matches!(trail, 0x40..=0x7E | 0xA1..=0xFE) {
        return None;
    }
    Some((
        2,
        match lead {
            0xA1..=0xC6 => Unit::Common,
            0xC9..=0xF9 => Unit::Rare,
            _ => Unit::Odd,
        },
    ))
}

/// Windows-1252: an accented letter has a plain one at its side.
fn windows_1252(before: Option<u8>, rest: &[u8]) -> Option<(usize, Unit)> {
    let is_letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    Some((
        1,
        match rest[0] {
            0x81 | 0x8D | 0x8F | 0x90 | 0x9D => return None,
            0xC0..=0xFF | 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E | 0x9F
                if is_letter(before) || is_letter(rest.get(1).copied()) =>
            {
                Unit::Common
            }
            0x80 | 0x85 | 0x91..=0x97 | 0xA0 | 0xA1 | 0xAA | 0xB0 | 0xB4 | 0xBA | 0xBF => Unit::Rare,
            _ => Unit::Odd,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_valid_utf_8_are_certain() {
        for (bytes, encoding) in [
            (&b"\xEF\xBB\xBFname"[..], Encoding::Utf8),
            (b"name,email\n", Encoding::Utf8),
            ("姓名,電郵".as_bytes(), Encoding::Utf8),
            (b"\xFF\xFEn\0", Encoding::Utf16Le),
            (b"\xFE\xFF\0n", Encoding::Utf16Be),
            (b"n\0a\0", Encoding::Utf16Le),
            (b"", Encoding::Utf8),
        ] {
            assert_eq!(possible(bytes), [encoding], "{bytes:?}");
        }
    }

    #[test]
    fn encodings_of_countries_are_told_by_their_everyday_characters() {
        for (bytes, encoding) in [
            // 田中 美咲, サトウ
            (&b"\x93\x63\x92\x86 \x94\xFC\x8D\xE7,\x83\x54\x83\x67\x83\x45"[..], Encoding::ShiftJis),
            // 王建国,陈伟
            (b"\xCD\xF5\xBD\xA8\xB9\xFA,\xB3\xC2\xCE\xB0", Encoding::Gb18030),
            // 陳慧敏,黃嘉敏
            (b"\xB3\xAF\xBC\x7A\xB1\xD3,\xB6\xC0\xB9\xC5\xB1\xD3", Encoding::Big5),
            (b"Tom\xE1s Mu\xF1oz,Jos\xE9,\xC1ngel", Encoding::Windows1252),
            (b"S\xF8ren M\xFCller,K\xF6ln", Encoding::Windows1252),
        ] {
            assert_eq!(possible(bytes).first(), Some(&encoding), "{bytes:?}");
        }
        assert_eq!(possible(b"\x81"), [], "what is no text in any");
    }

    #[test]
    fn every_encoding_is_known_by_its_label() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::parse(encoding.label()), Some(encoding));
        }
        assert_eq!(Encoding::parse("Shift_JIS"), Some(Encoding::ShiftJis));
        assert_eq!(Encoding::parse("koi8-r"), None);
    }
}
