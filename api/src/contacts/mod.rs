//! Contacts: clients with their profile and channels, colleagues, and inviting a client.

mod channels;
mod invite;
mod lists;
mod profile;

pub use channels::{ChannelLink, ChannelOffer, LinkState};
pub use invite::{CheckedIdentity, Identity, Invite, Invited, InvitedProfile};
pub use lists::{Country, ListItem, Lists, NewListItem};
pub use profile::Profile;

use crate::{
    Millis, PersonId,
    chats::Channel,
    page::{ContactsLimit, Page},
    people::Person,
    query::{Place, is_usual},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A contact in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContactRow {
    /// The contact as others see it.
    pub person: Person,
    /// The channels of a client.
    pub channels: Vec<(Channel, LinkState)>,
}

/// Which half of the list of contacts is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactTab {
    /// The clients whom the employee sees.
    #[default]
    Clients,
    /// The colleagues.
    Team,
}

words! {
    /// What a client's channels are like.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum ContactState {
        /// One waits for the client.
        Pending = "pending",
        /// One is linked.
        Linked = "linked",
        /// There is none.
        None = "none",
    }
}

/// Which contacts are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactQuery {
    /// Clients or colleagues.
    #[serde(skip_serializing_if = "is_usual")]
    pub tab: ContactTab,
    /// Words in name, phone, e-mail, company or tag.
    #[serde(skip_serializing_if = "is_usual")]
    pub search: String,
    /// Only clients with a channel in that state.
    #[serde(skip_serializing_if = "is_usual")]
    pub state: Option<ContactState>,
    /// Only clients with that tag.
    #[serde(skip_serializing_if = "is_usual")]
    pub tag: Option<Uuid>,
    /// Only clients of that external company.
    #[serde(skip_serializing_if = "is_usual")]
    pub company: Option<Uuid>,
    /// Where the page begins: the number of a place, the first is 0.
    #[serde(skip_serializing_if = "is_usual")]
    pub cursor: Place,
    /// How many at most.
    #[serde(skip_serializing_if = "is_usual")]
    pub limit: ContactsLimit,
}

/// A page of the list of contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContactPage {
    /// The contacts.
    #[serde(flatten)]
    pub page: Page<ContactRow>,
    /// The index: a letter, and the place of the first contact under it.
    pub index: Vec<(String, usize)>,
}

/// A note about a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Note {
    /// The id, made by the page that wrote it.
    pub id: Uuid,
    /// Who wrote it.
    pub author: String,
    /// When it was written.
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
    /// The contact as others see it.
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
    /// The name of the employee who merged them.
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
