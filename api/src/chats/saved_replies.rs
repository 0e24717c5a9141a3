//! Saved replies: texts that employees keep to write them again, with variables that are filled in before a message is sent.

use crate::{
    SavedReplyId,
    validate::{self, Fault},
};
use serde::{Deserialize, Serialize};

/// Most saved replies of one person, and most of a company's team.
pub const SAVED_REPLIES_MAX: u64 = 500;
/// Longest shortcut, in Unicode scalar values.
pub const SHORTCUT_MAX: usize = 32;

words! {
    /// What a saved reply can have filled in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Variable {
        /// The name of the client, or of the other person.
        ClientName = "client.name",
        /// The first name of the client, or of the other person.
        ClientFirstName = "client.first_name",
        /// The name of the writer.
        MyName = "me.name",
        /// The first name of the writer.
        MyFirstName = "me.first_name",
        /// The writer's company.
        Company = "company",
        /// Today.
        Date = "date",
    }
}

/// A text that is kept to be written again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SavedReply {
    /// Its id.
    pub id: SavedReplyId,
    /// What is typed behind a `/`; unique among the person's own and among the team's.
    pub shortcut: String,
    /// What it is called.
    pub title: String,
    /// The text, with variables as `{client.first_name}` or, with words in their place if nothing is known,
    /// `{client.first_name|there}`.
    pub text: String,
    /// Whether every employee of the company has it; otherwise it is the person's own.
    pub is_team: bool,
}

/// A saved reply as it is to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveReply {
    /// What is typed behind a `/`.
    pub shortcut: String,
    /// What it is called.
    pub title: String,
    /// The text, with variables.
    pub text: String,
    /// Whether every employee of the company has it. What is kept already stays where it is.
    pub is_team: bool,
}

/// What a person can write again: the own ones and those of the team, by shortcut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SavedReplies {
    /// The saved replies.
    pub replies: Vec<SavedReply>,
}

/// A piece of a saved text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// As it stands.
    Words(&'a str),
    /// A variable, and what stands in its place if nothing is known.
    Variable(Variable, &'a str),
}

/// Cuts a text at its variables; refused when braces hold none.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let (inside, after) = behind.split_once('}').ok_or(Fault::Variable)?;
        let (name, fallback) = inside.split_once('|').unwrap_or((inside, ""));
        let variable = Variable::parse(name.trim()).ok_or(Fault::Variable)?;
        found.push(Piece::Words(before));
        found.push(Piece::Variable(variable, fallback.trim()));
        rest = after;
    }
    found.push(Piece::Words(rest));
    Ok(found)
}

/// Checks a saved text: a message, whose braces hold variables.
pub fn saved_text(text: &str) -> Result<(), Fault> {
    validate::message_text(text)?;
    pieces(text).map(drop)
}

/// Checks a shortcut: letters and digits of any script, `-` and `_`.
pub fn shortcut(text: &str) -> Result<(), Fault> {
    if text.is_empty() {
        return Err(Fault::Required);
    }
    if text.chars().count() > SHORTCUT_MAX {
        return Err(Fault::TooLong);
    }
    let is_well = text.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_'));
    if is_well { Ok(()) } else { Err(Fault::Shortcut) }
}

/// Fills a saved text in. A variable of which nothing is known leaves its fallback, or nothing.
pub fn fill(text: &str, known: impl Fn(Variable) -> Option<String>) -> String {
    let Ok(pieces) = pieces(text) else { return text.to_owned() };
    let filled = pieces.into_iter().map(|piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Variable(variable, fallback) => {
            known(variable).filter(|value| !value.is_empty()).unwrap_or_else(|| fallback.to_owned())
        }
    });
    filled.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_filled_in_and_fall_back() {
        let text = "Dear {client.first_name|client}, {me.name} of {company}{ date }";
        let known = |variable| match variable {
            Variable::MyName => Some("Priya Nair".to_owned()),
            Variable::Company => Some("Lantern Bay".to_owned()),
            _ => None,
        };
        assert_eq!(fill(text, known), "Dear client, Priya Nair of Lantern Bay");
        let filled = fill("{client.first_name|there}", |_| Some("嘉敏 {me.name}".to_owned()));
        assert_eq!(filled, "嘉敏 {me.name}", "what is filled in is not read again");
    }

    #[test]
    fn braces_hold_variables() {
        for wrong in ["{client}", "{", "a { b", "{}", "{client.first_name", "{Me.Name}"] {
            assert_eq!(saved_text(wrong), Err(Fault::Variable), "{wrong}");
        }
        for right in ["a", "{date}", "} b", "{client.name|}"] {
            assert_eq!(saved_text(right), Ok(()), "{right}");
        }
    }

    #[test]
    fn shortcuts_are_words() {
        assert_eq!(shortcut("多謝"), Ok(()));
        assert_eq!(shortcut("kyc-2"), Ok(()));
        assert_eq!(shortcut("a b"), Err(Fault::Shortcut));
        assert_eq!(shortcut(""), Err(Fault::Required));
        assert_eq!(shortcut(&"a".repeat(SHORTCUT_MAX + 1)), Err(Fault::TooLong));
    }
}
