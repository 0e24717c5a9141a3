//! The passcode of a linked phone.

use super::{button, described, has, is_invalid, labelled, place, type_into};
use causeway::{
    pages::passcode::{OfferPasscode, SetPasscode},
    state::{
        kept::{self, Ended},
        passcode::{self, Tried},
    },
};
use causeway_api::{
    PersonId,
    people::{Person, PersonKind, Role},
};
use futures::channel::oneshot;
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

#[wasm_bindgen_test]
async fn a_passcode_opens_counts_wrong_tries_and_is_not_kept_in_clear() {
    let (mine, others) = (PersonId(uuid::Uuid::from_u128(7)), PersonId(uuid::Uuid::from_u128(8)));
    passcode::set_digits(mine, "271828").await.unwrap();
    let kept = window().local_storage().unwrap().unwrap().get_item("causeway.passcode").unwrap().unwrap();
    assert!(!kept.contains("271828"), "{kept}");
    assert!(passcode::kept(others).is_none(), "somebody else's app");
    let try_digits = async |digits: &str| passcode::kept(mine).unwrap().try_digits(digits).await.unwrap();
    assert_eq!(try_digits("000000").await, Tried::Wrong(4));
    assert_eq!(try_digits("271828").await, Tried::Right);
    for left in [4, 3, 2, 1] {
        assert_eq!(try_digits("000000").await, Tried::Wrong(left));
    }
    assert_eq!(try_digits("000000").await, Tried::Spent);
    assert_eq!(try_digits("271828").await, Tried::Spent, "the right one comes too late");
    passcode::remove();
    assert!(passcode::kept(mine).is_none());
}

#[wasm_bindgen_test]
fn a_passcode_is_due_after_five_minutes_away() {
    let left = 1_795_338_000_000;
    for (now, due) in [(left, false), (left + 299_999, false), (left + 300_000, true), (left - 1, true)] {
        assert_eq!(passcode::is_due(Some(left), now), due, "{now}");
    }
    assert!(passcode::is_due(None, left), "nobody knows since when");
}

fn mei() -> Person {
    Person {
        id: PersonId(uuid::Uuid::from_u128(9)),
        kind: PersonKind::Colleague,
        name: "Mei Chen".to_owned(),
        role: Some(Role::AccountManager),
        company_role: String::new(),
        about: String::new(),
        name_lang: None,
        is_inactive: false,
    }
}

/// The form for a passcode; says when it is set, and how often it was cancelled.
struct Form {
    place: HtmlElement,
    first: HtmlInputElement,
    again: HtmlInputElement,
    done: oneshot::Receiver<()>,
    cancelled: RwSignal<u32>,
}

impl Form {
    fn mount() -> Self {
        let (place, cancelled) = (place(), RwSignal::new(0));
        let (tell, done) = oneshot::channel();
        mount_to(place.clone(), move || {
            let tell = StoredValue::new(Some(tell));
            let set = move |()| tell.update_value(|tell| tell.take().unwrap().send(()).unwrap());
            view! { <SetPasscode me=mei() on_done=set on_cancel=move |()| cancelled.update(|count| *count += 1)/> }
        })
        .forget();
        let (first, again) =
            (labelled(&place, "New passcode, 6 digits"), labelled(&place, "Repeat passcode"));
        Self { place, first, again, done, cancelled }
    }

    /// Whether a passcode is being kept.
    fn is_busy(&self) -> bool {
        button(&self.place, "Set passcode").has_attribute("aria-busy")
    }

    async fn submit(&self, first: &str, again: &str) {
        type_into(&self.first, first);
        type_into(&self.again, again);
        button(&self.place, "Set passcode").click();
        tick().await;
    }
}

#[wasm_bindgen_test]
async fn anything_but_six_digits_is_no_passcode() {
    let form = Form::mount();
    for typed in ["", "12345", "12345a", "１２３４５６"] {
        form.submit(typed, typed).await;
        assert!(is_invalid(&form.first) && !is_invalid(&form.again), "{typed}");
        assert_eq!(described(&form.place, &form.first), "Enter 6 digits.");
        assert!(!form.is_busy(), "nothing is kept");
    }
}

#[wasm_bindgen_test]
async fn what_others_would_try_first_is_no_passcode() {
    let form = Form::mount();
    for easy in ["111111", "123456", "654321", "121212", "112233"] {
        form.submit(easy, easy).await;
        let told = "This passcode is easy to guess. Choose six digits without a pattern.";
        assert_eq!(described(&form.place, &form.first), told, "{easy}");
        assert!(!form.is_busy(), "nothing is kept");
    }
}

#[wasm_bindgen_test]
async fn a_device_that_is_erased_keeps_nothing_of_anyone_but_why() {
    passcode::set_digits(mei().id, "271828").await.unwrap();
    let storage = window().local_storage().unwrap().unwrap();
    for (what, who) in
        [("drafts", mei().id), ("outgoing", mei().id), ("invitation", PersonId(uuid::Uuid::nil()))]
    {
        storage.set_item(&format!("causeway.{what}.{who}"), "{}").unwrap();
    }
    kept::note_end(Ended::WrongPasscodes);
    kept::erase();
    let keys = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    let left: Vec<String> = keys
        .filter(|key| ["drafts", "outgoing", "invitation", "passcode"].iter().any(|it| key.contains(it)))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(kept::ended(), Some(Ended::WrongPasscodes));
    storage.remove_item("causeway.ended").unwrap();
}

#[wasm_bindgen_test]
async fn five_wrong_tries_stay_locked_however_soon_the_page_is_loaded_again() {
    passcode::set_digits(mei().id, "271828").await.unwrap();
    assert!(!passcode::is_locked(mei().id), "it was set just now");
    for _ in 0..5 {
        passcode::kept(mei().id).unwrap().try_digits("000000").await.unwrap();
    }
    passcode::note_time();
    assert!(passcode::is_locked(mei().id));
    passcode::remove();
}

#[wasm_bindgen_test]
async fn a_slip_in_the_second_field_is_told_there() {
    let form = Form::mount();
    form.submit("271828", "271829").await;
    assert!(!is_invalid(&form.first) && is_invalid(&form.again));
    assert_eq!(described(&form.place, &form.again), "The passcodes don’t match. Type it again.");
    assert!(!form.is_busy(), "nothing is kept");
}

#[wasm_bindgen_test]
async fn six_digits_twice_are_kept_and_open() {
    let mut form = Form::mount();
    form.submit("271828", "271828").await;
    assert!(form.is_busy());
    (&mut form.done).await.unwrap();
    let kept = passcode::kept(mei().id).unwrap();
    assert_eq!(kept.try_digits("271828").await.unwrap(), Tried::Right);
    passcode::remove();
    assert!(!is_invalid(&form.first) && !is_invalid(&form.again));
}

#[wasm_bindgen_test]
async fn a_passcode_is_cancelled_without_being_kept() {
    let form = Form::mount();
    type_into(&form.first, "271828");
    button(&form.place, "Cancel").click();
    assert_eq!(form.cancelled.get_untracked(), 1);
    assert!(passcode::kept(mei().id).is_none());
}

#[wasm_bindgen_test]
async fn the_offer_of_a_passcode_takes_no_for_an_answer() {
    let (place, answered) = (place(), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! { <OfferPasscode me=mei() on_done=move |()| answered.update(|count| *count += 1)/> }
    })
    .forget();
    assert!(!has(&place, "input"), "first the question");
    button(&place, "Yes").click();
    tick().await;
    assert!(has(&place, "input"));
    button(&place, "Cancel").click();
    tick().await;
    assert!(!has(&place, "input") && answered.get_untracked() == 0, "the question stands again");
    button(&place, "No").click();
    assert_eq!(answered.get_untracked(), 1);
}
