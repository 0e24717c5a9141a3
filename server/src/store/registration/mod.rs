//! Public registration: settings, places, and people who wait for their code. Whether there is a place is decided in the
//! statement that takes it.

mod places;

use super::{
    Result, Store, StoreError, Tx,
    entity::{registrant, registration},
};
use crate::store::words;
use causeway_api::{
    CompanyId, Millis, PersonId,
    registration::{Capacity, ClosedReason},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::collections::BTreeMap;

/// The settings of a company.
#[derive(Clone, Debug)]
pub struct RegistrationRow {
    /// The company.
    pub company: CompanyId,
    /// Why it is closed; nothing while it is open.
    pub closed: Option<ClosedReason>,
    /// The person in charge.
    pub person_in_charge: Option<PersonId>,
    /// The end of the link.
    pub token: Option<String>,
    /// The text above the form, per language.
    pub form_text: BTreeMap<String, String>,
    /// What the person in charge says first.
    pub welcome: String,
    /// Only addresses of these domains may register.
    pub domains: Vec<String>,
    /// Who opened it last.
    pub opened_by: String,
    /// When it was opened last.
    pub opened_at: Option<Millis>,
    /// External users who are not deactivated.
    pub registered: i64,
    /// Registrations that hold a place.
    pub pending: i64,
    /// Counts the changes.
    pub version: i64,
}

impl RegistrationRow {
    /// Settings that no one has touched.
    pub fn untouched(company: CompanyId) -> Self {
        Self {
            company,
            closed: Some(ClosedReason::ByAdmin),
            person_in_charge: None,
            token: None,
            form_text: BTreeMap::new(),
            welcome: String::new(),
            domains: Vec::new(),
            opened_by: String::new(),
            opened_at: None,
            registered: 0,
            pending: 0,
            version: 0,
        }
    }

    /// The places, with the limit of the plan.
    pub fn capacity(&self, limit: Option<i64>) -> Capacity {
        Capacity { registered: self.registered, pending: self.pending, limit }
    }
}

/// Someone who registers and holds a place meanwhile.
#[derive(Clone, Debug)]
pub struct Registrant {
    /// SHA-256 of the token in the browser's cookie.
    pub hash: Vec<u8>,
    /// The company.
    pub company: CompanyId,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The language of the page.
    pub language: String,
    /// Whether the address has an account already.
    pub is_known: bool,
    /// When the place is free again.
    pub place_until: Millis,
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unwritable(error.to_string()))
}

impl TryFrom<registration::Model> for RegistrationRow {
    type Error = StoreError;

    fn try_from(row: registration::Model) -> Result<Self> {
        let corrupt = |error: serde_json::Error| StoreError::Corrupt(format!("registration: {error}"));
        let closed = row.closed.as_deref().map(|word| words::parse("registration.closed", word));
        Ok(Self {
            company: row.company_id.into(),
            closed: closed.transpose()?,
            person_in_charge: row.pic_id.map(PersonId),
            token: row.token,
            form_text: serde_json::from_str(&row.form_text).map_err(corrupt)?,
            welcome: row.welcome,
            domains: serde_json::from_str(&row.domains).map_err(corrupt)?,
            opened_by: row.opened_by,
            opened_at: row.opened_at,
            registered: row.registered,
            pending: row.pending,
            version: row.version,
        })
    }
}

impl From<registrant::Model> for Registrant {
    fn from(row: registrant::Model) -> Self {
        Self {
            hash: row.hash,
            company: row.company_id.into(),
            name: row.name,
            email: row.email,
            language: row.language,
            is_known: row.is_known != 0,
            place_until: row.place_until,
        }
    }
}

async fn of_company(db: &impl ConnectionTrait, company: CompanyId) -> Result<RegistrationRow> {
    let found = registration::Entity::find_by_id(company.0).one(db).await?;
    found.map_or_else(|| Ok(RegistrationRow::untouched(company)), RegistrationRow::try_from)
}

impl Store {
    /// The settings of a company, touched or not.
    pub async fn registration(&self, company: CompanyId) -> Result<RegistrationRow> {
        of_company(&self.read, company).await
    }

    /// The settings behind a registration link.
    pub async fn registration_by_token(&self, token: &str) -> Result<Option<RegistrationRow>> {
        let found = registration::Entity::find().filter(registration::Column::Token.eq(token));
        found.one(&self.read).await?.map(RegistrationRow::try_from).transpose()
    }

    /// Whose registration waits in that browser.
    pub async fn registrant(&self, hash: &[u8]) -> Result<Option<Registrant>> {
        let found = registrant::Entity::find().filter(registrant::Column::Hash.eq(hash.to_vec()));
        Ok(found.one(&self.read).await?.map(Registrant::from))
    }
}

impl Tx {
    /// The settings of a company inside this transaction.
    pub async fn registration(&self, company: CompanyId) -> Result<RegistrationRow> {
        of_company(&self.db, company).await
    }

    /// Writes settings whose version is one more than the one in the database; false when someone else was first.
    /// Places are not settings: they stay.
    pub async fn set_registration(&mut self, new: &RegistrationRow) -> Result<bool> {
        let row = registration::ActiveModel {
            company_id: Set(new.company.0),
            closed: Set(new.closed.map(|reason| reason.as_str().to_owned())),
            pic_id: Set(new.person_in_charge.map(|person| person.0)),
            token: Set(new.token.clone()),
            form_text: Set(json(&new.form_text)?),
            welcome: Set(new.welcome.clone()),
            domains: Set(json(&new.domains)?),
            opened_by: Set(new.opened_by.clone()),
            opened_at: Set(new.opened_at),
            registered: Set(0),
            pending: Set(0),
            version: Set(new.version),
        };
        if new.version == 1 {
            let nothing = OnConflict::column(registration::Column::CompanyId).do_nothing().to_owned();
            let added =
                registration::Entity::insert(row).on_conflict(nothing).exec_without_returning(&self.db);
            return Ok(added.await? == 1);
        }
        let places_stay = registration::ActiveModel {
            registered: sea_orm::ActiveValue::NotSet,
            pending: sea_orm::ActiveValue::NotSet,
            ..row
        };
        let changed = registration::Entity::update_many()
            .set(places_stay)
            .filter(registration::Column::CompanyId.eq(new.company.0))
            .filter(Expr::col(registration::Column::Version).eq(new.version - 1))
            .exec(&self.db)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Closes open registration for a reason, all or only the one that leads to a person; false when none was open.
    pub async fn close_registration(
        &mut self,
        company: CompanyId,
        only_of: Option<PersonId>,
        reason: ClosedReason,
    ) -> Result<bool> {
        let mut close = registration::Entity::update_many()
            .col_expr(registration::Column::Closed, Expr::value(Some(reason.as_str())))
            .col_expr(registration::Column::Version, Expr::col(registration::Column::Version).add(1))
            .filter(registration::Column::CompanyId.eq(company.0))
            .filter(registration::Column::Closed.is_null());
        if let Some(person) = only_of {
            close = close.filter(registration::Column::PicId.eq(person.0));
        }
        Ok(close.exec(&self.db).await?.rows_affected == 1)
    }
}
