//! `GET /board`: the board one begins with.

use axum::response::{IntoResponse as _, Response};
use leptos::prelude::*;
use operations::reports::{self, Home};

use super::{Asked, unit};
use crate::wording::board as say;
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    match reports::home(&context.office, context.actor()?).await? {
        Home::Unit(unit) => unit::render(&context, unit, &form).await,
        Home::Organisation(organisation) => Ok(Context::see(&format!("/board/organisations/{organisation}"))),
        Home::OneOf { units, organisations } => {
            let (asked, _) = Asked::read(&context, &form).await?;
            let units = units.into_iter().map(|unit| (asked.address(unit.id), unit.full_title()));
            let organisations = organisations.into_iter().map(|(id, name)| (format!("/board/organisations/{id}"), name));
            let links = units.chain(organisations).map(|(path, name)| view! { <li><a href=path>{name}</a></li> }).collect_view();
            let page = context.page(say::title(l), move || view! { <p class="lead">{say::choose(l)}</p><ul>{links}</ul> });
            Ok(page.into_response())
        }
    }
}
