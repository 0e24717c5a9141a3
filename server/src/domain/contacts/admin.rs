//! Clients as org admins see them: every client of the company, who takes care of it, archiving, and handing it over.

use crate::{
    App,
    actor::Actor,
    domain::{
        chats, contacts,
        shut_out::{Act, Ended, shut_out},
    },
    error::AppError,
    input::search,
    limits,
    store::{AuditEntry, StoreError},
};
use causeway_api::{
    PersonId,
    audit::AuditAction,
    chats::Channel,
    contacts::LinkState,
    notifications::Notice,
    people::{Person, PersonKind, Role},
    signals::Signal,
    users::{AdminClient, AdminClientPage},
};
use std::collections::HashMap;

/// What is looked for in the list.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words in name, e-mail, phone or company.
    pub words: String,
    /// Only clients of that employee.
    pub owner: Option<PersonId>,
    /// Only archived ones, or only those that are not.
    pub archived: Option<bool>,
    /// The first place.
    pub from: usize,
    /// How many at most.
    pub limit: usize,
}

/// The clients of the company, by name.
pub async fn list(app: &App, actor: &Actor, search: &Search) -> Result<AdminClientPage, AppError> {
    actor.may_govern()?;
    let mut channels: HashMap<PersonId, Vec<(Channel, LinkState)>> = HashMap::new();
    for (person, channel, state) in app.store.channel_states(actor.company).await? {
        channels.entry(person).or_default().push((channel, state));
    }
    let owners = app.store.client_owners(actor.company).await?;
    let people: HashMap<PersonId, Person> = app
        .store
        .people(actor.company)
        .await?
        .into_iter()
        .filter(|row| row.person.kind == PersonKind::Colleague)
        .map(|row| (row.person.id, row.person))
        .collect();
    let wanted = search::Search::read(&search.words);
    let mut found = app.store.all_clients(actor.company).await?;
    found.retain(|client| {
        let row = &client.row;
        let texts = [row.person.name.as_str(), &row.email, &row.person.about];
        (wanted.is_empty() || wanted.finds(&texts, &row.phone))
            && search.owner.is_none_or(|owner| owners.get(&row.person.id) == Some(&owner))
            && search.archived.is_none_or(|archived| client.archived_at.is_some() == archived)
    });
    let total = found.len();
    let clients = found.into_iter().skip(search.from).take(search.limit.clamp(1, limits::USERS_PAGE));
    let clients = clients.map(|client| AdminClient {
        owner: owners.get(&client.row.person.id).and_then(|owner| people.get(owner)).cloned(),
        channels: channels.remove(&client.row.person.id).unwrap_or_default(),
        email: client.row.email,
        phone: client.row.phone,
        archived_at: client.archived_at,
        inactive_at: client.row.inactive_at,
        person: client.row.person,
    });
    Ok(AdminClientPage { clients: clients.collect(), total })
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
    let (author, now) = (actor.clone(), app.clock.now());
    let action = if archived { AuditAction::ContactArchived } else { AuditAction::ContactRestored };
    let ended = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.next_seq(author.company).await?;
                tx.set_archived(author.company, client, archived.then_some(now)).await?;
                tx.audit(AuditEntry::new(&author, action, client, now)).await?;
                contacts::tell_as(tx, (author.company, author.person), client, now).await?;
                let ended = if archived {
                    shut_out(tx, Act::Archive, (author.company, client), None, now).await?
                } else {
                    Ended::default()
                };
                Ok::<_, StoreError>(ended)
            })
        })
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
    let heir = heir.ok_or(AppError::Invalid("to", "fault-choice"))?;
    let can_write = heir.person.kind == PersonKind::Colleague
        && heir.inactive_at.is_none()
        && heir.person.role != Some(Role::ComplianceOfficer);
    if !can_write {
        return Err(AppError::Invalid("to", "fault-choice"));
    }
    let (author, now) = (actor.clone(), app.clock.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
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
                    let people = (client, former);
                    chats::hand_over(tx, (company, author.person), people, Some(to), now).await?;
                }
                audience.push(to);
                audience.dedup();
                let entry = AuditEntry::new(&author, AuditAction::ClientTransferred, client, now);
                tx.audit(entry.changed(&before, &to)?).await?;
                let notice = Notice::ClientTransferred { person: client, name: person.name };
                tx.notify(company, to, &notice, now).await?;
                tx.signal(author.person, now, Signal::ContactChanged { person: client }, audience)?;
                Ok(())
            })
        })
        .await?;
    Ok(())
}
