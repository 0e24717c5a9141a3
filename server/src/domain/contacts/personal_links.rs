//! The personal link of a client: it opens the client's own web chat and can be withdrawn.

use crate::{
    App,
    actor::{Actor, Browser, PersonKey},
    clock::{self, Token},
    domain::{
        shut_out::{Act, shut_out},
        sign_in::sessions::{self, Grounds, Opening, Standing},
    },
    error::AppError,
    job, limits,
    store::AuditEntry,
};
use causeway_api::{PersonId, audit::AuditAction, chats::ClientLink};

/// Makes a new personal link for a client. Earlier links go on working.
pub async fn create(app: &App, actor: &Actor, client: PersonId) -> Result<ClientLink, AppError> {
    actor.may_write()?;
    require_client(app, actor, client).await?;
    let token = clock::new_token();
    let (hash, company, now, author) = (token.hash(), actor.company, app.clock.now(), actor.clone());
    app.store
        .write(job!(|tx| {
            tx.add_client_link(company, client, hash, now).await?;
            tx.audit(AuditEntry::new(&author, AuditAction::ClientLinkCreated, client, now)).await
        }))
        .await?;
    Ok(ClientLink { link: address(&app.config.public_origin, &token) })
}

/// The whole address of a link. The token stands in the fragment, which browsers do not send.
pub fn address(origin: &str, token: &Token) -> String {
    format!("{origin}/c#{}", token.reveal())
}

/// Withdraws every link of a client and ends the client's sessions.
pub async fn revoke(app: &App, actor: &Actor, client: PersonId) -> Result<(), AppError> {
    actor.may_write()?;
    require_client(app, actor, client).await?;
    let (company, now, author) = (actor.company, app.clock.now(), actor.clone());
    let ended = app
        .store
        .write(job!(|tx| {
            tx.audit(AuditEntry::new(&author, AuditAction::ClientLinksRevoked, client, now)).await?;
            shut_out(tx, Act::WithdrawPersonalLinks, PersonKey::new(company, client), None, now).await
        }))
        .await?;
    ended.close(app);
    Ok(())
}

async fn require_client(app: &App, actor: &Actor, client: PersonId) -> Result<(), AppError> {
    super::require(app, actor, client).await.map(|_| ())
}

/// Opens the client's web chat with a link.
pub async fn open(
    app: &App,
    token: &Token,
    standing: &Standing,
    browser: Browser,
) -> Result<Token, AppError> {
    let (now, link, session) = (app.clock.now(), token.hash(), clock::new_token());
    let (_, client) = app.store.client_link(&link).await?.ok_or(AppError::LinkSpent)?;
    standing.make_way_for(Some(client))?;
    let replaces = standing.session();
    let new = session.clone();
    let ended = app
        .store
        .write(job!(|tx| {
            let opening = Opening {
                grounds: Grounds::PersonalLink(&link),
                token: &new,
                browser: browser.clone(),
                device: None,
                replaces,
                now,
                lifetime: limits::CLIENT_SESSION_LIFETIME,
            };
            let opened = sessions::open(tx, opening).await?;
            let entry = AuditEntry::of(opened.company, opened.person, AuditAction::ClientLinkOpened, now);
            tx.audit(entry.on(opened.person).from(&browser)).await?;
            Ok::<_, AppError>(opened.ended)
        }))
        .await?;
    app.hub.end_sessions(&ended);
    Ok(session)
}
