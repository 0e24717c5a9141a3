//! Fields and what is said below them.

use super::{button, described, find, labelled, place};
use causeway::components::form::field::TextField;
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{HtmlElement, HtmlInputElement};

/// The styles that decide how high a field is.
const STYLES: [&str; 5] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/components/field.css"),
    include_str!("../../style/components/icon.css"),
    include_str!("../../style/pages/public.css"),
];

const HINT: &str = "As it stands on your card.";

/// A field with or without a hint above a button, with its styles; what is wrong is set from outside.
fn above_a_button(hint: Option<&'static str>) -> (HtmlElement, RwSignal<Option<String>>) {
    let (place, error) = (place(), RwSignal::new(None));
    mount_to(place.clone(), move || {
        view! {
            <style>{STYLES.concat()}</style>
            <div class="auth__form">
                <TextField
                    id="name"
                    label="Name"
                    value=RwSignal::new(String::new())
                    error=error
                    hint=hint.map(str::to_owned)
                />
                <button>"Continue"</button>
            </div>
        }
    })
    .forget();
    (place, error)
}

#[wasm_bindgen_test]
async fn an_error_takes_the_line_that_is_kept_below_its_field_and_moves_nothing() {
    for hint in [None, Some(HINT)] {
        let (place, error) = above_a_button(hint);
        let below = |place: &HtmlElement| button(place, "Continue").get_bounding_client_rect().top();
        let before = below(&place);
        error.set(Some("Fill this in.".to_owned()));
        tick().await;
        let shown = find::<HtmlElement>(&place, "#name-error").get_bounding_client_rect();
        assert!(shown.height() > 0.0 && shown.bottom() <= before + 0.5, "the error stands above the button");
        assert!((below(&place) - before).abs() < 0.5, "the button has moved; hint: {hint:?}");
        assert_eq!(described(&place, &labelled::<HtmlInputElement>(&place, "Name")), "Fill this in.");
        error.set(None);
        tick().await;
        assert!((below(&place) - before).abs() < 0.5, "the button has moved back; hint: {hint:?}");
        assert_eq!(
            described(&place, &labelled::<HtmlInputElement>(&place, "Name")),
            hint.unwrap_or_default()
        );
    }
}
