//! Authenticator apps (RFC 6238): 6 digits, 30 seconds, SHA-1, one step to either side, every step once.

use super::seal;
use crate::{
    actor::PersonKey,
    clock::{self, SECOND},
    keys::ServerKey,
    store::{OneTimeCode, StoreError, Tx},
};
use causeway_api::{Millis, PersonId};
use totp_rs::{Builder, Secret, Totp};

/// A new seed, encrypted, and what an app is given.
pub(super) fn new(
    key: &ServerKey,
    person: PersonId,
    company: &str,
    account: &str,
) -> Result<(Vec<u8>, Totp), StoreError> {
    let seed = clock::new_seed();
    let sealed = seal::seal(key, person, &seed);
    Ok((sealed, totp(seed, Some((company, account)))?))
}

fn totp(seed: [u8; 20], label: Option<(&str, &str)>) -> Result<Totp, StoreError> {
    // A colon parts issuer and account in the address (Key URI Format), so neither may hold one.
    let clean = |text: &str| text.replace(':', " ");
    let (issuer, account) = label.map_or((None, "account".to_owned()), |(company, account)| {
        (Some(format!("Causeway {}", clean(company))), clean(account))
    });
    Builder::new()
        .with_skew(1)
        .with_secret(Secret::new_stack(seed))
        .with_issuer(issuer)
        .with_account_name(account)
        .build()
        .map_err(|error| StoreError::Corrupt(format!("an authenticator app: {error}")))
}

/// Whether a code is right now, and for the first time.
pub(super) async fn take(
    tx: &mut Tx,
    key: &ServerKey,
    who: PersonKey,
    sealed: &[u8],
    code: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    let totp = totp(seal::open(key, who.person, sealed)?, None)?;
    match totp.check(code, (now / SECOND).unsigned_abs()) {
        Some(step) => tx.take_step(who.company, who.person, i64::try_from(step).unwrap_or(i64::MAX)).await,
        None => Ok(false),
    }
}

/// The same for the app of whoever a challenge is for.
pub(super) async fn take_code(
    tx: &mut Tx,
    key: &ServerKey,
    challenge: &OneTimeCode,
    code: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    let Some(person) = challenge.person else { return Ok(false) };
    let enrolled = tx.enrolled(challenge.company, person).await?;
    match enrolled.authenticator.filter(|row| row.confirmed_at.is_some()) {
        Some(row) => {
            take(tx, key, PersonKey::new(challenge.company, person), &row.sealed_seed, code, now).await
        }
        None => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1, cut to six digits.
    #[test]
    fn the_codes_of_the_rfc_are_right() {
        let totp = totp(*b"12345678901234567890", None).unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.generate(seconds).to_string(), code);
            assert_eq!(totp.check(code, seconds), Some(seconds / 30));
            assert!(totp.check(code, seconds + 30).is_some(), "one step late");
            assert!(totp.check(code, seconds + 60).is_none(), "two steps late");
        }
    }
}
