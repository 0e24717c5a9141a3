//! Extra people in pairs, for load tests.

use super::talk::{Names, Talk};
use crate::{
    App,
    actor::Browser,
    clock::{self, Token},
    domain::{
        sign_in::sessions::{self, Grounds, Opening},
        users::add::{self, NewEmployee},
    },
    error::AppError,
    job, limits,
    store::{Company, StoreError, Tx},
};
use causeway_api::{ChatId, CompanyId, Millis, PersonId, people::Role};
use serde::Serialize;
use std::ops::Range;

/// How many pairs one job of the writer takes.
const PAIRS_AT_ONCE: usize = 50;

/// People in pairs, each pair with a chat, each person with a session: for load tests.
#[derive(Serialize)]
pub(super) struct Load {
    pairs: Vec<LoadPair>,
}

#[derive(Serialize)]
struct LoadPair {
    chat: ChatId,
    /// The two.
    people: [PersonId; 2],
    /// Their session cookies.
    sessions: [String; 2],
}

pub(super) async fn load(app: &App, people: usize) -> anyhow::Result<Load> {
    let now = app.clock.now();
    let id = CompanyId(clock::new_id());
    let name = format!("load-{id}");
    let company = Company { id, shown: name.clone(), name };
    app.store
        .write(job!(|tx| tx.add_company(&company, "enterprise", now).await))
        .await
        .map_err(|error: StoreError| failed(&error))?;
    let mut pairs = Vec::new();
    for first in (0..people / 2).step_by(PAIRS_AT_ONCE) {
        let numbers = first..(first + PAIRS_AT_ONCE).min(people / 2);
        let made = app
            .store
            .write(job!(|tx| load_pairs(tx, id, numbers, now).await))
            .await
            .map_err(|error: AppError| failed(&error))?;
        pairs.extend(made);
    }
    Ok(Load { pairs })
}

fn failed(error: &dyn std::error::Error) -> anyhow::Error {
    anyhow::anyhow!("seeding the load: {error}")
}

async fn load_pairs(
    tx: &mut Tx,
    id: CompanyId,
    numbers: Range<usize>,
    now: Millis,
) -> Result<Vec<LoadPair>, AppError> {
    let mut made = Vec::new();
    for number in numbers {
        let mut names = Names::new();
        let sessions: [Token; 2] = [clock::new_token(), clock::new_token()];
        let (mut members, mut people) = (Vec::new(), Vec::new());
        for (side, token) in sessions.iter().enumerate() {
            let name = format!("Load {number} {side}");
            let new = NewEmployee {
                name: name.clone(),
                username: String::new(),
                email: format!("load.{number}.{side}@load.example"),
                phone: String::new(),
                role: Role::AccountManager,
                company_role: String::new(),
                about: String::new(),
                language: None,
            };
            let username = format!("load.{number}.{side}");
            let row = add::insert_employee(tx, id, new, &username, None, now).await?;
            let opening = Opening {
                grounds: Grounds::MadeHere(id, row.person.id),
                token,
                browser: Browser::default(),
                device: None,
                replaces: None,
                now,
                lifetime: limits::LOAD_SESSION_LIFETIME,
            };
            sessions::open(tx, opening).await?;
            people.push(row.person.id);
            names.insert((0, name.clone()), row.person);
            members.push(name);
        }
        let people = people.try_into().map_err(|_| AppError::NotFound)?;
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        let chat = Talk::begin(tx, 0, id, None, &members, &names, now).await?.chat;
        made.push(LoadPair { chat, people, sessions: sessions.map(|token| token.reveal().to_owned()) });
    }
    Ok(made)
}
