//! Somebody's own calendar, and the secret addresses under which calendar programs read it.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::{Actor, Language, Role, Scope};
use domain::calendar::{FeedKind, Part, View};
use domain::ids::{FeedId, OrganisationId};
use domain::time::show_day;
use leptos::prelude::*;
use operations::calendar::{self, Calendar, Made, Offer};

use super::asked::Asked;
use super::bar::bar;
use super::feeds::webcal;
use super::month::month;
use super::slots::{days, week};
use crate::components::{EmptyState, Notice};
use crate::pages::runs::id_of;
use crate::wording::{calendar as say, choices};
use crate::{Context, Form, Path, Problem};

/// `GET /my/calendar`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    page(&context, &form, None).await
}

/// `POST /my/calendar/feeds`: makes an address, in place of the one in use, and shows it, once.
pub(super) async fn make(context: Context, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let kind: FeedKind = form.get("kind").parse().map_err(|_| Problem::NotFound)?;
    let organisation: Option<OrganisationId> = match form.get("organisation") {
        "" => None,
        id => Some(id_of(id)?),
    };
    let made = calendar::make_feed(&context.office, actor, kind, organisation).await?;
    page(&context, &Form::default(), Some(made)).await
}

/// `POST /my/calendar/feeds/{id}/revoke`
pub(super) async fn revoke(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let id: FeedId = id_of(&id)?;
    calendar::revoke_feed(&context.office, actor, id).await?;
    Ok(Context::see("/my/calendar?done=revoked"))
}

async fn page(context: &Context, form: &Form, made: Option<Made>) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let asked = Asked::read_own(form, context.office.today());
    let mut calendar = calendar::own(&context.office, actor, asked.span.start(), asked.span.end()).await?;
    if let Some(part) = asked.part {
        let Calendar { sessions, parts, .. } = &mut calendar;
        sessions.retain(|session| parts.get(&session.id).is_some_and(|parts| parts.contains(&part)));
    }
    let offers = calendar::offers(&context.office, actor).await?;
    let made = made.map(|made| shown_once(context, &made)).transpose()?;
    let title = format!("{} · {}", say::own(l), say::span_name(l, &asked.span));
    let page = context.page(title, || {
        let content = match (calendar.sessions.is_empty(), asked.span.view()) {
            (true, _) => nothing(l, &asked).into_any(),
            (false, View::Month) => month(l, &calendar, &asked).into_any(),
            (false, View::Week) => week(l, &calendar, &asked).into_any(),
            (false, View::Agenda) => days(l, &calendar).into_any(),
        };
        let revoked = (form.get("done") == "revoked").then(|| view! { <Notice text=say::feed_revoked(l)/> });
        view! {
            {revoked}
            {made}
            {bar(context, &asked)}
            {parts(l, actor, &asked)}
            {content}
            {feeds(l, &offers)}
        }
    });
    let page = if asked.span.view() == View::Agenda { page } else { page.wide() };
    Ok(page.crumb("/calendar", say::title(l)).into_response())
}

/// Why a session may stand in this calendar, where there is more than one reason.
fn parts(l: Language, actor: &Actor, asked: &Asked) -> Option<impl IntoView + use<>> {
    let units = actor.grants.iter().any(|grant| matches!(grant.scope, Scope::Unit(_)) && grant.role != Role::Trainer);
    let offered = [
        (actor.is(Role::Trainer), Part::Teaching),
        (true, Part::Attending),
        (actor.organisations().next().is_some(), Part::Organisation),
        (units, Part::Unit),
    ];
    let chip = |part: Option<Part>, name: &'static str| {
        let current = (asked.part == part).then_some("true");
        view! { <a class="chip" href=Asked { part, ..*asked }.path() aria-current=current>{name}</a> }
    };
    let chips: Vec<_> =
        offered.into_iter().filter(|(holds, _)| *holds).map(|(_, part)| chip(Some(part), choices::part(l, part))).collect();
    (chips.len() > 1).then(|| view! { <nav class="chips" aria-label=say::parts(l)>{chip(None, say::every_part(l))}{chips}</nav> })
}

fn nothing(l: Language, asked: &Asked) -> impl IntoView + use<> {
    let wider = asked.part.map(|_| view! { <a class="button quiet" href=asked.widened().path()>{say::own_all(l)}</a> });
    view! {
        <EmptyState title=say::own_nothing(l) advice=say::own_nothing_advice(l)>
            <p class="actions"><a class="button" href="/calendar">{say::own_to_public(l)}</a>{wider}</p>
        </EmptyState>
    }
}

/// The address that was just made, with a code for the telephone that does not show this page.
fn shown_once(context: &Context, made: &Made) -> Result<impl IntoView + use<>, Problem> {
    let l = context.language;
    let address = format!("{}{}", context.office.settings.public_url, made.path);
    let opened = webcal(context, &made.path);
    let code = documents::qr::svg(&opened, say::feed_code(l)).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(view! {
        <section class="panel made">
            <h2>{feed_name(l, made.kind, "")}</h2>
            <p role="status">{say::feed_once(l)}</p>
            <div class="qr" inner_html=code></div>
            <p class="address"><code>{address.clone()}</code></p>
            <p class="actions"><a class="button" href=opened>{say::subscribe(l)}</a><a href=address>{say::subscribe_file(l)}</a></p>
        </section>
    })
}

fn feed_name(l: Language, kind: FeedKind, organisation: &str) -> String {
    match kind {
        FeedKind::Person => say::offer_person(l).to_owned(),
        FeedKind::Teaching => say::offer_teaching(l).to_owned(),
        FeedKind::Organisation if organisation.is_empty() => say::offer_organisation_plain(l).to_owned(),
        FeedKind::Organisation => say::offer_organisation(l, organisation),
    }
}

fn feeds(l: Language, offers: &[Offer]) -> impl IntoView + use<> {
    let rows = offers.iter().map(|offer| {
        let name = offer.organisation.as_ref().map_or("", |(_, name)| name.as_str());
        let organisation = offer.organisation.as_ref().map(|(id, _)| {
            view! { <input type="hidden" name="organisation" value=id.to_string()/> }
        });
        let name = feed_name(l, offer.kind, name);
        let (state, verb) = match offer.in_use {
            Some((_, since)) => (say::feed_since(l, show_day(domain::time::local_day(since))), say::feed_renew(l)),
            None => (say::feed_none(l).to_owned(), say::feed_make(l)),
        };
        let label = format!("{verb}: {name}");
        let revoke = offer.in_use.map(|(id, _)| {
            let label = format!("{}: {name}", say::feed_revoke(l));
            view! {
                <form method="post" action=format!("/my/calendar/feeds/{id}/revoke")>
                    <button class="danger" aria-label=label>{say::feed_revoke(l)}</button>
                </form>
            }
        });
        view! {
            <li>
                <p><strong>{name}</strong><small>{state}</small></p>
                <div class="actions">
                    <form method="post" action="/my/calendar/feeds">
                        <input type="hidden" name="kind" value=offer.kind.as_str()/>
                        {organisation}
                        <button class="quiet" aria-label=label>{verb}</button>
                    </form>
                    {revoke}
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="feeds no-print" id="feeds">
            <h2>{say::feeds(l)}</h2>
            <p class="lead">{say::feeds_lead(l)}</p>
            <ul>{rows}</ul>
        </section>
    }
}
