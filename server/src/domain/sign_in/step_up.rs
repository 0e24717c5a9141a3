//! Confirming a code again before something that governs the company.
//!
//! The challenge hangs on the session, so a code works only in the browser that asked, and wrong guesses count into
//! the same hourly limit as those of signing in.

use super::login::{self, OpenedBy};
use crate::{
    App,
    actor::Actor,
    clock::{self, Token},
    domain::{
        codes::{self, Guess, Wording},
        second_factors::{self, Answer, Verifier},
    },
    error::AppError,
    job,
    store::{AuditEntry, CodeKey, CodePurpose, StoreError},
};
use causeway_api::{
    audit::AuditAction,
    auth::{CodeSent, ConfirmCode},
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
    let hash = challenge_of(actor);
    let (challenge, code) = login::new_challenge(app, &row, CodePurpose::StepUp, hash.clone(), &opening, now);
    let sent = login::describe(&row, &challenge, now).opened_by(opening);
    let host = app.config.public_host();
    let waiting = app
        .store
        .write(job!(|tx| {
            let wording = code.map(|code| Wording::of(&challenge, &code, &host, now));
            if !tx.add_code(challenge, now).await? {
                return tx.code(CodePurpose::StepUp, &hash).await;
            }
            if let Some(wording) = wording {
                login::queue_code(tx, &row, &wording, now).await?;
            }
            Ok::<_, StoreError>(None)
        }))
        .await?;
    app.outbox.ring();
    Ok(match waiting {
        Some(old) => CodeSent {
            expires_in: codes::expires_in(&old, now),
            resend_in: codes::resend_in(&old, now),
            ..sent
        },
        None => sent,
    })
}

/// Takes the answer. The session counts as confirmed from now on, and has another token, which is returned.
pub async fn confirm(app: &App, actor: &Actor, typed: &ConfirmCode) -> Result<Token, AppError> {
    let answer = Answer::parse(typed)?;
    let (author, now, verifier) = (actor.clone(), app.clock.now(), Verifier::of(app));
    let token = clock::new_token();
    let renewed = token.hash();
    app.store
        .write(job!(|tx| {
            let code = CodeKey { purpose: CodePurpose::StepUp, hash: &challenge_of(&author) };
            let browser = &author.browser;
            let code = match second_factors::take_guess(tx, &verifier, code, &answer, browser, now).await? {
                Guess::Right(code) => code,
                Guess::Wrong => return Ok(Err(AppError::CodeRefused)),
                Guess::Spent => return Ok(Err(AppError::CodeSpent)),
            };
            // Codes may go elsewhere by now, the account may have been deactivated, the session may have ended.
            let sent_to = (!code.code_mac.is_empty()).then_some(&code.sent_to);
            if !tx.hold_active_person(author.company, author.person, sent_to).await? {
                return Ok(Err(AppError::CodeSpent));
            }
            if !tx.confirm_session(&author.session, renewed, now).await? {
                return Ok(Err(AppError::SignedOut));
            }
            tx.audit(AuditEntry::new(&author, AuditAction::ConfirmedAgain, author.person, now)).await?;
            Ok::<_, StoreError>(Ok(()))
        }))
        .await??;
    app.hub.renew_session(actor.person, &actor.session, token.hash());
    Ok(token)
}
