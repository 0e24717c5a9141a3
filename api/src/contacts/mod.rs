//! Contacts: clients with their profile and channels, colleagues, and inviting a client.

mod channels;
mod invite;
mod lists;
mod profile;

pub use channels::{ChannelLink, ChannelOffer, LinkState};
pub use invite::{CheckedIdentity, Identity, Invite, Invited, InvitedProfile};
pub use lists::{Country, ListItem, Lists, NewListItem};
pub use profile::Profile;

use crate::{Millis, PersonId, chats::Channel, people::Person};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties;
