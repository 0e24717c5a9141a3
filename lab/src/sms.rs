//! An SMS gateway as Twilio's API describes it: a form with To, From and Body, answered with 201.

use crate::inbox::Inbox;
use axum::{
    Form, Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
pub(crate) struct NewSms {
    #[serde(rename = "To")]
    to: String,
    #[serde(rename = "From")]
    from: String,
    #[serde(rename = "Body")]
    body: String,
}

pub(crate) async fn receive(
    State(inbox): State<Inbox>,
    Path(account): Path<String>,
    headers: HeaderMap,
    Form(sms): Form<NewSms>,
) -> (StatusCode, Json<Value>) {
    if !headers.contains_key(header::AUTHORIZATION) {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "code": 20003, "message": "Authenticate" })));
    }
    let id = inbox.receive("sms", sms.to.clone(), String::new(), sms.body.clone());
    let answer = json!({
        "sid": format!("SM{id:032x}"), "account_sid": account, "status": "queued",
        "to": sms.to, "from": sms.from, "body": sms.body, "error_code": null,
    });
    (StatusCode::CREATED, Json(answer))
}
