//! Public registration: what admins set, and people who register.

use super::{World, answer::Answer, browser::Browser, forms};
use causeway_api::{
    auth::ConfirmCode,
    registration::{ChangeRegistration, ConfirmRegistration, Register, Registration},
};

impl World {
    /// Returns the settings, as Mei sees them.
    pub(crate) async fn registration(&self) -> Registration {
        self.admin().await.get("/api/admin/registration").await.read()
    }

    /// Changes the settings as Mei, from what they are.
    pub(crate) async fn change_registration(&self, change: impl FnOnce(&mut ChangeRegistration)) -> Answer {
        let now = self.registration().await;
        let mut new = ChangeRegistration {
            is_open: now.closed.is_none(),
            person_in_charge: now.person_in_charge.map(|person| person.id),
            form_text: now.form_text,
            welcome: now.welcome,
            domains: now.domains,
            version: now.version,
        };
        change(&mut new);
        self.admin().await.put("/api/admin/registration", &new).await
    }

    /// Opens registration as Mei. Returns the end of its link.
    pub(crate) async fn open_registration(&self, in_charge: &str) -> String {
        let new = ChangeRegistration {
            is_open: true,
            person_in_charge: Some(self.id(in_charge)),
            form_text: [("en".to_owned(), "Leave your name.".to_owned())].into(),
            welcome: "Welcome. Ask me anything.".to_owned(),
            domains: Vec::new(),
            version: self.registration().await.version,
        };
        let answer = self.admin().await.put("/api/admin/registration", &new).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let link = answer.read::<Registration>().link.unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    /// Returns the end of the registration link as it is now.
    pub(crate) async fn db_registration_link(&self) -> String {
        self.app.store.registration(self.bay.id).await.unwrap().token.unwrap()
    }

    /// Registers Erin. Returns her browser and the code that let her in.
    pub(crate) async fn registered(&self, email: &str) -> (Browser, String) {
        let link = self.db_registration_link().await;
        let mut browser = self.browser();
        let answer = browser.post(&format!("/api/registration/{link}"), &forms::register(email)).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let code = self.code_to(email).await;
        let answer = browser.confirm_registration(&code).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        (browser, code)
    }

    /// Signs in as an external user.
    pub(crate) async fn sign_in_external(&self, email: &str, password: &str) -> Browser {
        self.sent().await;
        let mut browser = self.browser();
        let answer = browser.log_in("lanternbay", email, password).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let code = ConfirmCode::of(self.code_to(email).await);
        let answer = browser.post("/api/login/code", &code).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        browser
    }
}

impl Browser {
    /// Sends the registration form with a name in Chinese.
    pub(crate) async fn begin_registration(&mut self, link: &str, email: &str) -> Answer {
        let form = Register {
            name: "林志明 Lam Chi Ming".to_owned(),
            language: "zh-Hant".to_owned(),
            ..forms::register(email)
        };
        self.post(&format!("/api/registration/{link}"), &form).await
    }

    /// Confirms a registration by its code alone.
    pub(crate) async fn confirm_registration(&mut self, code: &str) -> Answer {
        let typed = ConfirmRegistration { code: code.to_owned(), password: None };
        self.put("/api/registration-code", &typed).await
    }
}
