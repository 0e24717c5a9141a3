//! Deactivating and reactivating users.

use super::{may_manage, require};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    domain::{
        registration::close,
        shut_out::{Act, shut_out},
    },
    error::AppError,
    job,
    store::AuditEntry,
};
use causeway_api::{
    PersonId,
    audit::AuditAction,
    people::{PersonKind, Role},
    registration::ClosedReason,
    users::User,
    validate::Fault,
};

/// Deactivates a user: sessions, sockets, codes and links are dead at once, and public registration that leads to the
/// user closes in the same transaction.
pub async fn deactivate(app: &App, actor: &Actor, person: PersonId) -> Result<User, AppError> {
    actor.may_govern()?;
    let user = require(app, actor, person).await?;
    may_manage(actor, &[user.person.role])?;
    if person == actor.person {
        return Err(AppError::Invalid("person", Fault::YourselfInactive));
    }
    let (role, kind) = (user.person.role, user.person.kind);
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let company = author.company;
            tx.next_seq(company).await?;
            if !tx.set_inactive(company, person, Some(now)).await? {
                return Err(AppError::Conflict("person", Fault::ChangedMeanwhile));
            }
            match kind {
                PersonKind::Colleague => tx.free_user_place(company).await?,
                PersonKind::Client => tx.free_place(company).await?,
            }
            if role == Some(Role::Owner) && !tx.drop_owner(company).await? {
                return Err(AppError::Conflict("person", Fault::LastOwner));
            }
            tx.audit(AuditEntry::new(&author, AuditAction::UserDeactivated, person, now)).await?;
            close::close_registration(tx, author.key(), Some(person), ClosedReason::PersonInChargeGone, now)
                .await?;
            Ok(shut_out(tx, Act::Deactivate, PersonKey::new(company, person), None, now).await?)
        }))
        .await?;
    ended.close(app);
    require(app, actor, person).await
}

/// Makes an account active again, if there is a place.
pub async fn reactivate(app: &App, actor: &Actor, person: PersonId) -> Result<User, AppError> {
    actor.may_govern()?;
    let user = require(app, actor, person).await?;
    may_manage(actor, &[user.person.role])?;
    let (role, kind, email) = (user.person.role, user.person.kind, user.email);
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            let company = author.company;
            tx.next_seq(company).await?;
            if !tx.set_inactive(company, person, None).await? {
                return Err(AppError::Conflict("person", Fault::ChangedMeanwhile));
            }
            let has_place = match kind {
                PersonKind::Colleague => tx.take_user_place(company).await?,
                PersonKind::Client => {
                    let limit = tx.external_limit(company).await?;
                    tx.retake_place(company, limit).await?
                }
            };
            if !has_place {
                return Err(AppError::Conflict("users", Fault::NoPlace));
            }
            if kind == PersonKind::Colleague && tx.is_email_used(company, &email, Some(person)).await? {
                return Err(AppError::Conflict("email", Fault::EmailUsed));
            }
            if role == Some(Role::Owner) {
                tx.add_owner(company).await?;
            }
            tx.audit(AuditEntry::new(&author, AuditAction::UserReactivated, person, now)).await?;
            Ok(())
        }))
        .await?;
    require(app, actor, person).await
}
