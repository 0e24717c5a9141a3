//! Messages that were given up: the trace they leave at the address, and who is told.

use crate::{
    clock::DAY,
    store::{Counter, DeadLetter, StoreError, Tx},
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    deliveries::DeliveryFault,
    notifications::Notice,
    people::{PersonKind, Role},
    signals::Signal,
};
use uuid::Uuid;

/// Most of what a provider said that is kept.
const DETAIL_MAX: usize = 300;

/// Gives a message up, notes it at its address, and tells the open pages and the admins.
pub(super) async fn give_up(
    tx: &mut Tx,
    company: CompanyId,
    id: Uuid,
    fault: DeliveryFault,
    detail: String,
    now: Millis,
) -> Result<(), StoreError> {
    let detail: String = detail.chars().filter(|c| !c.is_control()).take(DETAIL_MAX).collect();
    let Some(dead) = tx.mark_dead(company, id, &detail).await? else { return Ok(()) };
    tx.note_undelivered(&dead, fault, &detail, now).await?;
    match dead.person {
        Some(person) => announce_of_person(tx, &dead, person, fault, now).await,
        None => announce_of_registrant(tx, &dead, now).await,
    }
}

/// Pages that show the person load it again; the admins are notified once a day and person.
async fn announce_of_person(
    tx: &mut Tx,
    dead: &DeadLetter,
    person: PersonId,
    fault: DeliveryFault,
    now: Millis,
) -> Result<(), StoreError> {
    let company = dead.company;
    let Some(row) = tx.people_by_ids(company, vec![person]).await?.into_iter().next() else { return Ok(()) };
    let admins = tx.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await?;
    let mut audience = admins.clone();
    let mut shown_as = person;
    let is_user = row.person.kind == PersonKind::Colleague;
    if !is_user {
        shown_as = tx.contact_of(company, person).await?;
        audience.extend(tx.shared_with(company, shown_as).await?);
        audience.sort_unstable();
        audience.dedup();
    }
    tx.signal(person, now, Signal::ContactChanged { person: shown_as }, audience)?;
    if tx.count(&Counter::Undelivered.of(person), DAY, now).await? > 1 {
        return Ok(());
    }
    let (name, medium) = (row.person.name, dead.medium);
    let notice = Notice::Undelivered { person: shown_as, name, is_user, medium, fault };
    for admin in admins {
        tx.notify(company, admin, &notice, now).await?;
    }
    Ok(())
}

/// Someone who registers has no person yet: the settings of registration count those whose address takes no mail.
async fn announce_of_registrant(tx: &mut Tx, dead: &DeadLetter, now: Millis) -> Result<(), StoreError> {
    let admins = tx.people_of_roles(dead.company, &[Role::OrgAdmin, Role::Owner]).await?;
    let by = PersonId(Uuid::nil());
    tx.signal(by, now, Signal::RegistrationChanged, admins)
}
