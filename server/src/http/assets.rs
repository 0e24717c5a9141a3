//! The application's files, built by Trunk and compressed when they were built. Release binaries carry them;
//! debug builds read the folder.

use super::extract::cookies::session_token;
use crate::error::AppError;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::Engine as _;
use causeway_api::paths::Side;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

const INDEX: &str = "index.html";

/// The same page, which begins with signing in whatever screen is asked for: nobody loads the portal to be sent away by it.
const SIGNED_OUT: &str = "signed-out.html";

/// First parts of the addresses of the portal's screens (`src/app.rs`).
const PORTAL: [&str; 7] = ["", "admin", "applications", "chats", "contacts", "notifications", "settings"];

/// Serves a file, or the application for a path that is one of its screens.
pub(super) async fn serve(request: Request) -> Response {
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return AppError::MethodNotAllowed.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let name = match is_screen(path) {
        true if is_portal(path) && session_token(request.headers(), Side::Portal).is_none() => SIGNED_OUT,
        true => INDEX,
        false => path,
    };
    if name.rsplit('.').next() == Some("br") {
        return AppError::NotFound.into_response();
    }
    match Dist::get(name) {
        Some(file) => answer(name, &file, request.headers()),
        None if [INDEX, SIGNED_OUT].contains(&name) => not_built(),
        None => AppError::NotFound.into_response(),
    }
}

/// Screens have no file extension and no dot files; everything else is a file that exists or does not.
fn is_screen(path: &str) -> bool {
    let path = without_fragment(path);
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') && !path.split('/').any(|part| part.starts_with('.'))
}

/// Whether a screen is one of the portal, which only people who are signed in have a use for.
fn is_portal(path: &str) -> bool {
    PORTAL.contains(&path.split('/').next().unwrap_or_default())
}

/// A path without a fragment that a mail gateway has written into it (`/reset%23TOKEN`): it is a secret of the page, which
/// the server neither looks at nor logs.
pub(super) fn without_fragment(path: &str) -> &str {
    let mut end = path.len();
    for hash in ["%23", "%2523", "%252523"] {
        end = end.min(path.find(hash).unwrap_or(end));
    }
    &path[..end]
}

fn not_built() -> Response {
    let text = "The application was not built into this server. Run: cargo xtask dist";
    (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
}

fn answer(name: &str, file: &EmbeddedFile, asked: &HeaderMap) -> Response {
    let tag: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let mut headers = HeaderMap::new();
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, &tag);
    // One address has two pages, with or without a session.
    let is_page = [INDEX, SIGNED_OUT].contains(&name);
    set(header::VARY, if is_page { "accept-encoding, cookie" } else { "accept-encoding" });
    set(
        header::CACHE_CONTROL,
        if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" },
    );
    set(header::CONTENT_TYPE, media_type(name));
    let unchanged = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|given| given.trim().trim_start_matches("W/") == tag));
    if unchanged {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let compressed = accepts_brotli(asked).then(|| Dist::get(&format!("{name}.br"))).flatten();
    if compressed.is_some() {
        set(header::CONTENT_ENCODING, "br");
    }
    let data = compressed.map_or_else(|| file.data.clone(), |file| file.data);
    (StatusCode::OK, headers, Body::from(data.into_owned())).into_response()
}

fn accepts_brotli(asked: &HeaderMap) -> bool {
    let encodings = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    encodings.split(',').any(|encoding| {
        let mut parts = encoding.split(';').map(str::trim);
        parts.next() == Some("br") && parts.all(|part| part.replace(' ', "") != "q=0")
    })
}

/// Trunk puts a hash of 16 hexadecimal digits into the names of what it builds.
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.']).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        digits >= 14 && digits == part.len()
    })
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The hashes of the scripts that stand inside `index.html`, for the content security policy.
pub(super) fn inline_script_hashes() -> Vec<String> {
    let Some(index) = Dist::get(INDEX) else { return Vec::new() };
    let html = String::from_utf8_lossy(&index.data).into_owned();
    let mut hashes = Vec::new();
    let mut rest = html.as_str();
    while let Some(start) = rest.find("<script") {
        let Some(open) = rest[start..].find('>').map(|at| start + at) else { break };
        let Some(close) = rest[open..].find("</script>").map(|at| open + at) else { break };
        let (tag, body) = (&rest[start..open], &rest[open + 1..close]);
        if !tag.contains("src=") && !body.is_empty() {
            let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(body.as_bytes()));
            hashes.push(format!("sha256-{digest}"));
        }
        rest = &rest[close..];
    }
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_for_ever() {
        assert!(is_hashed("app-0a1b2c3d4e5f6071_bg.wasm"));
        assert!(is_hashed("main-0a1b2c3d4e5f6071.css"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("texts/en/interface.json"));
    }

    #[test]
    fn screens_are_told_from_files() {
        assert!(is_screen("") && is_screen("chats/0192") && is_screen("login"));
        assert!(is_screen("reset%23TOKEN") && is_screen("reset%2523TOKEN.") && !is_screen("app-OLD.js%23x"));
        assert!(!is_screen("app-OLD.js") && !is_screen(".git/config") && !is_screen(".env"));
    }

    #[test]
    fn screens_of_the_portal_are_told_from_public_ones() {
        assert!(is_portal("") && is_portal("chats/0192") && is_portal("admin/users"));
        assert!(
            !is_portal("login") && !is_portal("c/0192") && !is_portal("r/token") && !is_portal("nowhere")
        );
    }

    #[test]
    fn brotli_is_sent_only_to_those_who_ask() {
        let asks = |value: &'static str| {
            accepts_brotli(&HeaderMap::from_iter([(
                header::ACCEPT_ENCODING,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(asks("gzip, deflate, br"));
        assert!(!asks("gzip"));
        assert!(!asks("br;q=0, gzip"));
    }
}
