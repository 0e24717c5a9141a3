//! A forgotten password: a link by mail, which sets another one. Whoever asks is answered the same, known or not.

use super::passwords;
use crate::{
    App,
    actor::{Browser, PersonKey},
    clock::{self, HOUR, MINUTE, Token},
    domain::shut_out::{Act, shut_out},
    error::AppError,
    job, limits,
    outbox::{self, Queued, Template},
    store::{AuditEntry, Counter, PasswordResetRequest, PersonRow, Purpose, StoreError, Tx},
};
use causeway_api::{Millis, audit::AuditAction, auth::Welcome, validate};
use std::sync::Arc;

/// Requests that are looked at in one go.
const AT_ONCE: u64 = 50;

/// Takes the request of someone who forgot a password. No one is looked up before the answer, so that neither the
/// answer nor its time tells whether there is such an account (OWASP ASVS 5.0, 6.3.8).
pub async fn request(app: &App, company: &str, username: &str, browser: &Browser) -> Result<(), AppError> {
    for (field, text) in [("company", company), ("username", username)] {
        validate::name(text).map_err(|fault| AppError::Invalid(field, fault))?;
    }
    let (company, username, from) = (company.to_owned(), username.to_owned(), browser.clone());
    let (now, place) = (app.clock.now(), Counter::ResetAddress.of(&browser.address));
    app.store
        .write(job!(|tx| {
            if tx.count(&place, HOUR, now).await? > limits::RESETS_PER_ADDRESS_AND_HOUR {
                return Err(AppError::TooMany(60));
            }
            Ok(tx.add_password_reset_request(company, username, from, now).await?)
        }))
        .await?;
    app.password_resets.notify_one();
    Ok(())
}

/// Answers requests, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = answer_all(&app).await {
            tracing::error!(%error, "requests for another password could not be answered");
        }
        tokio::select! {
            () = app.password_resets.notified() => {}
            () = clock::pause(MINUTE) => {}
        }
    }
}

/// Answers every request that waits. One that cannot be answered holds no other up; it is tried again later.
pub async fn answer_all(app: &App) -> Result<(), StoreError> {
    loop {
        let waiting = app.store.password_reset_requests(AT_ONCE).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let mut failure = None;
        for request in waiting {
            failure = answer(app, request).await.err().or(failure);
        }
        app.outbox.ring();
        if let Some(error) = failure {
            return Err(error);
        }
    }
}

/// Sends a link to the mailbox of the account, if there is one.
async fn answer(app: &App, request: PasswordResetRequest) -> Result<(), StoreError> {
    let row = account(app, &request).await?;
    let (origin, now) = (app.config.public_origin.clone(), app.clock.now());
    app.store
        .write(job!(|tx| {
            if !tx.take_password_reset_request(request.id).await? {
                return Ok(());
            }
            let Some(row) = row.filter(|row| !row.email.is_empty()) else { return Ok(()) };
            let key = Counter::Reset.of(row.person.id.0);
            if tx.count(&key, HOUR, now).await? > limits::RESETS_PER_ACCOUNT_AND_HOUR {
                return Ok(());
            }
            let entry = AuditEntry::by_nobody(row.company, AuditAction::PasswordLinkRequested, now);
            tx.audit(entry.on(row.person.id).from(&request.from)).await?;
            send_link(tx, &row, &origin, now).await?.or_drop();
            Ok(())
        }))
        .await
}

async fn account(app: &App, request: &PasswordResetRequest) -> Result<Option<PersonRow>, StoreError> {
    let Some(company) = app.store.company_by_name(&request.company).await? else { return Ok(None) };
    match app.store.account_by_username(company.id, &request.username).await? {
        Some(account) => app.store.person(company.id, account.person).await,
        None => Ok(None),
    }
}

/// Makes a link, withdraws earlier ones, and queues the mail with it.
pub(in crate::domain) async fn send_link(
    tx: &mut Tx,
    row: &PersonRow,
    origin: &str,
    now: Millis,
) -> Result<Queued, StoreError> {
    let token = clock::new_token();
    let who = PersonKey::new(row.company, row.person.id);
    tx.withdraw_one_time_links(row.company, row.person.id, Some(Purpose::Reset)).await?;
    tx.add_one_time_link(who, Purpose::Reset, token.hash(), now + limits::RESET_LINK_LIFETIME).await?;
    let minutes = (limits::RESET_LINK_LIFETIME / MINUTE).to_string();
    // The token stands in the fragment, which browsers do not send; the origin is the configured one.
    let link = format!("{origin}/reset#{}", token.reveal());
    let args = [("name", row.person.name.as_str()), ("link", &link), ("minutes", &minutes)];
    outbox::queue(tx, row, Template::PasswordReset, &args, now).await
}

/// What the holder of a link is shown before choosing a password.
pub async fn describe(app: &App, token: &Token) -> Result<Welcome, AppError> {
    let found = app.store.one_time_link(&token.hash(), Purpose::Reset, app.clock.now()).await?;
    let (company, person) = found.ok_or(AppError::LinkSpent)?;
    let company = app.store.company(company).await?.ok_or(AppError::LinkSpent)?;
    let account = app.store.account(company.id, person).await?.ok_or(AppError::LinkSpent)?;
    Ok(Welcome { company: company.shown, company_name: company.name, username: account.username })
}

/// Sets the password, ends every session and sign-in under way, and uses the link up. It does not sign in.
pub async fn complete(app: &App, token: &Token, password: String, browser: Browser) -> Result<(), AppError> {
    let who = describe(app, token).await?;
    passwords::check_new(app, "password", &password, &[&who.company, &who.company_name, &who.username])
        .await?;
    let password_hash = passwords::hash(app, password).await?;
    let (hash, now) = (token.hash(), app.clock.now());
    let ended = app
        .store
        .write(job!(|tx| {
            let used = tx.use_one_time_link(&hash, Purpose::Reset, now).await?;
            let (company, person) = used.ok_or(AppError::LinkSpent)?;
            tx.set_password(company, person, password_hash).await?;
            tx.audit(AuditEntry::of(company, person, AuditAction::PasswordReset, now).from(&browser)).await?;
            mail_owner(tx, PersonKey::new(company, person), now).await?;
            Ok::<_, AppError>(
                shut_out(tx, Act::ResetPassword, PersonKey::new(company, person), None, now).await?,
            )
        }))
        .await?;
    ended.close(app);
    app.outbox.ring();
    Ok(())
}

/// Mails the owner of an account that its password is another one now (OWASP ASVS 5.0, 6.3.7).
pub(in crate::domain) async fn mail_owner(
    tx: &mut Tx,
    who: PersonKey,
    now: Millis,
) -> Result<(), StoreError> {
    for row in tx.people_by_ids(who.company, vec![who.person]).await? {
        if !row.email.is_empty() {
            let args = [("name", row.person.name.as_str())];
            outbox::queue(tx, &row, Template::PasswordChanged, &args, now).await?.or_drop();
        }
    }
    Ok(())
}
