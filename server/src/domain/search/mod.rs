//! Finding messages again: the index, what keeps it up to date, and what is answered. Whoever searches finds what they are
//! shown now, and nothing else is counted.

pub mod indexer;
mod marking;
mod query;
mod terms;

use crate::{
    App, actor::Actor, domain::chats::visibility, error::AppError, limits, pace::Kind, store::FoundMessage,
};
use causeway_api::{
    CompanyId, Millis,
    query::{Instant, Seq, WHOLE_MAX},
    search::{FoundMessages, HITS, MessageHit, SEARCH_MAX, SearchMessages},
    validate::Fault,
};
use query::MessageSearch;
use std::time::Duration;
use terms::Filter;

/// Messages that match, as the caller is shown them, the newest first.
pub async fn messages(app: &App, actor: &Actor, asked: SearchMessages) -> Result<FoundMessages, AppError> {
    if asked.q.chars().count() > SEARCH_MAX {
        return Err(AppError::Invalid("q", Fault::TooLong));
    }
    app.pace.take(actor.person, Kind::Search, app.clock.now()).map_err(AppError::TooMany)?;
    let search = MessageSearch::read(&asked.q);
    if search.is_empty() {
        return Ok(FoundMessages::default());
    }
    let found = find(app, actor, &asked, &search);
    let time = Duration::from_millis(limits::SEARCH_TIME.unsigned_abs());
    tokio::time::timeout(time, found).await.map_err(|_| AppError::Busy)?
}

async fn find(
    app: &App,
    actor: &Actor,
    asked: &SearchMessages,
    search: &MessageSearch,
) -> Result<FoundMessages, AppError> {
    let _turn = app.searching.acquire().await.map_err(|error| AppError::Internal(error.into()))?;
    let retention = visibility::retention_start(app, actor.company).await?;
    let since = asked.after.map(Instant::get).max(retention).unwrap_or_default();
    let sent = since..asked.before.map_or(Millis::MAX, Instant::get);
    let before = asked.cursor.map_or(WHOLE_MAX, Seq::get);
    let filters = filters(asked);
    let terms = (search.for_sqlite(&filters), search.for_postgres(&filters));
    let found = app.store.find_messages(actor.company, actor.person, terms, before, sent, HITS + 1).await?;
    let next = (found.len() > HITS).then(|| found[HITS - 1].seq);
    let hits = found.into_iter().take(HITS).filter_map(|found| hit(found, search)).collect();
    Ok(FoundMessages { hits, next, behind_since: behind_since(app, actor.company).await? })
}

fn filters(asked: &SearchMessages) -> Vec<Filter> {
    let has_file = asked.has_file.then_some(Filter::HasFile);
    let all =
        [asked.chat.map(Filter::In), asked.from.map(Filter::From), asked.channel.map(Filter::On), has_file];
    all.into_iter().flatten().collect()
}

/// A hit with its places. `None` for one whose terms met across the edge of two texts.
fn hit(FoundMessage { message, .. }: FoundMessage, search: &MessageSearch) -> Option<MessageHit> {
    let names: Vec<String> = message.content.files().iter().map(|file| file.name.clone()).collect();
    let texts: Vec<&str> =
        std::iter::once(message.text.as_str()).chain(names.iter().map(String::as_str)).collect();
    let mut places = search.places(&texts)?.into_iter();
    let text = marking::clipped(&message.text, &places.next().unwrap_or_default());
    let files = names.iter().zip(places).map(|(name, places)| marking::whole(name, &places)).collect();
    Some(MessageHit { text, files, message })
}

/// Since when the oldest event waits that is not in the index; nothing while it is nearly up to date.
async fn behind_since(app: &App, company: CompanyId) -> Result<Option<Millis>, AppError> {
    let indexed = app.store.search_progress(company).await?.map_or(0, |progress| progress.seq);
    let waiting = app.store.log_after(company, indexed, 1).await?;
    let since = waiting.first().map(|row| row.entry.at);
    Ok(since.filter(|at| app.clock.now() - at > limits::SEARCH_BEHIND))
}
