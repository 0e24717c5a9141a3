//! The HTTP side: the router, built from the URL table in `routes.rs`, and the layers around it.

mod admin;
mod assets;
mod client;
mod events;
mod extract;
mod files;
mod health;
mod layers;
mod portal;
mod routes;

use crate::{App, error::AppError};
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

pub use extract::address::PeerAddress;
pub use layers::guard::{Audience, Guard, Right, SessionRule, Statement, Who};

#[derive(OpenApi)]
#[openapi(info(title = "Causeway", description = "The API of Causeway: governed messaging with clients."))]
struct ApiDoc;

/// What every route states about itself.
pub fn statements() -> Vec<Statement> {
    routes::table().statements()
}

/// The OpenAPI document, generated from the code.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let bare = routes::table().build(|_, handlers| handlers);
    bare.fold(OpenApiRouter::with_openapi(ApiDoc::openapi()), OpenApiRouter::routes).into_openapi()
}

/// Every route of the API behind its guard.
fn guarded(app: &Arc<App>) -> Router<Arc<App>> {
    let guarded = routes::table().build(|guard, handlers| {
        let gate = layers::enforce::Gate { app: app.clone(), guard };
        handlers.route_layer(from_fn_with_state(gate, layers::enforce::enforce))
    });
    let (router, _) = guarded.fold(OpenApiRouter::new(), OpenApiRouter::routes).split_for_parts();
    router
}

/// The router: API, health, the application's files, and the layers that every response passes.
pub fn router(app: Arc<App>) -> Router {
    let headers =
        layers::SecurityHeadersState(Arc::new(layers::SecurityHeaders::new(&app.config.public_origin)));
    let is_plain = app.config.public_origin.starts_with("http:");
    let router = guarded(&app)
        .route("/api/{*unknown}", axum::routing::any(|| async { AppError::NotFound }))
        .route("/health/live", axum::routing::get(health::live))
        .route("/health/ready", axum::routing::get(health::ready))
        .fallback(assets::serve)
        .method_not_allowed_fallback(|| async { AppError::MethodNotAllowed })
        .layer(from_fn_with_state(app.clone(), layers::same_site))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(from_fn(layers::identify))
        .layer(from_fn_with_state(headers, layers::secure))
        .with_state(app);
    if is_plain { router.layer(from_fn(layers::plain_cookies::plain_cookies)) } else { router }
}

/// What is served on the admin address: metrics and the OpenAPI document.
pub fn admin_router(metrics: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    Router::new()
        .route("/metrics", axum::routing::get(move || async move { metrics() }))
        .route("/openapi.json", axum::routing::get(|| async { axum::Json(openapi()).into_response() }))
}
