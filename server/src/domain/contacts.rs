//! Contacts: who is seen by whom, profiles, sharing, notes, and the lists that org admins keep.

mod index;

use self::index::index_letter;
use super::{
    features::{self, FeatureKey, Features},
    sessions::Actor,
};
use crate::{
    App, clock,
    error::AppError,
    limits,
    store::{AuditEntry, ClientRow, List, NoteRow, StoreError, Tx},
};
use causeway_api::{
    CompanyId, EventBody, PersonId,
    chats::Channel,
    contacts::{ChannelLink, Contact, ContactPage, ContactRow, LinkState, MergedContact, Note, Profile},
    people::{Person, PersonKind},
    validate::{self, name_key},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What is looked for in the list.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Colleagues instead of clients.
    pub team: bool,
    /// Words in name, phone, e-mail, company or tag.
    pub words: String,
    /// Only clients with a channel in that state, or with none (`Some(None)`).
    pub state: Option<Option<LinkState>>,
    /// Only clients with that tag.
    pub tag: Option<Uuid>,
    /// Only clients of that external company.
    pub company: Option<Uuid>,
    /// The first place.
    pub from: usize,
    /// How many at most.
    pub limit: usize,
}

/// The contacts of the caller, by name.
pub async fn list(app: &App, actor: &Actor, search: Search) -> Result<ContactPage, AppError> {
    let rows = if search.team {
        colleagues(app, actor, &search).await?
    } else {
        clients(app, actor, &search).await?
    };
    let mut index: Vec<(String, usize)> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let letter = index_letter(&row.person.name);
        if index.last().is_none_or(|(last, _)| *last != letter) {
            index.push((letter, place));
        }
    }
    let total = rows.len();
    let contacts =
        rows.into_iter().skip(search.from).take(search.limit.clamp(1, limits::CONTACTS_PAGE)).collect();
    Ok(ContactPage { contacts, total, index })
}

async fn colleagues(app: &App, actor: &Actor, search: &Search) -> Result<Vec<ContactRow>, AppError> {
    let wanted = name_key(&search.words);
    let all = app.store.people(actor.company).await?.into_iter();
    let found = all
        .filter(|row| row.person.kind == PersonKind::Colleague && row.inactive_at.is_none())
        .filter(|row| row.person.id != actor.person)
        .filter(|row| {
            [&row.person.name, &row.person.about, &row.email]
                .into_iter()
                .any(|text| name_key(text).contains(&wanted))
        });
    Ok(found.map(|row| ContactRow { person: row.person, channels: Vec::new() }).collect())
}

async fn clients(app: &App, actor: &Actor, search: &Search) -> Result<Vec<ContactRow>, AppError> {
    let rows = app.store.clients_of(actor.company, actor.person).await?;
    let mut channels: HashMap<PersonId, Vec<(Channel, LinkState)>> = HashMap::new();
    for (person, channel, state) in app.store.channel_states(actor.company).await? {
        channels.entry(person).or_default().push((channel, state));
    }
    let mut tags: HashMap<PersonId, Vec<Uuid>> = HashMap::new();
    for (person, tag) in app.store.tags_of(actor.company, None).await? {
        tags.entry(person).or_default().push(tag);
    }
    let names: HashMap<Uuid, String> = app
        .store
        .list_items(actor.company, List::Tags)
        .await?
        .into_iter()
        .map(|item| (item.id, name_key(&item.name)))
        .collect();
    let wanted = name_key(&search.words);
    let digits: String = search.words.chars().filter(char::is_ascii_digit).collect();
    let found = rows.into_iter().filter(|client| {
        let person = &client.row.person;
        let own = channels.get(&person.id).map_or(&[][..], Vec::as_slice);
        let own_tags = tags.get(&person.id).map_or(&[][..], Vec::as_slice);
        let has_words = [&person.name, &person.about, &client.row.email]
            .into_iter()
            .any(|text| name_key(text).contains(&wanted))
            || own_tags.iter().any(|tag| names.get(tag).is_some_and(|name| name.contains(&wanted)))
            || (digits.len() >= 3 && client.row.phone.contains(&digits));
        let has_state = search.state.is_none_or(|state| match state {
            Some(state) => own.iter().any(|(_, found)| *found == state),
            None => own.is_empty(),
        });
        has_words
            && has_state
            && search.tag.is_none_or(|tag| own_tags.contains(&tag))
            && search.company.is_none_or(|company| client.profile.external_company == Some(company))
    });
    let found: Vec<ClientRow> = found.collect();
    let row = |client: ClientRow| {
        let channels = channels.remove(&client.row.person.id).unwrap_or_default();
        ContactRow { person: client.row.person, channels }
    };
    Ok(found.into_iter().map(row).collect())
}

/// A client that the caller sees, itself or as the contact that it was folded into; to others it does not exist.
pub(super) async fn require_alias(app: &App, actor: &Actor, client: PersonId) -> Result<ClientRow, AppError> {
    let seen = app.store.merged_into(client).await?.unwrap_or(client);
    require(app, actor, seen).await
}

/// A client that the caller sees; to others it does not exist.
pub(super) async fn require(app: &App, actor: &Actor, client: PersonId) -> Result<ClientRow, AppError> {
    app.store.client_of(actor.company, actor.person, client).await?.ok_or(AppError::NotFound)
}

/// Everything about a client. One that was folded into another answers as that one.
pub async fn one(app: &App, actor: &Actor, client: PersonId) -> Result<Contact, AppError> {
    let client = app.store.merged_into(client).await?.unwrap_or(client);
    let ClientRow { row, mut profile, archived_at } = require(app, actor, client).await?;
    profile.tags =
        app.store.tags_of(actor.company, Some(client)).await?.into_iter().map(|(_, tag)| tag).collect();
    let shared = app.store.shared_with(client).await?;
    let aliases = app.store.aliases(client).await?;
    let notes = app.store.notes(&aliases).await?;
    let merges = app.store.merges_into(client).await?;
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
    for alias in &aliases {
        links.extend(channels(app, *alias).await?);
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

async fn channels(app: &App, client: PersonId) -> Result<Vec<ChannelLink>, AppError> {
    let mut links = Vec::new();
    for row in app.store.channel_links(client).await? {
        let used = app
            .store
            .count_now(&super::invites::sends_key(client, row.channel), clock::DAY, app.clock.now())
            .await?;
        links.push(ChannelLink {
            person: client,
            channel: row.channel,
            state: row.state,
            address: row.address,
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            linked_at: row.linked_at,
            sends_left: (limits::INVITATIONS_PER_DAY - used).max(0),
        });
    }
    Ok(links)
}

/// Checks a profile against its bounds and what the company has configured; answers what the client is known by.
pub(super) async fn check_profile(
    app: &App,
    actor: &Actor,
    profile: &Profile,
    own: Option<PersonId>,
) -> Result<String, AppError> {
    if let Some((field, fault)) = profile.faults().into_iter().next() {
        return Err(AppError::Invalid(field, fault));
    }
    let features = features::of(app, actor.company).await?;
    if let Some(field) = missing(profile, &features) {
        return Err(AppError::Invalid(field, "fault-required"));
    }
    if !profile.language.is_empty() && !features.client_languages().contains(&profile.language) {
        return Err(AppError::Invalid("language", "fault-language"));
    }
    if !profile.country.is_empty()
        && super::phones::countries().iter().all(|country| country.code != profile.country)
    {
        return Err(AppError::Invalid("country", "fault-choice"));
    }
    let twins = app.store.same_address(actor.company, &profile.phone, profile.email.trim()).await?;
    for twin in twins.iter().filter(|twin| Some(twin.row.person.id) != own) {
        if features.is_on(FeatureKey::PhoneUnique)
            && !profile.phone.is_empty()
            && twin.row.phone == profile.phone
        {
            return Err(AppError::Conflict("phone", "fault-phone-taken"));
        }
        let same_email = twin.row.email.eq_ignore_ascii_case(profile.email.trim());
        if features.is_on(FeatureKey::EmailUnique) && !profile.email.trim().is_empty() && same_email {
            return Err(AppError::Conflict("email", "fault-email-taken"));
        }
    }
    let tags = app.store.list_items(actor.company, List::Tags).await?;
    if profile.tags.iter().any(|tag| tags.iter().all(|item| item.id != *tag)) {
        return Err(AppError::Invalid("tags", "fault-choice"));
    }
    let Some(company) = profile.external_company else { return Ok(String::new()) };
    let companies = app.store.list_items(actor.company, List::ExternalCompanies).await?;
    let found = companies.into_iter().find(|item| item.id == company);
    found.map(|item| item.name).ok_or(AppError::Invalid("external_company", "fault-choice"))
}

/// The first field that the company asks for and that is empty.
fn missing(profile: &Profile, features: &Features) -> Option<&'static str> {
    let names = features.is_on(FeatureKey::NamesMandatory);
    let asked = [
        ("first_name", names && profile.first_name.trim().is_empty()),
        ("last_name", names && profile.last_name.trim().is_empty()),
        ("email", features.is_on(FeatureKey::EmailMandatory) && profile.email.trim().is_empty()),
        (
            "external_company",
            features.is_on(FeatureKey::ExternalCompanyMandatory) && profile.external_company.is_none(),
        ),
        ("tags", features.is_on(FeatureKey::TagsMandatory) && profile.tags.is_empty()),
    ];
    asked.into_iter().find_map(|(field, is_missing)| is_missing.then_some(field))
}

/// Tells everybody who sees a client that something about it has changed.
pub(super) async fn tell(tx: &mut Tx, actor: &Actor, client: PersonId, now: i64) -> Result<(), StoreError> {
    tell_as(tx, (actor.company, actor.person), client, now).await
}

/// The same, by whoever did it: also a client that was folded into another is told as that one.
pub(super) async fn tell_as(
    tx: &mut Tx,
    (company, author): (CompanyId, PersonId),
    client: PersonId,
    now: i64,
) -> Result<(), StoreError> {
    let client = tx.contact_of(client).await?;
    let audience = tx.shared_with(client).await?;
    let body = EventBody::ContactChanged { person: client };
    tx.append(company, author, now, body, audience.into()).await?;
    Ok(())
}

/// Changes a profile.
pub async fn edit(app: &App, actor: &Actor, client: PersonId, new: Profile) -> Result<Contact, AppError> {
    actor.may_write()?;
    let before = require(app, actor, client).await?.profile;
    let about = check_profile(app, actor, &new, Some(client)).await?;
    let (author, now) = (actor.clone(), app.clock.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.set_profile(author.company, client, &new, &about).await?;
                tx.audit(AuditEntry::new(&author, "contact_edited", client, now).changed(&before, &new)?)
                    .await?;
                tell(tx, &author, client, now).await
            })
        })
        .await?;
    one(app, actor, client).await
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
    let (author, now) = (actor.clone(), app.clock.now());
    let action = if archived { "contact_archived" } else { "contact_restored" };
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.set_archived(author.company, client, archived.then_some(now)).await?;
                tx.audit(AuditEntry::new(&author, action, client, now)).await?;
                tell(tx, &author, client, now).await
            })
        })
        .await?;
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
    let (author, now) = (actor.clone(), app.clock.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if tx.share(author.company, client, colleague, now).await? {
                    let entry = AuditEntry::new(&author, "contact_shared", client, now);
                    tx.audit(entry.changed(&(), &colleague)?).await?;
                    tell(tx, &author, client, now).await?;
                }
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    one(app, actor, client).await
}

/// Adds a note.
pub async fn add_note(app: &App, actor: &Actor, client: PersonId, text: &str) -> Result<Contact, AppError> {
    actor.may_write()?;
    validate::message_text(text).map_err(|fault| AppError::Invalid("text", fault))?;
    require(app, actor, client).await?;
    let (author, now) = (actor.clone(), app.clock.now());
    let new = NoteRow { id: clock::new_id(), author: actor.person, at: now, text: text.trim().to_owned() };
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.add_note(author.company, client, new).await?;
                tell(tx, &author, client, now).await
            })
        })
        .await?;
    one(app, actor, client).await
}
