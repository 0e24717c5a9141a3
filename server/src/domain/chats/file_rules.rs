//! What a company allows to be sent: how large, which groups of files, and to whom.

use crate::{
    App,
    domain::features::{self, keys},
    error::AppError,
};
use causeway_api::{ChatId, CompanyId, files::FileGroup, people::PersonKind, validate::Fault};

/// Bytes of a megabyte, as file managers count.
const MEGABYTE: i64 = 1024 * 1024;

/// What a company allows.
pub(in crate::domain) struct Allowed {
    /// Documents with macros.
    pub(in crate::domain) with_macros: bool,
    /// Files of up to so many bytes.
    pub(in crate::domain) largest: i64,
}

/// What a company allows.
pub(in crate::domain) async fn allowed(app: &App, company: CompanyId) -> Result<Allowed, AppError> {
    let features = features::of(app, company).await?;
    Ok(Allowed {
        with_macros: features.get(keys::FILE_MACROS),
        largest: features.get(keys::FILE_LIMIT) * MEGABYTE,
    })
}

/// The largest file that a company's people may send, in bytes.
pub(in crate::domain) async fn largest(app: &App, company: CompanyId) -> Result<i64, AppError> {
    Ok(allowed(app, company).await?.largest)
}

/// Whether files of a group may be sent in a chat: the company allows the group, and archives where a client is if it
/// allows that.
pub(in crate::domain) async fn may_be_sent(
    app: &App,
    company: CompanyId,
    chat: ChatId,
    group: FileGroup,
) -> Result<Result<(), Fault>, AppError> {
    let features = features::of(app, company).await?;
    if features.get(keys::FILE_GROUPS).named(group.as_str()) == Some(0) {
        return Ok(Err(Fault::FileType));
    }
    let to_clients = group != FileGroup::Archive || features.get(keys::FILE_ARCHIVES_TO_CLIENTS);
    if !to_clients && has_client(app, company, chat).await? {
        return Ok(Err(Fault::FileArchive));
    }
    Ok(Ok(()))
}

/// Whether a client is in a chat.
pub(in crate::domain) async fn has_client(
    app: &App,
    company: CompanyId,
    chat: ChatId,
) -> Result<bool, AppError> {
    let members = app.store.members(company, vec![chat]).await?;
    let people =
        app.store.people_by_ids(company, members.iter().map(|member| member.person).collect()).await?;
    Ok(people.iter().any(|row| row.person.kind == PersonKind::Client))
}
