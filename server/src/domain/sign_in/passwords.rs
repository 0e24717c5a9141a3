//! Passwords: hashed with Argon2id, never shorter than the standard asks, never a common one.

use crate::{App, clock, error::AppError, heavy::Memory, input::secrets, limits};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use causeway_api::validate::{self, Fault};
use subtle::ConstantTimeEq as _;

/// What a password that cannot be cracked by guessing takes at least: 10^8 guesses, by zxcvbn's estimate.
const GUESSES_LOG10_MIN: f64 = 8.0;

/// A hash that no password fits: verified where there is no account, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2F1c2V3YXktbm9ib2R5$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// OWASP's parameters: 19 MiB, two passes, one lane.
fn params() -> Params {
    Params::new(19_456, 2, 1, None).unwrap_or_default()
}

/// Refuses a new password that is too short or too long.
pub fn check_length(field: &'static str, password: &str) -> Result<(), AppError> {
    validate::password_length(&secrets::prepare(password)).map_err(|fault| AppError::Invalid(field, fault))
}

/// Refuses a new password that is too short, too long, common, or made of what everyone knows about its owner. Judging
/// is heavy: whatever can be refused without it is refused first.
pub async fn check_new(
    app: &App,
    field: &'static str,
    password: &str,
    known: &[&str],
) -> Result<(), AppError> {
    check_length(field, password)?;
    let password = secrets::prepare(password).into_owned();
    let known: Vec<String> = known.iter().map(|&text| text.to_owned()).collect();
    let is_strong = app.heavy.run(move |_| is_strong(&password, &known)).await?;
    if is_strong { Ok(()) } else { Err(AppError::Invalid(field, Fault::PasswordCommon)) }
}

/// Whether guessing takes long enough. More characters than are judged make a password no weaker.
fn is_strong(password: &str, known: &[String]) -> bool {
    let mut about: Vec<&str> = known.iter().flat_map(|text| text.split([' ', '@', '.', '_', '-'])).collect();
    about.extend(known.iter().map(String::as_str));
    about.push("causeway");
    let judged: String = password.chars().take(limits::PASSWORD_JUDGED).collect();
    zxcvbn::zxcvbn(&judged, &about).guesses_log10() >= GUESSES_LOG10_MIN
}

/// Hashes a password.
pub async fn hash(app: &App, password: String) -> Result<String, AppError> {
    let password = secrets::prepare(&password).into_owned();
    app.heavy
        .run(move |memory| hash_in(memory, password.as_bytes()))
        .await?
        .map_err(|error| AppError::Internal(anyhow::anyhow!("hashing a password: {error}")))
}

/// Whether a password fits a hash. Without a hash it takes as long and returns `false`.
pub async fn verify(app: &App, password: String, hash: Option<String>) -> Result<bool, AppError> {
    // No password is that long, whoever's it is.
    if password.chars().count() > validate::PASSWORD_MAX {
        return Ok(false);
    }
    let has_account = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let fits = app
        .heavy
        .run(move |memory| fits_as_typed(memory, &password, &hash))
        .await?
        .map_err(|error| AppError::Internal(anyhow::anyhow!("a stored password hash: {error}")))?;
    Ok(fits && has_account)
}

/// Hashes from before passwords were prepared are of what was typed.
fn fits_as_typed(memory: &mut Memory, password: &str, hash: &str) -> password_hash::Result<bool> {
    let prepared = secrets::prepare(password);
    if fits_in(memory, prepared.as_bytes(), hash)? {
        return Ok(true);
    }
    if *prepared == *password { Ok(false) } else { fits_in(memory, password.as_bytes(), hash) }
}

fn hash_in(memory: &mut Memory, password: &[u8]) -> password_hash::Result<String> {
    let (params, salt) = (params(), clock::new_salt());
    let output = output_in(memory, password, &salt, &params, Params::DEFAULT_OUTPUT_LEN)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params)?,
        salt: Some(Salt::new(&salt)?),
        hash: Some(Output::new(&output)?),
    };
    Ok(hash.to_string())
}

fn fits_in(memory: &mut Memory, password: &[u8], hash: &str) -> password_hash::Result<bool> {
    let stored = PasswordHash::new(hash)?;
    let (Some(salt), Some(output)) = (&stored.salt, &stored.hash) else {
        return Err(password_hash::Error::PasswordInvalid);
    };
    let found = output_in(memory, password, salt, &Params::try_from(&stored)?, output.len())?;
    Ok(found.ct_eq(output.as_bytes()).into())
}

/// Argon2id, in memory that is there already.
fn output_in(
    memory: &mut Memory,
    password: &[u8],
    salt: &[u8],
    params: &Params,
    length: usize,
) -> password_hash::Result<Vec<u8>> {
    let mut output = vec![0; length];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    argon2.hash_password_into_with_memory(
        password,
        salt,
        &mut output,
        memory.blocks(params.block_count()),
    )?;
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str) -> Option<Fault> {
        let known = ["priya.nair", "Lantern Bay Capital", "lanternbay"].map(str::to_owned);
        let common = (!is_strong(password, &known)).then_some(Fault::PasswordCommon);
        validate::password_length(password).err().or(common)
    }

    #[test]
    fn length_is_counted_in_characters_and_nothing_else_is_prescribed() {
        assert_eq!(verdict("kelp orbit 9"), None);
        assert_eq!(verdict("kelp orbit "), Some(Fault::PasswordShort));
        assert_eq!(verdict("桜の木の下で待っている人"), None);
        assert_eq!(verdict(&format!("{:a<128}", "kelp orbit nine, otter under the pier; ")), None);
        assert_eq!(verdict(&"x".repeat(129)), Some(Fault::TooLong));
    }

    #[test]
    fn common_passwords_and_what_everybody_knows_are_refused() {
        for bad in [
            "password1234",
            "aaaaaaaaaaaa",
            "123456789012",
            "qwertyuiop12",
            "lanternbay2026",
            "priya.nair2026",
            "causeway2026",
        ] {
            assert_eq!(verdict(bad), Some(Fault::PasswordCommon), "{bad}");
        }
    }

    #[test]
    fn a_hash_fits_its_password_and_no_other() {
        let mut memory = Memory::default();
        let hash = hash_in(&mut memory, b"kelp orbit 9").unwrap();
        assert!(fits_in(&mut memory, b"kelp orbit 9", &hash).unwrap());
        assert!(!fits_in(&mut memory, b"kelp orbit 8", &hash).unwrap());
        assert!(!fits_in(&mut memory, b"kelp orbit 9", NOBODY).unwrap());
        assert_ne!(hash_in(&mut memory, b"kelp orbit 9").unwrap(), hash, "each has a salt of its own");
    }

    #[test]
    fn a_hash_is_what_other_implementations_make_and_read() {
        use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
        let (mut memory, argon2) = (Memory::default(), Argon2::from(params()));
        let ours = hash_in(&mut memory, b"kelp orbit 9").unwrap();
        argon2.verify_password(b"kelp orbit 9", &PasswordHash::new(&ours).unwrap()).unwrap();
        let theirs = argon2.hash_password(b"kelp orbit 9").unwrap().to_string();
        assert!(fits_in(&mut memory, b"kelp orbit 9", &theirs).unwrap());
    }

    #[test]
    fn the_hash_of_nobody_has_the_cost_of_everybody() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real = hash_in(&mut Memory::default(), b"kelp orbit 9").unwrap();
        let real = PasswordHash::new(&real).unwrap();
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.params.to_string(), real.params.to_string());
    }
}
