//! The annual plan of the demonstration: about ten lines, of which some were delivered.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use domain::Refusal;
use domain::ids::PlanLineId;
use domain::plans::{LinePlan, PlanAudience, quarter_of};
use domain::units::UnitLevel;

use super::Past;
use super::house::People;
use crate::{Outcome, plans};

/// A line: course, audience, the day in whose quarter it is planned, counted from today, runs, people, place, million đồng.
type Planned = (&'static str, PlanAudience, i64, (i64, i64), &'static str, i64);

const LINES: [Planned; 11] = [
    ("ENT-4", PlanAudience::Organisations, -30, (3, 110), "Hội trường Trung tâm Hội nghị tỉnh", 96),
    ("OFF-1", PlanAudience::Officers, -20, (1, 14), "Hội trường Văn phòng Điều phối", 24),
    ("ENT-3", PlanAudience::Organisations, -6, (2, 57), "Nhà văn hóa trung tâm", 48),
    ("ENT-5", PlanAudience::Organisations, 0, (1, 45), "Hội trường UBND xã", 32),
    ("ENT-5", PlanAudience::Selected, 18, (1, 30), "Hội trường Văn phòng Điều phối", 30),
    ("ENT-6", PlanAudience::Organisations, 9, (2, 80), "Trung tâm Khuyến nông tỉnh", 64),
    ("OFF-2", PlanAudience::Officers, 12, (1, 60), "Hội trường Văn phòng Điều phối", 24),
    ("ENT-2", PlanAudience::Organisations, 16, (2, 90), "Hội trường UBND xã", 60),
    ("ENT-1", PlanAudience::Organisations, 25, (1, 45), "Trung tâm Chính trị", 28),
    ("OFF-3", PlanAudience::Officers, 33, (1, 60), "Hội trường Văn phòng Điều phối", 0),
    ("ENT-4", PlanAudience::Organisations, 95, (2, 80), "Hội trường UBND xã", 64),
];

/// The lines that classes of the demonstration are made from.
pub(super) struct Lines {
    first: BTreeMap<&'static str, PlanLineId>,
    selected: Option<PlanLineId>,
}

impl Lines {
    /// The first line of a course, for everybody it is for.
    pub(super) fn of(&self, course: &str) -> Option<PlanLineId> {
        self.first.get(course).copied()
    }

    /// The line for organisations with a selected product.
    pub(super) const fn of_selected(&self) -> Option<PlanLineId> {
        self.selected
    }
}

/// Writes the plan, two months ago.
pub(super) async fn write(past: &Past, people: &People) -> Outcome<Lines> {
    past.go(-58);
    let (office, officer) = (&past.office, &people.officer);
    let mut records = office.database.read().await?;
    let courses = store::courses::list(&mut records).await?;
    let units = store::units::on_day(&mut records, office.today()).await?;
    drop(records);
    let commune = units.iter().find(|unit| unit.level == UnitLevel::Commune).map(|unit| unit.id);
    let mut lines = Lines { first: BTreeMap::new(), selected: None };
    for (course, audience, day, (runs, participants), place, millions) in LINES {
        let plan = LinePlan {
            course: courses.iter().find(|known| known.code == course).ok_or(Refusal::NotFound)?.id,
            audience,
            quarter: quarter_of(past.day(day)),
            runs,
            participants,
            // One line is for a single commune; the others are for everybody.
            unit: commune.filter(|_| course == "ENT-2"),
            place: place.to_owned(),
            budget: millions * 1_000_000,
            note: if millions == 0 { "Chờ phân bổ kinh phí.".to_owned() } else { String::new() },
        };
        let id = plans::add(office, officer, past.today.year().into(), &plan).await?;
        if audience.selected_only() {
            lines.selected = Some(id);
        } else {
            lines.first.entry(course).or_insert(id);
        }
    }
    Ok(lines)
}
