//! What proves beside the password who is there: sent codes, authenticator apps, passkeys and recovery codes.
//!
//! Signing in, linking a phone and confirming once more all ask here. Whoever has set up an authenticator app or a
//! passkey gets no codes by SMS or mail any more: a lock is as good as its weakest key (NIST SP 800-63B-4, 3.1.3.3).

pub mod authenticator;
pub mod passkeys;
pub mod recovery;
mod seal;
pub mod setup;

use super::{
    codes::{self, Guess},
    features::{Features, is_second_factor_required},
};
use crate::{
    App,
    actor::Browser,
    error::AppError,
    keys::ServerKey,
    store::{CodeKey, Enrolled, OneTimeCode, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    auth::ConfirmCode,
    json::Json,
    people::Role,
    second_factors::{SecondFactors, Way},
    validate::{self, Fault},
};
use passkeys::Passkeys;
use webauthn_rs::prelude::PublicKeyCredential;

/// How a challenge begins.
pub(super) struct Opening {
    /// The ways that open it, the best first.
    pub(super) ways: Vec<Way>,
    /// What the browser needs for a passkey.
    pub(super) options: Option<Json>,
    /// What the passkey is checked against.
    pub(super) state: Option<String>,
}

impl Opening {
    /// Whether a code is sent.
    pub(super) fn sends_code(&self) -> bool {
        self.ways.contains(&Way::Sent)
    }
}

/// The ways that are open to a person now.
pub(super) async fn opening(app: &App, company: CompanyId, person: PersonId) -> Result<Opening, AppError> {
    let enrolled = app.store.enrolled(company, person).await?;
    if !enrolled.is_strong() {
        return Ok(Opening { ways: vec![Way::Sent], options: None, state: None });
    }
    let asked = app.passkeys.ask(&enrolled.passkeys)?;
    let (options, state) = asked.unzip();
    let mut ways = Vec::new();
    ways.extend(options.is_some().then_some(Way::Passkey));
    ways.extend(enrolled.authenticator_since().map(|_| Way::Authenticator));
    ways.extend((enrolled.recovery_codes_left > 0).then_some(Way::RecoveryCode));
    Ok(Opening { ways, options, state })
}

/// What someone answers.
#[derive(Clone)]
pub(super) enum Answer {
    Sent(String),
    Authenticator(String),
    RecoveryCode(String),
    Passkey(Box<PublicKeyCredential>),
}

impl Answer {
    /// Checks the shape of what was typed, or of what the browser made.
    pub(super) fn parse(typed: &ConfirmCode) -> Result<Self, AppError> {
        let digits = || validate::code(&typed.code).map_err(|fault| AppError::Invalid("code", fault));
        Ok(match typed.way {
            Way::Sent => Self::Sent(digits()?),
            Way::Authenticator => Self::Authenticator(digits()?),
            Way::RecoveryCode => Self::RecoveryCode(
                validate::recovery_code(&typed.code).map_err(|fault| AppError::Invalid("code", fault))?,
            ),
            Way::Passkey => {
                let credential =
                    typed.passkey.as_ref().and_then(|json| serde_json::from_str(json.text()).ok());
                Self::Passkey(Box::new(credential.ok_or(AppError::Invalid("passkey", Fault::Passkey))?))
            }
        })
    }
}

/// What answers are checked with.
#[derive(Clone)]
pub(super) struct Verifier {
    key: ServerKey,
    passkeys: Passkeys,
}

impl Verifier {
    /// That of the server.
    pub(super) fn of(app: &App) -> Self {
        Self { key: app.key.clone(), passkeys: app.passkeys.clone() }
    }
}

/// Tries an answer on a challenge and marks the challenge as used when it is right.
pub(super) async fn take_guess(
    tx: &mut Tx,
    verifier: &Verifier,
    code: CodeKey<'_>,
    answer: &Answer,
    browser: &Browser,
    now: Millis,
) -> Result<Guess<OneTimeCode>, StoreError> {
    let Some(challenge) = codes::guess(tx, code, &browser.address, now).await? else {
        return Ok(Guess::Spent);
    };
    if !is_right(tx, verifier, &challenge, answer, now).await? {
        return Ok(Guess::Wrong);
    }
    Ok(if codes::finish(tx, &challenge, now).await? { Guess::Right(challenge) } else { Guess::Spent })
}

async fn is_right(
    tx: &mut Tx,
    verifier: &Verifier,
    challenge: &OneTimeCode,
    answer: &Answer,
    now: Millis,
) -> Result<bool, StoreError> {
    match answer {
        // A challenge that began without a code cannot be opened by one.
        Answer::Sent(_) if challenge.code_mac.is_empty() => Ok(false),
        Answer::Sent(code) => Ok(verifier.key.code_matches(&challenge.hash, code, &challenge.code_mac)),
        // And one that began with a code was begun by someone who has nothing else.
        _ if !challenge.code_mac.is_empty() => Ok(false),
        Answer::Authenticator(code) => {
            authenticator::take_code(tx, &verifier.key, challenge, code, now).await
        }
        Answer::RecoveryCode(code) => recovery::take_code(tx, challenge, code, now).await,
        Answer::Passkey(credential) => verifier.passkeys.check(tx, challenge, credential, now).await,
    }
}

/// What a person has set up, for the page.
pub(super) fn describe(
    app: &App,
    features: &Features,
    role: Option<Role>,
    enrolled: Enrolled,
) -> SecondFactors {
    SecondFactors {
        is_required: is_second_factor_required(features, role),
        authenticator_since: enrolled.authenticator_since(),
        passkeys: enrolled.passkeys.iter().map(passkeys::shown).collect(),
        can_use_passkeys: app.passkeys.can_be_used(),
        recovery_codes_left: enrolled.recovery_codes_left,
    }
}
