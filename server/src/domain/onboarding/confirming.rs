//! The right code: the channel is linked, the conversation is there, and the client has a session. All of it is one
//! transaction.

use super::{
    code_of, features, language_of,
    rules::{Rules, locks, refuse_while_blocked},
};
use crate::{
    App,
    actor::{Browser, PersonKey},
    clock::{self, Token},
    domain::{
        chats,
        codes::{self, Guess},
        contacts,
        sign_in::sessions::{self, Grounds, Opening, Standing},
    },
    error::AppError,
    job, limits,
    store::{AuditEntry, CodeKey, CodePurpose, Counter, OneTimeCode, Tx},
};
use causeway_api::{Millis, PersonId, audit::AuditAction, onboarding::Onboarded, validate};

/// The code: links the channel, makes the chat, and opens the client's session, once.
pub async fn confirm(
    app: &App,
    token: &Token,
    typed: &str,
    standing: &Standing,
    browser: Browser,
) -> Result<(Token, Onboarded), AppError> {
    let code = validate::code(typed).map_err(|fault| AppError::Invalid("code", fault))?;
    let waiting = code_of(app, token).await?;
    standing.make_way_for(waiting.person)?;
    let features = features::of(app, waiting.company).await?;
    refuse_while_blocked(app, &locks(waiting.company, &waiting.address, &browser)).await?;
    // What the page was written in until now: the chat goes on in it.
    let language = language_of(app, &waiting, &features).await?;
    let (rules, now, server_key) = (Rules::of(&features), app.clock.now(), app.key.clone());
    let (company, session) = (waiting.company, clock::new_token());
    let (new_session, replaces) = (session.clone(), standing.session());
    let guess = app
        .store
        .write(job!(|tx| {
            tx.next_seq(company).await?;
            let key = CodeKey { purpose: CodePurpose::Onboarding, hash: &waiting.hash };
            match codes::take(tx, &server_key, key, &code, &browser.address, now).await? {
                Guess::Right(code) => {
                    let linked = link(tx, &code, &new_session, replaces, browser, now).await?;
                    if let (Guess::Right(_), Some(client)) = (&linked, code.person) {
                        tx.set_first_language(company, client, &language).await?;
                    }
                    Ok(linked)
                }
                Guess::Wrong => count_wrong(tx, &rules, &waiting, now).await,
                Guess::Spent => Ok(Guess::Spent),
            }
        }))
        .await?;
    match guess {
        Guess::Wrong => Err(AppError::CodeRefused),
        Guess::Spent => Err(AppError::CodeSpent),
        Guess::Right(Linked { ended, host }) => {
            app.hub.end_sessions(&ended);
            let company = app.store.company(company).await?.ok_or(AppError::SignedOut)?;
            let host = app.store.person(company.id, host).await?.ok_or(AppError::SignedOut)?;
            Ok((session, Onboarded { company: company.shown, host: host.person }))
        }
    }
}

/// A channel was linked.
struct Linked {
    /// The sessions that ended, by their hashes.
    ended: Vec<Vec<u8>>,
    /// The employee who has invited the client.
    host: PersonId,
}

async fn link(
    tx: &mut Tx,
    code: &OneTimeCode,
    session: &Token,
    replaces: Option<Vec<u8>>,
    browser: Browser,
    now: Millis,
) -> Result<Guess<Linked>, AppError> {
    let (Some(client), Some(channel)) = (code.person, code.channel) else { return Ok(Guess::Spent) };
    let company = code.company;
    // Only at the address that the code was for: an invitation that was corrected meanwhile is another one.
    if !tx.link(company, client, channel, &code.address, now).await? {
        return Ok(Guess::Spent);
    }
    let host = tx.host_of(company, client, channel).await?.ok_or(AppError::CodeSpent)?;
    tx.clear_count(&Counter::OnboardingWrong.of_address_in(company, &browser.address)).await?;
    tx.audit(AuditEntry::of(company, client, AuditAction::ChannelLinked, now).changed(&(), &channel)?)
        .await?;
    contacts::announce_change(tx, PersonKey::new(company, client), client, now).await?;
    if tx.direct_chat(company, host, client).await?.is_none() {
        chats::add_direct(tx, company, host, client, channel, now).await?;
    }
    let opening = Opening {
        grounds: Grounds::Invitation(code, client, channel),
        token: session,
        browser,
        device: None,
        replaces,
        now,
        lifetime: limits::CLIENT_SESSION_LIFETIME,
    };
    let opened = sessions::open(tx, opening).await?;
    Ok(Guess::Right(Linked { ended: opened.ended, host }))
}

async fn count_wrong(
    tx: &mut Tx,
    rules: &Rules,
    waiting: &OneTimeCode,
    now: Millis,
) -> Result<Guess<Linked>, AppError> {
    if let Some((window, most)) = rules.invalid {
        let wrong = Counter::OnboardingInvalid.of_address_in(waiting.company, &waiting.address);
        if tx.count(&wrong, window, now).await? >= most {
            tx.use_code(&waiting.hash, now).await?;
            tx.clear_count(&wrong).await?;
            return Ok(Guess::Spent);
        }
    }
    Ok(Guess::Wrong)
}
