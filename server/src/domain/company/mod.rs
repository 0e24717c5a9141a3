//! What the operator does from the command line: companies, and importing their employees.

pub mod operator;

use super::{
    features::{self, keys},
    registration::close,
    shut_out::{Act, shut_out},
    sign_in::welcome,
    users::owners,
};
use crate::{
    App,
    actor::PersonKey,
    clock,
    error::AppError,
    input::names,
    job,
    store::{AuditEntry, Company, OperatorCommand, PlanLimits, Purpose, StoreError},
};
use causeway_api::{
    CompanyId, PersonId,
    audit::AuditAction,
    people::{PersonKind, Role},
    registration::ClosedReason,
    users::Plan,
    validate::Fault,
};

/// Creates a company.
pub async fn create(app: &App, name: &str, shown: &str, plan: &str) -> Result<CompanyId, AppError> {
    let id = CompanyId(clock::new_id());
    let company = Company {
        id,
        name: names::read(name).map_err(|fault| AppError::Invalid("name", fault))?,
        shown: names::read(shown).map_err(|fault| AppError::Invalid("shown", fault))?,
    };
    let (plan, now) = (plan.to_owned(), app.clock.now());
    let added = app.store.write(job!(|tx| tx.add_company(&company, &plan, now).await)).await;
    match added {
        Err(StoreError::Conflict(_)) => Err(AppError::Conflict("name", Fault::Taken)),
        other => Ok(other.map(|()| id)?),
    }
}

/// Bytes of a gibibyte.
const GIBIBYTE: i64 = 1024 * 1024 * 1024;

/// Limits of a plan as the operator gives them.
#[derive(Clone, Copy, Debug, Default)]
pub struct GivenLimits {
    /// Active employees.
    pub users: Option<i64>,
    /// External users.
    pub external: Option<i64>,
    /// Space for files, in GiB.
    pub storage: Option<i64>,
}

/// Sets the plan of a company and its limits; what is not given stays, 0 removes a limit. Public registration closes
/// when the plan has none any more.
pub async fn set_plan(
    app: &App,
    company: &Company,
    plan: Option<Plan>,
    given: GivenLimits,
) -> Result<(), AppError> {
    let (id, now) = (company.id, app.clock.now());
    let limit = |given: Option<i64>| given.map(|most| (most > 0).then_some(most));
    let GivenLimits { users, external, storage } = given;
    let limits = PlanLimits {
        users: limit(users),
        external: limit(external),
        storage: limit(storage.map(|gibibytes| gibibytes.saturating_mul(GIBIBYTE))),
    };
    app.store
        .write(job!(|tx| {
            tx.set_plan(id, plan, limits).await?;
            let entry = AuditEntry::by_nobody(id, AuditAction::PlanSet, now);
            tx.audit(entry.changed(&(), &(plan, users, external, storage))?).await?;
            if plan.is_some_and(|plan| !plan.has_registration()) {
                let operator = PersonId(uuid::Uuid::nil());
                close::close_registration(tx, PersonKey::new(id, operator), None, ClosedReason::Plan, now)
                    .await?;
            }
            tx.command_server(OperatorCommand::CompanyChanged(id), now).await?;
            Ok::<_, StoreError>(())
        }))
        .await?;
    Ok(())
}

/// Sends someone who has not chosen a password yet another welcome mail, by the operator; earlier links no longer work.
/// Returns the address it goes to.
pub async fn send_welcome_link(app: &App, company: &Company, username: &str) -> Result<String, AppError> {
    let account = app.store.account_by_username(company.id, username).await?.ok_or(AppError::NotFound)?;
    let row = app.store.person(company.id, account.person).await?.ok_or(AppError::NotFound)?;
    if account.password_hash.is_some() {
        return Err(AppError::Conflict("username", Fault::HasPassword));
    }
    if row.inactive_at.is_some() {
        return Err(AppError::Conflict("username", Fault::Inactive));
    }
    if row.email.is_empty() {
        return Err(AppError::Conflict("email", Fault::Required));
    }
    let support = features::of(app, company.id).await?.get(keys::SUPPORT_CONTACT);
    let (company, email, now) = (company.clone(), row.email.clone(), app.clock.now());
    let (origin, username) = (app.config.public_origin.clone(), account.username);
    app.store
        .write(job!(|tx| {
            tx.withdraw_one_time_links(company.id, row.person.id, Some(Purpose::Welcome)).await?;
            welcome::invite(tx, &origin, &row, &company, &username, &support, now).await?.or_refuse()?;
            let entry = AuditEntry::by_nobody(company.id, AuditAction::PasswordLinkSent, now);
            tx.audit(entry.on(row.person.id)).await?;
            tx.command_server(OperatorCommand::MailsQueued(company.id), now).await?;
            Ok::<_, StoreError>(())
        }))
        .await?;
    Ok(email)
}

/// Gives a user another role, by the operator: how a company gets its first owner.
pub async fn set_role(app: &App, company: &Company, username: &str, role: Role) -> Result<(), AppError> {
    let account = app.store.account_by_username(company.id, username).await?.ok_or(AppError::NotFound)?;
    let row = app.store.person(company.id, account.person).await?.ok_or(AppError::NotFound)?;
    let (id, now, was) = (company.id, app.clock.now(), row.person.role);
    if row.person.kind != PersonKind::Colleague || role == Role::ExternalUser {
        return Err(AppError::Invalid("role", Fault::Choice));
    }
    app.store
        .write(job!(|tx| {
            if was == Some(role) {
                return Ok(());
            }
            let person = row.person.id;
            if !tx.set_role(id, person, was, role).await? {
                return Err(AppError::Conflict("role", Fault::ChangedMeanwhile));
            }
            owners::count_owners(tx, id, was, role).await?;
            let entry = AuditEntry::by_nobody(id, AuditAction::RoleSet, now).on(person);
            tx.audit(entry.changed(&was, &role)?).await?;
            // The running server closes the sockets.
            let _ = shut_out(tx, Act::ChangeRole, PersonKey::new(id, person), None, now).await?;
            tx.command_server(OperatorCommand::SessionsEnded(id, person), now).await?;
            Ok(())
        }))
        .await
}
