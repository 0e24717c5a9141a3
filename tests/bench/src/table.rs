//! The table: what, how much, the goal, and whether it was reached.

use anyhow::Result;
use std::{fmt::Write as _, fs, io::Write as _};

/// A figure and its goal.
pub(crate) enum Goal {
    AtMost(f64),
    AtLeast(f64),
    /// Said, not judged.
    None,
}

/// The rows so far.
pub(crate) struct Table {
    rows: Vec<String>,
    missed: usize,
}

fn load_average() -> Result<String> {
    Ok(fs::read_to_string("/proc/loadavg")?.split(' ').next().unwrap_or_default().to_owned())
}

impl Table {
    pub(crate) fn begin() -> Result<Self> {
        let mut head = String::new();
        write!(head, "{:<58} {:>12} {:>14}  {:<4} load", "figure", "measured", "goal", "")?;
        Ok(Self { rows: vec![head], missed: 0 })
    }

    /// Adds a figure and shows it at once.
    pub(crate) fn add(&mut self, what: &str, value: f64, unit: &str, goal: Goal) -> Result<()> {
        let (goal, verdict) = match goal {
            Goal::AtMost(most) => (format!("<= {most} {unit}"), if value <= most { "ok" } else { "MISS" }),
            Goal::AtLeast(least) => {
                (format!(">= {least} {unit}"), if value >= least { "ok" } else { "MISS" })
            }
            Goal::None => (String::new(), ""),
        };
        let row = format!(
            "{what:<58} {:>12} {goal:>14}  {verdict:<4} {}",
            if value.abs() < 10.0 { format!("{value:.2} {unit}") } else { format!("{value:.1} {unit}") },
            load_average()?
        );
        writeln!(std::io::stderr(), "{row}")?;
        self.missed += usize::from(verdict == "MISS");
        self.rows.push(row);
        Ok(())
    }

    /// How many goals were missed.
    pub(crate) fn missed(&self) -> usize {
        self.missed
    }

    pub(crate) fn print(&self) -> Result<()> {
        Ok(writeln!(std::io::stdout(), "\n{}", self.rows.join("\n"))?)
    }
}
