//! What planners see of demand: by course, by unit, and the organisations behind each number.

use std::collections::BTreeMap;

use domain::accounts::{Actor, Language};
use domain::ids::{CourseId, UnitId};
use domain::interests::{Month, Standing, best_month, by_month, read_months};
use domain::policy::{Action, may_somewhere};
use store::interests::Interest;

use super::which;
use crate::{Office, Outcome};

/// What part of the demand is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only of this course.
    pub course: Option<CourseId>,
    /// Only of organisations in this unit or one that it covers.
    pub unit: Option<UnitId>,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Organisations whose wish is open.
    pub organisations: i64,
    /// People they ask for.
    pub people: i64,
    /// Organisations whose wish was met.
    pub met: i64,
}

impl Tally {
    fn take(&mut self, wish: &Interest) {
        match wish.standing() {
            Standing::Open => {
                self.organisations += 1;
                self.people += wish.people;
            }
            Standing::Met => self.met += 1,
        }
    }
}

/// What is asked for of one course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseDemand {
    /// The course.
    pub course: CourseId,
    /// Its code.
    pub code: String,
    /// Its title in Vietnamese and in English.
    pub titles: [String; 2],
    /// How much.
    pub tally: Tally,
    /// How many people would like each of the months ahead; who prefers several is counted in each.
    pub months: Vec<i64>,
    /// How many people would come at any time.
    pub any_time: i64,
}

impl CourseDemand {
    /// The title in the language of its reader.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        &self.titles[usize::from(language == Language::English)]
    }
}

/// What is asked for in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDemand {
    /// The unit that the organisations lie in.
    pub unit: UnitId,
    /// Its name.
    pub title: String,
    /// How much.
    pub tally: Tally,
}

/// The demand that somebody sees.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The months ahead.
    pub months: Vec<Month>,
    /// By course, what most people ask for first.
    pub courses: Vec<CourseDemand>,
    /// By unit, where most people ask first.
    pub units: Vec<UnitDemand>,
    /// All of it.
    pub total: Tally,
    /// Every wish, by unit and organisation.
    pub wishes: Vec<Interest>,
    /// Whether the reader may make runs of it.
    pub may_plan: bool,
    /// The units to narrow it to: those with a wish, as far as they are seen.
    pub units_to_choose: Vec<(UnitId, String)>,
    /// The courses to narrow it to, with their titles.
    pub courses_to_choose: Vec<(CourseId, String, [String; 2])>,
}

/// What organisations would like, as far as `actor` sees them.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who sees no demand, and for a unit outside their scope.
pub async fn demand(office: &Office, actor: &Actor, asked: Asked) -> Outcome<Demand> {
    let mut records = office.database.read().await?;
    let which = which(office, &mut records, actor, asked).await?;
    // All that is seen is read once, so that what can be chosen does not shrink with what was chosen.
    let all = store::interests::live(&mut records, &store::interests::Which { course: None, unit: None, ..which }).await?;
    let wishes = store::interests::live(&mut records, &which).await?;
    let months = Month::ahead(office.today());
    let mut total = Tally::default();
    let (mut courses, mut units): (BTreeMap<CourseId, Vec<&Interest>>, BTreeMap<UnitId, UnitDemand>) = Default::default();
    for wish in &wishes {
        total.take(wish);
        courses.entry(wish.course_id).or_default().push(wish);
        let unit = units.entry(wish.unit_id).or_insert_with(|| UnitDemand {
            unit: wish.unit_id,
            title: wish.unit_title(),
            tally: Tally::default(),
        });
        unit.tally.take(wish);
    }
    let mut courses: Vec<_> = courses.into_values().filter_map(|wishes| of_course(&months, &wishes)).collect();
    courses.sort_by(|one, other| (other.tally.people, &one.code).cmp(&(one.tally.people, &other.code)));
    let mut units: Vec<_> = units.into_values().collect();
    units.sort_by(|one, other| (other.tally.people, &one.title).cmp(&(one.tally.people, &other.title)));
    let seen: BTreeMap<UnitId, ()> = all.iter().map(|wish| (wish.unit_id, ())).collect();
    let mut known: BTreeMap<String, (CourseId, [String; 2])> = BTreeMap::new();
    for wish in &all {
        let titles = [wish.course_title.clone(), wish.course_title_english.clone()];
        known.insert(wish.course_code.clone(), (wish.course_id, titles));
    }
    let units_to_choose = store::interests::units(&mut records).await?;
    Ok(Demand {
        months,
        courses,
        units,
        total,
        wishes,
        may_plan: may_somewhere(actor, Action::PlanRun),
        units_to_choose: units_to_choose.into_iter().filter(|(unit, _)| seen.contains_key(unit)).collect(),
        courses_to_choose: known.into_iter().map(|(code, (course, titles))| (course, code, titles)).collect(),
    })
}

fn of_course(months: &[Month], wishes: &[&Interest]) -> Option<CourseDemand> {
    let first = wishes.first()?;
    let mut tally = Tally::default();
    wishes.iter().for_each(|wish| tally.take(wish));
    let open: Vec<_> = wishes.iter().filter(|wish| wish.standing() == Standing::Open).collect();
    let preferred: Vec<_> = open.iter().map(|wish| (wish.people, read_months(&wish.months))).collect();
    Some(CourseDemand {
        course: first.course_id,
        code: first.course_code.clone(),
        titles: [first.course_title.clone(), first.course_title_english.clone()],
        tally,
        months: by_month(months, preferred.iter().map(|(people, preferred)| (*people, preferred))),
        any_time: preferred.iter().filter(|(_, preferred)| preferred.is_empty()).map(|(people, _)| people).sum(),
    })
}

/// What a run that is made of demand starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// How many people ask for it.
    pub people: i64,
    /// The month that most of them would like.
    pub month: Option<Month>,
}

/// How much is asked for of a course, in a unit or wherever `actor` sees it.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who sees no demand, and for a unit outside their scope.
pub async fn wanted(office: &Office, actor: &Actor, course: CourseId, unit: Option<UnitId>) -> Outcome<Wanted> {
    let demand = demand(office, actor, Asked { course: Some(course), unit }).await?;
    let of_course = demand.courses.first();
    Ok(Wanted { people: demand.total.people, month: of_course.and_then(|course| best_month(&demand.months, &course.months)) })
}
