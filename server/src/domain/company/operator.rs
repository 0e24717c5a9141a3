//! What the operator changed by the command line while this server runs: another process wrote it, so what this one keeps
//! in memory is brought up to it within a second. The table in the database works across machines and on both databases.

use crate::{
    App,
    clock::{self, SECOND},
    job,
    store::{OperatorCommand, Signalled, StoreError},
};
use causeway_api::{PersonId, people::Role, signals::Signal};
use std::sync::Arc;

/// Takes up what the command line changed, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = take_up(&app).await {
            tracing::error!(%error, "what the command line changed could not be taken up");
        }
        clock::pause(SECOND).await;
    }
}

/// Takes up what was changed so far. A command that was taken up but not removed is taken up again: that harms nothing.
pub async fn take_up(app: &App) -> Result<(), StoreError> {
    let commands = app.store.operator_commands().await?;
    if commands.is_empty() {
        return Ok(());
    }
    app.store.forget_sessions();
    for (_, command) in &commands {
        obey(app, *command).await?;
    }
    let ids = commands.into_iter().map(|(id, _)| id).collect();
    app.store.write(job!(|tx| tx.remove_operator_commands(ids).await)).await
}

async fn obey(app: &App, command: OperatorCommand) -> Result<(), StoreError> {
    match command {
        OperatorCommand::CompanyChanged(company) => {
            app.features.forget(company);
            let admins = app.store.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await?;
            app.hub.signal(Signalled { signal: Signal::RegistrationChanged, audience: admins.into() });
        }
        OperatorCommand::SessionsEnded(_, person) => close_ended_sockets(app, person).await?,
        OperatorCommand::MailsQueued(_) => app.outbox.ring(),
    }
    Ok(())
}

/// Closes the sockets of a person whose sessions are gone from the database.
async fn close_ended_sockets(app: &App, person: PersonId) -> Result<(), StoreError> {
    let mut ended = Vec::new();
    for session in app.hub.sessions_of(person) {
        if app.store.session_and_owner(&session, app.clock.now()).await?.is_none() {
            ended.push(session);
        }
    }
    app.hub.end_sessions(&ended);
    Ok(())
}
