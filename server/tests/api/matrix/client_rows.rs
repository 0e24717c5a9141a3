//! What clients do in their chats.

use super::Row;

pub(super) const CLIENT_WRITES: [Row; 9] = [
    (
        "GET",
        "/api/client/chats/{chat}/messages",
        [401, 401, 401, 401, 401, 401, 200, 404, 401, 401, 401, 401],
    ),
    (
        "POST",
        "/api/client/chats/{chat}/messages",
        [401, 401, 401, 401, 401, 401, 201, 404, 401, 401, 401, 401],
    ),
    (
        "PUT",
        "/api/client/chats/{chat}/messages/{message}",
        [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401],
    ),
    (
        "DELETE",
        "/api/client/chats/{chat}/messages/{message}",
        [401, 401, 401, 401, 401, 401, 404, 404, 401, 401, 401, 401],
    ),
    (
        "POST",
        "/api/client/chats/{chat}/messages/{message}/reactions",
        [401, 401, 401, 401, 401, 401, 200, 404, 401, 401, 401, 401],
    ),
    (
        "POST",
        "/api/client/chats/{chat}/receipts",
        [401, 401, 401, 401, 401, 401, 204, 404, 401, 401, 401, 401],
    ),
    (
        "GET",
        "/api/client/chats/{chat}/answer-time",
        [401, 401, 401, 401, 401, 401, 200, 404, 401, 401, 401, 401],
    ),
    ("POST", "/api/client/chats/{chat}/typing", [401, 401, 401, 401, 401, 401, 204, 404, 401, 401, 401, 401]),
    ("DELETE", "/api/client/session", [401, 401, 401, 401, 401, 401, 204, 204, 401, 401, 401, 401]),
];
