//! Which uploads are whose: each tab keeps its own. What a tab had begun that is gone is taken over by the next one that asks
//! (Web Locks: a lock ends with its page).

use crate::state::storage;
use causeway_api::PersonId;
use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use std::{cell::RefCell, collections::HashSet};
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};

/// The name of the tab, which stays after a reload.
const TAB: &str = "causeway.tab";

thread_local! {
    /// What this page holds already.
    static HELD: RefCell<HashSet<String>> = RefCell::default();
}

/// The key of this tab, and the keys of the tabs that are gone, its own among them.
pub(super) async fn take(person: PersonId) -> (String, Vec<String>) {
    let key = |tab: &str| storage::personal(&format!("uploads.{tab}"), person);
    let mut tab = storage::read_for_tab::<String>(TAB).unwrap_or_else(new_tab);
    // A tab that was copied has the name of the other.
    if !hold(&key(&tab)).await {
        tab = new_tab();
        hold(&key(&tab)).await;
    }
    storage::write_for_tab(TAB, &tab);
    let own = key(&tab);
    let mut gone = Vec::new();
    for other in storage::personal_keys("uploads", person) {
        if other == own || hold(&other).await {
            gone.push(other);
        }
    }
    (own, gone)
}

fn new_tab() -> String {
    format!("{:08x}", (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

/// Holds a lock for as long as this page is there. `false` when another page holds it. A browser without locks has one tab.
async fn hold(name: &str) -> bool {
    if HELD.with_borrow(|held| held.contains(name)) {
        return true;
    }
    let Ok(told) = ask_for(name) else { return true };
    let is_held = told.await.unwrap_or(true);
    if is_held {
        HELD.with_borrow_mut(|held| held.insert(name.to_owned()));
    }
    is_held
}

fn ask_for(name: &str) -> Result<oneshot::Receiver<bool>, JsValue> {
    let locks = Reflect::get(&leptos::prelude::window().navigator(), &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    let (tell, told) = oneshot::channel();
    let answer = Closure::once_into_js(move |lock: JsValue| {
        let is_held = !lock.is_null();
        // Whoever asked may have gone.
        let _ = tell.send(is_held);
        // Held until this promise is kept, which it never is.
        if is_held { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
    });
    request.call3(&locks, &name.into(), &options, &answer)?;
    Ok(told)
}
