//! Filling in a compiled text. Braces stand for themselves nowhere: the compiler refuses them.

use crate::Arg;
use std::fmt::Write as _;

/// Appends a text to `into`, with its arguments in place.
pub(crate) fn format(text: &str, args: &[(&str, Arg)], category: &dyn Fn(i64) -> String, into: &mut String) {
    let mut rest = text;
    while let Some((before, inside, after)) = split_braces(rest) {
        into.push_str(before);
        match inside.split_once(", plural, ") {
            Some((name, variants)) => {
                if let Some(Arg::Number(number)) = find(name, args) {
                    format(variant(variants, &category(number)), args, category, into);
                }
            }
            None => insert(find(inside, args), inside, into),
        }
        rest = after;
    }
    into.push_str(rest);
}

fn find<'a>(name: &str, args: &[(&str, Arg<'a>)]) -> Option<Arg<'a>> {
    args.iter().find(|(given, _)| *given == name).map(|(_, arg)| *arg)
}

/// Appends an argument; the name of one that was not given, so that it is seen.
fn insert(arg: Option<Arg>, name: &str, into: &mut String) {
    match arg {
        Some(Arg::Text(text)) => into.push_str(text),
        Some(Arg::Number(number)) => {
            // A string takes whatever is written to it.
            let _ = write!(into, "{number}");
        }
        None => into.push_str(name),
    }
}

/// Returns the variant of a category, else that of `other`.
fn variant<'a>(variants: &'a str, category: &str) -> &'a str {
    let mut other = "";
    let mut rest = variants;
    while let Some((name, inside, after)) = split_braces(rest) {
        let name = name.trim();
        if name == category {
            return inside;
        }
        if name == "other" {
            other = inside;
        }
        rest = after;
    }
    other
}

/// Returns what stands before the first pair of braces, inside and behind it.
fn split_braces(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find('{')?;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return Some((&text[..open], &text[open + 1..at], &text[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, args: &[(&str, Arg)]) -> String {
        let mut into = String::new();
        let category = |number: i64| if number == 1 { "one".to_owned() } else { "few".to_owned() };
        format(text, args, &category, &mut into);
        into
    }

    #[test]
    fn arguments_are_inserted_as_they_are() {
        let args = [("name", Arg::Text("{count} O’Hara")), ("count", Arg::Number(-3))];
        assert_eq!(filled("{name} has {count}.", &args), "{count} O’Hara has -3.");
        assert_eq!(filled("nothing", &args), "nothing");
    }

    #[test]
    fn a_category_without_a_variant_takes_other() {
        let text = "In {count, plural, one {{count} day} other {{count} days}}.";
        assert_eq!(filled(text, &[("count", Arg::Number(1))]), "In 1 day.");
        assert_eq!(filled(text, &[("count", Arg::Number(2))]), "In 2 days.");
    }

    #[test]
    fn an_argument_that_is_missing_is_seen() {
        assert_eq!(filled("Dear {name}", &[]), "Dear name");
    }
}
