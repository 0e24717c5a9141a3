//! The second step of signing in: what opens it, and the codes that are sent for it.

use super::Checked;
use crate::{
    App,
    domain::{
        codes::{self, Request, Resent, Wording, mask},
        features::{self, keys},
        second_factors::{self, Opening},
    },
    error::AppError,
    job, limits,
    outbox::{self, Template},
    store::{CodeKey, CodePurpose, OneTimeCode, PersonRow, SentTo, StoreError, Tx},
};
use causeway_api::{Millis, auth::CodeSent, second_factors::Way};

/// Sends the first code to someone whose password was right; one of that hash that waits already keeps its pause.
pub(in crate::domain) async fn send_first(
    app: &App,
    checked: Checked,
    purpose: CodePurpose,
    hash: Vec<u8>,
) -> Result<CodeSent, AppError> {
    let Checked { person: row, lock, password_version } = checked;
    let opening = second_factors::opening(app, row.company, row.person.id).await?;
    let now = app.clock.now();
    let (mut challenge, code) = new_challenge(app, &row, purpose, hash, &opening, now);
    challenge.password_version = password_version;
    let sent = describe(&row, &challenge, now).opened_by(opening);
    let host = app.config.public_host();
    app.store
        .write(job!(|tx| {
            // The right password was counted as well.
            challenge.earlier_failures = (tx.clear_count(&lock).await? - 1).max(0);
            let wording = code.map(|code| Wording::of(&challenge, &code, &host, now));
            if tx.add_code(challenge, now).await?
                && let Some(wording) = wording
            {
                queue_code(tx, &row, &wording, now).await?;
            }
            Ok::<_, StoreError>(())
        }))
        .await?;
    app.outbox.ring();
    Ok(sent)
}

/// A challenge for a person, and the code to send if it is opened by one.
pub(in crate::domain) fn new_challenge(
    app: &App,
    row: &PersonRow,
    purpose: CodePurpose,
    hash: Vec<u8>,
    opening: &Opening,
    now: Millis,
) -> (OneTimeCode, Option<String>) {
    let request = Request {
        hash,
        company: row.company,
        purpose,
        person: Some(row.person.id),
        channel: None,
        address: String::new(),
        sent_to: SentTo::of(row),
        lifetime: limits::CODE_LIFETIME,
    };
    if opening.sends_code() {
        let (challenge, code) = codes::issue(&app.key, request, now);
        return (challenge, Some(code));
    }
    let challenge = OneTimeCode { passkey_state: opening.state.clone(), ..codes::unsent(request, now) };
    (challenge, None)
}

pub(in crate::domain) fn describe(row: &PersonRow, challenge: &OneTimeCode, now: Millis) -> CodeSent {
    CodeSent {
        phone: mask::mask_phone(&row.phone),
        email: mask::mask_email(&row.email),
        expires_in: codes::expires_in(challenge, now),
        resend_in: codes::resend_in(challenge, now),
        terms: String::new(),
        ways: vec![Way::Sent],
        passkey: None,
    }
}

/// Says how a challenge is opened.
pub(in crate::domain) trait OpenedBy {
    /// With the ways that are open, and no address where nothing was sent.
    fn opened_by(self, opening: Opening) -> Self;
}

impl OpenedBy for CodeSent {
    fn opened_by(self, opening: Opening) -> Self {
        let (phone, email) =
            if opening.sends_code() { (self.phone, self.email) } else { (String::new(), String::new()) };
        Self { phone, email, ways: opening.ways, passkey: opening.options, ..self }
    }
}

/// Queues the code to the mobile and to the mailbox, as far as their limits allow. The browser is told the
/// same either way.
pub(in crate::domain) async fn queue_code(
    tx: &mut Tx,
    row: &PersonRow,
    wording: &Wording,
    now: Millis,
) -> Result<(), StoreError> {
    let args = wording.args();
    if !row.phone.is_empty() {
        outbox::queue(tx, row, Template::SignInCodeSms, &args, now).await?.or_drop();
    }
    if !row.email.is_empty() {
        outbox::queue(tx, row, Template::SignInCode, &args, now).await?.or_drop();
    }
    Ok(())
}

/// What waits in a browser. Nothing is sent; a passkey is asked for anew, as its question is for one page only.
pub async fn waiting(app: &App, purpose: CodePurpose, hash: Vec<u8>) -> Result<CodeSent, AppError> {
    let now = app.clock.now();
    let found = app.store.code(purpose, &hash).await?.filter(|challenge| challenge.expires_at > now);
    let challenge = found.ok_or(AppError::CodeSpent)?;
    let person = challenge.person.ok_or(AppError::CodeSpent)?;
    let row = app.store.person(challenge.company, person).await?.ok_or(AppError::CodeSpent)?;
    let terms = features::of(app, challenge.company).await?.get(keys::TERMS_OF_USE);
    let sent = CodeSent { terms, ..describe(&row, &challenge, now) };
    if !challenge.code_mac.is_empty() {
        return Ok(sent);
    }
    let opening = second_factors::opening(app, challenge.company, person).await?;
    if let Some(state) = opening.state.clone() {
        app.store
            .write(job!(|tx| tx.set_passkey_state(&hash, &state).await))
            .await
            .map_err(|error: StoreError| AppError::from(error))?;
    }
    Ok(sent.opened_by(opening))
}

/// Another code for the same challenge. The guesses made so far stay counted.
pub async fn resend(app: &App, purpose: CodePurpose, hash: Vec<u8>) -> Result<CodeSent, AppError> {
    let now = app.clock.now();
    let old = app.store.code(purpose, &hash).await?.ok_or(AppError::CodeSpent)?;
    let person = old.person.ok_or(AppError::CodeSpent)?;
    let row = app.store.person(old.company, person).await?.ok_or(AppError::CodeSpent)?;
    let (receiver, key, host) = (row.clone(), app.key.clone(), app.config.public_host());
    let challenge = app
        .store
        .write(job!(|tx| {
            let (code, sent_to) = (CodeKey { purpose, hash: &hash }, SentTo::of(&receiver));
            let resent = codes::resend(tx, &key, code, sent_to, limits::CODE_LIFETIME, now).await?;
            Ok::<_, StoreError>(match resent {
                Resent::Sent { row, code } => {
                    let wording = Wording::of(&row, &code, &host, now);
                    queue_code(tx, &receiver, &wording, now).await?;
                    Some(row)
                }
                Resent::Waits(row) => Some(row),
                Resent::Gone => None,
            })
        }))
        .await?;
    app.outbox.ring();
    Ok(describe(&row, &challenge.ok_or(AppError::CodeSpent)?, now))
}
