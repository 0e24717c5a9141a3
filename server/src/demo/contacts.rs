//! Profiles of the demo's clients, and the lists they choose from.

use super::cast;
use crate::{
    clock,
    store::{Company, List, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId,
    contacts::{ListItem, Profile},
    people::{Person, Role},
};
use std::collections::HashMap;

/// The tags of a company.
const TAGS: [&str; 4] = ["Private banking", "Corporate", "Hong Kong", "Needs review"];

pub(super) async fn seed_tags(tx: &mut Tx, company: &Company) -> Result<(), StoreError> {
    for name in TAGS {
        tx.add_list_item(company.id, List::Tags, &ListItem { id: clock::new_id(), name: name.to_owned() })
            .await?;
    }
    Ok(())
}

fn nobody() -> StoreError {
    StoreError::Vanished("the cast lacks somebody".into())
}

/// The profile of a client, whom everyone in the company who writes sees; returns who takes care of it.
pub(super) async fn seed(
    tx: &mut Tx,
    company: &Company,
    index: usize,
    id: PersonId,
    names: &HashMap<(usize, String), Person>,
    about: &str,
    now: Millis,
) -> Result<PersonId, StoreError> {
    let row = tx.people_by_ids(company.id, vec![id]).await?.pop().ok_or_else(nobody)?;
    let item = ListItem { id: clock::new_id(), name: about.to_owned() };
    tx.add_list_item(company.id, List::ExternalCompanies, &item).await?;
    let words: Vec<&str> = row.person.name.split(' ').collect();
    let (first_name, last_name) = match words.as_slice() {
        // Japanese names begin with the family's.
        [last, first] if !last.is_ascii() && row.person.name_lang.is_some() => {
            ((*first).to_owned(), (*last).to_owned())
        }
        [first, rest @ ..] => ((*first).to_owned(), rest.join(" ")),
        [] => (String::new(), String::new()),
    };
    let profile = Profile {
        first_name,
        last_name,
        email: row.email.clone(),
        phone: row.phone.clone(),
        language: row.language.clone().unwrap_or_default(),
        external_company: Some(item.id),
        ..Profile::default()
    };
    tx.set_profile(company.id, id, &profile, about).await?;
    let mut host = None;
    for employee in cast::EMPLOYEES
        .iter()
        .filter(|employee| employee.company == index && employee.role != Role::ComplianceOfficer)
    {
        let person = names.get(&(index, employee.name.to_owned())).ok_or_else(nobody)?.id;
        tx.share(company.id, id, person, now).await?;
        host = host.or(Some(person));
    }
    host.ok_or_else(nobody)
}
