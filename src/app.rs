//! Texts, providers, router: everything around the pages.
//!
//! The application comes in bundles, so that nobody waits for what they do not open: [`Entry`] for signing in, [`Visit`] for
//! people who come by a link, [`ClientApp`] for the client's chat, [`AdminApp`] for the administration, [`PortalApp`] for
//! everything else. `shell/bundle.js` starts the one an address belongs to.

use crate::{
    client::{self, identity},
    components::base::toast::ToastList,
    i18n,
    pages::{self, portal::Portal, visit::Visit as Page},
    routes::{self, Area, Route as Place},
    shell,
    state::{preferences, toasts::Toasts},
};
use leptos::prelude::*;
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

/// Loads the texts of the bundle and puts its pages in place of the static shell.
pub async fn start<V: IntoView + 'static>(pages: fn() -> V, texts: &'static str) {
    preferences::apply_theme();
    i18n::choose_file(texts);
    if let Err(error) = load_texts().await {
        web_sys::console::error_1(&format!("the texts could not be loaded: {error}").into());
        show_failure();
        return;
    }
    if let Err(error) = shell::mount(move || frame(pages)) {
        web_sys::console::error_2(&"the application could not be drawn".into(), &error);
        show_failure();
    }
}

/// Loads the texts of the chosen language, also if another one is chosen in the shell meanwhile.
async fn load_texts() -> client::Result<()> {
    loop {
        let language = preferences::language();
        i18n::load(&language).await?;
        if preferences::language() == language {
            return Ok(());
        }
    }
}

/// The static page knows how to say that something did not arrive.
fn show_failure() {
    if let Some(root) = document().document_element() {
        // The attribute is all the page needs; if it cannot be set there is nothing more to do.
        let _ = root.set_attribute("data-start", "failed");
    }
}

/// What every page finds around it: toasts and the language.
fn frame<V: IntoView + 'static>(pages: fn() -> V) -> impl IntoView {
    let toasts = Toasts::default();
    provide_context(toasts);
    let language = i18n::Language::provide();
    // Every text is written when its component is made, so another language makes them anew; see `i18n::keep`.
    move || {
        language.track();
        view! {
            {pages()}
            <ToastList toasts=toasts.list() on_dismiss=move |id| toasts.dismiss(id) />
        }
    }
}

/// Signing in. Its path is also listed in `shell/bundle.js`.
#[component]
pub fn Entry() -> impl IntoView {
    if routes::path().trim_end_matches('/') == Place::Login.href() {
        view! { <pages::sign_in::login::Login /> }.into_any()
    } else {
        view! { <pages::not_found::NotFound /> }.into_any()
    }
}

/// The pages of people who come by a link.
#[component]
pub fn Visit() -> impl IntoView {
    routes::follow_links();
    match Page::at(&routes::path()) {
        Some(Page::Activate) => view! { <pages::visit::activate::Activate /> }.into_any(),
        Some(Page::Welcome) => view! { <pages::visit::welcome::Welcome /> }.into_any(),
        Some(Page::MiniApp(company)) => {
            view! { <pages::visit::onboarding::MiniApp company=company /> }.into_any()
        }
        Some(Page::Invitation) => view! { <pages::visit::onboarding::Invitation /> }.into_any(),
        Some(Page::Join(token)) => view! { <pages::visit::join::Join token=token /> }.into_any(),
        Some(Page::Reset) => view! { <pages::visit::reset::Reset /> }.into_any(),
        None => view! { <pages::not_found::NotFound /> }.into_any(),
    }
}

/// The client's chat.
#[component]
pub fn ClientApp() -> impl IntoView {
    for_one_person(|| {
        view! {
            <Router>
                <Routes fallback=|| elsewhere(Area::Client)>
                    <Route path=path!("/c/:chat?") view=pages::portal::client_chat::ClientChat />
                </Routes>
            </Router>
        }
    })
}

/// The portal.
#[component]
pub fn PortalApp() -> impl IntoView {
    for_one_person(|| {
        view! {
            <Router>
                <Routes fallback=|| elsewhere(Area::Portal)>
                    <Route path=path!("/") view=|| view! { <Redirect path=Place::Chats.href() /> } />
                    <ParentRoute path=path!("") view=Portal>
                        <Route path=path!("/chats/:chat?") view=pages::chats::Chats />
                        // One route, so that the list stays while another contact is opened.
                        <Route path=path!("/contacts/:contact?/:colleague?") view=pages::contacts::Contacts />
                        <Route path=path!("/search") view=pages::search::Search />
                        <Route path=path!("/notifications") view=pages::notifications::Notifications />
                        <Route path=path!("/applications") view=pages::applications::Applications />
                        <Route path=path!("/settings/:section?") view=pages::settings::Settings />
                    </ParentRoute>
                </Routes>
            </Router>
        }
    })
}

/// The administration, in the frame of the portal.
#[component]
pub fn AdminApp() -> impl IntoView {
    for_one_person(|| {
        view! {
            <Router>
                <Routes fallback=|| elsewhere(Area::Admin)>
                    <ParentRoute path=path!("") view=Portal>
                        <ParentRoute path=path!("/admin") view=pages::admin::Admin>
                            <Route path=path!("") view=|| view! { <Redirect path=Place::Users.href() /> } />
                            <Route path=path!("/features") view=pages::admin::features::Features />
                            <Route path=path!("/external-companies") view=pages::admin::lists::ExternalCompanies />
                            <Route path=path!("/tags") view=pages::admin::lists::Tags />
                            <Route path=path!("/users") view=pages::admin::users::Users />
                            <Route path=path!("/imports") view=pages::admin::imports::Imports />
                            <Route path=path!("/registration") view=pages::admin::registration::RegistrationPage />
                            <Route path=path!("/clients") view=pages::admin::clients::Clients />
                            <Route path=path!("/license") view=pages::admin::license::LicenseInfo />
                            <Route path=path!("/audit") view=pages::admin::audit::AuditLog />
                        </ParentRoute>
                    </ParentRoute>
                </Routes>
            </Router>
        }
    })
}

/// The pages, or in their place the one that says that the session is another person's now.
fn for_one_person<V: IntoView + 'static>(pages: fn() -> V) -> impl IntoView {
    let is_over = identity::is_over();
    move || {
        if is_over.get() {
            view! { <pages::sign_in::other_person::TakenOver /> }.into_any()
        } else {
            pages().into_any()
        }
    }
}

/// An address that no route of this bundle has: another bundle's, which is loaded, or nobody's.
fn elsewhere(own: Area) -> impl IntoView {
    if routes::load_other_area(own) {
        ().into_any()
    } else {
        view! { <pages::not_found::NotFound /> }.into_any()
    }
}
