//! The places of registration: how many are taken and left.

use super::{Page, Setting};
use crate::{
    components::{base::meter::Meter, form::field::FieldFoot},
    i18n::{Arg, t, tx},
    pages::submission::Submission,
};
use leptos::prelude::*;

/// How many places are taken, for good and for a while.
#[component]
pub(super) fn Places(page: Page, submission: Submission) -> impl IntoView {
    let error = submission.fault("capacity");
    let meter = move || {
        let (capacity, unreachable) =
            page.saved.with(|saved| saved.as_ref().map(|saved| (saved.capacity, saved.unreachable)))?;
        let count = |id: &str, count: i64| tx(id, &[("count", Arg::Number(count))]);
        let (registered, pending) =
            (count("capacity-registered", capacity.registered), count("capacity-pending", capacity.pending));
        let used = capacity.registered + capacity.pending;
        let (head, left, bar) = match capacity.limit {
            Some(limit) => {
                let left = count("capacity-left", (limit - used).max(0));
                let text = format!("{registered}, {pending}, {left}");
                let head = tx("capacity-of", &[("used", Arg::Number(used)), ("limit", Arg::Number(limit))]);
                let bar = view! { <Meter label=t("external-users") text=text used=capacity.registered held=capacity.pending limit=limit /> };
                (head, left, Some(bar))
            }
            None => (used.to_string(), t("capacity-unlimited"), None),
        };
        Some(view! {
            <div class="meter">
                <p>
                    <b class="num">{head}</b>
                    " "
                    <span class="muted">{t("external-users")}</span>
                </p>
                {bar}
                <p class="meter__legend">
                    <span>
                        <i></i>
                        {registered}
                    </span>
                    <span>
                        <i class="held"></i>
                        {pending}
                    </span>
                    <span>
                        <i class="free"></i>
                        {left}
                    </span>
                </p>
                {(unreachable > 0)
                    .then(|| view! { <p class="field__error">{count("registration-unreachable", unreachable)}</p> })}
            </div>
        })
    };
    view! {
        <Setting label="capacity" help="capacity-help">
            {meter}
            <FieldFoot id="capacity" error=error.text() />
        </Setting>
    }
}
