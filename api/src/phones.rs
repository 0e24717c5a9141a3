//! Phone numbers as people read them.

/// Returns a number in E.164 with spaces: its calling code, then groups as they are common in the country, else of three or
/// four digits. Anything else is returned as it is.
pub fn spaced(number: &str) -> String {
    let is_number =
        |digits: &&str| (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let Some(digits) = number.strip_prefix('+').filter(is_number) else { return number.to_owned() };
    let (calling, mut rest) = digits.split_at(calling_length(digits));
    let mut text = format!("+{calling}");
    for length in groups(calling, rest.len()) {
        let (group, behind) = rest.split_at(length.min(rest.len()));
        text.push(' ');
        text.push_str(group);
        rest = behind;
    }
    text
}

/// How many digits the calling code has (ITU-T E.164, list of assigned country codes).
fn calling_length(digits: &str) -> usize {
    const TWO: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
        "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
        "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    if digits.starts_with(['1', '7']) {
        1
    } else if TWO.iter().any(|code| digits.starts_with(code)) {
        2
    } else {
        3
    }
}

/// The lengths of the groups behind a calling code.
fn groups(calling: &str, digits: usize) -> Vec<usize> {
    match (calling, digits) {
        ("1", 10) => vec![3, 3, 4],
        ("7", 10) => vec![3, 3, 2, 2],
        ("41", 9) => vec![2, 3, 2, 2],
        ("33", 9) => vec![1, 2, 2, 2, 2],
        ("44", 10) => vec![4, 6],
        ("81" | "82", 10) => vec![2, 4, 4],
        ("81", 9) => vec![1, 4, 4],
        (_, 11) => vec![3, 4, 4],
        (_, 8) => vec![4, 4],
        (_, 4) => vec![4],
        _ => {
            // Threes; what is left over makes the last group longer, or is one of its own.
            let mut lengths = vec![3; digits / 3];
            match (digits % 3, lengths.last_mut()) {
                (1, Some(last)) => *last = 4,
                (0, _) => {}
                (left, _) => lengths.push(left),
            }
            lengths
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_as_they_are_read() {
        for shown in [
            "+852 6123 4567",
            "+86 138 1234 5678",
            "+81 90 1234 5678",
            "+81 3 1234 5678",
            "+1 202 555 0151",
            "+41 79 123 45 67",
            "+44 7911 123456",
            "+33 6 12 34 56 78",
            "+886 912 345 678",
            "+65 9123 4567",
            "+49 151 2345 6789",
            "+49 308 1820",
            "+353 871 234 567",
        ] {
            let number: String = shown.chars().filter(|c| *c != ' ').collect();
            assert_eq!(spaced(&number), shown);
        }
    }

    #[test]
    fn what_is_no_number_stays_as_it_is() {
        for text in
            ["", "ana@pearl.example", "+852 •••• 4567", "+852 6123 4567", "12345", "+12", "+1234567890123456"]
        {
            assert_eq!(spaced(text), text);
        }
    }
}
