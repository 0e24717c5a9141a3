//! One-time codes: issued, sent again, and taken, for signing in, confirming again, linking a phone, invitations and
//! registration alike.
//!
//! A code is kept as a keyed hash (`keys.rs`), bound to the browser that asked. How many guesses and sends one code
//! allows, and how many guesses an account, an address and a network have in an hour over all of their codes, is said
//! here and counted in the database.

pub mod mask;

use crate::{
    clock::{self, HOUR, MINUTE},
    keys::ServerKey,
    limits,
    store::{
        CodeKey, CodePurpose, Counter, CounterKey, NextCode, OneTimeCode, PersonRow, SentTo, StoreError, Tx,
    },
};
use causeway_api::{CompanyId, Millis, PersonId, chats::Channel, paths::seconds_until};

/// What a code is issued for.
#[derive(Clone, Debug)]
pub struct Request {
    /// SHA-256 of the token in the browser's cookie, or a hash derived from it.
    pub hash: Vec<u8>,
    /// The company.
    pub company: CompanyId,
    /// What it is for.
    pub purpose: CodePurpose,
    /// Whose; `None` for an address that is no one's.
    pub person: Option<PersonId>,
    /// The channel that it links.
    pub channel: Option<Channel>,
    /// The number or address that was typed; empty where none is.
    pub address: String,
    /// Where the person's codes go.
    pub sent_to: SentTo,
    /// How long it lasts.
    pub lifetime: Millis,
}

impl SentTo {
    /// Where the codes of a person go now.
    pub fn of(row: &PersonRow) -> Self {
        Self { phone: row.phone.clone(), email: row.email.clone() }
    }
}

/// A code about to be written, and its digits.
pub fn issue(key: &ServerKey, request: Request, now: Millis) -> (OneTimeCode, String) {
    let code = clock::new_code();
    let row = OneTimeCode {
        code_mac: key.code_mac(&request.hash, &code),
        next_send_at: now + limits::CODE_PAUSES[0],
        ..unsent(request, now)
    };
    (row, code)
}

/// A challenge that is opened by something stronger than a code: nothing is sent for it.
pub fn unsent(request: Request, now: Millis) -> OneTimeCode {
    let Request { hash, company, purpose, person, channel, address, sent_to, lifetime } = request;
    OneTimeCode {
        hash,
        company,
        purpose,
        person,
        channel,
        address,
        sent_to,
        code_mac: Vec::new(),
        attempts: 0,
        sends: 1,
        next_send_at: now,
        expires_at: now + lifetime,
        passkey_state: None,
        earlier_failures: 0,
        password_version: 0,
        is_pending: false,
    }
}

/// A code of which is decided behind the answer whether it goes out, so that neither the answer nor its time tells.
pub fn pending(request: Request, now: Millis) -> OneTimeCode {
    let next_send_at = now + limits::CODE_PAUSES[0];
    OneTimeCode { next_send_at, is_pending: true, ..unsent(request, now) }
}

/// What came of asking for another code.
pub enum Resent {
    /// It takes the place of the earlier one.
    Sent {
        /// The row as it is now.
        row: OneTimeCode,
        /// The digits.
        code: String,
    },
    /// The pause is not over, or there are no more: the earlier one still holds.
    Waits(OneTimeCode),
    /// There is none that waits.
    Gone,
}

/// Replaces the code of a browser by another one, if one may be sent now.
pub async fn resend(
    tx: &mut Tx,
    key: &ServerKey,
    code: CodeKey<'_>,
    sent_to: SentTo,
    lifetime: Millis,
    now: Millis,
) -> Result<Resent, StoreError> {
    let Some(old) = tx.code(code.purpose, code.hash).await? else { return Ok(Resent::Gone) };
    // Where nothing was sent, nothing is sent again.
    if old.code_mac.is_empty() {
        return Ok(Resent::Gone);
    }
    let digits = clock::new_code();
    let next = NextCode {
        code_mac: key.code_mac(code.hash, &digits),
        sent_to,
        next_send_at: now + pause_after(old.sends),
        expires_at: now + lifetime,
        is_pending: false,
    };
    Ok(match replace(tx, old, next, now).await? {
        (row, true) => Resent::Sent { row, code: digits },
        (row, false) => Resent::Waits(row),
    })
}

/// The same where it is decided behind the answer whether a code goes out. Returns the row, and whether it was replaced.
pub async fn resend_pending(
    tx: &mut Tx,
    old: OneTimeCode,
    lifetime: Millis,
    now: Millis,
) -> Result<(OneTimeCode, bool), StoreError> {
    let next = NextCode {
        code_mac: Vec::new(),
        sent_to: old.sent_to.clone(),
        next_send_at: now + pause_after(old.sends),
        expires_at: now + lifetime,
        is_pending: true,
    };
    replace(tx, old, next, now).await
}

async fn replace(
    tx: &mut Tx,
    old: OneTimeCode,
    next: NextCode,
    now: Millis,
) -> Result<(OneTimeCode, bool), StoreError> {
    if !tx.replace_code(&old.hash, next.clone(), limits::CODE_SENDS, now).await? {
        return Ok((old, false));
    }
    let NextCode { code_mac, sent_to, next_send_at, expires_at, is_pending } = next;
    let sends = old.sends + 1;
    Ok((OneTimeCode { sent_to, code_mac, sends, next_send_at, expires_at, is_pending, ..old }, true))
}

/// The pause behind so many codes.
fn pause_after(sends: i32) -> Millis {
    let place = usize::try_from(sends).unwrap_or(0).min(limits::CODE_PAUSES.len() - 1);
    limits::CODE_PAUSES[place]
}

/// Seconds until another code may be asked for; `None` when no further one will be sent.
pub fn resend_in(row: &OneTimeCode, now: Millis) -> Option<u32> {
    // Of an invitation it must not be told whether anything was sent.
    let is_sent = !row.code_mac.is_empty() || row.purpose == CodePurpose::Onboarding;
    (is_sent && row.sends < limits::CODE_SENDS).then(|| seconds_until(now, row.next_send_at))
}

/// Seconds until a code expires.
pub fn expires_in(row: &OneTimeCode, now: Millis) -> u32 {
    seconds_until(now, row.expires_at)
}

/// What became of a guess.
pub enum Guess<T> {
    /// It was right.
    Right(T),
    /// It was wrong.
    Wrong,
    /// It could not be tried any more.
    Spent,
}

/// Where the guesses at the codes of an account or address are counted, over all of its codes.
fn guesses_key(row: &OneTimeCode) -> CounterKey {
    match (row.purpose, row.person) {
        (CodePurpose::SignIn | CodePurpose::StepUp | CodePurpose::Activation, Some(person)) => {
            Counter::CodeGuess.of(person)
        }
        // By the address that was typed, so that it is counted alike whether it is someone's or not.
        _ => Counter::CodeGuess.of_address_in(row.company, &row.address),
    }
}

/// Counts a guess at the code of a browser, before it is looked at. Returns the code, or `None` when no guess is left:
/// of this code, of its account or address in an hour, or of the network it comes from.
pub async fn guess(
    tx: &mut Tx,
    code: CodeKey<'_>,
    network: &str,
    now: Millis,
) -> Result<Option<OneTimeCode>, StoreError> {
    let Some(row) = tx.take_guess(code.purpose, code.hash, limits::CODE_GUESSES, now).await? else {
        return Ok(None);
    };
    let is_public = matches!(code.purpose, CodePurpose::Onboarding | CodePurpose::Registration);
    let from_network = Counter::CodeNetwork.of(network);
    if is_public && tx.count(&from_network, HOUR, now).await? > limits::CODE_GUESSES_PER_NETWORK_AND_HOUR {
        return Ok(None);
    }
    let of_account = tx.count(&guesses_key(&row), HOUR, now).await?;
    Ok((of_account <= limits::CODE_FAILURES_PER_HOUR).then_some(row))
}

/// Marks a code as used whose guess was right. Returns `false` if it already was.
pub async fn finish(tx: &mut Tx, row: &OneTimeCode, now: Millis) -> Result<bool, StoreError> {
    if !tx.use_code(&row.hash, now).await? {
        return Ok(false);
    }
    tx.clear_count(&guesses_key(row)).await?;
    Ok(true)
}

/// Compares the digits that were typed, where a later step uses the code up: counts the guess, and gives it back when they
/// are right.
pub async fn check(
    tx: &mut Tx,
    key: &ServerKey,
    code: CodeKey<'_>,
    typed: &str,
    network: &str,
    now: Millis,
) -> Result<Guess<OneTimeCode>, StoreError> {
    let Some(row) = guess(tx, code, network, now).await? else { return Ok(Guess::Spent) };
    if row.code_mac.is_empty() || !key.code_matches(code.hash, typed, &row.code_mac) {
        return Ok(Guess::Wrong);
    }
    tx.give_guess_back(code.hash).await?;
    Ok(Guess::Right(row))
}

/// Takes the digits that were typed: counts the guess, compares, and marks the code as used when they are right.
pub async fn take(
    tx: &mut Tx,
    key: &ServerKey,
    code: CodeKey<'_>,
    typed: &str,
    network: &str,
    now: Millis,
) -> Result<Guess<OneTimeCode>, StoreError> {
    let Some(row) = guess(tx, code, network, now).await? else { return Ok(Guess::Spent) };
    if row.code_mac.is_empty() || !key.code_matches(code.hash, typed, &row.code_mac) {
        return Ok(Guess::Wrong);
    }
    Ok(if finish(tx, &row, now).await? { Guess::Right(row) } else { Guess::Spent })
}

/// What a mail or SMS says of a code.
#[derive(Clone)]
pub struct Wording {
    code: String,
    minutes: String,
    host: String,
}

impl Wording {
    /// Of a code that was just issued, for the site of that host.
    pub fn of(row: &OneTimeCode, code: &str, host: &str, now: Millis) -> Self {
        let minutes = ((row.expires_at - now) / MINUTE).to_string();
        Self { code: code.to_owned(), minutes, host: host.to_owned() }
    }

    /// The arguments of its text.
    pub fn args(&self) -> [(&str, &str); 3] {
        [("code", &self.code), ("host", &self.host), ("minutes", &self.minutes)]
    }
}
