//! `/runs/{id}/invitations`: the organisations that asked for the course of a run are invited to it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{InterestId, RunId, UnitId};
use domain::runs::RunState;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::interests::{self, Candidate, Invitations, InviteCommand, Invited};

use super::months;
use crate::components::{FaultSummary, Notice, field_id};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{interests as say, refusals, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(run): Path<RunId>, form: Form) -> Result<Response, Problem> {
    page(&context, run, &form).await
}

pub(super) async fn invite(context: Context, Path(run): Path<RunId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // One button invites what was ticked, others each a whole unit.
    let unit: Option<UnitId> = form.get("unit").parse().ok();
    let ticked: Vec<InterestId> = form.all("interest").filter_map(|id| id.parse().ok()).collect();
    let interests = if unit.is_some() { Vec::new() } else { ticked };
    match interests::invite(&context.office, actor, &InviteCommand { run, interests, unit }).await {
        Ok(count) => Ok(Context::see(&format!("/runs/{run}/invitations?invited={count}"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, run, &form).await
        }
    }
}

async fn page(context: &Context, run: RunId, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let known = interests::invitations(&context.office, context.actor()?, run).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let done = form.get("invited").parse::<u32>().ok().filter(|_| form.faults.is_empty());
    let page = context.page(say::invitations(l), || {
        let lead = if known.run.state() == RunState::Draft {
            say::invitations_lead_draft(l)
        } else {
            say::invitations_lead_published(l)
        };
        let choice = match &known.closed {
            Some(refusal) => view! { <p class="notice">{refusals::say(l, refusal)}</p> }.into_any(),
            None => candidates(l, &known, form).into_any(),
        };
        view! {
            {done.map(|count| view! { <Notice text=say::done_invited(l, &count.to_string())/> })}
            <p class="lead">{title(l, &known.run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{lead}</p>
            <h2>{say::candidates(l, known.candidates.len())}</h2>
            {choice}
            <h2>{say::invited_head(l, known.invited.len())}</h2>
            {invited(l, &known.invited)}
        }
    });
    let page = page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{run}"), title(l, &known.run));
    Ok(page.status(status).into_response())
}

/// Who could be invited, by unit: each with a box to tick, each unit with a button for all of it.
fn candidates(l: Language, known: &Invitations, form: &Form) -> AnyView {
    if known.candidates.is_empty() {
        return view! { <p>{say::no_candidates(l)}</p> }.into_any();
    }
    // They come by unit.
    let units = known.candidates.chunk_by(|one, next| one.wish.unit_id == next.wish.unit_id);
    let units = units.map(|unit| of_unit(l, unit, form)).collect_view();
    view! {
        <form method="post" action=format!("/runs/{}/invitations", known.run.id)>
            // The first button is the one that Enter presses.
            <button class="hidden" tabindex="-1">{say::invite_chosen(l)}</button>
            {units}
            <p class="actions"><button>{say::invite_chosen(l)}</button></p>
        </form>
    }
    .into_any()
}

fn of_unit(l: Language, unit: &[Candidate], form: &Form) -> Option<impl IntoView + use<>> {
    let first = &unit.first()?.wish;
    let (id, title) = (first.unit_id.to_string(), first.unit_title());
    let open = unit.iter().filter(|candidate| candidate.refusal.is_none()).count();
    let all =
        (open > 1).then(|| view! { <button class="quiet" name="unit" value=id>{say::invite_unit(l, &title, open)}</button> });
    let boxes = unit.iter().map(|candidate| tick(l, candidate, form)).collect_view();
    Some(view! {
        <fieldset>
            <legend>{title}</legend>
            {boxes}
            {all}
        </fieldset>
    })
}

fn tick(l: Language, candidate: &Candidate, form: &Form) -> impl IntoView + use<> {
    let wish = &candidate.wish;
    let value = wish.id.to_string();
    let id = field_id(&format!("interest.{value}"));
    let checked = form.all("interest").any(|ticked| ticked == value);
    let about = format!("{}, {}", say::people(l, wish.people), months(l, wish));
    let shut = candidate.refusal.as_ref().map(|refusal| view! { <small class="hint">{refusals::say(l, refusal)}</small> });
    let disabled = candidate.refusal.is_some();
    view! {
        <div class="field check">
            <input id=id.clone() name="interest" type="checkbox" value=value checked=checked disabled=disabled/>
            <label for=id>{wish.organisation_name.clone()}" "<small class="soft">{about}</small>{shut}</label>
        </div>
    }
}

fn invited(l: Language, invited: &[Invited]) -> AnyView {
    if invited.is_empty() {
        return view! { <p>{say::nobody_invited(l)}</p> }.into_any();
    }
    let row = |known: &Invited| {
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("/organisations/{}", known.organisation_id)>{known.organisation_name.clone()}</a>
                    <small class="hint">{format!("{} {}", known.unit_kind, known.unit_name)}</small>
                </th>
                <td data-label=say::invited_on(l)>{show_day(local_day(known.invited_at))}</td>
                <td class="n" data-label=say::enrolled(l)>{known.enrolled}</td>
            </tr>
        }
    };
    let rows = invited.iter().map(row).collect_view();
    view! {
        <table class="rows">
            <thead><tr>
                <th scope="col">{say::organisation(l)}</th><th scope="col">{say::invited_on(l)}</th>
                <th scope="col" class="n">{say::enrolled(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
