//! The bytes of a file as an answer: whole, a stretch of it, or nothing when the browser has them (RFC 9110, 13 and 14).

use crate::{
    App,
    domain::files::{names, reading::Readable},
    error::AppError,
};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use std::ops::Range;

/// Nothing in a file runs, wherever it is opened.
const POLICY: &str = "sandbox; default-src 'none'";

/// Answers with a file. Every answer asks to be checked again before it is used again: the right may have ended.
pub(super) async fn answer(app: &App, file: Readable, asked: &HeaderMap) -> Result<Response, AppError> {
    let tag = format!("\"{}\"", file.tag);
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| lists(known, &tag)) {
        return Ok(with(StatusCode::NOT_MODIFIED.into_response(), &head(&file, &tag)));
    }
    let range = asked.get(header::RANGE).and_then(|range| range.to_str().ok());
    // A stretch of another version would not fit what the browser has.
    let is_same = asked.get(header::IF_RANGE).is_none_or(|known| known == tag.as_str());
    let range = range.filter(|_| is_same).map_or(Ok(None), |range| stretch(range, file.size));
    let Ok(range) = range else {
        let size = format!("bytes */{}", file.size);
        return Ok(with(StatusCode::RANGE_NOT_SATISFIABLE.into_response(), &[(header::CONTENT_RANGE, size)]));
    };
    let pieces = app.storage.read(&file.object, range.clone()).await?.ok_or_else(|| missing(&file))?;
    let length = range.as_ref().map_or(file.size, |range| range.end - range.start);
    let mut headers = head(&file, &tag);
    headers.push((header::CONTENT_LENGTH, length.to_string()));
    let status = match range {
        Some(Range { start, end }) => {
            headers.push((header::CONTENT_RANGE, format!("bytes {start}-{}/{}", end - 1, file.size)));
            StatusCode::PARTIAL_CONTENT
        }
        None => StatusCode::OK,
    };
    Ok(with((status, Body::from_stream(pieces)).into_response(), &headers))
}

/// A file of the record without bytes is a fault of the storage, which the operator has to hear of.
fn missing(file: &Readable) -> AppError {
    AppError::Internal(anyhow::anyhow!("the bytes of a file are missing: {}", file.object))
}

fn head(file: &Readable, tag: &str) -> Vec<(HeaderName, String)> {
    vec![
        (header::ETAG, tag.to_owned()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::CONTENT_TYPE, file.media.clone()),
        (header::CONTENT_DISPOSITION, names::disposition(&file.name, file.is_inline)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ]
}

fn with(mut response: Response, headers: &[(HeaderName, String)]) -> Response {
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name.clone(), value);
        }
    }
    response
}

/// Whether a list of tags names this one (RFC 9110, 13.1.2); a weak tag names it as well.
fn lists(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
}

/// The one stretch that is asked for. `None` for the whole file: when several are, or what is asked is no range.
/// An error for one that begins behind the end.
fn stretch(asked: &str, size: u64) -> Result<Option<Range<u64>>, ()> {
    let Some((from, to)) = asked.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Ok(None);
    };
    if to.contains(',') {
        return Ok(None);
    }
    let range = match (from.trim().parse::<u64>(), to.trim().parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(size),
        (Ok(from), Err(_)) if to.trim().is_empty() => from..size,
        (Err(_), Ok(last)) if from.trim().is_empty() => size.saturating_sub(last)..size,
        _ => return Ok(None),
    };
    if range.start >= range.end { Err(()) } else { Ok(Some(range)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stretch_is_answered_and_anything_else_is_the_whole_file() {
        for (asked, expected) in [
            ("bytes=0-9", Ok(Some(0..10))),
            ("bytes=90-", Ok(Some(90..100))),
            ("bytes=-5", Ok(Some(95..100))),
            ("bytes=-500", Ok(Some(0..100))),
            ("bytes=50-500", Ok(Some(50..100))),
            ("bytes=100-", Err(())),
            ("bytes=-0", Err(())),
            ("bytes=0-1,5-6", Ok(None)),
            ("bytes=9-1", Ok(None)),
            ("lines=1-2", Ok(None)),
            ("bytes=x-y", Ok(None)),
        ] {
            assert_eq!(stretch(asked, 100), expected, "{asked}");
        }
    }

    #[test]
    fn a_tag_is_found_in_a_list() {
        let known = HeaderValue::from_static("W/\"a\", \"b\"");
        assert!(lists(&known, "\"a\"") && lists(&known, "\"b\"") && !lists(&known, "\"c\""));
    }
}
