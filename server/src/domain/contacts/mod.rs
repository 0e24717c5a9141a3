//! Contacts: who is seen by whom, profiles, sharing, notes, and the lists that org admins keep.

pub mod admin;
mod index;
pub mod invites;
mod limits;
pub mod lists;
pub mod merges;
pub mod personal_links;
mod profile;

pub(in crate::domain) use profile::check_profile;
pub use profile::edit;

use super::{
    notifications::deliveries::Deliveries,
    shut_out::{Act, Ended, shut_out},
};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    clock,
    error::AppError,
    job,
    store::{Added, AuditEntry, ClientRow, NoteRow, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    audit::AuditAction,
    chats::Channel,
    contacts::{
        ChannelLink, Contact, ContactPage, ContactQuery, ContactRow, LinkState, MergedContact, NewNote, Note,
    },
    deliveries::Undelivered,
    page::Page,
    people::{Person, PersonKind},
    signals::Signal,
    validate::{self, Fault},
};
use std::collections::{BTreeSet, HashMap};

/// The contacts of the caller, by name.
pub async fn list(app: &App, actor: &Actor, query: &ContactQuery) -> Result<ContactPage, AppError> {
    let initials = app.store.contact_initials(actor.company, actor.person, query).await?;
    let (index, total) = index::places(initials);
    let rows = app.store.contacts(actor.company, actor.person, query).await?;
    let end = query.cursor.size() + rows.len();
    let ids: Vec<PersonId> = rows.iter().map(|client| client.row.person.id).collect();
    let mut channels: HashMap<PersonId, Vec<(Channel, LinkState)>> = HashMap::new();
    for (person, channel, state) in app.store.channels_of(actor.company, &ids).await? {
        channels.entry(person).or_default().push((channel, state));
    }
    let contacts = rows.into_iter().map(|client| ContactRow {
        channels: channels.remove(&client.row.person.id).unwrap_or_default(),
        person: client.row.person,
    });
    let next = (end < total).then(|| end.to_string());
    Ok(ContactPage { page: Page { items: contacts.collect(), total: Some(total), next }, index })
}

/// A client that the caller sees, itself or as the contact that it was folded into; to others it does not exist.
pub(in crate::domain) async fn require_alias(
    app: &App,
    actor: &Actor,
    client: PersonId,
) -> Result<ClientRow, AppError> {
    let seen = app.store.merged_into(actor.company, client).await?.unwrap_or(client);
    require(app, actor, seen).await
}

/// A client that the caller sees; to others it does not exist.
pub(in crate::domain) async fn require(
    app: &App,
    actor: &Actor,
    client: PersonId,
) -> Result<ClientRow, AppError> {
    app.store.client_of(actor.company, actor.person, client).await?.ok_or(AppError::NotFound)
}

/// Everything about a client. One that was folded into another answers as that one.
pub async fn one(app: &App, actor: &Actor, client: PersonId) -> Result<Contact, AppError> {
    let client = app.store.merged_into(actor.company, client).await?.unwrap_or(client);
    let ClientRow { row, mut profile, archived_at } = require(app, actor, client).await?;
    profile.tags = app.store.tags_of(actor.company, client).await?;
    let shared = app.store.shared_with(actor.company, client).await?;
    let aliases = app.store.aliases(actor.company, client).await?;
    let notes = app.store.notes(actor.company, &aliases).await?;
    let merges = app.store.merges_into(actor.company, client).await?;
    let authors = notes.iter().map(|note| note.author).chain(merges.iter().map(|merge| merge.by));
    let authors = authors.chain(shared.iter().copied()).collect::<BTreeSet<_>>();
    let people: HashMap<PersonId, Person> = app
        .store
        .people_by_ids(actor.company, authors.into_iter().collect())
        .await?
        .into_iter()
        .map(|row| (row.person.id, row.person))
        .collect();
    let name = |id: &PersonId| people.get(id).map_or_else(String::new, |person| person.name.clone());
    let notes = notes.into_iter().map(|note| Note {
        id: note.id,
        author: name(&note.author),
        at: note.at,
        text: note.text,
    });
    let twins = app.store.same_address(actor.company, &row.phone, &row.email).await?;
    let mut duplicates = Vec::new();
    for twin in twins.into_iter().filter(|twin| twin.row.person.id != client) {
        if app.store.client_of(actor.company, actor.person, twin.row.person.id).await?.is_some() {
            duplicates.push(twin.row.person);
        }
    }
    let folded = merges.into_iter().map(|merge| MergedContact {
        id: merge.id,
        by: name(&merge.by),
        name: merge.other_name,
        at: merge.at,
    });
    let mut links = Vec::new();
    let unreached = unreached(app, actor.company, &row.email, &row.phone).await?;
    for alias in &aliases {
        links.extend(channels(app, actor.company, *alias, &unreached).await?);
    }
    Ok(Contact {
        person: row.person,
        profile,
        channels: links,
        merged: folded.collect(),
        shared_with: shared.iter().filter_map(|id| people.get(id).cloned()).collect(),
        notes: notes.collect(),
        archived_at,
        duplicates,
        aliases,
    })
}

/// Which of a client's addresses an invitation does not reach. What a provider said word by word is for admins.
async fn unreached(
    app: &App,
    company: CompanyId,
    email: &str,
    phone: &str,
) -> Result<Vec<Undelivered>, AppError> {
    let found = Deliveries::of(app, company, &[email, phone]).await?.at(email, phone);
    Ok(found.into_iter().map(|undelivered| Undelivered { detail: String::new(), ..undelivered }).collect())
}

async fn channels(
    app: &App,
    company: CompanyId,
    client: PersonId,
    unreached: &[Undelivered],
) -> Result<Vec<ChannelLink>, AppError> {
    let mut links = Vec::new();
    for row in app.store.channel_links(company, client).await? {
        let used =
            app.store.count_now(&limits::sends_key(client, row.channel), clock::DAY, app.clock.now()).await?;
        links.push(ChannelLink {
            person: client,
            channel: row.channel,
            state: row.state,
            address: row.address,
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            linked_at: row.linked_at,
            sends_left: (crate::limits::INVITATIONS_PER_DAY - used).max(0),
            undelivered: if row.state == LinkState::Pending { unreached.to_vec() } else { Vec::new() },
        });
    }
    Ok(links)
}

/// Announces to everyone who sees a client that something about it has changed. A client that was merged into another is
/// announced as that one.
pub(in crate::domain) async fn announce_change(
    tx: &mut Tx,
    by: PersonKey,
    client: PersonId,
    now: Millis,
) -> Result<(), StoreError> {
    let client = tx.contact_of(by.company, client).await?;
    let audience = tx.shared_with(by.company, client).await?;
    tx.signal(by.person, now, Signal::ContactChanged { person: client }, audience)
}

/// Archives a client, or brings it back. Its conversations stay where they are, and in the archive.
pub async fn set_archived(
    app: &App,
    actor: &Actor,
    client: PersonId,
    archived: bool,
) -> Result<Contact, AppError> {
    actor.may_write()?;
    require(app, actor, client).await?;
    let action = if archived { AuditAction::ContactArchived } else { AuditAction::ContactRestored };
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            tx.set_archived(author.company, client, archived.then_some(now)).await?;
            tx.audit(AuditEntry::new(&author, action, client, now)).await?;
            announce_change(tx, author.key(), client, now).await?;
            let ended = if archived {
                shut_out(tx, Act::Archive, PersonKey::new(author.company, client), None, now).await?
            } else {
                Ended::default()
            };
            Ok::<_, StoreError>(ended)
        }))
        .await?;
    ended.close(app);
    one(app, actor, client).await
}

/// Lets a colleague see a client, too.
pub async fn share(
    app: &App,
    actor: &Actor,
    client: PersonId,
    colleague: PersonId,
) -> Result<Contact, AppError> {
    actor.may_write()?;
    require(app, actor, client).await?;
    let row = app.store.person(actor.company, colleague).await?.ok_or(AppError::NotFound)?;
    if row.person.kind != PersonKind::Colleague || row.inactive_at.is_some() {
        return Err(AppError::NotFound);
    }
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            if tx.share(author.company, client, colleague, now).await? {
                let entry = AuditEntry::new(&author, AuditAction::ContactShared, client, now);
                tx.audit(entry.changed(&(), &colleague)?).await?;
                announce_change(tx, author.key(), client, now).await?;
            }
            Ok::<_, StoreError>(())
        }))
        .await?;
    one(app, actor, client).await
}

/// Adds a note. The same note again is that note.
pub async fn add_note(app: &App, actor: &Actor, client: PersonId, new: NewNote) -> Result<Contact, AppError> {
    actor.may_write()?;
    validate::message_text(&new.text).map_err(|fault| AppError::Invalid("text", fault))?;
    require(app, actor, client).await?;
    let text = new.text.trim().to_owned();
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            let new = NoteRow { id: new.id, author: author.person, at: now, text };
            match tx.add_note(author.company, client, new).await? {
                Added::New => announce_change(tx, author.key(), client, now).await?,
                Added::Again => {}
                Added::Other => return Err(AppError::Conflict("id", Fault::Taken)),
            }
            Ok::<_, AppError>(())
        }))
        .await?;
    one(app, actor, client).await
}
