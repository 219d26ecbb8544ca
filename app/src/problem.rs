//! What goes wrong with a request as a whole, and the page it becomes.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::Failure;

use crate::wording::{refusals, shell};
use crate::{Context, Form};

/// Why there is no page. As a response it is only a status; [`show`] makes it a page in the reader's language.
#[derive(Debug, Clone)]
pub enum Problem {
    /// Nothing that this person may see answers to that address.
    NotFound,
    /// Somebody has to sign in; then the address is tried again.
    SignInFirst {
        /// The address.
        next: String,
        /// What was typed, to be sent there again once somebody has signed in; empty when nothing was.
        kept: Form,
    },
    /// The deed was refused, and the page has no form to say it beside.
    Refused(Faults),
    /// What was sent is not a form.
    NotAForm,
    /// The house failed; the log knows why.
    Internal(String),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        match failure {
            failure if failure.is(&Refusal::NotFound) => Problem::NotFound,
            Failure::Refused(faults) => Problem::Refused(faults),
            other => Problem::Internal(other.to_string()),
        }
    }
}

/// The faults to show beside a form; what is not found, and what failed, has none.
///
/// # Errors
/// The problem that it is instead.
pub(crate) fn faults(failure: Failure) -> Result<Faults, Problem> {
    match failure {
        Failure::Refused(faults) if faults.0.iter().all(|fault| fault.refusal != Refusal::NotFound) => Ok(faults),
        failure => Err(failure.into()),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Problem::SignInFirst { next, kept } = &self
            && kept.fields().next().is_none()
        {
            let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
            return Context::see(&format!("/sign-in?{query}"));
        }
        let status = match &self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::Refused(faults) if faults.0.iter().any(|f| matches!(f.refusal, Refusal::TooManyAttempts { .. })) => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Problem::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::SignInFirst { .. } => StatusCode::UNAUTHORIZED,
            Problem::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if let Problem::Internal(reason) = &self {
            tracing::error!(reason, "a request failed");
        }
        let mut response = (status, status.canonical_reason().unwrap_or_default()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Layer: turns a bare refusal of any inner layer or page into a page in the reader's language. Answers that are not
/// for people (assets, feeds, the interface of the islands) pass as they are.
pub async fn show(context: Result<Context, Problem>, request: Request, next: Next) -> Response {
    let for_people = request
        .headers()
        .get(header::ACCEPT)
        .is_none_or(|kinds| kinds.to_str().is_ok_and(|k| k.contains("text/html") || k == "*/*"))
        && !request.uri().path().starts_with("/api/")
        && !request.uri().path().starts_with("/assets/");
    let response = next.run(request).await;
    let status = response.status();
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !(status.is_client_error() || status.is_server_error()) || is_page || !for_people {
        return response;
    }
    let Ok(context) = context else { return response };
    let l = context.language;
    let problem = response.extensions().get::<Problem>();
    if let Some(Problem::SignInFirst { next, kept }) = problem {
        return crate::pages::accounts::sign_in_keeping(&context, next, kept).await.unwrap_or_else(IntoResponse::into_response);
    }
    let (title, sentences) = match (problem, status) {
        (Some(Problem::Refused(faults)), StatusCode::UNPROCESSABLE_ENTITY) => {
            (shell::refused_title(l), faults.0.iter().map(|fault| refusals::say(l, &fault.refusal)).collect())
        }
        (Some(Problem::Refused(faults)), _) => {
            (shell::wait_title(l), faults.0.iter().map(|fault| refusals::say(l, &fault.refusal)).collect())
        }
        (_, StatusCode::NOT_FOUND) => (shell::not_found_title(l), vec![shell::not_found(l).to_owned()]),
        (_, StatusCode::FORBIDDEN) => (shell::refused_title(l), vec![shell::other_site(l).to_owned()]),
        (_, StatusCode::PAYLOAD_TOO_LARGE) => (shell::refused_title(l), vec![shell::too_large(l).to_owned()]),
        (_, StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::BAD_REQUEST) => {
            (shell::refused_title(l), vec![shell::not_understood(l).to_owned()])
        }
        (_, StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE) => {
            (shell::failed_title(l), vec![shell::too_slow(l).to_owned()])
        }
        _ => (shell::failed_title(l), vec![shell::failed(l).to_owned()]),
    };
    let mut page = context
        .page(title, move || {
            let sentences = sentences.into_iter().map(|sentence| view! { <p class="lead">{sentence}</p> }).collect_view();
            view! {
                {sentences}
                <p><a class="button quiet" href="/">{shell::to_start(l)}</a></p>
            }
        })
        .status(status)
        .into_response();
    if let Some(wait) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    page
}
