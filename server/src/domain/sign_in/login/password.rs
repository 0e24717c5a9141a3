//! The first step: company, username and password, with the same answer for every refusal.

use super::Presented;
use crate::{
    App,
    actor::Browser,
    clock::MINUTE,
    domain::sign_in::passwords,
    error::AppError,
    input::names,
    job, limits,
    store::{Account, AuditEntry, Company, Counter, CounterKey, PersonRow, StoreError},
};
use causeway_api::{PersonId, audit::AuditAction, auth::LogIn, validate};

/// Someone whose password was right.
pub(in crate::domain) struct Checked {
    /// The person of the account.
    pub(in crate::domain) person: PersonRow,
    /// The bucket of wrong passwords, to be emptied now.
    pub(in crate::domain) lock: CounterKey,
    /// Which password it was: one that is changed meanwhile opens nothing.
    pub(in crate::domain) password_version: i64,
}

/// Checks company, user name and password; `only` that person is let through.
pub(in crate::domain) async fn check_password(
    app: &App,
    typed: LogIn,
    presented: &Presented,
    browser: Browser,
    only: Option<PersonId>,
) -> Result<Checked, AppError> {
    limit_address(app, &browser).await?;
    let company = app.store.company_by_name(&typed.company).await?;
    let account = match &company {
        Some(company) => app.store.account_by_username(company.id, &typed.username).await?,
        None => None,
    };
    let known = match (&presented.device, &company, &account) {
        (Some(device), Some(company), Some(account)) => {
            let hash = device.hash();
            app.store.is_known_device(&hash, company.id, account.person).await?.then_some(hash)
        }
        _ => None,
    };
    let lock = lock_key(company.as_ref(), &typed, known.as_deref());
    let may_try = take_attempt(app, &lock).await?;
    // The code of a registration is a password for a while only.
    let is_timely = |account: &&Account| account.initial_until.is_none_or(|until| app.clock.now() < until);
    let usable = account.as_ref().filter(|_| may_try).filter(is_timely);
    let hash = usable.and_then(|account| account.password_hash.clone());
    let fits = passwords::verify(app, typed.password, hash).await?
        && only.is_none_or(|only| account.as_ref().is_some_and(|account| account.person == only));
    let (Some(company), Some(account), true) = (company.clone(), account, fits) else {
        tracing::info!(event = "login_refused", address = browser.address, "sign-in refused");
        record_refusal(app, company.as_ref(), &typed.username, may_try, browser);
        return Err(AppError::LoginRefused);
    };
    let person = app.store.person(company.id, account.person).await?.ok_or(AppError::LoginRefused)?;
    Ok(Checked { person, lock, password_version: account.password_version })
}

/// Writes a refused sign-in into the audit log of the company, behind the answer: who asked does not wait for it. Where
/// there is no such company something is written as well, so that whoever writes next waits as long.
pub(super) fn record_refusal(
    app: &App,
    company: Option<&Company>,
    username: &str,
    may_try: bool,
    browser: Browser,
) {
    let action = if may_try { AuditAction::SignInRefused } else { AuditAction::SignInLocked };
    let subject: String =
        username.trim().chars().filter(|c| !c.is_control()).take(validate::NAME_MAX).collect();
    let now = app.clock.now();
    let entry =
        company.map(|company| AuditEntry::by_nobody(company.id, action, now).on(subject).from(&browser));
    let store = app.store.clone();
    tokio::spawn(async move {
        let written: Result<(), StoreError> = store
            .write(job!(|tx| {
                match entry {
                    Some(entry) => tx.audit(entry).await,
                    None => tx.count(&Counter::SignInRefused.of_all(), MINUTE, now).await.map(|_| ()),
                }
            }))
            .await;
        if let Err(error) = written {
            tracing::error!(%error, "a refused sign-in is not in the audit log");
        }
    });
}

pub(super) async fn limit_address(app: &App, browser: &Browser) -> Result<(), AppError> {
    let (key, now) = (Counter::SignInAddress.of(&browser.address), app.clock.now());
    let count = app.store.write(job!(|tx| tx.count(&key, MINUTE, now).await)).await?;
    if count > app.config.logins_per_minute {
        return Err(AppError::TooMany(60));
    }
    Ok(())
}

/// The bucket of wrong passwords: of the account for strangers, of its own for a known browser, so that a
/// stranger cannot lock the owner out. A company is one, by whichever of its names it was typed.
pub(super) fn lock_key(company: Option<&Company>, typed: &LogIn, device: Option<&[u8]>) -> CounterKey {
    let company = company.map_or(&typed.company, |company| &company.name);
    let (company, username) = (names::key(company), names::key(&typed.username));
    Counter::Password.of_secret(&[company.as_bytes(), username.as_bytes(), device.unwrap_or_default()])
}

pub(super) async fn take_attempt(app: &App, lock: &CounterKey) -> Result<bool, AppError> {
    let (key, now) = (lock.to_owned(), app.clock.now());
    let taken = app
        .store
        .write(job!(|tx| tx
            .take_attempt(&key, limits::PASSWORD_FAILURES, limits::PASSWORD_PAUSES, now)
            .await))
        .await?;
    Ok(taken.is_some())
}
