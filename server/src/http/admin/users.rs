//! Users, importing them, clients for admins, and the plan.

use crate::{
    App,
    domain::{
        contacts::admin,
        users::{self, import},
    },
    error::AppError,
    http::extract::{Current, Id, body::JsonBody, query::Query},
};
use axum::{Json, extract::State, http::StatusCode};
use causeway_api::{
    ImportId, PersonId, Problem,
    page::Page,
    users::{
        AdminClient, AdminClientQuery, ImportFile, ImportReport, License, TransferClient, User, UserForm,
        UserImport, UserQuery,
    },
};
use std::sync::Arc;

/// The users of the company.
#[utoipa::path(get, path = "/api/admin/users",
    responses((status = 200, body = Page<User>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_users(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<UserQuery>,
) -> Result<Json<Page<User>>, AppError> {
    Ok(Json(users::list(&app, &actor, &query).await?))
}

/// Creates a user.
#[utoipa::path(post, path = "/api/admin/users", request_body = UserForm,
    responses((status = 201, body = User), (status = "default", body = Problem)))]
pub(in crate::http) async fn create_user(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(form): JsonBody<UserForm>,
) -> Result<(StatusCode, Json<User>), AppError> {
    Ok((StatusCode::CREATED, Json(users::create(&app, &actor, &form).await?)))
}

/// Changes a user.
#[utoipa::path(put, path = "/api/admin/users/{person}", request_body = UserForm,
    responses((status = 200, body = User), (status = "default", body = Problem)))]
pub(in crate::http) async fn edit_user(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
    JsonBody(form): JsonBody<UserForm>,
) -> Result<Json<User>, AppError> {
    Ok(Json(users::edit(&app, &actor, person, form).await?))
}

/// Deactivates a user.
#[utoipa::path(put, path = "/api/admin/users/{person}/inactive",
    responses((status = 200, body = User), (status = "default", body = Problem)))]
pub(in crate::http) async fn deactivate_user(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<Json<User>, AppError> {
    Ok(Json(users::deactivate(&app, &actor, person).await?))
}

/// Makes a user active again.
#[utoipa::path(delete, path = "/api/admin/users/{person}/inactive",
    responses((status = 200, body = User), (status = "default", body = Problem)))]
pub(in crate::http) async fn reactivate_user(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<Json<User>, AppError> {
    Ok(Json(users::reactivate(&app, &actor, person).await?))
}

/// Sends a user a link to set the password.
#[utoipa::path(post, path = "/api/admin/users/{person}/password-link",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn send_password_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<StatusCode, AppError> {
    users::send_password_link(&app, &actor, person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What importing a file would do.
#[utoipa::path(post, path = "/api/admin/user-import/preview", request_body = ImportFile,
    responses((status = 200, body = ImportReport), (status = "default", body = Problem)))]
pub(in crate::http) async fn preview_import(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(file): JsonBody<ImportFile>,
) -> Result<Json<ImportReport>, AppError> {
    Ok(Json(import::preview(&app, &actor, file.csv).await?))
}

/// Imports a file of users, behind the response.
#[utoipa::path(post, path = "/api/admin/user-import", request_body = ImportFile,
    responses((status = 202, body = UserImport), (status = "default", body = Problem)))]
pub(in crate::http) async fn start_import(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(file): JsonBody<ImportFile>,
) -> Result<(StatusCode, Json<UserImport>), AppError> {
    Ok((StatusCode::ACCEPTED, Json(import::start(&app, &actor, file).await?)))
}

/// The newest imports of the company.
#[utoipa::path(get, path = "/api/admin/user-import",
    responses((status = 200, body = Vec<UserImport>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_imports(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Vec<UserImport>>, AppError> {
    Ok(Json(import::list(&app, &actor).await?))
}

/// The rows of an import.
#[utoipa::path(get, path = "/api/admin/user-import/{import}",
    responses((status = 200, body = ImportReport), (status = "default", body = Problem)))]
pub(in crate::http) async fn import_report(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(import): Id<ImportId>,
) -> Result<Json<ImportReport>, AppError> {
    Ok(Json(import::report(&app, &actor, import).await?))
}

/// Stops an import.
#[utoipa::path(delete, path = "/api/admin/user-import/{import}",
    responses((status = 200, body = UserImport), (status = "default", body = Problem)))]
pub(in crate::http) async fn cancel_import(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(import): Id<ImportId>,
) -> Result<Json<UserImport>, AppError> {
    Ok(Json(import::cancel(&app, &actor, import).await?))
}

/// The plan and its limits.
#[utoipa::path(get, path = "/api/admin/license",
    responses((status = 200, body = License), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_license(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<License>, AppError> {
    Ok(Json(users::license(&app, &actor).await?))
}

/// Every client of the company.
#[utoipa::path(get, path = "/api/admin/clients",
    responses((status = 200, body = Page<AdminClient>), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_clients(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Query(query): Query<AdminClientQuery>,
) -> Result<Json<Page<AdminClient>>, AppError> {
    Ok(Json(admin::list(&app, &actor, &query).await?))
}

/// Hands a client over to another employee.
#[utoipa::path(post, path = "/api/admin/clients/{person}/transfer", request_body = TransferClient,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn transfer_client(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
    JsonBody(new): JsonBody<TransferClient>,
) -> Result<StatusCode, AppError> {
    admin::transfer(&app, &actor, person, new.to).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Archives a client.
#[utoipa::path(put, path = "/api/admin/clients/{person}/archive",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn archive_client(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<StatusCode, AppError> {
    admin::set_archived(&app, &actor, person, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Brings an archived client back.
#[utoipa::path(delete, path = "/api/admin/clients/{person}/archive",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn restore_client(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<StatusCode, AppError> {
    admin::set_archived(&app, &actor, person, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
