//! The list of contacts: searched, sorted, counted and cut into pages by the database, so that an answer costs what
//! its page costs, however many contacts there are.

use super::{
    Result, Store, backend_of,
    contacts::{ClientRow, List},
    entity::{channel_link, client_share, list_item, person, person_tag},
    people::kind_word,
};
use causeway_api::{
    CompanyId, PersonId, chats::Channel, contacts::LinkState, people::PersonKind, validate::name_key,
};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, LikeExpr, Order},
};
use uuid::Uuid;

/// Words with fewer digits than this are not looked for in phone numbers.
const DIGITS_OF_A_NUMBER: usize = 3;

/// What is looked for in the list.
#[derive(Clone, Debug, Default)]
pub struct ContactFilter {
    /// Colleagues instead of clients.
    pub team: bool,
    /// Words in name, phone, e-mail, company or tag.
    pub words: String,
    /// Only clients with a channel in that state, or with none (`Some(None)`).
    pub state: Option<Option<LinkState>>,
    /// Only clients with that tag.
    pub tag: Option<Uuid>,
    /// Only clients of that external company.
    pub company: Option<Uuid>,
    /// The first place.
    pub from: usize,
    /// How many at most.
    pub limit: usize,
}

/// Contains `words` as they are: nothing in them is a wildcard.
fn contains(column: person::Column, words: &str) -> Expr {
    Expr::col((person::Entity, column)).like(pattern(words))
}

fn pattern(words: &str) -> LikeExpr {
    let mut text = String::from("%");
    for char in words.chars() {
        if matches!(char, '%' | '_' | '\\') {
            text.push('\\');
        }
        text.push(char);
    }
    text.push('%');
    LikeExpr::new(text).escape('\\')
}

fn has_words(words: &str) -> Condition {
    let folded = name_key(words);
    if folded.is_empty() {
        return Condition::all();
    }
    let named = person_tag::Entity::belongs_to(list_item::Entity)
        .from(person_tag::Column::ItemId)
        .to(list_item::Column::Id)
        .into();
    let tagged = person_tag::Entity::find()
        .select_only()
        .column(person_tag::Column::PersonId)
        .join(JoinType::InnerJoin, named)
        .filter(list_item::Column::List.eq(List::Tags.as_str()))
        .filter(Expr::col((list_item::Entity, list_item::Column::NameKey)).like(pattern(&folded)));
    let found = Condition::any()
        .add(contains(person::Column::NameKey, &folded))
        .add(contains(person::Column::AboutKey, &folded))
        .add(contains(person::Column::EmailKey, &folded))
        .add(person::Column::Id.in_subquery(tagged.into_query()));
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < DIGITS_OF_A_NUMBER {
        return found;
    }
    found.add(contains(person::Column::Phone, &digits))
}

fn has_state(state: Option<LinkState>) -> Expr {
    let linked = channel_link::Entity::find().select_only().column(channel_link::Column::PersonId);
    match state {
        Some(state) => person::Column::Id
            .in_subquery(linked.filter(channel_link::Column::State.eq(state.as_str())).into_query()),
        None => person::Column::Id.not_in_subquery(linked.into_query()),
    }
}

/// The name as the list sorts it: by code points, on either database, so that those who begin with one letter stand
/// together.
fn sort_name(backend: DbBackend) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust("person.name_key COLLATE \"C\""),
        _ => Expr::col((person::Entity, person::Column::NameKey)),
    }
}

/// The contacts that `employee` sees and that `filter` leaves.
fn found(company: CompanyId, employee: PersonId, filter: &ContactFilter) -> Select<person::Entity> {
    let kind = if filter.team { PersonKind::Colleague } else { PersonKind::Client };
    let mut rows = person::Entity::find()
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Kind.eq(kind_word(kind)))
        .filter(has_words(&filter.words));
    if filter.team {
        return rows.filter(person::Column::InactiveAt.is_null()).filter(person::Column::Id.ne(employee.0));
    }
    let shared = client_share::Entity::find()
        .select_only()
        .column(client_share::Column::ClientId)
        .filter(client_share::Column::EmployeeId.eq(employee.0));
    rows = rows
        .filter(person::Column::ArchivedAt.is_null())
        .filter(person::Column::MergedInto.is_null())
        .filter(person::Column::Id.in_subquery(shared.into_query()));
    if let Some(state) = filter.state {
        rows = rows.filter(has_state(state));
    }
    if let Some(tag) = filter.tag {
        let tagged = person_tag::Entity::find()
            .select_only()
            .column(person_tag::Column::PersonId)
            .filter(person_tag::Column::ItemId.eq(tag));
        rows = rows.filter(person::Column::Id.in_subquery(tagged.into_query()));
    }
    if let Some(external) = filter.company {
        rows = rows.filter(person::Column::ExternalCompanyId.eq(external));
    }
    rows
}

impl Store {
    /// How many contacts an employee finds, by the first character of the folded name, in the order of the list.
    pub async fn contact_initials(
        &self,
        company: CompanyId,
        employee: PersonId,
        filter: &ContactFilter,
    ) -> Result<Vec<(String, i64)>> {
        let initial = match backend_of(&self.read) {
            DbBackend::Postgres => Expr::cust("substr(person.name_key, 1, 1) COLLATE \"C\""),
            _ => Expr::cust("substr(person.name_key, 1, 1)"),
        };
        let counts = found(company, employee, filter)
            .select_only()
            .column_as(initial.clone(), "initial")
            .column_as(person::Column::Id.count(), "people")
            .group_by(initial.clone())
            .order_by(initial, Order::Asc);
        Ok(counts.into_tuple().all(&self.read).await?)
    }

    /// The page of contacts that `filter` asks for, by name.
    pub async fn contacts(
        &self,
        company: CompanyId,
        employee: PersonId,
        filter: &ContactFilter,
    ) -> Result<Vec<ClientRow>> {
        let page = found(company, employee, filter)
            .order_by(sort_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id)
            .offset(u64::try_from(filter.from).unwrap_or(u64::MAX >> 1))
            .limit(u64::try_from(filter.limit).unwrap_or(u64::MAX >> 1));
        page.all(&self.read).await?.into_iter().map(ClientRow::try_from).collect()
    }

    /// The channels of some clients: client, channel, state.
    pub async fn channels_of(&self, clients: &[PersonId]) -> Result<Vec<(PersonId, Channel, LinkState)>> {
        let rows = channel_link::Entity::find()
            .filter(channel_link::Column::PersonId.is_in(clients.iter().map(|client| client.0)))
            .order_by_asc(channel_link::Column::Channel);
        rows.all(&self.read).await?.into_iter().map(super::contacts::channel_state).collect()
    }
}
