//! What a first visit of each kind of page costs on the wire, and a repeated one of `/login`: the requests of a real browser
//! until the application has taken over, each asked for again with brotli and counted with its headers.

use crate::{
    parts,
    table::{Goal, Table},
};
use anyhow::{Context as _, Result};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    world::{Extra, World},
};
use reqwest::{Client, Response, header};
use std::collections::BTreeSet;

/// The files that a visit has asked for until now; what the API answers belongs to the person, not to the page.
async fn asked_for(browser: &Browser, origin: &str) -> Result<BTreeSet<String>> {
    let script = "return performance.getEntriesByType('resource').map(entry => entry.name)";
    let names = browser.run(script, vec![]).await?;
    let mut paths = BTreeSet::from(["/login".to_owned()]);
    for name in names.as_array().context("a list")? {
        let path = name.as_str().context("an address")?.replacen(origin, "", 1);
        if !path.starts_with("/api/") {
            paths.insert(path);
        }
    }
    Ok(paths)
}

/// The bytes of an answer with its headers.
async fn bytes(answer: Response) -> Result<usize> {
    let head: usize =
        answer.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    Ok(head + answer.bytes().await?.len())
}

/// Asks for files as a browser does, and counts.
struct Counter<'a> {
    client: Client,
    world: &'a World,
}

impl Counter<'_> {
    fn ask(&self, path: &str) -> reqwest::RequestBuilder {
        let address = format!("{}{path}", self.world.portal);
        self.client.get(address).header(header::ACCEPT_ENCODING, "br")
    }

    /// Kilobytes of a first visit.
    async fn first(&self, paths: &BTreeSet<String>) -> Result<f64> {
        let mut sum = 0;
        for path in paths {
            sum += bytes(self.ask(path).send().await?).await?;
        }
        Ok(sum as f64 / 1e3)
    }

    /// Kilobytes of a repeated visit: what never changes is not asked for, for the rest the browser tells what it has.
    async fn again(&self, paths: &BTreeSet<String>) -> Result<f64> {
        let mut sum = 0;
        for path in paths {
            let answer = self.ask(path).send().await?;
            let caching = answer.headers().get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
            if !caching.is_some_and(|it| it.contains("immutable")) {
                let tag = answer.headers().get(header::ETAG).cloned();
                let request = tag
                    .into_iter()
                    .fold(self.ask(path), |request, tag| request.header(header::IF_NONE_MATCH, tag));
                sum += bytes(request.send().await.context("repeated visit")?).await?;
            }
        }
        Ok(sum as f64 / 1e3)
    }
}

/// The files of a visit that begins at an address and ends when an element is there.
async fn visit(world: &World, address: &str, seen: &str) -> Result<BTreeSet<String>> {
    let browser = Browser::chromium(PHONE).await?;
    browser.open(address).await?;
    browser.find(seen).await?;
    asked_for(&browser, &world.portal).await
}

pub(crate) async fn measure(table: &mut Table) -> Result<()> {
    let world = World::start_release(Extra::default()).await?;
    let counter = Counter { client: Client::builder().build()?, world: &world };
    let login = visit(&world, &format!("{}/login", world.portal), "#app input[name=company]").await?;
    let first = counter.first(&login).await?;
    table.add("page: first visit of /login, all with brotli", first, "kB", Goal::AtMost(160.0))?;
    table.add("page: requests of a first visit", login.len() as f64, "", Goal::AtMost(8.0))?;
    table.add("page: repeated visit", counter.again(&login).await?, "kB", Goal::AtMost(5.0))?;
    let priya = Browser::chromium(DESKTOP).await?;
    priya.open(&format!("{}/login", world.portal)).await?;
    priya.sign_in(&world, "priya.nair").await?;
    priya.find("a.row").await?;
    let portal = asked_for(&priya, &world.portal).await?;
    let more = counter.first(&portal.difference(&login).cloned().collect()).await?;
    table.add("page: portal up to the list of chats, beyond that", more, "kB", Goal::AtMost(360.0))?;
    let client = visit(&world, &world.client_link("Wong Ka Man 黃嘉敏")?, "#app [role=log]").await?;
    table.add("page: a client's chat", counter.first(&client).await?, "kB", Goal::AtMost(260.0))?;
    let link = world.employee("mei.lin").await?.open_registration("Priya Nair", "").await?;
    for (what, address) in
        [("registration", link), ("onboarding", format!("{}/miniapp/lanternbay", world.portal))]
    {
        let paths = visit(&world, &address, "#app form input").await?;
        let size = counter.first(&paths).await?;
        table.add(&format!("page: {what}"), size, "kB", Goal::AtMost(190.0))?;
    }
    parts::measure(table)
}
