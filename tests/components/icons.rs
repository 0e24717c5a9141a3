//! Icons: symbols of one sprite, whose address the page names.

use super::{find, place};
use causeway::components::base::icon::Icon;
use leptos::{mount::mount_to, prelude::*};
use std::collections::BTreeSet;
use wasm_bindgen_test::*;
use web_sys::Element;

const SPRITE: &str = include_str!("../../public/icons.svg");

#[wasm_bindgen_test]
fn an_icon_is_a_symbol_of_the_sprite_and_silent() {
    let place = place();
    mount_to(place.clone(), || view! { <Icon name="i-bell"/> }).forget();
    assert_eq!(find::<Element>(&place, "svg").get_attribute("aria-hidden").as_deref(), Some("true"));
    let used = find::<Element>(&place, "use").get_attribute("href");
    assert_eq!(used.as_deref(), Some("/icons.svg#i-bell"), "where no page names another address");
}

#[wasm_bindgen_test]
fn the_sprite_can_be_read_and_has_every_symbol_once() {
    let place = place();
    place.set_inner_html(SPRITE);
    let ids: Vec<String> = super::all(&place, "symbol[viewBox]").iter().map(Element::id).collect();
    assert_eq!(ids.len(), SPRITE.matches("<symbol ").count());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}
