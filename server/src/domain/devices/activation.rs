//! Linking a device, the phone's side: it shows the code, someone signs in on it, the number is compared, and it comes
//! in. Everything hangs on the phone's own token, so no other phone can take over in between.

use super::link;
use crate::{
    App,
    actor::{Browser, PersonKey},
    clock::{self, Token},
    domain::{
        codes::Guess,
        features::{self, keys},
        second_factors::{Answer, Verifier},
        sign_in::{
            login::{self, Presented},
            sessions::{self, Grounds, Opening},
        },
    },
    error::AppError,
    input::agents,
    job, limits,
    outbox::{self, Template},
    store::{AuditEntry, Claim, CodePurpose, Counter, DeviceLinkRow, LinkKey, PersonRow, StoreError, Tx},
    texts,
};
use causeway_api::{
    Millis,
    audit::AuditAction,
    auth::{CodeSent, LogIn},
    devices::{Activation, ActivationLogIn, LinkStep, OpenActivation, ThisDevice},
    notifications::Notice,
    paths::seconds_until,
    signals::Signal,
    validate::{self, Fault},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The sign-in code of a link hangs on the phone's token: it works for nothing else, and nowhere else.
fn challenge_of(claim: &Token) -> Vec<u8> {
    Sha256::digest([b"activation\0", claim.hash().as_slice()].concat()).to_vec()
}

/// Whether this device is linked: the installed app then asks to sign in, and else for an activation code.
pub async fn this_device(app: &App, device: Option<&Token>) -> Result<ThisDevice, AppError> {
    let is_linked = match device {
        Some(device) => app.store.is_linked_device(&device.hash()).await?,
        None => false,
    };
    Ok(ThisDevice { is_linked })
}

/// Opens a link for the phone that shows its code or secret; returns the phone's token.
pub async fn open(
    app: &App,
    shown: &OpenActivation,
    browser: Browser,
) -> Result<(Token, Activation), AppError> {
    let key = match shown {
        OpenActivation::Code(typed) => {
            let folded =
                validate::activation_code(typed).map_err(|fault| AppError::Invalid("code", fault))?;
            LinkKey::Code(link::code_mac(app, &folded))
        }
        OpenActivation::Secret(secret) => LinkKey::Secret(Token::presented(secret).hash()),
    };
    let (token, now) = (clock::new_token(), app.clock.now());
    let claim = Claim { hash: token.hash(), agent: browser.agent.clone(), address: browser.address.clone() };
    let (window, most) = limits::ACTIVATIONS_PER_ADDRESS;
    let counter = Counter::Activation.of(&browser.address);
    let claimed = app
        .store
        .write(job!(|tx| {
            if tx.count(&counter, window, now).await? > most {
                return Ok(Err(AppError::TooMany(600)));
            }
            let Some(row) = tx.claim_link(&key, claim, now).await? else {
                return Ok(Err(AppError::CodeSpent));
            };
            let entry =
                AuditEntry::of(row.company, row.person, AuditAction::DeviceLinkOpened, now).on(row.id);
            tx.audit(entry.from(&browser)).await?;
            link::announce(tx, &row, now)?;
            Ok::<_, StoreError>(Ok(row))
        }))
        .await??;
    Ok((token, describe(app, &claimed).await?))
}

async fn describe(app: &App, row: &DeviceLinkRow) -> Result<Activation, AppError> {
    let company = app.store.company(row.company).await?.ok_or(AppError::CodeSpent)?;
    let now = app.clock.now();
    Ok(Activation {
        company: company.shown,
        step: link::step_at(row, now),
        number: (!row.number.is_empty()).then(|| row.number.clone()),
        expires_in: seconds_until(now, row.expires_at),
    })
}

async fn claimed(app: &App, claim: Option<&Token>) -> Result<DeviceLinkRow, AppError> {
    let claim = claim.ok_or(AppError::CodeSpent)?;
    app.store.claimed_link(&claim.hash()).await?.ok_or(AppError::CodeSpent)
}

/// The link, while someone can sign in on it.
async fn opened(app: &App, claim: Option<&Token>) -> Result<DeviceLinkRow, AppError> {
    let row = claimed(app, claim).await?;
    if link::step_at(&row, app.clock.now()) == LinkStep::Opened { Ok(row) } else { Err(AppError::CodeSpent) }
}

/// How far the link of this phone is.
pub async fn one(app: &App, claim: Option<&Token>) -> Result<Activation, AppError> {
    describe(app, &claimed(app, claim).await?).await
}

/// Checks user name and password, which have to be those of the person who asked for the code, and sends a sign-in code.
/// Whose code it is is not told: another user of the company is refused like a wrong password.
pub async fn log_in(
    app: &App,
    claim: &Token,
    typed: ActivationLogIn,
    presented: Presented,
    browser: Browser,
) -> Result<CodeSent, AppError> {
    let row = opened(app, Some(claim)).await?;
    let company = app.store.company(row.company).await?.ok_or(AppError::CodeSpent)?;
    let (company_id, id, now) = (row.company, row.id, app.clock.now());
    let may_try = app
        .store
        .write(job!(|tx| {
            if tx.take_link_try(company_id, id, limits::DEVICE_LINK_TRIES, now).await? {
                return Ok(true);
            }
            if let Some(row) =
                tx.step_link(company_id, id, LinkStep::Opened, LinkStep::Refused, None, now).await?
            {
                link::announce(tx, &row, now)?;
            }
            Ok::<_, StoreError>(false)
        }))
        .await?;
    if !may_try {
        return Err(AppError::CodeSpent);
    }
    let typed = LogIn { company: company.name, username: typed.username, password: typed.password };
    let checked = login::check_password(app, typed, &presented, browser, Some(row.person)).await?;
    let sent = login::send_first(app, checked, CodePurpose::Activation, challenge_of(claim)).await?;
    let terms = features::of(app, row.company).await?.get(keys::TERMS_OF_USE);
    Ok(CodeSent { terms, ..sent })
}

/// Another sign-in code.
pub async fn resend(app: &App, claim: &Token) -> Result<CodeSent, AppError> {
    opened(app, Some(claim)).await?;
    login::resend(app, CodePurpose::Activation, challenge_of(claim)).await
}

/// Takes the sign-in code; from now on the number is compared.
pub async fn confirm_code(
    app: &App,
    claim: &Token,
    typed: &causeway_api::auth::ConfirmCode,
    browser: Browser,
) -> Result<Activation, AppError> {
    let answer = Answer::parse(typed)?;
    let row = opened(app, Some(claim)).await?;
    let has_terms = login::require_terms(app, row.company, typed).await?;
    let waiting = app.store.code(CodePurpose::Activation, &challenge_of(claim)).await?;
    let waiting = waiting.ok_or(AppError::CodeSpent)?;
    let (id, owner, verifier, now) = (row.id, row.person, Verifier::of(app), app.clock.now());
    let number = clock::new_number();
    let row = app
        .store
        .write(job!(|tx| {
            let guess = login::take_guess(tx, &verifier, &waiting, &answer, &browser, has_terms, now).await?;
            match guess {
                Guess::Right(code) => {
                    // The account may have been deactivated, or its password changed, since it was typed.
                    let sent_to = (!code.code_mac.is_empty()).then_some(&code.sent_to);
                    let holds = tx.hold_active_person(waiting.company, owner, sent_to).await?
                        && tx.hold_password(waiting.company, owner, code.password_version).await?;
                    if !holds {
                        return Ok(Err(AppError::CodeSpent));
                    }
                }
                Guess::Wrong => return Ok(Err(AppError::CodeRefused)),
                Guess::Spent => return Ok(Err(AppError::CodeSpent)),
            }
            let (from, to) = (LinkStep::Opened, LinkStep::Confirm);
            let Some(row) = tx.step_link(waiting.company, id, from, to, Some(&number), now).await? else {
                return Ok(Err(AppError::CodeSpent));
            };
            link::announce(tx, &row, now)?;
            Ok::<_, StoreError>(Ok(row))
        }))
        .await??;
    describe(app, &row).await
}

/// What a linked device is given.
pub struct Linked {
    /// The session.
    pub session: Token,
    /// Makes the device known, if it was not.
    pub device: Option<Token>,
}

/// Completes linking and opens a session once the portal has confirmed the number.
pub async fn finish(
    app: &App,
    claim: &Token,
    presented: Presented,
    browser: Browser,
) -> Result<Linked, AppError> {
    let row = claimed(app, Some(claim)).await?;
    presented.standing.make_way_for(Some(row.person))?;
    let person = app.store.person(row.company, row.person).await?.ok_or(AppError::CodeSpent)?;
    let features = features::of(app, row.company).await?;
    let (lifetime, most) = (sessions::portal_lifetime(&features), features.get(keys::LINKED_DEVICES));
    let (session, now) = (clock::new_token(), app.clock.now());
    let (company, id) = (row.company, row.id);
    let device = presented.device.is_none().then(clock::new_token);
    let known = device.clone().or(presented.device).ok_or(AppError::CodeSpent)?;
    let (new_session, replaces) = (session.clone(), presented.standing.session());
    let ended = app
        .store
        .write(job!(|tx| {
            let (from, to) = (LinkStep::Approved, LinkStep::Linked);
            let row = tx.step_link(company, id, from, to, None, now).await?.ok_or(AppError::CodeSpent)?;
            let who = PersonKey::new(row.company, row.person);
            let (device, _) = tx.record_sign_in_on(who, login::browser_of(&known, &browser), now).await?;
            if tx.set_device_linked(row.company, device, now).await?
                && !tx.take_device_place(row.company, row.person, most).await?
            {
                return Err(AppError::Conflict("device", Fault::NoDevicePlace));
            }
            let opening = Opening {
                grounds: Grounds::LinkedPhone(row.company, row.person),
                token: &new_session,
                browser: browser.clone(),
                device: Some(device),
                replaces,
                now,
                lifetime,
            };
            let ended = sessions::open(tx, opening).await?.ended;
            let entry = AuditEntry::of(row.company, row.person, AuditAction::DeviceLinked, now).on(device);
            tx.audit(entry.from(&browser)).await?;
            notify_owner(tx, &person, device, &browser, now).await?;
            link::announce(tx, &row, now)?;
            tx.signal(row.person, now, Signal::DevicesChanged, [row.person])?;
            Ok::<_, AppError>(ended)
        }))
        .await?;
    app.hub.end_sessions(&ended);
    app.outbox.ring();
    Ok(Linked { session, device })
}

/// Notifies the owner of the account in the portal and by mail, and mails again a day later. The id of the second mail
/// is that of the device, so that it is taken back with it.
async fn notify_owner(
    tx: &mut Tx,
    person: &PersonRow,
    id: Uuid,
    browser: &Browser,
    now: Millis,
) -> Result<(), StoreError> {
    let device = agents::describe(&browser.agent).name();
    let notice = Notice::DeviceLinked { device: device.clone() };
    tx.notify(person.company, person.person.id, &notice, now).await?;
    if person.email.is_empty() {
        return Ok(());
    }
    let address = texts::address(person.language.as_deref(), &browser.address);
    let args = [("device", device.as_str()), ("address", address.as_str())];
    outbox::queue(tx, person, Template::DeviceLinked, &args, now).await?.or_drop();
    let later = now + limits::DEVICE_REMINDER_AFTER;
    outbox::queue_as(tx, id, person, Template::DeviceReminder, &args, later).await?.or_drop();
    Ok(())
}
