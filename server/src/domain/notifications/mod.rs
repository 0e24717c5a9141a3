//! What people are told of, beside messages.

pub mod deliveries;
pub mod push_settings;

use crate::{
    App,
    actor::Actor,
    error::AppError,
    limits,
    store::{StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis,
    notifications::{Notice, NotificationList},
    people::Role,
    signals::Signal,
};

/// The newest notifications of the caller.
pub async fn list(app: &App, actor: &Actor) -> Result<NotificationList, AppError> {
    Ok(NotificationList {
        notifications: app
            .store
            .notifications(actor.company, actor.person, limits::NOTIFICATIONS_LISTED)
            .await?,
        unread: app.store.unread_notifications(actor.company, actor.person).await?,
    })
}

/// The caller has seen what there was up to an instant; the other open pages learn of it.
pub async fn see(app: &App, actor: &Actor, up_to: Millis) -> Result<(), AppError> {
    let (author, now) = (actor.clone(), app.clock.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if tx.see_notifications(author.company, author.person, up_to, now).await? {
                    tx.signal(author.person, now, Signal::NotificationsChanged, [author.person])?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    Ok(())
}

/// Tells every org admin of a company something.
pub(in crate::domain) async fn tell_admins(
    tx: &mut Tx,
    company: CompanyId,
    notice: &Notice,
    now: Millis,
) -> Result<(), StoreError> {
    for admin in tx.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await? {
        tx.notify(company, admin, notice, now).await?;
    }
    Ok(())
}
