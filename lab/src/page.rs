//! The inbox page for people: everything received, newest first, renewed every few seconds.

use crate::inbox::Inbox;
use axum::{extract::State, response::Html};

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub(crate) async fn show(State(inbox): State<Inbox>) -> Html<String> {
    let messages = inbox.messages(None);
    let rows: String = messages
        .iter()
        .take(200)
        .map(|message| {
            let kind = if message.kind == "sms" { "SMS" } else { "Mail" };
            let subject = if message.subject.is_empty() {
                String::new()
            } else {
                format!("<b>{}</b>", escape(&message.subject))
            };
            format!(
                "<article><header><span>{kind}</span> to {}</header>{subject}<pre>{}</pre></article>",
                escape(&message.to),
                escape(&message.text)
            )
        })
        .collect();
    let rows = if rows.is_empty() {
        "<p>Nothing has arrived yet. Sign in to the portal: the code comes here.</p>".into()
    } else {
        rows
    };
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"3\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Lab inbox</title><style>\
         :root{{color-scheme:light dark}}body{{font:15px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}}\
         article{{border:1px solid #8886;border-radius:12px;padding:.75rem 1rem;margin:.75rem 0}}\
         header{{color:light-dark(#555,#aaa)}}header span{{font-weight:600}}pre{{white-space:pre-wrap;font:inherit;margin:.25rem 0 0}}\
         </style></head><body><h1>Lab inbox</h1><p>Every mail and SMS that Causeway sent, newest first.</p>{rows}</body></html>"
    ))
}
