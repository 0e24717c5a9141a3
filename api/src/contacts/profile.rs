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

    /// Whether a field that a company can require is empty, by its name.
    pub fn is_empty(&self, field: &str) -> bool {
        match field {
            "first_name" => self.first_name.trim().is_empty(),
            "last_name" => self.last_name.trim().is_empty(),
            "email" => self.email.trim().is_empty(),
            "external_company" => self.external_company.is_none(),
            "tags" => self.tags.is_empty(),
            _ => false,
        }
    }

    /// What is wrong with its fields, as far as both sides can tell; `required` are those that the company wants.
    pub fn faults(&self, required: &[String]) -> Vec<(&'static str, Fault)> {
        let read = |text: &str, check: fn(&str) -> Result<(), Fault>| match text.trim() {
            "" => None,
            text => check(text).err(),
        };
        let typed = [
            ("first_name", read(&self.first_name, validate::name)),
            ("last_name", read(&self.last_name, validate::name)),
            ("email", read(&self.email, validate::email)),
            ("phone", read(&self.phone, validate::phone)),
            ("external_company", None),
            ("tags", None),
        ];
        let fault = |(field, fault): (&'static str, Option<Fault>)| {
            let is_required = required.iter().any(|it| it == field) && self.is_empty(field);
            let is_nameless = field == "first_name" && self.name().is_empty();
            let missing = (is_required || is_nameless).then_some(Fault::Required);
            Some((field, fault.or(missing)?))
        };
        typed.into_iter().filter_map(fault).collect()
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
        let fields = |profile: &Profile, required: &[&str]| {
            let required: Vec<String> = required.iter().map(|it| (*it).to_owned()).collect();
            profile.faults(&required).into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        let profile = Profile { email: "a@b".into(), phone: "123".into(), ..Profile::default() };
        assert_eq!(fields(&profile, &[]), ["first_name", "email", "phone"]);
        let empty = Profile::default();
        let required = ["first_name", "last_name", "email", "external_company", "tags"];
        assert_eq!(fields(&empty, &required), required);
        let cher = Profile { last_name: "Cher".into(), ..Profile::default() };
        assert!(fields(&cher, &[]).is_empty());
        assert_eq!(fields(&cher, &["first_name", "last_name"]), ["first_name"]);
    }
}
