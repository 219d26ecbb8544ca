//! `/registrations/new`: a form is begun.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::OrganisationId;
use domain::registrations::RegistrationKind;
use leptos::prelude::*;
use operations::registrations::{self, BeginCommand, Listed, Wanted};

use super::faults;
use crate::components::{EmptyState, FaultSummary, SelectField, TextField};
use crate::wording::{form_words, registrations as say};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let known = registrations::list(&context.office, context.actor()?, &Wanted::default()).await?;
    let organisation = match (form.get("organisation"), &known.own[..]) {
        ("", [(only, _)]) => *only,
        ("", _) => return Ok(which(&context, &known)),
        (typed, _) => typed.parse().map_err(|_| Problem::NotFound)?,
    };
    page(&context, organisation, &known, form).await
}

pub(super) async fn begin(context: Context, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let organisation: OrganisationId = form.get("organisation").parse().map_err(|_| Problem::NotFound)?;
    // Who may not see the organisation learns nothing of the form's faults.
    operations::organisations::show(&context.office, actor, organisation).await?;
    let (year, kind) = (form.number("year", 1900, 9999), form.value::<RegistrationKind>("kind"));
    if let (Some(year), Some(kind)) = (year, kind) {
        let command = BeginCommand { organisation, year, kind, product_name: form.get("product_name").to_owned() };
        match registrations::begin(&context.office, actor, &command).await {
            Ok(id) => return Ok(Context::see(&format!("/registrations/{id}/edit"))),
            Err(failure) => form.faults = faults(failure)?,
        }
    }
    let known = registrations::list(&context.office, actor, &Wanted::default()).await?;
    page(&context, organisation, &known, form).await
}

/// For whom, when that is not plain: one of those somebody represents, or one from the list.
fn which(context: &Context, known: &Listed) -> Response {
    let l = context.language;
    let own = known
        .own
        .iter()
        .map(|(id, name)| view! { <li><a href=format!("/registrations/new?organisation={id}")>{name.clone()}</a></li> })
        .collect_view();
    let is_officer = known.own.is_empty();
    let page = context.page(say::new_title(l), || {
        if is_officer {
            let link = view! { <a class="button" href="/organisations">{say::to_organisations(l)}</a> };
            return view! { <EmptyState title=say::which(l) advice=say::which_officer(l)>{link}</EmptyState> }.into_any();
        }
        view! { <h2>{say::which(l)}</h2><ul class="steps">{own}</ul> }.into_any()
    });
    page.crumb("/registrations", say::title(l)).into_response()
}

async fn page(context: &Context, organisation: OrganisationId, known: &Listed, mut form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let of = operations::organisations::show(&context.office, context.actor()?, organisation).await?;
    if !of.may_change {
        return Err(Problem::NotFound);
    }
    choose_latest_year(&mut form, &known.years);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::new_title(l), || {
        let lead = view! { <p class="lead">{say::new_lead(l, &of.organisation.name)}</p> };
        if known.years.is_empty() {
            let none = view! { <EmptyState title=say::no_programme(l) advice=say::no_programme_advice(l)>""</EmptyState> };
            return view! { {lead}{none} }.into_any();
        }
        view! { {lead}{fields(l, organisation, known, &form)} }.into_any()
    });
    Ok(page.crumb("/registrations", say::title(l)).status(status).into_response())
}

/// Chooses the latest programme year until another is chosen.
pub(super) fn choose_latest_year(form: &mut Form, years: &[i64]) {
    if !form.has("year")
        && let Some(latest) = years.first()
    {
        form.set("year", latest.to_string());
    }
}

/// Which form it is, and for which programme.
pub(super) fn year_and_kind(l: Language, years: &[i64], form: &Form) -> impl IntoView + use<> {
    let years = years.iter().map(|year| (year.to_string(), year.to_string())).collect();
    let kinds = RegistrationKind::ALL.iter().map(|kind| (kind.to_string(), form_words::kind(l, *kind).to_owned())).collect();
    view! {
        <SelectField language=l form=form name="kind" label=say::kind(l) choices=kinds/>
        <SelectField language=l form=form name="year" label=say::programme(l) choices=years/>
    }
}

fn fields(l: Language, organisation: OrganisationId, known: &Listed, form: &Form) -> impl IntoView + use<> {
    view! {
        <FaultSummary language=l faults=form.faults.clone()/>
        <form method="post" action="/registrations/new">
            <input type="hidden" name="organisation" value=organisation.to_string()/>
            <TextField language=l form=form name="product_name" label=say::product_name(l) hint=say::product_name_hint(l)/>
            {year_and_kind(l, &known.years, form)}
            <p class="actions"><button>{say::begin_save(l)}</button></p>
        </form>
    }
}
