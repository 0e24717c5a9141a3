//! Who may meet whom, who may see a chat, and what may be written to it: each is decided here alone.

use crate::{
    App,
    actor::Actor,
    error::AppError,
    store::{MemberRow, PersonRow},
};
use causeway_api::PersonId;

/// Which of `people` the caller may be in a chat with: for employees the active colleagues and the clients shared with the
/// employee; for external users those who take care of them. People of other companies are never among `people`.
pub(in crate::domain) async fn may_meet(
    app: &App,
    actor: &Actor,
    people: &[PersonRow],
) -> Result<Vec<PersonId>, AppError> {
    let active = people.iter().filter(|row| row.inactive_at.is_none());
    if !actor.is_external() {
        let active: Vec<PersonRow> = active.cloned().collect();
        return Ok(app.store.shared_or_colleagues(actor.company, actor.person, &active).await?);
    }
    let hosts = app.store.shared_with(actor.company, actor.person).await?;
    let sees = |row: &&PersonRow| row.person.id == actor.person || hosts.contains(&row.person.id);
    Ok(active.filter(sees).map(|row| row.person.id).collect())
}

/// The caller as a member of a chat; to anyone else there is no such chat.
pub(in crate::domain) fn require_member(
    members: &[MemberRow],
    person: PersonId,
) -> Result<&MemberRow, AppError> {
    members.iter().find(|member| member.person == person).ok_or(AppError::NotFound)
}

/// Whether an author may write to a chat with these members, asked in the transaction that writes: the author's place among
/// them.
pub(in crate::domain) fn may_write(members: &[MemberRow], author: PersonId) -> Option<usize> {
    members.iter().position(|member| member.person == author)
}
