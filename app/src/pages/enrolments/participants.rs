//! `/runs/{id}/participants`: who takes part in a run, as far as the reader may know.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::policy::{Action, may_somewhere};
use domain::runs::RunState;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::enrolments::{self, Enrolment, Roster};

use super::{below_run, id};
use crate::components::{EmptyState, Notice};
use crate::wording::enrolments as words;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let run: RunId = id(&run)?;
    let roster = enrolments::roster(&context.office, actor, run).await?;
    let known = roster.run.clone();
    let enrols = may_somewhere(actor, Action::Enrol) && known.state() == RunState::Published;
    let enrol = enrols.then(|| {
        view! {
            <p class="actions">
                <a class="button" href=format!("/runs/{run}/enrol")>{words::enrol_title(l)}</a>
                <a class="button quiet" href=format!("/runs/{run}/enrol/spreadsheet")>{words::from_spreadsheet(l)}</a>
            </p>
        }
    });
    let exceptions = (roster.everybody && known.selection_year.is_some())
        .then(|| view! { <p><a href=format!("/runs/{run}/exceptions")>{words::exceptions_title(l)}</a></p> });
    let notices = notices(l, &query);
    let content = move || {
        let run = &roster.run;
        let own = (!roster.everybody).then(|| view! { <p class="hint">{words::only_own(l)}</p> });
        view! {
            <p class="lead">{run.title(l)}</p>
            {notices}
            <p class="meta">
                {words::people_count(l, roster.entries.len())}" · "
                {words::seats_left(l, run.seats().left(), run.capacity)}
            </p>
            {own}
            {table(l, &roster)}
            {exceptions}
            {enrol}
        }
    };
    Ok(below_run(context.page(words::participants_title(l), content), l, &known).wide().into_response())
}

/// What happened just before.
fn notices(l: Language, query: &Form) -> impl IntoView + use<> {
    // Only numbers are said back: the address is anybody's to write.
    let count = |name: &str| query.get(name).parse::<u32>().ok().filter(|count| *count > 0).map(|count| count.to_string());
    let enrolled = count("enrolled").map(|count| view! { <Notice text=words::enrolled_now(l, &count)/> });
    let already = count("already").map(|count| view! { <Notice text=words::already_now(l, &count)/> });
    let withdrawn = query.has("withdrawn").then(|| view! { <Notice text=words::withdrawn_now(l)/> });
    view! { {enrolled}{already}{withdrawn} }
}

fn table(l: Language, roster: &Roster) -> AnyView {
    if roster.entries.is_empty() {
        return view! { <EmptyState title=words::nobody_title(l) advice=words::nobody(l)>""</EmptyState> }.into_any();
    }
    let is_open = matches!(roster.run.state(), RunState::Draft | RunState::Published);
    // Who sees one organisation only knows which it is.
    let many = roster.entries.iter().any(|(place, _)| place.organisation_id != roster.entries[0].0.organisation_id);
    let many = many || roster.everybody;
    let rows = roster.entries.iter().enumerate().map(|(n, (place, enrols))| {
        let organisation = many.then(|| {
            let excepted = roster.excepted.contains(&place.organisation_id);
            let excepted = excepted.then(|| view! { " "<span class="tag">{words::excepted(l)}</span> });
            view! { <td>{place.organisation_name.clone()}{excepted}</td> }
        });
        row(l, n + 1, place, organisation, is_open && *enrols)
    });
    let rows = rows.collect_view();
    view! {
        <div class="scroll">
            <table class="rows">
                <thead>
                    <tr>
                        <th scope="col" class="n">{words::number(l)}</th>
                        <th scope="col">{words::full_name(l)}</th>
                        <th scope="col">{words::birth(l)}</th>
                        {many.then(|| view! { <th scope="col">{words::organisation(l)}</th> })}
                        <th scope="col">{words::position(l)}</th>
                        <th scope="col">{words::enrolled_on(l)}</th>
                        <th scope="col"><span class="hidden">{words::withdraw(l)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row<V: IntoView>(
    l: Language,
    number: usize,
    place: &Enrolment,
    organisation: Option<V>,
    withdraws: bool,
) -> impl IntoView + use<V> {
    let withdraw = withdraws.then(|| {
        let address = format!("/enrolments/{}/withdraw", place.id);
        view! { <a href=address aria-label=words::withdraw_who(l, &place.person_name)>{words::withdraw(l)}</a> }
    });
    view! {
        <tr>
            <td class="n">{number}</td>
            <th scope="row">{place.person_name.clone()}</th>
            <td>{place.birth().map(|birth| birth.to_string())}</td>
            {organisation}
            <td>{place.position.clone()}</td>
            <td>{show_day(local_day(place.enrolled_at))}</td>
            <td>{withdraw}</td>
        </tr>
    }
}
