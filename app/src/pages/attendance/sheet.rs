//! `/sessions/{id}/sheet.pdf`: the sheet that participants sign.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::ids::SessionId;
use operations::attendance;

use crate::{Context, Path, Problem};

pub(super) async fn print(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let session: SessionId = id.parse().map_err(|_| Problem::NotFound)?;
    let pdf = attendance::signature_sheet(&context.office, context.actor()?, session).await?;
    let headers =
        [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, "inline; filename=\"danh-sach-ky.pdf\"")];
    Ok((headers, pdf).into_response())
}
