//! A browser in a test: it keeps cookies as browsers do and says where it comes from.

use super::{ORIGIN, answer::Answer};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, header},
};
use causeway_api::{
    auth::{LogIn, Session},
    paths::PERSON_HEADER,
};
use causeway_server::{App, http::PeerAddress, router};
use http_body_util::BodyExt as _;
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};
use tower::ServiceExt as _;

/// An id that is no one's.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The person of each session, by its token, as the page knows it since it was loaded.
    pages: BTreeMap<String, String>,
    /// Sent with every request; `Sec-Fetch-Site: same-origin` unless changed.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Where it connects from.
    pub(crate) address: IpAddr,
}

impl Browser {
    pub(super) fn new(app: Arc<App>) -> Self {
        Self {
            router: router(app),
            cookies: BTreeMap::new(),
            pages: BTreeMap::new(),
            headers: vec![("sec-fetch-site", "same-origin".into())],
            address: Ipv4Addr::LOCALHOST.into(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &impl Serialize) -> Answer {
        self.send(Method::POST, path, Some(serde_json::to_string(body).unwrap())).await
    }

    pub(crate) async fn put(&mut self, path: &str, body: &impl Serialize) -> Answer {
        self.send(Method::PUT, path, Some(serde_json::to_string(body).unwrap())).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    pub(crate) async fn log_in(&mut self, company: &str, username: &str, password: &str) -> Answer {
        let body = LogIn {
            company: company.to_owned(),
            username: username.to_owned(),
            password: password.to_owned(),
        };
        self.post("/api/login", &body).await
    }

    /// Sends a request as a page does: it names the person whom it was loaded for.
    pub(crate) async fn send(&mut self, method: Method, path: &str, body: Option<String>) -> Answer {
        self.send_bytes(method, path, body.map(String::into_bytes)).await
    }

    /// The same with a body that may be no text.
    pub(crate) async fn send_bytes(&mut self, method: Method, path: &str, body: Option<Vec<u8>>) -> Answer {
        let is_named = self.headers.iter().any(|(name, _)| *name == PERSON_HEADER);
        let person = if is_named || !path.starts_with("/api/") { None } else { self.person(path).await };
        if path.ends_with("/events?since=0") {
            let path = format!("{path}&person={}", person.clone().unwrap_or_else(|| NOBODY.to_owned()));
            return self.send_as(method, &path, body, None).await;
        }
        let is_reading = method == Method::GET;
        self.send_as(method, path, body, person.filter(|_| !is_reading)).await
    }

    /// A change by a program that names no person.
    pub(crate) async fn put_without_person(&mut self, path: &str, body: &impl Serialize) -> Answer {
        self.send_as(Method::PUT, path, Some(serde_json::to_vec(body).unwrap()), None).await
    }

    /// Whom the page was loaded for, on the side of that path: asked once for each session.
    pub(crate) async fn person(&mut self, path: &str) -> Option<String> {
        let is_client = path.starts_with("/api/client/");
        let (cookie, session) = if is_client {
            ("__Host-causeway-client", "/api/client/session")
        } else {
            ("__Host-causeway-session", "/api/session")
        };
        let token = self.cookies.get(cookie)?.clone();
        if let Some(known) = self.pages.get(&token) {
            return Some(known.clone());
        }
        let answer = self.send_as(Method::GET, session, None, None).await;
        if answer.status != 200 {
            return None;
        }
        let person = answer.read::<Session>().me.id.to_string();
        self.pages.insert(token, person.clone());
        Some(person)
    }

    async fn send_as(
        &mut self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        person: Option<String>,
    ) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "chat.test.example");
        if let Some(person) = person {
            request = request.header(PERSON_HEADER, person);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        if path.contains("/events?since=") {
            request = request
                .header(header::ORIGIN, ORIGIN)
                .header(header::CONNECTION, "upgrade")
                .header(header::UPGRADE, "websocket")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        }
        let request = request.extension(PeerAddress(self.address));
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes: bytes.into(), text, json }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(
                cookie.starts_with("__Host-")
                    && ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]
                        .iter()
                        .all(|part| cookie.contains(part))
                    && !cookie.contains("Domain"),
                "{cookie}"
            );
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
