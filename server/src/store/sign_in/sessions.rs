//! Sessions.

use crate::store::{
    Result, Store, StoreError, Tx,
    entity::{device, person, session},
    words,
};
use causeway_api::{CompanyId, Millis, PersonId, chats::Channel, paths::Side, people::Role};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// A session as stored.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// SHA-256 of its token.
    pub hash: Vec<u8>,
    /// The company: every tenancy check starts here.
    pub company: CompanyId,
    /// The person who is signed in.
    pub person: PersonId,
    /// Portal or client's web chat.
    pub side: Side,
    /// The last action of the person.
    pub seen_at: Millis,
    /// The end at the latest.
    pub ends_at: Millis,
    /// When its person last confirmed a code in it: at sign-in, or before something that asks for it again.
    pub confirmed_at: Millis,
    /// The channel that a client came on.
    pub channel: Option<Channel>,
    /// Whether a password has to be chosen before anything else.
    pub must_set_password: bool,
    /// The device of an employee.
    pub device: Option<Uuid>,
}

/// Whose session it is.
#[derive(Clone, Copy, Debug)]
pub struct SessionOwner {
    /// The role of an employee or external user.
    pub role: Option<Role>,
    /// Whether something stronger than a code that is sent is set up.
    pub has_second_factor: bool,
}

/// A session to add.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// What it is.
    pub session: SessionRow,
    /// The browser's own description.
    pub agent: String,
    /// The network address.
    pub address: String,
}

impl TryFrom<session::Model> for SessionRow {
    type Error = StoreError;

    fn try_from(row: session::Model) -> Result<Self> {
        let side = words::parse("session.side", &row.side)?;
        Ok(Self {
            hash: row.hash,
            company: row.company_id.into(),
            person: row.person_id.into(),
            side,
            seen_at: row.seen_at,
            ends_at: row.ends_at,
            confirmed_at: row.confirmed_at.unwrap_or(row.created_at),
            channel: row.channel.as_deref().map(|word| words::parse("session.channel", word)).transpose()?,
            must_set_password: row.must_set_password == Some(1),
            device: row.device_id,
        })
    }
}

/// A session with what every request asks of its person, and no more: it is read more often than anything else.
#[derive(FromQueryResult)]
struct Found {
    #[sea_orm(nested)]
    session: session::Model,
    role: Option<String>,
    has_second_factor: i32,
}

impl Store {
    /// The session with that hash, whatever its age, and whose it is: from memory, or by one statement. A token
    /// that was renewed after `renewed_since` still finds its session, because requests with it may be on their way; for
    /// them the confirmation that renewed it has not happened.
    pub async fn session_and_owner(
        &self,
        hash: &[u8],
        renewed_since: Millis,
    ) -> Result<Option<(SessionRow, SessionOwner)>> {
        if let Some(kept) = self.sessions.get(hash) {
            return Ok(Some(kept));
        }
        let (version, with_hash) = (self.sessions.version(), session::Column::Hash.eq(hash.to_vec()));
        if let Some((session, owner)) = self.session_where(with_hash).await? {
            self.sessions.keep(version, session.clone(), owner);
            return Ok(Some((session, owner)));
        }
        let renewed =
            session::Column::PreviousHash.eq(hash.to_vec()).and(session::Column::RenewedAt.gt(renewed_since));
        let found = self.session_where(renewed).await?;
        Ok(found.map(|(session, owner)| (SessionRow { confirmed_at: 0, ..session }, owner)))
    }

    async fn session_where(&self, wanted: Expr) -> Result<Option<(SessionRow, SessionOwner)>> {
        let person = session::Entity::belongs_to(person::Entity)
            .from((session::Column::CompanyId, session::Column::PersonId))
            .to((person::Column::CompanyId, person::Column::Id))
            .into();
        let found = session::Entity::find()
            .filter(wanted)
            .join(JoinType::InnerJoin, person)
            .column(person::Column::Role)
            .column(person::Column::HasSecondFactor)
            .into_model::<Found>()
            .one(&self.read)
            .await?;
        let Some(Found { session, role, has_second_factor }) = found else { return Ok(None) };
        let role = role.map(|word| words::role(&word));
        let owner = SessionOwner { role: role.transpose()?, has_second_factor: has_second_factor == 1 };
        Ok(Some((SessionRow::try_from(session)?, owner)))
    }

    /// Notes an action of the person in a session that [`Tx::touch_session`] has stored.
    pub fn session_touched(&self, hash: &[u8], now: Millis) {
        self.sessions.touch(hash, now);
    }

    /// Another process may have changed sessions.
    pub fn forget_sessions(&self) {
        self.sessions.forget();
    }

    /// The session with that hash, whatever its age.
    pub async fn session(&self, hash: &[u8]) -> Result<Option<SessionRow>> {
        session::Entity::find()
            .filter(session::Column::Hash.eq(hash.to_vec()))
            .one(&self.read)
            .await?
            .map(SessionRow::try_from)
            .transpose()
    }
}

impl Tx {
    /// Notes that the person of a session has just confirmed a code, and gives the session another token: whoever knew the
    /// old one has not confirmed anything. Returns `false` when the session has ended.
    pub async fn confirm_session(&mut self, hash: &[u8], renewed: Vec<u8>, now: Millis) -> Result<bool> {
        let confirmed = session::Entity::update_many()
            .col_expr(session::Column::ConfirmedAt, Expr::value(Some(now)))
            .col_expr(session::Column::PreviousHash, Expr::value(Some(hash.to_vec())))
            .col_expr(session::Column::RenewedAt, Expr::value(Some(now)))
            .col_expr(session::Column::Hash, Expr::value(renewed))
            .filter(session::Column::Hash.eq(hash.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(confirmed.rows_affected == 1)
    }

    /// The person of a session has to choose a password before anything else, or has done so.
    pub async fn set_must_set_password(&mut self, hash: &[u8], must: bool) -> Result<()> {
        session::Entity::update_many()
            .col_expr(session::Column::MustSetPassword, Expr::value(must.then_some(1_i64)))
            .filter(session::Column::Hash.eq(hash.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Adds a session and ends the oldest beyond `most`; returns the hashes of those ended.
    pub async fn add_session(&mut self, new: NewSession, now: Millis, most: u64) -> Result<Vec<Vec<u8>>> {
        let NewSession { session, agent, address } = new;
        let (company, person) = (session.company, session.person);
        let row = session::ActiveModel {
            hash: Set(session.hash),
            company_id: Set(company.0),
            person_id: Set(person.0),
            side: Set(session.side.as_str().to_owned()),
            created_at: Set(now),
            seen_at: Set(session.seen_at),
            ends_at: Set(session.ends_at),
            agent: Set(agent),
            address: Set(address),
            confirmed_at: Set(Some(session.confirmed_at)),
            channel: Set(session.channel.map(|channel| channel.as_str().to_owned())),
            must_set_password: Set(session.must_set_password.then_some(1)),
            device_id: Set(session.device),
            previous_hash: Set(None),
            renewed_at: Set(None),
        };
        session::Entity::insert(row).exec_without_returning(&self.db).await?;
        let surplus: Vec<Vec<u8>> = session::Entity::find()
            .select_only()
            .column(session::Column::Hash)
            .filter(session::Column::CompanyId.eq(company.0))
            .filter(session::Column::PersonId.eq(person.0))
            .order_by_desc(session::Column::CreatedAt)
            .order_by_desc(session::Column::Hash)
            .offset(most)
            .limit(100)
            .into_tuple()
            .all(&self.db)
            .await?;
        for hash in &surplus {
            self.end_session(hash).await?;
        }
        Ok(surplus)
    }

    /// Notes an action of the person in a session, and on its device. No other session changes.
    pub async fn touch_session(
        &mut self,
        company: CompanyId,
        hash: &[u8],
        device: Option<Uuid>,
        now: Millis,
    ) -> Result<()> {
        if let Some(device) = device {
            device::Entity::update_many()
                .col_expr(device::Column::SeenAt, Expr::value(now))
                .filter(device::Column::CompanyId.eq(company.0))
                .filter(device::Column::Id.eq(device))
                .exec(&self.db)
                .await?;
        }
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(now))
            .filter(session::Column::CompanyId.eq(company.0))
            .filter(session::Column::Hash.eq(hash.to_vec()))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
