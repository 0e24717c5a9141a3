//! Signing in and out, and the welcome link.

use crate::{
    App,
    actor::Browser,
    clock::Token,
    domain::sign_in::{
        login::{self, Presented},
        password_change, password_reset,
        sessions::{self, Standing},
        welcome,
    },
    error::AppError,
    http::extract::{Current, InPortal, body::JsonBody, cookies},
    store::CodePurpose,
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::CookieJar;
use causeway_api::{
    Problem,
    auth::{
        ChangePassword, CodeSent, ConfirmCode, ForgotPassword, LogIn, OpenLink, Session, SetPassword, Welcome,
    },
    paths::Side,
};
use std::sync::Arc;

/// A browser stays known for a year.
pub(in crate::http) const DEVICE_SECONDS: i64 = 365 * 24 * 60 * 60;

pub(in crate::http) fn presented(jar: &CookieJar) -> Presented {
    Presented {
        challenge: cookies::read(jar, cookies::CHALLENGE),
        device: cookies::read(jar, cookies::DEVICE),
        standing: Standing::default(),
    }
}

/// The same at a door that opens a session.
pub(in crate::http) fn presented_over(jar: &CookieJar, InPortal(standing): InPortal) -> Presented {
    Presented { standing, ..presented(jar) }
}

/// Checks company, user name and password, and sends a code.
#[utoipa::path(post, path = "/api/login", request_body = LogIn,
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(in crate::http) async fn log_in(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    JsonBody(typed): JsonBody<LogIn>,
) -> Result<impl IntoResponse, AppError> {
    let (challenge, sent) = login::start(&app, typed, presented(&jar), browser).await?;
    Ok((jar.add(cookies::write(cookies::CHALLENGE, &challenge, None)), Json(sent)))
}

/// Takes the code and opens the session.
#[utoipa::path(post, path = "/api/login/code", request_body = ConfirmCode,
    responses((status = 200, body = Session), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm_code(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    standing: InPortal,
    JsonBody(typed): JsonBody<ConfirmCode>,
) -> Result<impl IntoResponse, AppError> {
    let signed_in = login::confirm(&app, &typed, presented_over(&jar, standing), browser.clone()).await?;
    let actor = sessions::resume(&app, &signed_in.session, Side::Portal, browser).await?;
    let session = sessions::describe(&app, &actor).await?;
    let mut jar = jar.add(cookies::remove(cookies::CHALLENGE)).add(cookies::write(
        cookies::session(Side::Portal),
        &signed_in.session,
        None,
    ));
    if let Some(device) = signed_in.device {
        jar = jar.add(cookies::write(cookies::DEVICE, &device, Some(DEVICE_SECONDS)));
    }
    Ok((jar, Json(session)))
}

/// The sign-in that waits in this browser for its code. Nothing is sent.
#[utoipa::path(get, path = "/api/login/code",
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(in crate::http) async fn waiting_code(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<CodeSent>, AppError> {
    let challenge = presented(&jar).challenge.ok_or(AppError::CodeSpent)?;
    Ok(Json(login::waiting(&app, CodePurpose::SignIn, challenge.hash()).await?))
}

/// Sends another code.
#[utoipa::path(post, path = "/api/login/resend",
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(in crate::http) async fn resend_code(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<CodeSent>, AppError> {
    let challenge = presented(&jar).challenge.ok_or(AppError::CodeSpent)?;
    Ok(Json(login::resend(&app, CodePurpose::SignIn, challenge.hash()).await?))
}

/// Who is signed in.
#[utoipa::path(get, path = "/api/session",
    responses((status = 200, body = Session), (status = "default", body = Problem)))]
pub(in crate::http) async fn who_am_i(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<Session>, AppError> {
    Ok(Json(sessions::describe(&app, &actor).await?))
}

/// Signs out: cookie, session and sockets end, and the browser forgets what it kept.
#[utoipa::path(delete, path = "/api/session",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn sign_out(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    jar: CookieJar,
) -> Result<impl IntoResponse, AppError> {
    sessions::close(&app, &actor).await?;
    Ok((
        jar.add(cookies::remove(cookies::session(Side::Portal))),
        cookies::FORGET_SITE_DATA,
        StatusCode::NO_CONTENT,
    ))
}

/// Sends a link to someone who has forgotten the password; the answer is the same for everyone.
#[utoipa::path(post, path = "/api/password-reset", request_body = ForgotPassword,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn forgot_password(
    State(app): State<Arc<App>>,
    browser: Browser,
    JsonBody(typed): JsonBody<ForgotPassword>,
) -> Result<StatusCode, AppError> {
    password_reset::request(&app, &typed.company, &typed.username, &browser).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a reset link is for.
#[utoipa::path(post, path = "/api/password-reset/link", request_body = OpenLink,
    responses((status = 200, body = Welcome), (status = "default", body = Problem)))]
pub(in crate::http) async fn open_reset(
    State(app): State<Arc<App>>,
    JsonBody(link): JsonBody<OpenLink>,
) -> Result<Json<Welcome>, AppError> {
    Ok(Json(password_reset::describe(&app, &Token::presented(&link.token)).await?))
}

/// Sets another password with a reset link. It does not sign in.
#[utoipa::path(put, path = "/api/password-reset/link", request_body = SetPassword,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn reset_password(
    State(app): State<Arc<App>>,
    browser: Browser,
    JsonBody(new): JsonBody<SetPassword>,
) -> Result<StatusCode, AppError> {
    password_reset::complete(&app, &Token::presented(&new.token), new.password, browser).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets another password for whoever is signed in; the other sessions end.
#[utoipa::path(put, path = "/api/profile/password", request_body = ChangePassword,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn change_password(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    JsonBody(new): JsonBody<ChangePassword>,
) -> Result<StatusCode, AppError> {
    password_change::change(&app, &actor, new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a welcome link is for.
#[utoipa::path(post, path = "/api/welcome", request_body = OpenLink,
    responses((status = 200, body = Welcome), (status = "default", body = Problem)))]
pub(in crate::http) async fn open_welcome(
    State(app): State<Arc<App>>,
    JsonBody(link): JsonBody<OpenLink>,
) -> Result<Json<Welcome>, AppError> {
    Ok(Json(welcome::describe(&app, &Token::presented(&link.token)).await?))
}

/// Sets the first password with a welcome link.
#[utoipa::path(post, path = "/api/welcome/password", request_body = SetPassword,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn set_password(
    State(app): State<Arc<App>>,
    JsonBody(new): JsonBody<SetPassword>,
) -> Result<StatusCode, AppError> {
    welcome::set_password(&app, &Token::presented(&new.token), new.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
