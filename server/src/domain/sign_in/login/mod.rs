//! Signing in: company, user name and password; then the code; then the session.
//!
//! An unknown company, an unknown user, a wrong password and a locked account get the same answer in the same
//! time. Counting and deciding is one statement each (`store/throttle.rs`, `store/codes/mod.rs`).

mod codes;
mod password;

pub(in crate::domain) use codes::{OpenedBy, describe, new_challenge, queue_code, send_first};
pub use codes::{resend, waiting};
pub(in crate::domain) use password::{Checked, check_password};

use super::sessions::{self, Grounds, Opening, Standing};
use crate::{
    App,
    actor::{Browser, PersonKey},
    clock::{self, Token},
    domain::{
        codes::Guess,
        features::{self, keys},
        second_factors::{self, Answer, Verifier},
    },
    error::AppError,
    input::agents,
    job, limits,
    outbox::{self, Template},
    store::{AuditEntry, CodeKey, CodePurpose, OneTimeCode, SignInBrowser, StoreError, Tx},
    texts,
};
use causeway_api::{
    CompanyId, Millis,
    audit::AuditAction,
    auth::{CodeSent, ConfirmCode, LogIn},
    validate::Fault,
};

/// The tokens that a browser presented.
#[derive(Clone, Default)]
pub struct Presented {
    /// A sign-in that waits for its code.
    pub challenge: Option<Token>,
    /// A browser in which someone has signed in before.
    pub device: Option<Token>,
    /// The session that lives in the browser.
    pub standing: Standing,
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
    let terms = features::of(app, checked.person.company).await?.get(keys::TERMS_OF_USE);
    let sent = send_first(app, checked, CodePurpose::SignIn, token.hash()).await?;
    Ok((token, CodeSent { terms, ..sent }))
}

/// Refuses someone who has to accept terms and does not; returns whether there are any.
pub(in crate::domain) async fn require_terms(
    app: &App,
    company: CompanyId,
    typed: &ConfirmCode,
) -> Result<bool, AppError> {
    let has_terms = !features::of(app, company).await?.get(keys::TERMS_OF_USE).trim().is_empty();
    if has_terms && !typed.accepts_terms {
        return Err(AppError::Invalid("accepts_terms", Fault::Terms));
    }
    Ok(has_terms)
}

/// Tries an answer and records it.
pub(in crate::domain) async fn take_guess(
    tx: &mut Tx,
    verifier: &Verifier,
    challenge: &OneTimeCode,
    answer: &Answer,
    browser: &Browser,
    has_terms: bool,
    now: Millis,
) -> Result<Guess<OneTimeCode>, StoreError> {
    let code = CodeKey { purpose: challenge.purpose, hash: &challenge.hash };
    let guess = second_factors::take_guess(tx, verifier, code, answer, browser, now).await?;
    let Some(person) = challenge.person else { return Ok(Guess::Spent) };
    let note = |action| AuditEntry::of(challenge.company, person, action, now).from(browser);
    match &guess {
        Guess::Wrong => tx.audit(note(AuditAction::SignInCodeWrong)).await?,
        Guess::Right(_) if has_terms => tx.audit(note(AuditAction::TermsAccepted)).await?,
        Guess::Right(_) | Guess::Spent => {}
    }
    Ok(guess)
}

/// Screen 3: the right code opens a session, once.
pub async fn confirm(
    app: &App,
    typed: &ConfirmCode,
    presented: Presented,
    browser: Browser,
) -> Result<SignedIn, AppError> {
    let answer = Answer::parse(typed)?;
    let token = presented.challenge.ok_or(AppError::CodeSpent)?;
    let waiting = app.store.code(CodePurpose::SignIn, &token.hash()).await?.ok_or(AppError::CodeSpent)?;
    let has_terms = require_terms(app, waiting.company, typed).await?;
    let features = features::of(app, waiting.company).await?;
    let lifetime = sessions::portal_lifetime(&features);
    let (now, verifier) = (app.clock.now(), Verifier::of(app));
    let session = clock::new_token();
    let device = presented.device.is_none().then(clock::new_token);
    let known = device.clone().or(presented.device).ok_or(AppError::CodeSpent)?;
    let (new_session, replaces) = (session.clone(), presented.standing.session());
    let guess = app
        .store
        .write(job!(|tx| {
            let guess = take_guess(tx, &verifier, &waiting, &answer, &browser, has_terms, now).await?;
            let challenge = match guess {
                Guess::Right(challenge) => challenge,
                Guess::Wrong => return Ok(Guess::Wrong),
                Guess::Spent => return Ok(Guess::Spent),
            };
            let entry = Entry { session: &new_session, device: &known, replaces, browser, now, lifetime };
            sign_in(tx, &challenge, entry).await.map(Guess::Right)
        }))
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

/// The browser that someone signs in on, by the token in its cookie.
pub(in crate::domain) fn browser_of(token: &Token, browser: &Browser) -> SignInBrowser {
    SignInBrowser { hash: token.hash(), agent: browser.agent.clone(), address: browser.address.clone() }
}

/// Mails the owner of an account when someone signs in from a new browser, or gets in after many wrong tries (OWASP ASVS
/// 5.0, 6.3.5).
async fn mail_owner(
    tx: &mut Tx,
    challenge: &OneTimeCode,
    is_new: bool,
    failures: i64,
    browser: &Browser,
    now: Millis,
) -> Result<(), StoreError> {
    let template = match (is_new, failures >= limits::FAILURES_TO_TELL) {
        (true, _) => Template::NewBrowser,
        (false, true) => Template::FailuresBefore,
        (false, false) => return Ok(()),
    };
    let owner = tx.people_by_ids(challenge.company, challenge.person.into_iter().collect()).await?;
    let Some(row) = owner.first().filter(|row| !row.email.is_empty()) else { return Ok(()) };
    let (device, failures) = (agents::describe(&browser.agent).name(), failures.to_string());
    let address = texts::address(row.language.as_deref(), &browser.address);
    let args = [("device", device.as_str()), ("address", address.as_str()), ("failures", &failures)];
    outbox::queue(tx, row, template, &args, now).await?.or_drop();
    Ok(())
}

/// Someone on the way in.
struct Entry<'a> {
    session: &'a Token,
    device: &'a Token,
    replaces: Option<Vec<u8>>,
    browser: Browser,
    now: Millis,
    lifetime: Millis,
}

async fn sign_in(tx: &mut Tx, challenge: &OneTimeCode, entry: Entry<'_>) -> Result<Vec<Vec<u8>>, AppError> {
    let Entry { session, device, replaces, browser, now, lifetime } = entry;
    let company = challenge.company;
    let person = challenge.person.ok_or(AppError::CodeSpent)?;
    let was_known = tx.has_devices(company, person).await?;
    let (device, is_new) =
        tx.record_sign_in_on(PersonKey::new(company, person), browser_of(device, &browser), now).await?;
    let opening = Opening {
        grounds: Grounds::SignIn(challenge),
        token: session,
        browser: browser.clone(),
        device: Some(device),
        replaces,
        now,
        lifetime,
    };
    let opened = sessions::open(tx, opening).await?;
    tx.audit(AuditEntry::of(company, person, AuditAction::SignedIn, now).from(&browser)).await?;
    if tx.use_initial_password(company, person).await? {
        tx.set_must_set_password(&session.hash(), true).await?;
    }
    let failures = challenge.earlier_failures + i64::from(challenge.attempts) - 1;
    // The first browser of an account needs no mail.
    mail_owner(tx, challenge, is_new && was_known, failures, &browser, now).await?;
    Ok(opened.ended)
}
