//! The citizen number of a person: masked, and in full for who asks, which is remembered.

use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::Language;
use domain::ids::PersonId;
use domain::people::CitizenId;
use domain::policy::Keeping;
use leptos::prelude::*;
use operations::people::PersonView;

use super::show::with_number;
use crate::wording::people as w;
use crate::{Context, Form, Path, Problem};

/// `POST /people/{id}/number`: an answer of its own, so that no address holds the number and nothing shows it again.
pub(super) async fn show(context: Context, Path(id): Path<PersonId>) -> Result<Response, Problem> {
    let number = operations::people::show_number(&context.office, context.actor()?, id).await?;
    with_number(&context, id, Form::default(), StatusCode::OK, Some(number)).await
}

/// The number among the facts of a person.
pub(super) fn fact(l: Language, view: &PersonView, number: Option<&CitizenId>) -> impl IntoView + use<> {
    let person = view.person.id;
    let button = (view.keeping == Keeping::Whole && number.is_none()).then(|| {
        view! {
            <form class="inline" method="post" action=format!("/people/{person}/number")>
                <button class="link" aria-describedby="number-logged">{w::show_number(l)}</button>
            </form>
            " "
            <small class="soft" id="number-logged">{w::number_logged(l)}</small>
        }
    });
    let shown = number.map(|number| number.as_str().to_owned()).or_else(|| view.masked.clone());
    shown.map(|number| view! { <dt>{w::citizen_id(l)}</dt><dd>{number} " " {button}</dd> })
}
