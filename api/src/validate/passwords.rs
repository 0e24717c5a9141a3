//! Bounds of passwords, and how hard one looks while it is typed.

use super::Fault;

/// Shortest password for someone who also confirms a code (NIST SP 800-63B-4, section 3.1.1.2).
pub const PASSWORD_MIN: usize = 12;
/// Longest password, in Unicode scalar values.
pub const PASSWORD_MAX: usize = 128;

/// The length of a new password.
pub fn password_length(password: &str) -> Result<(), Fault> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        Err(Fault::PasswordShort)
    } else if length > PASSWORD_MAX {
        Err(Fault::TooLong)
    } else {
        Ok(())
    }
}

/// How hard a password is to guess, as far as its look tells. The server decides; this only helps while typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Too short.
    Short,
    /// Long enough, but with little variety.
    Weak,
    /// Good.
    Good,
    /// Long.
    Strong,
}

/// How hard a password looks.
pub fn password_strength(password: &str) -> Strength {
    let length = password.chars().count();
    let different = password.chars().collect::<std::collections::BTreeSet<_>>().len();
    match length {
        _ if length < PASSWORD_MIN => Strength::Short,
        _ if different < 6 => Strength::Weak,
        _ if length >= 20 && different >= 10 => Strength::Strong,
        _ => Strength::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_grows_with_length_and_variety() {
        assert_eq!(password_strength("short"), Strength::Short);
        assert_eq!(password_strength("aaaaaaaaaaaa"), Strength::Weak);
        assert_eq!(password_strength("kelp orbit 9"), Strength::Good);
        assert_eq!(password_strength("lantern over the water 7"), Strength::Strong);
    }
}
