//! What evaluators think of a form.

use domain::accounts::Language;
use leptos::prelude::*;
use operations::registrations::Shown;

use super::points;
use super::show::version;
use crate::Form;
use crate::components::{TextArea, TextField, field_id};
use crate::wording::{refusals, registrations as say};

pub(super) fn section(l: Language, known: &Shown, form: &Form) -> Option<AnyView> {
    let opinions = known.judged.as_ref().filter(|judged| known.may.evaluate || !judged.evaluations.is_empty());
    let opinions = opinions.map(|judged| {
        if judged.evaluations.is_empty() {
            return view! { <p class="soft">{say::evaluation_none(l)}</p> }.into_any();
        }
        let spread = judged.spread.map(|spread| {
            let points = |score| points(l, Some(score));
            let said = say::spread(l, &points(spread.mean), &points(spread.least), &points(spread.most), spread.count);
            view! { <p>{said}</p> }
        });
        let rows = judged.evaluations.iter().map(|evaluation| {
            view! {
                <tr>
                    <th scope="row">{evaluation.evaluator_name.clone()}</th>
                    <td>{feasible(l, evaluation.is_feasible)}</td>
                    <td class="n" data-label=say::total(l)>{points(l, evaluation.total)}</td>
                    <td class="lines">{evaluation.remark.clone()}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        view! {
            {spread}
            <div class="scroll" role="region" aria-label=say::evaluation(l) tabindex="0"><table class="rows">
                <thead><tr>
                    <th scope="col">{say::evaluator(l)}</th><th scope="col">{say::is_feasible(l)}</th>
                    <th scope="col" class="n">{say::total(l)}</th><th scope="col">{say::evaluation_remark(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
        .into_any()
    });
    if opinions.is_none() && !known.may.evaluate {
        return None;
    }
    let own = known.may.evaluate.then(|| giving(l, known, form));
    Some(view! { <section><h2>{say::evaluation(l)}</h2>{opinions}{own}</section> }.into_any())
}

fn feasible(l: Language, is_feasible: bool) -> impl IntoView + use<> {
    let (class, word) = if is_feasible { ("tag good", say::feasible(l)) } else { ("tag bad", say::not_feasible(l)) };
    view! { <span class=class>{word}</span> }
}

fn giving(l: Language, known: &Shown, form: &Form) -> impl IntoView + use<> {
    let chosen = form.get("is_feasible").to_owned();
    let choices = [("yes", say::feasible(l)), ("no", say::not_feasible(l))].into_iter().enumerate().map(|(n, (value, word))| {
        let id = if n == 0 { field_id("is_feasible") } else { format!("{}-{n}", field_id("is_feasible")) };
        let checked = chosen == value;
        view! {
            <div class="check">
                <input id=id.clone() name="is_feasible" type="radio" value=value checked=checked/>
                <label for=id>{word}</label>
            </div>
        }
    });
    let choices = choices.collect_view();
    let faults: Vec<String> = form.faults.of("is_feasible").map(|refusal| refusals::say(l, refusal)).collect();
    let fault = (!faults.is_empty()).then(|| view! { <p class="fault">{faults.join(" ")}</p> });
    let criteria = known.criteria.iter().enumerate().map(|(n, criterion)| {
        let name = if l == Language::English { &criterion.name_english } else { &criterion.name };
        let hint = if n == 0 { say::points_hint(l) } else { "" };
        view! {
            <TextField language=l form=form name=format!("points.{n}") label=say::criterion(l, name, criterion.weight) kind="number" hint=hint/>
        }
    });
    let criteria = criteria.collect_view();
    view! {
        <h3>{say::evaluation_own(l)}</h3>
        <form method="post" action=format!("/registrations/{}/evaluate", known.registration.id)>
            {version(known)}
            <fieldset class="field"><legend>{say::is_feasible(l)}</legend>{choices}{fault}</fieldset>
            {criteria}
            <TextArea language=l form=form name="remark" label=say::evaluation_remark(l) hint=say::evaluation_remark_hint(l)/>
            <button>{say::evaluate(l)}</button>
        </form>
    }
}
