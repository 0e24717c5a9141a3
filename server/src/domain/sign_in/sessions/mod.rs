//! Sessions: opaque tokens in a cookie, of which the server keeps the hash.

mod opening;

pub use opening::{Grounds, Opened, Opening, open};

use crate::{
    App,
    actor::{Actor, Browser, By},
    clock::{HOUR, MINUTE, Token},
    domain::{
        chats::{changes, file_rules},
        features::{self, Features, is_second_factor_required, keys},
    },
    error::AppError,
    job, limits,
    store::{AuditEntry, SessionOwner, SessionRow},
};
use causeway_api::{
    Millis, PersonId, audit::AuditAction, auth::Session, paths::Side, people::Role, validate,
};

/// Whether a request was made by the person, or by the page on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// The person did something.
    Person,
    /// The page did: it keeps no session alive.
    Page,
}

/// Whose session that is, if it is still good.
pub async fn resume(app: &App, token: &Token, side: Side, browser: Browser) -> Result<Actor, AppError> {
    let hash = token.hash();
    let now = app.clock.now();
    let found = app.store.session_and_owner(&hash, now - limits::RENEWED_TOKEN_GRACE).await?;
    let (session, owner) = found.ok_or(AppError::SignedOut)?;
    let features = features::of(app, session.company).await?;
    if session.side != side || is_over(&session, idle_limit(&features), now) {
        return Err(AppError::SignedOut);
    }
    let is_missing = must_set_up_second_factor(&features, session.side, owner);
    Ok(actor(session, owner.role, is_missing, browser))
}

/// The session that lives in a browser while a door opens another one on the same side.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    living: Option<(PersonId, Vec<u8>)>,
    may_replace: bool,
}

impl Standing {
    /// The session of a token, if it lives; `may_replace` when the person was asked and goes on as another.
    pub async fn of(
        app: &App,
        token: Option<Token>,
        side: Side,
        may_replace: bool,
    ) -> Result<Self, AppError> {
        let Some(token) = token else { return Ok(Self::default()) };
        let living = match resume(app, &token, side, Browser::default()).await {
            Ok(actor) => Some((actor.person, actor.session)),
            Err(AppError::SignedOut) => None,
            Err(other) => return Err(other),
        };
        Ok(Self { living, may_replace })
    }

    /// Refuses to replace the living session silently by one of another person; `None` when it is not known yet whose it
    /// will be.
    pub fn make_way_for(&self, person: Option<PersonId>) -> Result<(), AppError> {
        match &self.living {
            Some((living, _)) if !self.may_replace && person != Some(*living) => Err(AppError::OtherPerson),
            _ => Ok(()),
        }
    }

    /// The hash of the living session, which ends when another is opened over it.
    pub fn session(&self) -> Option<Vec<u8>> {
        self.living.as_ref().map(|(_, hash)| hash.clone())
    }
}

/// Notes an action of the person, which keeps the session alive.
pub async fn touch(app: &App, actor: &Actor) -> Result<(), AppError> {
    let (company, hash) = (actor.company, actor.session.clone());
    let (device, now) = (actor.device, app.clock.now());
    if now - actor.seen_at >= limits::TOUCH_INTERVAL {
        app.store
            .write(job!(|tx| {
                tx.leave_sessions();
                tx.touch_session(company, &hash, device, now).await
            }))
            .await?;
        app.store.session_touched(&actor.session, now);
    }
    Ok(())
}

/// Whether the company asks the owner of a session for something that is not set up.
pub fn must_set_up_second_factor(features: &Features, side: Side, owner: SessionOwner) -> bool {
    side == Side::Portal && !owner.has_second_factor && is_second_factor_required(features, owner.role)
}

/// After how long without an action of the person a portal session ends.
pub fn idle_limit(features: &Features) -> Millis {
    features.get(keys::SESSION_IDLE) * MINUTE
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
        seen_at: session.seen_at,
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
    let features = features::of(app, actor.company).await?;
    let text_limit = features.get(keys::MESSAGE_LIMIT);
    let is_employee = actor.side == Side::Portal && !actor.is_external();
    let confirms_documents = is_employee && features.get(keys::DOCUMENT_PROMPT);
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
        file_limit: file_rules::largest(app, actor.company).await?,
        confirms_documents,
        change_window: changes::window(app, actor.company).await?,
        must_choose_password: actor.must_set_password,
        must_set_up_second_factor: actor.must_set_up_second_factor,
        has_initial_password,
    })
}

/// How long a portal session lasts at the most.
pub fn portal_lifetime(features: &Features) -> Millis {
    features.get(keys::SESSION_LIFETIME) * HOUR
}

/// Signs out: the session is gone and its sockets are closed.
pub async fn close(app: &App, actor: &Actor) -> Result<(), AppError> {
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            if author.side == Side::Portal {
                tx.audit(AuditEntry::new(&author, AuditAction::SignedOut, author.person, now)).await?;
            }
            if let Some(device) = author.device {
                tx.remove_push(author.company, device).await?;
            }
            tx.end_session(&author.session).await
        }))
        .await?;
    app.hub.end_sessions(std::slice::from_ref(&actor.session));
    Ok(())
}
