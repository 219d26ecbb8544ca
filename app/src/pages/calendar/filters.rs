//! What narrows the public calendar.

use domain::accounts::Language;
use domain::courses::{Addressee, Topic};
use leptos::prelude::*;
use operations::calendar::Choices;

use super::asked::{Asked, field};
use crate::Form;
use crate::components::{SelectField, TextField};
use crate::wording::{calendar as say, choices};

pub(super) fn filters(l: Language, known: &Choices, asked: &Asked) -> impl IntoView + use<> {
    let word = |word: Option<String>| word.unwrap_or_default();
    let view = asked.span.view();
    let form = Form::filled([
        (field(view), asked.span.word()),
        ("topic", word(asked.topic.map(|topic| topic.to_string()))),
        ("unit", word(asked.unit.map(|unit| unit.to_string()))),
        ("audience", word(asked.audience.map(|audience| audience.to_string()))),
        ("venue", word(asked.venue.map(|venue| venue.to_string()))),
        ("trainer", word(asked.trainer.map(|trainer| trainer.to_string()))),
    ]);
    let topics = Topic::ALL.iter().map(|topic| (topic.to_string(), choices::topic(l, *topic).to_owned())).collect();
    let units = known.units.iter().map(|(id, kind, name)| (id.to_string(), format!("{kind} {name}"))).collect();
    let audiences = Addressee::ALL.iter().map(|a| (a.to_string(), choices::addressee(l, *a).to_owned())).collect();
    let venues: Vec<_> = known.venues.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let trainers: Vec<_> = known.trainers.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    // A choice of nothing is no choice.
    let venues = (!venues.is_empty()).then(|| {
        view! { <SelectField language=l form=&form name="venue" label=say::venue(l) choices=venues empty=say::any_venue(l).to_owned()/> }
    });
    let trainers = (!trainers.is_empty()).then(|| {
        view! {
            <SelectField language=l form=&form name="trainer" label=say::trainer(l) choices=trainers empty=say::any_trainer(l).to_owned()/>
        }
    });
    let is_agenda = view == domain::calendar::View::Agenda;
    let hidden = (!is_agenda).then(|| view! { <input type="hidden" name="view" value=view.as_str()/> });
    let (label, kind) = if field(view) == "week" { (say::as_week(l), "week") } else { (say::month(l), "month") };
    view! {
        <details class="narrow" open=asked.is_narrow()>
            <summary>{say::filters(l)}</summary>
            <form class="filters" method="get" action="/calendar">
                <TextField language=l form=&form name=field(view) label=label kind=kind/>
                <SelectField language=l form=&form name="topic" label=say::topic(l) choices=topics empty=say::any_topic(l).to_owned()/>
                <SelectField language=l form=&form name="unit" label=say::unit(l) choices=units empty=say::any_unit(l).to_owned()/>
                <SelectField language=l form=&form name="audience" label=say::audience(l) choices=audiences
                    empty=say::any_audience(l).to_owned()/>
                {venues}
                {trainers}
                {hidden}
                <button class="quiet">{say::apply(l)}</button>
            </form>
        </details>
        {chosen(l, known, asked)}
    }
}

/// What it is narrowed to, each with the way to drop it. What is not offered any more has no name, and is dropped all
/// the same.
fn chosen(l: Language, known: &Choices, asked: &Asked) -> Option<impl IntoView + use<>> {
    let named = |name: Option<String>, kind: &str| name.unwrap_or_else(|| kind.to_owned());
    let chosen = [
        asked.topic.map(|topic| (choices::topic(l, topic).to_owned(), Asked { topic: None, ..*asked })),
        asked.audience.map(|audience| (choices::addressee(l, audience).to_owned(), Asked { audience: None, ..*asked })),
        asked.unit.map(|unit| {
            let name = known.units.iter().find(|(id, ..)| *id == unit).map(|(_, kind, name)| format!("{kind} {name}"));
            (named(name, say::unit(l)), Asked { unit: None, ..*asked })
        }),
        asked.venue.map(|venue| {
            let name = known.venues.iter().find(|(id, _)| *id == venue).map(|(_, name)| name.clone());
            (named(name, say::venue(l)), Asked { venue: None, ..*asked })
        }),
        asked.trainer.map(|trainer| {
            let name = known.trainers.iter().find(|(id, _)| *id == trainer).map(|(_, name)| name.clone());
            (named(name, say::trainer(l)), Asked { trainer: None, ..*asked })
        }),
    ];
    let chips = chosen.into_iter().flatten().map(|(name, without)| {
        let label = format!("{}: {name}", say::drop_filter(l));
        view! { <a class="chip chosen" href=without.path() aria-label=label>{name}" ✕"</a> }
    });
    asked.is_narrow().then(|| view! { <p class="chips" aria-label=say::narrowed(l)>{chips.collect_view()}</p> })
}
