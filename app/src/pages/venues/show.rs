//! `/venues/{id}`: a venue, its rooms, and what is booked in them.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::VenueId;
use domain::time::{local_day, local_time, show_day, show_time};
use leptos::prelude::*;
use operations::Outcome;
use operations::venues::{self, Booked, VenueView};

use super::rooms;
use crate::components::{FaultSummary, Notice};
use crate::pages::accounts::with_faults;
use crate::wording::{choices, shell, venues as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<VenueId>, form: Form) -> Result<Response, Problem> {
    render(&context, id, &form, StatusCode::OK).await
}

pub(super) async fn retire(context: Context, Path(id): Path<VenueId>, form: Form) -> Result<Response, Problem> {
    let outcome = venues::retire(&context.office, context.actor()?, id).await;
    answer(&context, id, form, outcome).await
}

pub(super) async fn bring_back(context: Context, Path(id): Path<VenueId>, form: Form) -> Result<Response, Problem> {
    let outcome = venues::bring_back(&context.office, context.actor()?, id).await;
    answer(&context, id, form, outcome).await
}

/// Goes back to the venue, or shows it with why nothing was done.
pub(super) async fn answer(context: &Context, id: VenueId, form: Form, outcome: Outcome<()>) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/venues/{id}?saved=yes"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            render(context, id, &form, status).await
        }
    }
}

async fn render(context: &Context, id: VenueId, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let shown = venues::show(&context.office, context.actor()?, id).await?;
    let page = context.page(shown.venue.name.clone(), || {
        let saved = form.has("saved").then(|| view! { <Notice text=say::saved(l)/> });
        let retired =
            shown.venue.retired_at.map(|at| view! { <p class="notice bad">{say::retired_since(l, show_day(local_day(at)))}</p> });
        view! {
            {saved}
            <FaultSummary language=l faults=form.faults.clone()/>
            {retired}
            {facts(l, &shown)}
            <h2>{say::rooms(l)}</h2>
            {rooms::list(l, &shown, form)}
            <h2>{say::booked(l)}</h2>
            {booked(l, &shown.booked)}
            {deeds(l, &shown)}
        }
    });
    let page = if shown.may_change { page.crumb("/manage", shell::manage(l)) } else { page.crumb("/runs", shell::runs(l)) };
    Ok(page.crumb("/venues", say::title(l)).status(status).into_response())
}

fn facts(l: Language, shown: &VenueView) -> impl IntoView + use<> {
    let venue = &shown.venue;
    let address = (!venue.address.is_empty()).then(|| view! { <dt>{say::address(l)}</dt><dd>{venue.address.clone()}</dd> });
    // The form takes nothing but https; what stands in the records by another way is not made a link.
    let map = domain::venues::map_link(&venue.map_link).ok().filter(|link| !link.is_empty());
    let map = map.map(|link| {
        view! { <dt>{say::map_link(l)}</dt><dd><a href=link target="_blank" rel="noopener noreferrer">{say::map(l)}</a></dd> }
    });
    let equipment = (!venue.equipment.is_empty())
        .then(|| view! { <dt>{say::equipment(l)}</dt><dd class="lines">{venue.equipment.clone()}</dd> });
    view! { <dl class="facts"><dt>{say::unit(l)}</dt><dd>{venue.unit_title()}</dd>{address}{map}{equipment}</dl> }
}

fn booked(l: Language, sessions: &[Booked]) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="soft">{say::booked_none(l)}</p> }.into_any();
    }
    let rows = sessions.iter().map(|session| {
        let day = format!("{} · {}", show_day(session.day), choices::half_day(l, session.half_day));
        let hours = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
        let course = if l == Language::Vietnamese { &session.course_title } else { &session.course_title_english };
        let class = format!("{course} · {}", session.run_name);
        let draft = session.published_at.is_none().then(|| view! { " "<span class="tag">{say::draft(l)}</span> });
        view! {
            <tr>
                <th scope="row">{day}</th><td>{hours}</td><td>{session.room_name.clone()}</td>
                <td><a href=format!("/runs/{}", session.run_id)>{class}</a>{draft}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::booked(l)>
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col">{say::day(l)}</th><th scope="col">{say::time(l)}</th>
                        <th scope="col">{say::room(l)}</th><th scope="col">{say::class(l)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn deeds(l: Language, shown: &VenueView) -> Option<impl IntoView + use<>> {
    let id = shown.venue.id;
    let (path, class, label) = if shown.venue.retired_at.is_some() {
        ("bring-back", "quiet", say::bring_back(l))
    } else {
        ("retire", "danger", say::retire(l))
    };
    shown.may_change.then(|| {
        view! {
            <div class="actions">
                <a class="button quiet" href=format!("/venues/{id}/edit")>{say::edit(l)}</a>
                <form method="post" action=format!("/venues/{id}/{path}")><button class=class>{label}</button></form>
            </div>
        }
    })
}
