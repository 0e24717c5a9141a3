//! The list of contacts: searched, sorted, counted and cut into pages by the database, so that an answer costs what
//! its page costs, however many contacts there are.

use super::{ClientRow, List};
use crate::{
    input::{
        fold::list_key,
        search::{SearchQuery, Word},
    },
    store::{
        Result, Store, backend_of,
        entity::{channel_link, client_share, person, person_tag},
        found,
        paging::by_text,
        people::by_name,
    },
};
use causeway_api::{
    CompanyId, PersonId,
    chats::Channel,
    contacts::{ContactQuery, ContactState, ContactTab, LinkState},
    people::PersonKind,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Order},
};
use uuid::Uuid;

/// A search, and for each of its words the tags whose names have it.
struct Wanted {
    search: SearchQuery,
    tags: Vec<Vec<Uuid>>,
}

/// Every word stands somewhere: tags are part of what is looked into.
fn has_words(company: CompanyId, wanted: &Wanted) -> Condition {
    let column = |column| Expr::col((person::Entity, column));
    let columns =
        [person::Column::NameKey, person::Column::AboutKey, person::Column::EmailFolded].map(column);
    let tagged = |word: &Word| {
        let place = wanted.search.words.iter().position(|other| other == word)?;
        let tags = wanted.tags.get(place).filter(|tags| !tags.is_empty())?;
        let tagged = person_tag::Entity::find()
            .select_only()
            .column(person_tag::Column::PersonId)
            .filter(person_tag::Column::CompanyId.eq(company.0))
            .filter(person_tag::Column::ItemId.is_in(tags.iter().copied()));
        Some(person::Column::Id.in_subquery(tagged.into_query()))
    };
    found::has_words(&wanted.search, &columns, &column(person::Column::Phone), tagged)
}

fn has_state(company: CompanyId, state: ContactState) -> Expr {
    let linked = channel_link::Entity::find()
        .select_only()
        .column(channel_link::Column::PersonId)
        .filter(channel_link::Column::CompanyId.eq(company.0));
    let in_state = |state: LinkState| {
        let linked = linked.clone().filter(channel_link::Column::State.eq(state.as_str()));
        person::Column::Id.in_subquery(linked.into_query())
    };
    match state {
        ContactState::Pending => in_state(LinkState::Pending),
        ContactState::Linked => in_state(LinkState::Linked),
        ContactState::None => person::Column::Id.not_in_subquery(linked.into_query()),
    }
}

/// The contacts that `employee` sees and that `filter` leaves.
fn sought(
    company: CompanyId,
    employee: PersonId,
    filter: &ContactQuery,
    wanted: &Wanted,
) -> Select<person::Entity> {
    let is_team = filter.tab == ContactTab::Team;
    let kind = if is_team { PersonKind::Colleague } else { PersonKind::Client };
    let mut rows = person::Entity::find()
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Kind.eq(kind.as_str()))
        .filter(has_words(company, wanted));
    if is_team {
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
    async fn wanted(&self, company: CompanyId, filter: &ContactQuery) -> Result<Wanted> {
        let search = SearchQuery::read(&filter.search);
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
        filter: &ContactQuery,
    ) -> Result<Vec<(String, i64)>> {
        let initial = by_text(backend_of(&self.read), "substr(person.name_key, 1, 1)");
        let wanted = self.wanted(company, filter).await?;
        let counts = sought(company, employee, filter, &wanted)
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
        filter: &ContactQuery,
    ) -> Result<Vec<ClientRow>> {
        let wanted = self.wanted(company, filter).await?;
        let page = sought(company, employee, filter, &wanted)
            .order_by(by_name(backend_of(&self.read)), Order::Asc)
            .order_by_asc(person::Column::Id)
            .offset(filter.cursor.size() as u64)
            .limit(filter.limit.size() as u64);
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
