//! Setting an authenticator app up, and taking it away.

use super::{Change, after_removal, first_codes, owner, record};
use crate::{
    App,
    actor::Actor,
    clock::HOUR,
    domain::{
        features::{self, is_second_factor_required},
        second_factors::authenticator,
    },
    error::AppError,
    job, limits,
    outbox::Template,
    store::{Counter, StoreError},
};
use causeway_api::{
    audit::AuditAction,
    second_factors::{AuthenticatorSetup, RecoveryCodes},
    validate::{self, Fault},
};

/// Begins to set up an authenticator app; one that was begun earlier is forgotten.
pub async fn begin_authenticator(app: &App, actor: &Actor) -> Result<AuthenticatorSetup, AppError> {
    let now = app.clock.now();
    let account = app.store.account(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    let (sealed, totp) = authenticator::new(&app.key, actor.person, &company.shown, &account.username)?;
    let who = actor.clone();
    let begun = app
        .store
        .write(job!(|tx| tx.begin_authenticator(who.company, who.person, sealed, now).await))
        .await?;
    if !begun {
        return Err(AppError::Conflict("authenticator", Fault::AuthenticatorThere));
    }
    let secret = totp.secret().to_base32();
    let groups: Vec<&str> =
        secret.as_bytes().chunks(4).filter_map(|group| str::from_utf8(group).ok()).collect();
    let address = totp.to_url().map_err(|error| AppError::Internal(anyhow::anyhow!("{error}")))?;
    Ok(AuthenticatorSetup { address, secret: groups.join(" ") })
}

/// Takes the first code of an authenticator app, which counts from now on; returns recovery codes if there were none.
pub async fn confirm_authenticator(app: &App, actor: &Actor, typed: &str) -> Result<RecoveryCodes, AppError> {
    let code = validate::code(typed).map_err(|fault| AppError::Invalid("code", fault))?;
    let now = app.clock.now();
    let (actor, owner, key) = (actor.clone(), owner(app, actor).await?, app.key.clone());
    let done = app
        .store
        .write(job!(|tx| {
            let (company, person) = (actor.company, actor.person);
            let tries = Counter::Authenticator.of(person);
            if tx.count(&tries, HOUR, now).await? > limits::AUTHENTICATOR_TRIES_PER_HOUR {
                return Ok(Err(AppError::TooMany(3_600)));
            }
            let enrolled = tx.enrolled(company, person).await?;
            let Some(row) = enrolled.authenticator.filter(|row| row.confirmed_at.is_none()) else {
                return Ok(Err(AppError::CodeSpent));
            };
            if !authenticator::take(tx, &key, actor.key(), &row.sealed_seed, &code, now).await? {
                return Ok(Err(AppError::CodeRefused));
            }
            tx.confirm_authenticator(company, person, now).await?;
            tx.clear_count(&tries).await?;
            let change = Change {
                action: AuditAction::AuthenticatorAdded,
                template: Template::AuthenticatorAdded,
                what: "",
            };
            record(tx, &actor, &owner, change, now).await?;
            Ok::<_, StoreError>(Ok(first_codes(tx, &actor, now).await?))
        }))
        .await??;
    app.outbox.ring();
    Ok(done)
}

/// Takes the authenticator app away.
pub async fn remove_authenticator(app: &App, actor: &Actor) -> Result<(), AppError> {
    let now = app.clock.now();
    let is_required = is_second_factor_required(&*features::of(app, actor.company).await?, actor.role);
    let (actor, owner) = (actor.clone(), owner(app, actor).await?);
    app.store
        .write(job!(|tx| {
            if !tx.remove_authenticator(actor.company, actor.person).await? {
                return Err(AppError::NotFound);
            }
            after_removal(tx, &actor, is_required).await?;
            let change = Change {
                action: AuditAction::AuthenticatorRemoved,
                template: Template::AuthenticatorRemoved,
                what: "",
            };
            Ok::<_, AppError>(record(tx, &actor, &owner, change, now).await?)
        }))
        .await?;
    app.outbox.ring();
    Ok(())
}
