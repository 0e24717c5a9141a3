//! Whole pages with a server that is only played: it says what a test has it say, and keeps what it was asked.

use super::{InPlaceOf, place, text};
use causeway::{i18n::Language, state::toasts::Toasts};
use gloo_timers::future::TimeoutFuture;
use leptos::{
    mount::{UnmountHandle, mount_to},
    prelude::*,
};
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    future::pending,
    rc::Rc,
};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{HtmlElement, Request, Response, ResponseInit};

type Answers = Rc<RefCell<BTreeMap<String, VecDeque<(u16, Value)>>>>;
type Asked = Rc<RefCell<Vec<(String, Value)>>>;

/// The server.
#[derive(Clone, Default)]
pub(super) struct Server {
    answers: Answers,
    held: Rc<RefCell<Vec<String>>>,
    asked: Asked,
}

impl Server {
    /// Answers so from now on, where something like `POST /api/login` is asked. Of several answers each is given once, and
    /// the last one for good. What no answer is known to is not found.
    pub(super) fn answer(&self, question: &str, answer: Value) -> &Self {
        self.answers.borrow_mut().entry(question.to_owned()).or_default().push_back((200, answer));
        self
    }

    /// Refuses for a reason, and for what is wrong with a field.
    pub(super) fn refuse(&self, question: &str, code: &str, fields: Value) -> &Self {
        let problem = json!({ "code": code, "detail": "", "fields": fields, "request_id": "4711" });
        self.answers.borrow_mut().entry(question.to_owned()).or_default().push_back((400, problem));
        self
    }

    /// Is too slow with this to answer it at all.
    pub(super) fn hold(&self, question: &str) -> &Self {
        self.held.borrow_mut().push(question.to_owned());
        self
    }

    /// What was sent along each time this was asked.
    pub(super) fn asked(&self, question: &str) -> Vec<Value> {
        let asked = self.asked.borrow();
        asked.iter().filter(|(it, _)| it == question).map(|(_, body)| body.clone()).collect()
    }

    fn next(&self, question: &str) -> (u16, Value) {
        let mut answers = self.answers.borrow_mut();
        let known = answers.get_mut(question);
        let next =
            known.and_then(|queue| if queue.len() > 1 { queue.pop_front() } else { queue.front().cloned() });
        next.unwrap_or_else(|| (404, json!({ "code": "not_found", "detail": "" })))
    }

    async fn respond(self, request: Request, is_open: Rc<Cell<bool>>) -> Result<JsValue, JsValue> {
        let path = web_sys::Url::new(&request.url())?.pathname();
        let question = format!("{} {path}", request.method());
        let body = JsFuture::from(request.text()?).await?.as_string().unwrap_or_default();
        self.asked.borrow_mut().push((question.clone(), serde_json::from_str(&body).unwrap_or_default()));
        if self.held.borrow().contains(&question) {
            return pending().await;
        }
        let (status, answer) = self.next(&question);
        let head = ResponseInit::new();
        head.set_status(status);
        let response = Response::new_with_opt_str_and_init(None, &head)?;
        // A page that has gone gets no answer: it would go on in the middle of the next one.
        let read = Closure::once_into_js(move || {
            future_to_promise(async move {
                if is_open.get() { Ok(answer.to_string().into()) } else { pending().await }
            })
        });
        js_sys::Reflect::set(&response, &"text".into(), &read)?;
        Ok(response.into())
    }
}

/// A page at an address, for as long as a test has it.
pub(super) struct Page {
    pub(super) place: HtmlElement,
    before: String,
    is_open: Rc<Cell<bool>>,
    _mounted: UnmountHandle<AnyViewState>,
    _fetch: InPlaceOf,
}

type AnyViewState = <AnyView as Render>::State;

impl Page {
    /// Opens a page in a browser that keeps nothing yet.
    pub(super) fn open(address: &str, server: &Server, pages: fn() -> AnyView) -> Self {
        for storage in [window().local_storage(), window().session_storage()] {
            storage.unwrap().unwrap().clear().unwrap();
        }
        Self::open_again(address, server, pages)
    }

    /// Opens a page with what this browser keeps.
    pub(super) fn open_again(address: &str, server: &Server, pages: fn() -> AnyView) -> Self {
        let (place, server) = (place(), server.clone());
        let is_open = Rc::new(Cell::new(true));
        let still_open = Rc::clone(&is_open);
        let fetch = InPlaceOf::put(&window(), "fetch", move |request| {
            future_to_promise(server.clone().respond(request.into(), Rc::clone(&still_open))).into()
        });
        let before = window().location().pathname().unwrap();
        show_address(address);
        let mounted = mount_to(place.clone(), move || {
            provide_context(Toasts::default());
            Language::provide();
            pages()
        });
        Self { place, before, is_open, _mounted: mounted, _fetch: fetch }
    }

    /// Waits until these words are on the page.
    pub(super) async fn shows(&self, words: &str) {
        for _ in 0..500 {
            if text(&self.place).contains(words) {
                return;
            }
            TimeoutFuture::new(0).await;
        }
        panic!("the page never says {words:?}: {}", self.place.inner_html());
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.is_open.set(false);
        show_address(&self.before);
    }
}

fn show_address(address: &str) {
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some(address)).unwrap();
}
