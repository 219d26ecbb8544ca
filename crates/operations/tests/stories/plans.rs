//! The annual plan: who writes and reads it, what counts as delivered, and the runs that are made from it.

use std::sync::Arc;

use crate::province::Province;
use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NewMark};
use domain::completion::CloseCommand;
use domain::ids::{CourseId, EnrolmentId, PlanLineId, RunId, UnitId};
use domain::plans::{Delivered, LinePlan, PlanAudience, Sum};
use domain::runs::{HalfDay, RunPlan, SessionPlan};
use operations::{attendance, doctor, plans, runs, testing};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

async fn course(p: &Province, code: &str) -> CourseId {
    operations::courses::list(&p.office).await.unwrap().into_iter().find(|course| course.code == code).unwrap().id
}

async fn line(p: &Province, code: &str, unit: Option<UnitId>) -> PlanLineId {
    testing::plan_line(&p.office, &p.officer, &p.year, code, unit).await
}

/// What a line plans now, with its version.
async fn known(p: &Province, id: PlanLineId) -> (LinePlan, i64) {
    let line = plans::line(&p.office, &p.officer, id).await.unwrap().line;
    (line.plan(), line.version)
}

async fn codes(p: &Province, actor: &Actor) -> Vec<String> {
    plans::plan(&p.office, actor, 2019).await.unwrap().lines.iter().map(|(line, _)| line.code()).collect()
}

/// One morning of a course in the district.
async fn run_plan(p: &Province, code: &str, day: &str, line: Option<PlanLineId>) -> RunPlan {
    let day: NaiveDate = day.parse().unwrap();
    let (starts, ends) = HalfDay::Morning.usual_hours();
    let (venue, topic) = (String::new(), String::new());
    RunPlan {
        course: course(p, code).await,
        name: format!("Lớp {day}"),
        audience: domain::courses::Audience::Organisations,
        selection_year: None,
        unit: p.unit,
        room: None,
        venue: "Nhà văn hóa".into(),
        capacity: 40,
        minimum: 0,
        enrolment_deadline: day.pred_opt().unwrap(),
        approval: domain::requests::Approval::None,
        asks_again: false,
        note: String::new(),
        plan_line: line,
        sessions: vec![SessionPlan {
            id: None,
            day,
            half_day: HalfDay::Morning,
            starts,
            ends,
            room: None,
            venue,
            topic,
            trainers: vec![],
        }],
    }
}

async fn made(p: &Province, code: &str, day: &str, line: PlanLineId) -> RunId {
    runs::draft(&p.office, &p.officer, &run_plan(p, code, day, Some(line)).await).await.unwrap()
}

async fn delivered(p: &Province, id: PlanLineId) -> Delivered {
    plans::line(&p.office, &p.officer, id).await.unwrap().delivered
}

async fn mark(p: &Province, run: RunId, marks: &[(EnrolmentId, MarkStatus)]) {
    let mut records = p.office.database.read().await.unwrap();
    let session = store::runs::sessions(&mut records, run).await.unwrap()[0].id;
    let mut new = Vec::new();
    for (enrolment, status) in marks {
        let seen = store::attendance::current(&mut records, session, *enrolment).await.unwrap().map(|mark| mark.id);
        let (enrolment, status, nonce) = (*enrolment, *status, p.office.secret());
        new.push(NewMark { enrolment, status, note: None, nonce, client_time: None, seen });
    }
    drop(records);
    let command = MarkCommand { session, marks: new, source: MarkSource::Form };
    attendance::mark(&p.office, &p.officer, &command).await.unwrap();
}

operations::both! {
    async fn the_province_writes_and_others_read_what_is_theirs(database) {
        let p = Province::build(database, 1).await;
        let elsewhere = testing::unit(&p.office, "389").await;
        let province = line(&p, "ENT-1", None).await;
        let own = line(&p, "ENT-2", Some(p.unit)).await;
        let others = line(&p, "ENT-3", Some(elsewhere)).await;
        let [stranger, looks_on, trainer, maker] = &p.strangers[..] else { panic!() };
        for (actor, seen) in [
            (&p.officer, vec!["2019-01", "2019-02", "2019-03"]),
            (trainer, vec!["2019-01", "2019-02", "2019-03"]),
            (&p.district, vec!["2019-01", "2019-02"]),
            (&p.manager, vec!["2019-01", "2019-02"]),
            (stranger, vec!["2019-01", "2019-03"]),
            (looks_on, vec!["2019-01", "2019-03"]),
        ] {
            assert_eq!(codes(&p, actor).await, seen);
            let years = plans::years(&p.office, actor).await.unwrap();
            assert_eq!((years.len(), years[0].total.lines), (1, seen.len() as i64));
        }
        assert!(plans::plan(&p.office, maker, 2019).await.unwrap_err().is(&Refusal::NotFound));
        assert!(plans::years(&p.office, maker).await.unwrap_err().is(&Refusal::NotFound));
        assert!(plans::plan(&p.office, &p.officer, 2018).await.unwrap_err().is(&Refusal::NotFound));
        assert!(plans::line(&p.office, &p.district, province).await.is_ok());
        assert!(plans::line(&p.office, &p.district, others).await.unwrap_err().is(&Refusal::NotFound));

        let (plan, version) = known(&p, own).await;
        for actor in [&p.district, &p.manager, trainer, maker] {
            let changed = LinePlan { quarter: 1, ..plan.clone() };
            assert!(plans::add(&p.office, actor, 2019, &changed).await.unwrap_err().is(&Refusal::NotFound));
            assert!(plans::change(&p.office, actor, (own, version), &changed).await.unwrap_err().is(&Refusal::NotFound));
            assert!(plans::remove(&p.office, actor, (own, version)).await.unwrap_err().is(&Refusal::NotFound));
            assert!(plans::choices(&p.office, actor, 2019).await.is_err());
        }
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn a_line_is_changed_by_one_at_a_time_and_plans_what_no_other_plans(database) {
        let p = Province::build(database, 1).await;
        let (first, second) = (line(&p, "ENT-1", None).await, line(&p, "ENT-1", Some(p.unit)).await);
        let (plan, version) = known(&p, first).await;
        let changed = LinePlan { quarter: 4, budget: 1_280_000, ..plan.clone() };
        plans::change(&p.office, &p.officer, (first, version), &changed).await.unwrap();
        let late = plans::change(&p.office, &p.officer, (first, version), &LinePlan { runs: 9, ..plan.clone() }).await.unwrap_err();
        assert!(late.is(&Refusal::ChangedMeanwhile));
        assert!(plans::remove(&p.office, &p.officer, (first, version)).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(known(&p, first).await, (changed.clone(), version + 1));

        let same = LinePlan { unit: Some(p.unit), place: "HOI TRUONG".into(), ..plan.clone() };
        let twice = Refusal::AlreadyPlanned { line: "2019-02".into() };
        assert!(plans::change(&p.office, &p.officer, (first, version + 1), &same).await.unwrap_err().is(&twice));
        assert!(plans::add(&p.office, &p.officer, 2019, &same).await.unwrap_err().is(&twice));
        for (wrong, field, refusal) in [
            (LinePlan { audience: PlanAudience::Officers, ..plan.clone() }, "audience", Refusal::CourseForOthers),
            (LinePlan { unit: Some(testing::unit(&p.office, "38").await), ..plan.clone() }, "unit", Refusal::UnknownUnit),
            (LinePlan { course: CourseId(uuid()), ..plan.clone() }, "course", Refusal::NotAChoice),
        ] {
            let Err(operations::Failure::Refused(faults)) = plans::add(&p.office, &p.officer, 2019, &wrong).await else { panic!() };
            assert_eq!(faults.of(field).next(), Some(&refusal), "{field}");
        }

        assert_eq!(plans::remove(&p.office, &p.officer, (second, 1)).await.unwrap(), 2019);
        assert!(plans::line(&p.office, &p.officer, second).await.unwrap_err().is(&Refusal::NotFound));
        assert!(plans::remove(&p.office, &p.officer, (second, 1)).await.unwrap_err().is(&Refusal::NotFound));
        let again = plans::add(&p.office, &p.officer, 2019, &same).await.unwrap();
        assert_eq!(plans::line(&p.office, &p.officer, again).await.unwrap().line.code(), "2019-03", "numbers are not given again");
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn what_was_delivered_is_counted_from_the_runs_of_a_line(database) {
        let p = Province::build(database, 1).await;
        let id = line(&p, "ENT-4", None).await;
        let run = made(&p, "ENT-4", "2019-07-02", id).await;
        let none = Delivered::default();
        assert_eq!(delivered(&p, id).await, Delivered { made: 1, ..none }, "a draft is made, and nothing more");
        runs::publish(&p.office, &p.officer, run, &domain::runs::Answers::default()).await.unwrap();
        let places = testing::enrolled(&p.office, &p.officer, run, p.organisations[0], 5).await;
        p.clock.set("2019-07-02 11:29");
        assert_eq!(delivered(&p, id).await, Delivered { made: 1, ..none }, "its session is not over");
        p.clock.set("2019-07-02 11:31");
        assert_eq!(delivered(&p, id).await, Delivered { made: 1, held: 1, ..none }, "nobody was marked");
        let statuses = [MarkStatus::Present, MarkStatus::Late, MarkStatus::Absent, MarkStatus::Excused, MarkStatus::Absent];
        let marks: Vec<_> = places.iter().copied().zip(statuses).collect();
        mark(&p, run, &marks).await;
        assert_eq!(delivered(&p, id).await, Delivered { made: 1, held: 1, participants: 2, completed: 0 });
        // Somebody was there after all: the last mark counts.
        mark(&p, run, &[(places[4], MarkStatus::Present)]).await;
        assert_eq!(delivered(&p, id).await.participants, 3);

        let preview = operations::completion::preview(&p.office, &p.officer, run).await.unwrap();
        let command = CloseCommand { run, overrides: vec![], accept_unmarked_as_absent: false, seen: preview.fingerprint };
        operations::completion::close(&p.office, &p.officer, &command).await.unwrap();
        let closed = delivered(&p, id).await;
        assert_eq!((closed.held, closed.participants), (1, 3));
        assert!((1..=3).contains(&closed.completed), "{closed:?}");

        // Of a run that was called off nothing counts.
        let second = made(&p, "ENT-4", "2019-07-09", id).await;
        runs::publish(&p.office, &p.officer, second, &domain::runs::Answers::default()).await.unwrap();
        assert_eq!(delivered(&p, id).await.made, 2);
        runs::cancel(&p.office, &p.officer, second, "Mưa bão").await.unwrap();
        p.clock.set("2019-07-10 08:00");
        assert_eq!(delivered(&p, id).await, closed);

        let plan = plans::plan(&p.office, &p.district, 2019).await.unwrap();
        let sum = Sum { lines: 1, runs: 2, participants: 80, budget: 64_000_000, delivered: closed };
        assert_eq!((plan.quarters, plan.total), ([Sum::default(), Sum::default(), sum, Sum::default()], sum));
        let shown = plans::line(&p.office, &p.district, id).await.unwrap();
        assert_eq!((shown.made, shown.runs.len()), (2, 2), "the cancelled one is shown, too");
    }

    async fn a_line_with_runs_stays_and_runs_keep_their_line(database) {
        let p = Province::build(database, 1).await;
        let id = line(&p, "ENT-4", None).await;
        let other = line(&p, "ENT-1", None).await;
        let wrong = runs::draft(&p.office, &p.officer, &run_plan(&p, "ENT-1", "2019-07-02", Some(id)).await).await.unwrap_err();
        assert!(wrong.is(&Refusal::LineOfAnotherCourse));
        let run = made(&p, "ENT-4", "2019-07-02", id).await;
        let (plan, version) = known(&p, id).await;
        let has_runs = Refusal::LineHasRuns { count: 1 };
        assert!(plans::remove(&p.office, &p.officer, (id, version)).await.unwrap_err().is(&has_runs));
        let moved = LinePlan { course: course(&p, "ENT-2").await, ..plan.clone() };
        assert!(plans::change(&p.office, &p.officer, (id, version), &moved).await.unwrap_err().is(&has_runs));
        plans::change(&p.office, &p.officer, (id, version), &LinePlan { quarter: 4, ..plan }).await.unwrap();

        let shown = runs::show(&p.office, Some(&p.officer), run).await.unwrap();
        assert_eq!(shown.line, Some((id, "2019-01".into())));
        assert_eq!(runs::show(&p.office, Some(&p.officer), run).await.unwrap().run.plan_line_id, Some(id));
        runs::publish(&p.office, &p.officer, run, &domain::runs::Answers::default()).await.unwrap();
        assert_eq!(runs::show(&p.office, None, run).await.unwrap().line, None, "visitors know of no plan");
        let mut form = runs::form_of(&shown);
        form.capacity = "41".into();
        runs::change(&p.office, &p.officer, run, &runs::ChangeCommand::new(0, form.parse().unwrap())).await.unwrap();
        assert_eq!(runs::show(&p.office, Some(&p.officer), run).await.unwrap().run.plan_line_id, Some(id), "kept");
        form.plan_line = other.to_string();
        assert!(runs::change(&p.office, &p.officer, run, &runs::ChangeCommand::new(1, form.parse().unwrap())).await.unwrap_err().is(&Refusal::LineOfAnotherCourse));
        form.plan_line = uuid().to_string();
        assert!(runs::change(&p.office, &p.officer, run, &runs::ChangeCommand::new(1, form.parse().unwrap())).await.unwrap_err().is(&Refusal::NotAChoice));
        form.plan_line = String::new();
        runs::change(&p.office, &p.officer, run, &runs::ChangeCommand::new(1, form.parse().unwrap())).await.unwrap();
        let (_, version) = known(&p, id).await;
        plans::remove(&p.office, &p.officer, (id, version)).await.unwrap();
        let gone = runs::draft(&p.office, &p.officer, &run_plan(&p, "ENT-4", "2019-07-02", Some(id)).await).await.unwrap_err();
        assert!(gone.is(&Refusal::NotAChoice));
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn a_trainer_makes_runs_from_lines_of_their_scope_alone(database) {
        let p = Province::build(database, 1).await;
        let elsewhere = testing::unit(&p.office, "389").await;
        let here = testing::actor(&p.office, "giang.vien.huyen", Role::Trainer, Scope::Unit(p.unit)).await;
        let (own, others) = (line(&p, "ENT-4", Some(p.unit)).await, line(&p, "ENT-4", Some(elsewhere)).await);
        let foreign = runs::draft(&p.office, &here, &run_plan(&p, "ENT-4", "2019-07-02", Some(others)).await).await.unwrap_err();
        assert!(foreign.is(&Refusal::NotAChoice));
        let run = runs::draft(&p.office, &here, &run_plan(&p, "ENT-4", "2019-07-02", Some(own)).await).await.unwrap();
        // Whose line they do not see, they may still change the class of.
        let shown = runs::show(&p.office, Some(&here), run).await.unwrap();
        assert_eq!(shown.line.map(|(line, _)| line), Some(own));
        let trainer = &p.strangers[2];
        let other = runs::draft(&p.office, trainer, &run_plan(&p, "ENT-4", "2019-07-03", Some(others)).await).await.unwrap();
        assert!(plans::line(&p.office, &here, others).await.is_err());
        assert_eq!(plans::line(&p.office, trainer, others).await.unwrap().runs.len(), 1);
        assert_ne!(run, other);
    }

    async fn of_many_who_plan_the_same_at_once_one_does(database) {
        let p = Arc::new(Province::build(database, 1).await);
        let plan = known(&p, line(&p, "ENT-1", None).await).await.0;
        let plan = LinePlan { quarter: 1, ..plan };
        let start = Arc::new(Barrier::new(8));
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let (p, plan, start) = (p.clone(), plan.clone(), start.clone());
            tasks.spawn(async move {
                start.wait().await;
                plans::add(&p.office, &p.officer, 2019, &plan).await
            });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let twice = Refusal::AlreadyPlanned { line: "2019-02".into() };
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|failure| failure.is(&twice)), "{outcomes:?}");
    }

    async fn a_line_is_removed_or_a_run_is_made_from_it_never_both(database) {
        let p = Arc::new(Province::build(database, 1).await);
        for n in 0..4 {
            let id = line(&p, "ENT-4", None).await;
            let plan = run_plan(&p, "ENT-4", "2019-07-02", Some(id)).await;
            let start = Arc::new(Barrier::new(2));
            let (one, other, began) = (p.clone(), p.clone(), start.clone());
            let removing = tokio::spawn(async move {
                began.wait().await;
                plans::remove(&one.office, &one.officer, (id, 1)).await
            });
            let drafting = tokio::spawn(async move {
                start.wait().await;
                runs::draft(&other.office, &other.officer, &plan).await
            });
            let (removed, drafted) = (removing.await.unwrap(), drafting.await.unwrap());
            assert!(removed.is_ok() != drafted.is_ok(), "{n}: {removed:?} {drafted:?}");
            if removed.is_err() {
                let (plan, version) = known(&p, id).await;
                plans::change(&p.office, &p.officer, (id, version), &LinePlan { place: format!("Nơi {n}"), ..plan }).await.unwrap();
            }
        }
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }
}

fn uuid() -> uuid::Uuid {
    uuid::Uuid::from_u128(77)
}
