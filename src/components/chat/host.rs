//! The host of an address that is shown: one whose letters mix scripts can look like another host, and is shown as the name
//! that the browser asks for (punycode).

use js_sys::RegExp;
use std::ops::Range;
use web_sys::Url;

/// What a host may be written in: one script, or those that one language uses together (the "highly restrictive" level of
/// UTS 39). Latin and Cyrillic or Greek together are what lookalikes are made of.
const ONE_LANGUAGE: &str = r"^(?:[\p{sc=Latn}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Latn}\p{sc=Hani}\p{sc=Bopo}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Latn}\p{sc=Hani}\p{sc=Hang}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Cyrl}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Grek}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Arab}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Hebr}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Deva}\p{sc=Zyyy}\p{sc=Zinh}]*|[\p{sc=Thai}\p{sc=Zyyy}\p{sc=Zinh}]*)$";

/// Where the host stands in an address of the web or of mail.
pub(super) fn place(address: &str) -> Option<Range<usize>> {
    let authority = address.find("://").map_or(0, |at| at + "://".len());
    let rest = &address[authority..];
    let end = authority + rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let start = address[authority..end].rfind('@').map_or(authority, |at| authority + at + 1);
    let end = address[start..end].find(':').map_or(end, |at| start + at);
    (start < end).then_some(start..end)
}

/// The address as it is shown.
pub fn shown(address: &str, target: &str) -> String {
    let Some(place) = place(address).filter(|place| !address[place.clone()].is_ascii()) else {
        return address.to_owned();
    };
    if RegExp::new(ONE_LANGUAGE, "u").test(&address[place.clone()]) {
        return address.to_owned();
    }
    // The browser's own reading of it; a mail address has its host read as one of the web.
    let web = if target.starts_with("mailto:") {
        format!("https://{}", &address[place.clone()])
    } else {
        target.to_owned()
    };
    match Url::new(&web) {
        Ok(url) => format!("{}{}{}", &address[..place.start], url.hostname(), &address[place.end..]),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn the_host_stands_behind_scheme_and_user_and_before_port_and_path() {
        for (address, host) in [
            ("https://a.example/x@y", Some("a.example")),
            ("HTTP://a.example:8080?x", Some("a.example")),
            ("www.a.example#x", Some("www.a.example")),
            ("ana@a.example", Some("a.example")),
            ("https://b.example@a.example/", Some("a.example")),
            ("https:///x", None),
        ] {
            assert_eq!(place(address).map(|place| &address[place]), host, "{address}");
        }
    }
}
