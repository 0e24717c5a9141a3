//! Sessions: opaque tokens in a cookie, of which the server keeps the hash.

use crate::{
    App,
    clock::Token,
    error::AppError,
    limits,
    store::{NewSession, PersonRow, SessionRow, Tx},
};
use causeway_api::{CompanyId, Millis, PersonId, auth::Session, paths::Side, people::Role};

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
}

impl Actor {
    /// Refuses those who only read.
    pub fn may_write(&self) -> Result<(), AppError> {
        if self.role == Some(Role::ComplianceOfficer) { Err(AppError::Forbidden) } else { Ok(()) }
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
pub async fn resume(app: &App, token: &Token, side: Side, activity: Activity) -> Result<Actor, AppError> {
    let hash = token.hash();
    let session = app.store.session(&hash).await?.ok_or(AppError::SignedOut)?;
    let now = app.clock.now();
    if session.side != side || is_over(&session, now) {
        return Err(AppError::SignedOut);
    }
    let row = app.store.person(session.company, session.person).await?.ok_or(AppError::SignedOut)?;
    if activity == Activity::Person && now - session.seen_at >= limits::TOUCH_INTERVAL {
        app.store.write(move |tx| Box::pin(async move { tx.touch_session(&hash, now).await })).await?;
    }
    Ok(actor(&session, &row))
}

/// Whether a session has ended by age or idleness.
pub fn is_over(session: &SessionRow, now: Millis) -> bool {
    let idle = session.side == Side::Portal && now - session.seen_at > limits::SESSION_IDLE;
    now >= session.ends_at || idle
}

fn actor(session: &SessionRow, row: &PersonRow) -> Actor {
    Actor {
        company: session.company,
        person: session.person,
        side: session.side,
        role: row.person.role,
        session: session.hash.clone(),
        ends_at: session.ends_at,
    }
}

/// Who is signed in, for the screen.
pub async fn describe(app: &App, actor: &Actor) -> Result<Session, AppError> {
    let row = app.store.person(actor.company, actor.person).await?.ok_or(AppError::SignedOut)?;
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    Ok(Session { me: row.person, company: company.shown, ends_at: actor.ends_at, language: row.language })
}

/// Adds a session inside a transaction; answers the sessions that had to end for it.
pub async fn open(
    tx: &mut Tx,
    token: &Token,
    (company, person, side): (CompanyId, PersonId, Side),
    browser: Browser,
    now: Millis,
) -> Result<Vec<Vec<u8>>, AppError> {
    let lifetime = match side {
        Side::Portal => limits::SESSION_LIFETIME,
        Side::Client => limits::CLIENT_SESSION_LIFETIME,
    };
    let session =
        SessionRow { hash: token.hash(), company, person, side, seen_at: now, ends_at: now + lifetime };
    let new = NewSession { session, agent: browser.agent, address: browser.address };
    Ok(tx.add_session(new, now, limits::SESSIONS_PER_PERSON).await?)
}

/// Signs out: the session is gone and its sockets are closed.
pub async fn close(app: &App, actor: &Actor) -> Result<(), AppError> {
    let hash = actor.session.clone();
    app.store.write(move |tx| Box::pin(async move { tx.end_session(&hash).await })).await?;
    app.hub.end_sessions(std::slice::from_ref(&actor.session));
    Ok(())
}
