//! The lists that org admins keep and employees choose from.

use super::profile::required;
use crate::{
    App,
    actor::{Actor, By},
    clock,
    domain::features,
    error::AppError,
    input::names,
    job,
    store::{AuditEntry, List, StoreError},
};
use causeway_api::{
    audit::AuditAction,
    contacts::{ListItem, Lists},
    validate::Fault,
};

/// The lists that org admins keep.
pub async fn lists(app: &App, actor: &Actor) -> Result<Lists, AppError> {
    let features = features::of(app, actor.company).await?;
    Ok(Lists {
        external_companies: app.store.list_items(actor.company, List::ExternalCompanies).await?,
        tags: app.store.list_items(actor.company, List::Tags).await?,
        languages: features.client_languages(),
        required: required(&features).into_iter().map(str::to_owned).collect(),
    })
}

/// Adds an entry to a list.
pub async fn add_list_item(app: &App, actor: &Actor, list: &str, name: &str) -> Result<ListItem, AppError> {
    actor.may_govern()?;
    let list = List::parse(list).ok_or(AppError::NotFound)?;
    let name = names::read(name).map_err(|fault| AppError::Invalid("name", fault))?;
    let item = ListItem { id: clock::new_id(), name };
    let new = item.clone();
    let added = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.add_list_item(author.company, list, &new).await?;
            let entry = AuditEntry::new(&author, AuditAction::ListItemAdded, list.as_str(), now);
            tx.audit(entry.changed(&(), &new)?).await
        }))
        .await;
    match added {
        Err(StoreError::Conflict(_)) => Err(AppError::Conflict("name", Fault::Taken)),
        other => Ok(other.map(|()| item)?),
    }
}
