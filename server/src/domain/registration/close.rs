//! Closing public registration, by whatever makes it close.

use crate::{
    domain::notifications,
    store::{AuditEntry, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId, audit::AuditAction, notifications::Notice, people::Role,
    registration::ClosedReason, signals::Signal,
};

/// Closes public registration, tells the admins why, and records it; nothing when it was closed.
pub(in crate::domain) async fn close_registration(
    tx: &mut Tx,
    (company, by): (CompanyId, PersonId),
    only_of: Option<PersonId>,
    reason: ClosedReason,
    now: Millis,
) -> Result<(), StoreError> {
    if !tx.close_registration(company, only_of, reason).await? {
        return Ok(());
    }
    let entry = AuditEntry::of(company, by, AuditAction::RegistrationClosed, now);
    tx.audit(entry.changed(&(), &reason)?).await?;
    notifications::tell_admins(tx, company, &Notice::RegistrationClosed { reason }, now).await?;
    let admins = tx.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await?;
    tx.signal(by, now, Signal::RegistrationChanged, admins)
}
