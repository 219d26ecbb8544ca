//! Calendars for calendar programs: a feed to subscribe to, a run, a session.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use documents::calendars::{self, Entry};
use domain::accounts::Language;
use domain::calendar::FeedKind;
use domain::ids::{RunId, SessionId};
use domain::runs::calendar_uid;
use leptos::prelude::*;
use operations::calendar::{self, Calendar, Session};
use operations::runs::Run;

use super::asked::Asked;
use super::entries;
use crate::copies::shared_file;
use crate::pages::runs::id_of;
use crate::wording::calendar as say;
use crate::{Context, Form, Path, Problem};

/// `GET /calendar.ics`: everything, or what a topic, audience, unit, venue or trainer narrows it to.
pub(super) async fn all(context: Context, form: Form) -> Result<Response, Problem> {
    let asked = Asked::read(&form, context.office.today());
    let make = async || {
        let (from, to) = calendar::feed_period(&context.office);
        let held = calendar::public(&context.office, &asked.filter_between(from, to)).await?;
        let l = context.language;
        Ok(file(text(&context, l, say::title(l), &held), "lich-tap-huan.ics", PUBLIC))
    };
    // Only an address in its one spelling is worth a copy.
    if asked.feed() == context.path { shared_file(&context, make).await } else { make().await }
}

/// `GET /runs/{id}/calendar.ics`
pub(super) async fn of_run(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    let held = calendar::of_run(&context.office, context.visitor(), id).await?;
    let l = context.language;
    let name = held.runs.first().map(|run| entries::title(l, run)).unwrap_or_default();
    Ok(file(text(&context, l, &name, &held), "lop-tap-huan.ics", caching(&context)))
}

/// `GET /sessions/{id}/calendar.ics`
pub(super) async fn of_session(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: SessionId = id_of(&id)?;
    let (held, _) = calendar::of_session(&context.office, context.visitor(), id).await?;
    let l = context.language;
    let name = held.runs.first().map(|run| entries::title(l, run)).unwrap_or_default();
    Ok(file(text(&context, l, &name, &held), "buoi-tap-huan.ics", caching(&context)))
}

/// `GET /feeds/{secret}.ics`: what whoever holds the address may read, in the language of its owner.
pub(super) async fn of_secret(context: Context, Path(file_name): Path<String>) -> Result<Response, Problem> {
    let secret = file_name.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let feed = calendar::of_secret(&context.office, context.address, secret).await?;
    let l = feed.language;
    let name = match feed.kind {
        FeedKind::Person => say::feed_of_person(l, &feed.name),
        FeedKind::Teaching => say::feed_of_teaching(l, &feed.name),
        FeedKind::Organisation => say::feed_of_organisation(l, &feed.name),
    };
    Ok(file(text(&context, l, &name, &feed.calendar), "lich-cua-toi.ics", PRIVATE))
}

const PUBLIC: &str = "public, max-age=0, must-revalidate";
const PRIVATE: &str = "private, max-age=0, must-revalidate";

/// What somebody sees of a draft is not for others.
fn caching(context: &Context) -> &'static str {
    if context.visitor().is_none() { PUBLIC } else { PRIVATE }
}

fn text(context: &Context, l: Language, name: &str, held: &Calendar) -> String {
    let site = &context.office.settings.public_url;
    let entries: Vec<Entry> = held.held().map(|(session, run)| entry(l, site, held, session, run)).collect();
    calendars::feed(name, &entries)
}

fn entry(l: Language, site: &str, held: &Calendar, session: &Session, run: &Run) -> Entry {
    let reason = session.called_off(run);
    let title = entries::title(l, run);
    let names = |names: Option<&Vec<String>>| names.map(|names| names.join(", ")).filter(|names| !names.is_empty());
    let lines = [
        reason.map(|reason| say::cancelled_because(l, reason)),
        Some(session.topic.clone()),
        names(held.taught.get(&session.id)).map(|names| say::taught_by(l, &names)),
        names(held.sent.get(&run.id)).map(|names| say::sent(l, &names)),
        reason.is_none().then(|| run.note.clone()),
    ];
    Entry {
        uid: calendar_uid(session.id),
        sequence: run.sequence,
        stamp: session.cancelled_at.map_or(run.changed_at, |at| at.max(run.changed_at)),
        starts: session.starts_at,
        ends: session.ends_at,
        // Not every program shows that an entry is cancelled.
        summary: if reason.is_some() { say::cancelled_title(l, &title) } else { title },
        location: format!("{}, {}", session.place(run), run.unit_title()),
        description: lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        url: format!("{site}/runs/{}", run.id),
        cancelled: reason.is_some(),
    }
}

/// A calendar file, with a tag by which a program that has it already is told so ([`crate::known`]).
fn file(text: String, name: &str, caching: &'static str) -> Response {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let headers = [
        // Weak, since it may be sent compressed or not.
        (header::ETAG, format!("W/\"{:016x}\"", hasher.finish())),
        (header::CACHE_CONTROL, caching.to_owned()),
        (header::VARY, "cookie".to_owned()),
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

/// An address that calendar programs open by themselves: one tap subscribes.
pub(crate) fn webcal(context: &Context, path: &str) -> String {
    let site = &context.office.settings.public_url;
    let host = site.split_once("://").map_or(site.as_str(), |(_, host)| host);
    format!("webcal://{host}{path}")
}

/// How a calendar comes onto a telephone.
pub(super) fn subscribe(context: &Context, path: &str) -> impl IntoView + use<> {
    let l = context.language;
    let address = format!("{}{path}", context.office.settings.public_url);
    view! {
        <p class="actions">
            <a class="button quiet" href=webcal(context, path)>{say::subscribe(l)}</a>
            <a href=address>{say::subscribe_file(l)}</a>
        </p>
    }
}
