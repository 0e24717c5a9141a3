//! The cookies: `__Host-`, secure, unreadable for scripts, for this origin only (RFC 6265bis). On plain `http://localhost`
//! browsers know them by other names (`layers/plain_cookies.rs`).

use crate::clock::Token;
use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use causeway_api::paths::Side;

/// A sign-in that waits for its code.
pub(in crate::http) const CHALLENGE: &str = "__Host-causeway-login";
/// A client who waits for the code of an invitation.
pub(in crate::http) const ONBOARDING: &str = "__Host-causeway-onboarding";
/// A registration that waits for its code.
pub(in crate::http) const REGISTRATION: &str = "__Host-causeway-registration";
/// A phone that is being linked.
pub(in crate::http) const ACTIVATION: &str = "__Host-causeway-activation";
/// A browser in which someone has signed in before.
pub(in crate::http) const DEVICE: &str = "__Host-causeway-device";

/// The session cookie of a side.
pub(in crate::http) fn session(side: Side) -> &'static str {
    match side {
        Side::Portal => "__Host-causeway-session",
        Side::Client => "__Host-causeway-client",
    }
}

/// Tells the browser to forget what it kept of the site.
pub(in crate::http) const FORGET_SITE_DATA: [(&str, &str); 1] =
    [("clear-site-data", "\"cache\", \"storage\"")];

/// The token in the session cookie of a side.
pub(in crate::http) fn session_token(headers: &HeaderMap, side: Side) -> Option<Token> {
    let (jar, name) = (CookieJar::from_headers(headers), session(side));
    // Two cookies of one name would let a neighbour on the host choose which one counts.
    if jar.iter().filter(|cookie| cookie.name() == name).count() > 1 {
        return None;
    }
    read(&jar, name)
}

/// What a cookie holds.
pub(in crate::http) fn read(jar: &CookieJar, name: &str) -> Option<Token> {
    jar.get(name).map(|cookie| Token::presented(cookie.value()))
}

/// A cookie with a token. Without a lifetime it ends with the browser.
pub(in crate::http) fn write(name: &'static str, token: &Token, seconds: Option<i64>) -> Cookie<'static> {
    let mut cookie = base(name, token.reveal().to_owned());
    if let Some(seconds) = seconds {
        cookie.set_max_age(cookie::time::Duration::seconds(seconds));
    }
    cookie
}

/// Takes a cookie back.
pub(in crate::http) fn remove(name: &'static str) -> Cookie<'static> {
    let mut cookie = base(name, String::new());
    cookie.make_removal();
    cookie
}

fn base(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").secure(true).http_only(true).same_site(SameSite::Lax).build()
}
