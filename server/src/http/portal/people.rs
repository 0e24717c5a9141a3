//! The people of a company and their links.

use crate::{
    App,
    domain::{chats, contacts::personal_links, users::own},
    error::AppError,
    http::extract::{Current, Id, body::JsonBody},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{PersonId, Problem, auth::UpdateProfile, chats::ClientLink, people::Person};
use std::sync::Arc;

/// Everyone the caller can write to.
#[utoipa::path(get, path = "/api/people",
    responses((status = 200, body = Vec<Person>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_people(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Vec<Person>>, AppError> {
    Ok(Json(chats::people(&app, &actor).await?))
}

/// The language the caller reads.
#[utoipa::path(put, path = "/api/profile", request_body = UpdateProfile,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn update_profile(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<UpdateProfile>,
) -> Result<StatusCode, AppError> {
    own::set_language(&app, &actor, new.language).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new personal link for a client, shown once.
#[utoipa::path(post, path = "/api/people/{person}/links",
    responses((status = 201, body = ClientLink), (status = "default", body = Problem)))]
pub(in crate::http) async fn create_client_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<(StatusCode, Json<ClientLink>), AppError> {
    Ok((StatusCode::CREATED, Json(personal_links::create(&app, &actor, person).await?)))
}

/// Withdraws every personal link of a client.
#[utoipa::path(delete, path = "/api/people/{person}/links",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn revoke_client_links(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<StatusCode, AppError> {
    personal_links::revoke(&app, &actor, person).await?;
    Ok(StatusCode::NO_CONTENT)
}
