//! People who are probably one, and pairs that were told apart.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{DistinctId, PersonId};
use domain::time::show_instant;
use leptos::prelude::*;
use operations::people::{Duplicates, Pair};

use super::evidence;
use crate::components::{EmptyState, Notice};
use crate::wording::people as w;
use crate::{Context, Form, Path, Problem};

/// `GET /people/duplicates?after=NEWER&older=OLDER`
pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let id = |name: &str| form.get(name).parse::<PersonId>().ok();
    let found = operations::people::duplicates(&context.office, context.actor()?, id("after").zip(id("older"))).await?;
    let notice = match (form.has("told_apart"), form.has("taken_back")) {
        (true, _) => Some(w::told_apart(l)),
        (_, true) => Some(w::taken_back(l)),
        _ => None,
    };
    let page = context.page(w::duplicates(l), || {
        view! {
            {notice.map(|text| view! { <Notice text=text/> })}
            {pairs(l, &found)}
            {apart(l, &found)}
        }
    });
    Ok(page.crumb("/people", w::people(l)).wide().into_response())
}

/// `POST /people/{id}/distinct`
pub(super) async fn tell_apart(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let other = form.get("other").parse().map_err(|_| Problem::NotFound)?;
    operations::people::tell_apart(&context.office, actor, id, other).await?;
    Ok(Context::see("/people/duplicates?told_apart"))
}

/// `POST /people/distinct/{id}/withdraw`
pub(super) async fn take_back(context: Context, Path(id): Path<DistinctId>) -> Result<Response, Problem> {
    operations::people::take_back(&context.office, context.actor()?, id).await?;
    Ok(Context::see("/people/duplicates?taken_back"))
}

fn pairs(l: Language, found: &Duplicates) -> impl IntoView + use<> {
    let list = found.pairs.iter().map(|pair| one(l, pair)).collect_view();
    let next = found.next.map(|(newer, older)| {
        view! { <p><a href=format!("/people/duplicates?after={newer}&older={older}")>{w::next_pairs(l)}</a></p> }
    });
    if found.pairs.is_empty() && next.is_none() {
        let to_people = view! { <a class="button quiet" href="/people">{w::people(l)}</a> };
        return view! { <EmptyState title=w::no_duplicates(l) advice=w::no_duplicates_advice(l)>{to_people}</EmptyState> }
            .into_any();
    }
    view! { <p class="lead">{w::duplicates_why(l)}</p>{list}{next} }.into_any()
}

fn one(l: Language, pair: &Pair) -> impl IntoView + use<> {
    let cards = evidence::in_order(pair, None);
    let [one, other] = cards.map(|card| card.person.full_name.to_string());
    let [first, second] = cards.map(|card| card.person.id);
    let place = evidence::nearness(l, pair.evidence.place).map(|word| view! { " "<span class="tag warn">{word}</span> });
    let deeds = if pair.may_decide() {
        view! {
            <div class="actions">
                <a class="button" href=format!("/people/{first}/merge?other={second}") aria-label=w::merge_link_of(l, &one, &other)>
                    {w::merge_link(l)}
                </a>
                <form method="post" action=format!("/people/{first}/distinct")>
                    <input type="hidden" name="other" value=second.to_string()/>
                    <button class="quiet" aria-label=w::tell_apart_of(l, &one, &other)>{w::tell_apart(l)}</button>
                </form>
            </div>
        }
        .into_any()
    } else {
        view! { <p class="soft">{w::not_yours_to_say(l)}</p> }.into_any()
    };
    view! {
        <section class="panel">
            <h2>{one} " · " {other} {place}</h2>
            {evidence::table(l, pair, cards, false)}
            {deeds}
        </section>
    }
}

fn apart(l: Language, found: &Duplicates) -> impl IntoView + use<> {
    let lines = found.apart.iter().map(|apart| {
        let (one, other) = (&apart.first_name, &apart.second_name);
        view! {
            <li>
                {w::apart_line(l, one, other, &apart.said_by_name, show_instant(apart.said_at))} " "
                <form class="inline" method="post" action=format!("/people/distinct/{}/withdraw", apart.id)>
                    <button class="link" aria-label=w::take_back_of(l, one, other)>{w::take_back(l)}</button>
                </form>
            </li>
        }
    });
    let lines = lines.collect_view();
    (!found.apart.is_empty()).then(|| view! { <section><h2>{w::apart_title(l)}</h2><ul>{lines}</ul></section> })
}
