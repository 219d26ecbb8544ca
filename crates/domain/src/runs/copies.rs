//! The same run in several places: the pattern of its days from another first day on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::form::room;
use super::pattern::HORIZON;
use super::{RunPlan, SessionPlan, check_plan};
use crate::text::{line, optional_line};
use crate::time::parse_day;
use crate::{Faults, Refusal};

/// The most runs that are made at once.
pub const COPIES: usize = 20;

/// What was typed about one more place for a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyForm {
    /// What tells the run from others of its course.
    pub name: String,
    /// The identifier of the unit.
    pub unit: String,
    /// The identifier of its room; empty when that is none of the register.
    pub room: String,
    /// Where it is held, when that is none of the register.
    pub venue: String,
    /// Its first day.
    pub first_day: String,
    /// Whether the trainers of the run teach it, too.
    pub keeps_trainers: bool,
}

impl CopyForm {
    /// The plans of the runs, or every fault, each named after its row: `copies.0.name`. All of a run but its place, its
    /// days and perhaps its trainers is as in `source`.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(rows: &[CopyForm], source: &RunPlan, holidays: &BTreeSet<NaiveDate>) -> Result<Vec<RunPlan>, Faults> {
        let mut faults = Faults::default();
        if rows.is_empty() || rows.len() > COPIES {
            faults.add("", Refusal::NotANumber { least: 1, most: i64::try_from(COPIES).unwrap_or(i64::MAX) });
        }
        let plans: Vec<Option<RunPlan>> =
            rows.iter().take(COPIES).enumerate().map(|(n, row)| row.plan(n, source, holidays, &mut faults)).collect();
        if faults.is_empty() { Ok(plans.into_iter().flatten().collect()) } else { Err(faults) }
    }

    fn plan(&self, n: usize, source: &RunPlan, holidays: &BTreeSet<NaiveDate>, faults: &mut Faults) -> Option<RunPlan> {
        let field = |name: &str| format!("copies.{n}.{name}");
        let name = faults.take(field("name"), line(&self.name, 100));
        let unit = match self.unit.trim() {
            "" => faults.take(field("unit"), Err(Refusal::Missing)),
            unit => faults.take(field("unit"), unit.parse().map_err(|_| Refusal::NotAChoice)),
        };
        let room = faults.take(field("room"), room(&self.room));
        // What a room of the register is called is known.
        let place = if self.room.trim().is_empty() { line(&self.venue, 200) } else { optional_line(&self.venue, 200) };
        let venue = faults.take(field("venue"), place);
        let first = faults.take(field("first_day"), parse_day(&self.first_day))?;
        let days: BTreeSet<NaiveDate> = source.sessions.iter().map(|session| session.day).collect();
        let days = faults.take(field("first_day"), days_from(&days, first, holidays))?;
        let moved = |day: NaiveDate| days.get(&day).copied().unwrap_or(day);
        let starts = source.sessions.iter().map(|session| session.day).min();
        // One can enrol until as many days before it as of the run that it is like.
        let ahead = starts.map_or(0, |starts| (starts - source.enrolment_deadline).num_days());
        let deadline = starts.map_or(first, moved) - chrono::TimeDelta::days(ahead);
        let session = |session: &SessionPlan| SessionPlan {
            id: None,
            day: moved(session.day),
            room: None,
            venue: String::new(),
            trainers: if self.keeps_trainers { session.trainers.clone() } else { Vec::new() },
            ..session.clone()
        };
        let plan = RunPlan {
            name: name?,
            unit: unit?,
            room: room?,
            venue: venue?,
            enrolment_deadline: deadline,
            sessions: source.sessions.iter().map(session).collect(),
            ..source.clone()
        };
        for fault in check_plan(&plan).0 {
            faults.add(copied_field(n, &fault.field), fault.refusal);
        }
        Some(plan)
    }
}

/// Where in the form of the copies a fault of a run stands: at what was typed about it, else at its day.
#[must_use]
pub fn copied_field(n: usize, field: &str) -> String {
    let own = ["name", "unit", "room", "venue"].into_iter().find(|own| *own == field);
    format!("copies.{n}.{}", own.unwrap_or("first_day"))
}

/// The days of a pattern from another first day on: which day becomes which. Days without a gap but for holidays and, where
/// none of them is a weekend, weekends go on without a gap. Others keep their distances; one that falls on a holiday, and
/// all after it, come a week later, so that every session stays on its day of the week.
///
/// # Errors
/// [`Refusal::PatternTooLong`] when two years do not hold them.
pub fn days_from(
    source: &BTreeSet<NaiveDate>,
    first: NaiveDate,
    holidays: &BTreeSet<NaiveDate>,
) -> Result<BTreeMap<NaiveDate, NaiveDate>, Refusal> {
    let is_weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let works_weekends = source.iter().any(is_weekend);
    let is_off = |day: &NaiveDate| holidays.contains(day) || (!works_weekends && is_weekend(day));
    let (Some(begins), Some(ends)) = (source.first(), source.last()) else { return Ok(BTreeMap::new()) };
    let is_block = begins.iter_days().take_while(|day| day <= ends).all(|day| source.contains(&day) || is_off(&day));
    if is_block {
        let horizon = first.iter_days().take(usize::try_from(HORIZON).unwrap_or(usize::MAX));
        let held: BTreeMap<_, _> = source.iter().copied().zip(horizon.filter(|day| !is_off(day))).collect();
        return if held.len() == source.len() { Ok(held) } else { Err(Refusal::PatternTooLong) };
    }
    let (mut held, mut later) = (BTreeMap::new(), 0);
    for day in source {
        let offset = u64::try_from((*day - *begins).num_days()).unwrap_or(0);
        let mut moved = first + Days::new(offset + later);
        while holidays.contains(&moved) {
            later += 7;
            moved = moved + Days::new(7);
            if later > HORIZON {
                return Err(Refusal::PatternTooLong);
            }
        }
        held.insert(*day, moved);
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::courses::Audience;
    use crate::ids::{CourseId, PersonId, UnitId};
    use crate::runs::{HalfDay, PlanForm, SessionForm};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn days(texts: &[&str]) -> BTreeSet<NaiveDate> {
        texts.iter().map(|text| day(text)).collect()
    }

    fn moved(source: &[&str], first: &str, holidays: &[&str]) -> Vec<String> {
        let held = days_from(&days(source), day(first), &days(holidays)).unwrap();
        held.values().map(ToString::to_string).collect()
    }

    #[test]
    fn three_days_on_end_stay_three_days_on_end() {
        // Monday to Wednesday, begun on a Friday: the weekend is left out.
        let block = ["2019-07-01", "2019-07-02", "2019-07-03"];
        assert_eq!(moved(&block, "2019-07-12", &[]), ["2019-07-12", "2019-07-15", "2019-07-16"]);
        assert_eq!(moved(&block, "2019-08-30", &["2019-09-02"]), ["2019-08-30", "2019-09-03", "2019-09-04"]);
        assert_eq!(moved(&block, "2019-09-02", &["2019-09-02"]), ["2019-09-03", "2019-09-04", "2019-09-05"]);
        // What went over a weekend goes on without it.
        assert_eq!(moved(&["2019-07-05", "2019-07-08"], "2019-07-16", &[]), ["2019-07-16", "2019-07-17"]);
        // Who works on weekends goes on doing so.
        assert_eq!(moved(&["2019-07-06", "2019-07-07"], "2019-07-12", &[]), ["2019-07-12", "2019-07-13"]);
    }

    #[test]
    fn tuesdays_and_thursdays_stay_tuesdays_and_thursdays() {
        let weekly = ["2019-07-02", "2019-07-04", "2019-07-09", "2019-07-11"];
        assert_eq!(moved(&weekly, "2019-07-16", &[]), ["2019-07-16", "2019-07-18", "2019-07-23", "2019-07-25"]);
        assert_eq!(
            moved(&weekly, "2019-07-16", &["2019-07-18"]),
            ["2019-07-16", "2019-07-25", "2019-07-30", "2019-08-01"],
            "a week later, and all after it"
        );
    }

    #[test]
    fn two_years_of_holidays_hold_nothing() {
        let holidays: BTreeSet<NaiveDate> = day("2019-01-01").iter_days().take(900).collect();
        for source in [days(&["2019-07-01"]), days(&["2019-07-02", "2019-07-05"])] {
            assert_eq!(days_from(&source, day("2019-01-02"), &holidays), Err(Refusal::PatternTooLong));
        }
        assert_eq!(days_from(&BTreeSet::new(), day("2019-01-02"), &holidays), Ok(BTreeMap::new()));
    }

    fn source() -> RunPlan {
        let trainer = Uuid::from_u128(9).to_string();
        let morning = SessionForm { trainers: vec![trainer], topic: "Biểu 03".into(), ..SessionForm::first(day("2019-07-02")) };
        let mut plan = PlanForm {
            course: Uuid::from_u128(1).to_string(),
            name: "Lớp 1".into(),
            audience: Audience::Organisations.to_string(),
            unit: Uuid::from_u128(2).to_string(),
            venue: "Nhà văn hóa".into(),
            capacity: "40".into(),
            enrolment_deadline: "2019-06-28".into(),
            sessions: vec![morning.clone(), morning.next()],
            ..PlanForm::default()
        }
        .parse()
        .unwrap();
        plan.sessions[1].venue = "Ruộng sản xuất".into();
        plan
    }

    fn row(name: &str, first: &str) -> CopyForm {
        CopyForm {
            name: name.into(),
            unit: Uuid::from_u128(3).to_string(),
            room: String::new(),
            venue: "Hội trường xã".into(),
            first_day: first.into(),
            keeps_trainers: false,
        }
    }

    #[test]
    fn a_copy_is_the_run_in_another_place() {
        let rows = [row("Lớp 2", "2019-07-16"), CopyForm { keeps_trainers: true, ..row("Lớp 3", "17/07/2019") }];
        let plans = CopyForm::parse(&rows, &source(), &BTreeSet::new()).unwrap();
        let first = &plans[0];
        assert_eq!(
            (first.name.as_str(), first.unit, first.course),
            ("Lớp 2", UnitId(Uuid::from_u128(3)), CourseId(Uuid::from_u128(1)))
        );
        assert_eq!(first.enrolment_deadline.to_string(), "2019-07-12", "four days before it, too");
        let told: Vec<_> = first.sessions.iter().map(|s| (s.day.to_string(), s.half_day, s.trainers.len(), s.id)).collect();
        assert_eq!(told, [("2019-07-16".into(), HalfDay::Morning, 0, None), ("2019-07-16".into(), HalfDay::Afternoon, 0, None)]);
        assert!(first.sessions.iter().all(|session| session.venue.is_empty()));
        assert_eq!(first.sessions[0].topic, "Biểu 03");
        assert!(plans.iter().all(|plan| plan.room.is_none()));
        assert_eq!(plans[1].sessions[1].trainers, [PersonId(Uuid::from_u128(9))]);
    }

    #[test]
    fn every_fault_stands_at_its_row() {
        let rows = [row("", "mai"), CopyForm { unit: String::new(), venue: String::new(), ..row("Lớp 3", "2019-07-16") }];
        let in_a_room = CopyForm { room: Uuid::from_u128(7).to_string(), venue: String::new(), ..row("Lớp 4", "2019-07-16") };
        let plans = CopyForm::parse(&[in_a_room], &source(), &BTreeSet::new()).unwrap();
        assert_eq!(plans[0].room.map(|room| room.0), Some(Uuid::from_u128(7)), "a room says where it is");
        let faults = CopyForm::parse(&rows, &source(), &BTreeSet::new()).unwrap_err();
        let fields: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["copies.0.name", "copies.0.first_day", "copies.1.unit", "copies.1.venue"]);
        assert!(CopyForm::parse(&[], &source(), &BTreeSet::new()).is_err());
        assert!(CopyForm::parse(&vec![row("Lớp", "2019-07-16"); 21], &source(), &BTreeSet::new()).is_err());
        assert_eq!(copied_field(2, "venue"), "copies.2.venue");
        assert_eq!(copied_field(2, "sessions.0.trainers"), "copies.2.first_day");
    }

    proptest! {
        /// As many days, in their order, from the first day on, none of them a holiday; and without holidays or weekends
        /// between them the same distances.
        #[test]
        fn a_pattern_is_kept(
            offsets in proptest::collection::btree_set(0_u64..60, 1..12), start in 0_u64..2000, off in proptest::collection::vec(0_u64..200, 0..30),
        ) {
            let source: BTreeSet<NaiveDate> = offsets.iter().map(|offset| day("2019-01-01") + Days::new(*offset)).collect();
            let first = day("2019-06-01") + Days::new(start);
            let holidays: BTreeSet<NaiveDate> = off.into_iter().map(|n| first + Days::new(n)).collect();
            let held = days_from(&source, first, &holidays).unwrap();
            let new: Vec<NaiveDate> = held.values().copied().collect();
            prop_assert!(new.windows(2).all(|pair| pair[0] < pair[1]) && new[0] >= first);
            prop_assert!(new.iter().all(|day| !holidays.contains(day)));
            let plain = days_from(&source, *source.first().unwrap(), &BTreeSet::new()).unwrap();
            prop_assert!(plain.iter().all(|(old, new)| old == new), "from its own first day on it is itself");
            prop_assert_eq!(held.keys().copied().collect::<BTreeSet<_>>(), source);
        }
    }
}
