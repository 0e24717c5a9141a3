//! The round that keeps the storage in order: uploads that nobody sent go, so do bytes that no file names; files whose
//! bytes are missing are an alarm, and never taken away.

use super::uploads::{abandoned, drop_upload};
use crate::{
    App,
    clock::{self, HOUR},
    error::AppError,
    limits,
    storage::Object,
};
use causeway_api::CompanyId;
use std::{collections::HashSet, sync::Arc};

/// The pause between two rounds,
const PAUSE: i64 = 24 * HOUR;
/// and in front of the first one.
const FIRST: i64 = HOUR;
/// Uploads that are taken away at a time.
const AT_ONCE: u64 = 100;

/// What a round has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Uploads that were taken away.
    pub uploads: usize,
    /// Objects that no file named.
    pub orphans: usize,
    /// Files whose bytes are missing.
    pub missing: usize,
}

/// Goes round, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        // Not at once: a start has other things to do.
        clock::pause(FIRST).await;
        match go_round(&app).await {
            Ok(Round { missing: 0, uploads, orphans }) => {
                tracing::info!(event = "files_tidied", uploads, orphans, "the files are in order");
            }
            Ok(Round { missing, .. }) => {
                tracing::error!(event = "files_missing", missing, "files of the record are missing");
            }
            Err(error) => tracing::error!(%error, "the files could not be looked through"),
        }
        clock::pause(PAUSE - FIRST).await;
    }
}

/// One round over all companies.
pub async fn go_round(app: &App) -> Result<Round, AppError> {
    let mut round = Round::default();
    for (company, _) in app.store.companies().await? {
        round.uploads += drop_abandoned(app, company.id).await?;
        for begin in 0..=0xff_u8 {
            let begin = format!("{begin:02x}");
            compare(app, company.id, &begin, &mut round).await?;
        }
    }
    Ok(round)
}

/// Takes the uploads of a company away that were begun long ago and that no message carries.
async fn drop_abandoned(app: &App, company: CompanyId) -> Result<usize, AppError> {
    let mut dropped = 0;
    loop {
        let stale = app.store.stale_uploads(company, abandoned(app.clock.now()), AT_ONCE).await?;
        for file in &stale {
            drop_upload(app, company, file).await?;
        }
        dropped += stale.len();
        if (stale.len() as u64) < AT_ONCE {
            return Ok(dropped);
        }
    }
}

/// Compares what is stored with what the files name, where digests begin with some letters. Objects are read first: a file
/// that is finished meanwhile is then among those that are named.
async fn compare(app: &App, company: CompanyId, begin: &str, round: &mut Round) -> Result<(), AppError> {
    let kept = app.storage.files(company, begin).await?;
    let _held = app.tidying.write().await;
    let named: HashSet<String> = app.store.digests(company, begin).await?.into_iter().collect();
    let young = app.clock.now() - limits::ORPHAN_AGE;
    for object in kept.iter().filter(|object| !named.contains(&object.name) && object.written_at < young) {
        app.storage.remove(&Object::file(company, &object.name)).await?;
        round.orphans += 1;
    }
    let there: HashSet<&str> = kept.iter().map(|object| object.name.as_str()).collect();
    for digest in named.iter().filter(|digest| !there.contains(digest.as_str())) {
        // One that was finished since is there.
        if app.storage.size(&Object::file(company, digest)).await?.is_none() {
            tracing::error!(event = "file_missing", %company, digest, "the bytes of a file are missing");
            round.missing += 1;
        }
    }
    Ok(())
}
