//! Two records of one person are merged, and a merge is undone.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::ids::{MergeId, PersonId};
use domain::people::{Choices, Side};
use leptos::prelude::*;
use operations::people::{MergeCommand, Merging};

use super::evidence;
use crate::components::{FaultSummary, TextArea};
use crate::pages::accounts::with_faults;
use crate::wording::people as w;
use crate::{Context, Form, Path, Problem};

/// `GET /people/{id}/merge?other=…`
pub(super) async fn show(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let merging = merging(&context, id, &form).await?;
    let mut shown = Form::default();
    if let Some(refusal) = &merging.refusal {
        shown.faults.add("", refusal.clone());
    }
    Ok(page(&context, &merging, &shown, StatusCode::OK))
}

/// `POST /people/{id}/merge`
pub(super) async fn merge(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let merging = merging(&context, id, &form).await?;
    let (newer, older) = (merging.pair.newer.person.id, merging.pair.older.person.id);
    // What the page said goes on: another may by now.
    let kept = form.get("kept").parse().unwrap_or(merging.kept);
    let absorbed = if kept == newer { older } else { newer };
    let side = |field: &str| form.get(field).parse().unwrap_or(Side::Kept);
    let choices = Choices {
        name: side("name"),
        birth: side("birth"),
        sex: side("sex"),
        phone: side("phone"),
        email: side("email"),
        number: side("number"),
    };
    let command = MergeCommand { kept, absorbed, choices, note: form.get("note").to_owned() };
    match operations::people::merge(&context.office, actor, &command).await {
        Ok(_) => Ok(Context::see(&format!("/people/{kept}?merged"))),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            Ok(page(&context, &merging, &form, status))
        }
    }
}

/// `POST /people/merges/{id}/undo`
pub(super) async fn undo(context: Context, Path(id): Path<MergeId>) -> Result<Response, Problem> {
    let merge = operations::people::unmerge(&context.office, context.actor()?, id).await?;
    Ok(Context::see(&format!("/people/{}?unmerged", merge.person_id)))
}

async fn merging(context: &Context, id: PersonId, form: &Form) -> Result<Merging, Problem> {
    let actor = context.actor()?;
    let other = form.get("other").parse().map_err(|_| Problem::NotFound)?;
    Ok(operations::people::merging(&context.office, actor, id, other).await?)
}

fn page(context: &Context, merging: &Merging, form: &Form, status: StatusCode) -> Response {
    let l = context.language;
    let cards = evidence::in_order(&merging.pair, Some(merging.kept));
    let [kept, absorbed] = cards.map(|card| card.person.id);
    let page = context.page(w::merge_title(l), || {
        let deeds = merging.refusal.is_none().then(|| {
            view! {
                <TextArea language=l form=form name="note" label=w::merge_note(l)/>
                <p class="actions"><button>{w::merge(l)}</button></p>
            }
        });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{w::merge_why(l)}</p>
            <form method="post" action=format!("/people/{kept}/merge")>
                <input type="hidden" name="kept" value=kept.to_string()/>
                <input type="hidden" name="other" value=absorbed.to_string()/>
                {evidence::table(l, &merging.pair, cards, merging.refusal.is_none())}
                {deeds}
            </form>
            <form method="post" action=format!("/people/{kept}/distinct")>
                <input type="hidden" name="other" value=absorbed.to_string()/>
                <p class="actions"><button class="quiet">{w::tell_apart(l)}</button></p>
            </form>
        }
    });
    let page = page.crumb("/people", w::people(l)).crumb("/people/duplicates", w::duplicates(l));
    page.wide().status(status).into_response()
}
