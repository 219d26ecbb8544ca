//! What somebody was trained in, on their page.

use domain::accounts::Language;
use domain::completion::Outcome;
use domain::time::show_day;
use leptos::prelude::*;
use store::enrolments::Training;

use crate::wording::{board, choices, people as w};

/// The classes of somebody, each with what came of it.
pub(super) fn view(l: Language, training: &[Training]) -> AnyView {
    if training.is_empty() {
        return view! { <section><h2>{w::training(l)}</h2><p class="soft">{w::no_training(l)}</p></section> }.into_any();
    }
    let rows = training.iter().map(|place| row(l, place)).collect_view();
    view! {
        <section>
            <h2>{w::training(l)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=w::training(l)>
                <table class="rows">
                    <thead><tr>
                        <th scope="col">{board::run(l)}</th><th scope="col">{board::days(l)}</th><th scope="col">{w::sent_by(l)}</th>
                        <th scope="col">{board::result(l)}</th><th scope="col">{w::certificate(l)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(l: Language, place: &Training) -> impl IntoView + use<> {
    let days = match (place.first_day, place.last_day) {
        (Some(first), Some(last)) if first < last => format!("{}–{}", show_day(first), show_day(last)),
        (first, _) => first.map(show_day).unwrap_or_default(),
    };
    let (class, result) = match place.outcome {
        _ if place.cancelled_at.is_some() => ("tag", w::run_cancelled(l)),
        _ if place.withdrawn_at.is_some() => ("tag", w::place_left(l)),
        Some(Outcome::Completed) => ("tag good", choices::outcome(l, Outcome::Completed)),
        Some(Outcome::NotCompleted) => ("tag bad", choices::outcome(l, Outcome::NotCompleted)),
        None => ("tag", board::not_decided(l)),
    };
    let certificate = place.serial.clone().zip(place.verify_token.as_ref());
    let certificate = certificate.map(|(serial, token)| view! { <a href=format!("/verify/{token}")>{serial}</a> });
    view! {
        <tr>
            <th scope="row"><a href=format!("/runs/{}", place.run_id)>{place.title(l)}</a></th>
            <td>{days}</td>
            <td>{place.organisation_name.clone()}</td>
            <td><span class=class>{result}</span></td>
            <td>{certificate}</td>
        </tr>
    }
}
