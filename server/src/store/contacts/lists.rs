//! The lists that org admins keep: external companies and tags.

use crate::{
    input::{fold::list_key, names},
    store::{
        Result, Store, Tx,
        entity::{list_item, person_tag},
    },
};
use causeway_api::{CompanyId, PersonId, contacts::ListItem, words};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

words! {
    /// A list that org admins keep.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum List {
        /// The companies that clients belong to.
        ExternalCompanies = "external-companies",
        /// Tags.
        Tags = "tags",
    }
}

impl Store {
    /// The tags of a client.
    pub async fn tags_of(&self, company: CompanyId, client: PersonId) -> Result<Vec<Uuid>> {
        let rows = person_tag::Entity::find()
            .filter(person_tag::Column::CompanyId.eq(company.0))
            .filter(person_tag::Column::PersonId.eq(client.0));
        Ok(rows.all(&self.read).await?.into_iter().map(|row| row.item_id).collect())
    }

    /// The entries of a list, by name.
    pub async fn list_items(&self, company: CompanyId, list: List) -> Result<Vec<ListItem>> {
        let rows = list_item::Entity::find()
            .filter(list_item::Column::CompanyId.eq(company.0))
            .filter(list_item::Column::List.eq(list.as_str()));
        let rows = rows.all(&self.read).await?.into_iter();
        let mut items: Vec<ListItem> = rows.map(|row| ListItem { id: row.id, name: row.name }).collect();
        items.sort_by_cached_key(|item| (list_key(&item.name), item.id));
        Ok(items)
    }
}

impl Tx {
    /// Adds an entry to a list; a conflict when the name is there.
    pub async fn add_list_item(&mut self, company: CompanyId, list: List, item: &ListItem) -> Result<()> {
        let row = list_item::ActiveModel {
            id: Set(item.id),
            company_id: Set(company.0),
            list: Set(list.as_str().to_owned()),
            name_key: Set(names::spelling_key(&item.name)),
            name: Set(item.name.clone()),
        };
        list_item::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }
}
