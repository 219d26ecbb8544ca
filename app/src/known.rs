//! Readers who have an answer already are told that it is the same.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Layer: answers 304 without a body where the answer would bear a tag that the reader sent (RFC 9110 §13.1.2).
pub async fn answer(request: Request, next: Next) -> Response {
    let asked = matches!(*request.method(), Method::GET | Method::HEAD);
    let tags = request.headers().get(header::IF_NONE_MATCH).filter(|_| asked).cloned();
    let response = next.run(request).await;
    let tag = response.headers().get(header::ETAG).filter(|_| response.status() == StatusCode::OK);
    match (tags.as_ref().and_then(|tags| tags.to_str().ok()), tag.and_then(|tag| tag.to_str().ok())) {
        (Some(tags), Some(tag)) if is_among(tag, tags) => same(response),
        _ => response,
    }
}

/// Whether a tag is one of those sent. They are compared weakly, since an answer may be sent compressed or not.
fn is_among(tag: &str, sent: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    sent.trim() == "*" || sent.split(',').any(|sent| opaque(sent) == opaque(tag))
}

fn same(response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    for of_the_body in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::CONTENT_DISPOSITION] {
        parts.headers.remove(of_the_body);
    }
    parts.status = StatusCode::NOT_MODIFIED;
    (parts, Body::empty()).into_response()
}
