//! Runs for organisations with a selected product: who is admitted, and who by exception.

use crate::province::Province;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::courses::Addressee;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{Field, Row};
use domain::ids::{ExceptionId, OrganisationId, RunId};
use domain::organisations::OrganisationKind;
use domain::runs::{Answers, PlanForm, SessionForm};
use operations::calendar::{self, Filter};
use operations::enrolments::{self, EnrolCommand, Enrollee, Receipt};
use operations::notices::{self, Letter};
use operations::runs::ChangeCommand;
use operations::{Office, Outcome, doctor, runs, selections, testing};
use store::Database;

/// Three organisations with forwarded products, and a run for those whose product is selected in 2019.
struct Scene {
    p: Province,
    run: RunId,
}

async fn scene(database: Database) -> Scene {
    let p = Province::build(database, 3).await;
    p.accepted("1/DS").await;
    let run = testing::published_run(&p.office, &p.officer, "ENT-4", 40, "2019-07-02").await;
    testing::narrowed(&p.office, run, 2019).await;
    Scene { p, run }
}

/// A class of one morning for those whose product is selected in a year.
async fn plan(office: &Office, audience: &str, year: &str) -> PlanForm {
    let course = operations::courses::list(office).await.unwrap().into_iter().find(|course| course.code == "ENT-4").unwrap();
    PlanForm {
        course: course.id.to_string(),
        name: "Lớp 3".into(),
        audience: audience.into(),
        selection_year: year.into(),
        unit: testing::unit(office, "395").await.to_string(),
        venue: "Nhà văn hóa huyện Thọ Xuân".into(),
        capacity: "40".into(),
        enrolment_deadline: "2019-07-01".into(),
        note: String::new(),
        plan_line: String::new(),
        sessions: vec![SessionForm::first("2019-07-02".parse().unwrap())],
        ..PlanForm::default()
    }
}

const NOT_SELECTED: Refusal = Refusal::NotSelected { year: 2019 };

impl Scene {
    /// Enrols somebody new of an organisation, as their officer does by hand or with a list.
    async fn enrol(&self, organisation: OrganisationId, source: EnrolmentSource) -> Outcome<Receipt> {
        let person = testing::person(&self.p.office, "Lê Thị An", Some(organisation)).await;
        let command = EnrolCommand { run: self.run, organisation, people: vec![Enrollee::Member(person)], source };
        enrolments::enrol(&self.p.office, &self.p.district, command).await
    }

    /// What the pages say beforehand: the form, the list, and the choice of an organisation.
    async fn told(&self, organisation: OrganisationId) -> [Option<Refusal>; 3] {
        let (office, officer) = (&self.p.office, &self.p.district);
        let rows = [Row { number: 5, cells: [(Field::FullName, "Phạm Văn Dũng".to_owned())].into(), ..Row::default() }];
        let (_, listed) = enrolments::organisations(office, officer, self.run, "").await.unwrap();
        let listed = listed.into_iter().find(|candidate| candidate.organisation.id == organisation).unwrap();
        [
            enrolments::choice(office, officer, self.run, organisation).await.unwrap().closed,
            enrolments::preview(office, officer, self.run, organisation, &rows).await.unwrap().refusal,
            listed.refusal,
        ]
    }

    async fn except(&self, actor: &Actor, organisation: OrganisationId, reason: &str) -> Outcome<domain::ids::ExceptionId> {
        enrolments::except(&self.p.office, actor, self.run, organisation, reason).await
    }

    /// The letter that waits longest, sent.
    async fn letter(&self) -> Letter {
        let due = notices::due(&self.p.office).await.unwrap();
        let (notice, letter) = notices::claim(&self.p.office, due[0]).await.unwrap().unwrap();
        notices::sent(&self.p.office, &notice).await.unwrap();
        letter
    }

    async fn decide(&self, form: usize, number: &str, choice: &str) -> domain::ids::SelectionDecisionId {
        self.p.decide(&self.p.forms[form..=form], number, choice).await.unwrap()
    }

    async fn publish(&self, decision: domain::ids::SelectionDecisionId) {
        selections::publish(&self.p.office, &self.p.officer, decision, 1).await.unwrap();
    }
}

operations::both! {
    async fn what_is_published_as_selected_is_admitted(database) {
        let s = scene(database).await;
        let [chosen, rejected, open] = s.p.organisations[..] else { panic!("three organisations") };
        let both = [EnrolmentSource::Form, EnrolmentSource::Spreadsheet];
        for organisation in [chosen, rejected, open] {
            for source in both {
                assert!(s.enrol(organisation, source).await.unwrap_err().is(&NOT_SELECTED));
            }
            assert_eq!(s.told(organisation).await, [const { Some(NOT_SELECTED) }; 3]);
        }
        let select = s.decide(0, "1/QĐ", "select").await;
        assert!(s.enrol(chosen, EnrolmentSource::Form).await.unwrap_err().is(&NOT_SELECTED), "a decision nobody has read yet lets nobody in");
        s.publish(select).await;
        let reject = s.decide(1, "2/QĐ", "reject").await;
        s.publish(reject).await;
        for source in both {
            assert_eq!(s.enrol(chosen, source).await.unwrap().enrolled.len(), 1);
        }
        assert_eq!(s.told(chosen).await, [const { None }; 3]);
        for organisation in [rejected, open] {
            assert!(s.enrol(organisation, EnrolmentSource::Spreadsheet).await.unwrap_err().is(&NOT_SELECTED));
        }
        // The selection of another year does not count.
        testing::programme_year(&s.p.office, 2018).await;
        let other = testing::published_run(&s.p.office, &s.p.officer, "ENT-4", 40, "2019-07-03").await;
        testing::narrowed(&s.p.office, other, 2018).await;
        let choice = enrolments::choice(&s.p.office, &s.p.district, other, chosen).await.unwrap();
        assert_eq!(choice.closed, Some(Refusal::NotSelected { year: 2018 }));
        assert_eq!(doctor::examine(&s.p.office).await.unwrap(), []);
    }

    async fn a_decision_that_is_put_right_counts_once_it_is_published(database) {
        let s = scene(database).await;
        let organisation = s.p.organisations[0];
        let select = s.decide(0, "1/QĐ", "select").await;
        s.publish(select).await;
        s.enrol(organisation, EnrolmentSource::Form).await.unwrap();
        s.p.clock.set("2019-06-13 08:00");
        let reject = s.decide(0, "2/QĐ", "reject").await;
        s.enrol(organisation, EnrolmentSource::Form).await.unwrap();
        s.publish(reject).await;
        assert!(s.enrol(organisation, EnrolmentSource::Form).await.unwrap_err().is(&NOT_SELECTED));
        let mut records = s.p.office.database.read().await.unwrap();
        assert_eq!(store::enrolments::live_of_run(&mut records, s.run).await.unwrap().len(), 2, "who was in stays in");
        drop(records);
        assert_eq!(doctor::examine(&s.p.office).await.unwrap(), [], "what was true on enrolling is no breach");
    }

    async fn an_exception_is_granted_once_with_a_reason(database) {
        let s = scene(database).await;
        let [first, second, chosen] = s.p.organisations[..] else { panic!("three organisations") };
        for stranger in s.p.strangers.iter().chain([&s.p.district, &s.p.manager]) {
            assert!(s.except(stranger, first, "Lý do").await.unwrap_err().is(&Refusal::NotFound));
            let asked = enrolments::who_may_be_excepted(&s.p.office, stranger, s.run, "HTX").await;
            assert!(asked.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(s.except(&s.p.officer, first, " \n ").await.unwrap_err().is(&Refusal::ReasonMissing));
        assert!(s.except(&s.p.officer, first, &"x".repeat(1001)).await.unwrap_err().is(&Refusal::TooLong { limit: 1000 }));
        let nobody = OrganisationId(s.p.office.id());
        assert!(s.except(&s.p.officer, nobody, "Lý do").await.unwrap_err().is(&Refusal::NotFound));
        let body = testing::organisation(&s.p.office, OrganisationKind::StateBody, "UBND", s.p.unit).await;
        assert!(s.except(&s.p.officer, body, "Lý do").await.unwrap_err().is(&Refusal::WrongAudience));

        s.except(&s.p.officer, first, "Chủ thể dẫn dắt chuỗi").await.unwrap();
        assert!(s.except(&s.p.officer, first, "Lần nữa").await.unwrap_err().is(&Refusal::AlreadyExists));
        s.enrol(first, EnrolmentSource::Spreadsheet).await.unwrap();
        assert_eq!(s.told(first).await, [const { None }; 3]);
        assert!(s.enrol(second, EnrolmentSource::Form).await.unwrap_err().is(&NOT_SELECTED));

        let select = s.decide(2, "1/QĐ", "select").await;
        s.publish(select).await;
        assert!(s.except(&s.p.officer, chosen, "Lý do").await.unwrap_err().is(&Refusal::NoExceptionNeeded));
        let found = enrolments::who_may_be_excepted(&s.p.office, &s.p.officer, s.run, "HTX số").await.unwrap();
        let refusals: Vec<_> = found.into_iter().map(|candidate| candidate.refusal).collect();
        assert_eq!(refusals, [Some(Refusal::AlreadyExists), None, Some(Refusal::NoExceptionNeeded)]);

        let known = enrolments::exceptions(&s.p.office, &s.p.officer, s.run).await.unwrap();
        let granted: Vec<_> = known.granted.iter().map(|one| (one.organisation_id, one.reason.as_str(), one.granted_at)).collect();
        assert_eq!((granted.as_slice(), known.may_grant), (&[(first, "Chủ thể dẫn dắt chuỗi", s.p.office.now())][..], true));
        assert_eq!(known.granted[0].granted_by_name, "Nguyễn Văn Thử");
        let mut records = s.p.office.database.read().await.unwrap();
        let events = store::events::of_subject(&mut records, s.run.0).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.verb == "exception_granted").count(), 1);
        drop(records);
        assert_eq!(doctor::examine(&s.p.office).await.unwrap(), []);
    }

    async fn an_exception_is_withdrawn_once_and_who_enrolled_by_it_stays(database) {
        let s = scene(database).await;
        let (office, officer, organisation) = (&s.p.office, &s.p.officer, s.p.organisations[0]);
        s.p.email(&s.p.strangers[3], "htx@example.vn").await;
        let id = s.except(officer, organisation, "Chủ thể dẫn dắt chuỗi").await.unwrap();
        let granted = s.letter().await;
        let Letter::ExceptionGranted { organisation: named, reason, run } = granted else { panic!("{granted:?}") };
        assert_eq!((named.as_str(), reason.as_str(), run.id), ("HTX số 0", "Chủ thể dẫn dắt chuỗi", s.run));
        s.enrol(organisation, EnrolmentSource::Form).await.unwrap();
        while !notices::due(office).await.unwrap().is_empty() {
            s.letter().await;
        }

        for stranger in s.p.strangers.iter().chain([&s.p.district, &s.p.manager]) {
            let refused = enrolments::withdraw_exception(office, stranger, id, "Lý do").await.unwrap_err();
            assert!(refused.is(&Refusal::NotFound));
            assert!(enrolments::exception(office, stranger, id).await.unwrap_err().is(&Refusal::NotFound));
        }
        let nothing = ExceptionId(office.id());
        assert!(enrolments::withdraw_exception(office, officer, nothing, "Lý do").await.unwrap_err().is(&Refusal::NotFound));
        assert!(enrolments::exception(office, officer, nothing).await.unwrap_err().is(&Refusal::NotFound));
        for (reason, refusal) in [(" \n ", Refusal::ReasonMissing), (&"x".repeat(1001), Refusal::TooLong { limit: 1000 })] {
            assert!(enrolments::withdraw_exception(office, officer, id, reason).await.unwrap_err().is(&refusal));
        }
        assert_eq!(s.told(organisation).await, [const { None }; 3], "refused, it still holds");

        s.p.clock.set("2019-06-13 08:00");
        assert_eq!(enrolments::withdraw_exception(office, officer, id, "Nhầm đơn vị").await.unwrap(), s.run);
        let withdrawn = s.letter().await;
        let Letter::ExceptionWithdrawn { organisation: named, reason, places, .. } = withdrawn else { panic!("{withdrawn:?}") };
        assert_eq!((named.as_str(), reason.as_str(), places), ("HTX số 0", "Nhầm đơn vị", 1));
        assert!(enrolments::withdraw_exception(office, officer, id, "Lần nữa").await.unwrap_err().is(&Refusal::ExceptionWithdrawn));
        assert_eq!(notices::due(office).await.unwrap(), [], "told once");
        assert_eq!(s.told(organisation).await, [const { Some(NOT_SELECTED) }; 3]);
        for source in [EnrolmentSource::Form, EnrolmentSource::Spreadsheet] {
            assert!(s.enrol(organisation, source).await.unwrap_err().is(&NOT_SELECTED));
        }
        let roster = enrolments::roster(office, officer, s.run).await.unwrap();
        assert_eq!((roster.entries.len(), roster.excepted.contains(&organisation)), (1, true), "who is in stays in, by the exception");
        assert_eq!(doctor::examine(office).await.unwrap(), [], "what was true on enrolling is no breach");

        // Granted anew, both stand there.
        s.p.clock.set("2019-06-14 08:00");
        s.except(officer, organisation, "Đúng đơn vị").await.unwrap();
        s.enrol(organisation, EnrolmentSource::Form).await.unwrap();
        let known = enrolments::exceptions(office, officer, s.run).await.unwrap().granted;
        let known: Vec<_> = known.iter().map(|one| (one.reason.as_str(), one.withdrawal_reason.as_deref(), one.is_live(), one.places)).collect();
        assert_eq!(known, [("Chủ thể dẫn dắt chuỗi", Some("Nhầm đơn vị"), false, 2), ("Đúng đơn vị", None, true, 2)]);
        let mut records = office.database.read().await.unwrap();
        let events = store::events::of_subject(&mut records, s.run.0).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.verb == "exception_withdrawn").count(), 1);
        drop(records);
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn an_exception_of_a_draft_is_told_when_the_run_is_published(database) {
        let s = scene(database).await;
        let (office, officer) = (&s.p.office, &s.p.officer);
        s.p.email(&s.p.strangers[3], "htx@example.vn").await;
        let draft = testing::draft_run_in(office, officer, "ENT-4", 40, "2019-07-05", s.p.unit).await;
        testing::narrowed(office, draft, 2019).await;
        let mistaken = enrolments::except(office, officer, draft, s.p.organisations[0], "Nhầm").await.unwrap();
        enrolments::withdraw_exception(office, officer, mistaken, "Nhầm lớp").await.unwrap();
        enrolments::except(office, officer, draft, s.p.organisations[0], "Dẫn dắt chuỗi").await.unwrap();
        assert_eq!(notices::due(office).await.unwrap(), [], "nobody knows of a draft");
        runs::publish(office, officer, draft, &domain::runs::Answers::default()).await.unwrap();
        assert_eq!(notices::due(office).await.unwrap().len(), 1);
        let told = s.letter().await;
        assert!(matches!(&told, Letter::ExceptionGranted { reason, .. } if reason == "Dẫn dắt chuỗi"), "{told:?}");
        runs::cancel(office, officer, draft, "Bão").await.unwrap();
        let known = enrolments::exceptions(office, officer, draft).await.unwrap();
        assert!(!known.may_grant);
        // Both were granted in one moment of this clock, so their order says nothing.
        let live = known.granted.iter().find(|exception| exception.is_live()).unwrap().id;
        let refused = enrolments::withdraw_exception(office, officer, live, "Lý do").await.unwrap_err();
        assert!(refused.is(&Refusal::RunCancelled));
    }

    async fn exceptions_are_seen_by_who_sees_the_run(database) {
        let s = scene(database).await;
        let of_province = Scope::Unit(testing::unit(&s.p.office, "38").await);
        let manager = testing::actor(&s.p.office, "lanh.dao.tinh", Role::Manager, of_province).await;
        assert!(!enrolments::exceptions(&s.p.office, &manager, s.run).await.unwrap().may_grant);
        for stranger in &s.p.strangers {
            assert!(enrolments::exceptions(&s.p.office, stranger, s.run).await.unwrap_err().is(&Refusal::NotFound));
        }
        runs::cancel(&s.p.office, &s.p.officer, s.run, "Bão").await.unwrap();
        assert!(!enrolments::exceptions(&s.p.office, &s.p.officer, s.run).await.unwrap().may_grant);
        assert!(s.except(&s.p.officer, s.p.organisations[0], "Lý do").await.unwrap_err().is(&Refusal::RunCancelled));
        let open = testing::published_run(&s.p.office, &s.p.officer, "ENT-4", 40, "2019-07-03").await;
        let refused = enrolments::except(&s.p.office, &s.p.officer, open, s.p.organisations[0], "Lý do").await.unwrap_err();
        assert!(refused.is(&Refusal::NoExceptionNeeded));
    }

    async fn a_run_is_narrowed_before_people_rely_on_it(database) {
        let p = Province::build(database, 1).await;
        let (office, officer) = (&p.office, &p.officer);
        assert_eq!(runs::choices(office, officer).await.unwrap().years, [2019]);
        let no_programme = plan(office, "organisations", "2018").await.parse().unwrap();
        assert!(runs::draft(office, officer, &no_programme).await.unwrap_err().is(&Refusal::NoProgramme { year: 2018 }));
        assert!(plan(office, "everyone", "2019").await.parse().unwrap_err().of("selection_year").eq([&Refusal::SelectionOfOthers]));

        let narrow = plan(office, "organisations", "2019").await;
        let run = runs::draft(office, officer, &narrow.parse().unwrap()).await.unwrap();
        runs::publish(office, officer, run, &Answers::default()).await.unwrap();
        let shown = runs::show(office, Some(officer), run).await.unwrap();
        assert_eq!((shown.run.selection_year, shown.may.see_exceptions), (Some(2019), true));
        assert_eq!(runs::form_of(&shown).selection_year, "2019");
        let every = testing::published_run(office, officer, "ENT-4", 40, "2019-07-03").await;
        let found = async |audience| {
            let (from, to) = ("2019-07-01".parse().unwrap(), "2019-08-01".parse().unwrap());
            let filter = Filter { audience: Some(audience), ..Filter::between(from, to) };
            calendar::public(office, &filter).await.unwrap().runs.into_iter().map(|run| run.id).collect::<Vec<_>>()
        };
        assert_eq!(found(Addressee::Selected).await, [run]);
        assert_eq!(found(Addressee::Organisations).await, [run, every]);
        assert_eq!(found(Addressee::Officers).await, []);

        // With people in it, it can be opened to more of them, and not be narrowed again.
        enrolments::except(office, officer, run, p.organisations[0], "Lý do").await.unwrap();
        let person = testing::person(office, "Lê Thị An", Some(p.organisations[0])).await;
        let (organisation, source) = (p.organisations[0], EnrolmentSource::Form);
        let command = EnrolCommand { run, organisation, people: vec![Enrollee::Member(person)], source };
        enrolments::enrol(office, officer, command).await.unwrap();
        let changed = async |year: &str, sequence| {
            let mut form = runs::form_of(&runs::show(office, Some(officer), run).await.unwrap());
            form.selection_year = year.into();
            runs::change(office, officer, run, &ChangeCommand::new(sequence, form.parse().unwrap())).await
        };
        changed("", 0).await.unwrap();
        assert_eq!(runs::show(office, None, run).await.unwrap().run.selection_year, None);
        assert!(changed("2019", 1).await.unwrap_err().is(&Refusal::HasParticipants));
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn the_doctor_finds_who_was_let_in_past_the_rule(database) {
        let s = scene(database).await;
        let [chosen, excepted, neither] = s.p.organisations[..] else { panic!("three organisations") };
        let select = s.decide(0, "1/QĐ", "select").await;
        s.publish(select).await;
        s.except(&s.p.officer, excepted, "Lý do").await.unwrap();
        for organisation in [chosen, excepted] {
            s.enrol(organisation, EnrolmentSource::Form).await.unwrap();
        }
        assert_eq!(doctor::examine(&s.p.office).await.unwrap(), []);
        for (invariant, sql) in [
            ("enrolled_without_selection", "DELETE FROM eligibility_exception"),
            ("enrolled_without_selection", "UPDATE eligibility_exception SET granted_at = '2019-06-13T01:00:00+00:00'"),
            ("enrolled_without_selection", "UPDATE eligibility_exception SET withdrawn_at = '2019-06-11T01:00:00+00:00', withdrawn_by = granted_by, withdrawal_reason = ''"),
            ("exception_withdrawn_before_it_was_granted", "UPDATE eligibility_exception SET withdrawn_at = '2019-06-11T01:00:00+00:00', withdrawn_by = granted_by, withdrawal_reason = ''"),
            ("enrolled_without_selection", "UPDATE selection_decision SET published_at = NULL, published_by = NULL"),
            ("enrolled_without_selection", "UPDATE selection_decision SET published_at = '2019-06-13T01:00:00+00:00'"),
            ("enrolled_without_selection", "UPDATE registration_event SET step = 'reject' WHERE step = 'select'"),
            ("selection_of_others", "UPDATE run SET audience = 'everyone'"),
            ("selection_of_others", "UPDATE run SET selection_year = 2018"),
        ] {
            let mut work = s.p.office.database.begin().await.unwrap();
            store::testing::raw(&mut work, sql).await;
            let findings = doctor::examine_records(&mut work).await.unwrap();
            assert!(findings.iter().any(|finding| finding.invariant == invariant), "{findings:?} after {sql}");
        }
        let mut work = s.p.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "DROP INDEX eligibility_exception_live").await;
        for prefix in ["e0", "e1"] {
            let id = match work {
                store::Work::Sqlite(_) => format!("x'{prefix}{}'", "0".repeat(30)),
                store::Work::Postgres(_) => format!("'{prefix}000000-0000-0000-0000-000000000000'"),
            };
            let copy = format!("INSERT INTO eligibility_exception (id, run_id, organisation_id, reason, granted_at, granted_by)
                SELECT {id}, run_id, organisation_id, reason, granted_at, granted_by FROM eligibility_exception LIMIT 1");
            store::testing::raw(&mut work, &copy).await;
        }
        let findings = doctor::examine_records(&mut work).await.unwrap();
        assert!(findings.iter().any(|finding| finding.invariant == "two_live_exceptions"), "{findings:?}");
        drop(work);
        testing::enrolled(&s.p.office, &s.p.officer, s.run, neither, 1).await;
        let findings = doctor::examine(&s.p.office).await.unwrap();
        let found: Vec<_> = findings.iter().map(|finding| (finding.invariant.as_str(), finding.detail.as_str())).collect();
        assert_eq!(found, [("enrolled_without_selection", "HTX số 2")]);
    }
}
