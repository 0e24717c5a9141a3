//! The code of a registration: the registrant becomes an external user, who has a chat with the person in charge and is
//! signed in. All of it is one transaction.

use crate::{
    App, clock,
    clock::Token,
    domain::{
        chats,
        features::{self, FeatureKey},
        messages, passwords,
        sessions::{self, Browser, Standing},
        users,
    },
    error::AppError,
    limits,
    store::{Account, AuditEntry, Company, NewPerson, Registrant, StoreError, Tx},
};
use causeway_api::{
    EventBody, MessageId, Millis, PersonId,
    chats::{Channel, SendMessage},
    notifications::Notice,
    paths::Side,
    people::{Person, PersonKind, Role},
    registration::{ClosedReason, ConfirmRegistration, Registered},
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
    let is_code_password = features.is_on(FeatureKey::InitialPassword);
    let password = if is_code_password {
        code.clone()
    } else {
        let chosen = typed.password.unwrap_or_default();
        passwords::check_new(app, "password", &chosen, &[&company.shown, &company.name, &waiting.email])
            .await?;
        chosen
    };
    check_code(app, &waiting.hash, &code).await?;
    let password_hash = passwords::hash(app, password).await?;
    let now = app.clock.now();
    let account = Account {
        person: PersonId(clock::new_id()),
        username: waiting.email.clone(),
        password_hash: Some(password_hash),
        initial_until: is_code_password.then_some(now + limits::INITIAL_PASSWORD_LIFETIME),
    };
    let session = clock::new_token();
    let entering = Entering {
        waiting,
        account,
        session: session.clone(),
        browser,
        lifetime: sessions::portal_lifetime(&features),
        now,
    };
    let (name, username) = (entering.waiting.name.clone(), entering.account.username.clone());
    let entered = app.store.write(move |tx| Box::pin(async move { entering.enter(tx).await })).await;
    let host = match entered {
        // The same address registered in two browsers: one of them was first.
        Err(Refused::Store(StoreError::Conflict(_)) | Refused::Spent) => return Err(AppError::CodeSpent),
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(Refused::Closed) => return Err(AppError::RegistrationClosed),
        Err(Refused::Other(error)) => return Err(error),
        Ok(host) => host,
    };
    let host = app.store.person(company.id, host).await?.ok_or(AppError::RegistrationClosed)?.person;
    let Company { shown, name: company_name, .. } = company;
    Ok((session, Registered { company: shown, company_name, host, name, username, is_code_password }))
}

/// Takes one of the guesses and compares. An address that has an account has no code that fits.
async fn check_code(app: &App, hash: &[u8], code: &str) -> Result<(), AppError> {
    let (own, now) = (hash.to_vec(), app.clock.now());
    let taken = app
        .store
        .write(move |tx| {
            Box::pin(async move { tx.take_registrant_guess(&own, limits::CODE_GUESSES, now).await })
        })
        .await?;
    let waiting = taken.ok_or(AppError::CodeSpent)?;
    let fits = app.key.code_matches(hash, code, &waiting.code_mac);
    if fits && !waiting.is_known { Ok(()) } else { Err(AppError::CodeRefused) }
}

enum Refused {
    Closed,
    Spent,
    Store(StoreError),
    Other(AppError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

struct Entering {
    waiting: Registrant,
    account: Account,
    session: Token,
    browser: Browser,
    lifetime: Millis,
    now: Millis,
}

impl Entering {
    /// Writes everything that a new external user has; answers who is in charge.
    async fn enter(self, tx: &mut Tx) -> Result<PersonId, Refused> {
        let (company, me, now) = (self.waiting.company, self.account.person, self.now);
        tx.next_seq(company).await?;
        if !tx.end_registrant(&self.waiting.hash).await? {
            return Err(Refused::Spent);
        }
        let settings = tx.keep_place(company).await?.ok_or(Refused::Closed)?;
        let host = settings.person_in_charge.ok_or(Refused::Closed)?;
        self.add_person(tx).await?;
        tx.share(company, me, host, now).await?;
        let chat = chats::add_direct(tx, company, (host, me), Channel::Causeway, now).await?;
        if !settings.welcome.is_empty() {
            let welcome = SendMessage { id: MessageId(clock::random_id()), text: settings.welcome.clone() };
            let sent = messages::write_message(tx, (company, host, None), chat, welcome, now).await;
            sent.map_err(|_| Refused::Closed)?;
        }
        tx.notify(company, host, &Notice::Registered { person: me, name: self.waiting.name.clone() }, now)
            .await?;
        tx.append(company, me, now, EventBody::ContactChanged { person: me }, vec![host].into()).await?;
        tx.audit(AuditEntry::of(company, me, "registered", now).on(me).from(&self.browser)).await?;
        let limit = tx.external_limit(company).await?;
        if limit.is_some_and(|limit| settings.registered >= limit) {
            users::close_registration(tx, (company, me), None, ClosedReason::Full, now).await?;
        }
        super::tell(tx, company, me, now).await?;
        let who = (company, me, Side::Portal);
        let ends = (now, self.lifetime);
        // The registrant gets no cookie that makes a browser known: the device is of this session only.
        let device = crate::domain::login::entering(&clock::new_token(), &self.browser);
        let (device, _) = tx.enter_device((company, me), device, now).await?;
        let from = (self.browser, Some(device));
        sessions::open_at(tx, &self.session, who, from, ends).await.map_err(Refused::Other)?;
        Ok(host)
    }

    async fn add_person(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let person = Person {
            id: self.account.person,
            kind: PersonKind::Client,
            name: self.waiting.name.clone(),
            role: Some(Role::ExternalUser),
            about: String::new(),
            name_lang: None,
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
