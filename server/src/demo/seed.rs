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
        features::FeatureKey,
        sign_in::passwords,
        users::add::{self, NewEmployee},
    },
    job,
    store::{ChannelLinkRow, Company, FeatureSetting, NewPerson, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    chats::Channel,
    contacts::LinkState,
    features::FeatureValue,
    people::{Person, PersonKind, Role},
};

/// How many messages one job of the writer takes: a small part of what its deadline allows.
const LINES_AT_ONCE: usize = 500;
/// The largest file of the demo, in MB.
const FILE_LIMIT: i64 = 100;

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
    let (mut people, mut clients, mut names) = (Vec::new(), Vec::new(), Names::new());
    let companies = add_companies(tx, now).await?;
    for (number, employee) in cast::EMPLOYEES.iter().enumerate() {
        let company = &companies[employee.company];
        let phone = format!("+1202555{:04}", 101 + number);
        let (person, shown) = add_employee(tx, company, employee, phone, hash, now).await?;
        names.insert((employee.company, employee.name.to_owned()), person);
        people.push(shown);
    }
    for (number, client) in cast::CLIENTS.iter().enumerate() {
        let phone = format!("+1202555{:04}", 151 + number);
        clients.push(add_client(tx, &companies, &mut names, client, phone, origin, now).await?);
    }
    for conversation in &cast::CONVERSATIONS {
        write_conversation(tx, &companies, &names, conversation, now).await?;
    }
    let begun = now - cast::LONG_COUNT * LONG_STEP - LONG_END;
    let long = Talk::begin(tx, 0, companies[0].id, Some(cast::LONG_NAME), &cast::LONG_MEMBERS, &names, begun)
        .await?;
    Ok(Cast { people, clients, long })
}

async fn add_companies(tx: &mut Tx, now: Millis) -> Result<Vec<Company>, StoreError> {
    let mut companies = Vec::new();
    for (name, shown, plan) in cast::COMPANIES {
        let company =
            Company { id: CompanyId(clock::new_id()), name: name.to_owned(), shown: shown.to_owned() };
        tx.add_company(&company, plan, now).await?;
        contacts::seed_tags(tx, &company).await?;
        allow_large_files(tx, &company, companies.len(), now).await?;
        companies.push(company);
    }
    Ok(companies)
}

/// Sets the limit of files to what it can be at most, as an org admin would: the demo is for trying large ones, too.
async fn allow_large_files(
    tx: &mut Tx,
    company: &Company,
    number: usize,
    now: Millis,
) -> Result<(), StoreError> {
    let admin = cast::EMPLOYEES.iter().find(|it| it.company == number && it.role == Role::OrgAdmin);
    let setting = FeatureSetting {
        key: FeatureKey::FileLimit.as_str().to_owned(),
        custom: Some(FeatureValue::Number(FILE_LIMIT)),
        version: 1,
        changed_by: admin.map_or_else(|| company.shown.clone(), |admin| admin.name.to_owned()),
        changed_at: now,
    };
    tx.set_feature(company.id, &setting).await?;
    Ok(())
}

async fn add_employee(
    tx: &mut Tx,
    company: &Company,
    employee: &cast::Employee,
    phone: String,
    hash: &str,
    now: Millis,
) -> Result<(Person, SheetPerson), StoreError> {
    let email = format!("{}@{}.example", employee.username, company.name);
    let new = NewEmployee {
        name: employee.name.to_owned(),
        username: employee.username.to_owned(),
        email: email.clone(),
        phone: phone.clone(),
        role: employee.role,
        company_role: String::new(),
        about: employee.about.to_owned(),
        language: None,
    };
    let row =
        add::insert_employee(tx, company.id, new, employee.username, Some(hash.to_owned()), now).await?;
    let shown = SheetPerson {
        company: company.name.clone(),
        username: employee.username.to_owned(),
        name: employee.name.to_owned(),
        role: employee.role.as_str().to_owned(),
        email,
        phone,
    };
    Ok((row.person, shown))
}

async fn add_client(
    tx: &mut Tx,
    companies: &[Company],
    names: &mut Names,
    client: &cast::Client,
    phone: String,
    origin: &str,
    now: Millis,
) -> Result<SheetClient, StoreError> {
    let (company, language) = (&companies[client.company], client.language.map(str::to_owned));
    let person = Person {
        id: PersonId(clock::new_id()),
        kind: PersonKind::Client,
        name: client.name.to_owned(),
        role: None,
        company_role: String::new(),
        about: client.about.to_owned(),
        name_lang: language.clone(),
        is_inactive: false,
    };
    let id = person.id;
    names.insert((client.company, client.name.to_owned()), person.clone());
    let new = NewPerson { person, email: client.email.to_owned(), phone: phone.clone(), language };
    tx.add_person(company.id, new, now).await?;
    let token = clock::new_token();
    tx.add_client_link(company.id, id, token.hash(), now).await?;
    let host = contacts::seed(tx, company, client.company, id, names, client.about, now).await?;
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
    tx.invite(company.id, &linked).await?;
    Ok(SheetClient {
        company: company.name.clone(),
        name: client.name.to_owned(),
        channel: Channel::Causeway.as_str().to_owned(),
        link: personal_links::address(origin, &token),
        email: client.email.to_owned(),
        phone,
    })
}

async fn write_conversation(
    tx: &mut Tx,
    companies: &[Company],
    names: &Names,
    conversation: &cast::Conversation,
    now: Millis,
) -> Result<(), StoreError> {
    let lines: Vec<Line> = conversation
        .lines
        .iter()
        .map(|(ago, who, text)| (now - ago * MINUTE, *who, (*text).to_owned()))
        .collect();
    let place = conversation.company;
    let begun = lines.first().map_or(now, |line| line.0);
    let said = i64::try_from(lines.len()).unwrap_or_default();
    let (group, members) = (conversation.group, conversation.members);
    let talk = Talk::begin(tx, place, companies[place].id, group, members, names, begun).await?;
    talk.say(tx, lines).await?;
    talk.read(tx, said, conversation.unread).await
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
