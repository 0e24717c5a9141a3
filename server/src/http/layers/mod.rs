//! The layers that every request and response passes: identity, limits, same-site rule, security headers.

pub(super) mod enforce;
pub(super) mod guard;
pub(super) mod plain_cookies;

use super::{assets, extract::address};
use crate::{
    App, clock,
    error::{AppError, PendingProblem},
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{sync::Arc, time::Instant};
use tracing::Instrument;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id, logs how it ended, and writes the id into a problem's body.
pub(in crate::http) async fn identify(request: Request, next: Next) -> Response {
    let id = clock::random_id().to_string();
    let (method, path) =
        (request.method().clone(), assets::without_fragment(request.uri().path()).to_owned());
    // Paths hold ids, never secrets: tokens travel in bodies, cookies and fragments.
    let span =
        tracing::info_span!("request", %id, %method, path = path.chars().take(200).collect::<String>());
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| {
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(status = response.status().as_u16(), millis, "answered");
    });
    if let Some(PendingProblem(mut problem)) = response.extensions_mut().remove() {
        problem.request_id.clone_from(&id);
        let body = Json(problem).into_response().into_body();
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = body;
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), value);
    }
    response
}

/// Refuses what another site made the browser send (OWASP: Fetch Metadata; the same rule as Go 1.25's
/// `CrossOriginProtection`). Requests that change nothing pass; the sockets check their origin themselves.
pub(in crate::http) async fn same_site(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let harmless = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if harmless || is_own(request.headers(), &app) {
        return next.run(request).await;
    }
    let network = address::network(&app, request.headers(), request.extensions().get().copied());
    tracing::warn!(event = "cross_site", address = %network, "refused");
    AppError::CrossSite.into_response()
}

fn is_own(headers: &HeaderMap, app: &App) -> bool {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(b"same-origin" | b"none") => true,
        Some(_) => false,
        // An old browser sends no Sec-Fetch-Site but an Origin; a program sends neither and no cookie of others.
        None => headers.get(header::ORIGIN).is_none_or(|sent| app.config.is_own_origin(sent.as_bytes())),
    }
}

/// A handler panicked: the others go on.
pub(in crate::http) fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    AppError::Internal(anyhow::anyhow!("a handler panicked: {what}")).into_response()
}

/// The headers that every response carries (`docs/SECURITY.md`).
pub(in crate::http) struct SecurityHeaders(Vec<(HeaderName, HeaderValue)>);

impl SecurityHeaders {
    pub(in crate::http) fn new(origin: &str) -> Self {
        let scripts: String =
            assets::inline_script_hashes().iter().map(|hash| format!(" '{hash}'")).collect();
        let csp = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; \
             img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
             worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        );
        let mut headers = vec![
            ("content-security-policy", csp),
            ("x-content-type-options", "nosniff".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            ("cross-origin-opener-policy", "same-origin".to_owned()),
            ("cross-origin-resource-policy", "same-origin".to_owned()),
            (
                "permissions-policy",
                "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()".to_owned(),
            ),
        ];
        if origin.starts_with("https:") {
            headers.push(("strict-transport-security", "max-age=63072000; includeSubDomains".to_owned()));
        }
        let parsed = |(name, value): (&'static str, String)| {
            HeaderValue::from_str(&value).ok().map(|value| (HeaderName::from_static(name), value))
        };
        Self(headers.into_iter().filter_map(parsed).collect())
    }
}

/// Adds the security headers; answers of the API are never stored.
pub(in crate::http) async fn secure(
    State(SecurityHeadersState(headers)): State<SecurityHeadersState>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let into = response.headers_mut();
    for (name, value) in &headers.0 {
        // A file has a policy of its own, which is stricter.
        into.entry(name.clone()).or_insert_with(|| value.clone());
    }
    into.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The headers, shared.
#[derive(Clone)]
pub(in crate::http) struct SecurityHeadersState(pub(in crate::http) Arc<SecurityHeaders>);
