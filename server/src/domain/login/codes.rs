//! Challenges, and the codes that are sent for them.

use crate::{
    App,
    clock::{self, DAY, MINUTE},
    domain::{
        otp,
        second_factors::{self, Opening},
    },
    error::AppError,
    input::emails,
    limits,
    outbox::{self, Letter},
    store::{NewChallenge, PersonRow, StoreError, Tx},
};
use causeway_api::{Millis, auth::CodeSent, paths::seconds_until, second_factors::Way};
use sha2::{Digest, Sha256};

/// Sends the first code of a challenge; one of that hash that waits longer keeps its pause.
pub(in crate::domain) async fn send_first(
    app: &App,
    row: PersonRow,
    hash: Vec<u8>,
    lock: String,
) -> Result<CodeSent, AppError> {
    let opening = second_factors::opening(app, row.company, row.person.id).await?;
    let now = app.clock.now();
    let (mut challenge, code) = new_challenge(app, &row, hash, &opening, now);
    let next = code.is_some().then_some(challenge.next_send_at);
    let sent = describe(&row, challenge.expires_at, next, now).opened_by(opening);
    let host = app.config.public_host();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                // The right password was counted as well.
                challenge.earlier_failures = (tx.clear_count(&lock).await? - 1).max(0);
                if tx.restart_challenge(challenge, now).await?
                    && let Some(code) = code
                {
                    queue_code(tx, &row, (&code, &host), now).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    app.outbox.ring();
    Ok(sent)
}

/// A challenge for somebody, and the code to send if it is opened by one.
pub(in crate::domain) fn new_challenge(
    app: &App,
    row: &PersonRow,
    hash: Vec<u8>,
    opening: &Opening,
    now: Millis,
) -> (NewChallenge, Option<String>) {
    let code = opening.sends_code().then(clock::new_code);
    let challenge = NewChallenge {
        code_mac: code.as_ref().map(|code| app.key.code_mac(&hash, code)).unwrap_or_default(),
        hash,
        company: row.company,
        person: row.person.id,
        passkey_state: opening.state.clone(),
        earlier_failures: 0,
        next_send_at: if code.is_some() { now + limits::CODE_PAUSES[0] } else { now },
        expires_at: now + limits::CODE_LIFETIME,
    };
    (challenge, code)
}

pub(in crate::domain) fn describe(
    row: &PersonRow,
    expires_at: Millis,
    next: Option<Millis>,
    now: Millis,
) -> CodeSent {
    CodeSent {
        phone: otp::mask_phone(&row.phone),
        email: otp::mask_email(&row.email),
        expires_in: seconds_until(now, expires_at),
        resend_in: next.map(|next| seconds_until(now, next)),
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
    (code, host): (&str, &str),
    now: Millis,
) -> Result<(), StoreError> {
    let minutes = (limits::CODE_LIFETIME / MINUTE).to_string();
    let args = [("code", code), ("host", host), ("minutes", minutes.as_str())];
    if !row.phone.is_empty() && may_send(tx, &row.phone, now).await? && within_budget(tx, row, now).await? {
        outbox::queue(tx, row, Letter::Sms("login-code-sms"), &args, now).await?;
    }
    if !row.email.is_empty() && may_send(tx, &row.email, now).await? {
        outbox::queue(tx, row, Letter::Email("login-code-mail"), &args, now).await?;
    }
    Ok(())
}

pub(in crate::domain) async fn may_send(tx: &mut Tx, address: &str, now: Millis) -> Result<bool, StoreError> {
    let name: String =
        Sha256::digest(emails::key(address)).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mut allowed = true;
    for (window, length, most) in limits::SENDS_PER_ADDRESS {
        allowed &= tx.count(&format!("send:{window}:{name}"), length, now).await? <= most;
    }
    Ok(allowed)
}

pub(in crate::domain) async fn within_budget(
    tx: &mut Tx,
    row: &PersonRow,
    now: Millis,
) -> Result<bool, StoreError> {
    let count = tx.count(&format!("sms-budget:{}", row.company), DAY, now).await?;
    if count == limits::SMS_PER_COMPANY_AND_DAY + 1 {
        tracing::error!(event = "sms_budget_spent", company = %row.company, "no more SMS today");
    }
    Ok(count <= limits::SMS_PER_COMPANY_AND_DAY)
}

/// Another code for the same challenge. The guesses made so far stay counted.
pub async fn resend(app: &App, challenge: Vec<u8>) -> Result<CodeSent, AppError> {
    let now = app.clock.now();
    let old = app.store.challenge(&challenge).await?.ok_or(AppError::CodeSpent)?;
    let row = app.store.person(old.company, old.person).await?.ok_or(AppError::CodeSpent)?;
    if old.code_mac.is_empty() {
        // Nothing was sent, so nothing is sent again.
        return Err(AppError::CodeSpent);
    }
    let pause =
        limits::CODE_PAUSES[usize::try_from(old.sends).unwrap_or(0).min(limits::CODE_PAUSES.len() - 1)];
    let code = clock::new_code();
    let next = NewChallenge {
        code_mac: app.key.code_mac(&old.hash, &code),
        hash: old.hash.clone(),
        company: old.company,
        person: old.person,
        passkey_state: None,
        earlier_failures: 0,
        next_send_at: now + pause,
        expires_at: now + limits::CODE_LIFETIME,
    };
    let (receiver, sent_code, expires_at, next_at) = (row.clone(), code, next.expires_at, next.next_send_at);
    let host = app.config.public_host();
    let replaced = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let replaced = tx.replace_code(&next, limits::CODE_SENDS, now).await?;
                if replaced {
                    queue_code(tx, &receiver, (&sent_code, &host), now).await?;
                }
                Ok::<_, StoreError>(replaced)
            })
        })
        .await?;
    if !replaced {
        let waiting = (old.sends < limits::CODE_SENDS).then_some(old.next_send_at);
        return Ok(describe(&row, old.expires_at, waiting, now));
    }
    app.outbox.ring();
    Ok(describe(&row, expires_at, (old.sends + 1 < limits::CODE_SENDS).then_some(next_at), now))
}
