//! The administrative units of the province, in every period of their lives, and what they became.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::Refusal;
use domain::ids::UnitId;
use domain::units::{SuccessionKind, UnitLevel};
use serde_json::json;
use store::Work;
use store::units::Unit;

use crate::import::{Headings, ImportReport, Row, Table};
use crate::units::store_covers;
use crate::{Failure, Office, Outcome};

const UNITS: &str = include_str!("../../data/thanh_hoa_units.csv");
const SUCCESSIONS: &str = include_str!("../../data/thanh_hoa_unit_successions.csv");

const UNIT_HEADINGS: Headings = &[
    ("code", &["mã"]),
    ("name", &["tên"]),
    ("type", &["loại", "cấp"]),
    ("parent_code", &["mã cấp trên"]),
    ("valid_from", &["từ ngày"]),
    ("valid_to", &["đến ngày"]),
];
const SUCCESSION_HEADINGS: Headings = &[
    ("old_code", &["mã cũ"]),
    ("old_valid_to", &["ngày kết thúc"]),
    ("new_code", &["mã mới"]),
    ("new_valid_from", &["ngày bắt đầu"]),
    ("kind", &["toàn bộ/một phần"]),
    ("legal_basis", &["căn cứ"]),
];

/// Stores the units this program ships with, into a house that has none.
pub(super) async fn seed(office: &Office, work: &mut Work) -> Outcome<()> {
    if store::units::count(work).await? > 0 {
        return Ok(());
    }
    for file in [UNITS, SUCCESSIONS] {
        let report = store_file(office, work, file.as_bytes()).await?;
        if let Some(fault) = report.faults.first() {
            return Err(Failure::Document(format!("the units this program ships with: {fault:?}")));
        }
    }
    Ok(())
}

/// Stores units, or what they became, from a CSV file or a spreadsheet (`.xlsx`, `.xls`, `.ods`) with a row of headings.
///
/// Units: `code`, `name`, `type` (Tỉnh, Thành phố, Thị xã, Huyện, Phường, Thị trấn, Xã), `parent_code` (empty for the
/// province), `valid_from` (empty when older than the records), `valid_to` (the first day on which it was no more, empty
/// while it lives). A unit is known by its code and its first day.
///
/// Successions, in a file of their own after the units: `old_code`, `old_valid_to`, `new_code` (empty when unknown),
/// `new_valid_from`, `kind` (full or partial), `legal_basis`.
///
/// Days are `yyyy-mm-dd` or `dd/mm/yyyy`. Which unit covers which is worked out anew. Doing it again changes nothing.
///
/// # Errors
/// The refusals of a file that cannot be read; [`store::StoreError::Database`]. Faults of rows are in the report.
pub async fn import(office: &Office, file: &[u8]) -> Outcome<ImportReport> {
    let mut work = office.database.begin().await?;
    let report = store_file(office, &mut work, file).await?;
    if report.faults.is_empty() && report.added + report.changed > 0 {
        let detail = json!({ "added": report.added, "changed": report.changed });
        office.log(&mut work, None, "units_imported", ("import", office.id()), &detail).await?;
        store::changed(&mut work, "calendar").await?;
        work.commit().await?;
    }
    Ok(report)
}

async fn store_file(office: &Office, work: &mut Work, file: &[u8]) -> Outcome<ImportReport> {
    let mut report = ImportReport::default();
    let known = store::units::all(work).await?;
    if let Ok(table) = Table::read(file, SUCCESSION_HEADINGS, &["old_code", "old_valid_to", "new_code"]) {
        store_successions(office, work, &mut report, &table, &known).await?;
    } else {
        let table = Table::read(file, UNIT_HEADINGS, &["code", "name", "type", "parent_code"])?;
        store_units(office, work, &mut report, &table, known).await?;
    }
    if report.faults.is_empty() && report.added + report.changed > 0 {
        store_covers(work).await?;
    }
    Ok(report)
}

fn day(typed: &str) -> Result<NaiveDate, Refusal> {
    domain::time::parse_day(typed)
}

/// A unit of the file, with the code of the one above.
struct Planned {
    unit: Unit,
    parent_code: String,
    is_new: bool,
    before: Option<Unit>,
}

/// The first day, the end and the identifier of a unit.
type Period = (Option<NaiveDate>, Option<NaiveDate>, UnitId);

async fn store_units(
    office: &Office,
    work: &mut Work,
    report: &mut ImportReport,
    table: &Table,
    known: Vec<Unit>,
) -> Outcome<()> {
    let mut by_key: BTreeMap<(String, Option<NaiveDate>), Unit> =
        known.into_iter().map(|unit| ((unit.code.clone(), unit.valid_from), unit)).collect();
    let mut seen: BTreeMap<(String, Option<NaiveDate>), usize> = BTreeMap::new();
    let mut planned: Vec<(Row<'_>, Planned)> = Vec::new();
    for row in table.rows() {
        let faults = report.faults.len();
        let code = report.required(&row, "code", |code| Ok(code.to_owned()));
        let name = report.required(&row, "name", |name| Ok(name.to_owned()));
        let parent_code = row.get("parent_code").to_owned();
        let level = report.required(&row, "type", |kind| level(kind, &parent_code));
        let valid_from = report.optional(&row, "valid_from", day);
        let valid_to = report.optional(&row, "valid_to", day);
        if valid_from.zip(valid_to).is_some_and(|(from, to)| to <= from) {
            report.fault(&row, "valid_to", Refusal::NotADay);
        }
        let (Some(code), Some(name), Some(level), true) = (code, name, level, report.faults.len() == faults) else { continue };
        if let Some(first_row) = seen.insert((code.clone(), valid_from), row.number()) {
            report.fault(&row, "code", Refusal::TwiceInTheList { first_row });
            continue;
        }
        let before = by_key.remove(&(code.clone(), valid_from));
        let unit = Unit {
            id: before.as_ref().map_or_else(|| UnitId(office.id()), |unit| unit.id),
            code,
            name,
            kind: sentence_case(row.get("type")),
            level,
            parent_id: None,
            valid_from,
            valid_to,
            parent_kind: None,
            parent_name: None,
        };
        planned.push((row, Planned { unit, parent_code, is_new: before.is_none(), before }));
    }

    // A code names one unit at a time: the parent is the unit that carried it when the child began or, for a child
    // older than the records, the earliest.
    let mut by_code: BTreeMap<String, Vec<Period>> = BTreeMap::new();
    for unit in by_key.values().chain(planned.iter().map(|(_, p)| &p.unit)) {
        by_code.entry(unit.code.clone()).or_default().push((unit.valid_from, unit.valid_to, unit.id));
    }
    by_code.values_mut().for_each(|periods| periods.sort());
    for (row, p) in &mut planned {
        if p.parent_code.is_empty() {
            continue;
        }
        let began = p.unit.valid_from.unwrap_or(NaiveDate::MIN);
        let periods = by_code.get(&p.parent_code);
        let parent = periods.and_then(|periods| periods.iter().find(|(_, to, _)| to.is_none_or(|to| began < to)));
        p.unit.parent_id = parent.map(|(.., id)| *id);
        if p.unit.parent_id.is_none() {
            report.fault(row, "parent_code", Refusal::UnknownUnit);
        }
    }
    if !report.faults.is_empty() {
        return Ok(());
    }
    // Parents first, so that the foreign key holds at once.
    for level in UnitLevel::ALL {
        for (_, p) in planned.iter().filter(|(_, p)| p.unit.level == *level) {
            if p.is_new {
                store::units::add(work, &p.unit).await?;
                report.added += 1;
            } else if p.before.as_ref() == Some(&p.unit) {
                report.known += 1;
            } else {
                store::units::change(work, &p.unit).await?;
                report.changed += 1;
            }
        }
    }
    Ok(())
}

async fn store_successions(
    office: &Office,
    work: &mut Work,
    report: &mut ImportReport,
    table: &Table,
    units: &[Unit],
) -> Outcome<()> {
    let mut known: BTreeSet<(UnitId, Option<UnitId>)> =
        store::units::successions(work).await?.into_iter().map(|(old, new, _)| (old, new)).collect();
    let mut by_code: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
    for unit in units {
        by_code.entry(unit.code.as_str()).or_default().push(unit);
    }
    let find = |code: &str, fits: &dyn Fn(&Unit) -> bool| -> Result<UnitId, Refusal> {
        let periods = by_code.get(code).map(Vec::as_slice).unwrap_or_default();
        periods.iter().find(|unit| fits(unit)).map(|unit| unit.id).ok_or(Refusal::UnknownUnit)
    };
    for row in table.rows() {
        let faults = report.faults.len();
        let ended = report.required(&row, "old_valid_to", day);
        let began = report.optional(&row, "new_valid_from", day);
        let old = report.required(&row, "old_code", |code| find(code, &|unit| unit.valid_to == ended));
        let new = report.optional(&row, "new_code", |code| find(code, &|unit| unit.valid_from == began));
        // No kind is given where no successor is known: the whole unit went somewhere that a person has to fill in.
        let kind = report.optional(&row, "kind", str::parse).unwrap_or(SuccessionKind::Full);
        let (Some(old), true) = (old, report.faults.len() == faults) else { continue };
        if known.insert((old, new)) {
            store::units::add_succession(work, office.id(), old, new, kind, row.get("legal_basis")).await?;
            report.added += 1;
        } else {
            report.known += 1;
        }
    }
    Ok(())
}

/// `Thị Trấn` in the upstream lists is `Thị trấn` on paper.
fn sentence_case(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}

fn level(kind: &str, parent_code: &str) -> Result<UnitLevel, Refusal> {
    match domain::text::fold(kind).as_str() {
        "xa" | "phuong" | "thi tran" => Ok(UnitLevel::Commune),
        "thanh pho" | "thi xa" | "huien" => Ok(UnitLevel::District),
        "tinh" if parent_code.is_empty() => Ok(UnitLevel::Province),
        _ => Err(Refusal::NotAChoice),
    }
}
