//! Pages of long lists: sorted and cut by the database, so that an answer costs what its page costs.
//!
//! A page begins behind the last entry of the one before it, by the key that the list is sorted by and the id: entries
//! that come or go meanwhile shift nothing.

use super::{Result, StoreError};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, TryGetable, Value,
    sea_query::{Expr, ExprTrait, Order},
};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The longest cursor that is read, in bytes: a name at its longest, folded, and an id.
const CURSOR_MAX: usize = 4_096;

/// The end of a page: the key of its last entry, and its id. As text it is what an answer gives as `next`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    key: String,
    id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.key, self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self> {
        let (key, id) =
            text.rsplit_once('.').filter(|_| text.len() <= CURSOR_MAX).ok_or(StoreError::NoCursor)?;
        let id = id.parse().map_err(|_| StoreError::NoCursor)?;
        Ok(Self { key: key.to_owned(), id })
    }
}

/// Which page: where it begins, and how many entries it has at most.
#[derive(Clone, Debug)]
pub struct Paging {
    after: Option<Cursor>,
    limit: usize,
}

impl Paging {
    /// Reads what a query asks for.
    ///
    /// # Errors
    /// [`StoreError::NoCursor`] when the cursor is none that a page has given.
    pub fn read(cursor: Option<&str>, limit: usize) -> Result<Self> {
        Ok(Self { after: cursor.map(str::parse).transpose()?, limit })
    }

    /// From the beginning.
    pub fn first(limit: usize) -> Self {
        Self { after: None, limit }
    }

    /// The page behind this one that begins at `next`, of the same length.
    #[must_use]
    pub fn at(self, next: Cursor) -> Self {
        Self { after: Some(next), ..self }
    }
}

/// A page, and where the next one begins.
#[derive(Clone, Debug)]
pub struct Stretch<T> {
    /// The entries, in the order of the list.
    pub items: Vec<T>,
    /// The end of this page; nothing at the end of the list.
    pub next: Option<Cursor>,
}

/// A key that lists are sorted by.
pub(super) trait SortKey: TryGetable + ToString + Into<Value> + Send + Sync + 'static {
    fn parse(text: &str) -> Result<Self>;
}

impl SortKey for String {
    fn parse(text: &str) -> Result<Self> {
        Ok(text.to_owned())
    }
}

impl SortKey for i64 {
    fn parse(text: &str) -> Result<Self> {
        text.parse().map_err(|_| StoreError::NoCursor)
    }
}

/// A text as a key: by code points, on either database, so that what begins with one letter stands together.
pub(super) fn by_text(backend: DbBackend, column: &str) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust(format!("{column} COLLATE \"C\"")),
        _ => Expr::cust(column.to_owned()),
    }
}

/// In which order a list is.
#[derive(Clone)]
pub(super) struct Sorting {
    /// First by this.
    pub(super) key: Expr,
    /// Then by this, which no two entries share.
    pub(super) id: Expr,
    /// The other way round, both of them.
    pub(super) descending: bool,
}

impl Sorting {
    fn order(&self) -> Order {
        if self.descending { Order::Desc } else { Order::Asc }
    }

    /// `rows` in this order, from the beginning of the page on, with one more than it has.
    pub(super) fn page<E: EntityTrait, K: SortKey>(
        &self,
        rows: Select<E>,
        paging: &Paging,
    ) -> Result<Select<E>> {
        let rows = match &paging.after {
            None => rows,
            Some(Cursor { key, id }) => {
                let last = Expr::tuple([Expr::value(K::parse(key)?), Expr::value(*id)]);
                let this = Expr::tuple([self.key.clone(), self.id.clone()]);
                rows.filter(if self.descending { this.lt(last) } else { this.gt(last) })
            }
        };
        Ok(rows
            .order_by(self.key.clone(), self.order())
            .order_by(self.id.clone(), self.order())
            .limit(paging.limit as u64 + 1))
    }

    /// The ids of a page.
    pub(super) async fn ids<E: EntityTrait, K: SortKey>(
        &self,
        db: &impl ConnectionTrait,
        rows: Select<E>,
        paging: &Paging,
    ) -> Result<Stretch<Uuid>> {
        let rows = self
            .page::<E, K>(rows, paging)?
            .select_only()
            .expr_as(self.key.clone(), "sort_key")
            .expr_as(self.id.clone(), "id");
        let found: Vec<(K, Uuid)> = rows.into_tuple().all(db).await?;
        let stretch = cut(found, paging, |(key, id)| Cursor { key: key.to_string(), id: *id });
        Ok(Stretch { items: stretch.items.into_iter().map(|(_, id)| id).collect(), next: stretch.next })
    }
}

/// Cuts the one too many off, which tells whether there is another page.
pub(super) fn cut<T>(mut rows: Vec<T>, paging: &Paging, end: impl Fn(&T) -> Cursor) -> Stretch<T> {
    let has_more = rows.len() > paging.limit;
    rows.truncate(paging.limit);
    let next = rows.last().filter(|_| has_more).map(end);
    Stretch { items: rows, next }
}

/// The end of a page of something sorted by its instant.
pub(super) fn end_at(at: i64, id: Uuid) -> Cursor {
    Cursor { key: at.to_string(), id }
}

/// What was found, in the order of the ids it was asked for by.
pub(super) fn in_order<T>(ids: &[Uuid], mut found: Vec<T>, id: impl Fn(&T) -> Uuid) -> Vec<T> {
    let places: std::collections::HashMap<Uuid, usize> =
        ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    found.sort_by_key(|row| places.get(&id(row)).copied());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for key in ["", "o'hara v. smith", "1.2.3", "陳", "-4"] {
            let cursor = Cursor { key: key.to_owned(), id: Uuid::from_u128(7) };
            assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor, "{key}");
        }
        for bad in ["", "x", "x.y", ".", &format!("{}.{}", "x".repeat(CURSOR_MAX), Uuid::nil())] {
            assert!(matches!(bad.parse::<Cursor>(), Err(StoreError::NoCursor)), "{bad}");
        }
    }
}
