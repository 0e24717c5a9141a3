//! How much is sent: counted where it is queued, so that no door can forget it.

use super::{Template, template::Budget};
use crate::{
    clock::DAY,
    limits,
    store::{Counter, PersonRow, StoreError, Tx},
};
use causeway_api::{Millis, deliveries::Medium};

/// How long someone is asked to wait who has had as much sent as may be, in seconds.
const RETRY_AFTER: u32 = 3_600;

/// What became of a text that is to be sent.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queued {
    /// It waits to be sent.
    Waits,
    /// As much was sent as may be; it is not.
    TooMany,
}

impl Queued {
    /// Refuses the act that needed it.
    pub fn or_refuse(self) -> Result<(), StoreError> {
        match self {
            Self::Waits => Ok(()),
            Self::TooMany => Err(StoreError::TooFast(RETRY_AFTER)),
        }
    }

    /// Says the same either way: for texts to people of whom the caller must not learn anything, and for those that only
    /// accompany an act.
    pub fn or_drop(self) {}
}

/// Counts a text, and returns whether it may be sent.
pub(super) async fn allow(
    tx: &mut Tx,
    to: &PersonRow,
    template: Template,
    now: Millis,
) -> Result<bool, StoreError> {
    match (template.medium(), template.budget()) {
        (Medium::Sms, _) => Ok(count(tx, &to.phone, now).await? && allow_sms(tx, to, now).await?),
        (Medium::Email, Budget::Anyone) => count(tx, &to.email, now).await,
        (Medium::Email, Budget::Notice) => {
            count_in(tx, Counter::Notice, &to.email, &limits::NOTICES_PER_ADDRESS, now).await
        }
    }
}

/// Counts a message to an address, whether or not there is anyone to send it to; `false` beyond the limit.
pub async fn count(tx: &mut Tx, address: &str, now: Millis) -> Result<bool, StoreError> {
    count_in(tx, Counter::Send, address, &limits::SENDS_PER_ADDRESS, now).await
}

async fn count_in(
    tx: &mut Tx,
    counter: Counter,
    address: &str,
    most: &[(&str, Millis, i64)],
    now: Millis,
) -> Result<bool, StoreError> {
    let key = counter.of_address(address);
    let mut allowed = true;
    for (window, length, most) in most {
        allowed &= tx.count(&key.within(window), *length, now).await? <= *most;
    }
    Ok(allowed)
}

async fn allow_sms(tx: &mut Tx, to: &PersonRow, now: Millis) -> Result<bool, StoreError> {
    let count = tx.count(&Counter::SmsBudget.of(to.company), DAY, now).await?;
    if count == limits::SMS_PER_COMPANY_AND_DAY + 1 {
        tracing::error!(event = "sms_budget_spent", company = %to.company, "no more SMS today");
    }
    Ok(count <= limits::SMS_PER_COMPANY_AND_DAY)
}
