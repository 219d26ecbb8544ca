//! `/registrations`: the forms that somebody may see.

use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::policy::{Action, may_somewhere};
use domain::registrations::State;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::registrations::{self, Listed, RegistrationLine, Wanted};

use super::{stages, state_tag, unit_name};
use crate::components::{EmptyState, Notice, SelectField, TextField};
use crate::wording::{choices, registration_sheets as sheets, registrations as say};
use crate::{Context, Form, Problem};

pub(super) async fn show(context: Context, form: Form) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    // A filter that cannot be read filters nothing: the fields show that.
    let wanted = Wanted {
        year: form.get("year").parse().ok(),
        state: form.get("state").parse().ok(),
        text: form.get("text").trim().to_owned(),
        unit: form.get("unit").parse().ok(),
        seen_on: form.get("seen_on").parse().ok(),
    };
    let listed = registrations::list(&context.office, actor, &wanted).await?;
    let begins = may_somewhere(actor, Action::FillRegistration);
    let page = context.page(say::title(l), || {
        let new = move || {
            begins.then(|| {
                view! {
                    <a class="button" href="/registrations/new">{say::begin(l)}</a>" "
                    <a class="button quiet" href="/registrations/spreadsheet">{sheets::from_spreadsheet(l)}</a>
                }
            })
        };
        let content = if !listed.lines.is_empty() {
            view! { {table(l, &listed)}<p class="actions">{new()}</p> }.into_any()
        } else if wanted == Wanted::default() {
            view! { <EmptyState title=say::none(l) advice=say::none_advice(l)>{new()}</EmptyState> }.into_any()
        } else {
            view! { <EmptyState title=say::none_match(l) advice=say::none_match_advice(l)>""</EmptyState> }.into_any()
        };
        view! {
            {imported(l, &form)}
            {stages(l, actor, "/registrations")}
            <p class="lead">{say::lead(l)}</p>
            {filters(l, &form, &listed)}
            {content}
        }
    });
    Ok(page.wide().into_response())
}

/// What became of a sheet that was imported.
fn imported(l: Language, form: &Form) -> Option<AnyView> {
    let count = |name: &str| form.get(name).parse::<usize>().ok().filter(|count| *count > 0);
    let sentences = [
        count("begun").map(|count| sheets::done_begun(l, count)),
        count("changed").map(|count| sheets::done_changed(l, count)),
        count("known").map(|count| sheets::done_known(l, count)),
    ];
    let said = sentences.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then(|| view! { <Notice text=said/> }.into_any())
}

fn filters(l: Language, form: &Form, listed: &Listed) -> impl IntoView + use<> {
    let years = listed.years.iter().map(|year| (year.to_string(), year.to_string())).collect();
    let states = State::ALL.iter().map(|state| (state.to_string(), choices::registration_state(l, *state).to_owned())).collect();
    // A number of a board leads here with its day; it goes on to hold while the unit is asked for.
    let seen_on = form.get("seen_on").parse::<chrono::NaiveDate>().ok().map(|day| {
        view! { <input type="hidden" name="seen_on" value=day.to_string()/> }
    });
    let units: Vec<_> = listed.units.iter().map(|unit| (unit.id.to_string(), unit_name(l, unit))).collect();
    let units = (!units.is_empty()).then(|| {
        view! { <SelectField language=l form=form name="unit" label=say::unit(l) choices=units empty=say::all_units(l).to_owned()/> }
    });
    view! {
        <form class="filters" method="get" action="/registrations">
            {seen_on}
            <SelectField language=l form=form name="year" label=say::year(l) choices=years empty=say::all_years(l).to_owned()/>
            {units}
            <SelectField language=l form=form name="state" label=say::state(l) choices=states empty=say::all_states(l).to_owned()/>
            <TextField language=l form=form name="text" label=say::search(l) kind="search"/>
            <button class="quiet">{say::filter(l)}</button>
        </form>
    }
}

fn table(l: Language, listed: &Listed) -> impl IntoView + use<> {
    let rows = listed.lines.iter().map(|line| row(l, line)).collect_view();
    let more = listed.has_more.then(|| view! { <p class="hint">{say::has_more(l)}</p> });
    view! {
        <div class="scroll" role="region" aria-label=say::title(l) tabindex="0"><table class="rows">
            <thead><tr>
                <th scope="col">{say::product(l)}</th><th scope="col">{say::organisation(l)}</th><th scope="col">{say::year(l)}</th>
                <th scope="col" class="n">{say::number(l)}</th><th scope="col">{say::state(l)}</th>
                <th scope="col" class="n">{say::complete_by(l)}</th><th scope="col">{say::since(l)}</th><th scope="col">{say::due(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
        {more}
    }
}

fn row(l: Language, line: &RegistrationLine) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row"><a href=format!("/registrations/{}", line.id)>{line.product_name.clone()}</a></th>
            <td>{line.organisation_name.clone()}</td>
            <td>{line.year}</td>
            <td class="n" data-label=say::number(l)>{line.number}</td>
            <td>{state_tag(l, line.state)}</td>
            <td class="n" data-label=say::complete_by(l)>{say::percent(l, line.completeness)}</td>
            <td>{show_day(local_day(line.state_at))}</td>
            <td data-label=say::due(l)>{line.due_on.map(show_day)}</td>
        </tr>
    }
}
