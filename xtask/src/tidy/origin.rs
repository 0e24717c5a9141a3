//! The list of the sentences that Causeway comes from names scenarios that exist.

use super::files;
use anyhow::{Context as _, Result};

const LIST: &str = "docs/ORIGIN.md";

/// Checks that each name of a scenario in the list is one.
pub(super) fn check(faults: &mut Vec<String>) -> Result<()> {
    let documents = files("docs", ".md")?;
    let (_, list) = documents.iter().find(|(name, _)| name == LIST).context(LIST)?;
    let scenarios: String = files("tests/e2e/tests", ".rs")?.into_iter().map(|(_, text)| text).collect();
    faults.extend(
        unknown(list, &scenarios).into_iter().map(|name| format!("{LIST}: there is no scenario {name}")),
    );
    Ok(())
}

/// The names between backticks in the tables that no scenario has.
fn unknown<'a>(list: &'a str, scenarios: &str) -> Vec<&'a str> {
    let rows = list.lines().filter(|line| line.starts_with('|'));
    let names = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    names.filter(|name| !scenarios.contains(&format!("async fn {name}()"))).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_scenario_that_is_gone_is_found() {
        let list = "| a sentence | `it_is_so`, `it_was_so` |\n`docs/` | no row |";
        assert_eq!(super::unknown(list, "async fn it_is_so() -> Result<()> {"), ["it_was_so"]);
    }
}
