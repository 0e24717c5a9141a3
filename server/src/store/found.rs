//! The words of a search in the columns of a list, on either database.

use crate::input::search::{SearchQuery, Word};
use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, LikeExpr},
};

/// A column contains `words` as they are: nothing in them is a wildcard.
fn contains(column: &Expr, words: &str) -> Expr {
    column.clone().like(pattern(words))
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

/// Every word stands in one of the folded `columns`, or where `elsewhere` says, in any order; or the whole is a part of
/// the `phone` number. Everything is found by a search for nothing.
pub(super) fn has_words(
    search: &SearchQuery,
    columns: &[Expr],
    phone: &Expr,
    elsewhere: impl Fn(&Word) -> Option<Expr>,
) -> Condition {
    if search.is_empty() {
        return Condition::all();
    }
    let mut every = Condition::all();
    for word in &search.words {
        let mut anywhere = Condition::any();
        for column in columns {
            anywhere = anywhere.add(contains(column, &word.text));
        }
        if let Some(digits) = &word.digits {
            anywhere = anywhere.add(contains(phone, digits));
        }
        every = every.add(anywhere.add_option(elsewhere(word)));
    }
    let numbers = search.number.iter().map(|digits| contains(phone, digits));
    numbers.fold(Condition::any().add(every), Condition::add)
}
