//! `/runs/{id}/enrol`: people of an organisation are chosen or entered.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{self, CheckedRow};
use domain::ids::{OrganisationId, PersonId, RunId};
use domain::time::show_day;
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::enrolments::{self, Choice, EnrolCommand, Enrollee, MemberChoice, Run};

use super::person::{Posted, inputs, posted};
use super::{below_run, buttons, faults, id, refused, which};
use crate::components::FaultSummary;
use crate::pages::requests::asking::{enrol_or_ask, fields, others};
use crate::wording::{enrolments as words, places, refusals, requests};
use crate::{Context, Form, Path, Problem};

/// Empty rows offered at first, and by each press of "more rows".
const ROWS: usize = 3;

/// What came with the form.
#[derive(Debug, Default)]
struct Entered {
    chosen: BTreeSet<String>,
    rows: Vec<(usize, CheckedRow)>,
    /// Whether more rows for new people were asked for.
    wants_more: bool,
    faults: Faults,
    /// What was typed of a request, where places are given by approval.
    asking: Form,
}

pub(super) async fn show(context: Context, Path(run): Path<String>, query: Form) -> Result<Response, Problem> {
    context.actor()?;
    let run: RunId = id(&run)?;
    match which::organisation(&context, run, &query, &format!("/runs/{run}/enrol")).await? {
        Ok(organisation) => page(&context, run, organisation, Entered { rows: blank(0), ..Entered::default() }).await,
        Err(choose) => Ok(choose),
    }
}

pub(super) async fn save(context: Context, Path(run): Path<String>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let (run, organisation): (RunId, OrganisationId) = (id(&run)?, id(form.get("organisation"))?);
    let typed = posted(&form);
    let filled: Vec<&Posted> = typed.iter().filter(|posted| !posted.row.cells.is_empty()).collect();
    let rows: Vec<_> = filled.iter().map(|posted| posted.row.clone()).collect();
    let mut entered =
        Entered { chosen: form.all("person").map(str::to_owned).collect(), asking: form.clone(), ..Entered::default() };
    if form.has("more") {
        entered.wants_more = true;
        let checked =
            roster::check(&rows, context.office.today()).rows.into_iter().map(|row| CheckedRow { faults: vec![], ..row });
        entered.rows = filled.iter().map(|posted| posted.place).zip(checked).chain(empty(&typed)).collect();
        entered.rows.extend(blank(typed.iter().map(|posted| posted.place + 1).max().unwrap_or(0)));
        entered.rows.sort_by_key(|(place, _)| *place);
        return page(&context, run, organisation, entered).await;
    }

    let review = enrolments::preview(&context.office, actor, run, organisation, &rows).await?;
    entered.rows = filled.iter().map(|posted| posted.place).zip(review.rows.iter().map(|(row, _)| row.clone())).collect();
    for (place, row) in &entered.rows {
        for fault in &row.faults {
            entered.faults.add(format!("rows.{place}.{}", fault.field), fault.refusal.clone());
        }
    }
    if entered.faults.is_empty() {
        let members: Vec<PersonId> = form.all("person").map(id).collect::<Result<_, _>>()?;
        let people = members.into_iter().map(Enrollee::Member).chain(review.people().into_iter().map(Enrollee::Newcomer));
        let command = EnrolCommand { run, organisation, people: people.collect(), source: EnrolmentSource::Form };
        match enrol_or_ask(&context, &review.run, command, &form).await {
            Ok(done) => return Ok(done),
            Err(failure) => entered.faults = faults(failure)?,
        }
    }
    entered.rows.extend(empty(&typed));
    entered.rows.sort_by_key(|(place, _)| *place);
    page(&context, run, organisation, entered).await
}

/// The rows that were left empty: they are offered again.
fn empty(typed: &[Posted]) -> impl Iterator<Item = (usize, CheckedRow)> {
    typed.iter().filter(|posted| posted.row.cells.is_empty()).map(|posted| (posted.place, nobody(posted.place)))
}

fn blank(from: usize) -> Vec<(usize, CheckedRow)> {
    (from..from + ROWS).map(|place| (place, nobody(place))).collect()
}

pub(super) fn nobody(place: usize) -> CheckedRow {
    CheckedRow {
        sheet: String::new(),
        number: place + 1,
        typed: Default::default(),
        person: None,
        faults: vec![],
        repairs: vec![],
    }
}

async fn page(context: &Context, run: RunId, organisation: OrganisationId, entered: Entered) -> Result<Response, Problem> {
    let l = context.language;
    let choice = enrolments::choice(&context.office, context.actor()?, run, organisation).await?;
    let others = others(context, &choice.run).await?;
    let status = if entered.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = choice.run.title(l);
    let known = choice.run.clone();
    let content = || {
        let form = match &choice.closed {
            Some(refusal) => refused::reason(context, &choice.run, &choice.organisation, refusal),
            None => form(l, &choice, &entered, &others).into_any(),
        };
        let before = before(l, &choice);
        view! {
            <p class="lead">{title}</p>
            {seats(l, &choice)}
            <p>
                {words::organisation(l)}": "<strong>{choice.organisation.name.clone()}</strong>" · "
                <a href=format!("/runs/{}/enrol/spreadsheet?organisation={}", choice.run.id, choice.organisation.id)>
                    {if choice.run.approval.is_needed() { requests::from_spreadsheet(l) } else { words::from_spreadsheet(l) }}
                </a>
            </p>
            {before}
            {form}
        }
    };
    let title = if known.approval.is_needed() { requests::ask_title(l) } else { words::enrol_title(l) };
    Ok(below_run(context.page(title, content), l, &known).status(status).into_response())
}

/// What has to be completed before the course, and whether the year requires it of the organisation.
fn before(l: Language, choice: &Choice) -> impl IntoView + use<> {
    let groups = &choice.prerequisites;
    let before = (!groups.is_empty()).then(|| view! { <p>{words::before_course(l, refusals::required(l, groups))}</p> });
    let required = choice.requirement.as_ref().map(|r| words::required_this_year(l, r.year, show_day(r.deadline)));
    view! { {before}{required.map(|text| view! { <p class="hint">{text}</p> })} }
}

/// How many seats there are for this organisation; where there is none, which other classes have some.
fn seats(l: Language, choice: &Choice) -> AnyView {
    let deadline = words::deadline(l, show_day(choice.run.enrolment_deadline));
    if choice.seats_left > 0 {
        let left = words::seats_left(l, choice.seats_left, choice.run.capacity);
        return view! { <p class="meta">{left}" · "{deadline}</p> }.into_any();
    }
    let meta = view! { <p><span class="tag warn">{words::full_tag(l)}</span>" "<span class="soft">{deadline}</span></p> };
    let others = choice.others.iter().map(|run| {
        let days: Vec<String> = [run.first_day, run.last_day].into_iter().flatten().map(show_day).collect();
        let named = places::run_choice(l, &run.name, days.join("–"), &run.venue, run.seats().left());
        view! { <li><a href=format!("/runs/{}/enrol?organisation={}", run.id, choice.organisation.id)>{named}</a></li> }
    });
    let others = others.collect_view();
    let others = (!choice.others.is_empty()).then(|| view! { <p>{words::other_classes(l)}</p><ul>{others}</ul> });
    // Who is approved without a seat waits by itself.
    let full = (choice.closed.is_none() && !choice.run.approval.is_needed()).then(|| view! { <p>{refusals::no_seat(l)}</p> });
    view! { {meta}{full}{others} }.into_any()
}

fn form(l: Language, choice: &Choice, entered: &Entered, others: &[Run]) -> impl IntoView + use<> {
    let asks = choice.run.approval.is_needed();
    let deed = if asks { requests::ask(l) } else { words::enrol(l) };
    let lead = asks.then(|| {
        let who = requests::approval_word(l, choice.run.approval).to_lowercase();
        view! { <p class="notice">{requests::ask_lead(l, &who)}</p> }
    });
    let mut asking = entered.asking.clone();
    asking.faults = entered.faults.clone();
    let asking = asks.then(|| fields(l, &asking, others));
    let members = if choice.members.is_empty() {
        view! { <p class="soft">{words::no_members(l)}</p> }.into_any()
    } else {
        choice.members.iter().map(|member| tick(l, choice, member, &entered.chosen)).collect_view().into_any()
    };
    let wait = !asks && choice.seats_left <= 0;
    view! {
        {lead}
        <FaultSummary language=l faults=entered.faults.clone()/>
        <form method="post" action=format!("/runs/{}/enrol", choice.run.id)>
            <input type="hidden" name="organisation" value=choice.organisation.id.to_string()/>
            // The first button of a form is pressed by the Enter key: it must not be the one for more rows.
            <button class="hidden" tabindex="-1" aria-hidden="true" name=wait.then_some("wait") value=wait.then_some("yes")>{deed}</button>
            <fieldset><legend>{words::members_title(l)}</legend>{members}</fieldset>
            {newcomers(l, choice, entered)}
            {asking}
            <p class="actions">{buttons(l, &choice.run, deed, choice.seats_left, &entered.faults)}</p>
        </form>
    }
}

/// The fields of who is not known yet: folded for who only ticks colleagues.
fn newcomers(l: Language, choice: &Choice, entered: &Entered) -> impl IntoView + use<> {
    let rows = entered.rows.iter().map(|(place, row)| {
        let name = words::newcomer(l, place + 1);
        let fields = inputs(l, *place, &name, row, false);
        view! { <fieldset class="row newcomer"><legend>{name}</legend>{fields}</fieldset> }
    });
    let rows = rows.collect_view();
    let is_typed = entered.rows.iter().any(|(_, row)| !row.typed.is_empty());
    view! {
        <details class="panel" open=is_typed || entered.wants_more || choice.members.is_empty()>
            <summary>{words::newcomers_title(l)}</summary>
            <p class="hint">{words::newcomers_hint(l)}</p>
            {rows}
            <p><button class="quiet" name="more" value="yes">{words::more_rows(l)}</button></p>
        </details>
    }
}

fn tick(l: Language, choice: &Choice, one: &MemberChoice, chosen: &BTreeSet<String>) -> impl IntoView + use<> {
    let person = &one.member.person;
    let value = person.id.to_string();
    let input = format!("p-{value}");
    let is_chosen = one.enrolled || chosen.contains(&value);
    let known = [person.birth().map(|birth| birth.to_string()), one.member.position.clone()];
    let known = known.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let state = match one {
        MemberChoice { enrolled: true, .. } => Some(("tag good", words::enrolled_before(l))),
        MemberChoice { waits: true, .. } => Some(("tag", words::waits_already(l))),
        MemberChoice { asked: true, .. } => Some(("tag", words::asked_already(l))),
        _ => None,
    };
    let state = state.map(|(class, text)| view! { <span class=class>{text}</span>" " });
    let lacking = one.lacking.as_ref().map(|_| view! { <span class="tag warn">{words::not_prepared(l)}</span> });
    // The page says above what is required: only who lacks something else of it is told what.
    let why = one.lacking.as_ref().filter(|refusal| !lacks_all(choice, refusal));
    let described = why.map(|_| format!("{input}-why"));
    let why = why.map(|refusal| view! { <small class="hint" id=format!("{input}-why")>{refusals::say(l, refusal)}</small> });
    view! {
        <div class="field check">
            <input id=input.clone() name="person" type="checkbox" value=value checked=is_chosen disabled=one.enrolled aria-describedby=described/>
            <label for=input>{person.full_name.to_string()}" "<small class="soft">{known}</small>" "{state}{lacking}{why}</label>
        </div>
    }
}

/// Whether somebody lacks everything that the course requires, and never completed anything of it.
fn lacks_all(choice: &Choice, refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::PrerequisiteMissing { lacking, .. }
        if lacking.len() == choice.prerequisites.len() && lacking.iter().all(|lacking| lacking.lapsed_on.is_none()))
}
