//! Signing in: company, user name and password; then the code; then the session.
//!
//! An unknown company, an unknown user, a wrong password and a locked account answer the same, in the same
//! time. Counting and deciding is one statement each (`store/guards.rs`).

use super::{
    features::{self, FeatureKey},
    otp::{self, ServerKey},
    sessions::{self, Browser},
};
use crate::{
    App,
    clock::{self, DAY, HOUR, MINUTE, Token},
    error::AppError,
    limits,
    outbox::{self, Letter},
    store::{
        Account, AuditEntry, Challenge, Company, EnteringDevice, NewChallenge, PersonRow, StoreError, Tx,
    },
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    auth::{CodeSent, ConfirmCode, LogIn},
    paths::{Side, seconds_until},
    validate,
};
use sha2::{Digest, Sha256};

/// The tokens that a browser presented.
#[derive(Clone, Default)]
pub struct Presented {
    /// A sign-in that waits for its code.
    pub challenge: Option<Token>,
    /// A browser in which somebody has signed in before.
    pub device: Option<Token>,
}

/// What a completed sign-in puts into the browser.
pub struct SignedIn {
    /// The session.
    pub session: Token,
    /// Makes this browser known, if it was not.
    pub device: Option<Token>,
}

/// Screens 1 and 2: checks the password and sends a code.
pub async fn start(
    app: &App,
    typed: LogIn,
    presented: Presented,
    browser: Browser,
) -> Result<(Token, CodeSent), AppError> {
    let checked = check_password(app, typed, &presented, browser, None).await?;
    let token = clock::new_token();
    let terms = features::of(app, checked.person.company).await?.text(FeatureKey::TermsOfUse);
    let sent = send_first(app, checked.person, token.hash(), checked.lock).await?;
    Ok((token, CodeSent { terms, ..sent }))
}

/// Somebody whose password was right.
pub(super) struct Checked {
    /// Who.
    pub(super) person: PersonRow,
    /// The bucket of wrong passwords, to be emptied now.
    pub(super) lock: String,
}

/// Checks company, user name and password; `only` that person is let through.
pub(super) async fn check_password(
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
    let lock = lock_key(&typed, known.as_deref());
    let may_try = take_attempt(app, &lock).await?;
    // The code of a registration is a password for a while only.
    let is_timely = |account: &&Account| account.initial_until.is_none_or(|until| app.clock.now() < until);
    let usable = account.as_ref().filter(|_| may_try).filter(is_timely);
    let hash = usable.and_then(|account| account.password_hash.clone());
    let fits = super::passwords::verify(app, typed.password, hash).await?
        && only.is_none_or(|only| account.as_ref().is_some_and(|account| account.person == only));
    let (Some(company), Some(account), true) = (company.clone(), account, fits) else {
        tracing::info!(event = "login_refused", address = browser.address, "sign-in refused");
        record_refusal(app, company.as_ref(), &typed.username, may_try, browser);
        return Err(AppError::LoginRefused);
    };
    let person = app.store.person(company.id, account.person).await?.ok_or(AppError::LoginRefused)?;
    Ok(Checked { person, lock })
}

/// Writes a refused sign-in into the audit log of the company, behind the answer: who asked does not wait for it, and
/// so cannot tell a company that exists from one that does not.
fn record_refusal(app: &App, company: Option<&Company>, username: &str, may_try: bool, browser: Browser) {
    let Some(company) = company else { return };
    let action = if may_try { "sign_in_refused" } else { "sign_in_locked" };
    let subject: String =
        username.trim().chars().filter(|c| !c.is_control()).take(validate::NAME_MAX).collect();
    let entry = AuditEntry::by_nobody(company.id, action, app.clock.now()).on(subject).from(&browser);
    let store = app.store.clone();
    tokio::spawn(async move {
        let written = store.write(move |tx| Box::pin(async move { tx.audit(entry).await })).await;
        if let Err(error) = written {
            let error: StoreError = error;
            tracing::error!(%error, "a refused sign-in is not in the audit log");
        }
    });
}

async fn limit_address(app: &App, browser: &Browser) -> Result<(), AppError> {
    let (key, now) = (format!("login-address:{}", browser.address), app.clock.now());
    let count = app.store.write(move |tx| Box::pin(async move { tx.count(&key, MINUTE, now).await })).await?;
    if count > app.config.logins_per_minute {
        return Err(AppError::TooMany(60));
    }
    Ok(())
}

/// The bucket of wrong passwords: of the account for strangers, of its own for a known browser, so that a
/// stranger cannot lock the owner out.
fn lock_key(typed: &LogIn, device: Option<&[u8]>) -> String {
    let mut digest = Sha256::new();
    digest.update(validate::name_key(&typed.company));
    digest.update([0]);
    digest.update(validate::name_key(&typed.username));
    digest.update([0]);
    digest.update(device.unwrap_or_default());
    let name: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("password:{name}")
}

async fn take_attempt(app: &App, lock: &str) -> Result<bool, AppError> {
    let (key, now) = (lock.to_owned(), app.clock.now());
    let taken = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.take_attempt(&key, limits::PASSWORD_FAILURES, limits::PASSWORD_PAUSES, now).await
            })
        })
        .await?;
    Ok(taken.is_some())
}

/// Sends the first code of a challenge; one of that hash that waits longer keeps its pause.
pub(super) async fn send_first(
    app: &App,
    row: PersonRow,
    hash: Vec<u8>,
    lock: String,
) -> Result<CodeSent, AppError> {
    let (now, code) = (app.clock.now(), clock::new_code());
    let challenge = NewChallenge {
        code_mac: app.key.code_mac(&hash, &code),
        hash,
        company: row.company,
        person: row.person.id,
        next_send_at: now + limits::CODE_PAUSES[0],
        expires_at: now + limits::CODE_LIFETIME,
    };
    let sent = describe(&row, challenge.expires_at, Some(challenge.next_send_at), now);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.clear_count(&lock).await?;
                if tx.restart_challenge(challenge, now).await? {
                    queue_code(tx, &row, &code, now).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    app.outbox.ring();
    Ok(sent)
}

pub(super) fn describe(row: &PersonRow, expires_at: Millis, next: Option<Millis>, now: Millis) -> CodeSent {
    CodeSent {
        phone: otp::mask_phone(&row.phone),
        email: otp::mask_email(&row.email),
        expires_in: seconds_until(now, expires_at),
        resend_in: next.map(|next| seconds_until(now, next)),
        terms: String::new(),
    }
}

/// Queues the code to the mobile and to the mailbox, as far as their limits allow. The browser is told the
/// same either way.
pub(super) async fn queue_code(
    tx: &mut Tx,
    row: &PersonRow,
    code: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let minutes = (limits::CODE_LIFETIME / MINUTE).to_string();
    let args = [("code", code), ("minutes", minutes.as_str())];
    if !row.phone.is_empty() && may_send(tx, &row.phone, now).await? && within_budget(tx, row, now).await? {
        outbox::queue(tx, row, Letter::Sms("login-code-sms"), &args, now).await?;
    }
    if !row.email.is_empty() && may_send(tx, &row.email, now).await? {
        outbox::queue(tx, row, Letter::Email("login-code-mail"), &args, now).await?;
    }
    Ok(())
}

pub(super) async fn may_send(tx: &mut Tx, address: &str, now: Millis) -> Result<bool, StoreError> {
    let name: String =
        Sha256::digest(address.to_lowercase()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mut allowed = true;
    for (window, length, most) in limits::SENDS_PER_ADDRESS {
        allowed &= tx.count(&format!("send:{window}:{name}"), length, now).await? <= most;
    }
    Ok(allowed)
}

pub(super) async fn within_budget(tx: &mut Tx, row: &PersonRow, now: Millis) -> Result<bool, StoreError> {
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
    let pause =
        limits::CODE_PAUSES[usize::try_from(old.sends).unwrap_or(0).min(limits::CODE_PAUSES.len() - 1)];
    let code = clock::new_code();
    let next = NewChallenge {
        code_mac: app.key.code_mac(&old.hash, &code),
        hash: old.hash.clone(),
        company: old.company,
        person: old.person,
        next_send_at: now + pause,
        expires_at: now + limits::CODE_LIFETIME,
    };
    let (receiver, sent_code, expires_at, next_at) = (row.clone(), code, next.expires_at, next.next_send_at);
    let replaced = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let replaced = tx.replace_code(&next, limits::CODE_SENDS, now).await?;
                if replaced {
                    queue_code(tx, &receiver, &sent_code, now).await?;
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

/// What became of a typed code.
pub(super) enum Guess<T> {
    /// It was right.
    Right(T),
    /// It was wrong.
    Wrong,
    /// It could not be tried any more.
    Spent,
}

/// Refuses somebody who has to accept terms and does not; answers whether there are any.
pub(super) async fn require_terms(
    app: &App,
    company: CompanyId,
    typed: &ConfirmCode,
) -> Result<bool, AppError> {
    let has_terms = !features::of(app, company).await?.text(FeatureKey::TermsOfUse).trim().is_empty();
    if has_terms && !typed.accepts_terms {
        return Err(AppError::Invalid("accepts_terms", "fault-terms"));
    }
    Ok(has_terms)
}

/// Tries a code on a challenge and uses the challenge up when it is right.
pub(super) async fn take_guess(
    tx: &mut Tx,
    key: &ServerKey,
    (hash, code): (&[u8], &str),
    (browser, has_terms): (&Browser, bool),
    now: Millis,
) -> Result<Guess<Challenge>, StoreError> {
    let Some(challenge) = tx.take_guess(hash, limits::CODE_GUESSES, now).await? else {
        return Ok(Guess::Spent);
    };
    let failures = format!("code:{}", challenge.person);
    if tx.count(&failures, HOUR, now).await? > limits::CODE_FAILURES_PER_HOUR {
        return Ok(Guess::Spent);
    }
    let note = |action| AuditEntry::of(challenge.company, challenge.person, action, now).from(browser);
    if !key.code_matches(hash, code, &challenge.code_mac) {
        tx.audit(note("sign_in_code_wrong")).await?;
        return Ok(Guess::Wrong);
    }
    if !tx.use_challenge(hash, now).await? {
        return Ok(Guess::Spent);
    }
    tx.clear_count(&failures).await?;
    if has_terms {
        tx.audit(note("terms_accepted")).await?;
    }
    Ok(Guess::Right(challenge))
}

/// Screen 3: the right code opens a session, once.
pub async fn confirm(
    app: &App,
    typed: &ConfirmCode,
    presented: Presented,
    browser: Browser,
) -> Result<SignedIn, AppError> {
    let code = validate::code(&typed.code).map_err(|fault| AppError::Invalid("code", fault))?;
    let token = presented.challenge.ok_or(AppError::CodeSpent)?;
    let waiting = app.store.challenge(&token.hash()).await?.ok_or(AppError::CodeSpent)?;
    let has_terms = require_terms(app, waiting.company, typed).await?;
    let features = features::of(app, waiting.company).await?;
    let lifetime = sessions::portal_lifetime(&features);
    let (hash, now, key) = (token.hash(), app.clock.now(), app.key.clone());
    let session = clock::new_token();
    let device = presented.device.is_none().then(clock::new_token);
    let known = device.clone().or(presented.device).ok_or(AppError::CodeSpent)?;
    let new_session = session.clone();
    let guess = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let challenge = match take_guess(tx, &key, (&hash, &code), (&browser, has_terms), now).await?
                {
                    Guess::Right(challenge) => challenge,
                    Guess::Wrong => return Ok(Guess::Wrong),
                    Guess::Spent => return Ok(Guess::Spent),
                };
                sign_in(tx, &challenge, &new_session, &known, browser, (now, lifetime))
                    .await
                    .map(Guess::Right)
            })
        })
        .await?;
    match guess {
        Guess::Right(ended) => {
            app.hub.end_sessions(&ended);
            Ok(SignedIn { session, device })
        }
        Guess::Wrong => Err(AppError::CodeRefused),
        Guess::Spent => Err(AppError::CodeSpent),
    }
}

/// A browser on its way in, by the token in its cookie.
pub(super) fn entering(token: &Token, browser: &Browser) -> EnteringDevice {
    EnteringDevice { hash: token.hash(), agent: browser.agent.clone(), address: browser.address.clone() }
}

async fn sign_in(
    tx: &mut Tx,
    challenge: &Challenge,
    session: &Token,
    device: &Token,
    browser: Browser,
    (now, lifetime): (Millis, Millis),
) -> Result<Vec<Vec<u8>>, AppError> {
    let (company, person) = (challenge.company, challenge.person);
    tx.audit(AuditEntry::of(company, person, "signed_in", now).from(&browser)).await?;
    let was_initial = tx.use_initial_password(company, person).await?;
    let (device, _) = tx.enter_device((company, person), entering(device, &browser), now).await?;
    let who = (company, person, Side::Portal);
    let ended = sessions::open_at(tx, session, who, (browser, Some(device)), (now, lifetime)).await?;
    if was_initial {
        tx.set_must_set_password(&session.hash(), true).await?;
    }
    Ok(ended)
}
