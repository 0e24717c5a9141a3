//! The invariants of `docs/ARCHITECTURE.md`, checked.

mod origin;
mod shared_texts;
mod siblings;
mod styles;
mod words;

use crate::{
    shell::{root, say, step},
    spa::collect,
};
use anyhow::{Context as _, Result, bail};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// Lines of code that a file may have, its tests not counted.
const LINES_MAX: usize = 300;
/// Lines that a file of tests may have.
const TEST_LINES_MAX: usize = 400;
/// Files of code that a folder may have; more of them want rooms.
const FILES_MAX: usize = 15;
/// Folders that are flat by design: one file per table, per change of the schema, per resource.
const FLAT: [&str; 3] = ["server/src/store/entity", "server/src/store/migration", "src/client"];

/// A rule: in files below `folder` that end so, none of `words` may stand, except below `except`.
struct Rule {
    why: &'static str,
    folder: &'static str,
    end: &'static str,
    words: &'static [&'static str],
    except: &'static [&'static str],
}

const RULES: [Rule; 12] = [
    Rule {
        why: "the API crate does no I/O and knows no framework",
        folder: "api/src",
        end: ".rs",
        words: &["leptos", "axum", "sea_orm", "std::fs", "std::net", "tokio"],
        except: &[],
    },
    Rule {
        why: "the ledger does no I/O and knows no framework",
        folder: "ledger/src",
        end: ".rs",
        words: &["leptos", "axum", "sea_orm", "std::fs", "std::net", "tokio"],
        except: &[],
    },
    Rule {
        why: "the catalog does no I/O and knows no framework",
        folder: "catalog/src",
        end: ".rs",
        words: &["leptos", "axum", "sea_orm", "std::fs", "std::net", "tokio"],
        except: &[],
    },
    Rule {
        why: "only src/client talks to the server",
        folder: "src",
        end: ".rs",
        words: &["gloo_net", "WebSocket::", "web_sys::WebSocket"],
        except: &["src/client"],
    },
    Rule {
        why: "components know neither client nor state",
        folder: "src/components",
        end: ".rs",
        words: &["crate::client", "crate::state", "client::", "state::"],
        except: &[],
    },
    Rule {
        why: "only the store names the database",
        folder: "server/src",
        end: ".rs",
        words: &["sea_orm"],
        except: &["server/src/store"],
    },
    Rule {
        why: "rules know neither HTTP nor SQL",
        folder: "server/src/domain",
        end: ".rs",
        words: &["axum", "sea_orm"],
        except: &[],
    },
    Rule {
        why: "what is typed is read without the rest of the server",
        folder: "server/src/input",
        end: ".rs",
        words: &["axum", "sea_orm", "crate::domain", "crate::store", "crate::http", "crate::App"],
        except: &[],
    },
    Rule {
        why: "time, ids and randomness come from clock.rs",
        folder: "server/src",
        end: ".rs",
        words: &[
            "SystemTime",
            "Utc::now",
            "now_v7",
            "Uuid::new_v4",
            "rand::",
            "thread::sleep",
            "time::sleep",
        ],
        except: &["server/src/clock.rs"],
    },
    Rule {
        why: "text is text: no HTML is set from a string",
        folder: "src",
        end: ".rs",
        words: &["inner_html", "set_inner_html", "js_sys::eval", "Function::new"],
        except: &[],
    },
    Rule {
        why: "hand-written SQL lives in raw.rs and the migrations",
        folder: "server/src/store",
        end: ".rs",
        words: &["Statement::from"],
        except: &["server/src/store/raw", "server/src/store/migration"],
    },
    Rule {
        why: "unfinished work is not committed",
        folder: "server/src",
        end: ".rs",
        words: &["todo!", "unimplemented!", "FIXME", "dbg!"],
        except: &[],
    },
];

/// `cargo xtask tidy`.
pub(crate) fn run() -> Result<()> {
    step("tidy", || {
        let mut faults = Vec::new();
        for rule in &RULES {
            check_rule(rule, &mut faults)?;
        }
        styles::check(&mut faults)?;
        shared_texts::check(&mut faults)?;
        check_lengths(&mut faults)?;
        check_folders(&mut faults)?;
        siblings::check(&mut faults)?;
        check_named_paths(&mut faults)?;
        words::check(&mut faults)?;
        origin::check(&mut faults)?;
        for fault in &faults {
            say(&format!("\n  {fault}"));
        }
        if faults.is_empty() { Ok(()) } else { bail!("{} faults", faults.len()) }
    })
}

fn files(folder: &str, end: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found)?;
    found.sort();
    let name =
        |file: &PathBuf| file.strip_prefix(root()).map(|path| path.display().to_string()).unwrap_or_default();
    found
        .iter()
        .filter(|file| file.to_string_lossy().ends_with(end))
        .map(|file| Ok((name(file), fs::read_to_string(file)?)))
        .collect()
}

/// The word at the beginning of a text, and what follows it.
fn word_after(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len()))
}

/// A line without its comment; good enough, as no rule's word stands in a string with slashes.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

fn check_rule(rule: &Rule, faults: &mut Vec<String>) -> Result<()> {
    for (name, text) in files(rule.folder, rule.end)? {
        if rule.except.iter().any(|except| name.starts_with(except)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = rule.words.iter().find(|word| code(line).contains(**word)) {
                faults.push(format!("{name}:{}: {word}: {}", number + 1, rule.why));
            }
        }
    }
    Ok(())
}

fn check_lengths(faults: &mut Vec<String>) -> Result<()> {
    for folder in ["api", "catalog", "lab", "ledger", "server", "src", "tests", "xtask"] {
        for (name, text) in files(folder, ".rs")? {
            let lines = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
            let is_test = name.starts_with("tests/") || name.starts_with("server/tests/");
            if lines > if is_test { TEST_LINES_MAX } else { LINES_MAX } {
                faults.push(format!("{name}: {lines} lines; split it by what a reader looks for"));
            }
        }
    }
    Ok(())
}

/// No folder of code is a heap.
fn check_folders(faults: &mut Vec<String>) -> Result<()> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for folder in ["server/src", "src"] {
        for (name, _) in files(folder, ".rs")? {
            let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
            *sizes.entry(parent).or_default() += 1;
        }
    }
    for (folder, size) in sizes {
        if size > FILES_MAX && !FLAT.contains(&folder.as_str()) {
            faults.push(format!("{folder}: {size} files; give what belongs together a room"));
        }
    }
    Ok(())
}

/// Every path that the documents name in backquotes exists.
fn check_named_paths(faults: &mut Vec<String>) -> Result<()> {
    let mut documents = files("docs", ".md")?;
    documents.push(("README.md".into(), fs::read_to_string(root().join("README.md")).context("README.md")?));
    for (name, text) in documents {
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = word.contains('/')
                && !word.starts_with('/')
                && word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
                && [
                    "api/", "catalog/", "docs/", "lab/", "ledger/", "public/", "server/", "src/", "style/",
                    "tests/", "texts/", "xtask/", ".ci/", ".cargo/",
                ]
                .iter()
                .any(|start| word.starts_with(start));
            if is_path && !root().join(word).exists() {
                faults.push(format!("{name}: `{word}` does not exist"));
            }
        }
    }
    Ok(())
}
