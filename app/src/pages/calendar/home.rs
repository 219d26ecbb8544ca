//! The start page: what this is, the next runs, and for those who signed in what waits for them.

use axum::response::{IntoResponse as _, Response};
use chrono::Days;
use domain::accounts::{Actor, Language};
use domain::policy::{Action, may_somewhere};
use leptos::prelude::*;
use operations::calendar::{self, Filter};

use super::entries::{entries, line};
use crate::components::EmptyState;
use crate::copies::shared;
use crate::page::Page;
use crate::wording::{calendar as say, interests, requests};
use crate::{Context, Problem};

/// How many runs the start page shows.
const NEXT: usize = 6;

pub(super) async fn show(context: Context) -> Result<Response, Problem> {
    if context.path == "/" {
        shared(&context, async || page(&context).await).await
    } else {
        Ok(page(&context).await?.into_response())
    }
}

async fn page(context: &Context) -> Result<Page<'_>, Problem> {
    let (l, today) = (context.language, context.office.today());
    let calendar = calendar::public(&context.office, &Filter::between(today, today + Days::new(92))).await?;
    let inbox = match context.visitor() {
        Some(actor) => Some(operations::inbox::inbox(&context.office, actor).await?),
        None => None,
    };
    Ok(context.page(say::home_title(l), || {
        let next = entries(&calendar);
        let next = next.iter().filter(|entry| entry.run.cancelled_at.is_none()).take(NEXT);
        let lines: Vec<_> = next.map(|entry| line(l, entry, today)).collect();
        let next = if lines.is_empty() {
            let advice = say::home_none_advice(l);
            let all = move || view! { <a class="button quiet" href="/calendar">{say::home_all(l)}</a> };
            view! { <EmptyState title=say::home_none(l) advice=advice>{all()}</EmptyState> }.into_any()
        } else {
            let all = view! { <p><a class="button" href="/calendar">{say::home_all(l)}</a></p> };
            view! { {lines}{all} }.into_any()
        };
        view! {
            <p class="lead">{say::home_lead(l)}</p>
            {inbox.as_ref().and_then(|inbox| crate::pages::inbox::line(l, inbox))}
            {steps(l, context.visitor())}
            <h2>{say::home_next(l)}</h2>
            {next}
        }
    }))
}

/// What somebody is likely to have come for.
fn steps(l: Language, visitor: Option<&Actor>) -> impl IntoView + use<> {
    let may = |action| visitor.is_some_and(|actor| may_somewhere(actor, action));
    let represents = visitor.is_some_and(|actor| actor.organisations().next().is_some());
    let steps = [
        (may(Action::PlanRun), "/runs/new", say::step_plan(l), say::step_plan_why(l)),
        (may(Action::SeeRun), "/runs", say::step_runs(l), say::step_runs_why(l)),
        (visitor.is_some(), "/my/calendar", say::step_own(l), say::step_own_why(l)),
        (represents, "/calendar", say::step_enrol(l), say::step_enrol_why(l)),
        (represents, "/enrolments", say::step_enrolments(l), say::step_enrolments_why(l)),
        (represents, "/interests", interests::title(l), interests::home_why(l)),
        (may(Action::DecideRequests), "/requests", requests::title(l), requests::home_why(l)),
        (represents, "/requests", requests::title(l), requests::lead_asks(l)),
        (may(Action::SeeBoard), "/board", say::step_board(l), say::step_board_why(l)),
        (may(Action::KeepCatalogue), "/courses", say::step_courses(l), say::step_courses_why(l)),
        (visitor.is_none(), "/products", say::step_products(l), say::step_products_why(l)),
        (visitor.is_none(), "/verify", say::step_verify(l), say::step_verify_why(l)),
        (visitor.is_none(), "/sign-in", say::step_sign_in(l), say::step_sign_in_why(l)),
    ];
    let steps = steps
        .into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, path, name, why)| view! { <li><a href=path>{name}</a><span>{why}</span></li> })
        .collect_view();
    let heading = visitor.map(|_| view! { <h2>{say::steps(l)}</h2> });
    view! { {heading}<ul class="steps">{steps}</ul> }
}
