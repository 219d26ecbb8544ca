//! `/lists/new`: a list is begun, for a unit and a year, with the forms that are ready.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::{RegistrationId, UnitId};
use leptos::prelude::*;
use operations::lists::{self, BeginCommand, UnitWithForms};

use super::candidates::{not_ready, ready};
use crate::components::{EmptyState, FaultSummary};
use crate::problem::faults;
use crate::wording::lists as say;
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    if form.has("unit") {
        let (unit, year) = chosen(&form)?;
        return page(&context, unit, year, &form).await;
    }
    let units = lists::units(&context.office, context.actor()?).await?;
    match &units[..] {
        [only] => page(&context, only.unit_id, only.year, &form).await,
        _ => Ok(which(&context, units)),
    }
}

pub(super) async fn begin(context: Context, mut form: Form) -> Result<Response, Problem> {
    let (unit, year) = chosen(&form)?;
    let forms = ids(&form)?;
    match lists::begin(&context.office, context.actor()?, &BeginCommand { unit, year, forms }).await {
        Ok(id) => Ok(Context::see(&format!("/lists/{id}?done=begun"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, unit, year, &form).await
        }
    }
}

/// Unit and year stand in the address of the page; another address has no page.
fn chosen(form: &Form) -> Result<(UnitId, i64), Problem> {
    let read = || Some((form.get("unit").parse().ok()?, form.get("year").parse().ok()?));
    read().ok_or(Problem::NotFound)
}

/// The forms that were ticked.
pub(super) fn ids(form: &Form) -> Result<Vec<RegistrationId>, Problem> {
    form.all("form").map(|id| id.parse().map_err(|_| Problem::NotFound)).collect()
}

/// For which unit and year, when that is not plain.
fn which(context: &Context, mut units: Vec<UnitWithForms>) -> Response {
    let l = context.language;
    // Where something is ready, there is something to do.
    units.sort_by_key(|of| of.ready == 0);
    let choices = units.iter().map(|of| {
        let name = say::unit_year(l, &format!("{} {}", of.unit_kind, of.unit_name), of.year);
        let address = format!("/lists/new?unit={}&year={}", of.unit_id, of.year);
        view! { <li><a href=address>{name}</a><span>{say::ready_of(l, of.ready, of.forms)}</span></li> }
    });
    let page = context.page(say::new_title(l), || {
        if units.is_empty() {
            let forms = view! { <a class="button" href="/registrations">{say::to_forms(l)}</a> };
            return view! { <EmptyState title=say::no_forms(l) advice=say::no_forms_advice(l)>{forms}</EmptyState> }.into_any();
        }
        view! { <h2>{say::new_which(l)}</h2><ul class="steps">{choices.collect_view()}</ul> }.into_any()
    });
    page.crumb("/lists", say::title(l)).into_response()
}

async fn page(context: &Context, unit: UnitId, year: i64, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let known = lists::prospect(&context.office, context.actor()?, unit, year).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::new_title(l), || {
        let ready = ready(l, &known.candidates, form, true);
        let none_ready = ready.is_none();
        let forms = match ready {
            Some(forms) => view! { <h2>{say::ready(l)}</h2><p class="hint">{say::new_lead(l)}</p>{forms} }.into_any(),
            None => view! { <p>{say::none_ready(l)}</p> }.into_any(),
        };
        view! {
            <p class="lead">{say::unit_year(l, &known.unit.full_title(), year)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action="/lists/new">
                <input type="hidden" name="unit" value=unit.to_string()/>
                <input type="hidden" name="year" value=year.to_string()/>
                <input type="hidden" name="sent" value="yes"/>
                {forms}
                <p class="actions"><button>{say::new_save(l)}</button></p>
            </form>
            {not_ready(l, &known.candidates, none_ready)}
        }
    });
    Ok(page.crumb("/lists", say::title(l)).wide().status(status).into_response())
}
