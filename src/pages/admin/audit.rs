//! The audit log: filtered, read in stretches, exported.

use super::PageHead;
use crate::{
    client,
    components::{
        base::{
            banner::ErrorBanner,
            empty::{Empty, EmptyKind},
        },
        form::field::{TextField, Typed},
    },
    i18n::{self, keep, t},
    pages::{explain, files, set_title, sign_in::confirm_again::Confirming, submission::Submission},
    state::toasts::Toasts,
};
use causeway_api::{
    audit::{AuditAction, AuditQuery, AuditRecord, ExportFormat},
    query::Instant,
};
use leptos::{prelude::*, task::spawn_local};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Filter {
    action: String,
    actor: String,
    /// Days as the browser's date fields give them: `2026-11-24`.
    from: String,
    until: String,
}

impl Filter {
    /// The filter as a query.
    fn query(&self) -> AuditQuery {
        let bounds = |day| i18n::local_day(day).map(|(begin, end)| (Instant::new(begin), Instant::new(end)));
        AuditQuery {
            action: self.action.clone(),
            actor: self.actor.clone(),
            from: bounds(&self.from).and_then(|(begin, _)| begin),
            // Until the end of that day.
            until: bounds(&self.until).and_then(|(_, end)| end),
            ..AuditQuery::default()
        }
    }
}

/// What was done, in words; an action of a newer server is shown as it is called.
fn action(name: &str) -> String {
    AuditAction::parse(name).map_or_else(|| name.replace('_', " "), |action| t(action.text_id()))
}

#[derive(Clone, Copy)]
struct Log {
    filter: RwSignal<Filter>,
    records: RwSignal<Vec<AuditRecord>>,
    actions: RwSignal<Vec<String>>,
    next: RwSignal<Option<String>>,
    is_loaded: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    generation: StoredValue<u64>,
}

impl Log {
    fn load(self, cursor: Option<String>) {
        let generation = self.generation.get_value() + 1;
        self.generation.set_value(generation);
        let query = AuditQuery { cursor: cursor.clone(), ..self.filter.with_untracked(Filter::query) };
        spawn_local(async move {
            let answer = client::audit::list_audit(&query).await;
            if self.generation.try_get_value() != Some(generation) {
                return;
            }
            match answer {
                Ok(page) => {
                    self.error.set(None);
                    self.next.set(page.page.next);
                    if self.actions.with_untracked(|actions| *actions != page.actions) {
                        self.actions.set(page.actions);
                    }
                    self.records.update(|records| {
                        if cursor.is_none() {
                            records.clear();
                        }
                        records.extend(page.page.items);
                    });
                    self.is_loaded.set(true);
                }
                Err(error) => self.error.set(Some(explain(&error))),
            }
        });
    }
}

/// The audit log, newest entries first; more are loaded at the end of the table.
#[component]
pub fn AuditLog() -> impl IntoView {
    set_title(&t("audit-title"));
    let log = Log {
        filter: keep("audit.filter", Filter::default),
        records: RwSignal::default(),
        actions: RwSignal::default(),
        next: RwSignal::new(None),
        is_loaded: RwSignal::new(false),
        error: RwSignal::new(None),
        generation: StoredValue::new(0),
    };
    Effect::new(move |_| {
        log.filter.track();
        log.load(None);
    });
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="page__inner page__inner--wide">
                <PageHead title=t("audit-title") text=t("audit-text") area="org-admin" />
                <Filters log=log />
                {move || {
                    log
                        .error
                        .get()
                        .map(|why| view! { <Empty title=t("failed-title") text=why kind=EmptyKind::Failed /> })
                }}
                <Show when=move || log.is_loaded.get() && log.records.with(Vec::is_empty)>
                    <Empty title=t("no-results-title") text=t("audit-none-text") />
                </Show>
                <Show when=move || !log.records.with(Vec::is_empty)>
                    <Records log=log />
                </Show>
                <Show when=move || log.next.with(Option::is_some)>
                    <p class="pager">
                        <button class="btn" type="button" on:click=move |_| log.load(log.next.get_untracked())>
                            {t("show-more")}
                        </button>
                    </p>
                </Show>
            </div>
        </main>
    }
}

/// Narrows the log down by action, person and day, and exports what it shows.
#[component]
fn Filters(log: Log) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let exporting = Submission::new();
    let export = move |format: ExportFormat| {
        let query = AuditQuery { format: Some(format), ..log.filter.with_untracked(Filter::query) };
        let ask = move || {
            let query = query.clone();
            async move { client::audit::export_audit(&query).await }
        };
        exporting.send(ask, move |text: String| {
            files::save(&format!("audit-log.{}", format.as_str()), format.media_type(), &text, toasts);
            log.load(None);
        });
    };
    view! {
        <ErrorBanner text=exporting.error() />
        <div class="toolbar toolbar--fields">
            <div class="field">
                <label class="field__label" for="audit-action">
                    {t("audit-action")}
                </label>
                <select
                    class="input"
                    id="audit-action"
                    on:change=move |event| log.filter.update(|filter| filter.action = event_target_value(&event))
                >
                    <option value="">{t("audit-all-actions")}</option>
                    {move || {
                        let chosen = log.filter.with_untracked(|filter| filter.action.clone());
                        log.actions
                            .get()
                            .into_iter()
                            .map(|name| {
                                let words = action(&name);
                                view! {
                                    <option value=name.clone() selected=name == chosen>
                                        {words}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
            </div>
            <TextField
                id="audit-actor"
                label=t("audit-actor-search")
                kind="search"
                value=Typed::of(log.filter, |it| &it.actor, |it| &mut it.actor)
                error=exporting.fault("actor")
                is_compact=true
                is_optional=true
            />
            <TextField
                id="audit-from"
                label=t("audit-from")
                kind="date"
                value=Typed::of(log.filter, |it| &it.from, |it| &mut it.from)
                error=exporting.fault("from")
                is_compact=true
                is_optional=true
            />
            <TextField
                id="audit-until"
                label=t("audit-until")
                kind="date"
                value=Typed::of(log.filter, |it| &it.until, |it| &mut it.until)
                error=exporting.fault("until")
                is_compact=true
                is_optional=true
            />
            <span class="btn-row push">
                <button class="btn" type="button" on:click=move |_| export(ExportFormat::Csv)>
                    {t("audit-csv")}
                </button>
                <button class="btn" type="button" on:click=move |_| export(ExportFormat::Jsonl)>
                    {t("audit-jsonl")}
                </button>
            </span>
        </div>
        <Confirming submission=exporting />
    }
}

/// The entries that were loaded, as a table.
#[component]
fn Records(log: Log) -> impl IntoView {
    let when = |at| format!("{} {}", i18n::full_date(at), i18n::clock_time(at));
    view! {
        <div class="table-wrap" role="region" aria-label=t("audit-title") tabindex="0">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t("audit-when")}</th>
                        <th scope="col">{t("audit-action")}</th>
                        <th scope="col">{t("audit-actor")}</th>
                        <th scope="col">{t("audit-subject")}</th>
                        <th scope="col">{t("audit-where")}</th>
                        <th scope="col">{t("audit-change")}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || log.records.get() key=|record| record.id let:record>
                        <tr>
                            <td class="num" data-label=t("audit-when")>
                                <time datetime=i18n::machine_time(record.at)>{when(record.at)}</time>
                            </td>
                            <td data-label=t("audit-action")>{action(&record.action)}</td>
                            <td data-label=t(
                                "audit-actor",
                            )>{if record.actor.is_empty() { t("audit-nobody") } else { record.actor.clone() }}</td>
                            <td data-label=t("audit-subject") class="table__long">
                                {record.subject.clone()}
                            </td>
                            <td data-label=t("audit-where") class="table__long">
                                <span title=record.device.clone()>{record.address.clone()}</span>
                            </td>
                            <td data-label=t("audit-change")>
                                <Change record=record />
                            </td>
                        </tr>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// What was there before and what is there now, unfolded on demand.
#[component]
fn Change(record: AuditRecord) -> impl IntoView {
    let part = |label: &'static str, json: String| {
        (json != "null").then(|| {
            view! {
                <dt>{t(label)}</dt>
                <dd>
                    <code class="json">{json}</code>
                </dd>
            }
        })
    };
    let has_any = record.before != "null" || record.after != "null" || !record.device.is_empty();
    has_any.then(|| {
        view! {
            <details>
                <summary class="link">{t("show")}</summary>
                <dl class="facts facts--stacked">
                    {part("audit-before", record.before)} {part("audit-after", record.after)}
                    {(!record.device.is_empty())
                        .then(|| {
                            view! {
                                <dt>{t("audit-where")}</dt>
                                <dd>{record.device}</dd>
                            }
                        })}
                </dl>
            </details>
        }
    })
}
