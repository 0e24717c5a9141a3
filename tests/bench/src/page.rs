//! What a first and a repeated visit of `/login` cost on the wire: the requests of a real browser up to a typable
//! field, each asked for again with brotli and counted with its headers.

use crate::table::{Goal, Table};
use anyhow::{Context as _, Result};
use causeway_e2e::{
    browser::{Browser, DESKTOP},
    world::World,
};
use reqwest::{Client, Response, header};

/// Paths that the browser has asked for until now.
async fn asked_for(browser: &Browser, origin: &str) -> Result<Vec<String>> {
    let script = "return performance.getEntriesByType('resource').map(entry => entry.name)";
    let names = browser.run(script, vec![]).await?;
    let mut paths = vec!["/login".to_owned()];
    for name in names.as_array().context("a list")? {
        paths.push(name.as_str().context("an address")?.replacen(origin, "", 1));
    }
    Ok(paths)
}

/// The bytes of an answer with its headers.
async fn bytes(answer: Response) -> Result<usize> {
    let head: usize =
        answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    Ok(head + answer.bytes().await?.len())
}

pub(crate) async fn measure(table: &mut Table) -> Result<()> {
    let world = World::start_release(0).await?;
    let browser = Browser::chromium(DESKTOP).await?;
    browser.open(&format!("{}/login", world.portal)).await?;
    // The form of the shell is there before; what the application needs has arrived when it has taken over.
    browser.find("#app input[name=company]").await?;
    let paths = asked_for(&browser, &world.portal).await?;
    let client = Client::builder().build()?;
    let (mut first, mut again) = (0, 0);
    for path in &paths {
        let ask = || client.get(format!("{}{path}", world.portal)).header(header::ACCEPT_ENCODING, "br");
        let answer = ask().send().await?;
        let tag = answer.headers().get(header::ETAG).cloned();
        let caching = answer.headers().get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
        let is_immutable = caching.is_some_and(|it| it.contains("immutable"));
        let size = bytes(answer).await?;
        first += size;
        if path.rsplit('.').next() == Some("wasm") {
            table.add("page: wasm of /login with brotli", size as f64 / 1e3, "kB", Goal::None)?;
        }
        if !is_immutable {
            let request =
                tag.into_iter().fold(ask(), |request, tag| request.header(header::IF_NONE_MATCH, tag));
            again += bytes(request.send().await.context("repeated visit")?).await?;
        }
    }
    table.add(
        "page: first visit of /login, all with brotli",
        first as f64 / 1e3,
        "kB",
        Goal::AtMost(210.0),
    )?;
    table.add("page: requests of a first visit", paths.len() as f64, "", Goal::AtMost(8.0))?;
    table.add("page: repeated visit", again as f64 / 1e3, "kB", Goal::AtMost(5.0))
}
