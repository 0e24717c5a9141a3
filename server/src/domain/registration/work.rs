//! The proof of work that the form asks for while many register at once. Nothing is stored for it: the nonce carries its
//! own time and the server's mark, and is counted when it is handed in.

use crate::{App, clock, error::AppError, limits};
use causeway_api::{CompanyId, registration::Work};
use sha2::{Digest, Sha256};

/// The counters of registrations begun: of the company, of the place they come from.
pub(super) fn keys(company: CompanyId, address: &str) -> [String; 2] {
    [format!("registrations:{company}"), format!("registrations-address:{company}:{address}")]
}

/// Whether work is asked for now.
pub(super) async fn is_needed(app: &App, company: CompanyId, address: &str) -> Result<bool, AppError> {
    let (now, window) = (app.clock.now(), 10 * clock::MINUTE);
    let [of_company, of_address] = keys(company, address);
    let (company_most, address_most) = limits::REGISTRATIONS_WITHOUT_WORK;
    Ok(app.store.count_now(&format!("{of_company}:10m"), window, now).await? >= company_most
        || app.store.count_now(&format!("{of_address}:10m"), window, now).await? >= address_most)
}

fn mark(app: &App, company: CompanyId, stem: &str) -> String {
    let mac = app.key.code_mac(format!("registration work\0{company}").as_bytes(), stem);
    mac.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// New work.
pub(super) fn ask(app: &App, company: CompanyId) -> Work {
    let stem = format!("{}.{}", app.clock.now(), clock::random_id().simple());
    Work { nonce: format!("{stem}.{}", mark(app, company, &stem)), bits: limits::REGISTRATION_WORK_BITS }
}

/// Refuses what is no solution of work that this server asked for in time, or was handed in before.
pub(super) async fn check(
    app: &App,
    company: CompanyId,
    email: &str,
    handed_in: Option<&(String, u64)>,
) -> Result<(), AppError> {
    let (nonce, number) = handed_in.ok_or(AppError::WorkNeeded)?;
    let (stem, given) = nonce.rsplit_once('.').ok_or(AppError::WorkNeeded)?;
    let asked_at: i64 = stem.split('.').next().and_then(|at| at.parse().ok()).ok_or(AppError::WorkNeeded)?;
    let now = app.clock.now();
    let work = Work { nonce: nonce.clone(), bits: limits::REGISTRATION_WORK_BITS };
    let fits = mark(app, company, stem) == given
        && now - asked_at <= limits::REGISTRATION_WORK_LIFETIME
        && work.is_solved_by(email, *number);
    if !fits {
        return Err(AppError::WorkNeeded);
    }
    let digest = Sha256::digest(nonce.as_bytes());
    let used: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let key = format!("registration-work:{used}");
    let times = app
        .store
        .write(move |tx| {
            Box::pin(async move { tx.count(&key, 2 * limits::REGISTRATION_WORK_LIFETIME, now).await })
        })
        .await?;
    if times > 1 { Err(AppError::WorkNeeded) } else { Ok(()) }
}
