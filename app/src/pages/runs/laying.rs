//! Laying out the sessions of a run by a pattern, inside the form of a planner.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::accounts::Language;
use domain::runs::{HalfDay, PatternForm, PlanForm, WEEKDAYS, laid_out};
use domain::{Faults, Refusal};
use leptos::prelude::*;
use operations::holidays::Holiday;

use crate::Form;
use crate::components::{TextField, day_kind, field_id};
use crate::wording::{calendar, choices as names, refusals, runs as say};

/// The fields of a pattern begin with this.
pub(super) const PREFIX: &str = "pattern.";

/// Puts sessions by the pattern that was typed in the place of those in the plan.
pub(super) fn lay_out(form: &Form, plan: &mut PlanForm, holidays: &[Holiday]) -> Faults {
    let all = |name: &str| form.all(name).map(ToOwned::to_owned).collect();
    let typed = PatternForm {
        first: form.get("pattern.first").to_owned(),
        weekdays: all("pattern.weekdays"),
        half_days: all("pattern.half_days"),
        sessions: form.get("pattern.sessions").to_owned(),
    };
    let days: BTreeSet<NaiveDate> = holidays.iter().map(|holiday| holiday.day).collect();
    let laid = typed.parse().and_then(|pattern| {
        pattern.lay_out(&days).map_err(|refusal| {
            let mut faults = Faults::default();
            faults.add("pattern.sessions", refusal);
            faults
        })
    });
    match laid {
        Ok(sessions) => {
            plan.sessions = laid_out(&sessions, &plan.sessions);
            Faults::default()
        }
        Err(faults) => faults,
    }
}

/// The fields, folded away until they are wanted. What is offered first are whole working days from the first session on,
/// as many sessions as there are.
pub(super) fn fields(l: Language, form: &Form, plan: &PlanForm) -> impl IntoView + use<> {
    let is_open = form.has("pattern.first");
    let mut form = form.clone();
    if !is_open {
        let first = plan.sessions.first().map(|session| session.day.clone()).unwrap_or_default();
        form.set("pattern.first", first);
        form.set("pattern.sessions", plan.sessions.len().max(1).to_string());
    }
    let ticked = |name: &str, word: &str, usual: bool| if is_open { form.all(name).any(|typed| typed == word) } else { usual };
    let weekdays = WEEKDAYS.iter().enumerate().map(|(n, (day, word))| {
        let is_usual = day.num_days_from_monday() < 5;
        ("pattern.weekdays", n, *word, calendar::weekday(l, *day), ticked("pattern.weekdays", word, is_usual))
    });
    let half_days = HalfDay::ALL.iter().enumerate().map(|(n, half)| {
        let is_usual = *half != HalfDay::Evening;
        let word = half.as_str();
        ("pattern.half_days", n, word, names::half_day(l, *half), ticked("pattern.half_days", word, is_usual))
    });
    let (weekdays, half_days) = (boxes(weekdays.collect()), boxes(half_days.collect()));
    let first_kind = day_kind(form.get("pattern.first"));
    view! {
        <details class="fold" open=is_open>
            <summary>{say::lay_out(l)}</summary>
            <p class="hint">{say::lay_out_lead(l)}</p>
            <div class="row">
                <TextField language=l form=&form name="pattern.first" label=say::pattern_first(l) kind=first_kind/>
                <TextField language=l form=&form name="pattern.sessions" label=say::pattern_sessions(l) kind="number"/>
            </div>
            <fieldset class="field"><legend>{say::pattern_weekdays(l)}</legend>
                <div class="boxes">{weekdays}</div>{faults(l, &form, "pattern.weekdays")}
            </fieldset>
            <fieldset class="field"><legend>{say::pattern_half_days(l)}</legend>
                <div class="boxes">{half_days}</div>{faults(l, &form, "pattern.half_days")}
            </fieldset>
            <p><button class="quiet" name="do" value="lay_out">{say::lay_out_now(l)}</button></p>
        </details>
    }
}

/// Name, place among its siblings, value, label, and whether it is ticked.
type Ticked = (&'static str, usize, &'static str, &'static str, bool);

fn boxes(all: Vec<Ticked>) -> impl IntoView + use<> {
    all.into_iter()
        .map(|(name, n, word, label, checked)| {
            let id = if n == 0 { field_id(name) } else { format!("{}-{n}", field_id(name)) };
            view! {
                <span class="check">
                    <input id=id.clone() name=name type="checkbox" value=word checked=checked/><label for=id>{label}</label>
                </span>
            }
        })
        .collect_view()
}

fn faults(l: Language, form: &Form, name: &str) -> Option<impl IntoView + use<>> {
    let said: Vec<String> = form.faults.of(name).map(|refusal: &Refusal| refusals::say(l, refusal)).collect();
    (!said.is_empty()).then(|| view! { <p class="fault">{said.join(" ")}</p> })
}
