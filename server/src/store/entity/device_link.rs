//! An attempt to link a phone: from the code on the portal's screen to the device that comes in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    /// HMAC of the folded code.
    pub code_mac: Vec<u8>,
    /// SHA-256 of the secret in the QR code.
    pub secret_hash: Vec<u8>,
    /// SHA-256 of the token of the phone that showed code or secret first.
    pub claim_hash: Option<Vec<u8>>,
    /// `waiting`, `opened`, `confirm`, `approved`, `linked` or `refused`.
    pub step: String,
    /// The two digits to compare; empty before.
    pub number: String,
    /// The phone's browser.
    pub agent: String,
    pub address: String,
    /// Passwords tried on the phone.
    pub tries: i32,
    pub created_at: i64,
    pub expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
