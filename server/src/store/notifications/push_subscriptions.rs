//! Where devices are told of messages while no page is open on them.

use crate::store::{
    Result, Store, Tx,
    entity::{device, person, push_subscription, session},
};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use std::collections::HashSet;
use uuid::Uuid;

/// A subscription.
#[derive(Clone, Debug)]
pub struct PushRow {
    /// The device that shows the notices; it has one subscription at most.
    pub device: Uuid,
    /// The company.
    pub company: CompanyId,
    /// The person who is told.
    pub person: PersonId,
    /// The address at the push service.
    pub endpoint: String,
    /// The browser's public key, in base64url.
    pub p256dh: String,
    /// The secret between the two, in base64url.
    pub auth: String,
    /// Whether sender and text are shown.
    pub shows_content: bool,
}

impl From<push_subscription::Model> for PushRow {
    fn from(row: push_subscription::Model) -> Self {
        Self {
            device: row.device_id,
            company: row.company_id.into(),
            person: row.person_id.into(),
            endpoint: row.endpoint,
            p256dh: row.p256dh,
            auth: row.auth,
            shows_content: row.shows_content == 1,
        }
    }
}

/// A subscription, and what is open on its device.
#[derive(Clone, Debug)]
pub struct PushTarget {
    /// The subscription.
    pub row: PushRow,
    /// The sessions on the device that have not reached their end: hash, and the last action.
    pub sessions: Vec<(Vec<u8>, Millis)>,
    /// Whether the device is linked.
    pub is_linked: bool,
}

impl Store {
    /// Everyone who is told of messages somewhere.
    pub async fn people_with_push(&self) -> Result<HashSet<PersonId>> {
        let people: Vec<Uuid> = push_subscription::Entity::find()
            .select_only()
            .column(push_subscription::Column::PersonId)
            .distinct()
            .into_tuple()
            .all(&self.read)
            .await?;
        Ok(people.into_iter().map(PersonId).collect())
    }

    /// The subscription of a device.
    pub async fn push_of(&self, company: CompanyId, device: Uuid) -> Result<Option<PushRow>> {
        Ok(push_subscription::Entity::find_by_id((company.0, device))
            .one(&self.read)
            .await?
            .map(PushRow::from))
    }

    /// Where an active person is told, and what is open there at `now`.
    pub async fn push_targets(
        &self,
        company: CompanyId,
        person: PersonId,
        now: Millis,
    ) -> Result<Vec<PushTarget>> {
        let active =
            person::Entity::find_by_id((company.0, person.0)).filter(person::Column::InactiveAt.is_null());
        if active.one(&self.read).await?.is_none() {
            return Ok(Vec::new());
        }
        let rows = push_subscription::Entity::find()
            .filter(push_subscription::Column::CompanyId.eq(company.0))
            .filter(push_subscription::Column::PersonId.eq(person.0))
            .all(&self.read)
            .await?;
        let mut targets = Vec::new();
        for row in rows {
            let Some(device) = device::Entity::find_by_id((company.0, row.device_id)).one(&self.read).await?
            else {
                continue;
            };
            let sessions = session::Entity::find()
                .select_only()
                .columns([session::Column::Hash, session::Column::SeenAt])
                .filter(session::Column::CompanyId.eq(company.0))
                .filter(session::Column::DeviceId.eq(row.device_id))
                .filter(session::Column::EndsAt.gt(now))
                .into_tuple()
                .all(&self.read)
                .await?;
            targets.push(PushTarget { row: row.into(), sessions, is_linked: device.linked_at.is_some() });
        }
        Ok(targets)
    }
}

impl Tx {
    /// Keeps the subscription of a device, in the place of an earlier one.
    pub async fn set_push(&mut self, new: PushRow, now: Millis) -> Result<()> {
        let row = push_subscription::ActiveModel {
            device_id: Set(new.device),
            company_id: Set(new.company.0),
            person_id: Set(new.person.0),
            endpoint: Set(new.endpoint),
            p256dh: Set(new.p256dh),
            auth: Set(new.auth),
            shows_content: Set(i32::from(new.shows_content)),
            created_at: Set(now),
        };
        let newer =
            OnConflict::columns([push_subscription::Column::CompanyId, push_subscription::Column::DeviceId])
                .update_columns([
                    push_subscription::Column::PersonId,
                    push_subscription::Column::Endpoint,
                    push_subscription::Column::P256dh,
                    push_subscription::Column::Auth,
                    push_subscription::Column::ShowsContent,
                    push_subscription::Column::CreatedAt,
                ])
                .to_owned();
        push_subscription::Entity::insert(row).on_conflict(newer).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Forgets the subscriptions of a person.
    pub async fn remove_push_of(&mut self, company: CompanyId, person: PersonId) -> Result<()> {
        push_subscription::Entity::delete_many()
            .filter(push_subscription::Column::CompanyId.eq(company.0))
            .filter(push_subscription::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets the subscription of a device.
    pub async fn remove_push(&mut self, company: CompanyId, device: Uuid) -> Result<()> {
        push_subscription::Entity::delete_by_id((company.0, device)).exec(&self.db).await?;
        Ok(())
    }

    /// Forgets the subscriptions of devices.
    pub(in crate::store) async fn remove_pushes(
        &mut self,
        company: CompanyId,
        devices: &[Uuid],
    ) -> Result<()> {
        push_subscription::Entity::delete_many()
            .filter(push_subscription::Column::CompanyId.eq(company.0))
            .filter(push_subscription::Column::DeviceId.is_in(devices.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
