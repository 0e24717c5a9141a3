//! What the operator does from the command line: companies, and importing their employees.

use super::{
    features::{self, FeatureKey},
    welcome,
};
use crate::{
    App, clock,
    error::AppError,
    store::{Account, Company, NewPerson, PersonRow, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{Person, PersonKind, Role},
    validate,
};

/// Creates a company.
pub async fn create(app: &App, name: &str, shown: &str, plan: &str) -> Result<CompanyId, AppError> {
    validate::name(name).map_err(|fault| AppError::Invalid("name", fault))?;
    validate::name(shown).map_err(|fault| AppError::Invalid("shown", fault))?;
    let id = CompanyId(clock::new_id());
    let company = Company { id, name: name.trim().to_owned(), shown: shown.trim().to_owned() };
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

/// Adds an employee, who gets the onboarding mail with a one-time link to set the password.
pub async fn add_employee(app: &App, company: &Company, new: NewEmployee) -> Result<PersonRow, AppError> {
    validate::name(&new.name).map_err(|fault| AppError::Invalid("name", fault))?;
    validate::email(&new.email).map_err(|fault| AppError::Invalid("email", fault))?;
    if !new.phone.is_empty() {
        validate::phone(&new.phone).map_err(|fault| AppError::Invalid("phone", fault))?;
    }
    let username = match new.username.trim() {
        "" => new.email.split('@').next().unwrap_or_default().to_owned(),
        given => given.to_owned(),
    };
    validate::name(&username).map_err(|fault| AppError::Invalid("username", fault))?;
    let sends_mail = features::of(app, company.id).await?.is_on(FeatureKey::OnboardingMail);
    let (company, origin, now) = (company.clone(), app.config.public_origin.clone(), app.clock.now());
    let added = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let row = insert_employee(tx, company.id, new, &username, None, now).await?;
                if sends_mail {
                    welcome::invite(tx, &origin, &row, (&company.name, &username), now).await?;
                }
                Ok::<_, StoreError>(row)
            })
        })
        .await;
    match added {
        Err(StoreError::Conflict(_)) => Err(AppError::Conflict("username", "fault-taken")),
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
    let row = PersonRow { person, company, email, phone, language };
    let PersonRow { person, email, phone, language, .. } = row.clone();
    tx.add_person(company, NewPerson { person, email, phone, language }, now).await?;
    tx.add_account(company, Account { person: id, username: username.to_owned(), password_hash }, now)
        .await?;
    Ok(row)
}
