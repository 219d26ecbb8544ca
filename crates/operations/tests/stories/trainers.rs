//! Trainers: what is known of them, when they are away, and the hours they really gave.

use chrono::Weekday;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{PersonId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use domain::runs::HalfDay;
use domain::trainers::{AbsenceForm, TeachingPlan, TrainerPlan};
use operations::testing::TestClock;
use operations::trainers::{self, Sum, sums};
use operations::{Office, runs, testing};
use store::Work;

struct Cast {
    office: Office,
    clock: TestClock,
    officer: Actor,
    trainer: Actor,
    other: Actor,
}

async fn cast(database: store::Database) -> Cast {
    let (office, clock) = testing::office(database).await;
    let province = Scope::Unit(testing::unit(&office, "38").await);
    let officer = testing::actor(&office, "vpdp", Role::ProvincialOfficer, province).await;
    let trainer = testing::actor(&office, "giang.vien", Role::Trainer, province).await;
    let other = testing::actor(&office, "giang.vien.2", Role::Trainer, province).await;
    Cast { office, clock, officer, trainer, other }
}

/// A published class of 02/07/2019, morning (240 minutes) and afternoon (210), taught by `trainer`.
async fn class(office: &Office, trainer: &Actor) -> (RunId, SessionId, SessionId) {
    let run = testing::published_run(office, trainer, "ENT-4", 40, "2019-07-02").await;
    let mut work = office.database.begin().await.unwrap();
    let sessions = store::runs::sessions(&mut work, run).await.unwrap();
    for session in &sessions {
        store::runs::set_trainers(&mut work, session.id, &[trainer.person]).await.unwrap();
    }
    work.commit().await.unwrap();
    (run, sessions[0].id, sessions[1].id)
}

fn row(n: usize, person: &Actor, minutes: i64, stood_in_for: Option<PersonId>) -> TeachingPlan {
    TeachingPlan { row: n, person: person.person, minutes, stood_in_for, note: String::new() }
}

async fn given(office: &Office, reader: &Actor, of: &Actor) -> Sum {
    let shown = trainers::show(office, reader, of.person).await.unwrap();
    sums(&shown.taught, |_| ()).remove(&()).unwrap_or_default()
}

operations::both! {
    async fn what_is_known_is_kept_by_the_office_and_times_by_the_trainer(database) {
        let Cast { office, officer, trainer, other, .. } = cast(database).await;
        let catalogue = operations::courses::list(&office).await.unwrap();
        let courses = vec![catalogue[1].id, catalogue[0].id];
        let plan = TrainerPlan { employer: "Trường Hồng Đức".into(), rank: "Thạc sĩ".into(), note: "Gọi trước".into(), courses };
        for stranger in [&trainer, &other] {
            assert!(trainers::change(&office, stranger, trainer.person, &plan).await.unwrap_err().is(&Refusal::NotFound));
        }
        trainers::change(&office, &officer, trainer.person, &plan).await.unwrap();
        let unknown = TrainerPlan { courses: vec![domain::ids::CourseId(uuid::Uuid::nil())], ..plan.clone() };
        assert!(trainers::change(&office, &officer, trainer.person, &unknown).await.unwrap_err().is(&Refusal::NotAChoice));
        assert!(trainers::change(&office, &officer, officer.person, &plan).await.unwrap_err().is(&Refusal::NotFound), "no trainer");
        let lines = trainers::list(&office, &other).await.unwrap();
        let codes = &lines.iter().find(|line| line.trainer.person_id == trainer.person).unwrap().courses;
        assert_eq!(*codes, [catalogue[0].code.clone(), catalogue[1].code.clone()], "in the order of the catalogue");
        trainers::change(&office, &officer, trainer.person, &TrainerPlan { courses: vec![], ..plan }).await.unwrap();

        let week = [(Weekday::Tue, HalfDay::Evening), (Weekday::Sun, HalfDay::Morning)];
        assert!(trainers::set_half_days(&office, &other, trainer.person, &week).await.unwrap_err().is(&Refusal::NotFound));
        trainers::set_half_days(&office, &trainer, trainer.person, &week).await.unwrap();
        // Of whom nothing is known yet, this is the first that is.
        trainers::set_half_days(&office, &officer, other.person, &week[..1]).await.unwrap();
        let away = AbsenceForm { first_day: "2019-07-01".into(), last_day: "2019-07-03".into(), reason: "Khám bệnh".into() }.parse().unwrap();
        assert!(trainers::add_absence(&office, &other, trainer.person, &away).await.unwrap_err().is(&Refusal::NotFound));
        let absence = trainers::add_absence(&office, &trainer, trainer.person, &away).await.unwrap();

        let own = trainers::show(&office, &trainer, trainer.person).await.unwrap();
        assert_eq!((own.half_days.as_slice(), own.absences[0].reason.as_str(), own.trainer.note.as_str()), (&week[..], "Khám bệnh", ""));
        assert!(own.may.keep_times && !own.may.change && own.courses.iter().all(|(_, qualified)| !qualified));
        assert!(own.is_away("2019-07-03".parse().unwrap()) && !own.is_away("2019-07-04".parse().unwrap()));
        let read = trainers::show(&office, &other, trainer.person).await.unwrap();
        assert_eq!((read.absences[0].reason.as_str(), read.trainer.note.as_str(), read.may.keep_times), ("", "", false));
        assert_eq!(trainers::show(&office, &officer, trainer.person).await.unwrap().trainer.note, "Gọi trước");

        assert!(trainers::withdraw_absence(&office, &other, absence).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(trainers::withdraw_absence(&office, &officer, absence).await.unwrap(), trainer.person);
        assert!(trainers::withdraw_absence(&office, &trainer, absence).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert!(trainers::show(&office, &trainer, trainer.person).await.unwrap().absences.is_empty());
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }

    async fn the_register_is_read_by_who_plans_runs(database) {
        let Cast { office, officer, trainer, .. } = cast(database).await;
        let district = testing::unit(&office, "395").await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        for reader in [
            testing::actor(&office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await,
            testing::actor(&office, "lanh.dao", Role::Manager, Scope::Unit(district)).await,
            testing::actor(&office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await,
        ] {
            assert!(trainers::list(&office, &reader).await.unwrap_err().is(&Refusal::NotFound));
            assert!(trainers::show(&office, &reader, trainer.person).await.unwrap_err().is(&Refusal::NotFound));
            assert!(trainers::show(&office, &reader, reader.person).await.unwrap_err().is(&Refusal::NotFound), "is no trainer");
            assert!(trainers::hours(&office, &reader, 2019).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(trainers::hours(&office, &trainer, 2019).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(trainers::list(&office, &officer).await.unwrap().len(), 2);
    }

    async fn who_stood_in_gave_the_hours(database) {
        let Cast { office, clock, officer, trainer, other } = cast(database).await;
        let (run, morning, afternoon) = class(&office, &trainer).await;
        assert_eq!(trainers::show(&office, &trainer, trainer.person).await.unwrap().ahead.len(), 2);
        let early = trainers::record(&office, &trainer, morning, 0, &[row(0, &trainer, 240, None)]).await.unwrap_err();
        assert!(early.is(&Refusal::NotBegun { day: "2019-07-02".parse().unwrap() }));

        clock.set("2019-07-02 12:00");
        assert_eq!(given(&office, &trainer, &trainer).await, Sum { sessions: 1, recorded: 0, planned: 240 }, "as planned");
        assert!(trainers::teaching(&office, &other, morning).await.unwrap_err().is(&Refusal::NotFound), "teaches nothing there");
        // The other one stood in for an hour less; nobody stands in for who was not to teach.
        let stood_in = [row(0, &trainer, 0, None), row(1, &other, 180, Some(trainer.person))];
        let nobody = [row(0, &trainer, 240, Some(other.person))];
        assert!(trainers::record(&office, &officer, morning, 0, &nobody).await.unwrap_err().is(&Refusal::NotAChoice));
        let stranger = [TeachingPlan { person: officer.person, ..row(0, &trainer, 9, None) }];
        assert!(trainers::record(&office, &officer, morning, 0, &stranger).await.unwrap_err().is(&Refusal::NotAChoice));
        assert_eq!(trainers::record(&office, &officer, morning, 0, &stood_in).await.unwrap(), 2);
        assert!(trainers::record(&office, &officer, morning, 0, &stood_in).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(trainers::record(&office, &officer, morning, 2, &stood_in).await.unwrap(), 0, "nothing new");
        assert_eq!(given(&office, &trainer, &trainer).await, Sum::default());
        assert_eq!(given(&office, &other, &other).await, Sum { sessions: 1, recorded: 180, planned: 0 });

        // Said again in the same moment: the last counts, the first stays.
        assert_eq!(trainers::record(&office, &trainer, morning, 2, &[row(1, &other, 240, Some(trainer.person))]).await.unwrap(), 1);
        let view = trainers::teaching(&office, &officer, morning).await.unwrap();
        assert_eq!(view.records.len(), 3);
        let last = view.rows.iter().find(|row| row.person == other.person).unwrap();
        assert_eq!((last.last.as_ref().unwrap().minutes, last.planned), (240, false));
        assert_eq!(given(&office, &other, &other).await.recorded, 240);

        // The afternoon counts as planned once it is over, even when the run is called off after it; what is said of the
        // morning holds anyway.
        clock.set("2019-07-02 17:00");
        assert_eq!(given(&office, &trainer, &trainer).await, Sum { sessions: 1, recorded: 0, planned: 210 });
        clock.set("2019-07-02 18:00");
        runs::cancel(&office, &officer, run, "Nhầm lớp").await.unwrap();
        assert_eq!(given(&office, &trainer, &trainer).await.planned, 210);
        assert_eq!(trainers::record(&office, &officer, afternoon, 0, &[row(0, &trainer, 200, None)]).await.unwrap(), 1);

        let hours = trainers::hours(&office, &officer, 2019).await.unwrap();
        let told: Vec<_> = hours.iter().map(|(trainer, taught)| (trainer.person_id, taught.iter().map(trainers::Taught::minutes).sum::<i64>())).collect();
        let mut expected = vec![(trainer.person, 200), (other.person, 240)];
        expected.sort();
        let mut sorted = told.clone();
        sorted.sort();
        assert_eq!(sorted, expected);
        assert!(trainers::hours(&office, &officer, 2018).await.unwrap().is_empty());
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }

    async fn what_was_not_held_was_not_taught(database) {
        let Cast { office, clock, officer, trainer, .. } = cast(database).await;
        let (run, morning, afternoon) = class(&office, &trainer).await;
        let draft = testing::draft_run_in(&office, &officer, "ENT-4", 40, "2019-07-01", testing::unit(&office, "38").await).await;
        let of_draft = store::runs::sessions(&mut office.database.read().await.unwrap(), draft).await.unwrap()[0].id;
        let mut work = office.database.begin().await.unwrap();
        let id = match work {
            Work::Sqlite(_) => format!("x'{}'", afternoon.0.simple()),
            Work::Postgres(_) => format!("'{afternoon}'"),
        };
        let called_off = format!(
            "UPDATE session SET cancelled_at = '2019-07-01T01:00:00+00:00', cancellation_reason = 'Bão', cancelled_by = (SELECT created_by FROM run LIMIT 1) WHERE id = {id}"
        );
        store::testing::raw(&mut work, &called_off).await;
        work.commit().await.unwrap();
        clock.set("2019-07-03 08:00");
        let rows = [row(0, &trainer, 240, None)];
        assert!(trainers::record(&office, &officer, afternoon, 0, &rows).await.unwrap_err().is(&Refusal::SessionCancelled));
        assert!(trainers::record(&office, &officer, of_draft, 0, &rows).await.unwrap_err().is(&Refusal::NotPublished));
        assert_eq!(given(&office, &trainer, &trainer).await, Sum { sessions: 1, recorded: 0, planned: 240 });
        trainers::record(&office, &officer, morning, 0, &rows).await.unwrap();

        // A session of which it was said who taught it neither moves nor goes.
        let shown = runs::show(&office, Some(&officer), run).await.unwrap();
        let mut plan = runs::form_of(&shown).parse().unwrap();
        plan.enrolment_deadline = "2019-07-01".parse().unwrap();
        plan.sessions.retain(|session| session.id == Some(morning));
        plan.sessions[0].day = "2019-07-09".parse().unwrap();
        assert!(runs::change(&office, &officer, run, &runs::ChangeCommand::new(shown.run.sequence, plan)).await.unwrap_err().is(&Refusal::SessionMarked));
    }

    async fn two_who_say_it_at_once_are_told_apart(database) {
        let Cast { office, clock, officer, trainer, .. } = cast(database).await;
        let (_, morning, _) = class(&office, &trainer).await;
        clock.set("2019-07-02 12:00");
        let tries: Vec<_> = (0..6)
            .map(|n| {
                let (office, officer, plan) = (office.clone(), officer.clone(), row(0, &trainer, 100 + n, None));
                tokio::spawn(async move { trainers::record(&office, &officer, morning, 0, &[plan]).await })
            })
            .collect();
        let mut stored = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(count) => stored += count,
                Err(failure) => assert!(failure.is(&Refusal::ChangedMeanwhile), "{failure}"),
            }
        }
        assert_eq!(stored, 1);
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }
}
