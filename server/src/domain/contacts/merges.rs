//! Folding a contact into another, and taking that back.
//!
//! The one that disappears keeps its channels and conversations; the kept one shows them as its own. So nothing of the
//! archive changes, the client goes on writing where it wrote, and the merge can be undone at any time.

use super::require;
use crate::{
    App,
    actor::{Actor, By},
    clock,
    domain::{chats, contacts},
    error::AppError,
    job,
    store::{AuditEntry, MergeRow},
};
use causeway_api::{
    PersonId,
    audit::AuditAction,
    contacts::{Contact, Profile},
    signals::Signal,
    validate::Fault,
};
use uuid::Uuid;

/// The kept profile, with what only the other one knows.
fn filled(kept: &Profile, other: &Profile) -> Profile {
    let pick = |kept: &String, other: &String| if kept.trim().is_empty() { other } else { kept }.clone();
    let mut tags = kept.tags.clone();
    tags.extend(other.tags.iter().filter(|tag| !kept.tags.contains(tag)));
    Profile {
        first_name: kept.first_name.clone(),
        last_name: kept.last_name.clone(),
        email: pick(&kept.email, &other.email),
        phone: pick(&kept.phone, &other.phone),
        country: pick(&kept.country, &other.country),
        language: pick(&kept.language, &other.language),
        external_company: kept.external_company.or(other.external_company),
        tags,
    }
}

/// What a merge had filled in is emptied again, unless someone has changed it since.
fn emptied(now: &Profile, merge: &MergeRow) -> Profile {
    let (before, after) = (&merge.before, &merge.after);
    let back =
        |now: &String, before: &String, after: &String| if now == after { before } else { now }.clone();
    let is_added = |tag: &&Uuid| after.tags.contains(tag) && !before.tags.contains(tag);
    Profile {
        first_name: now.first_name.clone(),
        last_name: now.last_name.clone(),
        email: back(&now.email, &before.email, &after.email),
        phone: back(&now.phone, &before.phone, &after.phone),
        country: back(&now.country, &before.country, &after.country),
        language: back(&now.language, &before.language, &after.language),
        external_company: if now.external_company == after.external_company {
            before.external_company
        } else {
            now.external_company
        },
        tags: now.tags.iter().filter(|tag| !is_added(tag)).copied().collect(),
    }
}

/// Folds `other` into `kept`.
pub async fn merge(app: &App, actor: &Actor, kept: PersonId, other: PersonId) -> Result<Contact, AppError> {
    actor.may_write()?;
    if kept == other {
        return Err(AppError::Invalid("other", Fault::SameContact));
    }
    let (one, two) = (require(app, actor, kept).await?, require(app, actor, other).await?);
    let audience = app.store.shared_with(actor.company, kept).await?;
    let others = app.store.shared_with(actor.company, other).await?;
    let shared = others.iter().filter(|who| !audience.contains(who)).map(|who| (kept, *who)).collect();
    let id = clock::new_id();
    let name = one.row.person.name;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let (before, about) = tx.profile(author.company, kept).await?.ok_or(AppError::NotFound)?;
            let (extra, other_about) = tx.profile(author.company, other).await?.ok_or(AppError::NotFound)?;
            let after = filled(&before, &extra);
            let about = if before.external_company.is_none() { other_about } else { about };
            let row = MergeRow {
                id,
                kept,
                other,
                other_name: two.row.person.name,
                by: author.person,
                at: now,
                before,
                after,
                shared,
            };
            if !tx.merge(author.company, &row, &name).await? {
                return Err(AppError::Conflict("other", Fault::MergedAlready));
            }
            tx.set_profile(author.company, kept, &row.after, &about).await?;
            for (client, employee) in &row.shared {
                tx.share(author.company, *client, *employee, now).await?;
            }
            let entry = AuditEntry::new(&author, AuditAction::ContactMerged, kept, now);
            tx.audit(entry.changed(&row.before, &(other, &row.after))?).await?;
            for person in [kept, other] {
                let audience = tx.shared_with(author.company, kept).await?;
                tx.signal(author.person, now, Signal::ContactChanged { person }, audience)?;
            }
            Ok(())
        }))
        .await?;
    contacts::one(app, actor, kept).await
}

/// Takes a merge back: the other contact is there again.
pub async fn undo(app: &App, actor: &Actor, kept: PersonId, merge: Uuid) -> Result<Contact, AppError> {
    actor.may_write()?;
    require(app, actor, kept).await?;
    app.by(actor)
        .write(job!(|tx, By { author, now }| {
            tx.next_seq(author.company).await?;
            let audience = tx.shared_with(author.company, kept).await?;
            let row = tx.undo_merge(author.company, kept, merge, now).await?.ok_or(AppError::NotFound)?;
            let (profile, about) = tx.profile(author.company, kept).await?.ok_or(AppError::NotFound)?;
            let back = emptied(&profile, &row);
            let about = if back.external_company == profile.external_company { about } else { String::new() };
            tx.set_profile(author.company, kept, &back, &about).await?;
            for (client, employee) in &row.shared {
                tx.unshare(author.company, *client, *employee).await?;
                // Who does not see a client any more is out of its conversation as well.
                chats::hand_over(tx, author.key(), *client, *employee, None, now).await?;
            }
            let entry = AuditEntry::new(&author, AuditAction::ContactMergeUndone, kept, now);
            tx.audit(entry.changed(&(row.other, &profile), &back)?).await?;
            for person in [kept, row.other] {
                tx.signal(author.person, now, Signal::ContactChanged { person }, audience.clone())?;
            }
            Ok::<_, AppError>(())
        }))
        .await?;
    contacts::one(app, actor, kept).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(email: &str, phone: &str, tags: &[Uuid]) -> Profile {
        Profile { email: email.into(), phone: phone.into(), tags: tags.to_vec(), ..Profile::default() }
    }

    #[test]
    fn what_is_known_is_kept_and_what_is_missing_is_filled_in() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let merged = filled(&profile("a@a.example", "", &[one]), &profile("b@b.example", "+1", &[one, two]));
        assert_eq!(merged, profile("a@a.example", "+1", &[one, two]));
    }

    #[test]
    fn undoing_leaves_what_somebody_changed_since() {
        let tag = Uuid::from_u128(1);
        let (before, after) = (profile("", "", &[]), profile("b@b.example", "+1", &[tag]));
        let nobody = PersonId(Uuid::nil());
        let row = MergeRow {
            id: Uuid::nil(),
            kept: nobody,
            other: nobody,
            other_name: String::new(),
            by: nobody,
            at: 0,
            before,
            after,
            shared: Vec::new(),
        };
        assert_eq!(emptied(&profile("new@b.example", "+1", &[tag]), &row), profile("new@b.example", "", &[]));
    }
}
