//! Linking a device, the portal's side: the code, what the device does with it, and comparing the number.
//!
//! The code and the secret of the QR code are shown by a portal in which someone is signed in, so a QR code from
//! elsewhere can never add a stranger's device; the number tells that the device on the screen is the one in the hand.

use crate::{
    App,
    actor::{Actor, By},
    clock,
    domain::features::{self, keys},
    error::AppError,
    input::agents,
    job, limits,
    store::{AuditEntry, Counter, DeviceLinkRow, NewDeviceLink, StoreError, Tx},
};
use causeway_api::{
    Millis,
    audit::AuditAction,
    devices::{DeviceLink, LinkCode, LinkStep},
    paths::seconds_until,
    signals::Signal,
    validate::Fault,
};
use uuid::Uuid;

/// The keyed hash under which a code is kept and looked for.
pub(super) fn code_mac(app: &App, folded: &str) -> Vec<u8> {
    app.key.code_mac(b"device link", folded)
}

/// Makes a code and a secret that link one device; earlier ones of the caller stop working.
pub async fn begin(app: &App, actor: &Actor) -> Result<LinkCode, AppError> {
    let now = app.clock.now();
    let most = features::of(app, actor.company).await?.get(keys::LINKED_DEVICES);
    if app.store.linked_devices(actor.company, actor.person).await? >= most {
        return Err(AppError::Conflict("device", Fault::NoDevicePlace));
    }
    let (code, secret) = (clock::new_activation_code(), clock::new_secret());
    let new = NewDeviceLink {
        id: clock::new_id(),
        company: actor.company,
        person: actor.person,
        code_mac: code_mac(app, &code),
        secret_hash: secret.hash(),
        expires_at: now + limits::DEVICE_LINK_LIFETIME,
    };
    let (id, author) = (new.id, actor.clone());
    let made = app
        .store
        .write(job!(|tx| {
            let count = tx.count(&Counter::DeviceLink.of(author.person), clock::HOUR, now).await?;
            if count > limits::DEVICE_LINKS_PER_PERSON_AND_HOUR {
                return Ok(false);
            }
            tx.add_device_link(new, now).await?;
            tx.audit(AuditEntry::new(&author, AuditAction::DeviceLinkBegun, id, now)).await?;
            Ok::<_, StoreError>(true)
        }))
        .await?;
    if !made {
        return Err(AppError::TooMany(3_600));
    }
    Ok(LinkCode {
        id,
        code: format!("{}-{}", &code[..4], &code[4..]),
        address: format!("{}/activate#{}", app.config.public_origin, secret.reveal()),
        expires_in: seconds_until(now, now + limits::DEVICE_LINK_LIFETIME),
    })
}

/// How far a link is at `now`.
pub(super) fn step_at(row: &DeviceLinkRow, now: Millis) -> LinkStep {
    if row.expires_at <= now && !row.step.is_over() { LinkStep::Expired } else { row.step }
}

fn describe(row: &DeviceLinkRow, now: Millis) -> DeviceLink {
    let agent = agents::describe(&row.agent);
    let device = if row.agent.is_empty() { String::new() } else { agent.name() };
    DeviceLink { id: row.id, step: step_at(row, now), device, kind: agent.kind, address: row.address.clone() }
}

/// Announces to the open pages of the person how far a link is.
pub(super) fn announce(tx: &mut Tx, row: &DeviceLinkRow, now: Millis) -> Result<(), StoreError> {
    let signal = Signal::DeviceLinkChanged { link: describe(row, now) };
    tx.signal(row.person, now, signal, [row.person])
}

/// How far a link of the caller is.
pub async fn one(app: &App, actor: &Actor, id: Uuid) -> Result<DeviceLink, AppError> {
    let row = app.store.device_link(actor.company, actor.person, id).await?.ok_or(AppError::NotFound)?;
    Ok(describe(&row, app.clock.now()))
}

/// Compares the number; a wrong one refuses the device at once.
pub async fn confirm(app: &App, actor: &Actor, id: Uuid, number: &str) -> Result<(), AppError> {
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    if number.len() != 2 {
        return Err(AppError::Invalid("number", Fault::TwoDigits));
    }
    one(app, actor, id).await?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            let (from, to) = (LinkStep::Confirm, LinkStep::Approved);
            if let Some(row) = tx.step_link(author.company, id, from, to, Some(&number), now).await? {
                tx.audit(AuditEntry::new(&author, AuditAction::DeviceLinkConfirmed, id, now)).await?;
                announce(tx, &row, now)?;
                return Ok(Ok(()));
            }
            let to = LinkStep::Refused;
            let Some(row) = tx.step_link(author.company, id, from, to, None, now).await? else {
                return Ok(Err(AppError::CodeSpent));
            };
            tx.audit(AuditEntry::new(&author, AuditAction::DeviceLinkNumberWrong, id, now)).await?;
            announce(tx, &row, now)?;
            Ok::<_, StoreError>(Err(AppError::CodeRefused))
        }))
        .await?
}

/// Refuses a device, or takes a code back that no one has used.
pub async fn refuse(app: &App, actor: &Actor, id: Uuid) -> Result<(), AppError> {
    one(app, actor, id).await?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            if let Some(row) = tx.refuse_link(author.company, author.person, id).await? {
                tx.audit(AuditEntry::new(&author, AuditAction::DeviceLinkRefused, id, now)).await?;
                announce(tx, &row, now)?;
            }
            Ok::<_, StoreError>(())
        }))
        .await?;
    Ok(())
}
