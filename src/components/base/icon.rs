//! An icon of the sprite in `index.html`.

use leptos::prelude::*;

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

/// A decorative icon: what it means is said in words beside it.
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
            <use href=format!("#{name}")></use>
        </svg>
    }
}
