//! An organisation written down or put right.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::OrganisationId;
use domain::organisations::{OrganisationKind, OrganisationPlan, TEXT_LIMIT, TaxCode};
use domain::policy::Action;
use leptos::prelude::*;
use operations::organisations::OrganisationView;

use crate::components::{FaultSummary, SelectField, TextField};
use crate::pages::accounts::with_faults;
use crate::wording::{choices, organisations as w};
use crate::{Context, Form, Path, Problem};

/// `GET /organisations/new`
pub(super) async fn new(context: Context, form: Form) -> Result<Response, Problem> {
    page(&context, None, &form, StatusCode::OK).await
}

/// `POST /organisations/new`
pub(super) async fn create(context: Context, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let Some(plan) = plan(&mut form) else {
        return page(&context, None, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match operations::organisations::create(&context.office, actor, plan).await {
        Ok(id) => Ok(Context::see(&format!("/organisations/{id}"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, None, &form, status).await
        }
    }
}

/// `GET /organisations/{id}/edit`
pub(super) async fn edit(context: Context, Path(id): Path<OrganisationId>) -> Result<Response, Problem> {
    let view = changeable(&context, id).await?;
    let o = &view.organisation;
    let form = Form::filled([
        ("kind", o.kind.to_string()),
        ("name", o.name.clone()),
        ("tax_code", o.tax_code.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("unit", o.unit_id.to_string()),
        ("address", o.address.clone().unwrap_or_default()),
        ("phone", o.phone.as_ref().map(ToString::to_string).unwrap_or_default()),
    ]);
    page(&context, Some(&view), &form, StatusCode::OK).await
}

/// `POST /organisations/{id}/edit`
pub(super) async fn change(context: Context, Path(id): Path<OrganisationId>, mut form: Form) -> Result<Response, Problem> {
    let view = changeable(&context, id).await?;
    let Some(plan) = plan(&mut form) else {
        return page(&context, Some(&view), &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match operations::organisations::change(&context.office, context.actor()?, id, plan).await {
        Ok(()) => Ok(Context::see(&format!("/organisations/{id}"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, Some(&view), &form, status).await
        }
    }
}

async fn changeable(context: &Context, id: OrganisationId) -> Result<OrganisationView, Problem> {
    let view = operations::organisations::show(&context.office, context.actor()?, id).await?;
    if view.may_change { Ok(view) } else { Err(Problem::NotFound) }
}

fn plan(form: &mut Form) -> Option<OrganisationPlan> {
    let kind: Option<OrganisationKind> = form.value("kind");
    let name = form.required("name", TEXT_LIMIT);
    let tax_code: Option<Option<TaxCode>> = form.value_or_none("tax_code");
    let unit = form.id("unit");
    let address = form.optional("address", TEXT_LIMIT);
    let phone = form.value_or_none("phone");
    Some(OrganisationPlan {
        kind: kind?,
        name: name?,
        tax_code: tax_code?,
        unit: unit?,
        address: address.map(|address| Some(address).filter(|address| !address.is_empty()))?,
        phone: phone?,
    })
}

async fn page(context: &Context, view: Option<&OrganisationView>, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let units = operations::organisations::units_to_choose(&context.office, actor, Action::KeepPeople).await?;
    if view.is_none() && units.is_empty() {
        return Err(Problem::NotFound);
    }
    let mut units: Vec<(String, String)> = units.iter().map(|unit| (unit.id.to_string(), unit.full_title())).collect();
    let mut kinds: Vec<(String, String)> =
        OrganisationKind::ALL.iter().map(|kind| (kind.to_string(), choices::organisation_kind(l, *kind).to_owned())).collect();
    if let Some(view) = view {
        // The unit it lies in may have ended since, and representatives choose no other.
        let (own, kind) = (view.organisation.unit_id.to_string(), view.organisation.kind.to_string());
        if !view.may_move {
            units.clear();
            kinds.retain(|(word, _)| *word == kind);
        }
        if units.iter().all(|(id, _)| *id != own) {
            units.insert(0, (own, view.organisation.unit_title()));
        }
    }
    let title = if view.is_some() { w::edit(l) } else { w::add(l) };
    let mut page = context
        .page(title, || {
            view! {
                <FaultSummary language=l faults=form.faults.clone()/>
                <form method="post">
                    <TextField language=l form=form name="name" label=w::name(l) required=true/>
                    <SelectField language=l form=form name="kind" label=w::kind(l) choices=kinds empty=w::choose(l).to_owned()/>
                    <SelectField language=l form=form name="unit" label=w::unit(l) choices=units empty=w::choose(l).to_owned()/>
                    <TextField language=l form=form name="tax_code" label=w::tax_code(l) hint=w::tax_code_hint(l)/>
                    <TextField language=l form=form name="address" label=w::address(l)/>
                    <TextField language=l form=form name="phone" label=w::phone(l) kind="tel"/>
                    <button>{w::save(l)}</button>
                </form>
            }
        })
        .crumb("/organisations", w::organisations(l))
        .status(status);
    if let Some(view) = view {
        page = page.crumb(format!("/organisations/{}", view.organisation.id), view.organisation.name.clone());
    }
    Ok(page.into_response())
}
