//! A user as it was typed or stands in a file, brought into the form in which it is kept. Every door reads users here:
//! the form, the file in the browser, the file of the operator.

use crate::{
    input::{emails, names, phones},
    texts,
};
use causeway_api::{people::Role, users::UserForm, validate::Fault};

/// Reads a user; else the field that is wrong, and what is wrong with it. A user name that is not given is made of the
/// mail address.
pub fn read(typed: &UserForm) -> Result<UserForm, (&'static str, Fault)> {
    let at = |field| move |fault| (field, fault);
    let form = UserForm {
        name: names::read(&typed.name).map_err(at("name"))?,
        username: names::read_optional(&typed.username).map_err(at("username"))?,
        email: emails::read(&typed.email).map_err(at("email"))?.shown,
        // Nothing says in which country a user is: a number needs its country code.
        phone: phones::read_optional(&typed.phone, "").map_err(at("phone"))?,
        role: typed.role,
        company_role: names::read_optional(&typed.company_role).map_err(at("company_role"))?,
        about: names::read_optional(&typed.about).map_err(at("about"))?,
        language: typed.language.trim().to_owned(),
    };
    if form.role == Role::ExternalUser {
        return Err(("role", Fault::Choice));
    }
    if !form.language.is_empty() && !texts::LANGUAGES.contains(&form.language.as_str()) {
        return Err(("language", Fault::Language));
    }
    Ok(UserForm { username: username(&form.username, &form.email), ..form })
}

/// The user name that was given, or the one that the mail address suggests.
pub fn username(given: &str, email: &str) -> String {
    match given.trim() {
        "" => email.trim().split('@').next().unwrap_or_default().to_owned(),
        given => given.to_owned(),
    }
}
