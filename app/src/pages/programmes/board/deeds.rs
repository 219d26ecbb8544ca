//! Saying where an organisation lies, and taking it back.

use axum::response::Response;
use domain::ids::{OrganisationId, PlacementId, UnitId};
use operations::programmes::usual_day;
use operations::units::{self, PlaceCommand};

use super::super::faults;
use super::{address, seen_on, show};
use crate::{Context, Form, Path, Problem};

/// `POST /programmes/{year}/placements`.
pub(super) async fn place(context: Context, Path(year): Path<i64>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let day = seen_on(&form).ok().flatten().unwrap_or_else(|| usual_day(year, context.office.today()));
    // These two are no choice of anybody's: the page carries them.
    let organisation: OrganisationId = form.get("organisation").parse().map_err(|_| Problem::NotFound)?;
    let at: UnitId = form.get("at").parse().map_err(|_| Problem::NotFound)?;
    let Some(unit) = form.id("unit") else { return show::render(&context, year, form).await };
    match units::place(&context.office, actor, &PlaceCommand { organisation, at, unit, seen_on: day }).await {
        Ok(()) => Ok(Context::see(&format!("{}&done=placed#said", address(year, Some(day))))),
        Err(failure) => {
            form.faults = faults(failure)?;
            show::render(&context, year, form).await
        }
    }
}

/// `POST /placements/{id}/undo`.
pub(super) async fn undo(context: Context, Path(id): Path<PlacementId>, form: Form) -> Result<Response, Problem> {
    units::undo(&context.office, context.actor()?, id).await?;
    let day = seen_on(&form).ok().flatten().unwrap_or_else(|| context.office.today());
    Ok(match form.get("year").parse() {
        Ok(year) => Context::see(&format!("{}&done=undone#open", address(year, Some(day)))),
        Err(_) => Context::see("/programmes/board"),
    })
}
