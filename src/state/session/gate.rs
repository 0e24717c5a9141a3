//! What the portal shows for the answer to who is signed in: rules without signals.

use crate::client::ClientError;
use causeway_api::{PersonId, auth::Session};

/// What the portal shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Gate {
    /// The server has not answered yet.
    Asking,
    /// A password has to be chosen.
    ChoosePassword {
        /// Whether that can be done later.
        can_postpone: bool,
    },
    /// An authenticator app or a passkey has to be set up.
    SetUpSecondFactor,
    /// The passcode of this device is asked for.
    Locked(PersonId),
    /// The portal.
    Open(Box<Session>),
    /// No one is signed in.
    SignIn,
    /// The server could not say who is signed in.
    Failed(ClientError),
}

/// What counts besides the server's answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Circumstances {
    /// The portal was locked, and the device has a passcode of this person.
    pub is_locked: bool,
    /// Someone who has just registered wants to choose another password than the code.
    pub chooses_password: bool,
}

/// Returns what the portal shows. What has to be set up comes before the passcode: without it the server lets nothing pass.
pub fn gate(answer: Option<Result<Session, ClientError>>, circumstances: Circumstances) -> Gate {
    match answer {
        None => Gate::Asking,
        Some(Err(error)) if error.is_signed_out() => Gate::SignIn,
        Some(Err(error)) => Gate::Failed(error),
        Some(Ok(session)) if session.must_choose_password => Gate::ChoosePassword { can_postpone: false },
        Some(Ok(session)) if session.must_set_up_second_factor => Gate::SetUpSecondFactor,
        // Right after a registration the portal is open, and a banner asks for it (`pages/portal/password_banner.rs`).
        Some(Ok(session)) if session.has_initial_password && circumstances.chooses_password => {
            Gate::ChoosePassword { can_postpone: true }
        }
        Some(Ok(session)) if circumstances.is_locked => Gate::Locked(session.me.id),
        Some(Ok(session)) => Gate::Open(Box::new(session)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use causeway_api::{
        Problem, ProblemCode,
        people::{Person, PersonKind},
    };
    use std::collections::BTreeMap;

    const LOCKED: Circumstances = Circumstances { is_locked: true, chooses_password: false };
    const CHOOSES: Circumstances = Circumstances { is_locked: false, chooses_password: true };

    fn person() -> PersonId {
        "0190f000-0000-7000-8000-000000000001".parse().expect("an id")
    }

    fn session() -> Session {
        Session {
            me: Person {
                id: person(),
                kind: PersonKind::Colleague,
                name: "Ana".to_owned(),
                role: None,
                company_role: String::new(),
                about: String::new(),
                name_lang: None,
                is_inactive: false,
            },
            company: "Example".to_owned(),
            ends_at: 0,
            language: None,
            text_limit: 4_000,
            file_limit: 0,
            change_window: 0,
            confirms_documents: false,
            must_choose_password: false,
            has_initial_password: false,
            must_set_up_second_factor: false,
        }
    }

    fn refused(code: ProblemCode) -> ClientError {
        ClientError::Refused(Box::new(Problem {
            code,
            detail: String::new(),
            fields: BTreeMap::new(),
            person: None,
            retry_after: None,
            request_id: String::new(),
        }))
    }

    #[test]
    fn nothing_is_shown_before_the_server_has_answered() {
        assert_eq!(gate(None, LOCKED), Gate::Asking);
    }

    #[test]
    fn a_session_opens_the_portal() {
        assert_eq!(gate(Some(Ok(session())), Circumstances::default()), Gate::Open(Box::new(session())));
    }

    #[test]
    fn without_a_session_it_leads_to_sign_in() {
        let answer = Some(Err(refused(ProblemCode::SignedOut)));
        assert_eq!(gate(answer, LOCKED), Gate::SignIn);
    }

    #[test]
    fn other_failures_are_shown() {
        assert_eq!(gate(Some(Err(ClientError::Offline)), LOCKED), Gate::Failed(ClientError::Offline));
    }

    #[test]
    fn a_password_comes_before_a_second_factor_and_the_passcode() {
        let new = Session { must_choose_password: true, must_set_up_second_factor: true, ..session() };
        for circumstances in [LOCKED, CHOOSES] {
            let expected = Gate::ChoosePassword { can_postpone: false };
            assert_eq!(gate(Some(Ok(new.clone())), circumstances), expected);
        }
    }

    #[test]
    fn a_second_factor_comes_before_the_passcode() {
        let new = Session { must_set_up_second_factor: true, has_initial_password: true, ..session() };
        assert_eq!(gate(Some(Ok(new)), LOCKED), Gate::SetUpSecondFactor);
    }

    #[test]
    fn who_has_just_registered_is_in_and_chooses_a_password_when_ready() {
        let registered = Session { has_initial_password: true, ..session() };
        let open = Gate::Open(Box::new(registered.clone()));
        assert_eq!(gate(Some(Ok(registered.clone())), Circumstances::default()), open);
        let expected = Gate::ChoosePassword { can_postpone: true };
        assert_eq!(gate(Some(Ok(registered)), CHOOSES), expected);
        // Once it was chosen there is nothing to choose.
        assert_eq!(gate(Some(Ok(session())), CHOOSES), Gate::Open(Box::new(session())));
    }

    #[test]
    fn a_locked_portal_asks_for_the_passcode() {
        assert_eq!(gate(Some(Ok(session())), LOCKED), Gate::Locked(person()));
    }
}
