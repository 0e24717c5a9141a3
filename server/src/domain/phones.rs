//! Phone numbers by the rules of libphonenumber, and what a number's country tells of its owner.

use causeway_api::contacts::Country;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

/// A number that can be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// E.164.
    pub number: String,
    /// ISO 3166-1 alpha-2 of its country; empty for numbers of no country.
    pub country: String,
}

/// Reads a number as somebody types it, in the country that was chosen beside it.
pub fn read(typed: &str, country: &str) -> Option<Phone> {
    let region = country.to_ascii_uppercase().parse::<Region>().ok();
    let number = PhoneNumber::parse(typed.trim(), region).ok()?;
    // Numbers that cost their caller, or reach no person, get no code (ITU-T E.164 service codes).
    let is_costly = matches!(
        number.get_type(),
        PhoneNumberType::PremiumRate
            | PhoneNumberType::SharedCost
            | PhoneNumberType::TollFree
            | PhoneNumberType::UAN
    );
    if !is_possible(&number) || is_costly {
        return None;
    }
    let country = number.get_region_code().map(|region| region.to_string()).unwrap_or_default();
    Some(Phone { number: number.format_as(PhoneNumberFormat::E164).into_owned(), country })
}

/// Whether a number is valid. Numbers that North America keeps for fiction (555-01xx) are not assigned; a demo and a
/// test need them.
fn is_possible(number: &PhoneNumber) -> bool {
    let e164 = number.format_as(PhoneNumberFormat::E164);
    let is_fiction = e164.len() == 12 && e164.starts_with("+1") && &e164[5..10] == "55501";
    number.is_valid() || is_fiction
}

/// Every country that has a calling code, by its ISO 3166-1 code.
pub fn countries() -> Vec<Country> {
    let mut all: Vec<Country> = PHONE_NUMBER_UTIL
        .get_supported_regions()
        .filter_map(|region| {
            let calling = PHONE_NUMBER_UTIL.get_country_code_for_region(region)?;
            Some(Country { code: region.to_string(), calling })
        })
        .collect();
    all.sort_by(|one, other| one.code.cmp(&other.code));
    all
}

/// The language that people of a country read, as far as it is one of ours; nothing where that is open.
pub fn language_of(country: &str) -> Option<&'static str> {
    match country {
        "HK" | "MO" | "TW" => Some("zh-Hant"),
        "CN" => Some("zh-Hans"),
        "JP" => Some("ja"),
        "US" | "GB" | "IE" | "AU" | "NZ" | "CA" | "SG" | "IN" | "ZA" | "PH" | "NG" | "KE" | "GH" | "MT" => {
            Some("en")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_in_their_country() {
        let read = |typed, country| read(typed, country).map(|phone| (phone.number, phone.country));
        let hong_kong = Some(("+85261234567".to_owned(), "HK".to_owned()));
        assert_eq!(read("6123 4567", "HK"), hong_kong);
        assert_eq!(read("+852 6123-4567", "JP"), hong_kong);
        assert_eq!(read("090-1234-5678", "JP"), Some(("+819012345678".to_owned(), "JP".to_owned())));
        assert_eq!(read("(202) 555-0151", "US").map(|phone| phone.0), Some("+12025550151".to_owned()));
        for bad in ["", "12", "+852 1", "abc", "+999 12345678"] {
            assert_eq!(read(bad, "HK"), None, "{bad}");
        }
    }

    #[test]
    fn numbers_that_cost_their_caller_are_refused() {
        assert_eq!(read("+1 900 234 5678", "US"), None);
        assert_eq!(read("+1 800 234 5678", "US"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_e164_and_reads_the_same_again(
            typed in "[+]?[0-9 ()./-]{0,20}", at in 0..200_usize
        ) {
            let all = countries();
            let country = &all[at % all.len()].code;
            if let Some(phone) = read(&typed, country) {
                prop_assert!(causeway_api::validate::phone(&phone.number).is_ok(), "{:?}", phone);
                // A number is the same whatever stands beside it.
                for beside in ["", "HK", "US"] {
                    prop_assert_eq!(read(&phone.number, beside), Some(phone.clone()));
                }
            }
        }

        #[test]
        fn no_text_makes_the_reading_of_numbers_fail(typed in "\\PC{0,40}", country in "[A-Za-z]{0,3}") {
            if let Some(phone) = read(&typed, &country) {
                prop_assert!(phone.number.starts_with('+'));
            }
        }

        #[test]
        fn spaces_dashes_and_brackets_change_nothing(digits in "6[0-9]{7}", shape in 0..4_u8) {
            let (head, tail) = digits.split_at(4);
            let typed = match shape {
                0 => format!("{head} {tail}"),
                1 => format!("{head}-{tail}"),
                2 => format!("+852 {head} {tail}"),
                _ => format!("(852) {head}{tail}").replace("(852)", "+852"),
            };
            prop_assert_eq!(read(&typed, "HK"), read(&digits, "HK"));
        }
    }

    #[test]
    fn the_list_of_countries_is_whole() {
        let all = countries();
        assert!(all.len() > 230);
        assert!(all.iter().any(|country| country.code == "HK" && country.calling == 852));
        assert_eq!(language_of("TW"), Some("zh-Hant"));
        assert_eq!(language_of("BR"), None);
    }
}
