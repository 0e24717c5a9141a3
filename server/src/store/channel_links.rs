//! Channels of clients, invitations, and clients who wait for a code. Every "count, then decide" is one statement.

use super::{
    Result, Store, StoreError, Tx,
    entity::{channel_link, invitation, onboarding},
    raw,
};
use crate::input::emails;
use causeway_api::{CompanyId, Millis, PersonId, chats::Channel, contacts::LinkState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, OnConflict},
};

/// A channel of a client.
#[derive(Clone, Debug)]
pub struct ChannelLinkRow {
    /// The client.
    pub person: PersonId,
    /// Which.
    pub channel: Channel,
    /// How far it is.
    pub state: LinkState,
    /// The number or address.
    pub address: String,
    /// Who invited the client.
    pub invited_by: PersonId,
    /// When the invitation was sent last.
    pub invited_at: Millis,
    /// Until when it can be completed.
    pub expires_at: Millis,
    /// When it was completed.
    pub linked_at: Option<Millis>,
}

/// Somebody who waits for a code; nobody in particular when the address was not invited.
#[derive(Clone, Debug)]
pub struct Onboarding {
    /// SHA-256 of the token in the browser's cookie.
    pub hash: Vec<u8>,
    /// The company.
    pub company: CompanyId,
    /// The client, if the address was invited.
    pub person: Option<PersonId>,
    /// The channel.
    pub channel: Channel,
    /// The number or address.
    pub address: String,
    /// HMAC of the code.
    pub code_mac: Vec<u8>,
    /// Codes sent so far.
    pub sends: i32,
    /// When the next may be sent.
    pub next_send_at: Millis,
    /// When the code expires.
    pub expires_at: Millis,
}

pub(super) fn state(word: &str) -> Result<LinkState> {
    match word {
        "pending" => Ok(LinkState::Pending),
        "linked" => Ok(LinkState::Linked),
        other => Err(StoreError::Corrupt(format!("channel_link.state {other}"))),
    }
}

impl TryFrom<channel_link::Model> for ChannelLinkRow {
    type Error = StoreError;

    fn try_from(row: channel_link::Model) -> Result<Self> {
        Ok(Self {
            person: row.person_id.into(),
            channel: super::chats::channel(&row.channel)?,
            state: state(&row.state)?,
            address: row.address,
            invited_by: row.invited_by.into(),
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            linked_at: row.linked_at,
        })
    }
}

impl TryFrom<onboarding::Model> for Onboarding {
    type Error = StoreError;

    fn try_from(row: onboarding::Model) -> Result<Self> {
        Ok(Self {
            hash: row.hash,
            company: row.company_id.into(),
            person: row.person_id.map(PersonId),
            channel: super::chats::channel(&row.channel)?,
            address: row.address,
            code_mac: row.code_mac,
            sends: row.sends,
            next_send_at: row.next_send_at,
            expires_at: row.expires_at,
        })
    }
}

impl Store {
    /// The channels of a client.
    pub async fn channel_links(&self, client: PersonId) -> Result<Vec<ChannelLinkRow>> {
        let rows = channel_link::Entity::find()
            .filter(channel_link::Column::PersonId.eq(client.0))
            .order_by_asc(channel_link::Column::Channel);
        rows.all(&self.read).await?.into_iter().map(ChannelLinkRow::try_from).collect()
    }

    /// The client who is known by an address on a channel, however it is written: linked, or invited and in time.
    pub async fn invited(
        &self,
        company: CompanyId,
        channel: Channel,
        address: &str,
        now: Millis,
    ) -> Result<Option<ChannelLinkRow>> {
        let open = Condition::any()
            .add(channel_link::Column::State.eq(LinkState::Linked.as_str()))
            .add(channel_link::Column::ExpiresAt.gt(now));
        let found = channel_link::Entity::find()
            .filter(channel_link::Column::CompanyId.eq(company.0))
            .filter(channel_link::Column::Channel.eq(channel.as_str()))
            .filter(channel_link::Column::AddressKey.eq(emails::key(address)))
            .filter(open)
            .order_by_desc(channel_link::Column::InvitedAt);
        found.one(&self.read).await?.map(ChannelLinkRow::try_from).transpose()
    }

    /// Whose invitation that is, if it can still be completed.
    pub async fn invitation(
        &self,
        hash: &[u8],
        now: Millis,
    ) -> Result<Option<(CompanyId, PersonId, Channel)>> {
        let found =
            invitation::Entity::find_by_id(hash.to_vec()).filter(invitation::Column::ExpiresAt.gt(now));
        let Some(row) = found.one(&self.read).await? else { return Ok(None) };
        Ok(Some((row.company_id.into(), row.person_id.into(), super::chats::channel(&row.channel)?)))
    }

    /// Who waits for a code in that browser.
    pub async fn onboarding(&self, hash: &[u8]) -> Result<Option<Onboarding>> {
        let found =
            onboarding::Entity::find_by_id(hash.to_vec()).filter(onboarding::Column::UsedAt.is_null());
        found.one(&self.read).await?.map(Onboarding::try_from).transpose()
    }

    /// Until when a counter blocks; nothing when it does not.
    pub async fn blocked_until(&self, key: &str, now: Millis) -> Result<Option<Millis>> {
        raw::blocked_until(&self.read, key, now).await
    }
}

impl Tx {
    /// Invites a client to a channel, or once more: the row is new or newer. A linked channel stays linked.
    pub async fn invite(&mut self, company: CompanyId, new: &ChannelLinkRow) -> Result<()> {
        let row = channel_link::ActiveModel {
            person_id: Set(new.person.0),
            channel: Set(new.channel.as_str().to_owned()),
            company_id: Set(company.0),
            state: Set(new.state.as_str().to_owned()),
            address: Set(new.address.clone()),
            address_key: Set(emails::key(&new.address)),
            invited_by: Set(new.invited_by.0),
            invited_at: Set(new.invited_at),
            expires_at: Set(new.expires_at),
            linked_at: Set(new.linked_at),
        };
        let newer = OnConflict::columns([channel_link::Column::PersonId, channel_link::Column::Channel])
            .update_columns([
                channel_link::Column::Address,
                channel_link::Column::AddressKey,
                channel_link::Column::InvitedBy,
                channel_link::Column::InvitedAt,
                channel_link::Column::ExpiresAt,
            ])
            .to_owned();
        channel_link::Entity::insert(row).on_conflict(newer).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Links a channel that is linked or was invited in time; false when it is neither any more.
    pub async fn link(&mut self, client: PersonId, channel: Channel, now: Millis) -> Result<bool> {
        let open = Condition::any()
            .add(channel_link::Column::State.eq(LinkState::Linked.as_str()))
            .add(channel_link::Column::ExpiresAt.gt(now));
        let linked = channel_link::Entity::update_many()
            .col_expr(channel_link::Column::State, Expr::value(LinkState::Linked.as_str()))
            .col_expr(channel_link::Column::LinkedAt, Expr::col(channel_link::Column::LinkedAt).if_null(now))
            .filter(channel_link::Column::PersonId.eq(client.0))
            .filter(channel_link::Column::Channel.eq(channel.as_str()))
            .filter(open)
            .exec(&self.db)
            .await?;
        Ok(linked.rows_affected == 1)
    }

    /// Who invited a client to a channel.
    pub async fn host_of(&self, client: PersonId, channel: Channel) -> Result<Option<PersonId>> {
        let found =
            channel_link::Entity::find_by_id((client.0, channel.as_str().to_owned())).one(&self.db).await?;
        Ok(found.map(|row| row.invited_by.into()))
    }

    /// Takes a channel away, pending or linked, with its invitations; false when there was none.
    pub async fn unlink(&mut self, client: PersonId, channel: Channel) -> Result<bool> {
        invitation::Entity::delete_many()
            .filter(invitation::Column::PersonId.eq(client.0))
            .filter(invitation::Column::Channel.eq(channel.as_str()))
            .exec(&self.db)
            .await?;
        let gone = channel_link::Entity::delete_by_id((client.0, channel.as_str().to_owned()))
            .exec(&self.db)
            .await?;
        Ok(gone.rows_affected == 1)
    }

    /// Adds the token of an invitation by link; earlier ones go on working.
    pub async fn add_invitation(
        &mut self,
        (company, client, channel): (CompanyId, PersonId, Channel),
        hash: Vec<u8>,
        expires_at: Millis,
    ) -> Result<()> {
        let row = invitation::ActiveModel {
            hash: Set(hash),
            company_id: Set(company.0),
            person_id: Set(client.0),
            channel: Set(channel.as_str().to_owned()),
            expires_at: Set(expires_at),
        };
        invitation::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Adds somebody who waits for a code.
    pub async fn add_onboarding(&mut self, new: Onboarding) -> Result<()> {
        let row = onboarding::ActiveModel {
            hash: Set(new.hash),
            company_id: Set(new.company.0),
            person_id: Set(new.person.map(|person| person.0)),
            channel: Set(new.channel.as_str().to_owned()),
            address: Set(new.address),
            code_mac: Set(new.code_mac),
            attempts: Set(0),
            sends: Set(1),
            next_send_at: Set(new.next_send_at),
            expires_at: Set(new.expires_at),
            used_at: Set(None),
        };
        onboarding::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Replaces the code if one more may be sent now; false when not. The guesses stay counted.
    pub async fn replace_onboarding_code(
        &mut self,
        next: &Onboarding,
        most: i32,
        now: Millis,
    ) -> Result<bool> {
        let replaced = onboarding::Entity::update_many()
            .col_expr(onboarding::Column::CodeMac, Expr::value(next.code_mac.clone()))
            .col_expr(onboarding::Column::Sends, Expr::col(onboarding::Column::Sends).add(1))
            .col_expr(onboarding::Column::NextSendAt, Expr::value(next.next_send_at))
            .col_expr(onboarding::Column::ExpiresAt, Expr::value(next.expires_at))
            .filter(onboarding::Column::Hash.eq(next.hash.clone()))
            .filter(onboarding::Column::UsedAt.is_null())
            .filter(onboarding::Column::Sends.lt(most))
            .filter(onboarding::Column::NextSendAt.lte(now))
            .exec(&self.db)
            .await?;
        Ok(replaced.rows_affected == 1)
    }

    /// Takes one of the guesses; nothing when none is left or it is over.
    pub async fn take_onboarding_guess(
        &mut self,
        hash: &[u8],
        most: i32,
        now: Millis,
    ) -> Result<Option<Onboarding>> {
        let taken = onboarding::Entity::update_many()
            .col_expr(onboarding::Column::Attempts, Expr::col(onboarding::Column::Attempts).add(1))
            .filter(onboarding::Column::Hash.eq(hash.to_vec()))
            .filter(onboarding::Column::UsedAt.is_null())
            .filter(onboarding::Column::Attempts.lt(most))
            .filter(onboarding::Column::ExpiresAt.gt(now))
            .exec_with_returning(&self.db)
            .await?;
        taken.into_iter().next().map(Onboarding::try_from).transpose()
    }

    /// Uses a code up, or ends it; false when somebody else just did.
    pub async fn end_onboarding(&mut self, hash: &[u8], now: Millis) -> Result<bool> {
        let used = onboarding::Entity::update_many()
            .col_expr(onboarding::Column::UsedAt, Expr::value(Some(now)))
            .filter(onboarding::Column::Hash.eq(hash.to_vec()))
            .filter(onboarding::Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(used.rows_affected == 1)
    }

    /// Counts one more event of `key` in a window; the one that makes `most` of them blocks the key for so long.
    /// Answers until when it is blocked, also when it was before; a blocked key counts nothing.
    pub async fn count_and_block(
        &mut self,
        key: &str,
        (window, most, block): (Millis, i64, Millis),
        now: Millis,
    ) -> Result<Option<Millis>> {
        raw::count_and_block(&self.db, key, now, (window, most, block)).await
    }
}
