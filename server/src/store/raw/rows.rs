//! Many rows in one statement: a table `v` of values in front of it.
//!
//! PostgreSQL takes every column as an array, so that the statement is the same for any number of rows and stays
//! prepared (9.19, `unnest`). SQLite has no arrays and reads a list of values.

use sea_orm::{DbBackend, Statement, Value, sea_query::ArrayType};
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

/// The rows of `v`, column by column.
pub(super) struct Rows {
    columns: Vec<(&'static str, Column)>,
}

impl Rows {
    /// So many rows of a company, whose id is in their first column, `company_id`.
    pub(super) fn of(company: Uuid, rows: usize) -> Self {
        Self { columns: Vec::with_capacity(10) }.ids("company_id", std::iter::repeat_n(company, rows))
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
        let (mut values, mut arrays) =
            (Vec::with_capacity(self.columns.len()), Vec::with_capacity(self.columns.len()));
        for (_, column) in self.columns {
            let (of, name) = column.array_type();
            values.push(Value::Array(of, Some(Box::new(column.into_values().collect()))));
            arrays.push(format!("${}::{name}[]", values.len()));
        }
        (format!("SELECT * FROM unnest({})", arrays.join(", ")), values)
    }

    /// The parameters have no numbers: SQLite keeps those as names, and the driver looks each of them up.
    fn list(self) -> (String, Vec<Value>) {
        let (rows, width) = (self.columns.first().map_or(0, |(_, first)| first.len()), self.columns.len());
        let row = format!("({})", vec!["?"; width].join(", "));
        let list = format!("VALUES {}", vec![row.as_str(); rows].join(", "));
        let mut values = Vec::with_capacity(rows * width);
        let mut columns: Vec<_> = self.columns.into_iter().map(|(_, column)| column.into_values()).collect();
        for _ in 0..rows {
            values.extend(columns.iter_mut().filter_map(Iterator::next));
        }
        (list, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows() -> Rows {
        Rows::of(Uuid::nil(), 2)
            .numbers("number", [1, 2].into_iter())
            .texts("text", ["one", "two"].into_iter().map(str::to_owned))
    }

    #[test]
    fn sqlite_reads_a_list_row_by_row() {
        let statement = two_rows().statement(DbBackend::Sqlite, "SELECT number, text FROM v");
        let source = "VALUES (?, ?, ?), (?, ?, ?)";
        let sql = format!("WITH v (company_id, number, text) AS ({source}) SELECT number, text FROM v");
        assert_eq!(statement.sql, sql);
        let (company, values) = (Value::from(Uuid::nil()), statement.values.unwrap().0);
        let expected: [Value; 6] =
            [company.clone(), 1_i64.into(), "one".into(), company, 2_i64.into(), "two".into()];
        assert_eq!(values, expected);
    }

    #[test]
    fn postgresql_reads_an_array_a_column_however_many_rows_there_are() {
        let statement = two_rows().statement(DbBackend::Postgres, "SELECT * FROM v");
        let source = "SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[])";
        assert_eq!(statement.sql, format!("WITH v (company_id, number, text) AS ({source}) SELECT * FROM v"));
        assert_eq!(statement.values.unwrap().0.len(), 3);
    }
}
