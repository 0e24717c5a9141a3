//! The code of a registration: the registrant becomes an external user, who has a chat with the person in charge and is
//! signed in. All of it is one transaction.

use super::close;
use crate::{
    App,
    actor::{Browser, PersonKey},
    clock::{self, Token},
    domain::{
        chats::{
            self,
            batch::{self, Content, Post},
        },
        codes::{self, Guess},
        features::{self, keys},
        sign_in::{
            login, passwords,
            sessions::{self, Grounds, Opening, Standing},
        },
    },
    error::AppError,
    job, limits,
    store::{
        Account, AuditEntry, CodeKey, CodePurpose, Company, JobError, NewPerson, OneTimeCode, Registrant,
        StoreError, Tx,
    },
};
use causeway_api::{
    ChatId, MessageId, Millis, PersonId,
    audit::AuditAction,
    chats::Channel,
    notifications::Notice,
    people::{Person, PersonKind, Role},
    registration::{ClosedReason, ConfirmRegistration, Registered},
    signals::Signal,
    validate,
};

/// Checks the code, and lets the registrant in, once.
pub async fn confirm(
    app: &App,
    token: &Token,
    typed: ConfirmRegistration,
    standing: &Standing,
    browser: Browser,
) -> Result<(Token, Registered), AppError> {
    let code = validate::code(&typed.code).map_err(|fault| AppError::Invalid("code", fault))?;
    let waiting = app.store.registrant(&token.hash()).await?.ok_or(AppError::CodeSpent)?;
    standing.make_way_for(None)?;
    let company = app.store.company(waiting.company).await?.ok_or(AppError::CodeSpent)?;
    let features = features::of(app, company.id).await?;
    let is_code_password = features.get(keys::INITIAL_PASSWORD);
    let checked = check_code(app, &waiting, &code, &browser).await?;
    let password = if is_code_password {
        code
    } else {
        let chosen = typed.password.unwrap_or_default();
        passwords::check_new(app, "password", &chosen, &[&company.shown, &company.name, &waiting.email])
            .await?;
        chosen
    };
    let password_hash = passwords::hash(app, password).await?;
    let now = app.clock.now();
    let account = Account {
        person: PersonId(clock::new_id()),
        username: waiting.email.clone(),
        password_hash: Some(password_hash),
        initial_until: is_code_password.then_some(now + limits::INITIAL_PASSWORD_LIFETIME),
        password_version: 0,
    };
    let session = clock::new_token();
    let completion = Completion {
        waiting,
        code: checked,
        account,
        session: session.clone(),
        replaces: standing.session(),
        browser,
        lifetime: sessions::portal_lifetime(&features),
        now,
    };
    let (name, username) = (completion.waiting.name.clone(), completion.account.username.clone());
    let completed = app.store.write(job!(|tx| completion.write(tx).await)).await;
    let (host, chat) = match completed {
        // The same address registered in two browsers: one of them was first.
        Err(Refused::Store(StoreError::Conflict(_)) | Refused::Spent) => return Err(AppError::CodeSpent),
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(Refused::Closed) => return Err(AppError::RegistrationClosed),
        Err(Refused::Other(error)) => return Err(error),
        Ok((host, chat, ended)) => {
            app.hub.end_sessions(&ended);
            (host, chat)
        }
    };
    let host = app.store.person(company.id, host).await?.ok_or(AppError::RegistrationClosed)?.person;
    let Company { shown, name: company_name, .. } = company;
    Ok((session, Registered { company: shown, company_name, host, chat, name, username, is_code_password }))
}

/// Takes one of the guesses and compares. An address that has an account has no code that fits.
async fn check_code(
    app: &App,
    waiting: &Registrant,
    typed: &str,
    browser: &Browser,
) -> Result<OneTimeCode, AppError> {
    let (hash, is_known, now) = (waiting.hash.clone(), waiting.is_known, app.clock.now());
    let (key, typed, network) = (app.key.clone(), typed.to_owned(), browser.address.clone());
    let guess = app
        .store
        .write(job!(|tx| {
            let code = CodeKey { purpose: CodePurpose::Registration, hash: &hash };
            codes::check(tx, &key, code, &typed, &network, now).await
        }))
        .await?;
    match guess {
        Guess::Right(code) if !is_known => Ok(code),
        Guess::Right(_) | Guess::Wrong => Err(AppError::CodeRefused),
        Guess::Spent => Err(AppError::CodeSpent),
    }
}

enum Refused {
    Closed,
    Spent,
    Store(StoreError),
    Other(AppError),
}

impl JobError for Refused {
    fn is_collision(&self) -> bool {
        match self {
            Self::Store(error) => error.is_collision(),
            Self::Other(error) => error.is_collision(),
            Self::Closed | Self::Spent => false,
        }
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[derive(Clone)]
struct Completion {
    waiting: Registrant,
    code: OneTimeCode,
    account: Account,
    session: Token,
    replaces: Option<Vec<u8>>,
    browser: Browser,
    lifetime: Millis,
    now: Millis,
}

impl Completion {
    /// Writes everything that a new external user has. Returns who is in charge, the chat with that person, and the
    /// sessions that ended.
    async fn write(self, tx: &mut Tx) -> Result<(PersonId, ChatId, Vec<Vec<u8>>), Refused> {
        let (company, me, now) = (self.waiting.company, self.account.person, self.now);
        tx.next_seq(company).await?;
        // The person in charge says welcome without being asked, however many register at once.
        tx.write_unasked();
        // The code is used up here, with everything that it lets happen.
        if !codes::finish(tx, &self.code, now).await?
            || !tx.end_registrant(self.waiting.company, &self.waiting.hash).await?
        {
            return Err(Refused::Spent);
        }
        let settings = tx.keep_place(company).await?.ok_or(Refused::Closed)?;
        let host = settings.person_in_charge.ok_or(Refused::Closed)?;
        self.add_person(tx).await?;
        tx.share(company, me, host, now).await?;
        let chat = chats::add_direct(tx, company, host, me, Channel::Causeway, now).await?;
        if !settings.welcome.is_empty() {
            let id = MessageId(clock::random_id());
            let content = Content::Message {
                id,
                text: settings.welcome.clone(),
                channel: None,
                reply_to: None,
                files: Vec::new(),
                mentions: Vec::new(),
                forwarded: None,
            };
            let welcome = Post { author: host, at: now, chat, content };
            batch::write_one(tx, company, welcome).await.map_err(|refused| match refused {
                batch::Refused::Store(error) => Refused::Store(error),
                _ => Refused::Closed,
            })?;
        }
        tx.notify(company, host, &Notice::Registered { person: me, name: self.waiting.name.clone() }, now)
            .await?;
        tx.signal(me, now, Signal::ContactChanged { person: me }, [host])?;
        tx.audit(AuditEntry::of(company, me, AuditAction::Registered, now).on(me).from(&self.browser))
            .await?;
        let limit = tx.external_limit(company).await?;
        if limit.is_some_and(|limit| settings.registered >= limit) {
            close::close_registration(tx, PersonKey::new(company, me), None, ClosedReason::Full, now).await?;
        }
        super::announce_change(tx, company, me, now).await?;
        // The registrant gets no cookie that makes a browser known: the device is of this session only.
        let device = login::browser_of(&clock::new_token(), &self.browser);
        let (device, _) = tx.record_sign_in_on(PersonKey::new(company, me), device, now).await?;
        let opening = Opening {
            grounds: Grounds::MadeHere(company, me),
            token: &self.session,
            browser: self.browser.clone(),
            device: Some(device),
            replaces: self.replaces.clone(),
            now,
            lifetime: self.lifetime,
        };
        let ended = sessions::open(tx, opening).await.map_err(Refused::Other)?.ended;
        Ok((host, chat, ended))
    }

    async fn add_person(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let person = Person {
            id: self.account.person,
            kind: PersonKind::Client,
            name: self.waiting.name.clone(),
            role: Some(Role::ExternalUser),
            company_role: String::new(),
            about: String::new(),
            name_lang: None,
            is_inactive: false,
        };
        let new = NewPerson {
            person,
            email: self.waiting.email.clone(),
            phone: String::new(),
            language: Some(self.waiting.language.clone()),
        };
        tx.add_person(self.waiting.company, new, self.now).await?;
        tx.add_account(self.waiting.company, self.account.clone(), self.now).await
    }
}
