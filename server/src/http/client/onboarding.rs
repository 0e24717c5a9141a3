//! How a client completes an invitation.

use crate::{
    App,
    actor::Browser,
    clock::{SECOND, Token},
    domain::onboarding,
    error::AppError,
    http::extract::{AsClient, Id, body::JsonBody, cookies},
    limits,
};
use axum::{Json, extract::State, response::IntoResponse};
use axum_extra::extract::CookieJar;
use causeway_api::{
    Problem,
    auth::{ConfirmCode, OpenLink},
    onboarding::{Onboarded, OnboardingCode, OnboardingStart, OpenedInvitation, StartOnboarding},
    paths::Side,
};
use std::sync::Arc;

fn waiting(jar: &CookieJar) -> Result<Token, AppError> {
    cookies::read(jar, cookies::ONBOARDING).ok_or(AppError::CodeSpent)
}

/// What the page of the mini program shows first.
#[utoipa::path(get, path = "/api/onboarding/{company}",
    responses((status = 200, body = OnboardingStart), (status = "default", body = Problem)))]
pub(in crate::http) async fn describe(
    State(app): State<Arc<App>>,
    Id(company): Id<String>,
) -> Result<Json<OnboardingStart>, AppError> {
    Ok(Json(onboarding::describe(&app, &company).await?))
}

/// Sends a code if the address was invited, and says the same if not.
#[utoipa::path(post, path = "/api/onboarding/{company}", request_body = StartOnboarding,
    responses((status = 200, body = OnboardingCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn start(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    Id(company): Id<String>,
    JsonBody(typed): JsonBody<StartOnboarding>,
) -> Result<impl IntoResponse, AppError> {
    let (token, sent) = onboarding::start(&app, &company, &typed, &browser).await?;
    Ok((jar.add(cookies::write(cookies::ONBOARDING, &token, None)), Json(sent)))
}

/// What the link of an invitation leads to. Nothing is sent.
#[utoipa::path(post, path = "/api/onboarding-invitation", request_body = OpenLink,
    responses((status = 200, body = OpenedInvitation), (status = "default", body = Problem)))]
pub(in crate::http) async fn open(
    State(app): State<Arc<App>>,
    jar: CookieJar,
    JsonBody(link): JsonBody<OpenLink>,
) -> Result<Json<OpenedInvitation>, AppError> {
    let session = cookies::read(&jar, cookies::session(Side::Client));
    let waiting = cookies::read(&jar, cookies::ONBOARDING);
    Ok(Json(onboarding::open(&app, &Token::presented(&link.token), session, waiting).await?))
}

/// Sends a code to the client whose invitation it is.
#[utoipa::path(put, path = "/api/onboarding-invitation", request_body = OpenLink,
    responses((status = 200, body = OnboardingCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn send(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    JsonBody(link): JsonBody<OpenLink>,
) -> Result<impl IntoResponse, AppError> {
    let (token, sent) = onboarding::send(&app, &Token::presented(&link.token), &browser).await?;
    Ok((jar.add(cookies::write(cookies::ONBOARDING, &token, None)), Json(sent)))
}

/// The code that waits in this browser. Nothing is sent.
#[utoipa::path(get, path = "/api/onboarding-code", operation_id = "waiting_onboarding_code",
    responses((status = 200, body = OnboardingCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn waiting_code(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<OnboardingCode>, AppError> {
    Ok(Json(onboarding::waiting(&app, &waiting(&jar)?).await?))
}

/// Sends another code.
#[utoipa::path(post, path = "/api/onboarding-code",
    responses((status = 200, body = OnboardingCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn resend(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
) -> Result<Json<OnboardingCode>, AppError> {
    Ok(Json(onboarding::resend(&app, &waiting(&jar)?, &browser).await?))
}

/// Takes the code: the channel is linked and the client is in.
#[utoipa::path(put, path = "/api/onboarding-code", request_body = ConfirmCode,
    responses((status = 200, body = Onboarded), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    AsClient(standing): AsClient,
    JsonBody(typed): JsonBody<ConfirmCode>,
) -> Result<impl IntoResponse, AppError> {
    let (session, done) = onboarding::confirm(&app, &waiting(&jar)?, &typed.code, &standing, browser).await?;
    let lifetime = limits::CLIENT_SESSION_LIFETIME / SECOND;
    let jar = jar.add(cookies::remove(cookies::ONBOARDING)).add(cookies::write(
        cookies::session(Side::Client),
        &session,
        Some(lifetime),
    ));
    Ok((jar, Json(done)))
}
