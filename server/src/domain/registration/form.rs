//! What a registrant sees and sends: name and e-mail, then a code. Whether an address has an account already is told to
//! nobody but its owner, by mail.

use super::work;
use crate::{
    App,
    clock::{self, HOUR, MINUTE, Token},
    domain::{
        deliveries,
        features::{self, FeatureKey},
        login,
        sessions::Browser,
    },
    error::AppError,
    limits,
    outbox::{self, Letter},
    store::{Company, PersonRow, PlanRow, Registrant, RegistrationRow, StoreError, Tx},
    texts,
};
use causeway_api::{
    Millis, PersonId,
    paths::seconds_until,
    people::{Person, PersonKind},
    registration::{Register, RegistrationCode, RegistrationForm},
    validate,
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
        asks_password: !features.is_on(FeatureKey::InitialPassword),
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
    let email = typed.email.trim().to_lowercase();
    validate::name(&typed.name).map_err(|fault| AppError::Invalid("name", fault))?;
    validate::email(&email).map_err(|fault| AppError::Invalid("email", fault))?;
    if !is_allowed_domain(&email, &row.domains) {
        return Err(AppError::Invalid("email", "fault-domain"));
    }
    if row.closed.is_some() || !plan.plan.has_registration() {
        return Err(AppError::RegistrationClosed);
    }
    if work::is_needed(app, company.id, &browser.address).await? {
        work::check(app, company.id, &email, typed.work.as_ref()).await?;
    }
    count(app, &company, browser).await?;
    let is_known = app.store.is_username_taken(company.id, &email).await?;
    let (token, code, now) = (clock::new_token(), clock::new_code(), app.clock.now());
    let hash = token.hash();
    let language = typed.language.as_str();
    let new = Registrant {
        code_mac: app.key.code_mac(&hash, &code),
        hash,
        company: company.id,
        name: typed.name.trim().to_owned(),
        email,
        language: texts::LANGUAGES.into_iter().find(|tag| *tag == language).unwrap_or("en").to_owned(),
        is_known,
        sends: 1,
        next_send_at: now + limits::CODE_PAUSES[0],
        code_until: now + limits::CODE_LIFETIME,
        place_until: now + limits::REGISTRATION_PLACE,
    };
    let answer = answer(&new, Some(new.next_send_at), now);
    let (origin, limit, before) = (app.config.public_origin.clone(), plan.external_limit, earlier);
    let has_place = app
        .store
        .write(move |tx| {
            Box::pin(async move {
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
                queue(tx, &new, &company, &code, &origin, now).await?;
                Ok(true)
            })
        })
        .await?;
    if !has_place {
        return Err(AppError::RegistrationClosed);
    }
    app.outbox.ring();
    Ok((token, answer))
}

fn is_allowed_domain(email: &str, domains: &[String]) -> bool {
    let domain = email.rsplit('@').next().unwrap_or_default();
    domains.is_empty() || domains.iter().any(|allowed| allowed == domain)
}

fn answer(row: &Registrant, next: Option<Millis>, now: Millis) -> RegistrationCode {
    RegistrationCode {
        email: row.email.clone(),
        expires_in: seconds_until(now, row.code_until),
        resend_in: next.map(|next| seconds_until(now, next)),
        undelivered: None,
    }
}

/// Counts a registration that was begun, by company, address and network; refused beyond the limits of an hour.
async fn count(app: &App, company: &Company, browser: &Browser) -> Result<(), AppError> {
    let (keys, now) = (work::keys(company.id, &browser.address), app.clock.now());
    let hourly = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let mut hourly = [0; 3];
                for (place, key) in keys.iter().enumerate() {
                    tx.count(&format!("{key}:10m"), 10 * MINUTE, now).await?;
                    hourly[place] = tx.count(&format!("{key}:1h"), HOUR, now).await?;
                }
                Ok::<_, StoreError>(hourly)
            })
        })
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
    if !login::may_send(tx, &row.email, now).await? {
        return Ok(());
    }
    let person = Person {
        id: PersonId(Uuid::nil()),
        kind: PersonKind::Client,
        name: row.name.clone(),
        role: None,
        about: String::new(),
        name_lang: None,
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
    let letter = if row.is_known { "registration-known-mail" } else { "registration-code-mail" };
    outbox::queue(tx, &to, Letter::Email(letter), &args, now).await
}

/// Another code, when the pause is over.
pub async fn resend(app: &App, token: &Token) -> Result<RegistrationCode, AppError> {
    let old = app.store.registrant(&token.hash()).await?.ok_or(AppError::CodeSpent)?;
    let company = app.store.company(old.company).await?.ok_or(AppError::CodeSpent)?;
    let (now, code) = (app.clock.now(), clock::new_code());
    let pause =
        limits::CODE_PAUSES[usize::try_from(old.sends).unwrap_or(0).min(limits::CODE_PAUSES.len() - 1)];
    let next = Registrant {
        code_mac: app.key.code_mac(&old.hash, &code),
        next_send_at: now + pause,
        code_until: now + limits::CODE_LIFETIME,
        ..old.clone()
    };
    let (sent, origin) = (next.clone(), app.config.public_origin.clone());
    let is_replaced = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let is_replaced = tx.replace_registrant_code(&sent, limits::CODE_SENDS, now).await?;
                if is_replaced {
                    queue(tx, &sent, &company, &code, &origin, now).await?;
                }
                Ok::<_, StoreError>(is_replaced)
            })
        })
        .await?;
    app.outbox.ring();
    let more = |sends: i32, at: Millis| (sends < limits::CODE_SENDS).then_some(at);
    let waiting = if is_replaced {
        answer(&next, more(old.sends + 1, next.next_send_at), now)
    } else {
        answer(&old, more(old.sends, old.next_send_at), now)
    };
    let undelivered = deliveries::to_registrant(app, old.company, &old.email).await?;
    Ok(RegistrationCode { undelivered, ..waiting })
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
