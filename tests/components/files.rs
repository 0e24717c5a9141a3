//! Files in messages and in the tray, as people see and hear them.

use super::{all, find, has, labelled, next_event, place, text, type_into};
use causeway::components::chat::{
    attach_button::Attaching,
    attachments::Attachments,
    composer::Composer,
    tray::{TrayActions, UploadItem, UploadStep},
};
use causeway_api::{
    ChatId, FileId,
    chats::Channel,
    files::{Attachment, FileGroup, PictureSize},
    paths::Side,
    validate::MESSAGE_MAX,
};
use leptos::{html::Input, mount::mount_to, prelude::*, task::tick};
use uuid::Uuid;
use wasm_bindgen_test::*;
use web_sys::{File, HtmlElement, HtmlTextAreaElement};

fn attachment(number: u128, name: &str, group: FileGroup, picture: Option<PictureSize>) -> Attachment {
    Attachment {
        id: FileId(Uuid::from_u128(number)),
        name: name.to_owned(),
        size: 2_500_000,
        sha256: String::new(),
        group,
        media: String::new(),
        picture,
        voice: None,
    }
}

fn picture(number: u128) -> Attachment {
    let size = PictureSize { width: 600, height: 400 };
    attachment(number, &format!("Page {number}.jpg"), FileGroup::Picture, Some(size))
}

fn item(number: u128, name: &str, step: UploadStep) -> UploadItem {
    let (id, chat) = (FileId(Uuid::from_u128(number)), ChatId(Uuid::nil()));
    UploadItem { id, chat, name: name.to_owned(), size: 4_200_000, sent: 1_800_000, step, voice: None }
}

fn ready(number: u128, name: &str) -> UploadItem {
    item(number, name, UploadStep::Ready(attachment(number, name, FileGroup::Office, None)))
}

/// A composer with files in its tray.
struct Attached {
    place: HtmlElement,
    sent: RwSignal<Vec<String>>,
    removed: RwSignal<Vec<FileId>>,
    retried: RwSignal<Vec<FileId>>,
}

impl Attached {
    fn mount(items: RwSignal<Vec<UploadItem>>) -> Self {
        let (place, sent) = (place(), RwSignal::new(Vec::new()));
        let (removed, retried) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
        mount_to(place.clone(), move || {
            let actions = TrayActions {
                remove: Callback::new(move |id| removed.update(|all: &mut Vec<FileId>| all.push(id))),
                retry: Callback::new(move |id| retried.update(|all: &mut Vec<FileId>| all.push(id))),
                choose: Callback::new(|()| ()),
                file: Callback::new(|_| None::<File>),
            };
            let attaching = Attaching {
                items: items.into(),
                actions,
                on_files: Callback::new(|_| ()),
                chooser: NodeRef::<Input>::new(),
            };
            view! {
                <Composer
                    draft=String::new()
                    to="Ka Man"
                    limit=Signal::derive(|| MESSAGE_MAX)
                    channel=Channel::Causeway
                    attaching=Some(attaching)
                    on_draft=|_| ()
                    on_send=move |text: String| sent.update(|sent: &mut Vec<String>| sent.push(text))
                />
            }
        })
        .forget();
        Self { place, sent, removed, retried }
    }

    fn press(&self, label: &str) {
        labelled::<HtmlElement>(&self.place, label).click();
    }
}

#[wasm_bindgen_test]
async fn every_file_of_the_tray_says_how_far_it_is_and_has_its_own_buttons() {
    let items = RwSignal::new(vec![
        ready(1, "plan.pdf"),
        item(2, "report.pdf", UploadStep::Sending),
        item(3, "old.xlsx", UploadStep::Broken),
        item(4, "setup.exe", UploadStep::Refused("fault-file-type".to_owned())),
        item(5, "film.mov", UploadStep::Missing),
    ]);
    let tray = Attached::mount(items);
    tick().await;
    for words in [
        "4.0 MB · ready",
        "1.7 MB of 4.0 MB",
        "Upload stopped at 1.7 MB",
        "Files of this type can’t be sent here.",
        "Choose this file again to go on from 1.7 MB",
        "3 files can’t be sent.",
    ] {
        assert!(text(&tray.place).contains(words), "{words}: {}", text(&tray.place));
    }
    let bar: HtmlElement = find(&tray.place, "progress[aria-label='Upload of report.pdf']");
    assert_eq!(bar.get_attribute("value").as_deref(), Some("42"));
    tray.press("Try again: old.xlsx");
    tray.press("Cancel upload of report.pdf");
    tray.press("Remove setup.exe");
    assert_eq!(tray.retried.get_untracked(), [FileId(Uuid::from_u128(3))]);
    assert_eq!(tray.removed.get_untracked(), [2, 4].map(|id| FileId(Uuid::from_u128(id))));
    labelled::<HtmlElement>(&tray.place, "Choose film.mov again");
}

#[wasm_bindgen_test]
async fn a_message_goes_once_every_file_is_ready_and_needs_no_text_then() {
    let items = RwSignal::new(vec![ready(1, "plan.pdf"), item(2, "report.pdf", UploadStep::Sending)]);
    let tray = Attached::mount(items);
    tick().await;
    let field: HtmlTextAreaElement = labelled(&tray.place, "Message");
    type_into(&field, "As agreed");
    tray.press("Send");
    assert!(tray.sent.get_untracked().is_empty(), "one is on its way");
    assert_eq!(field.value(), "As agreed");
    assert!(text(&tray.place).contains("once the files have arrived"));
    items.update(|items| items[1] = ready(2, "report.pdf"));
    tick().await;
    assert!(!text(&tray.place).contains("once the files have arrived"));
    tray.press("Send");
    type_into(&field, "");
    tray.press("Send");
    assert_eq!(tray.sent.get_untracked(), ["As agreed", ""]);
    items.set(Vec::new());
    tick().await;
    tray.press("Send");
    assert_eq!(tray.sent.get_untracked().len(), 2, "without text and files there is nothing to send");
}

async fn shown(files: Vec<Attachment>) -> HtmlElement {
    let place = place();
    mount_to(place.clone(), move || view! { <Attachments files=files side=Side::Client /> }).forget();
    tick().await;
    place
}

#[wasm_bindgen_test]
async fn an_album_shows_four_pictures_and_how_many_more_there_are() {
    let place = shown((1..=6).map(picture).collect()).await;
    assert_eq!(all(&place, ".pic").len(), 4);
    let last: HtmlElement = labelled(&place, "Open picture: Page 4.jpg, +2 more");
    assert_eq!(last.text_content().as_deref(), Some("+2"));
    last.click();
    tick().await;
    let dialog: HtmlElement = find(&place, "dialog");
    assert_eq!(dialog.get_attribute("aria-label").as_deref(), Some("Picture 4 of 6"));
    labelled::<HtmlElement>(&dialog, "Next picture").click();
    labelled::<HtmlElement>(&dialog, "Next picture").click();
    tick().await;
    assert_eq!(dialog.get_attribute("aria-label").as_deref(), Some("Picture 6 of 6"));
    assert!(labelled::<HtmlElement>(&dialog, "Next picture").has_attribute("disabled"));
    labelled::<HtmlElement>(&dialog, "Picture 1").click();
    tick().await;
    assert_eq!(dialog.get_attribute("aria-label").as_deref(), Some("Picture 1 of 6"));
    let download = labelled::<HtmlElement>(&dialog, "Download Page 1.jpg");
    let address = Side::Client.file(FileId(Uuid::from_u128(1)));
    assert_eq!(download.get_attribute("href"), Some(address));
    let closed = next_event(&dialog, "close");
    labelled::<HtmlElement>(&dialog, "Close").click();
    closed.await;
    tick().await;
    assert!(!has(&place, "dialog"));
}

#[wasm_bindgen_test]
async fn a_picture_that_does_not_load_can_be_asked_for_again() {
    let place = shown(vec![picture(1)]).await;
    let image: HtmlElement = find(&place, "img");
    image.dispatch_event(&web_sys::Event::new("error").unwrap()).unwrap();
    tick().await;
    assert!(text(&place).contains("Couldn’t load picture"));
    find::<HtmlElement>(&place, "button").click();
    tick().await;
    assert!(find::<HtmlElement>(&place, "img").get_attribute("src").unwrap().ends_with("?try=1"));
}

#[wasm_bindgen_test]
async fn documents_have_name_size_and_download_and_sound_can_be_played() {
    let files = vec![
        attachment(1, "Fee-breakdown.xlsx", FileGroup::Office, None),
        attachment(2, "Call.mp3", FileGroup::Audio, None),
    ];
    let place = shown(files).await;
    assert!(text(&place).contains("Fee-breakdown.xlsx") && text(&place).contains("2.4 MB"));
    assert!(
        find::<HtmlElement>(&place, ".doc__type--sheet").text_content().is_some_and(|kind| kind == "XLSX")
    );
    labelled::<HtmlElement>(&place, "Download Fee-breakdown.xlsx");
    find::<HtmlElement>(&place, "audio[aria-label='Call.mp3'][controls]");
}
