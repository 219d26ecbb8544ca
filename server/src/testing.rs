//! A house to knock at: the whole router over a test office, and visitors who keep their cookies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use domain::accounts::Actor;
use http_body_util::BodyExt as _;
use operations::Office;
use operations::testing::TestClock;
use store::Database;
use tower::ServiceExt as _;
use tower_sessions::SessionStore as _;
use tower_sessions::session::{Id, Record};

use crate::web_sessions::WebSessions;

/// The router over a test office.
#[derive(Debug, Clone)]
pub struct House {
    /// The office behind it.
    pub office: Office,
    /// The clock it goes by.
    pub clock: TestClock,
    router: Router,
}

/// Somebody in front of the house, with a browser's cookies.
#[derive(Debug, Clone)]
pub struct Visitor {
    router: Router,
    cookies: BTreeMap<String, String>,
}

/// What the house answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as it was sent.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where a redirect leads; empty when it is none.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// A header as text; empty when it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    /// A house over a fresh database with reference data, on 12/06/2019 at 8:00.
    pub async fn over(database: Database) -> House {
        let (office, clock) = operations::testing::office(database).await;
        House { router: crate::router(&office, false), office, clock }
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn anonymous(&self) -> Visitor {
        Visitor { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// Somebody who signed in as `actor`.
    pub async fn signed_in(&self, actor: &Actor) -> Visitor {
        let expiry_date =
            time::OffsetDateTime::from_unix_timestamp(self.office.now().timestamp()).unwrap() + time::Duration::days(3650);
        let data = [(app::context::ACCOUNT_KEY.to_owned(), serde_json::to_value(actor.account).unwrap())];
        let mut record = Record { id: Id::default(), data: data.into_iter().collect(), expiry_date };
        WebSessions::over(&self.office).create(&mut record).await.unwrap();
        let mut visitor = self.anonymous();
        visitor.cookies.insert("ocop".into(), record.id.to_string());
        visitor
    }
}

impl Visitor {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "", Vec::new()).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&");
        self.send(Method::POST, path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// Sends one file with other fields, as a browser does.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], field: &str, file_name: &str, bytes: &[u8]) -> Answer {
        const EDGE: &str = "----ocop-test-edge";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
        self.send(Method::POST, path, &format!("multipart/form-data; boundary={EDGE}"), body).await
    }

    /// Sends anything, with the cookies, and keeps those that come back.
    pub async fn send(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut request =
            Request::builder().method(method).uri(path).header(header::HOST, "ocop.test").header(header::COOKIE, cookies);
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
        }
        self.send_request(request.body(Body::from(body)).unwrap()).await
    }

    /// Sends a request just as it is, and keeps the cookies that come back.
    pub async fn send_request(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
