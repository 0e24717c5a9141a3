//! Dialogs: opened, answered, left.

use super::{all, button, find, fire, has, has_focus, labelled, next_event, place, text};
use causeway::components::form::{
    dialog::Dialog,
    dialog_form::{Act, ConfirmDialog, DialogForm},
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen_test::*;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

#[wasm_bindgen_test]
async fn a_dialog_is_modal_named_by_its_title_and_submits_by_its_form() {
    let (place, submitted, closed) = (place(), RwSignal::new(0), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <DialogForm
                title="Create user"
                verb="Create"
                is_busy=Signal::derive(|| false)
                on_submit=move |()| submitted.update(|count| *count += 1)
                on_close=move |()| closed.update(|count| *count += 1)
            >
                <input name="inside"/>
            </DialogForm>
        }
    })
    .forget();
    tick().await;
    let dialog: HtmlDialogElement = find(&place, "dialog");
    assert!(dialog.open());
    let title = dialog.get_attribute("aria-labelledby").unwrap();
    assert_eq!(find::<Element>(&place, &format!("#{title}")).text_content().unwrap(), "Create user");
    button(&place, "Create").click();
    assert_eq!((submitted.get_untracked(), closed.get_untracked()), (1, 0));
    button(&place, "Cancel").click();
    find::<HtmlElement>(&place, "button[aria-label=Close]").click();
    assert_eq!((submitted.get_untracked(), closed.get_untracked()), (1, 2));
    dialog.close();
}

#[wasm_bindgen_test]
async fn a_busy_dialog_says_so_at_its_button() {
    let (place, is_busy) = (place(), RwSignal::new(false));
    mount_to(place.clone(), move || {
        view! { <DialogForm title="Edit" verb="Save" is_busy=is_busy on_submit=|()| () on_close=|()| ()>"text"</DialogForm> }
    })
    .forget();
    tick().await;
    let save = button(&place, "Save");
    assert_eq!(save.get_attribute("aria-busy"), None);
    is_busy.set(true);
    tick().await;
    assert_eq!(save.get_attribute("aria-busy").as_deref(), Some("true"));
    find::<HtmlDialogElement>(&place, "dialog").close();
}

#[wasm_bindgen_test]
async fn an_act_that_takes_something_away_is_confirmed_by_its_verb() {
    let (place, done) = (place(), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <ConfirmDialog
                title="Archive client"
                verb="Archive"
                act=Act::Dangerous
                on_confirm=move |()| done.update(|count| *count += 1)
                on_close=|()| ()
            >
                "What will happen."
            </ConfirmDialog>
        }
    })
    .forget();
    tick().await;
    assert!(has_focus(&button(&place, "Cancel")), "nothing is lost by a stray Enter");
    let archive = button(&place, "Archive");
    assert!(archive.class_list().contains("btn--danger"));
    archive.click();
    assert_eq!(done.get_untracked(), 1);
    find::<HtmlDialogElement>(&place, "dialog").close();
}

/// A page with a button that opens a dialog with a field, as pages open theirs. Says how often it was closed.
async fn opened() -> (HtmlElement, RwSignal<u32>) {
    let (place, is_open, closed) = (place(), RwSignal::new(false), RwSignal::new(0));
    let close = move |()| {
        closed.update(|count| *count += 1);
        is_open.set(false);
    };
    mount_to(place.clone(), move || {
        view! {
            <button type="button" on:click=move |_| is_open.set(true)>"Rename"</button>
            {move || is_open.get().then(|| view! {
                <Dialog title="Rename" on_close=close><p class="dialog__body"><input aria-label="Name"/></p></Dialog>
            })}
        }
    })
    .forget();
    tick().await;
    let opener = button(&place, "Rename");
    opener.focus().unwrap();
    opener.click();
    tick().await;
    (place, closed)
}

#[wasm_bindgen_test]
async fn an_open_dialog_has_the_focus_and_the_page_behind_cannot_get_it() {
    let (place, _) = opened().await;
    let (dialog, opener): (Element, HtmlElement) = (find(&place, "dialog"), find(&place, "main > button"));
    let name: HtmlElement = labelled(&dialog, "Name");
    assert!(has_focus(&name), "what is filled in first");
    opener.focus().unwrap();
    assert!(!has_focus(&opener), "it is behind the dialog");
}

/// Does what the browser does when Esc is pressed in a dialog: a script cannot press it.
async fn escape(dialog: &HtmlDialogElement) {
    let closed = next_event(dialog, "close");
    if fire(dialog, "cancel", &[("bubbles", false.into())]) {
        dialog.close();
        closed.await;
        tick().await;
    }
}

#[wasm_bindgen_test]
async fn escape_closes_a_dialog_once_and_the_focus_is_where_it_was() {
    let (place, closed) = opened().await;
    escape(&find(&place, "dialog")).await;
    assert_eq!(closed.get_untracked(), 1);
    assert!(!has(&place, "dialog"));
    assert!(has_focus(&button(&place, "Rename")));
}

#[wasm_bindgen_test]
async fn the_cross_closes_a_dialog_once_and_the_focus_is_where_it_was() {
    let (place, closed) = opened().await;
    find::<HtmlElement>(&place, "dialog button[aria-label=Close]").click();
    tick().await;
    assert!(!has(&place, "dialog"));
    assert_eq!(closed.get_untracked(), 1);
    assert!(has_focus(&button(&place, "Rename")));
}

#[wasm_bindgen_test]
async fn a_dialog_opens_again_after_it_was_closed() {
    let (place, closed) = opened().await;
    for times in 1..=2 {
        assert!(find::<HtmlDialogElement>(&place, "dialog").open());
        find::<HtmlElement>(&place, "dialog button[aria-label=Close]").click();
        tick().await;
        assert_eq!(closed.get_untracked(), times);
        button(&place, "Rename").click();
        tick().await;
    }
}

#[wasm_bindgen_test]
async fn a_click_beside_a_dialog_closes_it_and_one_inside_does_not() {
    let (place, closed) = opened().await;
    let dialog: HtmlDialogElement = find(&place, "dialog");
    for inside in ["h2", "p", "input"] {
        find::<HtmlElement>(&dialog, inside).click();
    }
    assert_eq!(closed.get_untracked(), 0);
    dialog.click();
    tick().await;
    assert_eq!(closed.get_untracked(), 1);
    assert!(!has(&place, "dialog"));
}

#[wasm_bindgen_test]
async fn a_form_in_a_dialog_is_cancelled_without_being_submitted() {
    let (place, submitted, closed) = (place(), RwSignal::new(0), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <DialogForm
                title="Create user"
                verb="Create"
                is_busy=Signal::stored(false)
                on_submit=move |()| submitted.update(|count| *count += 1)
                on_close=move |()| closed.update(|count| *count += 1)
            >
                <input aria-label="Name"/>
            </DialogForm>
        }
    })
    .forget();
    tick().await;
    escape(&find(&place, "dialog")).await;
    assert_eq!((submitted.get_untracked(), closed.get_untracked()), (0, 1));
    // What Enter in a field does.
    find::<web_sys::HtmlFormElement>(&place, "form").request_submit().unwrap();
    assert_eq!(submitted.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn what_is_not_confirmed_is_not_done() {
    let (place, done, closed) = (place(), RwSignal::new(0), RwSignal::new(0));
    mount_to(place.clone(), move || {
        view! {
            <ConfirmDialog
                title="Renew link"
                verb="Renew"
                on_confirm=move |()| done.update(|count| *count += 1)
                on_close=move |()| closed.update(|count| *count += 1)
            >
                <p>"The old link ends."</p>
            </ConfirmDialog>
        }
    })
    .forget();
    tick().await;
    let foot: Vec<String> = all(&place, ".dialog__foot button").iter().map(text).collect();
    assert_eq!(foot, ["Cancel", "Renew"], "the way out stands first");
    button(&place, "Cancel").click();
    assert_eq!((done.get_untracked(), closed.get_untracked()), (0, 1));
    assert!(text(&find(&place, "dialog")).contains("The old link ends."));
}

#[wasm_bindgen_test]
async fn only_an_act_that_loses_something_looks_dangerous_and_a_busy_one_says_so() {
    for (act, is_dangerous) in [(Act::Ordinary, false), (Act::Dangerous, true)] {
        let (place, is_busy) = (place(), RwSignal::new(false));
        mount_to(place.clone(), move || {
            view! { <ConfirmDialog title="Sure?" verb="Go on" act=act is_busy=is_busy on_confirm=|()| () on_close=|()| ()>"Text"</ConfirmDialog> }
        })
        .forget();
        tick().await;
        let go_on = button(&place, "Go on");
        assert_eq!(go_on.class_list().contains("btn--danger"), is_dangerous);
        assert_eq!(go_on.get_attribute("aria-busy"), None);
        is_busy.set(true);
        tick().await;
        assert_eq!(go_on.get_attribute("aria-busy").as_deref(), Some("true"));
    }
}
