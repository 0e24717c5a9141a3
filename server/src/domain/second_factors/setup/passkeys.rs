//! Adding a passkey, and taking it away.

use super::{Change, after_removal, first_codes, owner, record};
use crate::{
    App,
    actor::Actor,
    clock,
    domain::features::{self, is_second_factor_required},
    error::AppError,
    input::{agents, names},
    job, limits,
    outbox::Template,
    store::{PasskeyRow, StoreError},
};
use causeway_api::{
    audit::AuditAction,
    second_factors::{NewPasskey, PasskeyOptions, RecoveryCodes},
    validate::Fault,
};
use uuid::Uuid;

/// Begins to make a passkey.
pub async fn begin_passkey(app: &App, actor: &Actor) -> Result<PasskeyOptions, AppError> {
    let now = app.clock.now();
    let account = app.store.account(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let (owner, enrolled) =
        (owner(app, actor).await?, app.store.enrolled(actor.company, actor.person).await?);
    if enrolled.passkeys.len() >= limits::PASSKEYS {
        return Err(AppError::Conflict("passkey", Fault::PasskeysFull));
    }
    let (username, name) = (&account.username, &owner.person.name);
    let (options, state) = app.passkeys.begin(actor.person.0, username, name, &enrolled.passkeys)?;
    let (company, session) = (actor.company, actor.session.clone());
    let until = now + limits::PASSKEY_LIFETIME;
    app.store.write(job!(|tx| tx.begin_passkey(company, &session, state, until).await)).await?;
    Ok(PasskeyOptions { options })
}

/// Adds the passkey that a browser has made; returns recovery codes if there were none.
pub async fn add_passkey(app: &App, actor: &Actor, new: NewPasskey) -> Result<RecoveryCodes, AppError> {
    let now = app.clock.now();
    let name = match names::read_optional(&new.name).map_err(|fault| AppError::Invalid("name", fault))? {
        none if none.is_empty() => agents::describe(&actor.browser.agent).name(),
        name => name,
    };
    let (actor, owner, passkeys) = (actor.clone(), owner(app, actor).await?, app.passkeys.clone());
    let added = app
        .store
        .write(job!(|tx| {
            let state = tx.take_passkey_state(actor.company, &actor.session, now).await?;
            let (credential_id, credential) =
                passkeys.made(&state.ok_or(AppError::CodeSpent)?, &new.credential)?;
            let id = clock::new_id();
            let row = PasskeyRow { id, credential_id, credential, name, created_at: now, used_at: None };
            let shown = row.name.clone();
            match tx.add_passkey(actor.company, actor.person, row).await {
                // An id belongs to one account only (Web Authentication, section 7.1, step 26).
                Err(StoreError::Conflict(_)) => {
                    return Err(AppError::Conflict("passkey", Fault::PasskeyThere));
                }
                other => other?,
            }
            let change =
                Change { action: AuditAction::PasskeyAdded, template: Template::PasskeyAdded, what: &shown };
            record(tx, &actor, &owner, change, now).await?;
            Ok::<_, AppError>(first_codes(tx, &actor, now).await?)
        }))
        .await?;
    app.outbox.ring();
    Ok(added)
}

/// Takes a passkey away.
pub async fn remove_passkey(app: &App, actor: &Actor, id: Uuid) -> Result<(), AppError> {
    let now = app.clock.now();
    let is_required = is_second_factor_required(&*features::of(app, actor.company).await?, actor.role);
    let (actor, owner) = (actor.clone(), owner(app, actor).await?);
    app.store
        .write(job!(|tx| {
            let removed = tx.remove_passkeys(actor.company, actor.person, Some(id)).await?;
            let name = removed.first().ok_or(AppError::NotFound)?;
            after_removal(tx, &actor, is_required).await?;
            let change = Change {
                action: AuditAction::PasskeyRemoved,
                template: Template::PasskeyRemoved,
                what: name,
            };
            Ok::<_, AppError>(record(tx, &actor, &owner, change, now).await?)
        }))
        .await?;
    app.outbox.ring();
    Ok(())
}
