//! What is printed of a published run: its timetable, and the sign on the door of a session.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::ids::{RunId, SessionId};
use operations::calendar;

use crate::pages::runs::id_of;
use crate::{Context, Path, Problem, downloads};

/// `GET /runs/{id}/timetable.pdf`
pub(super) async fn timetable(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    let pdf = calendar::timetable(&context.office, context.visitor(), id).await?;
    Ok(fresh(&context, downloads::pdf("thoi-khoa-bieu", pdf)))
}

/// `GET /sessions/{id}/door.pdf`
pub(super) async fn door_sign(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: SessionId = id_of(&id)?;
    let pdf = calendar::door_sign(&context.office, context.visitor(), id).await?;
    Ok(fresh(&context, downloads::pdf("bien-phong", pdf)))
}

/// What everybody gets may be kept as long as it is asked about again.
fn fresh(context: &Context, mut paper: Response) -> Response {
    if context.visitor().is_none() {
        let caching = HeaderValue::from_static("public, max-age=0, must-revalidate");
        paper.headers_mut().insert(header::CACHE_CONTROL, caching);
    }
    paper
}
