//! Users: listed, created, changed, inactivated. No admin ever sets or sees a password: links do that.
//!
//! Org admins manage everyone but owners; owners manage everyone. The last active owner stays one.

mod activity;
pub mod add;
pub mod form;
pub mod import;
mod letters;
pub mod own;
pub(in crate::domain) mod owners;

pub use activity::{inactivate, reactivate};
pub use letters::send_password_link;

use super::{
    notifications::deliveries::Deliveries,
    shut_out::{Act, Ended, shut_out},
};
use crate::{
    App,
    actor::Actor,
    error::AppError,
    input::{emails, fold::list_key, search},
    limits,
    store::{AuditEntry, UserRow},
};
use causeway_api::{
    CompanyId, PersonId,
    audit::AuditAction,
    people::{PersonKind, Role},
    users::{License, Usage, User, UserForm, UserPage, UserState},
};

/// What is looked for in the list.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Words in name, user name, e-mail, phone or job description.
    pub words: String,
    /// Only this role.
    pub role: Option<Role>,
    /// Only this state.
    pub state: Option<UserState>,
    /// In which order.
    pub sort: Sort,
    /// The other way round.
    pub descending: bool,
    /// The first place.
    pub from: usize,
    /// How many at most.
    pub limit: usize,
}

/// The order of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name.
    #[default]
    Name,
    /// By user name.
    Username,
    /// By role.
    Role,
    /// By when they were created.
    Created,
    /// By their last action.
    Seen,
}

fn state(user: &UserRow) -> UserState {
    match (user.row.inactive_at, user.has_password) {
        (Some(_), _) => UserState::Inactive,
        (None, true) => UserState::Active,
        (None, false) => UserState::Invited,
    }
}

fn describe(user: UserRow, in_charge: Option<PersonId>, deliveries: &Deliveries) -> User {
    User {
        state: state(&user),
        undelivered: deliveries.at(&user.row.email, &user.row.phone),
        username: user.username,
        email: user.row.email,
        phone: user.row.phone,
        language: user.row.language.unwrap_or_default(),
        created_at: user.created_at,
        seen_at: user.seen_at,
        has_second_factor: user.has_second_factor,
        is_in_charge: Some(user.row.person.id) == in_charge,
        person: user.row.person,
    }
}

/// The users of the company.
pub async fn list(app: &App, actor: &Actor, search: &Search) -> Result<UserPage, AppError> {
    actor.may_govern()?;
    let in_charge = app.store.registration(actor.company).await?.person_in_charge;
    let wanted = search::Search::read(&search.words);
    let all = app.store.users(actor.company, PersonKind::Colleague).await?.into_iter();
    let mut found: Vec<UserRow> = all
        .filter(|user| search.role.is_none_or(|role| user.row.person.role == Some(role)))
        .filter(|user| search.state.is_none_or(|wanted| state(user) == wanted))
        .filter(|user| {
            let row = &user.row;
            let texts = [&row.person.name, &user.username, &row.email, &row.person.about];
            wanted.is_empty() || wanted.finds(&texts.map(String::as_str), &row.phone)
        })
        .collect();
    // The database has sorted them by name already; sorting is stable.
    match search.sort {
        Sort::Name => {}
        Sort::Username => found.sort_by_cached_key(|user| list_key(&user.username)),
        Sort::Role => found.sort_by_key(|user| user.row.person.role.map(Role::as_str)),
        Sort::Created => found.sort_by_key(|user| user.created_at),
        Sort::Seen => found.sort_by_key(|user| user.seen_at),
    }
    if search.descending {
        found.reverse();
    }
    let total = found.len();
    let limit = search.limit.clamp(1, limits::USERS_PAGE);
    let page: Vec<UserRow> = found.into_iter().skip(search.from).take(limit).collect();
    let deliveries = deliveries(app, actor.company, &page).await?;
    Ok(UserPage {
        users: page.into_iter().map(|user| describe(user, in_charge, &deliveries)).collect(),
        total,
    })
}

/// One user whom the caller manages.
async fn require(app: &App, actor: &Actor, person: PersonId) -> Result<User, AppError> {
    let in_charge = app.store.registration(actor.company).await?.person_in_charge;
    let user = app.store.user(actor.company, person).await?.ok_or(AppError::NotFound)?;
    let deliveries = deliveries(app, actor.company, std::slice::from_ref(&user)).await?;
    Ok(describe(user, in_charge, &deliveries))
}

async fn deliveries(app: &App, company: CompanyId, users: &[UserRow]) -> Result<Deliveries, AppError> {
    let addresses: Vec<&str> =
        users.iter().flat_map(|user| [user.row.email.as_str(), user.row.phone.as_str()]).collect();
    Ok(Deliveries::of(app, company, &addresses).await?)
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
    let added = add::add(app, actor, &company, &form).await?;
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
        return Err(AppError::Invalid("role", "fault-own-role"));
    }
    let old = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    let (author, now) = (actor.clone(), app.clock.now());
    let ended = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let company = author.company;
                // Two who take one address come one after the other.
                tx.next_seq(company).await?;
                let is_same_email = emails::key(&old.email) == emails::key(&form.email);
                if !is_same_email && tx.is_email_used(company, &form.email, Some(person)).await? {
                    return Err(AppError::Conflict("email", "fault-email-used"));
                }
                if !tx.edit_user(company, person, was, &form).await? {
                    return Err(AppError::Conflict("role", "fault-changed-meanwhile"));
                }
                if is_other_role && before.state != UserState::Inactive {
                    owners::count_owners(tx, company, was, form.role).await?;
                }
                let entry = AuditEntry::new(&author, AuditAction::UserEdited, person, now);
                tx.audit(entry.changed(&before, &form)?).await?;
                letters::tell_old_address(tx, &old, &form, now).await?;
                let (who, mut ended) = ((company, person), Ended::default());
                if letters::is_other_address(&old, &form) {
                    ended = shut_out(tx, Act::ChangeAddress, who, None, now).await?;
                }
                if is_other_role {
                    ended = shut_out(tx, Act::ChangeRole, who, None, now).await?;
                }
                Ok(ended)
            })
        })
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
