//! Codes that are typed or pasted: one-time codes, activation codes, recovery codes.

use super::Fault;

/// Digits of a one-time code.
const CODE_LENGTH: usize = 6;
/// Digits that a field for a code takes up: enough to see that there are too many.
const CODE_TYPED_MAX: usize = 12;

/// The zeros of the decimal digits (Unicode category Nd) of scripts in use; nine further digits follow each.
const ZEROS: [u32; 38] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
    0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x1_E950,
];

/// The ASCII digit that a digit of any script stands for.
pub fn digit(char: char) -> Option<char> {
    let code = u32::from(char);
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// The digits of a one-time code as a field shows them: of any script, without the spaces and dashes that people paste
/// along. Too many stay too many.
pub fn code_digits(typed: &str) -> String {
    typed.chars().filter_map(digit).take(CODE_TYPED_MAX).collect()
}

/// A complete one-time code: exactly six digits.
pub fn code(typed: &str) -> Result<String, Fault> {
    let digits = code_digits(typed);
    if digits.len() == CODE_LENGTH { Ok(digits) } else { Err(Fault::CodeLength) }
}

/// The alphabet of Crockford's base 32: digits and letters without I, L, O and U.
pub const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A typed activation code in the form in which it is compared: case, width and separators do not matter, and letters
/// that look like a digit are read as that digit (Crockford, Base 32); U is read as V.
pub fn activation_code(typed: &str) -> Result<String, Fault> {
    crockford(typed, 8).ok_or(Fault::ActivationCode)
}

/// A typed recovery code in the form in which it is compared: thirteen characters, read like an activation code.
pub fn recovery_code(typed: &str) -> Result<String, Fault> {
    crockford(typed, 13).ok_or(Fault::RecoveryCode)
}

/// A code of that length in Crockford's base 32, as it is compared; nothing when it is none.
fn crockford(typed: &str, length: usize) -> Option<String> {
    let code: String = typed
        .chars()
        .map(|char| digit(char).unwrap_or_else(|| half_width(char)))
        .filter(|char| char.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .map(|char| match char {
            'I' | 'L' => '1',
            'O' => '0',
            'U' => 'V',
            other => other,
        })
        .collect();
    let fits = code.len() == length && code.bytes().all(|byte| CROCKFORD.contains(&byte));
    fits.then_some(code)
}

/// A full-width letter as the ASCII letter it stands for; anything else as it is.
fn half_width(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_digits_however_they_are_typed() {
        for typed in [
            "123 456",
            " 12-34-56\n",
            "１２３４５６",
            "١٢٣٤٥٦",
            "۱۲۳۴۵۶",
            "१२३४५६",
            "\u{200e}123456\u{200b}",
            "๑๒๓๔๕๖",
        ] {
            assert_eq!(code(typed), Ok("123456".into()), "{typed:?}");
        }
        for bad in ["12345", "1234567", "１２３４５６７", "", "二三四五六七"] {
            assert_eq!(code(bad), Err(Fault::CodeLength), "{bad:?}");
        }
        assert_eq!(code_digits("1234567"), "1234567", "a digit too many is not cut");
    }

    #[test]
    fn activation_codes_fold_case_separators_and_look_alikes() {
        for typed in ["abcd-0e1h", " AbCd OEiH ", "ABCD_0ELH", "ab.cd—0e1h", "ＡＢＣＤ－０Ｅ１Ｈ"]
        {
            assert_eq!(activation_code(typed).as_deref(), Ok("ABCD0E1H"), "{typed}");
        }
        assert_eq!(activation_code("uuuu-uuuu").as_deref(), Ok("VVVVVVVV"));
        for bad in ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG漢", "ABCD-EFGÉ"] {
            assert_eq!(activation_code(bad), Err(Fault::ActivationCode), "{bad}");
        }
    }
}
