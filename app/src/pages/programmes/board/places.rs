//! What the successions of units leave open, for a person to say, and what was said.

use domain::accounts::Language;
use domain::ids::OrganisationId;
use domain::time::show_instant;
use domain::units::Why;
use leptos::prelude::*;
use operations::programmes::{Holder, OpenPlace, Said, YearBoard};
use store::units::Unit;

use super::named;
use crate::Form;
use crate::components::field_id;
use crate::wording::year_board as say;

pub(super) fn open(l: Language, board: &YearBoard, form: &Form) -> Option<AnyView> {
    if board.open.is_empty() {
        return None;
    }
    let places = board.open.iter().map(|place| section(l, board, place, form)).collect_view();
    Some(
        view! { <section id="open"><h2>{say::open_title(l)}</h2><p class="lead">{say::open_lead(l)}</p>{places}</section> }
            .into_any(),
    )
}

fn section(l: Language, board: &YearBoard, place: &OpenPlace, form: &Form) -> impl IntoView + use<> {
    let titles = place.choices.iter().map(Unit::title).collect::<Vec<_>>().join(", ");
    // Of a divided unit there are few; where nobody knows, the list to choose from says enough.
    let choices = match place.why {
        _ if place.choices.is_empty() => None,
        Why::Divided => Some(say::candidates(l, &titles)),
        Why::Later => Some(say::made_of(l, &titles)),
        Why::Unknown | Why::Above => None,
    };
    let rows = place
        .organisations
        .iter()
        .map(|Holder { id, name, forms }| {
            let deed = if place.why == Why::Later {
                ().into_any()
            } else if place.may_decide {
                choice(l, board, place, (*id, name), form).into_any()
            } else {
                say::waits_for_others(l).into_any()
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("/organisations/{id}")>{name.clone()}</a></th>
                    <td class="n" data-label=say::form_count(l)>{*forms}</td>
                    <td>{deed}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h3>{named(l, &place.unit)}</h3>
        <p>{say::why(l, place.why)}" "{choices}</p>
        <table class="rows">
            <thead><tr>
                <th scope="col">{say::organisation(l)}</th><th scope="col" class="n">{say::form_count(l)}</th>
                <th scope="col">{say::lies_in(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn choice(
    l: Language,
    board: &YearBoard,
    place: &OpenPlace,
    (organisation, name): (OrganisationId, &str),
    form: &Form,
) -> impl IntoView + use<> {
    let is_typed = form.get("organisation") == organisation.to_string() && form.get("at") == place.unit.id.to_string();
    let id = is_typed.then(|| field_id("unit"));
    let invalid = (is_typed && !form.faults.is_empty()).then_some("true");
    let choices = place.choices.iter().map(|unit| {
        let selected = is_typed && form.get("unit") == unit.id.to_string();
        view! { <option value=unit.id.to_string() selected=selected>{unit.title()}</option> }
    });
    let choices = choices.collect_view();
    view! {
        <form class="actions" method="post" action=format!("/programmes/{}/placements", board.year.year)>
            <input type="hidden" name="organisation" value=organisation.to_string()/>
            <input type="hidden" name="at" value=place.unit.id.to_string()/>
            <input type="hidden" name="seen_on" value=board.seen_on.to_string()/>
            <select id=id name="unit" aria-label=say::lies_in_of(l, name) aria-invalid=invalid>
                <option value="">{say::choose(l)}</option>{choices}
            </select>
            <button class="quiet">{say::decide(l)}</button>
        </form>
    }
}

pub(super) fn said(l: Language, board: &YearBoard) -> Option<AnyView> {
    if board.said.is_empty() {
        return None;
    }
    let rows = board.said.iter().map(|said| decided(l, board, said)).collect_view();
    Some(
        view! {
            <section id="said">
                <h2>{say::said_title(l)}</h2>
                <table class="rows">
                    <thead><tr>
                        <th scope="col">{say::organisation(l)}</th><th scope="col">{say::lies_in(l)}</th>
                        <th scope="col">{say::by_whom(l)}</th><td></td>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}

fn decided(l: Language, board: &YearBoard, said: &Said) -> impl IntoView + use<> {
    let p = &said.placement;
    let undo = said.may_undo.then(|| {
        view! {
            <form method="post" action=format!("/placements/{}/undo", p.id)>
                <input type="hidden" name="year" value=board.year.year.to_string()/>
                <input type="hidden" name="seen_on" value=board.seen_on.to_string()/>
                <button class="link" aria-label=say::undo_of(l, &p.organisation_name)>{say::undo(l)}</button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row"><a href=format!("/organisations/{}", p.organisation_id)>{p.organisation_name.clone()}</a></th>
            <td>{say::said_of(l, &named(l, &said.place), &said.unit.title())}</td>
            <td>{say::said_by(l, &p.decided_by, &show_instant(p.decided_at))}</td>
            <td class="n">{undo}</td>
        </tr>
    }
}
