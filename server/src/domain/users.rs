//! Users: listed, created, changed, inactivated. No admin ever sets or sees a password: links do that.
//!
//! Org admins manage everybody but owners; owners manage everybody. The last active owner stays one.

mod letters;

pub use letters::send_password_link;

use super::{
    company::{self, NewEmployee},
    deliveries::Deliveries,
    features::{self, FeatureKey},
    notifications,
    sessions::Actor,
    welcome,
};
use crate::{
    App,
    error::AppError,
    limits,
    store::{AuditEntry, Company, PersonRow, StoreError, Tx, UserRow},
    texts,
};
use causeway_api::{
    CompanyId, EventBody, Millis, PersonId,
    notifications::Notice,
    people::{PersonKind, Role},
    registration::ClosedReason,
    users::{License, Usage, User, UserForm, UserPage, UserState},
    validate::{compact_phone, name_key},
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
    let wanted = name_key(&search.words);
    let all = app.store.users(actor.company, PersonKind::Colleague).await?.into_iter();
    let mut found: Vec<UserRow> = all
        .filter(|user| search.role.is_none_or(|role| user.row.person.role == Some(role)))
        .filter(|user| search.state.is_none_or(|wanted| state(user) == wanted))
        .filter(|user| {
            let row = &user.row;
            let texts = [&row.person.name, &user.username, &row.email, &row.phone, &row.person.about];
            wanted.is_empty() || texts.into_iter().any(|text| name_key(text).contains(&wanted))
        })
        .collect();
    // The database has sorted them by name already; sorting is stable.
    match search.sort {
        Sort::Name => {}
        Sort::Username => found.sort_by_cached_key(|user| name_key(&user.username)),
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

fn check(form: &UserForm) -> Result<(), AppError> {
    if let Some((field, fault)) = form.faults().into_iter().next() {
        return Err(AppError::Invalid(field, fault));
    }
    if !form.language.is_empty() && !texts::LANGUAGES.contains(&form.language.as_str()) {
        return Err(AppError::Invalid("language", "fault-language"));
    }
    Ok(())
}

/// Creates a user, who gets the onboarding mail with a one-time link to set the password.
pub async fn create(app: &App, actor: &Actor, form: &UserForm) -> Result<User, AppError> {
    actor.may_govern()?;
    may_manage(actor, &[Some(form.role)])?;
    check(form)?;
    if form.role != Role::AccountManager {
        actor.was_confirmed_recently(app.clock.now())?;
    }
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    let added = add(app, actor, &company, form).await?;
    app.outbox.ring();
    require(app, actor, added.person.id).await
}

/// Writes a user whose form was checked.
pub(super) async fn add(
    app: &App,
    actor: &Actor,
    company: &Company,
    form: &UserForm,
) -> Result<PersonRow, AppError> {
    let sends_mail = features::of(app, company.id).await?.is_on(FeatureKey::OnboardingMail);
    let new = NewEmployee {
        name: form.name.trim().to_owned(),
        username: form.username.trim().to_owned(),
        email: form.email.trim().to_owned(),
        phone: compact_phone(&form.phone),
        role: form.role,
        about: form.about.trim().to_owned(),
        language: (!form.language.is_empty()).then(|| form.language.clone()),
    };
    let username = company::username_of(&new)?;
    let (author, company, origin) = (actor.clone(), company.clone(), app.config.public_origin.clone());
    let (now, recorded) = (app.clock.now(), form.clone());
    let added = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let row = company::insert_employee(tx, company.id, new, &username, None, now).await?;
                if sends_mail {
                    welcome::invite(tx, &origin, &row, (&company.name, &username), now).await?;
                }
                let entry = AuditEntry::new(&author, "user_created", row.person.id, now);
                tx.audit(entry.changed(&(), &recorded)?).await?;
                Ok::<_, StoreError>(row)
            })
        })
        .await;
    match added {
        Err(StoreError::Conflict(_)) => Err(AppError::Conflict("username", "fault-taken")),
        other => Ok(other?),
    }
}

/// Changes a user. The user name stays.
pub async fn edit(app: &App, actor: &Actor, person: PersonId, form: UserForm) -> Result<User, AppError> {
    actor.may_govern()?;
    let before = require(app, actor, person).await?;
    if before.person.kind != PersonKind::Colleague {
        return Err(AppError::NotFound);
    }
    let was = before.person.role;
    may_manage(actor, &[was, Some(form.role)])?;
    check(&form)?;
    let is_other_role = was != Some(form.role);
    if is_other_role {
        actor.was_confirmed_recently(app.clock.now())?;
        if person == actor.person {
            return Err(AppError::Invalid("role", "fault-own-role"));
        }
    }
    let old = app.store.person(actor.company, person).await?.ok_or(AppError::NotFound)?;
    let (author, now) = (actor.clone(), app.clock.now());
    let ended = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let company = author.company;
                if !tx.edit_user(company, person, was, &form).await? {
                    return Err(AppError::Conflict("role", "fault-changed-meanwhile"));
                }
                if is_other_role && before.state != UserState::Inactive {
                    count_owners(tx, company, was, form.role).await?;
                }
                let entry = AuditEntry::new(&author, "user_edited", person, now);
                tx.audit(entry.changed(&before, &form)?).await?;
                letters::tell_old_address(tx, &old, &form, now).await?;
                // Another role is another session: what is open was opened with the old rights.
                if is_other_role { Ok(tx.end_sessions_of(company, person).await?) } else { Ok(Vec::new()) }
            })
        })
        .await?;
    app.hub.end_sessions(&ended);
    app.outbox.ring();
    require(app, actor, person).await
}

pub(super) async fn count_owners(
    tx: &mut Tx,
    company: CompanyId,
    was: Option<Role>,
    is: Role,
) -> Result<(), AppError> {
    if is == Role::Owner {
        tx.add_owner(company).await?;
    } else if was == Some(Role::Owner) && !tx.drop_owner(company).await? {
        return Err(AppError::Conflict("role", "fault-last-owner"));
    }
    Ok(())
}

/// Inactivates a user: sessions, sockets, codes and links are dead at once, and public registration that leads to the
/// user closes in the same transaction.
pub async fn inactivate(app: &App, actor: &Actor, person: PersonId) -> Result<User, AppError> {
    actor.may_govern()?;
    let user = require(app, actor, person).await?;
    may_manage(actor, &[user.person.role])?;
    if person == actor.person {
        return Err(AppError::Invalid("person", "fault-yourself-inactive"));
    }
    let (author, now) = (actor.clone(), app.clock.now());
    let (role, kind) = (user.person.role, user.person.kind);
    let ended = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let company = author.company;
                if !tx.set_inactive(company, person, Some(now)).await? {
                    return Err(AppError::Conflict("person", "fault-changed-meanwhile"));
                }
                match kind {
                    PersonKind::Colleague => tx.free_user_place(company).await?,
                    PersonKind::Client => tx.free_place(company).await?,
                }
                if role == Some(Role::Owner) && !tx.drop_owner(company).await? {
                    return Err(AppError::Conflict("person", "fault-last-owner"));
                }
                tx.audit(AuditEntry::new(&author, "user_inactivated", person, now)).await?;
                close_registration(
                    tx,
                    (company, author.person),
                    Some(person),
                    ClosedReason::PersonInChargeGone,
                    now,
                )
                .await?;
                tx.end_challenges_of(person).await?;
                tx.withdraw_one_time_links(company, person, None).await?;
                Ok(tx.end_sessions_of(company, person).await?)
            })
        })
        .await?;
    app.hub.end_sessions(&ended);
    require(app, actor, person).await
}

/// Closes public registration, tells the admins why, and records it; nothing when it was closed.
pub(super) async fn close_registration(
    tx: &mut Tx,
    (company, by): (CompanyId, PersonId),
    only_of: Option<PersonId>,
    reason: ClosedReason,
    now: Millis,
) -> Result<(), StoreError> {
    if !tx.close_registration(company, only_of, reason).await? {
        return Ok(());
    }
    let entry = AuditEntry::of(company, by, "registration_closed", now);
    tx.audit(entry.changed(&(), &reason)?).await?;
    notifications::tell_admins(tx, company, &Notice::RegistrationClosed { reason }, now).await?;
    let admins = tx.people_of_roles(company, &[Role::OrgAdmin, Role::Owner]).await?;
    tx.append(company, by, now, EventBody::RegistrationChanged, admins.into()).await?;
    Ok(())
}

/// Makes an account active again, if there is a place.
pub async fn reactivate(app: &App, actor: &Actor, person: PersonId) -> Result<User, AppError> {
    actor.may_govern()?;
    let user = require(app, actor, person).await?;
    may_manage(actor, &[user.person.role])?;
    let (author, now) = (actor.clone(), app.clock.now());
    let (role, kind) = (user.person.role, user.person.kind);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let company = author.company;
                if !tx.set_inactive(company, person, None).await? {
                    return Err(AppError::Conflict("person", "fault-changed-meanwhile"));
                }
                let has_place = match kind {
                    PersonKind::Colleague => tx.take_user_place(company).await?,
                    PersonKind::Client => {
                        let limit = tx.external_limit(company).await?;
                        tx.retake_place(company, limit).await?
                    }
                };
                if !has_place {
                    return Err(AppError::Conflict("users", "fault-no-place"));
                }
                if role == Some(Role::Owner) {
                    tx.add_owner(company).await?;
                }
                tx.audit(AuditEntry::new(&author, "user_reactivated", person, now)).await?;
                Ok(())
            })
        })
        .await?;
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
