//! What is done with a list. A deed that was refused shows the list again, with what was typed.

use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{ForwardingListId, RegistrationId};
use domain::lists::SignForm;
use operations::lists::{self, Change, Seen};
use operations::{Failure, Outcome};

use super::{address, new, show};
use crate::components::field_id;
use crate::problem::faults;
use crate::{Context, Form, Path, Problem};

/// The list as it was on the page. A version that cannot be read is none that the list can have: the answer is that it changed.
fn seen(id: ForwardingListId, form: &Form) -> Seen {
    Seen { id, version: form.get("version").parse().unwrap_or(0) }
}

/// Goes to what was done, or shows why nothing was.
async fn answer(
    context: &Context,
    id: ForwardingListId,
    mut form: Form,
    outcome: Outcome<()>,
    done: &str,
) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(Context::see(&format!("{}{done}", address(id)))),
        Err(failure) => again(context, id, &mut form, failure).await,
    }
}

async fn again(context: &Context, id: ForwardingListId, form: &mut Form, failure: Failure) -> Result<Response, Problem> {
    form.faults = faults(failure)?;
    show::render(context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /lists/{id}/forms`: the button that was pressed says what is changed.
pub(super) async fn compose(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    let moved = |name: &str| -> Result<Option<RegistrationId>, Problem> {
        let one = form.has(name).then(|| form.get(name).parse().map_err(|_| Problem::NotFound));
        one.transpose()
    };
    // Whoever moves one form of many stays where it is on the page.
    let at = |form: RegistrationId| format!("#{}", field_id(&format!("form.{form}")));
    let (change, done) = if let Some(form) = moved("up")? {
        (Change::Up(form), at(form))
    } else if let Some(form) = moved("down")? {
        (Change::Down(form), at(form))
    } else if let Some(form) = moved("remove")? {
        (Change::Remove(form), "?done=removed".to_owned())
    } else {
        (Change::Add(new::ids(&form)?), "?done=added".to_owned())
    };
    let outcome = lists::compose(&context.office, context.actor()?, seen(id, &form), &change).await;
    answer(&context, id, form, outcome, &done).await
}

/// `POST /lists/{id}/freeze`.
pub(super) async fn freeze(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    let typed = SignForm {
        number: form.get("number").to_owned(),
        signed_on: form.get("signed_on").to_owned(),
        signatory_post: form.get("signatory_post").to_owned(),
        signatory_name: form.get("signatory_name").to_owned(),
    };
    let outcome = lists::freeze(&context.office, context.actor()?, seen(id, &form), &typed).await;
    answer(&context, id, form, outcome, "?done=frozen").await
}

/// `POST /lists/{id}/forward`.
pub(super) async fn forward(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    let outcome = lists::forward(&context.office, context.actor()?, seen(id, &form)).await;
    answer(&context, id, form, outcome, "?done=forwarded").await
}

/// `POST /lists/{id}/discard`.
pub(super) async fn discard(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    let outcome = lists::discard(&context.office, context.actor()?, seen(id, &form)).await;
    answer(&context, id, form, outcome, "?done=discarded").await
}

/// `POST /lists/{id}/accept`.
pub(super) async fn accept(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    let outcome = lists::accept(&context.office, context.actor()?, seen(id, &form)).await;
    answer(&context, id, form, outcome, "?done=accepted").await
}

/// `POST /lists/{id}/return`.
pub(super) async fn send_back(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    let outcome = lists::send_back(&context.office, context.actor()?, seen(id, &form), form.get("reason")).await;
    answer(&context, id, form, outcome, "?done=returned").await
}

/// `POST /lists/{id}/replace`: goes to the list that replaces this one.
pub(super) async fn replace(context: Context, Path(id): Path<ForwardingListId>, mut form: Form) -> Result<Response, Problem> {
    match lists::replace(&context.office, context.actor()?, seen(id, &form)).await {
        Ok(new) => Ok(Context::see(&format!("{}?done=replaced", address(new)))),
        Err(failure) => again(&context, id, &mut form, failure).await,
    }
}
