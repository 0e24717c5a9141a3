//! Texts that several pages show. A text that says something about its page belongs to that page alone: otherwise someone words
//! it anew for one page, and it is wrong on the other.

use super::{code, files};
use crate::shell::root;
use anyhow::{Context as _, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// What means the same wherever it is read: names of things and acts, and what happened to a code or a link.
const SHARED: &[&str] = &[
    "a-conversation",
    "actions",
    "add",
    "archive",
    "archived",
    "audit-title",
    "authenticator-set-up",
    "back-to-chats",
    "back-to-sign-in",
    "cancel",
    "capacity",
    "channel-not-linked-text",
    "channels",
    "choose-password",
    "clear-search",
    "client",
    "clients-title",
    "code-hint",
    "code-spent",
    "code-spent-again",
    "code-title",
    "code-wrong",
    "colleague",
    "company-name",
    "company-role",
    "confirm",
    "continue",
    "country-code",
    "device-unknown",
    "devices-connected",
    "devices-link",
    "done",
    "edit",
    "email",
    "employees-search",
    "error-offline",
    "error-version",
    "external-companies",
    "external-users",
    "failed-title",
    "features-title",
    "files",
    "filter-clients",
    "filter-team",
    "filters",
    "go-to-chats",
    "invite-title",
    "job-description",
    "language",
    "license-title",
    "link",
    "link-code-label",
    "link-copied",
    "link-not-copied",
    "link-spent-title",
    "loading",
    "login-incomplete",
    "login-refused",
    "menu-devices",
    "menu-profile",
    "menu-security",
    "menu-support",
    "message",
    "messages",
    "miniapp-step-done",
    "name",
    "nav-applications",
    "nav-chats",
    "nav-contacts",
    "nav-notifications",
    "new-password",
    "no",
    "no-results-text",
    "no-results-title",
    "of-user",
    "off",
    "offline",
    "org-admin",
    "other-person-title",
    "passkey-add",
    "passkey-failed",
    "password",
    "password-hint",
    "people",
    "person-in-charge",
    "phone-number",
    "plan",
    "presence-busy",
    "presence-out",
    "push-shows-content",
    "push-shows-content-hint",
    "push-title",
    "qr-code",
    "registration-title",
    "restore",
    "role",
    "save",
    "saved-replies",
    "search",
    "search-everything-placeholder",
    "send-code",
    "settings-title",
    "show",
    "show-more",
    "sign-in",
    "sign-out",
    "skip-to-content",
    "state",
    "step-code",
    "switch-theme",
    "tags",
    "try-again",
    "username",
    "users",
    "users-none-text",
    "users-none-title",
    "you",
];

/// Folders of `src/pages` that hold several pages; elsewhere a file or folder is one page.
const ROOMS: [&str; 5] = ["admin", "portal", "settings", "sign_in", "visit"];

/// What stands before a word in quotes that is no id of a text, though it may look like one.
const NOT_AN_ID: [&str; 15] = [
    "id=",
    "class=",
    "for=",
    "kind=",
    "type=",
    "name=",
    "autocomplete=",
    "labelledby=",
    "role=",
    "testid=",
    "fault(",
    "fail_at(",
    "field(",
    "get(",
    "attribute(",
];

/// Checks that a text is of one page, or listed; and that what is listed is still shared.
pub(super) fn check(faults: &mut Vec<String>) -> Result<()> {
    let path = "texts/en/interface.ftl";
    let texts = fs::read_to_string(root().join(path)).context(path)?;
    let ids: BTreeSet<&str> = texts.lines().filter_map(|line| Some(line.split_once(" =")?.0)).collect();
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, source) in files("src/pages", ".rs")? {
        for word in source.lines().flat_map(|line| words(code(line))).filter(|word| ids.contains(word)) {
            pages.entry(word.to_owned()).or_default().insert(page(&name));
        }
    }
    for (id, pages) in &pages {
        if pages.len() > 1 && !SHARED.contains(&id.as_str()) {
            let pages = pages.iter().cloned().collect::<Vec<_>>().join(", ");
            faults.push(format!("{path}: {id} is shown by several pages ({pages}): give each its own text"));
        }
    }
    for id in SHARED {
        if pages.get(*id).is_none_or(|pages| pages.len() < 2) {
            faults.push(format!("xtask/src/tidy/shared_texts.rs: {id} is not shared any more"));
        }
    }
    Ok(())
}

/// The page that a file of `src/pages` belongs to.
fn page(file: &str) -> String {
    let inside = file.trim_start_matches("src/pages/").trim_end_matches(".rs");
    let depth = if ROOMS.iter().any(|room| inside.starts_with(&format!("{room}/"))) { 2 } else { 1 };
    inside.split('/').take(depth).collect::<Vec<_>>().join("/")
}

/// The words in quotes that can be ids of texts.
fn words(line: &str) -> Vec<&str> {
    let parts: Vec<&str> = line.split('"').collect();
    let is_id = |at: &usize| {
        let is_argument = parts.get(at + 1).is_some_and(|after| after.starts_with(", Arg::"));
        !is_argument && !NOT_AN_ID.iter().any(|before| parts[at - 1].ends_with(before))
    };
    (1..parts.len()).step_by(2).filter(is_id).map(|at| parts[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_a_page() {
        assert_eq!(page("src/pages/visit/onboarding/locked.rs"), "visit/onboarding");
        assert_eq!(page("src/pages/visit/onboarding.rs"), "visit/onboarding");
        assert_eq!(page("src/pages/passcode/locked.rs"), "passcode");
        assert_eq!(page("src/pages/applications.rs"), "applications");
    }

    #[test]
    fn ids_are_told_from_other_words() {
        assert_eq!(words(r#"t(if is_on { "push-on" } else { "push-off" })"#), ["push-on", "push-off"]);
        assert_eq!(
            words(r#"view! { <p id="email" class="num">{tx("sent-to", &[("email", Arg::Text(it))])}"#),
            ["sent-to"]
        );
        assert!(words(r#"submission.fault("email")"#).is_empty());
    }
}
