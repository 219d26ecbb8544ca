//! `/runs/{id}/completion`: the decisions of a closed run; each can be overridden with a reason.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::completion::{Outcome, Override, REASON_LIMIT};
use domain::ids::RunId;
use domain::policy::{Action, may_somewhere};
use domain::time::show_instant;
use leptos::prelude::*;
use operations::Failure;
use operations::completion::{self, Completion, OverrideCommand};

use super::{attended, badge, share};
use crate::components::{EmptyState, FaultSummary, Notice};
use crate::pages::attendance::left_midway;
use crate::wording::{attendance, choices, completion as words, refusals, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let completion = open(&context, &id).await?;
    page(&context, completion, &form)
}

pub(super) async fn save(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let run = id.parse().map_err(|_| Problem::NotFound)?;
    let new = Override {
        enrolment: form.get("enrolment").parse().map_err(|_| Problem::NotFound)?,
        outcome: form.get("outcome").parse().map_err(|_| Problem::NotFound)?,
        reason: form.get("reason").to_owned(),
    };
    match completion::override_decision(&context.office, context.actor()?, &OverrideCommand { run, new }).await {
        Ok(()) => Ok(Context::see(&format!("/runs/{run}/completion?overridden=yes"))),
        Err(Failure::Refused(faults)) if !faults.0.iter().any(|fault| fault.refusal == Refusal::NotFound) => {
            form.faults = faults;
            page(&context, open(&context, &id).await?, &form)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn open(context: &Context, id: &str) -> Result<Completion, Problem> {
    let id: RunId = id.parse().map_err(|_| Problem::NotFound)?;
    Ok(completion::of_run(&context.office, context.actor()?, id).await?)
}

fn page(context: &Context, completion: Completion, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let left = left_midway(l, &completion.left, 0);
    let run = completion.run;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let people = completion.decisions.len();
    let completed = completion.decisions.iter().filter(|decision| decision.outcome() == Outcome::Completed).count();
    let mut rows = Vec::new();
    for decision in completion.decisions {
        let basis = decision.basis().map_err(|error| Problem::Internal(error.to_string()))?;
        let (enrolment, outcome) = (decision.enrolment_id, decision.outcome());
        let history = decision.override_reason.as_deref().map(|reason| {
            let at = decision.overridden_at.map(show_instant).unwrap_or_default();
            let by = decision.overridden_by.as_deref().unwrap_or_default();
            words::overridden(l, choices::outcome(l, decision.decided), by, at, reason)
        });
        let is_asked = form.get("enrolment") == enrolment.to_string();
        let faults: Vec<String> =
            form.faults.0.iter().filter(|_| is_asked).map(|fault| refusals::say(l, &fault.refusal)).collect();
        let reason = if is_asked { form.get("reason").to_owned() } else { String::new() };
        let other = match outcome {
            Outcome::Completed => Outcome::NotCompleted,
            Outcome::NotCompleted => Outcome::Completed,
        };
        let label = format!("{}: {}", words::reason(l), decision.person_name);
        rows.push(view! {
            <tr id=format!("d-{enrolment}")>
                <th scope="row">{decision.person_name}<small>{decision.organisation_name}</small></th>
                <td>{attended(l, &basis)}</td>
                <td class="n">{share(l, &basis)}</td>
                <td>{badge(l, outcome)}{history.map(|text| view! { <small>{text}</small> })}</td>
                <td>{decision.certificate}</td>
                <td>
                    <details open=!faults.is_empty()>
                        <summary>{words::change(l)}</summary>
                        <form method="post" action=format!("/runs/{}/completion", run.id)>
                            <input type="hidden" name="enrolment" value=enrolment.to_string()/>
                            <input type="hidden" name="outcome" value=other.as_str()/>
                            <p>{"→ "}{badge(l, other)}</p>
                            <input type="text" name="reason" value=reason maxlength=REASON_LIMIT.to_string() placeholder=words::reason(l)
                                aria-label=label required/>
                            {(!faults.is_empty()).then(|| view! { <p class="fault">{faults.join(" ")}</p> })}
                            <button class="quiet">{words::store_change(l)}</button>
                        </form>
                    </details>
                </td>
            </tr>
        });
    }
    let notice = if form.has("closed") {
        Some(words::closed_notice(l))
    } else {
        form.has("overridden").then(|| words::overridden_notice(l))
    };
    let may_issue = context.visitor().is_some_and(|actor| may_somewhere(actor, Action::IssueCertificates));
    let issue = (may_issue && completed > 0).then(|| format!("/runs/{}/certificates", run.id));
    let (title, id, faults) = (run.title(l), run.id, form.faults.clone());
    let lead = title.clone();
    let content = move || {
        let list = if rows.is_empty() {
            view! { <EmptyState title=words::nobody_title(l) advice="">""</EmptyState> }.into_any()
        } else {
            view! {
                <p><strong>{words::standing(l, completed, people)}</strong></p>
                <div class="scroll decisions">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{words::person(l)}</th>
                                <th scope="col">{words::sessions(l)}</th>
                                <th scope="col" class="n">{words::share(l)}</th>
                                <th scope="col">{words::outcome(l)}</th>
                                <th scope="col">{words::certificate(l)}</th>
                                <th scope="col">{words::instead(l)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.into_iter().collect_view()}</tbody>
                    </table>
                </div>
            }
            .into_any()
        };
        view! {
            <p class="lead">{lead}</p>
            {notice.map(|text| view! { <Notice text/> })}
            <FaultSummary language=l faults/>
            {list}
            {left}
            {issue.map(|path| view! { <p><a class="button" href=path>{words::issue(l)}</a></p> })}
        }
    };
    let page = context
        .page(words::title(l), content)
        .crumb("/runs", shell::runs(l))
        .crumb(format!("/runs/{id}"), title)
        .crumb(format!("/runs/{id}/attendance"), attendance::title(l))
        .wide()
        .status(status);
    Ok(page.into_response())
}
