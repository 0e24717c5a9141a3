//! Who is signed in, and what the portal shows for it.

pub mod gate;

use causeway_api::auth::Session;
use leptos::prelude::*;

/// The signed-in person, provided by the page that asked the server.
#[derive(Clone, Copy)]
pub struct CurrentSession(StoredValue<Session>);

impl CurrentSession {
    /// Provides it to everything below.
    pub fn provide(session: Session) -> Self {
        let current = Self(StoredValue::new(session));
        provide_context(current);
        current
    }

    /// The session.
    pub fn get(self) -> Session {
        self.0.get_value()
    }
}
