//! Passwords: hashed with Argon2id, never shorter than the standard asks, never a common one.

use crate::{App, error::AppError, input::secrets, limits};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use causeway_api::validate;

/// What a password that cannot be cracked by guessing takes at least: 10^8 guesses, by zxcvbn's estimate.
const GUESSES_LOG10_MIN: f64 = 8.0;

/// A hash that no password fits: verified where there is no account, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2F1c2V3YXktbm9ib2R5$\
                      AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// OWASP's parameters: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Refuses a new password that is too short, too long, common, or made of what everybody knows about its owner.
pub fn check_new(field: &'static str, password: &str, known: &[&str]) -> Result<(), AppError> {
    let password = &*secrets::prepare(password);
    validate::password_length(password).map_err(|fault| AppError::Invalid(field, fault))?;
    let mut about: Vec<&str> = known.iter().flat_map(|text| text.split([' ', '@', '.', '_', '-'])).collect();
    about.extend(known);
    about.push("causeway");
    let estimate = zxcvbn::zxcvbn(password, &about);
    if estimate.guesses_log10() < GUESSES_LOG10_MIN {
        return Err(AppError::Invalid(field, "fault-password-common"));
    }
    Ok(())
}

/// Hashes a password, off the threads that answer requests.
pub async fn hash(app: &App, password: String) -> Result<String, AppError> {
    let _turn = turn(app).await?;
    tokio::task::spawn_blocking(move || {
        argon2().hash_password(secrets::prepare(&password).as_bytes()).map(|hash| hash.to_string())
    })
    .await
    .map_err(|error| AppError::Internal(error.into()))?
    .map_err(|error| AppError::Internal(anyhow::anyhow!("hashing a password: {error}")))
}

/// Whether a password fits a hash. Without a hash it takes as long and answers no.
pub async fn verify(app: &App, password: String, hash: Option<String>) -> Result<bool, AppError> {
    let _turn = turn(app).await?;
    let has_account = hash.is_some();
    let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
    let fits = tokio::task::spawn_blocking(move || {
        if password.chars().count() > validate::PASSWORD_MAX {
            return Ok(false);
        }
        let parsed = PasswordHash::new(&hash)
            .map_err(|error| AppError::Internal(anyhow::anyhow!("a stored password hash: {error}")))?;
        let fits = |password: &str| argon2().verify_password(password.as_bytes(), &parsed).is_ok();
        let prepared = secrets::prepare(&password);
        // Hashes from before passwords were prepared are of what was typed.
        Ok::<_, AppError>(fits(&prepared) || (*prepared != *password && fits(&password)))
    })
    .await
    .map_err(|error| AppError::Internal(error.into()))??;
    Ok(fits && has_account)
}

/// One of the few turns for hashing; refused when too many wait already.
async fn turn(app: &App) -> Result<tokio::sync::OwnedSemaphorePermit, AppError> {
    use std::sync::atomic::Ordering;
    struct Waiting<'a>(&'a std::sync::atomic::AtomicUsize);
    impl Drop for Waiting<'_> {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Ordering::SeqCst);
        }
    }
    let before = app.hashes_waiting.fetch_add(1, Ordering::SeqCst);
    let _waiting = Waiting(&app.hashes_waiting);
    if before >= limits::HASHES_WAITING {
        return Err(AppError::Busy);
    }
    app.hashes.clone().acquire_owned().await.map_err(|_| AppError::Busy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(password: &str) -> Option<&'static str> {
        match check_new("password", password, &["priya.nair", "Lantern Bay Capital", "lanternbay"]) {
            Ok(()) => None,
            Err(AppError::Invalid(_, fault)) => Some(fault),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn length_is_counted_in_characters_and_nothing_else_is_prescribed() {
        assert_eq!(verdict("kelp orbit 9"), None);
        assert_eq!(verdict("kelp orbit "), Some("fault-password-short"));
        assert_eq!(verdict("桜の木の下で待っている人"), None);
        assert_eq!(verdict(&format!("{:a<128}", "kelp orbit nine, otter under the pier; ")), None);
        assert_eq!(verdict(&"x".repeat(129)), Some("fault-too-long"));
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
            assert_eq!(verdict(bad), Some("fault-password-common"), "{bad}");
        }
    }

    #[test]
    fn the_hash_of_nobody_has_the_cost_of_everybody() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real = argon2().hash_password(b"kelp orbit 9").unwrap();
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.params.to_string(), real.params.to_string());
    }
}
