//! `/decisions/{id}`: what a decision says, and publishing it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::SelectionDecisionId;
use domain::registrations::State;
use domain::time::{show_day, show_instant};
use leptos::prelude::*;
use operations::selections::{self, DecidedProduct, Decision};

use super::table::path;
use crate::components::{FaultSummary, Notice};
use crate::pages::registrations::state_tag;
use crate::problem::faults;
use crate::wording::selections as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<SelectionDecisionId>, form: Form) -> Result<Response, Problem> {
    render(&context, id, &form, StatusCode::OK).await
}

/// `POST /decisions/{id}/publish`: as it was on the page, where it counted its `events`.
pub(super) async fn publish(context: Context, Path(id): Path<SelectionDecisionId>, mut form: Form) -> Result<Response, Problem> {
    let events = form.get("events").parse().unwrap_or(0);
    match selections::publish(&context.office, context.actor()?, id, events).await {
        Ok(_) => Ok(Context::see(&format!("/decisions/{id}?done=published"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            render(&context, id, &form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn render(context: &Context, id: SelectionDecisionId, form: &Form, status: StatusCode) -> Result<Response, Problem> {
    let l = context.language;
    let (decision, products) = selections::decision(&context.office, context.actor()?, id).await?;
    let page = context.page(say::decision_title(l, &decision.number), || {
        let notice = (form.get("done") == "published").then(|| view! { <Notice text=say::done_published(l)/> });
        let lead = say::decision_lead(l, &show_day(decision.decided_on), decision.year);
        let published = decision.published_at.map(|at| {
            view! {
                <p>{say::published_at(l, &show_instant(at))}". "
                    <a href=format!("/products/{}", decision.year)>{say::public_page(l)}</a></p>
            }
        });
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            {notice}
            <p class="lead">{lead}". "{say::counts(l, decision.selected, decision.rejected)}</p>
            {published}
            {publishing(l, &decision)}
            {table(l, &products)}
        }
    });
    let page = page.crumb(path(decision.year), say::title(l, decision.year));
    Ok(page.wide().status(status).into_response())
}

fn publishing(l: Language, decision: &Decision) -> Option<impl IntoView + use<>> {
    let (id, events) = (decision.id, decision.events);
    decision.published_at.is_none().then(|| {
        view! {
            <section class="panel">
                <h2>{say::publish_title(l)}</h2>
                <p>{say::publish_lead(l)}</p>
                <form method="post" action=format!("/decisions/{id}/publish")>
                    <input type="hidden" name="events" value=events.to_string()/>
                    <button>{say::publish(l)}</button>
                </form>
            </section>
        }
    })
}

fn table(l: Language, products: &[DecidedProduct]) -> impl IntoView + use<> {
    let rows = products.iter().map(|product| row(l, product)).collect_view();
    view! {
        <h2>{say::says(l)}</h2>
        <div class="scroll" role="region" aria-label=say::says(l) tabindex="0"><table class="rows">
            <thead><tr>
                <th scope="col">{say::product(l)}</th><th scope="col">{say::organisation(l)}</th><th scope="col">{say::unit(l)}</th>
                <th scope="col">{say::outcome(l)}</th><th scope="col">{say::reason(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

fn row(l: Language, product: &DecidedProduct) -> impl IntoView + use<> {
    let later = (product.later > 0).then(|| view! { " "<span class="tag">{say::ruled_later(l)}</span> });
    let state = if product.is_selected() { State::Selected } else { State::NotSelected };
    view! {
        <tr>
            <th scope="row"><a href=format!("/registrations/{}", product.id)>{product.product_name.clone()}</a></th>
            <td><a href=format!("/organisations/{}", product.organisation_id)>{product.organisation_name.clone()}</a></td>
            <td>{product.unit_title()}</td>
            <td>{state_tag(l, state)}{later}</td>
            <td class="lines">{product.reason.clone()}</td>
        </tr>
    }
}
