//! Files, reactions, writing, and finding messages again. The file in the path does not exist; the message was deleted before.

use super::Row;
use serde_json::{Value, json};

/// A saved reply of one's own.
pub(super) fn saved_reply() -> Value {
    json!({ "shortcut": "x", "title": "x", "text": "x", "is_team": false })
}

pub(super) const FILES: [Row; 36] = [
    // no one half priya daniel tomas ana lukas ines mei olga erin fred
    ("GET", "/api/search", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    (
        "POST",
        "/api/chats/{chat}/messages/{message}/reactions",
        [401, 401, 409, 404, 403, 404, 401, 401, 404, 404, 404, 403],
    ),
    (
        "PUT",
        "/api/chats/{chat}/messages/{message}/pin",
        [401, 401, 409, 404, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
    (
        "GET",
        "/api/chats/{chat}/messages/{message}/versions",
        [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 403, 403],
    ),
    ("GET", "/api/chats/{chat}/scheduled", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/chats/{chat}/scheduled", [401, 401, 422, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("PUT", "/api/scheduled/{message}", [401, 401, 422, 422, 403, 422, 401, 401, 422, 422, 422, 403]),
    ("DELETE", "/api/scheduled/{message}", [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/scheduled/{message}/send", [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/status", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("PUT", "/api/status", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("GET", "/api/chats/{chat}/answer-time", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/saved-replies", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 403, 403]),
    ("PUT", "/api/saved-replies/{reply}", [401, 401, 200, 200, 403, 200, 401, 401, 200, 200, 403, 403]),
    ("DELETE", "/api/saved-replies/{reply}", [401, 401, 204, 204, 403, 204, 401, 401, 204, 204, 403, 403]),
    ("POST", "/api/chats/{chat}/typing", [401, 401, 204, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/chats/{chat}/uploads", [401, 401, 201, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/uploads/{file}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("PUT", "/api/uploads/{file}", [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("DELETE", "/api/uploads/{file}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("PUT", "/api/uploads/{file}/poster", [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/uploads/{file}/finish", [401, 401, 404, 404, 403, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/chats/{chat}/files", [401, 401, 200, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("GET", "/api/files/{file}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    (
        "GET",
        "/api/files/{file}/previews/{size}",
        [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403],
    ),
    ("GET", "/api/files/{file}/voice", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    (
        "POST",
        "/api/client/chats/{chat}/uploads",
        [401, 401, 401, 401, 401, 401, 201, 404, 401, 401, 401, 401],
    ),
    ("GET", "/api/client/uploads/{file}", [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401]),
    ("PUT", "/api/client/uploads/{file}", [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401]),
    ("DELETE", "/api/client/uploads/{file}", [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401]),
    (
        "PUT",
        "/api/client/uploads/{file}/poster",
        [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401],
    ),
    (
        "POST",
        "/api/client/uploads/{file}/finish",
        [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401],
    ),
    ("GET", "/api/client/chats/{chat}/files", [401, 401, 401, 401, 401, 401, 200, 404, 401, 401, 401, 401]),
    ("GET", "/api/client/files/{file}", [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401]),
    (
        "GET",
        "/api/client/files/{file}/previews/{size}",
        [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401],
    ),
    ("GET", "/api/client/files/{file}/voice", [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401]),
];
