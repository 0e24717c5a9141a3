//! Cookies on plain `http://localhost`, the only plain origin that is served (`config.rs`). Safari keeps no `Secure` cookie
//! there, and one whose name begins with `__Host-` has to be secure (RFC 6265bis, 4.1.3.2): so the names lose that prefix on
//! their way to the browser and get it back on their way here, and the attribute is left out. Everywhere else the rule stands.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

const PREFIX: &str = "__Host-";
/// What our names begin with behind the prefix.
const OWN: &str = "causeway-";

/// Renames cookies both ways.
pub(in crate::http) async fn plain_cookies(mut request: Request, next: Next) -> Response {
    arrive(request.headers_mut());
    let mut response = next.run(request).await;
    leave(response.headers_mut());
    response
}

/// Gives the browser's cookies the names by which they are read. One that has the prefix already was not set here.
fn arrive(headers: &mut HeaderMap) {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let named: Vec<String> = sent
        .flat_map(|value| value.split(';'))
        .map(str::trim)
        .filter(|cookie| !cookie.starts_with(PREFIX))
        .map(|cookie| if cookie.starts_with(OWN) { format!("{PREFIX}{cookie}") } else { cookie.to_owned() })
        .collect();
    headers.remove(header::COOKIE);
    if let Ok(value) = HeaderValue::from_str(&named.join("; "))
        && !value.is_empty()
    {
        headers.insert(header::COOKIE, value);
    }
}

/// Takes prefix and `Secure` from the cookies that are set.
fn leave(headers: &mut HeaderMap) {
    let set: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| {
            let set = value.to_str().ok()?;
            let plain = set.strip_prefix(PREFIX).unwrap_or(set);
            let parts: Vec<&str> = plain.split("; ").filter(|part| *part != "Secure").collect();
            HeaderValue::from_str(&parts.join("; ")).ok()
        })
        .collect();
    headers.remove(header::SET_COOKIE);
    for value in set {
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(headers: &HeaderMap, name: header::HeaderName) -> Vec<&str> {
        headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    #[test]
    fn what_is_set_has_neither_prefix_nor_secure_and_keeps_the_rest() {
        let mut headers = HeaderMap::new();
        for name in ["session", "login"] {
            let set =
                format!("__Host-causeway-{name}=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=5");
            headers.append(header::SET_COOKIE, set.parse().unwrap());
        }
        leave(&mut headers);
        let rest = "HttpOnly; SameSite=Lax; Path=/; Max-Age=5";
        let expected = [format!("causeway-session=abc; {rest}"), format!("causeway-login=abc; {rest}")];
        assert_eq!(all(&headers, header::SET_COOKIE), expected);
    }

    #[test]
    fn what_comes_back_is_read_by_its_name_and_nothing_that_claims_it() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "causeway-session=abc; theme=dark".parse().unwrap());
        headers.append(header::COOKIE, "__Host-causeway-session=planted".parse().unwrap());
        arrive(&mut headers);
        assert_eq!(all(&headers, header::COOKIE), ["__Host-causeway-session=abc; theme=dark"]);
        headers.insert(header::COOKIE, "__Host-causeway-session=planted".parse().unwrap());
        arrive(&mut headers);
        assert!(!headers.contains_key(header::COOKIE), "nothing is left");
    }
}
