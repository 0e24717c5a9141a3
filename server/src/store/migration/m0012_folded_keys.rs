//! Everything that is looked up or looked for by a key gets the key of `server/src/input/`.
//!
//! Two user names of a company, or two company names, may be one by the new rule and were two by the old one: the one
//! whose old key is the new key has it, else the older one. The other keeps the key it had, and is found by its name
//! exactly as it was given (`input::names::exact`). So no one loses access, and no further twin can be made.

use super::tables::{add, key, text};
use crate::input::{emails, fold::list_key, names};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{FromQueryResult, Statement, Value},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Rows that are read at a time.
const BATCH: usize = 1_000;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add(manager, "channel_link", text("address_key").default("").to_owned()).await?;
        let keys = Keys { manager };
        keys.people().await?;
        keys.channel_links().await?;
        // Ids are in the order of time.
        let companies = "SELECT id, name, name_key FROM company ORDER BY id";
        let rows = keys.all::<Company>(companies, []).await?.into_iter().map(Named::from).collect();
        keys.unique(("company", "id", "name_key"), rows, names::key).await?;
        let accounts = "SELECT person_id AS id, company_id, '' AS list, username AS name, username_key AS name_key \
                        FROM account ORDER BY person_id";
        let rows = keys.all::<Owned>(accounts, []).await?.into_iter().map(Named::from).collect();
        keys.unique(("account", "person_id", "username_key"), rows, names::key).await?;
        let entries = "SELECT id, company_id, list, name, name_key FROM list_item ORDER BY id";
        let rows = keys.all::<Owned>(entries, []).await?.into_iter().map(Named::from).collect();
        keys.unique(("list_item", "id", "name_key"), rows, names::spelling_key).await?;
        key(manager, "channel_link", &["company_id", "channel", "address_key"], false).await?;
        manager.drop_index(Index::drop().name("channel_link_by_company_id_channel_address").to_owned()).await
    }
}

struct Keys<'a, 'm> {
    manager: &'a SchemaManager<'m>,
}

#[derive(FromQueryResult)]
struct Person {
    id: Uuid,
    name: String,
    about: String,
    email: String,
}

#[derive(FromQueryResult)]
struct Link {
    person_id: Uuid,
    channel: String,
    address: String,
}

#[derive(FromQueryResult)]
struct Company {
    id: Uuid,
    name: String,
    name_key: String,
}

#[derive(FromQueryResult)]
struct Owned {
    id: Uuid,
    company_id: Uuid,
    list: String,
    name: String,
    name_key: String,
}

/// A row whose key is the only one of its scope.
struct Named {
    id: Uuid,
    scope: (Uuid, String),
    name: String,
    name_key: String,
}

impl From<Company> for Named {
    fn from(Company { id, name, name_key }: Company) -> Self {
        Self { id, scope: (Uuid::nil(), String::new()), name, name_key }
    }
}

impl From<Owned> for Named {
    fn from(Owned { id, company_id, list, name, name_key }: Owned) -> Self {
        Self { id, scope: (company_id, list), name, name_key }
    }
}

impl Keys<'_, '_> {
    async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<(), DbErr> {
        let backend = self.manager.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        self.manager.get_connection().execute_raw(statement).await?;
        Ok(())
    }

    async fn all<T: FromQueryResult>(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<T>, DbErr> {
        let backend = self.manager.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        T::find_by_statement(statement).all(self.manager.get_connection()).await
    }

    async fn people(&self) -> Result<(), DbErr> {
        let mut behind = Uuid::nil();
        loop {
            let sql =
                format!("SELECT id, name, about, email FROM person WHERE id > $1 ORDER BY id LIMIT {BATCH}");
            let rows: Vec<Person> = self.all(&sql, [behind.into()]).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            behind = last.id;
            for row in rows {
                let keys = [list_key(&row.name), list_key(&row.about), emails::key(&row.email)];
                let [name, about, email] = keys.map(Value::from);
                let sql = "UPDATE person SET name_key = $1, about_key = $2, email_key = $3 WHERE id = $4";
                self.run(sql, [name, about, email, row.id.into()]).await?;
            }
        }
    }

    async fn channel_links(&self) -> Result<(), DbErr> {
        let mut behind = (Uuid::nil(), String::new());
        loop {
            let sql = format!(
                "SELECT person_id, channel, address FROM channel_link \
                 WHERE person_id > $1 OR (person_id = $1 AND channel > $2) ORDER BY person_id, channel LIMIT {BATCH}"
            );
            let rows: Vec<Link> = self.all(&sql, [behind.0.into(), behind.1.into()]).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            behind = (last.person_id, last.channel.clone());
            for row in rows {
                let values = [emails::key(&row.address).into(), row.person_id.into(), row.channel.into()];
                let sql = "UPDATE channel_link SET address_key = $1 WHERE person_id = $2 AND channel = $3";
                self.run(sql, values).await?;
            }
        }
    }

    /// Gives every row of a table the key of its name, as far as each is the only one with it in its scope.
    async fn unique(
        &self,
        (table, id, key): (&str, &str, &str),
        rows: Vec<Named>,
        rule: fn(&str) -> String,
    ) -> Result<(), DbErr> {
        let changed = new_keys(&rows, rule);
        // A new key may be the old one of a row that gets another: first no one has either.
        for (row, _) in &changed {
            let sql = format!("UPDATE {table} SET {key} = $1 WHERE {id} = $2");
            self.run(&sql, [format!("\u{1}{row}").into(), (*row).into()]).await?;
        }
        for (row, new) in changed {
            let sql = format!("UPDATE {table} SET {key} = $1 WHERE {id} = $2");
            self.run(&sql, [new.into(), row.into()]).await?;
        }
        Ok(())
    }
}

/// The rows whose keys change, and their new ones. Of several that are one by the new rule, the one that has that key
/// already keeps it, else the first gets it; the others stay as they are.
fn new_keys(rows: &[Named], rule: fn(&str) -> String) -> Vec<(Uuid, String)> {
    let wanted: Vec<String> = rows.iter().map(|row| rule(&row.name)).collect();
    let mut owners: HashMap<(&(Uuid, String), &str), Uuid> = HashMap::new();
    for (row, wanted) in rows.iter().zip(&wanted) {
        if row.name_key == *wanted {
            owners.insert((&row.scope, wanted), row.id);
        }
    }
    for (row, wanted) in rows.iter().zip(&wanted) {
        owners.entry((&row.scope, wanted)).or_insert(row.id);
    }
    let kept: HashSet<(&(Uuid, String), &str)> = rows
        .iter()
        .zip(&wanted)
        .filter(|(row, wanted)| owners.get(&(&row.scope, wanted.as_str())) != Some(&row.id))
        .map(|(row, _)| (&row.scope, row.name_key.as_str()))
        .collect();
    let gets = |(row, wanted): &(&Named, &String)| {
        let place = (&row.scope, wanted.as_str());
        row.name_key != **wanted && owners.get(&place) == Some(&row.id) && !kept.contains(&place)
    };
    rows.iter().zip(&wanted).filter(gets).map(|(row, wanted)| (row.id, wanted.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(number: u128, name: &str) -> Named {
        let (id, name) = (Uuid::from_u128(number), name.to_owned());
        Named {
            id,
            scope: (Uuid::nil(), String::new()),
            name_key: causeway_api::validate::name_key(&name),
            name,
        }
    }

    #[test]
    fn twins_keep_what_each_can_sign_in_with() {
        let rows = [
            named(1, "per\u{441}ival"),
            named(2, "percival"),
            named(3, "José"),
            named(4, "Jose\u{301}"),
            named(5, "priya. nair"),
            named(6, "olga"),
        ];
        let changed = new_keys(&rows, names::key);
        let keys: Vec<(u128, &str)> = changed.iter().map(|(id, key)| (id.as_u128(), key.as_str())).collect();
        assert_eq!(keys, [(5, "priya.nair")]);
        let mut stored: Vec<(u128, String)> =
            rows.iter().map(|row| (row.id.as_u128(), row.name_key.clone())).collect();
        for (id, key) in changed {
            stored
                .iter_mut()
                .filter(|(row, _)| *row == id.as_u128())
                .for_each(|(_, old)| old.clone_from(&key));
        }
        for row in &rows {
            let keys = [names::key(&row.name), causeway_api::validate::name_key(&row.name)];
            let found = stored.iter().filter(|(_, key)| keys.contains(key));
            let found = names::exact(found, &row.name, |(_, key)| key);
            assert_eq!(found.map(|(id, _)| *id), Some(row.id.as_u128()), "{}", row.name);
        }
    }
}
