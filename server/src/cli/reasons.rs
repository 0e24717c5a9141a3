//! Why something was refused, as the operator reads it: the English sentences that the interface has, and who holds what
//! was asked for.

use crate::{App, domain::users::holders::holder, error::AppError, store::Company, texts};
use causeway_api::users::{Holder, UserForm};

/// The sentence of a fault, by its word.
pub(super) fn sentence(fault: &str) -> String {
    texts::english_interface(fault, &[])
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
    let (AppError::Conflict(field, _) | AppError::Taken(field, ..)) = error else {
        return Ok(explain(error).to_string());
    };
    let Some(holder) = holder(app, company.id, form, error).await? else {
        return Ok(explain(error).to_string());
    };
    let (text, name, value) = match holder {
        Holder::User(name) => ("used-by", "name", name),
        Holder::Inactive(name) => ("used-by-inactive", "name", name),
        Holder::Line(line) => ("used-by-line", "line", line.to_string()),
    };
    let asked = if *field == "email" { &form.email } else { &form.username };
    Ok(format!("{field} {asked}: {}", texts::english_interface(text, &[(name, &value)])))
}
