//! The proof of work that the form asks for while many register at once. Nothing is stored for it: the nonce carries its
//! own time and the server's mark, and is counted when it is handed in.

use crate::{
    App, clock,
    error::AppError,
    job, limits,
    store::{Counter, CounterKey},
};
use causeway_api::{CompanyId, registration::Work};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The counters of registrations begun: of the company, of the address and of the network they come from.
pub(super) fn keys(company: CompanyId, address: &str) -> [CounterKey; 3] {
    let network = network(address);
    [
        Counter::Registration.of(company),
        Counter::RegistrationAddress.of(format_args!("{company}:{address}")),
        Counter::RegistrationNetwork.of(format_args!("{company}:{network}")),
    ]
}

/// The network of an address: /24 of IPv4, /48 of IPv6, which is what one provider's customer or site has at most.
fn network(address: &str) -> String {
    let bare = address.split('/').next().unwrap_or_default();
    match bare.parse() {
        Ok(IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        Ok(IpAddr::V6(v6)) => {
            let [a, b, c, ..] = v6.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        Err(_) => address.to_owned(),
    }
}

/// Whether work is asked for now.
pub(super) async fn is_needed(app: &App, company: CompanyId, address: &str) -> Result<bool, AppError> {
    let (now, window) = (app.clock.now(), 10 * clock::MINUTE);
    let [of_company, of_address, _] = keys(company, address);
    let (company_most, address_most) = limits::REGISTRATIONS_WITHOUT_WORK;
    Ok(app.store.count_now(&of_company.within("10m"), window, now).await? >= company_most
        || app.store.count_now(&of_address.within("10m"), window, now).await? >= address_most)
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
    let key = Counter::RegistrationWork.of_secret(&[nonce.as_bytes()]);
    let times =
        app.store.write(job!(|tx| tx.count(&key, 2 * limits::REGISTRATION_WORK_LIFETIME, now).await)).await?;
    if times > 1 { Err(AppError::WorkNeeded) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_one_network() {
        for (address, whole) in [
            ("203.0.113.7", "203.0.113.0/24"),
            ("203.0.113.250", "203.0.113.0/24"),
            ("203.0.114.7", "203.0.114.0/24"),
            ("2001:db8:1:2::/64", "2001:db8:1::/48"),
            ("2001:db8:1:ff::/64", "2001:db8:1::/48"),
        ] {
            assert_eq!(network(address), whole);
        }
    }
}
