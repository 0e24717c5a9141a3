//! Users as org admins see them.

use super::{about_key, by_name};
use crate::{
    input::{emails, fold::list_key, search::SearchQuery},
    store::{
        PersonRow, Result, Store, Tx, backend_of,
        entity::{account, person, session},
        found::has_words,
        paging::{self, Paging, Sorting, Stretch, by_text},
    },
};
use causeway_api::{
    CompanyId, Millis, PersonId,
    people::{PersonKind, Role},
    users::{UserForm, UserGroup, UserQuery, UserSort, UserState},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, ExprTrait, Order},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A user with account, person and last action.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// The person.
    pub row: PersonRow,
    /// What the user signs in with.
    pub username: String,
    /// Whether a password was ever set.
    pub has_password: bool,
    /// When the user was created.
    pub created_at: Millis,
    /// The last action in a session that is still open.
    pub seen_at: Option<Millis>,
    /// Whether an authenticator app or a passkey is set up.
    pub has_second_factor: bool,
}

/// The last action in a session of a person that is still open; 0 before the first.
const LAST_SEEN: &str = "COALESCE((SELECT MAX(session.seen_at) FROM session \
     WHERE session.company_id = person.company_id AND session.person_id = person.id), 0)";

/// The accounts of a company, each beside its person.
fn accounts(company: CompanyId, wanted: Condition) -> Select<account::Entity> {
    let own = account::Entity::belongs_to(person::Entity)
        .from((account::Column::CompanyId, account::Column::PersonId))
        .to((person::Column::CompanyId, person::Column::Id))
        .into();
    account::Entity::find()
        .join(JoinType::InnerJoin, own)
        .filter(account::Column::CompanyId.eq(company.0))
        .filter(wanted)
}

/// The users that a query speaks of.
fn sought(query: &UserQuery) -> Condition {
    let column = |column| Expr::col((person::Entity, column));
    let columns = [
        column(person::Column::NameKey),
        Expr::col((account::Entity, account::Column::UsernameFolded)),
        column(person::Column::EmailFolded),
        column(person::Column::AboutKey),
    ];
    let has_words =
        has_words(&SearchQuery::read(&query.search), &columns, &column(person::Column::Phone), |_| None);
    let in_state = |state| match state {
        UserState::Inactive => Condition::all().add(person::Column::InactiveAt.is_not_null()),
        UserState::Active => Condition::all()
            .add(person::Column::InactiveAt.is_null())
            .add(account::Column::PasswordHash.is_not_null()),
        UserState::Invited => Condition::all()
            .add(person::Column::InactiveAt.is_null())
            .add(account::Column::PasswordHash.is_null()),
    };
    let kind = match query.group {
        UserGroup::Employees => PersonKind::Colleague,
        UserGroup::External => PersonKind::Client,
    };
    Condition::all()
        .add(person::Column::Kind.eq(kind.as_str()))
        .add(has_words)
        .add_option(query.role.map(|role| person::Column::Role.eq(role.as_str())))
        .add_option(query.state.map(in_state))
}

impl Store {
    /// Every user of a company with an account of that kind, by name.
    pub async fn users(&self, company: CompanyId, kind: PersonKind) -> Result<Vec<UserRow>> {
        let of_kind = person::Column::Kind.eq(kind.as_str());
        let rows = accounts(company, Condition::all().add(of_kind))
            .order_by(by_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id);
        self.read_users(company, rows).await
    }

    /// One person with an account.
    pub async fn user(&self, company: CompanyId, person: PersonId) -> Result<Option<UserRow>> {
        let this = Condition::all().add(person::Column::Id.eq(person.0));
        Ok(self.read_users(company, accounts(company, this)).await?.pop())
    }

    /// How many users of a company a query finds.
    pub async fn count_users(&self, company: CompanyId, query: &UserQuery) -> Result<usize> {
        let found = accounts(company, sought(query)).select_only().column(account::Column::PersonId);
        Ok(usize::try_from(found.count(&self.read).await?).unwrap_or(usize::MAX))
    }

    /// The page of the users of a company that a query asks for.
    pub async fn page_of_users(&self, company: CompanyId, query: &UserQuery) -> Result<Stretch<UserRow>> {
        let paging = Paging::read(query.cursor.as_deref(), query.limit.size())?;
        let (db, rows) = (&self.read, accounts(company, sought(query)));
        let backend = backend_of(db);
        let (descending, id) = (query.descending, Expr::col((person::Entity, person::Column::Id)));
        let sorting = |key: Expr| Sorting { key, id: id.clone(), descending };
        let ids = match query.sort {
            UserSort::Name => sorting(by_name(backend)).ids::<_, String>(db, rows, &paging).await?,
            UserSort::Username => {
                sorting(by_text(backend, "account.username_folded"))
                    .ids::<_, String>(db, rows, &paging)
                    .await?
            }
            UserSort::Role => {
                sorting(by_text(backend, "COALESCE(person.role, '')"))
                    .ids::<_, String>(db, rows, &paging)
                    .await?
            }
            UserSort::Created => {
                let created = Expr::col((person::Entity, person::Column::CreatedAt));
                sorting(created).ids::<_, i64>(db, rows, &paging).await?
            }
            UserSort::Seen => sorting(Expr::cust(LAST_SEEN)).ids::<_, i64>(db, rows, &paging).await?,
        };
        let these = Condition::all().add(person::Column::Id.is_in(ids.items.iter().copied()));
        let found = self.read_users(company, accounts(company, these)).await?;
        let items = paging::in_order(&ids.items, found, |user| user.row.person.id.0);
        Ok(Stretch { items, next: ids.next })
    }

    async fn read_users(&self, company: CompanyId, rows: Select<account::Entity>) -> Result<Vec<UserRow>> {
        let rows = rows.select_also(person::Entity).all(&self.read).await?;
        let rows: Vec<(account::Model, person::Model)> =
            rows.into_iter().filter_map(|(account, person)| Some((account, person?))).collect();
        let seen: Vec<(Uuid, Option<i64>)> = session::Entity::find()
            .select_only()
            .column(session::Column::PersonId)
            .column_as(Expr::col(session::Column::SeenAt).max(), "seen")
            .filter(session::Column::CompanyId.eq(company.0))
            .filter(session::Column::PersonId.is_in(rows.iter().map(|(_, person)| person.id)))
            .group_by(session::Column::PersonId)
            .into_tuple()
            .all(&self.read)
            .await?;
        let seen: HashMap<Uuid, Option<i64>> = seen.into_iter().collect();
        let user = |(account, person): (account::Model, person::Model)| {
            Ok(UserRow {
                seen_at: seen.get(&person.id).copied().flatten(),
                created_at: person.created_at,
                has_second_factor: person.has_second_factor == 1,
                row: PersonRow::try_from(person)?,
                username: account.username,
                has_password: account.password_hash.is_some(),
            })
        };
        rows.into_iter().map(user).collect()
    }
}

impl Tx {
    /// Deactivates a person, or makes the account active again; false when it was so already.
    pub async fn set_inactive(
        &mut self,
        company: CompanyId,
        person: PersonId,
        at: Option<Millis>,
    ) -> Result<bool> {
        let was = if at.is_some() {
            person::Column::InactiveAt.is_null()
        } else {
            person::Column::InactiveAt.is_not_null()
        };
        let done = person::Entity::update_many()
            .col_expr(person::Column::InactiveAt, Expr::value(at))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(was)
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Writes what is known of a user, in the form in which it is kept, whose role was `before`; false when
    /// someone has changed the role meanwhile.
    pub async fn edit_user(
        &mut self,
        company: CompanyId,
        person: PersonId,
        before: Option<Role>,
        new: &UserForm,
    ) -> Result<bool> {
        let language = (!new.language.is_empty()).then(|| new.language.clone());
        let edited = person::Entity::update_many()
            .col_expr(person::Column::Name, Expr::value(new.name.as_str()))
            .col_expr(person::Column::NameKey, Expr::value(list_key(&new.name)))
            .col_expr(person::Column::Email, Expr::value(new.email.as_str()))
            .col_expr(person::Column::EmailKey, Expr::value(emails::key(&new.email)))
            .col_expr(person::Column::EmailFolded, Expr::value(list_key(&new.email)))
            .col_expr(person::Column::Phone, Expr::value(new.phone.as_str()))
            .col_expr(person::Column::CompanyRole, Expr::value(new.company_role.as_str()))
            .col_expr(person::Column::AboutKey, Expr::value(about_key(&new.company_role, &new.about)))
            .col_expr(person::Column::About, Expr::value(new.about.as_str()))
            .col_expr(person::Column::Language, Expr::value(language))
            .col_expr(person::Column::Role, Expr::value(Some(new.role.as_str())))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(person::Column::Role.eq(before.map(Role::as_str)))
            .exec(&self.db)
            .await?;
        Ok(edited.rows_affected == 1)
    }

    /// Gives a user whose role was `before` another one; false when someone has changed it meanwhile.
    pub async fn set_role(
        &mut self,
        company: CompanyId,
        person: PersonId,
        before: Option<Role>,
        role: Role,
    ) -> Result<bool> {
        let done = person::Entity::update_many()
            .col_expr(person::Column::Role, Expr::value(Some(role.as_str())))
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.eq(person.0))
            .filter(person::Column::Role.eq(before.map(Role::as_str)))
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }
}
