//! What has to be completed before a course is asked on every path, and said of everybody by name.

use domain::Refusal;
use domain::courses::CourseForm;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{Field, Row};
use domain::ids::PersonId;
use domain::people::PersonEntry;
use domain::requests::{Approval, Ruling};
use domain::walk_ins::WalkInForm;
use operations::enrolments::{self, EnrolCommand, Enrollee, SubstituteCommand, TransferCommand};
use operations::requests::{self, AskCommand, DecideCommand, PlaceCommand};
use operations::walk_ins::{self, Found, NoteCommand};
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
        let rows = [row(1, "Lê Thị Bình", "02/09/1985"), row(2, "Đỗ Văn Mới", "1990")];
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

    /// A rule that is made while people are asked for, wait, or have places elsewhere holds for them from then on.
    async fn it_holds_on_the_paths_of_those_who_are_on_their_way(database) {
        let h = hall(database, 20).await;
        let office = &h.office;
        let done = trained(&h).await;
        let run = async |seats: i64, day: &str| testing::published_run(office, &h.officer, "ENT-5", seats, day).await;
        let (by_approval, full, from, to) =
            (run(20, "2019-08-01").await, run(1, "2019-08-05").await, run(20, "2019-08-06").await, run(20, "2019-08-07").await);
        testing::by_approval(office, by_approval, Approval::Province, false).await;
        let [decided, placed] = [0, 1].map(|n| h.people[n]);
        let requested = testing::requested(office, &h.representative, h.organisation, &[decided, placed], &[by_approval]).await;
        let seat = h.enrol(full, &[done]).await.unwrap().enrolled[0].enrolment;
        let list = |run, person| EnrolCommand {
            run,
            organisation: h.organisation,
            people: vec![Enrollee::Member(person)],
            source: EnrolmentSource::Form,
        };
        operations::waiting::join(office, &h.representative, list(full, h.people[2])).await.unwrap();
        let there = h.enrol(from, &[h.people[3]]).await.unwrap().enrolled[0].enrolment;
        enrolments::withdraw(office, &h.representative, seat, "Bận").await.unwrap();
        let mut records = office.database.read().await.unwrap();
        let offer = store::waiting::of_person(&mut records, full, h.people[2]).await.unwrap().unwrap().offer_id.unwrap();
        drop(records);
        testing::requires(office, "ENT-5", &[(&["ENT-4"], None)]).await;

        // Asked for: better now than after two officers approved it.
        let ask = AskCommand { list: list(by_approval, h.people[4]), others: vec![], note: String::new() };
        assert_eq!(lacking(requests::ask(office, &h.representative, &ask).await)[0].0, "Lê Thị Lan");
        // Approved: there is no seat for them. Placed: there is none either.
        let command = DecideCommand { request: requested[0], seen: 1, ruling: Ruling::Approve, reason: String::new() };
        let no_seat = requests::decide(office, &h.officer, &command).await.unwrap().no_seat.unwrap();
        assert_eq!(lacking::<()>(Err(no_seat.into()))[0].0, "Lê Thị An");
        let command = PlaceCommand { request: requested[1], seen: 1, run: by_approval };
        let course = store::runs::find(&mut office.database.read().await.unwrap(), by_approval).await.unwrap().unwrap().course_id;
        let line = requests::place(office, &h.officer, course, &[command]).await.unwrap().remove(0);
        assert_eq!(lacking(line.outcome.map_err(Failure::from))[0].0, "Lê Thị Bình");
        // Offered a seat, moved to another class.
        let accepted = operations::waiting::answer_on_screen(office, &h.representative, offer, true).await;
        assert_eq!(lacking(accepted)[0].0, "Lê Văn Dũng");
        let command = TransferCommand { enrolment: there, to, reason: "Gần nhà".into() };
        assert_eq!(lacking(enrolments::transfer(office, &h.representative, &command).await)[0].0, "Lê Thị Hà");
        // Found to have come to the door.
        h.clock.set("2019-08-06 08:00");
        let mut records = office.database.read().await.unwrap();
        let session = store::runs::sessions(&mut records, from).await.unwrap()[0].id;
        drop(records);
        let form = WalkInForm { full_name: "Lê Thị Mai".into(), ..WalkInForm::default() };
        let note = NoteCommand { session, entry: form.parse(office.today()).unwrap(), nonce: "1".into() };
        let walk_in = walk_ins::note(office, &h.officer, &note).await.unwrap();
        let found = Found::Member(h.organisation, h.people[5]);
        assert_eq!(lacking(walk_ins::match_walk_in(office, &h.officer, walk_in, found).await)[0].0, "Lê Thị Mai");
        for (run, taken) in [(by_approval, 0), (full, 0), (from, 1), (to, 0)] {
            assert_eq!(h.taken(run).await, taken, "nobody got past it");
        }
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
