//! Enrolments and marks: the operations beside bare transactions with the same statements.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::Days;
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NewMark};
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, EventId, MarkId, OrganisationId, PersonId, RunId, SessionId};
use operations::attendance::mark;
use operations::enrolments::{EnrolCommand, Enrollee, Enrolment, enrol};
use operations::testing::enrolled;
use serde_json::json;
use tokio::task::JoinSet;

use crate::house::House;
use crate::statements::Counter;
use crate::{Fallible, PERIOD, line, ratio};

/// Organisations of ten people each, and runs that all of them can take: one a day, since nobody is in two places.
const ORGANISATIONS: usize = 20;
const RUNS: u64 = 600;

/// How many enrol at once.
const AT_ONCE: usize = 16;

const TOO_FAST: &str = "every place is taken: this machine is faster than the bench allows for";

/// Stretches are measured in turn, so that a busy moment of the machine falls on both.
const TURNS: u32 = 4;

pub(crate) async fn measure(folder: &Path, counter: &Counter) -> Fallible<()> {
    let house = Arc::new(House::build(&folder.join("deeds.db"), ORGANISATIONS).await?);
    let tomorrow = house.office.today() + Days::new(2);
    let mut runs = Vec::new();
    for n in 0..RUNS {
        runs.push(house.run(1000, tomorrow + Days::new(n)).await);
    }
    let mut places = Vec::new();
    for run in runs {
        places.extend(house.organisations.iter().flat_map(|(organisation, people)| {
            people.iter().map(move |person| Place { run, organisation: *organisation, person: *person })
        }));
    }
    let mut places = places.into_iter();
    enrolments(&house, counter, &mut places).await?;
    at_once(&house, Arc::new(Mutex::new(places))).await?;
    marks(&house).await
}

/// One place to take.
#[derive(Debug, Clone, Copy)]
struct Place {
    run: RunId,
    organisation: OrganisationId,
    person: PersonId,
}

async fn enrolments(house: &House, counter: &Counter, places: &mut impl Iterator<Item = Place>) -> Fallible<()> {
    let mut next = || places.next().ok_or(TOO_FAST);
    let (by_office, ()) = counter.of(by_office(house, next()?)).await?;
    let (by_hand, ()) = counter.of(by_hand(house, next()?)).await?;
    if by_office != by_hand {
        line("NOT the same statements", format!("enrol executes {by_office}, the bare transaction {by_hand}"));
    }
    let (mut office, mut bare) = (Tally::default(), Tally::default());
    for _ in 0..TURNS {
        while office.goes_on() {
            self::by_office(house, next()?).await?;
        }
        while bare.goes_on() {
            self::by_hand(house, next()?).await?;
        }
    }
    ratio(&format!("enrolments ({by_office} statements each)"), office.rate(), bare.rate(), "/s");
    Ok(())
}

/// The places that are left to take, for many at once.
type Places = Arc<Mutex<std::vec::IntoIter<Place>>>;

/// Enrolments by many at once, in turn by the office and by bare transactions.
async fn at_once(house: &Arc<House>, places: Places) -> Fallible<()> {
    let (mut office, mut bare) = (0.0, 0.0);
    for _ in 0..TURNS {
        office += many(house, &places, true).await? / f64::from(TURNS);
        bare += many(house, &places, false).await? / f64::from(TURNS);
    }
    ratio(&format!("enrolments, {AT_ONCE} at once"), office, bare, "/s");
    Ok(())
}

/// How many enrolments in a second [`AT_ONCE`] callers make.
async fn many(house: &Arc<House>, places: &Places, by_the_office: bool) -> Fallible<f64> {
    let begun = Instant::now();
    let mut callers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (house, places) = (house.clone(), places.clone());
        callers.spawn(async move {
            let mut deeds = 0_u32;
            while begun.elapsed() < PERIOD / TURNS {
                let place = places.lock().unwrap_or_else(PoisonError::into_inner).next().ok_or(TOO_FAST)?;
                if by_the_office {
                    by_office(&house, place).await?;
                } else {
                    by_hand(&house, place).await?;
                }
                deeds += 1;
            }
            Fallible::Ok(deeds)
        });
    }
    let mut deeds = 0;
    for done in callers.join_all().await {
        deeds += done?;
    }
    Ok(f64::from(deeds) / begun.elapsed().as_secs_f64())
}

async fn by_office(house: &House, place: Place) -> Fallible<()> {
    let Place { run, organisation, person } = place;
    let command = EnrolCommand { run, organisation, people: vec![Enrollee::Member(person)], source: EnrolmentSource::Form };
    enrol(&house.office, &house.officer, command).await?;
    Ok(())
}

/// The statements of `enrol`, in its order, with nothing of the office around them.
async fn by_hand(house: &House, place: Place) -> Fallible<()> {
    let (office, now, today) = (&house.office, house.office.now(), house.office.today());
    let mut work = office.database.begin().await?;
    let organisation = store::organisations::find(&mut work, place.organisation).await?.ok_or("no organisation")?;
    store::units::covering(&mut work, organisation.unit_id).await?;
    let run = store::runs::find(&mut work, place.run).await?.ok_or("no run")?;
    let members = store::people::members(&mut work, place.organisation, today).await?;
    let member = members.into_iter().find(|member| member.person.id == place.person).ok_or("no member")?;
    store::runs::find(&mut work, place.run).await?;
    store::enrolments::live_of_person(&mut work, place.run, place.person).await?;
    store::people::merging::goes_on_as(&mut work, place.person).await?;
    store::runs::clashes::busy(&mut work, place.person, place.run).await?;
    store::courses::prerequisites::of_course(&mut work, run.course_id).await?;
    let enrolment = Enrolment {
        id: EnrolmentId(office.id()),
        run_id: place.run,
        person_id: place.person,
        organisation_id: place.organisation,
        unit_id: organisation.unit_id,
        person_name: member.person.full_name.to_string(),
        birth_date: member.person.birth_date,
        birth_year: member.person.birth_year,
        organisation_name: organisation.name,
        position: member.position,
        on_state_payroll: member.on_state_payroll,
        source: EnrolmentSource::Form,
        enrolled_at: now,
        withdrawn_at: None,
    };
    let by = house.officer.account;
    store::enrolments::add(&mut work, &enrolment, member.person.full_name.given(), by).await?;
    let detail = json!({ "organisation": place.organisation, "enrolments": [enrolment.id], "source": "form" });
    let (subject_kind, subject, verb) = ("run", place.run.0, "people_enrolled");
    let event = store::events::NewEvent {
        id: EventId(office.id()),
        at: now,
        account: Some(by),
        verb,
        subject_kind,
        subject,
        detail: &detail,
    };
    store::events::add(&mut work, &event).await?;
    store::runs::sessions(&mut work, place.run).await?;
    store::notices::recipients_of_run(&mut work, place.run, now, today).await?;
    store::changed(&mut work, "calendar").await?;
    work.commit().await?;
    Ok(())
}

/// Marks of a class of forty: one at a time, as the screen sends them, and the register as a whole.
async fn marks(house: &House) -> Fallible<()> {
    let office = &house.office;
    let run = house.run(40, office.today() - Days::new(1)).await;
    let people = enrolled(office, &house.officer, run, house.organisations[0].0, 40).await;
    let sessions = store::runs::sessions(&mut office.database.read().await?, run).await?;
    let session = sessions.first().ok_or("the run has no session")?.id;
    for (what, size) in [("marks, one at a time", 1), ("marks, the register of a class of 40 at once", 40)] {
        let mut tally = Tally::default();
        let mut class = Class { session, people: people.iter().map(|person| (*person, None)).collect(), round: 0 };
        class.learn(house).await?;
        for _ in 0..TURNS {
            while tally.goes_on() {
                class.mark(house, size).await?;
            }
        }
        line(what, format!("{:>9.0} /s", tally.rate() * size as f64));
    }
    Ok(())
}

/// A register, with the marks its screen shows.
struct Class {
    session: SessionId,
    people: Vec<(EnrolmentId, Option<MarkId>)>,
    round: usize,
}

impl Class {
    /// Reads what holds.
    async fn learn(&mut self, house: &House) -> Fallible<()> {
        let marks = store::attendance::of_session(&mut house.office.database.read().await?, self.session).await?;
        for (person, seen) in &mut self.people {
            *seen = marks.iter().find(|mark| mark.enrolment == *person).map(|mark| mark.id);
        }
        Ok(())
    }

    /// Marks the next `size` people other than they are marked now.
    async fn mark(&mut self, house: &House, size: usize) -> Fallible<()> {
        let from = self.round * size % self.people.len();
        let is_even = (self.round * size / self.people.len()).is_multiple_of(2);
        let status = match (is_even, size) {
            (true, 1) => MarkStatus::Present,
            (false, 1) => MarkStatus::Late,
            (true, _) => MarkStatus::Absent,
            (false, _) => MarkStatus::Excused,
        };
        self.round += 1;
        let people = &mut self.people[from..from + size];
        let marks = people.iter().map(|(enrolment, seen)| NewMark {
            enrolment: *enrolment,
            status,
            note: None,
            nonce: house.office.secret(),
            client_time: None,
            seen: *seen,
        });
        let command = MarkCommand { session: self.session, marks: marks.collect(), source: MarkSource::Screen };
        let marked = mark(&house.office, &house.officer, &command).await?;
        if marked.stored != size {
            return Err(format!("{} of {size} marks were stored", marked.stored).into());
        }
        for ((_, seen), mark) in people.iter_mut().zip(marked.marks) {
            *seen = Some(mark.id);
        }
        Ok(())
    }
}

/// Counts deeds over several stretches of time.
#[derive(Debug, Default)]
struct Tally {
    deeds: u32,
    spent: Duration,
    begun: Option<Instant>,
}

impl Tally {
    /// Counts one deed more, or ends the stretch.
    fn goes_on(&mut self) -> bool {
        let begun = *self.begun.get_or_insert_with(Instant::now);
        if begun.elapsed() < PERIOD / TURNS {
            self.deeds += 1;
            return true;
        }
        self.spent += begun.elapsed();
        self.begun = None;
        false
    }

    fn rate(&self) -> f64 {
        f64::from(self.deeds) / self.spent.as_secs_f64()
    }
}
