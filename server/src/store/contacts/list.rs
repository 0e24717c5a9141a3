//! The list of contacts: searched, sorted, counted and cut into pages by the database, so that an answer costs what
//! its page costs, however many contacts there are.

use super::{ClientRow, List};
use crate::{
    input::{fold::list_key, search::Search},
    store::{
        Result, Store, backend_of,
        entity::{channel_link, client_share, person, person_tag},
        people::by_name,
        words::kind_word,
    },
};
use causeway_api::{CompanyId, PersonId, chats::Channel, contacts::LinkState, people::PersonKind};
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, LikeExpr, Order},
};
use uuid::Uuid;

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

/// A search, and for each of its words the tags whose names have it.
struct Wanted {
    search: Search,
    tags: Vec<Vec<Uuid>>,
}

/// Every word stands somewhere, in any order; or the whole is a part of the phone number.
fn has_words(company: CompanyId, wanted: &Wanted) -> Condition {
    if wanted.search.is_empty() {
        return Condition::all();
    }
    let Search { words, number } = &wanted.search;
    let mut every = Condition::all();
    for (word, tags) in words.iter().zip(&wanted.tags) {
        let mut anywhere = Condition::any()
            .add(contains(person::Column::NameKey, &word.text))
            .add(contains(person::Column::AboutKey, &word.text))
            .add(contains(person::Column::EmailKey, &word.text));
        if !tags.is_empty() {
            let tagged = person_tag::Entity::find()
                .select_only()
                .column(person_tag::Column::PersonId)
                .filter(person_tag::Column::CompanyId.eq(company.0))
                .filter(person_tag::Column::ItemId.is_in(tags.iter().copied()));
            anywhere = anywhere.add(person::Column::Id.in_subquery(tagged.into_query()));
        }
        if let Some(digits) = &word.digits {
            anywhere = anywhere.add(contains(person::Column::Phone, digits));
        }
        every = every.add(anywhere);
    }
    let numbers = number.iter().map(|digits| contains(person::Column::Phone, digits));
    numbers.fold(Condition::any().add(every), Condition::add)
}

fn has_state(company: CompanyId, state: Option<LinkState>) -> Expr {
    let linked = channel_link::Entity::find()
        .select_only()
        .column(channel_link::Column::PersonId)
        .filter(channel_link::Column::CompanyId.eq(company.0));
    match state {
        Some(state) => person::Column::Id
            .in_subquery(linked.filter(channel_link::Column::State.eq(state.as_str())).into_query()),
        None => person::Column::Id.not_in_subquery(linked.into_query()),
    }
}

/// The contacts that `employee` sees and that `filter` leaves.
fn found(
    company: CompanyId,
    employee: PersonId,
    (filter, wanted): (&ContactFilter, &Wanted),
) -> Select<person::Entity> {
    let kind = if filter.team { PersonKind::Colleague } else { PersonKind::Client };
    let mut rows = person::Entity::find()
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Kind.eq(kind_word(kind)))
        .filter(has_words(company, wanted));
    if filter.team {
        return rows.filter(person::Column::InactiveAt.is_null()).filter(person::Column::Id.ne(employee.0));
    }
    let shared = client_share::Entity::find()
        .select_only()
        .column(client_share::Column::ClientId)
        .filter(client_share::Column::CompanyId.eq(company.0))
        .filter(client_share::Column::EmployeeId.eq(employee.0));
    rows = rows
        .filter(person::Column::ArchivedAt.is_null())
        .filter(person::Column::MergedInto.is_null())
        .filter(person::Column::Id.in_subquery(shared.into_query()));
    if let Some(state) = filter.state {
        rows = rows.filter(has_state(company, state));
    }
    if let Some(tag) = filter.tag {
        let tagged = person_tag::Entity::find()
            .select_only()
            .column(person_tag::Column::PersonId)
            .filter(person_tag::Column::CompanyId.eq(company.0))
            .filter(person_tag::Column::ItemId.eq(tag));
        rows = rows.filter(person::Column::Id.in_subquery(tagged.into_query()));
    }
    if let Some(external) = filter.company {
        rows = rows.filter(person::Column::ExternalCompanyId.eq(external));
    }
    rows
}

impl Store {
    /// What a filter's words mean in a company.
    async fn wanted(&self, company: CompanyId, filter: &ContactFilter) -> Result<Wanted> {
        let search = Search::read(&filter.words);
        if search.is_empty() {
            return Ok(Wanted { search, tags: Vec::new() });
        }
        let names = self.list_items(company, List::Tags).await?;
        let names: Vec<(Uuid, String)> =
            names.into_iter().map(|item| (item.id, list_key(&item.name))).collect();
        let tags = search.words.iter().map(|word| {
            names.iter().filter(|(_, name)| name.contains(&word.text)).map(|(id, _)| *id).collect()
        });
        Ok(Wanted { tags: tags.collect(), search })
    }

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
        let wanted = self.wanted(company, filter).await?;
        let counts = found(company, employee, (filter, &wanted))
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
        let wanted = self.wanted(company, filter).await?;
        let page = found(company, employee, (filter, &wanted))
            .order_by(by_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id)
            .offset(u64::try_from(filter.from).unwrap_or(u64::MAX >> 1))
            .limit(u64::try_from(filter.limit).unwrap_or(u64::MAX >> 1));
        page.all(&self.read).await?.into_iter().map(ClientRow::try_from).collect()
    }

    /// The channels of some clients: client, channel, state.
    pub async fn channels_of(
        &self,
        company: CompanyId,
        clients: &[PersonId],
    ) -> Result<Vec<(PersonId, Channel, LinkState)>> {
        let rows = channel_link::Entity::find()
            .filter(channel_link::Column::CompanyId.eq(company.0))
            .filter(channel_link::Column::PersonId.is_in(clients.iter().map(|client| client.0)))
            .order_by_asc(channel_link::Column::Channel);
        rows.all(&self.read).await?.into_iter().map(super::channel_state).collect()
    }
}
