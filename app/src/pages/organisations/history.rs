//! The history of an organisation by year: its forms with lists and decisions, its classes with people, results and
//! certificates.

use domain::accounts::Language;
use domain::completion::Outcome;
use domain::registrations::Step;
use domain::runs::RunState;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::organisations::{ClassPassed, FormPassed, OrganisationView, Year};
use store::organisations::history::{PastDecision, PastList, PastPlace};

use crate::pages::registrations::state_tag;
use crate::wording::{choices, organisations as w};

pub(super) fn years(l: Language, view: &OrganisationView) -> impl IntoView + use<> {
    let content = if view.history.is_empty() {
        view! { <p>{w::no_history(l)} " " <a href="/calendar">{w::to_calendar(l)}</a></p> }.into_any()
    } else {
        view.history.iter().map(|(number, year)| one(l, *number, year)).collect_view().into_any()
    };
    view! { <section><h2>{w::history(l)}</h2>{content}</section> }
}

fn one(l: Language, number: i64, year: &Year) -> AnyView {
    let forms = (!year.forms.is_empty()).then(|| forms(l, &year.forms));
    let classes = (!year.classes.is_empty()).then(|| classes(l, &year.classes));
    view! { <h3>{w::year(l, number)}</h3>{forms}{classes} }.into_any()
}

fn forms(l: Language, forms: &[FormPassed]) -> AnyView {
    let row = |passed: &FormPassed| {
        let form = &passed.form;
        let lists = passed.lists.iter().map(|(list, opens)| list_line(l, list, *opens)).collect_view();
        let decisions = passed.decisions.iter().map(|decision| decision_line(l, decision)).collect_view();
        view! {
            <tr>
                <th scope="row"><a href=format!("/registrations/{}", form.id)>{form.product_name.clone()}</a></th>
                <td>{state_tag(l, form.state)}</td>
                <td data-label=(!passed.lists.is_empty()).then(|| w::list(l))>{lists}</td>
                <td data-label=(!passed.decisions.is_empty()).then(|| w::decision(l))>{decisions}</td>
            </tr>
        }
    };
    let rows = forms.iter().map(row).collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{w::product(l)}</th><th scope="col">{w::state(l)}</th>
                <th scope="col">{w::list(l)}</th><th scope="col">{w::decision(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn list_line(l: Language, list: &PastList, opens: bool) -> AnyView {
    let named = w::list_of(l, list.number.as_deref().unwrap_or_default(), &list.signed_on.map(show_day).unwrap_or_default());
    let named = if opens {
        view! { <a href=format!("/lists/{}", list.id)>{named}</a> }.into_any()
    } else {
        view! { <span>{named}</span> }.into_any()
    };
    let answer = match (list.accepted_at, list.returned_at) {
        (Some(_), _) => Some(w::accepted(l)),
        (None, Some(_)) => Some(w::returned(l)),
        (None, None) => None,
    };
    let answer = answer.map(|words| view! { <small class="hint">{words}</small> });
    view! { <div>{named}{answer}</div> }.into_any()
}

fn decision_line(l: Language, decision: &PastDecision) -> AnyView {
    let says = if decision.step == Step::Select { w::selected(l) } else { w::rejected(l) };
    let unpublished = decision.published_at.is_none().then(|| format!(" · {}", w::unpublished(l)));
    let named = w::decision_of(l, &decision.number, &show_day(decision.decided_on));
    view! { <div>{named}<small class="hint">{says}{unpublished}</small></div> }.into_any()
}

fn classes(l: Language, classes: &[ClassPassed]) -> AnyView {
    let row = |passed: &ClassPassed| {
        let class = &passed.class;
        let state = class.state();
        let cancelled =
            (state == RunState::Cancelled).then(|| view! { " "<span class="tag">{choices::run_state(l, state)}</span> });
        let days = [class.first_day, class.last_day.filter(|last| Some(*last) != class.first_day)];
        let days = days.into_iter().flatten().map(show_day).collect::<Vec<_>>().join(" – ");
        let people = passed.places.iter().map(|place| person(l, place)).collect_view();
        let people = (!passed.places.is_empty()).then(|| view! { <ul class="plain">{people}</ul> });
        let exception = passed.exception.as_ref().map(|exception| {
            let words = match exception.withdrawn_at {
                Some(at) => w::exception_withdrawn(l, &exception.reason, &show_day(local_day(at))),
                None => w::by_exception(l, &exception.reason),
            };
            view! { <small class="hint">{words}</small> }
        });
        view! {
            <tr>
                <th scope="row"><a href=format!("/runs/{}", class.run_id)>{class.title(l)}</a>{cancelled}{exception}</th>
                <td>{days}</td>
                <td>{people}</td>
            </tr>
        }
    };
    let rows = classes.iter().map(row).collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{w::class(l)}</th><th scope="col">{w::days(l)}</th><th scope="col">{w::people(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

/// Somebody in a class, with what was decided and the last certificate.
fn person(l: Language, place: &PastPlace) -> AnyView {
    let outcome = place.outcome.map(|outcome| {
        let class = if outcome == Outcome::Completed { "tag good" } else { "tag bad" };
        view! { " "<span class=class>{choices::outcome(l, outcome)}</span> }
    });
    let paper = place.certificate_id.zip(place.serial.clone()).map(|(id, serial)| {
        let revoked = place.revoked_at.map(|_| view! { " "<span class="bad">{w::revoked(l)}</span> });
        view! { " "<a href=format!("/certificates/{id}/paper.pdf")>{serial}</a>{revoked} }
    });
    view! { <li>{place.person_name.clone()}{outcome}{paper}</li> }.into_any()
}
