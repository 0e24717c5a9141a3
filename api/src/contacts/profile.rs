//! The profile of a client.

use crate::validate::{self, Fault};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The profile of a client, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The first name; empty when unknown, unless the company wants it.
    pub first_name: String,
    /// The last name; empty when unknown, unless the company wants it.
    pub last_name: String,
    /// E-mail; empty when unknown.
    pub email: String,
    /// Phone in E.164; empty when unknown.
    pub phone: String,
    /// ISO 3166-1 alpha-2; empty when unknown.
    pub country: String,
    /// One of our languages; empty when unknown.
    pub language: String,
    /// The company that the client belongs to, from the list; `None` when unknown.
    pub external_company: Option<Uuid>,
    /// The tags, from the list.
    pub tags: Vec<Uuid>,
}

impl Profile {
    /// The name as shown: first and last, in the order of the script they are written in.
    pub fn name(&self) -> String {
        let (first, last) = (self.first_name.trim(), self.last_name.trim());
        let is_wide =
            |text: &str| text.chars().next().is_some_and(|c| ('\u{3040}'..='\u{9fff}').contains(&c));
        let parts = if is_wide(first) && is_wide(last) { [last, first] } else { [first, last] };
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What is wrong with its fields, as far as both sides can tell.
    pub fn faults(&self) -> Vec<(&'static str, Fault)> {
        let mut faults = Vec::new();
        for (field, text) in [("first_name", &self.first_name), ("last_name", &self.last_name)] {
            if !text.trim().is_empty()
                && let Err(fault) = validate::name(text)
            {
                faults.push((field, fault));
            }
        }
        if self.name().is_empty() {
            faults.push(("first_name", Fault::Required));
        }
        if !self.email.trim().is_empty()
            && let Err(fault) = validate::email(&self.email)
        {
            faults.push(("email", fault));
        }
        if !self.phone.trim().is_empty()
            && let Err(fault) = validate::phone(&self.phone)
        {
            faults.push(("phone", fault));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_of_their_script() {
        let name = |first: &str, last: &str| {
            Profile { first_name: first.into(), last_name: last.into(), ..Profile::default() }.name()
        };
        assert_eq!(name("Lukas", "Brandt"), "Lukas Brandt");
        assert_eq!(name("美咲", "田中"), "田中 美咲");
        assert_eq!(name("", "Cher"), "Cher");
    }

    #[test]
    fn a_profile_names_every_field_that_is_wrong() {
        let profile = Profile { email: "a@b".into(), phone: "123".into(), ..Profile::default() };
        let fields: Vec<&str> = profile.faults().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["first_name", "email", "phone"]);
    }
}
