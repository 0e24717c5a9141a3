//! Addresses as strangers may see them: enough to recognise, too little to learn.

/// A phone number with its middle hidden: `+852 •••• 4567`.
pub fn mask_phone(phone: &str) -> String {
    match (
        phone.get(..=country_code_length(phone)),
        phone.len().checked_sub(4).and_then(|at| phone.get(at..)),
    ) {
        (Some(head), Some(tail)) if phone.len() >= 8 => format!("{head} •••• {tail}"),
        _ => String::new(),
    }
}

/// How many digits the country code has (ITU-T E.164, list of assigned codes): zones 1 and 7 have one, these
/// have two, all others three.
fn country_code_length(phone: &str) -> usize {
    const TWO: [&str; 43] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
        "82", "84", "86", "90", "91", "92", "93", "94", "95",
    ];
    let digits = phone.trim_start_matches('+');
    match digits {
        _ if digits.starts_with(['1', '7']) => 1,
        _ if digits.starts_with("98") || TWO.iter().any(|code| digits.starts_with(code)) => 2,
        _ => 3,
    }
}

/// A mail address with its name hidden: `p•••@lanternbay.example`.
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}•••@{domain}", local.chars().take(1).collect::<String>()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_hide_the_middle() {
        assert_eq!(mask_phone("+85255508821"), "+852 •••• 8821");
        assert_eq!(mask_phone("+12025550101"), "+1 •••• 0101");
        assert_eq!(mask_phone("+442079460000"), "+44 •••• 0000");
        assert_eq!(mask_phone(""), "");
        assert_eq!(mask_email("priya.nair@lanternbay.example"), "p•••@lanternbay.example");
    }
}
