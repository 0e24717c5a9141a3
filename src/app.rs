//! Texts, providers, router: everything around the pages.

use crate::{
    i18n,
    pages::{self, portal::Portal},
    routes::Route as Place,
    state::{preferences, toasts::Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// Loads the texts and puts the application in place of the static shell.
pub async fn start() {
    preferences::apply_theme();
    if let Err(error) = i18n::load(&preferences::language()).await {
        web_sys::console::error_1(&format!("the texts could not be loaded: {error}").into());
        show_failure();
        return;
    }
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    leptos::mount::mount_to_body(App);
}

/// The static page knows how to say that something did not arrive.
fn show_failure() {
    if let Some(root) = document().document_element() {
        // The attribute is all the page needs; if it cannot be set there is nothing more to do.
        let _ = root.set_attribute("data-start", "failed");
    }
}

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Toasts::default());
    let language = i18n::Language::provide();
    // Every text is written when its component is made, so another language makes them anew.
    move || {
        language.track();
        view! { <Pages/> }
    }
}

#[component]
fn Pages() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    view! {
        <Router>
            <Routes fallback=pages::not_found::NotFound>
                <Route path=path!("/") view=|| view! { <leptos_router::components::Redirect path=Place::Chats.href()/> }/>
                <Route path=path!("/login") view=pages::login::Login/>
                <Route path=path!("/welcome") view=pages::welcome::Welcome/>
                <Route path=path!("/c") view=pages::client_chat::ClientChat/>
                <ParentRoute path=path!("") view=Portal>
                    <Route path=path!("/chats/:chat?") view=pages::chats::Chats/>
                    <Route path=path!("/contacts") view=pages::contacts::Contacts/>
                    <Route path=path!("/notifications") view=pages::notifications::Notifications/>
                    <Route path=path!("/applications") view=pages::applications::Applications/>
                    <Route path=path!("/settings/:section?") view=pages::settings::Settings/>
                </ParentRoute>
            </Routes>
        </Router>
        <crate::components::toast::ToastList toasts=toasts.list() on_dismiss=move |id| toasts.dismiss(id)/>
    }
}
