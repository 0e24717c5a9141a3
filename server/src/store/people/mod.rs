//! People: employees and clients of a company.

pub(super) mod accounts;
pub(super) mod companies;
pub(super) mod imports;
pub(super) mod plans;
pub(super) mod presence;
pub(super) mod users;

use super::{Result, Store, StoreError, Tx, backend_of, entity::person, paging::by_text, words};
use crate::input::{emails, fold::list_key};
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{Person, PersonKind, Role},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Order},
};

/// A person with the addresses that others do not see.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// What others see.
    pub person: Person,
    /// The company.
    pub company: CompanyId,
    /// The e-mail address; empty when unknown.
    pub email: String,
    /// The mobile number in E.164; empty when unknown.
    pub phone: String,
    /// The language this person reads.
    pub language: Option<String>,
    /// When the account was deactivated.
    pub inactive_at: Option<Millis>,
}

/// A person to add.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// What others see.
    pub person: Person,
    /// The e-mail address; empty when unknown.
    pub email: String,
    /// The mobile number in E.164; empty when unknown.
    pub phone: String,
    /// The language this person reads.
    pub language: Option<String>,
}

impl TryFrom<person::Model> for PersonRow {
    type Error = StoreError;

    fn try_from(row: person::Model) -> Result<Self> {
        let kind = words::parse("person.kind", &row.kind)?;
        let role = row.role.as_deref().map(words::role).transpose()?;
        let person = Person {
            id: row.id.into(),
            kind,
            name: row.name,
            role,
            company_role: row.company_role,
            about: row.about,
            name_lang: row.name_lang,
            is_inactive: row.inactive_at.is_some(),
        };
        Ok(Self {
            person,
            company: row.company_id.into(),
            email: row.email,
            phone: row.phone,
            language: row.language,
            inactive_at: row.inactive_at,
        })
    }
}

/// What searches find someone by besides name and addresses.
pub(in crate::store) fn about_key(company_role: &str, about: &str) -> String {
    list_key(format!("{company_role} {about}").trim())
}

/// The folded name, as lists are sorted by it.
pub(in crate::store) fn by_name(backend: DbBackend) -> Expr {
    by_text(backend, "person.name_key")
}

pub(in crate::store) async fn by_ids(
    db: &impl ConnectionTrait,
    company: CompanyId,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<PersonRow>> {
    let found = person::Entity::find()
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Id.is_in(ids.into_iter().map(|id| id.0)));
    found.all(db).await?.into_iter().map(PersonRow::try_from).collect()
}

async fn of_roles(db: &impl ConnectionTrait, company: CompanyId, roles: &[Role]) -> Result<Vec<PersonId>> {
    let ids: Vec<uuid::Uuid> = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Role.is_in(roles.iter().map(|role| role.as_str())))
        .filter(person::Column::InactiveAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// The active employees who have a mail address, however it is written, by their ids.
fn email_holders(company: CompanyId, email: &str) -> Select<person::Entity> {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Kind.eq(PersonKind::Colleague.as_str()))
        .filter(person::Column::EmailKey.eq(emails::key(email)))
        .filter(person::Column::InactiveAt.is_null())
}

impl Store {
    /// The active employee who has a mail address, however it is written.
    pub async fn email_holder(&self, company: CompanyId, email: &str) -> Result<Option<PersonId>> {
        let holder: Option<uuid::Uuid> = email_holders(company, email).into_tuple().one(&self.read).await?;
        Ok(holder.map(PersonId))
    }

    /// One person of a company.
    pub async fn person(&self, company: CompanyId, id: PersonId) -> Result<Option<PersonRow>> {
        Ok(by_ids(&self.read, company, [id]).await?.pop())
    }

    /// Those of `ids` who belong to the company.
    pub async fn people_by_ids(&self, company: CompanyId, ids: Vec<PersonId>) -> Result<Vec<PersonRow>> {
        by_ids(&self.read, company, ids).await
    }

    /// Everyone in the company who has an account and is active.
    pub async fn account_holders(&self, company: CompanyId) -> Result<Vec<PersonId>> {
        let ids = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::InactiveAt.is_null())
            .filter(person::Column::Role.is_not_null());
        let ids: Vec<uuid::Uuid> = ids.into_tuple().all(&self.read).await?;
        Ok(ids.into_iter().map(PersonId).collect())
    }

    /// The active people of a company with one of several roles.
    pub async fn people_of_roles(&self, company: CompanyId, roles: &[Role]) -> Result<Vec<PersonId>> {
        of_roles(&self.read, company, roles).await
    }

    /// Everyone in the company who was not folded into another contact, by name.
    pub async fn people(&self, company: CompanyId) -> Result<Vec<PersonRow>> {
        let all = person::Entity::find()
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::MergedInto.is_null())
            .order_by(by_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id);
        all.all(&self.read).await?.into_iter().map(PersonRow::try_from).collect()
    }
}

impl Tx {
    /// Those of `ids` who belong to the company, inside this transaction.
    pub async fn people_by_ids(&self, company: CompanyId, ids: Vec<PersonId>) -> Result<Vec<PersonRow>> {
        by_ids(&self.db, company, ids).await
    }

    /// The active people of a company with one of several roles, inside this transaction.
    pub async fn people_of_roles(&self, company: CompanyId, roles: &[Role]) -> Result<Vec<PersonId>> {
        of_roles(&self.db, company, roles).await
    }

    /// Adds a person.
    pub async fn add_person(&mut self, company: CompanyId, new: NewPerson, now: Millis) -> Result<()> {
        let NewPerson { person, email, phone, language } = new;
        let row = person::ActiveModel {
            id: Set(person.id.0),
            company_id: Set(company.0),
            kind: Set(person.kind.as_str().to_owned()),
            name_key: Set(list_key(&person.name)),
            name: Set(person.name),
            name_lang: Set(person.name_lang),
            role: Set(person.role.map(|role| role.as_str().to_owned())),
            about_key: Set(about_key(&person.company_role, &person.about)),
            company_role: Set(person.company_role),
            about: Set(person.about),
            email_key: Set(emails::key(&email)),
            email_folded: Set(list_key(&email)),
            email: Set(email),
            phone: Set(phone),
            language: Set(language),
            created_at: Set(now),
            first_name: Set(None),
            last_name: Set(None),
            country: Set(None),
            external_company_id: Set(None),
            archived_at: Set(None),
            inactive_at: Set(None),
            has_second_factor: Set(0),
            merged_into: Set(None),
        };
        person::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Whether an active employee other than `except` has a mail address, however it is written.
    pub async fn is_email_used(
        &self,
        company: CompanyId,
        email: &str,
        except: Option<PersonId>,
    ) -> Result<bool> {
        let holders: Vec<uuid::Uuid> = email_holders(company, email).into_tuple().all(&self.db).await?;
        Ok(holders.into_iter().any(|id| Some(PersonId(id)) != except))
    }

    /// Sets the language of a person of whom none is known yet.
    pub async fn set_first_language(
        &mut self,
        company: CompanyId,
        id: PersonId,
        language: &str,
    ) -> Result<()> {
        person::Entity::update_many()
            .col_expr(person::Column::Language, Expr::value(language))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(id.0))
            .filter(person::Column::Language.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Sets the language a person reads.
    pub async fn set_language(&mut self, company: CompanyId, id: PersonId, language: &str) -> Result<()> {
        person::Entity::update_many()
            .col_expr(person::Column::Language, Expr::value(language))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(id.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
