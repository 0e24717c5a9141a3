//! The oldest browsers we promise, and whether what is built asks more of them.
//!
//! Safari 15.4 and Firefox 100 cannot be had on every machine; a table of what browsers know since when stands for them.
//! Versions are those of MDN's browser-compat-data.

pub(crate) mod scripts;
pub(crate) mod styles;
pub(crate) mod wasm;

/// A version of each engine: Chrome (and Edge), Firefox, Safari.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Versions {
    pub(crate) chrome: f32,
    pub(crate) firefox: f32,
    pub(crate) safari: f32,
}

/// The oldest that are promised. README and the page for older browsers name them, too.
pub(crate) const OLDEST: Versions = Versions { chrome: 100.0, firefox: 100.0, safari: 15.4 };

/// No version knows it yet.
const NEVER: f32 = f32::MAX;

const fn since(chrome: f32, firefox: f32, safari: f32) -> Versions {
    Versions { chrome, firefox, safari }
}

impl Versions {
    /// Whether every promised browser has reached this.
    fn is_everywhere(self) -> bool {
        self.chrome <= OLDEST.chrome && self.firefox <= OLDEST.firefox && self.safari <= OLDEST.safari
    }
}

/// The promised browsers in the words of browserslist.
pub(crate) fn query() -> String {
    let Versions { chrome, firefox, safari } = OLDEST;
    format!("chrome {chrome}, firefox {firefox}, safari {safari}")
}
