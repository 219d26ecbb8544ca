//! The administrative units of Thanh Hóa, every period from 2017 to today.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Refusal;
use domain::ids::UnitId;
use domain::units::{SuccessionKind, UnitLevel, covers};
use serde::Deserialize;
use store::Work;
use store::units::Unit;

use crate::{Failure, Office, Outcome};

const UNITS: &str = include_str!("../../data/thanh_hoa_units.csv");
const SUCCESSIONS: &str = include_str!("../../data/thanh_hoa_unit_successions.csv");

/// A line of a file of units.
#[derive(Debug, Clone, Deserialize)]
pub struct UnitRow {
    /// The official code.
    pub code: String,
    /// The name without its kind.
    pub name: String,
    /// The kind: Tỉnh, Thành phố, Thị xã, Huyện, Phường, Thị trấn, Xã.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code of the unit above, empty for the province.
    pub parent_code: String,
    /// Its first day, empty when older than the records.
    pub valid_from: Option<NaiveDate>,
    /// The first day on which it was no more, empty while it lives.
    pub valid_to: Option<NaiveDate>,
}

/// A line of a file of successions.
#[derive(Debug, Clone, Deserialize)]
pub struct SuccessionRow {
    /// The code of the unit that ended.
    pub old_code: String,
    /// The day it ended.
    pub old_valid_to: NaiveDate,
    /// The code of its successor, empty when unknown.
    pub new_code: String,
    /// The day its successor began, empty when older than the records.
    pub new_valid_from: Option<NaiveDate>,
    /// Whether all of it went there.
    pub kind: String,
    /// The resolution.
    pub legal_basis: String,
}

/// Stores the units this program ships with, into a house that has none.
pub(super) async fn seed(office: &Office, work: &mut Work) -> Outcome<()> {
    if store::units::count(work).await? > 0 {
        return Ok(());
    }
    import(office, work, read(UNITS)?, read(SUCCESSIONS)?).await
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Outcome<Vec<T>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| Failure::Document(error.to_string()))
}

/// Stores units and successions, and works out which unit covers which.
///
/// # Errors
/// [`Refusal::UnknownUnit`] when a line names a unit that no line gives; [`store::StoreError::Database`].
pub async fn import(office: &Office, work: &mut Work, rows: Vec<UnitRow>, successions: Vec<SuccessionRow>) -> Outcome<()> {
    let mut units: Vec<Unit> = Vec::with_capacity(rows.len());
    let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let id = UnitId(office.id());
        units.push(Unit {
            id,
            code: row.code.clone(),
            name: row.name.clone(),
            kind: sentence_case(&row.kind),
            level: level(&row.kind, &row.parent_code),
            parent_id: None,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            parent_kind: None,
            parent_name: None,
        });
        by_code.entry(row.code.as_str()).or_default().push(index);
    }
    // A code names one unit at a time: the parent is the unit that carried it when the child began or, for a child
    // older than the records, the earliest.
    let parents: Vec<Option<usize>> = rows
        .iter()
        .map(|row| {
            let candidates = by_code.get(row.parent_code.as_str())?;
            let day = row.valid_from.unwrap_or(NaiveDate::MIN);
            candidates.iter().copied().find(|i| units[*i].valid_to.is_none_or(|to| day < to))
        })
        .collect();
    for (index, parent) in parents.iter().enumerate() {
        units[index].parent_id = parent.map(|parent| units[parent].id);
    }

    // Parents first, so that the foreign key holds at once.
    for level in UnitLevel::ALL {
        for unit in units.iter().filter(|unit| unit.level == *level) {
            store::units::add(work, unit).await?;
        }
    }
    let mut replaced = Vec::new();
    for row in &successions {
        let old = by_code
            .get(row.old_code.as_str())
            .and_then(|found| found.iter().find(|i| units[**i].valid_to == Some(row.old_valid_to)))
            .ok_or_else(|| Failure::field(row.old_code.clone(), Refusal::UnknownUnit))?;
        let new = by_code
            .get(row.new_code.as_str())
            .and_then(|found| found.iter().find(|i| units[**i].valid_from == row.new_valid_from));
        // No kind is given where no successor is known: the whole unit went somewhere that a person has to fill in.
        let kind = if row.kind.is_empty() { SuccessionKind::Full } else { row.kind.parse()? };
        let (old, new) = (units[*old].id, new.map(|new| units[*new].id));
        store::units::add_succession(work, office.id(), old, new, kind, &row.legal_basis).await?;
        if let (Some(new), SuccessionKind::Full) = (new, kind) {
            replaced.push((old, new));
        }
    }
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    let belongs: Vec<(UnitId, UnitId)> = units.iter().filter_map(|unit| Some((unit.id, unit.parent_id?))).collect();
    for (unit, covered) in covers(&ids, &belongs, &replaced) {
        store::units::add_cover(work, unit, covered).await?;
    }
    Ok(())
}

/// `Thị Trấn` in the upstream lists is `Thị trấn` on paper.
fn sentence_case(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}

fn level(kind: &str, parent_code: &str) -> UnitLevel {
    match domain::text::fold(kind).as_str() {
        _ if parent_code.is_empty() => UnitLevel::Province,
        "xa" | "phuong" | "thi tran" => UnitLevel::Commune,
        _ => UnitLevel::District,
    }
}
