//! Confirming a code again before something that governs the company.
//!
//! The challenge hangs on the session, so a code works only in the browser that asked, and wrong guesses count into
//! the same hourly limit as those of signing in.

use super::{
    login::{self, OpenedBy},
    second_factors::{self, Answer, Guess, Verifier},
    sessions::Actor,
};
use crate::{
    App,
    error::AppError,
    store::{AuditEntry, StoreError},
};
use causeway_api::{
    auth::{CodeSent, ConfirmCode},
    paths::seconds_until,
};
use sha2::{Digest, Sha256};

/// The challenge of a session.
fn challenge_of(actor: &Actor) -> Vec<u8> {
    Sha256::digest([b"step-up\0", actor.session.as_slice()].concat()).to_vec()
}

/// Asks for a second factor, and sends a code where there is nothing stronger; the same again sends another when the
/// pause is over.
pub async fn begin(app: &App, actor: &Actor) -> Result<CodeSent, AppError> {
    let row = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let opening = second_factors::opening(app, actor.company, actor.person).await?;
    let now = app.clock.now();
    let (challenge, code) = login::new_challenge(app, &row, challenge_of(actor), &opening, now);
    let next = code.is_some().then_some(challenge.next_send_at);
    let sent = login::describe(&row, challenge.expires_at, next, now).opened_by(opening);
    let host = app.config.public_host();
    let waiting = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let hash = challenge.hash.clone();
                if !tx.restart_challenge(challenge, now).await? {
                    return tx.challenge(&hash).await;
                }
                if let Some(code) = code {
                    login::queue_code(tx, &row, (&code, &host), now).await?;
                }
                Ok::<_, StoreError>(None)
            })
        })
        .await?;
    app.outbox.ring();
    Ok(match waiting {
        Some(old) => CodeSent {
            expires_in: seconds_until(now, old.expires_at),
            resend_in: Some(seconds_until(now, old.next_send_at)),
            ..sent
        },
        None => sent,
    })
}

/// Takes the answer; the session counts as confirmed from now on.
pub async fn confirm(app: &App, actor: &Actor, typed: &ConfirmCode) -> Result<(), AppError> {
    let answer = Answer::parse(typed)?;
    let (actor, now, verifier) = (actor.clone(), app.clock.now(), Verifier::of(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let hash = challenge_of(&actor);
                match second_factors::take_guess(tx, &verifier, &hash, &answer, now).await? {
                    Guess::Right(_) => {}
                    Guess::Wrong => return Ok(Err(AppError::CodeRefused)),
                    Guess::Spent => return Ok(Err(AppError::CodeSpent)),
                }
                tx.confirm_session(&actor.session, now).await?;
                tx.audit(AuditEntry::new(&actor, "confirmed_again", actor.person, now)).await?;
                Ok::<_, StoreError>(Ok(()))
            })
        })
        .await?
}
