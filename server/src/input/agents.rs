//! What a browser's own description tells: browser, system, kind of device. It is a courtesy to people who look at the
//! list of their devices; nothing is decided by it. The order of the words matters, as every browser names others too
//! (MDN, "Browser detection using the user agent").

use causeway_api::devices::DeviceKind;

/// What is known of a browser; names are those of the products and need no translation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// The browser, empty when unknown.
    pub browser: &'static str,
    /// The operating system, empty when unknown.
    pub system: &'static str,
    /// The kind of device.
    pub kind: DeviceKind,
}

impl Agent {
    /// Browser and system in one text, as far as they are known.
    pub fn name(&self) -> String {
        match (self.browser, self.system) {
            ("", "") => "?".to_owned(),
            ("", one) | (one, "") => one.to_owned(),
            (browser, system) => format!("{browser} · {system}"),
        }
    }
}

const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str, DeviceKind); 8] = [
    ("iPhone", "iOS", DeviceKind::Phone),
    ("iPad", "iPadOS", DeviceKind::Tablet),
    ("Android", "Android", DeviceKind::Phone),
    ("Windows", "Windows", DeviceKind::Computer),
    ("CrOS", "ChromeOS", DeviceKind::Computer),
    ("Macintosh", "macOS", DeviceKind::Computer),
    ("Linux", "Linux", DeviceKind::Computer),
    ("FreeBSD", "FreeBSD", DeviceKind::Computer),
];

/// What a `User-Agent` (RFC 9110, 10.1.5) tells.
pub fn describe(agent: &str) -> Agent {
    let browser = BROWSERS.iter().find(|(word, _)| agent.contains(word)).map_or("", |(_, name)| name);
    let (system, kind) = SYSTEMS
        .iter()
        .find(|(word, ..)| agent.contains(word))
        .map_or(("", DeviceKind::Computer), |(_, name, kind)| (*name, *kind));
    // Android says "Mobile" on phones only.
    let is_tablet = system == "Android" && !agent.contains("Mobile");
    Agent { browser, system, kind: if is_tablet { DeviceKind::Tablet } else { kind } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_browsers_are_named() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (agent, name, kind) in [
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/156.0 Safari/537.36"),
                "Chrome · Windows",
                DeviceKind::Computer,
            ),
            (
                format!("Mozilla/5.0 (Windows NT 10.0) {webkit} Chrome/156.0 Safari/537.36 Edg/156.0"),
                "Edge · Windows",
                DeviceKind::Computer,
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1".to_owned(),
                "Safari · iOS",
                DeviceKind::Phone,
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/156.0 Mobile Safari/537.36"),
                "Chrome · Android",
                DeviceKind::Phone,
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/156.0 Safari/537.36"),
                "Chrome · Android",
                DeviceKind::Tablet,
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0".to_owned(),
                "Firefox · macOS",
                DeviceKind::Computer,
            ),
            ("curl/8".to_owned(), "?", DeviceKind::Computer),
        ] {
            let found = describe(&agent);
            assert_eq!((found.name().as_str(), found.kind), (name, kind), "{agent}");
        }
    }
}
