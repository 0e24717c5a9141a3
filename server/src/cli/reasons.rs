//! Why something was refused, as the operator reads it: the English sentences that the interface has, and who holds what
//! was asked for.

use crate::{
    App,
    error::AppError,
    store::{Company, StoreError},
    texts,
};
use causeway_api::{PersonId, users::UserForm, validate::Fault};

/// The sentence of a fault, by its word.
pub(super) fn sentence(fault: &str) -> String {
    texts::english_interface(fault)
}

/// An error in a sentence, with the field that it is about.
pub(super) fn explain(error: &AppError) -> anyhow::Error {
    match error {
        AppError::Invalid(field, fault)
        | AppError::Conflict(field, fault)
        | AppError::Taken(field, fault, _) => anyhow::anyhow!("{field}: {}", sentence(fault.as_str())),
        AppError::Internal(source) => anyhow::anyhow!("{source:#}"),
        other => anyhow::anyhow!("{other}"),
    }
}

/// Why an employee was not added. What someone else has names who that is.
pub(super) async fn not_added(
    app: &App,
    company: &Company,
    form: &UserForm,
    error: &AppError,
) -> anyhow::Result<String> {
    let (what, holder) = match error {
        AppError::Taken(_, _, holder) => (format!("username {}", form.username), Some(*holder)),
        AppError::Conflict("username", Fault::Taken) => {
            let holder = app.store.username_holder(company.id, &form.username).await?;
            (format!("username {}", form.username), holder.map(|(person, _)| person))
        }
        AppError::Conflict("email", Fault::EmailUsed) => {
            (format!("email {}", form.email), app.store.email_holder(company.id, &form.email).await?)
        }
        _ => return Ok(explain(error).to_string()),
    };
    Ok(match holder {
        Some(person) => format!("{what}: already used by {}", name(app, company, person).await?),
        None => explain(error).to_string(),
    })
}

async fn name(app: &App, company: &Company, person: PersonId) -> Result<String, StoreError> {
    let row = app.store.person(company.id, person).await?;
    Ok(row.map_or_else(
        || "someone who has gone".to_owned(),
        |row| {
            let inactive = if row.inactive_at.is_some() { ", who is deactivated" } else { "" };
            format!("{}{inactive}", row.person.name)
        },
    ))
}
