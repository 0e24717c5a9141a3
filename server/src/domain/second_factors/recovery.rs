//! Recovery codes: ten, for the day the phone is gone. Each is good for once; only hashes are kept.

use crate::{
    clock, limits,
    outbox::{self, Template},
    store::{OneTimeCode, StoreError, Tx},
};
use causeway_api::{CompanyId, Millis, PersonId};
use sha2::{Digest, Sha256};

/// A code has 65 random bits, so a fast hash is enough; the person in it keeps equal codes of two people apart.
fn hash(person: PersonId, code: &str) -> Vec<u8> {
    Sha256::digest([person.0.as_bytes().as_slice(), code.as_bytes()].concat()).to_vec()
}

/// In groups, as it is shown: `XXXX-XXXX-XXXXX`.
fn shown(code: &str) -> String {
    format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])
}

/// Makes new codes in the place of the old ones; returns them as they are shown.
pub(super) async fn renew(
    tx: &mut Tx,
    company: CompanyId,
    person: PersonId,
) -> Result<Vec<String>, StoreError> {
    let codes: Vec<String> = (0..limits::RECOVERY_CODES).map(|_| clock::new_recovery_code()).collect();
    let hashes = codes.iter().map(|code| hash(person, code)).collect();
    tx.replace_recovery_codes(company, person, hashes).await?;
    Ok(codes.iter().map(|code| shown(code)).collect())
}

/// Uses a code up, and tells its owner how many are left.
pub(super) async fn take_code(
    tx: &mut Tx,
    challenge: &OneTimeCode,
    code: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    let Some(person) = challenge.person else { return Ok(false) };
    let company = challenge.company;
    if !tx.use_recovery_code(company, person, &hash(person, code), now).await? {
        return Ok(false);
    }
    let left = tx.enrolled(company, person).await?.recovery_codes_left.to_string();
    let owner = tx.people_by_ids(company, vec![person]).await?;
    for row in owner.iter().filter(|row| !row.email.is_empty()) {
        let args = [("left", left.as_str())];
        outbox::queue(tx, row, Template::RecoveryCodeUsed, &args, now).await?.or_drop();
    }
    Ok(true)
}
