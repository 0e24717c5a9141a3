//! The passcode of a device: six digits that others do not guess with the first tries.

use super::Fault;

/// Digits of a passcode.
const LENGTH: usize = 6;

/// Patterns on a keypad that many people choose.
const KEYPAD: [&str; 8] = ["147258", "147852", "159357", "159753", "258456", "357159", "789456", "456789"];

/// Six digits, whatever they are.
pub fn passcode_digits(typed: &str) -> Result<(), Fault> {
    let fits = typed.len() == LENGTH && typed.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(()) } else { Err(Fault::Passcode) }
}

/// A new passcode: six digits that are not among the first that someone would try.
pub fn new_passcode(typed: &str) -> Result<(), Fault> {
    passcode_digits(typed)?;
    if is_easy(typed) { Err(Fault::PasscodeEasy) } else { Ok(()) }
}

fn is_easy(typed: &str) -> bool {
    let digits: Vec<u8> = typed.bytes().map(|byte| byte - b'0').collect();
    // 111111, 123456, 654321, 246802: each digit is as far from the one before.
    let step = |pair: &[u8]| (10 + pair[1] - pair[0]) % 10;
    let is_even = digits.windows(2).all(|pair| step(pair) == step(&digits));
    // 121212, 123123.
    let repeats = |length: usize| digits.chunks(length).all(|part| part == &digits[..length]);
    // 112233, 998877.
    let is_of_pairs = digits.chunks(2).all(|pair| pair[0] == pair[1]);
    // 123321.
    let is_mirrored = digits.iter().eq(digits.iter().rev());
    // 111222, 100000.
    let mut kinds = digits.clone();
    kinds.sort_unstable();
    kinds.dedup();
    is_even
        || repeats(2)
        || repeats(3)
        || is_of_pairs
        || is_mirrored
        || kinds.len() <= 2
        || KEYPAD.contains(&typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_would_try_first_is_refused() {
        for easy in [
            "000000", "111111", "123456", "654321", "012345", "890123", "987654", "246802", "121212",
            "123123", "112233", "445566", "998877", "123321", "111222", "100000", "001100", "159753",
            "789456",
        ] {
            assert_eq!(new_passcode(easy), Err(Fault::PasscodeEasy), "{easy}");
        }
        for good in ["271828", "314159", "902184", "123457", "110203"] {
            assert_eq!(new_passcode(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_passcode_has_six_digits() {
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(
                (new_passcode(bad), passcode_digits(bad)),
                (Err(Fault::Passcode), Err(Fault::Passcode)),
                "{bad}"
            );
        }
        assert_eq!(passcode_digits("111111"), Ok(()), "one that was set before still opens");
    }
}
