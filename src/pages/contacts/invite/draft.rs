//! What was typed into the drawer so far, and what of it still holds: rules without signals.

use causeway_api::{
    PersonId,
    chats::Channel,
    contacts::{CheckedIdentity, Identity, Profile},
};
use serde::{Deserialize, Serialize};

/// What was typed so far; kept in the browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) identity: Identity,
    pub(super) checked: Option<CheckedIdentity>,
    pub(super) existing: Option<(PersonId, String)>,
    pub(super) uses_existing: bool,
    pub(super) profile: Profile,
    #[serde(default)]
    suggested: Suggested,
}

/// What the address suggested, which another address changes unless something else was chosen by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Suggested {
    country: String,
    language: String,
    existing: Option<PersonId>,
}

impl Default for Draft {
    fn default() -> Self {
        let identity = Identity {
            channel: Channel::Wechat,
            country: "HK".into(),
            phone: String::new(),
            email: String::new(),
        };
        Self {
            identity,
            checked: None,
            existing: None,
            uses_existing: false,
            profile: Profile::default(),
            suggested: Suggested::default(),
        }
    }
}

impl Draft {
    /// Holds only what the form shows: the address or the number. Returns whether something was taken away.
    pub(super) fn keep_shown(&mut self, by_email: bool) -> bool {
        let hidden = if by_email { &mut self.identity.phone } else { &mut self.identity.email };
        let was_typed = !std::mem::take(hidden).is_empty();
        let is_other = self.checked.as_ref().is_some_and(|it| it.address.starts_with('+') == by_email);
        if is_other {
            self.checked = None;
        }
        was_typed || is_other
    }

    /// Goes on with an identity that can be invited.
    pub(super) fn take(&mut self, checked: CheckedIdentity) {
        suggest(&mut self.profile.country, &mut self.suggested.country, &checked.country);
        suggest(&mut self.profile.language, &mut self.suggested.language, &checked.language);
        let known = checked.known.as_ref().map(|known| (known.id, known.name.clone()));
        let id = known.as_ref().map(|known| known.0);
        let before = std::mem::replace(&mut self.suggested.existing, id);
        if id != before {
            // An address that someone has already: that profile is offered.
            if known.is_some() || self.existing.as_ref().map(|it| it.0) == before {
                self.uses_existing = known.is_some();
                self.existing = known;
            }
        }
        self.checked = Some(checked);
    }
}

/// Puts a suggestion in the place of the one before, unless something else was chosen.
fn suggest(chosen: &mut String, before: &mut String, new: &str) {
    if chosen == before {
        new.clone_into(chosen);
    }
    new.clone_into(before);
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::people::{Person, PersonKind};

    fn checked(address: &str, country: &str, language: &str) -> CheckedIdentity {
        CheckedIdentity {
            address: address.into(),
            known: None,
            country: country.into(),
            language: language.into(),
        }
    }

    fn known(address: &str, id: u128) -> CheckedIdentity {
        let person = Person {
            id: PersonId(uuid::Uuid::from_u128(id)),
            kind: PersonKind::Client,
            name: "Ana".into(),
            role: None,
            about: String::new(),
            company_role: String::new(),
            name_lang: None,
            is_inactive: false,
        };
        CheckedIdentity { known: Some(person), ..checked(address, "", "") }
    }

    fn country_and_language(draft: &Draft) -> (&str, &str) {
        (&draft.profile.country, &draft.profile.language)
    }

    #[test]
    fn another_number_suggests_another_country_and_language() {
        let mut draft = Draft::default();
        draft.take(checked("+85261234567", "HK", "zh-Hant"));
        assert_eq!(country_and_language(&draft), ("HK", "zh-Hant"));
        draft.take(checked("+41791234567", "CH", ""));
        assert_eq!(country_and_language(&draft), ("CH", ""));
        draft.take(checked("ana@pearl.example", "", ""));
        assert_eq!(country_and_language(&draft), ("", ""));
    }

    #[test]
    fn what_was_chosen_by_hand_stays() {
        let mut draft = Draft::default();
        draft.take(checked("+85261234567", "HK", "zh-Hant"));
        draft.profile.language = "en".into();
        draft.take(checked("+819012345678", "JP", "ja"));
        assert_eq!(country_and_language(&draft), ("JP", "en"));
        draft.profile.country = String::new();
        draft.take(checked("+85261234567", "HK", "zh-Hant"));
        assert_eq!(country_and_language(&draft), ("", "en"), "no country is a choice, too");
    }

    #[test]
    fn the_profile_of_a_number_is_offered_with_that_number_only() {
        let mut draft = Draft::default();
        draft.take(known("+85261234567", 1));
        assert!(draft.uses_existing && draft.existing.is_some());
        // Who decided otherwise and comes back with the same number has decided.
        draft.uses_existing = false;
        draft.take(known("+85261234567", 1));
        assert!(!draft.uses_existing);
        draft.uses_existing = true;
        draft.take(checked("+85261234568", "HK", ""));
        assert!(!draft.uses_existing && draft.existing.is_none());
        // One that was searched for stays.
        draft.existing = Some((PersonId(uuid::Uuid::from_u128(7)), "Bo".into()));
        draft.uses_existing = true;
        draft.take(checked("+85261234569", "HK", ""));
        assert!(draft.uses_existing && draft.existing.is_some());
    }

    #[test]
    fn what_is_not_on_the_screen_is_not_held() {
        let typed = || {
            let mut draft = Draft::default();
            draft.identity.email = "ana@pearl.example".into();
            draft
        };
        let mut draft = typed();
        assert!(draft.keep_shown(false) && draft.identity.email.is_empty());
        assert!(!draft.keep_shown(true), "nothing comes back");
        let mut draft = typed();
        draft.checked = Some(checked("ana@pearl.example", "", ""));
        assert!(!draft.keep_shown(true) && draft.checked.is_some());
        assert!(draft.keep_shown(false) && draft.checked.is_none(), "the first step is asked again");
        draft.identity.phone = "6123 4567".into();
        draft.checked = Some(checked("+85261234567", "HK", ""));
        assert!(draft.keep_shown(true) && draft.identity.phone.is_empty() && draft.checked.is_none());
    }

    #[test]
    fn a_draft_of_an_older_version_is_read() {
        let mut kept = serde_json::to_value(Draft::default()).unwrap();
        kept.as_object_mut().unwrap().remove("suggested");
        assert_eq!(serde_json::from_value::<Draft>(kept).unwrap(), Draft::default());
    }
}
