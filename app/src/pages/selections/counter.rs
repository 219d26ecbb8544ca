//! How far the target of a year is reached.

use domain::accounts::Language;
use leptos::prelude::*;
use operations::selections::Counter;

use crate::components::Meter;
use crate::wording::selections as say;

/// The tiles above the table.
pub(super) fn tiles(l: Language, counter: &Counter) -> impl IntoView + use<> {
    let Counter { open, selected, rejected, target, least } = *counter;
    let reached = if selected < least { say::least_left(l, least - selected, least) } else { say::least_reached(l, least) };
    view! {
        <div class="tiles">
            <div class="tile">
                <strong>{say::selected_of(l, selected, target)}</strong><span>{say::selected(l)}</span>
                <Meter value=selected of=target/>
                <small class="hint">{reached}</small>
            </div>
            <div class="tile"><strong>{open}</strong><span>{say::open(l)}</span></div>
            <div class="tile"><strong>{rejected}</strong><span>{say::rejected(l)}</span></div>
        </div>
    }
}
