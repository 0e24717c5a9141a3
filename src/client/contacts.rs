//! Contacts, and inviting clients.

use super::{Result, asking, decode, get, post, put, send};
use causeway_api::{
    PersonId,
    chats::Channel,
    contacts::{
        ChannelOffer, CheckedIdentity, Contact, ContactPage, ContactQuery, Country, Identity, Invite,
        Invited, ListItem, Lists, MergeContact, NewListItem, NewNote, Profile, ShareWith,
    },
    paths,
};
use gloo_net::http::Method;
use uuid::Uuid;

fn of(path: &str, person: PersonId) -> String {
    path.replace("{person}", &person.to_string())
}

fn on(person: PersonId, channel: Channel) -> String {
    of(paths::CONTACT_CHANNEL, person).replace("{channel}", channel.as_str())
}

/// A page of the list.
pub async fn list_contacts(query: &ContactQuery) -> Result<ContactPage> {
    get(&asking(paths::CONTACTS, query)?).await
}

/// Everything about a client.
pub async fn get_contact(person: PersonId) -> Result<Contact> {
    get(&of(paths::CONTACT, person)).await
}

/// Changes a profile.
pub async fn edit_contact(person: PersonId, profile: &Profile) -> Result<Contact> {
    put(&of(paths::CONTACT, person), profile).await
}

/// Archives a client, or brings it back.
pub async fn set_archived(person: PersonId, archived: bool) -> Result<Contact> {
    let method = if archived { Method::PUT } else { Method::DELETE };
    decode(send(method, &of(paths::CONTACT_ARCHIVE, person), None).await?).await
}

/// Lets a colleague see a client, too.
pub async fn share_contact(person: PersonId, colleague: PersonId) -> Result<Contact> {
    post(&of(paths::CONTACT_SHARES, person), &ShareWith { colleague }).await
}

/// Folds another contact into this one.
pub async fn merge_contact(person: PersonId, other: PersonId) -> Result<Contact> {
    post(&of(paths::CONTACT_MERGES, person), &MergeContact { other }).await
}

/// Takes a merge back.
pub async fn undo_merge(person: PersonId, merge: Uuid) -> Result<Contact> {
    let path = of(paths::CONTACT_MERGE, person).replace("{merge}", &merge.to_string());
    decode(send(Method::DELETE, &path, None).await?).await
}

/// Adds a note.
pub async fn add_note(person: PersonId, new: &NewNote) -> Result<Contact> {
    post(&of(paths::CONTACT_NOTES, person), new).await
}

/// Sends a pending invitation once more.
pub async fn resend_invitation(person: PersonId, channel: Channel) -> Result<Invited> {
    decode(send(Method::POST, &on(person, channel), None).await?).await
}

/// Takes an invitation back, or a linked channel away.
pub async fn unlink_channel(person: PersonId, channel: Channel) -> Result<Contact> {
    decode(send(Method::DELETE, &on(person, channel), None).await?).await
}

/// The channels, and whether clients can be invited to them.
pub async fn list_channels() -> Result<Vec<ChannelOffer>> {
    get(paths::CHANNELS).await
}

/// Step 1 of inviting: checks a messaging identity.
pub async fn check_identity(identity: &Identity) -> Result<CheckedIdentity> {
    post(paths::INVITATION_IDENTITY, identity).await
}

/// Step 2: invites the client.
pub async fn invite(new: &Invite) -> Result<Invited> {
    post(paths::INVITATIONS, new).await
}

/// The lists that org admins keep.
pub async fn get_lists() -> Result<Lists> {
    get(paths::LISTS).await
}

/// Adds an entry to a list: `external-companies` or `tags`.
pub async fn add_list_item(list: &str, name: String) -> Result<ListItem> {
    post(&paths::ADMIN_LIST.replace("{list}", list), &NewListItem { name }).await
}

/// Countries and their calling codes.
pub async fn list_countries() -> Result<Vec<Country>> {
    get(paths::COUNTRIES).await
}
