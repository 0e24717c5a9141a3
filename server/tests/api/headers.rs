//! What every response carries, and what is never found.

use crate::common::on_every_database;
use causeway_api::ProblemCode;

#[test]
fn every_response_carries_the_security_headers() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        for path in ["/", "/api/session", "/api/nowhere", "/missing.js", "/health/live", "/login"] {
            let headers = browser.get(path).await.headers;
            let value = |name: &str| {
                headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
            };
            let csp = value("content-security-policy");
            assert!(
                csp.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"),
                "{path}: {csp}"
            );
            for word in ["unsafe-inline", "'unsafe-eval'", "*", "data:"] {
                assert!(!csp.contains(word), "{path}: {csp}");
            }
            assert!(csp.contains("frame-ancestors 'none'") && csp.contains("object-src 'none'"));
            assert_eq!(value("x-content-type-options"), "nosniff");
            assert_eq!(value("referrer-policy"), "no-referrer");
            assert_eq!(value("cross-origin-opener-policy"), "same-origin");
            assert_eq!(value("cross-origin-resource-policy"), "same-origin");
            assert!(value("strict-transport-security").contains("includeSubDomains"));
            assert!(!value("x-request-id").is_empty());
            assert!(headers.get("access-control-allow-origin").is_none() && headers.get("server").is_none());
        }
    });
}

#[test]
fn a_problem_is_the_only_error_body() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        for (path, status, code) in [
            ("/api/session", 401, ProblemCode::SignedOut),
            ("/api/nowhere", 404, ProblemCode::NotFound),
            ("/app-0123456789abcdef.js", 404, ProblemCode::NotFound),
            ("/.git/config", 404, ProblemCode::NotFound),
            ("/Cargo.toml", 404, ProblemCode::NotFound),
            ("/causeway.db", 404, ProblemCode::NotFound),
        ] {
            let answer = browser.get(path).await;
            assert_eq!(answer.refusal(), (status, code), "{path}");
            assert_eq!(answer.problem().request_id, answer.headers["x-request-id"].to_str().unwrap());
            assert_eq!(answer.headers["cache-control"], "no-store");
        }
        let answer = browser.send(axum::http::Method::PATCH, "/api/session", None).await;
        assert_eq!(answer.refusal(), (405, ProblemCode::MethodNotAllowed));
    });
}

#[test]
fn health_tells_life_and_readiness() {
    on_every_database(|world| async move {
        let mut browser = world.browser();
        assert_eq!(browser.get("/health/live").await.json["status"], "live");
        assert_eq!(browser.get("/health/ready").await.json["status"], "ready");
    });
}
