//! Contacts that were folded into one another. The one that disappears keeps its row, its channels and its
//! conversations, so that the archive stays as it is and the merge can be taken back.

use crate::{
    input::fold::list_key,
    store::{
        Result, Store, StoreError, Tx,
        entity::{client_share, contact_merge, person},
    },
};
use causeway_api::{CompanyId, Millis, PersonId, contacts::Profile};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// A merge that holds.
#[derive(Clone, Debug)]
pub struct MergeRow {
    /// The id of the merge, by which it is undone.
    pub id: Uuid,
    /// The contact that is kept.
    pub kept: PersonId,
    /// The contact that disappeared into it.
    pub other: PersonId,
    /// The name that the other had.
    pub other_name: String,
    /// Who did it.
    pub by: PersonId,
    /// When they were merged.
    pub at: Millis,
    /// The kept one's profile before.
    pub before: Profile,
    /// The kept one's profile after.
    pub after: Profile,
    /// The shares that were added: client and employee.
    pub shared: Vec<(PersonId, PersonId)>,
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Unwritable(error.to_string()))
}

impl TryFrom<contact_merge::Model> for MergeRow {
    type Error = StoreError;

    fn try_from(row: contact_merge::Model) -> Result<Self> {
        let corrupt = |error: serde_json::Error| StoreError::Corrupt(format!("merge {}: {error}", row.id));
        Ok(Self {
            id: row.id,
            kept: row.kept_id.into(),
            other: row.other_id.into(),
            other_name: row.other_name.clone(),
            by: row.by_id.into(),
            at: row.at,
            before: serde_json::from_str(&row.before).map_err(corrupt)?,
            after: serde_json::from_str(&row.after).map_err(corrupt)?,
            shared: serde_json::from_str(&row.shared).map_err(corrupt)?,
        })
    }
}

impl Store {
    /// The merges into a contact that hold, newest first.
    pub async fn merges_into(&self, company: CompanyId, kept: PersonId) -> Result<Vec<MergeRow>> {
        let rows = contact_merge::Entity::find()
            .filter(contact_merge::Column::CompanyId.eq(company.0))
            .filter(contact_merge::Column::KeptId.eq(kept.0))
            .filter(contact_merge::Column::UndoneAt.is_null())
            .order_by_desc(contact_merge::Column::At)
            .order_by_desc(contact_merge::Column::Id);
        rows.all(&self.read).await?.into_iter().map(MergeRow::try_from).collect()
    }

    /// The contact that a contact was folded into.
    pub async fn merged_into(&self, company: CompanyId, client: PersonId) -> Result<Option<PersonId>> {
        let found = person::Entity::find_by_id((company.0, client.0)).one(&self.read).await?;
        Ok(found.and_then(|row| row.merged_into).map(PersonId))
    }

    /// A contact and those folded into it.
    pub async fn aliases(&self, company: CompanyId, kept: PersonId) -> Result<Vec<PersonId>> {
        let others: Vec<Uuid> = person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::MergedInto.eq(kept.0))
            .order_by_asc(person::Column::Id)
            .into_tuple()
            .all(&self.read)
            .await?;
        Ok(std::iter::once(kept).chain(others.into_iter().map(PersonId)).collect())
    }
}

impl Tx {
    /// Writes that a contact disappears into another; false when one of the two is part of a merge already.
    pub async fn merge(&mut self, company: CompanyId, new: &MergeRow, name: &str) -> Result<bool> {
        // What was folded into the other would need two steps to be found; it is taken back first.
        let part_of_one = Condition::any()
            .add(person::Column::Id.eq(new.kept.0).and(person::Column::MergedInto.is_not_null()))
            .add(person::Column::MergedInto.eq(new.other.0));
        let blocked =
            person::Entity::find().filter(person::Column::CompanyId.eq(company.0)).filter(part_of_one);
        if blocked.one(&self.db).await?.is_some() {
            return Ok(false);
        }
        let folded = person::Entity::update_many()
            .col_expr(person::Column::MergedInto, Expr::value(Some(new.kept.0)))
            .col_expr(person::Column::Name, Expr::value(name))
            .col_expr(person::Column::NameKey, Expr::value(list_key(name)))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(new.other.0))
            .filter(person::Column::MergedInto.is_null())
            .exec(&self.db)
            .await?;
        if folded.rows_affected != 1 {
            return Ok(false);
        }
        let row = contact_merge::ActiveModel {
            id: Set(new.id),
            company_id: Set(company.0),
            kept_id: Set(new.kept.0),
            other_id: Set(new.other.0),
            other_name: Set(new.other_name.clone()),
            by_id: Set(new.by.0),
            at: Set(new.at),
            before: Set(json(&new.before)?),
            after: Set(json(&new.after)?),
            shared: Set(json(&new.shared)?),
            undone_at: Set(None),
        };
        contact_merge::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(true)
    }

    /// Takes a merge back, once; nothing when it was, or never was.
    pub async fn undo_merge(
        &mut self,
        company: CompanyId,
        kept: PersonId,
        merge: Uuid,
        now: Millis,
    ) -> Result<Option<MergeRow>> {
        let undone = contact_merge::Entity::update_many()
            .col_expr(contact_merge::Column::UndoneAt, Expr::value(Some(now)))
            .filter(contact_merge::Column::Id.eq(merge))
            .filter(contact_merge::Column::CompanyId.eq(company.0))
            .filter(contact_merge::Column::KeptId.eq(kept.0))
            .filter(contact_merge::Column::UndoneAt.is_null())
            .exec_with_returning(&self.db)
            .await?;
        let Some(row) = undone.into_iter().next() else { return Ok(None) };
        let row = MergeRow::try_from(row)?;
        person::Entity::update_many()
            .col_expr(person::Column::MergedInto, Expr::value(Option::<Uuid>::None))
            .col_expr(person::Column::Name, Expr::value(row.other_name.clone()))
            .col_expr(person::Column::NameKey, Expr::value(list_key(&row.other_name)))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(row.other.0))
            .exec(&self.db)
            .await?;
        Ok(Some(row))
    }

    /// Takes the sight of a client from an employee.
    pub async fn unshare(&mut self, company: CompanyId, client: PersonId, employee: PersonId) -> Result<()> {
        client_share::Entity::delete_by_id((company.0, client.0, employee.0)).exec(&self.db).await?;
        Ok(())
    }
}
