//! The encoding of a chosen file: told where it can be, else guessed, shown, and changed by whoever sees broken letters.

use crate::i18n::t;
use causeway_api::encodings::{Encoding, possible};
use leptos::prelude::*;

/// A file that was chosen, as bytes.
#[derive(Clone)]
pub(super) struct ChosenFile {
    /// Its name on the disk.
    pub(super) name: String,
    bytes: Vec<u8>,
    /// The encodings that it can be in, the likeliest first.
    possible: Vec<Encoding>,
    /// The encoding it is read in; nothing when it can be read in none.
    pub(super) encoding: Option<Encoding>,
}

impl ChosenFile {
    pub(super) fn new(name: String, bytes: Vec<u8>) -> Self {
        let possible = possible(&bytes);
        Self { name, encoding: possible.first().copied(), possible, bytes }
    }

    /// Its text; nothing when it cannot be read in that encoding. No letter is replaced by another.
    pub(super) fn text(&self) -> Option<String> {
        let options = web_sys::TextDecoderOptions::new();
        options.set_fatal(true);
        let decoder =
            web_sys::TextDecoder::new_with_label_and_options(self.encoding?.label(), &options).ok()?;
        decoder.decode_with_u8_array(&self.bytes).ok()
    }
}

/// A choice of encodings, where a file leaves one.
#[component]
pub(super) fn EncodingSelect(
    file: RwSignal<Option<ChosenFile>>,
    #[prop(into)] on_choose: Callback<Encoding>,
) -> impl IntoView {
    let choice = Memo::new(move |_| {
        file.with(|file| {
            file.as_ref().filter(|file| file.possible.len() > 1).map(|file| file.possible.clone())
        })
    });
    move || {
        choice.get().map(|possible| {
            let chosen = file.with_untracked(|file| file.as_ref().and_then(|file| file.encoding));
            let options = possible.into_iter().map(|encoding| {
                let label = encoding.label();
                let name = t(format!("encoding-{}", label.replace('_', "-")));
                view! {
                    <option value=label selected=Some(encoding) == chosen>
                        {name}
                    </option>
                }
            });
            view! {
                <div class="field import__file">
                    <label class="field__label" for="import-encoding">
                        {t("import-encoding")}
                    </label>
                    <select
                        class="input"
                        id="import-encoding"
                        aria-describedby="import-encoding-hint"
                        on:change=move |event| {
                            if let Some(encoding) = Encoding::parse(&event_target_value(&event)) {
                                on_choose.run(encoding);
                            }
                        }
                    >
                        {options.collect_view()}
                    </select>
                    <p class="field__hint" id="import-encoding-hint">
                        {t("import-encoding-hint")}
                    </p>
                </div>
            }
        })
    }
}
