//! `GET /uploads/{id}/reasons.xlsx`: the list given back, with what is said of each row.

use std::collections::BTreeMap;

use axum::response::Response;
use domain::accounts::Language;
use domain::enrolments::roster::Field;
use domain::ids::UploadId;
use operations::rosters::{self, Said};

use crate::downloads;
use crate::pages::enrolments::person::{label, repair};
use crate::wording::{enrolments, refusals, rosters as say};
use crate::{Context, Path, Problem};

pub(super) async fn download(context: Context, Path(id): Path<UploadId>) -> Result<Response, Problem> {
    let l = context.language;
    let list = rosters::to_give_back(&context.office, context.actor()?, id).await?;
    let name = list.upload.file_name.rsplit_once('.').map_or(list.upload.file_name.as_str(), |(stem, _)| stem).to_owned();
    let sentences: BTreeMap<_, _> = list.rows.iter().map(|(row, said)| (*row, sentences(l, said))).collect();
    let bytes = list.write(&context.office, sentences, l == Language::Vietnamese).await?;
    Ok(downloads::workbook(&say::reasons_name(l, &name), bytes))
}

/// Each with the field it is about, and whether the row cannot be stored for it.
fn sentences(l: Language, said: &Said) -> Vec<(Field, String, bool)> {
    let faults = said.faults.iter().map(|fault| {
        let why = refusals::say(l, &fault.refusal);
        let words = if fault.value.is_empty() { why } else { enrolments::was_typed(l, &fault.value, &why) };
        (fault.field, format!("{}: {words}", label(l, fault.field)), true)
    });
    let repairs = said.repairs.iter().map(|put_right| (put_right.field, repair(l, put_right), false));
    faults.chain(repairs).collect()
}
