//! The guide: one page per language, made from `texts/LANGUAGE/guide.ftl` when the application is built. Its steps name
//! buttons and fields by the ids of their texts, so it says what the screens say. The pictures in `public/guide/` are made by
//! `tests/e2e/tests/guide.rs`, which follows the steps.

use anyhow::{Context as _, Result, ensure};
use causeway_catalog::{Arg, Catalog, compile};
use html_escape::{encode_double_quoted_attribute, encode_text};
use std::{fs, path::Path};

/// What the guide explains, in the order of its contents.
const FLOWS: [&str; 9] =
    ["sign-in", "chat", "invite", "onboard", "register", "link-phone", "configure", "users", "recover"];

/// The languages, each with its own name.
const LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("zh-Hant", "繁體中文"), ("zh-Hans", "简体中文"), ("ja", "日本語")];

/// Stand around the words of a button or field until the text is escaped: neither stands in any text.
const LABEL: [char; 2] = ['\u{e000}', '\u{e001}'];

/// Writes `guide/LANGUAGE.html` for every language. `index` is the page that names the stylesheet and the icons.
pub(crate) fn publish(staging: &Path, index: &str) -> Result<()> {
    let folder = staging.join("guide");
    for (language, _) in LANGUAGES {
        let texts = staging.join("texts").join(language);
        let guide = Guide::read(language, &texts, &folder)?;
        fs::write(folder.join(format!("{language}.html")), guide.page(index)?)?;
        fs::remove_file(texts.join("guide.ftl"))?;
    }
    Ok(())
}

/// The guide in one language.
struct Guide<'a> {
    language: &'a str,
    steps: Catalog,
    /// The words of buttons and fields, by the ids of their texts.
    labels: Vec<(String, String)>,
    /// Where the pictures are.
    folder: &'a Path,
}

impl<'a> Guide<'a> {
    fn read(language: &'a str, texts: &Path, folder: &'a Path) -> Result<Self> {
        let source = fs::read_to_string(texts.join("guide.ftl")).context("guide.ftl")?;
        let interface = Catalog::parse(&compile(&fs::read_to_string(texts.join("interface.ftl"))?)?)?;
        let labels = ids_inserted(&source).into_iter().map(|id| {
            let words = interface.format(id, &[], &|_| String::new());
            let words = words.with_context(|| format!("the guide names {id}, which is no text"))?;
            Ok((id.to_owned(), format!("{}{words}{}", LABEL[0], LABEL[1])))
        });
        Ok(Self {
            language,
            steps: Catalog::parse(&compile(&source)?)?,
            labels: labels.collect::<Result<_>>()?,
            folder,
        })
    }

    /// Returns a text as HTML; `None` if there is none.
    fn find(&self, id: &str) -> Option<String> {
        let args: Vec<_> = self.labels.iter().map(|(id, words)| (id.as_str(), Arg::Text(words))).collect();
        let text = self.steps.format(id, &args, &|_| String::new())?;
        Some(encode_text(&text).replace(LABEL[0], "<b>").replace(LABEL[1], "</b>"))
    }

    fn text(&self, id: &str) -> Result<String> {
        self.find(id).with_context(|| format!("{}: the guide lacks {id}", self.language))
    }

    fn page(&self, index: &str) -> Result<String> {
        let (style, icons) = (named(index, "/main-", ".css")?, named(index, "/icons-", ".svg")?);
        let (title, language) = (self.text("title")?, self.language);
        let entry =
            |flow| Ok(format!("<li><a class=\"link\" href=\"#{flow}\">{}</a></li>\n", self.text(flow)?));
        let contents: String = FLOWS.into_iter().map(entry).collect::<Result<_>>()?;
        let sections: String = FLOWS.into_iter().map(|flow| self.section(flow)).collect::<Result<_>>()?;
        Ok(format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n\
             <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n\
             <header class=\"public__head\"><a class=\"brand\" href=\"/\"><span class=\"brand__mark\">\
             <svg class=\"icon\" aria-hidden=\"true\"><use href=\"{icons}#c-causeway\"></use></svg></span>Causeway</a>\
             {}</header>\n<main class=\"guide\">\n<h1>{title}</h1>\n<p>{}</p>\n\
             <nav aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2>\n<ol>\n{contents}</ol></nav>\n\
             {sections}<p><a class=\"btn btn--primary\" href=\"/\">{}</a></p>\n</main>\n</body>\n</html>\n",
            self.languages(),
            self.text("lead")?,
            self.text("contents")?,
            self.text("open-portal")?,
        ))
    }

    /// Links to the guide in the other languages.
    fn languages(&self) -> String {
        let others = LANGUAGES.iter().filter(|(language, _)| *language != self.language);
        let links = others.map(|(language, name)| {
            format!("<a class=\"link\" lang=\"{language}\" hreflang=\"{language}\" href=\"{language}.html\">{name}</a>")
        });
        format!(
            "<nav class=\"guide__languages\" aria-label=\"Languages\">{}</nav>",
            links.collect::<String>()
        )
    }

    /// A flow: its steps, and a picture at each that has one.
    fn section(&self, flow: &str) -> Result<String> {
        let mut steps = String::new();
        for number in 1.. {
            let name = format!("{flow}-{number}");
            let Some(text) = self.find(&name) else { break };
            let picture = self.picture(&name)?;
            steps.extend(["<li>", &text, &picture, "</li>\n"]);
        }
        ensure!(!steps.is_empty(), "{}: {flow} has no step", self.language);
        Ok(format!(
            "<section aria-labelledby=\"{flow}\"><h2 id=\"{flow}\">{}</h2>\n<ol>\n{steps}</ol></section>\n",
            self.text(flow)?
        ))
    }

    /// Returns the picture of a step, if it has one.
    fn picture(&self, name: &str) -> Result<String> {
        let place = format!("{}/{name}.webp", self.language);
        let Ok(picture) = fs::read(self.folder.join(&place)) else { return Ok(String::new()) };
        let (width, height) = size(&picture).with_context(|| format!("{place} is no picture"))?;
        let words = self.text("picture")?;
        let words = encode_double_quoted_attribute(&words);
        Ok(format!(
            "<img class=\"guide__picture\" src=\"{place}\" alt=\"{words}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
        ))
    }
}

/// The ids that a source inserts.
fn ids_inserted(source: &str) -> Vec<&str> {
    let pieces = source.split("{ $").skip(1);
    let mut ids: Vec<_> = pieces.filter_map(|piece| piece.split_once(" }")).map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The address in a page that begins and ends so.
fn named<'a>(page: &'a str, beginning: &str, end: &str) -> Result<&'a str> {
    let at = page.find(beginning).with_context(|| format!("index.html names nothing like {beginning}"))?;
    let length = page[at..].find(end).with_context(|| format!("index.html names nothing like {end}"))?;
    Ok(&page[at..at + length + end.len()])
}

/// Width and height of a WebP picture in the extended format, which browsers write (RFC 9649, section 2.7).
fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let head = picture.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WEBPVP8X")?.get(8..14)?;
    let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], 0]) + 1;
    Some((number(0), number(3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_picture_is_read_from_its_head() {
        let picture = b"RIFF....WEBPVP8X\x0a\0\0\0\x20\0\0\0\x9f\x05\0\x83\x03\0";
        assert_eq!(size(picture), Some((1440, 900)));
        assert_eq!(size(b"GIF89a"), None);
    }

    #[test]
    fn labels_are_named_by_the_ids_of_their_texts() {
        assert_eq!(ids_inserted("a-1 = Press { $save }, { $close } or { $save }."), ["close", "save"]);
    }
}
