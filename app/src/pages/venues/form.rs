//! A venue written down or put right.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::VenueId;
use domain::units::UnitLevel;
use domain::venues::VenueForm;
use leptos::prelude::*;
use operations::venues::{self, Venue};

use crate::components::{FaultSummary, SelectField, TextArea, TextField};
use crate::pages::accounts::with_faults;
use crate::wording::{shell, venues as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn new(context: Context) -> Result<Response, Problem> {
    page(&context, None, &Form::default(), StatusCode::OK).await
}

pub(super) async fn add(context: Context, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Who may not keep venues learns nothing of the form's faults.
    venues::units(&context.office, actor).await?;
    let outcome = match read(&form).parse() {
        Ok(plan) => venues::add(&context.office, actor, &plan).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(id) => Ok(Context::see(&format!("/venues/{id}?saved=yes"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, None, &form, status).await
        }
    }
}

pub(super) async fn edit(context: Context, Path(id): Path<VenueId>) -> Result<Response, Problem> {
    let venue = changeable(&context, id).await?;
    let form = Form::filled([
        ("name", venue.name.clone()),
        ("unit", venue.unit_id.to_string()),
        ("address", venue.address.clone()),
        ("map_link", venue.map_link.clone()),
        ("equipment", venue.equipment.clone()),
    ]);
    page(&context, Some(&venue), &form, StatusCode::OK).await
}

pub(super) async fn change(context: Context, Path(id): Path<VenueId>, form: Form) -> Result<Response, Problem> {
    let venue = changeable(&context, id).await?;
    let outcome = match read(&form).parse() {
        Ok(plan) => venues::change(&context.office, context.actor()?, id, &plan).await,
        Err(faults) => Err(faults.into()),
    };
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/venues/{id}?saved=yes"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            page(&context, Some(&venue), &form, status).await
        }
    }
}

async fn changeable(context: &Context, id: VenueId) -> Result<Venue, Problem> {
    let shown = venues::show(&context.office, context.actor()?, id).await?;
    if shown.may_change { Ok(shown.venue) } else { Err(Problem::NotFound) }
}

fn read(form: &Form) -> VenueForm {
    let typed = |name: &str| form.get(name).to_owned();
    VenueForm {
        name: typed("name"),
        unit: typed("unit"),
        address: typed("address"),
        map_link: typed("map_link"),
        equipment: typed("equipment"),
    }
}

async fn page(context: &Context, venue: Option<&Venue>, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let mut units = venues::units(&context.office, context.actor()?).await?;
    units.sort_by_key(|unit| UnitLevel::ALL.iter().position(|level| *level == unit.level));
    let mut units: Vec<(String, String)> = units.iter().map(|unit| (unit.id.to_string(), unit.full_title())).collect();
    if let Some(venue) = venue {
        // The unit it lies in may have ended since.
        let own = venue.unit_id.to_string();
        if units.iter().all(|(id, _)| *id != own) {
            units.insert(0, (own, venue.unit_title()));
        }
    }
    let page = context.page(if venue.is_some() { say::edit(l) } else { say::new(l) }, || {
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" novalidate>
                <TextField language=l form=form name="name" label=say::name(l)/>
                <SelectField language=l form=form name="unit" label=say::unit(l) choices=units empty=say::choose(l).to_owned()/>
                <TextField language=l form=form name="address" label=say::address(l) hint=say::address_hint(l)/>
                <TextField language=l form=form name="map_link" label=say::map_link(l) hint=say::map_link_hint(l)/>
                <TextArea language=l form=form name="equipment" label=say::equipment(l)/>
                <p class="actions"><button>{say::save(l)}</button></p>
            </form>
        }
    });
    let mut page = page.crumb("/manage", shell::manage(l)).crumb("/venues", say::title(l)).status(status);
    if let Some(venue) = venue {
        page = page.crumb(format!("/venues/{}", venue.id), venue.name.clone());
    }
    Ok(page.into_response())
}
