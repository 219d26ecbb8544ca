//! A run from its draft to the day it is called off, and who may do what to it.

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::courses::Topic;
use domain::ids::{RunId, SessionId};
use domain::organisations::OrganisationKind;
use domain::runs::{Answers, ClashKind, PlanForm, RunState, SessionForm};
use operations::calendar::{self, Filter};
use operations::runs::{ChangeCommand, form_of};
use operations::{Office, runs, testing};

struct Cast {
    office: Office,
    clock: testing::TestClock,
    trainer: Actor,
    officer: Actor,
}

async fn cast(database: store::Database) -> Cast {
    let (office, clock) = testing::office(database).await;
    let province = Scope::Unit(testing::unit(&office, "38").await);
    let trainer = testing::actor(&office, "giangvien", Role::Trainer, province).await;
    let officer = testing::actor(&office, "canbotinh", Role::ProvincialOfficer, province).await;
    Cast { office, clock, trainer, officer }
}

/// Two sessions on one day in the district of Thọ Xuân, taught by `trainer`.
async fn form(office: &Office, trainer: &Actor, day: &str) -> PlanForm {
    let course = operations::courses::list(office).await.unwrap().into_iter().find(|course| course.code == "ENT-4").unwrap();
    let day: NaiveDate = day.parse().unwrap();
    let morning = SessionForm { trainers: vec![trainer.person.to_string()], ..SessionForm::first(day) };
    PlanForm {
        course: course.id.to_string(),
        name: "Lớp 3".into(),
        audience: "organisations".into(),
        selection_year: String::new(),
        unit: testing::unit(office, "395").await.to_string(),
        venue: "Nhà văn hóa huyện Thọ Xuân".into(),
        capacity: "40".into(),
        enrolment_deadline: day.pred_opt().unwrap().to_string(),
        note: String::new(),
        plan_line: String::new(),
        sessions: vec![morning.clone(), morning.next()],
        ..PlanForm::default()
    }
}

/// The clashes that something was refused for.
fn clashes(failure: operations::Failure) -> Vec<(ClashKind, String)> {
    let operations::Failure::Refused(faults) = failure else { panic!("{failure}") };
    let clash = |refusal| match refusal {
        Refusal::Clash(clash) => (clash.kind, clash.name),
        other => panic!("{other:?}"),
    };
    faults.0.into_iter().map(|fault| clash(fault.refusal)).collect()
}

async fn drafted(office: &Office, by: &Actor, trainer: &Actor, day: &str) -> RunId {
    runs::draft(office, by, &form(office, trainer, day).await.parse().unwrap()).await.unwrap()
}

fn july() -> Filter {
    let day = |text: &str| text.parse().unwrap();
    Filter::between(day("2019-07-01"), day("2019-08-01"))
}

async fn on_calendar(office: &Office, filter: Filter) -> Vec<RunId> {
    calendar::public(office, &filter).await.unwrap().runs.into_iter().map(|run| run.id).collect()
}

async fn events(office: &Office, run: RunId) -> Vec<String> {
    let mut records = office.database.read().await.unwrap();
    let mut verbs: Vec<_> =
        store::events::of_subject(&mut records, run.0).await.unwrap().into_iter().map(|event| event.verb).collect();
    verbs.sort();
    verbs
}

operations::both! {
    async fn a_trainer_drafts_and_publishes_what_everybody_then_sees(database) {
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let other = testing::actor(&office, "giangvien2", Role::Trainer, Scope::Unit(testing::unit(&office, "38").await)).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-02").await;
        assert!(on_calendar(&office, july()).await.is_empty());
        for reader in [None, Some(&other)] {
            assert!(runs::show(&office, reader, run).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(runs::list(&office, &other).await.unwrap().is_empty());
        assert_eq!(runs::list(&office, &trainer).await.unwrap()[0].state(), RunState::Draft);
        assert_eq!(runs::list(&office, &officer).await.unwrap().len(), 1);
        let own = runs::show(&office, Some(&trainer), run).await.unwrap().may;
        assert!(own.change && own.publish && !own.see_roster && !own.enrol);

        assert!(runs::publish(&office, &other, run, &Answers::default()).await.unwrap_err().is(&Refusal::NotFound));
        let version = office.calendar_version().await.unwrap();
        runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap();
        assert_ne!(office.calendar_version().await.unwrap(), version, "copies of the calendar are dropped");
        let shown = runs::show(&office, None, run).await.unwrap();
        assert_eq!((shown.sessions.len(), shown.trainers(), shown.may), (2, vec!["Nguyễn Văn Thử"], runs::May::default()));
        assert_eq!(on_calendar(&office, july()).await, [run]);
        assert_eq!(events(&office, run).await, ["run_drafted", "run_published"]);
    }

    async fn filters_narrow_the_calendar(database) {
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-31").await;
        runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap();
        let august = testing::published_run(&office, &officer, "OFF-1", 60, "2019-08-01").await;
        let district = testing::unit(&office, "395").await;
        let elsewhere = testing::unit(&office, "380").await;
        let everything = Filter { to: "2019-09-01".parse().unwrap(), ..july() };
        assert_eq!(on_calendar(&office, july()).await, [run]);
        assert_eq!(on_calendar(&office, everything).await, [run, august]);
        let next = calendar::next(&office, &july()).await.unwrap();
        assert_eq!(next, "2019-08-01".parse().ok());
        assert_eq!(on_calendar(&office, Filter { unit: Some(district), ..everything }).await, [run]);
        assert!(on_calendar(&office, Filter { unit: Some(elsewhere), ..everything }).await.is_empty());
        assert_eq!(on_calendar(&office, Filter { topic: Some(Topic::Programme), ..everything }).await, [august]);
        let officers = Some(domain::courses::Addressee::Officers);
        assert_eq!(on_calendar(&office, Filter { audience: officers, ..everything }).await, [august]);
        let shown = calendar::public(&office, &everything).await.unwrap();
        assert_eq!(shown.sessions.len(), 4);
        assert_eq!(shown.trainers[&run], ["Nguyễn Văn Thử"]);
        let choices = calendar::choices(&office).await.unwrap();
        assert_eq!(choices.units.iter().map(|(_, kind, _)| kind.as_str()).collect::<Vec<_>>(), ["Tỉnh", "Huyện"]);
    }

    async fn two_who_publish_at_once_publish_once(database) {
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-02").await;
        let tries: Vec<_> = (0..8)
            .map(|n| {
                let (office, actor) = (office.clone(), if n % 2 == 0 { trainer.clone() } else { officer.clone() });
                tokio::spawn(async move { runs::publish(&office, &actor, run, &Answers::default()).await })
            })
            .collect();
        let mut published = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(()) => published += 1,
                Err(failure) => assert!(failure.is(&Refusal::AlreadyPublished), "{failure}"),
            }
        }
        assert_eq!(published, 1);
        assert_eq!(events(&office, run).await, ["run_drafted", "run_published"]);
    }

    async fn only_what_lies_ahead_is_published(database) {
        let Cast { office, clock, trainer, .. } = cast(database).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-02").await;
        clock.set("2019-07-02 07:31");
        assert!(runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap_err().is(&Refusal::SessionInThePast));
        clock.set("2019-07-02 07:29");
        runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap();
    }

    async fn a_trainer_is_in_one_place_at_a_time(database) {
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let (one, two) = (
            drafted(&office, &officer, &trainer, "2019-07-02").await,
            drafted(&office, &officer, &trainer, "2019-07-02").await,
        );
        let both: Vec<_> = [one, two]
            .map(|run| {
                let (office, officer) = (office.clone(), officer.clone());
                tokio::spawn(async move { runs::publish(&office, &officer, run, &Answers::default()).await })
            })
            .into_iter()
            .collect();
        let mut refused = 0;
        for publication in both {
            if let Err(failure) = publication.await.unwrap() {
                // Both half-days of one are the half-days of the other.
                assert_eq!(clashes(failure), vec![(ClashKind::TrainerTwice, "Nguyễn Văn Thử".to_owned()); 2]);
                refused += 1;
            }
        }
        assert_eq!(refused, 1);
    }

    async fn what_participants_rely_on_stays(database) {
        let Cast { office, clock, trainer, officer, .. } = cast(database).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-02").await;
        runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap();
        let unit = testing::unit(&office, "395").await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        testing::enrolled(&office, &officer, run, organisation, 3).await;

        let shown = runs::show(&office, Some(&trainer), run).await.unwrap();
        let mut form = form_of(&shown);
        assert_eq!(form.parse().unwrap().sessions[0].id, Some(shown.sessions[0].0.id), "the form says what the run is");
        form.capacity = "2".into();
        let refused = runs::change(&office, &trainer, run, &ChangeCommand::new(0, form.parse().unwrap())).await.unwrap_err();
        assert!(refused.is(&Refusal::CapacityBelowTaken { taken: 3 }));
        form.capacity = "3".into();
        runs::change(&office, &trainer, run, &ChangeCommand::new(0, form.parse().unwrap())).await.unwrap();
        let late = runs::change(&office, &officer, run, &ChangeCommand::new(0, form.parse().unwrap())).await.unwrap_err();
        assert!(late.is(&Refusal::ChangedMeanwhile), "the second planner saw another run");

        clock.set("2019-07-02 08:00");
        // The afternoon moves by half an hour; the next day gets one more session.
        let mut later = form_of(&runs::show(&office, Some(&trainer), run).await.unwrap());
        later.sessions[1].starts = "14:00".into();
        later.sessions.push(SessionForm { trainers: vec![], ..SessionForm::first("2019-07-03".parse().unwrap()) });
        runs::change(&office, &trainer, run, &ChangeCommand::new(1, later.parse().unwrap())).await.unwrap();
        let now = runs::show(&office, None, run).await.unwrap();
        assert_eq!((now.run.sequence, now.sessions.len()), (2, 3));
        assert_eq!(now.sessions[0].0.id, shown.sessions[0].0.id);
        // Foreign sessions, and units out of reach.
        let mut foreign = form_of(&now);
        foreign.sessions[2].id = SessionId(office.id()).to_string();
        let refused = runs::change(&office, &trainer, run, &ChangeCommand::new(2, foreign.parse().unwrap())).await.unwrap_err();
        assert!(refused.is(&Refusal::ChangedMeanwhile));
    }

    async fn a_run_is_called_off_with_its_reason_and_stays_on_the_calendar(database) {
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-02").await;
        runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap();
        assert!(runs::cancel(&office, &trainer, run, " ").await.unwrap_err().is(&Refusal::ReasonMissing));
        let unit = Scope::Unit(testing::unit(&office, "395").await);
        let bystander = testing::actor(&office, "canbohuyen", Role::UnitOfficer, unit).await;
        assert!(runs::cancel(&office, &bystander, run, "Bão số 3").await.unwrap_err().is(&Refusal::NotFound));
        runs::cancel(&office, &trainer, run, "Bão số 3").await.unwrap();
        assert!(runs::cancel(&office, &officer, run, "Bão số 3").await.unwrap_err().is(&Refusal::RunCancelled));
        assert!(runs::publish(&office, &officer, run, &Answers::default()).await.unwrap_err().is(&Refusal::RunCancelled));
        let shown = calendar::public(&office, &july()).await.unwrap();
        assert_eq!(shown.runs[0].cancellation_reason.as_deref(), Some("Bão số 3"));
        assert!(shown.runs[0].sequence == 1 && shown.sessions.len() == 2, "calendar programs are told");
        assert_eq!(events(&office, run).await, ["run_cancelled", "run_drafted", "run_published"]);

        // A draft that is called off was never seen, and is not seen now.
        let draft = drafted(&office, &trainer, &trainer, "2019-07-04").await;
        runs::cancel(&office, &trainer, draft, "Không cần nữa").await.unwrap();
        assert!(runs::show(&office, None, draft).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(on_calendar(&office, july()).await, [run]);
    }

    async fn nobody_plans_out_of_reach(database) {
        let Cast { office, trainer, .. } = cast(database).await;
        let unit = Scope::Unit(testing::unit(&office, "395").await);
        let plan = form(&office, &trainer, "2019-07-02").await.parse().unwrap();
        for role in [Role::UnitOfficer, Role::Manager] {
            let actor = testing::actor(&office, role.as_str(), role, unit).await;
            assert!(runs::draft(&office, &actor, &plan).await.unwrap_err().is(&Refusal::NotFound), "{role}");
            assert!(runs::choices(&office, &actor).await.unwrap_err().is(&Refusal::NotFound), "{role}");
        }
        // The trainer has to be one, the course has to be for this audience, the unit has to live.
        let mut odd = form(&office, &trainer, "2019-07-02").await;
        odd.sessions[1].trainers = vec![testing::person(&office, "Lê Thị Hoa", None).await.to_string()];
        odd.audience = "officers".into();
        odd.unit = office.id().to_string();
        let refused = runs::draft(&office, &trainer, &odd.parse().unwrap()).await.unwrap_err();
        for refusal in [Refusal::NotAChoice, Refusal::WrongAudience, Refusal::UnknownUnit] {
            assert!(refused.is(&refusal), "{refusal:?}");
        }
    }

    async fn the_scope_of_a_unit_officer_narrows_the_list(database) {
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let run = drafted(&office, &trainer, &trainer, "2019-07-02").await;
        testing::published_run(&office, &officer, "OFF-1", 60, "2019-08-01").await;
        let here = testing::actor(&office, "thoxuan", Role::UnitOfficer, Scope::Unit(testing::unit(&office, "395").await)).await;
        let there = testing::actor(&office, "thanhhoa", Role::UnitOfficer, Scope::Unit(testing::unit(&office, "380").await)).await;
        let seen: Vec<_> = runs::list(&office, &here).await.unwrap().into_iter().map(|run| run.id).collect();
        assert_eq!(seen, [run]);
        assert!(runs::list(&office, &there).await.unwrap().is_empty());
        assert!(runs::show(&office, Some(&there), run).await.unwrap_err().is(&Refusal::NotFound));
        assert!(!runs::show(&office, Some(&here), run).await.unwrap().may.change);
    }

    async fn the_catalogue_has_one_course_a_code_and_counts_its_rules(database) {
        use operations::courses;
        let Cast { office, trainer, officer, .. } = cast(database).await;
        let mut plan = domain::courses::CourseForm {
            code: "ENT-9".into(),
            title: "Bán hàng trực tuyến".into(),
            title_english: "Selling on line".into(),
            topic: "market".into(),
            audience: "organisations".into(),
            hours: "8".into(),
            capacity: "40".into(),
            min_attendance: "80".into(),
            late_counts: "100".into(),
            excused_counts: "0".into(),
            ..Default::default()
        }
        .parse()
        .unwrap();
        assert!(courses::add(&office, &trainer, &plan).await.unwrap_err().is(&Refusal::NotFound));
        let id = courses::add(&office, &officer, &plan).await.unwrap();
        assert!(courses::add(&office, &officer, &plan).await.unwrap_err().is(&Refusal::AlreadyExists));
        assert!(courses::show(&office, &trainer, id).await.unwrap_err().is(&Refusal::NotFound));
        plan.hours = 12;
        courses::change(&office, &officer, id, 1, &plan).await.unwrap();
        assert_eq!(courses::show(&office, &officer, id).await.unwrap().rule_version, 1);
        plan.min_attendance = 90;
        courses::change(&office, &officer, id, 1, &plan).await.unwrap();
        assert_eq!(courses::show(&office, &officer, id).await.unwrap().rule_version, 2);
        assert!(courses::change(&office, &officer, id, 1, &plan).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        plan.code = "ENT-4".into();
        assert!(courses::change(&office, &officer, id, 2, &plan).await.unwrap_err().is(&Refusal::AlreadyExists));
        assert_eq!(courses::list(&office).await.unwrap().last().unwrap().id, id, "at the end of the catalogue");
    }
}
