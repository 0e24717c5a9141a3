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
use causeway_api::{CompanyId, FileId, files::UploadState};
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
    /// Files that left parts or previews behind.
    pub leftovers: usize,
    /// Files whose bytes are missing.
    pub missing: usize,
}

/// Goes round, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    loop {
        // Not at once: a start has other things to do.
        clock::pause(FIRST).await;
        match go_round(&app).await {
            Ok(Round { missing: 0, uploads, orphans, leftovers }) => {
                tracing::info!(event = "files_tidied", uploads, orphans, leftovers, "the files are in order");
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
        round.leftovers += clear_leftovers(app, company.id).await?;
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
        let mut moved_on = 0;
        for file in &stale {
            if drop_upload(app, company, file).await? {
                dropped += 1;
            } else {
                moved_on += 1;
            }
        }
        // What moved on meanwhile is left for the next round.
        if (stale.len() as u64) < AT_ONCE || moved_on > 0 {
            return Ok(dropped);
        }
    }
}

/// Takes parts and previews away whose file needs them no more, left behind by a server that stopped in between. They are
/// read first: a file that is begun meanwhile is not among them.
async fn clear_leftovers(app: &App, company: CompanyId) -> Result<usize, AppError> {
    let mut cleared = 0;
    let parts = app.storage.with_parts(company).await?;
    for id in unneeded(app, company, &parts, |state| state == UploadState::Ready).await? {
        app.storage.remove_parts(company, id).await?;
        cleared += 1;
    }
    let previews = app.storage.with_previews(company).await?;
    for id in unneeded(app, company, &previews, |_| false).await? {
        app.storage.remove_upload(company, id).await?;
        cleared += 1;
    }
    Ok(cleared)
}

/// Those of some files that are not there, were refused, or are done with.
async fn unneeded(
    app: &App,
    company: CompanyId,
    ids: &[FileId],
    is_done: fn(UploadState) -> bool,
) -> Result<Vec<FileId>, AppError> {
    const ROWS: usize = 500;
    let mut unneeded = Vec::new();
    for ids in ids.chunks(ROWS) {
        let rows = app.store.files_by_ids(company, ids).await?;
        let needed: HashSet<FileId> = rows
            .iter()
            .filter(|row| row.state != UploadState::Refused && !is_done(row.state))
            .map(|row| row.id)
            .collect();
        unneeded.extend(ids.iter().filter(|id| !needed.contains(*id)));
    }
    Ok(unneeded)
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
