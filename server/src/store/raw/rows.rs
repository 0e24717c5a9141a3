//! Many rows in one statement: a table `v` of values in front of it.
//!
//! PostgreSQL takes every column as an array, so that the statement is the same for any number of rows and stays
//! prepared (9.19, `unnest`). SQLite has no arrays and reads a list of values.

use sea_orm::{DbBackend, Statement, Value, sea_query::ArrayType};
use std::fmt::Write as _;
use uuid::Uuid;

/// A column of `v`. There are no empty values in an array: a statement says by which value it means none.
enum Column {
    Ids(Vec<Uuid>),
    Numbers(Vec<i64>),
    Texts(Vec<String>),
    Bytes(Vec<Vec<u8>>),
}

impl Column {
    fn len(&self) -> usize {
        match self {
            Self::Ids(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Texts(values) => values.len(),
            Self::Bytes(values) => values.len(),
        }
    }

    fn array_type(&self) -> (ArrayType, &'static str) {
        match self {
            Self::Ids(_) => (ArrayType::Uuid, "uuid"),
            Self::Numbers(_) => (ArrayType::BigInt, "bigint"),
            Self::Texts(_) => (ArrayType::String, "text"),
            Self::Bytes(_) => (ArrayType::Bytes, "bytea"),
        }
    }

    fn into_values(self) -> Box<dyn Iterator<Item = Value>> {
        match self {
            Self::Ids(values) => Box::new(values.into_iter().map(Value::from)),
            Self::Numbers(values) => Box::new(values.into_iter().map(Value::from)),
            Self::Texts(values) => Box::new(values.into_iter().map(Value::from)),
            Self::Bytes(values) => Box::new(values.into_iter().map(Value::from)),
        }
    }
}

/// The rows of `v`, column by column, behind the values that are the same for all of them: `$1`, `$2` and so on.
pub(super) struct Rows {
    fixed: Vec<Value>,
    columns: Vec<(&'static str, Column)>,
}

impl Rows {
    pub(super) fn with<const N: usize>(fixed: [Value; N]) -> Self {
        Self { fixed: fixed.into(), columns: Vec::new() }
    }

    fn column(mut self, name: &'static str, column: Column) -> Self {
        self.columns.push((name, column));
        self
    }

    pub(super) fn ids(self, name: &'static str, values: impl Iterator<Item = Uuid>) -> Self {
        self.column(name, Column::Ids(values.collect()))
    }

    pub(super) fn numbers(self, name: &'static str, values: impl Iterator<Item = i64>) -> Self {
        self.column(name, Column::Numbers(values.collect()))
    }

    pub(super) fn texts(self, name: &'static str, values: impl Iterator<Item = String>) -> Self {
        self.column(name, Column::Texts(values.collect()))
    }

    pub(super) fn bytes(self, name: &'static str, values: impl Iterator<Item = Vec<u8>>) -> Self {
        self.column(name, Column::Bytes(values.collect()))
    }

    /// The statement that reads `v`.
    pub(super) fn statement(self, backend: DbBackend, sql: &str) -> Statement {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let names = names.join(", ");
        let (source, values) = if backend == DbBackend::Postgres { self.arrays() } else { self.list() };
        Statement::from_sql_and_values(backend, format!("WITH v ({names}) AS ({source}) {sql}"), values)
    }

    fn arrays(self) -> (String, Vec<Value>) {
        let (mut values, mut arrays) = (self.fixed, Vec::with_capacity(self.columns.len()));
        for (_, column) in self.columns {
            let (of, name) = column.array_type();
            values.push(Value::Array(of, Some(Box::new(column.into_values().collect()))));
            arrays.push(format!("${}::{name}[]", values.len()));
        }
        (format!("SELECT * FROM unnest({})", arrays.join(", ")), values)
    }

    fn list(self) -> (String, Vec<Value>) {
        let (rows, width) = (self.columns.first().map_or(0, |(_, first)| first.len()), self.columns.len());
        let mut values = self.fixed;
        let mut next = values.len();
        values.reserve(rows * width);
        let mut columns: Vec<_> = self.columns.into_iter().map(|(_, column)| column.into_values()).collect();
        let mut list = String::with_capacity(8 + rows * width * 6);
        list.push_str("VALUES ");
        for row in 0..rows {
            list.push_str(if row == 0 { "(" } else { ", (" });
            for (at, column) in columns.iter_mut().enumerate() {
                next += 1;
                // Writing to a string does not fail.
                let _ = write!(list, "{}${next}", if at == 0 { "" } else { ", " });
                values.extend(column.next());
            }
            list.push(')');
        }
        (list, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Rows {
        Rows::with([Value::from("fixed")])
            .numbers("number", [1, 2].into_iter())
            .texts("text", ["one", "two"].into_iter().map(str::to_owned))
    }

    #[test]
    fn sqlite_reads_a_list_row_by_row() {
        let statement = two_rows().statement(DbBackend::Sqlite, "SELECT $1, number, text FROM v");
        assert_eq!(
            statement.sql,
            "WITH v (number, text) AS (VALUES ($2, $3), ($4, $5)) SELECT $1, number, text FROM v"
        );
        let values: Vec<Value> = statement.values.unwrap().0;
        assert_eq!(values, ["fixed".into(), 1_i64.into(), "one".into(), 2_i64.into(), "two".into()]);
    }

    #[test]
    fn postgresql_reads_an_array_a_column_however_many_rows_there_are() {
        let statement = two_rows().statement(DbBackend::Postgres, "SELECT * FROM v");
        let source = "SELECT * FROM unnest($2::bigint[], $3::text[])";
        assert_eq!(statement.sql, format!("WITH v (number, text) AS ({source}) SELECT * FROM v"));
        assert_eq!(statement.values.unwrap().0.len(), 3);
    }
}
