//! Messages: what is a link in them, and what of a message is shown to whom.

use super::{all, find, has, has_focus, place, press, text, texts};
use causeway::{
    components::chat::{
        host,
        linked_text::LinkedText,
        quote::{Quote, Quoted},
    },
    i18n,
    pages::chats::message::{bubble_menu::Actions, change_message::Change, row::MessageRow},
    state::{
        timeline::{Place, Stop},
        toasts::Toasts,
    },
};
use causeway_api::{
    ChatId, MessageId, PersonId,
    chats::{Channel, Message, MessageContent, React, Reaction},
    people::{Person, PersonKind, Role},
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use uuid::Uuid;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlElement};

#[wasm_bindgen_test]
async fn text_is_text_and_only_safe_addresses_are_links() {
    let place = place();
    let text = "<img src=x onerror=alert(1)> https://a.example/b. javascript:alert(2)";
    mount_to(place.clone(), move || view! { <p><LinkedText text=text/></p> }).forget();
    assert_eq!(place.text_content().unwrap(), text);
    assert!(place.query_selector("img, script").unwrap().is_none());
    let links = place.query_selector_all("a").unwrap();
    assert_eq!(links.length(), 1);
    let link: Element = links.get(0).unwrap().unchecked_into();
    assert_eq!(link.get_attribute("href").as_deref(), Some("https://a.example/b"));
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
}

#[wasm_bindgen_test]
async fn a_host_that_mixes_scripts_is_shown_as_the_browser_asks_for_it() {
    let place = place();
    let text = "https://аpple.example/x https://bücher.example/ü https://例え.example www.пример.example a@аpple.example";
    mount_to(place.clone(), move || view! { <p><LinkedText text=text/></p> }).forget();
    let links = place.query_selector_all("a").unwrap();
    let shown: Vec<String> =
        (0..links.length()).map(|at| links.get(at).unwrap().text_content().unwrap()).collect();
    assert_eq!(
        shown,
        [
            "https://xn--pple-43d.example/x",
            "https://bücher.example/ü",
            "https://例え.example",
            "www.xn--e1afmkfd.example",
            "a@xn--pple-43d.example",
        ]
    );
}

/// The links of a text: what is shown, and where they lead.
fn links(written: &'static str) -> Vec<(String, String)> {
    let place = place();
    mount_to(place.clone(), move || view! { <p><LinkedText text=written/></p> }).forget();
    assert_eq!(text(&place), written, "not a character is lost");
    all(&place, "a").iter().map(|link| (text(link), link.get_attribute("href").unwrap())).collect()
}

fn link(shown: &str, target: &str) -> (String, String) {
    (shown.to_owned(), target.to_owned())
}

#[wasm_bindgen_test]
fn an_address_without_its_beginning_leads_to_a_safe_page() {
    assert_eq!(links("See www.a.example/x, please"), [link("www.a.example/x", "https://www.a.example/x")]);
}

#[wasm_bindgen_test]
fn a_mail_address_opens_a_mail() {
    assert_eq!(links("寄到ana@a.example謝謝"), [link("ana@a.example", "mailto:ana@a.example")]);
}

#[wasm_bindgen_test]
fn lines_and_marks_stand_as_written_around_several_links() {
    let found = links("1.\thttps://a.example/b_(c)\n\n2. (https://d.example)!");
    let expected = ["https://a.example/b_(c)", "https://d.example"];
    assert_eq!(found, expected.map(|address| link(address, address)));
}

#[wasm_bindgen_test]
fn an_address_that_names_a_user_is_no_link() {
    assert!(links("https://bank.example@evil.example/login and ftp://a.example").is_empty());
}

#[wasm_bindgen_test]
fn only_the_host_of_a_lookalike_is_written_anew() {
    for (address, shown) in [
        ("https://аpple.example:8443/Ж?q=Ж", "https://xn--pple-43d.example:8443/Ж?q=Ж"),
        ("https://παράδειγμα.δοκιμή/", "https://παράδειγμα.δοκιμή/"),
        ("https://a.example/аpple", "https://a.example/аpple"),
        ("https://한글kana.example", "https://한글kana.example"),
    ] {
        assert_eq!(host::shown(address, address), shown);
    }
}

/// A message of a minute ago.
fn message() -> Message {
    Message {
        id: MessageId(Uuid::from_u128(1)),
        chat: ChatId(Uuid::from_u128(2)),
        ordinal: 7,
        sender: PersonId(Uuid::from_u128(3)),
        text: "The transfer is done.".to_owned(),
        channel: Channel::Whatsapp,
        sent_at: js_sys::Date::now() as i64 - 60_000,
        content: MessageContent::Text,
        reply_to: None,
        forwarded_from: None,
        mentions: Vec::new(),
        reactions: Vec::new(),
        edited_at: None,
        deleted_at: None,
    }
}

fn priya() -> Person {
    Person {
        id: PersonId(Uuid::from_u128(3)),
        kind: PersonKind::Colleague,
        name: "Priya Nair".to_owned(),
        role: Some(Role::AccountManager),
        company_role: String::new(),
        about: String::new(),
        name_lang: None,
        is_inactive: false,
    }
}

/// The first and last message of a run.
const ALONE: Place = Place {
    ordinal: 7,
    starts_day: false,
    starts_unread: false,
    starts_group: true,
    ends_group: true,
    starts_channel: None,
    changed_at: None,
    lines_above: Vec::new(),
    lines_below: Vec::new(),
};

/// How long a message can be changed.
const WINDOW: i64 = 15 * 60_000;

/// A row with a message.
struct Row {
    place: HtmlElement,
    /// Delivered and read up to here.
    marks: RwSignal<(i64, i64)>,
    to_change: RwSignal<Option<Change>>,
    to_reply: RwSignal<Option<Message>>,
    reacted: RwSignal<Option<(Message, React)>>,
    reactions: RwSignal<Vec<Reaction>>,
}

impl Row {
    async fn mount(message: Message, place_of_it: Place, is_own: bool, sender: Option<Person>) -> Self {
        let (place, marks, to_change) = (place(), RwSignal::new((0, 0)), RwSignal::new(None));
        let (to_reply, reacted) = (RwSignal::new(None), RwSignal::new(None));
        let reactions = RwSignal::new(Vec::new());
        let company = if sender.is_some() { "Lantern Bay" } else { "" };
        mount_to(place.clone(), move || {
            provide_context(Toasts::default());
            let actions = Actions {
                change_window: WINDOW,
                on_change: Callback::new(move |change| to_change.set(Some(change))),
                on_reply: Some(Callback::new(move |message| to_reply.set(Some(message)))),
                on_react: Some(Callback::new(move |asked| reacted.set(Some(asked)))),
                on_forward: Some(Callback::new(|_| ())),
                on_pin: None,
                on_look: None,
            };
            view! {
                <MessageRow
                    message=message
                    place=place_of_it
                    sender=sender
                    company=company
                    is_own=is_own
                    marks=Memo::new(move |_| marks.get())
                    actions=actions
                    reactions=reactions
                />
            }
        })
        .forget();
        tick().await;
        Self { place, marks, to_change, to_reply, reacted, reactions }
    }

    /// Opens the menu. Returns its button.
    async fn open_menu(&self, message: &Message) -> HtmlElement {
        let label = format!("More actions for the message of {}", i18n::clock_time(message.sent_at));
        let button: HtmlElement = find(&self.place, &format!("button[aria-label='{label}']"));
        button.click();
        tick().await;
        button
    }

    /// What the menu of a message offers.
    async fn offered(&self, message: &Message) -> Vec<String> {
        self.open_menu(message).await;
        texts(&self.place, "[role=menuitem]")
    }

    /// The name of the message for those who listen.
    fn name(&self) -> String {
        find::<Element>(&self.place, "article").get_attribute("aria-label").unwrap()
    }
}

#[wasm_bindgen_test]
async fn a_message_of_another_has_an_author_and_no_tick() {
    let sent = message();
    let row = Row::mount(sent.clone(), ALONE, false, Some(priya())).await;
    assert_eq!(row.name(), format!("Priya Nair, WhatsApp, {}", i18n::clock_time(sent.sent_at)));
    assert_eq!(texts(&row.place, ".group__author"), ["Priya Nair · Lantern Bay"]);
    assert!(!has(&row.place, ".tick"));
    assert_eq!(row.offered(&sent).await, ["Reply", "Copy text", "Forward"], "it cannot be changed");
}

#[wasm_bindgen_test]
async fn in_a_run_the_author_is_named_once() {
    let later = Place { starts_group: false, ..ALONE };
    let row = Row::mount(message(), later, false, Some(priya())).await;
    assert!(!has(&row.place, ".group__author"));
    assert!(row.name().starts_with("Priya Nair,"), "but with every message for those who listen");
}

#[wasm_bindgen_test]
async fn whoever_has_left_is_still_somebody() {
    let row = Row::mount(message(), ALONE, false, None).await;
    assert_eq!(texts(&row.place, ".group__author"), ["Former participant"]);
}

#[wasm_bindgen_test]
async fn the_tick_of_an_own_message_follows_the_others() {
    let row = Row::mount(message(), ALONE, true, Some(priya())).await;
    assert!(row.name().starts_with("You,") && !has(&row.place, ".group__author"));
    for (marks, word) in [((6, 6), "Sent"), ((7, 6), "Delivered"), ((9, 7), "Read")] {
        row.marks.set(marks);
        tick().await;
        let tick: Element = find(&row.place, ".tick");
        assert_eq!(tick.get_attribute("aria-label").as_deref(), Some(word), "{marks:?}");
    }
}

#[wasm_bindgen_test]
async fn an_own_message_can_be_changed_for_a_quarter_of_an_hour() {
    let fresh = message();
    let row = Row::mount(fresh.clone(), ALONE, true, Some(priya())).await;
    for (act, change) in [("Edit", Change::Edit(fresh.clone())), ("Delete", Change::Delete(fresh.clone()))] {
        row.open_menu(&fresh).await;
        let item = all(&row.place, "[role=menuitem]").into_iter().find(|item| text(item) == act).unwrap();
        item.unchecked_into::<HtmlElement>().click();
        tick().await;
        assert_eq!(row.to_change.get_untracked(), Some(change));
        assert!(!has(&row.place, "[role=menu]"), "the menu is closed again");
    }
    let old = Message { sent_at: js_sys::Date::now() as i64 - WINDOW, ..fresh };
    let row = Row::mount(old.clone(), ALONE, true, Some(priya())).await;
    assert_eq!(row.offered(&old).await, ["Reply", "Copy text", "Forward"]);
}

#[wasm_bindgen_test]
async fn emoji_are_left_from_the_menu_and_shown_with_how_many_left_them() {
    let sent = message();
    let row = Row::mount(sent.clone(), ALONE, false, Some(priya())).await;
    row.open_menu(&sent).await;
    let thumb: HtmlElement = find(&row.place, "[aria-label='React with Thumbs up']");
    assert_eq!(thumb.get_attribute("aria-checked").as_deref(), Some("false"));
    thumb.click();
    tick().await;
    let asked = |is_on| React { emoji: "👍".to_owned(), is_on };
    let (message, reaction) = row.reacted.get_untracked().unwrap();
    assert_eq!((message, reaction.is_on), (sent, asked(true).is_on));
    // The one who looks is the nil person here.
    let of = |people: &[u128]| people.iter().map(|id| PersonId(Uuid::from_u128(*id))).collect();
    row.reactions.set(vec![
        Reaction { emoji: "👍".to_owned(), people: of(&[3, 0]) },
        Reaction { emoji: "🍀".to_owned(), people: of(&[3]) },
    ]);
    tick().await;
    let own: HtmlElement = find(&row.place, "[aria-label='Thumbs up, 2 people, you too']");
    assert_eq!(own.get_attribute("aria-pressed").as_deref(), Some("true"));
    own.click();
    assert!(!row.reacted.get_untracked().unwrap().1.is_on, "a press on one's own takes it away");
    find::<HtmlElement>(&row.place, "[aria-label='🍀, 1 person']").click();
    assert_eq!(row.reacted.get_untracked().unwrap().1.emoji, "🍀");
}

#[wasm_bindgen_test]
async fn any_message_can_be_replied_to() {
    let sent = message();
    let row = Row::mount(sent.clone(), ALONE, false, Some(priya())).await;
    row.open_menu(&sent).await;
    let item = all(&row.place, "[role=menuitem]").into_iter().find(|item| text(item) == "Reply").unwrap();
    item.unchecked_into::<HtmlElement>().click();
    tick().await;
    assert_eq!(row.to_reply.get_untracked(), Some(sent));
}

#[wasm_bindgen_test]
async fn what_is_replied_to_stands_above_the_text_and_leads_there() {
    let (place, pressed) = (place(), RwSignal::new(0));
    let quoted = Some(Quoted { name: "Ka Man".to_owned(), text: "The lease?".to_owned() });
    mount_to(place.clone(), move || {
        view! {
            <Quote quoted=quoted on_press=move |()| pressed.update(|times| *times += 1) />
            <Quote quoted=None on_press=|()| () />
        }
    })
    .forget();
    tick().await;
    let button: HtmlElement = find(&place, "button.quote");
    assert_eq!(button.get_attribute("aria-label").as_deref(), Some("Replied to Ka Man: The lease?"));
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
    assert_eq!(texts(&place, ".quote--gone"), ["The message it replies to isn’t shown"]);
}

#[wasm_bindgen_test]
async fn the_menu_of_a_message_is_used_by_keys() {
    let fresh = message();
    let row = Row::mount(fresh.clone(), ALONE, true, Some(priya())).await;
    let button = row.open_menu(&fresh).await;
    let items: Vec<HtmlElement> =
        all(&row.place, "[role^=menuitem]").into_iter().map(wasm_bindgen::JsCast::unchecked_into).collect();
    assert!(has_focus(&items[6]), "it begins with its first act, behind the emoji");
    for (key, at) in [("ArrowDown", 7), ("ArrowUp", 6), ("ArrowUp", 5), ("ArrowDown", 6), ("ArrowDown", 7)] {
        press(&document().active_element().unwrap(), key);
        assert!(has_focus(&items[at]), "{key}");
    }
    press(&items[7], "Escape");
    tick().await;
    assert!(!has(&row.place, "[role=menu]") && has_focus(&button));
    assert_eq!(row.to_change.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn where_a_run_on_a_channel_starts_its_badge_and_name_are_shown() {
    let moved = Place { starts_channel: Some(Stop::Moved), ..ALONE };
    let sent = message();
    let row = Row::mount(sent.clone(), moved, false, Some(priya())).await;
    let words = format!("Priya Nair continued here at {}", i18n::clock_time(sent.sent_at));
    assert_eq!(texts(&row.place, ".run__stop"), [format!("WhatsApp· {words}")]);
    assert!(has(&row.place, ".run__stop .channel[data-channel=whatsapp]"));
    let row = Row::mount(sent, ALONE, false, Some(priya())).await;
    assert!(!has(&row.place, ".run__stop"));
    assert!(has(&row.place, "footer [role=img][aria-label=WhatsApp]"), "each message has the glyph");
}

#[wasm_bindgen_test]
async fn of_a_deleted_message_not_a_word_is_left() {
    let deleted = Message { deleted_at: Some(1), edited_at: Some(1), ..message() };
    let row = Row::mount(deleted, ALONE, true, Some(priya())).await;
    let shown = text(&row.place);
    assert!(shown.contains("This message was deleted") && !shown.contains("transfer"), "{shown}");
    assert!(!shown.contains("edited") && !has(&row.place, "button"));
}

#[wasm_bindgen_test]
async fn a_changed_message_says_that_it_was_changed() {
    let row = Row::mount(Message { edited_at: Some(1), ..message() }, ALONE, false, Some(priya())).await;
    assert!(text(&find(&row.place, "footer")).starts_with("edited"));
    let row = Row::mount(message(), ALONE, false, Some(priya())).await;
    assert!(!text(&row.place).contains("edited"));
}

#[wasm_bindgen_test]
async fn the_day_and_the_new_messages_begin_with_a_line() {
    let first = Place { starts_day: true, starts_unread: true, ..ALONE };
    let row =
        Row::mount(Message { sent_at: js_sys::Date::now() as i64, ..message() }, first, false, Some(priya()))
            .await;
    assert_eq!(texts(&row.place, "p.day"), ["Today", "New messages"]);
    let row = Row::mount(message(), ALONE, false, Some(priya())).await;
    assert!(!has(&row.place, "p.day"));
}

#[wasm_bindgen_test]
async fn what_is_written_in_a_message_is_text() {
    let row =
        Row::mount(Message { text: "<b>x</b> https://a.example".into(), ..message() }, ALONE, false, None)
            .await;
    assert_eq!(text(&find(&row.place, ".bubble__text")), "<b>x</b> https://a.example");
    assert!(has(&row.place, "a[href='https://a.example']"));
}
