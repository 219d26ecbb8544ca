//! The classification of products by decision (domain.md §1.4), and which level received forms when (§1.3).

use chrono::NaiveDate;
use domain::ids::{ProductGroupId, ReceivingLevelId};
use domain::units::UnitLevel;
use store::Work;
use store::programmes::{ProductGroup, ReceivingLevel};

use crate::import::{Headings, Table};
use crate::{Office, Outcome};

const GROUPS: &str = include_str!("../../data/product_groups.csv");

const HEADINGS: Headings = &[("decision", &[]), ("industry", &[]), ("group", &[]), ("subgroup", &[]), ("verified", &[])];

/// The first day of a level, with its basis: 1048/QĐ-TTg had districts receive forms; with 1489/QĐ-TTg, after districts
/// ended on 01/07/2025 (203/2025/QH15), communes do.
const LEVELS: [(UnitLevel, (i32, u32, u32), &str); 2] =
    [(UnitLevel::District, (2018, 5, 7), "1048/QĐ-TTg"), (UnitLevel::Commune, (2025, 7, 1), "1489/QĐ-TTg, 203/2025/QH15")];

/// Stores what is missing. Levels are stored into a house that has none: an office may have changed them.
pub(super) async fn seed(office: &Office, work: &mut Work) -> Outcome<()> {
    let table = Table::read(GROUPS.as_bytes(), HEADINGS, &["decision", "industry"])?;
    let (mut decision, mut position) = (String::new(), 0);
    for row in table.rows() {
        if row.get("decision") != decision {
            (decision, position) = (row.get("decision").to_owned(), 0);
        }
        position += 1;
        let group = ProductGroup {
            id: ProductGroupId(office.id()),
            decision: decision.clone(),
            industry: row.get("industry").to_owned(),
            name: row.get("group").to_owned(),
            subgroup: row.get("subgroup").to_owned(),
            is_verified: row.get("verified") == "yes",
            position,
        };
        store::programmes::add_group(work, &group).await?;
    }
    if store::programmes::levels(work).await?.is_empty() {
        for (level, (year, month, day), basis) in LEVELS {
            let valid_from = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
            let level = ReceivingLevel { id: ReceivingLevelId(office.id()), level, valid_from, basis: basis.to_owned() };
            store::programmes::add_level(work, &level).await?;
        }
    }
    Ok(())
}
