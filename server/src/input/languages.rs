//! Languages as people write them: tags of other systems, and names in the language itself and in ours.

use crate::texts::LANGUAGES;

/// What people call our languages, in the order of [`LANGUAGES`]; in lower case.
const NAMES: [&[&str]; 4] = [
    &["english", "英文", "英語", "英语", "eng"],
    &[
        "traditional chinese",
        "chinese traditional",
        "chinese (traditional)",
        "繁體中文",
        "繁体中文",
        "繁體",
        "正體中文",
        "中国語(繁体字)",
        "中国語（繁体字）",
    ],
    &[
        "simplified chinese",
        "chinese simplified",
        "chinese (simplified)",
        "简体中文",
        "簡體中文",
        "简体",
        "中国語(簡体字)",
        "中国語（簡体字）",
    ],
    &["japanese", "日本語", "日語", "日语", "日文", "jpn", "jp"],
];

/// The language of ours that a word means: a tag in any case and with any region (`zh-TW`, `EN`, `ja_JP`), or a name.
pub fn read(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase().replace('_', "-");
    let named = NAMES.iter().position(|names| names.contains(&word.as_str())).map(|at| LANGUAGES[at]);
    named.or_else(|| of_tag(&word))
}

fn of_tag(tag: &str) -> Option<&'static str> {
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let has = |part: &str| rest.contains(&part);
    match language {
        "en" => Some("en"),
        "ja" => Some("ja"),
        "zh" if has("hans") => Some("zh-Hans"),
        "zh" if has("hant") || has("tw") || has("hk") || has("mo") => Some("zh-Hant"),
        // Without script and region it is the script that most people write.
        "zh" if rest.is_empty() || has("cn") || has("sg") || has("my") => Some("zh-Hans"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_read_as_other_systems_write_them() {
        for (word, tag) in [
            ("zh-TW", Some("zh-Hant")),
            ("zh_HK", Some("zh-Hant")),
            ("zh-Hant-TW", Some("zh-Hant")),
            ("zh-CN", Some("zh-Hans")),
            ("zh", Some("zh-Hans")),
            ("EN", Some("en")),
            ("en-GB", Some("en")),
            (" Japanese ", Some("ja")),
            ("ja_JP", Some("ja")),
            ("繁體中文", Some("zh-Hant")),
            ("tlh", None),
            ("", None),
            ("english breakfast", None),
        ] {
            assert_eq!(read(word), tag, "{word}");
        }
        for language in LANGUAGES {
            assert_eq!(read(language), Some(language));
        }
    }
}
