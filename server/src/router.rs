//! The whole router: pages, the interface of the islands, probes, and the layers around them.

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::prelude::provide_context;
use operations::Office;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::{layers, web_sessions};

/// The most bytes of a form. Routes that take files allow more for themselves.
const FORM_LIMIT: usize = 1_000_000;

/// Everything that is answered over HTTP. `behind_proxy` says whether `X-Forwarded-For` is to be believed.
pub fn router(office: &Office, behind_proxy: bool) -> Router {
    let pages = app::routes::all().into_router().route("/api/{*name}", post(island_call)).fallback(nothing_here);
    // The last layer named is the first to see a request. Refusals of the inner ones become pages in `show`.
    let pages = pages
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn(layers::in_time))
        .layer(CsrfLayer::new())
        .layer(from_fn(app::problem::show))
        .layer(web_sessions::layer(office))
        .layer(from_fn(layers::finish_deeds))
        .layer(from_fn_with_state(behind_proxy, layers::note_address))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app::copies::Copies::of(office), app::copies::answer))
        .layer(from_fn(app::known::answer))
        .layer(from_fn(layers::strict_headers))
        .layer(from_fn(layers::log));
    let probes = Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready));
    probes.merge(pages).layer(Extension(office.clone()))
}

/// `POST /api/…`: what the islands ask, as Leptos server functions.
async fn island_call(context: app::Context, request: Request<Body>) -> impl IntoResponse {
    leptos_axum::handle_server_fns_with_context(move || provide_context(context.clone()), request).await
}

async fn nothing_here() -> Response {
    app::Problem::NotFound.into_response()
}

/// `GET /readyz`: 200 when the database answers and every migration is applied.
async fn ready(Extension(office): Extension<Office>) -> Response {
    match office.database.is_ready().await {
        Ok(true) => "ready".into_response(),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "migrations are missing").into_response(),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}
