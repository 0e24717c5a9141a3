//! An invitation: prepared, and queued as a mail or an SMS.

use crate::{
    App,
    actor::Actor,
    clock::{self, DAY, HOUR},
    domain::{
        contacts::{announce_change, limits::sends_key},
        features::{self, keys},
    },
    error::AppError,
    limits,
    outbox::{self, Queued, Template},
    store::{AuditEntry, ChannelLinkRow, PersonRow, StoreError, Tx},
    texts,
};
use causeway_api::{
    Millis, PersonId,
    audit::AuditAction,
    chats::Channel,
    contacts::{LinkState, Profile},
    people::{Person, PersonKind},
};

/// An invitation about to be sent.
#[derive(Clone)]
pub(super) struct Invitation {
    pub(super) client: PersonId,
    pub(super) channel: Channel,
    pub(super) address: String,
    pub(super) company: String,
    pub(super) host: String,
    pub(super) expires_at: Millis,
    pub(super) hours: i64,
    pub(super) zone: String,
    pub(super) default_language: String,
    pub(super) token: Option<Vec<u8>>,
    pub(super) link: Option<String>,
    pub(super) page: String,
}

impl Invitation {
    pub(super) async fn prepare(
        app: &App,
        actor: &Actor,
        client: PersonId,
        channel: Channel,
        address: String,
    ) -> Result<Self, AppError> {
        let features = features::of(app, actor.company).await?;
        let hours = features.get(keys::INVITATION_LIFETIME);
        let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
        let host = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
        let token = (channel == Channel::Causeway).then(clock::new_token);
        let origin = &app.config.public_origin;
        Ok(Self {
            client,
            channel,
            address,
            company: company.shown,
            host: host.person.name,
            expires_at: app.clock.now() + hours * HOUR,
            hours,
            zone: features.get(keys::DEFAULT_TIME_ZONE),
            default_language: features.get(keys::DEFAULT_LANGUAGE),
            // The token stands in the fragment, which browsers do not send.
            link: token.as_ref().map(|token| format!("{origin}/invitation#{}", token.reveal())),
            page: format!("{origin}/miniapp/{}", company.name),
            token: token.map(|token| token.hash()),
        })
    }

    /// Writes the channel as pending, and the mail or SMS that says so.
    pub(super) async fn send(
        self,
        tx: &mut Tx,
        actor: &Actor,
        profile: &Profile,
        now: Millis,
    ) -> Result<(), AppError> {
        let key = sends_key(self.client, self.channel);
        if tx.count(&key, DAY, now).await? > limits::INVITATIONS_PER_DAY {
            return Err(AppError::TooMany(u32::try_from(DAY / 1_000).unwrap_or(u32::MAX)));
        }
        let row = ChannelLinkRow {
            person: self.client,
            channel: self.channel,
            state: LinkState::Pending,
            address: self.address.clone(),
            invited_by: actor.person,
            invited_at: now,
            expires_at: self.expires_at,
            linked_at: None,
        };
        tx.invite(actor.company, &row).await?;
        if let Some(hash) = self.token.clone() {
            tx.add_invitation(actor.company, self.client, self.channel, hash, self.expires_at).await?;
        }
        self.queue(tx, actor, profile, now).await?;
        let entry = AuditEntry::new(actor, AuditAction::ClientInvited, self.client, now);
        tx.audit(entry.changed(&(), &(self.channel, &self.address))?).await?;
        announce_change(tx, actor.key(), self.client, now).await?;
        Ok(())
    }

    pub(super) async fn queue(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        profile: &Profile,
        now: Millis,
    ) -> Result<(), StoreError> {
        // A profile without a language is written to in the company's.
        let language = if profile.language.is_empty() { &self.default_language } else { &profile.language };
        let person = Person {
            id: self.client,
            kind: PersonKind::Client,
            name: profile.name(),
            role: None,
            company_role: String::new(),
            about: String::new(),
            name_lang: None,
            is_inactive: false,
        };
        let to = PersonRow {
            person,
            company: actor.company,
            email: profile.email.clone(),
            phone: profile.phone.clone(),
            language: Some(language.to_owned()),
            inactive_at: None,
        };
        let until = texts::instant(language, self.expires_at, &self.zone);
        let (hours, name) = (self.hours.to_string(), profile.name());
        let link = self.link.as_deref().unwrap_or(&self.page);
        let args = [
            ("name", name.as_str()),
            ("host", self.host.as_str()),
            ("company", self.company.as_str()),
            ("link", link),
            ("hours", hours.as_str()),
            ("until", until.as_str()),
        ];
        let (sms, mail) = match self.channel {
            Channel::Wechat => (Template::MiniAppInvitationSms, Template::MiniAppInvitation),
            _ => (Template::InvitationSms, Template::Invitation),
        };
        let mut ways = Vec::new();
        if !to.phone.is_empty() {
            ways.push(outbox::queue(tx, &to, sms, &args, now).await?);
        }
        if !to.email.is_empty() {
            ways.push(outbox::queue(tx, &to, mail, &args, now).await?);
        }
        // One way is enough.
        if !ways.contains(&Queued::Waits) {
            ways.into_iter().try_for_each(Queued::or_refuse)?;
        }
        Ok(())
    }
}
