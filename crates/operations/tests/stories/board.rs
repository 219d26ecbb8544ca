//! The board: who completed what is required, by unit, organisation and name.

use domain::accounts::{Actor, Role, Scope};
use domain::completion::Outcome;
use domain::courses::{Addressee, Audience};
use domain::ids::{DecisionId, EnrolmentId, OrganisationId, RunId, UnitId};
use domain::organisations::OrganisationKind;
use domain::requirements::{NewRequirement, Standing};
use operations::reports::{self, BoardQuestion, Counts, Home};
use operations::{Office, Refusal, requirements, testing};
use store::{Raw, Records as _};

async fn course(office: &Office, code: &str) -> domain::ids::CourseId {
    let mut records = office.database.read().await.unwrap();
    store::courses::list(&mut records).await.unwrap().into_iter().find(|course| course.code == code).unwrap().id
}

async fn demand(office: &Office, actor: &Actor, code: &str, of: Addressee, deadline: &str) {
    let new = NewRequirement { course: course(office, code).await, of, deadline: deadline.parse().unwrap() };
    requirements::add(office, actor, &new).await.unwrap();
}

const DECIDE: &str =
    "INSERT INTO completion_decision (id, run_id, enrolment_id, rule_version, inputs, outcome, decided_at, decided_by)
    VALUES ($1, $2, $3, 1, '{}', $4, $5, $6)";

/// Closes a run in which `completed` of its participants completed and the others did not.
async fn close(office: &Office, by: &Actor, run: RunId, completed: &[EnrolmentId]) {
    let mut work = office.database.begin().await.unwrap();
    for enrolment in store::enrolments::live_of_run(&mut work, run).await.unwrap() {
        let (id, at) = (DecisionId(office.id()), office.now());
        let outcome = if completed.contains(&enrolment.id) { Outcome::Completed } else { Outcome::NotCompleted };
        match work.raw() {
            Raw::Sqlite(connection) => {
                let decide = sqlx::query(DECIDE).bind(id).bind(run).bind(enrolment.id).bind(outcome).bind(at).bind(by.account);
                decide.execute(connection).await.unwrap();
            }
            Raw::Postgres(connection) => {
                let decide = sqlx::query(DECIDE).bind(id).bind(run).bind(enrolment.id).bind(outcome).bind(at).bind(by.account);
                decide.execute(connection).await.unwrap();
            }
        }
    }
    assert!(store::runs::close(&mut work, run, by.account, office.now()).await.unwrap());
    work.commit().await.unwrap();
}

fn question(unit: UnitId) -> BoardQuestion {
    BoardQuestion {
        year: 2019,
        audience: Audience::Organisations,
        unit,
        course: None,
        standing: None,
        overdue: false,
        itself: false,
    }
}

/// ENT-1 is required of organisations until 31/07/2019. Of the three in Thọ Xuân one has completed it, one is on the way;
/// the fourth lies in another district.
struct Scene {
    province: UnitId,
    district: UnitId,
    commune: UnitId,
    officer: Actor,
    organisations: [OrganisationId; 4],
}

async fn scene(office: &Office) -> Scene {
    let [province, district, commune, elsewhere] = [
        testing::unit(office, "38").await,
        testing::unit(office, "395").await,
        testing::unit(office, "15502").await,
        testing::unit(office, "380").await,
    ];
    let officer = testing::actor(office, "officer", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let add = async |name, unit| testing::organisation(office, OrganisationKind::Cooperative, name, unit).await;
    let organisations =
        [add("HTX A", commune).await, add("HTX B", district).await, add("HTX C", commune).await, add("HTX D", elsewhere).await];
    demand(office, &officer, "ENT-1", Addressee::Organisations, "2019-07-31").await;
    let done = testing::published_run(office, &officer, "ENT-1", 40, "2019-07-02").await;
    let completed = testing::enrolled(office, &officer, done, organisations[0], 2).await;
    testing::enrolled(office, &officer, done, organisations[2], 1).await;
    close(office, &officer, done, &completed[..1]).await;
    let coming = testing::published_run(office, &officer, "ENT-1", 40, "2019-08-20").await;
    testing::enrolled(office, &officer, coming, organisations[1], 1).await;
    // A run of last year and a draft of another course count for nothing.
    let old = testing::published_run(office, &officer, "ENT-1", 40, "2018-12-30").await;
    testing::enrolled(office, &officer, old, organisations[3], 1).await;
    Scene { province, district, commune, officer, organisations }
}

operations::both! {
    async fn numbers_add_up_and_lead_to_names(database) {
        let (office, clock) = testing::office(database).await;
        let scene = scene(&office).await;
        let board = reports::board(&office, &scene.officer, &question(scene.province)).await.unwrap();
        assert_eq!(board.total, Counts { subjects: 4, completed: 1, on_the_way: 1, missing: 2, overdue: 0 });
        let rows: Vec<_> = board.rows.iter().map(|row| (row.unit.as_ref().unwrap().code.as_str(), row.counts.subjects)).collect();
        assert_eq!(rows, [("380", 1), ("395", 3)], "by name, units without organisations left out");
        assert_eq!(board.lines.len(), 4);

        let district = reports::board(&office, &scene.officer, &question(scene.district)).await.unwrap();
        assert_eq!(district.total, board.rows[1].counts, "the number of a row is the total of its own board");
        assert_eq!(district.above.iter().map(|unit| unit.id).collect::<Vec<_>>(), [scene.province]);
        let rows: Vec<_> = district.rows.iter().map(|row| (row.unit.as_ref().map(|unit| unit.id), row.counts)).collect();
        let own = Counts { subjects: 1, on_the_way: 1, ..Counts::default() };
        assert_eq!(rows[1], (None, own), "what lies in the district itself has its own row");
        assert_eq!(rows[0].0, Some(scene.commune));

        let commune = reports::board(&office, &scene.officer, &question(scene.commune)).await.unwrap();
        assert!(commune.rows.is_empty());
        for standing in Standing::ALL {
            let asked = BoardQuestion { standing: Some(*standing), ..question(scene.province) };
            let listed = reports::board(&office, &scene.officer, &asked).await.unwrap();
            assert!(listed.lines.iter().all(|line| line.standing == *standing));
            let number = match standing { Standing::Completed => 1, Standing::OnTheWay => 1, Standing::Missing => 2 };
            assert_eq!(listed.lines.len(), number, "{standing}");
        }
        let itself = BoardQuestion { itself: true, ..question(scene.district) };
        let itself = reports::board(&office, &scene.officer, &itself).await.unwrap();
        assert_eq!(itself.lines.iter().map(|line| line.subject.name.as_str()).collect::<Vec<_>>(), ["HTX B"]);

        // After the deadline, who has not completed is overdue, also on the way.
        clock.set("2019-08-01 08:00");
        let late = reports::board(&office, &scene.officer, &question(scene.province)).await.unwrap();
        assert_eq!(late.total.overdue, 3);
        let overdue = BoardQuestion { overdue: true, ..question(scene.district) };
        assert_eq!(reports::board(&office, &scene.officer, &overdue).await.unwrap().lines.len(), 2);
        // Nothing is required in a year without requirements.
        let empty = BoardQuestion { year: 2018, ..question(scene.province) };
        assert_eq!(reports::board(&office, &scene.officer, &empty).await.unwrap().total, Counts::default());
    }

    async fn officers_answer_each_for_themselves(database) {
        let (office, _) = testing::office(database).await;
        let scene = scene(&office).await;
        demand(&office, &scene.officer, "OFF-1", Addressee::Officers, "2019-09-30").await;
        let body = testing::organisation(&office, OrganisationKind::StateBody, "Phòng NN&PTNT Thọ Xuân", scene.district).await;
        for name in ["Trần Văn Bình", "Lê Thị Ánh"] {
            testing::person(&office, name, Some(body)).await;
        }
        let run = testing::published_run(&office, &scene.officer, "OFF-1", 40, "2019-07-02").await;
        testing::enrolled(&office, &scene.officer, run, body, 1).await;
        let asked = BoardQuestion { audience: Audience::Officers, ..question(scene.district) };
        let board = reports::board(&office, &scene.officer, &asked).await.unwrap();
        assert_eq!(board.total, Counts { subjects: 3, on_the_way: 1, missing: 2, ..Counts::default() });
        let names: Vec<_> = board.lines.iter().map(|line| line.subject.name.as_str()).collect();
        assert_eq!(names, ["Lê Thị An", "Lê Thị Ánh", "Trần Văn Bình"]);
    }

    async fn an_organisation_shows_its_people(database) {
        let (office, _) = testing::office(database).await;
        let scene = scene(&office).await;
        let [done, _, failed, _] = scene.organisations;
        let board = reports::organisation(&office, &scene.officer, 2019, done).await.unwrap();
        assert_eq!(board.lines.len(), 1);
        assert_eq!(board.lines[0].standing, Standing::Completed);
        let outcomes: Vec<_> = board.trained.iter().map(|person| (person.person_name.as_str(), person.outcome)).collect();
        assert_eq!(outcomes, [("Lê Thị An", Some(Outcome::Completed)), ("Lê Thị Bình", Some(Outcome::NotCompleted))]);
        let board = reports::organisation(&office, &scene.officer, 2019, failed).await.unwrap();
        assert_eq!(board.lines[0].standing, Standing::Missing);
    }

    async fn everybody_sees_their_own_and_no_more(database) {
        let (office, _) = testing::office(database).await;
        let scene = scene(&office).await;
        let [own, _, other, far] = scene.organisations;
        let manager = testing::actor(&office, "manager", Role::Manager, Scope::Unit(scene.district)).await;
        let representative = testing::actor(&office, "representative", Role::Representative, Scope::Organisation(own)).await;
        let trainer = testing::actor(&office, "trainer", Role::Trainer, Scope::Unit(scene.province)).await;

        assert_eq!(reports::home(&office, &scene.officer).await.unwrap(), Home::Unit(scene.province));
        assert_eq!(reports::home(&office, &manager).await.unwrap(), Home::Unit(scene.district));
        assert_eq!(reports::home(&office, &representative).await.unwrap(), Home::Organisation(own));
        assert!(reports::home(&office, &trainer).await.unwrap_err().is(&Refusal::NotFound));

        assert!(reports::board(&office, &manager, &question(scene.commune)).await.unwrap().above.iter().all(|u| u.id == scene.district));
        assert!(!reports::organisation(&office, &representative, 2019, own).await.unwrap().sees_unit);
        for (actor, unit) in [(&manager, scene.province), (&representative, scene.commune), (&trainer, scene.province)] {
            assert!(reports::board(&office, actor, &question(unit)).await.unwrap_err().is(&Refusal::NotFound));
        }
        for (actor, organisation) in [(&manager, far), (&representative, other), (&trainer, own)] {
            assert!(reports::organisation(&office, actor, 2019, organisation).await.unwrap_err().is(&Refusal::NotFound));
        }
    }

    async fn of_who_is_not_selected_nothing_is_missing(database) {
        let (office, _) = testing::office(database).await;
        let scene = scene(&office).await;
        let [first, second, third, far] = scene.organisations;
        let new = NewRequirement { course: course(&office, "ENT-2").await, of: Addressee::Selected, deadline: "2019-09-30".parse().unwrap() };
        let refused = requirements::add(&office, &scene.officer, &new).await.unwrap_err();
        assert!(refused.is(&Refusal::NoProgramme { year: 2019 }));
        let programme = testing::programme_year(&office, 2019).await;
        demand(&office, &scene.officer, "ENT-2", Addressee::Selected, "2019-09-30").await;
        let of_course = async |code: &str| {
            let course = Some(course(&office, code).await);
            reports::board(&office, &scene.officer, &BoardQuestion { course, ..question(scene.province) }).await.unwrap()
        };
        let nobody = of_course("ENT-2").await;
        assert_eq!((nobody.total, nobody.rows.len(), nobody.lines.len(), nobody.requirements.len()), (Counts::default(), 0, 0, 2));
        assert_eq!(of_course("ENT-1").await.total.subjects, 4);

        // The first completes ENT-1 alone, the fourth nothing; both are selected.
        testing::selected(&office, &scene.officer, &programme, first).await;
        testing::selected(&office, &scene.officer, &programme, far).await;
        let chosen = of_course("ENT-2").await;
        assert_eq!(chosen.total, Counts { subjects: 2, missing: 2, ..Counts::default() });
        assert_eq!(chosen.lines.iter().map(|line| line.subject.id).collect::<Vec<_>>(), [first.0, far.0]);
        assert_eq!(chosen.rows.iter().map(|row| row.counts.subjects).collect::<Vec<_>>(), [1, 1]);
        let all = reports::board(&office, &scene.officer, &question(scene.province)).await.unwrap();
        assert_eq!(all.total, Counts { subjects: 4, on_the_way: 1, missing: 3, ..Counts::default() });
        let required: Vec<_> = all.lines.iter().map(|line| line.progress.iter().map(Option::is_some).collect::<Vec<_>>()).collect();
        assert_eq!(required, [[true, true], [true, false], [true, false], [true, true]]);

        // Where only what is required of the selected is left, the others answer for nothing.
        let known = requirements::list(&office, &scene.officer, 2019).await.unwrap().requirements;
        assert_eq!(known.iter().map(|r| r.selected_only).collect::<Vec<_>>(), [false, true]);
        requirements::remove(&office, &scene.officer, known[0].id).await.unwrap();
        assert_eq!(reports::board(&office, &scene.officer, &question(scene.district)).await.unwrap().total.subjects, 1);
        let spared = reports::organisation(&office, &scene.officer, 2019, second).await.unwrap();
        assert_eq!((spared.lines.len(), spared.requirements.len()), (0, 1));
        assert_eq!(reports::organisation(&office, &scene.officer, 2019, first).await.unwrap().lines[0].standing, Standing::Missing);
        // The selection of 2018 says nothing of 2019.
        let last_year = testing::programme_year(&office, 2018).await;
        testing::selected(&office, &scene.officer, &last_year, third).await;
        assert_eq!(of_course("ENT-2").await.total.subjects, 2);
    }

    async fn requirements_are_kept_by_who_keeps_the_catalogue(database) {
        let (office, _) = testing::office(database).await;
        let scene = scene(&office).await;
        let known = requirements::list(&office, &scene.officer, 2019).await.unwrap();
        assert_eq!((known.requirements.len(), known.years), (1, vec![2019]));
        let known = known.requirements;
        let new = |course, of| NewRequirement { course, of, deadline: "2019-07-31".parse().unwrap() };
        let (organisations, officers) = (course(&office, "ENT-1").await, course(&office, "OFF-1").await);
        let again = requirements::add(&office, &scene.officer, &new(organisations, Addressee::Organisations)).await.unwrap_err();
        assert!(again.is(&Refusal::AlreadyExists));
        let wrong = requirements::add(&office, &scene.officer, &new(officers, Addressee::Organisations)).await.unwrap_err();
        assert!(wrong.is(&Refusal::CourseForOthers));
        let manager = testing::actor(&office, "manager", Role::Manager, Scope::Unit(scene.province)).await;
        assert!(requirements::list(&office, &manager, 2019).await.unwrap_err().is(&Refusal::NotFound));
        assert!(requirements::remove(&office, &manager, known[0].id).await.unwrap_err().is(&Refusal::NotFound));
        requirements::remove(&office, &scene.officer, known[0].id).await.unwrap();
        assert!(requirements::remove(&office, &scene.officer, known[0].id).await.unwrap_err().is(&Refusal::NotFound));
    }
}
