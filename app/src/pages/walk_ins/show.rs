//! `/walk-ins/{id}`: who somebody may be that came without a place, with the evidence; found, left at that, or undone.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::WalkInId;
use domain::time::{show_day, show_instant};
use leptos::prelude::*;
use operations::walk_ins::{self, Candidate, Found, Shown};

use super::list::{outcome, said};
use crate::components::{FaultSummary, Notice, TextArea};
use crate::pages::runs::id_of;
use crate::problem::faults;
use crate::wording::{choices, door as words, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>, query: Form) -> Result<Response, Problem> {
    page(&context, id_of(&id)?, &query, &Form::default()).await
}

/// `POST /walk-ins/{id}/match`: it is this person, or somebody new of this organisation.
pub(super) async fn found(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: WalkInId = id_of(&id)?;
    let organisation = id_of(form.get("organisation"))?;
    let found = match form.get("person") {
        "" => Found::Newcomer(organisation),
        person => Found::Member(organisation, id_of(person)?),
    };
    match walk_ins::match_walk_in(&context.office, context.actor()?, id, found).await {
        Ok(matched) => Ok(Context::see(&format!(
            "/runs/{}/walk-ins?done=matched&carried={}&left={}",
            matched.run, matched.carried, matched.left_out
        ))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, &Form::default(), &form).await
        }
    }
}

/// `POST /walk-ins/{id}/dismiss`: nobody is to be found.
pub(super) async fn dismiss(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: WalkInId = id_of(&id)?;
    match walk_ins::dismiss(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}/walk-ins?done=dismissed"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, &Form::default(), &form).await
        }
    }
}

/// `POST /walk-ins/{id}/undo`: it is open again who they are.
pub(super) async fn undo(context: Context, Path(id): Path<String>, mut form: Form) -> Result<Response, Problem> {
    let id: WalkInId = id_of(&id)?;
    match walk_ins::undo(&context.office, context.actor()?, id, form.get("reason")).await {
        Ok(run) => Ok(Context::see(&format!("/runs/{run}/walk-ins?done=undone"))),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, id, &Form::default(), &form).await
        }
    }
}

async fn page(context: &Context, id: WalkInId, query: &Form, form: &Form) -> Result<Response, Problem> {
    let l = context.language;
    let shown = walk_ins::one(&context.office, context.actor()?, id, query.get("q")).await?;
    let named = match query.get("who").trim() {
        "" => None,
        wanted => Some(walk_ins::named(&context.office, context.actor()?, id, wanted).await?),
    };
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (walk_in, run) = (&shown.walk_in, &shown.run);
    let content = || {
        let marks = shown.marks.iter().map(|(session, mark)| {
            let day = format!("{} {}", choices::half_day(l, session.half_day), show_day(session.day));
            view! { <li>{format!("{day}: {}", choices::mark_status(l, mark.status))}</li> }
        });
        let marks = marks.collect_view();
        let answer = if walk_in.is_open() { open(l, &shown, named.as_deref(), query, form) } else { answered(l, &shown, form) };
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{said(walk_in)}</p>
            <p class="meta">{words::noted_by(l, &walk_in.noted_by_name, show_instant(walk_in.noted_at))}</p>
            <h2>{words::marks(l)}</h2>
            <ul>{marks}</ul>
            {answer}
        }
    };
    let page = context.page(walk_in.person_name.clone(), content).crumb("/runs", shell::runs(l));
    let page = page.crumb(format!("/runs/{}", run.id), run.title(l)).crumb(format!("/runs/{}/walk-ins", run.id), words::title(l));
    Ok(page.status(status).into_response())
}

/// It is open who they are.
fn open(l: Language, shown: &Shown, named: Option<&[Candidate]>, query: &Form, form: &Form) -> AnyView {
    let (id, run) = (shown.walk_in.id, &shown.run);
    if !shown.is_open {
        return outcome(l, &shown.walk_in);
    }
    let full = (run.taken >= run.capacity).then(|| view! { <Notice text=words::no_seat(l, run.capacity)/> });
    let known = if shown.may_match {
        let candidates = shown.candidates.iter().map(|one| candidate(l, id, one)).collect_view();
        let none = shown.candidates.is_empty().then(|| view! { <p class="soft">{words::no_candidates(l)}</p> });
        let organisations = shown.organisations.iter().map(|organisation| {
            let label = words::add_to(l, &organisation.name);
            view! {
                <li class="person">
                    <span>{organisation.name.clone()}<small>{organisation.unit_title()}</small></span>
                    <form method="post" action=format!("/walk-ins/{id}/match")>
                        <input type="hidden" name="organisation" value=organisation.id.to_string()/>
                        <button class="quiet">{label}</button>
                    </form>
                </li>
            }
        });
        let organisations = organisations.collect_view();
        let searched = !query.get("q").trim().is_empty();
        let no_organisation = (searched && shown.organisations.is_empty())
            .then(|| view! { <p class="soft" role="status">{words::no_organisation(l)}</p> });
        view! {
            <h2>{words::candidates(l)}</h2>
            {none}
            <ul class="people choose">{candidates}</ul>
            {known(l, id, named, query)}
            <h2 id="newcomer">{words::newcomer_title(l)}</h2>
            <p class="hint">{words::newcomer_lead(l)}</p>
            <form class="filters" method="get" action=format!("/walk-ins/{id}#newcomer")>
                <div class="field">
                    <label for="f-q">{words::search(l)}</label>
                    <input id="f-q" name="q" type="search" value=query.get("q").to_owned()/>
                </div>
                <button class="quiet">{words::search_button(l)}</button>
            </form>
            {no_organisation}
            <ul class="people choose">{organisations}</ul>
        }
        .into_any()
    } else {
        view! { <p class="soft">{words::not_yours(l)}</p> }.into_any()
    };
    view! {
        {full}
        {known}
        <h2>{words::dismiss_title(l)}</h2>
        <form method="post" action=format!("/walk-ins/{id}/dismiss")>
            <TextArea language=l form=form name="reason" label=words::reason(l)/>
            <p class="actions"><button class="quiet">{words::dismiss(l)}</button></p>
        </form>
    }
    .into_any()
}

/// Somebody who is known by another name than was written down: a search, and whom it found.
fn known(l: Language, id: WalkInId, named: Option<&[Candidate]>, query: &Form) -> impl IntoView + use<> {
    let found = named.map(|found| {
        if found.is_empty() {
            return view! { <p class="soft" role="status">{words::no_person(l)}</p> }.into_any();
        }
        let found = found.iter().map(|one| candidate(l, id, one)).collect_view();
        view! { <ul class="people choose">{found}</ul> }.into_any()
    });
    view! {
        <h2 id="known">{words::known_title(l)}</h2>
        <form class="filters" method="get" action=format!("/walk-ins/{id}#known")>
            <div class="field">
                <label for="f-who">{words::search_person(l)}</label>
                <input id="f-who" name="who" type="search" value=query.get("who").to_owned()/>
            </div>
            <button class="quiet" aria-label=words::search_person(l)>{words::search_button(l)}</button>
        </form>
        {found}
    }
}

/// Somebody it may be, with what speaks for it.
fn candidate(l: Language, id: WalkInId, candidate: &Candidate) -> impl IntoView + use<> {
    let person = &candidate.person;
    let born = person.birth_date.map(show_day).or(person.birth_year.map(|year| year.to_string()));
    let known = [born, Some(person.organisation_name.clone()), person.phone.clone()];
    let known = known.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let same = candidate.likeness.iter().map(|likeness| words::likeness(l, *likeness)).collect::<Vec<_>>().join(", ");
    let same = (!same.is_empty()).then(|| view! { <small class="good">{words::same(l, same)}</small> });
    view! {
        <li class="person">
            <span>{person.full_name.clone()}<small>{known}</small>{same}</span>
            <form method="post" action=format!("/walk-ins/{id}/match")>
                <input type="hidden" name="organisation" value=person.organisation_id.to_string()/>
                <input type="hidden" name="person" value=person.person_id.to_string()/>
                <button aria-label=words::it_is(l, &person.full_name)>{words::this_one(l)}</button>
            </form>
        </li>
    }
}

/// What was found out, and the way to undo it.
fn answered(l: Language, shown: &Shown, form: &Form) -> AnyView {
    let id = shown.walk_in.id;
    let undo = shown.is_open.then(|| {
        view! {
            <h2>{words::undo_title(l)}</h2>
            <p class="hint">{words::undo_lead(l)}</p>
            <form method="post" action=format!("/walk-ins/{id}/undo")>
                <TextArea language=l form=form name="reason" label=words::reason(l)/>
                <p class="actions"><button class="danger">{words::undo(l)}</button></p>
            </form>
        }
    });
    view! { <h2>{words::state(l)}</h2><p>{outcome(l, &shown.walk_in)}</p>{undo} }.into_any()
}
