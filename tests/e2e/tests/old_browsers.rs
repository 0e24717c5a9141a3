//! The main flows in a browser some years old.

use anyhow::Result;
use causeway_e2e::{old_chromium::OldChromium, world::World};

#[tokio::test]
async fn an_employee_signs_in_and_talks_with_a_client() -> Result<()> {
    let world = World::start().await?;
    let daniel = OldChromium::open(&format!("{}/login", world.portal)).await?;
    daniel.sees("Find your company").await?;
    daniel.fill("Company name", "lanternbay").await?;
    daniel.press("Continue").await?;
    daniel.fill("Username", "daniel.okafor").await?;
    daniel.fill("Password", world.password()).await?;
    let address = "daniel.okafor@lanternbay.example";
    let before = world.newest_code(address).await;
    daniel.press("Sign in").await?;
    daniel.sees("6-digit code").await?;
    daniel.fill("6-digit code", &world.code(address, before.as_deref()).await?).await?;
    daniel.follow_row("Wong Ka Man 黃嘉敏").await?;
    let client = OldChromium::open(&world.client_link("Wong Ka Man 黃嘉敏")?).await?;
    client.fill("訊息", "Hello from an old phone").await?;
    client.press("傳送").await?;
    daniel.sees("Hello from an old phone").await?;
    daniel.fill("Message", "Hello back").await?;
    daniel.press("Send").await?;
    client.sees("Hello back").await
}

#[tokio::test]
async fn somebody_registers_by_the_public_link() -> Result<()> {
    let world = World::start().await?;
    let link = world.employee("mei.lin").await?.open_registration("Priya Nair", "").await?;
    let phone = OldChromium::open(&link).await?;
    phone.fill("Name", "Lam Chi Ming").await?;
    phone.fill("Email", "chiming.lam@mail.example").await?;
    phone.press("Send code").await?;
    phone.sees("6-digit code").await?;
    phone.fill("6-digit code", &world.code("chiming.lam@mail.example", None).await?).await?;
    phone.sees("You are in, Lam Chi Ming").await?;
    phone.press("Chat").await?;
    phone.fill("Message", "Good morning").await?;
    phone.press("Send").await?;
    phone.sees("Good morning").await
}
