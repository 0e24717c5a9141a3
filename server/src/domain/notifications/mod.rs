//! What people are told of, beside messages.

pub mod deliveries;
pub mod push_settings;

use crate::{
    App,
    actor::{Actor, By},
    error::AppError,
    job,
    store::{Paging, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis,
    notifications::{Notice, NotificationPage, NotificationQuery},
    page::Page,
    people::Role,
    signals::Signal,
};

/// The notifications of the caller, newest first.
pub async fn list(app: &App, actor: &Actor, query: &NotificationQuery) -> Result<NotificationPage, AppError> {
    let paging = Paging::read(query.cursor.as_deref(), query.limit.size())?;
    let found = app.store.notifications(actor.company, actor.person, &paging).await?;
    Ok(NotificationPage {
        page: Page { items: found.items, total: None, next: found.next.map(|next| next.to_string()) },
        unread: app.store.unread_notifications(actor.company, actor.person).await?,
    })
}

/// The caller has seen what there was up to an instant; the other open pages learn of it.
pub async fn see(app: &App, actor: &Actor, up_to: Millis) -> Result<(), AppError> {
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            if tx.see_notifications(author.company, author.person, up_to, now).await? {
                tx.signal(author.person, now, Signal::NotificationsChanged, [author.person])?;
            }
            Ok::<_, StoreError>(())
        }))
        .await?;
    Ok(())
}

/// Tells every org admin of a company something.
pub(in crate::domain) async fn notify_admins(
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
