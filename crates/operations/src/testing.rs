//! A test office: a clock that stands where it is put, seeded randomness, a fresh database, people to act.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod forms;

use std::collections::BTreeSet;
mod rooms;

use std::sync::{Arc, Mutex};

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::{Actor, Language, Role, Scope};
use domain::attendance::MarkSource;
use domain::completion::CloseCommand;
use domain::courses::Addressee;
use domain::enrolments::EnrolmentSource;
use domain::ids::{
    AccountId, EnrolmentId, GrantId, InterestId, MembershipId, OrganisationId, PersonId, PlanLineId, RequestId, RequirementId,
    RoomId, RunId, SessionId, UnitId, VenueId,
};
use domain::interests::Wish;
use domain::organisations::OrganisationKind;
use domain::plans::LinePlan;
use domain::requests::Approval;
use domain::requirements::NewRequirement;
use domain::runs::HalfDay;
use domain::venues::{RoomPlan, VenuePlan};
use store::Database;
use store::certificates::Certificate;
use store::enrolments::Enrolment;
use store::organisations::Organisation;
use store::people::{NewMembership, Person, SealedNumber};
use store::programmes::ProgrammeYear;
use store::runs::{RunFields, Session};

use crate::enrolments::{EnrolCommand, Enrollee};
use crate::interests::NoteCommand;
use crate::requests::AskCommand;
use crate::{Clock, Keys, Office, Settings};

pub use forms::{TYPED, programme_year, registration, selected};
pub use rooms::{held_in, room, taught_by};

/// The address from which a story's people try to sign in.
pub const CLIENT: std::net::IpAddr = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// A clock that stands still until it is put elsewhere.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// Puts the clock to a local day and time, `2019-06-12 08:00`.
    pub fn set(&self, local: &str) {
        let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        *self.0.lock().unwrap() = domain::time::instant(local.date(), local.time());
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A SQLite database with the reference data, which takes most of a second to store: it is stored once, then copied.
pub async fn sqlite() -> Database {
    store::testing::sqlite_like("seeded", seeded).await
}

/// A PostgreSQL database with the reference data, cloned.
pub async fn postgres() -> Database {
    store::testing::postgres_like("seeded", seeded).await
}

async fn seeded(database: &Database) {
    let clock = TestClock(Arc::new(Mutex::new(DateTime::UNIX_EPOCH)));
    clock.set("2019-06-12 08:00");
    let settings = Settings { public_url: "http://ocop.test".into(), demo: false };
    // Other identifiers than those that the office of a test will make.
    let office = Office::new(database.clone(), settings, keys(), Arc::new(clock), [9; 32]);
    crate::people::seal_all(&office).await.unwrap();
    crate::reference::seed(&office).await.unwrap();
}

/// Writes one story as two tests, `sqlite` and `postgres`, each on a database with the reference data.
#[macro_export]
macro_rules! both {
    ($($story:tt)*) => { store::both! { from operations::testing::sqlite, operations::testing::postgres; $($story)* } };
}

/// The secret of every test office: what one seals, another reads.
pub const SECRET: [u8; 32] = [5; 32];

/// The keys of every test office.
#[must_use]
pub fn keys() -> Keys {
    Keys::new(&SECRET)
}

/// An office on the day the article on Plan 134 appeared, with its clock. Reference data is stored.
pub async fn office(database: Database) -> (Office, TestClock) {
    let clock = TestClock(Arc::new(Mutex::new(DateTime::UNIX_EPOCH)));
    clock.set("2019-06-12 08:00");
    let settings = Settings { public_url: "http://ocop.test".into(), demo: false };
    let office = Office::new(database, settings, keys(), Arc::new(clock.clone()), [7; 32]);
    crate::reference::seed(&office).await.unwrap();
    (office, clock)
}

/// Takes every turn at reading spreadsheets, until what is given back is dropped.
pub async fn busy_readers() -> tokio::sync::SemaphorePermit<'static> {
    crate::spreadsheets::READERS.acquire_many(2).await.unwrap()
}

/// The unit that carries this official code today.
pub async fn unit(office: &Office, code: &str) -> UnitId {
    let mut records = office.database.read().await.unwrap();
    let units = store::units::on_day(&mut records, office.today()).await.unwrap();
    units.into_iter().find(|unit| unit.code == code).expect("the code is in force").id
}

/// Adds an organisation in a unit.
pub async fn organisation(office: &Office, kind: OrganisationKind, name: &str, unit: UnitId) -> OrganisationId {
    let organisation = Organisation {
        id: OrganisationId(office.id()),
        kind,
        name: name.into(),
        tax_code: None,
        unit_id: unit,
        address: None,
        phone: None,
        unit_kind: String::new(),
        unit_name: String::new(),
        parent_kind: None,
        parent_name: None,
    };
    let mut work = office.database.begin().await.unwrap();
    store::organisations::add(&mut work, &organisation, office.now()).await.unwrap();
    work.commit().await.unwrap();
    organisation.id
}

/// Adds a person without any particulars, as a member of an organisation when one is given. All have one birthday.
pub async fn person(office: &Office, name: &str, organisation: Option<OrganisationId>) -> PersonId {
    born_on(office, name, NaiveDate::from_ymd_opt(1985, 9, 2), organisation).await
}

async fn born_on(office: &Office, name: &str, birth_date: Option<NaiveDate>, organisation: Option<OrganisationId>) -> PersonId {
    let person = Person {
        id: PersonId(office.id()),
        full_name: name.parse().unwrap(),
        birth_date,
        birth_year: None,
        sex: None,
        phone: None,
        email: None,
        number: SealedNumber::default(),
    };
    let mut work = office.database.begin().await.unwrap();
    store::people::add(&mut work, &person, office.now()).await.unwrap();
    work.commit().await.unwrap();
    if let Some(organisation) = organisation {
        member(office, person.id, organisation).await;
    }
    person.id
}

/// Makes a person a member of an organisation, perhaps besides others.
pub async fn member(office: &Office, person: PersonId, organisation: OrganisationId) {
    let membership = NewMembership {
        id: MembershipId(office.id()),
        person,
        organisation,
        position: None,
        on_state_payroll: false,
        valid_from: office.today(),
    };
    let mut work = office.database.begin().await.unwrap();
    store::people::add_membership(&mut work, &membership).await.unwrap();
    work.commit().await.unwrap();
}

/// Adds a person with an account and one role, who signs in with `user_name` and no password yet. All have one name, and a
/// birthday in 1985 each: who acts in a story is no duplicate of another.
pub async fn actor(office: &Office, user_name: &str, role: Role, scope: Scope) -> Actor {
    let organisation = match scope {
        Scope::Organisation(organisation) => Some(organisation),
        Scope::Unit(_) => None,
    };
    let day = user_name.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 243) + 1;
    let person = born_on(office, "Nguyễn Văn Thử", NaiveDate::from_yo_opt(1985, day), organisation).await;
    let account = AccountId(office.id());
    let mut work = office.database.begin().await.unwrap();
    store::accounts::add(&mut work, account, person, None, Language::Vietnamese, office.now()).await.unwrap();
    assert!(store::accounts::add_name(&mut work, user_name, account).await.unwrap());
    let grant = store::accounts::NewGrant {
        id: GrantId(office.id()),
        account,
        role,
        scope,
        valid_from: office.today(),
        valid_to: None,
        granted_by: None,
    };
    store::accounts::add_grant(&mut work, &grant, office.now()).await.unwrap();
    work.commit().await.unwrap();
    crate::accounts::actor(office, account).await.unwrap().expect("the account was just made")
}

/// Adds a published run of a course of the seed with two sessions on one day, planned by `planner`, in the planner's
/// province. `day` is `2019-07-02`; one can enrol until the day before.
pub async fn published_run(office: &Office, planner: &Actor, course_code: &str, capacity: i64, day: &str) -> RunId {
    let province = unit(office, "38").await;
    published_run_in(office, planner, course_code, capacity, day, province).await
}

/// The same in a given unit.
pub async fn published_run_in(
    office: &Office,
    planner: &Actor,
    course_code: &str,
    capacity: i64,
    day: &str,
    unit: UnitId,
) -> RunId {
    let run = draft_run_in(office, planner, course_code, capacity, day, unit).await;
    let mut work = office.database.begin().await.unwrap();
    assert!(store::runs::publish(&mut work, run, planner.account, office.now()).await.unwrap());
    work.commit().await.unwrap();
    run
}

/// The same as a draft.
pub async fn draft_run_in(office: &Office, planner: &Actor, course_code: &str, capacity: i64, day: &str, unit: UnitId) -> RunId {
    let day: NaiveDate = day.parse().unwrap();
    let mut work = office.database.begin().await.unwrap();
    let course = store::courses::list(&mut work).await.unwrap().into_iter().find(|course| course.code == course_code).unwrap();
    let run = RunId(office.id());
    let fields = RunFields {
        course: course.id,
        name: "Lớp 1",
        audience: course.audience,
        selection_year: None,
        unit,
        room: None,
        venue: "Hội trường tỉnh",
        capacity,
        minimum: 0,
        enrolment_deadline: day.pred_opt().unwrap(),
        approval: domain::requests::Approval::None,
        asks_again: false,
        note: "",
    };
    store::runs::add(&mut work, run, &fields, planner.account, office.now()).await.unwrap();
    for half_day in [HalfDay::Morning, HalfDay::Afternoon] {
        let (starts, ends) = half_day.usual_hours();
        let session = Session {
            id: SessionId(office.id()),
            run_id: run,
            day,
            half_day,
            starts_at: domain::time::instant(day, starts),
            ends_at: domain::time::instant(day, ends),
            room_id: None,
            venue: String::new(),
            topic: String::new(),
            cancellation_reason: None,
        };
        store::runs::add_session(&mut work, &session).await.unwrap();
    }
    work.commit().await.unwrap();
    run
}

/// Adds a venue in a unit with one room of 40 seats.
pub async fn venue(office: &Office, officer: &Actor, unit: UnitId) -> (VenueId, RoomId) {
    let plan = VenuePlan {
        name: "Nhà văn hóa".into(),
        unit,
        address: "Khu 3".into(),
        map_link: "https://bando.example/1".into(),
        equipment: "Máy chiếu".into(),
    };
    let venue = crate::venues::add(office, officer, &plan).await.unwrap();
    let room = RoomPlan { name: "Phòng A".into(), capacity: 40, equipment: String::new() };
    (venue, crate::venues::add_room(office, officer, venue, &room).await.unwrap())
}

/// Books a room for every session of a run, past all rules.
pub async fn booked(office: &Office, run: RunId, room: RoomId) {
    let mut work = office.database.begin().await.unwrap();
    let id = |id: uuid::Uuid| match work {
        store::Work::Sqlite(_) => format!("x'{}'", id.simple()),
        store::Work::Postgres(_) => format!("'{id}'"),
    };
    let sql = format!("UPDATE session SET room_id = {} WHERE run_id = {}", id(room.0), id(run.0));
    store::testing::raw(&mut work, &sql).await;
    work.commit().await.unwrap();
}

/// Narrows a run of organisations to those with a product selected in a year, past all rules.
pub async fn narrowed(office: &Office, run: RunId, year: i32) {
    let mut work = office.database.begin().await.unwrap();
    let id = match work {
        store::Work::Sqlite(_) => format!("x'{}'", run.0.simple()),
        store::Work::Postgres(_) => format!("'{run}'"),
    };
    store::testing::raw(&mut work, &format!("UPDATE run SET selection_year = {year} WHERE id = {id}")).await;
    work.commit().await.unwrap();
}

/// Lets places of a run be given by approval alone, past all rules.
pub async fn by_approval(office: &Office, run: RunId, approval: Approval, asks_again: bool) {
    let mut work = office.database.begin().await.unwrap();
    let id = match work {
        store::Work::Sqlite(_) => format!("x'{}'", run.0.simple()),
        store::Work::Postgres(_) => format!("'{run}'"),
    };
    let sql = format!("UPDATE run SET approval = '{approval}', asks_again = {asks_again} WHERE id = {id}");
    store::testing::raw(&mut work, &sql).await;
    work.commit().await.unwrap();
}

/// Asks for places for people of an organisation: in a run and, when that is full, in others of its course.
pub async fn requested(
    office: &Office,
    by: &Actor,
    organisation: OrganisationId,
    people: &[PersonId],
    runs: &[RunId],
) -> Vec<RequestId> {
    let people = people.iter().copied().map(Enrollee::Member).collect();
    let list = EnrolCommand { run: runs[0], organisation, people, source: EnrolmentSource::Form };
    let command = AskCommand { list, others: runs[1..].to_vec(), note: String::new() };
    crate::requests::ask(office, by, &command).await.unwrap().requests
}

/// Gives `count` new people of an organisation a place in a run, past all rules.
pub async fn enrolled(office: &Office, by: &Actor, run: RunId, organisation: OrganisationId, count: usize) -> Vec<EnrolmentId> {
    let mut records = office.database.read().await.unwrap();
    let known = store::organisations::find(&mut records, organisation).await.unwrap().unwrap();
    drop(records);
    let mut ids = Vec::new();
    for n in 0..count {
        let name = format!("Lê Thị {}", ["An", "Bình", "Dũng", "Đông", "Hà", "Hạnh", "Lan", "Mai", "Ngọc", "Phúc"][n % 10]);
        let person_id = person(office, &name, Some(organisation)).await;
        let enrolment = Enrolment {
            id: EnrolmentId(office.id()),
            run_id: run,
            person_id,
            organisation_id: organisation,
            unit_id: known.unit_id,
            person_name: name.clone(),
            birth_date: NaiveDate::from_ymd_opt(1985, 9, 2),
            birth_year: None,
            organisation_name: known.name.clone(),
            position: None,
            on_state_payroll: false,
            source: EnrolmentSource::Form,
            enrolled_at: office.now(),
            withdrawn_at: None,
        };
        let mut work = office.database.begin().await.unwrap();
        assert!(store::enrolments::add(&mut work, &enrolment, name.rsplit(' ').next().unwrap(), by.account).await.unwrap());
        work.commit().await.unwrap();
        ids.push(enrolment.id);
    }
    ids
}

/// Adds a closed run of 02/07/2019 in which `count` new people of an organisation took part, and which all completed.
pub async fn closed_run(office: &Office, by: &Actor, organisation: OrganisationId, count: usize) -> RunId {
    let run = published_run(office, by, "ENT-4", 40, "2019-07-02").await;
    enrolled(office, by, run, organisation, count).await;
    let mut work = office.database.begin().await.unwrap();
    assert!(store::runs::close(&mut work, run, by.account, office.now()).await.unwrap());
    let decided = "INSERT INTO completion_decision (id, run_id, enrolment_id, rule_version, inputs, outcome, decided_at, decided_by)
        SELECT e.id, e.run_id, e.id, 1, '{}', 'completed', e.enrolled_at, e.enrolled_by FROM enrolment e JOIN run r ON r.id = e.run_id
        WHERE r.closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM completion_decision d WHERE d.enrolment_id = e.id)";
    store::testing::raw(&mut work, decided).await;
    work.commit().await.unwrap();
    run
}

/// Says who signs the certificates of the one book.
pub async fn signatory(office: &Office, officer: &Actor, name: &str) {
    let book = crate::certificates::books(office, officer).await.unwrap().remove(0);
    let form = crate::certificates::BookForm {
        superior: book.superior,
        issuer: book.issuer,
        place: book.place,
        signatory_post: book.signatory_post,
        signatory_name: name.into(),
    };
    crate::certificates::change_book(office, officer, book.id, &form).await.unwrap();
}

/// Marks everybody present, closes a run that has ended, and issues its certificates; gives the one of `enrolment`.
pub async fn certified(office: &Office, officer: &Actor, run: RunId, enrolment: EnrolmentId) -> Certificate {
    let mut records = office.database.read().await.unwrap();
    let sessions = store::runs::sessions(&mut records, run).await.unwrap();
    drop(records);
    for session in sessions {
        crate::attendance::mark_everyone_present(office, officer, session.id, MarkSource::Form).await.unwrap();
    }
    let seen = crate::completion::preview(office, officer, run).await.unwrap().fingerprint;
    let command = CloseCommand { run, overrides: Vec::new(), accept_unmarked_as_absent: false, seen };
    crate::completion::close(office, officer, &command).await.unwrap();
    signatory(office, officer, "Lê Minh Đức").await;
    let issued = crate::certificates::issue(office, officer, run).await.unwrap();
    issued.into_iter().find(|certificate| certificate.enrolment_id == enrolment).unwrap()
}

/// Plans two runs for eighty people of organisations in the third quarter, of a course of the seed, for a unit or for the
/// whole province.
pub async fn plan_line(
    office: &Office,
    officer: &Actor,
    year: &ProgrammeYear,
    course_code: &str,
    unit: Option<UnitId>,
) -> PlanLineId {
    let mut records = office.database.read().await.unwrap();
    let course = store::courses::list(&mut records).await.unwrap().into_iter().find(|course| course.code == course_code).unwrap();
    drop(records);
    let plan = LinePlan {
        course: course.id,
        audience: course.audience.into(),
        quarter: 3,
        runs: 2,
        participants: 80,
        unit,
        place: "Hội trường".into(),
        budget: 64_000_000,
        note: String::new(),
    };
    crate::plans::add(office, officer, year.year, &plan).await.unwrap()
}

/// Says that an organisation would like a course of the seed for so many people, at any time.
pub async fn interest(office: &Office, by: &Actor, organisation: OrganisationId, course_code: &str, people: i64) -> InterestId {
    let mut records = office.database.read().await.unwrap();
    let course = store::courses::list(&mut records).await.unwrap().into_iter().find(|course| course.code == course_code).unwrap();
    let known = store::interests::live_of(&mut records, organisation, course.id).await.unwrap();
    drop(records);
    let wish = Wish { people, months: BTreeSet::new(), note: String::new() };
    let command = NoteCommand { organisation, course: course.id, seen: known.map(|known| known.version), wish };
    crate::interests::note(office, by, &command).await.unwrap()
}

/// Requires a course of the seed of organisations until a day of its year.
pub async fn requirement(office: &Office, officer: &Actor, course_code: &str, deadline: &str) -> RequirementId {
    let mut records = office.database.read().await.unwrap();
    let course = store::courses::list(&mut records).await.unwrap().into_iter().find(|course| course.code == course_code).unwrap();
    drop(records);
    let new = NewRequirement { course: course.id, of: Addressee::Organisations, deadline: deadline.parse().unwrap() };
    crate::requirements::add(office, officer, &new).await.unwrap()
}

/// Gives a person an address for letters.
pub async fn email(office: &Office, person: PersonId, address: &str) {
    let mut work = office.database.begin().await.unwrap();
    let sql = format!("UPDATE person SET email = '{address}' WHERE id = ");
    let id = match work {
        store::Work::Sqlite(_) => format!("x'{}'", person.0.simple()),
        store::Work::Postgres(_) => format!("'{person}'"),
    };
    store::testing::raw(&mut work, &(sql + &id)).await;
    work.commit().await.unwrap();
}

/// Lets a course of the seed require others before it, past all rules: groups of codes of which any one is needed, each
/// perhaps within so many years.
pub async fn requires(office: &Office, course_code: &str, groups: &[(&[&str], Option<i64>)]) {
    let mut work = office.database.begin().await.unwrap();
    let courses = store::courses::list(&mut work).await.unwrap();
    let id = |code: &str| courses.iter().find(|course| course.code == code).unwrap().id;
    let rule = |(codes, within_years): &(&[&str], Option<i64>)| domain::courses::Prerequisite {
        any_of: codes.iter().map(|code| id(code)).collect(),
        within_years: *within_years,
    };
    let rules: Vec<_> = groups.iter().map(rule).collect();
    store::courses::prerequisites::replace(&mut work, id(course_code), &rules).await.unwrap();
    work.commit().await.unwrap();
}
