//! Who changed a feature, when, from what to what; one click brings an earlier value back.

use super::{editor::revert, words};
use crate::{
    client,
    components::{base::banner::ErrorBanner, form::dialog::Dialog},
    i18n::{self, Arg, t, tx},
    pages::{explain, sign_in::confirm_again::ConfirmAgain},
    state::toasts::Toasts,
};
use causeway_api::{
    ProblemCode,
    features::{Feature, FeatureChange, FeatureValue},
};
use leptos::{prelude::*, task::spawn_local};

/// The dialog with the changes, newest first.
#[component]
pub(super) fn History(
    feature: RwSignal<Feature>,
    on_saved: Callback<Feature>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let (changes, error) = (RwSignal::new(None::<Vec<FeatureChange>>), RwSignal::new(None::<String>));
    let waits_for_code = RwSignal::new(None::<Option<FeatureValue>>);
    let first = feature.get_untracked();
    let key = first.key.clone();
    spawn_local(async move {
        match client::features::feature_history(&key).await {
            Ok(list) => drop(changes.try_set(Some(list))),
            Err(refused) => drop(error.try_set(Some(explain(&refused)))),
        }
    });
    let bring_back = move |custom: Option<FeatureValue>| {
        let (key, change) =
            feature.with_untracked(|feature| (feature.key.clone(), revert(feature, custom.clone())));
        spawn_local(async move {
            match client::features::change_feature(&key, &change).await {
                Ok(saved) => {
                    toasts.say(tx("feature-saved", &[("name", Arg::Text(&words::name(&saved)))]));
                    on_saved.run(saved);
                    on_close.run(());
                }
                Err(refused) if refused.code() == Some(ProblemCode::ConfirmAgain) => {
                    waits_for_code.try_set(Some(custom));
                }
                Err(refused) => {
                    error.try_set(Some(
                        crate::pages::field_fault(&refused, "version").unwrap_or_else(|| explain(&refused)),
                    ));
                }
            }
        });
    };
    let words_of = move |value: &Option<FeatureValue>| {
        feature.with_untracked(|feature| match value {
            Some(value) => words::value(feature, value),
            None => tx("default-is", &[("value", Arg::Text(&words::value(feature, &feature.default)))]),
        })
    };
    let row = move |change: FeatureChange| {
        let (before, after) = (words_of(&change.before), words_of(&change.after));
        let earlier = change.before.clone();
        let is_current = feature.with_untracked(|feature| feature.custom == change.before);
        let when = i18n::full_date(change.at);
        let args = [("before", Arg::Text(before.as_str())), ("after", Arg::Text(&after))];
        view! {
            <li class="history__row">
                <p><b>{change.by}</b> " · " <time datetime=i18n::machine_time(change.at)>{when} " " {i18n::clock_time(change.at)}</time></p>
                <p>{tx("feature-from-to", &args)}</p>
                {(!is_current).then(|| view! {
                    <button class="btn btn--sm" type="button" on:click=move |_| bring_back(earlier.clone())>
                        {tx("revert-to", &[("value", Arg::Text(&before))])}
                    </button>
                })}
            </li>
        }
    };
    view! {
        <Dialog title=tx("history-of", &[("name", Arg::Text(&words::name(&first)))]) on_close=on_close>
            <div class="dialog__body">
                <ErrorBanner text=error/>
                {move || match changes.get() {
                    None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Some(list) if list.is_empty() => view! { <p>{t("feature-never-changed")}</p> }.into_any(),
                    Some(list) => view! { <ul class="history">{list.into_iter().map(row).collect_view()}</ul> }.into_any(),
                }}
            </div>
        </Dialog>
        {move || waits_for_code.get().map(|custom| view! {
            <ConfirmAgain
                on_close=move |()| waits_for_code.set(None)
                on_done=move |()| {
                    waits_for_code.set(None);
                    bring_back(custom.clone());
                }
            />
        })}
    }
}
