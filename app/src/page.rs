//! The frame of every page: head, menu, breadcrumbs, foot.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use domain::accounts::{Actor, Language};
use domain::policy::{Action, may_somewhere};
use hydration_context::SsrSharedContext;
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;

use crate::wording::shell;
use crate::{Context, assets};

/// A page that is being made.
#[derive(Debug)]
pub struct Page<'c> {
    context: &'c Context,
    title: String,
    crumbs: Vec<(String, String)>,
    content: String,
    owner: Owner,
    nonce: Option<Nonce>,
    has_island: bool,
    is_wide: bool,
    status: StatusCode,
    caching: &'static str,
}

impl<'c> Page<'c> {
    /// Renders the content at once; the frame is laid around it by [`IntoResponse`].
    pub(crate) fn new<V: IntoView + 'static>(context: &'c Context, title: String, content: impl FnOnce() -> V) -> Page<'c> {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let content = owner.with(|| content().to_html());
        Page {
            context,
            title,
            crumbs: Vec::new(),
            content,
            owner,
            nonce: None,
            has_island: false,
            is_wide: false,
            status: StatusCode::OK,
            caching: "private, no-store",
        }
    }

    /// Adds a step of the way to this page: where it is, and its name. The page itself is the last step.
    #[must_use]
    pub fn crumb(mut self, path: impl Into<String>, name: impl Into<String>) -> Self {
        self.crumbs.push((path.into(), name.into()));
        self
    }

    /// Says that the page holds an island: only then are scripts and wasm sent.
    #[must_use]
    pub fn with_island(mut self) -> Self {
        self.has_island = assets::has_islands();
        self
    }

    /// Lets the content use the whole width, for wide tables.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }

    /// Answers with another status than 200: 422 for a form with faults.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// A page that is the same for everybody may be kept for a minute, when nobody is signed in.
    #[must_use]
    pub fn public(mut self) -> Self {
        if self.context.visitor().is_none() {
            self.caching = "public, max-age=0, must-revalidate";
        }
        self
    }

    fn render(mut self) -> (String, Option<Nonce>) {
        if self.has_island {
            let random: [u8; 16] = self.context.office.random();
            self.nonce = Some(Nonce::from_value(base64::engine::general_purpose::STANDARD.encode(random)));
        }
        let nonce = self.nonce.clone();
        let owner = self.owner.clone();
        let html = owner.with(|| {
            if let Some(nonce) = &self.nonce {
                provide_context(nonce.clone());
            }
            self.frame().to_html()
        });
        owner.unset_with_forced_cleanup();
        (format!("<!DOCTYPE html>{}", without_markers(&html)), nonce)
    }

    fn frame(&self) -> impl IntoView + use<> {
        let l = self.context.language;
        let root = assets::root();
        let title = format!("{} · {} · {}", self.title, shell::programme(l), shell::part(l));
        let scripts = self.has_island.then(|| {
            let options = LeptosOptions::builder().output_name("app").build();
            view! { <HydrationScripts options islands=true root=root/> }
        });
        let main_class = if self.is_wide { "wide" } else { "" };
        view! {
            <html lang=l.as_str()>
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{title}</title>
                    <link rel="icon" href=format!("{root}/icon.svg") type="image/svg+xml"/>
                    <link rel="stylesheet" href=format!("{root}/style.css")/>
                    {scripts}
                </head>
                <body>
                    <a class="skip" href="#main">{shell::skip(l)}</a>
                    {head(self.context)}
                    <main id="main" class=main_class>
                        {crumbs(l, &self.crumbs)}
                        <h1>{self.title.clone()}</h1>
                        <div class="content" inner_html=self.content.clone()></div>
                    </main>
                    {foot(self.context)}
                </body>
            </html>
        }
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        let (status, caching) = (self.status, self.caching);
        let (html, nonce) = self.render();
        let mut response = (status, Html(html)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        if let Some(nonce) = nonce
            && let Ok(policy) = HeaderValue::from_str(&format!(
                "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            ))
        {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// Leaves out the marks by which a browser's Leptos would find its way, except in islands, where it does. Of what people
/// wrote nothing is a mark, since their `<` is written `&lt;`.
fn without_markers(html: &str) -> String {
    const MARKER: &str = "<!>";
    const ISLAND_ENDS: &str = "</leptos-island>";
    let mut clean = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(island) = rest.find("<leptos-island") {
        let (before, from_island) = rest.split_at(island);
        let end = from_island.find(ISLAND_ENDS).map_or(from_island.len(), |end| end + ISLAND_ENDS.len());
        let (island, after) = from_island.split_at(end);
        clean.push_str(&before.replace(MARKER, ""));
        clean.push_str(island);
        rest = after;
    }
    clean.push_str(&rest.replace(MARKER, ""));
    clean
}

/// The menu shows what somebody may do somewhere; the pages themselves decide.
fn head(context: &Context) -> impl IntoView + use<> {
    let l = context.language;
    let here = context.path.split('?').next().unwrap_or("/").to_owned();
    let visitor = context.visitor().cloned();
    let may = |action| visitor.as_ref().is_some_and(|actor| may_somewhere(actor, action));
    let entry = entry_of(&here, may(Action::SeeRun));
    let links = [
        ("/inbox", shell::inbox(l), visitor.is_some()),
        ("/calendar", shell::calendar(l), true),
        ("/runs", shell::runs(l), may(Action::SeeRun)),
        ("/enrolments", shell::enrolments(l), visitor.as_ref().is_some_and(|actor| actor.organisations().next().is_some())),
        ("/registrations", shell::registrations(l), may(Action::SeeRegistrations)),
        ("/board", shell::board(l), may(Action::SeeBoard)),
        ("/organisations", shell::organisations(l), may(Action::SeePeople)),
        ("/manage", shell::manage(l), visitor.as_ref().is_some_and(crate::pages::manage::has_anything)),
        ("/verify", if visitor.is_some() { shell::verify_short(l) } else { shell::verify(l) }, true),
    ];
    let links = links
        .into_iter()
        .filter(|(_, _, shown)| *shown)
        .map(|(path, name, _)| {
            let current = (entry == path).then_some(if here == path { "page" } else { "true" });
            view! { <a href=path aria-current=current>{name}</a> }
        })
        .collect_view();
    view! {
        <header class="bar">
            <a class="brand" href="/">{shell::programme(l)}<span>"· "{shell::part(l)}</span></a>
            // Narrow screens show this button, which needs no script; wide ones show what it opens.
            <button class="quiet open-menu" popovertarget="menu"><i aria-hidden="true"></i><span>{shell::open_menu(l)}</span></button>
            <div class="menu" id="menu" popover="auto">
                <nav aria-label=shell::menu(l)>{links}</nav>
                {visitor.as_ref().map(|actor| account(l, actor))}
            </div>
            {visitor.is_none().then(|| sign_in(l, &context.path))}
        </header>
    }
}

/// The entry of the menu under which a page lies. `plans` says whether the reader sees runs in a list of their own.
fn entry_of(path: &str, plans: bool) -> &'static str {
    let (first, rest) = path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    match first {
        "inbox" => "/inbox",
        "calendar" | "my" => "/calendar",
        "enrolments" | "offers" => "/enrolments",
        "requests" | "runs" | "sessions" | "allotments" | "waiting" | "walk-ins" | "exceptions" | "certificates" if plans => {
            "/runs"
        }
        "requests" => "/enrolments",
        "runs" | "sessions" | "allotments" | "certificates" => "/calendar",
        "waiting" => "/enrolments",
        // Lists, the selection and the board of a year are stages of a form's way.
        "programmes" if rest.ends_with("/board") => "/registrations",
        "registrations" | "lists" | "selections" | "decisions" => "/registrations",
        "board" => "/board",
        "courses" if rest.ends_with("/placing") => "/runs",
        "people" if rest.starts_with("import") => "/manage",
        "organisations" | "people" => "/organisations",
        "manage" | "programmes" | "plans" | "demand" | "courses" | "requirements" | "trainers" | "venues" | "rooms"
        | "holidays" | "books" | "accounts" => "/manage",
        "verify" => "/verify",
        _ => "",
    }
}

fn account(l: Language, actor: &Actor) -> impl IntoView + use<> {
    view! {
        <div class="who">
            <a href="/account">{actor.name.clone()}</a>
            <form method="post" action="/sign-out"><button class="link">{shell::sign_out(l)}</button></form>
        </div>
    }
}

/// The way to the sign-in page and back; it stands outside the menu, since visitors look for it first.
fn sign_in(l: Language, path: &str) -> impl IntoView + use<> {
    let query: String = if path == "/" || path.starts_with("/sign-in") {
        String::new()
    } else {
        format!("?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", path).finish())
    };
    view! { <a class="sign-in" href=format!("/sign-in{query}")>{shell::sign_in(l)}</a> }
}

/// The button that shows this page in the other language.
fn language(context: &Context) -> impl IntoView + use<> {
    let other = match context.language {
        Language::Vietnamese => Language::English,
        Language::English => Language::Vietnamese,
    };
    view! {
        <form method="post" action="/language">
            <input type="hidden" name="next" value=context.path.clone()/>
            <button class="link" name="language" value=other.as_str() lang=other.as_str()>{shell::other_language(context.language)}</button>
        </form>
    }
}

fn crumbs(l: Language, crumbs: &[(String, String)]) -> Option<impl IntoView + use<>> {
    if crumbs.is_empty() {
        return None;
    }
    let steps = crumbs.iter().map(|(path, name)| view! { <li><a href=path.clone()>{name.clone()}</a></li> }).collect_view();
    Some(view! { <nav class="crumbs" aria-label=shell::crumbs(l)><ol>{steps}</ol></nav> })
}

fn foot(context: &Context) -> impl IntoView + use<> {
    let l = context.language;
    let demo = context.office.settings.demo.then(|| view! { <p>{shell::demo(l)}</p> });
    view! {
        <footer class="foot">
            {demo}
            <p>{shell::office(l)}</p>
            <a href="/products">{shell::products(l)}</a>
            {language(context)}
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_lies_under_an_entry_of_the_menu() {
        for (path, planner, representative) in [
            ("/runs/1/edit", "/runs", "/calendar"),
            ("/requests/1", "/runs", "/enrolments"),
            ("/courses/1/placing", "/runs", "/runs"),
            ("/courses/1", "/manage", "/manage"),
            ("/programmes/1/board", "/registrations", "/registrations"),
            ("/programmes/1", "/manage", "/manage"),
            ("/people/duplicates", "/organisations", "/organisations"),
            ("/people/import/1", "/manage", "/manage"),
            ("/my/calendar", "/calendar", "/calendar"),
            ("/", "", ""),
        ] {
            assert_eq!((entry_of(path, true), entry_of(path, false)), (planner, representative), "{path}");
        }
    }

    #[test]
    fn marks_stay_in_islands_only() {
        let island = "<leptos-island data-x=\"1\"><p>a<!></p><!></leptos-island>";
        let html = format!("<title>Lịch<!></title><p>&lt;!&gt;<!></p>{island}<p><!></p>{island}<!>");
        assert_eq!(without_markers(&html), format!("<title>Lịch</title><p>&lt;!&gt;</p>{island}<p></p>{island}"));
        assert_eq!(without_markers("<p>không<!>"), "<p>không");
    }
}
