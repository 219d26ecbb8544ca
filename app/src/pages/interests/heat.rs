//! How many people would like each of the months ahead: a row of cells, the more people the darker, the numbers in them.

use chrono::Datelike as _;
use domain::accounts::Language;
use domain::interests::{Month, heat};
use leptos::prelude::*;

use crate::wording::interests as say;

/// The row; a month that nobody would like is an empty cell.
pub(super) fn row(l: Language, months: &[Month], people: &[i64]) -> impl IntoView + use<> {
    let most = people.iter().copied().max().unwrap_or(0);
    let cells = months.iter().zip(people).map(|(month, people)| {
        let number = month.first_day().map_or(0, |day| day.month());
        // Who listens hears month and number together.
        let words = say::month_people(l, &month.show(), *people);
        let title = words.clone();
        let shown = if *people > 0 { people.to_string() } else { String::new() };
        view! {
            <li class=format!("heat{}", heat(*people, most)) title=title>
                <small aria-hidden="true">{say::month_short(l, number)}</small>
                <span aria-hidden="true">{shown}</span>
                <span class="hidden">{words}</span>
            </li>
        }
    });
    view! { <ol class="heat">{cells.collect_view()}</ol> }
}
