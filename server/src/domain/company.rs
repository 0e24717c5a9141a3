//! What the operator does from the command line: companies, and importing their employees.

use super::{
    features::{self, FeatureKey},
    shut_out::{Act, shut_out},
    users, welcome,
};
use crate::{
    App, clock,
    error::AppError,
    input::names,
    store::{Account, AuditEntry, Company, NewPerson, OperatorCommand, PersonRow, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{Person, PersonKind, Role},
    registration::ClosedReason,
    users::{Plan, UserForm},
};

/// Creates a company.
pub async fn create(app: &App, name: &str, shown: &str, plan: &str) -> Result<CompanyId, AppError> {
    let id = CompanyId(clock::new_id());
    let company = Company {
        id,
        name: names::read(name).map_err(|fault| AppError::Invalid("name", fault))?,
        shown: names::read(shown).map_err(|fault| AppError::Invalid("shown", fault))?,
    };
    let (plan, now) = (plan.to_owned(), app.clock.now());
    let added =
        app.store.write(move |tx| Box::pin(async move { tx.add_company(&company, &plan, now).await })).await;
    match added {
        Err(StoreError::Conflict(_)) => Err(AppError::Conflict("name", "fault-taken")),
        other => Ok(other.map(|()| id)?),
    }
}

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

/// Adds an employee, who gets the onboarding mail with a one-time link to set the password.
pub async fn add_employee(app: &App, company: &Company, typed: &UserForm) -> Result<PersonRow, AppError> {
    let form = users::read_form(typed).map_err(|(field, fault)| AppError::Invalid(field, fault))?;
    let (new, username) = (NewEmployee::from(&form), form.username.clone());
    let sends_mail = features::of(app, company.id).await?.is_on(FeatureKey::OnboardingMail);
    let (id, company) = (company.id, company.clone());
    let (origin, now) = (app.config.public_origin.clone(), app.clock.now());
    let added = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let row = insert_employee(tx, id, new, &username, None, now).await?;
                if sends_mail {
                    welcome::invite(tx, &origin, &row, (&company.name, &username), now).await?.or_refuse()?;
                    tx.tell_server(OperatorCommand::LettersQueued(company.id), now).await?;
                }
                Ok::<_, StoreError>(row)
            })
        })
        .await;
    match added {
        Err(StoreError::Conflict(_)) => Err(users::taken(app, id, &form.username).await?),
        other => Ok(other?),
    }
}

/// The user name that was given, or the one that the mail address suggests.
pub fn username(given: &str, email: &str) -> String {
    match given.trim() {
        "" => email.trim().split('@').next().unwrap_or_default().to_owned(),
        given => given.to_owned(),
    }
}

/// Sets the plan of a company and its limits; what is not given stays, 0 removes a limit. Public registration closes
/// when the plan has none any more.
pub async fn set_plan(
    app: &App,
    company: &Company,
    plan: Option<Plan>,
    (users, external): (Option<i64>, Option<i64>),
) -> Result<(), AppError> {
    let (id, now) = (company.id, app.clock.now());
    let limit = |given: Option<i64>| given.map(|most| (most > 0).then_some(most));
    let limits = (limit(users), limit(external));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                tx.set_plan(id, plan, limits).await?;
                let entry = AuditEntry::by_nobody(id, "plan_set", now);
                tx.audit(entry.changed(&(), &(plan, users, external))?).await?;
                if plan.is_some_and(|plan| !plan.has_registration()) {
                    let operator = PersonId(uuid::Uuid::nil());
                    users::close_registration(tx, (id, operator), None, ClosedReason::Plan, now).await?;
                }
                tx.tell_server(OperatorCommand::CompanyChanged(id), now).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await?;
    Ok(())
}

/// Gives a user another role, by the operator: how a company gets its first owner.
pub async fn set_role(app: &App, company: &Company, username: &str, role: Role) -> Result<(), AppError> {
    let account = app.store.account_by_username(company.id, username).await?.ok_or(AppError::NotFound)?;
    let row = app.store.person(company.id, account.person).await?.ok_or(AppError::NotFound)?;
    let (id, now, was) = (company.id, app.clock.now(), row.person.role);
    if row.person.kind != PersonKind::Colleague || role == Role::ExternalUser {
        return Err(AppError::Invalid("role", "fault-choice"));
    }
    app.store
        .write(move |tx| {
            Box::pin(async move {
                if was == Some(role) {
                    return Ok(());
                }
                let person = row.person.id;
                if !tx.set_role(id, person, was, role).await? {
                    return Err(AppError::Conflict("role", "fault-changed-meanwhile"));
                }
                users::count_owners(tx, id, was, role).await?;
                let entry = AuditEntry::by_nobody(id, "role_set", now).on(person);
                tx.audit(entry.changed(&was, &role)?).await?;
                // The running server closes the sockets.
                let _ = shut_out(tx, Act::ChangeRole, (id, person), None, now).await?;
                tx.tell_server(OperatorCommand::SessionsEnded(id, person), now).await?;
                Ok(())
            })
        })
        .await
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
        return Err(StoreError::Full("users"));
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
