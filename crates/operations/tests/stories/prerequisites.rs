//! What has to be completed before a course is asked on every path, and said of everybody by name.

use domain::Refusal;
use domain::courses::CourseForm;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{Field, Row};
use domain::ids::PersonId;
use domain::people::PersonEntry;
use operations::enrolments::{self, EnrolCommand, Enrollee, SubstituteCommand};
use operations::{Failure, Outcome, courses, doctor, testing};

use crate::hall::{Hall, hall};

/// Who of the hall completed ENT-4 on 2 July 2019, in a run of their own.
async fn trained(h: &Hall) -> PersonId {
    let closed = testing::closed_run(&h.office, &h.officer, h.organisation, 1).await;
    h.live(closed).await[0].person_id
}

/// Who lacks something: of each group how many courses there are, and when the one they had lapsed.
type Lacking = Vec<(String, Vec<(usize, Option<String>)>)>;

fn lacking<T: std::fmt::Debug>(outcome: Outcome<T>) -> Lacking {
    let Err(Failure::Refused(faults)) = outcome else { panic!("{outcome:?}") };
    let one = |refusal: Refusal| match refusal {
        Refusal::PrerequisiteMissing { person, lacking } => {
            (person, lacking.into_iter().map(|l| (l.any_of.len(), l.lapsed_on.map(|day| day.to_string()))).collect())
        }
        refusal => panic!("{refusal:?}"),
    };
    faults.0.into_iter().map(|fault| one(fault.refusal)).collect()
}

operations::both! {
    async fn who_lacks_a_course_is_named_on_every_path(database) {
        let h = hall(database, 20).await;
        let office = &h.office;
        let done = trained(&h).await;
        testing::requires(office, "ENT-5", &[(&["ENT-4", "ENT-3"], None)]).await;
        let run = testing::published_run(office, &h.officer, "ENT-5", 20, "2019-08-01").await;

        // By hand: both are looked at, and who lacks it is named; nobody of the list gets in.
        let outcome = h.enrol(run, &[h.people[0], done, h.people[1]]).await;
        assert_eq!(lacking(outcome), [("Lê Thị An".to_owned(), vec![(2, None)]), ("Lê Thị Bình".to_owned(), vec![(2, None)])]);
        assert_eq!(h.taken(run).await, 0);
        assert_eq!(h.enrol(run, &[done]).await.unwrap().enrolled.len(), 1);

        // Beside each member, before anything is sent.
        let choice = enrolments::choice(office, &h.representative, run, h.organisation).await.unwrap();
        let of = |person: PersonId| choice.members.iter().find(|member| member.member.person.id == person).unwrap();
        assert!(of(h.people[0]).lacking.is_some() && of(done).lacking.is_none() && of(done).enrolled);
        assert_eq!(choice.prerequisites.len(), 1);

        // In the preview of a list, for who is known and for who is new; and when it is sent all the same.
        let row = |number, name: &str, birth: &str| Row { number, cells: [(Field::FullName, name.to_owned()), (Field::Birth, birth.to_owned())].into(), ..Row::default() };
        let rows = [row(1, "Lê Thị An", "02/09/1985"), row(2, "Đỗ Văn Mới", "1990")];
        let review = enrolments::preview(office, &h.representative, run, h.organisation, &rows).await.unwrap();
        assert!(!review.is_clean());
        for (row, _) in &review.rows {
            assert!(matches!(row.faults[0].refusal, Refusal::PrerequisiteMissing { .. }), "{row:?}");
        }
        let entry = PersonEntry {
            full_name: "Đỗ Văn Mới".parse().unwrap(),
            birth: None,
            sex: None,
            phone: None,
            email: None,
            citizen_id: None,
            position: None,
            on_state_payroll: false,
        };
        let people = vec![Enrollee::Newcomer(entry.clone())];
        let command = EnrolCommand { run, organisation: h.organisation, people, source: EnrolmentSource::Spreadsheet };
        assert_eq!(lacking(enrolments::enrol(office, &h.representative, command).await).len(), 1);

        // On the waiting list: nobody waits for a seat that they could not take.
        let full = testing::published_run(office, &h.officer, "ENT-5", 1, "2019-08-05").await;
        h.enrol(full, &[done]).await.unwrap();
        let people = vec![Enrollee::Member(h.people[0])];
        let command = EnrolCommand { run: full, organisation: h.organisation, people, source: EnrolmentSource::Form };
        assert_eq!(lacking(operations::waiting::join(office, &h.representative, command).await)[0].0, "Lê Thị An");

        // Instead of somebody who has it.
        let enrolment = h.live(run).await[0].id;
        let command = SubstituteCommand { enrolment, instead: Enrollee::Newcomer(entry), reason: "Bận".into() };
        assert_eq!(lacking(enrolments::substitute(office, &h.representative, &command).await)[0].0, "Đỗ Văn Mới");
        assert_eq!(h.live(run).await[0].id, enrolment, "nothing happened");
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    /// hitobito #1640: a qualification that lapsed is none; it has to count on the day the run begins.
    async fn what_was_completed_lapses(database) {
        let h = hall(database, 20).await;
        let done = trained(&h).await;
        testing::requires(&h.office, "ENT-5", &[(&["ENT-4"], Some(1)), (&["ENT-4"], None)]).await;
        let within = testing::published_run(&h.office, &h.officer, "ENT-5", 20, "2020-07-02").await;
        let after = testing::published_run(&h.office, &h.officer, "ENT-5", 20, "2020-07-03").await;
        assert_eq!(lacking(h.enrol(after, &[done]).await), [("Lê Thị An".to_owned(), vec![(1, Some("2020-07-02".to_owned()))])]);
        assert_eq!(h.enrol(within, &[done]).await.unwrap().enrolled.len(), 1);
    }

    async fn the_catalogue_keeps_what_goes_before(database) {
        let h = hall(database, 20).await;
        let office = &h.office;
        let known = courses::list(office).await.unwrap();
        let course = |code: &str| known.iter().find(|course| course.code == code).unwrap().clone();
        let (first, second) = (course("ENT-4"), course("ENT-5"));
        let form = |any_of: Vec<String>| CourseForm {
            code: "ENT-5".into(),
            title: second.title.clone(),
            title_english: second.title_english.clone(),
            topic: second.topic.to_string(),
            audience: second.audience.to_string(),
            hours: "8".into(),
            capacity: "40".into(),
            min_attendance: "80".into(),
            late_counts: "100".into(),
            excused_counts: "0".into(),
            substitution_hours: "24".into(),
            prerequisites: vec![domain::courses::PrerequisiteForm { any_of, within_years: "3".into() }],
            ..CourseForm::default()
        };
        let change = async |any_of: Vec<String>| {
            courses::change(office, &h.officer, second.id, second.rule_version, &form(any_of).parse().unwrap()).await
        };
        let itself = change(vec![second.id.to_string()]).await.unwrap_err();
        assert!(itself.is(&Refusal::RequiresItself));
        assert!(change(vec![h.run.to_string()]).await.unwrap_err().is(&Refusal::NotAChoice));
        change(vec![first.id.to_string()]).await.unwrap();
        let groups = courses::prerequisites(office, second.id).await.unwrap();
        assert_eq!((groups.len(), groups[0].rule.within_years, &groups[0].titles[0].0), (1, Some(3), &first.title));
        change(vec![]).await.unwrap();
        assert!(courses::prerequisites(office, second.id).await.unwrap().is_empty());
        assert_eq!(courses::show(office, &h.officer, second.id).await.unwrap().substitution_hours, 24);
    }

    async fn a_requirement_is_said_and_shuts_nobody_out(database) {
        let h = hall(database, 20).await;
        testing::requirement(&h.office, &h.officer, "ENT-4", "2019-12-31").await;
        let choice = enrolments::choice(&h.office, &h.representative, h.run, h.organisation).await.unwrap();
        assert_eq!(choice.requirement.unwrap().deadline, "2019-12-31".parse().unwrap());
        assert_eq!(choice.closed, None);
    }
}
