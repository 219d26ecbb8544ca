//! `GET /plans`: the plan of each programme year, in numbers.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::policy::{Action, may_everywhere};
use leptos::prelude::*;
use operations::plans::{self, YearOfPlan};

use super::{address, money};
use crate::components::{EmptyState, Meter};
use crate::wording::{plans as say, shell};
use crate::{Context, Problem};

pub(super) async fn show(context: Context) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let years = plans::years(&context.office, actor).await?;
    let keeps_programmes = may_everywhere(actor, Action::KeepProgramme);
    let page = context.page(say::title(l), || {
        if years.is_empty() {
            let link = keeps_programmes.then(|| view! { <a class="button" href="/programmes">{say::to_programmes(l)}</a> });
            return view! { <EmptyState title=say::no_year(l) advice=say::no_year_advice(l)>{link}</EmptyState> }.into_any();
        }
        let rows = years.iter().map(|year| row(l, year)).collect_view();
        view! {
            <p class="lead">{say::lead(l)}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=say::years(l)>
                <table class="rows">
                    <thead><tr>
                        <th scope="col">{say::years(l)}</th><th scope="col" class="n">{say::lines(l)}</th>
                        <th scope="col" class="n">{say::held_of_planned(l)}</th>
                        <th scope="col" class="n">{say::took_part_of_planned(l)}</th>
                        <th scope="col" class="n">{say::completed(l)}</th><th scope="col" class="n">{say::budget(l)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    let page = if crate::pages::manage::has_anything(actor) { page.crumb("/manage", shell::manage(l)) } else { page };
    Ok(page.wide().into_response())
}

fn row(l: Language, year: &YearOfPlan) -> impl IntoView + use<> {
    let (sum, done) = (year.total, year.total.delivered);
    view! {
        <tr>
            <th scope="row"><a href=address(year.year)>{say::year(l, year.year)}</a></th>
            <td class="n" data-label=say::lines(l)>{sum.lines}</td>
            <td class="n" data-label=say::held_of_planned(l)>{say::of_planned(l, done.held, sum.runs)}</td>
            <td class="n" data-label=say::took_part_of_planned(l)>
                {say::of_planned(l, done.participants, sum.participants)}" "<Meter value=done.participants of=sum.participants/>
            </td>
            <td class="n" data-label=say::completed(l)>{done.completed}</td>
            <td class="n" data-label=say::budget(l)>{money(l, sum.budget)}</td>
        </tr>
    }
}
