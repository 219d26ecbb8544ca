//! `/selections/{year}`: every forwarded product of a year, and the decision on those that are ticked.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::organisations::OrganisationKind;
use domain::policy::{Action, may_everywhere};
use domain::registrations::State;
use domain::selections::SelectionSort;
use leptos::prelude::*;
use operations::selections::{self, Forwarded, Table, Wanted};

use super::{asked, counter, decide};
use crate::components::{EmptyState, Notice, SelectField, TextField, field_id, row_fault};
use crate::pages::registrations::{points, stages, state_tag, unit_name};
use crate::wording::{choices, selections as say};
use crate::{Context, Form, Path, Problem};

/// `/selections`: the latest year.
pub(super) async fn latest(context: Context) -> Result<Response, Problem> {
    let (l, actor) = (context.language, context.actor()?);
    if let Some(year) = selections::latest_year(&context.office, actor).await? {
        return Ok(Context::see(&format!("/selections/{year}")));
    }
    let keeps = may_everywhere(actor, Action::KeepProgramme);
    let page = context.page(say::selection(l), || {
        let add = keeps.then(|| view! { <a class="button" href="/programmes">{say::to_programmes(l)}</a> });
        view! {
            {stages(l, actor, "/selections")}
            <EmptyState title=say::no_programme(l) advice=say::no_programme_advice(l)>{add}</EmptyState>
        }
    });
    Ok(page.into_response())
}

pub(super) async fn show(context: Context, Path(year): Path<i64>, form: Form) -> Result<Response, Problem> {
    render(&context, year, form, StatusCode::OK).await
}

/// The page, with what was ticked and typed, and what is wrong with it.
pub(super) async fn render(context: &Context, year: i64, form: Form, status: StatusCode) -> Result<Response, Problem> {
    let (l, actor) = (context.language, context.actor()?);
    let wanted = asked::read(&form);
    let table = selections::table(&context.office, actor, year, &wanted).await?;
    let form = decide::begun(form, &table);
    let page = context.page(say::title(l, year), || {
        let content = if table.rows.is_empty() {
            nothing(l, &table, &wanted)
        } else {
            vec![above(l, &table, &wanted), chosen(l, &table, &wanted, &form)].into_any()
        };
        view! {
            {stages(l, actor, "/selections")}
            {decide::summary(l, &table, &form)}
            {notice(l, &table, &form)}
            <p class="lead">{say::lead(l)}</p>
            {years(l, &table)}
            {counter::tiles(l, &table.counter)}
            {filters(l, &table, &wanted)}
            {content}
            {decide::decisions(l, &table)}
        }
    });
    Ok(page.wide().status(status).into_response())
}

/// The address of the table of a year.
pub(super) fn path(year: i64) -> String {
    format!("/selections/{year}")
}

fn notice(l: Language, table: &Table, form: &Form) -> Option<AnyView> {
    let decision = table.decisions.iter().find(|decision| decision.id.to_string() == form.get("decided"))?;
    let text = say::done_decided(l, &decision.number);
    let link = (decision.published_at.is_none())
        .then(|| view! { <p><a href=format!("/decisions/{}", decision.id)>{say::see_decision(l)}</a></p> });
    Some(view! { <Notice text/>{link} }.into_any())
}

fn years(l: Language, table: &Table) -> Option<impl IntoView + use<>> {
    let links = table.years.iter().map(|year| {
        let current = (*year == table.year.year).then_some("page");
        view! { <a class="chip" href=path(*year) aria-current=current>{*year}</a> }
    });
    (table.years.len() > 1).then(|| view! { <nav class="chips" aria-label=say::years(l)>{links.collect_view()}</nav> })
}

fn filters(l: Language, table: &Table, wanted: &Wanted) -> impl IntoView + use<> {
    let form = Form::filled(asked::fields(wanted));
    let units = table.units.iter().map(|unit| (unit.id.to_string(), unit_name(l, unit))).collect();
    let industries = table.industries.iter().map(|industry| (industry.clone(), industry.clone())).collect();
    let kinds = OrganisationKind::ALL.iter().filter(|kind| **kind != OrganisationKind::StateBody);
    let kinds = kinds.map(|kind| (kind.to_string(), choices::organisation_kind(l, *kind).to_owned())).collect();
    let states =
        asked::STATES.iter().map(|state| (state.to_string(), choices::registration_state(l, *state).to_owned())).collect();
    let sorts = SelectionSort::ALL.iter().map(|sort| (sort.to_string(), choices::selection_sort(l, *sort).to_owned())).collect();
    let order = wanted.reversed.then(|| view! { <input type="hidden" name="order" value="reversed"/> });
    view! {
        <form class="filters" method="get" action=path(table.year.year)>
            <TextField language=l form=&form name="text" label=say::text(l) kind="search"/>
            <SelectField language=l form=&form name="unit" label=say::unit(l) choices=units empty=say::every_unit(l).to_owned()/>
            <SelectField language=l form=&form name="industry" label=say::industry(l) choices=industries
                empty=say::every_industry(l).to_owned()/>
            <SelectField language=l form=&form name="kind" label=say::kind(l) choices=kinds empty=say::every_kind(l).to_owned()/>
            <SelectField language=l form=&form name="state" label=say::state(l) choices=states empty=say::every_state(l).to_owned()/>
            // Where the headings do not show, this sorts.
            <div class="narrow-only"><SelectField language=l form=&form name="sort" label=say::sort(l) choices=sorts/></div>
            {order}
            <button class="quiet">{say::filter(l)}</button>
        </form>
    }
}

fn nothing(l: Language, table: &Table, wanted: &Wanted) -> AnyView {
    if table.counter.all() == 0 {
        let lists = view! { <a class="button" href="/lists">{say::to_lists(l)}</a> };
        return view! { <EmptyState title=say::none(l) advice=say::none_advice(l)>{lists}</EmptyState> }.into_any();
    }
    let all = asked::address(&path(table.year.year), &asked::widened(wanted), &[]);
    let all = view! { <a class="button quiet" href=all>{say::drop_filter(l)}</a> };
    view! { <EmptyState title=say::none_match(l) advice=say::none_match_advice(l)>{all}</EmptyState> }.into_any()
}

/// What stands above the rows: how many there are, and what is done with all of them.
fn above(l: Language, table: &Table, wanted: &Wanted) -> AnyView {
    let path = path(table.year.year);
    let tick = asked::address(&path, wanted, &[("tick", "page")]);
    let untick = asked::address(&path, wanted, &[]);
    let file = asked::address(&format!("{path}/table.xlsx"), &Wanted { page: 1, ..wanted.clone() }, &[]);
    view! {
        <p class="actions">
            <strong>{say::found(l, table.found)}</strong>
            <a href=tick>{say::tick_page(l)}</a><a href=untick>{say::untick_page(l)}</a>
            <a href="#decide">{say::to_decide(l)}</a><a href=file>{say::export(l)}</a>
        </p>
    }
    .into_any()
}

/// The rows of the page, and the decision on those that are ticked.
fn chosen(l: Language, table: &Table, wanted: &Wanted, form: &Form) -> AnyView {
    let heads = SelectionSort::ALL;
    let head = |sort: &SelectionSort| heading(l, table.year.year, wanted, *sort);
    let rows = table.rows.iter().map(|row| line(l, row, form)).collect_view();
    let narrowed = asked::fields(wanted).into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let turn = |page: i64, words: &'static str| {
        let address = asked::address(&path(table.year.year), &Wanted { page, ..wanted.clone() }, &[]);
        (1..=table.pages).contains(&page).then(|| view! { <a class="button quiet" href=address>{words}</a> })
    };
    let turns = (table.pages > 1).then(|| {
        view! {
            <p class="actions">
                {turn(wanted.page - 1, say::earlier(l))}<span>{say::page_of(l, wanted.page, table.pages)}</span>
                {turn(wanted.page + 1, say::later(l))}
            </p>
        }
    });
    view! {
        <form method="post" action=path(table.year.year)>
            {narrowed.collect_view()}
            <div class="scroll" role="region" aria-label=say::table(l) tabindex="0"><table class="rows">
                <caption class="hidden">{say::table(l)}</caption>
                <thead><tr><td></td>{heads.iter().map(head).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
            {turns}
            {decide::fields(l, form)}
        </form>
    }
    .into_any()
}

/// A heading that sorts by its column; the columns stand in the order of [`SelectionSort::ALL`].
fn heading(l: Language, year: i64, wanted: &Wanted, sort: SelectionSort) -> impl IntoView + use<> {
    let name = choices::selection_sort(l, sort);
    // The best come first, the other way round than words and codes.
    let falls = matches!(sort, SelectionSort::Score | SelectionSort::Completeness);
    let direction = (wanted.sort == sort).then_some(if falls == wanted.reversed { "ascending" } else { "descending" });
    let arrow =
        direction.map(|direction| view! { <i aria-hidden="true">{if direction == "ascending" { " ▲" } else { " ▼" }}</i> });
    let address = asked::address(&path(year), &asked::sorted(wanted, sort), &[]);
    let class = falls.then_some("n");
    view! {
        <th scope="col" class=class aria-sort=direction><a href=address aria-label=say::sort_by(l, name)>{name}{arrow}</a></th>
    }
}

fn line(l: Language, row: &Forwarded, form: &Form) -> impl IntoView + use<> {
    let (id, field) = (row.id.to_string(), format!("product.{}", row.id));
    let fault = row_fault(l, form, &field);
    let invalid = fault.is_some().then_some("true");
    // A page is ticked for what waits on it: what was decided is decided anew one by one.
    let is_open = row.state == State::Forwarded;
    let checked = form.all("product").any(|ticked| ticked == id) || form.get("tick") == "page" && is_open;
    let product = row.product_name.clone();
    // Products of a list that the province has not accepted are seen, not decided on.
    let tick = (row.waiting == 0).then(|| {
        view! {
            <input type="checkbox" name="product" value=id.clone() id=field_id(&field) checked=checked
                aria-label=say::tick(l, &product) aria-invalid=invalid/>
            <input type="hidden" name=format!("version.{id}") value=row.version.to_string()/>
        }
    });
    let waits = row.list_id.filter(|_| row.waiting > 0);
    let waits = waits.map(|list| view! { " "<a href=format!("/lists/{list}")>{say::list_waits(l)}</a> });
    let decision = row.decision_id.zip(row.decision_number.as_ref());
    let decision = decision.map(|(id, number)| {
        view! { " "<a href=format!("/decisions/{id}")>{number.clone()}</a> }
    });
    let doubted = (row.is_feasible == Some(false)).then(|| view! { " "<span class="tag bad">{say::not_feasible(l)}</span> });
    view! {
        <tr>
            <td class="tick">{tick}</td>
            <td>{row.unit_title()}</td>
            <th scope="row"><a href=format!("/registrations/{id}")>{product}</a>{doubted}{fault}</th>
            <td>{row.organisation_name.clone()}</td>
            <td>{choices::organisation_kind(l, row.organisation_kind)}</td>
            <td>{row.group_title().to_owned()}</td>
            <td class="n" data-label=say::score(l)>{points(l, row.score)}</td>
            <td class="n" data-label=say::completeness(l)>{say::percent(l, row.completeness)}</td>
            <td>{state_tag(l, row.state)}{decision}{waits}</td>
        </tr>
    }
}
