//! Who acts, and from which browser.

use crate::{error::AppError, limits};
use causeway_api::{
    CompanyId, Millis, PersonId,
    chats::Channel,
    paths::Side,
    people::{Person, Role},
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

/// A person of a company, who can only be reached by both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PersonKey {
    /// The company: from the session, or from the row that proves who someone is.
    pub company: CompanyId,
    /// The person.
    pub person: PersonId,
}

impl PersonKey {
    /// The key of a person of that company.
    pub const fn new(company: CompanyId, person: PersonId) -> Self {
        Self { company, person }
    }
}

/// Who acts. It comes from the session and from nowhere else.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The company: the only source of tenancy.
    pub company: CompanyId,
    /// The person whose session it is.
    pub person: PersonId,
    /// Whether the session is the portal's or the client's.
    pub side: Side,
    /// The role of an employee.
    pub role: Option<Role>,
    /// The hash of the session's token.
    pub session: Vec<u8>,
    /// When the session ends at the latest.
    pub ends_at: Millis,
    /// When an action of the person was last noted.
    pub seen_at: Millis,
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

/// Who makes a change, and when.
#[derive(Clone, Debug)]
pub struct By {
    /// Whoever is signed in and acts.
    pub author: Actor,
    /// The instant at which the change was asked for; a job that runs again has the same.
    pub now: Millis,
}

impl Actor {
    /// The person whose session it is.
    pub fn key(&self) -> PersonKey {
        PersonKey::new(self.company, self.person)
    }

    /// A person for whom something is done later, without a session: it may do what the person may now.
    pub fn later(company: CompanyId, person: &Person) -> Self {
        let side = if person.role.is_some() { Side::Portal } else { Side::Client };
        Self {
            company,
            person: person.id,
            side,
            role: person.role,
            session: Vec::new(),
            ends_at: 0,
            seen_at: 0,
            confirmed_at: 0,
            channel: None,
            must_set_password: false,
            must_set_up_second_factor: false,
            device: None,
            browser: Browser::default(),
        }
    }

    /// Refuses those who only read.
    pub fn may_write(&self) -> Result<(), AppError> {
        if self.role == Some(Role::ComplianceOfficer) { Err(AppError::Forbidden) } else { Ok(()) }
    }

    /// Refuses everyone but org admins and owners.
    pub fn may_govern(&self) -> Result<(), AppError> {
        if self.role.is_some_and(Role::governs) { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Refuses everyone who may not read the audit log.
    pub fn may_audit(&self) -> Result<(), AppError> {
        if self.role == Some(Role::ComplianceOfficer) { Ok(()) } else { self.may_govern() }
    }

    /// Whether this is someone who registered through the public form.
    pub fn is_external(&self) -> bool {
        self.role == Some(Role::ExternalUser)
    }

    /// Refuses when the last code was confirmed too long ago: the person is asked for another one.
    pub fn was_confirmed_recently(&self, now: Millis) -> Result<(), AppError> {
        if now - self.confirmed_at > limits::STEP_UP_AFTER { Err(AppError::ConfirmAgain) } else { Ok(()) }
    }
}
