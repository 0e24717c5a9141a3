//! Importing users from a file: a preview first, then every row on its own, each with what really became of it.

use super::{company, sessions::Actor, users};
use crate::{App, error::AppError, limits, texts};
use causeway_api::{
    people::{PersonKind, Role},
    users::{ImportReport, ImportedRow, RowOutcome, UserForm},
    validate::name_key,
};
use serde::Deserialize;
use std::collections::HashSet;

/// A row of the file, as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FileRow {
    /// The name.
    pub name: String,
    /// The user name; made from the mail address when empty.
    pub username: String,
    /// The mail address.
    pub email: String,
    /// The mobile number.
    pub phone: String,
    /// The role, in words.
    pub role: String,
    /// The job description.
    #[serde(alias = "job description")]
    pub job_description: String,
    /// The language.
    pub language: String,
}

impl FileRow {
    /// The form that the row fills in; else the column that is wrong.
    pub fn form(self) -> Result<UserForm, (&'static str, &'static str)> {
        let role = match self.role.trim() {
            "" => Role::AccountManager,
            word => Role::parse(word).ok_or(("role", "fault-role"))?,
        };
        let form = UserForm {
            name: self.name,
            username: self.username,
            email: self.email,
            phone: self.phone,
            role,
            about: self.job_description,
            language: self.language.trim().to_owned(),
        };
        if !form.language.is_empty() && !texts::LANGUAGES.contains(&form.language.as_str()) {
            return Err(("language", "fault-language"));
        }
        match form.faults().into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(form),
        }
    }
}

/// A row and the form it fills in.
struct Line {
    shown: ImportedRow,
    form: Option<UserForm>,
}

fn refuse(shown: &mut ImportedRow, field: &str, fault: &str) {
    shown.outcome = RowOutcome::Refused { field: field.to_owned(), fault: fault.to_owned() };
}

/// Reads every row of a file; refused as a whole when it is no table with a name and a mail address.
fn read(csv: &str) -> Result<Vec<Line>, AppError> {
    // Spreadsheets put a mark in front of UTF-8, and semicolons where commas are decimal points.
    let csv = csv.trim_start_matches('\u{feff}');
    let headings = csv.lines().next().unwrap_or_default();
    let delimiter = if headings.contains(';') && !headings.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(csv.as_bytes());
    let headings = reader.headers().map_err(|_| AppError::Invalid("csv", "fault-csv"))?;
    let headings: csv::StringRecord = headings.iter().map(name_key).collect();
    if ["name", "email"].iter().any(|needed| headings.iter().all(|heading| heading != *needed)) {
        return Err(AppError::Invalid("csv", "fault-csv-columns"));
    }
    reader.set_headers(headings);
    let mut lines = Vec::new();
    for (at, record) in reader.deserialize::<FileRow>().enumerate() {
        if at >= limits::IMPORT_ROWS {
            return Err(AppError::Invalid("csv", "fault-csv-long"));
        }
        lines.push(line(at as u64 + 2, record));
    }
    if lines.is_empty() { Err(AppError::Invalid("csv", "fault-csv-empty")) } else { Ok(lines) }
}

fn line(number: u64, record: Result<FileRow, csv::Error>) -> Line {
    let mut shown = ImportedRow {
        line: number,
        name: String::new(),
        email: String::new(),
        role: String::new(),
        outcome: RowOutcome::Ready,
    };
    let Ok(row) = record else {
        refuse(&mut shown, "", "fault-csv-row");
        return Line { shown, form: None };
    };
    shown.name.clone_from(&row.name);
    shown.email.clone_from(&row.email);
    shown.role.clone_from(&row.role);
    match row.form() {
        Ok(form) => Line { shown, form: Some(form) },
        Err((field, fault)) => {
            refuse(&mut shown, field, fault);
            Line { shown, form: None }
        }
    }
}

/// Marks what cannot be imported because of what is there, or of an earlier row.
async fn check(app: &App, actor: &Actor, lines: &mut [Line]) -> Result<(), AppError> {
    let known = app.store.users(actor.company, PersonKind::Colleague).await?;
    let mut taken: HashSet<String> = known.iter().map(|user| name_key(&user.username)).collect();
    let mut emails: HashSet<String> = known.iter().map(|user| user.row.email.to_lowercase()).collect();
    for Line { shown, form } in lines {
        let Some(new) = &*form else { continue };
        let username = company::username(&new.username, &new.email);
        let fault = if new.role == Role::Owner && actor.role != Some(Role::Owner) {
            Some(("role", "fault-owner-only"))
        } else if !taken.insert(name_key(&username)) {
            Some(("username", "fault-taken"))
        } else if !emails.insert(new.email.trim().to_lowercase()) {
            Some(("email", "fault-email-used"))
        } else {
            None
        };
        if let Some((field, fault)) = fault {
            refuse(shown, field, fault);
            *form = None;
        }
    }
    Ok(())
}

/// What importing a file would do; nothing is written.
pub async fn preview(app: &App, actor: &Actor, csv: &str) -> Result<ImportReport, AppError> {
    actor.may_govern()?;
    let mut lines = read(csv)?;
    check(app, actor, &mut lines).await?;
    Ok(ImportReport { rows: lines.into_iter().map(|line| line.shown).collect() })
}

/// Imports what can be imported, and says of every row what became of it.
pub async fn import(app: &App, actor: &Actor, csv: &str) -> Result<ImportReport, AppError> {
    actor.may_govern()?;
    let company = app.store.company(actor.company).await?.ok_or(AppError::SignedOut)?;
    let mut lines = read(csv)?;
    check(app, actor, &mut lines).await?;
    for Line { shown, form } in &mut lines {
        let Some(new) = form else { continue };
        match users::add(app, actor, &company, new).await {
            Ok(_) => shown.outcome = RowOutcome::Imported,
            Err(AppError::Invalid(field, fault) | AppError::Conflict(field, fault)) => {
                refuse(shown, field, fault);
            }
            Err(other) => return Err(other),
        }
    }
    app.outbox.ring();
    Ok(ImportReport { rows: lines.into_iter().map(|line| line.shown).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(csv: &str) -> Vec<Option<(String, String)>> {
        let fault = |line: Line| match line.shown.outcome {
            RowOutcome::Refused { field, fault } => Some((field, fault)),
            _ => None,
        };
        read(csv).unwrap().into_iter().map(fault).collect()
    }

    #[test]
    fn every_row_has_a_reason_of_its_own() {
        let csv = "Name,Email,Role,Phone\nA,a@x.example,org admin,\nB,b@x,,\nC,c@x.example,king,\nD,d@x.example,,12\n";
        let fault = |field: &str, fault: &str| Some((field.to_owned(), fault.to_owned()));
        assert_eq!(
            outcomes(csv),
            [None, fault("email", "fault-email"), fault("role", "fault-role"), fault("phone", "fault-phone")]
        );
    }

    #[test]
    fn files_of_spreadsheets_are_read() {
        let csv = "\u{feff}name;email;job description\r\n\"Chan; Siu\";a@x.example;Broker\r\n";
        let lines = read(csv).unwrap();
        let form = lines[0].form.as_ref().unwrap();
        assert_eq!(
            (form.name.as_str(), form.about.as_str(), lines[0].shown.line),
            ("Chan; Siu", "Broker", 2)
        );
    }

    #[test]
    fn what_is_no_table_of_users_is_refused_as_a_whole() {
        for bad in ["", "name\nA\n", "name,email\n", "just text"] {
            assert!(matches!(read(bad), Err(AppError::Invalid("csv", _))), "{bad}");
        }
    }
}
