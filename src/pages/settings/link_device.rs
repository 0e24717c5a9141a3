//! The dialog that links a phone: code and QR code, what the phone does, comparing the number.

mod steps;

use crate::{
    client::{self, ClientError},
    components::{base::banner::ErrorBanner, form::dialog::Dialog},
    i18n::{Arg, t, tx},
    pages::{address::shown_address, explain, submission::Submission},
    state::{chats::Chats, countdown::count_down},
};
use causeway_api::{
    ProblemCode,
    devices::{DeviceLink, LinkCode, LinkStep},
};
use leptos::{prelude::*, task::spawn_local};
use steps::{Approved, CodeToShow, Compare, Linked, Opened, Over};

/// The linking of a phone.
#[derive(Clone, Copy)]
struct Linking {
    code: RwSignal<LinkCode>,
    link: Memo<Option<DeviceLink>>,
    left: Signal<Option<u32>>,
    restart: Callback<Option<u32>>,
    submission: Submission,
}

impl Linking {
    /// Follows what a phone does with the code.
    fn follow(code: RwSignal<LinkCode>) -> Self {
        let (left, restart) = count_down(Some(code.with_untracked(|code| code.expires_in)));
        let news = expect_context::<Chats>().news().devices;
        let link = Memo::new(move |_| news.with(|news| news.link.clone()));
        Self { code, link, left, restart: Callback::new(restart), submission: Submission::new() }
    }

    /// Returns how far it is; a code that no one used in time has expired.
    fn step(self) -> LinkStep {
        let id = self.code.with(|code| code.id);
        let known = self.link.with(|link| link.as_ref().filter(|link| link.id == id).map(|link| link.step));
        let step = known.unwrap_or(LinkStep::Waiting);
        if !step.is_over() && self.left.get() == Some(0) { LinkStep::Expired } else { step }
    }

    /// Whether no phone has opened the code.
    fn is_unused(self) -> bool {
        let id = self.code.with_untracked(|code| code.id);
        self.link.with_untracked(|link| link.as_ref().is_none_or(|link| link.id != id))
    }

    /// Returns a text with the device and its address.
    fn about(self, text: &str) -> String {
        self.link.with(|link| {
            let (device, address) =
                link.as_ref().map_or(("", ""), |link| (link.device.as_str(), link.address.as_str()));
            let device = if device == "?" { t("device-unknown") } else { device.to_owned() };
            tx(text, &[("device", Arg::Text(&device)), ("address", Arg::Text(&shown_address(address)))])
        })
    }

    /// Asks for another code. If a code has to be confirmed first, the dialog closes; it is opened again
    /// afterwards.
    fn renew(self, on_close: Callback<()>) {
        let begun = move |new: LinkCode| {
            self.restart.try_run(Some(new.expires_in));
            self.code.set(new);
        };
        let takes = move |refused: &ClientError| {
            let is_over = refused.code() == Some(ProblemCode::ConfirmAgain);
            if is_over {
                on_close.run(());
            }
            is_over
        };
        self.submission.send_or(client::devices::begin_link, begun, takes);
    }

    /// Refuses the phone, and says so if that fails.
    fn refuse(self) {
        let id = self.code.with_untracked(|code| code.id);
        spawn_local(async move {
            if let Err(error) = client::devices::refuse_link(id).await {
                self.submission.fail(explain(&error));
            }
        });
    }

    /// Takes back a code that is not used up.
    fn take_back(self) {
        let id = self.code.with_untracked(|code| code.id);
        spawn_local(async move {
            if let Err(error) = client::devices::refuse_link(id).await {
                web_sys::console::warn_1(&format!("a link was not taken back: {error}").into());
            }
        });
    }
}

/// The dialog that links a phone: shows the code, follows the phone, and asks for its number.
#[component]
pub(super) fn LinkDevice(code: RwSignal<LinkCode>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let linking = Linking::follow(code);
    let step = Memo::new(move |_| linking.step());
    let renew = Callback::new(move |()| linking.renew(on_close));
    // A code that no phone has opened is renewed by itself; one that is being used stays.
    Effect::new(move |_| {
        if step.get() == LinkStep::Expired
            && linking.is_unused()
            && linking.submission.error().with_untracked(Option::is_none)
        {
            renew.run(());
        }
    });
    let close = move |()| {
        if !step.get_untracked().is_over() {
            linking.take_back();
        }
        on_close.run(());
    };
    view! {
        <Dialog title=t("devices-link") on_close=close>
            <div class="dialog__body center">
                <p class="visually-hidden" role="status">
                    {move || announce(linking, step.get())}
                </p>
                <ErrorBanner text=linking.submission.error() />
                {move || match step.get() {
                    LinkStep::Waiting => view! { <CodeToShow linking=linking on_renew=renew /> }.into_any(),
                    LinkStep::Opened => view! { <Opened linking=linking /> }.into_any(),
                    LinkStep::Confirm => view! { <Compare linking=linking /> }.into_any(),
                    LinkStep::Approved => view! { <Approved linking=linking /> }.into_any(),
                    LinkStep::Linked => view! { <Linked linking=linking on_close=on_close /> }.into_any(),
                    over => view! { <Over linking=linking step=over on_renew=renew /> }.into_any(),
                }}
            </div>
        </Dialog>
    }
}

/// Returns what has just changed, for screen readers.
fn announce(linking: Linking, step: LinkStep) -> String {
    match step {
        LinkStep::Waiting => String::new(),
        LinkStep::Opened => linking.about("link-opened"),
        LinkStep::Confirm => t("link-confirm-title"),
        LinkStep::Approved => t("link-approved"),
        LinkStep::Linked => linking.about("link-linked"),
        LinkStep::Refused => t("link-refused"),
        LinkStep::Expired => t("link-expired"),
    }
}
