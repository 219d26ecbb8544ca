//! The certificates of a run: who has one, who is to get one.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RunId;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::Failure;
use operations::certificates::{self, RunCertificates};
use store::certificates::Certificate;

use crate::components::{EmptyState, FaultSummary, Notice};
use crate::wording::{certificates as say, shell};
use crate::{Context, Form, Path, Problem};

/// `GET /runs/{id}/certificates`.
pub(super) async fn show(context: Context, Path(id): Path<RunId>, form: Form) -> Result<Response, Problem> {
    page(&context, id, form, StatusCode::OK).await
}

/// `POST /runs/{id}/certificates`: issues. Sent twice, it changes nothing the second time.
pub(super) async fn issue(context: Context, Path(id): Path<RunId>, mut form: Form) -> Result<Response, Problem> {
    match certificates::issue(&context.office, context.actor()?, id).await {
        Ok(_) => Ok(Context::see(&format!("/runs/{id}/certificates?done=issued"))),
        Err(Failure::Refused(faults)) if !Failure::Refused(faults.clone()).is(&domain::Refusal::NotFound) => {
            form.faults = faults;
            page(&context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn page(context: &Context, id: RunId, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let known = certificates::of_run(&context.office, context.actor()?, id).await?;
    let run_title = format!("{} · {}", known.run.course_title, known.run.name);
    let notice = match form.get("done") {
        "issued" => Some(say::issued(l, known.issued.iter().filter(|c| c.revoked_at.is_none()).count())),
        "revoked" => Some(say::was_revoked(l).to_owned()),
        _ => None,
    };
    let page = context.page(say::title(l), || {
        let notice = notice.map(|text| view! { <Notice text/> });
        view! {
            <p class="lead">{run_title.clone()}</p>
            <FaultSummary language=l faults=form.faults/>
            {notice}
            {waiting(l, &known)}
            {issued(l, &known)}
        }
    });
    let page = page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), run_title.clone()).wide().status(status);
    Ok(page.into_response())
}

/// Who is to get one, and the button.
fn waiting(l: Language, known: &RunCertificates) -> Option<AnyView> {
    let count = known.due.len();
    if count == 0 || !known.may_issue {
        return None;
    }
    let names = known.due.iter().map(|due| view! { <li>{due.person_name.clone()}", "{due.organisation_name.clone()}</li> });
    let names = names.collect_view();
    let deed = if known.book.signatory_name.is_empty() {
        let book = format!("/books/{}", known.book.id);
        view! { <p>{say::signatory_missing(l)}</p><p><a class="button" href=book>{say::to_book(l)}</a></p> }.into_any()
    } else {
        let action = format!("/runs/{}/certificates", known.run.id);
        view! {
            <form method="post" action=action>
                <p class="hint">{say::issue_hint(l)}</p>
                <button>{say::issue(l, count)}</button>
            </form>
        }
        .into_any()
    };
    Some(
        view! {
            <section class="panel">
                <p>{say::due(l, count)}</p>
                <details><summary>{say::due_names(l)}</summary><ol>{names}</ol></details>
                {deed}
            </section>
        }
        .into_any(),
    )
}

/// What was issued.
fn issued(l: Language, known: &RunCertificates) -> AnyView {
    let run = format!("/runs/{}", known.run.id);
    if known.issued.is_empty() {
        if known.may_issue && !known.due.is_empty() {
            return ().into_any();
        }
        return view! {
            <EmptyState title=say::none_title(l) advice=say::none_advice(l)>
                <a class="button quiet" href=run>{say::to_run(l)}</a>
            </EmptyState>
        }
        .into_any();
    }
    let any_valid = known.issued.iter().any(|certificate| certificate.revoked_at.is_none());
    let all = any_valid
        .then(|| view! { <p><a class="button quiet" href=format!("{run}/certificates.pdf")>{say::all_as_one(l)}</a></p> });
    let rows = known.issued.iter().map(|certificate| row(l, certificate, known.may_issue)).collect_view();
    view! {
        {all}
        <div class="scroll" role="region" aria-label=say::list_caption(l) tabindex="0">
            <table class="rows">
                <caption class="hidden">{say::list_caption(l)}</caption>
                <thead><tr>
                    <th scope="col">{say::serial(l)}</th><th scope="col">{say::person(l)}</th>
                    <th scope="col">{say::organisation(l)}</th><th scope="col">{say::issued_on(l)}</th>
                    <th scope="col">{say::status(l)}</th><th scope="col">{say::paper(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(l: Language, certificate: &Certificate, may_issue: bool) -> impl IntoView + use<> {
    let c = certificate;
    let status = match (&c.revoked_at, &c.revocation_reason) {
        (Some(at), Some(reason)) => {
            let when = say::revoked_on(l, show_day(local_day(*at)), reason);
            view! { <span class="tag bad">{say::revoked(l)}</span>" "<small>{when}</small> }.into_any()
        }
        _ => view! { <span class="tag good">{say::valid(l)}</span> }.into_any(),
    };
    let revoke = (may_issue && c.revoked_at.is_none()).then(|| {
        let path = format!("/certificates/{}/revoke", c.id);
        view! { " "<a href=path aria-label=say::revoke_of(l, &c.serial)>{say::revoke(l)}</a> }
    });
    let paper = format!("/certificates/{}/paper.pdf", c.id);
    let page = format!("/verify/{}", c.verify_token);
    view! {
        <tr>
            <th scope="row"><a href=page>{c.serial.clone()}</a></th>
            <td>{c.person_name.clone()}</td>
            <td>{c.organisation_name.clone()}</td>
            <td>{show_day(local_day(c.issued_at))}</td>
            <td>{status}</td>
            <td><a href=paper aria-label=say::download_of(l, &c.serial)>{say::download(l)}</a>{revoke}</td>
        </tr>
    }
}
