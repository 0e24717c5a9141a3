//! The stylesheet: every part joined into one file, written so that the oldest browsers we promise read it.

use crate::{
    browsers::{self, styles},
    shell::{command, quietly, root},
};
use anyhow::{Context as _, Result, ensure};
use std::{fmt::Write as _, fs};

/// Joins the stylesheets that `style/main.css` imports into one file, so that one request brings them, and lowers it.
pub(crate) fn build() -> Result<()> {
    let folder = root().join("style");
    let mut joined = String::new();
    for line in fs::read_to_string(folder.join("main.css"))?.lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            Some(name) => {
                joined.push_str(&fs::read_to_string(folder.join(name)).with_context(|| name.to_owned())?);
            }
            None => joined.push_str(line),
        }
        joined.push('\n');
    }
    let lowered = lower(&with_window_queries(&joined)?)?;
    let file = root().join("target/style/main.css");
    // Trunk watches what it includes: the same contents must not look like a change.
    if fs::read_to_string(&file).is_ok_and(|before| before == lowered) {
        return Ok(());
    }
    Ok(fs::write(file, lowered)?)
}

/// What nesting, `light-dark()` and the like mean in words that every promised browser knows (lightningcss).
fn lower(joined: &str) -> Result<String> {
    let out = root().join("target/style");
    fs::create_dir_all(&out)?;
    let (before, after) = (out.join("joined.css"), out.join("lowered.css"));
    fs::write(&before, joined)?;
    quietly(
        command("lightningcss")
            .args(["--minify", "--targets", &browsers::query()])
            .arg(&before)
            .arg("--output-file")
            .arg(&after),
    )?;
    let lowered = fs::read_to_string(&after)?;
    let faults = styles::faults(&lowered);
    ensure!(faults.is_empty(), "the stylesheet is not for every promised browser:\n{}", faults.join("\n"));
    Ok(lowered)
}

/// Where container queries are not known, the same rules hold by the width of the window.
fn with_window_queries(css: &str) -> Result<String> {
    const BEGINNING: &str = "@container ";
    let (mut out, mut rest) = (String::new(), css);
    while let Some(at) = rest.find(BEGINNING) {
        let (before, query) = rest.split_at(at);
        let open = query.find('{').context("a container query without rules")?;
        let end = open + block_end(&query[open..]).context("a container query that does not end")?;
        let width = query[..open]
            .split_once("(inline-size < ")
            .and_then(|(_, width)| width.trim_end().strip_suffix("rem)"))
            .context("container queries are written as @container NAME (inline-size < Nrem)")?
            .parse::<f32>()?;
        out.push_str(before);
        out.push_str(&query[..end]);
        let (most, rules) = (width - 0.01, &query[open..end]);
        write!(
            out,
            "\n@supports not (container-type: inline-size) {{ @media (max-width: {most:.2}rem) {rules} }}"
        )?;
        rest = &query[end..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Behind the brace that closes the one at the beginning.
fn block_end(block: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in block.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_query_holds_by_the_window_where_containers_are_not_known() {
        let css = "a { b: c; }\n@container table (inline-size < 44rem) { d { e: f; } }\ng { h: i; }";
        let both = with_window_queries(css).unwrap();
        assert!(both.contains("@container table (inline-size < 44rem) { d { e: f; } }"), "{both}");
        assert!(
            both.contains(
                "@supports not (container-type: inline-size) { @media (max-width: 43.99rem) { d { e: f; } } }"
            ),
            "{both}"
        );
        assert!(both.ends_with("g { h: i; }"), "{both}");
        assert!(with_window_queries("@container (inline-size > 1rem) { a { b: c; } }").is_err());
    }
}
