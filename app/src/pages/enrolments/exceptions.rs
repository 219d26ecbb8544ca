//! `/runs/{id}/exceptions`: who may take part in a run for selected organisations without a selected product, and why.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use domain::accounts::Language;
use domain::ids::{OrganisationId, RunId};
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::enrolments::{self, Candidate, Exception, Exceptions};

use super::{below_run, faults, id};
use crate::components::{EmptyState, FaultSummary, Notice, TextArea};
use crate::wording::{enrolments as words, refusals};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    page(&context, id(&run)?, query).await
}

pub(super) async fn grant(context: Context, Path(run): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let (run, organisation): (RunId, OrganisationId) = (id(&run)?, id(form.get("organisation"))?);
    match enrolments::except(&context.office, context.actor()?, run, organisation, form.get("reason")).await {
        Ok(_) => Ok(Context::see(&format!("/runs/{run}/exceptions?granted=yes"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, run, form).await
        }
    }
}

async fn page(context: &Context, run: RunId, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let known = enrolments::exceptions(&context.office, actor, run).await?;
    let chosen = match form.get("organisation") {
        "" => None,
        asked if known.may_grant => Some(operations::organisations::show(&context.office, actor, id(asked)?).await?.organisation),
        _ => None,
    };
    let found = if known.may_grant && chosen.is_none() && !form.get("q").trim().is_empty() {
        Some(enrolments::who_may_be_excepted(&context.office, actor, run, form.get("q")).await?)
    } else {
        None
    };
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(words::exceptions_title(l), || {
        let granted = form.has("granted").then(|| view! { <Notice text=words::granted_now(l)/> });
        let withdrawn = form.has("withdrawn").then(|| view! { <Notice text=words::exception_withdrawn_now(l)/> });
        let about = match known.run.selection_year {
            Some(year) => view! { <p>{words::exceptions_lead(l, year)}</p>{list(l, &known)} }.into_any(),
            None => {
                view! { <EmptyState title=words::not_limited_title(l) advice=words::not_limited(l)>""</EmptyState> }.into_any()
            }
        };
        let adding = known.may_grant.then(|| {
            let fields = match chosen {
                Some(organisation) => reason(l, run, &organisation.name, &form).into_any(),
                None => search(l, run, &form, found).into_any(),
            };
            view! { <section><h2>{words::grant_title(l)}</h2>{fields}</section> }
        });
        view! {
            <p class="lead">{known.run.title(l)}</p>
            {granted}{withdrawn}
            <FaultSummary language=l faults=form.faults.clone()/>
            {about}{adding}
        }
    });
    Ok(below_run(page, l, &known.run).status(status).into_response())
}

fn list(l: Language, known: &Exceptions) -> AnyView {
    if known.granted.is_empty() {
        return view! { <EmptyState title=words::no_exception_title(l) advice=words::no_exception(l)>""</EmptyState> }.into_any();
    }
    let row = |exception: &Exception| {
        let end = match exception.withdrawn_at {
            Some(at) => Some(withdrawn(l, exception, at).into_any()),
            None if known.may_grant => {
                let address = format!("/exceptions/{}/withdraw", exception.id);
                let named = words::withdraw_exception_of(l, &exception.organisation_name);
                Some(view! { <a href=address aria-label=named>{words::withdraw_exception(l)}</a> }.into_any())
            }
            None => None,
        };
        view! {
            <tr>
                <th scope="row">{exception.organisation_name.clone()}</th>
                <td class="lines">{exception.reason.clone()}</td>
                <td>{exception.granted_by_name.clone()}</td>
                <td>{show_day(local_day(exception.granted_at))}</td>
                <td>{end}</td>
            </tr>
        }
    };
    let rows = known.granted.iter().map(row).collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{words::organisation(l)}</th><th scope="col">{words::exception_reason(l)}</th>
                <th scope="col">{words::granted_by(l)}</th><th scope="col">{words::granted_on(l)}</th>
                <th scope="col"><span class="hidden">{words::withdraw_exception(l)}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

/// How an exception ended, and who takes part by it all the same.
fn withdrawn(l: Language, exception: &Exception, at: DateTime<Utc>) -> impl IntoView + use<> {
    let by = exception.withdrawn_by_name.as_deref().unwrap_or_default();
    let said = words::withdrawn_on(l, &show_day(local_day(at)), by);
    let reason = exception.withdrawal_reason.clone().map(|reason| view! { <p class="lines">{reason}</p> });
    let kept = (exception.places > 0).then(|| view! { <p class="hint">{words::places_kept(l, exception.places)}</p> });
    view! { <span class="tag">{said}</span>{reason}{kept} }
}

/// The reason for an organisation that was chosen.
fn reason(l: Language, run: RunId, name: &str, form: &Form) -> impl IntoView + use<> {
    view! {
        <form method="post" action=format!("/runs/{run}/exceptions") novalidate>
            <input type="hidden" name="organisation" value=form.get("organisation").to_owned()/>
            <p>{words::organisation(l)}": "<strong>{name.to_owned()}</strong></p>
            <TextArea language=l form=form name="reason" label=words::exception_reason(l) hint=words::exception_reason_hint(l)/>
            <p class="actions">
                <button>{words::grant(l)}</button>
                <a class="button quiet" href=format!("/runs/{run}/exceptions")>{words::other_organisation(l)}</a>
            </p>
        </form>
    }
}

/// Looking for an organisation.
fn search(l: Language, run: RunId, form: &Form, found: Option<Vec<Candidate>>) -> impl IntoView + use<> {
    let results = found.map(|found| {
        if found.is_empty() {
            let (title, advice) = (words::no_organisation_title(l), words::no_organisation(l));
            return view! { <EmptyState title=title advice=advice>""</EmptyState> }.into_any();
        }
        let items = found.into_iter().map(|candidate| item(l, run, candidate)).collect_view();
        view! { <ul class="people">{items}</ul> }.into_any()
    });
    view! {
        <form class="filters" method="get" action=format!("/runs/{run}/exceptions")>
            <div class="field">
                <label for="f-q">{words::which_search(l)}</label>
                <input id="f-q" name="q" type="search" value=form.get("q").to_owned()/>
            </div>
            <button class="quiet">{words::search(l)}</button>
        </form>
        {results}
    }
}

fn item(l: Language, run: RunId, candidate: Candidate) -> impl IntoView + use<> {
    let unit = candidate.organisation.unit_title();
    let (id, name) = (candidate.organisation.id, candidate.organisation.name);
    let name = match candidate.refusal {
        Some(refusal) => view! { <span>{name}<span class="hint">{refusals::say(l, &refusal)}</span></span> }.into_any(),
        None => view! { <a href=format!("/runs/{run}/exceptions?organisation={id}")>{name}</a> }.into_any(),
    };
    view! { <li class="person">{name}<small>{unit}</small></li> }
}
