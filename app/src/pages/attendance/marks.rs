//! `POST /api/sessions/{id}/marks`: what the register's island sends. JSON in; out come the marks that hold, or a sentence.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::attendance::{MarkCommand, MarkSource, NewMark};
use domain::ids::SessionId;
use operations::{Failure, attendance};

use crate::wording::{attendance as words, refusals};
use crate::{Context, Path, Problem};

pub(super) async fn save(context: Context, Path(id): Path<String>, Json(marks): Json<Vec<NewMark>>) -> Result<Response, Problem> {
    let l = context.language;
    let Some(actor) = context.visitor() else {
        return Ok((StatusCode::UNAUTHORIZED, words::signed_out(l)).into_response());
    };
    let session: SessionId = id.parse().map_err(|_| Problem::NotFound)?;
    let command = MarkCommand { session, marks, source: MarkSource::Screen };
    match attendance::mark(&context.office, actor, &command).await {
        Ok(marked) => Ok(Json(marked).into_response()),
        Err(Failure::Refused(faults)) => {
            let is_missing = faults.0.iter().any(|fault| fault.refusal == Refusal::NotFound);
            let status = if is_missing { StatusCode::NOT_FOUND } else { StatusCode::UNPROCESSABLE_ENTITY };
            let sentences: Vec<String> = faults.0.iter().map(|fault| refusals::say(l, &fault.refusal)).collect();
            Ok((status, sentences.join(" ")).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
