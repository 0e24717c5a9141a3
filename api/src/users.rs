//! Users of a company as org admins see them, importing them, the plan, and clients for admins.

use crate::{
    Millis, PersonId,
    chats::Channel,
    contacts::LinkState,
    deliveries::Undelivered,
    people::{Person, Role},
    validate::{self, Fault},
};
use serde::{Deserialize, Serialize};

/// Whether a user can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// Has not chosen a password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Was inactivated.
    Inactive,
}

impl UserState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Inactive];

    /// The state's word in queries and at the end of its text's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct User {
    /// Who.
    pub person: Person,
    /// What the user signs in with.
    pub username: String,
    /// E-mail.
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
    /// Whether an authenticator app or a passkey is set up.
    #[serde(default)]
    pub has_second_factor: bool,
    /// Addresses that the last message did not reach.
    #[serde(default)]
    pub undelivered: Vec<Undelivered>,
}

/// A stretch of the list of users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UserPage {
    /// The users from the asked-for place on.
    pub users: Vec<User>,
    /// How many there are in all.
    pub total: usize,
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
    /// E-mail.
    pub email: String,
    /// Mobile number in E.164; empty when unknown.
    #[serde(default)]
    pub phone: String,
    /// Role.
    pub role: Role,
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
        if self.about.chars().count() > validate::NAME_MAX {
            check("about", Err("fault-too-long"));
        }
        if self.role == Role::ExternalUser {
            check("role", Err("fault-choice"));
        }
        faults
    }
}

/// A file of users to import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// The contents: CSV with a line of headings.
    pub csv: String,
}

/// What became of a row, or would.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum RowOutcome {
    /// It can be imported.
    Ready,
    /// It was imported.
    Imported,
    /// It was not, or cannot be.
    Refused {
        /// The column; empty when the row as a whole cannot be read.
        field: String,
        /// What is wrong with it.
        fault: String,
    },
}

/// A row of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportedRow {
    /// Its line in the file, the headings being line 1.
    pub line: u64,
    /// The name in it.
    pub name: String,
    /// The mail address in it.
    pub email: String,
    /// The role in it, as written.
    pub role: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: RowOutcome,
}

/// The result of an import or its preview, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Every row.
    pub rows: Vec<ImportedRow>,
}

/// What a company has bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// Without public registration.
    Free,
    /// With public registration.
    Pro,
    /// Everything.
    Enterprise,
}

impl Plan {
    /// Every plan.
    pub const ALL: [Self; 3] = [Self::Free, Self::Pro, Self::Enterprise];

    /// The plan's word in the database, on the command line, and at the end of its text's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Pro => "pro",
            Self::Enterprise => "enterprise",
        }
    }

    /// The plan of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|plan| plan.as_str() == word)
    }

    /// Whether the public can register.
    pub fn has_registration(self) -> bool {
        self >= Self::Pro
    }
}

/// How much of something is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Usage {
    /// So many are used.
    pub used: i64,
    /// So many there may be; nothing means no limit.
    pub limit: Option<i64>,
}

/// The plan of a company and its limits, which the operator sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct License {
    /// The plan.
    pub plan: Plan,
    /// Employees who are not inactivated.
    pub users: Usage,
    /// People who registered, and registrations under way.
    pub external_users: Usage,
}

/// A client as org admins see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AdminClient {
    /// Who.
    pub person: Person,
    /// E-mail; empty when unknown.
    pub email: String,
    /// Phone; empty when unknown.
    pub phone: String,
    /// The employee who takes care of the client.
    pub owner: Option<Person>,
    /// The channels.
    pub channels: Vec<(Channel, LinkState)>,
    /// When it was archived.
    pub archived_at: Option<Millis>,
    /// When it was inactivated: only people who registered by themselves have an account.
    pub inactive_at: Option<Millis>,
}

/// A stretch of the list of clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AdminClientPage {
    /// The clients from the asked-for place on.
    pub clients: Vec<AdminClient>,
    /// How many there are in all.
    pub total: usize,
}

/// Handing a client over to another employee.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TransferClient {
    /// Who takes care of the client from now on.
    pub to: PersonId,
}
