//! Two planners want the same room and trainer at once. First the control: the same load double-books where clashes are
//! looked for before anything is held. Without it, the stories below it would prove nothing.

use std::sync::Arc;

use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, PersonId, RunId};
use domain::organisations::OrganisationKind;
use domain::runs::{Answers, PlanForm, SessionForm};
use operations::enrolments::{EnrolCommand, Enrollee, enrol};
use operations::{Office, doctor, runs, testing};
use store::Database;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const RUNS: usize = 12;

/// Twelve drafts of one morning, all by one trainer.
struct Morning {
    office: Office,
    officer: Actor,
    drafts: Vec<RunId>,
}

async fn morning(database: Database, taught: bool) -> Arc<Morning> {
    let (office, _) = testing::office(database).await;
    let province = Scope::Unit(testing::unit(&office, "38").await);
    let officer = testing::actor(&office, "van.phong", Role::ProvincialOfficer, province).await;
    let trainer = testing::actor(&office, "giang.vien", Role::Trainer, province).await;
    let courses = operations::courses::list(&office).await.unwrap();
    let course = courses.into_iter().find(|course| course.code == "ENT-4").unwrap();
    let session = SessionForm::first("2019-07-02".parse().unwrap());
    let trainers = if taught { vec![trainer.person.to_string()] } else { Vec::new() };
    let form = PlanForm {
        course: course.id.to_string(),
        name: "Lớp 3".into(),
        audience: "organisations".into(),
        unit: testing::unit(&office, "395").await.to_string(),
        venue: "Nhà văn hóa huyện Thọ Xuân".into(),
        capacity: "40".into(),
        enrolment_deadline: "2019-07-01".into(),
        sessions: vec![SessionForm { trainers, ..session }],
        ..PlanForm::default()
    };
    let mut drafts = Vec::new();
    for _ in 0..RUNS {
        drafts.push(runs::draft(&office, &officer, &form.parse().unwrap()).await.unwrap());
    }
    Arc::new(Morning { office, officer, drafts })
}

impl Morning {
    async fn publish(&self, run: RunId) -> bool {
        runs::publish(&self.office, &self.officer, run, &Answers::default()).await.is_ok()
    }

    /// What not to do: clashes are looked for, and only then a unit of work begins.
    async fn publish_on_an_old_look(&self, run: RunId) -> bool {
        if !runs::clashes(&self.office, &self.officer, run).await.unwrap().is_empty() {
            return false;
        }
        let mut work = self.office.database.begin().await.unwrap();
        let published = store::runs::publish(&mut work, run, self.officer.account, self.office.now()).await.unwrap();
        work.commit().await.unwrap();
        published
    }
}

/// Everybody at once: each waits until all are there. Gives how many succeeded.
async fn rush<F: Future<Output = bool> + Send + 'static>(deeds: Vec<F>) -> usize {
    let start = Arc::new(Barrier::new(deeds.len()));
    let mut tasks = JoinSet::new();
    for deed in deeds {
        let start = start.clone();
        tasks.spawn(async move {
            start.wait().await;
            deed.await
        });
    }
    tasks.join_all().await.into_iter().filter(|done| *done).count()
}

async fn double_booked(office: &Office) -> usize {
    let twice = ["trainer_in_two_places", "participant_in_two_places"];
    doctor::examine(office).await.unwrap().iter().filter(|finding| twice.contains(&finding.invariant.as_str())).count()
}

/// One person of a cooperative, and what it takes to enrol them everywhere.
async fn somebody(m: &Morning) -> (OrganisationId, PersonId) {
    let unit = testing::unit(&m.office, "395").await;
    let htx = testing::organisation(&m.office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    (htx, testing::person(&m.office, "Lê Thị An", Some(htx)).await)
}

operations::both! {
    async fn without_holding_their_time_the_same_load_double_books(database) {
        let m = morning(database, true).await;
        let deeds = m.drafts.iter().map(|run| { let (m, run) = (m.clone(), *run); async move { m.publish_on_an_old_look(run).await } });
        let published = rush(deeds.collect()).await;
        assert!(published > 1, "{published}: this load does not race, so the stories below prove nothing");
        assert!(double_booked(&m.office).await > 0, "and the doctor sees it");
    }

    async fn of_twelve_at_once_one_gets_the_trainer(database) {
        let m = morning(database, true).await;
        let deeds = m.drafts.iter().map(|run| { let (m, run) = (m.clone(), *run); async move { m.publish(run).await } });
        assert_eq!(rush(deeds.collect()).await, 1);
        assert_eq!(double_booked(&m.office).await, 0);
    }

    async fn one_person_enrolled_everywhere_at_once_is_in_one_place(database) {
        let m = morning(database, false).await;
        for run in &m.drafts {
            assert!(m.publish(*run).await);
        }
        let (organisation, person) = somebody(&m).await;
        let deeds = m.drafts.iter().map(|run| {
            let (m, run) = (m.clone(), *run);
            async move {
                let people = vec![Enrollee::Member(person)];
                let source = domain::enrolments::EnrolmentSource::Form;
                enrol(&m.office, &m.officer, EnrolCommand { run, organisation, people, source }).await.is_ok()
            }
        });
        assert_eq!(rush(deeds.collect()).await, 1);
        assert_eq!(double_booked(&m.office).await, 0);
    }
}
