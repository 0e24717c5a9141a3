//! Browsers of people who are signed in.

use super::{PASSWORD, World, browser::Browser, forms};
use causeway_api::{ChatId, chats::Chat};
use causeway_server::clock;

impl World {
    /// A browser in which an employee is signed in.
    pub(crate) async fn signed_in(&self, username: &str) -> Browser {
        let company = if username == "ana" { "peaklegal" } else { "lanternbay" };
        // What waits goes out first: the code looked for below is then the newest.
        self.sent().await;
        let mut browser = self.browser();
        let answer = browser.log_in(company, username, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let code = self.newest_code(username).await;
        let answer = browser.post("/api/login/code", &forms::code(&code)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser
    }

    /// A browser in which a client has opened the personal link.
    pub(crate) async fn client(&self, name: &str) -> Browser {
        let token = self.db_client_token(name).await;
        let mut browser = self.browser();
        let answer = browser.post("/api/client/open", &forms::link(&token)).await;
        assert_eq!(answer.status, 204, "{}", answer.text);
        browser
    }

    /// Mei in a browser in which she has confirmed a code recently. She signs in as seldom as that allows: codes are limited.
    pub(crate) async fn admin(&self) -> Browser {
        let kept = self.admin.lock().unwrap().clone();
        if let Some((at, browser)) = kept
            && self.clock.now() - at < 15 * clock::MINUTE
        {
            return browser;
        }
        let browser = self.signed_in("mei").await;
        *self.admin.lock().unwrap() = Some((self.clock.now(), browser.clone()));
        browser
    }

    /// Opens the direct chat with a person.
    pub(crate) async fn chat(&self, browser: &mut Browser, with: &str) -> ChatId {
        let answer = browser.post("/api/chats", &forms::direct(self.id(with))).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.read::<Chat>().id
    }
}
