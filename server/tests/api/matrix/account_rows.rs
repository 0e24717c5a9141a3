//! What each actor gets at the routes of an account: devices, second factors, web push.

use super::Row;

/// Devices. The device and the link in the path are no one's.
pub(super) const DEVICES: [Row; 15] = [
    ("GET", "/api/activation/device", [200; 12]),
    ("GET", "/api/devices", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    ("DELETE", "/api/devices", [401, 401, 204, 204, 204, 204, 401, 401, 204, 204, 204, 403]),
    ("PUT", "/api/devices/{device}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("DELETE", "/api/devices/{device}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/device-links", [401, 401, 201, 201, 201, 201, 401, 401, 201, 201, 403, 403]),
    ("GET", "/api/device-links/{link}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 403, 403]),
    ("PUT", "/api/device-links/{link}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 403, 403]),
    ("DELETE", "/api/device-links/{link}", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 403, 403]),
    ("GET", "/api/activation", [401; 12]),
    ("POST", "/api/activation", [401; 12]),
    ("POST", "/api/activation/login", [401; 12]),
    ("POST", "/api/activation/code", [401; 12]),
    ("PUT", "/api/activation/code", [401; 12]),
    ("POST", "/api/activation/session", [401; 12]),
];

/// What someone signs in with beside the password, and web push. No one has anything, and codes are wrong.
pub(super) const SECOND_FACTORS: [Row; 12] = [
    ("GET", "/api/push", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    // The address is of no push service.
    ("PUT", "/api/push", [401, 401, 422, 422, 422, 422, 401, 401, 422, 422, 422, 403]),
    ("DELETE", "/api/push", [401, 401, 204, 204, 204, 204, 401, 401, 204, 204, 204, 403]),
    ("GET", "/api/profile/second-factors", [401, 401, 200, 200, 200, 200, 401, 401, 200, 200, 200, 403]),
    // There is none yet; the next begins one.
    ("PUT", "/api/profile/authenticator", [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 403]),
    ("POST", "/api/profile/authenticator", [401, 401, 201, 201, 201, 201, 401, 401, 201, 201, 201, 403]),
    ("DELETE", "/api/profile/authenticator", [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403]),
    ("POST", "/api/profile/recovery-codes", [401, 401, 409, 409, 409, 409, 401, 401, 409, 409, 409, 403]),
    ("PUT", "/api/profile/passkeys", [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 403]),
    ("POST", "/api/profile/passkeys", [401, 401, 201, 201, 201, 201, 401, 401, 201, 201, 201, 403]),
    (
        "DELETE",
        "/api/profile/passkeys/{passkey}",
        [401, 401, 404, 404, 404, 404, 401, 401, 404, 404, 404, 403],
    ),
    // The person is a client, who has no account.
    (
        "DELETE",
        "/api/admin/users/{person}/second-factors",
        [401, 401, 403, 403, 403, 404, 401, 401, 404, 404, 403, 403],
    ),
];
