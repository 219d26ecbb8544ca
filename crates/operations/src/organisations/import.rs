//! Organisations from a list.

use domain::Refusal;
use domain::ids::OrganisationId;
use domain::organisations::{OrganisationKind, OrganisationPlan, TEXT_LIMIT, TaxCode};
use serde_json::json;
use store::Work;

use super::change::planned;
use crate::import::{Headings, ImportReport, Places, Row, Table};
use crate::{Office, Outcome};

const HEADINGS: Headings = &[
    ("name", &["tên", "tên tổ chức", "tên đơn vị", "tên chủ thể", "chủ thể", "organisation"]),
    ("kind", &["loại hình", "loại", "type"]),
    ("tax_code", &["mã số thuế", "mst", "tax code"]),
    ("unit", &["đơn vị hành chính", "mã đơn vị", "xã", "địa bàn"]),
    ("address", &["địa chỉ"]),
    ("phone", &["điện thoại", "số điện thoại", "sđt"]),
];

/// Stores organisations from a CSV file or a spreadsheet (`.xlsx`, `.xls`, `.ods`) with a row of headings:
///
/// - `name` (Tên), needed;
/// - `kind` (Loại hình), needed: Hợp tác xã, Tổ hợp tác, Doanh nghiệp, Hộ kinh doanh, Cơ quan nhà nước, or the English
///   words cooperative, cooperative_group, enterprise, household, state_body;
/// - `unit` (Đơn vị hành chính), needed: the code of a unit that lives today, its name, or "Xã Xuân Lập, huyện Thọ Xuân";
/// - `tax_code` (Mã số thuế), `address` (Địa chỉ), `phone` (Điện thoại).
///
/// An organisation is known by its tax code, else by name and kind in its unit; what the file leaves empty stays. A tax
/// code whose check digit is off is stored, with a warning. Doing it again changes nothing.
///
/// # Errors
/// The refusals of a file that cannot be read; [`store::StoreError::Database`]. Faults of rows are in the report.
pub async fn import(office: &Office, file: &[u8]) -> Outcome<ImportReport> {
    let table = Table::read(file, HEADINGS, &["name", "kind", "unit"])?;
    let mut report = ImportReport::default();
    let mut work = office.database.begin().await?;
    let places = Places::read(office, &mut work).await?;
    for row in table.rows() {
        if let Some(plan) = read(&mut report, &row, &places) {
            store(office, &mut work, &mut report, plan).await?;
        }
    }
    if report.faults.is_empty() && report.added + report.changed > 0 {
        let detail = json!({ "added": report.added, "changed": report.changed });
        office.log(&mut work, None, "organisations_imported", ("import", office.id()), &detail).await?;
        work.commit().await?;
    }
    Ok(report)
}

fn read(report: &mut ImportReport, row: &Row<'_>, places: &Places) -> Option<OrganisationPlan> {
    let before = report.faults.len();
    let short = |text: &str| {
        let fits = text.chars().count() <= TEXT_LIMIT;
        if fits { Ok(text.to_owned()) } else { Err(Refusal::TooLong { limit: TEXT_LIMIT }) }
    };
    let name = report.required(row, "name", short);
    let kind = report.required(row, "kind", OrganisationKind::read);
    let unit = report.required(row, "unit", |typed| places.unit(typed));
    let tax_code: Option<TaxCode> = report.optional(row, "tax_code", str::parse);
    let address = report.optional(row, "address", short);
    let phone = report.optional(row, "phone", str::parse);
    if tax_code.as_ref().is_some_and(|code| !code.check_digit_holds()) {
        report.warn(row, "tax_code", Refusal::TaxCodeCheckDigit);
    }
    let plan = OrganisationPlan { kind: kind?, name: name?, tax_code, unit: unit?, address, phone };
    (report.faults.len() == before).then_some(plan)
}

async fn store(office: &Office, work: &mut Work, report: &mut ImportReport, plan: OrganisationPlan) -> Outcome<()> {
    let by_code = match &plan.tax_code {
        Some(code) => store::organisations::by_tax_code(work, code).await?,
        None => None,
    };
    let id = match by_code {
        Some(id) => Some(id),
        None => store::organisations::named(work, &plan.name, plan.unit, plan.kind).await?,
    };
    let known = match id {
        Some(id) => store::organisations::find(work, id).await?,
        None => None,
    };
    let Some(known) = known else {
        let organisation = planned(OrganisationId(office.id()), plan);
        store::organisations::add(work, &organisation, office.now()).await?;
        report.added += 1;
        return Ok(());
    };
    let mut organisation = known.clone();
    organisation.kind = plan.kind;
    organisation.name = plan.name;
    organisation.unit_id = plan.unit;
    organisation.tax_code = plan.tax_code.or(organisation.tax_code);
    organisation.address = plan.address.or(organisation.address);
    organisation.phone = plan.phone.or(organisation.phone);
    if organisation == known {
        report.known += 1;
    } else {
        store::organisations::change(work, &organisation).await?;
        report.changed += 1;
    }
    Ok(())
}
