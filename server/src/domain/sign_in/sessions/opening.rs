//! The one function that opens sessions. It is told what the session rests on, and checks in the same transaction that it
//! still holds.

use crate::{
    actor::Browser,
    clock::Token,
    error::AppError,
    limits,
    store::{AuditEntry, NewSession, OneTimeCode, SessionRow, Tx},
};
use causeway_api::{CompanyId, Millis, PersonId, audit::AuditAction, chats::Channel, paths::Side};
use uuid::Uuid;

/// What a session rests on. A credential that was ended while it was being used opens nothing.
pub enum Grounds<'a> {
    /// The right password, and then the right code or something stronger.
    SignIn(&'a OneTimeCode),
    /// A phone that its owner has just linked; the link was used up in this transaction.
    LinkedPhone(CompanyId, PersonId),
    /// The personal link of a client, by its hash.
    PersonalLink(&'a [u8]),
    /// An invitation that was completed; the channel was linked in this transaction.
    Invitation(&'a OneTimeCode, PersonId, Channel),
    /// A person who was made in this transaction.
    MadeHere(CompanyId, PersonId),
}

/// A session about to be opened.
pub struct Opening<'a> {
    /// What it rests on.
    pub grounds: Grounds<'a>,
    /// Its token.
    pub token: &'a Token,
    /// The browser it is for.
    pub browser: Browser,
    /// The device of an employee.
    pub device: Option<Uuid>,
    /// The session that was in this browser until now, by its hash; it ends.
    pub replaces: Option<Vec<u8>>,
    /// When it begins, and how long it lasts.
    pub now: Millis,
    /// How long it lasts at most.
    pub lifetime: Millis,
}

/// A session that was opened.
pub struct Opened {
    /// The company.
    pub company: CompanyId,
    /// Whose it is.
    pub person: PersonId,
    /// The hashes of sessions that ended for it: the one it replaces, and the oldest beyond the limit.
    pub ended: Vec<Vec<u8>>,
}

/// Opens a session, or refuses when what it rests on does not hold any more.
pub async fn open(tx: &mut Tx, opening: Opening<'_>) -> Result<Opened, AppError> {
    let Opening { grounds, token, browser, device, replaces, now, lifetime } = opening;
    let (company, person) = hold(tx, &grounds).await?;
    let (side, channel) = match grounds {
        Grounds::SignIn(_) | Grounds::LinkedPhone(..) | Grounds::MadeHere(..) => (Side::Portal, None),
        Grounds::PersonalLink(_) => (Side::Client, Some(Channel::Causeway)),
        Grounds::Invitation(_, _, channel) => (Side::Client, Some(channel)),
    };
    let mut ended = Vec::new();
    if let Some(earlier) = replaces
        && let Some(session) = tx.end_session_on(&earlier, side).await?
    {
        if side == Side::Portal {
            let entry = AuditEntry::of(session.company, session.person, AuditAction::SignedOut, now);
            tx.audit(entry.on(session.person).from(&browser)).await?;
        }
        ended.push(session.hash);
    }
    let session = SessionRow {
        hash: token.hash(),
        company,
        person,
        side,
        seen_at: now,
        ends_at: now + lifetime,
        confirmed_at: now,
        channel,
        must_set_password: false,
        device,
    };
    let new = NewSession { session, agent: browser.agent, address: browser.address };
    ended.extend(tx.add_session(new, now, limits::SESSIONS_PER_PERSON).await?);
    Ok(Opened { company, person, ended })
}

/// Checks what a session rests on, and holds it until the end of the transaction.
async fn hold(tx: &mut Tx, grounds: &Grounds<'_>) -> Result<(CompanyId, PersonId), AppError> {
    match *grounds {
        Grounds::SignIn(code) => {
            let (company, person) = (code.company, code.person.ok_or(AppError::CodeSpent)?);
            let was_sent = !code.code_mac.is_empty();
            // A code that was sent opens nothing once there is something stronger, or once codes go elsewhere.
            let holds = tx.hold_active_person(company, person, was_sent.then_some(&code.sent_to)).await?
                && tx.hold_password(company, person, code.password_version).await?
                && !(was_sent && tx.enrolled(company, person).await?.is_strong());
            if holds { Ok((company, person)) } else { Err(AppError::CodeSpent) }
        }
        Grounds::LinkedPhone(company, person) => {
            let holds = tx.hold_active_person(company, person, None).await?;
            if holds { Ok((company, person)) } else { Err(AppError::CodeSpent) }
        }
        Grounds::PersonalLink(hash) => {
            let (company, person) = tx.hold_personal_link(hash).await?.ok_or(AppError::LinkSpent)?;
            let holds = tx.hold_active_person(company, person, None).await?;
            if holds { Ok((company, person)) } else { Err(AppError::LinkSpent) }
        }
        Grounds::Invitation(code, client, _) => {
            let holds = tx.hold_active_person(code.company, client, Some(&code.sent_to)).await?;
            if holds { Ok((code.company, client)) } else { Err(AppError::CodeSpent) }
        }
        Grounds::MadeHere(company, person) => Ok((company, person)),
    }
}
