//! The clash check of one run against 10,000 sessions of others: how long it takes until a planner sees what clashes.

use std::path::Path;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use domain::accounts::{Role, Scope};
use domain::ids::{PersonId, RunId, SessionId};
use domain::runs::{HalfDay, PlanForm, SessionForm};
use operations::runs::clashes_of_plan;
use operations::testing::{actor, published_run, unit};
use store::runs::{RunFields, Session};

use crate::house::House;
use crate::{Fallible, line};

const RUNS: u64 = 1000;
const SESSIONS: u64 = 10;
const TRAINERS: usize = 20;
const TIMES: usize = 200;

pub(crate) async fn measure(folder: &Path) -> Fallible<()> {
    let house = House::build(&folder.join("clashes.db"), 0).await?;
    let first = house.office.today() + Days::new(14);
    let trainers = fill(&house, first).await?;
    let courses = operations::courses::list(&house.office).await?;
    let course = courses.first().ok_or("no course")?.id;
    // Three days in the middle, two trainers a session.
    let mut sessions = vec![SessionForm {
        trainers: vec![trainers[3].to_string(), trainers[11].to_string()],
        ..SessionForm::first(first + Days::new(120))
    }];
    for _ in 1..6 {
        sessions.extend(sessions.last().map(SessionForm::next));
    }
    let form = PlanForm {
        course: course.to_string(),
        name: "Lớp 1".into(),
        audience: "organisations".into(),
        unit: unit(&house.office, "38").await.to_string(),
        venue: "Hội trường".into(),
        capacity: "40".into(),
        enrolment_deadline: first.to_string(),
        sessions,
        ..PlanForm::default()
    };
    let plan = form.parse().map_err(|faults| format!("{faults:?}"))?;
    let mut times = Vec::with_capacity(TIMES);
    let mut found = 0;
    for _ in 0..TIMES {
        let begin = Instant::now();
        found = clashes_of_plan(&house.office, &house.officer, None, &plan).await?.len();
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    let millis = |percent: usize| times.get(times.len() * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    let (median, slow) = (millis(50), millis(95));
    line(&format!("6 sessions, {found} clashes"), format!("p50 {median:>6.2} ms   p95 {slow:>6.2} ms   (aim: under 5 ms)"));
    Ok(())
}

/// A thousand published runs of ten half-days over 250 days, by twenty trainers.
async fn fill(house: &House, first: NaiveDate) -> Fallible<Vec<PersonId>> {
    let office = &house.office;
    let province = Scope::Unit(unit(office, "38").await);
    let mut trainers = Vec::new();
    for n in 0..TRAINERS {
        trainers.push(actor(office, &format!("giang.vien.{n}"), Role::Trainer, province).await.person);
    }
    let like = published_run(office, &house.officer, "ENT-1", 40, &first.to_string()).await;
    let mut work = office.database.begin().await?;
    let known = store::runs::find(&mut work, like).await?.ok_or("no run")?;
    let by = house.officer.account;
    for n in 0..RUNS {
        let run = RunId(office.id());
        let fields = RunFields {
            course: known.course_id,
            name: "Lớp 1",
            audience: known.audience,
            selection_year: None,
            unit: known.unit_id,
            room: None,
            venue: "Hội trường tỉnh",
            capacity: 40,
            minimum: 0,
            enrolment_deadline: first,
            approval: domain::requests::Approval::None,
            asks_again: false,
            note: "",
        };
        store::runs::add(&mut work, run, &fields, by, office.now()).await?;
        for k in 0..SESSIONS {
            let day = first + Days::new((n + k / 2) % 250);
            let half_day = if k % 2 == 0 { HalfDay::Morning } else { HalfDay::Afternoon };
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
            store::runs::add_session(&mut work, &session).await?;
            let trainer = trainers[usize::try_from(n * 7 + k)? % TRAINERS];
            store::runs::set_trainers(&mut work, session.id, &[trainer]).await?;
        }
        store::runs::publish(&mut work, run, by, office.now()).await?;
    }
    work.commit().await?;
    Ok(trainers)
}
