//! The paths of the API, as the application asks for them. A test compares them with the routes of the server.

mod files;
mod messages;

pub use files::*;
pub use messages::*;

use crate::{ChatId, MessageId, Millis, PersonId};
use uuid::Uuid;

/// One device: another name (PUT), signing it out (DELETE).
pub fn device(id: Uuid) -> String {
    DEVICE.replace("{device}", &id.to_string())
}

/// One passkey: taking it away (DELETE).
pub fn passkey(id: Uuid) -> String {
    format!("{PASSKEYS}/{id}")
}

/// One link of a device: how far it is (GET), comparing the number (PUT), refusing it (DELETE).
pub fn device_link(id: Uuid) -> String {
    DEVICE_LINK.replace("{link}", &id.to_string())
}

/// The header that names the person whom the page was loaded for, in every request that changes something. A cookie
/// belongs to the browser: after another sign-in in a second tab, the first tab would act for someone else.
pub const PERSON_HEADER: &str = "x-causeway-person";
/// The header that lets a door (a personal link, a confirmed code, a linked phone) end the session of another person that
/// is open in the browser. Without it the door answers 409 `other_person`, and the page asks first.
pub const REPLACE_HEADER: &str = "x-causeway-replace";
/// The one value of [`REPLACE_HEADER`].
pub const REPLACE: &str = "yes";
/// Step 1 and 2 of signing in: company, user name and password.
pub const LOGIN: &str = "/api/login";
/// Step 3 of signing in: the code that waits (GET), confirming it (POST).
pub const LOGIN_CODE: &str = "/api/login/code";
/// Another code for the same sign-in.
pub const LOGIN_RESEND: &str = "/api/login/resend";
/// The connected devices: the list (GET), signing all others out (DELETE).
pub const DEVICES: &str = "/api/devices";
/// One device: another name (PUT), signed out (DELETE).
pub const DEVICE: &str = "/api/devices/{device}";
/// Links of devices: a new one (POST).
pub const DEVICE_LINKS: &str = "/api/device-links";
/// One code that links a phone: confirmed (PUT), taken back (DELETE).
pub const DEVICE_LINK: &str = "/api/device-links/{link}";
/// Linking, on the phone: how far it is (GET), showing the code (POST).
pub const ACTIVATION: &str = "/api/activation";
/// Whether this device is linked (GET).
pub const ACTIVATION_DEVICE: &str = "/api/activation/device";
/// User name and password on the phone (POST).
pub const ACTIVATION_LOGIN: &str = "/api/activation/login";
/// The sign-in code on the phone: another one (POST), taking it (PUT).
pub const ACTIVATION_CODE: &str = "/api/activation/code";
/// Coming in on the phone (POST).
pub const ACTIVATION_SESSION: &str = "/api/activation/session";
/// The session of an employee: who am I (GET), sign out (DELETE).
pub const SESSION: &str = "/api/session";
/// What someone signs in with beside the password (GET).
pub const SECOND_FACTORS: &str = "/api/profile/second-factors";
/// The authenticator app: beginning to set it up (POST), its first code (PUT), taking it away (DELETE).
pub const AUTHENTICATOR: &str = "/api/profile/authenticator";
/// Recovery codes: new ones in the place of the old (POST).
pub const RECOVERY_CODES: &str = "/api/profile/recovery-codes";
/// Passkeys: beginning to make one (POST), the one that was made (PUT).
pub const PASSKEYS: &str = "/api/profile/passkeys";
/// One passkey: taking it away (DELETE).
pub const PASSKEY: &str = "/api/profile/passkeys/{passkey}";
/// The second factors of a user, taken away by an admin (DELETE).
pub const USER_SECOND_FACTORS: &str = "/api/admin/users/{person}/second-factors";
/// Notifications while no page is open, on this device: the state (GET), on (PUT), off (DELETE).
pub const PUSH: &str = "/api/push";
/// A code that confirms once more who is there: sent (POST), taken (PUT).
pub const SESSION_CODE: &str = "/api/session/code";
/// The feature configurations of the company.
pub const FEATURES: &str = "/api/admin/features";
/// One feature: changing it (PUT).
pub const FEATURE: &str = "/api/admin/features/{key}";
/// The changes of a feature.
pub const FEATURE_HISTORY: &str = "/api/admin/features/{key}/history";
/// What a one-time link is for (POST), opened by its holder.
pub const WELCOME: &str = "/api/welcome";
/// A forgotten password: a link is sent (POST).
pub const PASSWORD_RESET: &str = "/api/password-reset";
/// What a reset link is for (POST), and the new password (PUT).
pub const PASSWORD_RESET_LINK: &str = "/api/password-reset/link";
/// Another password for the signed-in person (PUT).
pub const PASSWORD: &str = "/api/profile/password";
/// The users of the company: a stretch of the list (GET), a new one (POST).
pub const USERS: &str = "/api/admin/users";
/// One user: changing it (PUT).
pub const USER: &str = "/api/admin/users/{person}";
/// A user's account: deactivated (PUT), active again (DELETE).
pub const USER_INACTIVE: &str = "/api/admin/users/{person}/inactive";
/// A link to set the password is sent to a user (POST).
pub const USER_PASSWORD_LINK: &str = "/api/admin/users/{person}/password-link";
/// Imports of users: the newest (GET), a file to import (POST).
pub const USER_IMPORTS: &str = "/api/admin/user-import";
/// One import: its rows (GET), stopping it (DELETE).
pub const USER_IMPORT: &str = "/api/admin/user-import/{import}";
/// What importing a file would do (POST).
pub const USER_IMPORT_PREVIEW: &str = "/api/admin/user-import/preview";
/// The clients of the company, for admins.
pub const ADMIN_CLIENTS: &str = "/api/admin/clients";
/// Handing a client over to another employee (POST).
pub const ADMIN_CLIENT_TRANSFER: &str = "/api/admin/clients/{person}/transfer";
/// Archiving a client (PUT), bringing it back (DELETE), for admins.
pub const ADMIN_CLIENT_ARCHIVE: &str = "/api/admin/clients/{person}/archive";
/// The plan and its limits.
pub const LICENSE: &str = "/api/admin/license";
/// Public registration: its settings (GET), changing them (PUT).
pub const ADMIN_REGISTRATION: &str = "/api/admin/registration";
/// Another registration link (POST).
pub const ADMIN_REGISTRATION_LINK: &str = "/api/admin/registration/link";
/// The form at a registration link (GET), sent (POST).
pub const REGISTRATION: &str = "/api/registration/{token}";
/// The code of a registration: the one that waits (GET), another one (POST), confirming it (PUT).
pub const REGISTRATION_CODE: &str = "/api/registration-code";
/// The audit log.
pub const AUDIT: &str = "/api/admin/audit";
/// The audit log as a file.
pub const AUDIT_EXPORT: &str = "/api/admin/audit/export";
/// Setting the first password with a one-time link.
pub const WELCOME_PASSWORD: &str = "/api/welcome/password";
/// The people an employee can write to.
pub const PEOPLE: &str = "/api/people";
/// The contacts of an employee.
pub const CONTACTS: &str = "/api/contacts";
/// One client: everything about it (GET), another profile (PUT).
pub const CONTACT: &str = "/api/contacts/{person}";
/// Archiving a client (PUT), bringing it back (DELETE).
pub const CONTACT_ARCHIVE: &str = "/api/contacts/{person}/archive";
/// Letting a colleague see a client.
pub const CONTACT_SHARES: &str = "/api/contacts/{person}/shares";
/// A note about a client.
pub const CONTACT_NOTES: &str = "/api/contacts/{person}/notes";
/// A channel of a client: inviting once more (POST), taking it away (DELETE).
pub const CONTACT_CHANNEL: &str = "/api/contacts/{person}/channels/{channel}";
/// The channels, and whether clients can be invited to them.
pub const CHANNELS: &str = "/api/channels";
/// Inviting a client.
pub const INVITATIONS: &str = "/api/invitations";
/// Checking a messaging identity before inviting.
pub const INVITATION_IDENTITY: &str = "/api/invitations/identity";
/// The lists that org admins keep.
pub const LISTS: &str = "/api/lists";
/// One of these lists: a new entry (POST).
pub const ADMIN_LIST: &str = "/api/admin/lists/{list}";
/// Countries and their calling codes.
pub const COUNTRIES: &str = "/api/countries";
/// A client completes an invitation of a company: what the page shows (GET), asking for a code (POST).
pub const ONBOARDING: &str = "/api/onboarding/{company}";
/// The link of an invitation: what it leads to (POST), sending a code (PUT).
pub const ONBOARDING_INVITATION: &str = "/api/onboarding-invitation";
/// The code: the one that waits (GET), another one (POST), confirming it (PUT).
pub const ONBOARDING_CODE: &str = "/api/onboarding-code";
/// Folding another contact into this one (POST).
pub const CONTACT_MERGES: &str = "/api/contacts/{person}/merges";
/// One such merge: taking it back (DELETE).
pub const CONTACT_MERGE: &str = "/api/contacts/{person}/merges/{merge}";
/// What the caller is told of, beside messages (GET), and that it was seen (PUT).
pub const NOTIFICATIONS: &str = "/api/notifications";
/// The language a person reads (PUT).
pub const PROFILE: &str = "/api/profile";
/// The chats of an employee (GET), a new direct chat or group (POST).
pub const CHATS: &str = "/api/chats";
/// One chat.
pub const CHAT: &str = "/api/chats/{chat}";
/// The name of a group: another one (PUT).
pub const CHAT_NAME: &str = "/api/chats/{chat}/name";
/// How the caller has arranged a chat (PUT).
pub const CHAT_SETTINGS: &str = "/api/chats/{chat}/settings";
/// The chats that the caller has arranged (GET).
pub const ALL_CHAT_SETTINGS: &str = "/api/chat-settings";
/// The members of a group: one more (POST).
pub const MEMBERS: &str = "/api/chats/{chat}/members";
/// One member of a group: out of it (DELETE).
pub const MEMBER: &str = "/api/chats/{chat}/members/{person}";
/// My own membership of a group: leaving it (DELETE).
pub const MEMBERSHIP: &str = "/api/chats/{chat}/membership";
/// Messages that match a search (GET).
pub const SEARCH: &str = "/api/search";
/// The event stream of an employee (WebSocket).
pub const EVENTS: &str = "/api/events";
/// A client opens its personal link.
pub const CLIENT_OPEN: &str = "/api/client/open";
/// The session of a client: who am I (GET), leave (DELETE).
pub const CLIENT_SESSION: &str = "/api/client/session";
/// The chats of a client.
pub const CLIENT_CHATS: &str = "/api/client/chats";
/// One chat of a client.
pub const CLIENT_CHAT: &str = "/api/client/chats/{chat}";
/// The messages of a client's chat.
pub const CLIENT_MESSAGES: &str = "/api/client/chats/{chat}/messages";
/// One message of a client's chat: another text (PUT), gone from the screens (DELETE).
pub const CLIENT_MESSAGE: &str = "/api/client/chats/{chat}/messages/{message}";
/// The reactions to a message, for a client (POST).
pub const CLIENT_REACTIONS: &str = "/api/client/chats/{chat}/messages/{message}/reactions";
/// How soon the client is usually answered in a chat (GET).
pub const CLIENT_ANSWER_TIME: &str = "/api/client/chats/{chat}/answer-time";
/// The client is writing in a chat (POST).
pub const CLIENT_TYPING: &str = "/api/client/chats/{chat}/typing";
/// What the client has received and read.
pub const CLIENT_RECEIPTS: &str = "/api/client/chats/{chat}/receipts";
/// The event stream of a client (WebSocket).
pub const CLIENT_EVENTS: &str = "/api/client/events";
/// A client's personal links, withdrawn by an employee who shares the client.
pub const CLIENT_LINKS: &str = "/api/people/{person}/links";

words! {
    /// Which side of a conversation calls: the two have separate paths and separate cookies.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Side {
        /// An employee in the portal.
        Portal = "portal",
        /// A client in the client's web chat.
        Client = "client",
    }
}

impl Side {
    /// The session of this side.
    pub fn session(self) -> &'static str {
        self.pick(SESSION, CLIENT_SESSION)
    }

    /// The list of chats of this side.
    pub fn chats(self) -> &'static str {
        self.pick(CHATS, CLIENT_CHATS)
    }

    /// One chat.
    pub fn chat(self, chat: ChatId) -> String {
        self.pick(CHAT, CLIENT_CHAT).replace("{chat}", &chat.to_string())
    }

    /// The messages of a chat.
    pub fn messages(self, chat: ChatId) -> String {
        self.pick(MESSAGES, CLIENT_MESSAGES).replace("{chat}", &chat.to_string())
    }

    /// One message of a chat.
    pub fn message(self, chat: ChatId, message: MessageId) -> String {
        self.pick(MESSAGE, CLIENT_MESSAGE)
            .replace("{chat}", &chat.to_string())
            .replace("{message}", &message.to_string())
    }

    /// The reactions to a message.
    pub fn reactions(self, chat: ChatId, message: MessageId) -> String {
        self.pick(REACTIONS, CLIENT_REACTIONS)
            .replace("{chat}", &chat.to_string())
            .replace("{message}", &message.to_string())
    }

    /// How soon clients are usually answered in a chat.
    pub fn answer_time(self, chat: ChatId) -> String {
        self.pick(ANSWER_TIME, CLIENT_ANSWER_TIME).replace("{chat}", &chat.to_string())
    }

    /// That the caller is writing in a chat.
    pub fn typing(self, chat: ChatId) -> String {
        self.pick(TYPING, CLIENT_TYPING).replace("{chat}", &chat.to_string())
    }

    /// The receipts of a chat.
    pub fn receipts(self, chat: ChatId) -> String {
        self.pick(RECEIPTS, CLIENT_RECEIPTS).replace("{chat}", &chat.to_string())
    }

    /// The event stream from behind the event `since`, for the person whom the page was loaded for.
    pub fn events(self, since: i64, page_of: PersonId) -> String {
        format!("{}?since={since}&person={page_of}", self.pick(EVENTS, CLIENT_EVENTS))
    }

    /// The word that tells the sides apart where a browser keeps something for one of them.
    pub fn key(self) -> &'static str {
        self.pick("portal", "client")
    }

    fn pick(self, portal: &'static str, client: &'static str) -> &'static str {
        match self {
            Self::Portal => portal,
            Self::Client => client,
        }
    }
}

/// Seconds, rounded up, from `now` until `then`; 0 when it has passed.
pub fn seconds_until(now: Millis, then: Millis) -> u32 {
    u32::try_from((then - now).max(0).div_euclid(1_000) + i64::from((then - now).max(0) % 1_000 > 0))
        .unwrap_or(u32::MAX)
}
