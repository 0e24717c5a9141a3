//! Devices of people: browsers that are known, and linked phones.

pub(super) mod links;

use super::{
    Result, Store, StoreError, Tx,
    entity::{account, device, session},
};
use crate::actor::PersonKey;
use crate::clock;
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A device as stored.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub id: Uuid,
    /// What its owner calls it; empty for its browser and system.
    pub name: String,
    /// The browser's own description.
    pub agent: String,
    /// The network address it was last seen at.
    pub address: String,
    /// When it was linked.
    pub linked_at: Option<Millis>,
    /// The last action on it.
    pub seen_at: Millis,
    /// The sessions that are open on it: hash, and when it was opened.
    pub sessions: Vec<(Vec<u8>, Millis)>,
    /// When it was first seen.
    pub created_at: Millis,
}

impl From<device::Model> for DeviceRow {
    fn from(row: device::Model) -> Self {
        let device::Model { id, name, agent, address, linked_at, seen_at, created_at, .. } = row;
        Self { id, name, agent, address, linked_at, seen_at, created_at, sessions: Vec::new() }
    }
}

/// The browser that someone signs in on.
#[derive(Clone, Debug)]
pub struct SignInBrowser {
    /// SHA-256 of the token in its cookie.
    pub hash: Vec<u8>,
    /// Its own description.
    pub agent: String,
    /// Its network address.
    pub address: String,
}

impl Store {
    /// Whether this browser is known for that person.
    pub async fn is_known_device(&self, hash: &[u8], company: CompanyId, person: PersonId) -> Result<bool> {
        let found = device::Entity::find()
            .filter(device::Column::Hash.eq(hash.to_vec()))
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::PersonId.eq(person.0));
        Ok(found.one(&self.read).await?.is_some())
    }

    /// Whether anyone has linked this browser.
    pub async fn is_linked_device(&self, hash: &[u8]) -> Result<bool> {
        let linked = device::Entity::find()
            .filter(device::Column::Hash.eq(hash.to_vec()))
            .filter(device::Column::LinkedAt.is_not_null());
        Ok(linked.one(&self.read).await?.is_some())
    }

    /// The devices of a person that are linked, or on which a session is open at `now`; the one seen last first.
    pub async fn devices(&self, company: CompanyId, person: PersonId, now: Millis) -> Result<Vec<DeviceRow>> {
        let open: Vec<(Option<Uuid>, Vec<u8>, i64)> = session::Entity::find()
            .select_only()
            .columns([session::Column::DeviceId, session::Column::Hash, session::Column::CreatedAt])
            .filter(session::Column::CompanyId.eq(company.0))
            .filter(session::Column::PersonId.eq(person.0))
            .filter(session::Column::EndsAt.gt(now))
            .into_tuple()
            .all(&self.read)
            .await?;
        let mut sessions: HashMap<Uuid, Vec<(Vec<u8>, Millis)>> = HashMap::new();
        for (device, hash, opened_at) in open {
            if let Some(device) = device {
                sessions.entry(device).or_default().push((hash, opened_at));
            }
        }
        let rows = device::Entity::find()
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::PersonId.eq(person.0))
            .order_by_desc(device::Column::SeenAt)
            .order_by_desc(device::Column::Id);
        let rows = rows.all(&self.read).await?.into_iter().map(|row| DeviceRow {
            sessions: sessions.remove(&row.id).unwrap_or_default(),
            ..DeviceRow::from(row)
        });
        Ok(rows.filter(|row| row.linked_at.is_some() || !row.sessions.is_empty()).collect())
    }

    /// How many devices a person has linked.
    pub async fn linked_devices(&self, company: CompanyId, person: PersonId) -> Result<i64> {
        let found = account::Entity::find_by_id((company.0, person.0));
        Ok(found.one(&self.read).await?.map_or(0, |row| row.linked_devices))
    }
}

impl Tx {
    /// Notes that someone signs in on a device; returns which it is, and whether it is a new one.
    pub async fn record_sign_in_on(
        &mut self,
        who: PersonKey,
        new: SignInBrowser,
        now: Millis,
    ) -> Result<(Uuid, bool)> {
        if let Some(known) = self.touch_device(who, &new, now).await? {
            return Ok((known, false));
        }
        let id = clock::new_id();
        let row = device::ActiveModel {
            id: Set(id),
            company_id: Set(who.company.0),
            person_id: Set(who.person.0),
            hash: Set(new.hash.clone()),
            name: Set(String::new()),
            agent: Set(new.agent.clone()),
            address: Set(new.address.clone()),
            created_at: Set(now),
            seen_at: Set(now),
            linked_at: Set(None),
        };
        let is_new = device::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([
                    device::Column::CompanyId,
                    device::Column::PersonId,
                    device::Column::Hash,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(&self.db)
            .await?
            == 1;
        if is_new {
            return Ok((id, true));
        }
        // Two tabs of one browser came in at once: the other was first.
        let known = self.touch_device(who, &new, now).await?;
        known.map(|id| (id, false)).ok_or_else(|| StoreError::Conflict("device".to_owned()))
    }

    /// Notes that a known device was used; `None` when it is not known.
    async fn touch_device(
        &mut self,
        who: PersonKey,
        new: &SignInBrowser,
        now: Millis,
    ) -> Result<Option<Uuid>> {
        let known = device::Entity::update_many()
            .col_expr(device::Column::Agent, Expr::value(new.agent.clone()))
            .col_expr(device::Column::Address, Expr::value(new.address.clone()))
            .col_expr(device::Column::SeenAt, Expr::value(now))
            .filter(device::Column::Hash.eq(new.hash.clone()))
            .filter(device::Column::CompanyId.eq(who.company.0))
            .filter(device::Column::PersonId.eq(who.person.0))
            .exec_with_returning(&self.db)
            .await?;
        Ok(known.into_iter().next().map(|row| row.id))
    }

    /// Whether a person has signed in anywhere before.
    pub async fn has_devices(&mut self, company: CompanyId, person: PersonId) -> Result<bool> {
        let found = device::Entity::find()
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::PersonId.eq(person.0));
        Ok(found.one(&self.db).await?.is_some())
    }

    /// Takes one of `most` places for linked devices; false when every place is taken. Counting and deciding is one
    /// statement.
    pub async fn take_device_place(
        &mut self,
        company: CompanyId,
        person: PersonId,
        most: i64,
    ) -> Result<bool> {
        let taken = account::Entity::update_many()
            .col_expr(account::Column::LinkedDevices, Expr::col(account::Column::LinkedDevices).add(1))
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::PersonId.eq(person.0))
            .filter(account::Column::LinkedDevices.lt(most))
            .exec(&self.db)
            .await?;
        Ok(taken.rows_affected == 1)
    }

    /// Notes that a device is linked now; false when it was already, and needs no place of its own.
    pub async fn set_device_linked(&mut self, company: CompanyId, device: Uuid, now: Millis) -> Result<bool> {
        let linked = device::Entity::update_many()
            .col_expr(device::Column::LinkedAt, Expr::value(Some(now)))
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::Id.eq(device))
            .filter(device::Column::LinkedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(linked.rows_affected == 1)
    }

    /// Gives a device of a person another name; false when there is no such device.
    pub async fn rename_device(
        &mut self,
        company: CompanyId,
        person: PersonId,
        device: Uuid,
        name: &str,
    ) -> Result<bool> {
        let renamed = device::Entity::update_many()
            .col_expr(device::Column::Name, Expr::value(name))
            .filter(device::Column::Id.eq(device))
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(renamed.rows_affected == 1)
    }

    /// Forgets devices of a person, all but `keep` or only `one`, with their sessions; returns the devices, and the
    /// hashes of the sessions that ended.
    pub async fn forget_devices(
        &mut self,
        company: CompanyId,
        person: PersonId,
        which: WhichDevices,
    ) -> Result<(Vec<DeviceRow>, Vec<Vec<u8>>)> {
        let chosen = |column: device::Column| match which {
            WhichDevices::Only(id) => column.eq(id),
            WhichDevices::AllBut(id) => column.ne(id),
        };
        let gone: Vec<DeviceRow> = device::Entity::find()
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::PersonId.eq(person.0))
            .filter(chosen(device::Column::Id))
            .all(&self.db)
            .await?
            .into_iter()
            .map(DeviceRow::from)
            .collect();
        let ids: Vec<Uuid> = gone.iter().map(|device| device.id).collect();
        let on_them =
            session::Column::CompanyId.eq(company.0).and(session::Column::DeviceId.is_in(ids.clone()));
        let ended = session::Entity::find()
            .select_only()
            .column(session::Column::Hash)
            .filter(on_them.clone())
            .into_tuple()
            .all(&self.db)
            .await?;
        session::Entity::delete_many().filter(on_them).exec(&self.db).await?;
        self.remove_pushes(company, &ids).await?;
        // What reminds of a device that is gone would only worry; it waits under the id of the device.
        self.take_back(company, &ids).await?;
        device::Entity::delete_many()
            .filter(device::Column::CompanyId.eq(company.0))
            .filter(device::Column::Id.is_in(ids))
            .exec(&self.db)
            .await?;
        let linked = gone.iter().filter(|device| device.linked_at.is_some()).count();
        let linked = i64::try_from(linked).unwrap_or(0);
        account::Entity::update_many()
            .col_expr(account::Column::LinkedDevices, Expr::col(account::Column::LinkedDevices).sub(linked))
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok((gone, ended))
    }
}

/// Which devices of a person are forgotten.
#[derive(Clone, Copy, Debug)]
pub enum WhichDevices {
    /// That one.
    Only(Uuid),
    /// All but that one.
    AllBut(Uuid),
}
