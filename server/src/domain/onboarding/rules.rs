//! The limits of onboarding that an org admin configures, and the counters they work on.

use crate::{
    App,
    actor::Browser,
    clock::{DAY, HOUR, SECOND},
    domain::features::{FeatureKey, Features},
    error::AppError,
    input::emails,
    store::{StoreError, Tx},
};
use causeway_api::{CompanyId, Millis, paths::seconds_until};
use sha2::{Digest, Sha256};

/// A name for a counter that tells nothing of what is counted.
pub(super) fn key(what: &str, company: CompanyId, whose: &str) -> String {
    let digest = Sha256::digest(emails::key(whose));
    let short: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("onboarding-{what}:{company}:{short}")
}

/// Refuses while a counter blocks, with the time that remains.
pub(super) async fn refuse_while_blocked(app: &App, keys: &[String]) -> Result<(), AppError> {
    let now = app.clock.now();
    for key in keys {
        if let Some(until) = app.store.blocked_until(key, now).await? {
            return Err(AppError::TooMany(seconds_until(now, until)));
        }
    }
    Ok(())
}

/// The counters that can lock someone out: of a place, of an address.
pub(super) fn locks(company: CompanyId, address: &str, browser: &Browser) -> [String; 4] {
    [
        key("wrong", company, &browser.address),
        key("invalid-day", company, address),
        key("resend", company, address),
        key("resend-day", company, address),
    ]
}

/// A limit that an org admin configured: within how long, how many, blocked for how long.
pub(super) type Rule = (Millis, i64, Millis);

/// The configured limits of a company.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub(super) wrong_address: Option<Rule>,
    pub(super) invalid: Option<(Millis, i64)>,
    pub(super) new_codes: Option<Rule>,
    pub(super) resend: Option<Rule>,
    pub(super) resend_day: Option<Rule>,
    pub(super) by_sms: bool,
    pub(super) by_mail: bool,
}

impl Rules {
    pub(super) fn of(features: &Features) -> Self {
        let field = |key, name| features.field(key, name);
        let rule = |key, more: i64| {
            let (count, seconds) = (field(key, "count")?, field(key, "seconds")?);
            Some((seconds * SECOND, count + more, field(key, "hours").unwrap_or(24) * HOUR))
        };
        let per_day = |key| Some((DAY, field(key, "per_day")? + 1, field(key, "hours").unwrap_or(24) * HOUR));
        let invalid = FeatureKey::WechatInvalidOtpLimit;
        let way = features.text(FeatureKey::WechatOtpDelivery);
        let by_phone = features.is_on(FeatureKey::WechatOnboardingSms);
        Self {
            wrong_address: rule(FeatureKey::WechatWrongPhoneLimit, 0),
            invalid: field(invalid, "count")
                .zip(field(invalid, "seconds"))
                .map(|(count, seconds)| (seconds * SECOND, count)),
            new_codes: per_day(invalid),
            // "More than": the one after the last allowed blocks.
            resend: rule(FeatureKey::WechatResendLimit, 1),
            resend_day: per_day(FeatureKey::WechatResendLimit),
            by_sms: by_phone && way != "email",
            by_mail: !by_phone || way != "sms",
        }
    }

    /// Counts a code that is about to be sent; returns until when no more are.
    pub(super) async fn count_send(
        &self,
        tx: &mut Tx,
        resend: &str,
        new_codes: &str,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let day = format!("{}-day", resend.split(':').next().unwrap_or_default());
        let day = resend.replacen(resend.split(':').next().unwrap_or_default(), &day, 1);
        for (rule, key) in
            [(self.resend, resend), (self.resend_day, day.as_str()), (self.new_codes, new_codes)]
        {
            if let Some(rule) = rule
                && let Some(until) = tx.count_and_block(key, rule, now).await?
            {
                return Ok(Some(until));
            }
        }
        Ok(None)
    }
}
