//! `/requests`: what waits for a decision, for who decides; what was asked for, for who speaks for an organisation.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::RequestId;
use domain::policy::{Action, may_everywhere, may_somewhere};
use domain::requests::{Level, State};
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::requests::{self, Listed, PAGE, Wish};
use store::requests::Request;
use store::runs::Run;

use super::{report, tag};
use crate::components::{EmptyState, Notice, SelectField};
use crate::wording::{refusals, requests as say};
use crate::{Context, Form, Problem};

/// What the address asks for: what is no identifier leads nowhere, what is no state filters nothing.
fn wish(form: &Form) -> Result<Wish, Problem> {
    fn id<T: std::str::FromStr>(typed: &str) -> Result<Option<T>, Problem> {
        if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|_| Problem::NotFound) }
    }
    Ok(Wish {
        run: id(form.get("run"))?,
        unit: id(form.get("unit"))?,
        state: form.get("state").parse().ok(),
        course: id(form.get("course"))?,
        organisation: id(form.get("organisation"))?,
        page: form.get("page").parse::<i64>().unwrap_or(1).clamp(1, 10_000) - 1,
    })
}

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let (l, actor) = (context.language, context.actor()?);
    let wish = wish(&form)?;
    let listed = requests::list(&context.office, actor, &wish).await?;
    let decides = may_somewhere(actor, Action::DecideRequests);
    let board = listed.run.as_ref().filter(|_| may_everywhere(actor, Action::DecideRequests)).map(|run| {
        view! { <a class="button quiet" href=format!("/courses/{}/placing", run.course_id)>{say::board(l)}</a> }
    });
    let page = context.page(say::title(l), || {
        let content = if !listed.lines.is_empty() {
            table(l, &listed, &form, None).into_any()
        } else if wish == Wish::default() {
            let advice = if decides { say::none_decides(l) } else { say::none_asks(l) };
            view! { <EmptyState title=say::none(l) advice=advice>""</EmptyState> }.into_any()
        } else {
            view! { <EmptyState title=say::none(l) advice=say::none_match(l)>""</EmptyState> }.into_any()
        };
        view! {
            {notices(l, &form)}
            <p class="lead">{if decides { say::lead_decides(l) } else { say::lead_asks(l) }}</p>
            {filters(l, &form, &listed)}
            <p class="actions">{board}</p>
            {content}
        }
    });
    Ok(page.wide().into_response())
}

/// `POST /requests/approve`: a line for each that was chosen. Sending it again changes nothing, since each says which
/// version was seen.
pub(super) async fn approve(context: Context, form: Form) -> Result<Response, Problem> {
    let (l, actor) = (context.language, context.actor()?);
    if !may_somewhere(actor, Action::DecideRequests) {
        return Err(Problem::NotFound);
    }
    let seen = |id: RequestId| form.get(&format!("seen.{id}")).parse().unwrap_or(0);
    let chosen: Vec<(RequestId, i64)> =
        form.all("request").filter_map(|id| id.parse().ok()).map(|id: RequestId| (id, seen(id))).collect();
    if chosen.is_empty() {
        let wish = wish(&form)?;
        let listed = requests::list(&context.office, actor, &wish).await?;
        let page = context.page(say::title(l), || {
            let fault = refusals::say(l, &domain::Refusal::NothingChosen);
            view! { {filters(l, &form, &listed)}{table(l, &listed, &form, Some(fault))} }
        });
        return Ok(page.wide().status(axum::http::StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    let lines = requests::approve_all(&context.office, actor, &chosen).await?;
    Ok(report::approved(&context, &form, &lines))
}

/// What happened just before.
fn notices(l: Language, query: &Form) -> impl IntoView + use<> {
    // Only numbers are said back: the address is anybody's to write.
    let count = |name: &str| query.get(name).parse::<u32>().ok().filter(|count| *count > 0).map(|count| count.to_string());
    let asked = count("asked").map(|count| view! { <Notice text=say::asked_now(l, &count)/> });
    let already = count("already").map(|count| view! { <Notice text=say::already_now(l, &count)/> });
    view! { {asked}{already} }
}

fn filters(l: Language, form: &Form, listed: &Listed) -> impl IntoView + use<> {
    let states = State::ALL.iter().map(|state| (state.to_string(), say::state_word(l, *state).to_owned())).collect();
    let mut runs: Vec<(String, String)> = listed.runs.iter().map(|(run, name)| (run.to_string(), name.clone())).collect();
    // A run that nobody asks for any more stays chosen.
    if let Some(run) = listed.run.as_ref().filter(|run| listed.runs.iter().all(|(known, _)| *known != run.id)) {
        runs.push((run.id.to_string(), format!("{} · {}", run.course_code, run.name)));
    }
    let units: Vec<(String, String)> = listed.units.iter().map(|(unit, name)| (unit.to_string(), name.clone())).collect();
    let units = (units.len() > 1).then(|| {
        view! { <SelectField language=l form=form name="unit" label=say::unit(l) choices=units empty=say::every_unit(l).to_owned()/> }
    });
    let kept = kept(form, &["state", "page", "run", "unit"]);
    view! {
        <form class="filters" method="get" action="/requests">
            {kept}
            <SelectField language=l form=form name="run" label=say::class(l) choices=runs empty=say::every_run(l).to_owned()/>
            {units}
            <SelectField language=l form=form name="state" label=say::state(l) choices=states empty=say::every_state(l).to_owned()/>
            <button class="quiet">{say::filter(l)}</button>
        </form>
        <p class="meta">{say::count(l, listed.total)}</p>
    }
}

/// What the list is narrowed by, as hidden fields.
fn kept(form: &Form, without: &[&str]) -> impl IntoView + use<> {
    let names = ["run", "unit", "state", "course", "organisation", "page"].into_iter().filter(|name| !without.contains(name));
    let fields = names.filter(|name| !form.get(name).is_empty());
    let fields = fields.map(|name| view! { <input type="hidden" name=name value=form.get(name).to_owned()/> });
    fields.collect_view()
}

fn table(l: Language, listed: &Listed, form: &Form, fault: Option<String>) -> impl IntoView + use<> {
    let decides = listed.lines.iter().any(|(.., level)| level.is_some());
    let all = form.has("all");
    let rows = listed.lines.iter().map(|line| row(l, line, decides, all)).collect_view();
    let fault = fault.map(|fault| view! { <p class="fault" role="alert">{fault}</p> });
    let choose = decides.then(|| view! { <th scope="col"><span class="hidden">{say::choose(l)}</span></th> });
    let table = view! {
        <div class="scroll" tabindex="0" role="region" aria-label=say::title(l)>
            <table class="rows">
                <thead><tr>
                    {choose}
                    <th scope="col">{say::person(l)}</th><th scope="col">{say::organisation(l)}</th><th scope="col">{say::course(l)}</th>
                    <th scope="col">{say::choices(l)}</th><th scope="col">{say::state(l)}</th><th scope="col">{say::sent(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    let pages = pages(l, form, listed.total);
    if !decides {
        return view! { {table}{pages} }.into_any();
    }
    view! {
        <form method="post" action="/requests/approve">
            {kept(form, &[])}
            {fault}
            {choose_all(l, listed, form)}
            {table}
            <p class="meta">{say::approve_each(l)}</p>
            <p class="actions"><button>{say::approve_chosen(l)}</button></p>
        </form>
        {pages}
    }
    .into_any()
}

/// The way to a list in which everything is chosen, which needs no script, and back.
fn choose_all(l: Language, listed: &Listed, form: &Form) -> Option<impl IntoView + use<>> {
    let count = listed.lines.iter().filter(|(.., level)| level.is_some()).count();
    let page = form.get("page").parse::<i64>().unwrap_or(1);
    let (label, all) =
        if form.has("all") { (say::choose_none(l).to_owned(), None) } else { (say::choose_all(l, count), Some("all")) };
    (count > 1).then(|| view! { <p><a href=address(form, page, all)>{label}</a></p> })
}

fn row(
    l: Language,
    (request, runs, level): &(Request, Vec<Run>, Option<Level>),
    decides: bool,
    all: bool,
) -> impl IntoView + use<> {
    let id = request.id.to_string();
    let choose = decides.then(|| {
        let tick = level.is_some().then(|| {
            let label = say::choose_person(l, &request.person_name);
            view! {
                <input type="checkbox" name="request" value=id.clone() checked=all aria-label=label/>
                <input type="hidden" name=format!("seen.{id}") value=request.version.to_string()/>
            }
        });
        view! { <td class="tick">{tick}</td> }
    });
    let names: Vec<String> = runs.iter().enumerate().map(|(n, run)| format!("{}. {}", n + 1, run.name)).collect();
    view! {
        <tr>
            {choose}
            <th scope="row"><a href=format!("/requests/{id}")>{request.person_name.clone()}</a></th>
            <td>{request.organisation_name.clone()}<small class="hint">{request.unit_title()}</small></td>
            <td>{format!("{} · {}", request.course_code, request.title(l))}</td>
            <td data-label=say::choices(l)>{names.join(", ")}</td>
            <td>{tag(l, request.state)}</td>
            <td data-label=say::sent(l)>{show_day(local_day(request.asked_at))}</td>
        </tr>
    }
}

/// A page of the list, narrowed as it is.
fn address(form: &Form, page: i64, more: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in ["run", "unit", "state", "course", "organisation"] {
        if !form.get(name).is_empty() {
            query.append_pair(name, form.get(name));
        }
    }
    query.append_pair("page", &page.to_string());
    if let Some(more) = more {
        query.append_pair(more, "yes");
    }
    format!("/requests?{}", query.finish())
}

/// The way to the pages before and after this one.
fn pages(l: Language, form: &Form, total: i64) -> Option<impl IntoView + use<>> {
    let pages = (total + PAGE - 1) / PAGE;
    let page = form.get("page").parse::<i64>().unwrap_or(1).clamp(1, pages.max(1));
    let earlier = (page > 1).then(|| view! { <a class="button quiet" href=address(form, page - 1, None)>{say::earlier(l)}</a> });
    let later = (page < pages).then(|| view! { <a class="button quiet" href=address(form, page + 1, None)>{say::later(l)}</a> });
    (pages > 1).then(|| view! { <p class="actions">{earlier}<span class="meta">{say::page_of(l, page, pages)}</span>{later}</p> })
}
