//! What the command line changes while a server runs, that server takes up.

use super::{Served, causeway, post::Post, run, said};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::{net::TcpListener, path::Path, time::Duration};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue};

const PASSWORD: &str = "otter under the pier 3";

/// Someone who is signed in to a server.
struct Person {
    http: reqwest::Client,
    origin: String,
    cookies: String,
    /// Whom the page is for, once that is known.
    id: String,
}

impl Person {
    async fn send(&mut self, method: reqwest::Method, path: &str, body: Value) -> (u16, Value) {
        let request = self
            .http
            .request(method, format!("{}{path}", self.origin))
            .header("cookie", &self.cookies)
            .header("origin", &self.origin)
            .header("sec-fetch-site", "same-origin");
        let request =
            if self.id.is_empty() { request } else { request.header("x-causeway-person", &self.id) };
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer = request.send().await.unwrap();
        let kept: Vec<String> = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned())
            .collect();
        if !kept.is_empty() {
            self.cookies = kept.join("; ");
        }
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    async fn post(&mut self, path: &str, body: Value) -> (u16, Value) {
        self.send(reqwest::Method::POST, path, body).await
    }

    async fn get(&mut self, path: &str) -> (u16, Value) {
        self.send(reqwest::Method::GET, path, Value::Null).await
    }

    /// Chooses a password by the link of the mail and signs in with the code of another.
    async fn sign_in(origin: &str, post: &Post, name: &str) -> Self {
        let mut person = Self {
            http: reqwest::Client::new(),
            origin: origin.to_owned(),
            cookies: String::new(),
            id: String::new(),
        };
        let address = format!("{name}@harbour.example");
        let mail = post.next_to(&address);
        let token = mail.split("/welcome#").nth(1).unwrap().split_whitespace().next().unwrap();
        let chosen = json!({ "token": token, "password": PASSWORD });
        assert_eq!(person.post("/api/welcome/password", chosen).await.0, 204);
        let login = json!({ "company": "harbour", "username": name, "password": PASSWORD });
        assert_eq!(person.post("/api/login", login).await.0, 200);
        let mail = post.next_to(&address);
        let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
        let code = mail.split_whitespace().find(is_code).unwrap();
        let (status, answer) = person.post("/api/login/code", json!({ "code": code })).await;
        assert_eq!(status, 200, "{answer}");
        answer["me"]["id"].as_str().unwrap().clone_into(&mut person.id);
        person
    }

    async fn events(
        &self,
    ) -> tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>> {
        let address = format!("{}/api/events?since=0&person={}", self.origin.replace("http", "ws"), self.id);
        let mut request = address.into_client_request().unwrap();
        request.headers_mut().insert("cookie", HeaderValue::from_str(&self.cookies).unwrap());
        request.headers_mut().insert("origin", HeaderValue::from_str(&self.origin).unwrap());
        tokio_tungstenite::connect_async(request).await.unwrap().0
    }
}

/// What comes on a socket until a text has what is looked for, or the code it is closed with.
async fn until(
    socket: &mut (impl StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin),
    looked_for: &str,
) -> Result<String, u16> {
    let wait = async {
        while let Some(Ok(message)) = socket.next().await {
            match message {
                Message::Text(text) if text.contains(looked_for) => return Ok(text.to_string()),
                Message::Close(Some(close)) => return Err(close.code.into()),
                _ => {}
            }
        }
        Err(0)
    };
    // Well below the 25 seconds after which a socket asks by itself whether its session is still there.
    tokio::time::timeout(Duration::from_secs(12), wait).await.expect("an answer in time")
}

fn company_with_people(data: &Path) {
    let created = run(data, &["company", "create", "harbour", "--plan", "enterprise"]);
    assert!(created.status.success(), "{}", said(&created));
    let file = data.join("people.csv");
    std::fs::write(
        &file,
        "name,email,role\nNora,nora@harbour.example,org admin\nOda,oda@harbour.example,account manager\n",
    )
    .unwrap();
    let imported = run(data, &["user", "import", file.to_str().unwrap(), "--company", "harbour"]);
    assert!(imported.status.success(), "{}", said(&imported));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_plan_stops_nothing_and_a_new_role_closes_the_sockets_of_ended_sessions() {
    // Another test may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let data = tempfile::tempdir().unwrap();
    company_with_people(data.path());
    let mails = Post::open();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let origin = format!("http://127.0.0.1:{port}");
    let smtp = format!("smtp://127.0.0.1:{}", mails.port);
    let listen = format!("127.0.0.1:{port}");
    let served = Served::start(causeway(
        data.path(),
        &[
            "serve",
            "--listen",
            &listen,
            "--public-origin",
            &origin,
            "--smtp-url",
            &smtp,
            "--smtp-from",
            "Causeway <post@harbour.example>",
        ],
    ));
    let mut nora = Person::sign_in(&origin, &mails, "nora").await;
    let people = nora.get("/api/people").await.1;
    let oda_id =
        people.as_array().unwrap().iter().find(|person| person["name"] == "Oda").unwrap()["id"].clone();
    let mut oda = Person::sign_in(&origin, &mails, "oda").await;
    let (status, chat) = nora.post("/api/chats", json!({ "kind": "direct", "with": oda_id })).await;
    assert_eq!(status, 201, "{chat}");
    let messages = format!("/api/chats/{}/messages", chat["id"].as_str().unwrap());
    let mut socket = oda.events().await;
    until(&mut socket, "live").await.unwrap();

    let plan = run(data.path(), &["company", "plan", "harbour", "--plan", "pro", "--users", "50"]);
    assert!(plan.status.success(), "{}", said(&plan));
    let id = "0195f3a0-0000-7000-8000-000000000001";
    let sent = nora.post(&messages, json!({ "id": id, "text": "still in real time" })).await;
    assert_eq!(sent.0, 201, "{}", sent.1);
    until(&mut socket, "still in real time").await.unwrap();

    let role = ["user", "role", "oda", "--company", "harbour", "--role", "compliance officer"];
    let demoted = run(data.path(), &role);
    assert!(demoted.status.success(), "{}", said(&demoted));
    assert_eq!(until(&mut socket, "nothing like this").await, Err(4401));
    assert_eq!(oda.get("/api/session").await.0, 401);
    served.stop();
}
