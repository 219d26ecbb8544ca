//! People from a list.

use domain::Refusal;
use domain::people::{Birth, FullName, PersonEntry, Sex};
use serde_json::json;

use super::find_or_add;
use crate::import::{Headings, ImportReport, Places, Row, Table, organisation_named};
use crate::{Failure, Office, Outcome};

const HEADINGS: Headings = &[
    ("full_name", &["họ và tên", "họ tên", "tên", "name", "full name"]),
    ("birth", &["ngày sinh", "ngày tháng năm sinh", "năm sinh", "date of birth", "birth date"]),
    ("sex", &["giới tính", "nam/nữ"]),
    ("citizen_id", &["số cccd", "cccd", "số cmnd", "cmnd", "số định danh", "căn cước công dân", "citizen id"]),
    ("phone", &["điện thoại", "số điện thoại", "sđt"]),
    ("email", &["e-mail", "thư điện tử"]),
    ("position", &["chức vụ", "chức danh"]),
    ("on_state_payroll", &["hưởng lương nhà nước", "hưởng lương ngân sách", "state payroll"]),
    ("organisation", &["đơn vị", "tổ chức", "cơ quan", "đơn vị công tác", "mã số thuế"]),
    ("unit", &["đơn vị hành chính", "mã đơn vị", "xã", "địa bàn"]),
];

/// Stores people from a CSV file or a spreadsheet (`.xlsx`, `.xls`, `.ods`) with a row of headings:
///
/// - `full_name` (Họ và tên), needed;
/// - `organisation` (Đơn vị, Mã số thuế), needed: the tax code or the name of an organisation that is known;
/// - `unit` (Đơn vị hành chính): the unit of the organisation, where several have its name;
/// - `birth` (Ngày sinh): `dd/mm/yyyy` or the year; `sex` (Giới tính): Nam, Nữ;
/// - `citizen_id` (Số CCCD), `phone` (Điện thoại), `email`, `position` (Chức vụ);
/// - `on_state_payroll` (Hưởng lương nhà nước): x, có, yes, 1, or nothing.
///
/// People are found among those who are known as [`find_or_add`] says. Doing it again changes nothing.
///
/// # Errors
/// The refusals of a file that cannot be read; [`store::StoreError::Database`]. Faults of rows are in the report.
pub async fn import(office: &Office, file: &[u8]) -> Outcome<ImportReport> {
    let table = Table::read(file, HEADINGS, &["full_name", "organisation"])?;
    let mut report = ImportReport::default();
    let mut work = office.database.begin().await?;
    let places = Places::read(office, &mut work).await?;
    for row in table.rows() {
        let entry = read(&mut report, &row, office);
        let unit = report.optional(&row, "unit", |typed| places.unit(typed));
        let typed = row.get("organisation");
        let organisation = if typed.is_empty() {
            Err(Refusal::Missing)
        } else if unit.is_none() && !row.get("unit").is_empty() {
            continue;
        } else {
            organisation_named(&mut work, typed, unit).await?
        };
        let organisation = report.take(&row, "organisation", organisation);
        let (Some(entry), Some(organisation)) = (entry, organisation) else { continue };
        match find_or_add(office, &mut work, None, organisation, &entry).await {
            Ok((_, entered)) if entered.is_new() => report.added += 1,
            Ok(_) => report.known += 1,
            // What is refused after something was written is no fault of the row: nothing of the file is kept.
            Err(Failure::Refused(faults)) if !faults.0.iter().any(|fault| fault.refusal == Refusal::ChangedMeanwhile) => {
                for fault in faults.0 {
                    let column = if fault.field == "citizen_id" { "citizen_id" } else { "full_name" };
                    report.fault(&row, column, fault.refusal);
                }
            }
            Err(failure) => return Err(failure),
        }
    }
    if report.faults.is_empty() {
        let detail = json!({ "added": report.added });
        office.log(&mut work, None, "people_imported", ("import", office.id()), &detail).await?;
        work.commit().await?;
    }
    Ok(report)
}

fn read(report: &mut ImportReport, row: &Row<'_>, office: &Office) -> Option<PersonEntry> {
    let before = report.faults.len();
    let full_name = report.required(row, "full_name", str::parse::<FullName>);
    let entry = PersonEntry {
        birth: report.optional(row, "birth", |typed| Birth::read(typed, office.today())),
        sex: report.optional(row, "sex", Sex::read),
        phone: report.optional(row, "phone", str::parse),
        email: report.optional(row, "email", str::parse),
        citizen_id: report.optional(row, "citizen_id", str::parse),
        position: Some(row.get("position").to_owned()).filter(|position| !position.is_empty()),
        on_state_payroll: report.optional(row, "on_state_payroll", yes_or_no).unwrap_or(false),
        full_name: full_name?,
    };
    for fault in entry.check().0 {
        report.fault(row, "citizen_id", fault.refusal);
    }
    (report.faults.len() == before).then_some(entry)
}

fn yes_or_no(typed: &str) -> Result<bool, Refusal> {
    match domain::text::fold(typed).as_str() {
        "x" | "co" | "yes" | "ies" | "1" | "true" => Ok(true),
        "khong" | "no" | "0" | "false" => Ok(false),
        _ => Err(Refusal::NotAChoice),
    }
}
