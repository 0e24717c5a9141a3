//! Shutting someone out is one act. Each act ends the credentials that stand on its list, in its own transaction; the
//! sockets of the sessions that end are closed right after it. A new kind of credential goes onto [`Credential`], and the
//! test that walks the lists fails until every act says whether it ends it.

use crate::{
    App,
    actor::PersonKey,
    store::{StoreError, Tx},
};
use causeway_api::{Millis, chats::Channel};

/// What lets a person in, or keeps one in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Signed-in browsers, with their sockets.
    Sessions,
    /// One-time codes that wait.
    Codes,
    /// Links of phones that are under way.
    DeviceLinks,
    /// Links that set a password: welcome and reset.
    PasswordLinks,
    /// The personal links of a client.
    PersonalLinks,
    /// Invitations by link, and channels that wait to be linked.
    Invitations,
    /// Subscriptions of web push.
    PushSubscriptions,
}

impl Credential {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Sessions,
        Self::Codes,
        Self::DeviceLinks,
        Self::PasswordLinks,
        Self::PersonalLinks,
        Self::Invitations,
        Self::PushSubscriptions,
    ];
}

/// What is done to someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A user or external user is deactivated.
    Deactivate,
    /// A client is archived.
    Archive,
    /// A user has another role: what is open was opened with the old rights.
    ChangeRole,
    /// Codes and mails go to other addresses.
    ChangeAddress,
    /// The password was set with a link.
    ResetPassword,
    /// The password was changed by its owner, whose own session stays.
    ChangePassword,
    /// Something stronger than a code was set up: a code that was sent is no way around.
    AddSecondFactor,
    /// An admin has taken the second factors away.
    ResetSecondFactors,
    /// The personal links of a client are withdrawn.
    WithdrawPersonalLinks,
    /// A channel of a client is taken away.
    Unlink(Channel),
}

impl Act {
    /// The credentials that end.
    #[expect(
        clippy::match_same_arms,
        reason = "each act has its own list, whichever others say the same today"
    )]
    pub fn ends(self) -> &'static [Credential] {
        use Credential::{Codes, DeviceLinks, Invitations, PasswordLinks, PersonalLinks, Sessions};
        match self {
            Self::Deactivate => &Credential::ALL,
            Self::Archive => &[Sessions, Codes, PersonalLinks, Invitations],
            Self::ChangeRole => &[Sessions, Codes, DeviceLinks],
            Self::ChangeAddress => &[Codes, DeviceLinks, PasswordLinks],
            Self::ResetPassword | Self::ChangePassword => &[Sessions, Codes, DeviceLinks, PasswordLinks],
            Self::AddSecondFactor => &[Codes, DeviceLinks],
            Self::ResetSecondFactors => &[Sessions, Codes, DeviceLinks, PasswordLinks],
            Self::WithdrawPersonalLinks => &[Sessions, PersonalLinks],
            Self::Unlink(Channel::Causeway) => &[Sessions, Codes, PersonalLinks, Invitations],
            Self::Unlink(_) => &[Sessions, Codes, Invitations],
        }
    }

    /// The channel that it is about; `None` when it is about all of them.
    fn channel(self) -> Option<Channel> {
        match self {
            Self::Unlink(channel) => Some(channel),
            _ => None,
        }
    }
}

/// The sessions that an act has ended, by their hashes.
#[must_use = "their sockets are closed with `close`"]
#[derive(Clone, Debug, Default)]
pub struct Ended(Vec<Vec<u8>>);

impl Ended {
    /// Closes the sockets of these sessions, once the act is committed.
    pub fn close(&self, app: &App) {
        app.hub.end_sessions(&self.0);
    }
}

/// Ends what an act ends. The session `but` stays. Sessions end last: whoever opens one at the same time holds what it rests
/// on, so that it is there by then, or is refused.
pub async fn shut_out(
    tx: &mut Tx,
    act: Act,
    who: PersonKey,
    but: Option<&[u8]>,
    now: Millis,
) -> Result<Ended, StoreError> {
    let PersonKey { company, person } = who;
    let channel = act.channel();
    for credential in act.ends() {
        match credential {
            Credential::Sessions => {}
            Credential::Codes => match channel {
                Some(channel) => tx.end_codes_on(company, person, channel).await?,
                None => tx.end_codes_of(company, person).await?,
            },
            Credential::DeviceLinks => tx.end_device_links_of(company, person).await?,
            Credential::PasswordLinks => tx.withdraw_one_time_links(company, person, None).await?,
            Credential::PersonalLinks => {
                tx.revoke_client_links(company, person, now).await?;
            }
            Credential::Invitations => tx.withdraw_invitations(company, person, channel, now).await?,
            Credential::PushSubscriptions => tx.remove_push_of(company, person).await?,
        }
    }
    if !act.ends().contains(&Credential::Sessions) {
        return Ok(Ended::default());
    }
    Ok(Ended(match (channel, but) {
        (Some(channel), _) => tx.end_sessions_on(company, person, channel).await?,
        (None, Some(but)) => tx.end_other_sessions_of(company, person, but).await?,
        (None, None) => tx.end_sessions_of(company, person).await?,
    }))
}
