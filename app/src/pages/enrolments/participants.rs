//! `/runs/{id}/participants`: who takes part in a run, as far as the reader may know.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::enrolments::PlaceChange;
use domain::ids::{EnrolmentId, RunId};
use domain::policy::{Action, may_somewhere};
use domain::runs::RunState;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::enrolments::{self, Enrolment, Roster};
use store::vietnamese_order;

use super::{below_run, id};
use crate::components::{EmptyState, Notice};
use crate::wording::{enrolments as words, places};
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
    let withdrawn = match query.get("withdrawn").parse() {
        // What lies outside somebody's scope is said of nobody.
        Ok(place) => enrolments::one(&context.office, actor, place).await.ok().map(|(place, _)| place),
        Err(_) => None,
    };
    let notices = notices(l, &query, &roster, withdrawn.as_ref());
    let papers = (!roster.entries.is_empty()).then(|| papers(l, &roster));
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
            {left(l, &roster)}
            {papers}
            {exceptions}
            {enrol}
        }
    };
    Ok(below_run(context.page(words::participants_title(l), content), l, &known).wide().into_response())
}

/// What happened just before.
fn notices(l: Language, query: &Form, roster: &Roster, withdrawn: Option<&Enrolment>) -> impl IntoView + use<> {
    // Only numbers are said back: the address is anybody's to write.
    let count = |name: &str| query.get(name).parse::<u32>().ok().filter(|count| *count > 0).map(|count| count.to_string());
    let enrolled = count("enrolled").map(|count| view! { <Notice text=words::enrolled_now(l, &count)/> });
    let already = count("already").map(|count| view! { <Notice text=words::already_now(l, &count)/> });
    let class = roster.run.title(l);
    let entered = |name: &str| {
        let id: EnrolmentId = query.get(name).parse().ok()?;
        roster.entries.iter().map(|(place, _)| place).find(|place| place.id == id)
    };
    let withdrawn = withdrawn.filter(|place| place.run_id == roster.run.id && place.withdrawn_at.is_some());
    let withdrawn = withdrawn.map(|place| view! { <Notice text=words::withdrawn_now(l, &place.person_name, &class)/> });
    let substituted = entered("substituted").and_then(|place| {
        let left = &roster.came_by.get(&place.id)?.person_name;
        Some(view! { <Notice text=words::substituted_now(l, &place.person_name, left)/> })
    });
    let transferred =
        entered("transferred").map(|place| view! { <Notice text=words::transferred_now(l, &place.person_name, &class)/> });
    view! { {enrolled}{already}{withdrawn}{substituted}{transferred} }
}

/// Who left after attendance of them had been marked.
fn left(l: Language, roster: &Roster) -> Option<impl IntoView + use<>> {
    let lines = roster.left.iter().map(|left| {
        let day = left.withdrawn_at.map(|at| show_day(local_day(at))).unwrap_or_default();
        view! { <li>{words::left_on(l, &left.person_name, &left.organisation_name, day)}</li> }
    });
    let lines = lines.collect_view();
    (!roster.left.is_empty()).then(|| view! { <h2>{words::left_title(l)}</h2><ul>{lines}</ul> })
}

/// The roster of everybody, or of a group, to print or to keep.
fn papers(l: Language, roster: &Roster) -> impl IntoView + use<> {
    let run = roster.run.id;
    let mut organisations: Vec<(String, &str)> =
        roster.entries.iter().map(|(place, _)| (place.organisation_id.to_string(), place.organisation_name.as_str())).collect();
    organisations.sort_by(|(id, one), (next, other)| vietnamese_order(one, other).then_with(|| id.cmp(next)));
    organisations.dedup();
    let several = |count: usize| count > 1;
    let units = roster.units.iter().filter(|_| several(roster.units.len()));
    let units = units.map(|(id, name)| view! { <option value=format!("unit-{id}")>{name.clone()}</option> }).collect_view();
    let many = several(organisations.len());
    let organisations = organisations.into_iter().filter(|_| many);
    let organisations =
        organisations.map(|(id, name)| view! { <option value=format!("organisation-{id}")>{name.to_owned()}</option> });
    let organisations = organisations.collect_view();
    let choose = (many || several(roster.units.len())).then(|| {
        view! {
            <div class="field">
                <label for="f-group">{places::group(l)}</label>
                <select id="f-group" name="group"><option value="">{places::whole(l)}</option>{units}{organisations}</select>
            </div>
        }
    });
    view! {
        <form class="filters" method="get" action=format!("/runs/{run}/roster.pdf")>
            {choose}
            <button class="quiet">{places::print(l)}</button>
            <button class="quiet" formaction=format!("/runs/{run}/roster.xlsx")>{places::download(l)}</button>
        </form>
    }
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
        row(l, n + 1, place, organisation, deeds(l, roster, place, is_open && *enrols), came_by(l, roster, place))
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
                        <th scope="col" class="no-print"><span class="hidden">{words::withdraw(l)}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What can be done about a place.
fn deeds(l: Language, roster: &Roster, place: &Enrolment, may: bool) -> Option<impl IntoView + use<>> {
    let link = |deed: &str, name: &'static str, label: String| {
        view! { <a href=format!("/enrolments/{}/{deed}", place.id) aria-label=label>{name}</a>" " }
    };
    let name = &place.person_name;
    may.then(|| {
        let substitute = roster.can_substitute.then(|| link("substitute", words::substitute(l), words::substitute_who(l, name)));
        let transfer = roster.can_transfer.then(|| link("transfer", words::transfer(l), words::transfer_who(l, name)));
        view! { {substitute}{transfer}{link("withdraw", words::withdraw(l), words::withdraw_who(l, name))} }
    })
}

/// How somebody came to a place who did not enrol for it.
fn came_by(l: Language, roster: &Roster, place: &Enrolment) -> Option<String> {
    roster.came_by.get(&place.id).map(|came| match came.kind {
        PlaceChange::Substitution => words::instead_of(l, &came.person_name),
        PlaceChange::Transfer => words::moved_here(l).to_owned(),
    })
}

fn row<V: IntoView, D: IntoView>(
    l: Language,
    number: usize,
    place: &Enrolment,
    organisation: Option<V>,
    deeds: Option<D>,
    came_by: Option<String>,
) -> impl IntoView + use<V, D> {
    let came_by = came_by.map(|text| view! { <small>{text}</small> });
    view! {
        <tr>
            <td class="n" data-label=words::number(l)>{number}</td>
            <th scope="row">{place.person_name.clone()}{came_by}</th>
            <td data-label=words::birth_short(l)>{place.birth().map(|birth| birth.to_string())}</td>
            {organisation}
            <td>{place.position.clone()}</td>
            <td data-label=words::enrolled_on(l)>{show_day(local_day(place.enrolled_at))}</td>
            <td class="deeds no-print">{deeds}</td>
        </tr>
    }
}
