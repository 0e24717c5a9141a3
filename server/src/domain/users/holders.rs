//! Who has what a new user asked for in vain: reports of imports and the command line name them.

use crate::{
    App,
    error::AppError,
    store::{PersonRow, StoreError},
};
use causeway_api::{
    CompanyId,
    users::{Holder, UserForm},
    validate::Fault,
};

impl From<PersonRow> for Holder {
    fn from(row: PersonRow) -> Self {
        if row.inactive_at.is_some() { Self::Inactive(row.person.name) } else { Self::User(row.person.name) }
    }
}

/// Returns who has the user name or the mail address for which a user was refused; `None` if the refusal has another
/// reason, or that person is gone.
pub async fn holder(
    app: &App,
    company: CompanyId,
    form: &UserForm,
    refusal: &AppError,
) -> Result<Option<Holder>, StoreError> {
    let person = match refusal {
        AppError::Taken(_, _, person) => Some(*person),
        AppError::Conflict("username", Fault::Taken) => {
            app.store.username_holder(company, &form.username).await?.map(|(person, _)| person)
        }
        AppError::Conflict("email", Fault::EmailUsed) => app.store.email_holder(company, &form.email).await?,
        _ => None,
    };
    let Some(person) = person else { return Ok(None) };
    Ok(app.store.person(company, person).await?.map(Holder::from))
}
