//! Changing the keys of tables that hold rows.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement},
};

#[derive(FromQueryResult)]
struct Column {
    name: String,
    kind: String,
    required: i32,
    initial: Option<String>,
}

#[derive(FromQueryResult)]
struct Made {
    sql: String,
}

/// Gives a table another primary key. Rows, other indexes and triggers stay.
pub(super) async fn rekey(
    manager: &SchemaManager<'_>,
    table: &'static str,
    primary: &[&'static str],
) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        return rebuild(manager, table, primary).await;
    }
    let primary = primary.join(", ");
    let sql = format!("ALTER TABLE {table} DROP CONSTRAINT {table}_pkey, ADD PRIMARY KEY ({primary})");
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// SQLite changes a primary key only by another table (<https://sqlite.org/lang_altertable.html#otheralter>). Dropping the
/// old one takes its indexes and triggers along, so they are created again by the words that created them. No table refers
/// to another by a foreign key.
async fn rebuild(
    manager: &SchemaManager<'_>,
    table: &'static str,
    primary: &[&'static str],
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let query = |sql: String| Statement::from_string(DbBackend::Sqlite, sql);
    let columns = query(format!(
        "SELECT name, type AS kind, \"notnull\" AS required, dflt_value AS initial \
         FROM pragma_table_info('{table}') ORDER BY cid"
    ));
    let columns = Column::find_by_statement(columns).all(db).await?;
    let made = query(format!(
        "SELECT sql FROM sqlite_master WHERE tbl_name = '{table}' AND type IN ('index', 'trigger') \
         AND sql IS NOT NULL ORDER BY rowid"
    ));
    let made = Made::find_by_statement(made).all(db).await?;
    let definition = |column: &Column| {
        let is_required = column.required == 1 || primary.contains(&column.name.as_str());
        let required = if is_required { " NOT NULL" } else { "" };
        let initial = column.initial.as_ref().map_or_else(String::new, |value| format!(" DEFAULT {value}"));
        format!("\"{}\" {}{required}{initial}", column.name, column.kind)
    };
    let definitions: Vec<String> = columns.iter().map(definition).collect();
    let names: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let (definitions, names, primary) = (definitions.join(", "), names.join(", "), primary.join("\", \""));
    let statements = [
        format!("CREATE TABLE \"{table}_rekeyed\" ({definitions}, PRIMARY KEY (\"{primary}\"))"),
        format!("INSERT INTO \"{table}_rekeyed\" ({names}) SELECT {names} FROM \"{table}\" ORDER BY rowid"),
        format!("DROP TABLE \"{table}\""),
        format!("ALTER TABLE \"{table}_rekeyed\" RENAME TO \"{table}\""),
    ];
    for sql in statements.iter().chain(made.iter().map(|made| &made.sql)) {
        db.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// Creates an index of those rows that have a value in the column `set`, named after what it covers. Were all rows in it,
/// SQLite would take it to find those without a value, which are most of a table.
pub(super) async fn key_where_set(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    set: &'static str,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index.and_where(Expr::col(Alias::new(set)).is_not_null());
    manager.create_index(index).await
}
