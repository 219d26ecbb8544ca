//! The form of a programme year.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::programmes::{CriterionForm, CycleStep, YearForm};
use leptos::prelude::*;
use operations::Failure;
use operations::programmes::{self, Seen};

use super::faults;
use crate::components::{FaultSummary, SelectField, TextField, day_kind};
use crate::wording::{choices, programmes as say, shell};
use crate::{Context, Form, Path, Problem};

/// For how many criteria the form has room, unless more are known.
const CRITERIA: usize = 8;

pub(super) async fn new(context: Context) -> Result<Response, Problem> {
    let typed = programmes::proposal(&context.office, context.actor()?).await?;
    page(&context, None, written(&typed)).await
}

pub(super) async fn add(context: Context, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Who may not keep programmes learns nothing of the form's faults.
    programmes::list(&context.office, actor).await?;
    let outcome = match read(&form).parse() {
        Ok(plan) => programmes::add(&context.office, actor, &plan).await,
        Err(faults) => Err(faults.into()),
    };
    finish(&context, None, form, outcome).await
}

pub(super) async fn show(context: Context, Path(year): Path<i64>) -> Result<Response, Problem> {
    let seen = programmes::show(&context.office, context.actor()?, year).await?;
    let mut form = written(&YearForm::from(&seen.plan));
    form.set("seen", seen.fingerprint.clone());
    page(&context, Some(&seen), form).await
}

pub(super) async fn change(context: Context, Path(year): Path<i64>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let seen = programmes::show(&context.office, actor, year).await?;
    form.set("year", year.to_string());
    let outcome = match read(&form).parse() {
        Ok(plan) => programmes::change(&context.office, actor, form.get("seen"), &plan).await,
        Err(faults) => Err(faults.into()),
    };
    finish(&context, Some(&seen), form, outcome).await
}

async fn finish(
    context: &Context,
    seen: Option<&Seen>,
    mut form: Form,
    outcome: Result<(), Failure>,
) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(Context::see("/programmes?saved=year")),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(context, seen, form).await
        }
    }
}

fn read(form: &Form) -> YearForm {
    let get = |name: &str| form.get(name).to_owned();
    let window = |step: &CycleStep| {
        let n = step.number();
        (get(&format!("windows.{n}.opens")), get(&format!("windows.{n}.closes")))
    };
    let criterion = |n: usize| CriterionForm {
        name: get(&format!("criteria.{n}.name")),
        name_english: get(&format!("criteria.{n}.name_english")),
        weight: get(&format!("criteria.{n}.weight")),
    };
    YearForm {
        year: get("year"),
        plan_number: get("plan_number"),
        plan_day: get("plan_day"),
        existing_products: get("existing_products"),
        target_products: get("target_products"),
        group_decision: get("group_decision"),
        windows: CycleStep::ALL.iter().map(window).collect(),
        criteria: (0..form.rows("criteria")).map(criterion).collect(),
    }
}

fn written(typed: &YearForm) -> Form {
    let mut form = Form::filled([
        ("year", typed.year.clone()),
        ("plan_number", typed.plan_number.clone()),
        ("plan_day", typed.plan_day.clone()),
        ("existing_products", typed.existing_products.clone()),
        ("target_products", typed.target_products.clone()),
        ("group_decision", typed.group_decision.clone()),
    ]);
    for (step, (opens, closes)) in CycleStep::ALL.iter().zip(&typed.windows) {
        form.set(&format!("windows.{}.opens", step.number()), opens.clone());
        form.set(&format!("windows.{}.closes", step.number()), closes.clone());
    }
    for (n, criterion) in typed.criteria.iter().enumerate() {
        form.set(&format!("criteria.{n}.name"), criterion.name.clone());
        form.set(&format!("criteria.{n}.name_english"), criterion.name_english.clone());
        form.set(&format!("criteria.{n}.weight"), criterion.weight.clone());
    }
    form
}

async fn page(context: &Context, seen: Option<&Seen>, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let decisions = programmes::decisions(&context.office).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = seen.map_or_else(|| say::new(l).to_owned(), |seen| say::year_title(l, seen.plan.year));
    let page = context.page(title, || {
        let action = seen.map_or_else(|| "/programmes/new".to_owned(), |seen| format!("/programmes/{}", seen.plan.year));
        let known = seen.map(|_| view! { <input type="hidden" name="seen" value=form.get("seen").to_owned()/> });
        let year =
            seen.is_none().then(|| view! { <TextField language=l form=&form name="year" label=say::year(l) kind="number"/> });
        let decisions = decisions.iter().map(|decision| (decision.clone(), decision.clone())).collect();
        let criteria = match seen {
            Some(seen) if seen.is_evaluated => fixed_criteria(l, seen).into_any(),
            _ => criteria(l, &form).into_any(),
        };
        view! {
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post" action=action novalidate>
                {known}
                <div class="row">
                    {year}
                    <TextField language=l form=&form name="plan_number" label=say::plan_number(l) hint=say::plan_number_hint(l)/>
                    <TextField language=l form=&form name="plan_day" label=say::plan_day(l) kind=day_kind(form.get("plan_day"))/>
                </div>
                <div class="row">
                    <TextField language=l form=&form name="existing_products" label=say::existing_products(l) kind="number"/>
                    <TextField language=l form=&form name="target_products" label=say::target_products(l) kind="number"
                        hint=say::target_hint(l)/>
                    <SelectField language=l form=&form name="group_decision" label=say::group_decision(l) choices=decisions/>
                </div>
                <h2>{say::windows(l)}</h2>
                <p class="lead">{say::windows_lead(l)}</p>
                {windows(l, &form)}
                <h2>{say::criteria(l)}</h2>
                {criteria}
                <p class="actions"><button>{say::save(l)}</button></p>
            </form>
        }
    });
    Ok(page.crumb("/manage", shell::manage(l)).crumb("/programmes", say::title(l)).status(status).into_response())
}

fn windows(l: Language, form: &Form) -> impl IntoView + use<> {
    CycleStep::ALL
        .iter()
        .map(|step| {
            let n = step.number();
            let (opens, closes) = (format!("windows.{n}.opens"), format!("windows.{n}.closes"));
            let (opens_kind, closes_kind) = (day_kind(form.get(&opens)), day_kind(form.get(&closes)));
            view! {
                <fieldset>
                    <legend>{say::step_name(l, n, choices::cycle_step(l, *step))}</legend>
                    <div class="row">
                        <TextField language=l form=form name=opens label=say::opens(l) kind=opens_kind/>
                        <TextField language=l form=form name=closes label=say::closes(l) kind=closes_kind/>
                    </div>
                </fieldset>
            }
        })
        .collect_view()
}

fn criteria(l: Language, form: &Form) -> impl IntoView + use<> {
    let rows = (0..form.rows("criteria").max(CRITERIA))
        .map(|n| {
            view! {
                <fieldset class="row">
                    <legend>{say::criterion_number(l, n + 1)}</legend>
                    <TextField language=l form=form name=format!("criteria.{n}.name") label=say::criterion(l)/>
                    <TextField language=l form=form name=format!("criteria.{n}.name_english") label=say::criterion_english(l)/>
                    <TextField language=l form=form name=format!("criteria.{n}.weight") label=say::weight(l) kind="number"/>
                </fieldset>
            }
        })
        .collect_view();
    view! { <p class="lead">{say::criteria_lead(l)}</p>{rows} }
}

/// Criteria that forms were evaluated by: shown, and sent along as they are.
fn fixed_criteria(l: Language, seen: &Seen) -> impl IntoView + use<> {
    let known = YearForm::from(&seen.plan).criteria;
    let none = known.is_empty().then(|| view! { <p>{say::no_criteria(l)}</p> });
    let rows = known
        .into_iter()
        .enumerate()
        .map(|(n, criterion)| {
            let name = if l == Language::English { criterion.name_english.clone() } else { criterion.name.clone() };
            let field = |of: &str| format!("criteria.{n}.{of}");
            view! {
                <li>
                    {name}" · "{say::weight_of(l, &criterion.weight)}
                    <input type="hidden" name=field("name") value=criterion.name/>
                    <input type="hidden" name=field("name_english") value=criterion.name_english/>
                    <input type="hidden" name=field("weight") value=criterion.weight/>
                </li>
            }
        })
        .collect_view();
    view! { <p class="lead">{say::criteria_fixed(l)}</p>{none}<ol>{rows}</ol> }
}
