//! What a first and a repeated visit of `/login` cost on the wire.

use crate::{
    server::Server,
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use reqwest::{Client, header};

/// What the page and its scripts load besides the page itself.
fn resources(html: &str) -> Vec<String> {
    let mut found: Vec<String> = html
        .split(|c: char| c.is_whitespace() || "\"'`=<>(){},;".contains(c))
        .filter(|word| {
            word.starts_with('/') && [".js", ".css", ".wasm", ".svg"].iter().any(|end| word.ends_with(end))
        })
        .map(str::to_owned)
        .collect();
    found.push("/texts/en/interface.ftl".to_owned());
    found.push("/api/session".to_owned());
    found.sort();
    found.dedup();
    found
}

pub(crate) async fn measure(table: &mut Table) -> Result<()> {
    let server = Server::start(2).await?;
    let client = Client::builder().build()?;
    let html = client.get(format!("{}/login", server.origin())).send().await?.text().await?;
    let mut paths = resources(&html);
    paths.push("/login".to_owned());
    let (mut first, mut again) = (0, 0);
    for path in &paths {
        let answer = client
            .get(format!("{}{path}", server.origin()))
            .header(header::ACCEPT_ENCODING, "br")
            .send()
            .await?;
        let head: usize =
            answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        let tag = answer.headers().get(header::ETAG).cloned();
        let is_immutable = answer
            .headers()
            .get(header::CACHE_CONTROL)
            .is_some_and(|value| value.to_str().is_ok_and(|it| it.contains("immutable")));
        let body = answer.bytes().await?.len();
        if path.rsplit('.').next() == Some("wasm") {
            table.add("page: wasm with brotli", body as f64 / 1024.0, "KiB", Goal::None)?;
        }
        first += head + body;
        if !is_immutable {
            let mut request =
                client.get(format!("{}{path}", server.origin())).header(header::ACCEPT_ENCODING, "br");
            if let Some(tag) = tag {
                request = request.header(header::IF_NONE_MATCH, tag);
            }
            let answer = request.send().await.context("repeated visit")?;
            let head: usize =
                answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
            again += head + answer.bytes().await?.len();
        }
    }
    table.add(
        "page: first visit of /login, all with brotli",
        first as f64 / 1024.0,
        "KiB",
        Goal::AtMost(250.0),
    )?;
    table.add("page: requests of a first visit", paths.len() as f64, "", Goal::AtMost(8.0))?;
    table.add("page: repeated visit", again as f64 / 1024.0, "KiB", Goal::AtMost(5.0))?;
    table.add("server: memory with nobody there", server.memory()?, "MiB", Goal::AtMost(64.0))
}
