//! The HTML part of a mail, made from its text: paragraphs, and links for addresses of our own site. What people typed into
//! names becomes neither markup nor a link.

use html_escape::{encode_double_quoted_attribute, encode_text};
use linkify::{LinkFinder, LinkKind};

/// How the mail looks: the reader's own colours, at a width that is easy to read.
const BODY: &str = "font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:1.5em auto;padding:0 1em;overflow-wrap:anywhere";

/// Returns the text of a mail as an HTML document. Only addresses that begin with `origin` become links.
pub(super) fn document(subject: &str, text: &str, origin: &str) -> String {
    let paragraphs: String = text
        .split("\n\n")
        .map(|paragraph| {
            let lines: Vec<String> =
                paragraph.trim().lines().map(|line| linked(line.trim(), origin)).collect();
            format!("<p>{}</p>\n", lines.join("<br>\n"))
        })
        .collect();
    let title = encode_text(subject);
    format!(
        "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n</head>\n\
         <body style=\"{BODY}\">\n{paragraphs}</body>\n</html>\n"
    )
}

fn linked(line: &str, origin: &str) -> String {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    finder.spans(line).map(|span| piece(span.as_str(), span.kind().is_some(), origin)).collect()
}

fn piece(text: &str, is_address: bool, origin: &str) -> String {
    let rest = text.strip_prefix(origin);
    let is_own = is_address && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']));
    let shown = encode_text(text);
    if is_own {
        format!("<a href=\"{}\">{shown}</a>", encode_double_quoted_attribute(text))
    } else {
        shown.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://chat.company.example";

    fn body(text: &str) -> String {
        let page = document("Subject", text, ORIGIN);
        let (_, rest) = page.split_once("overflow-wrap:anywhere\">\n").expect("a body");
        rest.trim_end_matches("</body>\n</html>\n").to_owned()
    }

    #[test]
    fn paragraphs_and_lines_stay_what_they_are() {
        assert_eq!(body("One\ntwo\n\nThree"), "<p>One<br>\ntwo</p>\n<p>Three</p>\n");
    }

    #[test]
    fn our_own_addresses_are_links_and_others_are_words() {
        let own = "https://chat.company.example/welcome#a-b_c";
        assert_eq!(body(own), format!("<p><a href=\"{own}\">{own}</a></p>\n"));
        for other in
            ["https://chat.company.example.evil.example/x", "http://evil.example", "javascript:alert(1)"]
        {
            assert_eq!(body(other), format!("<p>{other}</p>\n"));
        }
    }

    #[test]
    fn what_people_typed_is_no_markup() {
        assert_eq!(
            body("Hello <img src=x onerror=\"alert(1)\"> & co"),
            "<p>Hello &lt;img src=x onerror=\"alert(1)\"&gt; &amp; co</p>\n"
        );
        assert!(
            document("</title><script>", "x", ORIGIN).contains("<title>&lt;/title&gt;&lt;script&gt;</title>")
        );
    }
}
