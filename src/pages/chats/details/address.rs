//! Whether the details of a conversation are open is part of the address: Back leads from them to the conversation.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};

/// The word of the address.
const DETAILS: &str = "details";

/// Returns whether the details are open; changing it changes the address, and the other way round.
pub(crate) fn is_details_open() -> RwSignal<bool> {
    let (query, path, navigate) = (use_query_map(), use_location().pathname, use_navigate());
    let address = Memo::new(move |_| (path.get(), query.read().get(DETAILS).is_some()));
    let is_open = RwSignal::new(address.with_untracked(|address| address.1));
    // Whether the entry of the history before this one is the conversation without its details.
    let is_pushed = StoredValue::new(false);
    let go = move |path: &str, is_open: bool, replace: bool| {
        let target = if is_open { format!("{path}?{DETAILS}=1") } else { path.to_owned() };
        navigate(&target, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    };
    let follow = go.clone();
    Effect::new(move |before: Option<(String, bool)>| {
        let now = address.get();
        if let Some((path, was_open)) = before
            && (path != now.0 || was_open != now.1)
        {
            is_pushed.set_value(now.1 && is_pushed.get_value());
            // Details that are open beside the conversation stay open for the next one.
            if was_open && !now.1 && path != now.0 && is_conversation(&now.0) && is_conversation(&path) {
                follow(&now.0, true, true);
            } else {
                is_open.set(now.1);
            }
        }
        now
    });
    Effect::new(move |before: Option<bool>| {
        let open = is_open.get();
        let (path, in_address) = address.get_untracked();
        if before.is_some() && open != in_address {
            let history = window().history().ok().filter(|_| !open && is_pushed.get_value());
            is_pushed.set_value(open);
            // The browser refuses only where there is nothing to go back to.
            if history.is_none_or(|history| history.back().is_err()) {
                go(&path, open, !open);
            }
        }
        open
    });
    is_open
}

/// Whether an address is that of a conversation, not of the list.
fn is_conversation(path: &str) -> bool {
    path.trim_matches('/').contains('/')
}
