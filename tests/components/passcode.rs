//! The passcode of a linked phone.

use causeway::state::passcode::{self, Tried};
use causeway_api::PersonId;
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

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
