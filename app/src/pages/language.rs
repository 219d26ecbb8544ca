//! Choosing the language one reads.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::accounts::Language;

use crate::context::is_local;
use crate::{Context, Form, Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().post("/language", choose)
}

async fn choose(form: Form) -> Result<Response, Problem> {
    let language: Language = form.get("language").parse().map_err(|_| Problem::NotFound)?;
    let next = if is_local(form.get("next")) { form.get("next") } else { "/" };
    let mut response = Context::see(next);
    let cookie = format!("language={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
