//! License info: the plan and what is used of it.

use super::PageHead;
use crate::{
    client,
    components::base::{
        empty::{Empty, EmptyKind},
        meter::Meter,
    },
    i18n::{Arg, t, tx},
    pages::{explain, set_title},
};
use causeway_api::users::{License, Usage};
use leptos::{prelude::*, task::spawn_local};

/// The plan of the company, and how much of it is used.
#[component]
pub fn LicenseInfo() -> impl IntoView {
    set_title(&t("license-title"));
    let license = RwSignal::new(None::<Result<License, String>>);
    spawn_local(async move {
        let answer = client::users::get_license().await;
        license.try_set(Some(answer.map_err(|error| explain(&error))));
    });
    let usage = |label: &'static str, usage: Usage| {
        let words = match usage.limit {
            Some(limit) => {
                tx("usage-of", &[("used", Arg::Number(usage.used)), ("limit", Arg::Number(limit))])
            }
            None => tx("usage-unlimited", &[("used", Arg::Number(usage.used))]),
        };
        view! {
            <dt>{t(label)}</dt>
            <dd class="meter">
                <span class="num">{words.clone()}</span>
                {usage
                    .limit
                    .map(|limit| view! { <Meter label=t(label) text=words used=usage.used held=0 limit=limit /> })}
            </dd>
        }
    };
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner">
                <PageHead title=t("license-title") text=t("license-text") />
                {move || match license.get() {
                    None => view! { <p role="status">{t("loading")}</p> }.into_any(),
                    Some(Err(why)) => {
                        view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> }.into_any()
                    }
                    Some(Ok(license)) => {
                        view! {
                            <dl class="facts">
                                <dt>{t("plan")}</dt>
                                <dd>
                                    <span class="pill pill--info">{t(format!("plan-{}", license.plan.as_str()))}</span>
                                </dd>
                                {usage("users", license.users)}
                                {usage("external-users", license.external_users)}
                            </dl>
                        }
                            .into_any()
                    }
                }}
            </div>
        </main>
    }
}
