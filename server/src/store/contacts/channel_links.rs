//! Channels of clients, and invitations to them. Every "count, then decide" is one statement.

use crate::{
    input::emails,
    store::{
        Result, Store, StoreError, Tx,
        entity::{channel_link, invitation},
        words,
    },
};
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
    /// The channel that is linked, or waits to be.
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

impl TryFrom<channel_link::Model> for ChannelLinkRow {
    type Error = StoreError;

    fn try_from(row: channel_link::Model) -> Result<Self> {
        Ok(Self {
            person: row.person_id.into(),
            channel: words::parse("channel_link.channel", &row.channel)?,
            state: words::parse("channel_link.state", &row.state)?,
            address: row.address,
            invited_by: row.invited_by.into(),
            invited_at: row.invited_at,
            expires_at: row.expires_at,
            linked_at: row.linked_at,
        })
    }
}

impl Store {
    /// The channels of a client.
    pub async fn channel_links(&self, company: CompanyId, client: PersonId) -> Result<Vec<ChannelLinkRow>> {
        let rows = channel_link::Entity::find()
            .filter(channel_link::Column::CompanyId.eq(company.0))
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
        let found = invitation::Entity::find()
            .filter(invitation::Column::Hash.eq(hash.to_vec()))
            .filter(invitation::Column::ExpiresAt.gt(now));
        let Some(row) = found.one(&self.read).await? else { return Ok(None) };
        Ok(Some((
            row.company_id.into(),
            row.person_id.into(),
            words::parse("invitation.channel", &row.channel)?,
        )))
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
        let newer = OnConflict::columns([
            channel_link::Column::CompanyId,
            channel_link::Column::PersonId,
            channel_link::Column::Channel,
        ])
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

    /// Links a channel that is linked, or was invited in time, at that address; returns `false` when it is not any more.
    pub async fn link(
        &mut self,
        company: CompanyId,
        client: PersonId,
        channel: Channel,
        address: &str,
        now: Millis,
    ) -> Result<bool> {
        let open = Condition::any()
            .add(channel_link::Column::State.eq(LinkState::Linked.as_str()))
            .add(channel_link::Column::ExpiresAt.gt(now));
        let linked = channel_link::Entity::update_many()
            .col_expr(channel_link::Column::State, Expr::value(LinkState::Linked.as_str()))
            .col_expr(channel_link::Column::LinkedAt, Expr::col(channel_link::Column::LinkedAt).if_null(now))
            .filter(channel_link::Column::CompanyId.eq(company.0))
            .filter(channel_link::Column::PersonId.eq(client.0))
            .filter(channel_link::Column::Channel.eq(channel.as_str()))
            .filter(channel_link::Column::AddressKey.eq(emails::key(address)))
            .filter(open)
            .exec(&self.db)
            .await?;
        Ok(linked.rows_affected == 1)
    }

    /// Who invited a client to a channel.
    pub async fn host_of(
        &self,
        company: CompanyId,
        client: PersonId,
        channel: Channel,
    ) -> Result<Option<PersonId>> {
        let found = channel_link::Entity::find_by_id((company.0, client.0, channel.as_str().to_owned()))
            .one(&self.db)
            .await?;
        Ok(found.map(|row| row.invited_by.into()))
    }

    /// Withdraws the invitations of a client to a channel, or to all: their links are dead, and what was pending has
    /// expired.
    pub async fn withdraw_invitations(
        &mut self,
        company: CompanyId,
        client: PersonId,
        channel: Option<Channel>,
        now: Millis,
    ) -> Result<()> {
        let mut links = invitation::Entity::delete_many()
            .filter(invitation::Column::CompanyId.eq(company.0))
            .filter(invitation::Column::PersonId.eq(client.0));
        let mut pending = channel_link::Entity::update_many()
            .col_expr(channel_link::Column::ExpiresAt, Expr::value(now))
            .filter(channel_link::Column::CompanyId.eq(company.0))
            .filter(channel_link::Column::PersonId.eq(client.0))
            .filter(channel_link::Column::State.eq(LinkState::Pending.as_str()))
            .filter(channel_link::Column::ExpiresAt.gt(now));
        if let Some(channel) = channel {
            links = links.filter(invitation::Column::Channel.eq(channel.as_str()));
            pending = pending.filter(channel_link::Column::Channel.eq(channel.as_str()));
        }
        pending.exec(&self.db).await?;
        links.exec(&self.db).await?;
        Ok(())
    }

    /// Takes a channel away, pending or linked; returns `false` when there was none.
    pub async fn unlink(&mut self, company: CompanyId, client: PersonId, channel: Channel) -> Result<bool> {
        let gone = channel_link::Entity::delete_by_id((company.0, client.0, channel.as_str().to_owned()))
            .exec(&self.db)
            .await?;
        Ok(gone.rows_affected == 1)
    }

    /// Adds the token of an invitation by link; earlier ones go on working.
    pub async fn add_invitation(
        &mut self,
        company: CompanyId,
        client: PersonId,
        channel: Channel,
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
}
