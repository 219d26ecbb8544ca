//! The calendar for calendar programs.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use documents::calendars;
use domain::ids::RunId;
use operations::runs;

use super::asked::Asked;
use super::entries;
use crate::pages::runs::id_of;
use crate::wording::calendar as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn all(context: Context, form: Form) -> Result<Response, Problem> {
    let asked = Asked::read(&form, context.office.today());
    let feed = runs::feed(&context.office, &asked.filter()).await?;
    Ok(file(&calendars::feed(say::title(context.language), &feed), "lich-tap-huan.ics"))
}

pub(crate) async fn of_run(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: RunId = id_of(&id)?;
    let shown = runs::show(&context.office, context.visitor(), id).await?;
    let feed = runs::feed_of_run(&context.office, context.visitor(), id).await?;
    Ok(file(&calendars::feed(&entries::title(context.language, &shown.run), &feed), "lop-tap-huan.ics"))
}

fn file(text: &str, name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "private, max-age=0, must-revalidate".to_owned()),
    ];
    (headers, text.to_owned()).into_response()
}
