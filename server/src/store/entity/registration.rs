//! Public registration of a company: its settings, its link, and how many places are taken.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    /// Why it is closed; nothing while it is open.
    pub closed: Option<String>,
    pub pic_id: Option<Uuid>,
    /// The end of the link. It is public, so it is kept as it is.
    pub token: Option<String>,
    /// JSON: the text above the form, per language.
    pub form_text: String,
    pub welcome: String,
    /// JSON: the allowed domains.
    pub domains: String,
    pub opened_by: String,
    pub opened_at: Option<i64>,
    /// External users who are not deactivated.
    pub registered: i64,
    /// Registrations that hold a place until they expire.
    pub pending: i64,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
