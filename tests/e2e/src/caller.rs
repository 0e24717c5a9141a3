//! Callers of the API: what a scenario needs and is not about is done without a browser.

use crate::{
    browser::Browser,
    world::{World, until},
};
use anyhow::{Context as _, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The cookie of an employee's session.
const SESSION: &str = "causeway-session";

/// Someone who calls the API and keeps cookies as a browser does.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    portal: String,
    cookies: BTreeMap<String, String>,
    /// Whom its page would be for, once someone is signed in.
    person: Option<String>,
}

impl Caller {
    /// Reads.
    pub async fn get(&mut self, path: &str) -> Result<Value> {
        self.send(Method::GET, path, None).await
    }

    /// Creates, or begins.
    pub async fn post(&mut self, path: &str, body: Value) -> Result<Value> {
        self.send(Method::POST, path, Some(body)).await
    }

    /// Changes.
    pub async fn put(&mut self, path: &str, body: Value) -> Result<Value> {
        self.send(Method::PUT, path, Some(body)).await
    }

    /// Sends bytes as they are: a part of a file.
    pub async fn put_bytes(&mut self, path: &str, bytes: Vec<u8>) -> Result<()> {
        let request = self.request(Method::PUT, path).header("content-type", "application/octet-stream");
        let answer = request.body(bytes).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path} was answered with {status}: {text}");
        Ok(())
    }

    /// A stretch of a file.
    pub async fn get_stretch(&mut self, path: &str, from: usize, length: usize) -> Result<Vec<u8>> {
        let range = format!("bytes={from}-{}", from + length - 1);
        let answer = self.request(Method::GET, path).header("range", range).send().await?;
        ensure!(answer.status().as_u16() == 206, "{path} was answered with {}", answer.status());
        Ok(answer.bytes().await?.to_vec())
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.portal))
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookies.join("; "));
        if let Some(person) = &self.person {
            request = request.header("x-causeway-person", person);
        }
        request
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<Value>) -> Result<Value> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, rest) = cookie.to_str()?.split_once('=').context("a cookie")?;
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success(), "{path} was answered with {status}: {text}");
        Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
    }

    /// The caller's session, as the DevTools protocol sets a cookie.
    pub(crate) fn session_cookie(&self, world: &World) -> Result<Value> {
        let value = self.cookies.get(SESSION).context("nobody is signed in")?;
        Ok(json!({ "name": SESSION, "value": value, "url": world.portal, "httpOnly": true }))
    }

    /// The id of someone whom the caller can write to, or of a client whom the caller knows.
    pub async fn id_of(&mut self, name: &str) -> Result<String> {
        let people = self.get("/api/people").await?;
        let people = people.as_array().context("a list of people")?;
        let person = people.iter().find(|person| person["name"] == name).context("no such person")?;
        Ok(person["id"].as_str().context("an id")?.to_owned())
    }

    /// Gives a feature a custom value, or its default back; the caller has to be an org admin.
    pub async fn configure(&mut self, key: &str, custom: impl Into<Value>) -> Result<()> {
        let features = self.get("/api/admin/features").await?;
        let features = features.as_array().context("a list of features")?;
        let feature = features.iter().find(|feature| feature["key"] == key).context("no such feature")?;
        let change = json!({ "custom": custom.into(), "version": feature["version"] });
        self.put(&format!("/api/admin/features/{key}"), change).await?;
        Ok(())
    }

    /// Opens public registration; the caller has to be an org admin. Returns the link.
    pub async fn open_registration(&mut self, in_charge: &str, welcome: &str) -> Result<String> {
        let (now, person) = (self.get("/api/admin/registration").await?, self.id_of(in_charge).await?);
        let change = json!({
            "is_open": true, "person_in_charge": person, "form_text": {}, "welcome": welcome, "domains": [],
            "version": now["version"],
        });
        let now = self.put("/api/admin/registration", change).await?;
        Ok(now["link"].as_str().context("a link")?.to_owned())
    }

    /// Invites a new client to the mini program, by the address or the number with its country code.
    pub async fn invite(&mut self, name: (&str, &str), email: &str, phone: Option<&str>) -> Result<()> {
        let identity_email = if phone.is_some() { "" } else { email };
        let invitation = json!({
            "identity": {
                "channel": "wechat", "country": "", "phone": phone.unwrap_or_default(), "email": identity_email,
            },
            "profile": { "kind": "new", "profile": {
                "first_name": name.0, "last_name": name.1, "email": email, "phone": "", "country": "",
                "language": "", "external_company": null, "tags": [],
            } },
        });
        self.post("/api/invitations", invitation).await?;
        Ok(())
    }
}

impl World {
    /// Someone who is not signed in.
    pub fn caller(&self) -> Caller {
        let (portal, cookies) = (self.portal.clone(), BTreeMap::new());
        Caller { http: reqwest::Client::new(), portal, cookies, person: None }
    }

    /// An employee who is signed in.
    pub async fn employee(&self, username: &str) -> Result<Caller> {
        let people = self.sheet["people"].as_array().context("people")?;
        let person = people.iter().find(|person| person["username"] == username).context("no such person")?;
        let address = person["email"].as_str().context("an address")?;
        let before = self.newest_code(address).await;
        let mut caller = self.caller();
        let typed =
            json!({ "company": person["company"], "username": username, "password": self.password() });
        caller.post("/api/login", typed).await?;
        let code = self.code(address, before.as_deref()).await?;
        let session = caller.post("/api/login/code", json!({ "code": code })).await?;
        caller.person = Some(session["me"]["id"].as_str().context("an id")?.to_owned());
        Ok(caller)
    }

    /// A client who has opened the personal link.
    pub async fn client(&self, name: &str) -> Result<Caller> {
        let link = self.client_link(name)?;
        let token = link.split('#').nth(1).context("a link without a token")?;
        let mut caller = self.caller();
        caller.post("/api/client/open", json!({ "token": token })).await?;
        let session = caller.get("/api/client/session").await?;
        caller.person = Some(session["me"]["id"].as_str().context("an id")?.to_owned());
        Ok(caller)
    }

    /// A browser in which an employee is signed in already. It has opened no page yet.
    pub async fn browser_of(&self, username: &str, size: (u32, u32)) -> Result<Browser> {
        let (browser, caller) = (Browser::chromium(size).await?, self.employee(username).await?);
        browser.take_session(self, &caller).await?;
        Ok(browser)
    }

    /// Waits until someone has a mail or an SMS that says so, and returns the text.
    pub async fn received(&self, address: &str, words: &str) -> Result<String> {
        until(&format!("{address} is told «{words}»"), || async {
            self.inbox(address).await?.into_iter().find(|text| text.contains(words))
        })
        .await
    }
}

impl Browser {
    /// Ends the session of this browser without a word. A page that is open would notice, and lead elsewhere.
    pub async fn drop_session(&self, world: &World) -> Result<()> {
        self.open(&format!("{}/robots.txt", world.portal)).await?;
        Ok(self.driver.delete_all_cookies().await?)
    }

    /// Gives the browser the session of an employee.
    pub async fn take_session(&self, world: &World, caller: &Caller) -> Result<()> {
        self.driver.cdp().send_raw("Network.setCookie", caller.session_cookie(world)?).await?;
        Ok(())
    }
}
