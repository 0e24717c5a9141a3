//! Decides, behind the answer, whether a code that was asked for goes out: to the client who was invited at the address
//! that was typed, or nowhere.

use super::{language, rules::Rules};
use crate::{
    App,
    clock::{self, DAY, MINUTE},
    domain::{
        codes::Wording,
        features::{self, Features},
        notifications,
    },
    input::phones,
    job,
    outbox::{self, Template},
    store::{Counter, OneTimeCode, PersonRow, SentTo, StoreError, Tx},
};
use causeway_api::{Millis, chats::Channel, notifications::Notice};
use std::sync::Arc;

/// Codes that are decided about in one go.
const AT_ONCE: u64 = 50;

/// Decides about codes, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = send_pending(&app).await {
            tracing::error!(%error, "codes of invitations could not be sent");
        }
        tokio::select! {
            () = app.onboarding_codes.notified() => {}
            () = clock::pause(MINUTE) => {}
        }
    }
}

/// Decides about every code that waits for it. One that fails holds no other up; it is tried again later.
pub async fn send_pending(app: &App) -> Result<(), StoreError> {
    loop {
        let waiting = app.store.pending_codes(AT_ONCE).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let mut failure = None;
        for code in waiting {
            failure = settle(app, code).await.err().or(failure);
        }
        app.outbox.ring();
        if let Some(error) = failure {
            return Err(error);
        }
    }
}

async fn settle(app: &App, code: OneTimeCode) -> Result<(), StoreError> {
    let client = client_of(app, &code).await?;
    let features = match features::of(app, code.company).await {
        Ok(features) => features,
        Err(error) => {
            tracing::error!(%error, "the features could not be read");
            return Err(StoreError::Busy);
        }
    };
    let (key, host, now) = (app.key.clone(), app.config.public_host(), app.clock.now());
    app.store
        .write(job!(|tx| {
            let Some(client) = client.filter(|_| code.expires_at > now) else {
                // Counted alike, whoever was invited.
                let _ = outbox::count(tx, &code.address, now).await?;
                tx.settle_code(&code.hash, None).await?;
                return Ok(());
            };
            let digits = clock::new_code();
            let goes_to = (client.person.id, SentTo::of(&client), key.code_mac(&code.hash, &digits));
            if tx.settle_code(&code.hash, Some(goes_to)).await? {
                let wording = Wording::of(&code, &digits, &host, now);
                queue(tx, client, &code, &wording, &features, now).await?;
            }
            Ok(())
        }))
        .await
}

/// The client that a code is for: the one whose invitation was opened, or who was invited at the address that was typed.
async fn client_of(app: &App, code: &OneTimeCode) -> Result<Option<PersonRow>, StoreError> {
    let invited = match (code.person, code.channel) {
        (Some(person), _) => Some(person),
        (None, Some(channel)) => {
            let found = app.store.invited(code.company, channel, &code.address, app.clock.now()).await?;
            found.map(|link| link.person)
        }
        (None, None) => None,
    };
    match invited {
        Some(person) => app.store.person(code.company, person).await,
        None => Ok(None),
    }
}

/// Queues the code by the ways that are configured; where an address is missing, by the other.
async fn queue(
    tx: &mut Tx,
    client: PersonRow,
    code: &OneTimeCode,
    wording: &Wording,
    features: &Features,
    now: Millis,
) -> Result<(), StoreError> {
    let rules = Rules::of(features);
    let country = phones::read(&code.address, "").map_or_else(|_| String::new(), |phone| phone.country);
    let language = language(&country, client.language.as_deref(), features);
    let row = PersonRow { language: Some(language), ..client };
    let args = wording.args();
    let is_invitation = code.channel == Some(Channel::Causeway);
    let (has_phone, has_email) = (!row.phone.is_empty(), !row.email.is_empty());
    let by_sms = has_phone && (rules.by_sms || is_invitation || !has_email);
    let by_mail = has_email && (rules.by_mail || is_invitation || !has_phone);
    if (rules.by_sms && !has_phone) || (rules.by_mail && !has_email) {
        warn_of_missing_route(tx, &row, has_phone, now).await?;
    }
    if by_sms {
        outbox::queue(tx, &row, Template::OnboardingCodeSms, &args, now).await?.or_drop();
    }
    if by_mail {
        outbox::queue(tx, &row, Template::OnboardingCode, &args, now).await?.or_drop();
    }
    Ok(())
}

/// The admins learn that a code takes the other way, once a day and client; the client sees nothing of it.
async fn warn_of_missing_route(
    tx: &mut Tx,
    row: &PersonRow,
    has_phone: bool,
    now: Millis,
) -> Result<(), StoreError> {
    tracing::warn!(event = "otp_route_missing", company = %row.company, person = %row.person.id, "the code takes the other way");
    if tx.count(&Counter::OtpRoute.of(row.person.id), DAY, now).await? > 1 {
        return Ok(());
    }
    let missing = if has_phone { "email" } else { "phone" };
    let person = tx.contact_of(row.company, row.person.id).await?;
    let notice =
        Notice::OtpRouteMissing { person, name: row.person.name.clone(), missing: missing.to_owned() };
    notifications::notify_admins(tx, row.company, &notice, now).await
}
