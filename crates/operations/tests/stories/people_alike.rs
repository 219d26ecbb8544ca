//! People who look alike: nobody is guessed, and nothing that disagrees is put together.

use domain::Refusal;
use domain::enrolments::EnrolmentSource;
use domain::enrolments::roster::{Field, Row};
use domain::ids::{OrganisationId, PersonId};
use domain::people::{Birth, PersonEntry, Sex};
use domain::rosters::{ImportState, ImportStep};
use domain::walk_ins::WalkInForm;
use operations::enrolments::{self, EnrolCommand, Enrollee};
use operations::people::{self, Entered};
use operations::walk_ins::{self, NoteCommand};
use operations::{Office, Outcome, doctor, testing};
use store::people::Person;

use crate::hall::hall;
use crate::people::{Village, entry, reached, village};
use crate::rosters::scene;

impl Village {
    async fn person(&self, id: PersonId) -> Person {
        store::people::find(&mut self.office.database.read().await.unwrap(), id).await.unwrap().unwrap()
    }

    async fn number(&self, id: PersonId) -> Option<String> {
        let person = self.person(id).await;
        person.number.index.as_ref()?;
        Some(people::show_number(&self.office, &self.province, id).await.unwrap().as_str().to_owned())
    }
}

/// Two members of one name, who are two.
async fn namesakes(office: &Office, organisation: OrganisationId, name: &str) -> [PersonId; 2] {
    let mut ids = Vec::new();
    for year in ["1960", "1990"] {
        let mut work = office.database.begin().await.unwrap();
        let (person, entered) =
            people::find_or_add(office, &mut work, None, organisation, &entry(name, year, None)).await.unwrap();
        assert_eq!(entered, Entered::New);
        work.commit().await.unwrap();
        ids.push(person.id);
    }
    ids.try_into().unwrap()
}

async fn count(office: &Office) -> i64 {
    store::people::count(&mut office.database.read().await.unwrap()).await.unwrap()
}

const SEVERAL: Refusal = Refusal::SeveralFit { count: 2 };

operations::both! {
    async fn a_number_is_not_sealed_onto_a_namesake_of_another_year(database) {
        let v = village(database).await;
        let (older, _) = v.enter(v.here, &entry("Đỗ Văn Nam", "1990", None)).await;
        // The number says 1985.
        let (younger, is_new) = v.enter(v.here, &entry("Đỗ Văn Nam", "", Some("038085001234"))).await;
        assert!(is_new && younger.id != older.id);
        assert_eq!((v.number(older.id).await, v.number(younger.id).await.as_deref()), (None, Some("038085001234")));
        assert!(v.pairs(&v.province).await.is_empty(), "nothing speaks for one person");
        // A man's number, and a woman of that name.
        let woman = PersonEntry { sex: Some(Sex::Female), ..entry("Lê Hà", "1990", None) };
        let (woman, _) = v.enter(v.here, &woman).await;
        let (man, is_new) = v.enter(v.here, &entry("Lê Hà", "", Some("038090001234"))).await;
        assert!(is_new && man.id != woman.id);
        assert_eq!(v.number(woman.id).await, None);
        // A number that agrees is filled in.
        let (same, is_new) = v.enter(v.here, &entry("Đỗ Văn Nam", "", Some("038090001235"))).await;
        assert_eq!((same.id, is_new), (older.id, false));
        assert_eq!(v.number(older.id).await.as_deref(), Some("038090001235"));
        assert_eq!(doctor::examine(&v.office).await.unwrap(), []);
    }

    async fn what_is_known_is_not_written_over(database) {
        let v = village(database).await;
        let (hoa, _) = v.enter(v.here, &entry("Lê Thị Hoà", "1985", Some("171234567"))).await;
        // Known again by her old number: a day of another year stays out.
        let (again, _) = v.enter(v.there, &entry("Lê Thị Hoà", "2/9/1986", Some("171234567"))).await;
        assert_eq!((again.id, again.birth()), (hoa.id, Some(Birth::Year(1985))));
        let (again, _) = v.enter(v.here, &entry("Lê Thị Hoà", "2/9/1985", None)).await;
        assert_eq!((again.id, again.birth().map(|birth| birth.to_string()).as_deref()), (hoa.id, Some("02/09/1985")));
        // The number of the new card takes the place of that of the old one, and that is told.
        let (again, is_new) = v.enter(v.here, &entry("Lê Thị Hoà", "1985", Some("038185001234"))).await;
        assert_eq!((again.id, is_new), (hoa.id, false));
        assert_eq!(v.number(hoa.id).await.as_deref(), Some("038185001234"));
        let mut records = v.office.database.read().await.unwrap();
        let told = store::events::of_person(&mut records, hoa.id, "citizen_number_replaced").await.unwrap();
        assert_eq!((told.len(), told[0].detail.as_str()), (1, "{}"));
        drop(records);
        // The old one does not come back.
        v.enter(v.here, &entry("Lê Thị Hoà", "1985", Some("171234567"))).await;
        assert_eq!(v.number(hoa.id).await.as_deref(), Some("038185001234"));
        assert_eq!(doctor::examine(&v.office).await.unwrap(), []);
    }

    async fn of_two_namesakes_none_is_guessed_when_one_is_typed(database) {
        let v = village(database).await;
        let [older, younger] = namesakes(&v.office, v.here, "Nguyễn Văn An").await;
        let before = count(&v.office).await;
        let add = async |entry: PersonEntry| people::add(&v.office, &v.representative, v.here, &entry).await;
        for bare in [entry("Nguyễn Văn An", "", None), entry("NGUYỄN VĂN AN", "", None)] {
            assert!(add(bare).await.unwrap_err().is(&SEVERAL));
        }
        for (year, person) in [("1960", older), ("1990", younger)] {
            let (found, entered) = add(entry("Nguyễn Văn An", year, None)).await.unwrap();
            assert_eq!((found.id, entered), (person, Entered::Known));
        }
        // A telephone number tells them apart, too, once it is known.
        add(reached("Nguyễn Văn An", "1990", "0912345678")).await.unwrap();
        assert_eq!(add(reached("Nguyễn Văn An", "", "0912345678")).await.unwrap().0.id, younger);
        assert_eq!(count(&v.office).await, before);
    }

    async fn of_two_namesakes_none_is_guessed_in_a_list_for_a_class(database) {
        let h = hall(database, 9).await;
        let [_, younger] = namesakes(&h.office, h.organisation, "Nguyễn Văn An").await;
        let before = count(&h.office).await;
        let row = |number, name: &str, birth: &str| Row {
            sheet: String::new(),
            number,
            cells: [(Field::FullName, name.to_owned()), (Field::Birth, birth.to_owned())].into(),
        };
        let review = async |rows: &[Row]| {
            enrolments::preview(&h.office, &h.representative, h.run, h.organisation, rows).await.unwrap()
        };
        let checked = review(&[row(1, "Nguyễn Văn An", ""), row(2, "Lê Thị An", "1985")]).await;
        let faults: Vec<_> = checked.rows.iter().flat_map(|(row, _)| row.faults.iter().map(move |f| (row.number, f.field, &f.refusal))).collect();
        assert_eq!(faults, [(1, Field::FullName, &SEVERAL)]);
        assert!(!checked.is_clean());
        // Confirmed all the same, nobody is enrolled.
        let enrol = async |people: Vec<PersonEntry>| {
            let people = people.into_iter().map(Enrollee::Newcomer).collect();
            let command = EnrolCommand { run: h.run, organisation: h.organisation, people, source: EnrolmentSource::Spreadsheet };
            enrolments::enrol(&h.office, &h.representative, command).await
        };
        match enrol(vec![entry("Lê Thị An", "1985", None), entry("Nguyễn Văn An", "", None)]).await {
            Err(operations::Failure::Refused(faults)) => {
                assert_eq!((faults.0[0].field.as_str(), &faults.0[0].refusal), ("people.1.full_name", &SEVERAL));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!((h.taken(h.run).await, count(&h.office).await), (0, before));
        let receipt = enrol(vec![entry("Nguyễn Văn An", "1990", None)]).await.unwrap();
        assert_eq!(receipt.enrolled[0].person, younger);
    }

    async fn of_two_namesakes_none_is_guessed_in_a_list_of_people(database) {
        let s = scene(database).await;
        namesakes(&s.office, s.organisations[0], "Nguyễn Văn An").await;
        let before = count(&s.office).await;
        let list = "Họ và tên;Năm sinh;Đơn vị\nNguyễn Văn An;;HTX Xuân Lập\nNguyễn Văn An;1990;HTX Xuân Lập\n";
        let id = s.send(&s.officer, "", list.as_bytes()).await.unwrap().upload.id;
        s.work().await;
        assert_eq!(s.numbers(&s.officer, id).await, (ImportStep::Check, ImportState::Done, [2, 2, 0, 1, 1]));
        let progress = operations::rosters::progress(&s.office, &s.officer, id, 1).await.unwrap();
        assert_eq!((progress.faults[0].number, &progress.faults[0].faults[0].refusal), (2, &SEVERAL));
        operations::rosters::confirm(&s.office, &s.officer, id).await.unwrap();
        s.work().await;
        assert_eq!(s.numbers(&s.officer, id).await.2, [2, 2, 0, 1, 1]);
        assert_eq!(count(&s.office).await, before);

        // From the console.
        let csv = "Họ và tên,Năm sinh,Đơn vị\nNguyễn Văn An,,HTX Xuân Lập\n";
        let report = people::import(&s.office, csv.as_bytes()).await.unwrap();
        let faults: Vec<_> = report.faults.iter().map(|fault| (fault.row, fault.column, &fault.refusal)).collect();
        assert_eq!(faults, [(2, "full_name", &SEVERAL)]);
        assert_eq!(doctor::examine(&s.office).await.unwrap(), []);
    }

    async fn a_walk_in_who_may_be_either_of_two_is_not_guessed(database) {
        let h = hall(database, 9).await;
        let [older, _] = namesakes(&h.office, h.organisation, "Nguyễn Văn An").await;
        h.clock.set("2019-07-02 08:00");
        let note = async |name: &str, birth_year: &str, nonce: &str| {
            let form = WalkInForm { full_name: name.into(), birth_year: birth_year.into(), ..WalkInForm::default() };
            let entry = form.parse(h.office.today()).unwrap();
            let command = NoteCommand { session: h.session(0).await, entry, nonce: nonce.into() };
            walk_ins::note(&h.office, &h.officer, &command).await.unwrap()
        };
        let newcomer = walk_ins::Found::Newcomer(h.organisation);
        let before = count(&h.office).await;
        let bare = note("Nguyễn Văn An", "", "1").await;
        let outcome: Outcome<_> = walk_ins::match_walk_in(&h.office, &h.officer, bare, newcomer).await;
        assert!(outcome.unwrap_err().is(&SEVERAL));
        assert_eq!((h.taken(h.run).await, count(&h.office).await), (0, before));
        // Who chooses the person says who it is.
        let chosen = walk_ins::Found::Member(h.organisation, older);
        walk_ins::match_walk_in(&h.office, &h.officer, bare, chosen).await.unwrap();
        assert_eq!(h.live(h.run).await[0].person_id, older);
        let told = note("Nguyễn Văn An", "1990", "2").await;
        walk_ins::match_walk_in(&h.office, &h.officer, told, newcomer).await.unwrap();
        assert_eq!((h.taken(h.run).await, count(&h.office).await), (2, before));
        assert_eq!(doctor::examine(&h.office).await.unwrap(), []);
    }

    async fn who_may_be_known_is_counted_apart(database) {
        let s = scene(database).await;
        // In another cooperative of the district, born on the same day.
        let mut work = s.office.database.begin().await.unwrap();
        let known = entry("Lê Thị Hoa", "2/9/1985", None);
        people::find_or_add(&s.office, &mut work, None, s.organisations[1], &known).await.unwrap();
        work.commit().await.unwrap();
        let list = "Họ và tên;Ngày sinh;Đơn vị\nLê Thị Hoa;2/9/1985;HTX Xuân Lập\nTrần Văn Nam;1990;HTX Xuân Lập\nLê Thị Hoa;2/9/1985;HTX Thọ Lập\n";
        let id = s.send(&s.officer, "", list.as_bytes()).await.unwrap().upload.id;
        let numbers = async || {
            let job = operations::rosters::progress(&s.office, &s.officer, id, 1).await.unwrap().job;
            (job.people_new, job.people_probable, job.people_known)
        };
        s.work().await;
        assert_eq!(numbers().await, (2, 1, 1));
        operations::rosters::confirm(&s.office, &s.officer, id).await.unwrap();
        s.work().await;
        assert_eq!(numbers().await, (2, 1, 1));
        assert_eq!(doctor::examine(&s.office).await.unwrap(), []);
        let typed = entry("Trần Văn Nam", "1/2/1990", None);
        let (_, entered) = people::add(&s.office, &s.officer, s.organisations[1], &typed).await.unwrap();
        assert_eq!(entered, Entered::Resembling);
    }

    async fn walk_ins_and_who_they_may_be_go_by_middle_names(database) {
        let h = hall(database, 9).await;
        h.clock.set("2019-07-02 08:00");
        for (nonce, name) in ["Lê Văn Hà", "Trần Anh Hà", "Đỗ Hà", "Lê Thị An"].iter().enumerate() {
            let entry = WalkInForm { full_name: (*name).into(), ..WalkInForm::default() }.parse(h.office.today()).unwrap();
            let command = NoteCommand { session: h.session(0).await, entry, nonce: nonce.to_string() };
            walk_ins::note(&h.office, &h.officer, &command).await.unwrap();
        }
        let entries = walk_ins::of_run(&h.office, &h.officer, h.run).await.unwrap().entries;
        let names: Vec<_> = entries.iter().map(|walk_in| walk_in.person_name.as_str()).collect();
        assert_eq!(names, ["Lê Thị An", "Đỗ Hà", "Trần Anh Hà", "Lê Văn Hà"]);
    }

    async fn a_common_name_does_not_hide_ones_own_member(database) {
        let h = hall(database, 9).await;
        let unit = testing::unit(&h.office, "395").await;
        let officer = testing::actor(&h.office, "can.bo", domain::accounts::Role::UnitOfficer, domain::accounts::Scope::Unit(unit)).await;
        let far = testing::unit(&h.office, "380").await;
        let other = testing::organisation(&h.office, domain::organisations::OrganisationKind::Cooperative, "HTX Xa", far).await;
        // A hundred of that name elsewhere, who were known before the own one.
        for _ in 0..100 {
            testing::person(&h.office, "Nguyễn Văn An", Some(other)).await;
        }
        let own = testing::person(&h.office, "Nguyễn Văn An", Some(h.organisation)).await;
        let run = testing::published_run_in(&h.office, &h.officer, "ENT-4", 9, "2019-07-03", unit).await;
        h.clock.set("2019-07-03 08:00");
        let session = store::runs::sessions(&mut h.office.database.read().await.unwrap(), run).await.unwrap()[0].id;
        let entry = WalkInForm { full_name: "Nguyễn Văn An".into(), ..WalkInForm::default() }.parse(h.office.today()).unwrap();
        let id = walk_ins::note(&h.office, &officer, &NoteCommand { session, entry, nonce: "1".into() }).await.unwrap();
        let shown = walk_ins::one(&h.office, &officer, id, "").await.unwrap();
        assert_eq!(shown.candidates.iter().map(|one| one.person.person_id).collect::<Vec<_>>(), [own]);
        assert_eq!(walk_ins::one(&h.office, &h.officer, id, "").await.unwrap().candidates.len(), 100, "the province sees everybody");
    }
}
