//! What a route states about itself: who may call it, with which rights, how recently confirmed, with how large a body.
//!
//! [`super::routes`] takes a route together with its guard and no other way, so a route without one does not compile.

use crate::{actor::Actor, domain::sign_in::sessions::Activity, error::AppError, limits};
use axum::routing::MethodRouter;
use causeway_api::{Millis, paths::Side};
use utoipa::openapi::PathItem;
use utoipa_axum::router::UtoipaMethodRouter;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everyone, signed in or not.
    Everyone,
    /// A browser that holds this cookie of a step under way.
    Holder(&'static str),
    /// Whoever has a session of a kind.
    Session(SessionRule),
}

/// What is asked of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRule {
    /// Whose session.
    pub who: Who,
    /// Whether the request keeps the session alive.
    pub activity: Activity,
    /// What the person must have the right to do.
    pub right: Right,
    /// Whether a code must have been confirmed within 20 minutes.
    pub step_up: bool,
}

/// Whose session a route takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anyone in the portal, also while a password has to be chosen first.
    AnySession,
    /// Anyone in the portal who has a password, also while a second factor has to be set up first.
    Account,
    /// An employee or an external user.
    Member,
    /// An employee.
    Employee,
    /// A client.
    Client,
}

impl Who {
    /// The side whose cookie counts.
    pub fn side(self) -> Side {
        if self == Self::Client { Side::Client } else { Side::Portal }
    }
}

/// A right that a route asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// None beyond the session.
    None,
    /// To write: everyone but compliance officers.
    Write,
    /// To govern the company: org admins and owners.
    Govern,
    /// To read the audit log: compliance officers and those who govern.
    Audit,
}

/// What a route states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Who may call it.
    pub audience: Audience,
    /// Largest body in bytes.
    pub body_limit: usize,
    /// The handler takes the body as it arrives, and keeps none of it in memory.
    pub is_streamed: bool,
}

const fn open(audience: Audience) -> Guard {
    Guard { audience, body_limit: limits::BODY_BYTES, is_streamed: false }
}

/// A route for everyone.
pub(in crate::http) const fn everyone() -> Guard {
    open(Audience::Everyone)
}

/// A route for a browser that holds the cookie of a step under way.
pub(in crate::http) const fn holder(cookie: &'static str) -> Guard {
    open(Audience::Holder(cookie))
}

/// The guard of a route that takes a session, while it is being stated.
#[derive(Clone, Copy)]
pub(in crate::http) struct SignedIn {
    rule: SessionRule,
    body_limit: usize,
    is_streamed: bool,
}

const fn signed_in(who: Who) -> SignedIn {
    let rule = SessionRule { who, activity: Activity::Person, right: Right::None, step_up: false };
    SignedIn { rule, body_limit: limits::BODY_BYTES, is_streamed: false }
}

/// A route for anyone in the portal, also while a password has to be chosen first.
pub(in crate::http) const fn any_session() -> SignedIn {
    signed_in(Who::AnySession)
}

/// A route for anyone in the portal who has a password, also while a second factor has to be set up first.
pub(in crate::http) const fn account() -> SignedIn {
    signed_in(Who::Account)
}

/// A route for employees and external users.
pub(in crate::http) const fn member() -> SignedIn {
    signed_in(Who::Member)
}

/// A route for employees.
pub(in crate::http) const fn employee() -> SignedIn {
    signed_in(Who::Employee)
}

/// A route for clients.
pub(in crate::http) const fn client() -> SignedIn {
    signed_in(Who::Client)
}

impl SignedIn {
    /// The page asks on its own: the request keeps no session alive.
    pub(in crate::http) const fn passive(mut self) -> Self {
        self.rule.activity = Activity::Page;
        self
    }

    /// Only for those who have a right.
    pub(in crate::http) const fn may(mut self, right: Right) -> Self {
        self.rule.right = right;
        self
    }

    /// Only in a session whose last code was confirmed within 20 minutes.
    pub(in crate::http) const fn confirmed(mut self) -> Self {
        self.rule.step_up = true;
        self
    }

    /// With a body of up to so many bytes.
    pub(in crate::http) const fn body_of(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// With a body of up to so many bytes, which the handler takes as it arrives.
    pub(in crate::http) const fn streaming(mut self, bytes: usize) -> Self {
        self.is_streamed = true;
        self.body_of(bytes)
    }
}

impl From<SignedIn> for Guard {
    fn from(SignedIn { rule, body_limit, is_streamed }: SignedIn) -> Self {
        Self { audience: Audience::Session(rule), body_limit, is_streamed }
    }
}

impl SessionRule {
    /// Refuses an actor whom the route is not for.
    pub(in crate::http) fn check(self, actor: &Actor, now: Millis) -> Result<(), AppError> {
        self.check_who(actor)?;
        match self.right {
            Right::None => {}
            Right::Write => actor.may_write()?,
            Right::Govern => actor.may_govern()?,
            Right::Audit => actor.may_audit()?,
        }
        if self.step_up { actor.was_confirmed_recently(now) } else { Ok(()) }
    }

    fn check_who(self, actor: &Actor) -> Result<(), AppError> {
        if actor.must_set_password && self.who != Who::AnySession {
            return Err(AppError::PasswordNeeded);
        }
        let is_open_before_set_up = matches!(self.who, Who::AnySession | Who::Account);
        if actor.must_set_up_second_factor && !is_open_before_set_up {
            return Err(AppError::SecondFactorNeeded);
        }
        if actor.is_external() && self.who == Who::Employee { Err(AppError::Forbidden) } else { Ok(()) }
    }
}

/// A route with its guard, for tests that go through all of them.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The method.
    pub method: &'static str,
    /// The path, with its parameters in braces.
    pub path: String,
    /// What it states.
    pub guard: Guard,
}

/// Routes with their guards.
pub(in crate::http) struct Table<S>(Vec<(Guard, UtoipaMethodRouter<S>)>);

impl<S: Clone + Send + Sync + 'static> Table<S> {
    /// An empty table.
    pub(in crate::http) fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a route.
    pub(in crate::http) fn route(mut self, guard: impl Into<Guard>, route: UtoipaMethodRouter<S>) -> Self {
        self.0.push((guard.into(), route));
        self
    }

    /// The routes; `enforce` puts the guard in front of the handlers.
    pub(in crate::http) fn build(
        self,
        enforce: impl Fn(Guard, MethodRouter<S>) -> MethodRouter<S>,
    ) -> impl Iterator<Item = UtoipaMethodRouter<S>> {
        self.0
            .into_iter()
            .map(move |(guard, (schemas, paths, handlers))| (schemas, paths, enforce(guard, handlers)))
    }

    /// What the routes state.
    pub(in crate::http) fn statements(&self) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (guard, (_, paths, _)) in &self.0 {
            for (path, item) in &paths.paths {
                let of = |method| Statement { method, path: path.clone(), guard: *guard };
                statements.extend(methods(item).map(of));
            }
        }
        statements
    }
}

fn methods(item: &PathItem) -> impl Iterator<Item = &'static str> {
    let named = [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("PATCH", &item.patch),
        ("HEAD", &item.head),
        ("OPTIONS", &item.options),
        ("TRACE", &item.trace),
    ];
    named.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method)
}
