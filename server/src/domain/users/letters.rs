//! What users are written about their account: links to set a password, and that codes go elsewhere from now on.

use super::{may_manage, require};
use crate::{
    App,
    actor::Actor,
    domain::{
        features::{self, keys},
        sign_in::{password_reset, welcome},
    },
    error::AppError,
    input::emails,
    job, limits,
    outbox::{self, Template},
    store::{AuditEntry, Counter, PersonRow, Purpose, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    users::{UserForm, UserState},
    validate::Fault,
};

/// Sends a user a link to set the password: the onboarding mail to someone who never had one, else a reset.
pub async fn send_password_link(app: &App, actor: &Actor, person: PersonId) -> Result<(), AppError> {
    actor.may_govern()?;
    let user = require(app, actor, person).await?;
    may_manage(actor, &[user.person.role])?;
    if user.state == UserState::Inactive {
        return Err(AppError::Conflict("person", Fault::Inactive));
    }
    let row = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    if row.email.is_empty() {
        return Err(AppError::Conflict("email", Fault::Required));
    }
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    let support = features::of(app, actor.company).await?.get(keys::SUPPORT_CONTACT);
    let (author, origin, now) = (actor.clone(), app.config.public_origin.clone(), app.clock.now());
    app.store
        .write(job!(|tx| {
            if tx.count(&Counter::AdminLink.of(person), limits::ADMIN_LINKS.0, now).await?
                > limits::ADMIN_LINKS.1
            {
                return Ok(Err(AppError::TooMany(60)));
            }
            if user.state == UserState::Invited {
                tx.withdraw_one_time_links(author.company, person, Some(Purpose::Welcome)).await?;
                welcome::invite(tx, &origin, &row, &company, &user.username, &support, now)
                    .await?
                    .or_refuse()?;
            } else {
                password_reset::send_link(tx, &row, &origin, now).await?.or_refuse()?;
            }
            tx.audit(AuditEntry::new(&author, AuditAction::PasswordLinkSent, person, now)).await?;
            Ok::<_, StoreError>(Ok(()))
        }))
        .await??;
    app.outbox.ring();
    Ok(())
}

/// Whether codes and mails go elsewhere with what a form says.
pub(super) fn is_other_address(old: &PersonRow, form: &UserForm) -> bool {
    emails::key(&old.email) != emails::key(&form.email) || old.phone != form.phone
}

/// Mails the address that held until now when codes go elsewhere from now on (OWASP ASVS 5.0, 6.3.7).
pub(super) async fn mail_old_address(
    tx: &mut Tx,
    old: &PersonRow,
    form: &UserForm,
    now: Millis,
) -> Result<(), StoreError> {
    if !is_other_address(old, form) || old.email.is_empty() {
        return Ok(());
    }
    let args = [("name", old.person.name.as_str())];
    outbox::queue(tx, old, Template::AddressChanged, &args, now).await?.or_drop();
    Ok(())
}
