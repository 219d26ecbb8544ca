//! Copies of public pages and feeds in memory, for readers who are not signed in.
//!
//! An answer says with [`shared`] or [`shared_file`] that it is the same for all of them; the layer [`answer`], which lies
//! around compression, sessions and everything else, keeps what went out and sends it again. A copy is good until the
//! calendar changes, the day ends, or a minute has passed (so that what changes elsewhere, the name of a trainer say, shows
//! soon too). It is made after its version was read, so it is never older than it claims.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Duration, Utc};
use domain::accounts::Language;
use operations::Office;

use crate::context::{SESSION_COOKIE, cookie, language_of};
use crate::page::Page;
use crate::{Context, Problem};

/// The most copies, and the most bytes of them: then all are dropped, which costs a second of rendering.
const MOST: usize = 400;
const MOST_BYTES: usize = 32 << 20;

/// The longest `Accept-Encoding` that is told apart. Browsers send less than half of it.
const LONGEST: usize = 100;

/// What a copy depends on: path and query, language, and the encodings that the browser takes.
type Key = (String, Language, HeaderValue);

/// The copies of one router.
#[derive(Debug, Clone)]
pub struct Copies {
    office: Office,
    kept: Arc<Mutex<Shelf>>,
}

/// The copies, and how many bytes they have in all.
#[derive(Debug, Default)]
struct Shelf {
    copies: HashMap<Key, Kept>,
    bytes: usize,
}

#[derive(Debug, Clone)]
struct Kept {
    fresh: Fresh,
    headers: HeaderMap,
    body: Bytes,
}

/// Stands on a response that is the same for everybody who is not signed in: what it was made from, and when.
#[derive(Debug, Clone, Copy)]
struct Fresh {
    version: u64,
    made: DateTime<Utc>,
}

/// The page that `make` makes. For who is not signed in, it may be kept and sent to others.
///
/// Call it only for addresses that have one spelling, so that nobody fills the memory with others.
pub(crate) async fn shared<'c>(
    context: &'c Context,
    make: impl AsyncFnOnce() -> Result<Page<'c>, Problem>,
) -> Result<Response, Problem> {
    if context.visitor().is_some() {
        return Ok(make().await?.into_response());
    }
    shared_file(context, async || Ok(make().await?.public().into_response())).await
}

/// The file that `make` makes, the same for everybody, signed in or not. For who is not, it may be kept and sent to others.
///
/// Call it only for addresses that have one spelling, so that nobody fills the memory with others.
pub(crate) async fn shared_file(
    context: &Context,
    make: impl AsyncFnOnce() -> Result<Response, Problem>,
) -> Result<Response, Problem> {
    let version = context.office.calendar_version().await.map_err(operations::Failure::from)?;
    let fresh = Fresh { version, made: context.office.now() };
    let mut response = make().await?;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie"));
    response.extensions_mut().insert(fresh);
    Ok(response)
}

/// Layer: answers with a copy where there is a good one, and keeps what [`shared`] lets it keep.
pub async fn answer(State(copies): State<Copies>, request: Request, next: Next) -> Response {
    let Some(key) = key(&request) else { return next.run(request).await };
    if let Some(copy) = copies.find(&key).await {
        return (copy.headers, copy.body).into_response();
    }
    let response = next.run(request).await;
    let fresh = response.extensions().get::<Fresh>().copied();
    match fresh {
        Some(fresh) if response.status() == StatusCode::OK && !response.headers().contains_key(header::SET_COOKIE) => {
            copies.keep(key, fresh, response).await
        }
        _ => response,
    }
}

/// What the answer to a request depends on; none when it may depend on who asks.
fn key(request: &Request) -> Option<Key> {
    let headers = request.headers();
    if request.method() != Method::GET || cookie(headers, SESSION_COOKIE).is_some() {
        return None;
    }
    let encodings = headers.get(header::ACCEPT_ENCODING).cloned().unwrap_or(HeaderValue::from_static(""));
    let one_line = headers.get_all(header::ACCEPT_ENCODING).iter().count() < 2 && encodings.len() <= LONGEST;
    one_line
        .then(|| (request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(), language_of(headers), encodings))
}

impl Copies {
    /// No copies yet of what an office shows.
    #[must_use]
    pub fn of(office: &Office) -> Copies {
        Copies { office: office.clone(), kept: Arc::default() }
    }

    async fn find(&self, key: &Key) -> Option<Kept> {
        let copy = self.kept.lock().unwrap_or_else(PoisonError::into_inner).copies.get(key).cloned()?;
        // Without an answer nothing is known to be fresh: the page itself says what is wrong.
        let version = self.office.calendar_version().await.ok()?;
        let (now, made, day) = (self.office.now(), copy.fresh.made, domain::time::local_day);
        (copy.fresh.version == version && now - made < Duration::minutes(1) && day(made) == day(now)).then_some(copy)
    }

    async fn keep(&self, key: Key, fresh: Fresh, response: Response) -> Response {
        let (mut parts, body) = response.into_parts();
        let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
            return Problem::Internal("a page ended early".to_owned()).into_response();
        };
        // The length is known now; a compressed stream did not know it.
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        let copy = Kept { fresh, headers: parts.headers.clone(), body: body.clone() };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).put(key, copy);
        Response::from_parts(parts, Body::from(body))
    }
}

impl Shelf {
    fn put(&mut self, key: Key, copy: Kept) {
        if self.copies.len() >= MOST || self.bytes + copy.body.len() > MOST_BYTES {
            *self = Shelf::default();
        }
        self.bytes += copy.body.len();
        if let Some(old) = self.copies.insert(key, copy) {
            self.bytes -= old.body.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(bytes: usize) -> Kept {
        let fresh = Fresh { version: 0, made: DateTime::UNIX_EPOCH };
        Kept { fresh, headers: HeaderMap::new(), body: vec![0; bytes].into() }
    }

    fn key(n: usize) -> Key {
        (format!("/{n}"), Language::Vietnamese, HeaderValue::from_static("br"))
    }

    #[test]
    fn the_shelf_never_holds_more_than_it_may() {
        let mut shelf = Shelf::default();
        for n in 0..MOST + 1 {
            shelf.put(key(n), copy(10));
        }
        assert_eq!((shelf.copies.len(), shelf.bytes), (1, 10), "too many");
        shelf.put(key(MOST), copy(7));
        assert_eq!((shelf.copies.len(), shelf.bytes), (1, 7), "one takes the place of another");
        shelf.put(key(1), copy(MOST_BYTES - 7));
        assert_eq!((shelf.copies.len(), shelf.bytes), (2, MOST_BYTES));
        shelf.put(key(2), copy(1));
        assert_eq!((shelf.copies.len(), shelf.bytes), (1, 1), "too large");
    }
}
