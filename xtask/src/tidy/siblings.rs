//! No two sibling modules import each other; a parent and its own children may.

use super::{files, word_after};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// A module, by the names on the way to it from the root of its crate.
type Module = Vec<String>;

/// Checks the modules of the server and of the web application.
pub(super) fn check(faults: &mut Vec<String>) -> Result<()> {
    for root in ["server/src", "src"] {
        let texts = files(root, ".rs")?.into_iter().filter_map(|(name, text)| {
            let module = module_of(name.strip_prefix(root)?.trim_start_matches('/'))?;
            Some((module, text))
        });
        for (one, other) in circles(&texts.collect()) {
            faults.push(format!("{root}: {one} and {other} import each other; move what both need"));
        }
    }
    Ok(())
}

/// The module of a file; `None` for the roots of binaries, and for tests, which may look everywhere.
fn module_of(file: &str) -> Option<Module> {
    let path: Vec<&str> = file.strip_suffix(".rs")?.split('/').collect();
    if path[0] == "bin" || path == ["main"] || path.contains(&"tests") {
        return None;
    }
    let names = path.into_iter().filter(|name| !matches!(*name, "mod" | "lib"));
    Some(names.map(str::to_owned).collect())
}

/// Pairs of siblings each of which, or something inside of it, names something inside of the other.
fn circles(texts: &BTreeMap<Module, String>) -> Vec<(String, String)> {
    let mut arrows = BTreeSet::new();
    for (from, text) in texts {
        for to in paths(text, from) {
            let known = (0..=to.len()).rev().map(|length| &to[..length]).find(|to| texts.contains_key(*to));
            let Some(to) = known else { continue };
            let shared = from.iter().zip(to).take_while(|(one, other)| one == other).count();
            if shared < from.len() && shared < to.len() {
                arrows.insert((from[..=shared].join("::"), to[..=shared].join("::")));
            }
        }
    }
    let back =
        |(one, other): &(String, String)| one < other && arrows.contains(&(other.clone(), one.clone()));
    arrows.iter().filter(|arrow| back(arrow)).cloned().collect()
}

/// Every path into the crate that a module names, from the root of the crate.
fn paths(text: &str, module: &[String]) -> Vec<Module> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: Vec<&str> = code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for head in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(head) {
            let is_whole = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            if is_whole {
                expand(&code[at..], Vec::new(), &mut found);
            }
        }
    }
    found.into_iter().map(|path| absolute(&path, module)).collect()
}

/// Reads a path or a tree of paths at the beginning of `text`. Returns what follows it.
fn expand<'a>(text: &'a str, before: Module, found: &mut Vec<Module>) -> &'a str {
    let (word, rest) = word_after(text);
    let mut path = before;
    if !word.is_empty() {
        path.push(word.to_owned());
    }
    let Some(rest) = rest.strip_prefix("::") else {
        found.push(path);
        return rest;
    };
    let Some(mut rest) = rest.strip_prefix('{') else { return expand(rest, path, found) };
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        match rest.strip_prefix('}') {
            Some(behind) => return behind,
            None if rest.is_empty() => return rest,
            None => {
                let behind = expand(rest, path.clone(), found);
                // What is no tree, such as `as name`, is passed over.
                rest = behind.find([',', '}']).map_or("", |at| &behind[at..]);
            }
        }
    }
}

/// A path from the root of the crate.
fn absolute(path: &[String], module: &[String]) -> Module {
    let mut from: Module = module.to_vec();
    let mut rest = path;
    while let Some((head, behind)) = rest.split_first() {
        match head.as_str() {
            "crate" => from.clear(),
            "super" => drop(from.pop()),
            "self" => {}
            _ => break,
        }
        rest = behind;
    }
    from.extend(rest.iter().filter(|name| *name != "self").cloned());
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crate_of(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let texts = files.iter().map(|(file, text)| (module_of(file).unwrap(), (*text).to_owned()));
        circles(&texts.collect())
    }

    #[test]
    fn siblings_that_import_each_other_are_found_however_they_write_it() {
        let found = crate_of(&[
            ("lib.rs", "mod chats;\nmod users;"),
            ("chats/mod.rs", "use crate::{\n    App,\n    users::{self, add::NewEmployee as New},\n};"),
            ("users/mod.rs", "pub mod add;"),
            ("users/add.rs", "fn add() { super::super::chats::open() }"),
        ]);
        assert_eq!(found, [("chats".to_owned(), "users".to_owned())]);
    }

    #[test]
    fn a_parent_and_its_children_may_and_one_way_is_no_circle() {
        let found = crate_of(&[
            ("lib.rs", "pub struct App;"),
            ("chats/mod.rs", "use self::members::leave;\nuse crate::codes;"),
            ("chats/members.rs", "use super::open;\nuse crate::App;\n// use crate::codes::chats"),
            ("codes.rs", "#[cfg(test)]\nmod tests { use crate::chats::open; }"),
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn siblings_inside_a_room_are_siblings_too() {
        let found = crate_of(&[
            ("room/mod.rs", ""),
            ("room/a.rs", "use super::b::{x, y};"),
            ("room/b.rs", "use crate::room::a::z;"),
        ]);
        assert_eq!(found, [("room::a".to_owned(), "room::b".to_owned())]);
    }
}
