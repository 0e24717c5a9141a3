//! A one-time code, bound to the browser that asked for it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: Uuid,
    /// SHA-256 of the token in the browser's cookie, or a hash derived from it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    pub purpose: String,
    /// Whose; none for an address that is no one's yet.
    pub person_id: Option<Uuid>,
    /// The channel that it links.
    pub channel: Option<String>,
    /// The number or address that was typed.
    pub address: String,
    /// Where the person's codes went when it was sent.
    pub sent_phone: String,
    pub sent_email: String,
    /// HMAC-SHA256 of the code under the server key; empty when none was sent.
    pub code_mac: Vec<u8>,
    /// Guesses evaluated so far.
    pub attempts: i32,
    /// Codes sent so far.
    pub sends: i32,
    pub next_send_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    /// What a passkey is checked against, as JSON.
    pub passkey_state: Option<String>,
    /// Wrong passwords before the right one.
    pub earlier_failures: i64,
    /// The version of the password that was right.
    pub password_version: i64,
    /// 1 until it was decided, behind the answer, whether a code goes out.
    pub is_pending: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
