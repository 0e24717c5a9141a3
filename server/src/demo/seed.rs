//! Writes the cast into an empty database, through the same store functions as everything else.

use super::{
    Sheet, SheetClient, SheetPerson, cast, contacts,
    talk::{Line, Names, Talk},
};
use crate::{
    App,
    clock::{self, MINUTE},
    domain::{
        contacts::personal_links,
        sign_in::passwords,
        users::add::{self, NewEmployee},
    },
    job,
    store::{ChannelLinkRow, Company, NewPerson, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    chats::Channel,
    contacts::LinkState,
    people::{Person, PersonKind},
};

/// How many messages one job of the writer takes: a small part of what its deadline allows.
const LINES_AT_ONCE: usize = 500;

pub(super) async fn seed(app: &App, origin: &str, lab: &str) -> anyhow::Result<Sheet> {
    let hash = passwords::hash(app, cast::PASSWORD.to_owned()).await?;
    let (now, origin) = (app.clock.now(), origin.to_owned());
    let mut sheet = Sheet {
        portal: origin.clone(),
        lab: lab.to_owned(),
        password: cast::PASSWORD.to_owned(),
        people: Vec::new(),
        clients: Vec::new(),
    };
    let cast = app.store.write(job!(|tx| everyone(tx, &hash, &origin, now).await)).await.map_err(failed)?;
    (sheet.people, sheet.clients) = (cast.people, cast.clients);
    let long = cast.long;
    let lines = long_lines(now);
    // A job of the writer has seconds: the long conversation is written in parts.
    for part in lines.chunks(LINES_AT_ONCE) {
        let (long, part) = (long.clone(), part.to_vec());
        app.store.write(job!(|tx| long.say(tx, part).await)).await.map_err(failed)?;
    }
    let said = i64::try_from(lines.len())?;
    app.store.write(job!(|tx| long.read(tx, said, 0).await)).await.map_err(failed)?;
    Ok(sheet)
}

fn failed(error: StoreError) -> anyhow::Error {
    anyhow::anyhow!("seeding the demo: {error}")
}

/// Who is there, and the long conversation that has to be written yet.
struct Cast {
    people: Vec<SheetPerson>,
    clients: Vec<SheetClient>,
    long: Talk,
}

async fn everyone(tx: &mut Tx, hash: &str, origin: &str, now: Millis) -> Result<Cast, StoreError> {
    let (mut people, mut clients, mut names, mut companies) =
        (Vec::new(), Vec::new(), Names::new(), Vec::new());
    for (name, shown, plan) in cast::COMPANIES {
        let company =
            Company { id: CompanyId(clock::new_id()), name: name.to_owned(), shown: shown.to_owned() };
        tx.add_company(&company, plan, now).await?;
        contacts::seed_tags(tx, &company).await?;
        companies.push(company);
    }
    for (number, employee) in cast::EMPLOYEES.iter().enumerate() {
        let company = &companies[employee.company];
        let email = format!("{}@{}.example", employee.username, company.name);
        let phone = format!("+1202555{:04}", 101 + number);
        let new = NewEmployee {
            name: employee.name.to_owned(),
            username: employee.username.to_owned(),
            email: email.clone(),
            phone: phone.clone(),
            role: employee.role,
            about: employee.about.to_owned(),
            language: None,
        };
        let row =
            add::insert_employee(tx, company.id, new, employee.username, Some(hash.to_owned()), now).await?;
        names.insert((employee.company, employee.name.to_owned()), row.person);
        people.push(SheetPerson {
            company: company.name.clone(),
            username: employee.username.to_owned(),
            name: employee.name.to_owned(),
            role: employee.role.as_str().to_owned(),
            email,
            phone,
        });
    }
    for (number, (company, name, lang, about, email)) in cast::CLIENTS.into_iter().enumerate() {
        let phone = format!("+1202555{:04}", 151 + number);
        let person = Person {
            id: PersonId(clock::new_id()),
            kind: PersonKind::Client,
            name: name.to_owned(),
            role: None,
            about: about.to_owned(),
            name_lang: lang.map(str::to_owned),
        };
        let id = person.id;
        names.insert((company, name.to_owned()), person.clone());
        let new = NewPerson {
            person,
            email: email.to_owned(),
            phone: phone.clone(),
            language: lang.map(str::to_owned),
        };
        tx.add_person(companies[company].id, new, now).await?;
        let token = clock::new_token();
        tx.add_client_link(companies[company].id, id, token.hash(), now).await?;
        let host = contacts::seed(tx, &companies[company], company, id, &names, about, now).await?;
        let linked = ChannelLinkRow {
            person: id,
            channel: Channel::Causeway,
            state: LinkState::Linked,
            address: phone.clone(),
            invited_by: host,
            invited_at: now - clock::DAY,
            expires_at: now,
            linked_at: Some(now - clock::DAY),
        };
        tx.invite(companies[company].id, &linked).await?;
        clients.push(SheetClient {
            company: companies[company].name.clone(),
            name: name.to_owned(),
            channel: Channel::Causeway.as_str().to_owned(),
            link: personal_links::address(origin, &token),
            email: email.to_owned(),
            phone,
        });
    }
    for conversation in &cast::CONVERSATIONS {
        let lines: Vec<Line> = conversation
            .lines
            .iter()
            .map(|(ago, who, text)| (now - ago * MINUTE, *who, (*text).to_owned()))
            .collect();
        let place = conversation.company;
        let begun = lines.first().map_or(now, |line| line.0);
        let said = i64::try_from(lines.len()).unwrap_or_default();
        let talk = Talk::begin(
            tx,
            place,
            companies[place].id,
            conversation.group,
            conversation.members,
            &names,
            begun,
        )
        .await?;
        talk.say(tx, lines).await?;
        talk.read(tx, said, conversation.unread).await?;
    }
    let begun = now - cast::LONG_COUNT * LONG_STEP - LONG_END;
    let long = Talk::begin(tx, 0, companies[0].id, Some(cast::LONG_NAME), &cast::LONG_MEMBERS, &names, begun)
        .await?;
    Ok(Cast { people, clients, long })
}

/// The pause between two messages of the long conversation.
const LONG_STEP: Millis = 50 * MINUTE;
/// How long ago its last message was sent.
const LONG_END: Millis = 3 * clock::DAY + clock::HOUR;

/// Ten thousand messages over the past year, the last one three days ago.
fn long_lines(now: Millis) -> Vec<Line> {
    (1..=cast::LONG_COUNT)
        .map(|number| {
            let at = now - LONG_END - (cast::LONG_COUNT - number) * LONG_STEP;
            let index = usize::try_from(number).unwrap_or_default();
            if number == cast::LONG_COUNT {
                return (at, cast::LONG_MEMBERS[1], cast::LONG_LAST.to_owned());
            }
            let who = cast::LONG_MEMBERS[[0, 2, 2, 0, 2, 1, 2, 0, 2][index % 9]];
            (at, who, format!("{} ({number})", cast::LONG_LINES[index % 9]))
        })
        .collect()
}
