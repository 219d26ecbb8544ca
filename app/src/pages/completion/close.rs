//! `/runs/{id}/close`: the decisions that closing would store, shown before they are.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::completion::{CloseCommand, Outcome, Override, REASON_LIMIT};
use domain::ids::RunId;
use domain::runs::RunState;
use domain::time::show_day;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::Failure;
use operations::completion::{self, Preview, PreviewRow};

use super::{attended, badge, share};
use crate::components::{CheckBox, EmptyState, FaultSummary, Notice, field_id};
use crate::pages::attendance::left_midway;
use crate::wording::{attendance, choices, completion as words, refusals, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let preview = open(&context, &id).await?;
    if preview.run.state() == RunState::Closed {
        return Ok(Context::see(&format!("/runs/{}/completion", preview.run.id)));
    }
    Ok(page(&context, &preview, &Form::default()))
}

pub(super) async fn save(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let run = id.parse().map_err(|_| Problem::NotFound)?;
    let command = CloseCommand {
        run,
        overrides: overrides(&form)?,
        accept_unmarked_as_absent: form.has("accept_unmarked"),
        seen: form.get("seen").to_owned(),
    };
    match completion::close(&context.office, context.actor()?, &command).await {
        Ok(()) => Ok(Context::see(&format!("/runs/{run}/completion?closed=yes"))),
        Err(Failure::Refused(faults)) if !is_missing(&faults) => {
            form.faults = faults;
            Ok(page(&context, &open(&context, &id).await?, &form))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn is_missing(faults: &Faults) -> bool {
    faults.0.iter().any(|fault| fault.refusal == Refusal::NotFound)
}

async fn open(context: &Context, id: &str) -> Result<Preview, Problem> {
    let id: RunId = id.parse().map_err(|_| Problem::NotFound)?;
    Ok(completion::preview(&context.office, context.actor()?, id).await?)
}

/// The people for whom another outcome was chosen.
fn overrides(form: &Form) -> Result<Vec<Override>, Problem> {
    let chosen = form.fields().filter_map(|(name, value)| Some((name.strip_prefix("outcome.")?, value)));
    chosen
        .filter(|(_, outcome)| !outcome.is_empty())
        .map(|(person, outcome)| {
            Ok(Override {
                enrolment: person.parse().map_err(|_| Problem::NotFound)?,
                outcome: outcome.parse().map_err(|_| Problem::NotFound)?,
                reason: form.get(&format!("reason.{person}")).to_owned(),
            })
        })
        .collect()
}

fn page(context: &Context, preview: &Preview, form: &Form) -> Response {
    let l = context.language;
    let (run, rule) = (&preview.run, &preview.rule);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let faults = form.faults.clone();
    let lead = run.title(l);
    let rule = words::rule(l, rule.min_attendance, rule.late_counts, rule.excused_counts);
    let summary = words::summary(l, preview.completed_count(), preview.rows.len());
    let missing = (preview.missing_count() > 0).then(|| missing(l, preview, form));
    let left = left_midway(l, &preview.left, preview.open_walk_ins);
    let is_empty = preview.rows.is_empty();
    let rows = preview.rows.iter().map(|row| person(l, row, form)).collect_view();
    let hindrance = preview.hindrance.clone();
    let (action, seen) = (format!("/runs/{}/close", run.id), preview.fingerprint.clone());
    let content = move || {
        let people = if is_empty {
            view! { <EmptyState title=words::nobody_title(l) advice=words::nobody(l)>""</EmptyState> }.into_any()
        } else {
            view! {
                <p>{words::lead(l)}</p>
                <p class="hint">{rule}</p>
                <p><strong>{summary}</strong></p>
                <div class="scroll">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{words::person(l)}</th>
                                <th scope="col">{words::sessions(l)}</th>
                                <th scope="col" class="n">{words::share(l)}</th>
                                <th scope="col">{words::by_rule(l)}</th>
                                <th scope="col">{words::instead(l)}</th>
                                <th scope="col">{words::reason(l)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        let deed = match hindrance {
            Some(refusal) => view! { <Notice text=refusals::say(l, &refusal)/> }.into_any(),
            None => view! { <p class="hint">{words::final_warning(l)}</p><p><button>{words::confirm(l)}</button></p> }.into_any(),
        };
        view! {
            <p class="lead">{lead}</p>
            <FaultSummary language=l faults/>
            <form class="decisions" method="post" action=action>
                <input type="hidden" name="seen" value=seen/>
                {people}
                {left}
                {missing}
                {deed}
            </form>
        }
    };
    context
        .page(words::close_title(l), content)
        .crumb("/runs", shell::runs(l))
        .crumb(format!("/runs/{}", run.id), run.title(l))
        .crumb(format!("/runs/{}/attendance", run.id), attendance::title(l))
        .wide()
        .status(status)
        .into_response()
}

/// Where marks are missing, and the box that lets them be.
fn missing(l: Language, preview: &Preview, form: &Form) -> AnyView {
    let sessions = preview
        .missing
        .iter()
        .map(|missing| {
            let session = &missing.session;
            let name = format!("{} {}", choices::half_day(l, session.half_day), show_day(session.day));
            let register = format!("/sessions/{}/register", session.id);
            view! { <li><a href=register>{words::missing_in(l, name, missing.count)}</a></li> }
        })
        .collect_view();
    let accept = view! { <CheckBox form name="accept_unmarked" label=words::accept_unmarked(l)/> }.into_any();
    view! {
        <section class="panel">
            <h2>{words::missing_title(l, preview.missing_count())}</h2>
            <ul>{sessions}</ul>
            {accept}
        </section>
    }
    .into_any()
}

fn person(l: Language, row: &PreviewRow, form: &Form) -> impl IntoView + use<> {
    let (outcome_field, reason_field) = (format!("outcome.{}", row.enrolment), format!("reason.{}", row.enrolment));
    let chosen = form.get(&outcome_field).to_owned();
    // Only the other outcome is offered: saying what the rule says is no override.
    let others = Outcome::ALL
        .iter()
        .filter(|outcome| **outcome != row.outcome)
        .map(|outcome| {
            let selected = chosen == outcome.as_str();
            view! { <option value=outcome.as_str() selected=selected>{choices::outcome(l, *outcome)}</option> }
        })
        .collect_view();
    let faults: Vec<String> = form.faults.of(&reason_field).map(|refusal| refusals::say(l, refusal)).collect();
    let invalid = (!faults.is_empty()).then_some("true");
    let fault = (!faults.is_empty()).then(|| view! { <p class="fault">{faults.join(" ")}</p> });
    view! {
        <tr>
            <th scope="row">{row.name.clone()}<small>{row.organisation.clone()}</small></th>
            <td>{attended(l, &row.basis)}</td>
            <td class="n">{share(l, &row.basis)}</td>
            <td>{badge(l, row.outcome)}</td>
            <td>
                <select id=field_id(&outcome_field) name=outcome_field aria-label=format!("{}: {}", words::instead(l), row.name)>
                    <option value="">{words::keep(l)}</option>
                    {others}
                </select>
            </td>
            <td>
                <input id=field_id(&reason_field) type="text" name=reason_field.clone() value=form.get(&reason_field).to_owned() maxlength=REASON_LIMIT.to_string()
                    aria-label=format!("{}: {}", words::reason(l), row.name) aria-invalid=invalid/>
                {fault}
            </td>
        </tr>
    }
}
