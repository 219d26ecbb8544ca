//! Planned against delivered by quarter: a frame for what was planned, filled with what was delivered, the numbers beside.

use domain::accounts::Language;
use domain::plans::{QUARTERS, Sum};
use leptos::prelude::*;
use operations::plans::Plan;

use crate::wording::plans as say;

/// The picture as a table, so that who cannot see bars hears the numbers in their order.
pub(super) fn by_quarter(l: Language, plan: &Plan) -> impl IntoView + use<> {
    let most = |number: fn(&Sum) -> [i64; 2]| plan.quarters.iter().flat_map(number).max().unwrap_or(0);
    let most = (most(runs), most(people));
    let rows = QUARTERS
        .iter()
        .zip(&plan.quarters)
        .map(|(quarter, sum)| row(l, say::quarter_named(l, say::roman(*quarter)), sum, Some(most)));
    let rows: Vec<_> = rows.collect();
    view! {
        <h2>{say::by_quarter(l)}</h2>
        <p class="meta">{say::picture_legend(l)}</p>
        <table class="quarters">
            <thead><tr>
                <th scope="col">{say::quarter(l)}</th><th scope="col">{say::held_of_planned(l)}</th>
                <th scope="col">{say::took_part_of_planned(l)}</th><th scope="col" class="n">{say::completed(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
            <tfoot>{row(l, say::total(l).to_owned(), &plan.total, None)}</tfoot>
        </table>
    }
}

const fn runs(sum: &Sum) -> [i64; 2] {
    [sum.delivered.held, sum.runs]
}

const fn people(sum: &Sum) -> [i64; 2] {
    [sum.delivered.participants, sum.participants]
}

/// A quarter, with bars on the scale of the largest; the total has none.
fn row(l: Language, name: String, sum: &Sum, most: Option<(i64, i64)>) -> impl IntoView + use<> {
    let ([held, classes], [took_part, planned]) = (runs(sum), people(sum));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td><span class="num">{say::of_planned(l, held, classes)}</span>{most.map(|(most, _)| bar(held, classes, most))}</td>
            <td><span class="num">{say::of_planned(l, took_part, planned)}</span>{most.map(|(_, most)| bar(took_part, planned, most))}</td>
            <td class="n">{sum.delivered.completed}</td>
        </tr>
    }
}

/// A bar: of 1,000 parts of the largest number, as many as were planned in a frame, as many as were delivered filled.
fn bar(delivered: i64, planned: i64, most: i64) -> impl IntoView {
    let part = |number: i64| if most > 0 { (number.clamp(0, most) * 1000 / most).to_string() } else { "0".to_owned() };
    view! {
        <svg class="gauge" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="planned" x="0" y="0" width=part(planned) height="10"></rect>
            <rect class="delivered" x="0" y="2" width=part(delivered) height="6"></rect>
        </svg>
    }
}
