//! The third text: people outside the company register, and a password is reset.

use anyhow::{Result, ensure};
use causeway_e2e::{
    browser::{Browser, DESKTOP, PHONE},
    sizes::Size,
    world::World,
};
use serde_json::json;

const WELCOME: &str = "Welcome. Ask me anything here.";
pub(crate) const CHI_MING: &str = "chiming.lam@mail.example";

/// Registration is open with Priya in charge; returns the link.
pub(crate) async fn opened(world: &World) -> Result<String> {
    world.employee("mei.lin").await?.open_registration("Priya Nair", WELCOME).await
}

/// Types name and address at the link.
async fn fill_in(browser: &Browser, link: &str, name: &str, email: &str) -> Result<()> {
    browser.open(link).await?;
    browser.fill("Name", name).await?;
    browser.fill("Email", email).await?;
    browser.press("Send code").await?;
    browser.labelled("6-digit code").await?;
    Ok(())
}

/// Registers at the link; returns the code that was mailed.
pub(crate) async fn register(
    world: &World,
    browser: &Browser,
    link: &str,
    name: &str,
    email: &str,
) -> Result<String> {
    fill_in(browser, link, name, email).await?;
    let code = world.code(email, None).await?;
    browser.labelled("6-digit code").await?.send_keys(&code).await?;
    browser.sees(&format!("You are in, {name}")).await?;
    Ok(code)
}

/// "The registrants are only required to provide the name and the email address."
#[tokio::test]
async fn only_name_and_email_are_asked_for() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let visitor = Browser::chromium(DESKTOP).await?;
    visitor.open(&link).await?;
    visitor.sees("Chat with Lantern Bay Capital").await?;
    visitor.at_both_sizes(async |size| {
        let languages = if size == Size::Phone { ["zh-Hant", "en"] } else { ["zh-Hans", "ja"] };
        for language in languages {
            visitor.open_in(language, &link).await?;
            visitor.find("form").await?;
            let fields = "return [...document.querySelectorAll('form input, form select')].map((it) => it.autocomplete)";
            ensure!(visitor.run(fields, vec![]).await? == json!(["name", "email"]));
            visitor.check_accessibility(&format!("registration, form, {language}")).await?;
        }
        Ok(())
    })
    .await?;
    visitor.press("Send code").await?;
    visitor.find("#join-name[aria-invalid=true]").await?;
    visitor.fill("Name", "Lam Chi Ming").await?;
    visitor.fill("Email", "chiming.lam@").await?;
    visitor.press("Send code").await?;
    visitor.sees("Enter an email address like name@company.com.").await
}

/// "Email verification is essential: registrants have to input the 6-digit verification code."
#[tokio::test]
async fn the_email_is_verified_by_a_code_of_six_digits() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let visitor = Browser::chromium(DESKTOP).await?;
    visitor
        .at_both_sizes(async |size| {
            let (name, email) = (format!("Lam {}", size.word()), format!("{}@mail.example", size.word()));
            visitor.drop_session(&world).await?;
            fill_in(&visitor, &link, &name, &email).await?;
            visitor.sees(&email).await?;
            visitor.check_accessibility("registration, code").await?;
            let code = world.code(&email, None).await?;
            let wrong = if code == "000000" { "111111" } else { "000000" };
            visitor.labelled("6-digit code").await?.send_keys(wrong).await?;
            visitor.sees("That code isn’t right.").await?;
            ensure!(!visitor.says("You are in").await?, "a wrong code lets in");
            visitor.fill("6-digit code", &code[..5]).await?;
            visitor.press("Confirm").await?;
            visitor.sees("Enter all six digits of the code.").await?;
            let field = visitor.labelled("6-digit code").await?;
            field.clear().await?;
            field.send_keys(&code).await?;
            visitor.sees(&format!("You are in, {name}")).await?;
            visitor.check_accessibility("registration, done").await
        })
        .await
}

/// "The email address is the login and hence unique across the company."
#[tokio::test]
async fn the_address_is_the_sign_in_name_and_unique_across_the_company() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let visitor = Browser::chromium(PHONE).await?;
    register(&world, &visitor, &link, "Lam Chi Ming", CHI_MING).await?;
    visitor
        .find_path(&format!("//dt[normalize-space()='Login']/following-sibling::dd[1][.='{CHI_MING}']"))
        .await?;
    visitor.drop_session(&world).await?;
    // The same screen for an address that is known; its owner is told.
    fill_in(&visitor, &link, "Somebody Else", &CHI_MING.to_uppercase()).await?;
    world.received(CHI_MING, "You already have an account").await?;
    let mei = world.browser_of("mei.lin", DESKTOP).await?;
    mei.open(&format!("{}/admin/users", world.portal)).await?;
    mei.press("External users").await?;
    mei.sees("1 user").await?;
    mei.sees(CHI_MING).await?;
    ensure!(!mei.says("Somebody Else").await?, "an address is there twice");
    Ok(())
}

/// Signs in with a password, and with the code that is sent to an address.
async fn sign_in(
    world: &World,
    browser: &Browser,
    username: &str,
    address: &str,
    password: &str,
) -> Result<()> {
    let before = world.newest_code(address).await;
    browser.open(&format!("{}/login", world.portal)).await?;
    browser.fill("Company name", "lanternbay").await?;
    browser.press("Continue").await?;
    browser.fill("Username", username).await?;
    browser.fill("Password", password).await?;
    browser.press("Sign in").await?;
    let field = browser.labelled("6-digit code").await?;
    field.send_keys(world.code(address, before.as_deref()).await?).await?;
    Ok(())
}

/// "The verification code is also the initial password of the account."
#[tokio::test]
async fn the_first_code_is_the_initial_password() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let phone = Browser::chromium(PHONE).await?;
    let code = register(&world, &phone, &link, "Lam Chi Ming", CHI_MING).await?;
    phone.sees("The code you just entered").await?;
    // Another browser, in which no one has registered.
    phone.drop_session(&world).await?;
    phone.resize(DESKTOP.0, DESKTOP.1).await?;
    sign_in(&world, &phone, CHI_MING, CHI_MING, &code).await?;
    phone.sees("You signed in with your code, which works once.").await?;
    phone.check_accessibility("choose a password").await?;
    phone.fill("New password", "kelp orbit nine 9").await?;
    phone.sees("Strength: Good").await?;
    phone.press("Save password").await?;
    phone.open_chat("Priya Nair").await?;
    phone.drop_session(&world).await?;
    phone.resize(PHONE.0, PHONE.1).await?;
    sign_in(&world, &phone, CHI_MING, CHI_MING, "kelp orbit nine 9").await?;
    phone.open_chat("Priya Nair").await
}

/// "The new user is automatically logged on by tapping on Chat, receives the default welcome message, if given, from the
/// person in charge, and can begin the conversation."
#[tokio::test]
async fn chat_signs_the_new_user_in_and_the_welcome_message_comes_first() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let (priya, visitor) = (world.browser_of("priya.nair", DESKTOP).await?, Browser::chromium(PHONE).await?);
    priya.open(&world.portal).await?;
    register(&world, &visitor, &link, "Lam Chi Ming", CHI_MING).await?;
    visitor.press("Chat").await?;
    // The conversation is open at once; the password is asked for above it.
    visitor.find_path(&format!("//*[@data-ordinal='1']//p[normalize-space()='{WELCOME}']")).await?;
    visitor.press("Choose a password").await?;
    visitor.sees("You signed in with your code.").await?;
    visitor.check_accessibility("choose a password, later").await?;
    visitor.press("Not now").await?;
    visitor.write("Good morning").await?;
    priya.open_chat("Lam Chi Ming").await?;
    priya.sees("Good morning").await?;
    priya.write("Good morning, Chi Ming").await?;
    visitor.sees("Good morning, Chi Ming").await?;
    // None is given: the conversation begins empty.
    world.employee("mei.lin").await?.open_registration("Priya Nair", "").await?;
    visitor.drop_session(&world).await?;
    visitor.resize(DESKTOP.0, DESKTOP.1).await?;
    register(&world, &visitor, &link, "Tess Try", "tess.try@mail.example").await?;
    visitor.press("Chat").await?;
    visitor.find("[role=log]:not([aria-busy])").await?;
    visitor.write("Is anybody there?").await?;
    visitor.find_path("//*[@data-ordinal='1']//p[normalize-space()='Is anybody there?']").await?;
    Ok(())
}

/// "A direct contact has already been established between the new user and the person in charge."
#[tokio::test]
async fn a_direct_contact_with_the_person_in_charge_is_there_at_once() -> Result<()> {
    let world = World::start().await?;
    let link = opened(&world).await?;
    let (priya, visitor) = (world.browser_of("priya.nair", DESKTOP).await?, Browser::chromium(PHONE).await?);
    priya.open(&world.portal).await?;
    register(&world, &visitor, &link, "Lam Chi Ming", CHI_MING).await?;
    priya.click_path("//a[contains(., 'Notifications')]").await?;
    priya.click_path("//a[contains(., 'Lam Chi Ming registered and is now your contact.')]").await?;
    priya.find_path("//h2[@id='ct-title'][normalize-space()='Lam Chi Ming']").await?;
    visitor
        .at_both_sizes(async |_| {
            visitor.open(&format!("{}/chats", world.portal)).await?;
            visitor.sees("Priya Nair").await?;
            let rows = visitor.run("return document.querySelectorAll('a.row').length", vec![]).await?;
            ensure!(rows == json!(1), "{rows} chats");
            // An external user has no directory, whatever address is typed.
            visitor.open(&format!("{}/contacts", world.portal)).await?;
            visitor.sees("Not part of your account").await
        })
        .await
}

/// "Password reset can take place on the mobile: by tapping the link in the password recovery email, the form is opened
/// there."
#[tokio::test]
async fn a_password_is_reset_on_the_phone_by_the_link_of_the_mail() -> Result<()> {
    let world = World::start().await?;
    let phone = Browser::chromium(PHONE).await?;
    let (address, password) = ("daniel.okafor@lanternbay.example", "kelp orbit nine 9");
    phone.open(&format!("{}/login", world.portal)).await?;
    phone.fill("Company name", "lanternbay").await?;
    phone.press("Continue").await?;
    phone.press("Forgot password").await?;
    phone.fill("Username", "daniel.okafor").await?;
    phone.check_accessibility("forgot password").await?;
    phone.press("Send link").await?;
    phone.sees("Check your email").await?;
    let link = world.mailed_link(address, "/reset#").await?;
    phone.open(&link).await?;
    phone.sees("Afterwards you sign in with the new password").await?;
    phone.check_accessibility("new password").await?;
    phone.fill("New password", "short").await?;
    phone.press("Save password").await?;
    phone.sees("Use at least 12 characters.").await?;
    phone.fill("New password", password).await?;
    phone.press("Save password").await?;
    phone.sees("Your password is set").await?;
    phone.press("Sign in").await?;
    sign_in(&world, &phone, "daniel.okafor", address, password).await?;
    phone.find("a.row").await?;
    Ok(())
}
