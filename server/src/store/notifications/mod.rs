//! What people are told of, beside messages.

pub(super) mod push_subscriptions;

use super::{
    Result, Store, StoreError, Tx,
    entity::notification,
    paging::{self, Paging, Sorting, Stretch},
};
use crate::clock;
use causeway_api::{
    CompanyId, Millis, PersonId,
    notifications::{Notice, Notification},
    signals::Signal,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

impl TryFrom<notification::Model> for Notification {
    type Error = StoreError;

    fn try_from(row: notification::Model) -> Result<Self> {
        let notice = serde_json::from_str(&row.notice)
            .map_err(|error| StoreError::Corrupt(format!("notification {}: {error}", row.id)))?;
        Ok(Self { id: row.id, at: row.at, notice, is_read: row.read_at.is_some() })
    }
}

impl Store {
    /// A page of a person's notifications, newest first.
    pub async fn notifications(
        &self,
        company: CompanyId,
        person: PersonId,
        paging: &Paging,
    ) -> Result<Stretch<Notification>> {
        let rows = notification::Entity::find()
            .filter(notification::Column::CompanyId.eq(company.0))
            .filter(notification::Column::PersonId.eq(person.0));
        let newest_first = Sorting {
            key: Expr::col((notification::Entity, notification::Column::At)),
            id: Expr::col((notification::Entity, notification::Column::Id)),
            descending: true,
        };
        let rows = newest_first.page::<_, i64>(rows, paging)?.all(&self.read).await?;
        let rows = rows.into_iter().map(Notification::try_from).collect::<Result<Vec<Notification>>>()?;
        Ok(paging::cut(rows, paging, |row| paging::end_at(row.at, row.id)))
    }

    /// How many notifications a person has not seen.
    pub async fn unread_notifications(&self, company: CompanyId, person: PersonId) -> Result<i64> {
        let unread = notification::Entity::find()
            .filter(notification::Column::CompanyId.eq(company.0))
            .filter(notification::Column::PersonId.eq(person.0))
            .filter(notification::Column::ReadAt.is_null());
        Ok(i64::try_from(unread.count(&self.read).await?).unwrap_or(i64::MAX))
    }
}

impl Tx {
    /// Tells a person something; the person's open pages learn of it with the commit.
    pub async fn notify(
        &mut self,
        company: CompanyId,
        person: PersonId,
        notice: &Notice,
        now: Millis,
    ) -> Result<()> {
        let json =
            serde_json::to_string(notice).map_err(|error| StoreError::Unwritable(error.to_string()))?;
        let row = notification::ActiveModel {
            id: Set(clock::new_id()),
            company_id: Set(company.0),
            person_id: Set(person.0),
            at: Set(now),
            notice: Set(json),
            read_at: Set(None),
        };
        notification::Entity::insert(row).exec_without_returning(&self.db).await?;
        self.signal(person, now, Signal::NotificationsChanged, [person])
    }

    /// Notes that a person has seen what there was up to an instant; false when nothing was unread.
    pub async fn see_notifications(
        &mut self,
        company: CompanyId,
        person: PersonId,
        up_to: Millis,
        now: Millis,
    ) -> Result<bool> {
        let seen = notification::Entity::update_many()
            .col_expr(notification::Column::ReadAt, Expr::value(Some(now)))
            .filter(notification::Column::CompanyId.eq(company.0))
            .filter(notification::Column::PersonId.eq(person.0))
            .filter(notification::Column::ReadAt.is_null())
            .filter(notification::Column::At.lte(up_to))
            .exec(&self.db)
            .await?;
        Ok(seen.rows_affected > 0)
    }
}
