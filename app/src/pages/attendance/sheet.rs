//! `/sessions/{id}/sheet.pdf`: the sheet that participants sign.

use axum::response::Response;
use domain::ids::SessionId;
use operations::attendance;

use crate::{Context, Path, Problem, downloads};

pub(super) async fn print(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let session: SessionId = id.parse().map_err(|_| Problem::NotFound)?;
    let pdf = attendance::signature_sheet(&context.office, context.actor()?, session).await?;
    Ok(downloads::pdf("danh-sach-ky", pdf))
}
