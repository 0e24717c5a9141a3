//! Sessions: opaque tokens in a cookie, of which the server keeps the hash.

mod opening;

pub use opening::{Grounds, Opened, Opening, open};

use super::{
    features::{self, FeatureKey, Features},
    second_factors::is_required,
};
use crate::{
    App,
    clock::{HOUR, MINUTE, Token},
    error::AppError,
    limits,
    store::{AuditEntry, SessionOwner, SessionRow},
};
use causeway_api::{
    CompanyId, Millis, PersonId, auth::Session, chats::Channel, paths::Side, people::Role, validate,
};
use uuid::Uuid;

/// The browser that a request comes from.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// Its network address, as far as the trusted proxies tell.
    pub address: String,
    /// Its own description.
    pub agent: String,
}

/// Who acts. It comes from the session and from nowhere else.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The company: the only source of tenancy.
    pub company: CompanyId,
    /// Who.
    pub person: PersonId,
    /// From which side.
    pub side: Side,
    /// The role of an employee.
    pub role: Option<Role>,
    /// The hash of the session's token.
    pub session: Vec<u8>,
    /// When the session ends at the latest.
    pub ends_at: Millis,
    /// When the person last confirmed a code.
    pub confirmed_at: Millis,
    /// The channel that a client came on.
    pub channel: Option<Channel>,
    /// Whether a password has to be chosen before anything else.
    pub must_set_password: bool,
    /// Whether an authenticator app or a passkey has to be set up before anything else.
    pub must_set_up_second_factor: bool,
    /// The device of an employee.
    pub device: Option<Uuid>,
    /// The browser that the request comes from.
    pub browser: Browser,
}

impl Actor {
    /// Refuses those who only read.
    pub fn may_write(&self) -> Result<(), AppError> {
        if self.role == Some(Role::ComplianceOfficer) { Err(AppError::Forbidden) } else { Ok(()) }
    }

    /// Refuses everybody but org admins and owners.
    pub fn may_govern(&self) -> Result<(), AppError> {
        if self.role.is_some_and(Role::governs) { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Refuses everybody who may not read the audit log.
    pub fn may_audit(&self) -> Result<(), AppError> {
        if self.role == Some(Role::ComplianceOfficer) { Ok(()) } else { self.may_govern() }
    }

    /// Whether this is somebody who registered through the public form.
    pub fn is_external(&self) -> bool {
        self.role == Some(Role::ExternalUser)
    }

    /// Refuses when the last code was confirmed too long ago: the person is asked for another one.
    pub fn was_confirmed_recently(&self, now: Millis) -> Result<(), AppError> {
        if now - self.confirmed_at > limits::STEP_UP_AFTER { Err(AppError::ConfirmAgain) } else { Ok(()) }
    }
}

/// Whether a request was made by the person, or by the page on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// The person did something.
    Person,
    /// The page did: it keeps no session alive.
    Page,
}

/// Whose session that is, if it is still good.
pub async fn resume(
    app: &App,
    token: &Token,
    side: Side,
    activity: Activity,
    browser: Browser,
) -> Result<Actor, AppError> {
    let hash = token.hash();
    let now = app.clock.now();
    let found = app.store.session_and_owner(&hash, now - limits::RENEWED_TOKEN_GRACE).await?;
    let (session, owner) = found.ok_or(AppError::SignedOut)?;
    let hash = session.hash.clone();
    let features = features::of(app, session.company).await?;
    if session.side != side || is_over(&session, idle_limit(&features), now) {
        return Err(AppError::SignedOut);
    }
    if activity == Activity::Person && now - session.seen_at >= limits::TOUCH_INTERVAL {
        let device = session.device;
        app.store
            .write(move |tx| Box::pin(async move { tx.touch_session(&hash, device, now).await }))
            .await?;
    }
    let is_missing = must_set_up_second_factor(&features, session.side, owner);
    Ok(actor(session, owner.role, is_missing, browser))
}

/// Whether the company asks the owner of a session for something that is not set up.
pub fn must_set_up_second_factor(features: &Features, side: Side, owner: SessionOwner) -> bool {
    side == Side::Portal && !owner.has_second_factor && is_required(features, owner.role)
}

/// After how long without an action of the person a portal session ends.
pub fn idle_limit(features: &Features) -> Millis {
    features.number(FeatureKey::SessionIdle) * MINUTE
}

/// Whether a session has ended by age or idleness.
pub fn is_over(session: &SessionRow, idle_limit: Millis, now: Millis) -> bool {
    let idle = session.side == Side::Portal && now - session.seen_at > idle_limit;
    now >= session.ends_at || idle
}

fn actor(
    session: SessionRow,
    role: Option<Role>,
    must_set_up_second_factor: bool,
    browser: Browser,
) -> Actor {
    Actor {
        company: session.company,
        person: session.person,
        side: session.side,
        role,
        session: session.hash,
        ends_at: session.ends_at,
        confirmed_at: session.confirmed_at,
        channel: session.channel,
        must_set_password: session.must_set_password,
        must_set_up_second_factor,
        device: session.device,
        browser,
    }
}

/// Who is signed in, for the screen.
pub async fn describe(app: &App, actor: &Actor) -> Result<Session, AppError> {
    let row = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    let text_limit = features::of(app, actor.company).await?.number(FeatureKey::MessageLimit);
    // Only people who registered ever have one.
    let account = match actor.role {
        Some(Role::ExternalUser) => app.store.account(actor.company, actor.person).await?,
        _ => None,
    };
    let has_initial_password = account.is_some_and(|account| account.initial_until.is_some());
    Ok(Session {
        me: row.person,
        company: company.shown,
        ends_at: actor.ends_at,
        language: row.language,
        text_limit: usize::try_from(text_limit).unwrap_or(validate::MESSAGE_MAX),
        must_choose_password: actor.must_set_password,
        must_set_up_second_factor: actor.must_set_up_second_factor,
        has_initial_password,
    })
}

/// How long a portal session lasts at the most.
pub fn portal_lifetime(features: &Features) -> Millis {
    features.number(FeatureKey::SessionLifetime) * HOUR
}

/// Signs out: the session is gone and its sockets are closed.
pub async fn close(app: &App, actor: &Actor) -> Result<(), AppError> {
    let (hash, author, now) = (actor.session.clone(), actor.clone(), app.clock.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if author.side == Side::Portal {
                    tx.audit(AuditEntry::new(&author, "signed_out", author.person, now)).await?;
                }
                if let Some(device) = author.device {
                    tx.remove_push(device).await?;
                }
                tx.end_session(&hash).await
            })
        })
        .await?;
    app.hub.end_sessions(std::slice::from_ref(&actor.session));
    Ok(())
}
