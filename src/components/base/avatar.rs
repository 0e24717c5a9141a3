//! A person or group: initials, the ring that says who, and the badge that says it again.

use super::{icon::Icon, initials::initials};
use crate::i18n::t;
use causeway_api::people::PersonKind;
use leptos::prelude::*;

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 32 px.
    Sm,
    /// 44 px.
    #[default]
    Md,
    /// 72 px.
    Xl,
}

/// Initials in a ring: orange for colleagues, green for clients.
#[component]
pub fn Avatar(
    /// The name.
    #[prop(into)]
    name: String,
    /// Colleague or client.
    kind: PersonKind,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
    /// What to say before the name in hidden text; nothing where it is said elsewhere.
    #[prop(optional)]
    spoken: Option<&'static str>,
) -> impl IntoView {
    let (who, badge) = match kind {
        PersonKind::Client => ("avatar--client", "i-person-b"),
        PersonKind::Colleague => ("avatar--colleague", "i-building-b"),
    };
    let size = match size {
        AvatarSize::Sm => " avatar--sm",
        AvatarSize::Md => "",
        AvatarSize::Xl => " avatar--xl",
    };
    view! {
        <span class=format!("avatar {who}{size}")>
            <span class="avatar__face" aria-hidden="true">
                {initials(&name)}
            </span>
            <span class="avatar__badge">
                <Icon name=badge />
            </span>
            {spoken.map(|id| view! { <span class="visually-hidden">{t(id)} " "</span> })}
        </span>
    }
}

/// The words said before a name: "Client:" or "Colleague:".
pub fn spoken_kind(kind: PersonKind) -> &'static str {
    match kind {
        PersonKind::Client => "who-client",
        PersonKind::Colleague => "who-colleague",
    }
}
