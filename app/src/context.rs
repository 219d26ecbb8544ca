//! What a page knows of the request: the office, who asks, and in which language.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use domain::accounts::{Actor, Language};
use domain::ids::{AccountId, PersonId};
use domain::people::may_hold_number;
use leptos::prelude::IntoView;
use operations::Office;
use tower_sessions::Session;

use crate::page::Page;
use crate::{Form, Problem};

/// Under this key the web session holds the account that signed in.
pub const ACCOUNT_KEY: &str = "account";

/// The cookie that holds the web session.
pub const SESSION_COOKIE: &str = "ocop";

/// Where a request comes from. A layer of the server notes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// What a page knows of the request. Taking it as an argument never refuses: a page that needs somebody signed in asks
/// [`Context::actor`].
#[derive(Debug, Clone)]
pub struct Context {
    /// The office that answers.
    pub office: Office,
    /// The language the reader chose; Vietnamese until they choose.
    pub language: Language,
    /// The path and query that were asked for, to come back to.
    pub path: String,
    /// Where the request comes from, to slow down who guesses.
    pub address: IpAddr,
    /// The web session, for signing in and out.
    pub session: Session,
    actor: Option<Actor>,
}

impl Context {
    /// Who is signed in, if anybody is.
    #[must_use]
    pub fn visitor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`Problem::SignInFirst`], which becomes the sign-in page and comes back here.
    pub fn actor(&self) -> Result<&Actor, Problem> {
        self.actor.as_ref().ok_or_else(|| Problem::SignInFirst { next: self.path.clone(), kept: Form::default() })
    }

    /// Who is signed in, for a deed whose form took long to type: whoever was signed out meanwhile finds it again.
    ///
    /// # Errors
    /// [`Problem::SignInFirst`], which becomes the sign-in page and keeps what was typed.
    pub fn actor_keeping(&self, form: &Form) -> Result<&Actor, Problem> {
        self.actor.as_ref().ok_or_else(|| Problem::SignInFirst { next: self.path.clone(), kept: form.clone() })
    }

    /// The same for somebody who has just signed in.
    ///
    /// # Errors
    /// [`Problem::Internal`].
    pub async fn signed_in(self, account: AccountId) -> Result<Context, Problem> {
        let actor = operations::accounts::actor(&self.office, account).await?;
        Ok(Context { actor, ..self })
    }

    /// A page with its title and its content; finish it with [`Page`]'s methods and `Ok(page.into_response())`.
    pub fn page<V: IntoView + 'static>(&self, title: impl Into<String>, content: impl FnOnce() -> V) -> Page<'_> {
        Page::new(self, title.into(), content)
    }

    /// Goes to a path of this program after a deed (303, so that reloading does not repeat it).
    #[must_use]
    pub fn see(path: &str) -> Response {
        (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Context {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let missing = |what: &str| Problem::Internal(format!("the router lacks {what}"));
        let office = parts.extensions.get::<Office>().cloned().ok_or_else(|| missing("an office"))?;
        let session = parts.extensions.get::<Session>().cloned().ok_or_else(|| missing("sessions"))?;
        let account = session.get::<AccountId>(ACCOUNT_KEY).await.map_err(|error| Problem::Internal(error.to_string()))?;
        let actor = match account {
            Some(account) => operations::accounts::actor(&office, account).await?,
            None => None,
        };
        let path = address_of(&parts.uri);
        let address = parts.extensions.get::<ClientAddress>().ok_or_else(|| missing("client addresses"))?.0;
        Ok(Context { office, language: language_of(&parts.headers), path, address, session, actor })
    }
}

/// The path and query of an address to come back to; without a query in which a citizen number may stand, so that none is
/// written into another address.
fn address_of(uri: &Uri) -> String {
    let is_id = |value: &str| value.parse::<PersonId>().is_ok();
    let mut values = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    if values.any(|(_, value)| !is_id(&value) && may_hold_number(&value)) {
        return uri.path().to_owned();
    }
    uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// The value of a cookie, when the browser sent it.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The language of the cookie `language`, else Vietnamese.
#[must_use]
pub fn language_of(headers: &HeaderMap) -> Language {
    cookie(headers, "language").and_then(|word| word.parse().ok()).unwrap_or(Language::Vietnamese)
}

/// Whether `path` is a path of this program that one may be sent to: a typed `next` must not lead elsewhere.
#[must_use]
pub fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| (0x21..0x7f).contains(&byte))
        && path.len() <= 2000
}

#[cfg(test)]
mod tests {
    use super::{address_of, is_local};

    #[test]
    fn an_address_to_come_back_to_holds_no_citizen_number() {
        for (address, kept) in [
            ("/people?q=038085001234", "/people"),
            ("/people?q=038+085+001234", "/people"),
            ("/people?q=0%338085001234", "/people"),
            ("/people?q=le+thi+hoa", "/people?q=le+thi+hoa"),
            ("/people?q=0912345678", "/people?q=0912345678"),
            ("/runs", "/runs"),
            (
                "/people/duplicates?after=00000000-0000-0000-0000-000000000000",
                "/people/duplicates?after=00000000-0000-0000-0000-000000000000",
            ),
        ] {
            assert_eq!(address_of(&address.parse().unwrap()), kept);
        }
    }

    #[test]
    fn only_paths_of_this_program_are_gone_to() {
        for path in ["/", "/runs?state=draft", "/board#x"] {
            assert!(is_local(path), "{path}");
        }
        for path in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", "/có dấu"] {
            assert!(!is_local(path), "{path}");
        }
    }
}
