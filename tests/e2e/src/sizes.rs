//! The same on a desktop and on a phone.

use crate::browser::{Browser, DESKTOP, PHONE};
use anyhow::{Context as _, Result};

/// How large the window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A desktop window.
    Desktop,
    /// A phone.
    Phone,
}

impl Size {
    /// The word for it, to make names of.
    pub fn word(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
        }
    }
}

impl Browser {
    /// Does something in the window of a desktop, and again in that of a phone.
    pub async fn at_both_sizes(&self, steps: impl AsyncFn(Size) -> Result<()>) -> Result<()> {
        for (size, (width, height)) in [(Size::Desktop, DESKTOP), (Size::Phone, PHONE)] {
            self.resize(width, height).await?;
            steps(size).await.with_context(|| format!("on a {}", size.word()))?;
        }
        Ok(())
    }
}
