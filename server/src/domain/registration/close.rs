//! Closing public registration, by whatever makes it close.

use crate::{
    actor::PersonKey,
    domain::notifications,
    store::{AuditEntry, StoreError, Tx},
};
use causeway_api::{
    Millis, PersonId, audit::AuditAction, notifications::Notice, people::Role, registration::ClosedReason,
    signals::Signal,
};

/// Closes public registration, notifies the admins of the reason, and records it; does nothing when it was closed.
pub(in crate::domain) async fn close_registration(
    tx: &mut Tx,
    by: PersonKey,
    only_of: Option<PersonId>,
    reason: ClosedReason,
    now: Millis,
) -> Result<(), StoreError> {
    let company = by.company;
    if !tx.close_registration(company, only_of, reason).await? {
        return Ok(());
    }
    let entry = AuditEntry::of(company, by.person, AuditAction::RegistrationClosed, now);
    tx.audit(entry.changed(&(), &reason)?).await?;
    notifications::notify_admins(tx, company, &Notice::RegistrationClosed { reason }, now).await?;
    let admins = tx.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await?;
    tx.signal(by.person, now, Signal::RegistrationChanged, admins)
}
