//! A long directory, for measuring lists.

use super::talk::{Names, Talk};
use crate::{
    App, clock,
    domain::users::add::{NewEmployee, insert_employee},
    job,
    store::{Company, NewPerson, StoreError, Tx},
};
use anyhow::Context as _;
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{Person, PersonKind, Role},
    validate,
};
use std::ops::Range;

/// How many clients and users one job of the writer takes.
const AT_ONCE: usize = 250;

/// Family names, so that the index has many letters.
const NAMES: [&str; 10] =
    ["Andersson", "Brandt", "Chan", "Dupont", "Evans", "Fischer", "Haddad", "Kowalski", "Nakamura", "Zhang"];

/// Adds so many clients of Priya Nair, and as many users who were invited. With so many of the clients she has a chat, and
/// then a group with as many of the users as a group takes.
pub(super) async fn load(app: &App, count: usize, chats: usize) -> anyhow::Result<()> {
    let company = app.store.company_by_name("lanternbay").await?.context("the demo company")?.id;
    let priya = app.store.account_by_username(company, "priya.nair").await?.context("Priya Nair")?.person;
    let priya = app.store.person(company, priya).await?.context("Priya Nair")?.person;
    let now = app.clock.now();
    let mut colleagues = Vec::new();
    for first in (0..count).step_by(AT_ONCE) {
        let (numbers, priya) = (first..(first + AT_ONCE).min(count), priya.clone());
        let with_chat = first..chats.min(first + AT_ONCE).max(first);
        let added = app
            .store
            .write(job!(|tx| add(tx, company, &priya, numbers, with_chat, now).await))
            .await
            .map_err(|error: StoreError| failed(&error))?;
        colleagues.extend(added.into_iter().take(validate::GROUP_MEMBERS_MAX - 1 - colleagues.len()));
    }
    if chats > 0 {
        app.store
            .write(job!(|tx| gather(tx, company, priya, colleagues, now).await))
            .await
            .map_err(|error: StoreError| failed(&error))?;
    }
    Ok(())
}

fn failed(error: &StoreError) -> anyhow::Error {
    anyhow::anyhow!("seeding the directory: {error}")
}

/// Adds companies in which nothing happens.
pub(super) async fn load_companies(app: &App, count: usize) -> anyhow::Result<()> {
    let now = app.clock.now();
    for first in (0..count).step_by(AT_ONCE) {
        let numbers = first..(first + AT_ONCE).min(count);
        app.store
            .write(job!(|tx| add_companies(tx, numbers, now).await))
            .await
            .map_err(|error| failed(&error))?;
    }
    Ok(())
}

async fn add_companies(tx: &mut Tx, numbers: Range<usize>, now: Millis) -> Result<(), StoreError> {
    for number in numbers {
        let (id, name) = (CompanyId(clock::new_id()), format!("idle-{number}"));
        tx.add_company(&Company { id, shown: name.clone(), name }, "free", now).await?;
    }
    Ok(())
}

/// A group of Priya Nair and these colleagues, in which one thing was said.
async fn gather(
    tx: &mut Tx,
    company: CompanyId,
    priya: Person,
    colleagues: Vec<Person>,
    now: Millis,
) -> Result<(), StoreError> {
    let people: Vec<Person> = [priya].into_iter().chain(colleagues).collect();
    let names: Names = people.iter().map(|person| ((0, person.name.clone()), person.clone())).collect();
    let members: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let talk = Talk::begin(tx, 0, company, Some("Everyone"), &members, &names, now).await?;
    talk.say(tx, vec![(now, "Priya Nair", "Welcome.".to_owned())]).await
}

/// Returns the users.
async fn add(
    tx: &mut Tx,
    company: CompanyId,
    priya: &Person,
    numbers: Range<usize>,
    with_chat: Range<usize>,
    now: Millis,
) -> Result<Vec<Person>, StoreError> {
    let mut users = Vec::new();
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
        let names =
            Names::from([((0, name.clone()), person.clone()), ((0, priya.name.clone()), priya.clone())]);
        let new = NewPerson { person, email, phone: format!("+1202{number:07}"), language: None };
        tx.add_person(company, new, now).await?;
        tx.share(company, client, priya.id, now).await?;
        if with_chat.contains(&number) {
            let members = [priya.name.as_str(), name.as_str()];
            let talk = Talk::begin(tx, 0, company, None, &members, &names, now).await?;
            talk.say(tx, vec![(now, "Priya Nair", format!("Hello {number}"))]).await?;
        }
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
        users.push(insert_employee(tx, company, new, &format!("user.{number}"), None, now).await?.person);
    }
    Ok(users)
}
