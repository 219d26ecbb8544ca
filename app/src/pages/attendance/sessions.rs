//! `/runs/{id}/attendance`: the sessions of a run, with their registers and sheets.

use axum::response::{IntoResponse as _, Response};
use domain::ids::RunId;
use domain::policy::{Action, may_somewhere};
use domain::runs::RunState;
use domain::time::{local_time, show_day, show_time};
use leptos::prelude::*;
use operations::attendance;

use super::door;
use crate::components::{EmptyState, Meter, Notice};
use crate::wording::{attendance as words, choices, refusals, shell, trainers};
use crate::{Context, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let id: RunId = id.parse().map_err(|_| Problem::NotFound)?;
    let attendance = attendance::of_run(&context.office, actor, id).await?;
    let way = door::way(l, &attendance);
    let run = attendance.run;
    let name = run.title(l);
    // Whether this person may close this very run, the page of closing says; unit officers never may.
    let next = may_somewhere(actor, Action::CloseRun).then(|| match run.state() {
        RunState::Published => Some((format!("/runs/{id}/close"), words::close_run(l))),
        RunState::Closed => Some((format!("/runs/{id}/completion"), words::completion(l))),
        RunState::Draft | RunState::Cancelled => None,
    });
    let is_empty = run.taken == 0;
    let hindrance = attendance.sessions.iter().all(|session| session.closed.is_some());
    let hindrance = attendance.sessions.first().and_then(|session| session.closed.clone()).filter(|_| hindrance);
    let rows = attendance
        .sessions
        .into_iter()
        .enumerate()
        .map(|(n, row)| {
            let (session, counts) = (row.session, row.counts);
            let day = choices::half_day(l, session.half_day);
            let title = words::session(l, n + 1, day, show_day(session.day));
            let times = format!("{}–{}", show_time(local_time(session.starts_at)), show_time(local_time(session.ends_at)));
            let register = format!("/sessions/{}/register", session.id);
            let open = if row.closed.is_none() { words::open_register(l) } else { words::see_register(l) };
            let sheet = format!("/sessions/{}/sheet.pdf", session.id);
            let teaching = format!("/sessions/{}/teaching", session.id);
            let heads = door::beside(l, row.heads);
            let sign = format!("/sessions/{}/door.pdf", session.id);
            view! {
                <tr>
                    <th scope="row">{title}<small>{session.topic}</small></th>
                    <td>{times}</td>
                    <td class="n">{format!("{} / {}", counts.marked(), counts.people)}<Meter value=counts.marked() of=counts.people/>{heads}</td>
                    <td><a class="button quiet" href=register>{open}</a></td>
                    <td><a href=sheet>{words::sheet(l)}</a>" · "<a href=sign>{words::door_sign(l)}</a>" · "<a href=teaching>{trainers::teaching(l)}</a></td>
                </tr>
            }
        })
        .collect_view();
    let crumb = name.clone();
    let page = context.page(words::title(l), move || {
        view! {
            <p class="lead">{name}</p>
            {hindrance.map(|refusal| view! { <Notice text=refusals::say(l, &refusal)/> })}
            {is_empty.then(|| view! {
                <EmptyState title=words::nobody_title(l) advice=words::nobody(l)>
                    <a class="button quiet" href=format!("/runs/{id}")>{words::to_run(l)}</a>
                </EmptyState>
            })}
            <div class="scroll">
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{words::column_session(l)}</th>
                            <th scope="col">{words::column_time(l)}</th>
                            <th scope="col" class="n">{words::column_marked(l)}</th>
                            <th scope="col">{words::title(l)}</th>
                            <th scope="col">{words::column_papers(l)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {way}
            {next.flatten().map(|(path, text)| view! { <p><a class="button" href=path>{text}</a></p> })}
        }
    });
    Ok(page.crumb("/runs", shell::runs(l)).crumb(format!("/runs/{id}"), crumb).into_response())
}
