//! Phone numbers by the rules of libphonenumber, and what a number's country tells of its owner.

use causeway_api::{
    contacts::Country,
    validate::{Fault, digit, is_ignorable},
};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use unicode_normalization::UnicodeNormalization as _;

/// A number that can be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// E.164.
    pub number: String,
    /// ISO 3166-1 alpha-2 of its country.
    pub country: String,
}

/// Longest text that is read as a number; what is longer is none, and is not worth the patterns' time.
const TYPED_MAX: usize = 64;

/// Reads a number as people type and paste it, in the country that was chosen with it; without one the number needs its
/// country code. Refuses numbers that reach no person or cost their caller more than a call.
pub fn read(typed: &str, country: &str) -> Result<Phone, Fault> {
    let region = country.to_ascii_uppercase().parse::<Region>().ok();
    let mut fault = Fault::Phone;
    for way in ways(&written(typed), region.is_some()) {
        let Ok(number) = PhoneNumber::parse(way.as_str(), region) else { continue };
        if is_special(&number) {
            fault = Fault::PhoneSpecial;
            continue;
        }
        if let Some(country) = number.get_region_code().filter(|_| is_possible(&number)) {
            let number = number.format_as(PhoneNumberFormat::E164).into_owned();
            return Ok(Phone { number, country: country.to_string() });
        }
    }
    Err(fault)
}

/// Reads a number that may be missing: empty when nothing was typed.
pub fn read_optional(typed: &str, country: &str) -> Result<String, Fault> {
    if written(typed).is_empty() { Ok(String::new()) } else { read(typed, country).map(|phone| phone.number) }
}

/// What was typed, in ASCII digits, without what cannot be seen and without the apostrophe by which spreadsheets keep a
/// number as text.
fn written(typed: &str) -> String {
    let visible = typed.nfkc().filter(|c| !is_ignorable(*c)).take(TYPED_MAX + 1);
    let text: String = visible.map(|c| digit(c).unwrap_or(c)).collect();
    text.trim().trim_start_matches(['\'', '’', '‘', '´', '`']).trim_start().to_owned()
}

/// Fewer digits than this are no number that lost its plus: they may well be a number of the typist's own country.
const DIGITS_WITHOUT_PLUS: usize = 11;

/// The ways in which a number may be meant, the likeliest first: as written in the country; from abroad by 00; where no
/// country is known, without its plus, as spreadsheets leave it; with the 1 that Mexico's mobile numbers had until 2019.
fn ways(text: &str, has_country: bool) -> Vec<String> {
    if text.chars().count() > TYPED_MAX {
        return Vec::new();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_abroad = text.starts_with('+') || text.starts_with("00");
    // The zero in brackets is dialled inside the country only.
    let text = if is_abroad { text.replace("(0)", "") } else { text.to_owned() };
    let mut ways = vec![text.clone()];
    if let Some(rest) = text.strip_prefix("00") {
        ways.push(format!("+{rest}"));
    } else if !is_abroad && !has_country && digits.len() >= DIGITS_WITHOUT_PLUS {
        ways.push(format!("+{text}"));
    }
    let mexican = digits.trim_start_matches('0').strip_prefix("521").filter(|rest| rest.len() == 10);
    ways.extend(mexican.map(|rest| format!("+52{rest}")));
    ways
}

/// Whether a number costs its caller, reaches no person, or belongs to no country: satellites, networks and services of
/// the whole world (ITU-T E.164 service and network codes).
fn is_special(number: &PhoneNumber) -> bool {
    let is_of_no_country = matches!(number.country_code, 800 | 808 | 870 | 878 | 881..=883 | 888 | 979);
    let is_of_a_service = matches!(
        number.get_type(),
        PhoneNumberType::PremiumRate
            | PhoneNumberType::SharedCost
            | PhoneNumberType::TollFree
            | PhoneNumberType::UAN
            | PhoneNumberType::PersonalNumber
            | PhoneNumberType::Pager
            | PhoneNumberType::VoiceMail
    );
    is_of_no_country || is_of_a_service
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
        let hong_kong = Ok(("+85261234567".to_owned(), "HK".to_owned()));
        assert_eq!(read("6123 4567", "HK"), hong_kong);
        assert_eq!(read("+852 6123-4567", "JP"), hong_kong);
        assert_eq!(read("090-1234-5678", "JP"), Ok(("+819012345678".to_owned(), "JP".to_owned())));
        assert_eq!(read("(202) 555-0151", "US").map(|phone| phone.0), Ok("+12025550151".to_owned()));
        for bad in
            ["", "12", "+852 1", "abc", "+999 12345678", "6123 4567", "0123456789", "2025550151", "68620000"]
        {
            assert_eq!(read(bad, ""), Err(Fault::Phone), "{bad}");
        }
        // Digits that are no number of the country are not a stranger's elsewhere.
        assert_eq!(read("68620000", "HK"), Err(Fault::Phone));
    }

    #[test]
    fn numbers_are_read_as_they_are_pasted() {
        for (typed, country, number) in [
            ("\u{202a}+852 6123 4567\u{202c}", "", "+85261234567"),
            ("＋８５２６１２３４５６７", "", "+85261234567"),
            ("+٨٥٢٦١٢٣٤٥٦٧", "", "+85261234567"),
            ("'+85261234567", "", "+85261234567"),
            ("’+852-6123-4567", "", "+85261234567"),
            ("85261234567", "", "+85261234567"),
            ("0085261234567", "", "+85261234567"),
            ("00852 6123 4567", "US", "+85261234567"),
            ("0086 138 1234 5678", "HK", "+8613812345678"),
            ("+49 (0)30/901820", "", "+4930901820"),
            ("0049 (0) 30 901820", "", "+4930901820"),
            ("(030) 901820", "DE", "+4930901820"),
            ("+52 1 55 1234 5678", "MX", "+525512345678"),
            ("+52 1 55 1234 5678", "", "+525512345678"),
            ("0052 1 55 1234 5678", "HK", "+525512345678"),
            ("55 1234 5678", "MX", "+525512345678"),
            ("+852\u{a0}6123\u{2011}4567", "", "+85261234567"),
        ] {
            assert_eq!(
                read(typed, country).map(|phone| phone.number).as_deref(),
                Ok(number),
                "{typed:?} {country}"
            );
        }
        assert_eq!(read(&"1".repeat(1_000), "US"), Err(Fault::Phone));
    }

    #[test]
    fn numbers_that_cost_their_caller_or_reach_no_person_are_refused() {
        for (typed, country) in [
            ("+1 900 234 5678", "US"),
            ("+1 800 234 5678", "US"),
            ("900 234 5678", "US"),
            ("+44 70 1234 5678", ""),
            ("+49 900 1 234567", ""),
            ("0085290012345678", ""),
            ("+870 773 111 632", ""),
            ("+881 6 514 12345", ""),
            ("+882 13 123456", ""),
            ("+883 5100 1234 5678", ""),
            ("+979 123 456 789", ""),
            ("+800 1234 5678", ""),
            ("+808 1234 5678", ""),
        ] {
            assert!(read(typed, country).is_err(), "{typed}");
        }
        for typed in
            ["+1 900 234 5678", "+1 800 234 5678", "+44 70 1234 5678", "+870 773 111 632", "+979 123 456 789"]
        {
            assert_eq!(read(typed, ""), Err(Fault::PhoneSpecial), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_e164_and_reads_the_same_again(
            typed in "[+]?[0-9 ()./-]{0,20}", at in 0..200_usize
        ) {
            let all = countries();
            let country = &all[at % all.len()].code;
            if let Ok(phone) = read(&typed, country) {
                let digits = phone.number.strip_prefix('+').unwrap();
                prop_assert!((7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!(causeway_api::validate::phone(&phone.number).is_ok(), "{:?}", phone);
                // A number is the same whichever country is chosen with it.
                for chosen in ["", "HK", "US"] {
                    prop_assert_eq!(read(&phone.number, chosen), Ok(phone.clone()));
                }
            }
        }

        #[test]
        fn no_text_makes_the_reading_of_numbers_fail(typed in "\\PC{0,40}", country in "[A-Za-z]{0,3}") {
            if let Ok(phone) = read(&typed, &country) {
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
