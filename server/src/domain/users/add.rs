//! Adding employees: by an admin, from a file, by the operator.

use super::form;
use crate::{
    App,
    actor::{Actor, Browser, By, PersonKey},
    clock,
    domain::{
        features::{self, keys},
        sign_in::welcome,
    },
    error::AppError,
    job,
    store::{Account, AuditEntry, Company, NewPerson, OperatorCommand, PersonRow, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    audit::AuditAction,
    people::{Person, PersonKind, Role},
    users::UserForm,
    validate::Fault,
};

/// An employee to add.
#[derive(Clone, Debug)]
pub struct NewEmployee {
    /// The name as shown.
    pub name: String,
    /// The user name; made from the mail address when empty.
    pub username: String,
    /// Mail address.
    pub email: String,
    /// Mobile number in E.164.
    pub phone: String,
    /// Role.
    pub role: Role,
    /// What the user is in the company.
    pub company_role: String,
    /// Job description.
    pub about: String,
    /// The language this person reads.
    pub language: Option<String>,
}

impl From<&UserForm> for NewEmployee {
    fn from(form: &UserForm) -> Self {
        Self {
            name: form.name.clone(),
            username: form.username.clone(),
            email: form.email.clone(),
            phone: form.phone.clone(),
            role: form.role,
            company_role: form.company_role.clone(),
            about: form.about.clone(),
            language: (!form.language.is_empty()).then(|| form.language.clone()),
        }
    }
}

/// What adding users takes besides their forms: read once, for one user or for all of a file.
#[derive(Clone)]
pub(in crate::domain) struct Adding {
    company: Company,
    origin: String,
    sends_mail: bool,
    support: String,
}

impl Adding {
    /// Reads what adding users to a company takes.
    pub(in crate::domain) async fn to(app: &App, company: Company) -> Result<Self, AppError> {
        let features = features::of(app, company.id).await?;
        let (sends_mail, support) =
            (features.get(keys::ONBOARDING_MAIL), features.get(keys::SUPPORT_CONTACT));
        Ok(Self { company, origin: app.config.public_origin.clone(), sends_mail, support })
    }

    /// Writes a user whose form was read, and queues the onboarding mail if the company wants one sent.
    async fn insert(&self, tx: &mut Tx, form: &UserForm, now: Millis) -> Result<PersonRow, StoreError> {
        let Self { company, origin, sends_mail, support } = self;
        let row = insert_employee(tx, company.id, form.into(), &form.username, None, now).await?;
        if *sends_mail {
            welcome::invite(tx, origin, &row, company, &form.username, support, now).await?.or_refuse()?;
        }
        Ok(row)
    }

    /// Adds a user in the name of an admin, in whose browser it was asked for.
    pub(in crate::domain) async fn write(
        &self,
        tx: &mut Tx,
        (author, browser): (PersonKey, &Browser),
        form: &UserForm,
        now: Millis,
    ) -> Result<PersonRow, StoreError> {
        let row = self.insert(tx, form, now).await?;
        let entry = AuditEntry::of(author.company, author.person, AuditAction::UserCreated, now);
        tx.audit(entry.on(row.person.id).from(browser).changed(&(), form)?).await?;
        Ok(row)
    }
}

/// Adds a user whose form was read.
pub(in crate::domain) async fn add(
    app: &App,
    actor: &Actor,
    company: Company,
    form: &UserForm,
) -> Result<PersonRow, AppError> {
    let (adding, new) = (Adding::to(app, company).await?, form.clone());
    let added: Result<_, StoreError> = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            adding.write(tx, (author.key(), &author.browser), &new, now).await
        }))
        .await;
    match added {
        Err(StoreError::Conflict(_)) => Err(taken(app, actor.company, &form.username).await?),
        other => Ok(other?),
    }
}

/// Why a user name cannot be given: someone has it, who may have been deactivated and can be found and reactivated.
pub(in crate::domain) async fn taken(
    app: &App,
    company: CompanyId,
    username: &str,
) -> Result<AppError, StoreError> {
    let holder = app.store.username_holder(company, username).await?;
    Ok(match holder {
        Some((person, true)) => AppError::Taken("username", Fault::TakenInactive, person),
        _ => AppError::Conflict("username", Fault::Taken),
    })
}

/// Adds an employee, who gets the onboarding mail with a one-time link to set the password.
pub async fn add_employee(app: &App, company: &Company, typed: &UserForm) -> Result<PersonRow, AppError> {
    let form = form::read(typed).map_err(|(field, fault)| AppError::Invalid(field, fault))?;
    let (adding, new) = (Adding::to(app, company.clone()).await?, form.clone());
    let (id, now) = (company.id, app.clock.now());
    let added = app
        .store
        .write(job!(|tx| {
            let row = adding.insert(tx, &new, now).await?;
            if adding.sends_mail {
                tx.command_server(OperatorCommand::MailsQueued(id), now).await?;
            }
            Ok::<_, StoreError>(row)
        }))
        .await;
    match added {
        Err(StoreError::Conflict(_)) => Err(taken(app, id, &form.username).await?),
        other => Ok(other?),
    }
}

/// Writes an employee and the account.
pub async fn insert_employee(
    tx: &mut Tx,
    company: CompanyId,
    new: NewEmployee,
    username: &str,
    password_hash: Option<String>,
    now: Millis,
) -> Result<PersonRow, StoreError> {
    let NewEmployee { name, username: _, email, phone, role, company_role, about, language } = new;
    let id = PersonId(clock::new_id());
    let (kind, role_of) = (PersonKind::Colleague, Some(role));
    let person =
        Person { id, kind, name, role: role_of, company_role, about, name_lang: None, is_inactive: false };
    if !tx.take_user_place(company).await? {
        return Err(StoreError::NoUserPlace);
    }
    if role == Role::Owner {
        tx.add_owner(company).await?;
    }
    let row = PersonRow { person, company, email, phone, language, inactive_at: None };
    let PersonRow { person, email, phone, language, .. } = row.clone();
    tx.add_person(company, NewPerson { person, email, phone, language }, now).await?;
    tx.add_account(
        company,
        Account {
            person: id,
            username: username.to_owned(),
            password_hash,
            initial_until: None,
            password_version: 0,
        },
        now,
    )
    .await?;
    // The place was taken in the company's row, so that two who take one address come one after the other.
    if tx.is_email_used(company, &row.email, Some(id)).await? {
        return Err(StoreError::EmailUsed);
    }
    Ok(row)
}
