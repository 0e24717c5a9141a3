//! The guide, followed step by step in every language, and by keyboard alone. With `CAUSEWAY_GUIDE_PICTURES=1` the pictures of `public/guide/` are made
//! anew.

use anyhow::{Context as _, Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    texts::Texts,
    world::World,
};
use serde_json::json;
use std::path::PathBuf;

/// What a reader uses the browser with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hands {
    Mouse,
    Keyboard,
}

/// Somebody who has the guide in one hand.
struct Reader<'a> {
    world: &'a World,
    hands: Hands,
    language: &'static str,
    interface: Texts,
    guide: Texts,
}

impl<'a> Reader<'a> {
    fn of(world: &'a World, language: &'static str, hands: Hands) -> Result<Self> {
        let (interface, guide) = (Texts::of(language)?, Texts::of_guide(language)?);
        Ok(Self { world, hands, language, interface, guide })
    }

    async fn browser(&self, size: (u32, u32), path: &str) -> Result<Browser> {
        let browser = Browser::chromium(size).await?;
        browser.open(&format!("{}/robots.txt", self.world.portal)).await?;
        browser.speak(self.language).await?;
        browser.open(&format!("{}{path}", self.world.portal)).await?;
        Ok(browser)
    }

    /// What a text says that the step names; a step that does not name it misleads.
    fn named(&self, step: &str, id: &str) -> Result<&str> {
        let says = self.guide.say(step)?;
        ensure!(says.contains(&format!("{{ ${id} }}")), "{step} does not name {id}: {says}");
        self.interface.say(id)
    }

    /// Presses what an XPath finds.
    async fn press_path(&self, browser: &Browser, path: &str) -> Result<()> {
        match self.hands {
            Hands::Mouse => browser.click_path(path).await,
            Hands::Keyboard => browser.press_by_keyboard(path).await,
        }
    }

    /// Presses the button or link with these words.
    async fn press_words(&self, browser: &Browser, words: &str) -> Result<()> {
        let of = |tag: &str| format!("//{tag}[normalize-space()='{words}' or @aria-label='{words}']");
        self.press_path(browser, &format!("{} | {}", of("button"), of("a"))).await
    }

    /// Presses a button or link that the guide leaves unnamed.
    async fn press_unnamed(&self, browser: &Browser, id: &str) -> Result<()> {
        self.press_words(browser, self.interface.say(id)?).await
    }

    async fn press(&self, browser: &Browser, step: &str, id: &str) -> Result<()> {
        self.press_words(browser, self.named(step, id)?).await
    }

    async fn fill(&self, browser: &Browser, step: &str, id: &str, text: &str) -> Result<()> {
        self.fill_words(browser, self.named(step, id)?, text).await
    }

    /// Fills a field that the guide leaves unnamed.
    async fn fill_unnamed(&self, browser: &Browser, id: &str, text: &str) -> Result<()> {
        self.fill_words(browser, self.interface.say(id)?, text).await
    }

    /// Chooses the radio button with that label, the second of its group.
    async fn choose(&self, browser: &Browser, label: &str) -> Result<()> {
        let radio = format!("//label[contains(normalize-space(), '{label}')]/input");
        match self.hands {
            Hands::Mouse => browser.click_path(&radio).await,
            Hands::Keyboard => browser.choose_second_by_keyboard(&radio).await,
        }
    }

    async fn fill_path(&self, browser: &Browser, path: &str, text: &str) -> Result<()> {
        match self.hands {
            Hands::Mouse => browser.fill_path(path, text).await,
            Hands::Keyboard => browser.fill_path_by_keyboard(path, text).await,
        }
    }

    async fn fill_words(&self, browser: &Browser, label: &str, text: &str) -> Result<()> {
        match self.hands {
            Hands::Mouse => browser.fill(label, text).await,
            Hands::Keyboard => browser.fill_by_keyboard(label, text).await,
        }
    }

    async fn type_code(&self, browser: &Browser, step: &str, code: &str) -> Result<()> {
        // The field has the focus: nothing else is asked for.
        browser.type_into_focused(self.named(step, "code-label")?, code).await
    }

    /// The picture of a step: it is made anew if that is asked for, and has to be there.
    async fn picture(&self, browser: &Browser, step: &str) -> Result<()> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/guide").join(self.language);
        let place = folder.join(format!("{step}.webp"));
        if std::env::var_os("CAUSEWAY_GUIDE_PICTURES").is_some() {
            std::fs::write(&place, browser.picture().await?)?;
        }
        ensure!(place.exists(), "{} is missing", place.display());
        Ok(())
    }

    async fn sign_in(&self, browser: &Browser, username: &str, password: &str) -> Result<()> {
        let address = format!("{username}@lanternbay.example");
        self.fill(browser, "sign-in-1", "company-name", "lanternbay").await?;
        self.picture(browser, "sign-in-1").await?;
        self.press(browser, "sign-in-1", "continue").await?;
        self.fill(browser, "sign-in-2", "username", username).await?;
        self.fill(browser, "sign-in-2", "password", password).await?;
        let before = self.world.newest_code(&address).await;
        self.press(browser, "sign-in-2", "sign-in").await?;
        browser.labelled(self.interface.say("code-label")?).await?;
        self.picture(browser, "sign-in-3").await?;
        self.type_code(browser, "sign-in-3", &self.world.code(&address, before.as_deref()).await?).await?;
        browser.find("nav.rail").await?;
        Ok(())
    }

    async fn signed_in(&self, username: &str) -> Result<Browser> {
        let browser = self.browser(DESKTOP, "/").await?;
        self.sign_in(&browser, username, self.world.password()).await?;
        Ok(browser)
    }

    async fn chat(&self, priya: &Browser) -> Result<()> {
        self.press_in_rail(priya, "chat-1", "nav-chats").await?;
        self.press_path(priya, "//a[.//*[normalize-space()='Lukas Brandt']]").await?;
        priya.find("[role=log]:not([aria-busy])").await?;
        priya.write("Guten Morgen, Herr Brandt").await?;
        priya.sees("Guten Morgen, Herr Brandt").await?;
        self.picture(priya, "chat-2").await
    }

    async fn press_in_rail(&self, browser: &Browser, step: &str, id: &str) -> Result<()> {
        let words = self.named(step, id)?;
        self.press_path(browser, &format!("//nav//a[contains(normalize-space(), '{words}')]")).await
    }

    async fn invite(&self, priya: &Browser) -> Result<()> {
        self.press_in_rail(priya, "invite-1", "nav-contacts").await?;
        self.press(priya, "invite-1", "invite-title").await?;
        self.fill_unnamed(priya, "email", "siuming@pearlriver.example").await?;
        self.picture(priya, "invite-1").await?;
        self.press(priya, "invite-1", "continue").await?;
        self.fill(priya, "invite-2", "first-name", "Siu Ming").await?;
        self.fill(priya, "invite-2", "last-name", "Chan").await?;
        self.press(priya, "invite-2", "invite").await?;
        priya
            .find_path(&format!("//button[normalize-space()='{}']", self.interface.say("show-contact")?))
            .await?;
        Ok(())
    }

    async fn onboard(&self) -> Result<()> {
        let client = self.browser(PHONE, "/miniapp/lanternbay").await?;
        self.fill_unnamed(&client, "email", "siuming@pearlriver.example").await?;
        self.picture(&client, "onboard-1").await?;
        self.press(&client, "onboard-1", "send-code").await?;
        let code = self.world.code("siuming@pearlriver.example", None).await?;
        self.type_code(&client, "onboard-2", &code).await?;
        self.press(&client, "onboard-3", "open-chat").await?;
        client.find("[role=log]").await?;
        self.picture(&client, "onboard-3").await
    }

    async fn configure(&self, mei: &Browser) -> Result<()> {
        self.press_path(mei, "//summary[contains(@class, 'rail__you')]").await?;
        self.press(mei, "configure-1", "org-admin").await?;
        self.named("configure-1", "company-settings")?;
        self.press(mei, "configure-1", "features-title").await?;
        let name = self.interface.say("feature-device-link-limit")?;
        self.press_path(
            mei,
            &format!("//button[contains(@aria-label, '{name}')][not(contains(@class, 'help'))][last()]"),
        )
        .await?;
        self.choose(mei, self.named("configure-2", "custom-value")?).await?;
        self.fill_path(mei, "//input[@inputmode='numeric' or @type='number']", "3").await?;
        self.picture(mei, "configure-2").await?;
        self.press(mei, "configure-2", "save").await?;
        mei.find(".toast").await?;
        Ok(())
    }

    async fn administer(&self, mei: &Browser) -> Result<()> {
        self.named("users-1", "users-title")?;
        mei.open(&format!("{}/admin/users", self.world.portal)).await?;
        self.press(mei, "users-1", "users-new").await?;
        self.fill_unnamed(mei, "name", "Hana Sato").await?;
        self.fill_unnamed(mei, "email", "hana.sato@lanternbay.example").await?;
        self.picture(mei, "users-2").await?;
        self.press(mei, "users-2", "save").await?;
        mei.sees("hana.sato").await?;
        let deactivate = self.named("users-3", "inactivate")?;
        mei.find_path(&format!(
            "//button[normalize-space()='{deactivate}' or starts-with(@aria-label, '{deactivate}')]"
        ))
        .await?;
        Ok(())
    }

    /// An admin opens public registration with Priya in charge; returns the link.
    async fn open_registration(&self, mei: &Browser) -> Result<String> {
        mei.open(&format!("{}/admin/registration", self.world.portal)).await?;
        mei.labelled(self.interface.say("person-in-charge")?).await?;
        mei.click_path("//option[contains(., 'Priya Nair')]").await?;
        self.press_path(mei, "//input[@role='switch']").await?;
        mei.value(self.interface.say("registration-link")?).await
    }

    async fn register(&self, mei: &Browser) -> Result<()> {
        let link = self.open_registration(mei).await?;
        let phone = self.browser(PHONE, "/robots.txt").await?;
        phone.open(&link).await?;
        self.fill(&phone, "register-1", "name", "Lam Chi Ming").await?;
        self.fill(&phone, "register-1", "email", "chiming.lam@mail.example").await?;
        self.picture(&phone, "register-1").await?;
        self.press(&phone, "register-1", "send-code").await?;
        let code = self.world.code("chiming.lam@mail.example", None).await?;
        self.type_code(&phone, "register-2", &code).await?;
        self.press(&phone, "register-3", "join-chat").await?;
        phone.find("[role=log]").await?;
        Ok(())
    }

    async fn link_phone(&self, priya: &Browser) -> Result<()> {
        self.press_path(priya, "//summary[contains(@class, 'rail__you')]").await?;
        self.press(priya, "link-phone-1", "menu-devices").await?;
        self.press(priya, "link-phone-1", "devices-link").await?;
        let code = priya.text("[data-code]").await?;
        self.picture(priya, "link-phone-1").await?;
        let phone = self.browser(PHONE, "/activate").await?;
        self.press_unnamed(&phone, "activate-skip").await?;
        self.fill(&phone, "link-phone-2", "link-code-label", &code).await?;
        self.press_unnamed(&phone, "activate-next").await?;
        let address = "priya.nair@lanternbay.example";
        let before = self.world.newest_code(address).await;
        self.fill_unnamed(&phone, "username", "priya.nair").await?;
        self.fill_unnamed(&phone, "password", self.world.password()).await?;
        self.press_unnamed(&phone, "sign-in").await?;
        let code = self.world.code(address, before.as_deref()).await?;
        phone.type_into_focused(self.interface.say("code-label")?, &code).await?;
        let number = phone.text("[data-number]").await?;
        self.fill(priya, "link-phone-3", "link-number", &number).await?;
        self.press(priya, "link-phone-3", "link-confirm").await?;
        self.press_unnamed(priya, "done").await
    }

    async fn recover(&self) -> Result<()> {
        let phone = self.browser(PHONE, "/login").await?;
        self.fill_unnamed(&phone, "company-name", "lanternbay").await?;
        self.press_unnamed(&phone, "continue").await?;
        self.press(&phone, "recover-1", "forgot-password").await?;
        self.fill(&phone, "recover-1", "username", "daniel.okafor").await?;
        self.picture(&phone, "recover-1").await?;
        self.press(&phone, "recover-1", "forgot-send").await?;
        let link = self.world.mailed_link("daniel.okafor@lanternbay.example", "/reset#").await?;
        phone.open(&link).await?;
        self.fill(&phone, "recover-2", "new-password", "kelp orbit nine 9").await?;
        self.press(&phone, "recover-2", "save-password").await?;
        self.press_unnamed(&phone, "sign-in").await?;
        self.sign_in(&phone, "daniel.okafor", "kelp orbit nine 9").await
    }
}

/// Waits for every picture of the page, also those that are still far below.
const PICTURES_THAT_DO_NOT_LOAD: &str = "const done = arguments[arguments.length - 1]; \
     Promise.all([...document.images].map(i => { i.loading = 'eager'; return i.decode().then(() => [], () => [i.src]) })) \
     .then(missing => done(missing.flat()))";

/// All nine flows.
async fn follow(language: &'static str, hands: Hands) -> Result<()> {
    let world = World::start().await?;
    let reader = Reader::of(&world, language, hands)?;
    let priya = reader.signed_in("priya.nair").await?;
    reader.chat(&priya).await.context("chat")?;
    reader.invite(&priya).await.context("invite")?;
    reader.onboard().await.context("onboard")?;
    reader.link_phone(&priya).await.context("link-phone")?;
    let mei = reader.signed_in("mei.lin").await?;
    reader.configure(&mei).await.context("configure")?;
    reader.administer(&mei).await.context("users")?;
    reader.register(&mei).await.context("register")?;
    reader.recover().await.context("recover")?;
    let page = reader.browser(PHONE, &format!("/guide/{language}.html")).await?;
    page.sees(reader.guide.say("title")?).await?;
    let missing = page.run_async(PICTURES_THAT_DO_NOT_LOAD).await?;
    ensure!(missing == json!([]), "pictures of the guide do not load: {missing}");
    page.check_accessibility(&format!("guide, {language}")).await
}

#[tokio::test]
async fn the_guide_leads_through_all_flows_in_english() -> Result<()> {
    follow("en", Hands::Mouse).await
}

#[tokio::test]
async fn the_guide_leads_through_all_flows_in_traditional_chinese() -> Result<()> {
    follow("zh-Hant", Hands::Mouse).await
}

#[tokio::test]
async fn the_guide_leads_through_all_flows_in_simplified_chinese() -> Result<()> {
    follow("zh-Hans", Hands::Mouse).await
}

#[tokio::test]
async fn the_guide_leads_through_all_flows_in_japanese() -> Result<()> {
    follow("ja", Hands::Mouse).await
}

#[tokio::test]
async fn all_flows_can_be_followed_by_keyboard_alone() -> Result<()> {
    follow("en", Hands::Keyboard).await
}
