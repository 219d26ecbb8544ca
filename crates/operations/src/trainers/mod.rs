//! Trainers: who teaches, what is known of them, when they can be asked, and what they gave.

mod absences;
mod change;
mod hours;
mod teaching;

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use domain::Refusal;
use domain::accounts::{Actor, Role};
use domain::ids::{CourseId, PersonId};
use domain::policy::{Action, Target, may_everywhere, may_somewhere};
use domain::runs::WEEKDAYS;
use domain::trainers::WeeklyHalfDay;
use store::Records;
use store::courses::Course;

pub use absences::{add_absence, withdraw_absence};
pub use change::{change, set_half_days};
pub use hours::{Sum, hours, sums};
pub use store::teaching::{Record, Taught};
pub use store::trainers::{Absence, Trainer};
pub use teaching::{TeachingRow, TeachingView, record, teaching};

use crate::{Office, Outcome, require};

/// A trainer in the list of all.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who it is.
    pub trainer: Trainer,
    /// The codes of the courses they are qualified for.
    pub courses: Vec<String>,
    /// Minutes given this year.
    pub given: Sum,
}

/// Everybody who holds the role of a trainer today, by given name.
///
/// # Errors
/// [`Refusal::NotFound`] for who plans no runs; [`store::StoreError::Database`].
pub async fn list(office: &Office, actor: &Actor) -> Outcome<Vec<Line>> {
    if !reads(actor) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let mut courses: BTreeMap<PersonId, Vec<String>> = BTreeMap::new();
    for (person, _, code) in store::trainers::qualified(&mut records).await? {
        courses.entry(person).or_default().push(code);
    }
    let year = year(office.today().year())?;
    let mut given = sums(&store::teaching::taught(&mut records, year, None, office.now()).await?, |taught| taught.person_id);
    let line = |trainer: Trainer| Line {
        courses: courses.remove(&trainer.person_id).unwrap_or_default(),
        given: given.remove(&trainer.person_id).unwrap_or_default(),
        trainer,
    };
    let trainers = store::trainers::list(&mut records, office.today(), office.now()).await?;
    Ok(trainers.into_iter().map(line).collect())
}

/// What a reader may do with the page of a trainer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct May {
    /// Change what is known, and read the office's notes.
    pub change: bool,
    /// Say when they can be asked and when they are away, and read why.
    pub keep_times: bool,
}

/// One trainer as their reader sees them.
#[derive(Debug, Clone)]
pub struct TrainerView {
    /// Who it is. The note is empty for who may not read it.
    pub trainer: Trainer,
    /// The catalogue, each course with whether they are qualified for it.
    pub courses: Vec<(Course, bool)>,
    /// On which half-days of a week they can be asked; none means at all times.
    pub half_days: Vec<WeeklyHalfDay>,
    /// When they are away, the latest first. Reasons are empty for who may not read them.
    pub absences: Vec<Absence>,
    /// What they are to teach, in order of time.
    pub ahead: Vec<Taught>,
    /// What they taught, the latest first.
    pub taught: Vec<Taught>,
    /// What the reader may do.
    pub may: May,
}

impl TrainerView {
    /// Whether they are away on a day.
    #[must_use]
    pub fn is_away(&self, day: NaiveDate) -> bool {
        self.absences.iter().any(|absence| absence.first_day <= day && day <= absence.last_day)
    }
}

/// One trainer.
///
/// # Errors
/// [`Refusal::NotFound`] when nobody of this identifier ever was one, and for who may not read it;
/// [`store::StoreError::Database`].
pub async fn show(office: &Office, actor: &Actor, id: PersonId) -> Outcome<TrainerView> {
    let mut records = office.database.read().await?;
    if !reads(actor) && actor.person != id {
        return Err(Refusal::NotFound.into());
    }
    let mut trainer = known(office, &mut records, id).await?;
    let change = may_everywhere(actor, Action::KeepCatalogue);
    let may = May { change, keep_times: change || is_own(actor, id) };
    let qualified = store::trainers::qualified_of(&mut records, id).await?;
    let courses = store::courses::list(&mut records).await?.into_iter().map(|course| {
        let ticked = qualified.contains(&course.id);
        (course, ticked)
    });
    let mut absences = store::trainers::absences(&mut records, id).await?;
    if !may.keep_times {
        absences.iter_mut().for_each(|absence| absence.reason.clear());
    }
    if !may.change {
        trainer.note.clear();
    }
    let half_days = store::trainers::half_days(&mut records, id).await?.into_iter().filter_map(|(number, half_day)| {
        let day = WEEKDAYS.get(usize::try_from(number).ok()?.checked_sub(1)?)?.0;
        Some((day, half_day))
    });
    let mut taught = store::teaching::taught(&mut records, always()?, Some(id), office.now()).await?;
    taught.reverse();
    Ok(TrainerView {
        trainer,
        courses: courses.collect(),
        half_days: half_days.collect(),
        absences,
        ahead: store::teaching::ahead(&mut records, id, office.now()).await?,
        taught,
        may,
    })
}

/// Who plans runs reads the register.
fn reads(actor: &Actor) -> bool {
    may_somewhere(actor, Action::PlanRun)
}

/// Whether this is the page of a trainer about themselves.
fn is_own(actor: &Actor, id: PersonId) -> bool {
    actor.person == id && actor.is(Role::Trainer)
}

/// Who may say when a trainer can be asked: who keeps the catalogue, and the trainer.
fn require_times(actor: &Actor, id: PersonId) -> Outcome<()> {
    if is_own(actor, id) { Ok(()) } else { require(actor, Action::KeepCatalogue, &Target::default()) }
}

async fn known(office: &Office, records: &mut impl Records, id: PersonId) -> Outcome<Trainer> {
    Ok(store::trainers::find(records, id, office.now()).await?.ok_or(Refusal::NotFound)?)
}

/// The days of a year, and the first that no longer belongs to it.
fn year(year: i32) -> Outcome<(NaiveDate, NaiveDate)> {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).ok_or(Refusal::NotFound);
    Ok((first(year)?, first(year + 1)?))
}

fn always() -> Outcome<(NaiveDate, NaiveDate)> {
    Ok((year(1900)?.0, year(2200)?.0))
}

/// The courses of a plan, when all of them are in the catalogue.
async fn require_courses(records: &mut impl Records, courses: &[CourseId]) -> Outcome<()> {
    let known = store::courses::list(records).await?;
    if courses.iter().all(|id| known.iter().any(|course| course.id == *id)) {
        Ok(())
    } else {
        Err(crate::Failure::field("courses", Refusal::NotAChoice))
    }
}
