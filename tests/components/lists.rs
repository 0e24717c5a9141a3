//! What lists are found and walked through with: search, filters, tabs, pages.

use super::{button, described, find, fire, has, place, text, texts, type_into};
use causeway::components::list::{
    filter::{FilterOption, FilterSelect},
    pager::Pager,
    search_field::SearchField,
    tabs::{Tab, Tabs},
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

#[wasm_bindgen_test]
async fn a_search_field_is_named_and_says_what_is_typed() {
    let (place, typed) = (place(), RwSignal::new(String::new()));
    mount_to(place.clone(), move || {
        view! { <SearchField label="Search users".to_owned() value=typed on_input=move |text| typed.set(text)/> }
    })
    .forget();
    tick().await;
    let field: HtmlInputElement = find(&place, "input[type=search][aria-label='Search users']");
    type_into(&field, "mei");
    assert_eq!(typed.get_untracked(), "mei");
}

/// A filter that was left on its second option.
async fn filter() -> (HtmlElement, RwSignal<Option<Option<u8>>>) {
    let (place, chosen) = (place(), RwSignal::new(None));
    mount_to(place.clone(), move || {
        let options = [(7, "Org admin"), (9, "Employee")];
        let options = options.map(|(value, name)| FilterOption { value, name: name.to_owned() }).to_vec();
        view! {
            <FilterSelect
                label="Role".to_owned()
                all="Every role".to_owned()
                options=options
                chosen=Some(9_u8)
                on_change=move |value| chosen.set(Some(value))
            />
        }
    })
    .forget();
    tick().await;
    (place, chosen)
}

#[wasm_bindgen_test]
async fn a_filter_begins_with_what_was_chosen_and_leads_back_to_everything() {
    let (place, chosen) = filter().await;
    let select: HtmlSelectElement = find(&place, "select[aria-label=Role]");
    assert_eq!(select.selected_index(), 2);
    select.set_selected_index(0);
    fire(&select, "change", &[]);
    assert_eq!(chosen.get_untracked(), Some(None), "everything");
}

#[wasm_bindgen_test]
async fn a_filter_says_what_was_chosen() {
    let (place, chosen) = filter().await;
    let select: HtmlSelectElement = find(&place, "select[aria-label=Role]");
    select.set_selected_index(1);
    fire(&select, "change", &[]);
    assert_eq!(chosen.get_untracked(), Some(Some(7)));
}

async fn pager(from: usize, total: usize) -> (HtmlElement, RwSignal<Vec<bool>>) {
    let (place, turned) = (place(), RwSignal::new(Vec::new()));
    mount_to(place.clone(), move || {
        view! { <Pager from=from shown=50 total=total on_turn=move |is_forward| turned.update(|all| all.push(is_forward))/> }
    })
    .forget();
    tick().await;
    (place, turned)
}

#[wasm_bindgen_test]
async fn a_list_on_one_page_has_no_pager() {
    let (place, _) = pager(0, 50).await;
    assert!(place.query_selector("button").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn the_first_page_leads_on_only() {
    let (place, turned) = pager(0, 120).await;
    assert!(button(&place, "Previous").disabled());
    button(&place, "Next").click();
    assert_eq!(turned.get_untracked(), [true]);
    let status: Element = find(&place, "[role=status]");
    assert_eq!(status.text_content().unwrap().replace(['\u{2068}', '\u{2069}'], ""), "1 to 50 of 120");
}

#[wasm_bindgen_test]
async fn the_last_page_leads_back_only() {
    let (place, turned) = pager(100, 120).await;
    assert!(button(&place, "Next").disabled());
    button(&place, "Previous").click();
    assert_eq!(turned.get_untracked(), [false]);
    let status: Element = find(&place, "[role=status]");
    assert_eq!(status.text_content().unwrap().replace(['\u{2068}', '\u{2069}'], ""), "101 to 120 of 120");
}

/// Three tabs with so many entries each; the first is shown.
async fn tabs(entries: [usize; 3]) -> (HtmlElement, RwSignal<usize>) {
    let (place, selected) = (place(), RwSignal::new(0));
    mount_to(place.clone(), move || {
        let tabs = ["One", "Two", "Three"].into_iter().enumerate();
        let tabs = tabs.map(|(value, key)| Tab { value, key, label: key.to_owned() }).collect();
        view! {
            <Tabs
                tabs=tabs
                label="Parts".to_owned()
                panel="panel"
                selected=selected
                count=move |value: usize| Some(entries[value])
                hides_empty=true
                on_select=move |value| selected.set(value)
            />
        }
    })
    .forget();
    tick().await;
    (place, selected)
}

async fn press(place: &Element, key: &str) {
    let shown: Element = find(place, "[role=tab][aria-selected=true]");
    fire(&shown, "keydown", &[("key", key.into())]);
    tick().await;
}

#[wasm_bindgen_test]
async fn one_tab_is_shown_and_reached_by_the_keyboard() {
    let (place, selected) = tabs([1, 1, 1]).await;
    let reached = place.query_selector_all("[role=tab][tabindex='0']").unwrap();
    assert_eq!(reached.length(), 1);
    let second: HtmlElement = find(&place, "#panel-Two");
    assert_eq!(second.get_attribute("aria-controls").as_deref(), Some("panel"));
    second.click();
    tick().await;
    assert_eq!(selected.get_untracked(), 1);
    assert_eq!(second.get_attribute("aria-selected").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn arrow_keys_go_round_and_take_the_focus_along() {
    let (place, selected) = tabs([1, 1, 1]).await;
    press(&place, "ArrowLeft").await;
    assert_eq!(selected.get_untracked(), 2);
    assert_eq!(document().active_element().map(|it| it.id()).as_deref(), Some("panel-Three"));
    press(&place, "ArrowRight").await;
    assert_eq!(selected.get_untracked(), 0);
    press(&place, "End").await;
    assert_eq!(selected.get_untracked(), 2);
    press(&place, "Home").await;
    assert_eq!(selected.get_untracked(), 0);
    press(&place, "a").await;
    assert_eq!(selected.get_untracked(), 0, "a letter chooses nothing");
}

#[wasm_bindgen_test]
async fn a_tab_without_an_entry_is_passed_over() {
    let (place, selected) = tabs([1, 0, 4]).await;
    assert!(place.query_selector("#panel-Two:disabled").unwrap().is_some());
    press(&place, "ArrowRight").await;
    assert_eq!(selected.get_untracked(), 2);
    let described = find::<Element>(&place, "#panel-Three").get_attribute("aria-describedby").unwrap();
    assert_eq!(find::<Element>(&place, &format!("#{described}")).text_content().as_deref(), Some("4"));
}

#[wasm_bindgen_test]
async fn what_is_searched_for_follows_what_the_page_knows() {
    let (place, wanted) = (place(), RwSignal::new("mei".to_owned()));
    mount_to(place.clone(), move || {
        view! { <SearchField label="Search users".to_owned() placeholder="Name or email".to_owned() value=wanted on_input=|_| ()/> }
    })
    .forget();
    tick().await;
    let field: HtmlInputElement = find(&place, "input[type=search]");
    assert_eq!((field.value().as_str(), field.placeholder().as_str()), ("mei", "Name or email"));
    wanted.set(String::new());
    tick().await;
    assert_eq!(field.value(), "", "another list begins without it");
}

#[wasm_bindgen_test]
async fn a_filter_keeps_its_choice_when_its_options_come_later() {
    let (place, options, chosen) = (place(), RwSignal::new(Vec::new()), RwSignal::new(None));
    mount_to(place.clone(), move || {
        view! {
            <FilterSelect
                label="Actor".to_owned()
                all="Everybody".to_owned()
                options=options
                chosen=Some("mei")
                on_change=move |value| chosen.set(Some(value))
            />
        }
    })
    .forget();
    tick().await;
    let select: HtmlSelectElement = find(&place, "select[aria-label=Actor]");
    assert_eq!(texts(&place, "option"), ["Everybody"]);
    let come = [("ana", "Ana Lee"), ("mei", "Mei Chen")];
    options.set(come.map(|(value, name)| FilterOption { value, name: name.to_owned() }).to_vec());
    tick().await;
    assert_eq!(texts(&place, "option:checked"), ["Mei Chen"]);
    select.set_selected_index(1);
    fire(&select, "change", &[]);
    assert_eq!(chosen.get_untracked(), Some(Some("ana")));
}

#[wasm_bindgen_test]
async fn a_page_in_the_middle_leads_both_ways() {
    let (place, turned) = pager(50, 120).await;
    button(&place, "Previous").click();
    button(&place, "Next").click();
    assert_eq!(turned.get_untracked(), [false, true]);
    assert_eq!(text(&find(&place, "nav[aria-label=Pages] [role=status]")), "51 to 100 of 120");
}

#[wasm_bindgen_test]
async fn a_list_that_has_shrunk_below_its_page_leads_back() {
    let (place, turned) = pager(100, 90).await;
    assert!(button(&place, "Next").disabled());
    button(&place, "Previous").click();
    assert_eq!(turned.get_untracked(), [false]);
    assert_eq!(text(&find(&place, "[role=status]")), "90 to 90 of 90", "no place beyond the end is named");
}

#[wasm_bindgen_test]
async fn tabs_without_counts_are_all_open_and_say_no_number() {
    let (place, selected) = (place(), RwSignal::new(2));
    mount_to(place.clone(), move || {
        let tabs = [Tab { value: 1, key: "a", label: "Info".to_owned() }, Tab { value: 2, key: "b", label: "Notes".to_owned() }];
        view! { <Tabs tabs=tabs.to_vec() label="Contact".to_owned() panel="contact" selected=selected on_select=move |value| selected.set(value)/> }
    })
    .forget();
    tick().await;
    assert_eq!(texts(&place, "[role=tablist][aria-label=Contact] [role=tab]"), ["Info", "Notes"]);
    assert_eq!(texts(&place, "[aria-selected=true]"), ["Notes"]);
    assert!(!has(&place, ":disabled") && described(&place, &find(&place, "#contact-a")).is_empty());
    press(&place, "ArrowRight").await;
    assert_eq!(selected.get_untracked(), 1, "from the last to the first");
}

#[wasm_bindgen_test]
async fn the_key_that_leads_to_a_tab_does_nothing_else() {
    let (place, _) = tabs([1, 1, 1]).await;
    let shown: Element = find(&place, "[role=tab][aria-selected=true]");
    assert!(!super::press(&shown, "End"), "the page does not scroll");
    assert!(super::press(&shown, "Tab"), "and the way out stays open");
}
