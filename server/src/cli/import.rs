//! Importing employees from a file.

use super::{company_named, reasons};
use crate::{
    App,
    boot::say,
    domain::users::{
        add::add_employee,
        import::{self, Line},
    },
    input::encodings,
    store::Company,
};
use anyhow::{Context as _, bail};
use causeway_api::{
    users::{ImportedRow, RowOutcome, UserForm},
    validate::Fault,
};
use std::{fs, path::Path};

/// Imports every row that can be, and says what became of each.
pub(super) async fn import(
    app: &App,
    file: &Path,
    company: &str,
    encoding: Option<&str>,
) -> anyhow::Result<()> {
    let company = company_named(app, company).await?;
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let decoded = encodings::decode(&bytes, encoding)?;
    if !decoded.is_certain && encoding.is_none() {
        say(&format!("read as {}; --encoding names another", decoded.encoding.label()))?;
    }
    let (mut imported, mut refused) = (0, 0);
    for Line { shown, form } in import::read(&decoded.text).map_err(|error| reasons::explain(&error))? {
        match import_one(app, &company, &shown, form).await {
            Ok(()) => {
                imported += 1;
                say(&format!("line {}: imported {}", shown.line, shown.name))?;
            }
            Err(error) => {
                refused += 1;
                say(&format!("line {}: not imported: {error:#}", shown.line))?;
            }
        }
    }
    say(&format!("{imported} imported, {refused} not imported; the running server sends the mails"))?;
    if refused > 0 {
        let rows = if refused == 1 { "1 row was".to_owned() } else { format!("{refused} rows were") };
        bail!("{rows} not imported");
    }
    Ok(())
}

async fn import_one(
    app: &App,
    company: &Company,
    shown: &ImportedRow,
    form: Option<UserForm>,
) -> anyhow::Result<()> {
    let Some(form) = form else {
        let RowOutcome::Refused { field, fault, .. } = &shown.outcome else {
            bail!("the row cannot be read")
        };
        if fault == Fault::Role.as_str() {
            bail!("role {}: {}", shown.role, reasons::sentence(fault));
        }
        bail!("{field}{}{}", if field.is_empty() { "" } else { ": " }, reasons::sentence(fault));
    };
    match add_employee(app, company, &form).await {
        Ok(_) => Ok(()),
        Err(error) => bail!(reasons::not_added(app, company, &form, &error).await?),
    }
}
