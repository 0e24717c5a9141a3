//! Pages in a language of choice.

use crate::{browser::Browser, world::World};
use anyhow::Result;

impl Browser {
    /// Opens the chat of a client in English, whatever the client's own language is.
    pub async fn open_client(&self, world: &World, name: &str) -> Result<()> {
        self.open(&format!("{}/robots.txt", world.portal)).await?;
        self.speak("en").await?;
        self.open(&world.client_link(name)?).await
    }

    /// Chooses a language, which the next page that is opened is in.
    pub async fn speak(&self, language: &str) -> Result<()> {
        let choose = "localStorage.setItem('causeway.language', JSON.stringify(arguments[0]))";
        self.run(choose, vec![language.into()]).await?;
        Ok(())
    }

    /// Opens an address and waits until all of it is there, in that language.
    pub async fn open_in(&self, language: &str, address: &str) -> Result<()> {
        self.speak(language).await?;
        self.open(address).await?;
        self.find("main h1, main h2").await?;
        self.find_path("//*[self::main][not(.//*[@aria-busy='true'])]").await?;
        let spoken = self.run("return document.documentElement.lang", vec![]).await?;
        anyhow::ensure!(spoken == language, "{address} is in {spoken}");
        Ok(())
    }
}
