//! Presence: whether colleagues are there. It is told to those who have them on the screen, at most once a second a person,
//! and to employees alone; clients are told how soon they are usually answered (`answer_time.rs`).

pub mod answer_time;
pub mod typing;

use crate::{
    App,
    actor::{Actor, By, PersonKey},
    clock::{self, SECOND},
    error::AppError,
    input::names,
    job,
    pace::Kind,
    store::{StatusRow, StoreError},
};
use causeway_api::{
    ChatId, CompanyId, Millis, PersonId,
    people::PersonKind,
    presence::{ClientFrame, LOOKED_AT_MAX, OwnStatus, Pages, Presence, STATUS_TEXT_MAX},
    validate::Fault,
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

/// How often changes are told: several of one person within this time are one.
const PAUSE: Millis = SECOND;
/// When someone was seen last is written at most so often.
const SEEN_EVERY: Millis = clock::MINUTE;

/// What a page looks at.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    /// The conversation that is open.
    pub chat: Option<ChatId>,
    /// The people on the screen whose presence it may know.
    pub people: Vec<PersonId>,
    /// Whether the page is used; `None` for a page that tells of no one's presence.
    pub usage: Option<Use>,
}

/// Whether a page is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Not for a while.
    Idle,
    /// With keys or a pointer.
    Active,
}

/// What a page looks at as far as it may, from what it says.
pub(crate) async fn looks(app: &App, actor: &Actor, said: ClientFrame) -> Result<Looks, AppError> {
    let ClientFrame::Looking { chat, mut people, is_idle } = said;
    app.pace.take(actor.person, Kind::Looking, app.clock.now()).map_err(AppError::TooMany)?;
    people.truncate(LOOKED_AT_MAX);
    let people = may_see(app, actor, people).await?;
    let usage = if is_idle { Use::Idle } else { Use::Active };
    Ok(Looks { chat, people, usage: is_shown(actor).then_some(usage) })
}

/// Employees see each other's presence, and no one else's.
fn is_shown(actor: &Actor) -> bool {
    actor.role.is_some() && !actor.is_external()
}

/// Whose presence the caller may see.
async fn may_see(app: &App, actor: &Actor, people: Vec<PersonId>) -> Result<Vec<PersonId>, AppError> {
    if people.is_empty() || !is_shown(actor) {
        return Ok(Vec::new());
    }
    let rows = app.store.people_by_ids(actor.company, people).await?;
    let colleagues = rows.into_iter().filter(|row| row.person.kind == PersonKind::Colleague);
    Ok(colleagues.filter(|row| row.inactive_at.is_none()).map(|row| row.person.id).collect())
}

/// The presence of people.
pub(crate) async fn of(
    app: &App,
    company: CompanyId,
    people: Vec<PersonId>,
) -> Result<Vec<Presence>, AppError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let mut rows: HashMap<PersonId, StatusRow> = app.store.statuses(company, &people).await?;
    let presence = |person| {
        let row = rows.remove(&person).unwrap_or_default();
        let pages = match app.hub.usage_of(person) {
            Some(Use::Active) => Pages::Online,
            Some(Use::Idle) => Pages::Away,
            None => Pages::Offline { last_seen: row.last_seen },
        };
        Presence { person, pages, status: row.status.filter(|status| is_current(status, now)) }
    };
    Ok(people.into_iter().map(presence).collect())
}

fn is_current(status: &OwnStatus, now: Millis) -> bool {
    status.status.is_some() && status.until.is_none_or(|until| now < until)
}

/// The status that the caller has set.
pub async fn own_status(app: &App, actor: &Actor) -> Result<OwnStatus, AppError> {
    let mut rows = app.store.statuses(actor.company, &[actor.person]).await?;
    let status = rows.remove(&actor.person).and_then(|row| row.status);
    let none = OwnStatus { status: None, text: String::new(), until: None };
    Ok(status.filter(|status| is_current(status, app.clock.now())).unwrap_or(none))
}

/// Sets the caller's status, or takes it back.
pub async fn set_status(app: &App, actor: &Actor, new: OwnStatus) -> Result<OwnStatus, AppError> {
    let text = names::read_optional(&new.text).map_err(|fault| AppError::Invalid("text", fault))?;
    if text.chars().count() > STATUS_TEXT_MAX {
        return Err(AppError::Invalid("text", Fault::TooLong));
    }
    let status = match new.status {
        None => OwnStatus { status: None, text: String::new(), until: None },
        Some(_) if new.until.is_some_and(|until| until <= app.clock.now()) => {
            return Err(AppError::Invalid("until", Fault::StatusEnded));
        }
        Some(_) => OwnStatus { text, ..new },
    };
    let kept = status.clone();
    app.by(actor)
        .write(job!(|tx, By { author, .. }| {
            tx.leave_sessions();
            tx.set_status(author.company, author.person, &status).await?;
            Ok::<_, StoreError>(())
        }))
        .await?;
    app.hub.presence_changed(actor.key());
    Ok(kept)
}

/// What the round remembers between its turns.
#[derive(Default)]
struct Round {
    /// Statuses that people were told of, by when they end.
    ends: BTreeMap<Millis, Vec<PersonKey>>,
    /// When it was written that someone was seen.
    seen: HashMap<PersonKey, Millis>,
}

/// Tells of changes, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    let mut round = Round::default();
    loop {
        if let Err(error) = turn(&app, &mut round).await {
            tracing::error!(%error, "the presence of people could not be told");
        }
        clock::pause(PAUSE).await;
    }
}

/// Tells of the changes since the last turn.
pub async fn tell_changes(app: &App) -> Result<(), AppError> {
    turn(app, &mut Round::default()).await
}

async fn turn(app: &App, round: &mut Round) -> Result<(), AppError> {
    let now = app.clock.now();
    let mut changed: HashSet<PersonKey> = app.hub.take_presence_changed().into_iter().collect();
    while let Some(ended) = round.ends.first_entry().filter(|entry| *entry.key() <= now) {
        changed.extend(ended.remove());
    }
    if changed.is_empty() {
        return Ok(());
    }
    // Each once, also one whose status ends while the pages close.
    let changed: Vec<PersonKey> = changed.into_iter().collect();
    let told = tell(app, round, &changed).await;
    if told.is_err() {
        // Otherwise someone who has gone would be there on every screen until the next change.
        changed.into_iter().for_each(|key| app.hub.presence_changed(key));
    }
    told
}

/// Tells those who have these people on the screen.
async fn tell(app: &App, round: &mut Round, changed: &[PersonKey]) -> Result<(), AppError> {
    note_seen(app, changed, &mut round.seen).await?;
    let mut by_company: HashMap<CompanyId, Vec<PersonId>> = HashMap::new();
    for key in changed {
        by_company.entry(key.company).or_default().push(key.person);
    }
    for (company, mut people) in by_company {
        people.sort_unstable();
        people.dedup();
        for presence in of(app, company, people).await? {
            if let Some(until) = presence.status.as_ref().and_then(|status| status.until) {
                let key = PersonKey::new(company, presence.person);
                round.ends.entry(until).or_default().push(key);
            }
            app.hub.tell_viewers(presence);
        }
    }
    Ok(())
}

/// Writes when those were seen who have no page open any more.
async fn note_seen(
    app: &App,
    changed: &[PersonKey],
    written: &mut HashMap<PersonKey, Millis>,
) -> Result<(), AppError> {
    let now = app.clock.now();
    written.retain(|_, at| now - *at < SEEN_EVERY);
    let mut by_company: HashMap<CompanyId, Vec<PersonId>> = HashMap::new();
    for key in changed.iter().filter(|key| app.hub.usage_of(key.person).is_none()) {
        if !written.contains_key(key) {
            by_company.entry(key.company).or_default().push(key.person);
        }
    }
    for (company, people) in by_company {
        let noted: Vec<PersonKey> = people.iter().map(|person| PersonKey::new(company, *person)).collect();
        app.store
            .write(job!(|tx| {
                tx.leave_sessions();
                tx.note_seen(company, &people, now).await
            }))
            .await?;
        written.extend(noted.into_iter().map(|key| (key, now)));
    }
    Ok(())
}
