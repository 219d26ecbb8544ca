//! `/uploads/{id}/columns`: somebody says what the columns of a list are, and which reading of old letters is right.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use documents::spreadsheets::rosters::{Arrangement, Legacy, SeenColumn};
use domain::Refusal;
use domain::accounts::Language;
use domain::ids::UploadId;
use domain::rosters::{ColumnUse, Encoding, Purpose};
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::rosters::{self, Arranging};
use store::rosters::Upload;

use super::use_name;
use crate::components::{CheckBox, FaultSummary, Notice, SelectField, TextField, field_id, row_fault};
use crate::pages::accounts::with_faults;
use crate::wording::rosters as say;
use crate::{Context, Form, Path, Problem};

/// The largest number of a row.
const LAST_ROW: i64 = 1_048_576;

pub(super) async fn show(context: Context, Path(id): Path<UploadId>) -> Result<Response, Problem> {
    let arranging = rosters::arranging(&context.office, context.actor()?, id, None).await?;
    let form = filled(&arranging);
    Ok(page(&context, &arranging, &form, StatusCode::OK))
}

pub(super) async fn save(context: Context, Path(id): Path<UploadId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let heading = form.number("heading", 0, LAST_ROW).and_then(|row| usize::try_from(row).ok());
    // What was said of the columns is meant for the sheet that was shown; of another one nothing is known.
    let (sheet, heading) = if form.has("look_at_sheet") {
        (form.get("other_sheet").parse().ok(), None)
    } else {
        (form.get("sheet").parse().ok(), heading)
    };
    let looked_at = Arrangement { sheet, heading, ..Arrangement::default() };
    if (form.has("look") || form.has("look_at_sheet")) && form.faults.is_empty() {
        let arranging = rosters::arranging(&context.office, actor, id, Some(looked_at)).await?;
        let form = filled(&arranging);
        return Ok(page(&context, &arranging, &form, StatusCode::OK));
    }
    if !form.faults.is_empty() {
        let arranging = rosters::arranging(&context.office, actor, id, None).await?;
        return Ok(page(&context, &arranging, &form, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let arrangement = Arrangement {
        sheet,
        heading,
        columns: chosen(&form, "columns."),
        encodings: chosen(&form, "encodings."),
        hidden_too: form.has("hidden_too"),
    };
    match rosters::arrange(&context.office, actor, id, arrangement).await {
        Ok(upload) => Ok(Context::see(&goes_on(&upload))),
        // Without reading the list, its page cannot be shown either.
        Err(failure) if failure.is(&Refusal::ReadersBusy) => Err(failure.into()),
        Err(failure) => {
            let (form, status) = with_faults(form, failure)?;
            let arranging = rosters::arranging(&context.office, actor, id, Some(looked_at)).await?;
            Ok(page(&context, &arranging, &form, status))
        }
    }
}

/// Where one sees the list as it is read.
pub(super) fn goes_on(upload: &Upload) -> String {
    match (upload.run_id, upload.organisation_id) {
        (Some(run), Some(organisation)) => {
            format!("/runs/{run}/enrol/spreadsheet?organisation={organisation}&upload={}", upload.id)
        }
        _ => format!("/people/import/{}", upload.id),
    }
}

/// What was chosen for each column: fields named `prefix` and its place.
fn chosen<T: std::str::FromStr>(form: &Form, prefix: &str) -> std::collections::BTreeMap<u32, T> {
    let one = |(name, value): (&str, &str)| Some((name.strip_prefix(prefix)?.parse().ok()?, value.parse().ok()?));
    form.fields().filter_map(one).collect()
}

/// The form as it starts out: columns as they were understood, nothing said of old letters but what was said before.
fn filled(arranging: &Arranging) -> Form {
    let mut fields = vec![
        ("heading".to_owned(), arranging.survey.heading.to_string()),
        ("sheet".to_owned(), arranging.survey.sheet.to_string()),
        ("other_sheet".to_owned(), arranging.survey.sheet.to_string()),
    ];
    for column in &arranging.survey.columns {
        fields.extend(column.is.map(|is| (format!("columns.{}", column.at), is.to_string())));
        let known = arranging.arrangement.encodings.get(&column.at);
        fields.extend(known.map(|encoding| (format!("encodings.{}", column.at), encoding.to_string())));
    }
    if arranging.arrangement.hidden_too {
        fields.push(("hidden_too".into(), "yes".into()));
    }
    Form::filled(fields)
}

fn page(context: &Context, arranging: &Arranging, form: &Form, status: StatusCode) -> Response {
    let l = context.language;
    let (upload, survey) = (&arranging.upload, &arranging.survey);
    let page = context.page(say::columns_title(l), || {
        let as_on = arranging.as_on.map(|at| view! { <Notice text=say::columns_as_on(l, &show_day(local_day(at)))/> });
        let columns = survey.columns.iter().map(|column| panel(l, form, column, upload.purpose)).collect_view();
        let hidden = (survey.hidden > 0)
            .then(|| view! { <CheckBox form=form name="hidden_too" label=say::hidden_too(l, survey.hidden)/> });
        let several = survey.sheets.len() > 1;
        let read = several.then(|| view! { <li>{say::sheets_read(l, survey.sheets.len(), &survey.sheets.join(", "))}</li> });
        let unread = (!survey.unread.is_empty()).then(|| view! { <li>{say::not_read_sheets(l, &survey.unread.join(", "))}</li> });
        let sheets = (several || !survey.unread.is_empty()).then(|| view! { <ul class="meta">{read}{unread}</ul> });
        let offered: Vec<_> = survey.offered.iter().map(|(at, name)| (at.to_string(), name.clone())).collect();
        let begins = match offered.iter().find(|(at, _)| at == form.get("sheet")) {
            Some((_, name)) if offered.len() > 1 => say::where_it_begins(l, name, form.get("heading")),
            _ => format!("{}: {}", say::heading_row(l), form.get("heading")),
        };
        let sheet = (offered.len() > 1).then(|| {
            view! {
                <details class="fold">
                    <summary>{say::sheet(l)}</summary>
                    <SelectField language=l form=form name="other_sheet" label=say::sheet(l) choices=offered/>
                    <p><button class="quiet" name="look_at_sheet" value="yes">{say::look(l)}</button></p>
                </details>
            }
        });
        view! {
            <p class="lead">{say::columns_lead(l)}</p>
            {sheets}
            {as_on}
            <FaultSummary language=l faults=form.faults.clone()/>
            <form method="post">
                // The first button of a form is pressed by the Enter key: it must be the one that reads.
                <button class="hidden" tabindex="-1" aria-hidden="true">{say::read_it(l)}</button>
                <input type="hidden" name="sheet" value=form.get("sheet").to_owned()/>
                <div id=field_id("columns")>{columns}</div>
                {hidden}
                {sheet}
                <details class="fold">
                    <summary>{begins}</summary>
                    <TextField language=l form=form name="heading" label=say::heading_row(l) hint=say::heading_row_hint(l) kind="number"/>
                    <p><button class="quiet" name="look" value="yes">{say::look(l)}</button></p>
                </details>
                <p class="actions"><button>{say::read_it(l)}</button></p>
            </form>
        }
    });
    let page = match (upload.run_id, upload.organisation_id) {
        (Some(run), Some(organisation)) => page.crumb(
            format!("/runs/{run}/enrol/spreadsheet?organisation={organisation}"),
            crate::wording::enrolments::spreadsheet_title(l),
        ),
        _ => page.crumb("/people/import", say::import_title(l)),
    };
    page.status(status).into_response()
}

fn panel(l: Language, form: &Form, column: &SeenColumn, purpose: Purpose) -> impl IntoView + use<> {
    let name = format!("columns.{}", column.at);
    let legend = match column.heading.as_str() {
        "" => say::column(l, &column.letter()),
        heading => say::column_named(l, &column.letter(), heading),
    };
    let samples =
        (!column.samples.is_empty()).then(|| view! { <p class="soft">{say::samples(l, &column.samples.join(" · "))}</p> });
    let of_many = [ColumnUse::Organisation, ColumnUse::TaxCode, ColumnUse::Unit];
    let offered = ColumnUse::ALL.iter().filter(|is| purpose == Purpose::People || !of_many.contains(is));
    let choices = offered.map(|is| (is.to_string(), use_name(l, *is).to_owned())).collect();
    let old = column.legacy.as_ref().map(|legacy| old_letters(l, form, column.at, legacy));
    view! {
        <fieldset class="panel">
            <legend>{legend}</legend>
            {samples}
            <SelectField language=l form=form name=name label=say::holds(l) choices=choices empty=say::left_out(l).to_owned()/>
            {old}
        </fieldset>
    }
}

/// Some cells as they stand and as they would be converted: nothing is converted until one was chosen.
fn old_letters(l: Language, form: &Form, at: u32, legacy: &Legacy) -> impl IntoView + use<> {
    let name = format!("encodings.{at}");
    let question = match (legacy.by_font, legacy.in_part) {
        (true, _) => say::looks_old_by_font(l),
        (false, true) => say::looks_old_in_part(l),
        (false, false) => say::looks_old(l),
    };
    let chosen = form.get(&name).to_owned();
    let fault = row_fault(l, form, &name);
    let guess = legacy.guess;
    let choices = (0..).zip(Encoding::ALL).map(|(place, encoding): (usize, &Encoding)| {
        let words = match encoding {
            Encoding::Unicode => say::as_it_is(l),
            Encoding::Tcvn3 => say::from_tcvn3(l),
            Encoding::Vni => say::from_vni(l),
        };
        // The first is what the link in the summary of faults goes to.
        let id = if place == 0 { field_id(&name) } else { format!("{}-{encoding}", field_id(&name)) };
        let shown = legacy.samples.iter().map(|sample| sample[place].clone()).collect::<Vec<_>>().join(" · ");
        let likely = (*encoding == guess).then(|| view! { " "<span class="tag good">{say::likely(l)}</span> });
        view! {
            <div class="field check">
                <input id=id.clone() name=name.clone() type="radio" value=encoding.as_str() checked=chosen == encoding.as_str()/>
                <label for=id>{words}{likely}<small class="hint">{shown}</small></label>
            </div>
        }
    });
    let choices = choices.collect_view();
    view! { <fieldset><legend>{question}</legend>{fault}{choices}</fieldset> }
}
