//! The people of a company: employees and clients.

use crate::PersonId;
use serde::{Deserialize, Serialize};

words! {
    /// On which side of the causeway someone stands.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum PersonKind {
        /// An employee of the company: orange ring, building badge.
        Colleague = "colleague",
        /// An outside person: green ring, person badge.
        Client = "client",
    }
}

/// What an employee may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Writes to clients and colleagues.
    AccountManager,
    /// Governs the company.
    OrgAdmin,
    /// Reads the archive; never writes in conversations.
    ComplianceOfficer,
    /// Governs the company and says who else does.
    Owner,
    /// An outside person who registered: sees the own conversations and the person in charge, nothing else.
    ExternalUser,
}

impl Role {
    /// The roles of employees.
    pub const STAFF: [Self; 4] = [Self::AccountManager, Self::OrgAdmin, Self::ComplianceOfficer, Self::Owner];

    /// Whether this role governs the company.
    pub fn governs(self) -> bool {
        matches!(self, Self::OrgAdmin | Self::Owner)
    }

    /// The role in the database and in files, in words: `account manager`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountManager => "account manager",
            Self::OrgAdmin => "org admin",
            Self::ComplianceOfficer => "compliance officer",
            Self::Owner => "owner",
            Self::ExternalUser => "external user",
        }
    }

    /// The role as part of a key: `account_manager`.
    pub fn key(self) -> &'static str {
        match self {
            Self::AccountManager => "account_manager",
            Self::OrgAdmin => "org_admin",
            Self::ComplianceOfficer => "compliance_officer",
            Self::Owner => "owner",
            Self::ExternalUser => "external_user",
        }
    }

    /// The role of that word, in whatever case.
    pub fn parse(word: &str) -> Option<Self> {
        let key = crate::validate::name_key(&word.replace(['_', '-'], " "));
        Self::STAFF.into_iter().chain([Self::ExternalUser]).find(|role| role.as_str() == key)
    }
}

/// A person as others in the same company see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Person {
    /// The id of the person.
    pub id: PersonId,
    /// Employee or client.
    pub kind: PersonKind,
    /// The name as shown.
    pub name: String,
    /// The role of an employee.
    pub role: Option<Role>,
    /// What an employee is in the company, like relationship manager; empty when unknown. What someone may do is `role`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub company_role: String,
    /// Job description of an employee, company of a client; empty when unknown.
    pub about: String,
    /// The language of the name, as a BCP 47 tag, when it is known.
    pub name_lang: Option<String>,
    /// The account was deactivated.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_inactive: bool,
}

impl Person {
    /// Returns the line below the name: the company role, else the job description, or the company of a client.
    pub fn line(&self) -> &str {
        if self.company_role.is_empty() { &self.about } else { &self.company_role }
    }

    /// Whether this is an employee who can write in chats, and neither only reads nor was deactivated.
    pub fn writes_as_employee(&self) -> bool {
        let reads_only = matches!(self.role, Some(Role::ComplianceOfficer | Role::ExternalUser));
        self.kind == PersonKind::Colleague && !reads_only && !self.is_inactive
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_in_any_case() {
        assert_eq!(Role::parse("Org_Admin"), Some(Role::OrgAdmin));
        assert_eq!(Role::parse(" compliance officer "), Some(Role::ComplianceOfficer));
        assert_eq!(Role::parse("king"), None);
    }
}
