//! Links of devices, step by step. Every step is one conditional statement, so however many try at once, one succeeds.

use crate::store::{Result, Store, StoreError, Tx, entity::device_link, words};
use causeway_api::{CompanyId, Millis, PersonId, devices::LinkStep};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// A device link as stored.
#[derive(Clone, Debug)]
pub struct DeviceLinkRow {
    pub id: Uuid,
    /// The company.
    pub company: CompanyId,
    /// Whose device it will be.
    pub person: PersonId,
    /// How far it is, by the last thing that happened.
    pub step: LinkStep,
    /// The two digits to compare; empty before.
    pub number: String,
    /// The phone's browser; empty before a phone has shown the code.
    pub agent: String,
    /// Its network address.
    pub address: String,
    /// When it expires.
    pub expires_at: Millis,
}

/// A link to add.
#[derive(Clone, Debug)]
pub struct NewDeviceLink {
    pub id: Uuid,
    /// The company.
    pub company: CompanyId,
    /// Whose device it will be.
    pub person: PersonId,
    /// HMAC of the folded code.
    pub code_mac: Vec<u8>,
    /// SHA-256 of the secret in the QR code.
    pub secret_hash: Vec<u8>,
    /// When both expire.
    pub expires_at: Millis,
}

/// What a phone has to show.
#[derive(Clone, Debug)]
pub enum LinkKey {
    /// HMAC of the folded code.
    Code(Vec<u8>),
    /// SHA-256 of the secret.
    Secret(Vec<u8>),
}

/// The phone that shows it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// SHA-256 of the phone's token.
    pub hash: Vec<u8>,
    /// The phone's browser.
    pub agent: String,
    /// Its network address.
    pub address: String,
}

impl TryFrom<device_link::Model> for DeviceLinkRow {
    type Error = StoreError;

    fn try_from(row: device_link::Model) -> Result<Self> {
        let step = words::parse("device_link.step", &row.step)?;
        Ok(Self {
            id: row.id,
            company: row.company_id.into(),
            person: row.person_id.into(),
            step,
            number: row.number,
            agent: row.agent,
            address: row.address,
            expires_at: row.expires_at,
        })
    }
}

impl Store {
    /// A link of a person.
    pub async fn device_link(
        &self,
        company: CompanyId,
        person: PersonId,
        id: Uuid,
    ) -> Result<Option<DeviceLinkRow>> {
        let found = device_link::Entity::find_by_id((company.0, id))
            .filter(device_link::Column::PersonId.eq(person.0));
        found.one(&self.read).await?.map(DeviceLinkRow::try_from).transpose()
    }

    /// The link that a phone has opened.
    pub async fn claimed_link(&self, claim: &[u8]) -> Result<Option<DeviceLinkRow>> {
        let found = device_link::Entity::find().filter(device_link::Column::ClaimHash.eq(claim.to_vec()));
        found.one(&self.read).await?.map(DeviceLinkRow::try_from).transpose()
    }
}

fn changed(rows: Vec<device_link::Model>) -> Result<Option<DeviceLinkRow>> {
    rows.into_iter().next().map(DeviceLinkRow::try_from).transpose()
}

impl Tx {
    /// Adds a link; earlier ones of the person that are under way end.
    pub async fn add_device_link(&mut self, new: NewDeviceLink, now: Millis) -> Result<()> {
        self.end_device_links_of(new.company, new.person).await?;
        let row = device_link::ActiveModel {
            id: Set(new.id),
            company_id: Set(new.company.0),
            person_id: Set(new.person.0),
            code_mac: Set(new.code_mac),
            secret_hash: Set(new.secret_hash),
            claim_hash: Set(None),
            step: Set(LinkStep::Waiting.as_str().to_owned()),
            number: Set(String::new()),
            agent: Set(String::new()),
            address: Set(String::new()),
            tries: Set(0),
            created_at: Set(now),
            expires_at: Set(new.expires_at),
        };
        device_link::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Ends every link of a person that is under way.
    pub async fn end_device_links_of(&mut self, company: CompanyId, person: PersonId) -> Result<()> {
        device_link::Entity::delete_many()
            .filter(device_link::Column::CompanyId.eq(company.0))
            .filter(device_link::Column::PersonId.eq(person.0))
            .filter(device_link::Column::Step.ne(LinkStep::Linked.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Opens a link for the phone that shows its code or secret, once; nothing when it was opened, has expired or
    /// never was.
    pub async fn claim_link(
        &mut self,
        key: &LinkKey,
        claim: Claim,
        now: Millis,
    ) -> Result<Option<DeviceLinkRow>> {
        let shown = match key {
            LinkKey::Code(mac) => device_link::Column::CodeMac.eq(mac.clone()),
            LinkKey::Secret(hash) => device_link::Column::SecretHash.eq(hash.clone()),
        };
        let claimed = device_link::Entity::update_many()
            .col_expr(device_link::Column::ClaimHash, Expr::value(Some(claim.hash)))
            .col_expr(device_link::Column::Agent, Expr::value(claim.agent))
            .col_expr(device_link::Column::Address, Expr::value(claim.address))
            .col_expr(device_link::Column::Step, Expr::value(LinkStep::Opened.as_str()))
            .filter(shown)
            .filter(device_link::Column::ClaimHash.is_null())
            .filter(device_link::Column::Step.eq(LinkStep::Waiting.as_str()))
            .filter(device_link::Column::ExpiresAt.gt(now))
            .exec_with_returning(&self.db)
            .await?;
        changed(claimed)
    }

    /// Takes one of `most` tries of a password on the phone; false when none is left.
    pub async fn take_link_try(
        &mut self,
        company: CompanyId,
        id: Uuid,
        most: i32,
        now: Millis,
    ) -> Result<bool> {
        let taken = device_link::Entity::update_many()
            .col_expr(device_link::Column::Tries, Expr::col(device_link::Column::Tries).add(1))
            .filter(device_link::Column::CompanyId.eq(company.0))
            .filter(device_link::Column::Id.eq(id))
            .filter(device_link::Column::Step.eq(LinkStep::Opened.as_str()))
            .filter(device_link::Column::Tries.lt(most))
            .filter(device_link::Column::ExpiresAt.gt(now))
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Takes a link from one step to the next; nothing when it is not there, or has expired.
    pub async fn step_link(
        &mut self,
        company: CompanyId,
        id: Uuid,
        from: LinkStep,
        to: LinkStep,
        number: Option<&str>,
        now: Millis,
    ) -> Result<Option<DeviceLinkRow>> {
        let mut step = device_link::Entity::update_many()
            .col_expr(device_link::Column::Step, Expr::value(to.as_str()))
            .filter(device_link::Column::CompanyId.eq(company.0))
            .filter(device_link::Column::Id.eq(id))
            .filter(device_link::Column::Step.eq(from.as_str()))
            .filter(device_link::Column::ExpiresAt.gt(now));
        if let Some(number) = number {
            step = match to {
                LinkStep::Confirm => step.col_expr(device_link::Column::Number, Expr::value(number)),
                _ => step.filter(device_link::Column::Number.eq(number)),
            };
        }
        changed(step.exec_with_returning(&self.db).await?)
    }

    /// Refuses a link of a person that is not over; nothing when it is.
    pub async fn refuse_link(
        &mut self,
        company: CompanyId,
        person: PersonId,
        id: Uuid,
    ) -> Result<Option<DeviceLinkRow>> {
        let over = [LinkStep::Linked.as_str(), LinkStep::Refused.as_str()];
        let refused = device_link::Entity::update_many()
            .col_expr(device_link::Column::Step, Expr::value(LinkStep::Refused.as_str()))
            .filter(device_link::Column::CompanyId.eq(company.0))
            .filter(device_link::Column::Id.eq(id))
            .filter(device_link::Column::PersonId.eq(person.0))
            .filter(device_link::Column::Step.is_not_in(over))
            .exec_with_returning(&self.db)
            .await?;
        changed(refused)
    }

    /// Forgets links that expired before `before`.
    pub async fn purge_device_links(&mut self, before: Millis) -> Result<()> {
        let over = device_link::Column::ExpiresAt.lt(before);
        device_link::Entity::delete_many().filter(over).exec(&self.db).await?;
        Ok(())
    }
}
