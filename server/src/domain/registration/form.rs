//! What a registrant sees and sends: name and e-mail, then a code. Whether an address has an account already is told to
//! no one but its owner, by mail.

use super::work;
use crate::{
    App,
    actor::Browser,
    clock::{self, HOUR, MINUTE, Token},
    domain::{
        codes::{self, Request, Resent},
        features::{self, keys},
        notifications::deliveries,
    },
    error::AppError,
    input::{emails, names},
    job, limits,
    outbox::{self, Template},
    store::{
        CodeKey, CodePurpose, Company, OneTimeCode, PersonRow, PlanRow, Registrant, RegistrationRow, SentTo,
        StoreError, Tx,
    },
    texts,
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{Person, PersonKind},
    registration::{Register, RegistrationCode, RegistrationForm},
    validate::Fault,
};
use uuid::Uuid;

async fn find(app: &App, token: &str) -> Result<(RegistrationRow, Company, PlanRow), AppError> {
    let row = app.store.registration_by_token(token).await?.ok_or(AppError::LinkSpent)?;
    let company = app.store.company(row.company).await?.ok_or(AppError::LinkSpent)?;
    let plan = app.store.plan(row.company).await?.ok_or(AppError::LinkSpent)?;
    Ok((row, company, plan))
}

/// What the page at a link shows.
pub async fn describe(app: &App, token: &str, browser: &Browser) -> Result<RegistrationForm, AppError> {
    let (row, company, plan) = find(app, token).await?;
    let is_needed = work::is_needed(app, company.id, &browser.address).await?;
    let features = features::of(app, company.id).await?;
    let has_place = plan.external_limit.is_none_or(|limit| row.registered + row.pending < limit);
    Ok(RegistrationForm {
        is_open: row.closed.is_none() && plan.plan.has_registration() && has_place,
        company: company.shown,
        form_text: row.form_text,
        work: is_needed.then(|| work::ask(app, company.id)),
        asks_password: !features.get(keys::INITIAL_PASSWORD),
    })
}

/// Name and e-mail were sent: takes a place and sends a code; or tells the owner of a known address that it has an
/// account, and says the same.
pub async fn begin(
    app: &App,
    link: &str,
    typed: &Register,
    earlier: Option<Token>,
    browser: &Browser,
) -> Result<(Token, RegistrationCode), AppError> {
    let (row, company, plan) = find(app, link).await?;
    let (name, email) = read(typed, &row.domains)?;
    if row.closed.is_some() || !plan.plan.has_registration() {
        return Err(AppError::RegistrationClosed);
    }
    if work::is_needed(app, company.id, &browser.address).await? {
        // The work was done for the address as the page had it.
        work::check(app, company.id, &typed.email.trim().to_lowercase(), typed.work.as_ref()).await?;
    }
    count(app, &company, browser).await?;
    let is_known = app.store.username_holder(company.id, &email).await?.is_some();
    let (token, now) = (clock::new_token(), app.clock.now());
    let language = typed.language.as_str();
    let (code, digits) = codes::issue(&app.key, request(&token, company.id, &email), now);
    let new = Registrant {
        hash: token.hash(),
        company: company.id,
        name,
        email,
        language: texts::LANGUAGES.into_iter().find(|tag| *tag == language).unwrap_or("en").to_owned(),
        is_known,
        place_until: now + limits::REGISTRATION_PLACE,
    };
    let answer = answer(&code, now);
    let (origin, limit, before) = (app.config.public_origin.clone(), plan.external_limit, earlier);
    let has_place = app
        .store
        .write(job!(|tx| {
            tx.next_seq(new.company).await?;
            tx.expire_registrants(new.company, now).await?;
            // Whoever changes the address in the same browser holds one place, not two.
            if let Some(before) = before {
                tx.give_place_back(new.company, &before.hash()).await?;
            }
            if !tx.take_place(new.company, limit).await? {
                return Ok::<_, StoreError>(false);
            }
            tx.add_registrant(new.clone()).await?;
            tx.add_code(code, now).await?;
            queue(tx, &new, &company, &digits, &origin, now).await?;
            Ok(true)
        }))
        .await?;
    if !has_place {
        return Err(AppError::RegistrationClosed);
    }
    app.outbox.ring();
    Ok((token, answer))
}

/// Returns the name and the address that were typed, if they are such and the address is of an allowed domain.
fn read(typed: &Register, domains: &[String]) -> Result<(String, String), AppError> {
    let name = names::read(&typed.name).map_err(|fault| AppError::Invalid("name", fault))?;
    let email = emails::read(&typed.email).map_err(|fault| AppError::Invalid("email", fault))?.key;
    if !is_allowed_domain(&email, domains) {
        return Err(AppError::Invalid("email", Fault::Domain));
    }
    Ok((name, email))
}

/// A code for an address that is no person's yet.
fn request(token: &Token, company: CompanyId, email: &str) -> Request {
    Request {
        hash: token.hash(),
        company,
        purpose: CodePurpose::Registration,
        person: None,
        channel: None,
        address: email.to_owned(),
        sent_to: SentTo::default(),
        lifetime: limits::CODE_LIFETIME,
    }
}

fn is_allowed_domain(email: &str, domains: &[String]) -> bool {
    let domain = email.rsplit('@').next().unwrap_or_default();
    domains.is_empty() || domains.iter().any(|allowed| emails::domain_key(allowed).as_deref() == Ok(domain))
}

fn answer(code: &OneTimeCode, now: Millis) -> RegistrationCode {
    RegistrationCode {
        email: code.address.clone(),
        expires_in: codes::expires_in(code, now),
        resend_in: codes::resend_in(code, now),
        undelivered: None,
    }
}

/// Counts a registration that was begun, by company, address and network; refused beyond the limits of an hour.
async fn count(app: &App, company: &Company, browser: &Browser) -> Result<(), AppError> {
    let (keys, now) = (work::keys(company.id, &browser.address), app.clock.now());
    let hourly = app
        .store
        .write(job!(|tx| {
            let mut hourly = [0; 3];
            for (place, key) in keys.iter().enumerate() {
                tx.count(&key.within("10m"), 10 * MINUTE, now).await?;
                hourly[place] = tx.count(&key.within("1h"), HOUR, now).await?;
            }
            Ok::<_, StoreError>(hourly)
        }))
        .await?;
    let most = [
        limits::REGISTRATIONS_PER_COMPANY_AND_HOUR,
        limits::REGISTRATIONS_PER_ADDRESS_AND_HOUR,
        limits::REGISTRATIONS_PER_NETWORK_AND_HOUR,
    ];
    if hourly.iter().zip(most).any(|(count, most)| *count > most) {
        return Err(AppError::TooMany(600));
    }
    Ok(())
}

/// Queues the code; or, to an address that has an account, the mail that says so.
async fn queue(
    tx: &mut Tx,
    row: &Registrant,
    company: &Company,
    code: &str,
    origin: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let person = Person {
        id: PersonId(Uuid::nil()),
        kind: PersonKind::Client,
        name: row.name.clone(),
        role: None,
        company_role: String::new(),
        about: String::new(),
        name_lang: None,
        is_inactive: false,
    };
    let to = PersonRow {
        person,
        company: row.company,
        email: row.email.clone(),
        phone: String::new(),
        language: Some(row.language.clone()),
        inactive_at: None,
    };
    let minutes = (limits::CODE_LIFETIME / MINUTE).to_string();
    let args = [
        ("company", company.shown.as_str()),
        ("company_name", company.name.as_str()),
        ("code", code),
        ("minutes", &minutes),
        ("portal", origin),
    ];
    let template = if row.is_known { Template::RegistrationKnown } else { Template::RegistrationCode };
    outbox::queue(tx, &to, template, &args, now).await?.or_drop();
    Ok(())
}

/// The code that waits in a browser. Nothing is sent.
pub async fn waiting(app: &App, token: &Token) -> Result<RegistrationCode, AppError> {
    let now = app.clock.now();
    let code = app.store.code(CodePurpose::Registration, &token.hash()).await?;
    let code = code.filter(|code| code.expires_at > now).ok_or(AppError::CodeSpent)?;
    with_undelivered(app, &code, now).await
}

/// The answer, with the reason when the last mail did not arrive.
async fn with_undelivered(app: &App, code: &OneTimeCode, now: Millis) -> Result<RegistrationCode, AppError> {
    let undelivered = deliveries::to_registrant(app, code.company, &code.address).await?;
    Ok(RegistrationCode { undelivered, ..answer(code, now) })
}

/// Another code, when the pause is over.
pub async fn resend(app: &App, token: &Token) -> Result<RegistrationCode, AppError> {
    let hash = token.hash();
    let waiting = app.store.registrant(&hash).await?.ok_or(AppError::CodeSpent)?;
    let company = app.store.company(waiting.company).await?.ok_or(AppError::CodeSpent)?;
    let (now, key, origin) = (app.clock.now(), app.key.clone(), app.config.public_origin.clone());
    let code = app
        .store
        .write(job!(|tx| {
            let code = CodeKey { purpose: CodePurpose::Registration, hash: &hash };
            let (sent_to, lifetime) = (SentTo::default(), limits::CODE_LIFETIME);
            Ok::<_, StoreError>(match codes::resend(tx, &key, code, sent_to, lifetime, now).await? {
                Resent::Sent { row, code } => {
                    queue(tx, &waiting, &company, &code, &origin, now).await?;
                    Some(row)
                }
                Resent::Waits(row) => Some(row),
                Resent::Gone => None,
            })
        }))
        .await?;
    app.outbox.ring();
    with_undelivered(app, &code.ok_or(AppError::CodeSpent)?, now).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_domain_is_allowed() {
        let domains = ["pearl.example".to_owned()];
        assert!(is_allowed_domain("a@pearl.example", &domains));
        for bad in ["a@evil-pearl.example", "a@pearl.example.evil", "a@sub.pearl.example"] {
            assert!(!is_allowed_domain(bad, &domains), "{bad}");
        }
        assert!(is_allowed_domain("a@any.example", &[]));
    }
}
