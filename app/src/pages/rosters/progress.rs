//! `/people/import/{id}`: how far a list of many people is, what is wrong with it, and the word that stores it.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::UploadId;
use domain::rosters::{ImportState, ImportStep};
use domain::text::show_amount;
use leptos::prelude::*;
use operations::rosters::{self, Progress, RowFaults};

use super::import::standing;
use super::{notes, place};
use crate::components::{Meter, Notice};
use crate::pages::enrolments::person::label;
use crate::wording::{people, refusals, rosters as say};
use crate::{Context, Form, Path, Problem};

/// Seconds after which the page loads again while work is under way.
const AGAIN: &str = "2";

pub(super) async fn show(context: Context, Path(id): Path<UploadId>, query: Form) -> Result<Response, Problem> {
    let page = query.get("page").parse().unwrap_or(1);
    let progress = rosters::progress(&context.office, context.actor()?, id, page).await?;
    let l = context.language;
    let is_working = progress.job.state == ImportState::Working;
    let page = context.page(title(l, &progress), || {
        let standing = view! { <p class="lead">{standing(l, progress.job.step, progress.job.state)}</p> };
        let body = if is_working { working(l, &progress).into_any() } else { ended(l, &progress).into_any() };
        view! { {standing}{body} }
    });
    let mut response = page.crumb("/people/import", say::import_title(l)).into_response();
    if is_working {
        // Needs no script; who left the page is not brought back to it.
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

pub(super) async fn confirm(context: Context, Path(id): Path<UploadId>) -> Result<Response, Problem> {
    rosters::confirm(&context.office, context.actor()?, id).await?;
    Ok(Context::see(&format!("/people/import/{id}")))
}

fn title(l: Language, progress: &Progress) -> String {
    let name = &progress.upload.file_name;
    if name.is_empty() { say::unnamed(l).to_owned() } else { name.clone() }
}

fn working(l: Language, progress: &Progress) -> impl IntoView + use<> {
    let job = &progress.job;
    let (done, of) = (show_amount(job.rows_done), show_amount(job.rows_in_all));
    let words = match job.step {
        ImportStep::Check => say::rows_checked(l, &done, &of),
        ImportStep::Store => say::rows_stored(l, &done, &of),
    };
    view! {
        <p role="status">{words}</p>
        <p class="bar"><Meter value=job.rows_done of=job.rows_in_all/></p>
        <p class="meta">{say::by_itself(l)}</p>
        <p><a class="button quiet" href=format!("/people/import/{}", job.upload_id)>{say::look_again(l)}</a></p>
    }
}

fn ended(l: Language, progress: &Progress) -> impl IntoView + use<> {
    let job = &progress.job;
    let id = job.upload_id;
    let notice = match (&progress.refusal, job.step) {
        (Some(refusal), _) => refusals::say(l, refusal),
        (None, ImportStep::Check) => say::nothing_yet(l).to_owned(),
        (None, ImportStep::Store) => say::all_stored(l, &show_amount(job.people_new + job.people_known)),
    };
    let tile = |number: i64, words: &'static str| {
        view! { <div class="tile"><strong>{show_amount(number)}</strong><span>{words}</span></div> }
    };
    let probable = (job.people_probable > 0).then(|| tile(job.people_probable, say::people_probable(l)));
    let duplicates = (job.people_probable > 0).then(|| {
        view! {
            <p class="hint">
                {say::probable_hint(l, &show_amount(job.people_probable))} " "
                <a href="/people/duplicates">{people::see_duplicates(l)}</a>
            </p>
        }
    });
    let stored = job.people_new + job.people_known;
    let may_store = progress.is_kept && job.step == ImportStep::Check && job.state == ImportState::Done && stored > 0;
    let confirm = may_store.then(|| {
        let words = match job.rows_faulty {
            0 => say::confirm(l, &show_amount(stored)),
            faulty => say::confirm_rest(l, &show_amount(stored), &show_amount(faulty)),
        };
        view! { <form method="post" class="inline"><button>{words}</button></form> }
    });
    let may_arrange = progress.is_kept && job.step == ImportStep::Check;
    let arrange =
        may_arrange.then(|| view! { <a class="button quiet" href=format!("/uploads/{id}/columns")>{say::choose_columns(l)}</a> });
    let has_reasons = progress.is_kept && (job.rows_faulty > 0 || !progress.notes.repairs.is_empty());
    let reasons =
        has_reasons.then(|| view! { <a class="button quiet" href=format!("/uploads/{id}/reasons.xlsx")>{say::reasons(l)}</a> });
    let hint = (has_reasons && job.rows_faulty > 0).then(|| view! { <p class="hint">{say::reasons_hint(l)}</p> });
    let swept = (!progress.is_kept).then(|| view! { <p class="meta">{say::swept(l)}</p> });
    let notes = notes(l, &progress.notes, progress.upload.as_on);
    let notes = (!notes.is_empty()).then(|| {
        let lines = notes.into_iter().map(|note| view! { <li>{note}</li> }).collect_view();
        view! { <h2>{say::notes_title(l)}</h2><ul class="meta">{lines}</ul> }
    });
    let faults = (!progress.faults.is_empty()).then(|| faults(l, progress));
    view! {
        <Notice text=notice/>
        <div class="tiles">
            {tile(job.rows_in_all, say::rows_in_all(l))}
            {tile(job.people_new - job.people_probable, say::people_new(l))}
            {probable}
            {tile(job.people_known, say::people_known(l))}
            {tile(job.rows_faulty, say::rows_faulty(l))}
        </div>
            {duplicates}
            <div class="actions">
            {confirm}{reasons}{arrange}
            <a class="button quiet" href="/people/import">{say::other_file(l)}</a>
        </div>
        {hint}{swept}{notes}{faults}
    }
}

fn faults(l: Language, progress: &Progress) -> impl IntoView + use<> {
    let rows = progress.faults.iter().flat_map(|row: &RowFaults| {
        row.faults.iter().map(move |fault| {
            view! {
                <tr>
                    <th scope="row" data-label=say::row(l)>{place(&progress.notes, row.number)}</th>
                    <td data-label=say::item(l)>{label(l, fault.field)}</td>
                    <td data-label=say::value(l)>{fault.value.clone()}</td>
                    <td data-label=say::reason(l)>{refusals::say(l, &fault.refusal)}</td>
                </tr>
            }
        })
    });
    let rows = rows.collect_view();
    let id = progress.upload.id;
    let turn = |page: i64, words: &'static str| {
        let exists = (1..=progress.pages).contains(&page);
        exists.then(|| view! { <a class="button quiet" href=format!("/people/import/{id}?page={page}")>{words}</a> })
    };
    let pages = (progress.pages > 1).then(|| {
        view! {
            <p class="actions">
                {turn(progress.page - 1, say::earlier(l))}
                <span>{say::page_of(l, progress.page, progress.pages)}</span>
                {turn(progress.page + 1, say::later(l))}
            </p>
        }
    });
    view! {
        <h2>{say::faults_title(l)}</h2>
        <div class="scroll" tabindex="0" role="region" aria-label=say::faults_title(l)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::row(l)}</th><th scope="col">{say::item(l)}</th>
                    <th scope="col">{say::value(l)}</th><th scope="col">{say::reason(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {pages}
    }
}
