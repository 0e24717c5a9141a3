//! The whole URL table, and the layers around it.

mod assets;
mod audit;
mod auth;
mod chats;
mod client;
mod contacts;
mod cookies;
mod devices;
mod events;
mod extract;
mod features;
mod health;
mod layers;
mod notifications;
mod onboarding;
mod people;
mod push;
mod registration;
mod second_factors;
mod users;

use crate::{App, error::AppError, limits};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
};
use std::{sync::Arc, time::Duration};
use tower_http::{catch_panic::CatchPanicLayer, timeout::RequestBodyTimeoutLayer};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use extract::PeerAddress;

#[derive(OpenApi)]
#[openapi(info(title = "Causeway", description = "The API of Causeway: governed messaging with clients."))]
struct ApiDoc;

/// Every route of the API, with its description.
fn api() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(ApiDoc::openapi())
        .routes(routes!(auth::log_in))
        .routes(routes!(auth::waiting_code, auth::confirm_code))
        .routes(routes!(auth::resend_code))
        .routes(routes!(auth::who_am_i, auth::sign_out))
        .routes(routes!(devices::list_devices, devices::unlink_other_devices))
        .routes(routes!(devices::rename_device, devices::unlink_device))
        .routes(routes!(devices::begin_link))
        .routes(routes!(devices::get_link, devices::confirm_link, devices::refuse_link))
        .routes(routes!(devices::get_activation, devices::open_activation))
        .routes(routes!(devices::activation_log_in))
        .routes(routes!(devices::resend_activation_code, devices::confirm_activation_code))
        .routes(routes!(devices::finish_activation))
        .routes(routes!(devices::this_device))
        .routes(routes!(second_factors::begin_step_up, second_factors::confirm_step_up))
        .routes(routes!(second_factors::list_second_factors))
        .routes(routes!(
            second_factors::begin_authenticator,
            second_factors::confirm_authenticator,
            second_factors::remove_authenticator
        ))
        .routes(routes!(second_factors::renew_recovery_codes))
        .routes(routes!(second_factors::begin_passkey, second_factors::add_passkey))
        .routes(routes!(second_factors::remove_passkey))
        .routes(routes!(second_factors::reset_second_factors))
        .routes(routes!(features::list_features))
        .routes(routes!(features::change_feature))
        .routes(routes!(features::feature_history))
        .routes(routes!(auth::open_welcome))
        .routes(routes!(auth::set_password))
        .routes(routes!(auth::forgot_password))
        .routes(routes!(auth::open_reset, auth::reset_password))
        .routes(routes!(auth::change_password))
        .routes(routes!(users::list_users, users::create_user))
        .routes(routes!(users::edit_user))
        .routes(routes!(users::inactivate_user, users::reactivate_user))
        .routes(routes!(users::send_password_link))
        .routes(routes!(users::list_clients))
        .routes(routes!(users::transfer_client))
        .routes(routes!(users::archive_client, users::restore_client))
        .routes(routes!(users::get_license))
        .merge(imports())
        .routes(routes!(registration::get_registration, registration::change_registration))
        .routes(routes!(registration::renew_link))
        .routes(routes!(registration::describe_form, registration::register))
        .routes(routes!(registration::waiting_code, registration::resend_code, registration::confirm_code))
        .routes(routes!(audit::list_audit))
        .routes(routes!(audit::export_audit))
        .routes(routes!(people::list_people))
        .routes(routes!(people::update_profile))
        .routes(routes!(people::create_client_link, people::revoke_client_links))
        .routes(routes!(contacts::list_contacts))
        .routes(routes!(contacts::get_contact, contacts::edit_contact))
        .routes(routes!(contacts::archive_contact, contacts::restore_contact))
        .routes(routes!(contacts::share_contact))
        .routes(routes!(contacts::merge_contact))
        .routes(routes!(contacts::undo_merge))
        .routes(routes!(contacts::add_note))
        .routes(routes!(contacts::resend_invitation, contacts::unlink_channel))
        .routes(routes!(contacts::list_channels))
        .routes(routes!(contacts::check_identity))
        .routes(routes!(contacts::invite))
        .routes(routes!(contacts::get_lists))
        .routes(routes!(contacts::add_list_item))
        .routes(routes!(contacts::list_countries))
        .routes(routes!(onboarding::describe, onboarding::start))
        .routes(routes!(onboarding::open, onboarding::send))
        .routes(routes!(onboarding::waiting_code, onboarding::resend, onboarding::confirm))
        .routes(routes!(push::get_push, push::subscribe_push, push::unsubscribe_push))
        .routes(routes!(notifications::list_notifications, notifications::see_notifications))
        .routes(routes!(chats::list_chats, chats::create_chat))
        .routes(routes!(chats::get_chat))
        .routes(routes!(chats::add_member))
        .routes(routes!(chats::leave_chat))
        .routes(routes!(chats::list_messages, chats::send_message))
        .routes(routes!(chats::edit_message, chats::delete_message))
        .routes(routes!(chats::mark_receipts))
        .routes(routes!(events::stream))
        .routes(routes!(client::open_link))
        .routes(routes!(client::who_am_i, client::leave))
        .routes(routes!(client::list_chats))
        .routes(routes!(client::get_chat))
        .routes(routes!(client::list_messages, client::send_message))
        .routes(routes!(client::edit_message, client::delete_message))
        .routes(routes!(client::mark_receipts))
        .routes(routes!(client::stream))
}

/// The routes that take a file of users, which may be larger than other bodies.
fn imports() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(users::import_users))
        .routes(routes!(users::preview_import))
        .layer(DefaultBodyLimit::max(limits::IMPORT_BYTES))
}

/// The OpenAPI document, generated from the code.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api().into_openapi()
}

/// The router: API, health, the application's files, and the layers that every response passes.
pub fn router(app: Arc<App>) -> Router {
    let (api, _) = api().split_for_parts();
    let headers =
        layers::SecurityHeadersState(Arc::new(layers::SecurityHeaders::new(&app.config.public_origin)));
    api.route("/api/{*unknown}", axum::routing::any(|| async { AppError::NotFound }))
        .route("/health/live", axum::routing::get(health::live))
        .route("/health/ready", axum::routing::get(health::ready))
        .fallback(assets::serve)
        .method_not_allowed_fallback(|| async { AppError::MethodNotAllowed })
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_millis(limits::BODY_STALL.unsigned_abs())))
        .layer(from_fn_with_state(app.clone(), layers::same_site))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(from_fn_with_state(
            Arc::new(tokio::sync::Semaphore::new(limits::REQUESTS_AT_ONCE)),
            layers::bounded,
        ))
        .layer(from_fn(layers::identify))
        .layer(from_fn_with_state(headers, layers::secure))
        .with_state(app)
}

/// What is served on the admin address: metrics and the OpenAPI document.
pub fn admin_router(metrics: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    Router::new()
        .route("/metrics", axum::routing::get(move || async move { metrics() }))
        .route("/openapi.json", axum::routing::get(|| async { axum::Json(openapi()).into_response() }))
}
