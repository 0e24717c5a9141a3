//! Public registration as org admins set it. What registrants go through is in `registration/form.rs`, how they become
//! users in `registration/completion.rs`.
//!
//! Every transaction here takes the company's row first (`next_seq`), so that opening, closing, taking a place and
//! deactivating the person in charge come one after the other on PostgreSQL, too.

pub(in crate::domain) mod close;
mod completion;
mod form;
mod work;

pub use completion::confirm;
pub use form::{begin, describe, resend, waiting};

use crate::{
    App,
    actor::{Actor, By},
    clock,
    error::AppError,
    input::{emails, names},
    job,
    store::{AuditEntry, PlanRow, RegistrationRow, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    audit::AuditAction,
    people::{PersonKind, Role},
    registration::{ChangeRegistration, ClosedReason, Registration},
    signals::Signal,
    validate::Fault,
};

/// How long the end of a link is: 96 random bits.
const TOKEN_LENGTH: usize = 16;

async fn plan(app: &App, company: CompanyId) -> Result<PlanRow, AppError> {
    app.store.plan(company).await?.ok_or(AppError::SignedOut)
}

/// The settings.
pub async fn get(app: &App, actor: &Actor) -> Result<Registration, AppError> {
    actor.may_govern()?;
    let plan = plan(app, actor.company).await?;
    let row = app.store.registration(actor.company).await?;
    let unreachable = app.store.undelivered_registrants(actor.company).await?;
    let capacity = row.capacity(plan.external_limit);
    let person_in_charge = match row.person_in_charge {
        Some(person) => app.store.person(actor.company, person).await?.map(|row| row.person),
        None => None,
    };
    Ok(Registration {
        plan: plan.plan,
        closed: row.closed,
        person_in_charge,
        capacity,
        unreachable,
        link: row.token.map(|token| format!("{}/r/{token}", app.config.public_origin)),
        form_text: row.form_text,
        welcome: row.welcome,
        domains: row.domains,
        opened_by: (!row.opened_by.is_empty()).then_some(row.opened_by),
        opened_at: row.opened_at,
        version: row.version,
    })
}

/// Changes the settings: checked, conditional on the version the admin saw, recorded.
pub async fn change(app: &App, actor: &Actor, new: ChangeRegistration) -> Result<Registration, AppError> {
    actor.may_govern()?;
    let plan = plan(app, actor.company).await?;
    if !plan.plan.has_registration() {
        return Err(AppError::Conflict("plan", Fault::Plan));
    }
    if let Some((field, fault)) = new.fault() {
        return Err(AppError::Invalid(field, fault));
    }
    if new.domains.iter().any(|domain| emails::domain_key(domain).is_err()) {
        return Err(AppError::Invalid("domains", Fault::Domains));
    }
    let by = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?.person.name;
    let token: String = clock::new_token().reveal().chars().take(TOKEN_LENGTH).collect();
    let opening = OpenedBy { name: by, token };
    app.by(actor)
        .write(
            job!(|tx, By { author, now }| write(tx, &author, new, opening, plan.external_limit, now).await),
        )
        .await?;
    get(app, actor).await
}

/// Who opens registration, and with which link if it has none yet.
#[derive(Clone)]
struct OpenedBy {
    name: String,
    token: String,
}

async fn write(
    tx: &mut Tx,
    actor: &Actor,
    new: ChangeRegistration,
    opening: OpenedBy,
    limit: Option<i64>,
    now: Millis,
) -> Result<(), AppError> {
    let company = actor.company;
    tx.next_seq(company).await?;
    tx.expire_registrants(company, now).await?;
    let before = tx.registration(company).await?;
    if let Some(person) = new.person_in_charge
        && !is_possible(tx, company, person).await?
    {
        return Err(AppError::Invalid("person_in_charge", Fault::PersonInCharge));
    }
    let opens = new.is_open && before.closed.is_some();
    if opens && limit.is_some_and(|limit| before.registered >= limit) {
        return Err(AppError::Conflict("capacity", Fault::NoPlace));
    }
    let trimmed = |text: String| text.trim().to_owned();
    let texts = new.form_text.into_iter().map(|(language, text)| (language, trimmed(text)));
    let row = RegistrationRow {
        company,
        closed: match (new.is_open, before.closed) {
            (true, _) => None,
            // A reason that is there already says more.
            (false, Some(reason)) => Some(reason),
            (false, None) => Some(ClosedReason::ByAdmin),
        },
        person_in_charge: new.person_in_charge,
        // The link is made at the first opening.
        token: before.token.clone().or_else(|| new.is_open.then_some(opening.token)),
        form_text: texts.filter(|(_, text)| !text.is_empty()).collect(),
        welcome: trimmed(new.welcome),
        domains: new.domains.iter().map(|domain| names::clean(domain).to_lowercase()).collect(),
        opened_by: if opens { opening.name } else { before.opened_by.clone() },
        opened_at: if opens { Some(now) } else { before.opened_at },
        version: new.version + 1,
        ..before.clone()
    };
    if !tx.set_registration(&row).await? {
        return Err(AppError::Conflict("version", Fault::ChangedMeanwhile));
    }
    let action = match (opens, new.is_open, before.closed) {
        (true, ..) => AuditAction::RegistrationOpened,
        (_, false, None) => AuditAction::RegistrationClosed,
        _ => AuditAction::RegistrationChanged,
    };
    let entry = AuditEntry::new(actor, action, "registration", now);
    tx.audit(entry.changed(&recorded(&before), &recorded(&row))?).await?;
    announce_change(tx, company, actor.person, now).await?;
    Ok(())
}

/// Whether someone can be in charge: an active employee who writes.
async fn is_possible(tx: &mut Tx, company: CompanyId, person: PersonId) -> Result<bool, StoreError> {
    let found = tx.people_by_ids(company, vec![person]).await?.pop();
    Ok(found.is_some_and(|row| {
        row.person.kind == PersonKind::Colleague
            && row.inactive_at.is_none()
            && row.person.role != Some(Role::ComplianceOfficer)
    }))
}

/// What the audit log keeps of the settings.
fn recorded(row: &RegistrationRow) -> serde_json::Value {
    serde_json::json!({
        "closed": row.closed, "person_in_charge": row.person_in_charge, "form_text": row.form_text,
        "welcome": row.welcome, "domains": row.domains,
    })
}

/// Tells the open pages of the admins that registration is not what it was.
async fn announce_change(
    tx: &mut Tx,
    company: CompanyId,
    by: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    let admins = tx.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await?;
    tx.signal(by, now, Signal::RegistrationChanged, admins)
}

/// Makes another link; the old one is dead at once.
pub async fn renew_link(app: &App, actor: &Actor) -> Result<Registration, AppError> {
    actor.may_govern()?;
    if !plan(app, actor.company).await?.plan.has_registration() {
        return Err(AppError::Conflict("plan", Fault::Plan));
    }
    let token: String = clock::new_token().reveal().chars().take(TOKEN_LENGTH).collect();
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let before = tx.registration(author.company).await?;
            if before.token.is_none() {
                return Err(AppError::Conflict("link", Fault::NoLink));
            }
            let row = RegistrationRow { token: Some(token), version: before.version + 1, ..before };
            if !tx.set_registration(&row).await? {
                return Err(AppError::Conflict("version", Fault::ChangedMeanwhile));
            }
            tx.audit(AuditEntry::new(&author, AuditAction::RegistrationLinkRenewed, "registration", now))
                .await?;
            announce_change(tx, author.company, author.person, now).await?;
            Ok(())
        }))
        .await?;
    get(app, actor).await
}

/// Gives the places of expired registrations back, once a minute.
pub async fn expire(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    app.store
        .write(job!(|tx| {
            for company in tx.companies_with_expired(now).await? {
                tx.next_seq(company).await?;
                tx.expire_registrants(company, now).await?;
            }
            Ok::<_, StoreError>(())
        }))
        .await
}
