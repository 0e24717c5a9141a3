//! `causeway archive verify`: reads, creates nothing, and works while a server runs.

use crate::{
    boot::say,
    config::Config,
    domain::compliance::archive::{self, AuditReport, Report},
    store::{self, Archive},
};
use anyhow::{Context as _, bail};
use causeway_api::{CompanyId, validate::name_key};

/// Verifies the log of every company, or of one, and with all of them the audit log.
pub(super) async fn verify(config: Config, only: Option<&str>) -> anyhow::Result<()> {
    let database = store::Options { url: config.database_url, durable: true, schema: None };
    let archive = Archive::open(&database).await?;
    let mut companies: Vec<(CompanyId, String)> =
        archive.companies().await?.into_iter().map(|company| (company.id, company.name)).collect();
    match only {
        Some(name) => {
            companies.retain(|(_, known)| name_key(known) == name_key(name));
            companies.first().with_context(|| format!("there is no company {name}"))?;
        }
        None => {
            let gone = archive.companies_that_are_gone().await?;
            companies.extend(gone.into_iter().map(|id| (id, format!("company {}", id.0))));
        }
    }
    let mut broken = 0;
    for (company, name) in companies {
        let report = archive::verify(&archive, company).await?;
        broken += u32::from(!report.is_intact());
        print_report(&name, &report)?;
    }
    if only.is_none() {
        let report = archive::verify_audit_log(&archive).await?;
        broken += u32::from(!report.is_clean());
        print_audit_report(&report)?;
    }
    archive.close().await?;
    if broken > 0 {
        bail!("{broken} archives are not as they were recorded");
    }
    Ok(())
}

fn print_report(name: &str, report: &Report) -> anyhow::Result<()> {
    if report.is_intact() {
        return say(&format!("{name}: {} rows, all as recorded", report.rows));
    }
    for finding in &report.findings {
        say(&format!("{name}: {finding}"))?;
    }
    if !report.is_complete {
        say(&format!("{name}: too many findings; what comes behind them was not looked at"))?;
    }
    Ok(())
}

fn print_audit_report(report: &AuditReport) -> anyhow::Result<()> {
    for (company, entries) in &report.without_company {
        say(&format!("audit log: {entries} entries of company {}, which does not exist", company.0))?;
    }
    for entry in &report.without_actor {
        say(&format!("audit log: entry {entry}: its actor is not of its company"))?;
    }
    for entry in &report.unreadable {
        say(&format!("audit log: entry {entry}: its details cannot be read"))?;
    }
    for guard in &report.missing_guards {
        say(&format!("database: the trigger {guard}, which refuses changes, is gone or switched off"))?;
    }
    say(&format!(
        "audit log: {} entries; they carry no hashes, so one that was altered or removed is not found",
        report.entries
    ))
}
