//! `POST /selections/{year}`: one decision on every product that is ticked.

use axum::http::StatusCode;
use axum::response::Response;
use domain::accounts::Language;
use domain::ids::RegistrationId;
use domain::selections::{Choice, RulingForm};
use domain::time::show_day;
use domain::{Fault, Faults};
use leptos::prelude::*;
use operations::selections::{self, DecideCommand, Table};

use super::{asked, table};
use crate::components::{FaultSummary, SelectField, TextArea, TextField, day_kind};
use crate::problem::faults;
use crate::wording::{choices, selections as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn decide(context: Context, Path(year): Path<i64>, mut form: Form) -> Result<Response, Problem> {
    let typed = RulingForm {
        number: form.get("number").to_owned(),
        decided_on: form.get("decided_on").to_owned(),
        choice: form.get("choice").to_owned(),
        reason: form.get("reason").to_owned(),
    };
    let command = DecideCommand { year, products: ticked(&form)?, form: typed };
    match selections::decide(&context.office, context.actor()?, &command).await {
        Ok(decision) => {
            let decision = decision.to_string();
            let address = asked::address(&table::path(year), &asked::read(&form), &[("decided", &decision)]);
            Ok(Context::see(&address))
        }
        Err(failure) => {
            form.faults = faults(failure)?;
            table::render(&context, year, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// The products that were ticked, each with its version on the page. One that cannot be read is none that the product
/// can have: the answer is that it changed.
fn ticked(form: &Form) -> Result<Vec<(RegistrationId, i64)>, Problem> {
    let product = |id: &str| {
        let version = form.get(&format!("version.{id}")).parse().unwrap_or(0);
        id.parse().map(|id| (id, version)).map_err(|_| Problem::NotFound)
    };
    form.all("product").map(product).collect()
}

/// After a deed, the form goes on with the same decision, which may take several goes.
pub(super) fn begun(mut form: Form, table: &Table) -> Form {
    let decision = table.decisions.iter().find(|decision| decision.id.to_string() == form.get("decided"));
    if let Some(decision) = decision.filter(|decision| decision.published_at.is_none()) {
        form.set("number", decision.number.clone());
        form.set("decided_on", decision.decided_on.to_string());
    }
    form
}

/// What is wrong, above the table: products that are on another page by now are not linked to.
pub(super) fn summary(l: Language, table: &Table, form: &Form) -> impl IntoView + use<> {
    let is_here = |field: &str| {
        let product = field.strip_prefix("product.");
        product.is_none_or(|id| table.rows.iter().any(|row| row.id.to_string() == id && row.waiting == 0))
    };
    let mut faults = Faults::default();
    for fault in &form.faults.0 {
        let field = if is_here(&fault.field) { fault.field.clone() } else { String::new() };
        let fault = Fault { field, refusal: fault.refusal.clone() };
        if !faults.0.contains(&fault) {
            faults.0.push(fault);
        }
    }
    view! { <FaultSummary language=l faults=faults/> }
}

/// Number, day, outcome and reason, below the rows.
pub(super) fn fields(l: Language, form: &Form) -> impl IntoView + use<> {
    let outcomes = Choice::ALL.iter().map(|choice| (choice.to_string(), choices::choice(l, *choice).to_owned())).collect();
    let kind = day_kind(form.get("decided_on"));
    view! {
        <section class="panel" id="decide">
            <h2>{say::decide_title(l)}</h2>
            <p class="hint">{say::decide_lead(l)}</p>
            <div class="row">
                <TextField language=l form=form name="number" label=say::number(l) hint=say::number_hint(l)/>
                <TextField language=l form=form name="decided_on" label=say::decided_on(l) kind=kind/>
                <SelectField language=l form=form name="choice" label=say::choice(l) choices=outcomes empty=say::choose(l).to_owned()/>
            </div>
            <TextArea language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
            <button>{say::decide(l)}</button>
        </section>
    }
}

/// The decisions of the year.
pub(super) fn decisions(l: Language, table: &Table) -> impl IntoView + use<> {
    let rows: Vec<_> = table
        .decisions
        .iter()
        .map(|decision| {
            let (class, word) =
                if decision.published_at.is_some() { ("tag good", say::published(l)) } else { ("tag warn", say::unpublished(l)) };
            view! {
                <tr>
                    <th scope="row"><a href=format!("/decisions/{}", decision.id)>{decision.number.clone()}</a></th>
                    <td>{show_day(decision.decided_on)}</td>
                    <td class="n" data-label=say::counts_selected(l)>{decision.selected}</td>
                    <td class="n" data-label=say::counts_rejected(l)>{decision.rejected}</td>
                    <td><span class=class>{word}</span></td>
                </tr>
            }
        })
        .collect();
    let any_published = table.decisions.iter().any(|decision| decision.published_at.is_some());
    let public =
        any_published.then(|| view! { <p><a href=format!("/products/{}", table.year.year)>{say::public_page(l)}</a></p> });
    let content = if rows.is_empty() {
        view! { <p class="soft">{say::no_decisions(l)}</p> }.into_any()
    } else {
        view! {
            <div class="scroll"><table class="rows">
                <thead><tr>
                    <th scope="col">{say::decision(l)}</th><th scope="col">{say::day(l)}</th>
                    <th scope="col" class="n">{say::counts_selected(l)}</th><th scope="col" class="n">{say::counts_rejected(l)}</th>
                    <th scope="col">{say::state(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
        .into_any()
    };
    view! { <section><h2>{say::decisions(l)}</h2>{content}{public}</section> }
}
