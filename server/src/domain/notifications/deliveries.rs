//! Which of a person's addresses the last message did not reach.

use crate::{App, error::AppError, store::StoreError};
use causeway_api::{
    CompanyId,
    deliveries::{DeliveryFault, Medium, Undelivered},
};

/// What could not be delivered to some people of a company, to be picked from by their addresses.
#[derive(Debug, Default)]
pub struct Deliveries(Vec<Undelivered>);

impl Deliveries {
    /// Looks the addresses up, all at once.
    pub async fn of(app: &App, company: CompanyId, addresses: &[&str]) -> Result<Self, StoreError> {
        Ok(Self(app.store.undelivered(company, addresses).await?))
    }

    /// What to say of a mail address and a phone number. Without an SMS gateway everything goes by mail: then a missing
    /// gateway is no fault as long as the mail arrives.
    pub fn at(&self, email: &str, phone: &str) -> Vec<Undelivered> {
        let (by_mail, by_sms) = (self.find(Medium::Email, email), self.find(Medium::Sms, phone));
        let is_reached_by_mail = by_mail.is_none() && !email.trim().is_empty();
        let by_sms = by_sms.filter(|sms| sms.fault != DeliveryFault::NotConfigured || !is_reached_by_mail);
        by_mail.into_iter().chain(by_sms).collect()
    }

    fn find(&self, medium: Medium, address: &str) -> Option<Undelivered> {
        let address = address.trim().to_lowercase();
        self.0.iter().find(|found| found.medium == medium && found.address == address).cloned()
    }
}

/// Why the last mail to someone who registers did not arrive.
pub(in crate::domain) async fn to_registrant(
    app: &App,
    company: CompanyId,
    email: &str,
) -> Result<Option<DeliveryFault>, AppError> {
    let found = Deliveries::of(app, company, &[email]).await?.at(email, "");
    Ok(found.into_iter().next().map(|undelivered| undelivered.fault))
}
