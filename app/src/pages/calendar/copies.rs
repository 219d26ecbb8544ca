//! Copies of public pages in memory, for readers who are not signed in.
//!
//! A copy is good until the calendar changes, the day ends, or a minute has passed (so that what changes elsewhere, the
//! name of a trainer say, shows soon too). It is made after its version was read, so it is never older than it claims.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Duration, Utc};
use domain::accounts::Language;

use crate::page::Page;
use crate::{Context, Problem};

/// The most copies: then all are dropped, which costs a second of rendering.
const MOST: usize = 200;

/// The copies of one router.
#[derive(Debug, Clone, Default)]
pub(crate) struct Copies(Arc<Mutex<HashMap<(String, Language), Copy>>>);

#[derive(Debug, Clone)]
struct Copy {
    version: u64,
    made: DateTime<Utc>,
    headers: HeaderMap,
    body: Bytes,
}

impl Copies {
    /// The copy of the page at `context.path`, else the page that `make` makes.
    ///
    /// Call it only for addresses that have one spelling, so that nobody fills the memory with others.
    pub(crate) async fn page<'c>(
        &self,
        context: &'c Context,
        make: impl AsyncFnOnce() -> Result<Page<'c>, Problem>,
    ) -> Result<Response, Problem> {
        if context.visitor().is_some() {
            return Ok(make().await?.into_response());
        }
        let (version, now) = (context.office.calendar_version().await.map_err(operations::Failure::from)?, context.office.now());
        let key = (context.path.clone(), context.language);
        if let Some(copy) = self.find(&key, version, now) {
            return Ok((copy.headers, copy.body).into_response());
        }
        let mut response = make().await?.public().into_response();
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie"));
        if response.status() != StatusCode::OK {
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.map_err(|error| Problem::Internal(error.to_string()))?;
        let copy = Copy { version, made: now, headers: parts.headers.clone(), body: body.clone() };
        self.keep(key, copy);
        Ok((parts, body).into_response())
    }

    fn find(&self, key: &(String, Language), version: u64, now: DateTime<Utc>) -> Option<Copy> {
        let copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = domain::time::local_day;
        let good = |copy: &&Copy| copy.version == version && now - copy.made < Duration::minutes(1) && day(copy.made) == day(now);
        copies.get(key).filter(good).cloned()
    }

    fn keep(&self, key: (String, Language), copy: Copy) {
        let mut copies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if copies.len() >= MOST {
            copies.clear();
        }
        copies.insert(key, copy);
    }
}
