//! Two records side by side, with what speaks for one person and what against.

use domain::accounts::Language;
use domain::people::{Agreement, Nearness, Side};
use leptos::prelude::*;
use operations::people::{Card, Pair};

use crate::wording::{choices, people as w};

/// One line: what it is about, both values, and how they stand to each other.
struct Line {
    /// The field of the form that chooses between the values; none where there is nothing to choose.
    field: Option<&'static str>,
    name: &'static str,
    values: [Option<String>; 2],
    agreement: Option<Agreement>,
}

/// The two of a pair in the order in which they are shown: with the record that goes on first, when it is known.
pub(super) fn in_order(pair: &Pair, kept: Option<domain::ids::PersonId>) -> [&Card; 2] {
    if kept == Some(pair.newer.person.id) { [&pair.newer, &pair.older] } else { [&pair.older, &pair.newer] }
}

/// The table. With `choosing`, values that differ can be chosen from: the first record goes on.
pub(super) fn table(l: Language, pair: &Pair, cards: [&Card; 2], choosing: bool) -> impl IntoView + use<> {
    let heads = cards
        .iter()
        .enumerate()
        .map(|(n, card)| {
            let name = card.person.full_name.to_string();
            let role = choosing.then(|| if n == 0 { w::kept_record(l) } else { w::absorbed_record(l) });
            let role = role.map(|role| view! { <small class="soft">{role}</small><br/> });
            let name = match card.is_kept {
                true => view! { <a href=format!("/people/{}", card.person.id)>{name}</a> }.into_any(),
                false => name.into_any(),
            };
            view! { <th scope="col">{role}{name}</th> }
        })
        .collect_view();
    let rows = lines(l, pair, cards).into_iter().map(|line| row(l, line, choosing)).collect_view();
    view! {
        <div class="scroll">
            <table class="pair">
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn lines(l: Language, pair: &Pair, cards: [&Card; 2]) -> Vec<Line> {
    let e = &pair.evidence;
    let of = |value: fn(&Card) -> Option<String>| cards.map(value);
    let same = |values: &[Option<String>; 2]| match values {
        [Some(one), Some(other)] if one == other => Some(Agreement::Same),
        [Some(_), Some(_)] => Some(Agreement::Differs),
        _ => None,
    };
    let sexes = cards.map(|card| card.person.sex.map(|sex| choices::sex(l, sex).to_owned()));
    let emails = of(|card| card.person.email.as_ref().map(ToString::to_string));
    let line = |field, name, values, agreement| Line { field: Some(field), name, values, agreement };
    let mut lines = vec![
        line("number", w::citizen_id(l), of(|card| card.masked.clone()), Some(e.number)),
        line("phone", w::phone(l), of(|card| card.person.phone.as_ref().map(ToString::to_string)), Some(e.phone)),
        line("name", w::full_name(l), of(|card| Some(card.person.full_name.to_string())), Some(e.name)),
        line("birth", w::birth(l), of(|card| card.person.birth().map(|birth| birth.to_string())), Some(e.birth)),
        Line { field: Some("sex"), name: w::sex(l), agreement: same(&sexes), values: sexes },
        Line { field: Some("email"), name: w::email(l), agreement: same(&emails), values: emails },
    ];
    let places = cards.map(|card| {
        let names = card.memberships.iter().map(|membership| membership.organisation_name.clone());
        let names = names.collect::<Vec<_>>().join("; ");
        if !card.is_kept { Some(w::elsewhere(l).to_owned()) } else { Some(names).filter(|names| !names.is_empty()) }
    });
    // Of somebody outside one's scope only what both have in common is told.
    for line in &mut lines {
        let is_common = line.agreement == Some(Agreement::Same);
        for (value, card) in line.values.iter_mut().zip(cards) {
            if !card.is_kept && !is_common && line.field != Some("name") && value.is_some() {
                *value = Some(w::not_shown(l).to_owned());
            }
        }
    }
    lines.push(Line { field: None, name: w::belongs_to(l), values: places, agreement: None });
    lines
}

fn row(l: Language, line: Line, choosing: bool) -> impl IntoView + use<> {
    let tag = line.agreement.and_then(|agreement| match agreement {
        Agreement::Same => Some(("tag good", w::same(l))),
        Agreement::Near => Some(("tag warn", w::near(l))),
        Agreement::Differs => Some(("tag bad", w::differs(l))),
        Agreement::Unknown => None,
    });
    let tag = tag.map(|(kind, word)| view! { " "<span class=kind>{word}</span> });
    let differ = matches!(&line.values, [Some(one), Some(other)] if one != other);
    let field = line.field.filter(|_| choosing && differ);
    let cells = line
        .values
        .into_iter()
        .zip([Side::Kept, Side::Absorbed])
        .map(|(value, side)| match (field, value) {
            (Some(field), Some(value)) => view! {
                <td>
                    <label class="check">
                        <input type="radio" name=field value=side.as_str() checked=side == Side::Kept/>
                        {value}
                    </label>
                </td>
            }
            .into_any(),
            (_, Some(value)) => view! { <td>{value}</td> }.into_any(),
            (_, None) => view! { <td class="soft">{w::not_known(l)}</td> }.into_any(),
        })
        .collect_view();
    view! { <tr><th scope="row">{line.name}{tag}</th>{cells}</tr> }
}

/// How near two people belong to each other, where that says something.
pub(super) fn nearness(l: Language, place: Nearness) -> Option<&'static str> {
    match place {
        Nearness::Organisation => Some(w::one_organisation(l)),
        Nearness::Unit => Some(w::one_unit(l)),
        Nearness::Elsewhere => None,
    }
}
