//! How much of the space for files is used.

use super::FileRow;
use crate::store::{
    Result, StorageLimit, Store, Tx,
    entity::{company, storage_use},
    raw,
};
use causeway_api::{CompanyId, PersonId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// Whose row is that of the whole company.
const WHOLE_COMPANY: PersonId = PersonId(Uuid::nil());

/// Whose space is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageFull {
    /// That of the person.
    Person,
    /// That of the company.
    Company,
}

impl Store {
    /// Bytes that a company's files may take, where the operator has set that.
    pub async fn storage_limit(&self, company: CompanyId) -> Result<Option<i64>> {
        let limit: Option<Option<i64>> = company::Entity::find_by_id(company.0)
            .select_only()
            .column(company::Column::StorageLimit)
            .into_tuple()
            .one(&self.read)
            .await?;
        Ok(limit.flatten())
    }

    /// Bytes that a company's files take.
    pub async fn storage_used(&self, company: CompanyId) -> Result<i64> {
        let row = storage_use::Entity::find_by_id((company.0, WHOLE_COMPANY.0)).one(&self.read).await?;
        Ok(row.map_or(0, |row| row.bytes))
    }
}

impl Tx {
    /// Takes space for a file, first of the person, then of the company. What was taken before a refusal has to be rolled
    /// back with its transaction.
    pub async fn take_storage(
        &mut self,
        company: CompanyId,
        person: (PersonId, StorageLimit),
        whole: StorageLimit,
        bytes: i64,
    ) -> Result<Result<(), StorageFull>> {
        if !raw::files::take_storage(&self.db, company.0, person.0, bytes, person.1).await? {
            return Ok(Err(StorageFull::Person));
        }
        let is_taken = raw::files::take_storage(&self.db, company.0, WHOLE_COMPANY, bytes, whole).await?;
        Ok(if is_taken { Ok(()) } else { Err(StorageFull::Company) })
    }

    /// Gives the space of a file back.
    pub(super) async fn free_storage(&mut self, company: CompanyId, file: &FileRow) -> Result<()> {
        storage_use::Entity::update_many()
            .col_expr(storage_use::Column::Bytes, Expr::col(storage_use::Column::Bytes).sub(file.size))
            .col_expr(storage_use::Column::Files, Expr::col(storage_use::Column::Files).sub(1))
            .filter(storage_use::Column::CompanyId.eq(company.0))
            .filter(storage_use::Column::PersonId.is_in([file.person.0, WHOLE_COMPANY.0]))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
