//! Importing users from a file: a preview first, then a job that imports every row on its own (`work.rs`), each with what
//! really became of it.

mod columns;
mod job;
mod table;
mod work;

pub use job::{cancel, list, report, start};
pub use work::{go_on, run, work_off};

use super::form;
use crate::{
    App,
    actor::Actor,
    error::AppError,
    input::{emails, languages, names},
};
use causeway_api::{
    people::{PersonKind, Role},
    users::{Holder, ImportReport, ImportedRow, RowOutcome, UserForm},
    validate::Fault,
};
use columns::{Cells, Column};
use std::collections::{HashMap, hash_map::Entry};

/// A row of a file, and the user that it describes.
pub struct Line {
    /// The row as it is reported.
    pub shown: ImportedRow,
    /// The user; nothing when the row cannot be imported.
    pub form: Option<UserForm>,
}

impl Line {
    fn read(number: u64, cells: &Cells) -> Self {
        let shown = ImportedRow {
            line: number,
            name: cells.name(),
            email: cells.text(Column::Email),
            role: cells.text(Column::Role),
            outcome: RowOutcome::Ready,
        };
        match form(cells) {
            Ok(form) => Self { shown, form: Some(form) },
            Err((field, fault)) => {
                let mut line = Self { shown, form: None };
                line.refuse(field, fault, None);
                line
            }
        }
    }

    fn refuse(&mut self, field: &str, fault: Fault, holder: Option<Holder>) {
        self.shown.outcome = RowOutcome::Refused { field: field.to_owned(), fault: fault.into(), holder };
        self.form = None;
    }

    /// Refuses what is taken, else takes it for this line.
    fn take(
        &mut self,
        taken: &mut HashMap<String, Holder>,
        key: String,
        (field, fault): (&str, Fault),
    ) -> bool {
        match taken.entry(key) {
            Entry::Occupied(holder) => {
                let holder = holder.get().clone();
                let is_inactive = fault == Fault::Taken && matches!(holder, Holder::Inactive(_));
                self.refuse(field, if is_inactive { Fault::TakenInactive } else { fault }, Some(holder));
                false
            }
            Entry::Vacant(free) => {
                free.insert(Holder::Line(self.shown.line));
                true
            }
        }
    }
}

/// The user that a row describes; else the column that is wrong.
fn form(cells: &Cells) -> Result<UserForm, (&'static str, Fault)> {
    // What stands for a character that could not be read is no part of anyone's name.
    if cells.all().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER)) {
        return Err(("", Fault::CsvLetters));
    }
    let role = match cells.text(Column::Role) {
        none if none.trim().is_empty() => Role::AccountManager,
        word => Role::parse(&word).ok_or(("role", Fault::Role))?,
    };
    let language = match cells.text(Column::Language) {
        none if none.trim().is_empty() => "",
        word => languages::read(&word).ok_or(("language", Fault::Language))?,
    };
    form::read(&UserForm {
        name: cells.name(),
        username: cells.text(Column::Username),
        email: cells.text(Column::Email),
        phone: cells.text(Column::Phone),
        role,
        company_role: cells.text(Column::CompanyRole),
        about: cells.text(Column::JobDescription),
        language: language.to_owned(),
    })
}

/// Reads every row of a file; refused as a whole when it is no table with a name and a mail address.
pub fn read(text: &str) -> Result<Vec<Line>, AppError> {
    let rows = table::read(text).map_err(|fault| AppError::Invalid("csv", fault))?;
    Ok(rows.iter().map(|(number, cells)| Line::read(*number, cells)).collect())
}

/// Marks what cannot be imported because of what is there, or of an earlier row.
async fn check(app: &App, actor: &Actor, lines: &mut [Line]) -> Result<(), AppError> {
    let (mut usernames, mut addresses) = (HashMap::new(), HashMap::new());
    for kind in [PersonKind::Colleague, PersonKind::Client] {
        for user in app.store.users(actor.company, kind).await? {
            let (username, email) = (names::key(&user.username), emails::key(&user.row.email));
            let holder = Holder::from(user.row);
            // Only active employees hold an address.
            if kind == PersonKind::Colleague && matches!(holder, Holder::User(_)) {
                addresses.insert(email, holder.clone());
            }
            usernames.insert(username, holder);
        }
    }
    for line in lines {
        let Some(new) = &line.form else { continue };
        let username = names::key(&form::username(&new.username, &new.email));
        let email = emails::key(&new.email);
        if new.role == Role::Owner && actor.role != Some(Role::Owner) {
            line.refuse("role", Fault::OwnerOnly, None);
        } else if line.take(&mut usernames, username, ("username", Fault::Taken)) {
            line.take(&mut addresses, email, ("email", Fault::EmailUsed));
        }
    }
    Ok(())
}

/// What importing a file would do; nothing is written.
pub async fn preview(app: &App, actor: &Actor, csv: String) -> Result<ImportReport, AppError> {
    actor.may_govern()?;
    let mut lines = read_aside(csv).await?;
    check(app, actor, &mut lines).await?;
    Ok(ImportReport { rows: lines.into_iter().map(|line| line.shown).collect() })
}

/// Reads a file on a thread for work that takes long: 10,000 rows would hold up everyone else.
async fn read_aside(csv: String) -> Result<Vec<Line>, AppError> {
    let read = tokio::task::spawn_blocking(move || read(&csv)).await;
    read.map_err(|error| AppError::Internal(error.into()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(csv: &str) -> Vec<Option<(String, String)>> {
        let fault = |line: Line| match line.shown.outcome {
            RowOutcome::Refused { field, fault, .. } => Some((field, fault)),
            _ => None,
        };
        read(csv).unwrap().into_iter().map(fault).collect()
    }

    fn fault(field: &str, fault: Fault) -> (String, String) {
        (field.to_owned(), fault.into())
    }

    #[test]
    fn every_row_has_a_reason_of_its_own() {
        let csv = "Name,Email,Role,Phone\nA,a@x.example,org admin,\nB,b@x,,\nC,c@x.example,king,\nD,d@x.example,,12\n\
                   \u{3164},e@x.example,,\nF,f..f@x.example,,\nT\u{fffd}m,g@x.example,,\n";
        assert_eq!(
            outcomes(csv),
            [
                None,
                Some(fault("email", Fault::EmailDomain)),
                Some(fault("role", Fault::Role)),
                Some(fault("phone", Fault::Phone)),
                Some(fault("name", Fault::Invisible)),
                Some(fault("email", Fault::EmailDots)),
                Some(fault("", Fault::CsvLetters)),
            ]
        );
    }

    #[test]
    fn cells_are_read_like_the_fields_of_the_form() {
        let csv = "name,email,phone,language\nAna,\u{200b}ana@x.example,'+85261234567,zh-TW\n\
                   Bo,bo@x.example,85261234568,Japanese\nCy,cy@x.example,\u{202a}+852 6123 4569\u{202c},EN\n";
        let read: Vec<_> = read(csv).unwrap().into_iter().map(|line| line.form.unwrap()).collect();
        let cells: Vec<_> = read.iter().map(|form| (&*form.email, &*form.phone, &*form.language)).collect();
        assert_eq!(
            cells,
            [
                ("ana@x.example", "+85261234567", "zh-Hant"),
                ("bo@x.example", "+85261234568", "ja"),
                ("cy@x.example", "+85261234569", "en"),
            ]
        );
    }

    #[test]
    fn what_is_no_table_of_users_is_refused_as_a_whole() {
        for bad in ["", "name\nA\n", "name,email\n", "just text", "name,email\n,,\n,\n", "sep=;\r\n"] {
            assert!(matches!(read(bad), Err(AppError::Invalid("csv", _))), "{bad}");
        }
    }
}
