//! The limits of onboarding that an org admin configures, and the counters they work on.

use crate::{
    App,
    actor::Browser,
    clock::{DAY, HOUR, SECOND},
    domain::features::{
        Features,
        keys::{self, Key, Numbers},
    },
    error::AppError,
    store::{BlockRule, Counter, CounterKey, StoreError, Tx},
};
use causeway_api::{CompanyId, Millis, paths::seconds_until};

/// Refuses while a counter blocks, with the time that remains.
pub(super) async fn refuse_while_blocked(app: &App, keys: &[CounterKey]) -> Result<(), AppError> {
    let now = app.clock.now();
    for key in keys {
        if let Some(until) = app.store.blocked_until(key, now).await? {
            return Err(AppError::TooMany(seconds_until(now, until)));
        }
    }
    Ok(())
}

/// The counters that can lock someone out: of a place, of an address.
pub(super) fn locks(company: CompanyId, address: &str, browser: &Browser) -> [CounterKey; 4] {
    [
        Counter::OnboardingWrong.of_address_in(company, &browser.address),
        Counter::OnboardingNewCodes.of_address_in(company, address),
        Counter::OnboardingResend.of_address_in(company, address),
        Counter::OnboardingResendDay.of_address_in(company, address),
    ]
}

/// Within how long something is counted. An empty field restricts nothing: then it is a day, for which counters are kept
/// and which is the longest that can be chosen.
fn window(seconds: Option<i64>) -> Millis {
    seconds.map_or(DAY, |seconds| seconds * SECOND)
}

/// The configured limits of a company.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    pub(super) wrong_address: Option<BlockRule>,
    pub(super) invalid: Option<(Millis, i64)>,
    pub(super) new_codes: Option<BlockRule>,
    pub(super) resend: Option<BlockRule>,
    pub(super) resend_day: Option<BlockRule>,
    pub(super) by_sms: bool,
    pub(super) by_mail: bool,
}

impl Rules {
    pub(super) fn of(features: &Features) -> Self {
        let field = |key: Key<Numbers>, name| features.get(key).named(name);
        let rule = |key, more: i64| {
            let (count, window) = (field(key, "count")?, window(field(key, "seconds")));
            let block = field(key, "hours").unwrap_or(24) * HOUR;
            Some(BlockRule { window, most: count + more, block })
        };
        let per_day = |key| {
            let block = field(key, "hours").unwrap_or(24) * HOUR;
            Some(BlockRule { window: DAY, most: field(key, "per_day")? + 1, block })
        };
        let invalid = keys::WECHAT_INVALID_OTP_LIMIT;
        let way = features.get(keys::WECHAT_OTP_DELIVERY);
        let by_phone = features.get(keys::WECHAT_ONBOARDING_SMS);
        Self {
            wrong_address: rule(keys::WECHAT_WRONG_PHONE_LIMIT, 0),
            invalid: field(invalid, "count").map(|count| (window(field(invalid, "seconds")), count)),
            new_codes: per_day(invalid),
            // "More than": the one after the last allowed blocks.
            resend: rule(keys::WECHAT_RESEND_LIMIT, 1),
            resend_day: per_day(keys::WECHAT_RESEND_LIMIT),
            by_sms: by_phone && way != "email",
            by_mail: !by_phone || way != "sms",
        }
    }

    /// Counts a code that is about to be sent; returns until when no more are.
    pub(super) async fn count_send(
        &self,
        tx: &mut Tx,
        company: CompanyId,
        address: &str,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let counted = [
            (self.resend, Counter::OnboardingResend),
            (self.resend_day, Counter::OnboardingResendDay),
            (self.new_codes, Counter::OnboardingNewCodes),
        ];
        for (rule, counter) in counted {
            if let Some(rule) = rule
                && let Some(until) =
                    tx.count_and_block(&counter.of_address_in(company, address), rule, now).await?
            {
                return Ok(Some(until));
            }
        }
        Ok(None)
    }
}
