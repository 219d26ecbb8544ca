//! How a list with the same headings was arranged before: remembered by what they say and where they stand from the first
//! on, never by the number of a row. A list without headings is asked about each time: nothing shows that it is the same.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use documents::spreadsheets::rosters::{Arrangement, Survey};
use domain::rosters::{ColumnUse, Encoding};
use serde::{Deserialize, Serialize};
use store::rosters::{Keeper, Upload};
use store::{Records, Work};

use crate::{Failure, Office, Outcome, certificates};

/// What is remembered: the column in which the headings began, and what the columns said.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    first: u32,
    columns: BTreeMap<u32, ColumnUse>,
    encodings: BTreeMap<u32, Encoding>,
}

impl Remembered {
    /// The same where the headings begin in another column; none where a column would leave the sheet.
    fn beginning(self, first: u32) -> Option<Remembered> {
        let moved = |at: u32| u32::try_from(i64::from(at) - i64::from(self.first) + i64::from(first)).ok();
        let columns = self.columns.iter().map(|(at, is)| Some((moved(*at)?, *is))).collect::<Option<_>>()?;
        let encodings = self.encodings.iter().map(|(at, encoding)| Some((moved(*at)?, *encoding))).collect::<Option<_>>()?;
        Some(Remembered { first, columns, encodings })
    }
}

/// How a list is read as one with the same headings was, wherever among its first rows they stand, and when that was.
pub(super) async fn recalled(
    records: &mut impl Records,
    upload: &Upload,
    survey: &Survey,
) -> Outcome<Option<(Arrangement, DateTime<Utc>)>> {
    let known = store::rosters::mappings(records, keeper(upload)).await?;
    if known.is_empty() {
        return Ok(None);
    }
    for candidate in &survey.candidates {
        // Headings of two rows say more than the upper of them.
        for likeness in candidate.likenesses.iter().rev() {
            let hash = certificates::hash(likeness.as_bytes());
            let Some((_, text, used)) = known.iter().find(|(known, ..)| *known == hash) else { continue };
            let Some(known) = read(text).and_then(|known| known.beginning(candidate.first)) else { continue };
            let (sheet, heading) = (Some(candidate.sheet), Some(candidate.row));
            return Ok(Some((Arrangement { sheet, heading, columns: known.columns, ..Arrangement::default() }, *used)));
        }
    }
    Ok(None)
}

/// How the columns of a list with these headings were encoded, and when that was said.
pub(super) async fn encodings(
    records: &mut impl Records,
    upload: &Upload,
    survey: &Survey,
) -> Outcome<Option<(BTreeMap<u32, Encoding>, DateTime<Utc>)>> {
    let Some((first, likeness)) = &survey.likeness else { return Ok(None) };
    let known = store::rosters::mapping(records, keeper(upload), &certificates::hash(likeness.as_bytes())).await?;
    let known = known.and_then(|(text, used)| Some((read(&text)?.beginning(*first)?.encodings, used)));
    Ok(known)
}

/// Remembers how a list is arranged that looks like this.
pub(super) async fn remember(
    office: &Office,
    work: &mut Work,
    upload: &Upload,
    survey: &Survey,
    arrangement: &Arrangement,
) -> Outcome<()> {
    let Some((first, likeness)) = &survey.likeness else { return Ok(()) };
    let Arrangement { columns, encodings, .. } = arrangement.clone();
    let text = serde_json::to_string(&Remembered { first: *first, columns, encodings });
    let text = text.map_err(|error| Failure::Document(error.to_string()))?;
    let now = (office.now(), upload.account_id);
    store::rosters::remember(work, office.id(), keeper(upload), &certificates::hash(likeness.as_bytes()), &text, now).await?;
    Ok(())
}

fn read(text: &str) -> Option<Remembered> {
    serde_json::from_str(text).ok()
}

/// For whom the arrangement of a list is remembered.
fn keeper(upload: &Upload) -> Keeper {
    upload.organisation_id.map_or(Keeper::Account(upload.account_id), Keeper::Organisation)
}
