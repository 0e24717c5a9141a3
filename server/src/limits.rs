//! Every limit in one place, as `docs/SECURITY.md` states them.

use crate::clock::{DAY, HOUR, MINUTE, SECOND};
use causeway_api::Millis;

/// Lifetime of a sign-in code.
pub const CODE_LIFETIME: Millis = 5 * MINUTE;
/// Guesses that are evaluated per sign-in.
pub const CODE_GUESSES: i32 = 5;
/// Codes sent per sign-in.
pub const CODE_SENDS: i32 = 3;
/// Pauses before the second, third and (never sent) fourth code.
pub const CODE_PAUSES: [Millis; 3] = [30 * SECOND, 60 * SECOND, 120 * SECOND];
/// Guesses that are evaluated per account and hour, over all its sign-ins.
pub const CODE_FAILURES_PER_HOUR: i64 = 10;
/// Guesses at codes of invitations and registrations per network address and hour, over all of them.
pub const CODE_GUESSES_PER_NETWORK_AND_HOUR: i64 = 100;
/// A session's token that was renewed is still good for so long, for requests that are on their way.
pub const RENEWED_TOKEN_GRACE: Millis = 10 * SECOND;
/// Codes per phone number or mail address: in how long, how many.
pub const SENDS_PER_ADDRESS: [(&str, Millis, i64); 3] =
    [("10m", 10 * MINUTE, 5), ("1h", HOUR, 10), ("1d", DAY, 20)];
/// Mails about what someone signed in has done, per mail address: in how long, how many.
pub const NOTICES_PER_ADDRESS: [(&str, Millis, i64); 2] = [("1h", HOUR, 100), ("1d", DAY, 500)];
/// SMS per company and day, beyond which none is sent and an alert is logged.
pub const SMS_PER_COMPANY_AND_DAY: i64 = 500;

/// Pauses after the first, second, third and every further wrong password.
pub const PASSWORD_PAUSES: [Millis; 4] = [SECOND, 3 * SECOND, 5 * SECOND, 10 * SECOND];
/// Wrong passwords in a row that are evaluated.
pub const PASSWORD_FAILURES: i64 = 100;
/// Sign-in requests per network address and minute, unless configured.
pub const LOGINS_PER_ADDRESS_AND_MINUTE: i64 = 10;
/// Threads for heavy work: hashing and judging passwords.
pub const HEAVY_AT_ONCE: usize = 2;
/// Heavy jobs that may wait; beyond it the answer is 503.
pub const HEAVY_WAITING: usize = 64;
/// Characters of a new password that are judged.
pub const PASSWORD_JUDGED: usize = 64;

/// Sessions that the bench uses last this long.
#[cfg(feature = "demo")]
pub const LOAD_SESSION_LIFETIME: Millis = 12 * HOUR;
/// What governs the company asks for a code again when the last one was confirmed this long ago.
pub const STEP_UP_AFTER: Millis = 20 * MINUTE;
/// A client's session ends after this long; the personal link opens a new one.
pub const CLIENT_SESSION_LIFETIME: Millis = 30 * DAY;
/// Sessions per person; the oldest ends first.
pub const SESSIONS_PER_PERSON: u64 = 10;
/// An action is noted at most this often.
pub const TOUCH_INTERVAL: Millis = 15 * SECOND;
/// Lifetime of a link that sets the first password.
pub const WELCOME_LINK_LIFETIME: Millis = 72 * HOUR;

/// Average pause between two things that a person writes or changes.
pub const MESSAGE_INTERVAL: Millis = 200;
/// A burst may contain this many of them.
pub const MESSAGE_BURST: i64 = 20;
/// Average pause between two receipts of a person.
pub const RECEIPT_INTERVAL: Millis = 20;
/// A burst may contain this many receipts: a page that comes back tells it for every chat.
pub const RECEIPT_BURST: i64 = 500;
/// Average pause between two searches of a person.
pub const SEARCH_INTERVAL: Millis = 200;
/// A burst may contain this many searches: one for each letter that is typed.
pub const SEARCH_BURST: i64 = 15;
/// Average pause between two uploads that a person begins: refused ones are written down.
pub const UPLOAD_INTERVAL: Millis = SECOND;
/// A burst may contain this many uploads: a folder of pictures that is dropped at once.
pub const UPLOAD_BURST: i64 = 200;
/// A search that takes longer than this is given up.
pub const SEARCH_TIME: Millis = 2 * SECOND;
/// Searches at the same time, fewer than there are connections for reading.
pub const SEARCHES_AT_ONCE: usize = 2;
/// Whoever searches is told when messages are not in the index for longer than this.
pub const SEARCH_BEHIND: Millis = 5 * SECOND;
/// Lifetime of a link that sets another password.
pub const RESET_LINK_LIFETIME: Millis = 30 * MINUTE;
/// Links for a forgotten password that are asked for from one network address in an hour.
pub const RESETS_PER_ADDRESS_AND_HOUR: i64 = 30;
/// Links for a forgotten password that are sent for one account in an hour.
pub const RESETS_PER_ACCOUNT_AND_HOUR: i64 = 5;
/// Links to set a password that admins send to one user: within how long, how many.
pub const ADMIN_LINKS: (Millis, i64) = (HOUR, 10);
/// Rows of a file of users.
pub const IMPORT_ROWS: usize = 10_000;
/// Imports that admins find again on their page.
pub const IMPORTS_LISTED: u64 = 50;
/// Largest body of an import.
pub const IMPORT_BYTES: usize = 4 * 1024 * 1024;
/// Entries that an export reads at a time,
pub const AUDIT_EXPORT_STRETCH: usize = 2_000;
/// and how many times: beyond that the dates have to be narrowed.
pub const AUDIT_EXPORT_STRETCHES: usize = 100;
/// Lifetime of a code that links a device.
pub const DEVICE_LINK_LIFETIME: Millis = 10 * MINUTE;
/// Passwords that are tried on a device that is being linked.
pub const DEVICE_LINK_TRIES: i32 = 5;
/// Codes that link a device, per person and hour.
pub const DEVICE_LINKS_PER_PERSON_AND_HOUR: i64 = 30;
/// Codes and secrets that are shown from one network address in ten minutes.
pub const ACTIVATIONS_PER_ADDRESS: (Millis, i64) = (10 * MINUTE, 10);
/// Recovery codes that someone is given.
pub const RECOVERY_CODES: usize = 10;
/// Passkeys of one person.
pub const PASSKEYS: usize = 10;
/// A passkey has to be made within this time.
pub const PASSKEY_LIFETIME: Millis = 5 * MINUTE;
/// Wrong codes of an authenticator app that is being set up, per person and hour.
pub const AUTHENTICATOR_TRIES_PER_HOUR: i64 = 20;
/// After so many wrong passwords or codes in a row someone who gets in is told of it by mail.
pub const FAILURES_TO_TELL: i64 = 5;
/// After this long the owner of an account is reminded of a device that was linked.
pub const DEVICE_REMINDER_AFTER: Millis = DAY;
/// A registration that was begun holds its place for this long.
pub const REGISTRATION_PLACE: Millis = 24 * HOUR;
/// The code of a registration, as a password, is good for one sign-in within this time.
pub const INITIAL_PASSWORD_LIFETIME: Millis = 72 * HOUR;
/// Registrations begun per network address and hour.
pub const REGISTRATIONS_PER_ADDRESS_AND_HOUR: i64 = 20;
/// Registrations begun per network (IPv4 /24, IPv6 /48) and hour.
pub const REGISTRATIONS_PER_NETWORK_AND_HOUR: i64 = 100;
/// Registrations begun per company and hour.
pub const REGISTRATIONS_PER_COMPANY_AND_HOUR: i64 = 500;
/// Beyond so many in ten minutes, of a company and of a network address, the form asks for work.
pub const REGISTRATIONS_WITHOUT_WORK: (i64, i64) = (20, 3);
/// How much work: leading zero bits of a hash. About a second on a phone.
pub const REGISTRATION_WORK_BITS: u32 = 17;
/// Work has to be handed in within this time.
pub const REGISTRATION_WORK_LIFETIME: Millis = 10 * MINUTE;
/// Invitations sent to a client on a channel per day.
pub const INVITATIONS_PER_DAY: i64 = 10;
/// A person's pages tell what they look at once in so long on average: scrolling through a list tells several times a second.
pub const LOOKING_INTERVAL: Millis = SECOND / 4;
/// So many times at once: every socket of a person tells when it opens.
pub const LOOKING_BURST: i64 = 60;
/// Sockets per person.
pub const SOCKETS_PER_PERSON: usize = 10;
/// Frames waiting for a slow socket before it is closed and has to resume.
pub const SOCKET_QUEUE: usize = 256;
/// Largest frame a client may write; it has nothing long to say.
pub const SOCKET_MESSAGE_BYTES: usize = 64 * 1024;
/// A socket must have taken a frame within this time.
pub const SOCKET_SEND: Millis = 20 * SECOND;
/// How long a socket is waited for that is told why it ends.
pub const SOCKET_CLOSE: Millis = SECOND;
/// Pause between pings.
pub const SOCKET_PING: Millis = 25 * SECOND;
/// A socket that has been silent this long is dead.
pub const SOCKET_DEAD: Millis = 60 * SECOND;
/// Events replayed to a socket that resumes; beyond it the lists are loaded again.
pub const REPLAY_MAX: u64 = 5_000;
/// Events that are replayed at a time.
pub const REPLAY_PAGE: u64 = 200;
/// Pages that are read at one time for everyone, fewer than there are connections for reading.
pub const REPLAYS_AT_ONCE: usize = 2;

/// Largest part of a file in one request.
pub const PART_BYTES: usize = 4 * 1024 * 1024;
/// Bytes that the files of one person may take,
pub const STORAGE_PER_PERSON: i64 = 1024 * 1024 * 1024;
/// and how many they may be.
pub const FILES_PER_PERSON: i64 = 10_000;
/// Bytes that the files of a company may take, unless the operator sets another limit.
pub const STORAGE_PER_COMPANY: i64 = 50 * 1024 * 1024 * 1024;
/// An upload that no message carries is taken away after this long.
pub const UPLOAD_LIFETIME: Millis = DAY;
/// Bytes that no file names are taken away when they are this old: a file may be on its way.
pub const ORPHAN_AGE: Millis = 2 * DAY;
/// Largest file that previews are drawn of, in bytes.
pub const PICTURE_BYTES: i64 = 64 * 1024 * 1024;
/// A virus scanner that is silent for so long does not answer.
pub const SCANNER_SILENCE: Millis = 30 * SECOND;
/// The longest answer of a virus scanner, in bytes.
pub const SCANNER_ANSWER: u64 = 4 * 1024;
/// The largest PDF whose first page is drawn, in bytes.
pub const PDF_BYTES: i64 = 25 * 1024 * 1024;
/// A first page that is not drawn within so long is not shown.
pub const PDF_TIME: Millis = 5 * SECOND;
/// First pages that are drawn at once, with those that were given up.
pub const PDF_AT_ONCE: usize = 2;
/// The largest picture that a browser sends for a file of its own, in bytes.
pub const POSTER_BYTES: usize = 4 * 1024 * 1024;
/// Pictures that are drawn at the same time.
pub const DRAWING_AT_ONCE: usize = 1;

/// Largest JSON body.
pub const BODY_BYTES: usize = 256 * 1024;
/// Largest request header.
pub const HEADER_BYTES: usize = 16 * 1024;
/// A request header must have arrived within this time.
pub const HEADER_TIMEOUT: Millis = 10 * SECOND;
/// A whole body must have arrived within this time,
pub const BODY_TIME: Millis = 30 * SECOND;
/// and a second more for each so many bytes that it announces.
pub const BODY_BYTES_PER_SECOND: u64 = 16 * 1024;
/// Bodies on their way in at the same time.
pub const BODIES_AT_ONCE: usize = 512;
/// Of these from one network address.
pub const BODIES_PER_ADDRESS: usize = 64;
/// A peer that takes nothing of an answer for this long is gone.
pub const WRITE_STALL: Millis = 30 * SECOND;
/// Connections that wait to be taken: a crowd that comes at once is not turned away.
pub const BACKLOG: u32 = 4_096;
/// Connections at the same time, those of sockets included.
pub const CONNECTIONS: usize = 16_000;
/// Of these from one network address: an office of a thousand people behind one address has room.
pub const CONNECTIONS_PER_ADDRESS: usize = 4_000;
/// Sockets at the same time; connections beyond them remain for requests.
pub const SOCKETS: usize = 12_000;
/// Of these from one network address.
pub const SOCKETS_PER_ADDRESS: usize = 3_000;
/// Requests worked on at the same time; beyond it the answer is 503.
pub const REQUESTS_AT_ONCE: usize = 2_000;

/// Tries for a message outward before it is given up.
pub const OUTBOX_TRIES: i32 = 5;
/// A provider must have answered within this time.
pub const OUTBOX_TIMEOUT: Millis = 15 * SECOND;
/// Pause before the second try; doubled for each further one, with jitter.
pub const OUTBOX_PAUSE: Millis = 5 * SECOND;
