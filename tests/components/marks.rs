//! Small marks: who someone is, how far a message or a journey has come, what waits.

use super::{all, find, has, place, text, texts};
use causeway::components::{
    base::{
        avatar::Avatar,
        channel::ChannelGlyph,
        highlight::Highlight,
        icon::Icon,
        initials::initials,
        meter::Meter,
        rail::{RailItem, shown_count},
        stepper::Stepper,
    },
    chat::tick::{Tick, TickState},
};
use causeway_api::{chats::Channel, people::PersonKind};
use leptos::{mount::mount_to, prelude::*, task::tick};
use leptos_router::components::Router;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen_test]
fn initials_are_characters_as_people_see_them() {
    for (name, shown) in [
        ("E\u{301}mile Zola", "E\u{301}Z"),
        ("👩‍👩‍👧‍👦 Family", "👩‍👩‍👧‍👦"),
        ("🇯🇵 Japan Desk", "🇯🇵"),
        ("क्षितिज", "क्षि"),
        ("Priya Nair", "PN"),
        ("Wong Ka Man 黃嘉敏", "黃"),
    ] {
        assert_eq!(initials(name), shown, "{name}");
    }
}

#[wasm_bindgen_test]
async fn the_ring_of_an_avatar_is_not_all_that_tells_a_client() {
    let place = place();
    mount_to(place.clone(), || {
        view! {
            <Avatar name="Priya Nair" kind=PersonKind::Colleague spoken="who-colleague"/>
            <Avatar name="Ana Lee" kind=PersonKind::Client spoken="who-client"/>
            <Avatar name="Ana Lee" kind=PersonKind::Client/>
        }
    })
    .forget();
    assert_eq!(
        texts(&place, ".visually-hidden"),
        ["Colleague:", "Client:"],
        "where it is said elsewhere, not twice"
    );
    assert_eq!(texts(&place, ".avatar__face[aria-hidden=true]"), ["PN", "AL", "AL"]);
    let badges: Vec<_> =
        all(&place, ".avatar__badge use").iter().map(|it| it.get_attribute("href").unwrap()).collect();
    assert_ne!(badges[0], badges[1], "the badge is another one, too");
    assert_eq!(badges[1], badges[2]);
}

#[wasm_bindgen_test]
async fn what_only_adorns_is_not_read_out() {
    let place = place();
    mount_to(place.clone(), || view! { <Icon name="i-send"/><ChannelGlyph channel=Channel::Line/> }).forget();
    for what in ["svg.icon", ".channel"] {
        let drawn: Element = find(&place, what);
        assert_eq!(drawn.get_attribute("aria-hidden").as_deref(), Some("true"), "{what}");
        assert!(!drawn.has_attribute("aria-label"), "{what}");
    }
}

#[wasm_bindgen_test]
async fn a_meter_draws_what_is_used_and_what_is_held_side_by_side() {
    let place = place();
    mount_to(place.clone(), || {
        view! {
            <Meter label="A" text="" used=3 held=2 limit=10/>
            <Meter label="B" text="" used=-4 held=0 limit=10/>
        }
    })
    .forget();
    let widths = |of: &str| -> Vec<String> {
        let bars = all(&place, &format!("[aria-label={of}] span")).into_iter();
        bars.map(|bar| {
            let bar: HtmlElement = wasm_bindgen::JsCast::unchecked_into(bar);
            bar.style().get_property_value("inline-size").unwrap()
        })
        .collect()
    };
    assert_eq!(widths("A"), ["30%", "20%"]);
    assert_eq!(widths("B"), ["0%"], "less than nothing is nothing, and nothing is held");
}

/// The steps of a journey of three.
async fn steps(current: usize) -> (HtmlElement, RwSignal<usize>) {
    let (place, current) = (place(), RwSignal::new(current));
    mount_to(place.clone(), move || {
        view! { <Stepper steps=["You", "Code", "Done"].map(str::to_owned).to_vec() current=current/> }
    })
    .forget();
    tick().await;
    (place, current)
}

#[wasm_bindgen_test]
async fn steps_that_are_done_say_so_and_one_is_current() {
    let (place, current) = steps(0).await;
    assert_eq!(texts(&place, "ol[aria-label=Progress] > li"), ["You", "Code", "Done"]);
    current.set(1);
    tick().await;
    assert_eq!(texts(&place, "li"), ["You (done)", "Code", "Done"]);
    assert_eq!(texts(&place, "[aria-current=step]"), ["Code"]);
}

#[wasm_bindgen_test]
async fn going_back_undoes_a_step() {
    let (place, current) = steps(2).await;
    assert_eq!(texts(&place, "li"), ["You (done)", "Code (done)", "Done"]);
    current.set(0);
    tick().await;
    assert_eq!(texts(&place, "li"), ["You", "Code", "Done"]);
    assert_eq!(texts(&place, "[aria-current=step]"), ["You"]);
}

#[wasm_bindgen_test]
async fn at_the_end_every_step_is_done_and_none_is_current() {
    let (place, _) = steps(3).await;
    assert_eq!(texts(&place, "li"), ["You (done)", "Code (done)", "Done (done)"]);
    assert!(!has(&place, "[aria-current]"));
}

#[wasm_bindgen_test]
async fn every_state_of_a_message_has_its_own_word_and_shape() {
    let (place, state) = (place(), RwSignal::new(TickState::Sending));
    mount_to(place.clone(), move || view! { <Tick state=state/> }).forget();
    let mut shapes = Vec::new();
    for (next, word) in [
        (TickState::Sending, "Sending"),
        (TickState::Sent, "Sent"),
        (TickState::Delivered, "Delivered"),
        (TickState::Read, "Read"),
    ] {
        state.set(next);
        tick().await;
        find::<Element>(&place, &format!("[role=img][aria-label={word}]"));
        shapes.push(find::<Element>(&place, "use").get_attribute("href").unwrap());
    }
    shapes.dedup();
    assert_eq!(shapes.len(), 4, "{shapes:?}");
}

/// A section of the portal, and how many things wait there.
async fn rail(href: &str, first: i64) -> (HtmlElement, RwSignal<i64>) {
    let (place, count, href) = (place(), RwSignal::new(first), href.to_owned());
    mount_to(place.clone(), move || {
        view! { <Router><ul><RailItem href=href icon="i-chat" label="Chats" count_id="chats-count" count=count/></ul></Router> }
    })
    .forget();
    tick().await;
    (place, count)
}

#[wasm_bindgen_test]
async fn what_waits_in_a_section_is_counted_and_read_with_its_link() {
    let (place, count) = rail("/chats", 0).await;
    let link: Element = find(&place, "a[href='/chats']");
    assert_eq!((text(&link).as_str(), super::described(&place, &link).as_str()), ("Chats", ""));
    count.set(3);
    tick().await;
    assert_eq!(super::described(&place, &link), "3 unread");
    count.set(0);
    tick().await;
    assert!(!has(&place, "#chats-count") && !link.has_attribute("aria-describedby"));
}

#[wasm_bindgen_test]
async fn a_counter_never_grows_wider_than_two_digits_and_a_sign() {
    for (count, shown) in [(1, "1"), (99, "99"), (100, "99+"), (12_345, "99+")] {
        assert_eq!(shown_count(count), shown);
    }
    let (place, _) = rail("/chats", 100).await;
    assert!(text(&find(&place, "#chats-count")).starts_with("99+"));
}

#[wasm_bindgen_test]
async fn the_section_one_is_in_is_marked_for_those_who_listen() {
    let (place, _) = rail(&window().location().pathname().unwrap(), 0).await;
    assert_eq!(find::<Element>(&place, "a").get_attribute("aria-current").as_deref(), Some("page"));
    let (place, _) = rail("/somewhere-else", 0).await;
    assert!(!has(&place, "a[aria-current=page]"));
}

/// What is marked in a text.
fn marked(shown: &'static str, wanted: &'static str) -> Vec<String> {
    let place = place();
    mount_to(place.clone(), move || view! { <Highlight text=shown wanted=wanted/> }).forget();
    assert_eq!(text(&place), shown, "nothing is lost or doubled");
    all(&place, "mark").iter().map(text).collect()
}

#[wasm_bindgen_test]
fn signs_in_what_is_searched_for_are_signs_only() {
    assert_eq!(marked("a+b (a.b) a*b", "a.b"), ["a.b"]);
    assert_eq!(marked("100 % <mark>", "<mark>"), ["<mark>"]);
}

#[wasm_bindgen_test]
fn spaces_around_what_is_searched_for_do_not_count_and_hits_do_not_overlap() {
    assert_eq!(marked("Ka Man Wong", "  ka man "), ["Ka Man"]);
    assert_eq!(marked("aaaa a", "aa"), ["aa", "aa"]);
    assert_eq!(marked("Wong", "Wong Ka"), Vec::<String>::new());
}

#[wasm_bindgen_test]
fn letters_of_every_script_are_marked_in_any_case() {
    assert_eq!(marked("Ørsted и Ørsted", "ørsted"), ["Ørsted", "Ørsted"]);
    assert_eq!(marked("客戶開通流程", "開通"), ["開通"]);
    // This letter has two where it is small.
    assert_eq!(marked("İzmir branch", "İzmir"), ["İzmir"]);
}
