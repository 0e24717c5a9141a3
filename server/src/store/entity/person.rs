//! An employee or a client of a company.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `colleague` or `client`.
    pub kind: String,
    pub name: String,
    /// `name` folded, for search and order.
    pub name_key: String,
    /// BCP 47 tag of the name.
    pub name_lang: Option<String>,
    /// The role of an employee, in words.
    pub role: Option<String>,
    /// Job description, or the client's company.
    pub about: String,
    /// What an employee is in the company; empty when unknown.
    pub company_role: String,
    /// `about` folded, for search.
    pub about_key: String,
    pub email: String,
    /// `email` in the form in which it is compared.
    pub email_key: String,
    /// `email` folded, for search.
    pub email_folded: String,
    /// E.164; empty when unknown.
    pub phone: String,
    /// The language this person reads.
    pub language: Option<String>,
    pub created_at: i64,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub external_company_id: Option<Uuid>,
    pub archived_at: Option<i64>,
    /// When the account was deactivated.
    pub inactive_at: Option<i64>,
    /// The contact that this one was folded into.
    pub merged_into: Option<Uuid>,
    /// 1 when an authenticator app or a passkey is set up.
    pub has_second_factor: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
