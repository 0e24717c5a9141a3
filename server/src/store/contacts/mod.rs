//! Contacts: profiles, tags, sharing, notes, and the lists that org admins keep.

mod admin_list;
pub(super) mod channel_links;
pub(super) mod list;
mod lists;
pub(super) mod merges;
mod notes;
mod owners;
mod sharing;

pub use lists::List;
pub use notes::NoteRow;

use super::{
    PersonRow, Result, Store, Tx,
    entity::{channel_link, client_share, person, person_tag},
    words,
};
use crate::input::{emails, fold::list_key};
use causeway_api::{
    CompanyId, Millis, PersonId,
    chats::Channel,
    contacts::{LinkState, Profile},
    people::PersonKind,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};

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
    let channel = words::parse("channel_link.channel", &row.channel)?;
    let state = words::parse("channel_link.state", &row.state)?;
    Ok((row.person_id.into(), channel, state))
}

fn client_word() -> &'static str {
    PersonKind::Client.as_str()
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
}

/// The clients of a company with that phone number or mail address; an empty one is no one's.
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
            .col_expr(person::Column::EmailFolded, Expr::value(list_key(&new.email)))
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
}
