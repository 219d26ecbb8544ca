//! What lies around every page.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use app::context::ClientAddress;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Finishes a deed even when its caller goes away. A dropped request would otherwise drop a unit of work half-way, and
/// sqlx 0.9 can then return a connection with an open transaction to the pool (sqlx #4385).
pub async fn finish_deeds(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a deed stopped");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Answers 503 when a request takes too long: half a minute, or five where it brings a file, since a scan of eight
/// megabytes takes more than one over the line of a village.
pub async fn in_time(request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let brings_file = kind.is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let longest = Duration::from_secs(if brings_file { 300 } else { 30 });
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Headers that keep browsers strict. A page that holds an island brings its own policy with its nonce.
pub async fn strict_headers(request: Request, next: Next) -> Response {
    const POLICY: &str =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // An address may hold a secret: it never travels to another site, nor to another page of this one.
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}

/// One line a request: the route, never the address, since addresses may hold secrets.
pub async fn log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
    tracing::info!(%method, route, status, ms, "answered");
    response
}

/// Notes from which address a request comes: what the connection says or, behind a proxy that is trusted, what the
/// proxy wrote last into `X-Forwarded-For`.
pub async fn note_address(State(behind_proxy): State<bool>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back().and_then(|line| line.to_str().ok());
    let forwarded = forwarded.and_then(|line| line.rsplit(',').next()).and_then(|address| address.trim().parse().ok());
    let address = if behind_proxy { forwarded.unwrap_or(peer) } else { peer };
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_file_may_take_longer_than_a_form() {
        let slow = |seconds| post(move || tokio::time::sleep(Duration::from_secs(seconds)));
        let router = Router::new().route("/a", slow(29)).route("/b", slow(299)).route("/c", slow(301)).layer(from_fn(in_time));
        for (path, kind, status) in [
            ("/a", "application/x-www-form-urlencoded", StatusCode::OK),
            ("/b", "application/x-www-form-urlencoded", StatusCode::SERVICE_UNAVAILABLE),
            ("/b", "multipart/form-data; boundary=x", StatusCode::OK),
            ("/c", "multipart/form-data; boundary=x", StatusCode::SERVICE_UNAVAILABLE),
        ] {
            let request = axum::http::Request::builder().method("POST").uri(path).header(header::CONTENT_TYPE, kind);
            let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), status, "{path} {kind}");
        }
    }
}
