//! Recovery codes: hashed, each used once.

use crate::store::{Result, Tx, entity::recovery_code};
use causeway_api::{CompanyId, Millis, PersonId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

impl Tx {
    /// Puts recovery codes in the place of the old ones.
    pub async fn replace_recovery_codes(
        &mut self,
        company: CompanyId,
        person: PersonId,
        hashes: Vec<Vec<u8>>,
    ) -> Result<()> {
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::CompanyId.eq(company.0))
            .filter(recovery_code::Column::PersonId.eq(person.0))
            .exec(&self.db)
            .await?;
        let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
            hash: Set(hash),
            company_id: Set(company.0),
            person_id: Set(person.0),
            used_at: Set(None),
        });
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            recovery_code::Entity::insert_many(rows).exec_without_returning(&self.db).await?;
        }
        Ok(())
    }

    /// Uses a recovery code up, once.
    pub async fn use_recovery_code(
        &mut self,
        company: CompanyId,
        person: PersonId,
        hash: &[u8],
        now: Millis,
    ) -> Result<bool> {
        let used = recovery_code::Entity::update_many()
            .col_expr(recovery_code::Column::UsedAt, Expr::value(Some(now)))
            .filter(recovery_code::Column::CompanyId.eq(company.0))
            .filter(recovery_code::Column::Hash.eq(hash.to_vec()))
            .filter(recovery_code::Column::PersonId.eq(person.0))
            .filter(recovery_code::Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }
}
