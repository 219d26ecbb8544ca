//! Publishing a run.

use axum::response::Response;
use domain::Refusal;
use domain::ids::RunId;
use operations::{Failure, runs};

use super::{clashes, id_of, show};
use crate::{Context, Form, Path, Problem};

pub(super) async fn publish(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    match runs::publish(&context.office, context.actor()?, id, &clashes::read(&form)).await {
        Ok(()) => Ok(Context::see(&format!("/runs/{id}?done=published"))),
        Err(failure) if failure.is(&Refusal::NotFound) => Err(Problem::NotFound),
        Err(Failure::Refused(faults)) => {
            form.faults = faults;
            let shown = runs::show(&context.office, context.visitor(), id).await?;
            show::page(&context, &shown, None, form).await
        }
        Err(failure) => Err(failure.into()),
    }
}
