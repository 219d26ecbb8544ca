//! When a trainer can be asked, and when they are away: kept by themselves and by who keeps the catalogue.

use axum::response::Response;
use chrono::Weekday;
use domain::accounts::Language;
use domain::ids::{AbsenceId, PersonId};
use domain::runs::{HalfDay, WEEKDAYS};
use domain::time::show_day;
use domain::trainers::{AbsenceForm, read_week, weekly_word};
use leptos::prelude::*;
use operations::Failure;
use operations::trainers::{self, Absence, TrainerView};

use super::show::answer;
use crate::components::{TextField, day_kind, field_id, row_fault};
use crate::wording::{calendar, choices, trainers as say};
use crate::{Context, Form, Path, Problem};

pub(super) async fn set_half_days(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    require_times(&context, id).await?;
    let outcome = match read_week(form.all("half_days")) {
        Ok(half_days) => trainers::set_half_days(&context.office, context.actor()?, id, &half_days).await,
        Err(refusal) => Err(Failure::field("half_days", refusal)),
    };
    answer(&context, id, form, outcome).await
}

pub(super) async fn add_absence(context: Context, Path(id): Path<PersonId>, form: Form) -> Result<Response, Problem> {
    require_times(&context, id).await?;
    let typed = AbsenceForm {
        first_day: form.get("first_day").to_owned(),
        last_day: form.get("last_day").to_owned(),
        reason: form.get("reason").to_owned(),
    };
    let outcome = match typed.parse() {
        Ok(plan) => trainers::add_absence(&context.office, context.actor()?, id, &plan).await.map(drop),
        Err(faults) => Err(faults.into()),
    };
    answer(&context, id, form, outcome).await
}

pub(super) async fn withdraw_absence(context: Context, Path(id): Path<AbsenceId>, _: Form) -> Result<Response, Problem> {
    let person = trainers::withdraw_absence(&context.office, context.actor()?, id).await?;
    Ok(Context::see(&format!("/trainers/{person}?saved=yes")))
}

/// Who may not keep them learns nothing of the form's faults.
async fn require_times(context: &Context, id: PersonId) -> Result<(), Problem> {
    let shown = trainers::show(&context.office, context.actor()?, id).await?;
    if shown.may.keep_times { Ok(()) } else { Err(Problem::NotFound) }
}

/// The week: seven days by three half-days, one box each; on a phone a day a line.
pub(super) fn half_days(l: Language, shown: &TrainerView, form: &Form) -> impl IntoView + use<> {
    let content = if shown.may.keep_times {
        let days = WEEKDAYS.iter().map(|(day, _)| day_of_boxes(l, shown, *day)).collect_view();
        view! {
            <p class="hint">{say::half_days_hint(l)}</p>
            <form method="post" action=format!("/trainers/{}/half-days", shown.trainer.person_id)>
                <table class="rows week"><tbody>{days}</tbody></table>
                {row_fault(l, form, "half_days")}
                <p><button class="quiet">{say::save(l)}</button></p>
            </form>
        }
        .into_any()
    } else if shown.half_days.is_empty() {
        view! { <p>{say::half_days_all(l)}</p> }.into_any()
    } else {
        let days = WEEKDAYS.iter().filter_map(|(day, _)| {
            let halves = shown.half_days.iter().filter(|(known, _)| known == day);
            let halves: Vec<_> = halves.map(|(_, half)| choices::half_day(l, *half)).collect();
            (!halves.is_empty()).then(|| view! { <li>{format!("{}: {}", calendar::weekday(l, *day), halves.join(", "))}</li> })
        });
        let days = days.collect_view();
        view! { <ul>{days}</ul> }.into_any()
    };
    view! { <section><h2>{say::half_days(l)}</h2>{content}</section> }
}

fn day_of_boxes(l: Language, shown: &TrainerView, day: Weekday) -> impl IntoView + use<> {
    let boxes = HalfDay::ALL.iter().map(|half| {
        let word = weekly_word((day, *half));
        let is_first = (day, *half) == (Weekday::Mon, HalfDay::Morning);
        let id = if is_first { field_id("half_days") } else { field_id(&format!("half_days.{word}")) };
        let checked = shown.half_days.contains(&(day, *half));
        view! {
            <td><span class="check">
                <input id=id.clone() name="half_days" type="checkbox" value=word checked=checked/>
                <label for=id><span class="hidden">{calendar::weekday(l, day)}" "</span>{choices::half_day(l, *half)}</label>
            </span></td>
        }
    });
    let boxes = boxes.collect_view();
    view! { <tr><th scope="row">{calendar::weekday(l, day)}</th>{boxes}</tr> }
}

pub(super) fn absences(l: Language, shown: &TrainerView, form: &Form) -> impl IntoView + use<> {
    let none = shown.absences.is_empty().then(|| view! { <p class="soft">{say::no_absence(l)}</p> });
    let lines = shown.absences.iter().map(|absence| line(l, absence, shown.may.keep_times)).collect_view();
    let add = shown.may.keep_times.then(|| {
        view! {
            <form method="post" action=format!("/trainers/{}/absences", shown.trainer.person_id) novalidate>
                <div class="row">
                    <TextField language=l form=form name="first_day" label=say::first_day(l) kind=day_kind(form.get("first_day"))/>
                    <TextField language=l form=form name="last_day" label=say::last_day(l) hint=say::last_day_hint(l)
                        kind=day_kind(form.get("last_day"))/>
                    <TextField language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
                </div>
                <p><button class="quiet">{say::add_absence(l)}</button></p>
            </form>
        }
    });
    view! { <section><h2>{say::absences(l)}</h2>{none}<ul>{lines}</ul>{add}</section> }
}

fn line(l: Language, absence: &Absence, may_withdraw: bool) -> impl IntoView + use<> {
    let (first, last) = (show_day(absence.first_day), show_day(absence.last_day));
    let days = if first == last { first.clone() } else { format!("{first} – {last}") };
    let reason = (!absence.reason.is_empty()).then(|| format!(" · {}", absence.reason));
    let withdraw = may_withdraw.then(|| {
        let label = say::withdraw_absence(l, &first, &last);
        view! {
            <form method="post" class="inline" action=format!("/absences/{}/withdraw", absence.id)>
                <button class="link" aria-label=label>{say::withdraw(l)}</button>
            </form>
        }
    });
    view! { <li>{days}{reason}" "{withdraw}</li> }
}
