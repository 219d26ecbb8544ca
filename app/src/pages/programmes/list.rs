//! Every programme year, and which level receives forms when.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::ReceivingLevelId;
use domain::time::show_day;
use domain::units::UnitLevel;
use leptos::prelude::*;
use operations::programmes::{self, Known, NewLevel, ProgrammeYear, ReceivingLevel};

use super::faults;
use crate::components::{EmptyState, FaultSummary, Notice, SelectField, TextField, day_kind};
use crate::wording::{choices, programmes as say, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    page(&context, form).await
}

async fn page(context: &Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let Known { years, levels } = programmes::list(&context.office, context.actor()?).await?;
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context.page(say::title(l), || {
        let saved = match form.get("saved") {
            "level" => Some(say::saved_level(l)),
            "year" => Some(say::saved(l)),
            _ => None,
        };
        let saved = saved.map(|text| view! { <Notice text=text/> });
        view! {
            {saved}
            <FaultSummary language=l faults=form.faults.clone()/>
            <p class="lead">{say::lead(l)}</p>
            {of_years(l, &years)}
            <h2 id="levels">{say::levels(l)}</h2>
            <p class="lead">{say::levels_lead(l)}</p>
            {of_levels(l, &levels)}
            <form method="post" action="/programmes/levels" novalidate>
                <div class="row">
                    <SelectField language=l form=&form name="level" label=say::level(l)
                        choices=UnitLevel::ALL.iter().map(|v| (v.to_string(), choices::unit_level(l, *v).to_owned())).collect()/>
                    <TextField language=l form=&form name="valid_from" label=say::valid_from(l)
                        kind=day_kind(form.get("valid_from"))/>
                    <TextField language=l form=&form name="basis" label=say::basis(l) hint=say::basis_hint(l)/>
                </div>
                <p class="actions"><button class="quiet">{say::add_level(l)}</button></p>
            </form>
        }
    });
    Ok(page.crumb("/manage", shell::manage(l)).status(status).into_response())
}

fn of_years(l: Language, years: &[ProgrammeYear]) -> AnyView {
    let new = view! { <p><a class="button" href="/programmes/new">{say::new(l)}</a></p> };
    if years.is_empty() {
        return view! { <EmptyState title=say::none(l) advice=say::none_advice(l)>{new}</EmptyState> }.into_any();
    }
    let rows = years
        .iter()
        .map(|year| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("/programmes/{}", year.year)>{say::year_title(l, year.year)}</a></th>
                    <td>{year.plan_number.clone()}</td>
                    <td>{say::target_of(l, year.target_products, year.existing_products)}</td>
                    <td>{year.group_decision.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        {new}
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{say::year(l)}</th><th scope="col">{say::plan_number(l)}</th>
                <th scope="col">{say::target_products(l)}</th><th scope="col">{say::group_decision(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn of_levels(l: Language, levels: &[ReceivingLevel]) -> impl IntoView + use<> {
    let rows = levels
        .iter()
        .map(|row| {
            let day = show_day(row.valid_from);
            view! {
                <tr>
                    <th scope="row">{choices::unit_level(l, row.level)}</th>
                    <td>{say::from_day(l, &day)}</td>
                    <td>{row.basis.clone()}</td>
                    <td class="n"><form method="post" action=format!("/programmes/levels/{}/remove", row.id)>
                        <button class="link" aria-label=say::remove_level_from(l, &day)>{say::remove_level(l)}</button>
                    </form></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll"><table class="rows">
            <thead><tr>
                <th scope="col">{say::level(l)}</th><th scope="col">{say::valid_from(l)}</th><th scope="col">{say::basis(l)}</th><td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

pub(super) async fn add_level(context: Context, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Who may not keep programmes learns nothing of the form's faults.
    programmes::list(&context.office, actor).await?;
    let (level, day, basis) = (form.value::<UnitLevel>("level"), form.day("valid_from"), form.required("basis", 120));
    let (Some(level), Some(day), Some(basis)) = (level, day, basis) else { return page(&context, form).await };
    match programmes::add_level(&context.office, actor, NewLevel { level, valid_from: day, basis }).await {
        Ok(()) => Ok(Context::see("/programmes?saved=level#levels")),
        Err(failure) => {
            form.faults = faults(failure)?;
            page(&context, form).await
        }
    }
}

pub(super) async fn remove_level(context: Context, Path(id): Path<ReceivingLevelId>, _: Form) -> Result<Response, Problem> {
    programmes::remove_level(&context.office, context.actor()?, id).await?;
    Ok(Context::see("/programmes?saved=level#levels"))
}
