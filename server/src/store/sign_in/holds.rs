//! What a credential rests on, checked and held until the end of the transaction: whoever ends it at the same time comes
//! before, and then it does not hold, or after, and then ends what was opened with it. Each is one statement that changes
//! nothing but takes the row.

use crate::store::{
    Result, SentTo, Tx,
    entity::{account, client_link, person, session},
};
use causeway_api::{CompanyId, PersonId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

impl Tx {
    /// Whether a person is active, and codes still go to the addresses they went to.
    pub async fn hold_active_person(
        &mut self,
        company: CompanyId,
        person: PersonId,
        sent_to: Option<&SentTo>,
    ) -> Result<bool> {
        let mut held = person::Entity::update_many()
            .col_expr(person::Column::Id, Expr::col(person::Column::Id))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(person::Column::InactiveAt.is_null())
            .filter(person::Column::ArchivedAt.is_null());
        if let Some(SentTo { phone, email }) = sent_to {
            held = held
                .filter(person::Column::Phone.eq(phone.as_str()))
                .filter(person::Column::Email.eq(email.as_str()));
        }
        Ok(held.exec(&self.db).await?.rows_affected == 1)
    }

    /// Whether the password of a person is still the one that was right.
    pub async fn hold_password(
        &mut self,
        company: CompanyId,
        person: PersonId,
        version: i64,
    ) -> Result<bool> {
        let held = account::Entity::update_many()
            .col_expr(account::Column::PersonId, Expr::col(account::Column::PersonId))
            .filter(account::Column::CompanyId.eq(company.0))
            .filter(account::Column::PersonId.eq(person.0))
            .filter(account::Column::PasswordVersion.eq(version))
            .exec(&self.db)
            .await?;
        Ok(held.rows_affected == 1)
    }

    /// Whose personal link that is, unless it was withdrawn.
    pub async fn hold_personal_link(&mut self, hash: &[u8]) -> Result<Option<(CompanyId, PersonId)>> {
        let held = client_link::Entity::update_many()
            .col_expr(client_link::Column::Hash, Expr::col(client_link::Column::Hash))
            .filter(client_link::Column::Hash.eq(hash.to_vec()))
            .filter(client_link::Column::RevokedAt.is_null())
            .exec_with_returning(&self.db)
            .await?;
        Ok(held.into_iter().next().map(|row| (row.company_id.into(), row.person_id.into())))
    }

    /// Whether a session has not ended.
    pub async fn hold_session(&mut self, hash: &[u8]) -> Result<bool> {
        let held = session::Entity::update_many()
            .col_expr(session::Column::Hash, Expr::col(session::Column::Hash))
            .filter(session::Column::Hash.eq(hash.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(held.rows_affected == 1)
    }
}
