//! An address that the last message did not reach; gone once one does.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "undelivered")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    /// `sms` or `email`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// In lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// Whom it was for, if that person is known.
    pub person_id: Option<Uuid>,
    /// Template of the message.
    pub letter: String,
    /// `DeliveryFault`, in its word.
    pub fault: String,
    /// What the provider said.
    pub detail: String,
    pub at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
