//! `/runs/{id}/allotments`: who is promised how many seats until when, in one table.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::allotments::Asked;
use domain::enrolments::Holder;
use domain::ids::{OrganisationId, RunId, UnitId};
use domain::time::{local_day, parse_day, show_day};
use domain::{Faults, allotments as rules, text};
use leptos::prelude::*;
use operations::allotments::{self, AllotCommand, Line, Proposal, Table, TableLine};

use super::{inputs, read_holder, write_holder};
use crate::components::{EmptyState, FaultSummary, Notice, SelectField, TextArea, TextField};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{allotments as say, refusals, shell};
use crate::{Context, Form, Path, Problem};

/// A line of the table: what stands, and what is proposed or typed for it.
struct Row {
    holder: Holder,
    name: String,
    known: Option<TableLine>,
    is_proposed: bool,
}

pub(super) async fn show(context: Context, Path(run): Path<RunId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let known = allotments::table(&context.office, actor, run).await?;
    let mut form = form;
    let mut proposal = None;
    if form.has("rule") {
        let days = (context.office.today(), known.run.enrolment_deadline);
        match Asked::parse((form.get("rule"), form.get("seats"), form.get("until")), days) {
            Ok(asked) => proposal = Some((allotments::propose(&context.office, actor, run, &asked).await?, asked)),
            Err(found) => form.faults = found,
        }
    }
    let mut rows: Vec<Row> = known.lines.iter().filter_map(row).collect();
    for (n, row) in rows.iter().enumerate() {
        fill(&mut form, n, row);
    }
    if let Some((proposal, asked)) = &proposal {
        for line in &proposal.lines {
            let place = match rows.iter().position(|row| row.holder == line.holder) {
                Some(place) => place,
                None => {
                    rows.push(Row { holder: line.holder, name: line.name.clone(), known: None, is_proposed: true });
                    rows.len() - 1
                }
            };
            rows[place].is_proposed = true;
            form.set(&format!("lines.{place}.seats"), line.seats.to_string());
            form.set(&format!("lines.{place}.until"), asked.until.to_string());
        }
    }
    add_asked(&context, &known, &mut form, &mut rows).await?;
    page(&context, &known, rows, &form, proposal.map(|(proposal, _)| proposal)).await
}

/// The line that was asked for by name: `add` holds it.
async fn add_asked(context: &Context, known: &Table, form: &mut Form, rows: &mut Vec<Row>) -> Result<(), Problem> {
    let Ok(holder) = read_holder(form.get("add")) else { return Ok(()) };
    if rows.iter().any(|row| row.holder == holder) {
        return Ok(());
    }
    let Some(name) = allotments::holder_name(&context.office, context.actor()?, known.run.id, holder).await? else {
        return Ok(());
    };
    let place = rows.len();
    form.set(&format!("lines.{place}.seats"), "1");
    form.set(&format!("lines.{place}.until"), known.run.enrolment_deadline.to_string());
    rows.push(Row { holder, name, known: None, is_proposed: true });
    Ok(())
}

fn row(line: &TableLine) -> Option<Row> {
    let holder = line.allotment.holder()?;
    Some(Row { holder, name: line.allotment.holder_name(), known: Some(line.clone()), is_proposed: false })
}

fn fill(form: &mut Form, n: usize, row: &Row) {
    let Some(known) = &row.known else { return };
    form.set(&format!("lines.{n}.seats"), known.allotment.seats.to_string());
    form.set(&format!("lines.{n}.until"), known.allotment.until_day.to_string());
}

pub(super) async fn save(context: Context, Path(run): Path<RunId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let known = allotments::table(&context.office, actor, run).await?;
    let mut typed = Faults::default();
    let mut lines = Vec::new();
    for n in 0..form.rows("lines") {
        let at = |name: &str| form.get(&format!("lines.{n}.{name}"));
        let Some(holder) = typed.take(format!("lines.{n}.holder"), read_holder(at("holder"))) else { continue };
        let seats = typed.take(format!("lines.{n}.seats"), rules::seats(at("seats")));
        // Until when nothing is kept need not be said.
        let until = if seats == Some(0) { Ok(known.run.enrolment_deadline) } else { parse_day(at("until")) };
        let until = typed.take(format!("lines.{n}.until"), until);
        if let (Some(seats), Some(until)) = (seats, until) {
            lines.push(Line { holder, seen: at("seen").parse().ok(), seats, until });
        }
    }
    if typed.is_empty() {
        let command = AllotCommand { run, lines, reason: form.get("reason").to_owned() };
        match allotments::allot(&context.office, actor, &command).await {
            Ok(_) => return Ok(Context::see(&format!("/runs/{run}/allotments?done=saved"))),
            Err(failure) => typed = faults(failure)?,
        }
    }
    form.faults = typed;
    let rows = rows_of(&context, &known, &form).await?;
    page(&context, &known, rows, &form, None).await
}

/// The lines as they were sent.
async fn rows_of(context: &Context, known: &Table, form: &Form) -> Result<Vec<Row>, Problem> {
    let mut rows = Vec::new();
    for n in 0..form.rows("lines") {
        let Ok(holder) = read_holder(form.get(&format!("lines.{n}.holder"))) else { continue };
        let line = known.lines.iter().find(|line| line.allotment.holder() == Some(holder)).cloned();
        let name = match &line {
            Some(line) => line.allotment.holder_name(),
            None => allotments::holder_name(&context.office, context.actor()?, known.run.id, holder).await?.unwrap_or_default(),
        };
        rows.push(Row { holder, name, is_proposed: line.is_none(), known: line });
    }
    Ok(rows)
}

pub(super) async fn limit(context: Context, Path(run): Path<RunId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let typed = form.get("limit").trim();
    let limit = if typed.is_empty() { Ok(None) } else { text::whole_number(typed, 1, rules::MOST_SEATS).map(Some) };
    let outcome = match limit {
        Ok(limit) => allotments::set_limit(&context.office, actor, run, limit).await,
        Err(refusal) => Err(operations::Failure::field("limit", refusal)),
    };
    let Err(failure) = outcome else { return Ok(Context::see(&format!("/runs/{run}/allotments?done=limit"))) };
    let known = allotments::table(&context.office, actor, run).await?;
    form.faults = faults(failure)?;
    let rows: Vec<Row> = known.lines.iter().filter_map(row).collect();
    for (n, row) in rows.iter().enumerate() {
        fill(&mut form, n, row);
    }
    page(&context, &known, rows, &form, None).await
}

async fn page(
    context: &Context,
    known: &Table,
    rows: Vec<Row>,
    form: &Form,
    proposal: Option<Proposal>,
) -> Result<Response, Problem> {
    let (l, run) = (context.language, &known.run);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = found(context, form).await?;
    let done = match form.get("done") {
        "saved" => Some(say::done_saved(l)),
        "limit" => Some(say::done_limit(l)),
        _ => None,
    };
    let page = context.page(say::title(l), || {
        let changing = match &known.closed {
            Some(refusal) => view! { <p class="notice">{refusals::say(l, refusal)}</p> }.into_any(),
            None => view! { {by_rule(l, known, form)}{adding(l, run.id, form, found)}{limiting(l, known, form)} }.into_any(),
        };
        view! {
            {done.map(|done| view! { <Notice text=done/> })}
            <p class="lead">{title(l, run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{say::lead(l)}</p>
            {numbers(l, known)}
            {proposal.map(|proposal| sum(l, &proposal))}
            {lines(l, known, &rows, form)}
            {changing}
            {ended(l, known)}
        }
    });
    let page = page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{}", run.id), title(l, run));
    Ok(page.wide().status(status).into_response())
}

fn numbers(l: Language, known: &Table) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <dt>{say::capacity(l)}</dt><dd>{known.run.capacity}</dd>
            <dt>{say::taken(l)}</dt><dd>{known.run.taken}</dd>
            <dt>{say::promised(l)}</dt><dd>{known.promised}</dd>
            <dt>{say::offered(l)}</dt><dd>{known.offered}</dd>
            <dt>{say::free(l)}</dt><dd>{known.free}</dd>
        </dl>
    }
}

fn sum(l: Language, proposal: &Proposal) -> impl IntoView + use<> {
    let (sum, seats) = (proposal.sum, proposal.seats);
    if sum > seats {
        view! { <p class="notice bad" role="status">{say::sum_above(l, sum, seats)}</p> }.into_any()
    } else {
        view! { <Notice text=say::sum(l, sum, seats)/> }.into_any()
    }
}

fn lines(l: Language, known: &Table, rows: &[Row], form: &Form) -> AnyView {
    if rows.is_empty() {
        return view! { <EmptyState title=say::nothing(l) advice=say::nothing_advice(l)>""</EmptyState> }.into_any();
    }
    let is_open = known.closed.is_none();
    let shown = rows.iter().enumerate().map(|(n, row)| line(l, known, n, row, form, is_open)).collect_view();
    let saving = is_open.then(|| {
        view! {
            <p class="hint">{say::save_hint(l)}</p>
            <TextArea language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
            <p class="actions"><button>{say::save(l)}</button></p>
        }
    });
    view! {
        <form method="post" action=format!("/runs/{}/allotments", known.run.id)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::holder(l)}</th><th scope="col">{say::seats(l)}</th>
                    <th scope="col">{say::until(l)}</th><th scope="col" class="n">{say::named(l)}</th>
                    <th scope="col"><span class="hidden">{say::divided(l)}</span></th>
                </tr></thead>
                <tbody>{shown}</tbody>
            </table>
            {saving}
        </form>
    }
    .into_any()
}

fn line(l: Language, known: &Table, n: usize, row: &Row, form: &Form, is_open: bool) -> impl IntoView + use<> {
    let name = |field: &str| format!("lines.{n}.{field}");
    let holder = write_holder(row.holder);
    let places = row.known.as_ref().map_or(0, |line| line.places);
    let has = (places > 0).then(|| view! { <small class="hint">{say::has(l, places)}</small> });
    let tag = row.is_proposed.then(|| view! { " "<span class="tag">{say::proposed(l)}</span> });
    let seen = row.known.as_ref().map(|line| inputs::hidden(name("seen"), &line.allotment.version.to_string()));
    let below = row.known.as_ref().map(|line| {
        let of_unit = known.shares.iter().filter(|share| share.allotment.parent_id == Some(line.allotment.id));
        let of_unit = of_unit.map(|share| {
            let text = format!("{}: {} ({})", share.allotment.holder_name(), share.allotment.seats, share.allotment.named);
            view! { <li>{text}</li> }
        });
        let of_unit = of_unit.collect_view();
        view! { <ul class="hint">{of_unit}</ul> }
    });
    let below = below.filter(|_| matches!(row.holder, Holder::Unit(_)));
    let deeds = row.known.as_ref().map(|line| {
        let id = line.allotment.id;
        let divide = matches!(row.holder, Holder::Unit(_)).then(|| {
            view! { <a href=format!("/allotments/{id}") aria-label=say::divided_of(l, &row.name)>{say::divided(l)}</a>" " }
        });
        let end = is_open.then(|| {
            view! { <a href=format!("/allotments/{id}/end") aria-label=say::end_of(l, &row.name)>{say::end(l)}</a> }
        });
        view! { {divide}{end} }
    });
    let (seats, until) = if is_open {
        let seats = inputs::seats(l, form, &name("seats"), say::seats_of(l, &row.name)).into_any();
        (seats, inputs::day(l, form, &name("until"), say::until_of(l, &row.name)).into_any())
    } else {
        let day = parse_day(form.get(&name("until"))).map(show_day).unwrap_or_default();
        (form.get(&name("seats")).to_owned().into_any(), day.into_any())
    };
    view! {
        <tr>
            <th scope="row">
                {row.name.clone()}{tag}{has}{below}
                {inputs::hidden(name("holder"), &holder)}{seen}
            </th>
            <td data-label=say::seats(l)>{seats}</td>
            <td data-label=say::until(l)>{until}</td>
            <td class="n" data-label=say::named(l)>{row.known.as_ref().map(|line| line.gone)}</td>
            <td class="deeds">{deeds}</td>
        </tr>
    }
}

fn by_rule(l: Language, known: &Table, form: &Form) -> impl IntoView + use<> {
    let mut form = form.clone();
    if !form.has("rule") {
        form.set("seats", "1");
        form.set("until", known.run.enrolment_deadline.to_string());
    }
    view! {
        <section>
            <h2>{say::rule_title(l)}</h2>
            <form class="filters" method="get" action=format!("/runs/{}/allotments", known.run.id)>
                <SelectField language=l form=&form name="rule" label=say::rule(l) choices=say::rules(l)/>
                <TextField language=l form=&form name="seats" label=say::rule_seats(l) kind="number" hint=say::rule_seats_hint(l)/>
                <TextField language=l form=&form name="until" label=say::until(l) kind="date"/>
                <button class="quiet">{say::propose(l)}</button>
            </form>
            <p class="hint">{say::propose_hint(l)}</p>
        </section>
    }
}

/// Units and organisations of the name that was looked for.
async fn found(context: &Context, form: &Form) -> Result<Option<Vec<(Holder, String, String)>>, Problem> {
    let wanted = form.get("q").trim();
    if wanted.is_empty() {
        return Ok(None);
    }
    let actor = context.actor()?;
    let (units, organisations) = allotments::holders(&context.office, actor, wanted).await?;
    let unit = |(id, name): (UnitId, String)| (Holder::Unit(id), name, String::new());
    let organisation = |(id, name, unit): (OrganisationId, String, String)| (Holder::Organisation(id), name, unit);
    Ok(Some(units.into_iter().map(unit).chain(organisations.into_iter().map(organisation)).collect()))
}

fn adding(l: Language, run: RunId, form: &Form, found: Option<Vec<(Holder, String, String)>>) -> impl IntoView + use<> {
    let results = found.map(|found| {
        if found.is_empty() {
            return view! { <p>{say::none_found(l)}</p> }.into_any();
        }
        let items = found.into_iter().map(|(holder, name, unit)| {
            let address = format!("/runs/{run}/allotments?add={}", write_holder(holder));
            view! { <li class="person"><a href=address>{name}</a><small>{unit}</small></li> }
        });
        let items = items.collect_view();
        view! { <ul class="people">{items}</ul> }.into_any()
    });
    view! {
        <section>
            <h2>{say::add_title(l)}</h2>
            <form class="filters" method="get" action=format!("/runs/{run}/allotments")>
                <div class="field">
                    <label for="f-q">{say::search(l)}</label>
                    <input id="f-q" name="q" type="search" value=form.get("q").to_owned()/>
                </div>
                <button class="quiet">{say::find(l)}</button>
            </form>
            {results}
        </section>
    }
}

fn limiting(l: Language, known: &Table, form: &Form) -> impl IntoView + use<> {
    let mut form = form.clone();
    if !form.has("limit") {
        form.set("limit", known.run.organisation_limit.map(|limit| limit.to_string()).unwrap_or_default());
    }
    view! {
        <section>
            <h2>{say::limit_title(l)}</h2>
            <form method="post" action=format!("/runs/{}/allotments/limit", known.run.id)>
                <TextField language=l form=&form name="limit" label=say::limit(l) kind="number" hint=say::limit_hint(l)/>
                <button class="quiet">{say::save_limit(l)}</button>
            </form>
        </section>
    }
}

fn ended(l: Language, known: &Table) -> Option<impl IntoView + use<>> {
    if known.ended.is_empty() {
        return None;
    }
    let rows = known.ended.iter().map(|one| {
        let how = one.ended_how.map(|how| say::ending(l, how)).unwrap_or(say::ending(l, rules::Ending::Expired));
        let day = one.ended_at.map_or(one.until_day, local_day);
        view! {
            <tr>
                <th scope="row">{one.holder_name()}</th>
                <td class="n" data-label=say::seats(l)>{one.seats}</td>
                <td class="n" data-label=say::named(l)>{one.named}</td>
                <td>{how}" · "{show_day(day)}</td>
                <td class="lines">{one.end_reason.clone()}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    Some(view! { <section><h2>{say::ended_title(l)}</h2><table class="rows"><tbody>{rows}</tbody></table></section> })
}
