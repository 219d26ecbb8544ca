//! `/trainers`: everybody who teaches.

use axum::response::{IntoResponse as _, Response};
use chrono::Datelike as _;
use domain::accounts::{Language, Role};
use domain::policy::{Action, may_everywhere};
use leptos::prelude::*;
use operations::trainers::{self, Line};

use crate::components::EmptyState;
use crate::wording::{shell, trainers as say};
use crate::{Context, Problem};

pub(super) async fn show(context: Context) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let lines = trainers::list(&context.office, actor).await?;
    let year = context.office.today().year();
    let keeps = may_everywhere(actor, Action::KeepCatalogue);
    let own = actor.is(Role::Trainer).then_some(actor.person);
    let page = context.page(say::title(l), || {
        let own = own.map(|id| view! { <a class="button quiet" href=format!("/trainers/{id}")>{say::own_page(l)}</a> });
        let files = keeps.then(|| {
            let file = |year: i32| view! { <a class="button quiet" href=format!("/trainers.xlsx?year={year}")>{say::download(l, year)}</a> };
            view! { {file(year)}{file(year - 1)} }
        });
        if lines.is_empty() {
            return view! { <EmptyState title=say::none(l) advice=say::none_advice(l)>""</EmptyState> }.into_any();
        }
        let rows = lines.iter().map(|line| row(l, line)).collect_view();
        view! {
            <p class="lead">{say::lead(l)}</p>
            <p class="actions">{own}{files}</p>
            <div class="scroll" tabindex="0" role="region" aria-label=say::title(l)>
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{say::name(l)}</th><th scope="col">{say::employer(l)}</th>
                            <th scope="col">{say::courses(l)}</th><th scope="col" class="n">{say::ahead(l)}</th>
                            <th scope="col" class="n">{say::given_in(l, year)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{say::planned_explained(l)}</p>
        }
        .into_any()
    });
    let page = if keeps { page.crumb("/manage", shell::manage(l)) } else { page.crumb("/runs", shell::runs(l)) };
    Ok(page.wide().into_response())
}

fn row(l: Language, line: &Line) -> impl IntoView + use<> {
    let trainer = &line.trainer;
    let employer = [trainer.rank.as_str(), trainer.employer.as_str()];
    let employer = employer.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    let planned = (line.given.planned > 0)
        .then(|| view! { <small class="hint">{say::of_which_planned(l, say::hours(l, line.given.planned))}</small> });
    view! {
        <tr>
            <th scope="row"><a href=format!("/trainers/{}", trainer.person_id)>{trainer.full_name.clone()}</a></th>
            <td>{employer}</td>
            <td>{line.courses.join(", ")}</td>
            <td class="n" data-label=format!("{}:", say::ahead(l))>{trainer.ahead}</td>
            <td class="n" data-label=format!("{}:", say::given(l))>{say::hours(l, line.given.minutes())}{planned}</td>
        </tr>
    }
}
