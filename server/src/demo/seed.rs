//! Writes the cast into an empty database, through the same store functions as everything else.

use super::{Sheet, SheetClient, SheetPerson, cast, contacts};
use crate::{
    App,
    clock::{self, MINUTE},
    domain::{
        contacts::personal_links,
        sign_in::passwords,
        users::add::{self, NewEmployee},
    },
    store::{ChannelLinkRow, ChatRow, Company, NewPerson, StoreError, Tx},
};
use causeway_api::{
    ChatId, CompanyId, EventBody, MessageId, Millis, PersonId,
    chats::{Channel, Chat, ChatKind, Member, Message},
    contacts::LinkState,
    people::{Person, PersonKind},
};
use std::collections::HashMap;

pub(super) type Names = HashMap<(usize, String), Person>;

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
    (sheet.people, sheet.clients) = app
        .store
        .write(move |tx| Box::pin(async move { everything(tx, &hash, &origin, now).await }))
        .await
        .map_err(|error: StoreError| anyhow::anyhow!("seeding the demo: {error}"))?;
    Ok(sheet)
}

async fn everything(
    tx: &mut Tx,
    hash: &str,
    origin: &str,
    now: Millis,
) -> Result<(Vec<SheetPerson>, Vec<SheetClient>), StoreError> {
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
        let host = contacts::seed(tx, &companies[company], (company, id), &names, about, now).await?;
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
        let lines: Vec<(Millis, &str, String)> = conversation
            .lines
            .iter()
            .map(|(ago, who, text)| (now - ago * MINUTE, *who, (*text).to_owned()))
            .collect();
        let company = (conversation.company, companies[conversation.company].id);
        write(tx, company, conversation.group, conversation.members, &names, lines, conversation.unread)
            .await?;
    }
    let company = (0, companies[0].id);
    write(tx, company, Some(cast::LONG_NAME), &cast::LONG_MEMBERS, &names, long_lines(now), 0).await?;
    Ok((people, clients))
}

/// Ten thousand messages over the past year, the last one three days ago.
fn long_lines(now: Millis) -> Vec<(Millis, &'static str, String)> {
    let (end, step) = (now - 3 * clock::DAY - clock::HOUR, 50 * MINUTE);
    (1..=cast::LONG_COUNT)
        .map(|number| {
            let at = end - (cast::LONG_COUNT - number) * step;
            let index = usize::try_from(number).unwrap_or_default();
            if number == cast::LONG_COUNT {
                return (at, cast::LONG_MEMBERS[1], cast::LONG_LAST.to_owned());
            }
            let who = cast::LONG_MEMBERS[[0, 2, 2, 0, 2, 1, 2, 0, 2][index % 9]];
            (at, who, format!("{} ({number})", cast::LONG_LINES[index % 9]))
        })
        .collect()
}

pub(super) async fn write(
    tx: &mut Tx,
    (index, company): (usize, CompanyId),
    group: Option<&str>,
    members: &[&str],
    names: &Names,
    lines: Vec<(Millis, &str, String)>,
    unread: i64,
) -> Result<ChatId, StoreError> {
    let find = |name: &str| {
        names
            .get(&(index, name.to_owned()))
            .cloned()
            .ok_or_else(|| StoreError::Vanished(format!("the cast has no {name}")))
    };
    let people = members.iter().map(|name| find(name)).collect::<Result<Vec<Person>, _>>()?;
    let owner = people[0].id;
    let created_at = lines.first().map_or(0, |line| line.0);
    let row = ChatRow {
        id: ChatId(clock::new_id()),
        company,
        kind: if group.is_some() { ChatKind::Group } else { ChatKind::Direct },
        name: group.unwrap_or_default().to_owned(),
        channel: Channel::Causeway,
        last_ordinal: 0,
        created_at,
    };
    let joined = tx.next_seq(company).await?;
    tx.add_chat(&row, group.is_none().then(|| (owner, people[1].id)), owner).await?;
    let mut chat = Chat {
        id: row.id,
        kind: row.kind,
        name: row.name.clone(),
        members: Vec::new(),
        channel: row.channel,
        created_at,
        last_ordinal: 0,
        last_message: None,
        deleted_unread: Vec::new(),
    };
    for person in &people {
        tx.add_member(company, row.id, person.id, joined, 1).await?;
        chat.members.push(Member { person: person.clone(), from: 1, delivered: 0, read: 0 });
    }
    // No one listens yet: the audience is empty.
    tx.append(company, owner, created_at, EventBody::ChatCreated { chat }, [].into()).await?;
    let count = i64::try_from(lines.len()).unwrap_or_default();
    for (at, who, text) in lines {
        let sender = find(who)?.id;
        let Some(moved) = tx.next_ordinal(company, row.id, None, at).await? else { continue };
        let (ordinal, channel) = (moved.last_ordinal, moved.channel);
        let id = MessageId(clock::new_id());
        let message = Message {
            id,
            chat: row.id,
            ordinal,
            sender,
            text,
            channel,
            sent_at: at,
            edited_at: None,
            deleted_at: None,
        };
        tx.add_message(company, &message).await?;
        tx.append(company, sender, at, EventBody::MessageSent { message }, [].into()).await?;
    }
    for person in &people {
        let read = if person.id == owner { count - unread } else { count };
        tx.catch_up(company, row.id, person.id, read).await?;
    }
    Ok(row.id)
}
