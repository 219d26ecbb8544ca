//! The board of a unit: numbers by the units below it, and the names behind every number.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::Actor;
use domain::courses::Audience;
use domain::ids::{CourseId, OrganisationId, UnitId};
use domain::policy::Action;
use domain::requirements::{Progress, Standing, overall};
use store::Records;
use store::reports::{Extent, Subject};
use store::requirements::Requirement;
use store::units::Unit;
use uuid::Uuid;

use super::{Counts, day_of, days_of};
use crate::{Office, Outcome, require, unit_target};

/// What a board is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardQuestion {
    /// The year of the requirements.
    pub year: i32,
    /// Whom they are for: organisations or officers.
    pub audience: Audience,
    /// The unit whose board it is.
    pub unit: UnitId,
    /// Only this one course counts; none for everything that is required.
    pub course: Option<CourseId>,
    /// Only subjects that stand here are listed.
    pub standing: Option<Standing>,
    /// Only subjects that are past a deadline are listed.
    pub overdue: bool,
    /// Only subjects that lie in the unit itself, in none of those below it, are listed.
    pub itself: bool,
}

/// The board of a unit.
#[derive(Debug, Clone)]
pub struct Board {
    /// The unit.
    pub unit: Unit,
    /// The units above it that the viewer may see, the highest first.
    pub above: Vec<Unit>,
    /// Everything that is required of the audience in the year.
    pub requirements: Vec<Requirement>,
    /// All numbers together.
    pub total: Counts,
    /// The numbers of each requirement that counts by itself, in their order.
    pub courses: Vec<(Requirement, Counts)>,
    /// The numbers of each unit below, by name, those without subjects left out; what lies in the unit itself comes
    /// last, without a unit. Empty at the lowest level.
    pub rows: Vec<Row>,
    /// Who answers to the question, with where they stand.
    pub lines: Vec<Line>,
    /// The day that the deadlines were measured against.
    pub today: NaiveDate,
}

/// The numbers of a unit below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The unit; none for what lies in the unit of the board itself.
    pub unit: Option<Unit>,
    /// Its numbers.
    pub counts: Counts,
}

/// An organisation or officer with where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub subject: Subject,
    /// With each requirement that counts, in their order; none with what is not required of them.
    pub progress: Vec<Option<Progress>>,
    /// With all of them.
    pub standing: Standing,
    /// Whether a deadline passed that they have not met.
    pub is_overdue: bool,
}

/// The board of a unit.
///
/// # Errors
/// [`Refusal::NotFound`] outside the viewer's scope; [`store::StoreError::Database`].
pub async fn board(office: &Office, actor: &Actor, question: &BoardQuestion) -> Outcome<Board> {
    let q = question;
    let today = office.today();
    let day = day_of(q.year, today)?;
    let mut records = office.database.read().await?;
    let unit = store::units::find(&mut records, q.unit).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::SeeBoard, &unit_target(&mut records, q.unit).await?)?;
    let above = seen_above(&mut records, actor, &unit).await?;

    let requirements = store::requirements::of_year(&mut records, q.year.into()).await?;
    let requirements: Vec<_> = requirements.into_iter().filter(|requirement| requirement.audience == q.audience).collect();
    let counting: Vec<_> = requirements.iter().filter(|r| q.course.is_none_or(|course| r.course_id == course)).cloned().collect();
    let all = lines(&mut records, q, &counting, today).await?;

    let courses = counting.iter().enumerate().map(|(n, requirement)| {
        let mut counts = Counts::default();
        for progress in all.iter().filter_map(|line| line.progress.get(n).copied().flatten()) {
            let is_missed = progress.standing() != Standing::Completed && progress.is_late(requirement.deadline, today);
            counts.add(progress.standing(), is_missed);
        }
        (requirement.clone(), counts)
    });
    let courses = courses.collect();
    let children = store::reports::children(&mut records, q.unit, day).await?;
    let child_of: HashMap<UnitId, UnitId> = store::reports::child_covers(&mut records, q.unit, day).await?.into_iter().collect();
    let (mut total, mut by_child) = (Counts::default(), BTreeMap::<Option<UnitId>, Counts>::new());
    for line in &all {
        total.add(line.standing, line.is_overdue);
        let child = child_of.get(&line.subject.unit_id).copied();
        by_child.entry(child).or_default().add(line.standing, line.is_overdue);
    }
    let rows = if children.is_empty() {
        Vec::new()
    } else {
        let below = children.into_iter().map(Some).chain([None]);
        let row = |unit: Option<Unit>| {
            let counts = by_child.get(&unit.as_ref().map(|unit| unit.id)).copied()?;
            Some(Row { unit, counts })
        };
        below.filter_map(row).collect()
    };
    let listed = |line: &Line| {
        q.standing.is_none_or(|standing| line.standing == standing)
            && (!q.overdue || line.is_overdue)
            && (!q.itself || !child_of.contains_key(&line.subject.unit_id))
    };
    Ok(Board { unit, above, requirements, total, courses, rows, lines: all.into_iter().filter(listed).collect(), today })
}

/// Everybody in the unit with where they stand. Of whom nothing is required answers for nothing, and is not in it: an
/// organisation without a selected product lacks no training that is required of those with one.
pub(super) async fn lines(
    records: &mut impl Records,
    q: &BoardQuestion,
    counting: &[Requirement],
    today: NaiveDate,
) -> Outcome<Vec<Line>> {
    if counting.is_empty() {
        return Ok(Vec::new());
    }
    let extent = Extent { year: q.year.into(), audience: q.audience, unit: q.unit, days: days_of(q.year)? };
    let subjects = store::reports::subjects(records, q.audience, q.unit, day_of(q.year, today)?).await?;
    let progress = store::reports::progress(records, &extent).await?;
    let progress: HashMap<(Uuid, CourseId), Progress> =
        progress.into_iter().map(|(id, course, progress)| ((id, course), progress)).collect();
    let selected: HashSet<OrganisationId> = if counting.iter().any(|r| r.selected_only) {
        store::eligibility::selected(records, q.year.into()).await?.into_iter().collect()
    } else {
        HashSet::new()
    };
    let mut seen = HashSet::new();
    let line = |subject: Subject| {
        let answers = |r: &Requirement| !r.selected_only || selected.contains(&subject.organisation_id);
        let got = |r: &Requirement| progress.get(&(subject.id, r.course_id)).copied().unwrap_or_default();
        let progress: Vec<Option<Progress>> = counting.iter().map(|r| answers(r).then(|| got(r))).collect();
        let known = || progress.iter().zip(counting).filter_map(|(progress, r)| Some((progress.as_ref()?, r)));
        let is_overdue = known().any(|(p, r)| p.standing() != Standing::Completed && p.is_late(r.deadline, today));
        let standing = overall(known().map(|(p, _)| p.standing()));
        Line { standing, is_overdue, subject, progress }
    };
    let lines = subjects.into_iter().filter(|subject| seen.insert(subject.id)).map(line);
    Ok(lines.filter(|line| line.progress.iter().any(Option::is_some)).collect())
}

/// The units above a unit that the viewer may see.
async fn seen_above(records: &mut impl Records, actor: &Actor, unit: &Unit) -> Outcome<Vec<Unit>> {
    let mut above = Vec::new();
    let mut seen = BTreeSet::from([unit.id]);
    let mut next = unit.parent_id;
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        let Some(parent) = store::units::find(records, id).await? else { break };
        if require(actor, Action::SeeBoard, &unit_target(records, id).await?).is_err() {
            break;
        }
        next = parent.parent_id;
        above.insert(0, parent);
    }
    Ok(above)
}
