//! Adding employees: by an admin, from a file, by the operator.

use super::form;
use crate::{
    App,
    actor::Actor,
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
            about: form.about.clone(),
            language: (!form.language.is_empty()).then(|| form.language.clone()),
        }
    }
}

/// Adds a user whose form was read.
pub(in crate::domain) async fn add(
    app: &App,
    actor: &Actor,
    company: &Company,
    form: &UserForm,
) -> Result<PersonRow, AppError> {
    let features = features::of(app, company.id).await?;
    let (sends_mail, support) = (features.get(keys::ONBOARDING_MAIL), features.get(keys::SUPPORT_CONTACT));
    let (new, username) = (NewEmployee::from(form), form.username.clone());
    let (author, company, origin) = (actor.clone(), company.clone(), app.config.public_origin.clone());
    let (now, recorded) = (app.clock.now(), form.clone());
    let added = app
        .store
        .write(job!(|tx| {
            let row = insert_employee(tx, company.id, new, &username, None, now).await?;
            if sends_mail {
                welcome::invite(tx, &origin, &row, &company, &username, &support, now).await?.or_refuse()?;
            }
            let entry = AuditEntry::new(&author, AuditAction::UserCreated, row.person.id, now);
            tx.audit(entry.changed(&(), &recorded)?).await?;
            Ok::<_, StoreError>(row)
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
    let (new, username) = (NewEmployee::from(&form), form.username.clone());
    let features = features::of(app, company.id).await?;
    let (sends_mail, support) = (features.get(keys::ONBOARDING_MAIL), features.get(keys::SUPPORT_CONTACT));
    let (id, company) = (company.id, company.clone());
    let (origin, now) = (app.config.public_origin.clone(), app.clock.now());
    let added = app
        .store
        .write(job!(|tx| {
            let row = insert_employee(tx, id, new, &username, None, now).await?;
            if sends_mail {
                welcome::invite(tx, &origin, &row, &company, &username, &support, now).await?.or_refuse()?;
                tx.command_server(OperatorCommand::MailsQueued(company.id), now).await?;
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
    let NewEmployee { name, username: _, email, phone, role, about, language } = new;
    let id = PersonId(clock::new_id());
    let person = Person { id, kind: PersonKind::Colleague, name, role: Some(role), about, name_lang: None };
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
