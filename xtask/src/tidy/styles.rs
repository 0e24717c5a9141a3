//! Stylesheets: tokens only, one declaration a line, and classes that code and stylesheets both have.

use super::files;
use crate::shell::root;
use anyhow::{Context as _, Result};
use std::{collections::BTreeSet, fs};

/// Checks every stylesheet.
pub(super) fn check(faults: &mut Vec<String>) -> Result<()> {
    check_tokens(faults)?;
    check_classes(faults)
}

/// Colours, sizes in px and z-index numbers stand in `style/tokens.css` only.
fn check_tokens(faults: &mut Vec<String>) -> Result<()> {
    for (name, text) in files("style", ".css")? {
        if name == "style/tokens.css" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let mut words = line.split(|c: char| c.is_whitespace() || "(),;:".contains(c));
            let is_raw = words.any(|word| {
                let is_px = word.strip_suffix("px").is_some_and(|digits| digits.parse::<f32>().is_ok());
                let hex = word.strip_prefix('#').unwrap_or_default();
                is_px || (hex.len() >= 3 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            });
            let has_number_layer = line
                .split("z-index:")
                .nth(1)
                .is_some_and(|value| value.trim_start().starts_with(|c: char| c.is_ascii_digit()));
            if is_raw
                || has_number_layer
                || line.contains("!important")
                    && !name.ends_with("base.css")
                    && !name.ends_with("layout.css")
                    && !name.ends_with("rail.css")
            {
                faults.push(format!("{name}:{}: use a token of style/tokens.css", number + 1));
            }
        }
    }
    Ok(())
}

/// Every class of a stylesheet is named by code, and every class that code gives has a stylesheet.
fn check_classes(faults: &mut Vec<String>) -> Result<()> {
    let mut styled = BTreeSet::new();
    for (name, text) in files("style", ".css")? {
        for (number, _) in
            without_comments(&text).lines().enumerate().filter(|(_, line)| line.matches(';').count() > 1)
        {
            faults.push(format!("{name}:{}: one declaration a line", number + 1));
        }
        styled.extend(styled_classes(&text));
    }
    let mut code: String = files("src", ".rs")?.into_iter().map(|(_, text)| text).collect();
    for (_, text) in files("public", ".js")? {
        code.push_str(&text);
    }
    for page in ["index.html", "shell/forms.html", "shell/forms.js", "xtask/src/guide.rs"] {
        code.push_str(&fs::read_to_string(root().join(page)).context(page)?);
    }
    for class in unused(&styled, &code) {
        faults.push(format!("style: .{class} is named by no code; remove its rules"));
    }
    for class in given_classes(&code).difference(&styled) {
        faults
            .push(format!("src: the class {class} is in no stylesheet; remove it or find by role and label"));
    }
    Ok(())
}

/// A stylesheet without its comments.
fn without_comments(text: &str) -> String {
    let mut parts = text.split("/*");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (comment, behind) in parts.filter_map(|part| part.split_once("*/")) {
        // Lines keep their numbers.
        text.extend(std::iter::repeat_n('\n', comment.matches('\n').count()));
        text.push_str(behind);
    }
    text
}

/// The classes in the selectors of a stylesheet.
fn styled_classes(text: &str) -> BTreeSet<String> {
    let text = without_comments(text);
    let selectors = text.split('{').filter_map(|part| part.rsplit(['}', ';']).next());
    let names = selectors.flat_map(|selector| selector.split('.').skip(1)).map(class_at_start);
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())).map(str::to_owned).collect()
}

/// What may stand in the name of a class.
fn is_of_class(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn class_at_start(text: &str) -> &str {
    &text[..text.find(|c| !is_of_class(c)).unwrap_or(text.len())]
}

/// The classes that code does not name, neither whole nor by a beginning that it fills in: `tick--{}`.
fn unused<'a>(styled: &'a BTreeSet<String>, code: &str) -> Vec<&'a str> {
    let words: BTreeSet<&str> = code.split(|c| !is_of_class(c)).collect();
    let beginnings: Vec<&str> = code
        .split('{')
        .map(|before| &before[before.rfind(|c| !is_of_class(c)).map_or(0, |at| at + 1)..])
        .filter(|word| word.len() > 2 && word.ends_with("--"))
        .collect();
    let is_named = |class: &str| {
        words.contains(class) || beginnings.iter().any(|beginning| class.starts_with(beginning))
    };
    styled.iter().map(String::as_str).filter(|class| !is_named(class)).collect()
}

/// The classes that views give as they stand: `class="..."` and `class:name=`.
fn given_classes(code: &str) -> BTreeSet<String> {
    let lists = code.split("class=\"").skip(1).filter_map(|behind| behind.split('"').next());
    let whole = lists.flat_map(str::split_whitespace);
    let switched = code.split("class:").skip(1).filter_map(|behind| {
        let name = class_at_start(behind);
        behind[name.len()..].starts_with('=').then_some(name)
    });
    whole.chain(switched).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn classes_are_read_from_selectors_and_from_nothing_else() {
        let text = "/* .none */ .card, .card--open > .icon:not(.small) { inset: 0.5rem; &.on { top: 1.5em; } }\n\
                    @media (width < 45.5rem) { .menu { color: red; } }";
        assert_eq!(styled_classes(text), set(&["card", "card--open", "icon", "menu", "on", "small"]));
    }

    #[test]
    fn a_class_is_used_as_a_whole_or_by_its_beginning() {
        let styled = set(&["card", "tick--read", "car", "banner--old"]);
        let code = r#"<p class="card banner">, format!("tick tick--{}", state)"#;
        assert_eq!(unused(&styled, code), ["banner--old", "car"]);
    }

    #[test]
    fn classes_that_views_give_are_found() {
        let code = r#"<p class="a b" class:is-on=move || true><b class=format!("x {c}")>"#;
        assert_eq!(given_classes(code), set(&["a", "b", "is-on"]));
    }
}
