//! The welcome link: the first password is set by its owner, with a link that works once.

use super::passwords;
use crate::{
    App,
    actor::PersonKey,
    clock::{self, Token},
    domain::shut_out::{Act, shut_out},
    error::AppError,
    job, limits,
    outbox::{self, Queued, Template},
    store::{AuditEntry, Company, PersonRow, Purpose, StoreError, Tx},
    texts,
};
use causeway_api::{Millis, audit::AuditAction, auth::Welcome};

/// Makes a welcome link and queues the onboarding mail with it.
pub async fn invite(
    tx: &mut Tx,
    origin: &str,
    row: &PersonRow,
    company: &Company,
    username: &str,
    support: &str,
    now: Millis,
) -> Result<Queued, StoreError> {
    let token = clock::new_token();
    let until = now + limits::WELCOME_LINK_LIFETIME;
    tx.add_one_time_link(PersonKey::new(row.company, row.person.id), Purpose::Welcome, token.hash(), until)
        .await?;
    let hours = (limits::WELCOME_LINK_LIFETIME / clock::HOUR).to_string();
    let link = format!("{origin}/welcome#{}", token.reveal());
    let language = row.language.as_deref();
    let support = match support.trim() {
        "" => texts::text(language, "onboarding-mail-no-support", &[]),
        contact => texts::text(language, "onboarding-mail-support", &[("contact", contact)]),
    };
    let guide = format!("{origin}/guide/{}.html", language.unwrap_or(texts::LANGUAGES[0]));
    let args = [
        ("name", row.person.name.as_str()),
        ("shown", &company.shown),
        ("portal", origin),
        ("company", &company.name),
        ("username", username),
        ("link", &link),
        ("hours", &hours),
        ("guide", &guide),
        ("support", &support),
    ];
    outbox::queue(tx, row, Template::Welcome, &args, now).await
}

/// What the holder of a link is shown before choosing a password.
pub async fn describe(app: &App, token: &Token) -> Result<Welcome, AppError> {
    let (company, person) = app
        .store
        .one_time_link(&token.hash(), Purpose::Welcome, app.clock.now())
        .await?
        .ok_or(AppError::LinkSpent)?;
    let company = app.store.company(company).await?.ok_or(AppError::LinkSpent)?;
    let account = app.store.account(company.id, person).await?.ok_or(AppError::LinkSpent)?;
    Ok(Welcome { company: company.shown, company_name: company.name, username: account.username })
}

/// Sets the first password, ends every session there may be, and uses the link up. It does not sign in.
pub async fn set_password(app: &App, token: &Token, password: String) -> Result<(), AppError> {
    let welcome = describe(app, token).await?;
    let known = [welcome.company.as_str(), &welcome.company_name, &welcome.username];
    passwords::check_new(app, "password", &password, &known).await?;
    let password_hash = passwords::hash(app, password).await?;
    let (hash, now) = (token.hash(), app.clock.now());
    let ended = app
        .store
        .write(job!(|tx| {
            let (company, person) =
                tx.use_one_time_link(&hash, Purpose::Welcome, now).await?.ok_or(AppError::LinkSpent)?;
            tx.set_password(company, person, password_hash).await?;
            tx.audit(AuditEntry::of(company, person, AuditAction::PasswordSet, now)).await?;
            Ok::<_, AppError>(
                shut_out(tx, Act::ResetPassword, PersonKey::new(company, person), None, now).await?,
            )
        }))
        .await?;
    ended.close(app);
    app.outbox.ring();
    Ok(())
}
