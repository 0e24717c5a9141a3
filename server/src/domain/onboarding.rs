//! How a client completes an invitation: identity, code, linked.
//!
//! An address that nobody invited gets the same screens, the same limits and the same words, and no code: what is
//! written down differs only in that no message is queued. The limits that an org admin configures come on top of
//! those that always hold (`limits.rs`).

mod linking;
mod rules;

use super::{
    features::{self, FeatureKey, Features},
    login, notifications, phones,
    sessions::{Browser, Standing},
};
use crate::{
    App,
    clock::{self, DAY, HOUR, MINUTE, Token},
    error::AppError,
    limits,
    outbox::{self, Letter},
    store::{AuditEntry, Company, Onboarding, PersonRow, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId,
    chats::Channel,
    notifications::Notice,
    onboarding::{Onboarded, OnboardingCode, OnboardingStart, StartOnboarding},
    paths::seconds_until,
    validate,
};
use rules::{Rules, key, locks, refuse_while_blocked};

/// What the page shows before anything is typed.
pub async fn describe(app: &App, company: &str) -> Result<OnboardingStart, AppError> {
    let company = app.store.company_by_name(company).await?.ok_or(AppError::NotFound)?;
    let features = features::of(app, company.id).await?;
    Ok(OnboardingStart {
        company: company.shown,
        by_email: !features.is_on(FeatureKey::WechatOnboardingSms),
        language: features.text(FeatureKey::DefaultLanguage),
    })
}

/// The identity was typed: sends a code if it was invited, and says the same if not.
pub async fn start(
    app: &App,
    company: &str,
    typed: &StartOnboarding,
    browser: &Browser,
) -> Result<(Token, OnboardingCode), AppError> {
    let company = app.store.company_by_name(company).await?.ok_or(AppError::NotFound)?;
    let features = features::of(app, company.id).await?;
    let (address, country) = if features.is_on(FeatureKey::WechatOnboardingSms) {
        let phone = phones::read(&typed.address, &typed.country)
            .ok_or(AppError::Invalid("address", "fault-phone"))?;
        (phone.number, phone.country)
    } else {
        let address = typed.address.trim().to_lowercase();
        validate::email(&address).map_err(|fault| AppError::Invalid("address", fault))?;
        (address, String::new())
    };
    let invited = app.store.invited(company.id, Channel::Wechat, &address, app.clock.now()).await?;
    let person = invited.map(|link| link.person);
    begin(app, &company, &features, (person, Channel::Wechat, address, country), browser).await
}

/// An invitation's link was opened: sends a code to the client's phone and mailbox.
pub async fn open(app: &App, token: &Token, browser: &Browser) -> Result<(Token, OnboardingCode), AppError> {
    let found = app.store.invitation(&token.hash(), app.clock.now()).await?;
    let (company, person, channel) = found.ok_or(AppError::LinkSpent)?;
    let links = app.store.channel_links(person).await?;
    let link = links.into_iter().find(|link| link.channel == channel).ok_or(AppError::LinkSpent)?;
    let company = app.store.company(company).await?.ok_or(AppError::LinkSpent)?;
    let features = features::of(app, company.id).await?;
    begin(app, &company, &features, (Some(person), channel, link.address, String::new()), browser).await
}

async fn begin(
    app: &App,
    company: &Company,
    features: &Features,
    (person, channel, address, country): (Option<PersonId>, Channel, String, String),
    browser: &Browser,
) -> Result<(Token, OnboardingCode), AppError> {
    refuse_while_blocked(app, &locks(company.id, &address, browser)).await?;
    let row = match person {
        Some(person) => app.store.person(company.id, person).await?,
        None => None,
    };
    let language = language(&country, row.as_ref(), features);
    let (token, code, now) = (clock::new_token(), clock::new_code(), app.clock.now());
    let hash = token.hash();
    let new = Onboarding {
        code_mac: app.key.code_mac(&hash, &code),
        hash,
        company: company.id,
        person: row.as_ref().map(|row| row.person.id),
        channel,
        address: address.clone(),
        sends: 1,
        next_send_at: now + limits::CODE_PAUSES[0],
        expires_at: now + lifetime(features),
    };
    let answer = OnboardingCode {
        address: shown(&new),
        language: language.clone(),
        expires_in: seconds_until(now, new.expires_at),
        resend_in: Some(seconds_until(now, new.next_send_at)),
    };
    let rules = Rules::of(features);
    let (place, lock_key) = (key("wrong", company.id, &browser.address), key("resend", company.id, &address));
    let day_key = key("invalid-day", company.id, &address);
    let from = browser.clone();
    let blocked = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let (None, Some(rule)) = (&row, rules.wrong_address) {
                    tx.count_and_block(&place, rule, now).await?;
                }
                // Starting anew is asking for a code again.
                if let Some(until) = rules.count_send(tx, &lock_key, &day_key, now).await? {
                    record_lock(tx, &new, &from, now).await?;
                    return Ok(Some(until));
                }
                let is_allowed = login::may_send(tx, &new.address, now).await?;
                tx.add_onboarding(new.clone()).await?;
                if let Some(row) = row.filter(|_| is_allowed) {
                    queue_code(tx, PersonRow { language: Some(language), ..row }, &new, &code, &rules, now)
                        .await?;
                }
                Ok::<_, StoreError>(None)
            })
        })
        .await?;
    if let Some(until) = blocked {
        return Err(AppError::TooMany(seconds_until(now, until)));
    }
    app.outbox.ring();
    Ok((token, answer))
}

/// Writes into the audit log that an address was locked out. While it is, nothing more is counted or written.
async fn record_lock(tx: &mut Tx, new: &Onboarding, from: &Browser, now: Millis) -> Result<(), StoreError> {
    let entry = AuditEntry::by_nobody(new.company, "onboarding_locked", now);
    tx.audit(entry.on(&new.address).from(from)).await
}

/// What a browser that followed a link is told of the address; one that typed it has it already.
fn shown(new: &Onboarding) -> String {
    match (new.channel, new.address.starts_with('+')) {
        (Channel::Causeway, true) => super::otp::mask_phone(&new.address),
        (Channel::Causeway, false) => super::otp::mask_email(&new.address),
        _ => new.address.clone(),
    }
}

fn lifetime(features: &Features) -> Millis {
    features.number(FeatureKey::WechatOtpLifetime) * MINUTE
}

/// The language of a code: that of the number's country, of the profile, of the company.
fn language(country: &str, row: Option<&PersonRow>, features: &Features) -> String {
    let supported = features.client_languages();
    phones::language_of(country)
        .map(str::to_owned)
        .or_else(|| row.and_then(|row| row.language.clone()))
        .filter(|language| supported.contains(language))
        .unwrap_or_else(|| features.text(FeatureKey::DefaultLanguage))
}

/// Queues the code by the ways that are configured; where an address is missing, by the other.
async fn queue_code(
    tx: &mut Tx,
    row: PersonRow,
    new: &Onboarding,
    code: &str,
    rules: &Rules,
    now: Millis,
) -> Result<(), StoreError> {
    let minutes = ((new.expires_at - now) / MINUTE).to_string();
    let args = [("code", code), ("minutes", minutes.as_str())];
    let is_invitation = new.channel == Channel::Causeway;
    let (has_phone, has_email) = (!row.phone.is_empty(), !row.email.is_empty());
    let by_sms = has_phone && (rules.by_sms || is_invitation || !has_email);
    let by_mail = has_email && (rules.by_mail || is_invitation || !has_phone);
    if (rules.by_sms && !has_phone) || (rules.by_mail && !has_email) {
        warn_of_missing_route(tx, &row, has_phone, now).await?;
    }
    if by_sms && login::within_budget(tx, &row, now).await? {
        outbox::queue(tx, &row, Letter::Sms("onboarding-code-sms"), &args, now).await?;
    }
    if by_mail {
        outbox::queue(tx, &row, Letter::Email("onboarding-code-mail"), &args, now).await?;
    }
    Ok(())
}

/// The admins learn that a code takes the other way, once a day and client; the client sees nothing of it.
async fn warn_of_missing_route(
    tx: &mut Tx,
    row: &PersonRow,
    has_phone: bool,
    now: Millis,
) -> Result<(), StoreError> {
    tracing::warn!(event = "otp_route_missing", company = %row.company, person = %row.person.id, "the code takes the other way");
    if tx.count(&format!("otp-route:{}", row.person.id), DAY, now).await? > 1 {
        return Ok(());
    }
    let missing = if has_phone { "email" } else { "phone" };
    let person = tx.contact_of(row.person.id).await?;
    let notice =
        Notice::OtpRouteMissing { person, name: row.person.name.clone(), missing: missing.to_owned() };
    notifications::tell_admins(tx, row.company, &notice, now).await
}

/// Another code, when the pause is over.
pub async fn resend(app: &App, token: &Token, browser: &Browser) -> Result<OnboardingCode, AppError> {
    let old = app.store.onboarding(&token.hash()).await?.ok_or(AppError::CodeSpent)?;
    let features = features::of(app, old.company).await?;
    refuse_while_blocked(app, &locks(old.company, &old.address, browser)).await?;
    let row = match old.person {
        Some(person) => app.store.person(old.company, person).await?,
        None => None,
    };
    let country = phones::read(&old.address, "").map(|phone| phone.country).unwrap_or_default();
    let language = language(&country, row.as_ref(), &features);
    let (now, code) = (app.clock.now(), clock::new_code());
    let pause =
        limits::CODE_PAUSES[usize::try_from(old.sends).unwrap_or(0).min(limits::CODE_PAUSES.len() - 1)];
    let next = Onboarding {
        code_mac: app.key.code_mac(&old.hash, &code),
        next_send_at: now + pause,
        expires_at: now + lifetime(&features),
        ..old.clone()
    };
    let rules = Rules::of(&features);
    let (resend, day) =
        (key("resend", old.company, &old.address), key("invalid-day", old.company, &old.address));
    let (to, sent, words, from) = (row, next.clone(), language.clone(), browser.clone());
    let outcome = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if !tx.replace_onboarding_code(&sent, limits::CODE_SENDS, now).await? {
                    return Ok(Err(None));
                }
                if let Some(until) = rules.count_send(tx, &resend, &day, now).await? {
                    record_lock(tx, &sent, &from, now).await?;
                    return Ok(Err(Some(until)));
                }
                let is_allowed = login::may_send(tx, &sent.address, now).await?;
                if let Some(row) = to.filter(|_| is_allowed) {
                    queue_code(tx, PersonRow { language: Some(words), ..row }, &sent, &code, &rules, now)
                        .await?;
                }
                Ok::<_, StoreError>(Ok(()))
            })
        })
        .await?;
    app.outbox.ring();
    let more = |sends: i32, at: Millis| (sends < limits::CODE_SENDS).then(|| seconds_until(now, at));
    let (expires_at, resend_in) = match outcome {
        Err(Some(until)) => return Err(AppError::TooMany(seconds_until(now, until))),
        Err(None) => (old.expires_at, more(old.sends, old.next_send_at)),
        Ok(()) => (next.expires_at, more(old.sends + 1, next.next_send_at)),
    };
    Ok(OnboardingCode {
        address: shown(&old),
        language,
        expires_in: seconds_until(now, expires_at),
        resend_in,
    })
}

enum Guess {
    Right(Vec<Vec<u8>>, PersonId),
    Wrong,
    Spent,
}

/// The code: links the channel, makes the chat, and opens the client's session, once.
pub async fn confirm(
    app: &App,
    token: &Token,
    typed: &str,
    standing: &Standing,
    browser: Browser,
) -> Result<(Token, Onboarded), AppError> {
    let code = validate::code(typed).map_err(|fault| AppError::Invalid("code", fault))?;
    let hash = token.hash();
    let waiting = app.store.onboarding(&hash).await?.ok_or(AppError::CodeSpent)?;
    standing.make_way_for(waiting.person)?;
    let features = features::of(app, waiting.company).await?;
    refuse_while_blocked(app, &locks(waiting.company, &waiting.address, &browser)).await?;
    let (rules, now, server_key, session) =
        (Rules::of(&features), app.clock.now(), app.key.clone(), clock::new_token());
    let new_session = session.clone();
    let guess = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let Some(waiting) = tx.take_onboarding_guess(&hash, limits::CODE_GUESSES, now).await? else {
                    return Ok(Guess::Spent);
                };
                let failures = key("failures", waiting.company, &waiting.address);
                if tx.count(&failures, HOUR, now).await? > limits::CODE_FAILURES_PER_HOUR {
                    return Ok(Guess::Spent);
                }
                let fits = server_key.code_matches(&hash, &code, &waiting.code_mac);
                let Some(client) = waiting.person.filter(|_| fits) else {
                    return count_wrong(tx, &rules, &waiting, now).await;
                };
                if !tx.end_onboarding(&hash, now).await? {
                    return Ok(Guess::Spent);
                }
                tx.clear_count(&failures).await?;
                linking::link(tx, &waiting, client, &new_session, browser, now).await
            })
        })
        .await?;
    match guess {
        Guess::Wrong => Err(AppError::CodeRefused),
        Guess::Spent => Err(AppError::CodeSpent),
        Guess::Right(ended, host) => {
            app.hub.end_sessions(&ended);
            let company = app.store.company(waiting.company).await?.ok_or(AppError::SignedOut)?;
            let host = app.store.person(waiting.company, host).await?.ok_or(AppError::SignedOut)?;
            Ok((session, Onboarded { company: company.shown, host: host.person }))
        }
    }
}

async fn count_wrong(
    tx: &mut Tx,
    rules: &Rules,
    waiting: &Onboarding,
    now: Millis,
) -> Result<Guess, AppError> {
    if let Some((window, most)) = rules.invalid {
        let wrong = key("invalid", waiting.company, &waiting.address);
        if tx.count(&wrong, window, now).await? >= most {
            tx.end_onboarding(&waiting.hash, now).await?;
            tx.clear_count(&wrong).await?;
            return Ok(Guess::Spent);
        }
    }
    Ok(Guess::Wrong)
}
