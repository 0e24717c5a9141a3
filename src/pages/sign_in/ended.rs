//! Why no one is signed in on this device any more.

use crate::{
    components::base::icon::Icon,
    i18n::t,
    state::kept::{self, Ended},
};
use leptos::prelude::*;

/// Says why no one is signed in any more, where someone was.
#[component]
pub(crate) fn EndedBanner(
    /// Whether the device can be signed in again without linking it.
    is_linked: bool,
) -> impl IntoView {
    let text = match kept::ended() {
        Some(Ended::WrongPasscodes) => Some("ended-passcodes"),
        // Only the installed app promises to be there whenever it is opened.
        Some(Ended::Session) if !kept::is_installed() => None,
        Some(Ended::Session) if is_linked => Some("ended-session"),
        Some(Ended::Session) => Some("ended-unlinked"),
        None => None,
    };
    text.map(|text| {
        view! {
            <div class="banner banner--inset" role="status">
                <Icon name="i-lock" />
                <p>{t(text)}</p>
            </div>
        }
    })
}
