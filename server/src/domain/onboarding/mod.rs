//! How a client completes an invitation: identity, code, linked.
//!
//! An address that no one invited gets the same screens, the same limits and the same words, and no code: whether one goes
//! out is decided behind the answer (`sending.rs`), so that everything before it rests on what the caller sent alone. The
//! limits that an org admin configures come on top of those that always hold (`limits.rs`).

mod confirming;
mod invitation;
mod rules;
mod sending;

pub use confirming::confirm;
pub use invitation::{open, send};
pub use sending::{run, send_pending};

use super::{
    codes::{self, Request, mask},
    features::{self, Features, keys},
};
use crate::{
    App,
    actor::Browser,
    clock::{self, MINUTE, Token},
    error::AppError,
    input::{emails, phones},
    job,
    store::{AuditEntry, CodePurpose, Company, Counter, OneTimeCode, SentTo, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    chats::Channel,
    onboarding::{OnboardingCode, OnboardingStart, StartOnboarding},
    paths::seconds_until,
    validate::Fault,
};
use rules::{Rules, locks, refuse_while_blocked};

/// What the page shows before anything is typed. The address of a company's page is public: it stands in every invitation.
pub async fn describe(app: &App, company: &str) -> Result<OnboardingStart, AppError> {
    let company = app.store.company_by_name(company).await?.ok_or(AppError::NotFound)?;
    let features = features::of(app, company.id).await?;
    Ok(OnboardingStart {
        company: company.shown,
        by_email: !features.get(keys::WECHAT_ONBOARDING_SMS),
        language: features.get(keys::DEFAULT_LANGUAGE),
    })
}

/// The identity was typed: a code goes out if it was invited, and the answer is the same if not.
pub async fn start(
    app: &App,
    company: &str,
    typed: &StartOnboarding,
    browser: &Browser,
) -> Result<(Token, OnboardingCode), AppError> {
    let company = app.store.company_by_name(company).await?.ok_or(AppError::NotFound)?;
    let features = features::of(app, company.id).await?;
    let by_email = !features.get(keys::WECHAT_ONBOARDING_SMS);
    if typed.by_email.is_some_and(|asked| asked != by_email) {
        return Err(AppError::Conflict("address", Fault::ChangedMeanwhile));
    }
    let (address, country) = if by_email {
        let email = emails::read(&typed.address).map_err(|fault| AppError::Invalid("address", fault))?;
        (email.key, String::new())
    } else {
        let phone = phones::read(&typed.address, &typed.country)
            .map_err(|fault| AppError::Invalid("address", fault))?;
        (phone.number, phone.country)
    };
    let language = language(&country, None, &features);
    let identity = Identity { person: None, channel: Channel::Wechat, address, language };
    begin(app, &company, &features, identity, browser).await
}

/// Who a code is asked for.
struct Identity {
    /// The client whose invitation was opened by its link; `None` where an address was typed.
    person: Option<PersonId>,
    channel: Channel,
    address: String,
    /// The language of the answer.
    language: String,
}

async fn begin(
    app: &App,
    company: &Company,
    features: &Features,
    identity: Identity,
    browser: &Browser,
) -> Result<(Token, OnboardingCode), AppError> {
    let Identity { person, channel, address, language } = identity;
    refuse_while_blocked(app, &locks(company.id, &address, browser)).await?;
    let (token, now) = (clock::new_token(), app.clock.now());
    let request = Request {
        hash: token.hash(),
        company: company.id,
        purpose: CodePurpose::Onboarding,
        person,
        channel: Some(channel),
        address,
        sent_to: SentTo::default(),
        lifetime: lifetime(features),
    };
    let new = codes::pending(request, now);
    let answer = answer(&new, language, now);
    let (rules, from) = (Rules::of(features), browser.clone());
    let blocked = app
        .store
        .write(job!(|tx| {
            // Counted for every address that is typed, invited or not; linking forgets it.
            if let (None, Some(rule)) = (person, rules.wrong_address) {
                tx.count_and_block(
                    &Counter::OnboardingWrong.of_address_in(new.company, &from.address),
                    rule,
                    now,
                )
                .await?;
            }
            // Starting anew is asking for a code again.
            if let Some(until) = count_send(tx, &rules, &new, &from, now).await? {
                return Ok(Some(until));
            }
            tx.add_code(new, now).await?;
            Ok::<_, StoreError>(None)
        }))
        .await?;
    if let Some(until) = blocked {
        return Err(AppError::TooMany(seconds_until(now, until)));
    }
    app.onboarding_codes.notify_one();
    Ok((token, answer))
}

/// Counts a code that is asked for; returns until when no more are, and records that.
async fn count_send(
    tx: &mut Tx,
    rules: &Rules,
    code: &OneTimeCode,
    from: &Browser,
    now: Millis,
) -> Result<Option<Millis>, StoreError> {
    let Some(until) = rules.count_send(tx, code.company, &code.address, now).await? else { return Ok(None) };
    // While an address is locked out, nothing more is counted or written.
    let entry = AuditEntry::by_nobody(code.company, AuditAction::OnboardingLocked, now);
    tx.audit(entry.on(&code.address).from(from)).await?;
    Ok(Some(until))
}

/// What a browser is told of its code.
fn answer(code: &OneTimeCode, language: String, now: Millis) -> OnboardingCode {
    OnboardingCode {
        address: shown(code.channel, &code.address),
        language,
        expires_in: codes::expires_in(code, now),
        resend_in: codes::resend_in(code, now),
    }
}

/// What a browser that followed a link is told of the address; one that typed it has it already.
fn shown(channel: Option<Channel>, address: &str) -> String {
    match (channel, address.starts_with('+')) {
        (Some(Channel::Causeway), true) => mask::mask_phone(address),
        (Some(Channel::Causeway), false) => mask::mask_email(address),
        _ => address.to_owned(),
    }
}

fn lifetime(features: &Features) -> Millis {
    features.get(keys::WECHAT_OTP_LIFETIME) * MINUTE
}

/// The language of a number's country, else that of a profile, else the company's.
fn language(country: &str, profile: Option<&str>, features: &Features) -> String {
    let supported = features.client_languages();
    let by_country = phones::language_of(country);
    [by_country, profile]
        .into_iter()
        .flatten()
        .find(|language| supported.iter().any(|tag| tag == language))
        .map_or_else(|| features.get(keys::DEFAULT_LANGUAGE), str::to_owned)
}

/// The language of the answer about a code, from what its browser typed.
async fn language_of(app: &App, code: &OneTimeCode, features: &Features) -> Result<String, AppError> {
    if code.channel != Some(Channel::Causeway) {
        let country = phones::read(&code.address, "").map_or_else(|_| String::new(), |phone| phone.country);
        return Ok(language(&country, None, features));
    }
    // Whoever followed the link of an invitation has it from the client.
    let row = match code.person {
        Some(person) => app.store.person(code.company, person).await?,
        None => None,
    };
    let country = phones::read(&code.address, "").map_or_else(|_| String::new(), |phone| phone.country);
    Ok(language(&country, row.as_ref().and_then(|row| row.language.as_deref()), features))
}

async fn code_of(app: &App, token: &Token) -> Result<OneTimeCode, AppError> {
    app.store.code(CodePurpose::Onboarding, &token.hash()).await?.ok_or(AppError::CodeSpent)
}

/// The code that waits in a browser. Nothing is sent.
pub async fn waiting(app: &App, token: &Token) -> Result<OnboardingCode, AppError> {
    let (code, now) = (code_of(app, token).await?, app.clock.now());
    if code.expires_at <= now {
        return Err(AppError::CodeSpent);
    }
    let features = features::of(app, code.company).await?;
    let language = language_of(app, &code, &features).await?;
    Ok(answer(&code, language, now))
}

/// Another code, when the pause is over.
pub async fn resend(app: &App, token: &Token, browser: &Browser) -> Result<OnboardingCode, AppError> {
    let old = code_of(app, token).await?;
    let features = features::of(app, old.company).await?;
    refuse_while_blocked(app, &locks(old.company, &old.address, browser)).await?;
    let language = language_of(app, &old, &features).await?;
    let (now, lifetime, rules, from) =
        (app.clock.now(), lifetime(&features), Rules::of(&features), browser.clone());
    let outcome = app
        .store
        .write(job!(|tx| {
            let (code, is_replaced) = codes::resend_pending(tx, old, lifetime, now).await?;
            if is_replaced && let Some(until) = count_send(tx, &rules, &code, &from, now).await? {
                return Ok(Err(until));
            }
            Ok::<_, StoreError>(Ok(code))
        }))
        .await?;
    app.onboarding_codes.notify_one();
    match outcome {
        Ok(code) => Ok(answer(&code, language, now)),
        Err(until) => Err(AppError::TooMany(seconds_until(now, until))),
    }
}
