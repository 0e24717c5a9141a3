//! Every screen's address, and the one guard.

use causeway_api::{ChatId, PersonId, people::Role, validate};

/// A screen of the portal, or signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Signing in.
    Login,
    /// The list of chats, with none open.
    Chats,
    /// An open conversation.
    Chat(ChatId),
    /// Finding messages and people again.
    Search,
    /// Clients and colleagues.
    Contacts,
    /// What the person is told of.
    Notifications,
    /// Applications; empty so far.
    Applications,
    /// Who one is, and the language of mails.
    Profile,
    /// Linked phones and browsers.
    Devices,
    /// Notifications on this device.
    PushSettings,
    /// Texts that are kept to be written again.
    SavedReplies,
    /// How to get help.
    Support,
    /// The card of a client.
    Contact(PersonId),
    /// What is known of a colleague.
    Colleague(PersonId),
    /// Feature configurations of the company.
    Features,
    /// The list of external companies.
    ExternalCompanies,
    /// The list of tags.
    Tags,
    /// Users of the company.
    Users,
    /// Importing users.
    Imports,
    /// Public registration.
    Registration,
    /// Every client of the company.
    Clients,
    /// The plan.
    License,
    /// The audit log.
    Audit,
    /// Password and sign-in.
    Security,
}

impl Route {
    /// The address of the screen.
    pub fn href(self) -> String {
        match self {
            Self::Login => "/login".into(),
            Self::Chats => "/chats".into(),
            Self::Chat(id) => format!("/chats/{id}"),
            Self::Search => "/search".into(),
            Self::Contacts => "/contacts".into(),
            Self::Notifications => "/notifications".into(),
            Self::Applications => "/applications".into(),
            Self::Profile => "/settings/profile".into(),
            Self::Devices => "/settings/devices".into(),
            Self::PushSettings => "/settings/notifications".into(),
            Self::SavedReplies => "/settings/saved-replies".into(),
            Self::Support => "/settings/support".into(),
            Self::Contact(id) => format!("/contacts/{id}"),
            Self::Colleague(id) => format!("/contacts/team/{id}"),
            Self::Features => "/admin/features".into(),
            Self::ExternalCompanies => "/admin/external-companies".into(),
            Self::Tags => "/admin/tags".into(),
            Self::Users => "/admin/users".into(),
            Self::Imports => "/admin/imports".into(),
            Self::Registration => "/admin/registration".into(),
            Self::Clients => "/admin/clients".into(),
            Self::License => "/admin/license".into(),
            Self::Audit => "/admin/audit".into(),
            Self::Security => "/settings/security".into(),
        }
    }
}

/// Whether someone of a role may see the screen at an address. The server holds to the same; this spares a screen that
/// could only say no.
pub fn is_open_to(role: Option<Role>, path: &str) -> bool {
    let is_below = |section: &str| path == section || path.starts_with(&format!("{section}/"));
    match role {
        Some(Role::ExternalUser) => {
            !["/contacts", "/applications", "/admin", "/settings/saved-replies"].into_iter().any(is_below)
        }
        Some(Role::ComplianceOfficer) => !is_below("/admin") || is_below("/admin/audit"),
        Some(role) => role.governs() || !is_below("/admin"),
        None => true,
    }
}

/// The sign-in screen, which leads back to `wanted` afterwards.
pub fn login_for(wanted: &str) -> String {
    match validate::next_path(wanted) {
        Some(path) if path != "/" && path != "/chats" => format!("/login?next={}", encode(path)),
        _ => Route::Login.href(),
    }
}

/// Where sign-in leads: to the screen that was wanted, never to another origin.
pub fn after_login(next: Option<&str>) -> String {
    next.and_then(validate::next_path).map_or_else(|| Route::Chats.href(), str::to_owned)
}

/// The areas that share a frame and a router each, and are bundles of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// The client's chat.
    Client,
    /// The administration.
    Admin,
    /// What employees use, and where nothing else is.
    Portal,
}

impl Area {
    /// The area of an address, as `shell/bundle.js` has it.
    fn of(path: &str) -> Self {
        match path.split('/').nth(1) {
            Some("c") => Self::Client,
            Some("admin") => Self::Admin,
            _ => Self::Portal,
        }
    }
}

/// What the `rel` of a link says if it leads to another area: the browser follows it, not the router.
pub fn rel_to(href: &str) -> Option<&'static str> {
    (Area::of(href) != Area::of(&path())).then_some("external")
}

/// Loads the page again if its address belongs to another area than the one whose router came upon it.
pub fn load_other_area(own: Area) -> bool {
    let is_other = Area::of(&path()) != own;
    if is_other && let Err(error) = leptos::prelude::window().location().reload() {
        web_sys::console::error_2(&"the browser refused to load a page again".into(), &error);
    }
    is_other
}

/// Leaves for a screen of another bundle (`shell/bundle.js` chooses it): a page load, not a step of the router.
pub fn leave_for(address: &str) {
    if let Err(error) = leptos::prelude::window().location().replace(address) {
        web_sys::console::error_2(&"the browser refused to open a page".into(), &error);
    }
}

/// Has `shell/bundle.js` fetch the portal's bundle into the browser's cache while someone signs in.
pub fn portal_soon() {
    let told = web_sys::Event::new("causeway-portal-soon")
        .and_then(|event| leptos::prelude::window().dispatch_event(&event));
    if let Err(error) = told {
        web_sys::console::warn_2(&"the portal is fetched later".into(), &error);
    }
}

/// The path of this page, decoded.
pub fn path() -> String {
    let path = leptos::prelude::window().location().pathname().unwrap_or_default();
    // What cannot be decoded leads nowhere.
    js_sys::decode_uri_component(&path).map_or(path, String::from)
}

/// What a name stands for in the query of this page.
pub fn query(name: &str) -> Option<String> {
    let search = leptos::prelude::window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The token of the link that this page was opened with.
pub fn link_token() -> Option<String> {
    let location = leptos::prelude::window().location();
    let parts = [location.pathname(), location.search(), location.hash()];
    token_in(&parts.map(Result::unwrap_or_default).concat())
}

/// The target of the link that skips to the content, which is no token.
const CONTENT: &str = "main";

/// Loads the page again when another link is opened in it: an installed app takes links into the window that it has, and
/// where only the part behind the hash differs, the browser loads nothing by itself.
pub fn follow_links() {
    let first = link_token();
    let listening = leptos::prelude::window_event_listener_untyped("hashchange", move |_| {
        if is_another_link(first.as_deref(), link_token().as_deref())
            && let Err(error) = leptos::prelude::window().location().reload()
        {
            web_sys::console::error_2(&"the browser refused to load a page again".into(), &error);
        }
    });
    leptos::prelude::on_cleanup(move || listening.remove());
}

fn is_another_link(first: Option<&str>, now: Option<&str>) -> bool {
    now.is_some_and(|now| now != CONTENT && Some(now) != first)
}

/// The token of a link: what stands behind the hash. Mail gateways write it as `%23`, or as `%2523` when two of them did,
/// and mail programs take the punctuation behind a link into it.
fn token_in(address: &str) -> Option<String> {
    let mut plain = address.to_owned();
    while plain.contains("%25") {
        plain = plain.replace("%25", "%");
    }
    let plain = plain.replace("%23", "#");
    let behind = plain.split_once('#')?.1.trim_start_matches('#');
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let token = behind.split(|c| !is_of_token(c)).next().unwrap_or_default();
    (!token.is_empty()).then(|| token.to_owned())
}

fn encode(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_leads_back_to_the_wanted_screen() {
        assert_eq!(login_for("/chats/123?x=1"), "/login?next=/chats/123%3Fx%3D1");
        assert_eq!(login_for("/chats"), "/login");
        assert_eq!(after_login(Some("/chats/123")), "/chats/123");
    }

    #[test]
    fn sign_in_leads_to_no_other_origin() {
        assert_eq!(login_for("//evil.example"), "/login");
        assert_eq!(after_login(Some("https://evil.example")), "/chats");
        assert_eq!(after_login(None), "/chats");
    }

    #[test]
    fn another_link_in_the_same_window_is_followed() {
        assert!(is_another_link(Some("Ab-9_x"), Some("Cd-8_y")));
        assert!(is_another_link(None, Some("Cd-8_y")));
        for same in [Some("Ab-9_x"), Some("main"), None] {
            assert!(!is_another_link(Some("Ab-9_x"), same), "{same:?}");
        }
    }

    #[test]
    fn the_token_of_a_link_is_found_however_gateways_have_written_it() {
        for address in [
            "/reset#Ab-9_x",
            "/reset%23Ab-9_x",
            "/reset%2523Ab-9_x",
            "/reset/%23Ab-9_x",
            "/reset?utm_source=mail#Ab-9_x",
            "/reset?source=a%26b%23Ab-9_x",
            "/reset#%23Ab-9_x",
            "/reset#Ab-9_x.",
            "/reset#Ab-9_x%3E",
            "/reset#Ab-9_x&data=05%7C02",
        ] {
            assert_eq!(token_in(address).as_deref(), Some("Ab-9_x"), "{address}");
        }
        for address in ["/reset", "/reset#", "/reset%23", "/miniapp/b%25C3%25BCro", "/c?x=%2525"] {
            assert_eq!(token_in(address), None, "{address}");
        }
    }

    #[test]
    fn an_address_belongs_to_one_area() {
        for (path, area) in [
            ("/c", Area::Client),
            ("/c/1", Area::Client),
            ("/contacts", Area::Portal),
            ("/chats/1", Area::Portal),
            ("/admin", Area::Admin),
            ("/admin/users", Area::Admin),
            ("/administrator", Area::Portal),
            ("/", Area::Portal),
        ] {
            assert_eq!(Area::of(path), area, "{path}");
        }
    }

    #[test]
    fn screens_are_open_to_those_who_may_see_them() {
        for (role, path, is_open) in [
            (Role::ExternalUser, "/chats/1", true),
            (Role::ExternalUser, "/contacts", false),
            (Role::ExternalUser, "/admin/users", false),
            (Role::AccountManager, "/contacts", true),
            (Role::AccountManager, "/admin", false),
            (Role::ComplianceOfficer, "/admin/audit", true),
            (Role::ComplianceOfficer, "/admin/users", false),
            (Role::OrgAdmin, "/admin/users", true),
            (Role::Owner, "/admin/audit", true),
        ] {
            assert_eq!(is_open_to(Some(role), path), is_open, "{role:?} {path}");
        }
    }
}
