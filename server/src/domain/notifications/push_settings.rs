//! Whether a device is told of messages while no page is open on it.

use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    job,
    push_services::{Sender, is_push_service},
    store::{AuditEntry, PushRow, StoreError},
};
use causeway_api::{
    audit::AuditAction,
    push::{PushState, PushSubscription},
    validate::Fault,
};
use url::Url;

/// Longest address of a subscription, in bytes.
const ENDPOINT_MAX: usize = 2_000;

/// The state of the caller's device.
pub async fn state(app: &App, actor: &Actor) -> Result<PushState, AppError> {
    let kept = match actor.device {
        Some(device) => {
            app.store.push_of(actor.company, device).await?.filter(|row| row.person == actor.person)
        }
        None => None,
    };
    Ok(PushState {
        key: app.push_sender.public_key(),
        is_on: kept.is_some(),
        shows_content: kept.is_some_and(|row| row.shows_content),
    })
}

/// Tells the caller's device from now on.
pub async fn subscribe(app: &App, actor: &Actor, new: PushSubscription) -> Result<(), AppError> {
    let device = actor.device.ok_or(AppError::SignedOut)?;
    let refused = AppError::Invalid("endpoint", Fault::Push);
    let Ok(address) = Url::parse(&new.endpoint) else { return Err(refused) };
    if new.endpoint.len() > ENDPOINT_MAX || !is_push_service(&address, &app.config.push_services) {
        return Err(refused);
    }
    Sender::check_keys(&new.p256dh, &new.auth).map_err(|fault| AppError::Invalid("p256dh", fault))?;
    let row = PushRow {
        device,
        company: actor.company,
        person: actor.person,
        endpoint: new.endpoint,
        p256dh: new.p256dh,
        auth: new.auth,
        shows_content: new.shows_content,
    };
    let person = actor.person;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.audit(AuditEntry::new(&author, AuditAction::PushSwitchedOn, device, now)).await?;
            tx.set_push(row, now).await
        }))
        .await?;
    app.push.follow([person]);
    Ok(())
}

/// Tells it no longer.
pub async fn unsubscribe(app: &App, actor: &Actor) -> Result<(), AppError> {
    let Some(device) = actor.device else { return Ok(()) };
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.audit(AuditEntry::new(&author, AuditAction::PushSwitchedOff, device, now)).await?;
            tx.remove_push(author.company, device).await
        }))
        .await
        .map_err(|error: StoreError| error.into())
}
