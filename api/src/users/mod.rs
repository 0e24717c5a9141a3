//! Users of a company as org admins see them, importing them, the plan, and clients for admins.

mod clients;
mod import;
mod plan;

pub use clients::{AdminClient, AdminClientQuery, TransferClient};
pub use import::{Holder, ImportFile, ImportReport, ImportState, ImportedRow, RowOutcome, UserImport};
pub use plan::{License, Plan, Usage};

use crate::{
    Millis,
    deliveries::Undelivered,
    page::UsersLimit,
    people::{Person, Role},
    query::is_usual,
    validate::{self, Fault},
};
use serde::{Deserialize, Serialize};

words! {
    /// Whether a user can sign in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum UserState {
        /// Has not chosen a password yet.
        Invited = "invited",
        /// Can sign in.
        Active = "active",
        /// Was deactivated.
        Inactive = "inactive",
    }
}

words! {
    /// Which users a list is of.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum UserGroup {
        /// Those who work for the company.
        #[default]
        Employees = "employees",
        /// Those who registered through the public link.
        External = "external",
    }
}

/// A user, as org admins see one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct User {
    /// The user as colleagues see it.
    pub person: Person,
    /// What the user signs in with.
    pub username: String,
    /// The mail address, to which codes and letters go.
    pub email: String,
    /// Mobile number in E.164; empty when unknown.
    pub phone: String,
    /// The language the user reads; empty when unknown.
    pub language: String,
    /// Whether the user can sign in.
    pub state: UserState,
    /// When the user was created.
    pub created_at: Millis,
    /// The last action in a session that is still open.
    pub seen_at: Option<Millis>,
    /// Whether public registration leads to this user.
    pub is_in_charge: bool,
    /// The person in charge of an external user; `None` for employees.
    #[serde(default)]
    pub person_in_charge: Option<Person>,
    /// Whether an authenticator app or a passkey is set up.
    #[serde(default)]
    pub has_second_factor: bool,
    /// Addresses that the last message did not reach.
    #[serde(default)]
    pub undelivered: Vec<Undelivered>,
}

/// By what users are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserSort {
    /// The name.
    #[default]
    Name,
    /// The user name.
    Username,
    /// The role, in words.
    Role,
    /// When they were created.
    Created,
    /// Their last action in a session that is still open.
    Seen,
}

/// Which users are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserQuery {
    /// Words in name, user name, e-mail, phone or job description.
    #[serde(skip_serializing_if = "is_usual")]
    pub search: String,
    /// Employees, or external users.
    #[serde(skip_serializing_if = "is_usual")]
    pub group: UserGroup,
    /// Only this role.
    #[serde(skip_serializing_if = "is_usual")]
    pub role: Option<Role>,
    /// Only this state.
    #[serde(skip_serializing_if = "is_usual")]
    pub state: Option<UserState>,
    /// In which order.
    #[serde(skip_serializing_if = "is_usual")]
    pub sort: UserSort,
    /// The other way round.
    #[serde(skip_serializing_if = "is_usual")]
    pub descending: bool,
    /// Where the page begins: what an earlier one gave as `next`.
    #[serde(skip_serializing_if = "is_usual")]
    pub cursor: Option<String>,
    /// How many at most.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: UsersLimit,
}

/// A user as it is typed: to create one, or to change one (the user name stays then).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UserForm {
    /// The name as shown.
    pub name: String,
    /// The user name; made from the mail address when empty.
    #[serde(default)]
    pub username: String,
    /// The mail address, to which codes and letters go.
    pub email: String,
    /// Mobile number in E.164; empty when unknown.
    #[serde(default)]
    pub phone: String,
    /// What the user may do.
    pub role: Role,
    /// What the user is in the company, like relationship manager.
    #[serde(default)]
    pub company_role: String,
    /// Job description.
    #[serde(default)]
    pub about: String,
    /// One of our languages; empty when unknown.
    #[serde(default)]
    pub language: String,
}

impl Default for UserForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            username: String::new(),
            email: String::new(),
            phone: String::new(),
            role: Role::AccountManager,
            company_role: String::new(),
            about: String::new(),
            language: String::new(),
        }
    }
}

impl UserForm {
    /// What is wrong with its fields, as far as both sides can tell.
    pub fn faults(&self) -> Vec<(&'static str, Fault)> {
        let mut faults = Vec::new();
        let mut check = |field, result: Result<(), Fault>| {
            if let Err(fault) = result {
                faults.push((field, fault));
            }
        };
        check("name", validate::name(&self.name));
        if !self.username.trim().is_empty() {
            check("username", validate::name(&self.username));
        }
        check("email", validate::email(&self.email));
        if !self.phone.trim().is_empty() {
            check("phone", validate::phone(&self.phone));
        }
        for (field, text) in [("company_role", &self.company_role), ("about", &self.about)] {
            if text.chars().count() > validate::NAME_MAX {
                check(field, Err(Fault::TooLong));
            }
        }
        if self.role == Role::ExternalUser {
            check("role", Err(Fault::Choice));
        }
        faults
    }
}
