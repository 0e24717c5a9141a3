//! Whom a page is for. A page of its own: the test ends it.
#![cfg(target_arch = "wasm32")]

use causeway::client::identity;
use causeway_api::PersonId;
use leptos::prelude::*;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_page_is_for_one_person_for_as_long_as_it_lives() {
    let (mine, others) = (PersonId(uuid::Uuid::from_u128(1)), PersonId(uuid::Uuid::from_u128(2)));
    let owner = Owner::new();
    let is_over = owner.with(identity::is_over);
    assert!(identity::adopt(mine).is_ok() && identity::adopt(mine).is_ok() && !is_over.get_untracked());
    assert!(identity::adopt(others).is_err_and(|refused| refused.is_other_person()));
    assert!(is_over.get_untracked(), "the page ends");
    assert_eq!(identity::person(), Some(mine), "and sends nothing under another name");
}
