//! Contacts: clients with their profile and channels, colleagues, and inviting a client.

use crate::{
    Millis, PersonId,
    chats::Channel,
    deliveries::Undelivered,
    people::Person,
    validate::{self, Fault},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far a channel of a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// The client was invited and has not completed the invitation.
    Pending,
    /// Messages can go both ways.
    Linked,
}

impl LinkState {
    /// The state's word in the database, in queries, and at the end of its text's id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Linked => "linked",
        }
    }
}

/// A channel of a client. One that is neither pending nor linked has no row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChannelLink {
    /// Whose: the contact itself, or one that was folded into it.
    pub person: PersonId,
    /// Which.
    pub channel: Channel,
    /// How far it is.
    pub state: LinkState,
    /// The number or address the client is known by there.
    pub address: String,
    /// When the invitation was sent last.
    pub invited_at: Millis,
    /// Until when it can be completed.
    pub expires_at: Millis,
    /// When it was completed.
    pub linked_at: Option<Millis>,
    /// Invitations that can still be sent today.
    pub sends_left: i64,
    /// Addresses that a pending invitation did not reach.
    #[serde(default)]
    pub undelivered: Vec<Undelivered>,
}

/// A channel, and whether clients can be invited to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChannelOffer {
    /// Which.
    pub channel: Channel,
    /// Whether the company has set it up.
    pub is_configured: bool,
    /// Whether the client is invited by a mail address instead of a phone number.
    pub by_email: bool,
}

/// An entry of a list that org admins keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListItem {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// The lists that org admins keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lists {
    /// The companies that clients belong to.
    pub external_companies: Vec<ListItem>,
    /// Tags.
    pub tags: Vec<ListItem>,
    /// The languages that the company supports for clients.
    pub languages: Vec<String>,
}

/// A new entry of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewListItem {
    /// Its name.
    pub name: String,
}

/// A country and its calling code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// Without the plus sign.
    pub calling: i32,
}

/// The profile of a client, as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail; empty when unknown.
    pub email: String,
    /// Phone in E.164; empty when unknown.
    pub phone: String,
    /// ISO 3166-1 alpha-2; empty when unknown.
    pub country: String,
    /// One of our languages; empty when unknown.
    pub language: String,
    /// The external company.
    pub external_company: Option<Uuid>,
    /// Tags.
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
            faults.push(("first_name", "fault-required"));
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

/// A contact in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContactRow {
    /// Who.
    pub person: Person,
    /// The channels of a client.
    pub channels: Vec<(Channel, LinkState)>,
}

/// A stretch of the list of contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContactPage {
    /// The contacts from the asked-for place on.
    pub contacts: Vec<ContactRow>,
    /// How many there are in all.
    pub total: usize,
    /// The index: a letter, and the place of the first contact under it.
    pub index: Vec<(String, usize)>,
}

/// A note about a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Note {
    /// Which.
    pub id: Uuid,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: Millis,
    /// Plain text.
    pub text: String,
}

/// A new note.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// Made by the page: the same note sent twice is one note.
    pub id: Uuid,
    /// Plain text.
    pub text: String,
}

/// Everything about a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Contact {
    /// Who.
    pub person: Person,
    /// The profile.
    pub profile: Profile,
    /// The channels.
    pub channels: Vec<ChannelLink>,
    /// The employees who see this client.
    pub shared_with: Vec<Person>,
    /// The notes, newest first.
    pub notes: Vec<Note>,
    /// When it was archived.
    pub archived_at: Option<Millis>,
    /// Other clients with the same phone number or mail address.
    pub duplicates: Vec<Person>,
    /// The contacts that were folded into this one, newest first.
    pub merged: Vec<MergedContact>,
    /// This contact, and those folded into it: who takes part in its conversations.
    pub aliases: Vec<PersonId>,
}

/// A contact that was folded into another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MergedContact {
    /// The merge, which can be taken back.
    pub id: Uuid,
    /// The name it had.
    pub name: String,
    /// When it was folded in.
    pub at: Millis,
    /// By whom.
    pub by: String,
}

/// Folding another contact into this one: this one is kept.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeContact {
    /// The contact that disappears into this one.
    pub other: PersonId,
}

/// Sharing a client with a colleague.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareWith {
    /// The colleague.
    pub colleague: PersonId,
}

/// Step 1 of inviting a client: the messaging identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The initial channel.
    pub channel: Channel,
    /// The country that a number without a country code belongs to.
    #[serde(default)]
    pub country: String,
    /// The phone number as typed; empty in a flow by mail.
    #[serde(default)]
    pub phone: String,
    /// The mail address; empty in a flow by phone.
    #[serde(default)]
    pub email: String,
}

/// What the server says of a messaging identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CheckedIdentity {
    /// The number in E.164, or the address.
    pub address: String,
    /// The client who has it already, among those shared with the caller.
    pub known: Option<Person>,
    /// The country of a phone number.
    pub country: String,
    /// The language that a phone number suggests.
    pub language: String,
}

/// Step 2: whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum InvitedProfile {
    /// A client who is in Causeway already.
    Existing {
        /// Who.
        person: PersonId,
    },
    /// A new one.
    New {
        /// The profile.
        profile: Profile,
    },
}

/// Inviting a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The messaging identity.
    pub identity: Identity,
    /// Whose it is.
    pub profile: InvitedProfile,
}

/// An invitation that was made: the contact, and for the Causeway app the link to show in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Invited {
    /// The client.
    pub contact: Contact,
    /// The address behind the QR code, where there is one.
    pub link: Option<String>,
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties;
