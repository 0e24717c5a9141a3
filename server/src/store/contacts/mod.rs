//! Contacts: profiles, tags, sharing, notes, and the lists that org admins keep.

pub(super) mod channel_links;
pub(super) mod list;
pub(super) mod merges;
mod owners;

use super::{
    PersonRow, Result, Store, Tx, backend_of,
    entity::{channel_link, client_share, list_item, note, person, person_tag},
    people::by_name,
    words,
};
use crate::input::{emails, fold::list_key, names};
use causeway_api::{
    CompanyId, Millis, PersonId,
    chats::Channel,
    contacts::{LinkState, ListItem, Profile},
    people::PersonKind,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict, Order},
};
use uuid::Uuid;

/// A list that org admins keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The companies that clients belong to.
    ExternalCompanies,
    /// Tags.
    Tags,
}

impl List {
    /// The list's word in the database and in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ExternalCompanies => "external-companies",
            Self::Tags => "tags",
        }
    }

    /// The list of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::ExternalCompanies, Self::Tags].into_iter().find(|list| list.as_str() == word)
    }
}

/// A client with everything a list or a search needs.
#[derive(Clone, Debug)]
pub struct ClientRow {
    /// The person.
    pub row: PersonRow,
    /// The profile, without tags.
    pub profile: Profile,
    /// When it was archived.
    pub archived_at: Option<Millis>,
}

/// A note as stored.
#[derive(Clone, Debug)]
pub struct NoteRow {
    /// Which.
    pub id: Uuid,
    /// Who wrote it.
    pub author: PersonId,
    /// When.
    pub at: Millis,
    /// Plain text.
    pub text: String,
}

/// What became of a row that its sender names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// It was there: sent twice.
    Again,
    /// Something else has that id.
    Other,
}

impl TryFrom<person::Model> for ClientRow {
    type Error = super::StoreError;

    fn try_from(model: person::Model) -> Result<Self> {
        let profile = Profile {
            // Clients from before profiles have one name.
            first_name: model.first_name.clone().unwrap_or_else(|| model.name.clone()),
            last_name: model.last_name.clone().unwrap_or_default(),
            email: model.email.clone(),
            phone: model.phone.clone(),
            country: model.country.clone().unwrap_or_default(),
            language: model.language.clone().unwrap_or_default(),
            external_company: model.external_company_id,
            tags: Vec::new(),
        };
        Ok(Self { profile, archived_at: model.archived_at, row: PersonRow::try_from(model)? })
    }
}

/// Whose channel it is, which, and its state.
pub(in crate::store) fn channel_state(row: channel_link::Model) -> Result<(PersonId, Channel, LinkState)> {
    let (channel, state) = (words::channel(&row.channel)?, words::state(&row.state)?);
    Ok((row.person_id.into(), channel, state))
}

fn client_word() -> &'static str {
    words::kind_word(PersonKind::Client)
}

impl Store {
    /// A client that an employee sees.
    pub async fn client_of(
        &self,
        company: CompanyId,
        employee: PersonId,
        client: PersonId,
    ) -> Result<Option<ClientRow>> {
        let shared =
            client_share::Entity::find_by_id((company.0, client.0, employee.0)).one(&self.read).await?;
        if shared.is_none() {
            return Ok(None);
        }
        let found = person::Entity::find_by_id((company.0, client.0))
            .filter(person::Column::MergedInto.is_null())
            .filter(person::Column::Kind.eq(client_word()));
        found.one(&self.read).await?.map(ClientRow::try_from).transpose()
    }

    /// Every client of a company, archived or not, by name.
    pub async fn all_clients(&self, company: CompanyId) -> Result<Vec<ClientRow>> {
        let rows = person::Entity::find()
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Kind.eq(client_word()))
            .filter(person::Column::MergedInto.is_null())
            .order_by(by_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id);
        rows.all(&self.read).await?.into_iter().map(ClientRow::try_from).collect()
    }

    /// The employees who see a client.
    pub async fn shared_with(&self, company: CompanyId, client: PersonId) -> Result<Vec<PersonId>> {
        let rows = client_share::Entity::find()
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::ClientId.eq(client.0))
            .order_by_asc(client_share::Column::CreatedAt)
            .order_by_asc(client_share::Column::EmployeeId);
        Ok(rows.all(&self.read).await?.into_iter().map(|row| row.employee_id.into()).collect())
    }

    /// Which of `people` an employee may write to: colleagues, and clients shared with the employee.
    pub async fn visible(
        &self,
        company: CompanyId,
        employee: PersonId,
        people: &[PersonRow],
    ) -> Result<Vec<PersonId>> {
        let clients =
            people.iter().filter(|row| row.person.kind == PersonKind::Client).map(|row| row.person.id.0);
        let shared: Vec<Uuid> = client_share::Entity::find()
            .select_only()
            .column(client_share::Column::ClientId)
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::EmployeeId.eq(employee.0))
            .filter(client_share::Column::ClientId.is_in(clients))
            .into_tuple()
            .all(&self.read)
            .await?;
        let sees =
            |row: &&PersonRow| row.person.kind == PersonKind::Colleague || shared.contains(&row.person.id.0);
        Ok(people.iter().filter(sees).map(|row| row.person.id).collect())
    }

    /// The tags of a client.
    pub async fn tags_of(&self, company: CompanyId, client: PersonId) -> Result<Vec<Uuid>> {
        let rows = person_tag::Entity::find()
            .filter(person_tag::Column::CompanyId.eq(company.0))
            .filter(person_tag::Column::PersonId.eq(client.0));
        Ok(rows.all(&self.read).await?.into_iter().map(|row| row.item_id).collect())
    }

    /// The channels of a company's clients, or of one: client, channel, state.
    pub async fn channel_states(&self, company: CompanyId) -> Result<Vec<(PersonId, Channel, LinkState)>> {
        let rows = channel_link::Entity::find()
            .filter(channel_link::Column::CompanyId.eq(company.0))
            .order_by_asc(channel_link::Column::Channel);
        rows.all(&self.read).await?.into_iter().map(channel_state).collect()
    }

    /// The entries of a list, by name.
    pub async fn list_items(&self, company: CompanyId, list: List) -> Result<Vec<ListItem>> {
        let rows = list_item::Entity::find()
            .filter(list_item::Column::CompanyId.eq(company.0))
            .filter(list_item::Column::List.eq(list.as_str()));
        let rows = rows.all(&self.read).await?.into_iter();
        let mut items: Vec<ListItem> = rows.map(|row| ListItem { id: row.id, name: row.name }).collect();
        items.sort_by_cached_key(|item| (list_key(&item.name), item.id));
        Ok(items)
    }

    /// The notes about a client, or several who are one, newest first.
    pub async fn notes(&self, company: CompanyId, clients: &[PersonId]) -> Result<Vec<NoteRow>> {
        let rows = note::Entity::find()
            .filter(note::Column::CompanyId.eq(company.0))
            .filter(note::Column::PersonId.is_in(clients.iter().map(|client| client.0)))
            .order_by_desc(note::Column::At)
            .order_by_desc(note::Column::Id)
            .limit(200);
        let read = |row: note::Model| NoteRow {
            id: row.id,
            author: row.author_id.into(),
            at: row.at,
            text: row.text,
        };
        Ok(rows.all(&self.read).await?.into_iter().map(read).collect())
    }
}

/// The clients of a company with that phone number or mail address; an empty one is nobody's.
pub(in crate::store) async fn same_address(
    db: &impl ConnectionTrait,
    company: CompanyId,
    phone: &str,
    email: &str,
) -> Result<Vec<ClientRow>> {
    let mut either = Condition::any();
    if !phone.is_empty() {
        either = either.add(person::Column::Phone.eq(phone));
    }
    if !email.is_empty() {
        either = either.add(person::Column::EmailKey.eq(emails::key(email)));
    }
    if either.is_empty() {
        return Ok(Vec::new());
    }
    let rows = person::Entity::find()
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Kind.eq(client_word()))
        .filter(person::Column::ArchivedAt.is_null())
        .filter(person::Column::MergedInto.is_null())
        .filter(either)
        .order_by_asc(person::Column::Id);
    rows.all(db).await?.into_iter().map(ClientRow::try_from).collect()
}

impl Store {
    /// The clients of a company with that phone number or mail address.
    pub async fn same_address(&self, company: CompanyId, phone: &str, email: &str) -> Result<Vec<ClientRow>> {
        same_address(&self.read, company, phone, email).await
    }
}

impl Tx {
    /// The clients of a company with that phone number or mail address, inside this transaction.
    pub async fn same_address(&self, company: CompanyId, phone: &str, email: &str) -> Result<Vec<ClientRow>> {
        same_address(&self.db, company, phone, email).await
    }

    /// The employees who see a client.
    pub async fn shared_with(&self, company: CompanyId, client: PersonId) -> Result<Vec<PersonId>> {
        let rows = client_share::Entity::find()
            .filter(client_share::Column::CompanyId.eq(company.0))
            .filter(client_share::Column::ClientId.eq(client.0));
        Ok(rows.all(&self.db).await?.into_iter().map(|row| row.employee_id.into()).collect())
    }

    /// The contact that a client is: itself, or the one that it was folded into.
    pub async fn contact_of(&self, company: CompanyId, client: PersonId) -> Result<PersonId> {
        let found = person::Entity::find_by_id((company.0, client.0)).one(&self.db).await?;
        Ok(found.and_then(|row| row.merged_into).map_or(client, PersonId))
    }

    /// The profile of a client with its tags, and what it is known by.
    pub async fn profile(&self, company: CompanyId, client: PersonId) -> Result<Option<(Profile, String)>> {
        let found =
            person::Entity::find_by_id((company.0, client.0)).filter(person::Column::Kind.eq(client_word()));
        let Some(row) = found.one(&self.db).await? else { return Ok(None) };
        let ClientRow { row, mut profile, .. } = ClientRow::try_from(row)?;
        let tags = person_tag::Entity::find()
            .filter(person_tag::Column::CompanyId.eq(company.0))
            .filter(person_tag::Column::PersonId.eq(client.0));
        profile.tags = tags.all(&self.db).await?.into_iter().map(|row| row.item_id).collect();
        Ok(Some((profile, row.person.about)))
    }

    /// Lets an employee see a client; false when that was so already.
    pub async fn share(
        &mut self,
        company: CompanyId,
        client: PersonId,
        employee: PersonId,
        now: Millis,
    ) -> Result<bool> {
        let row = client_share::ActiveModel {
            client_id: Set(client.0),
            employee_id: Set(employee.0),
            company_id: Set(company.0),
            created_at: Set(now),
        };
        let nothing = OnConflict::columns([
            client_share::Column::CompanyId,
            client_share::Column::ClientId,
            client_share::Column::EmployeeId,
        ])
        .do_nothing()
        .to_owned();
        Ok(client_share::Entity::insert(row).on_conflict(nothing).exec_without_returning(&self.db).await?
            == 1)
    }

    /// Writes the profile of a client, its name and what it is known by.
    pub async fn set_profile(
        &mut self,
        company: CompanyId,
        client: PersonId,
        new: &Profile,
        about: &str,
    ) -> Result<()> {
        let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let name = new.name();
        person::Entity::update_many()
            .col_expr(person::Column::NameKey, Expr::value(list_key(&name)))
            .col_expr(person::Column::Name, Expr::value(name))
            .col_expr(person::Column::FirstName, Expr::value(new.first_name.as_str()))
            .col_expr(person::Column::LastName, Expr::value(new.last_name.as_str()))
            .col_expr(person::Column::AboutKey, Expr::value(list_key(about)))
            .col_expr(person::Column::About, Expr::value(about))
            .col_expr(person::Column::EmailKey, Expr::value(emails::key(&new.email)))
            .col_expr(person::Column::Email, Expr::value(new.email.as_str()))
            .col_expr(person::Column::Phone, Expr::value(new.phone.clone()))
            .col_expr(person::Column::Language, Expr::value(optional(&new.language)))
            .col_expr(person::Column::Country, Expr::value(optional(&new.country)))
            .col_expr(person::Column::ExternalCompanyId, Expr::value(new.external_company))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(client.0))
            .exec(&self.db)
            .await?;
        person_tag::Entity::delete_many()
            .filter(person_tag::Column::CompanyId.eq(company.0))
            .filter(person_tag::Column::PersonId.eq(client.0))
            .exec(&self.db)
            .await?;
        for tag in &new.tags {
            let row = person_tag::ActiveModel {
                person_id: Set(client.0),
                item_id: Set(*tag),
                company_id: Set(company.0),
            };
            person_tag::Entity::insert(row).exec_without_returning(&self.db).await?;
        }
        Ok(())
    }

    /// Archives a client, or brings it back.
    pub async fn set_archived(
        &mut self,
        company: CompanyId,
        client: PersonId,
        at: Option<Millis>,
    ) -> Result<()> {
        person::Entity::update_many()
            .col_expr(person::Column::ArchivedAt, Expr::value(at))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(client.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Adds a note, unless there is one of that id.
    pub async fn add_note(&mut self, company: CompanyId, client: PersonId, new: NoteRow) -> Result<Added> {
        let (id, author) = (new.id, new.author);
        let row = note::ActiveModel {
            id: Set(new.id),
            company_id: Set(company.0),
            person_id: Set(client.0),
            author_id: Set(new.author.0),
            text: Set(new.text),
            at: Set(new.at),
        };
        let there = OnConflict::columns([note::Column::CompanyId, note::Column::Id]).do_nothing().to_owned();
        if note::Entity::insert(row).on_conflict(there).exec_without_returning(&self.db).await? == 1 {
            return Ok(Added::New);
        }
        let same = note::Entity::find_by_id((company.0, id))
            .filter(note::Column::PersonId.eq(client.0))
            .filter(note::Column::AuthorId.eq(author.0));
        Ok(if same.one(&self.db).await?.is_some() { Added::Again } else { Added::Other })
    }

    /// Adds an entry to a list; a conflict when the name is there.
    pub async fn add_list_item(&mut self, company: CompanyId, list: List, item: &ListItem) -> Result<()> {
        let row = list_item::ActiveModel {
            id: Set(item.id),
            company_id: Set(company.0),
            list: Set(list.as_str().to_owned()),
            name_key: Set(names::spelling_key(&item.name)),
            name: Set(item.name.clone()),
        };
        list_item::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
