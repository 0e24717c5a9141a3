//! Users: listed, created, changed, deactivated. No admin ever sets or sees a password: links do that.
//!
//! Org admins manage everyone but owners; owners manage everyone. The last active owner stays one.

mod activity;
pub mod add;
pub mod form;
pub mod holders;
pub mod import;
mod letters;
pub mod own;
pub(in crate::domain) mod owners;

pub use activity::{deactivate, reactivate};
pub use letters::send_password_link;

use super::{
    notifications::deliveries::Deliveries,
    shut_out::{Act, Ended, shut_out},
};
use crate::{
    App,
    actor::{Actor, By, PersonKey},
    error::AppError,
    input::emails,
    job,
    store::{AuditEntry, UserRow},
};
use causeway_api::{
    CompanyId, PersonId,
    audit::AuditAction,
    page::Page,
    people::{Person, PersonKind, Role},
    users::{License, Usage, User, UserForm, UserQuery, UserState},
    validate::Fault,
};
use std::collections::HashMap;

fn state(user: &UserRow) -> UserState {
    match (user.row.inactive_at, user.has_password) {
        (Some(_), _) => UserState::Inactive,
        (None, true) => UserState::Active,
        (None, false) => UserState::Invited,
    }
}

/// What is known of several users besides their rows.
struct Surroundings {
    /// The person in charge of those who register from now on.
    in_charge: Option<PersonId>,
    /// Who is in charge of each external user.
    persons_in_charge: HashMap<PersonId, Person>,
    deliveries: Deliveries,
}

impl Surroundings {
    async fn of(app: &App, company: CompanyId, users: &[UserRow]) -> Result<Self, AppError> {
        let addresses: Vec<&str> =
            users.iter().flat_map(|user| [user.row.email.as_str(), user.row.phone.as_str()]).collect();
        let external = users.iter().map(|user| &user.row.person).filter(|it| it.kind == PersonKind::Client);
        let external: Vec<PersonId> = external.map(|person| person.id).collect();
        let owners = app.store.owners_of(company, &external).await?;
        let people = app.store.people_by_ids(company, owners.values().copied().collect()).await?;
        let people: HashMap<_, _> = people.into_iter().map(|row| (row.person.id, row.person)).collect();
        let in_charge = |(user, owner)| Some((user, people.get(&owner)?.clone()));
        Ok(Self {
            in_charge: app.store.registration(company).await?.person_in_charge,
            persons_in_charge: owners.into_iter().filter_map(in_charge).collect(),
            deliveries: Deliveries::of(app, company, &addresses).await?,
        })
    }

    fn describe(&self, user: UserRow) -> User {
        User {
            state: state(&user),
            undelivered: self.deliveries.at(&user.row.email, &user.row.phone),
            username: user.username,
            email: user.row.email,
            phone: user.row.phone,
            language: user.row.language.unwrap_or_default(),
            created_at: user.created_at,
            seen_at: user.seen_at,
            has_second_factor: user.has_second_factor,
            is_in_charge: Some(user.row.person.id) == self.in_charge,
            person_in_charge: self.persons_in_charge.get(&user.row.person.id).cloned(),
            person: user.row.person,
        }
    }
}

/// The users of the company.
pub async fn list(app: &App, actor: &Actor, query: &UserQuery) -> Result<Page<User>, AppError> {
    actor.may_govern()?;
    let found = app.store.page_of_users(actor.company, query).await?;
    let surroundings = Surroundings::of(app, actor.company, &found.items).await?;
    Ok(Page {
        items: found.items.into_iter().map(|user| surroundings.describe(user)).collect(),
        total: Some(app.store.count_users(actor.company, query).await?),
        next: found.next.map(|next| next.to_string()),
    })
}

/// One user whom the caller manages.
async fn require(app: &App, actor: &Actor, person: PersonId) -> Result<User, AppError> {
    let user = app.store.user(actor.company, person).await?.ok_or(AppError::NotFound)?;
    let surroundings = Surroundings::of(app, actor.company, std::slice::from_ref(&user)).await?;
    Ok(surroundings.describe(user))
}

/// Owners are managed by owners only.
fn may_manage(actor: &Actor, roles: &[Option<Role>]) -> Result<(), AppError> {
    let is_about_owner = roles.contains(&Some(Role::Owner));
    if is_about_owner && actor.role != Some(Role::Owner) { Err(AppError::Forbidden) } else { Ok(()) }
}

fn read(typed: &UserForm) -> Result<UserForm, AppError> {
    form::read(typed).map_err(|(field, fault)| AppError::Invalid(field, fault))
}

/// Creates a user, who gets the onboarding mail with a one-time link to set the password.
pub async fn create(app: &App, actor: &Actor, typed: &UserForm) -> Result<User, AppError> {
    actor.may_govern()?;
    may_manage(actor, &[Some(typed.role)])?;
    let form = read(typed)?;
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    let added = add::add(app, actor, company, &form).await?;
    app.outbox.ring();
    require(app, actor, added.person.id).await
}

/// Changes a user. The user name stays.
pub async fn edit(app: &App, actor: &Actor, person: PersonId, typed: UserForm) -> Result<User, AppError> {
    actor.may_govern()?;
    let before = require(app, actor, person).await?;
    if before.person.kind != PersonKind::Colleague {
        return Err(AppError::NotFound);
    }
    let was = before.person.role;
    may_manage(actor, &[was, Some(typed.role)])?;
    let form = read(&typed)?;
    let is_other_role = was != Some(form.role);
    if is_other_role && person == actor.person {
        return Err(AppError::Invalid("role", Fault::OwnRole));
    }
    let old = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    let ended = app
        .by(actor)
        .write(job!(|tx, By { author, now }| {
            let company = author.company;
            // Two who take one address come one after the other.
            tx.next_seq(company).await?;
            let is_same_email = emails::key(&old.email) == emails::key(&form.email);
            if !is_same_email && tx.is_email_used(company, &form.email, Some(person)).await? {
                return Err(AppError::Conflict("email", Fault::EmailUsed));
            }
            if !tx.edit_user(company, person, was, &form).await? {
                return Err(AppError::Conflict("role", Fault::ChangedMeanwhile));
            }
            if is_other_role && before.state != UserState::Inactive {
                owners::count_owners(tx, company, was, form.role).await?;
            }
            let entry = AuditEntry::new(&author, AuditAction::UserEdited, person, now);
            tx.audit(entry.changed(&before, &form)?).await?;
            letters::mail_old_address(tx, &old, &form, now).await?;
            let (who, mut ended) = (PersonKey::new(company, person), Ended::default());
            if letters::is_other_address(&old, &form) {
                ended = shut_out(tx, Act::ChangeAddress, who, None, now).await?;
            }
            if is_other_role {
                ended = shut_out(tx, Act::ChangeRole, who, None, now).await?;
            }
            Ok(ended)
        }))
        .await?;
    ended.close(app);
    app.outbox.ring();
    require(app, actor, person).await
}

/// The plan and what is used of it.
pub async fn license(app: &App, actor: &Actor) -> Result<License, AppError> {
    actor.may_govern()?;
    let plan = app.store.plan(actor.company).await?.ok_or(AppError::SignedOut)?;
    let capacity = app.store.registration(actor.company).await?.capacity(plan.external_limit);
    Ok(License {
        plan: plan.plan,
        users: Usage { used: plan.users_used, limit: plan.user_limit },
        external_users: Usage { used: capacity.registered + capacity.pending, limit: capacity.limit },
    })
}
