//! A sheet with a plan is looked through before anything is stored.

use std::collections::BTreeMap;

use documents::spreadsheets::plans::read_whole_province;
use domain::accounts::Actor;
use domain::ids::{PlanLineId, UnitId};
use domain::plans::spreadsheet::{CODE, COURSE, Known, ROW_LIMIT, Row, UNIT, form, repetitions};
use domain::plans::{LineForm, LineKey, LinePlan, PlanAudience, check_line_change, parse_code};
use domain::text::{fold, show_amount};
use domain::units::UnitLevel;
use domain::{Faults, Refusal};
use store::Records;
use store::courses::Course;
use store::plans::Line;
use store::units::Unit;

use super::course_label;
use crate::import::Places;
use crate::plans::{all_lines, keeps, programme};
use crate::{Failure, Office, Outcome};

/// What becomes of a row without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A line is added.
    New,
    /// The plan has this line, and it says the same.
    Known,
    /// The plan has this line, and it will say what the row says. Where the row says nothing it stays as it is.
    Changes(Changes),
}

/// What changes in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The line.
    pub id: PlanLineId,
    /// Its version.
    pub version: i64,
    /// Each cell that says something else, with what stands there and what will: audiences as words, units by name.
    pub differences: Vec<(&'static str, String, String)>,
}

/// A row with everything found out about it.
#[derive(Debug, Clone)]
pub struct ReviewedLine {
    /// What it says.
    pub row: Row,
    /// The code of the line it means, when the plan has that.
    pub code: Option<String>,
    /// What it plans, once all of it can be read.
    pub plan: Option<LinePlan>,
    /// What keeps it from being taken in, by cell.
    pub faults: Faults,
    /// What becomes of it; none while it has a fault.
    pub fate: Option<Fate>,
}

/// A sheet with everything found out about it.
#[derive(Debug, Clone)]
pub struct SheetReview {
    /// The programme year.
    pub year: i64,
    /// Its rows.
    pub rows: Vec<ReviewedLine>,
    /// The catalogue to choose from.
    pub courses: Vec<Course>,
}

impl SheetReview {
    /// Whether every row can become what its fate says.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.rows.iter().all(|row| row.fate.is_some())
    }
}

/// Looks through rows of a sheet for the plan of a year. Changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] for who writes no plan, and for a year without a programme; [`Refusal::SpreadsheetTooLarge`].
pub async fn preview(office: &Office, actor: &Actor, year: i64, rows: &[Row]) -> Outcome<SheetReview> {
    keeps(actor)?;
    let mut records = office.database.read().await?;
    review(office, &mut records, actor, year, rows).await
}

/// The same within a unit of work.
pub(super) async fn review(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    year: i64,
    rows: &[Row],
) -> Outcome<SheetReview> {
    if rows.len() > ROW_LIMIT {
        return Err(Failure::field("file", Refusal::SpreadsheetTooLarge { limit: ROW_LIMIT }));
    }
    let programme = programme(records, year).await?;
    let lines = all_lines(office, records, actor, &programme).await?;
    let ground = Ground {
        year,
        courses: store::courses::list(records).await?,
        units: store::units::on_day(records, office.today()).await?,
        places: Places::read(office, records).await?,
    };
    let mut read: Vec<Reading<'_>> = rows.iter().map(|row| ground.read(row, &lines)).collect();
    let known = read.iter().map(|reading| Known {
        number: reading.row.number,
        line: reading.line.map(|line| line.id),
        key: reading.plan.as_ref().map(LinePlan::key),
    });
    for (place, faults) in repetitions(&known.collect::<Vec<_>>()) {
        read[place].faults.0.extend(faults.0);
    }
    find_planned_elsewhere(&lines, &mut read);
    let mut reviewed = Vec::with_capacity(read.len());
    for mut reading in read {
        if let (Some(line), Some(plan)) = (reading.line, &reading.plan)
            && line.course_id != plan.course
        {
            let made = store::plans::runs_made(records, line.id).await?;
            reading.faults.0.extend(check_line_change(&line.plan(), plan, made).0);
        }
        reviewed.push(ground.judge(reading));
    }
    Ok(SheetReview { year, rows: reviewed, courses: ground.courses })
}

/// A row that was read: the line of the plan it means, and what it plans.
struct Reading<'l> {
    row: Row,
    line: Option<&'l Line>,
    plan: Option<LinePlan>,
    faults: Faults,
}

/// Which rows would plan just what a line plans in the end that is another one.
fn find_planned_elsewhere(lines: &[Line], read: &mut [Reading<'_>]) {
    let mut ends: BTreeMap<PlanLineId, LineKey> = lines.iter().map(|line| (line.id, line.plan().key())).collect();
    for reading in &*read {
        if let (Some(line), Some(plan)) = (reading.line, &reading.plan) {
            ends.insert(line.id, plan.key());
        }
    }
    for reading in read {
        let Some(key) = reading.plan.as_ref().filter(|_| reading.faults.is_empty()).map(LinePlan::key) else { continue };
        let own = reading.line.map(|line| line.id);
        let same = lines.iter().find(|line| Some(line.id) != own && ends.get(&line.id) == Some(&key));
        if let Some(line) = same {
            reading.faults.add(COURSE, Refusal::AlreadyPlanned { line: line.code() });
        }
    }
}

/// What rows are read against.
struct Ground {
    year: i64,
    courses: Vec<Course>,
    units: Vec<Unit>,
    places: Places,
}

impl Ground {
    fn read<'l>(&self, row: &Row, lines: &'l [Line]) -> Reading<'l> {
        let mut faults = Faults::default();
        let mut row = row.clone();
        row.cells.retain(|_, text| !text.trim().is_empty());
        let named = faults.take(CODE, self.line(row.cell(CODE), lines)).flatten();
        let mut typed = self.filled(&row, named);
        let course = self.course(&row, named);
        match &course {
            Ok(course) => typed.course = course.id.to_string(),
            Err(refusal) => faults.add(COURSE, refusal.clone()),
        }
        if let (Ok(course), "", None) = (&course, row.cell("audience"), named) {
            typed.audience = PlanAudience::from(course.audience).to_string();
        }
        let unit = faults.take(UNIT, self.unit(row.cell(UNIT), named));
        typed.unit = unit.flatten().map(|unit| unit.to_string()).unwrap_or_default();
        let parsed = typed.parse();
        if let Err(wrong) = &parsed {
            // What is wrong with course and unit is said already; an audience that was left out is that of the course.
            let follows = course.is_err() && row.cell("audience").is_empty();
            let is_said = |field: &str| [COURSE, UNIT].contains(&field) || (follows && field == "audience");
            faults.0.extend(wrong.0.iter().filter(|fault| !is_said(&fault.field)).cloned());
        }
        if let (Ok(plan), Ok(course)) = (&parsed, &course) {
            faults.take("audience", plan.fits(course.audience));
        }
        let plan = parsed.ok().filter(|_| course.is_ok() && unit.is_some());
        // Without a code, what plans the same is the same line.
        let line = named.or_else(|| {
            let key = plan.as_ref()?.key();
            lines.iter().find(|line| line.plan().key() == key)
        });
        Reading { row, line, plan, faults }
    }

    /// The line that a code names; none without a code, and for one of another year: a plan may begin as a copy of the last.
    fn line<'l>(&self, code: &str, lines: &'l [Line]) -> Result<Option<&'l Line>, Refusal> {
        if code.is_empty() {
            return Ok(None);
        }
        let (year, number) = parse_code(code).ok_or(Refusal::UnknownLine)?;
        if year != self.year {
            return Ok(None);
        }
        lines.iter().find(|line| line.number == number).map(Some).ok_or(Refusal::UnknownLine)
    }

    /// The row as a form, filled up with what the line says where the row says nothing.
    fn filled(&self, row: &Row, line: Option<&Line>) -> LineForm {
        let mut typed = form(row);
        if let Some(line) = line {
            let keep = |cell: &mut String, value: String| {
                if cell.is_empty() {
                    *cell = value;
                }
            };
            keep(&mut typed.audience, line.audience.to_string());
            keep(&mut typed.quarter, line.quarter.to_string());
            keep(&mut typed.runs, line.planned_runs.to_string());
            keep(&mut typed.participants, line.planned_participants.to_string());
            keep(&mut typed.place, line.place.clone());
            keep(&mut typed.budget, line.budget.to_string());
            keep(&mut typed.note, line.note.clone());
        }
        typed
    }

    /// The course of a row: by identifier, as the corrected row has it, by code, by title, or by both as our sheets say it.
    fn course(&self, row: &Row, line: Option<&Line>) -> Result<&Course, Refusal> {
        let typed = match (row.cell(COURSE), line) {
            ("", None) => return Err(Refusal::Missing),
            ("", Some(line)) => line.course_id.to_string(),
            (typed, _) => typed.to_owned(),
        };
        let wanted = fold(&typed);
        let named = |course: &&Course| {
            course.id.to_string() == typed
                || [&course.code, &course.title, &course.title_english, &course_label(course)]
                    .iter()
                    .any(|name| fold(name) == wanted)
        };
        self.courses.iter().find(named).ok_or(Refusal::UnknownCourse)
    }

    /// The unit of a row; the whole province is none.
    fn unit(&self, typed: &str, line: Option<&Line>) -> Result<Option<UnitId>, Refusal> {
        if typed.is_empty() {
            return Ok(line.and_then(|line| line.unit_id));
        }
        if read_whole_province(typed) {
            return Ok(None);
        }
        // What stood in the line before may stay, though it could not be chosen today.
        let kept = line.filter(|line| line.unit_title().is_some_and(|title| fold(&title) == fold(typed)));
        if let Some(line) = kept {
            return Ok(line.unit_id);
        }
        let unit = self.places.unit(typed)?;
        let is_province = self.units.iter().any(|known| known.id == unit && known.level == UnitLevel::Province);
        Ok(Some(unit).filter(|_| !is_province))
    }

    fn judge(&self, reading: Reading<'_>) -> ReviewedLine {
        let Reading { row, line, plan, faults } = reading;
        let fate = match (&plan, line) {
            (Some(_), None) => Some(Fate::New),
            (Some(plan), Some(line)) => Some(self.compared(line, plan)),
            (None, _) => None,
        };
        let fate = fate.filter(|_| faults.is_empty());
        ReviewedLine { row, code: line.map(Line::code), plan, faults, fate }
    }

    fn compared(&self, line: &Line, after: &LinePlan) -> Fate {
        let before = line.plan();
        if before == *after {
            return Fate::Known;
        }
        let course =
            |id| self.courses.iter().find(|course| course.id == id).map(|course| course.code.clone()).unwrap_or_default();
        let unit = |id: Option<UnitId>| {
            let known = id.and_then(|id| self.units.iter().find(|unit| unit.id == id)).map(Unit::full_title);
            known.or_else(|| line.unit_title().filter(|_| id.is_some() && id == line.unit_id)).unwrap_or_default()
        };
        let said = |p: &LinePlan| {
            [
                (COURSE, course(p.course)),
                ("audience", p.audience.to_string()),
                ("quarter", p.quarter.to_string()),
                ("runs", p.runs.to_string()),
                ("participants", p.participants.to_string()),
                (UNIT, unit(p.unit)),
                ("place", p.place.clone()),
                ("budget", show_amount(p.budget)),
                ("note", p.note.clone()),
            ]
        };
        let pairs = said(&before).into_iter().zip(said(after));
        let differences =
            pairs.filter(|((_, before), (_, after))| before != after).map(|((name, before), (_, after))| (name, before, after));
        Fate::Changes(Changes { id: line.id, version: line.version, differences: differences.collect() })
    }
}
