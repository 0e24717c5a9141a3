//! Connected devices: which there are, their names, and signing them out.
//!
//! Linking one is in `link.rs` (the portal's side) and `activation.rs` (the phone's side).

pub mod activation;
pub mod link;

use super::features::{self, keys};
use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    input::{agents, names},
    job,
    outbox::{self, Template},
    store::{AuditEntry, DeviceRow, StoreError, Tx, WhichDevices},
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    devices::{Device, DeviceList, RenameDevice},
    notifications::Notice,
    signals::Signal,
};
use uuid::Uuid;

/// The connected devices of the caller: this one first, then the one seen last.
pub async fn list(app: &App, actor: &Actor) -> Result<DeviceList, AppError> {
    let rows = app.store.devices(actor.company, actor.person, app.clock.now()).await?;
    let online = app.hub.sessions_of(actor.person);
    let mut devices: Vec<Device> = rows.into_iter().map(|row| describe(row, actor, &online)).collect();
    devices.sort_by_key(|device| !device.is_current);
    let link_limit = features::of(app, actor.company).await?.get(keys::LINKED_DEVICES);
    Ok(DeviceList { devices, link_limit })
}

fn describe(row: DeviceRow, actor: &Actor, online: &[Vec<u8>]) -> Device {
    let agent = agents::describe(&row.agent);
    Device {
        id: row.id,
        name: shown_name(&row),
        kind: agent.kind,
        browser: agent.browser.to_owned(),
        system: agent.system.to_owned(),
        address: row.address,
        linked_at: row.linked_at,
        signed_in_at: row.sessions.iter().map(|(_, at)| *at).max().unwrap_or(row.created_at),
        seen_at: row.seen_at,
        is_current: Some(row.id) == actor.device,
        is_online: row.sessions.iter().any(|(session, _)| online.contains(session)),
    }
}

/// The name its owner gave a device, or its browser and system.
fn shown_name(row: &DeviceRow) -> String {
    if row.name.is_empty() { agents::describe(&row.agent).name() } else { row.name.clone() }
}

/// The open pages of a person load the list again.
fn announce_change(tx: &mut Tx, person: PersonId, now: Millis) -> Result<(), StoreError> {
    tx.signal(person, now, Signal::DevicesChanged, [person])
}

/// Gives a device another name.
pub async fn rename(app: &App, actor: &Actor, device: Uuid, new: &RenameDevice) -> Result<(), AppError> {
    let name = names::read(&new.name).map_err(|fault| AppError::Invalid("name", fault))?;
    let renamed = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let renamed = tx.rename_device(author.company, author.person, device, &name).await?;
            if renamed {
                let entry = AuditEntry::new(&author, AuditAction::DeviceRenamed, device, now);
                tx.audit(entry.changed(&(), &name)?).await?;
                announce_change(tx, author.person, now)?;
            }
            Ok::<_, StoreError>(renamed)
        }))
        .await?;
    if renamed { Ok(()) } else { Err(AppError::NotFound) }
}

/// Signs one device out: its sessions and sockets end, and it has to be linked again.
pub async fn unlink(app: &App, actor: &Actor, device: Uuid) -> Result<(), AppError> {
    match forget(app, actor, WhichDevices::Only(device)).await? {
        0 => Err(AppError::NotFound),
        _ => Ok(()),
    }
}

/// Signs every other device out.
pub async fn unlink_others(app: &App, actor: &Actor) -> Result<(), AppError> {
    let keep = actor.device.ok_or(AppError::SignedOut)?;
    forget(app, actor, WhichDevices::AllBut(keep)).await?;
    Ok(())
}

async fn forget(app: &App, actor: &Actor, which: WhichDevices) -> Result<usize, AppError> {
    let row = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let (count, ended) = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let (company, person) = (author.company, author.person);
            let (gone, mut ended) = tx.forget_devices(company, person, which).await?;
            if matches!(which, WhichDevices::AllBut(_)) {
                // Also sessions from before devices were kept.
                ended.extend(tx.end_other_sessions_of(company, person, &author.session).await?);
            }
            for device in &gone {
                let name = shown_name(device);
                tx.audit(
                    AuditEntry::new(&author, AuditAction::DeviceSignedOut, device.id, now)
                        .changed(&name, &())?,
                )
                .await?;
                if device.linked_at.is_some() {
                    tx.notify(company, person, &Notice::DeviceUnlinked { device: name.clone() }, now).await?;
                }
            }
            let names: Vec<String> =
                gone.iter().filter(|device| is_worth_a_mail(device)).map(shown_name).collect();
            if !names.is_empty() && !row.email.is_empty() {
                let args = [("devices", names.join(", "))];
                let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
                outbox::queue(tx, &row, Template::DeviceUnlinked, &args, now).await?.or_drop();
            }
            if !gone.is_empty() {
                announce_change(tx, person, now)?;
            }
            Ok::<_, StoreError>((gone.len(), ended))
        }))
        .await?;
    app.hub.end_sessions(&ended);
    app.outbox.ring();
    Ok(count)
}

/// No one needs to be told of a browser in which no one was signed in any more.
fn is_worth_a_mail(device: &DeviceRow) -> bool {
    device.linked_at.is_some()
}
