//! A long directory, for measuring lists.

use crate::{
    App, clock,
    domain::users::add::{NewEmployee, insert_employee},
    job,
    store::{NewPerson, StoreError, Tx},
};
use anyhow::Context as _;
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{Person, PersonKind, Role},
};
use std::ops::Range;

/// How many clients and users one job of the writer takes.
const AT_ONCE: usize = 250;

/// Family names, so that the index has many letters.
const NAMES: [&str; 10] =
    ["Andersson", "Brandt", "Chan", "Dupont", "Evans", "Fischer", "Haddad", "Kowalski", "Nakamura", "Zhang"];

/// Adds so many clients of Priya Nair, and as many users who were invited.
pub(super) async fn load(app: &App, count: usize) -> anyhow::Result<()> {
    let company = app.store.company_by_name("lanternbay").await?.context("the demo company")?;
    let priya = app.store.account_by_username(company.id, "priya.nair").await?.context("Priya Nair")?.person;
    let now = app.clock.now();
    for first in (0..count).step_by(AT_ONCE) {
        let numbers = first..(first + AT_ONCE).min(count);
        let company = company.id;
        app.store
            .write(job!(|tx| add(tx, company, priya, numbers, now).await))
            .await
            .map_err(|error: StoreError| anyhow::anyhow!("seeding the directory: {error}"))?;
    }
    Ok(())
}

async fn add(
    tx: &mut Tx,
    company: CompanyId,
    priya: PersonId,
    numbers: Range<usize>,
    now: Millis,
) -> Result<(), StoreError> {
    for number in numbers {
        let name = format!("{} {number:05}", NAMES[number % NAMES.len()]);
        let person = Person {
            id: PersonId(clock::new_id()),
            kind: PersonKind::Client,
            name: name.clone(),
            role: None,
            company_role: String::new(),
            about: format!("Company {}", number % 500),
            name_lang: None,
            is_inactive: false,
        };
        let (client, email) = (person.id, format!("client.{number}@directory.example"));
        let new = NewPerson { person, email, phone: format!("+1202{number:07}"), language: None };
        tx.add_person(company, new, now).await?;
        tx.share(company, client, priya, now).await?;
        let new = NewEmployee {
            name,
            username: String::new(),
            email: format!("user.{number}@directory.example"),
            phone: String::new(),
            role: Role::AccountManager,
            company_role: String::new(),
            about: String::new(),
            language: None,
        };
        insert_employee(tx, company, new, &format!("user.{number}"), None, now).await?;
    }
    Ok(())
}
