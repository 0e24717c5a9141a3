//! An icon of the sprite `public/icons.svg`.

use leptos::prelude::*;
use std::cell::OnceCell;

thread_local! {
    /// The address of the sprite.
    static SPRITE: OnceCell<String> = const { OnceCell::new() };
}

/// Reads the address of the sprite from the page: the build puts a hash of the icons into it.
fn sprite() -> String {
    let named = document().query_selector("meta[name=icons]").ok().flatten();
    named.and_then(|named| named.get_attribute("content")).unwrap_or_else(|| "/icons.svg".to_owned())
}

/// The address of a symbol in the sprite, for `<use>`.
pub fn symbol(name: &str) -> String {
    SPRITE.with(|address| format!("{}#{name}", address.get_or_init(sprite)))
}

/// How large an icon is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 14 px.
    Xs,
    /// 16 px.
    Sm,
    /// 20 px.
    #[default]
    Md,
}

impl IconSize {
    fn class(self) -> &'static str {
        match self {
            Self::Xs => "icon icon--xs",
            Self::Sm => "icon icon--sm",
            Self::Md => "icon",
        }
    }
}

/// A decorative icon: what it means is said in words next to it.
#[component]
pub fn Icon(
    /// The id of the symbol.
    name: &'static str,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    view! {
        <svg class=size.class() aria-hidden="true">
            <use href=symbol(name)></use>
        </svg>
    }
}
