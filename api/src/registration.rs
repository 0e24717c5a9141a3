//! Public registration: what org admins set, and what registrants go through.

use crate::{
    ChatId, Millis, PersonId,
    deliveries::DeliveryFault,
    people::Person,
    users::Plan,
    validate::{self, Fault},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Longest welcome message, in characters.
pub const WELCOME_MAX: usize = 1_000;
/// Longest text above the form, in characters.
pub const FORM_TEXT_MAX: usize = 300;

words! {
    /// Why registration is closed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum ClosedReason {
        /// An admin closed it, or has not opened it yet.
        ByAdmin = "by-admin",
        /// The account of the person in charge was deactivated.
        PersonInChargeGone = "person-in-charge-gone",
        /// Every place is taken.
        Full = "full",
        /// The plan has no public registration any more.
        Plan = "plan",
    }
}

/// The places for external users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Capacity {
    /// People who have registered.
    pub registered: i64,
    /// Registrations that wait for their code, and expire.
    pub pending: i64,
    /// How many there may be; nothing means no limit.
    pub limit: Option<i64>,
}

/// What an org admin sees of public registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Registration {
    /// The plan, which may be too small for it.
    pub plan: Plan,
    /// Why it is closed; nothing while it is open.
    pub closed: Option<ClosedReason>,
    /// The employee who answers external users; `None` while no one is named.
    pub person_in_charge: Option<Person>,
    /// How many have registered, and how many may.
    pub capacity: Capacity,
    /// Pending registrations whose address takes no mail.
    #[serde(default)]
    pub unreachable: i64,
    /// The registration link, from the first opening on.
    pub link: Option<String>,
    /// The text above the form, per language.
    pub form_text: BTreeMap<String, String>,
    /// What the person in charge says first; empty to say nothing.
    pub welcome: String,
    /// Only addresses of these domains may register; empty means all.
    pub domains: Vec<String>,
    /// Who opened it last.
    pub opened_by: Option<String>,
    /// When it was opened last.
    pub opened_at: Option<Millis>,
    /// Counts the changes; a change names the version it saw.
    pub version: i64,
}

/// A change of the settings of public registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRegistration {
    /// Whether registration is to be open.
    pub is_open: bool,
    /// The person in charge; mandatory to open.
    pub person_in_charge: Option<PersonId>,
    /// The text above the form, per language.
    pub form_text: BTreeMap<String, String>,
    /// What the person in charge says first.
    pub welcome: String,
    /// Only addresses of these domains may register.
    pub domains: Vec<String>,
    /// The version that the admin saw.
    pub version: i64,
}

impl ChangeRegistration {
    /// The first field that is wrong, as far as both sides can tell.
    pub fn fault(&self) -> Option<(&'static str, Fault)> {
        if self.is_open && self.person_in_charge.is_none() {
            return Some(("person_in_charge", Fault::PersonInCharge));
        }
        if self.form_text.values().any(|text| text.chars().count() > FORM_TEXT_MAX) {
            return Some(("form_text", Fault::TooLong));
        }
        if self.welcome.chars().count() > WELCOME_MAX {
            return Some(("welcome", Fault::TooLong));
        }
        let is_domain = |domain: &String| validate::email(&format!("a@{}", domain.trim())).is_ok();
        if !self.domains.iter().all(is_domain) || self.domains.len() > 50 {
            return Some(("domains", Fault::Domains));
        }
        None
    }
}

/// A small proof of work, asked for while many register at once: no outside captcha is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Work {
    /// What to work on; good once, for a few minutes.
    pub nonce: String,
    /// How many leading bits of the hash have to be zero.
    pub bits: u32,
}

impl Work {
    /// Whether a number solves it for a mail address: SHA-256 over nonce, address and number begins with so many
    /// zero bits (the idea of Hashcash).
    pub fn is_solved_by(&self, email: &str, number: u64) -> bool {
        let mut hash = Sha256::new();
        for part in [self.nonce.as_str(), "\n", email, "\n", &number.to_string()] {
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let zeros = digest
            .iter()
            .position(|byte| *byte != 0)
            .map_or(256, |at| u32::try_from(at * 8).unwrap_or(0) + digest[at].leading_zeros());
        zeros >= self.bits
    }

    /// Tries `count` numbers from `from` on.
    pub fn solve(&self, email: &str, from: u64, count: u64) -> Option<u64> {
        (from..from + count).find(|number| self.is_solved_by(email, *number))
    }
}

/// What the form at the registration link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RegistrationForm {
    /// The company, as shown.
    pub company: String,
    /// Whether it takes registrations now.
    pub is_open: bool,
    /// The text above the form, per language.
    pub form_text: BTreeMap<String, String>,
    /// Work to be done first; nothing while the rate is low.
    pub work: Option<Work>,
    /// Whether the registrant chooses a password in the same flow; else the code is the first one.
    pub asks_password: bool,
}

/// Name and e-mail: all that a registrant gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The name.
    pub name: String,
    /// The mail address, which becomes the sign-in name.
    pub email: String,
    /// The language of the page.
    pub language: String,
    /// The work that was asked for: its nonce, and the number that solves it.
    #[serde(default)]
    pub work: Option<(String, u64)>,
}

/// A code is on its way, whoever the address belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RegistrationCode {
    /// The address as it was understood.
    pub email: String,
    /// Seconds until the code expires.
    pub expires_in: u32,
    /// Seconds until another may be asked for.
    pub resend_in: Option<u32>,
    /// Why the mail before this one did not arrive.
    #[serde(default)]
    pub undelivered: Option<DeliveryFault>,
}

/// The code, and the password where one is asked for.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConfirmRegistration {
    /// The six digits of the mail.
    pub code: String,
    /// The chosen password, where one is asked for.
    #[serde(default)]
    pub password: Option<String>,
}

/// The registrant is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Registered {
    /// The company, as shown.
    pub company: String,
    /// The company's name to type at sign-in.
    pub company_name: String,
    /// The person in charge.
    pub host: Person,
    /// The conversation with the person in charge.
    pub chat: ChatId,
    /// The name as it was given.
    pub name: String,
    /// What the registrant signs in with.
    pub username: String,
    /// Whether the code is the first password.
    pub is_code_password: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_solved_for_one_address_only() {
        let work = Work { nonce: "n".into(), bits: 10 };
        let number = work.solve("a@a.example", 0, 100_000).unwrap();
        assert!(work.is_solved_by("a@a.example", number));
        let others = (0..64).filter(|at| work.is_solved_by(&format!("{at}@b.example"), number)).count();
        assert!(others < 8, "{others}");
        assert!(Work { bits: 0, ..work }.is_solved_by("x", 0));
    }

    #[test]
    fn opening_needs_a_person_in_charge_and_domains_are_domains() {
        let change = ChangeRegistration {
            is_open: true,
            person_in_charge: None,
            form_text: BTreeMap::new(),
            welcome: String::new(),
            domains: Vec::new(),
            version: 0,
        };
        assert_eq!(change.fault(), Some(("person_in_charge", Fault::PersonInCharge)));
        let closed = ChangeRegistration { is_open: false, ..change };
        assert_eq!(closed.fault(), None);
        for (domain, fits) in
            [("pearl.example", true), ("@pearl.example", false), ("pearl", false), ("", false)]
        {
            let change = ChangeRegistration { domains: vec![domain.into()], ..closed.clone() };
            assert_eq!(change.fault().is_none(), fits, "{domain}");
        }
    }
}
