//! A browser in a test: it keeps cookies as browsers do and says where it comes from.

use super::ORIGIN;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, header},
};
use causeway_server::{App, http::PeerAddress, router};
use http_body_util::BodyExt as _;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};
use tower::ServiceExt as _;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
}

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
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
            headers: vec![("sec-fetch-site", "same-origin".into())],
            address: Ipv4Addr::LOCALHOST.into(),
        }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body.to_string())).await
    }

    pub(crate) async fn put(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body.to_string())).await
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    pub(crate) async fn log_in(&mut self, company: &str, username: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "company": company, "username": username, "password": password });
        self.post("/api/login", &body).await
    }

    pub(crate) async fn send(&mut self, method: Method, path: &str, body: Option<String>) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "chat.test.example");
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
        if path.ends_with("/events?since=0") {
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
        Answer { status: parts.status.as_u16(), headers: parts.headers, text, json }
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
