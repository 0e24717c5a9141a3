//! Setting second factors up and taking them away. All of it asks for a recent confirmation, is recorded, and is told to
//! the owner of the account by mail.

use super::{authenticator, describe, recovery};
use crate::{
    App,
    actor::{Actor, PersonKey},
    clock::{self, HOUR},
    domain::{
        features::{self, is_second_factor_required},
        shut_out::{Act, shut_out},
    },
    error::AppError,
    input::{agents, names},
    job, limits,
    outbox::{self, Template},
    store::{AuditEntry, Counter, PasskeyRow, PersonRow, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    people::Role,
    second_factors::{AuthenticatorSetup, NewPasskey, PasskeyOptions, RecoveryCodes, SecondFactors},
    validate::{self, Fault},
};
use uuid::Uuid;

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
    let args = [("what", change.what), ("address", actor.browser.address.as_str())];
    outbox::queue(tx, owner, change.template, &args, now).await?.or_drop();
    Ok(())
}

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
