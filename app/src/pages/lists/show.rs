//! `/lists/{id}`: one list, with everything that can be done with it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::ForwardingListId;
use domain::lists::ListState;
use domain::policy::{Action, may_everywhere};
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::lists::{self, Shown};

use super::list::age;
use super::{address, compose, name, state_tag};
use crate::components::{FaultSummary, Notice, TextArea};
use crate::pages::registrations;
use crate::wording::lists as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<ForwardingListId>, form: Form) -> Result<Response, Problem> {
    render(&context, id, &form, StatusCode::OK).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn render(
    context: &Context,
    id: ForwardingListId,
    form: &Form,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (l, today) = (context.language, context.office.today());
    let actor = context.actor()?;
    let known = lists::show(&context.office, actor, id).await?;
    let notice = match form.get("done") {
        "begun" => Some(say::done_begun(l)),
        "added" => Some(say::done_added(l)),
        "removed" => Some(say::done_removed(l)),
        "frozen" => Some(say::done_frozen(l)),
        "forwarded" => Some(say::done_forwarded(l)),
        "discarded" => Some(say::done_discarded(l)),
        "accepted" => Some(say::done_accepted(l)),
        "returned" => Some(say::done_returned(l)),
        "replaced" => Some(say::done_replaced(l)),
        _ => None,
    };
    let list = &known.list;
    let waits = list.forwarded_at.filter(|_| list.state() == ListState::Waiting);
    let waits = waits.map(|at| format!(" {}", age(l, local_day(at), today)));
    let page = context.page(name(l, list), || {
        let notice = notice.map(|text| view! { <Notice text/> });
        let lead = say::unit_year(l, &list.unit_title(), list.year);
        // Its products can be decided on from here on.
        let selects = list.state() == ListState::Accepted && may_everywhere(actor, Action::SelectProducts);
        let selection = format!("/selections/{}", list.year);
        let selection = selects.then(|| view! { <p><a class="button" href=selection>{say::to_selection(l)}</a></p> });
        let drawing_up = known.may.compose.then(|| compose::section(l, &known, form));
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            {notice}
            <p class="lead">{lead}" "{state_tag(l, list.state())}{waits}</p>
            {selection}
            {returned(l, &known)}
            {facts(l, &known)}
            {answering(l, &known, form)}
            {frozen(l, &known)}
            {drawing_up}
            {discarding(l, &known)}
        }
    });
    Ok(page.crumb("/lists", say::title(l)).wide().status(status).into_response())
}

/// What a deed carries along, so that who decides has seen what they decide on.
pub(super) fn version(known: &Shown) -> impl IntoView + use<> {
    view! { <input type="hidden" name="version" value=known.list.version.to_string()/> }
}

fn facts(l: Language, known: &Shown) -> Option<impl IntoView + use<>> {
    let list = &known.list;
    let signatory = list.signatory_post.clone().zip(list.signatory_name.clone());
    let signatory = signatory.map(|(post, name)| view! { <span class="lines">{post}</span>", "{name} }.into_any());
    let day = |name, day: Option<chrono::NaiveDate>| day.map(|day| (name, show_day(day).into_any()));
    let link =
        |name, id: Option<ForwardingListId>, words| id.map(|id| (name, view! { <a href=address(id)>{words}</a> }.into_any()));
    let lines: Vec<_> = [
        day(say::signed_on(l), list.signed_on),
        signatory.map(|signatory| (say::signatory(l), signatory)),
        day(say::forwarded_on(l), list.forwarded_at.map(local_day)),
        day(say::accepted_on(l), list.accepted_at.map(local_day)),
        day(say::returned_on(l), list.returned_at.map(local_day)),
        day(say::discarded_on(l), list.discarded_at.map(local_day)),
        link(say::replaces(l), list.replaces_id, say::earlier_list(l)),
        link(say::replaced_by(l), list.replaced_by, say::later_list(l)),
    ]
    .into_iter()
    .flatten()
    .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
    .collect();
    (!lines.is_empty()).then(|| view! { <dl>{lines}</dl> })
}

/// Why the province returned it, and the way to put it right.
fn returned(l: Language, known: &Shown) -> Option<impl IntoView + use<>> {
    let reason = known.list.return_reason.clone()?;
    let replace = known.may.replace.then(|| {
        view! {
            <p>{say::replace_lead(l)}</p>
            <form method="post" action=format!("{}/replace", address(known.list.id))>
                {version(known)}<button>{say::replace(l)}</button>
            </form>
        }
    });
    Some(view! {
        <section class="panel"><h2>{say::was_returned(l)}</h2><p class="lines">{reason}</p>{replace}</section>
    })
}

fn answering(l: Language, known: &Shown, form: &Form) -> Option<AnyView> {
    let path = address(known.list.id);
    known.may.answer.then(|| {
        view! {
            <section class="panel">
                <h2>{say::answer_title(l)}</h2>
                <p>{say::answer_lead(l)}</p>
                <form method="post" action=format!("{path}/accept")>{version(known)}<button>{say::accept(l)}</button></form>
                <details class="fold" open=form.has("reason")>
                    <summary>{say::send_back(l)}</summary>
                    <p>{say::send_back_lead(l)}</p>
                    <form method="post" action=format!("{path}/return")>
                        {version(known)}
                        <TextArea language=l form=form name="reason" label=say::reason(l)/>
                        <button class="danger">{say::send_back(l)}</button>
                    </form>
                </details>
            </section>
        }
        .into_any()
    })
}

/// The paper, its forms as they were frozen and where each stands now, and the way to the province.
fn frozen(l: Language, known: &Shown) -> Option<AnyView> {
    let printed = known.printed.as_ref()?;
    let path = address(known.list.id);
    // What was frozen keeps the order of the list, which changes no more.
    let rows = (1..).zip(printed.forms.iter().zip(&known.forms)).map(|(place, (paper, form)): (usize, _)| {
        view! {
            <tr>
                <td class="n" data-label=say::order(l)>{place}</td>
                <th scope="row"><a href=format!("/registrations/{}", form.id)>{paper.product.clone()}</a></th>
                <td>{paper.organisation.clone()}</td>
                <td>{paper.group.clone()}</td>
                <td class="n" data-label=say::score(l)>{registrations::points(l, paper.score)}</td>
                <td>{registrations::state_tag(l, form.state)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let forward = known.may.forward.then(|| {
        view! {
            <section class="panel">
                <h2>{say::forward_title(l)}</h2>
                <p>{say::forward_lead(l)}</p>
                <form method="post" action=format!("{path}/forward")>{version(known)}<button>{say::forward(l)}</button></form>
            </section>
        }
    });
    Some(
        view! {
            {forward}
            <section>
                <h2>{say::frozen_title(l)}</h2>
                <p class="hint">{say::frozen_lead(l)}</p>
                <p class="actions">
                    <a class="button quiet" href=format!("{path}/paper.pdf")>{say::pdf(l)}</a>
                    <a class="button quiet" href=format!("{path}/list.xlsx")>{say::xlsx(l)}</a>
                </p>
                <div class="scroll" role="region" aria-label=say::composed(l) tabindex="0"><table class="rows">
                    <caption class="hidden">{say::composed(l)}</caption>
                    <thead><tr>
                        <th scope="col" class="n">"#"</th><th scope="col">{say::product(l)}</th><th scope="col">{say::organisation(l)}</th>
                        <th scope="col">{say::group(l)}</th><th scope="col" class="n">{say::score(l)}</th><th scope="col">{say::state(l)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            </section>
        }
        .into_any(),
    )
}

fn discarding(l: Language, known: &Shown) -> Option<AnyView> {
    let why = if known.list.state() == ListState::Draft { say::discard_draft(l) } else { say::discard_frozen(l) };
    known.may.discard.then(|| {
        view! {
            <details class="fold">
                <summary>{say::discard(l)}</summary>
                <p>{why}</p>
                <form method="post" action=format!("{}/discard", address(known.list.id))>
                    {version(known)}<button class="danger">{say::discard(l)}</button>
                </form>
            </details>
        }
        .into_any()
    })
}
