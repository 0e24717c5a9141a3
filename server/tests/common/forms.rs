//! Bodies of requests that many tests send.

use super::PASSWORD;
use causeway_api::{
    ChatId, FileId, MessageId, PersonId,
    auth::{ConfirmCode, ForgotPassword, OpenLink, SetPassword, UpdateProfile},
    chats::{AddMember, Channel, CreateChat, EditMessage, MarkReceipts, RenameGroup, SendMessage},
    contacts::{Identity, Invite, InvitedProfile, NewNote, Profile, ShareWith},
    devices::{ActivationLogIn, ConfirmNumber, OpenActivation},
    features::{ChangeFeature, FeatureValue},
    files::BeginUpload,
    onboarding::StartOnboarding,
    people::Role,
    registration::Register,
    second_factors::ConfirmAuthenticator,
    users::{ImportFile, UserForm},
};
use causeway_server::clock;

/// A message with a fresh id.
pub(crate) fn message(text: &str) -> SendMessage {
    SendMessage {
        id: MessageId(clock::random_id()),
        text: text.to_owned(),
        channel: None,
        reply_to: None,
        forwarded_from: None,
        files: Vec::new(),
        mentions: Vec::new(),
        is_confirmed: false,
    }
}

/// An upload with a fresh id.
pub(crate) fn upload(name: &str, size: usize) -> BeginUpload {
    BeginUpload {
        id: FileId(clock::random_id()),
        name: name.to_owned(),
        size: i64::try_from(size).unwrap(),
        is_voice: false,
    }
}

/// Another text for a message.
pub(crate) fn edit(text: &str) -> EditMessage {
    EditMessage { text: text.to_owned(), mentions: Vec::new() }
}

/// A note with a fresh id.
pub(crate) fn note(text: &str) -> NewNote {
    NewNote { id: clock::random_id(), text: text.to_owned() }
}

/// How far someone has come in a chat.
pub(crate) fn receipts(delivered: i64, read: i64) -> MarkReceipts {
    MarkReceipts { delivered, read }
}

/// A direct chat with a person.
pub(crate) fn direct(with: PersonId) -> CreateChat {
    CreateChat::Direct { with }
}

/// A group with a fresh id.
pub(crate) fn group(name: &str, members: &[PersonId]) -> CreateChat {
    CreateChat::Group { id: ChatId(clock::random_id()), name: name.to_owned(), members: members.to_vec() }
}

/// Another name for a group.
pub(crate) fn rename(name: &str) -> RenameGroup {
    RenameGroup { name: name.to_owned() }
}

/// One more member of a group.
pub(crate) fn member(person: PersonId) -> AddMember {
    AddMember { person }
}

/// A code that was sent.
pub(crate) fn code(code: &str) -> ConfirmCode {
    ConfirmCode::of(code.to_owned())
}

/// A one-time link by its token.
pub(crate) fn link(token: &str) -> OpenLink {
    OpenLink { token: token.to_owned() }
}

/// The number that a phone shows.
pub(crate) fn number(number: &str) -> ConfirmNumber {
    ConfirmNumber { number: number.to_owned() }
}

/// The typed code that links a phone.
pub(crate) fn activation(code: &str) -> OpenActivation {
    OpenActivation::Code(code.to_owned())
}

/// A name and the password of everyone, typed on a phone.
pub(crate) fn activation_log_in(username: &str) -> ActivationLogIn {
    ActivationLogIn { username: username.to_owned(), password: PASSWORD.to_owned() }
}

/// The first code of an authenticator app.
pub(crate) fn authenticator(code: String) -> ConfirmAuthenticator {
    ConfirmAuthenticator { code }
}

/// The language of a profile.
pub(crate) fn language(language: &str) -> UpdateProfile {
    UpdateProfile { language: language.to_owned() }
}

/// Someone in Lantern Bay has forgotten the password.
pub(crate) fn forgot_password(username: &str) -> ForgotPassword {
    ForgotPassword { company: "lanternbay".to_owned(), username: username.to_owned() }
}

/// A password for the account of a link.
pub(crate) fn set_password(token: &str, password: &str) -> SetPassword {
    SetPassword { token: token.to_owned(), password: password.to_owned() }
}

/// A user with an address of their own.
pub(crate) fn user(name: &str, role: Role) -> UserForm {
    let email = format!("{}@staff.example", name.to_lowercase());
    UserForm { name: name.to_owned(), email, role, ..UserForm::default() }
}

/// A profile with a name and nothing else.
pub(crate) fn profile(first_name: &str, last_name: &str) -> Profile {
    Profile { first_name: first_name.to_owned(), last_name: last_name.to_owned(), ..Profile::default() }
}

/// An identity by mail.
pub(crate) fn by_email(channel: Channel, email: &str) -> Identity {
    Identity { channel, country: String::new(), phone: String::new(), email: email.to_owned() }
}

/// An identity by phone; the country is empty if the number names it.
pub(crate) fn by_phone(channel: Channel, country: &str, phone: &str) -> Identity {
    Identity { channel, country: country.to_owned(), phone: phone.to_owned(), email: String::new() }
}

/// Invites a new client.
pub(crate) fn invitation(identity: Identity, profile: Profile) -> Invite {
    Invite { identity, profile: InvitedProfile::New { profile } }
}

/// Shares a client with a colleague.
pub(crate) fn share(colleague: PersonId) -> ShareWith {
    ShareWith { colleague }
}

/// Begins to complete an invitation.
pub(crate) fn onboarding(country: &str, address: &str) -> StartOnboarding {
    StartOnboarding { country: country.to_owned(), address: address.to_owned(), by_email: None }
}

/// Registers Erin with an address.
pub(crate) fn register(email: &str) -> Register {
    Register { name: "Erin".to_owned(), email: email.to_owned(), language: "en".to_owned(), work: None }
}

/// Changes a feature that is at a version.
pub(crate) fn change(custom: FeatureValue, version: i64) -> ChangeFeature {
    ChangeFeature { custom: Some(custom), version }
}

/// A value of several numbers.
pub(crate) fn numbers<const N: usize>(fields: [(&str, i64); N]) -> FeatureValue {
    FeatureValue::Map(fields.map(|(name, number)| (name.to_owned(), Some(number))).into())
}

/// A file of users.
pub(crate) fn file(csv: &str) -> ImportFile {
    ImportFile { csv: csv.to_owned(), name: "staff.csv".to_owned() }
}
