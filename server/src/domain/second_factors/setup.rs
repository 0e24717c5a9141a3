//! Setting second factors up and taking them away. All of it asks for a recent confirmation, is recorded, and is told to
//! the owner of the account by mail.

mod authenticator;
mod passkeys;

pub use authenticator::{begin_authenticator, confirm_authenticator, remove_authenticator};
pub use passkeys::{add_passkey, begin_passkey, remove_passkey};

use super::{describe, recovery};
use crate::{
    App,
    actor::{Actor, PersonKey},
    domain::{
        features,
        shut_out::{Act, shut_out},
    },
    error::AppError,
    job,
    outbox::{self, Template},
    store::{AuditEntry, PersonRow, StoreError, Tx},
    texts,
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    people::Role,
    second_factors::{RecoveryCodes, SecondFactors},
    validate::Fault,
};

/// What the caller has set up.
pub async fn list(app: &App, actor: &Actor) -> Result<SecondFactors, AppError> {
    let features = features::of(app, actor.company).await?;
    let enrolled = app.store.enrolled(actor.company, actor.person).await?;
    Ok(describe(app, &features, actor.role, enrolled))
}

async fn owner(app: &App, actor: &Actor) -> Result<PersonRow, AppError> {
    app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)
}

/// What someone has set up or taken away, as it is recorded and mailed to the owner of the account.
struct Change<'a> {
    action: AuditAction,
    template: Template,
    /// The name of the passkey; empty for the rest.
    what: &'a str,
}

/// Records a change and mails the owner of the account, at the address that holds.
async fn record(
    tx: &mut Tx,
    actor: &Actor,
    owner: &PersonRow,
    change: Change<'_>,
    now: Millis,
) -> Result<(), StoreError> {
    tx.audit(AuditEntry::new(actor, change.action, owner.person.id, now)).await?;
    if owner.email.is_empty() {
        return Ok(());
    }
    let address = texts::address(owner.language.as_deref(), &actor.browser.address);
    let args = [("what", change.what), ("address", address.as_str())];
    outbox::queue(tx, owner, change.template, &args, now).await?.or_drop();
    Ok(())
}

/// Notes that there is something stronger now, and makes recovery codes with the first such thing.
async fn first_codes(tx: &mut Tx, actor: &Actor, now: Millis) -> Result<RecoveryCodes, StoreError> {
    let (company, person) = (actor.company, actor.person);
    tx.note_second_factor(company, person).await?;
    // A sign-in that waits for a code that was sent would be a way around.
    // It ends no session, so there is no socket to close.
    let _ = shut_out(tx, Act::AddSecondFactor, actor.key(), None, now).await?;
    if tx.enrolled(company, person).await?.recovery_codes_left > 0 {
        return Ok(RecoveryCodes::default());
    }
    Ok(RecoveryCodes { codes: recovery::renew(tx, company, person).await? })
}

/// What is left after something was taken away: without anything stronger, recovery codes are of no use; a role that
/// needs something stronger keeps the last.
async fn after_removal(tx: &mut Tx, actor: &Actor, is_required: bool) -> Result<(), AppError> {
    let (company, person) = (actor.company, actor.person);
    if tx.note_second_factor(company, person).await? {
        return Ok(());
    }
    if is_required {
        return Err(AppError::Conflict("second_factor", Fault::SecondFactorRequired));
    }
    Ok(tx.replace_recovery_codes(company, person, Vec::new()).await?)
}

/// Puts new recovery codes in the place of the old ones.
pub async fn renew_recovery_codes(app: &App, actor: &Actor) -> Result<RecoveryCodes, AppError> {
    let now = app.clock.now();
    let (actor, owner) = (actor.clone(), owner(app, actor).await?);
    let codes = app
        .store
        .write(job!(|tx| {
            let (company, person) = (actor.company, actor.person);
            if !tx.enrolled(company, person).await?.is_strong() {
                return Err(AppError::Conflict("second_factor", Fault::SecondFactorNone));
            }
            let change = Change {
                action: AuditAction::RecoveryCodesRenewed,
                template: Template::RecoveryCodesRenewed,
                what: "",
            };
            record(tx, &actor, &owner, change, now).await?;
            Ok::<_, AppError>(recovery::renew(tx, company, person).await?)
        }))
        .await?;
    app.outbox.ring();
    Ok(RecoveryCodes { codes })
}

/// An admin takes everything away from someone who has lost it all: sessions end, and the next sign-in asks for a code
/// that is sent.
pub async fn reset(app: &App, actor: &Actor, person: PersonId) -> Result<(), AppError> {
    actor.may_govern()?;
    let now = app.clock.now();
    let owner = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    let role = owner.person.role.ok_or(AppError::NotFound)?;
    if role == Role::Owner && actor.role != Some(Role::Owner) {
        return Err(AppError::Forbidden);
    }
    let actor = actor.clone();
    let ended = app
        .store
        .write(job!(|tx| {
            let company = actor.company;
            let had_app = tx.remove_authenticator(company, person).await?;
            if tx.remove_passkeys(company, person, None).await?.is_empty() && !had_app {
                return Err(AppError::Conflict("second_factor", Fault::SecondFactorNone));
            }
            tx.replace_recovery_codes(company, person, Vec::new()).await?;
            tx.note_second_factor(company, person).await?;
            let change = Change {
                action: AuditAction::SecondFactorsReset,
                template: Template::SecondFactorsReset,
                what: "",
            };
            record(tx, &actor, &owner, change, now).await?;
            Ok(shut_out(tx, Act::ResetSecondFactors, PersonKey::new(company, person), None, now).await?)
        }))
        .await?;
    ended.close(app);
    app.outbox.ring();
    Ok(())
}
