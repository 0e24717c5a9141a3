//! Connected devices, and linking one: at the portal, and on the phone.

use super::auth::{DEVICE_SECONDS, presented, presented_over};
use crate::{
    App,
    actor::Browser,
    clock::Token,
    domain::{
        devices::{self, activation, link},
        sign_in::sessions,
    },
    error::AppError,
    http::extract::{Current, Id, InPortal, body::JsonBody, cookies},
};
use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::CookieJar;
use causeway_api::{
    Problem,
    auth::{CodeSent, ConfirmCode, Session},
    devices::{
        Activation, ActivationLogIn, ConfirmNumber, DeviceLink, DeviceList, LinkCode, OpenActivation,
        RenameDevice, ThisDevice,
    },
    paths::Side,
};
use std::sync::Arc;
use uuid::Uuid;

fn claim(jar: &CookieJar) -> Result<Token, AppError> {
    cookies::read(jar, cookies::ACTIVATION).ok_or(AppError::CodeSpent)
}

/// The connected devices of the caller.
#[utoipa::path(get, path = "/api/devices",
    responses((status = 200, body = DeviceList), (status = "default", body = Problem)))]
pub(in crate::http) async fn list_devices(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<Json<DeviceList>, AppError> {
    Ok(Json(devices::list(&app, &actor).await?))
}

/// Signs every other device out.
#[utoipa::path(delete, path = "/api/devices",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn unlink_other_devices(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<StatusCode, AppError> {
    devices::unlink_others(&app, &actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a device another name.
#[utoipa::path(put, path = "/api/devices/{device}", request_body = RenameDevice,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn rename_device(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(device): Id<Uuid>,
    JsonBody(new): JsonBody<RenameDevice>,
) -> Result<StatusCode, AppError> {
    devices::rename(&app, &actor, device, &new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs a device out; a linked one has to be linked again.
#[utoipa::path(delete, path = "/api/devices/{device}",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn unlink_device(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(device): Id<Uuid>,
) -> Result<StatusCode, AppError> {
    devices::unlink(&app, &actor, device).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a code that links one device.
#[utoipa::path(post, path = "/api/device-links",
    responses((status = 201, body = LinkCode), (status = "default", body = Problem)))]
pub(in crate::http) async fn begin_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
) -> Result<(StatusCode, Json<LinkCode>), AppError> {
    Ok((StatusCode::CREATED, Json(link::begin(&app, &actor).await?)))
}

/// How far a link is.
#[utoipa::path(get, path = "/api/device-links/{link}",
    responses((status = 200, body = DeviceLink), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(link): Id<Uuid>,
) -> Result<Json<DeviceLink>, AppError> {
    Ok(Json(link::one(&app, &actor, link).await?))
}

/// Compares the number that the phone shows; a wrong one refuses the device.
#[utoipa::path(put, path = "/api/device-links/{link}", request_body = ConfirmNumber,
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(link): Id<Uuid>,
    JsonBody(typed): JsonBody<ConfirmNumber>,
) -> Result<StatusCode, AppError> {
    link::confirm(&app, &actor, link, &typed.number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses a device, or takes a code back.
#[utoipa::path(delete, path = "/api/device-links/{link}",
    responses((status = 204), (status = "default", body = Problem)))]
pub(in crate::http) async fn refuse_link(
    State(app): State<Arc<App>>,
    Current(actor): Current,
    Id(link): Id<Uuid>,
) -> Result<StatusCode, AppError> {
    link::refuse(&app, &actor, link).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether this device is linked.
#[utoipa::path(get, path = "/api/activation/device",
    responses((status = 200, body = ThisDevice), (status = "default", body = Problem)))]
pub(in crate::http) async fn this_device(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<ThisDevice>, AppError> {
    Ok(Json(activation::this_device(&app, presented(&jar).device.as_ref()).await?))
}

/// How far the link of this phone is.
#[utoipa::path(get, path = "/api/activation",
    responses((status = 200, body = Activation), (status = "default", body = Problem)))]
pub(in crate::http) async fn get_activation(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<Activation>, AppError> {
    Ok(Json(activation::one(&app, cookies::read(&jar, cookies::ACTIVATION).as_ref()).await?))
}

/// Shows a code or the secret of a QR code.
#[utoipa::path(post, path = "/api/activation", request_body = OpenActivation,
    responses((status = 200, body = Activation), (status = "default", body = Problem)))]
pub(in crate::http) async fn open_activation(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    JsonBody(shown): JsonBody<OpenActivation>,
) -> Result<impl IntoResponse, AppError> {
    let (token, activation) = activation::open(&app, &shown, browser).await?;
    Ok((jar.add(cookies::write(cookies::ACTIVATION, &token, None)), Json(activation)))
}

/// Checks user name and password on the phone, and sends a sign-in code.
#[utoipa::path(post, path = "/api/activation/login", request_body = ActivationLogIn,
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(in crate::http) async fn activation_log_in(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    JsonBody(typed): JsonBody<ActivationLogIn>,
) -> Result<Json<CodeSent>, AppError> {
    Ok(Json(activation::log_in(&app, &claim(&jar)?, typed, presented(&jar), browser).await?))
}

/// Sends another sign-in code to whoever links a phone.
#[utoipa::path(post, path = "/api/activation/code",
    responses((status = 200, body = CodeSent), (status = "default", body = Problem)))]
pub(in crate::http) async fn resend_activation_code(
    State(app): State<Arc<App>>,
    jar: CookieJar,
) -> Result<Json<CodeSent>, AppError> {
    Ok(Json(activation::resend(&app, &claim(&jar)?).await?))
}

/// Takes the sign-in code on the phone; returns the number to compare.
#[utoipa::path(put, path = "/api/activation/code", request_body = ConfirmCode,
    responses((status = 200, body = Activation), (status = "default", body = Problem)))]
pub(in crate::http) async fn confirm_activation_code(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    JsonBody(typed): JsonBody<ConfirmCode>,
) -> Result<Json<Activation>, AppError> {
    Ok(Json(activation::confirm_code(&app, &claim(&jar)?, &typed, browser).await?))
}

/// Comes in, once the number was right at the portal.
#[utoipa::path(post, path = "/api/activation/session",
    responses((status = 200, body = Session), (status = "default", body = Problem)))]
pub(in crate::http) async fn finish_activation(
    State(app): State<Arc<App>>,
    browser: Browser,
    jar: CookieJar,
    standing: InPortal,
) -> Result<impl IntoResponse, AppError> {
    let presented = presented_over(&jar, standing);
    let linked = activation::finish(&app, &claim(&jar)?, presented, browser.clone()).await?;
    let actor = sessions::resume(&app, &linked.session, Side::Portal, browser).await?;
    let session = sessions::describe(&app, &actor).await?;
    let mut jar = jar.add(cookies::remove(cookies::ACTIVATION)).add(cookies::write(
        cookies::session(Side::Portal),
        &linked.session,
        None,
    ));
    if let Some(device) = linked.device {
        jar = jar.add(cookies::write(cookies::DEVICE, &device, Some(DEVICE_SECONDS)));
    }
    Ok((jar, Json(session)))
}
