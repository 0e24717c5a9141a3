//! Contacts, inviting clients, and the lists that org admins keep.

use crate::{
    App,
    domain::contacts::{self, invites, lists, merges},
    error::AppError,
    http::extract::{Current, Id, body::JsonBody, query::Query},
    input::phones,
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    PersonId, Problem,
    chats::Channel,
    contacts::{
        ChannelOffer, CheckedIdentity, Contact, ContactPage, ContactQuery, Country, Identity, Invite,
        Invited, ListItem, Lists, MergeContact, NewListItem, NewNote, Profile, ShareWith,
    },
};
use std::sync::Arc;
use uuid::Uuid;

/// A channel in the path.
fn channel(word: &str) -> Result<Channel, AppError> {
    Channel::parse(word).ok_or(AppError::NotFound)
}

/// The contacts of the caller, by name.
#[utoipa::path(get, path = "/api/contacts",
    responses((status = 200, body = ContactPage), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_contacts(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<ContactQuery>,
) -> Result<Json<ContactPage>, AppError> {
    Ok(Json(contacts::list(&app, &actor, &query).await?))
}

/// Everything about a client.
#[utoipa::path(get, path = "/api/contacts/{person}",
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_contact(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(contacts::one(&app, &actor, person).await?))
}

/// Changes a profile.
#[utoipa::path(put, path = "/api/contacts/{person}", request_body = Profile,
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn edit_contact(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
    JsonBody(new): JsonBody<Profile>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(contacts::edit(&app, &actor, person, new).await?))
}

/// Archives a client.
#[utoipa::path(put, path = "/api/contacts/{person}/archive",
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn archive_contact(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(contacts::set_archived(&app, &actor, person, true).await?))
}

/// Brings a client back.
#[utoipa::path(delete, path = "/api/contacts/{person}/archive",
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn restore_contact(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(contacts::set_archived(&app, &actor, person, false).await?))
}

/// Lets a colleague see a client, too.
#[utoipa::path(post, path = "/api/contacts/{person}/shares", request_body = ShareWith,
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn share_contact(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
    JsonBody(with): JsonBody<ShareWith>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(contacts::share(&app, &actor, person, with.colleague).await?))
}

/// Folds another contact into this one.
#[utoipa::path(post, path = "/api/contacts/{person}/merges", request_body = MergeContact,
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn merge_contact(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
    JsonBody(new): JsonBody<MergeContact>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(merges::merge(&app, &actor, person, new.other).await?))
}

/// Takes a merge back.
#[utoipa::path(delete, path = "/api/contacts/{person}/merges/{merge}",
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn undo_merge(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((person, merge)): Id<(PersonId, Uuid)>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(merges::undo(&app, &actor, person, merge).await?))
}

/// Adds a note.
#[utoipa::path(post, path = "/api/contacts/{person}/notes", request_body = NewNote,
    responses((status = 201, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn add_note(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
    JsonBody(new): JsonBody<NewNote>,
) -> Result<(StatusCode, Json<Contact>), AppError> {
    Ok((StatusCode::CREATED, Json(contacts::add_note(&app, &actor, person, new).await?)))
}

/// Sends a pending invitation once more.
#[utoipa::path(post, path = "/api/contacts/{person}/channels/{channel}",
    responses((status = 200, body = Invited), (status = "default", body = Problem)))]
pub(in crate::http) async fn resend_invitation(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((person, word)): Id<(PersonId, String)>,
) -> Result<Json<Invited>, AppError> {
    Ok(Json(invites::resend(&app, &actor, person, channel(&word)?).await?))
}

/// Takes an invitation back, or a linked channel away.
#[utoipa::path(delete, path = "/api/contacts/{person}/channels/{channel}",
    responses((status = 200, body = Contact), (status = "default", body = Problem)))]
pub(in crate::http) async fn unlink_channel(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id((person, word)): Id<(PersonId, String)>,
) -> Result<Json<Contact>, AppError> {
    Ok(Json(invites::unlink(&app, &actor, person, channel(&word)?).await?))
}

/// The channels, and whether clients can be invited to them.
#[utoipa::path(get, path = "/api/channels",
    responses((status = 200, body = Vec<ChannelOffer>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_channels(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Vec<ChannelOffer>>, AppError> {
    Ok(Json(invites::channels(&app, &actor).await?))
}

/// Step 1 of inviting: checks a messaging identity.
#[utoipa::path(post, path = "/api/invitations/identity", request_body = Identity,
    responses((status = 200, body = CheckedIdentity), (status = "default", body = Problem)))]
pub(in crate::http) async fn check_identity(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(identity): JsonBody<Identity>,
) -> Result<Json<CheckedIdentity>, AppError> {
    Ok(Json(invites::check(&app, &actor, &identity).await?))
}

/// Step 2: invites the client.
#[utoipa::path(post, path = "/api/invitations", request_body = Invite,
    responses((status = 201, body = Invited), (status = "default", body = Problem)))]
pub(in crate::http) async fn invite(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<Invite>,
) -> Result<(StatusCode, Json<Invited>), AppError> {
    Ok((StatusCode::CREATED, Json(invites::invite(&app, &actor, new).await?)))
}

/// The lists that org admins keep.
#[utoipa::path(get, path = "/api/lists",
    responses((status = 200, body = Lists), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_lists(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Lists>, AppError> {
    Ok(Json(lists::lists(&app, &actor).await?))
}

/// Adds an entry to a list.
#[utoipa::path(post, path = "/api/admin/lists/{list}", request_body = NewListItem,
    responses((status = 201, body = ListItem), (status = "default", body = Problem)))]
pub(in crate::http) async fn add_list_item(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(list): Id<String>,
    JsonBody(new): JsonBody<NewListItem>,
) -> Result<(StatusCode, Json<ListItem>), AppError> {
    Ok((StatusCode::CREATED, Json(lists::add_list_item(&app, &actor, &list, &new.name).await?)))
}

/// Countries and their calling codes; the same for everyone.
#[utoipa::path(get, path = "/api/countries",
    responses((status = 200, body = Vec<Country>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_countries() -> Json<Vec<Country>> {
    Json(phones::countries())
}
