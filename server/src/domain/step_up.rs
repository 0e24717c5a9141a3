//! Confirming a code again before something that governs the company.
//!
//! The challenge hangs on the session, so a code works only in the browser that asked, and wrong guesses count into
//! the same hourly limit as those of signing in.

use super::{login, sessions::Actor};
use crate::{
    App,
    clock::{self, HOUR},
    error::AppError,
    limits,
    store::{AuditEntry, NewChallenge, StoreError},
};
use causeway_api::{auth::CodeSent, validate};
use sha2::{Digest, Sha256};

/// The challenge of a session.
fn challenge_of(actor: &Actor) -> Vec<u8> {
    Sha256::digest([b"step-up\0", actor.session.as_slice()].concat()).to_vec()
}

/// Sends a code; the same again sends another when the pause is over.
pub async fn begin(app: &App, actor: &Actor) -> Result<CodeSent, AppError> {
    let row = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let (hash, now, code) = (challenge_of(actor), app.clock.now(), clock::new_code());
    let challenge = NewChallenge {
        code_mac: app.key.code_mac(&hash, &code),
        hash,
        company: actor.company,
        person: actor.person,
        next_send_at: now + limits::CODE_PAUSES[0],
        expires_at: now + limits::CODE_LIFETIME,
    };
    let sent = login::describe(&row, challenge.expires_at, Some(challenge.next_send_at), now);
    let waiting = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let hash = challenge.hash.clone();
                if !tx.restart_challenge(challenge, now).await? {
                    return tx.challenge(&hash).await;
                }
                login::queue_code(tx, &row, &code, now).await?;
                Ok::<_, StoreError>(None)
            })
        })
        .await?;
    app.outbox.ring();
    Ok(match waiting {
        Some(old) => CodeSent {
            expires_in: causeway_api::paths::seconds_until(now, old.expires_at),
            resend_in: Some(causeway_api::paths::seconds_until(now, old.next_send_at)),
            ..sent
        },
        None => sent,
    })
}

/// Takes the code; the session counts as confirmed from now on.
pub async fn confirm(app: &App, actor: &Actor, typed: &str) -> Result<(), AppError> {
    let code = validate::code(typed).map_err(|fault| AppError::Invalid("code", fault))?;
    let (actor, now, key) = (actor.clone(), app.clock.now(), app.key.clone());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let hash = challenge_of(&actor);
                let Some(challenge) = tx.take_guess(&hash, limits::CODE_GUESSES, now).await? else {
                    return Ok(Err(AppError::CodeSpent));
                };
                let failures = format!("code:{}", actor.person);
                if tx.count(&failures, HOUR, now).await? > limits::CODE_FAILURES_PER_HOUR {
                    return Ok(Err(AppError::CodeSpent));
                }
                if !key.code_matches(&hash, &code, &challenge.code_mac) {
                    return Ok(Err(AppError::CodeRefused));
                }
                if !tx.use_challenge(&hash, now).await? {
                    return Ok(Err(AppError::CodeSpent));
                }
                tx.clear_count(&failures).await?;
                tx.confirm_session(&actor.session, now).await?;
                tx.audit(AuditEntry::new(&actor, "confirmed_again", actor.person, now)).await?;
                Ok::<_, StoreError>(Ok(()))
            })
        })
        .await?
}
