//! What someone signs in with beside the password, and confirming it once more.

use crate::{
    App,
    domain::{second_factors::setup, sign_in::step_up},
    error::AppError,
    http::extract::{Current, Id, body::JsonBody, cookies},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::CookieJar;
use causeway_api::{
    PersonId, Problem,
    auth::{CodeSent, ConfirmCode},
    paths::Side,
    second_factors::{
        AuthenticatorSetup, ConfirmAuthenticator, NewPasskey, PasskeyOptions, RecoveryCodes, SecondFactors,
    },
};
use std::sync::Arc;
use uuid::Uuid;

/// What the caller has set up.
#[utoipa::path(get, path = "/api/profile/second-factors",
    responses((status = 200, body = SecondFactors), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_second_factors(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<SecondFactors>, AppError> {
    Ok(Json(setup::list(&app, &actor).await?))
}

/// Begins to set up an authenticator app.
#[utoipa::path(post, path = "/api/profile/authenticator",
    responses((status = 201, body = AuthenticatorSetup), (status = "default", body = Problem)))]
pub(in crate::http) async fn begin_authenticator(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<(StatusCode, Json<AuthenticatorSetup>), AppError> {
    Ok((StatusCode::CREATED, Json(setup::begin_authenticator(&app, &actor).await?)))
}

/// Takes the first code of an authenticator app; returns recovery codes if there were none.
#[utoipa::path(put, path = "/api/profile/authenticator", request_body = ConfirmAuthenticator,
    responses((status = 200, body = RecoveryCodes), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm_authenticator(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(typed): JsonBody<ConfirmAuthenticator>,
) -> Result<Json<RecoveryCodes>, AppError> {
    Ok(Json(setup::confirm_authenticator(&app, &actor, &typed.code).await?))
}

/// Takes the authenticator app away.
#[utoipa::path(delete, path = "/api/profile/authenticator",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn remove_authenticator(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<StatusCode, AppError> {
    setup::remove_authenticator(&app, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts new recovery codes in the place of the old ones.
#[utoipa::path(post, path = "/api/profile/recovery-codes",
    responses((status = 201, body = RecoveryCodes), (status = "default", body = Problem)))]
pub(in crate::http) async fn renew_recovery_codes(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<(StatusCode, Json<RecoveryCodes>), AppError> {
    Ok((StatusCode::CREATED, Json(setup::renew_recovery_codes(&app, &actor).await?)))
}

/// Begins to make a passkey.
#[utoipa::path(post, path = "/api/profile/passkeys",
    responses((status = 201, body = PasskeyOptions), (status = "default", body = Problem)))]
pub(in crate::http) async fn begin_passkey(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<(StatusCode, Json<PasskeyOptions>), AppError> {
    Ok((StatusCode::CREATED, Json(setup::begin_passkey(&app, &actor).await?)))
}

/// Adds the passkey that a browser has made; returns recovery codes if there were none.
#[utoipa::path(put, path = "/api/profile/passkeys", request_body = NewPasskey,
    responses((status = 200, body = RecoveryCodes), (status = "default", body = Problem)))]
pub(in crate::http) async fn add_passkey(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<NewPasskey>,
) -> Result<Json<RecoveryCodes>, AppError> {
    Ok(Json(setup::add_passkey(&app, &actor, new).await?))
}

/// Takes a passkey away.
#[utoipa::path(delete, path = "/api/profile/passkeys/{passkey}",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn remove_passkey(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(passkey): Id<Uuid>,
) -> Result<StatusCode, AppError> {
    setup::remove_passkey(&app, &actor, passkey).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes everything away from a user who has lost it all.
#[utoipa::path(delete, path = "/api/admin/users/{person}/second-factors",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn reset_second_factors(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(person): Id<PersonId>,
) -> Result<StatusCode, AppError> {
    setup::reset(&app, &actor, person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks the caller to confirm once more who is there: a code is sent where there is nothing stronger.
#[utoipa::path(post, path = "/api/session/code",
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(in crate::http) async fn begin_step_up(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<CodeSent>, AppError> {
    Ok(Json(step_up::begin(&app, &actor).await?))
}

/// Takes the answer. The session has another token from now on.
#[utoipa::path(put, path = "/api/session/code", request_body = ConfirmCode,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm_step_up(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    jar: CookieJar,
    JsonBody(typed): JsonBody<ConfirmCode>,
) -> Result<impl IntoResponse, AppError> {
    let renewed = step_up::confirm(&app, &actor, &typed).await?;
    Ok((jar.add(cookies::write(cookies::session(Side::Portal), &renewed, None)), StatusCode::NO_CONTENT))
}
