//! Taking and giving back places.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::MarkSource;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{Field, Row};
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId};
use domain::organisations::OrganisationKind;
use domain::people::PersonEntry;
use operations::enrolments::{self, EnrolCommand, Enrollee, Receipt, RowNote};
use operations::testing::{self, TestClock};
use operations::{Failure, Office, Outcome};
use store::Database;

/// A cooperative with two people, its representative, and a published run of a planner.
struct Scene {
    office: Office,
    clock: TestClock,
    planner: Actor,
    representative: Actor,
    organisation: OrganisationId,
    people: Vec<PersonId>,
    run: RunId,
}

async fn scene(database: Database, capacity: i64) -> Scene {
    let (office, clock) = testing::office(database).await;
    let province = testing::unit(&office, "38").await;
    let unit = testing::unit(&office, "395").await;
    let planner = testing::actor(&office, "van.phong", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(&office, "htx.xuanlap", Role::Representative, Scope::Organisation(organisation)).await;
    let run = testing::published_run(&office, &planner, "ENT-4", capacity, "2019-07-02").await;
    let mut people = Vec::new();
    for name in ["Lê Thị An", "Lê Thị Bình"] {
        people.push(testing::person(&office, name, Some(organisation)).await);
    }
    Scene { office, clock, planner, representative, organisation, people, run }
}

impl Scene {
    async fn enrol(&self, actor: &Actor, people: Vec<Enrollee>) -> Outcome<Receipt> {
        let command = EnrolCommand { run: self.run, organisation: self.organisation, people, source: EnrolmentSource::Form };
        enrolments::enrol(&self.office, actor, command).await
    }

    async fn both(&self) -> Receipt {
        let people = self.people.iter().copied().map(Enrollee::Member).collect();
        self.enrol(&self.representative, people).await.unwrap()
    }

    async fn taken(&self) -> i64 {
        let mut records = self.office.database.read().await.unwrap();
        store::runs::find(&mut records, self.run).await.unwrap().unwrap().taken
    }
}

fn newcomer(name: &str, citizen_id: Option<&str>) -> Enrollee {
    Enrollee::Newcomer(PersonEntry {
        full_name: name.parse().unwrap(),
        birth: None,
        sex: None,
        phone: None,
        email: None,
        citizen_id: citizen_id.map(|number| number.parse().unwrap()),
        position: Some("Kế toán".into()),
        on_state_payroll: false,
    })
}

fn refusals<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<(String, Refusal)> {
    match outcome.unwrap_err() {
        Failure::Refused(faults) => faults.0.into_iter().map(|fault| (fault.field, fault.refusal)).collect(),
        failure => panic!("{failure}"),
    }
}

fn row(number: usize, cells: &[(Field, &str)]) -> Row {
    Row { number, cells: cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect(), ..Row::default() }
}

operations::both! {
    async fn the_same_list_twice_gives_the_same_places(database) {
        let scene = scene(database, 5).await;
        let list = || vec![
            Enrollee::Member(scene.people[0]),
            newcomer("Phạm Thị Cúc", None),
            newcomer("Phạm Văn Dũng", Some("038085001234")),
            Enrollee::Member(scene.people[0]),
        ];
        let first = scene.enrol(&scene.representative, list()).await.unwrap();
        assert_eq!((first.enrolled.len(), first.already.len(), first.seats_left), (3, 0, 2));
        let mut records = scene.office.database.read().await.unwrap();
        let before = store::changes(&mut records, "calendar").await.unwrap();
        let second = scene.enrol(&scene.representative, list()).await.unwrap();
        assert_eq!((second.enrolled.len(), second.seats_left), (0, 2));
        assert_eq!(second.already, first.enrolled);
        assert_eq!(store::changes(&mut records, "calendar").await.unwrap(), before, "nothing changed");

        let live = store::enrolments::live_of_run(&mut records, scene.run).await.unwrap();
        let kept: Vec<_> = live.iter().map(|e| (e.person_name.as_str(), e.position.as_deref(), e.organisation_name.as_str())).collect();
        assert_eq!(kept, [
            ("Lê Thị An", None, "HTX Xuân Lập"),
            ("Phạm Thị Cúc", Some("Kế toán"), "HTX Xuân Lập"),
            ("Phạm Văn Dũng", Some("Kế toán"), "HTX Xuân Lập"),
        ]);
        assert_eq!(store::people::members(&mut records, scene.organisation, scene.office.today()).await.unwrap().len(), 5);
        let log = store::events::of_subject(&mut records, scene.run.0).await.unwrap();
        assert_eq!(log.iter().filter(|event| event.verb == "people_enrolled").count(), 1);
    }

    async fn all_are_enrolled_or_nobody(database) {
        let scene = scene(database, 2).await;
        let list = vec![Enrollee::Member(scene.people[0]), newcomer("Phạm Thị Cúc", None), newcomer("Phạm Thị Duyên", None)];
        assert_eq!(refusals(scene.enrol(&scene.representative, list).await), [(String::new(), Refusal::Full { left: 2, asked: 3 })]);
        assert_eq!(scene.taken().await, 0);
        let mut records = scene.office.database.read().await.unwrap();
        assert_eq!(store::people::members(&mut records, scene.organisation, scene.office.today()).await.unwrap().len(), 3);
        drop(records);

        assert_eq!(scene.both().await.seats_left, 0);
        assert_eq!(scene.both().await.already.len(), 2, "a full run still knows its people");
        assert_eq!(refusals(scene.enrol(&scene.representative, vec![])  .await), [(String::new(), Refusal::NobodyChosen)]);
    }

    async fn deadline_audience_and_state_hold(database) {
        let scene = scene(database, 5).await;
        let office = &scene.office;
        let an = || vec![Enrollee::Member(scene.people[0])];
        scene.clock.set("2019-07-02 00:30");
        let deadline = "2019-07-01".parse().unwrap();
        assert!(scene.enrol(&scene.representative, an()).await.unwrap_err().is(&Refusal::DeadlinePassed { deadline }));
        assert!(scene.enrol(&scene.planner, an()).await.unwrap_err().is(&Refusal::DeadlinePassed { deadline }), "officers too");
        scene.clock.set("2019-07-01 23:30");
        assert_eq!(scene.enrol(&scene.representative, an()).await.unwrap().enrolled.len(), 1);

        scene.clock.set("2019-06-12 08:00");
        let officers = EnrolCommand {
            run: testing::published_run(office, &scene.planner, "OFF-1", 5, "2019-07-02").await,
            organisation: scene.organisation,
            people: an(),
            source: EnrolmentSource::Form,
        };
        assert!(enrolments::enrol(office, &scene.representative, officers).await.unwrap_err().is(&Refusal::WrongAudience));

        let mut work = office.database.begin().await.unwrap();
        store::runs::cancel(&mut work, scene.run, "Bão số 3", scene.planner.account, office.now()).await.unwrap();
        work.commit().await.unwrap();
        assert!(scene.enrol(&scene.representative, an()).await.unwrap_err().is(&Refusal::RunCancelled));
    }

    async fn what_lies_outside_ones_scope_is_not_found(database) {
        let scene = scene(database, 5).await;
        let office = &scene.office;
        let unit = testing::unit(office, "384").await;
        let foreign = testing::organisation(office, OrganisationKind::Cooperative, "HTX Mường Lát", unit).await;
        let stranger = testing::person(office, "Hơ Dũa", Some(foreign)).await;
        let neighbour = testing::actor(office, "htx.muonglat", Role::Representative, Scope::Organisation(foreign)).await;
        let officer = testing::actor(office, "can.bo.muonglat", Role::UnitOfficer, Scope::Unit(unit)).await;
        let trainer = testing::actor(office, "giang.vien", Role::Trainer, Scope::Unit(testing::unit(office, "38").await)).await;
        let manager = testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(testing::unit(office, "38").await)).await;
        let an = || vec![Enrollee::Member(scene.people[0])];
        for actor in [&neighbour, &officer, &trainer, &manager] {
            assert!(scene.enrol(actor, an()).await.unwrap_err().is(&Refusal::NotFound));
        }
        let mixed = vec![Enrollee::Member(scene.people[0]), Enrollee::Member(stranger)];
        assert!(scene.enrol(&scene.representative, mixed).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(scene.taken().await, 0);

        let places = scene.both().await.enrolled;
        for actor in [&neighbour, &officer, &trainer, &manager] {
            assert!(enrolments::withdraw(office, actor, places[0].enrolment, "ốm").await.unwrap_err().is(&Refusal::NotFound));
            assert!(enrolments::one(office, actor, places[0].enrolment).await.unwrap_err().is(&Refusal::NotFound));
            assert!(enrolments::choice(office, actor, scene.run, scene.organisation).await.unwrap_err().is(&Refusal::NotFound));
            assert!(enrolments::preview(office, actor, scene.run, scene.organisation, &[]).await.unwrap_err().is(&Refusal::NotFound));
        }
        for actor in [&neighbour, &officer, &trainer] {
            assert!(enrolments::of_organisation(office, actor, scene.organisation).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(enrolments::roster(office, &trainer, scene.run).await.unwrap_err().is(&Refusal::NotFound), "not this trainer's run");
        assert_eq!(enrolments::roster(office, &neighbour, scene.run).await.unwrap().entries.len(), 0);
        assert_eq!(enrolments::roster(office, &officer, scene.run).await.unwrap().entries.len(), 0);
        let seen = enrolments::roster(office, &scene.representative, scene.run).await.unwrap();
        assert!(seen.entries.len() == 2 && !seen.everybody && seen.entries.iter().all(|(_, may)| *may));
        let seen = enrolments::roster(office, &manager, scene.run).await.unwrap();
        assert!(seen.entries.len() == 2 && seen.everybody && seen.entries.iter().all(|(_, may)| !*may));
    }

    async fn an_unpublished_run_looks_not_found_to_representatives(database) {
        let scene = scene(database, 5).await;
        let office = &scene.office;
        let mut work = office.database.begin().await.unwrap();
        let known = store::runs::find(&mut work, scene.run).await.unwrap().unwrap();
        let draft = RunId(office.id());
        let fields = store::runs::RunFields {
            course: known.course_id,
            name: "Lớp 2",
            audience: known.audience,
            selection_year: None,
            unit: known.unit_id,
            room: None,
            venue: "",
            capacity: 5,
            minimum: 0,
            enrolment_deadline: known.enrolment_deadline,
            approval: domain::requests::Approval::None,
            asks_again: false,
            note: "",
        };
        store::runs::add(&mut work, draft, &fields, scene.planner.account, office.now()).await.unwrap();
        work.commit().await.unwrap();
        let command = || EnrolCommand {
            run: draft,
            organisation: scene.organisation,
            people: vec![Enrollee::Member(scene.people[0])],
            source: EnrolmentSource::Form,
        };
        assert!(enrolments::enrol(office, &scene.representative, command()).await.unwrap_err().is(&Refusal::NotFound));
        assert!(enrolments::enrol(office, &scene.planner, command()).await.unwrap_err().is(&Refusal::NotPublished));
        assert!(enrolments::roster(office, &scene.representative, draft).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn withdrawing_frees_the_seat_until_the_run_is_closed(database) {
        let scene = scene(database, 2).await;
        let office = &scene.office;
        let places = scene.both().await.enrolled;
        let withdraw = async |id: EnrolmentId, reason: &str| enrolments::withdraw(office, &scene.representative, id, reason).await;
        let long = "x".repeat(501);
        assert_eq!(refusals(withdraw(places[0].enrolment, &long).await), [("reason".to_owned(), Refusal::TooLong { limit: 500 })]);
        assert!(withdraw(EnrolmentId(office.id()), "ốm").await.unwrap_err().is(&Refusal::NotFound));
        withdraw(places[0].enrolment, "  ").await.unwrap();
        assert_eq!(scene.taken().await, 1);
        assert!(withdraw(places[0].enrolment, "ốm").await.unwrap_err().is(&Refusal::Withdrawn));
        let again = scene.both().await;
        assert_eq!((again.enrolled.len(), again.already.len(), again.seats_left), (1, 1, 0), "withdrawn people may enrol again");
        assert_ne!(again.enrolled[0].enrolment, places[0].enrolment);

        scene.clock.set("2019-07-02 08:00");
        let mut records = office.database.read().await.unwrap();
        let session = store::runs::sessions(&mut records, scene.run).await.unwrap()[0].id;
        drop(records);
        operations::attendance::mark_everyone_present(office, &scene.planner, session, MarkSource::Form).await.unwrap();
        withdraw(places[1].enrolment, "ốm").await.unwrap();
        assert_eq!(scene.taken().await, 1, "whoever was there already may leave midway");
        let mut work = office.database.begin().await.unwrap();
        assert!(store::runs::close(&mut work, scene.run, scene.planner.account, office.now()).await.unwrap());
        work.commit().await.unwrap();
        assert!(withdraw(again.enrolled[0].enrolment, "ốm").await.unwrap_err().is(&Refusal::RunClosed));
    }

    async fn a_preview_finds_every_fault_and_changes_nothing(database) {
        let scene = scene(database, 2).await;
        let office = &scene.office;
        let taken = newcomer("Phạm Văn Dũng", Some("038085001234"));
        scene.enrol(&scene.representative, vec![Enrollee::Member(scene.people[0]), taken]).await.unwrap();
        let rows = [
            row(6, &[(Field::FullName, "Lê Thị An"), (Field::Birth, "1985")]),
            row(7, &[(Field::FullName, "Lê Thị Bình"), (Field::Birth, "2/9/1985")]),
            row(8, &[(Field::FullName, "Đỗ Văn Em"), (Field::CitizenId, "38085001234"), (Field::Phone, "912345678")]),
            row(9, &[(Field::FullName, "Đỗ Thị Giang"), (Field::Phone, "12"), (Field::Email, "giang@")]),
        ];
        let review = enrolments::preview(office, &scene.representative, scene.run, scene.organisation, &rows).await.unwrap();
        let notes: Vec<_> = review.rows.iter().map(|(_, note)| *note).collect();
        assert_eq!(notes, [
            Some(RowNote::AlreadyEnrolled(scene.people[0])),
            Some(RowNote::Known(scene.people[1])),
            None,
            None,
        ]);
        let faults: Vec<_> =
            review.rows.iter().flat_map(|(row, _)| row.faults.iter().map(|f| (row.number, f.field, f.value.clone(), f.refusal.clone()))).collect();
        assert_eq!(faults, [
            (8, Field::CitizenId, "38085001234".to_owned(), Refusal::CitizenNumberTaken),
            (9, Field::Phone, "12".to_owned(), Refusal::NotAPhoneNumber),
            (9, Field::Email, "giang@".to_owned(), Refusal::NotAnEmailAddress),
        ]);
        assert_eq!(review.refusal, Some(Refusal::Full { left: 0, asked: 3 }));
        assert_eq!(scene.taken().await, 2);
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::members(&mut records, scene.organisation, office.today()).await.unwrap().len(), 4);
    }

    async fn what_somebody_was_trained_in_is_told_to_who_sees_their_organisation(database) {
        let scene = scene(database, 5).await;
        let enrolled = scene.both().await.enrolled;
        let stranger = testing::unit(&scene.office, "393").await;
        let stranger = testing::organisation(&scene.office, OrganisationKind::Cooperative, "HTX Hoằng Hóa", stranger).await;
        let stranger = testing::actor(&scene.office, "htx.hoanghoa", Role::Representative, Scope::Organisation(stranger)).await;
        let person = enrolled[0].person;
        let seen = operations::people::training(&scene.office, &scene.representative, person).await.unwrap();
        assert_eq!(seen.iter().map(|one| (one.run_id, one.withdrawn_at, one.outcome)).collect::<Vec<_>>(), [(scene.run, None, None)]);
        assert_eq!(seen[0].first_day, Some("2019-07-02".parse().unwrap()));
        assert_eq!(operations::people::training(&scene.office, &scene.planner, person).await.unwrap(), seen);
        assert_eq!(operations::people::training(&scene.office, &stranger, person).await.unwrap(), []);
        enrolments::withdraw(&scene.office, &scene.representative, enrolled[0].enrolment, "Đi công tác").await.unwrap();
        let seen = operations::people::training(&scene.office, &scene.representative, person).await.unwrap();
        assert!(seen[0].withdrawn_at.is_some(), "a place that was left stays in the record");
    }

    async fn the_places_of_an_organisation_are_listed(database) {
        let scene = scene(database, 5).await;
        scene.both().await;
        let (organisation, places) = enrolments::of_organisation(&scene.office, &scene.representative, scene.organisation).await.unwrap();
        assert_eq!(organisation.name, "HTX Xuân Lập");
        assert_eq!(places.len(), 2);
        assert_eq!(places[0].first_day, Some("2019-07-02".parse().unwrap()));
        let (_, mine) = enrolments::organisations(&scene.office, &scene.representative, scene.run, "").await.unwrap();
        assert_eq!(mine.iter().map(|one| one.organisation.id).collect::<Vec<_>>(), [scene.organisation]);
        let choice = enrolments::choice(&scene.office, &scene.representative, scene.run, scene.organisation).await.unwrap();
        assert_eq!(choice.members.iter().filter(|member| member.enrolled).count(), 2);
        assert_eq!(choice.closed, None);
    }
}
