//! `/runs/{id}/waiting`: who waits for a seat, as far as the reader may know.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::{local_day, local_time, show_day, show_instant, show_time};
use leptos::prelude::*;
use operations::runs;
use operations::waiting::{self, Line, Waiting};

use crate::components::{EmptyState, Notice};
use crate::pages::calendar::title;
use crate::wording::{enrolments, shell, waiting as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(run): Path<RunId>, query: Form) -> Result<Response, Problem> {
    let l = context.language;
    let known = waiting::waiting(&context.office, context.actor()?, run).await?;
    let done = done(&context, run, &query).await?;
    let before: Vec<&str> = query.all("before").collect();
    let before = known.lines.iter().filter(|line| before.contains(&line.entry.id.to_string().as_str()));
    let before = before.map(|line| line.entry.person_name.as_str()).collect::<Vec<_>>().join(", ");
    let before = (!before.is_empty()).then(|| view! { <Notice text=say::done_before(l, &before)/> });
    // Only numbers are said back: the address is anybody's to write.
    let count = |name: &str| query.get(name).parse::<u32>().ok().filter(|count| *count > 0).map(|count| count.to_string());
    let enrolled = count("enrolled").map(|count| view! { <Notice text=enrolments::enrolled_now(l, &count)/> });
    let queued = count("queued").map(|count| view! { <Notice text=say::done_queued(l, &count)/> });
    let page = context.page(say::title(l), || {
        let own = (!known.everybody).then(|| view! { <p class="hint">{enrolments::only_own(l)}</p> });
        let stopped = (!known.moves).then(|| view! { <p class="notice">{say::stopped(l)}</p> });
        view! {
            {done}{enrolled}{queued}{before}
            <p class="lead">{title(l, &known.run)}</p>
            {stopped}
            <p>{say::lead(l)}</p>
            <p class="meta">
                {say::count(l, known.waiting)}" · "{enrolments::deadline(l, show_day(known.run.enrolment_deadline))}
            </p>
            {own}
            {table(l, &known)}
            {left(l, &known)}
        }
    });
    let page = page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{run}"), title(l, &known.run));
    Ok(page.wide().into_response())
}

/// What happened just before, of whom. What lies outside the reader's scope is said of nobody.
async fn done(context: &Context, run: RunId, query: &Form) -> Result<Option<AnyView>, Problem> {
    let (l, actor) = (context.language, context.actor()?);
    if query.get("done") == "priority" {
        return Ok(Some(view! { <Notice text=say::done_priority(l)/> }.into_any()));
    }
    let Ok(who) = query.get("who").parse() else { return Ok(None) };
    let Ok((entry, _, of)) = waiting::own(&context.office, actor, who).await else { return Ok(None) };
    let (name, class) = (&entry.person_name, title(l, &of));
    if of.id != run || entry.left_how.is_none() {
        return Ok(None);
    }
    Ok(match query.get("done") {
        "accepted" => {
            let shown = runs::show(&context.office, Some(actor), run).await?;
            let first = shown.held().min_by_key(|session| session.starts_at).map(|session| {
                let venue = if session.venue.is_empty() { &of.venue } else { &session.venue };
                say::first_session(l, &show_day(session.day), &show_time(local_time(session.starts_at)), venue)
            });
            let said = format!("{} {}", say::done_accepted(l, name, &class), first.unwrap_or_default());
            let ways = view! {
                <p class="actions">
                    <a href=format!("/runs/{run}/participants")>{enrolments::participants_title(l)}</a>
                    <a href=format!("/runs/{run}/calendar.ics")>{say::to_calendar(l)}</a>
                </p>
            };
            Some(view! { <Notice text=said/>{ways} }.into_any())
        }
        "declined" => Some(view! { <Notice text=say::done_declined(l, name, &class)/> }.into_any()),
        "left" => Some(view! { <Notice text=say::done_left(l, name, &class)/> }.into_any()),
        _ => None,
    })
}

fn table(l: Language, known: &Waiting) -> AnyView {
    if known.lines.is_empty() {
        return view! { <EmptyState title=say::nobody_title(l) advice=say::nobody(l)>""</EmptyState> }.into_any();
    }
    let rows = known.lines.iter().map(|line| row(l, line, known.may_prioritise)).collect_view();
    view! {
        <table class="rows">
            <thead><tr>
                <th scope="col">{say::person(l)}</th><th scope="col">{say::organisation(l)}</th>
                <th scope="col">{say::state(l)}</th><th scope="col">{say::since(l)}</th>
                <th scope="col">{say::priority(l)}</th><th scope="col"><span class="hidden">{say::manage(l)}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(l: Language, line: &Line, may_prioritise: bool) -> impl IntoView + use<> {
    let entry = &line.entry;
    let (class, state) = match (line.place, entry.expires_at) {
        (None, Some(end)) => ("tag good", say::offered_until(l, &show_instant(end))),
        (place, _) => ("tag", say::waits(l, place.unwrap_or_default())),
    };
    let priority = (entry.priority > 0).then(|| {
        view! { <strong>{entry.priority}</strong>" "<small class="hint">{entry.priority_reason.clone()}</small> }
    });
    let answers = (line.is_offered && line.answers).then(|| answering(l, entry));
    let manage = (line.answers || may_prioritise).then(|| {
        // Who does not say who comes first can only take somebody off.
        let deed = if may_prioritise { say::manage(l) } else { say::leave(l) };
        let label = format!("{deed}: {}", entry.person_name);
        view! { <a href=format!("/waiting/{}", entry.id) aria-label=label>{deed}</a> }
    });
    view! {
        <tr>
            <th scope="row">{entry.person_name.clone()}</th>
            <td>{entry.organisation_name.clone()}</td>
            <td><span class=class>{state}</span></td>
            <td data-label=say::since(l)>{show_instant(entry.queued_at)}</td>
            <td data-label=say::priority(l)>{priority}</td>
            <td class="deeds">{answers}{manage}</td>
        </tr>
    }
}

/// One tap each: accept, decline, or a code for the telephone.
fn answering(l: Language, entry: &waiting::Entry) -> impl IntoView + use<> {
    let name = &entry.person_name;
    view! {
        <form method="post" action=format!("/waiting/{}/answer", entry.id)>
            <button name="answer" value="accept" aria-label=say::accept_for(l, name)>{say::accept(l)}</button>" "
            <button class="quiet" name="answer" value="decline" aria-label=say::decline_for(l, name)>{say::decline(l)}</button>
        </form>
        <form method="post" action=format!("/waiting/{}/code", entry.id)>
            <button class="link" aria-label=say::code_for(l, name)>{say::code(l)}</button>
        </form>
    }
}

fn left(l: Language, known: &Waiting) -> Option<impl IntoView + use<>> {
    if known.left.is_empty() {
        return None;
    }
    let rows = known.left.iter().map(|entry| {
        let how = entry.left_how.map(|how| say::departure(l, how));
        view! {
            <tr>
                <th scope="row">{entry.person_name.clone()}</th>
                <td>{entry.organisation_name.clone()}</td>
                <td>{how}</td>
                <td>{entry.left_at.map(|at| show_day(local_day(at)))}</td>
                <td class="lines">{entry.left_reason.clone()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! {
        <section>
            <h2>{say::left_title(l)}</h2>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::person(l)}</th><th scope="col">{say::organisation(l)}</th>
                    <th scope="col">{say::left_how(l)}</th><th scope="col">{say::left_on(l)}</th>
                    <th scope="col">{say::priority_reason(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    })
}
