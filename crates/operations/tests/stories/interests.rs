//! Demand: who says what of whom, what planners see of it, when it counts as met, and who is invited when.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::province::Province;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::enrolments::EnrolmentSource;
use domain::ids::{CourseId, InterestId, OrganisationId, RunId};
use domain::inbox::Task;
use domain::interests::{Month, Standing, Wish};
use domain::organisations::OrganisationKind;
use operations::enrolments::{EnrolCommand, Enrollee};
use operations::inbox::inbox;
use operations::interests::{self, Asked, Demand, InviteCommand, NoteCommand, Tally};
use operations::notices::{self, Letter};
use operations::{Outcome, doctor, enrolments, runs, testing};
use store::Records as _;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

async fn course(p: &Province, code: &str) -> CourseId {
    operations::courses::list(&p.office).await.unwrap().into_iter().find(|course| course.code == code).unwrap().id
}

fn wish(people: i64, months: &[&str]) -> Wish {
    Wish { people, months: months.iter().map(|month| month.parse().unwrap()).collect(), note: String::new() }
}

async fn say(
    p: &Province,
    actor: &Actor,
    organisation: OrganisationId,
    code: &str,
    seen: Option<i64>,
    wish: Wish,
) -> Outcome<InterestId> {
    let command = NoteCommand { organisation, course: course(p, code).await, seen, wish };
    interests::note(&p.office, actor, &command).await
}

async fn see(p: &Province, actor: &Actor, asked: Asked) -> Demand {
    interests::demand(&p.office, actor, asked).await.unwrap()
}

/// What an organisation asks for of a course: people, version, standing.
async fn known(p: &Province, organisation: OrganisationId, code: &str) -> Option<(i64, i64, Standing)> {
    let course = course(p, code).await;
    let mut records = p.office.database.read().await.unwrap();
    let wish = store::interests::live_of(&mut records, organisation, course).await.unwrap()?;
    Some((wish.people, wish.version, wish.standing()))
}

async fn count(p: &Province, sql: &'static str) -> i64 {
    let mut records = p.office.database.read().await.unwrap();
    match records.raw() {
        store::Raw::Sqlite(connection) => sqlx::query_scalar(sql).fetch_one(connection).await.unwrap(),
        store::Raw::Postgres(connection) => sqlx::query_scalar(sql).fetch_one(connection).await.unwrap(),
    }
}

/// Enrols one new person of an organisation.
async fn enrol(p: &Province, run: RunId, organisation: OrganisationId) {
    let person = testing::person(&p.office, "Lê Thị Hà", Some(organisation)).await;
    let command = EnrolCommand { run, organisation, people: vec![Enrollee::Member(person)], source: EnrolmentSource::Form };
    enrolments::enrol(&p.office, &p.officer, command).await.unwrap();
}

/// The letters that invite, as they wait to be sent: address and organisation.
async fn letters(p: &Province) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for id in notices::due(&p.office).await.unwrap() {
        let Some((notice, letter)) = notices::claim(&p.office, id).await.unwrap() else { continue };
        notices::sent(&p.office, &notice).await.unwrap();
        if let Letter::RunInvited { organisation, .. } = letter {
            found.push((notice.recipient.to_string(), organisation));
        }
    }
    found.sort();
    found
}

async fn waits(p: &Province, actor: &Actor) -> Vec<(Task, i64)> {
    inbox(&p.office, actor).await.unwrap().groups.iter().map(|group| (group.task, group.total)).collect()
}

async fn invite(p: &Province, run: RunId, interests: &[InterestId]) -> Outcome<usize> {
    interests::invite(&p.office, &p.officer, &InviteCommand { run, interests: interests.to_vec(), unit: None }).await
}

/// Publishes a draft past what belongs to its timetable, by the one way.
async fn publish(p: &Province, run: RunId) {
    runs::publish(&p.office, &p.officer, run, &domain::runs::Answers::default()).await.unwrap();
}

operations::both! {
    async fn an_organisation_says_what_it_would_like_says_it_anew_and_takes_it_back(database) {
        let p = Province::build(database, 2).await;
        let (own, other) = (p.organisations[0], p.organisations[1]);
        let [stranger, looks_on, trainer, maker] = &p.strangers[..] else { panic!() };
        let first = say(&p, maker, own, "ENT-1", None, wish(3, &["2019-07", "2019-09"])).await.unwrap();
        assert_eq!(known(&p, own, "ENT-1").await, Some((3, 1, Standing::Open)));
        assert!(say(&p, maker, own, "ENT-1", None, wish(4, &[])).await.unwrap_err().is(&Refusal::ChangedMeanwhile), "one at a time");
        assert_eq!(say(&p, maker, own, "ENT-1", Some(1), wish(4, &[])).await.unwrap(), first, "said anew it is the same wish");
        assert!(say(&p, &p.district, own, "ENT-1", Some(1), wish(5, &[])).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(known(&p, own, "ENT-1").await, Some((4, 2, Standing::Open)));
        assert_eq!(count(&p, "SELECT CAST(COUNT(*) AS BIGINT) FROM interest_statement").await, 2, "what was said is kept");

        for actor in [maker, stranger] {
            assert!(say(&p, actor, other, "ENT-1", None, wish(1, &[])).await.unwrap_err().is(&Refusal::NotFound));
        }
        for actor in [stranger, looks_on, trainer, &p.manager] {
            assert!(say(&p, actor, own, "ENT-2", None, wish(1, &[])).await.unwrap_err().is(&Refusal::NotFound));
            assert!(interests::wishes(&p.office, actor, own).await.unwrap_err().is(&Refusal::NotFound));
            let withdrawn = interests::withdraw(&p.office, actor, (own, course(&p, "ENT-1").await), 2).await;
            assert!(withdrawn.unwrap_err().is(&Refusal::NotFound));
        }
        say(&p, &p.district, other, "ENT-1", None, wish(2, &[])).await.unwrap();
        assert!(say(&p, maker, own, "OFF-1", None, wish(1, &[])).await.unwrap_err().is(&Refusal::CourseForOthers));
        let wishes = interests::wishes(&p.office, maker, own).await.unwrap();
        assert!(wishes.courses.iter().all(|(course, _)| !course.code.starts_with("OFF")));
        assert_eq!(wishes.courses.iter().filter(|(_, wish)| wish.is_some()).count(), 1);

        let course = course(&p, "ENT-1").await;
        assert!(interests::withdraw(&p.office, maker, (own, course), 1).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        interests::withdraw(&p.office, maker, (own, course), 2).await.unwrap();
        assert!(interests::withdraw(&p.office, maker, (own, course), 2).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(known(&p, own, "ENT-1").await, None);
        assert_ne!(say(&p, maker, own, "ENT-1", None, wish(9, &[])).await.unwrap(), first, "asked again it is another wish");
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn planners_see_demand_by_course_unit_and_month_in_their_scope(database) {
        let p = Province::build(database, 2).await;
        let elsewhere = testing::unit(&p.office, "389").await;
        let far = testing::organisation(&p.office, OrganisationKind::Enterprise, "Công ty Ngọc Lặc", elsewhere).await;
        say(&p, &p.officer, p.organisations[0], "ENT-1", None, wish(3, &["2019-07", "2019-08"])).await.unwrap();
        say(&p, &p.officer, p.organisations[1], "ENT-1", None, wish(2, &["2019-08"])).await.unwrap();
        say(&p, &p.officer, p.organisations[1], "ENT-2", None, wish(7, &[])).await.unwrap();
        say(&p, &p.officer, far, "ENT-1", None, wish(10, &["2020-05"])).await.unwrap();
        let all = see(&p, &p.officer, Asked::default()).await;
        assert_eq!(all.total, Tally { organisations: 4, people: 22, met: 0 });
        let courses: Vec<_> = all.courses.iter().map(|c| (c.code.as_str(), c.tally.people, c.tally.organisations, c.any_time)).collect();
        assert_eq!(courses, [("ENT-1", 15, 3, 0), ("ENT-2", 7, 1, 7)]);
        assert_eq!(all.courses[0].months, [0, 3, 5, 0, 0, 0, 0, 0, 0, 0, 0, 10]);
        let units: Vec<_> = all.units.iter().map(|unit| (unit.unit, unit.tally.people)).collect();
        assert_eq!(units, [(p.unit, 12), (elsewhere, 10)]);
        assert_eq!((all.units_to_choose.len(), all.courses_to_choose.len()), (2, 2));

        let [stranger, looks_on, trainer, maker] = &p.strangers[..] else { panic!() };
        for (actor, people) in [(trainer, 22), (&p.district, 12), (&p.manager, 12), (stranger, 10), (looks_on, 10)] {
            let seen = see(&p, actor, Asked::default()).await;
            assert_eq!(seen.total.people, people);
            assert_eq!(seen.units_to_choose.len(), if people == 22 { 2 } else { 1 });
        }
        assert!(interests::demand(&p.office, maker, Asked::default()).await.unwrap_err().is(&Refusal::NotFound));
        let foreign = Asked { course: None, unit: Some(elsewhere) };
        assert!(interests::demand(&p.office, &p.district, foreign).await.unwrap_err().is(&Refusal::NotFound));
        let narrow = Asked { course: Some(course(&p, "ENT-1").await), unit: Some(p.unit) };
        let seen = see(&p, &p.officer, narrow).await;
        assert_eq!((seen.total.people, seen.wishes.len(), seen.units_to_choose.len()), (5, 2, 2));
        let wanted = interests::wanted(&p.office, &p.officer, narrow.course.unwrap(), Some(p.unit)).await.unwrap();
        assert_eq!((wanted.people, wanted.month), (5, "2019-08".parse().ok()));
        let everywhere = interests::wanted(&p.office, &p.officer, narrow.course.unwrap(), None).await.unwrap();
        assert_eq!((everywhere.people, everywhere.month.map(Month::show)), (15, Some("5/2020".into())));
    }

    async fn a_wish_is_met_by_who_is_enrolled_after_it_was_said(database) {
        let p = Province::build(database, 1).await;
        let own = p.organisations[0];
        let before = testing::published_run(&p.office, &p.officer, "ENT-1", 40, "2019-07-02").await;
        enrol(&p, before, own).await;
        p.clock.set("2019-06-12 09:00");
        say(&p, &p.officer, own, "ENT-1", None, wish(2, &[])).await.unwrap();
        assert_eq!(known(&p, own, "ENT-1").await.unwrap().2, Standing::Open, "what was before it does not meet it");
        let of_another = testing::published_run(&p.office, &p.officer, "ENT-2", 40, "2019-07-02").await;
        enrol(&p, of_another, own).await;
        assert_eq!(known(&p, own, "ENT-1").await.unwrap().2, Standing::Open);
        let after = testing::published_run(&p.office, &p.officer, "ENT-1", 40, "2019-07-05").await;
        enrol(&p, after, own).await;
        assert_eq!(known(&p, own, "ENT-1").await.unwrap().2, Standing::Met);
        assert_eq!(see(&p, &p.officer, Asked::default()).await.total, Tally { organisations: 0, people: 0, met: 1 });

        // Said anew it is open again, until somebody more is enrolled.
        p.clock.set("2019-06-13 09:00");
        say(&p, &p.officer, own, "ENT-1", Some(1), wish(5, &[])).await.unwrap();
        assert_eq!(known(&p, own, "ENT-1").await, Some((5, 2, Standing::Open)));
        enrol(&p, after, own).await;
        assert_eq!(known(&p, own, "ENT-1").await.unwrap().2, Standing::Met);
        // A class that is called off meets nothing.
        runs::cancel(&p.office, &p.officer, after, "Mưa bão").await.unwrap();
        assert_eq!(known(&p, own, "ENT-1").await.unwrap().2, Standing::Open);
    }

    async fn who_asked_is_invited_once_and_told_once(database) {
        let p = Province::build(database, 3).await;
        let maker = &p.strangers[3];
        p.email(maker, "htx0@example.vn").await;
        let second = testing::actor(&p.office, "dai.dien.1", Role::Representative, Scope::Organisation(p.organisations[1])).await;
        p.email(&second, "htx1@example.vn").await;
        let mut wishes = Vec::new();
        for organisation in &p.organisations {
            wishes.push(testing::interest(&p.office, &p.officer, *organisation, "ENT-1", 2).await);
        }
        let run = testing::draft_run_in(&p.office, &p.officer, "ENT-1", 40, "2019-07-02", p.unit).await;
        let open = interests::invitations(&p.office, &p.officer, run).await.unwrap();
        assert_eq!((open.candidates.len(), open.invited.len(), open.closed), (3, 0, None));
        assert!(invite(&p, run, &[]).await.unwrap_err().is(&Refusal::NothingChosen));
        assert_eq!(invite(&p, run, &wishes[..1]).await.unwrap(), 1);
        assert!(invite(&p, run, &wishes[..1]).await.unwrap_err().is(&Refusal::ChangedMeanwhile), "nobody is invited twice");
        assert_eq!(letters(&p).await, [], "nobody is told of a draft");
        assert_eq!(waits(&p, maker).await, []);

        publish(&p, run).await;
        assert_eq!(letters(&p).await, [("htx0@example.vn".into(), "HTX số 0".into())]);
        assert_eq!(waits(&p, maker).await, [(Task::AnswerInvitation, 1)]);
        assert_eq!(waits(&p, &second).await, []);
        let command = InviteCommand { run, interests: vec![], unit: Some(p.unit) };
        assert_eq!(interests::invite(&p.office, &p.officer, &command).await.unwrap(), 2, "the rest of the unit");
        assert_eq!(letters(&p).await, [("htx1@example.vn".into(), "HTX số 1".into())], "told at once, and only who is new");
        assert_eq!(waits(&p, &second).await, [(Task::AnswerInvitation, 1)]);
        assert!(interests::invite(&p.office, &p.officer, &command).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(letters(&p).await, []);

        enrol(&p, run, p.organisations[0]).await;
        assert_eq!(waits(&p, maker).await, [], "the invitation is answered");
        let known = interests::invitations(&p.office, &p.officer, run).await.unwrap();
        assert_eq!(known.invited.iter().map(|known| known.enrolled).collect::<Vec<_>>(), [1, 0, 0]);
        p.clock.set("2019-07-02 08:00");
        assert_eq!(waits(&p, &second).await, [], "nobody can enrol any more");
        let late = Refusal::DeadlinePassed { deadline: "2019-07-01".parse().unwrap() };
        assert!(invite(&p, run, &wishes).await.unwrap_err().is(&late));
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn only_planners_invite_and_only_whom_the_run_admits(database) {
        let p = Province::build(database, 1).await;
        let own = p.organisations[0];
        let trainer = &p.strangers[2];
        let here = testing::actor(&p.office, "giang.vien.khac", Role::Trainer, Scope::Unit(testing::unit(&p.office, "389").await)).await;
        let wish = testing::interest(&p.office, &p.officer, own, "ENT-1", 2).await;
        let other = testing::interest(&p.office, &p.officer, own, "ENT-2", 2).await;
        let run = testing::draft_run_in(&p.office, &here, "ENT-1", 40, "2019-07-02", p.unit).await;
        let command = InviteCommand { run, interests: vec![wish], unit: None };
        for actor in [&p.district, &p.manager, trainer, &p.strangers[0], &p.strangers[3]] {
            assert!(interests::invitations(&p.office, actor, run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(interests::invite(&p.office, actor, &command).await.unwrap_err().is(&Refusal::NotFound));
        }
        // Who plans the run sees demand in another district alone.
        assert!(interests::invitations(&p.office, &here, run).await.unwrap().candidates.is_empty());
        assert!(interests::invite(&p.office, &here, &command).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert!(invite(&p, run, &[other]).await.unwrap_err().is(&Refusal::ChangedMeanwhile), "a wish for another course");
        testing::narrowed(&p.office, run, 2019).await;
        let refused = interests::invitations(&p.office, &p.officer, run).await.unwrap().candidates.remove(0).refusal;
        assert_eq!(refused, Some(Refusal::NotSelected { year: 2019 }));
        assert!(invite(&p, run, &[wish]).await.unwrap_err().is(&Refusal::NotSelected { year: 2019 }));
        let second = testing::draft_run_in(&p.office, &p.officer, "ENT-1", 40, "2019-07-03", p.unit).await;
        invite(&p, second, &[wish]).await.unwrap();
        let shown = runs::show(&p.office, Some(&p.officer), second).await.unwrap();
        let mut form = runs::form_of(&shown);
        form.course = course(&p, "ENT-2").await.to_string();
        let moved = runs::change(&p.office, &p.officer, second, &runs::ChangeCommand::new(0, form.parse().unwrap())).await.unwrap_err();
        assert!(moved.is(&Refusal::HasInvitations), "they asked for this course");
        runs::cancel(&p.office, &p.officer, second, "Thiếu giảng viên").await.unwrap();
        assert!(invite(&p, second, &[wish]).await.unwrap_err().is(&Refusal::RunCancelled));
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    // First the control: where a look before the unit of work is trusted, one organisation asks for a course many times.
    async fn on_an_old_look_many_wishes_stand_for_one_course(database) {
        let p = Arc::new(Province::build(database, 1).await);
        let mut work = p.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "DROP INDEX interest_live").await;
        work.commit().await.unwrap();
        let (course, looked) = (course(&p, "ENT-1").await, Arc::new(Barrier::new(8)));
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let (p, looked) = (p.clone(), looked.clone());
            tasks.spawn(async move {
                let mut records = p.office.database.read().await.unwrap();
                let known = store::interests::live_of(&mut records, p.organisations[0], course).await.unwrap();
                drop(records);
                looked.wait().await;
                if known.is_none() {
                    let mut work = p.office.database.begin().await.unwrap();
                    let id = InterestId(p.office.id());
                    insert(&mut work, id, p.organisations[0], course).await;
                    store::interests::say(&mut work, p.office.id(), (id, 1), &wish(1, &[]), p.officer.account, p.office.now()).await.unwrap();
                    work.commit().await.unwrap();
                }
            });
        }
        tasks.join_all().await;
        assert!(count(&p, "SELECT CAST(COUNT(*) AS BIGINT) FROM interest").await > 1, "this load does not race, so the story below proves nothing");
        let findings = doctor::examine(&p.office).await.unwrap();
        assert!(findings.iter().any(|finding| finding.invariant == "two_live_interests"), "{findings:?}");
    }

    async fn of_many_who_say_it_at_once_for_one_organisation_one_does(database) {
        let p = Arc::new(Province::build(database, 1).await);
        let (course, start) = (course(&p, "ENT-1").await, Arc::new(Barrier::new(8)));
        let mut tasks = JoinSet::new();
        for n in 0..8 {
            let (p, start) = (p.clone(), start.clone());
            tasks.spawn(async move {
                let actor = if n % 2 == 0 { &p.strangers[3] } else { &p.district };
                let command = NoteCommand { organisation: p.organisations[0], course, seen: None, wish: wish(n + 1, &[]) };
                start.wait().await;
                interests::note(&p.office, actor, &command).await
            });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let others = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(others.into_iter().all(|failure| failure.is(&Refusal::ChangedMeanwhile)), "{outcomes:?}");
        let rows = "SELECT CAST(COUNT(*) AS BIGINT) FROM interest i JOIN interest_statement s ON s.interest_id = i.id";
        assert_eq!(count(&p, rows).await, 1);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn publishing_and_inviting_at_once_tells_everybody_once(database) {
        let p = Arc::new(Province::build(database, 4).await);
        let mut wishes = Vec::new();
        for (n, organisation) in p.organisations.clone().into_iter().enumerate() {
            let actor = testing::actor(&p.office, &format!("dai.dien.{n}"), Role::Representative, Scope::Organisation(organisation)).await;
            p.email(&actor, &format!("htx{n}@example.vn")).await;
            wishes.push(testing::interest(&p.office, &p.officer, organisation, "ENT-1", 2).await);
        }
        let run = testing::draft_run_in(&p.office, &p.officer, "ENT-1", 40, "2019-07-02", p.unit).await;
        let start = Arc::new(Barrier::new(5));
        let mut tasks = JoinSet::new();
        for wish in wishes {
            let (p, start) = (p.clone(), start.clone());
            tasks.spawn(async move {
                start.wait().await;
                invite(&p, run, &[wish]).await.unwrap();
            });
        }
        let (one, began) = (p.clone(), start.clone());
        tasks.spawn(async move {
            began.wait().await;
            publish(&one, run).await;
        });
        tasks.join_all().await;
        let told: Vec<_> = letters(&p).await.into_iter().map(|(address, _)| address).collect();
        assert_eq!(told, ["htx0@example.vn", "htx1@example.vn", "htx2@example.vn", "htx3@example.vn"]);
        assert_eq!(told.iter().collect::<BTreeSet<_>>().len(), 4);
    }
}

/// Adds a wish without the index that keeps it the only one.
async fn insert(work: &mut store::Work, id: InterestId, organisation: OrganisationId, course: CourseId) {
    let sql = "INSERT INTO interest (id, organisation_id, course_id) VALUES ($1, $2, $3)";
    match work.raw() {
        store::Raw::Sqlite(connection) => {
            sqlx::query(sql).bind(id).bind(organisation).bind(course).execute(connection).await.unwrap();
        }
        store::Raw::Postgres(connection) => {
            sqlx::query(sql).bind(id).bind(organisation).bind(course).execute(connection).await.unwrap();
        }
    }
}
