//! Certificate books: what is printed on the certificates to come.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::ids::BookId;
use leptos::prelude::*;
use operations::Failure;
use operations::certificates::{self, BookForm};

use crate::components::{FaultSummary, Notice, TextArea, TextField};
use crate::wording::{certificates as say, shell};
use crate::{Context, Form, Path, Problem, Routes};

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().get("/books", list).get("/books/{id}", show).post("/books/{id}", change)
}

/// `GET /books`.
async fn list(context: Context) -> Result<Response, Problem> {
    let l = context.language;
    let books = certificates::books(&context.office, context.actor()?).await?;
    let page = context.page(say::books_title(l), || {
        let books = books.into_iter().map(|book| {
            let signs = if book.signatory_name.is_empty() {
                say::nobody_signs(l).to_owned()
            } else {
                say::signs(l, &book.signatory_name)
            };
            view! { <li><a href=format!("/books/{}", book.id)>{say::book_title(l, &book.code)}</a>" · "{signs}</li> }
        });
        let books = books.collect_view();
        view! { <ul>{books}</ul> }
    });
    Ok(page.crumb("/manage", shell::manage(l)).into_response())
}

/// `GET /books/{id}`.
async fn show(context: Context, Path(id): Path<BookId>, query: Form) -> Result<Response, Problem> {
    let book = certificates::book(&context.office, context.actor()?, id).await?;
    let form = Form::filled([
        ("superior", book.superior),
        ("issuer", book.issuer),
        ("place", book.place),
        ("signatory_post", book.signatory_post),
        ("signatory_name", book.signatory_name),
    ]);
    page(&context, id, &form, query.get("done") == "saved", StatusCode::OK).await
}

/// `POST /books/{id}`.
async fn change(context: Context, Path(id): Path<BookId>, mut form: Form) -> Result<Response, Problem> {
    let typed = BookForm {
        superior: form.get("superior").to_owned(),
        issuer: form.get("issuer").to_owned(),
        place: form.get("place").to_owned(),
        signatory_post: form.get("signatory_post").to_owned(),
        signatory_name: form.get("signatory_name").to_owned(),
    };
    match certificates::change_book(&context.office, context.actor()?, id, &typed).await {
        Ok(()) => Ok(Context::see(&format!("/books/{id}?done=saved"))),
        Err(Failure::Refused(faults)) if !faults.0.iter().any(|fault| fault.refusal == Refusal::NotFound) => {
            form.faults = faults;
            page(&context, id, &form, false, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn page(context: &Context, id: BookId, form: &Form, saved: bool, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let book = certificates::book(&context.office, context.actor()?, id).await?;
    let page = context.page(say::book_title(l, &book.code), || {
        let notice = saved.then(|| view! { <Notice text=say::saved(l)/> });
        view! {
            {notice}
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::book_lead(l)}</p>
            <form method="post" action=format!("/books/{id}")>
                <TextField language=l form=form name="superior" label=say::superior(l) required=true/>
                <TextField language=l form=form name="issuer" label=say::issuing_body(l) required=true/>
                <TextField language=l form=form name="place" label=say::place(l) required=true/>
                <TextArea language=l form=form name="signatory_post" label=say::signatory_post(l) hint=say::signatory_post_hint(l)/>
                <TextField language=l form=form name="signatory_name" label=say::signatory_name(l) required=true/>
                <button>{say::save(l)}</button>
            </form>
        }
    });
    let page = page.crumb("/manage", shell::manage(l)).crumb("/books", say::books_title(l)).status(status);
    Ok(page.into_response())
}
