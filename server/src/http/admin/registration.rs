//! Public registration: its settings, and what registrants go through.

use crate::{
    App,
    actor::Browser,
    clock::Token,
    domain::registration,
    error::AppError,
    http::extract::{Current, Id, InPortal, body::JsonBody, cookies},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::CookieJar;
use causeway_api::{
    Problem,
    paths::Side,
    registration::{
        ChangeRegistration, ConfirmRegistration, Register, Registered, Registration, RegistrationCode,
        RegistrationForm,
    },
};
use std::sync::Arc;

/// The settings of public registration.
#[utoipa::path(get, path = "/api/admin/registration",
    responses((status = 200, body = Registration), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_registration(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Registration>, AppError> {
    Ok(Json(registration::get(&app, &actor).await?))
}

/// Changes the settings.
#[utoipa::path(put, path = "/api/admin/registration", request_body = ChangeRegistration,
    responses((status = 200, body = Registration), (status = "default", body = Problem)))]
pub(in crate::http) async fn change_registration(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<ChangeRegistration>,
) -> Result<Json<Registration>, AppError> {
    Ok(Json(registration::change(&app, &actor, new).await?))
}

/// Makes another registration link.
#[utoipa::path(post, path = "/api/admin/registration/link",
    responses((status = 200, body = Registration), (status = "default", body = Problem)))]
pub(in crate::http) async fn renew_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Registration>, AppError> {
    Ok(Json(registration::renew_link(&app, &actor).await?))
}

/// The form at a registration link.
#[utoipa::path(get, path = "/api/registration/{token}",
    responses((status = 200, body = RegistrationForm), (status = "default", body = Problem)))]
pub(in crate::http) async fn describe_form(
    State(app): State<Arc<App>>,
    browser: Browser,
    Id(token): Id<String>,
) -> Result<Json<RegistrationForm>, AppError> {
    Ok(Json(registration::describe(&app, &token, &browser).await?))
}

/// Name and e-mail: sends a code, and says the same to everyone.
#[utoipa::path(post, path = "/api/registration/{token}", request_body = Register,
    responses((status = 200, body = RegistrationCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn register(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    Id(link): Id<String>,
    JsonBody(typed): JsonBody<Register>,
) -> Result<impl IntoResponse, AppError> {
    let earlier = cookies::read(&jar, cookies::REGISTRATION);
    let (token, sent) = registration::begin(&app, &link, &typed, earlier, &browser).await?;
    Ok((jar.add(cookies::write(cookies::REGISTRATION, &token, None)), Json(sent)))
}

fn waiting(jar: &CookieJar) -> Result<Token, AppError> {
    cookies::read(jar, cookies::REGISTRATION).ok_or(AppError::CodeSpent)
}

/// The code that waits in this browser. Nothing is sent.
#[utoipa::path(get, path = "/api/registration-code", operation_id = "waiting_registration_code",
    responses((status = 200, body = RegistrationCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn waiting_code(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<RegistrationCode>, AppError> {
    Ok(Json(registration::waiting(&app, &waiting(&jar)?).await?))
}

/// Another code.
#[utoipa::path(post, path = "/api/registration-code",
    responses((status = 200, body = RegistrationCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn resend_code(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<RegistrationCode>, AppError> {
    Ok(Json(registration::resend(&app, &waiting(&jar)?).await?))
}

/// The code: lets the registrant in.
#[utoipa::path(put, path = "/api/registration-code", request_body = ConfirmRegistration,
    responses((status = 200, body = Registered), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm_code(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    InPortal(standing): InPortal,
    JsonBody(typed): JsonBody<ConfirmRegistration>,
) -> Result<impl IntoResponse, AppError> {
    let (session, done) = registration::confirm(&app, &waiting(&jar)?, typed, &standing, browser).await?;
    let jar = jar.add(cookies::remove(cookies::REGISTRATION)).add(cookies::write(
        cookies::session(Side::Portal),
        &session,
        None,
    ));
    Ok((StatusCode::OK, jar, Json(done)))
}
