//! The personal link of a client: it opens the client's own web chat and can be withdrawn.

use super::sessions::{self, Actor, Browser, Standing};
use crate::{
    App,
    clock::{self, Token},
    error::AppError,
    limits,
    store::AuditEntry,
};
use causeway_api::{PersonId, chats::ClientLink, paths::Side};

/// Makes a new personal link for a client. Earlier links go on working.
pub async fn create(app: &App, actor: &Actor, client: PersonId) -> Result<ClientLink, AppError> {
    actor.may_write()?;
    require_client(app, actor, client).await?;
    let token = clock::new_token();
    let (hash, company, now, author) = (token.hash(), actor.company, app.clock.now(), actor.clone());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.add_client_link(company, client, hash, now).await?;
                tx.audit(AuditEntry::new(&author, "client_link_created", client, now)).await
            })
        })
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
        .write(move |tx| {
            Box::pin(async move {
                tx.revoke_client_links(company, client, now).await?;
                tx.audit(AuditEntry::new(&author, "client_links_revoked", client, now)).await?;
                tx.end_sessions_of(company, client).await
            })
        })
        .await?;
    app.hub.end_sessions(&ended);
    Ok(())
}

async fn require_client(app: &App, actor: &Actor, client: PersonId) -> Result<(), AppError> {
    super::contacts::require(app, actor, client).await.map(|_| ())
}

/// Opens the client's web chat with a link.
pub async fn open(
    app: &App,
    token: &Token,
    standing: &Standing,
    browser: Browser,
) -> Result<Token, AppError> {
    let now = app.clock.now();
    let (company, client) = app.store.client_link(&token.hash()).await?.ok_or(AppError::LinkSpent)?;
    standing.make_way_for(Some(client))?;
    let session = clock::new_token();
    let new = session.clone();
    let ended = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                tx.audit(
                    AuditEntry::of(company, client, "client_link_opened", now).on(client).from(&browser),
                )
                .await?;
                let who = (company, client, Side::Client);
                sessions::open(tx, &new, who, browser, (now, limits::CLIENT_SESSION_LIFETIME)).await
            })
        })
        .await?;
    app.hub.end_sessions(&ended);
    Ok(session)
}
