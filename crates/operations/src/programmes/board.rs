//! The board of a programme year: forms by state and unit, as seen on a day.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, UnitId};
use domain::policy::{Action, may, may_everywhere};
use domain::programmes::{CycleStep, Window};
use domain::registrations::State;
use domain::selections::Knowledge;
use domain::units::{Atlas, Fork, Seen, UnitLevel, Why};
use store::Records;
use store::placements::Placement;
use store::programmes::ProgrammeYear;
use store::programmes::board::Viewer;
use store::units::Unit;

use crate::lists::sees_units;
use crate::units::answer;
use crate::{Office, Outcome, unit_target};

/// How many forms stand where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateCounts(BTreeMap<State, i64>);

impl StateCounts {
    /// How many stand in a state.
    #[must_use]
    pub fn of(&self, state: State) -> i64 {
        self.0.get(&state).copied().unwrap_or(0)
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0.values().sum()
    }

    fn add(&mut self, state: State, forms: i64) {
        *self.0.entry(state).or_default() += forms;
    }
}

/// The forms of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit.
    pub unit: Unit,
    /// Its forms.
    pub counts: StateCounts,
}

/// How many forms an organisation has somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name when it sent them.
    pub name: String,
    /// How many.
    pub forms: i64,
}

/// Forms of which it is not known under which unit they are counted on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPlace {
    /// The unit at which their way ends.
    pub unit: Unit,
    /// Why it does.
    pub why: Why,
    /// The units that come into question.
    pub choices: Vec<Unit>,
    /// Whose forms they are.
    pub organisations: Vec<Holder>,
    /// Whether the viewer may say it.
    pub may_decide: bool,
}

/// What somebody said, and whether the viewer may take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The decision.
    pub placement: Placement,
    /// The unit that was divided, or whose successor is not known.
    pub place: Unit,
    /// Where the organisation lies.
    pub unit: Unit,
    /// Whether the viewer may take it back.
    pub may_undo: bool,
}

/// The board of a programme year.
#[derive(Debug, Clone)]
pub struct YearBoard {
    /// The programme year.
    pub year: ProgrammeYear,
    /// Every year that has a programme, the latest first.
    pub years: Vec<i64>,
    /// The day whose units the rows are.
    pub seen_on: NaiveDate,
    /// The level of these units: the one that received forms then.
    pub level: UnitLevel,
    /// Whether the viewer sees the whole province.
    pub everywhere: bool,
    /// The units that have forms, by name.
    pub rows: Vec<UnitRow>,
    /// Forms that are under none of them, the most first.
    pub open: Vec<OpenPlace>,
    /// What is open, together.
    pub open_counts: StateCounts,
    /// All forms together.
    pub total: StateCounts,
    /// What people said of units that leave questions open, the latest first.
    pub said: Vec<Said>,
    /// When each step of the cycle is open, where that is known.
    pub windows: Vec<(CycleStep, Option<Window>)>,
    /// The day of today.
    pub today: NaiveDate,
}

/// The day whose units a board of a year shows unless another is asked for: today, or the last day of a year that is over.
#[must_use]
pub fn usual_day(year: i64, today: NaiveDate) -> NaiveDate {
    let last = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
    last.filter(|last| last.year() < today.year()).unwrap_or(today)
}

/// The level whose units count forms on a day: the one that receives them. Before the first such statement it is the
/// district, which received them in the first years (domain.md §1.3).
pub(crate) async fn level_seen(records: &mut impl Records, day: NaiveDate) -> Outcome<UnitLevel> {
    Ok(store::programmes::level_on(records, day).await?.map_or(UnitLevel::District, |level| level.level))
}

/// The board of a programme year, by the units of `seen_on`.
///
/// # Errors
/// [`Refusal::NotFound`] for a year without a programme, and for who sees the forms of no unit.
pub async fn board(office: &Office, actor: &Actor, year: i64, seen_on: Option<NaiveDate>) -> Outcome<YearBoard> {
    if !sees_units(actor) {
        return Err(Refusal::NotFound.into());
    }
    let today = office.today();
    let seen_on = seen_on.unwrap_or_else(|| usual_day(year, today));
    let mut records = office.database.read().await?;
    let years = store::programmes::years(&mut records).await?;
    let programme = years.iter().find(|known| known.year == year).cloned().ok_or(Refusal::NotFound)?;
    let everywhere = may_everywhere(actor, Action::SeeRegistrations);
    let viewer = Viewer { year: programme.id, everywhere, account: actor.account, today, knowledge: Knowledge::of(actor) };
    let level = level_seen(&mut records, seen_on).await?;
    let (units, atlas) = store::units::atlas(&mut records).await?;
    let placements = store::placements::live(&mut records).await?;
    let count = count(&mut records, &viewer, (level, seen_on), &atlas, &placements).await?;

    let row = |(unit, counts): (UnitId, StateCounts)| Some(UnitRow { unit: units.get(&unit)?.clone(), counts });
    let mut rows: Vec<UnitRow> = count.rows.into_iter().filter_map(row).collect();
    rows.sort_by(|a, b| store::vietnamese_order(&a.unit.name, &b.unit.name).then_with(|| a.unit.code.cmp(&b.unit.code)));
    let mut open = Vec::new();
    for (fork, organisations) in count.open {
        let Some(unit) = units.get(&fork.at).cloned() else { continue };
        let may_decide = fork.why != Why::Later && reviews(&mut records, actor, fork.at).await?;
        let choices = fork.choices.iter().filter_map(|unit| units.get(unit).cloned()).collect();
        open.push(OpenPlace { unit, why: fork.why, choices, organisations, may_decide });
    }
    open.sort_by_key(|place| std::cmp::Reverse(place.organisations.iter().map(|holder| holder.forms).sum::<i64>()));
    let mut said = Vec::new();
    for placement in placements.into_iter().filter(|placement| count.asked.contains(&placement.organisation_id)) {
        let (place, unit) = (units.get(&placement.place_id).cloned(), units.get(&placement.unit_id).cloned());
        let Some((place, unit)) = place.zip(unit) else { continue };
        let may_undo = reviews(&mut records, actor, placement.place_id).await?;
        said.push(Said { placement, place, unit, may_undo });
    }
    let windows = store::programmes::windows(&mut records, programme.id).await?;
    let window = |step: &CycleStep| {
        let row = windows.iter().find(|row| row.step == step.number());
        (*step, row.map(|row| Window { opens: row.opens, closes: row.closes }))
    };
    Ok(YearBoard {
        year: programme,
        years: years.into_iter().map(|year| year.year).collect(),
        seen_on,
        level,
        everywhere,
        rows,
        open,
        open_counts: count.open_counts,
        total: count.total,
        said,
        windows: CycleStep::ALL.iter().map(window).collect(),
        today,
    })
}

/// Whether somebody reviews forms in a unit.
async fn reviews(records: &mut impl Records, actor: &Actor, unit: UnitId) -> Outcome<bool> {
    Ok(may(actor, Action::ReviewRegistrations, &unit_target(records, unit).await?))
}

/// What was counted.
#[derive(Default)]
struct Count {
    rows: BTreeMap<UnitId, StateCounts>,
    open: Vec<(Fork, Vec<Holder>)>,
    open_counts: StateCounts,
    total: StateCounts,
    /// Organisations whose forms lead to a question, answered or not.
    asked: Vec<OrganisationId>,
}

impl Count {
    fn leave_open(&mut self, fork: &Fork, organisation: (OrganisationId, &str), state: State, forms: i64) {
        self.open_counts.add(state, forms);
        let found = self.open.iter().position(|(known, _)| known.at == fork.at);
        let place = found.unwrap_or_else(|| {
            self.open.push((fork.clone(), Vec::new()));
            self.open.len() - 1
        });
        let organisations = &mut self.open[place].1;
        match organisations.iter_mut().find(|holder| holder.id == organisation.0) {
            Some(holder) => holder.forms += forms,
            None => organisations.push(Holder { id: organisation.0, name: organisation.1.to_owned(), forms }),
        }
    }
}

/// Counts every form under the unit that it is seen in. Only where the successions leave a question open, the
/// organisations themselves are looked at.
async fn count(
    records: &mut impl Records,
    viewer: &Viewer,
    (level, day): (UnitLevel, NaiveDate),
    atlas: &Atlas,
    placements: &[Placement],
) -> Outcome<Count> {
    let mut count = Count::default();
    let mut asked: Vec<(UnitId, UnitId)> = Vec::new();
    for row in store::programmes::board::counts(records, viewer).await? {
        count.total.add(row.state, row.forms);
        match atlas.counted(row.unit_id, row.place_id, level, day, |_| None) {
            Seen::In(unit) => count.rows.entry(unit).or_default().add(row.state, row.forms),
            Seen::Open(_) if !asked.contains(&(row.unit_id, row.place_id)) => asked.push((row.unit_id, row.place_id)),
            Seen::Open(_) => {}
        }
    }
    for (unit, place) in asked {
        for row in store::programmes::board::counts_at(records, viewer, unit, place).await? {
            let organisation = row.organisation_id;
            match atlas.counted(unit, place, level, day, |at| answer(placements, organisation, at)) {
                Seen::In(unit) => count.rows.entry(unit).or_default().add(row.state, row.forms),
                Seen::Open(fork) => count.leave_open(&fork, (organisation, &row.organisation_name), row.state, row.forms),
            }
            if !count.asked.contains(&organisation) {
                count.asked.push(organisation);
            }
        }
    }
    Ok(count)
}
