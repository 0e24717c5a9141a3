//! The scripts: our own, and the glue that wasm-bindgen writes.

use super::{NEVER, Versions, since};

/// What stands in a script only if it uses a feature, and since when that is known. What the application itself asks for
/// before it uses it (`BarcodeDetector`, `setAppBadge`, push) is not listed.
const FEATURES: [(&str, Versions); 28] = [
    ("??=", since(85.0, 79.0, 14.0)),
    (".replaceAll(", since(85.0, 77.0, 13.1)),
    (".at(", since(92.0, 90.0, 15.4)),
    ("structuredClone(", since(98.0, 94.0, 15.4)),
    ("Object.hasOwn(", since(93.0, 92.0, 15.4)),
    ("FinalizationRegistry", since(84.0, 79.0, 14.1)),
    (".randomUUID(", since(92.0, 95.0, 15.4)),
    ("Intl.PluralRules", since(63.0, 58.0, 13.0)),
    ("Intl.DisplayNames", since(81.0, 86.0, 14.1)),
    ("Intl.Segmenter", since(87.0, 125.0, 14.1)),
    ("Intl.DurationFormat", since(129.0, 136.0, 16.4)),
    (".findLast(", since(97.0, 104.0, 15.4)),
    (".toSorted(", since(110.0, 115.0, 16.0)),
    (".toReversed(", since(110.0, 115.0, 16.0)),
    (".with(", since(110.0, 115.0, 16.0)),
    ("Object.groupBy(", since(117.0, 119.0, 17.4)),
    ("Promise.withResolvers", since(119.0, 121.0, 17.4)),
    ("Promise.try", since(128.0, 134.0, 18.2)),
    ("AbortSignal.timeout", since(103.0, 100.0, 16.0)),
    ("AbortSignal.any", since(116.0, 124.0, 17.4)),
    ("URL.canParse", since(120.0, 115.0, 17.0)),
    ("showPopover", since(114.0, 125.0, 17.0)),
    (".inert =", since(102.0, 112.0, 15.5)),
    ("onscrollend", since(114.0, 109.0, 26.2)),
    ("(?<=", since(62.0, 78.0, 16.4)),
    ("(?<!", since(62.0, 78.0, 16.4)),
    ("requestIdleCallback(", since(47.0, 55.0, NEVER)),
    ("startViewTransition(", since(111.0, 144.0, 18.0)),
];

/// What of a script some promised browser does not know.
pub(crate) fn faults(script: &str) -> Vec<&'static str> {
    FEATURES
        .into_iter()
        .filter(|(feature, known)| !known.is_everywhere() && script.contains(feature))
        .map(|(feature, _)| feature)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::faults;

    #[test]
    fn what_a_promised_browser_does_not_know_is_found() {
        assert_eq!(faults("rows.toSorted(), rows.at(-1)"), [".toSorted("]);
        assert!(faults("a ??= b?.c ?? d.replaceAll('e', 'f')").is_empty());
    }
}
