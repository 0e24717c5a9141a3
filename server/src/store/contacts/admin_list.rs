//! The list of all clients of a company, as its admins see it.

use super::ClientRow;
use crate::{
    input::search::SearchQuery,
    store::{
        Result, Store, backend_of,
        entity::{client_share, person},
        found::has_words,
        paging::{self, Paging, Sorting, Stretch},
        people::by_name,
    },
};
use causeway_api::{CompanyId, PersonId, people::PersonKind, users::AdminClientQuery};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement},
};

/// The clients of whom `owner` takes care: no one has seen them for a longer time (`Tx::owner_of`).
fn of_owner(company: CompanyId, owner: PersonId) -> SelectStatement {
    let earlier = |column| Expr::col((Alias::new("earlier"), column));
    let this = |column| Expr::col((client_share::Entity, column));
    let is_earlier = Condition::any()
        .add(earlier(client_share::Column::CreatedAt).lt(this(client_share::Column::CreatedAt)))
        .add(
            Condition::all()
                .add(earlier(client_share::Column::CreatedAt).eq(this(client_share::Column::CreatedAt)))
                .add(earlier(client_share::Column::EmployeeId).lt(this(client_share::Column::EmployeeId))),
        );
    let before = Query::select()
        .expr(Expr::value(1))
        .from_as(client_share::Entity, Alias::new("earlier"))
        .and_where(earlier(client_share::Column::CompanyId).eq(this(client_share::Column::CompanyId)))
        .and_where(earlier(client_share::Column::ClientId).eq(this(client_share::Column::ClientId)))
        .cond_where(is_earlier)
        .to_owned();
    client_share::Entity::find()
        .select_only()
        .column(client_share::Column::ClientId)
        .filter(client_share::Column::CompanyId.eq(company.0))
        .filter(client_share::Column::EmployeeId.eq(owner.0))
        .filter(Expr::not_exists(before))
        .into_query()
}

/// The clients that a query speaks of.
fn sought(company: CompanyId, query: &AdminClientQuery) -> Select<person::Entity> {
    let column = |column| Expr::col((person::Entity, column));
    let columns =
        [person::Column::NameKey, person::Column::EmailFolded, person::Column::AboutKey].map(column);
    let has_words =
        has_words(&SearchQuery::read(&query.search), &columns, &column(person::Column::Phone), |_| None);
    let archived = |is_archived| {
        if is_archived {
            person::Column::ArchivedAt.is_not_null()
        } else {
            person::Column::ArchivedAt.is_null()
        }
    };
    let owned = |owner| person::Column::Id.in_subquery(of_owner(company, owner));
    person::Entity::find()
        .filter(person::Column::CompanyId.eq(company.0))
        .filter(person::Column::Kind.eq(PersonKind::Client.as_str()))
        .filter(person::Column::MergedInto.is_null())
        .filter(has_words)
        .filter(Condition::all().add_option(query.archived.map(archived)).add_option(query.owner.map(owned)))
}

impl Store {
    /// How many clients of a company a query finds.
    pub async fn count_clients(&self, company: CompanyId, query: &AdminClientQuery) -> Result<usize> {
        let found = sought(company, query).select_only().column(person::Column::Id);
        Ok(usize::try_from(found.count(&self.read).await?).unwrap_or(usize::MAX))
    }

    /// The page of a company's clients that a query asks for, by name.
    pub async fn page_of_clients(
        &self,
        company: CompanyId,
        query: &AdminClientQuery,
    ) -> Result<Stretch<ClientRow>> {
        let paging = Paging::read(query.cursor.as_deref(), query.limit.size())?;
        let by_name = Sorting {
            key: by_name(backend_of(&self.read)),
            id: Expr::col((person::Entity, person::Column::Id)),
            descending: false,
        };
        let ids = by_name.ids::<_, String>(&self.read, sought(company, query), &paging).await?;
        let found = person::Entity::find()
            .filter(person::Column::CompanyId.eq(company.0))
            .filter(person::Column::Id.is_in(ids.items.iter().copied()));
        let found = found.all(&self.read).await?.into_iter().map(ClientRow::try_from);
        let found = found.collect::<Result<Vec<ClientRow>>>()?;
        let items = paging::in_order(&ids.items, found, |client| client.row.person.id.0);
        Ok(Stretch { items, next: ids.next })
    }
}
