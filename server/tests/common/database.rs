//! What only someone with access to the database could do or see, and people put there without a door.

use super::{PASSWORD, START, World};
use causeway_api::{
    CompanyId, PersonId,
    people::{Person, PersonKind, Role},
};
use causeway_ledger::Finding;
use causeway_server::{
    App, clock,
    domain::{
        compliance::archive,
        sign_in::passwords,
        users::add::{NewEmployee, insert_employee},
    },
    job,
    keys::ServerKey,
    outbox::Transport,
    store::{Archive, CannotRead, Company, NewPerson, StoreError},
};
use std::{collections::HashMap, sync::Arc};

/// Fills the companies with the people of [`World`]. Returns their ids by name.
pub(super) async fn db_populate(app: &App, bay: &Company, peak: &Company) -> HashMap<&'static str, PersonId> {
    let hash = passwords::hash(app, PASSWORD.to_owned()).await.unwrap();
    let (bay, peak) = (bay.clone(), peak.clone());
    let staff = [
        (bay.id, "priya", Role::AccountManager),
        (bay.id, "daniel", Role::AccountManager),
        (bay.id, "mei", Role::OrgAdmin),
        (bay.id, "tomas", Role::ComplianceOfficer),
        (peak.id, "ana", Role::OrgAdmin),
        (bay.id, "olga", Role::Owner),
    ];
    let clients = [(bay.id, "lukas"), (bay.id, "amara"), (peak.id, "ines")];
    let ids = app
        .store
        .write(job!(|tx| {
            tx.add_company(&bay, "enterprise", START).await?;
            tx.add_company(&peak, "free", START).await?;
            let (mut ids, mut sharers) = (HashMap::new(), Vec::new());
            for (number, (company, name, role)) in staff.into_iter().enumerate() {
                let new = NewEmployee {
                    name: name.to_owned(),
                    username: name.to_owned(),
                    email: format!("{name}@staff.example"),
                    phone: format!("+1202555010{number}"),
                    role,
                    company_role: String::new(),
                    about: String::new(),
                    language: None,
                };
                let row = insert_employee(tx, company, new, name, Some(hash.clone()), START).await?;
                ids.insert(name, row.person.id);
                if role != Role::ComplianceOfficer {
                    sharers.push((company, row.person.id));
                }
            }
            for (company, name) in clients {
                let person = Person {
                    id: clock::new_id().into(),
                    kind: PersonKind::Client,
                    name: name.to_owned(),
                    role: None,
                    company_role: String::new(),
                    about: String::new(),
                    name_lang: None,
                    is_inactive: false,
                };
                let new = NewPerson { person, email: String::new(), phone: String::new(), language: None };
                let client = new.person.id;
                ids.insert(name, client);
                tx.add_person(company, new, START).await?;
                for (_, employee) in sharers.iter().filter(|(of, _)| *of == company) {
                    tx.share(company, client, *employee, START).await?;
                }
            }
            Ok::<_, StoreError>(ids)
        }))
        .await;
    ids.unwrap()
}

impl World {
    /// Runs SQL beside the server, as someone with access to the database could.
    pub(crate) async fn db_execute(&self, sql: &str) -> Result<(), sea_orm::DbErr> {
        use sea_orm::ConnectionTrait as _;
        let mut options = sea_orm::ConnectOptions::new(self.database.url.clone());
        if let Some(schema) = &self.database.schema {
            options.set_schema_search_path(schema.clone());
        }
        let db = sea_orm::Database::connect(options).await?;
        let done = db.execute_unprepared(sql).await.map(|_| ());
        db.close().await?;
        done
    }

    /// The first column of the first row of a query, as someone with access to the database would see it.
    pub(crate) async fn db_count(&self, sql: &str) -> i64 {
        use sea_orm::{ConnectionTrait as _, Statement};
        let db = self.db().await;
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        let count = row.unwrap().try_get_by_index::<i64>(0).unwrap();
        db.close().await.unwrap();
        count
    }

    /// The first column of every row of a query, as texts.
    pub(crate) async fn db_texts(&self, sql: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait as _, Statement};
        let db = self.db().await;
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        let texts = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect();
        db.close().await.unwrap();
        texts
    }

    async fn db(&self) -> sea_orm::DatabaseConnection {
        let mut options = sea_orm::ConnectOptions::new(self.database.url.clone());
        if let Some(schema) = &self.database.schema {
            options.set_schema_search_path(schema.clone());
        }
        sea_orm::Database::connect(options).await.unwrap()
    }

    /// An id as it is written in SQL.
    pub(crate) fn db_id(&self, id: impl Into<uuid::Uuid>) -> String {
        let id = id.into();
        if self.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'") }
    }

    /// Another account manager of Lantern Bay, whose password is everyone's.
    pub(crate) async fn db_employee(&self, name: &str) -> PersonId {
        let hash = passwords::hash(&self.app, PASSWORD.to_owned()).await.unwrap();
        self.db_add_employee(name, Some(hash)).await
    }

    /// Another account manager of Lantern Bay who has never signed in.
    pub(crate) async fn db_employee_without_password(&self, name: &str) -> PersonId {
        self.db_add_employee(name, None).await
    }

    async fn db_add_employee(&self, name: &str, hash: Option<String>) -> PersonId {
        let (company, name, now) = (self.bay.id, name.to_owned(), self.clock.now());
        let added = self.app.store.write(job!(|tx| {
            let new = NewEmployee {
                name: name.clone(),
                username: name.clone(),
                email: format!("{name}@staff.example"),
                phone: String::new(),
                role: Role::AccountManager,
                company_role: String::new(),
                about: String::new(),
                language: None,
            };
            insert_employee(tx, company, new, &name, hash, now).await
        }));
        let row: Result<_, StoreError> = added.await;
        row.unwrap().person.id
    }

    /// Another client of Lantern Bay, shared with an employee.
    pub(crate) async fn db_client(&self, name: &str, employee: PersonId) -> PersonId {
        let (company, name, now) = (self.bay.id, name.to_owned(), self.clock.now());
        let id = PersonId(clock::new_id());
        let added = self.app.store.write(job!(|tx| {
            let person = Person {
                id,
                kind: PersonKind::Client,
                name,
                role: None,
                company_role: String::new(),
                about: String::new(),
                name_lang: None,
                is_inactive: false,
            };
            let new = NewPerson { person, email: String::new(), phone: String::new(), language: None };
            tx.add_person(company, new, now).await?;
            tx.share(company, id, employee, now).await.map(|_| ())
        }));
        let added: Result<(), StoreError> = added.await;
        added.unwrap();
        id
    }

    /// The id of the person in Lantern Bay or Peak Legal who has that name now.
    pub(crate) async fn db_person(&self, name: &str) -> PersonId {
        let mut all = self.app.store.people(self.bay.id).await.unwrap();
        all.extend(self.app.store.people(self.peak.id).await.unwrap());
        all.into_iter().find(|row| row.person.name == name).unwrap().person.id
    }

    /// The token of a fresh personal link of a client, by name.
    pub(crate) async fn db_client_token(&self, name: &str) -> String {
        let company = if name == "ines" { self.peak.id } else { self.bay.id };
        self.db_add_personal_link(company, self.id(name)).await
    }

    /// The token of a fresh personal link of a client of Lantern Bay.
    pub(crate) async fn db_personal_link(&self, client: PersonId) -> String {
        self.db_add_personal_link(self.bay.id, client).await
    }

    async fn db_add_personal_link(&self, company: CompanyId, client: PersonId) -> String {
        let (token, now) = (clock::new_token(), self.clock.now());
        let hash = token.hash();
        let added: Result<(), StoreError> =
            self.app.store.write(job!(|tx| tx.add_client_link(company, client, hash, now).await)).await;
        added.unwrap();
        token.reveal().to_owned()
    }

    /// Another process with the same database, as the command line is one while the server runs.
    pub(crate) async fn other_process(&self) -> Arc<App> {
        let (config, clock) = (self.app.config.clone(), self.clock.clone());
        let transport = Transport::Captured(self.sent.clone());
        App::open(config, clock, &self.database, ServerKey::new([5; 32]), transport).await.unwrap()
    }

    /// Every row of every table, to see whether anything was changed.
    pub(crate) async fn db_snapshot(&self) -> Vec<(String, Vec<sea_orm::JsonValue>)> {
        use sea_orm::{FromQueryResult as _, JsonValue, Statement};
        let mut options = sea_orm::ConnectOptions::new(self.database.url.clone());
        let names = match &self.database.schema {
            Some(schema) => {
                options.set_schema_search_path(schema.clone());
                format!("SELECT tablename AS name FROM pg_tables WHERE schemaname = '{schema}' ORDER BY 1")
            }
            // The index of messages is SQLite's own; no one reads its tables.
            None => "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'search' \
                     AND name NOT IN ('search_data', 'search_idx', 'search_docsize', 'search_config') ORDER BY 1"
                .to_owned(),
        };
        let db = sea_orm::Database::connect(options).await.unwrap();
        let all = async |sql: String| {
            let statement = Statement::from_string(db.get_database_backend(), sql);
            JsonValue::find_by_statement(statement).all(&db).await.unwrap()
        };
        let mut tables = Vec::new();
        for row in all(names).await {
            let name = row["name"].as_str().unwrap().to_owned();
            let rows = all(format!("SELECT * FROM \"{name}\" ORDER BY 1, 2")).await;
            tables.push((name, rows));
        }
        db.close().await.unwrap();
        tables
    }

    /// Everything that is stored: the files of SQLite, or every row of every table of PostgreSQL.
    pub(crate) async fn db_stored(&self) -> Vec<u8> {
        use sea_orm::ConnectionTrait as _;
        if self.is_sqlite() {
            let file = self.database.url.trim_start_matches("sqlite:");
            let wal = std::fs::read(format!("{file}-wal")).unwrap();
            return [std::fs::read(file).unwrap(), wal].concat();
        }
        let schema = self.database.schema.clone().unwrap();
        let mut options = sea_orm::ConnectOptions::new(self.database.url.clone());
        options.set_schema_search_path(schema.clone());
        let db = sea_orm::Database::connect(options).await.unwrap();
        let text = |sql: String| {
            let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Postgres, sql);
            let db = &db;
            async move {
                let rows = db.query_all_raw(statement).await.unwrap();
                rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect::<Vec<_>>()
            }
        };
        let tables = format!("SELECT tablename::text FROM pg_tables WHERE schemaname = '{schema}'");
        let mut all = Vec::new();
        for table in text(tables).await {
            for row in text(format!("SELECT t::text FROM \"{table}\" t")).await {
                all.extend_from_slice(row.as_bytes());
                all.push(b'\n');
            }
        }
        db.close().await.unwrap();
        all
    }

    /// Runs SQL on the connection that the server itself writes with.
    pub(crate) async fn db_execute_as_server(&self, sql: &str) -> Result<(), StoreError> {
        use sea_orm::ConnectionTrait as _;
        let sql = sql.to_owned();
        self.app
            .store
            .write(job!(|tx| {
                tx.read().execute_unprepared(&sql).await?;
                Ok::<_, StoreError>(())
            }))
            .await
    }
    /// What the archive of Lantern Bay holds of some kinds of events, in order.
    pub(crate) async fn db_archived(&self, kinds: &[&str]) -> Vec<String> {
        let rows = self.app.store.events_after(self.bay.id, 0, 1_000).await.unwrap();
        rows.into_iter().filter(|row| kinds.contains(&row.kind.as_str())).map(|row| row.body).collect()
    }

    /// Opens the archive as `causeway archive verify` does.
    pub(crate) async fn db_open_archive(&self) -> Result<Archive, CannotRead> {
        Archive::open(&self.database).await
    }

    /// Everything that is wrong with the archive of Lantern Bay.
    pub(crate) async fn db_findings(&self) -> Vec<Finding> {
        archive::verify(&self.app.store.archive(), self.bay.id).await.unwrap().findings
    }
}
