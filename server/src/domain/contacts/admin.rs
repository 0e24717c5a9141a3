//! Clients as org admins see them: every client of the company, who takes care of it, archiving, and handing it over.

use crate::{
    App,
    actor::{Actor, By, PersonKey},
    domain::{
        chats, contacts,
        shut_out::{Act, Ended, shut_out},
    },
    error::AppError,
    job,
    store::{AuditEntry, ClientRow, StoreError},
};
use causeway_api::{
    PersonId,
    audit::AuditAction,
    chats::Channel,
    contacts::LinkState,
    notifications::Notice,
    page::Page,
    people::{Person, PersonKind, Role},
    signals::Signal,
    users::{AdminClient, AdminClientQuery},
    validate::Fault,
};
use std::collections::HashMap;

/// The clients of the company, by name.
pub async fn list(app: &App, actor: &Actor, query: &AdminClientQuery) -> Result<Page<AdminClient>, AppError> {
    actor.may_govern()?;
    let found = app.store.page_of_clients(actor.company, query).await?;
    let ids: Vec<PersonId> = found.items.iter().map(|client| client.row.person.id).collect();
    let mut channels: HashMap<PersonId, Vec<(Channel, LinkState)>> = HashMap::new();
    for (person, channel, state) in app.store.channels_of(actor.company, &ids).await? {
        channels.entry(person).or_default().push((channel, state));
    }
    let owners = app.store.owners_of(actor.company, &ids).await?;
    let people = app.store.people_by_ids(actor.company, owners.values().copied().collect()).await?;
    let people: HashMap<PersonId, Person> =
        people.into_iter().map(|row| (row.person.id, row.person)).collect();
    let client = |client: ClientRow| AdminClient {
        owner: owners.get(&client.row.person.id).and_then(|owner| people.get(owner)).cloned(),
        channels: channels.remove(&client.row.person.id).unwrap_or_default(),
        email: client.row.email,
        phone: client.row.phone,
        archived_at: client.archived_at,
        inactive_at: client.row.inactive_at,
        person: client.row.person,
    };
    Ok(Page {
        items: found.items.into_iter().map(client).collect(),
        total: Some(app.store.count_clients(actor.company, query).await?),
        next: found.next.map(|next| next.to_string()),
    })
}

async fn require(app: &App, actor: &Actor, client: PersonId) -> Result<Person, AppError> {
    let row = app.store.person(actor.company, client).await?.ok_or(AppError::NotFound)?;
    if row.person.kind == PersonKind::Client { Ok(row.person) } else { Err(AppError::NotFound) }
}

/// Archives a client, or brings it back.
pub async fn set_archived(
    app: &App,
    actor: &Actor,
    client: PersonId,
    archived: bool,
) -> Result<(), AppError> {
    actor.may_govern()?;
    require(app, actor, client).await?;
    let action = if archived { AuditAction::ContactArchived } else { AuditAction::ContactRestored };
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            tx.set_archived(author.company, client, archived.then_some(now)).await?;
            tx.audit(AuditEntry::new(&author, action, client, now)).await?;
            contacts::announce_change(tx, author.key(), client, now).await?;
            let ended = if archived {
                shut_out(tx, Act::Archive, PersonKey::new(author.company, client), None, now).await?
            } else {
                Ended::default()
            };
            Ok::<_, StoreError>(ended)
        }))
        .await?;
    ended.close(app);
    Ok(())
}

/// Hands a client over: the new employee takes care of it and goes on with its conversation; the former one does not see
/// the client any more, and is out of that conversation at once.
pub async fn transfer(app: &App, actor: &Actor, client: PersonId, to: PersonId) -> Result<(), AppError> {
    actor.may_govern()?;
    let person = require(app, actor, client).await?;
    let heir = app.store.person(actor.company, to).await?;
    let heir = heir.ok_or(AppError::Invalid("to", Fault::Choice))?;
    let can_write = heir.person.kind == PersonKind::Colleague
        && heir.inactive_at.is_none()
        && heir.person.role != Some(Role::ComplianceOfficer);
    if !can_write {
        return Err(AppError::Invalid("to", Fault::Choice));
    }
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            let company = author.company;
            tx.next_seq(company).await?;
            let before = tx.owner_of(company, client).await?;
            if before == Some(to) {
                return Ok::<_, StoreError>(());
            }
            // The former one learns of it, too.
            let mut audience = tx.shared_with(company, client).await?;
            tx.hand_over(company, client, before, to, now).await?;
            if let Some(former) = before {
                chats::hand_over(tx, author.key(), client, former, Some(to), now).await?;
            }
            audience.push(to);
            audience.dedup();
            let entry = AuditEntry::new(&author, AuditAction::ClientTransferred, client, now);
            tx.audit(entry.changed(&before, &to)?).await?;
            let notice = Notice::ClientTransferred { person: client, name: person.name };
            tx.notify(company, to, &notice, now).await?;
            tx.signal(author.person, now, Signal::ContactChanged { person: client }, audience)?;
            Ok(())
        }))
        .await?;
    Ok(())
}
