//! What the page holds before it is saved.

use causeway_api::{
    PersonId,
    registration::{ChangeRegistration, Registration},
};
use std::collections::BTreeMap;

/// The settings as they are typed. Whether registration is open is none of them: the switch saves at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) person_in_charge: Option<PersonId>,
    pub(super) form_text: BTreeMap<String, String>,
    pub(super) welcome: String,
    /// One domain per line.
    pub(super) domains: String,
}

impl Draft {
    pub(super) fn of(saved: &Registration) -> Self {
        Self {
            person_in_charge: saved.person_in_charge.as_ref().map(|person| person.id),
            form_text: saved.form_text.clone(),
            welcome: saved.welcome.clone(),
            domains: saved.domains.join("\n"),
        }
    }

    pub(super) fn change(&self, is_open: bool, version: i64) -> ChangeRegistration {
        let domains = self.domains.split(['\n', ',', ' ']).map(str::trim).filter(|domain| !domain.is_empty());
        ChangeRegistration {
            is_open,
            person_in_charge: self.person_in_charge,
            form_text: self.form_text.clone(),
            welcome: self.welcome.clone(),
            domains: domains.map(str::to_owned).collect(),
            version,
        }
    }

    pub(super) fn set_text(&mut self, language: &str, text: String) {
        if text.is_empty() {
            self.form_text.remove(language);
        } else {
            self.form_text.insert(language.to_owned(), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_read_however_they_are_separated() {
        let draft = Draft { domains: " a.example,b.example\n\nc.example ".into(), ..Draft::default() };
        assert_eq!(draft.change(true, 3).domains, ["a.example", "b.example", "c.example"]);
    }

    #[test]
    fn a_text_that_is_emptied_is_no_change_against_none() {
        let mut draft = Draft::default();
        draft.set_text("ja", "x".into());
        draft.set_text("ja", String::new());
        assert_eq!(draft, Draft::default());
    }
}
