//! Text files in whatever encoding a spreadsheet saved them.

use anyhow::{Context as _, bail};
use causeway_api::encodings::{Encoding, possible};

/// A file's text, and the encoding it was read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding.
    pub encoding: Encoding,
    /// Whether the bytes are text in that encoding only.
    pub is_certain: bool,
}

/// Decodes a file in the encoding of that label, or in the likeliest. What cannot be read in it is an error: no
/// character is replaced by another.
pub fn decode(bytes: &[u8], label: Option<&str>) -> anyhow::Result<Decoded> {
    let possible = possible(bytes);
    let named =
        label.map(|label| Encoding::parse(label).with_context(|| format!("there is no encoding {label}")));
    let Some(encoding) = named.transpose()?.or_else(|| possible.first().copied()) else {
        bail!("the file is no text in an encoding that is known here; save it as CSV UTF-8");
    };
    let decoder = encoding_rs::Encoding::for_label(encoding.label().as_bytes()).context("a decoder")?;
    let text =
        whole(decoder, bytes).with_context(|| format!("the file cannot be read as {}", encoding.label()))?;
    Ok(Decoded { text, encoding, is_certain: possible.len() == 1 })
}

/// The whole text, without a mark in front; nothing when a part of it cannot be read.
fn whole(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len())?);
    let (result, _) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    matches!(result, encoding_rs::DecoderResult::InputEmpty).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, has_unmappable) = encoding.encode(text);
        assert!(!has_unmappable, "{label}: {text}");
        bytes.into_owned()
    }

    #[test]
    fn files_of_excel_in_four_countries_are_read_as_they_were_written() {
        for (label, text) in [
            (
                "shift_jis",
                "氏名,メールアドレス\n田中 美咲,misaki@x.example\n髙橋 一郎,ichiro@x.example\nｻﾄｳ ﾊﾙ,haru@x.example\n",
            ),
            ("gbk", "姓名,邮箱\n王建国,wang@x.example\n李静,li@x.example\n"),
            ("big5", "姓名,電郵\n陳慧敏,chan@x.example\n黃嘉敏,wong@x.example\n"),
            (
                "windows-1252",
                "name,email\nTomás Muñoz,t@x.example\nSøren Müller,s@x.example\nÁngel Peña,a@x.example\n",
            ),
            ("utf-8", "name,email\nTomás 陳,t@x.example\n"),
        ] {
            let decoded = decode(&encoded(label, text), None).unwrap();
            assert_eq!(decoded.text, text, "{label} was read as {}", decoded.encoding.label());
            assert!(decoded.is_certain || label != "utf-8", "{label}");
        }
    }

    #[test]
    fn a_named_encoding_counts_and_nothing_is_replaced() {
        let bytes = encoded("gbk", "王建国");
        assert_eq!(decode(&bytes, Some("GB18030")).unwrap().text, "王建国");
        assert!(decode(&bytes, Some("utf-8")).is_err());
        assert!(decode(&bytes, Some("koi8-r")).is_err());
        assert!(decode(&[0x81], None).is_err());
        let wide: Vec<u8> = "\u{feff}name\té".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).unwrap().text, "name\té");
    }
}
