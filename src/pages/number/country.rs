//! Which country a phone number is meant for, as far as what was typed tells: a rule without signals.

use causeway_api::contacts::Country;

/// The country that most numbers of a calling code belong to, where several share one.
const MAIN: [(i32, &str); 13] = [
    (1, "US"),
    (7, "RU"),
    (39, "IT"),
    (44, "GB"),
    (47, "NO"),
    (61, "AU"),
    (212, "MA"),
    (246, "IO"),
    (262, "RE"),
    (290, "SH"),
    (358, "FI"),
    (590, "GP"),
    (599, "CW"),
];

/// Returns the country that a number was meant for: that of its calling code, or the one that was chosen with it. `None` if
/// neither tells.
pub fn meant_country(typed: &str, chosen: &str, countries: &[Country]) -> Option<String> {
    let typed = typed.trim();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let behind = if typed.starts_with(['+', '\u{ff0b}']) {
        digits.as_str()
    } else if let Some(behind) = digits.strip_prefix("00").filter(|_| typed.starts_with("00")) {
        behind
    } else {
        return Some(chosen.to_owned()).filter(|chosen| !chosen.is_empty());
    };
    let begins = |country: &&Country| behind.starts_with(&country.calling.to_string());
    let calling = countries.iter().filter(begins).map(|country| country.calling).max()?;
    let codes: Vec<&str> =
        countries.iter().filter(|it| it.calling == calling).map(|it| it.code.as_str()).collect();
    let main = MAIN.iter().find(|(code, _)| *code == calling).map(|(_, country)| *country);
    [Some(chosen), main, codes.first().copied()]
        .into_iter()
        .flatten()
        .find(|country| codes.contains(country))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries() -> Vec<Country> {
        let all = [("CA", 1), ("US", 1), ("GB", 44), ("GG", 44), ("HK", 852), ("CH", 41)];
        all.map(|(code, calling)| Country { code: code.to_owned(), calling }).to_vec()
    }

    #[test]
    fn a_number_is_meant_for_the_country_of_its_code_or_the_one_that_was_chosen() {
        for (typed, chosen, meant) in [
            ("12", "HK", Some("HK")),
            ("+41 12", "HK", Some("CH")),
            ("0041 12", "HK", Some("CH")),
            ("+852 12", "", Some("HK")),
            ("+1 12", "HK", Some("US")),
            ("+1 12", "CA", Some("CA")),
            ("+44", "GG", Some("GG")),
            ("+44", "", Some("GB")),
            ("\u{ff0b}852 1", "CH", Some("HK")),
            ("+999", "HK", None),
            ("12", "", None),
            ("0791", "CH", Some("CH")),
        ] {
            assert_eq!(meant_country(typed, chosen, &countries()).as_deref(), meant, "{typed} {chosen}");
        }
    }
}
