//! Authenticator apps, passkeys and recovery codes. What can be used once is used up in one statement.

mod passkeys;
mod recovery_codes;

use super::{
    Result, Store, Tx,
    entity::{authenticator, passkey, passkey_registration, person, recovery_code},
    words,
};
use causeway_api::{CompanyId, Millis, PersonId, people::Role};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

/// An authenticator app.
#[derive(Clone, Debug)]
pub struct AuthenticatorRow {
    /// The seed, encrypted.
    pub sealed_seed: Vec<u8>,
    /// When its first code was confirmed.
    pub confirmed_at: Option<Millis>,
}

/// A passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// The id under which it is removed.
    pub id: Uuid,
    /// The id that its authenticator gave it.
    pub credential_id: String,
    /// Public key and counter, as JSON.
    pub credential: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Millis,
    /// When it was last used.
    pub used_at: Option<Millis>,
}

impl From<passkey::Model> for PasskeyRow {
    fn from(row: passkey::Model) -> Self {
        let passkey::Model { id, credential_id, credential, name, created_at, used_at, .. } = row;
        Self { id, credential_id, credential, name, created_at, used_at }
    }
}

/// What a person signs in with beside the password.
#[derive(Clone, Debug, Default)]
pub struct Enrolled {
    /// The authenticator app, confirmed or not.
    pub authenticator: Option<AuthenticatorRow>,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Recovery codes that have not been used.
    pub recovery_codes_left: usize,
}

impl Enrolled {
    /// When the authenticator app was set up.
    pub fn authenticator_since(&self) -> Option<Millis> {
        self.authenticator.as_ref().and_then(|row| row.confirmed_at)
    }

    /// Whether there is anything stronger than a code that is sent.
    pub fn is_strong(&self) -> bool {
        self.authenticator_since().is_some() || !self.passkeys.is_empty()
    }
}

async fn enrolled(db: &impl ConnectionTrait, company: CompanyId, person: PersonId) -> Result<Enrolled> {
    let authenticator = authenticator::Entity::find_by_id((company.0, person.0))
        .one(db)
        .await?
        .map(|row| AuthenticatorRow { sealed_seed: row.sealed_seed, confirmed_at: row.confirmed_at });
    let passkeys = passkey::Entity::find()
        .filter(passkey::Column::CompanyId.eq(company.0))
        .filter(passkey::Column::PersonId.eq(person.0))
        .order_by_asc(passkey::Column::Id)
        .all(db)
        .await?;
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::CompanyId.eq(company.0))
        .filter(recovery_code::Column::PersonId.eq(person.0))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await?;
    Ok(Enrolled {
        authenticator,
        passkeys: passkeys.into_iter().map(PasskeyRow::from).collect(),
        recovery_codes_left: usize::try_from(left).unwrap_or(usize::MAX),
    })
}

impl Store {
    /// What a person signs in with beside the password.
    pub async fn enrolled(&self, company: CompanyId, person: PersonId) -> Result<Enrolled> {
        enrolled(&self.read, company, person).await
    }

    /// Everyone in a company who signs in with nothing stronger than a code that is sent, and the role.
    pub async fn people_without_second_factor(&self, company: CompanyId) -> Result<Vec<(PersonId, Role)>> {
        let rows: Vec<(Uuid, String)> = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Role])
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Role.is_not_null())
            .filter(person::Column::HasSecondFactor.eq(0))
            .into_tuple()
            .all(&self.read)
            .await?;
        let read = |(id, word): (Uuid, String)| Ok((PersonId(id), words::role(&word)?));
        rows.into_iter().map(read).collect()
    }
}

impl Tx {
    /// The same inside this transaction.
    pub async fn enrolled(&mut self, company: CompanyId, person: PersonId) -> Result<Enrolled> {
        enrolled(&self.db, company, person).await
    }

    /// Notes at the person whether anything stronger than a code that is sent is set up, which every request asks for;
    /// answers it.
    pub async fn note_second_factor(&mut self, company: CompanyId, person: PersonId) -> Result<bool> {
        let is_strong = self.enrolled(company, person).await?.is_strong();
        person::Entity::update_many()
            .col_expr(person::Column::HasSecondFactor, Expr::value(i32::from(is_strong)))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(is_strong)
    }

    /// Begins an authenticator app in the place of one that was never confirmed; false when one was.
    pub async fn begin_authenticator(
        &mut self,
        company: CompanyId,
        person: PersonId,
        sealed_seed: Vec<u8>,
        now: Millis,
    ) -> Result<bool> {
        authenticator::Entity::delete_many()
            .filter(authenticator::Column::CompanyId.eq(company.0))
            .filter(authenticator::Column::PersonId.eq(person.0))
            .filter(authenticator::Column::ConfirmedAt.is_null())
            .exec(&self.db)
            .await?;
        let row = authenticator::ActiveModel {
            person_id: Set(person.0),
            company_id: Set(company.0),
            sealed_seed: Set(sealed_seed),
            last_step: Set(0),
            created_at: Set(now),
            confirmed_at: Set(None),
        };
        let added = authenticator::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([authenticator::Column::CompanyId, authenticator::Column::PersonId])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(&self.db)
            .await?;
        Ok(added == 1)
    }

    /// Takes the code of a step, once; false when it or a later one was taken already.
    pub async fn take_step(&mut self, company: CompanyId, person: PersonId, step: i64) -> Result<bool> {
        let taken = authenticator::Entity::update_many()
            .col_expr(authenticator::Column::LastStep, Expr::value(step))
            .filter(authenticator::Column::CompanyId.eq(company.0))
            .filter(authenticator::Column::PersonId.eq(person.0))
            .filter(authenticator::Column::LastStep.lt(step))
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// An authenticator app counts from now on; false when it did already.
    pub async fn confirm_authenticator(
        &mut self,
        company: CompanyId,
        person: PersonId,
        now: Millis,
    ) -> Result<bool> {
        let confirmed = authenticator::Entity::update_many()
            .col_expr(authenticator::Column::ConfirmedAt, Expr::value(Some(now)))
            .filter(authenticator::Column::CompanyId.eq(company.0))
            .filter(authenticator::Column::PersonId.eq(person.0))
            .filter(authenticator::Column::ConfirmedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(confirmed.rows_affected == 1)
    }

    /// Takes the authenticator app of a person away; false when there was none that counted.
    pub async fn remove_authenticator(&mut self, company: CompanyId, person: PersonId) -> Result<bool> {
        let removed = authenticator::Entity::delete_many()
            .filter(authenticator::Column::CompanyId.eq(company.0))
            .filter(authenticator::Column::PersonId.eq(person.0))
            .filter(authenticator::Column::ConfirmedAt.is_not_null())
            .exec(&self.db)
            .await?;
        Ok(removed.rows_affected > 0)
    }

    /// Forgets passkeys that no one finished making.
    pub(in crate::store) async fn purge_passkey_registrations(&mut self, before: Millis) -> Result<()> {
        passkey_registration::Entity::delete_many()
            .filter(passkey_registration::Column::ExpiresAt.lt(before))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
