//! The seed of holidays: those of the labour code, on the days that each year's government set (2019 to 2026), and for 2027 on
//! the days of the calendar alone. From here on the office keeps them.

use domain::ids::HolidayId;
use store::Work;
use store::holidays::Holiday;

use crate::import::{Headings, Table};
use crate::{Office, Outcome};

const HOLIDAYS: &str = include_str!("../../data/holidays.csv");

const HEADINGS: Headings = &[("day", &[]), ("name", &[]), ("name_english", &[]), ("basis", &[])];

/// Stores them into a house that has none: an office may have changed them.
pub(super) async fn seed(office: &Office, work: &mut Work) -> Outcome<()> {
    if store::holidays::count(work).await? > 0 {
        return Ok(());
    }
    let table = Table::read(HOLIDAYS.as_bytes(), HEADINGS, &["day", "name"])?;
    for row in table.rows() {
        let text = |column| row.get(column).to_owned();
        let holiday = Holiday {
            id: HolidayId(office.id()),
            day: domain::time::parse_day(row.get("day"))?,
            name: text("name"),
            name_english: text("name_english"),
            basis: text("basis"),
        };
        store::holidays::add(work, &holiday).await?;
    }
    Ok(())
}
