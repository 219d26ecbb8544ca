//! A bare axum route that sends given bytes: what a page is measured against.

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

use crate::Fallible;

/// Serves `page` at `/` of a free port, and prints the address first.
#[expect(clippy::print_stdout, reason = "whoever started this process reads where it listens")]
pub(crate) async fn serve(page: &[u8], encoding: &str) -> Fallible<()> {
    let page = Bytes::copy_from_slice(page);
    let encoding: &'static str = if encoding == "br" { "br" } else { "identity" };
    let answer = move || async move {
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_ENCODING, encoding)], page.clone())
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        // Without it the measure would be of the delay, not of the route.
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, Router::new().route("/", get(answer))).await?)
}
