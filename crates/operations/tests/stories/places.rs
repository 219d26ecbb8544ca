//! Places that pass on: to another of the organisation, to another run; and rosters of who has them.

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::attendance::MarkSource;
use domain::enrolments::PlaceChange;
use domain::organisations::OrganisationKind;
use operations::enrolments::{self, Enrollee, PaperQuestion, SubstituteCommand, TransferCommand};
use operations::notices::{Leaving, Letter};
use operations::{attendance, doctor, testing};
use store::enrolments::Enrolment;

use crate::hall::{Hall, hall};
use crate::seats;

impl Hall {
    async fn substitute(&self, enrolment: domain::ids::EnrolmentId, person: usize) -> operations::Outcome<Enrolment> {
        let instead = Enrollee::Member(self.people[person]);
        let command = SubstituteCommand { enrolment, instead, reason: "Bận việc nhà".into() };
        enrolments::substitute(&self.office, &self.representative, &command).await
    }

    async fn letters(&self) -> Vec<(String, Letter)> {
        let mut letters = Vec::new();
        for id in operations::notices::due(&self.office).await.unwrap() {
            let (notice, letter) = operations::notices::claim(&self.office, id).await.unwrap().unwrap();
            letters.push((notice.recipient.to_string(), letter));
        }
        letters
    }
}

operations::both! {
    async fn a_place_is_handed_over_until_the_set_time(database) {
        let h = hall(database, 1).await;
        let office = &h.office;
        testing::email(office, h.people[0], "an@xuanlap.example").await;
        testing::email(office, h.people[1], "binh@xuanlap.example").await;
        let an = h.placed(0).await;
        h.letters().await;
        // Deadline and seats do not matter: the run is full and its deadline is over, the place is the organisation's.
        h.clock.set("2019-07-02 07:00");
        let shown = enrolments::to_substitute(office, &h.representative, an).await.unwrap();
        assert_eq!((shown.members.len(), shown.refusal), (6, None), "all but who has a place; the representative is one of them");
        let binh = h.substitute(an, 1).await.unwrap();
        assert_eq!((binh.person_name.as_str(), h.taken(h.run).await), ("Lê Thị Bình", 1));
        assert!(h.substitute(an, 2).await.unwrap_err().is(&Refusal::Withdrawn), "a place is handed over once");
        assert!(h.substitute(binh.id, 1).await.unwrap_err().is(&Refusal::AlreadyEnrolled));
        let roster = enrolments::roster(office, &h.representative, h.run).await.unwrap();
        let came = &roster.came_by[&binh.id];
        assert_eq!((came.kind, came.person_name.as_str(), roster.can_substitute), (PlaceChange::Substitution, "Lê Thị An", true));
        // Both are told.
        let letters = h.letters().await;
        let is_told = |wanted: &str, said: &dyn Fn(&Letter) -> bool| letters.iter().any(|(to, letter)| to == wanted && said(letter));
        let gave_up = |letter: &Letter| matches!(letter, Letter::PlaceLeft { leaving: Leaving::To(name), to_person: true, .. } if name == "Lê Thị Bình");
        assert!(is_told("an@xuanlap.example", &gave_up));
        assert!(is_told("binh@xuanlap.example", &|letter| matches!(letter, Letter::EnrolmentConfirmed { .. })));

        // From the first session on, nobody is replaced; with another rule not even on the day before.
        h.clock.set("2019-07-02 07:30");
        let refusal = h.substitute(binh.id, 2).await.unwrap_err();
        assert!(matches!(refusal, operations::Failure::Refused(ref f) if matches!(f.0[0].refusal, Refusal::SubstitutionOver { .. })), "{refusal:?}");
        let mut work = office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE course SET substitution_hours = 24").await;
        work.commit().await.unwrap();
        h.clock.set("2019-07-01 08:00");
        assert!(enrolments::to_substitute(office, &h.representative, binh.id).await.unwrap().refusal.is_some());
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn only_ones_own_places_are_handed_over_to_ones_own_people(database) {
        let h = hall(database, 3).await;
        let office = &h.office;
        let an = h.placed(0).await;
        let elsewhere = testing::unit(office, "389").await;
        let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Khác", elsewhere).await;
        let stranger = testing::actor(office, "dai.dien.khac", Role::Representative, Scope::Organisation(other)).await;
        let foreigner = testing::person(office, "Lê Thị Xa", Some(other)).await;
        let other_run = h.other_run(3, "2019-07-09").await;
        let substitute = SubstituteCommand { enrolment: an, instead: Enrollee::Member(foreigner), reason: "x".into() };
        let transfer = TransferCommand { enrolment: an, to: other_run, reason: "x".into() };
        for actor in [&h.representative, &stranger] {
            assert!(enrolments::substitute(office, actor, &substitute).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(enrolments::transfer(office, &stranger, &transfer).await.unwrap_err().is(&Refusal::NotFound));
        assert!(enrolments::to_substitute(office, &stranger, an).await.unwrap_err().is(&Refusal::NotFound));
        assert!(enrolments::to_transfer(office, &stranger, an).await.unwrap_err().is(&Refusal::NotFound));
        h.clock.set("2019-07-02 07:00");
        // Somebody who was marked is not replaced; they can leave.
        let mut work = office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE course SET substitution_hours = 0").await;
        work.commit().await.unwrap();
        attendance::mark_everyone_present(office, &h.officer, h.session(0).await, MarkSource::Form).await.unwrap();
        assert!(h.substitute(an, 1).await.unwrap_err().is(&Refusal::AlreadyAttended));
        assert_eq!(h.live(h.run).await[0].id, an);
    }

    async fn an_allotted_seat_stays_allotted_and_who_waits_waits_on(database) {
        let hall = seats::Hall::build(database, 2).await;
        let (office, acts) = (&hall.office, &hall.coops[0].1);
        hall.allot(vec![hall.line(hall.coop(0), None, 1, "2019-06-25")]).await.unwrap();
        let allotment = hall.allotment(hall.coop(0)).await;
        let (people, waiting) = (hall.people(0, 2).await, hall.people(2, 2).await);
        let mut place = hall.enrol(0, &people[..1]).await.unwrap().enrolled[0].enrolment;
        hall.fill(1, 1).await;
        hall.join(2, &waiting).await;
        // While the allotment lasts, and after its last day.
        for (day, person) in [("2019-06-13 08:00", people[1]), ("2019-06-27 08:00", people[0])] {
            hall.clock.set(day);
            let command = SubstituteCommand { enrolment: place, instead: Enrollee::Member(person), reason: "Bận".into() };
            place = enrolments::substitute(office, acts, &command).await.unwrap().id;
            let mut records = office.database.read().await.unwrap();
            assert_eq!(store::allotments::of_place(&mut records, place).await.unwrap(), Some(allotment), "{day}");
            drop(records);
            assert_eq!((hall.offers().await.len(), hall.seats().await.0), (0, 2), "{day}");
        }
        // Who goes over to another run leaves a seat, and the first who waits gets it.
        let other = testing::published_run(office, &hall.planner, "ENT-4", 5, "2019-07-09").await;
        enrolments::transfer(office, acts, &TransferCommand { enrolment: place, to: other, reason: "Gần nhà".into() }).await.unwrap();
        assert_eq!(hall.offers().await.into_iter().map(|(person, _)| person).collect::<Vec<_>>(), [waiting[0]]);
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn a_transfer_is_whole_or_not_at_all(database) {
        let h = hall(database, 2).await;
        let office = &h.office;
        let (an, binh) = (h.placed(0).await, h.placed(1).await);
        let (other, strange) = (h.other_run(1, "2019-07-09").await, testing::published_run(office, &h.officer, "ENT-3", 9, "2019-07-10").await);
        let to = async |enrolment, run, reason: &str| {
            enrolments::transfer(office, &h.representative, &TransferCommand { enrolment, to: run, reason: reason.into() }).await
        };
        assert!(to(an, h.run, "x").await.unwrap_err().is(&Refusal::AlreadyEnrolled));
        assert!(to(an, strange, "x").await.unwrap_err().is(&Refusal::RunOfAnotherCourse));
        assert!(to(an, other, " ").await.unwrap_err().is(&Refusal::ReasonMissing));
        assert_eq!(enrolments::to_transfer(office, &h.representative, an).await.unwrap().others.iter().map(|run| run.id).collect::<Vec<_>>(), [other]);
        let moved = to(an, other, "Lớp gần nhà hơn").await.unwrap();
        assert_eq!((h.taken(h.run).await, h.taken(other).await, moved.run_id), (1, 1, other));
        // The other run is full: the place here stays as it is.
        assert!(to(binh, other, "x").await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }));
        assert_eq!(h.live(h.run).await[0].id, binh);
        assert!(to(an, other, "x").await.unwrap_err().is(&Refusal::Withdrawn));
        let letters = h.letters().await;
        assert!(letters.is_empty(), "nobody here has an address");
        let roster = enrolments::roster(office, &h.officer, other).await.unwrap();
        assert_eq!(roster.came_by[&moved.id].kind, PlaceChange::Transfer);
        // After the deadline of the other run nobody goes over to it.
        h.clock.set("2019-07-09 08:00");
        assert!(to(moved.id, h.run, "x").await.unwrap_err().is(&Refusal::DeadlinePassed { deadline: "2019-07-01".parse().unwrap() }));
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn rosters_stand_in_vietnamese_order(database) {
        let h = hall(database, 40).await;
        let office = &h.office;
        let mut people = Vec::new();
        for name in ["Lê Thị Ánh", "Trần Văn An", "Nguyễn Thị Ánh", "Lê Văn Anh", "Đỗ Thị Ân", "Lê Bình Ánh"] {
            people.push(testing::person(office, name, Some(h.organisation)).await);
        }
        h.enrol(h.run, &people).await.unwrap();
        let elsewhere = testing::unit(office, "389").await;
        let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Ngọc Lặc", elsewhere).await;
        testing::enrolled(office, &h.officer, h.run, other, 2).await;
        let paper = async |actor, question| enrolments::roster_paper(office, actor, h.run, question).await;
        let all = paper(&h.officer, PaperQuestion::default()).await.unwrap();
        let names: Vec<_> = all.lines.iter().map(|line| line.enrolment.person_name.as_str()).collect();
        // Given name, then middle, then family; letters before tones.
        assert_eq!(names, ["Lê Thị An", "Trần Văn An", "Lê Văn Anh", "Lê Bình Ánh", "Lê Thị Ánh", "Nguyễn Thị Ánh", "Đỗ Thị Ân", "Lê Thị Bình"]);
        assert_eq!((all.group, all.lines[0].unit.as_str()), (None, "Huyện Ngọc Lặc"));
        let group = paper(&h.officer, PaperQuestion { organisation: Some(other), unit: None }).await.unwrap();
        assert_eq!((group.lines.len(), group.group.as_deref()), (2, Some("HTX Ngọc Lặc")));
        let group = paper(&h.officer, PaperQuestion { organisation: None, unit: Some(elsewhere) }).await.unwrap();
        assert_eq!(group.lines.len(), 2);
        // A representative prints the own group alone, and no other.
        assert_eq!(paper(&h.representative, PaperQuestion::default()).await.unwrap().lines.len(), 6);
        let others = paper(&h.representative, PaperQuestion { organisation: Some(other), unit: None }).await;
        assert!(others.unwrap_err().is(&Refusal::NotFound));
        assert!(enrolments::roster_pdf(office, &h.officer, h.run, PaperQuestion::default()).await.unwrap().starts_with(b"%PDF"));
        let trainer = testing::actor(office, "gv", Role::Trainer, Scope::Unit(elsewhere)).await;
        assert!(paper(&trainer, PaperQuestion::default()).await.unwrap_err().is(&Refusal::NotFound));
    }
}
