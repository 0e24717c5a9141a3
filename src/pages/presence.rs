//! Whether a colleague is there, in words.

use crate::{
    i18n::{self, Arg, t, tx},
    state::chats::Chats,
};
use causeway_api::{
    Millis, PersonId,
    presence::{OwnStatus, Pages, Presence, Status},
};
use leptos::prelude::*;

/// Whether a person is there, in words that follow it; nothing while it is not known. The person counts as on the screen
/// until the part of the page goes that asks.
pub(crate) fn presence_of(person: Signal<Option<PersonId>>) -> Memo<Option<String>> {
    let chats = expect_context::<Chats>();
    chats.look_at(Signal::derive(move || person.get().into_iter().collect()));
    Memo::new(move |_| person.get().and_then(|person| chats.presence(person)).map(|known| words(&known)))
}

fn words(presence: &Presence) -> String {
    let is_over = |status: &&OwnStatus| status.until.is_none_or(|until| i18n::now() < until);
    let said = presence.status.as_ref().filter(is_over).and_then(|own| Some((own.status?, own)));
    match (said, presence.pages) {
        (Some((status, own)), _) => said_words(status, own),
        (None, Pages::Online) => t("presence-online"),
        (None, Pages::Away) => t("presence-away"),
        (None, Pages::Offline { last_seen: None }) => t("presence-offline"),
        (None, Pages::Offline { last_seen: Some(at) }) => {
            tx("presence-last-seen", &[("when", Arg::Text(&when(at)))])
        }
    }
}

fn said_words(status: Status, own: &OwnStatus) -> String {
    let said = match (status, own.until) {
        (Status::Busy, None) => t("presence-busy"),
        (Status::Busy, Some(at)) => tx("presence-busy-until", &[("when", Arg::Text(&when(at)))]),
        (Status::OutOfOffice, None) => t("presence-out"),
        (Status::OutOfOffice, Some(at)) => tx("presence-out-until", &[("when", Arg::Text(&when(at)))]),
    };
    if own.text.is_empty() { said } else { format!("{said} · {}", own.text) }
}

/// The time on the same day, the date on another one.
fn when(at: Millis) -> String {
    if i18n::day_number(at) == i18n::day_number(i18n::now()) {
        i18n::clock_time(at)
    } else {
        format!("{} {}", i18n::full_date(at), i18n::clock_time(at))
    }
}
