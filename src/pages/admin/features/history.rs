//! Who changed a feature, when, from what to what; one click brings an earlier value back.

use super::{editor::revert, words};
use crate::{
    client::{self, ClientError},
    components::{base::banner::ErrorBanner, form::dialog::Dialog},
    i18n::{self, Arg, t, tx},
    pages::{explain, field_fault, sign_in::confirm_again::Confirming, submission::Submission},
    state::toasts::Toasts,
};
use causeway_api::features::{Feature, FeatureChange, FeatureValue};
use leptos::{prelude::*, task::spawn_local};

/// The dialog with the changes, newest first.
#[component]
pub(super) fn History(
    feature: RwSignal<Feature>,
    on_saved: Callback<Feature>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let changes = RwSignal::new(None::<Vec<FeatureChange>>);
    let submission = Submission::new().in_words(refusal);
    let first = feature.get_untracked();
    let key = first.key.clone();
    spawn_local(async move {
        match client::features::feature_history(&key).await {
            Ok(list) => drop(changes.try_set(Some(list))),
            Err(refused) => submission.fail(explain(&refused)),
        }
    });
    let bring_back = move |custom: Option<FeatureValue>| {
        let ask = move || {
            let (key, change) =
                feature.with_untracked(|feature| (feature.key.clone(), revert(feature, custom.clone())));
            async move { client::features::change_feature(&key, &change).await }
        };
        submission.send(ask, move |saved: Feature| {
            toasts.say(tx("feature-saved", &[("name", Arg::Text(&words::name(&saved)))]));
            on_saved.run(saved);
            on_close.run(());
        });
    };
    let row =
        move |change: FeatureChange| view! { <Row feature=feature change=change on_revert=bring_back /> };
    view! {
        <Dialog title=tx("history-of", &[("name", Arg::Text(&words::name(&first)))]) on_close=on_close>
            <div class="dialog__body">
                <ErrorBanner text=submission.error() />
                {move || match changes.get() {
                    None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Some(list) if list.is_empty() => view! { <p>{t("feature-never-changed")}</p> }.into_any(),
                    Some(list) => {
                        view! { <ul class="history">{list.into_iter().map(row).collect_view()}</ul> }.into_any()
                    }
                }}
            </div>
        </Dialog>
        <Confirming submission=submission />
    }
}

/// Why an earlier value was not brought back.
fn refusal(refused: &ClientError) -> String {
    field_fault(refused, "version").unwrap_or_else(|| explain(refused))
}

/// One change: by whom, when, from what to what.
#[component]
fn Row(
    feature: RwSignal<Feature>,
    change: FeatureChange,
    #[prop(into)] on_revert: Callback<Option<FeatureValue>>,
) -> impl IntoView {
    let words_of = move |value: &Option<FeatureValue>| {
        feature.with_untracked(|feature| match value {
            Some(value) => words::value(feature, value),
            None => tx("default-is", &[("value", Arg::Text(&words::value(feature, &feature.default)))]),
        })
    };
    let (before, after) = (words_of(&change.before), words_of(&change.after));
    let earlier = change.before.clone();
    let is_current = feature.with_untracked(|feature| feature.custom == change.before);
    let when = i18n::full_date(change.at);
    let args = [("before", Arg::Text(before.as_str())), ("after", Arg::Text(&after))];
    view! {
        <li class="history__row">
            <p>
                <b>{change.by}</b>
                " · "
                <time datetime=i18n::machine_time(change.at)>{when} " " {i18n::clock_time(change.at)}</time>
            </p>
            <p>{tx("feature-from-to", &args)}</p>
            {(!is_current)
                .then(|| {
                    view! {
                        <button class="btn btn--sm" type="button" on:click=move |_| on_revert.run(earlier.clone())>
                            {tx("revert-to", &[("value", Arg::Text(&before))])}
                        </button>
                    }
                })}
        </li>
    }
}
