//! Profiles: read, checked against what the company asks for, changed.

use super::{announce_change, one, require};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    domain::{
        features::{self, Features, keys},
        shut_out::{Act, shut_out},
    },
    error::AppError,
    input::{emails, names, phones},
    job,
    store::{AuditEntry, List},
};
use causeway_api::{
    PersonId,
    audit::AuditAction,
    contacts::{Contact, Profile},
    validate::Fault,
};
use std::collections::BTreeMap;

/// Brings a profile that was typed into the form in which it is kept, and finds what is wrong with each field.
fn read_profile(typed: Profile) -> (Profile, BTreeMap<&'static str, Fault>) {
    let mut faults = BTreeMap::new();
    let mut read = |field: &'static str, result: Result<String, Fault>| {
        result.unwrap_or_else(|fault| {
            faults.insert(field, fault);
            String::new()
        })
    };
    let country = typed.country.trim().to_owned();
    let email = match typed.email.trim() {
        "" => Ok(String::new()),
        typed => emails::read(typed).map(|email| email.shown),
    };
    let profile = Profile {
        first_name: read("first_name", names::read_optional(&typed.first_name)),
        last_name: read("last_name", names::read_optional(&typed.last_name)),
        email: read("email", email),
        phone: read("phone", phones::read_optional(&typed.phone, &country)),
        country,
        language: typed.language.trim().to_owned(),
        ..typed
    };
    if profile.name().is_empty() {
        faults.entry("first_name").or_insert(Fault::Required);
    }
    (profile, faults)
}

/// Reads a profile and checks it against what the company has configured. Returns it as it is kept, and what the client
/// is known by.
pub(in crate::domain) async fn check_profile(
    app: &App,
    actor: &Actor,
    typed: Profile,
    own: Option<PersonId>,
) -> Result<(Profile, String), AppError> {
    let (profile, mut faults) = read_profile(typed);
    let features = features::of(app, actor.company).await?;
    for field in required(&features).into_iter().filter(|field| profile.is_empty(field)) {
        faults.entry(field).or_insert(Fault::Required);
    }
    if !faults.is_empty() {
        return Err(AppError::InvalidFields(faults));
    }
    if !profile.language.is_empty() && !features.client_languages().contains(&profile.language) {
        return Err(AppError::Invalid("language", Fault::Language));
    }
    if !profile.country.is_empty()
        && phones::countries().iter().all(|country| country.code != profile.country)
    {
        return Err(AppError::Invalid("country", Fault::Choice));
    }
    let twins = app.store.same_address(actor.company, &profile.phone, &profile.email).await?;
    for twin in twins.iter().filter(|twin| Some(twin.row.person.id) != own) {
        if features.get(keys::PHONE_UNIQUE) && !profile.phone.is_empty() && twin.row.phone == profile.phone {
            return Err(AppError::Conflict("phone", Fault::PhoneTaken));
        }
        let same_email = emails::key(&twin.row.email) == emails::key(&profile.email);
        if features.get(keys::EMAIL_UNIQUE) && !profile.email.is_empty() && same_email {
            return Err(AppError::Conflict("email", Fault::EmailTaken));
        }
    }
    let tags = app.store.list_items(actor.company, List::Tags).await?;
    if profile.tags.iter().any(|tag| tags.iter().all(|item| item.id != *tag)) {
        return Err(AppError::Invalid("tags", Fault::Choice));
    }
    let Some(company) = profile.external_company else { return Ok((profile, String::new())) };
    let companies = app.store.list_items(actor.company, List::ExternalCompanies).await?;
    let found = companies.into_iter().find(|item| item.id == company);
    let known_by = found.ok_or(AppError::Invalid("external_company", Fault::Choice))?.name;
    Ok((profile, known_by))
}

/// The fields that the company wants filled in.
pub(super) fn required(features: &Features) -> Vec<&'static str> {
    let wanted = [
        ("first_name", features.get(keys::NAMES_MANDATORY)),
        ("last_name", features.get(keys::NAMES_MANDATORY)),
        ("email", features.get(keys::EMAIL_MANDATORY)),
        ("external_company", features.get(keys::EXTERNAL_COMPANY_MANDATORY)),
        ("tags", features.get(keys::TAGS_MANDATORY)),
    ];
    wanted.into_iter().filter_map(|(field, is_wanted)| is_wanted.then_some(field)).collect()
}

/// Changes a profile.
pub async fn edit(app: &App, actor: &Actor, client: PersonId, new: Profile) -> Result<Contact, AppError> {
    actor.may_write()?;
    let before = require(app, actor, client).await?.profile;
    let (new, about) = check_profile(app, actor, new, Some(client)).await?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            tx.set_profile(author.company, client, &new, &about).await?;
            if before.phone != new.phone || before.email != new.email {
                // Codes that are on their way to the old address open nothing.
                let _ = shut_out(tx, Act::ChangeAddress, PersonKey::new(author.company, client), None, now)
                    .await?;
            }
            tx.audit(
                AuditEntry::new(&author, AuditAction::ContactEdited, client, now).changed(&before, &new)?,
            )
            .await?;
            announce_change(tx, author.key(), client, now).await
        }))
        .await?;
    one(app, actor, client).await
}
