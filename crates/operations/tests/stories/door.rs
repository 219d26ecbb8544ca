//! At the door: who comes without a place, heads that are counted, and who leaves midway.

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::attendance::{MarkSource, MarkStatus};
use domain::completion::CloseCommand;
use domain::ids::WalkInId;
use domain::organisations::OrganisationKind;
use domain::walk_ins::{Heads, Likeness, WalkInForm};
use operations::walk_ins::{self, Found, NewMark, NoteCommand};
use operations::{Outcome, attendance, completion, doctor, enrolments, testing};

use crate::hall::{Hall, hall};

impl Hall {
    async fn note(&self, name: &str, nonce: &str) -> Outcome<WalkInId> {
        let form = WalkInForm {
            full_name: name.into(),
            birth_year: "1985".into(),
            organisation: "HTX  xuân lập".into(),
            phone: "0912345678".into(),
            ..WalkInForm::default()
        };
        let entry = form.parse(self.office.today()).unwrap();
        let command = NoteCommand { session: self.session(0).await, entry, nonce: nonce.into() };
        walk_ins::note(&self.office, &self.officer, &command).await
    }
}

operations::both! {
    /// mod_attendance: temporary users are marked, and merged with who they are later.
    async fn a_walk_in_is_marked_at_once_and_matched_later(database) {
        let h = hall(database, 2).await;
        let office = &h.office;
        h.placed(0).await;
        assert!(h.note("Lê Thị Hoa", "n").await.unwrap_err().is(&Refusal::NotBegun { day: "2019-07-02".parse().unwrap() }));
        h.clock.set("2019-07-02 08:00");
        let (morning, afternoon) = (h.session(0).await, h.session(1).await);
        let hoa = h.note("Lê Thị Hoa", "1").await.unwrap();
        assert_eq!(h.note("Lê Thị Hoa", "1").await.unwrap(), hoa, "the same form sent again");
        let binh = h.note("Le Thi Binh", "2").await.unwrap();
        assert_eq!(h.taken(h.run).await, 1, "they take no seat");
        let register = attendance::register(office, &h.officer, morning).await.unwrap();
        let names: Vec<_> = register.walk_ins.iter().map(|row| (row.walk_in.person_name.as_str(), row.mark.as_ref().unwrap().status)).collect();
        assert_eq!(names, [("Le Thi Binh", MarkStatus::Present), ("Lê Thị Hoa", MarkStatus::Present)]);
        assert_eq!(register.counts.people, 1, "they are in no count");
        assert!(attendance::signature_sheet(office, &h.officer, morning).await.unwrap().starts_with(b"%PDF"));

        // Marked in the next session; over a mark that was not seen nothing is stored.
        let late = NewMark { walk_in: hoa, status: MarkStatus::Late, seen: None };
        assert_eq!(walk_ins::mark(office, &h.officer, afternoon, &[late]).await.unwrap(), 1);
        assert_eq!(walk_ins::mark(office, &h.officer, afternoon, &[late]).await.unwrap(), 0);
        let blind = NewMark { status: MarkStatus::Absent, ..late };
        assert!(walk_ins::mark(office, &h.officer, afternoon, &[blind]).await.unwrap_err().is(&Refusal::ChangedMeanwhile));

        // Who they might be: the evidence, the likeliest first.
        let shown = walk_ins::one(office, &h.officer, binh, "").await.unwrap();
        assert_eq!(shown.candidates[0].person.person_id, h.people[1]);
        assert_eq!(shown.candidates[0].likeness, [Likeness::Name, Likeness::BirthYear, Likeness::Organisation]);
        assert_eq!(walk_ins::one(office, &h.officer, hoa, "").await.unwrap().candidates.len(), 0);
        assert_eq!(shown.organisations[0].id, h.organisation);
        // Who came under another name is searched for, in one's own scope.
        let named = walk_ins::named(office, &h.officer, hoa, "thị bình").await.unwrap();
        assert_eq!(named.iter().map(|one| one.person.person_id).collect::<Vec<_>>(), [h.people[1]]);
        assert_eq!(walk_ins::named(office, &h.officer, hoa, " ").await.unwrap().len(), 0);

        // A newcomer gets the last seat, and the marks.
        let matched = walk_ins::match_walk_in(office, &h.officer, hoa, Found::Newcomer(h.organisation)).await.unwrap();
        assert!(matched.took_place && (matched.carried, matched.left_out) == (2, 0));
        let mut records = office.database.read().await.unwrap();
        let mark = store::attendance::current(&mut records, afternoon, matched.enrolment).await.unwrap().unwrap();
        assert_eq!((mark.status, mark.by.as_str()), (MarkStatus::Late, h.officer.name.as_str()));
        drop(records);
        let again = walk_ins::match_walk_in(office, &h.officer, hoa, Found::Newcomer(h.organisation)).await;
        assert!(again.unwrap_err().is(&Refusal::WalkInAnswered));
        assert!(walk_ins::mark(office, &h.officer, afternoon, &[late]).await.unwrap_err().is(&Refusal::WalkInAnswered));
        // The seats hold for everybody.
        let member = Found::Member(h.organisation, h.people[1]);
        assert!(walk_ins::match_walk_in(office, &h.officer, binh, member).await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }));
        assert_eq!(doctor::examine(office).await.unwrap(), []);

        // Undone, the seat is free and the walk-in open; the marks of the place that was left stay with it.
        assert!(walk_ins::undo(office, &h.officer, binh, "nhầm").await.unwrap_err().is(&Refusal::NothingToUndo));
        walk_ins::undo(office, &h.officer, hoa, "Nhầm người").await.unwrap();
        assert_eq!(h.taken(h.run).await, 1);
        assert!(walk_ins::one(office, &h.officer, hoa, "").await.unwrap().walk_in.is_open());
        let once_more = walk_ins::match_walk_in(office, &h.officer, hoa, Found::Newcomer(h.organisation)).await.unwrap();
        assert_eq!((once_more.took_place, once_more.carried), (true, 2));
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn who_had_a_place_keeps_it_and_nobody_is_marked_twice(database) {
        let h = hall(database, 2).await;
        let office = &h.office;
        let an = h.placed(0).await;
        h.clock.set("2019-07-02 08:00");
        let (morning, afternoon) = (h.session(0).await, h.session(1).await);
        let walk_in = h.note("Lê Thị An", "1").await.unwrap();
        walk_ins::mark(office, &h.officer, afternoon, &[NewMark { walk_in, status: MarkStatus::Present, seen: None }]).await.unwrap();
        attendance::mark_everyone_present(office, &h.officer, morning, MarkSource::Form).await.unwrap();
        let member = Found::Member(h.organisation, h.people[0]);
        let matched = walk_ins::match_walk_in(office, &h.officer, walk_in, member).await.unwrap();
        assert_eq!((matched.enrolment, matched.took_place, matched.carried, matched.left_out), (an, false, 1, 1));
        walk_ins::undo(office, &h.officer, walk_in, "Là người khác").await.unwrap();
        let mut records = office.database.read().await.unwrap();
        let mark = store::attendance::current(&mut records, afternoon, an).await.unwrap().unwrap();
        assert_eq!((mark.status, mark.note.as_deref()), (MarkStatus::Absent, Some("Là người khác")));
        assert_eq!(store::attendance::current(&mut records, morning, an).await.unwrap().unwrap().status, MarkStatus::Present);
        drop(records);
        assert_eq!(h.taken(h.run).await, 1);

        // Nobody to be found; and nothing more once the run is closed.
        assert!(walk_ins::dismiss(office, &h.officer, walk_in, " ").await.unwrap_err().is(&Refusal::ReasonMissing));
        walk_ins::dismiss(office, &h.officer, walk_in, "Khách của xã").await.unwrap();
        assert!(walk_ins::dismiss(office, &h.officer, walk_in, "Khách").await.unwrap_err().is(&Refusal::WalkInAnswered));
        h.clock.set("2019-07-02 18:00");
        let preview = completion::preview(office, &h.officer, h.run).await.unwrap();
        assert_eq!(preview.open_walk_ins, 0);
        let command = CloseCommand { run: h.run, overrides: vec![], accept_unmarked_as_absent: true, seen: preview.fingerprint };
        completion::close(office, &h.officer, &command).await.unwrap();
        assert!(walk_ins::undo(office, &h.officer, walk_in, "Có").await.unwrap_err().is(&Refusal::RunClosed));
        assert!(h.note("Lê Thị Hoa", "2").await.unwrap_err().is(&Refusal::RegisterClosed));
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn the_door_is_minded_by_who_marks_and_answered_by_who_enrols(database) {
        let h = hall(database, 5).await;
        let office = &h.office;
        h.clock.set("2019-07-02 08:00");
        let walk_in = h.note("Lê Thị Hoa", "1").await.unwrap();
        let elsewhere = testing::unit(office, "389").await;
        let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Khác", elsewhere).await;
        let stranger = testing::actor(office, "huyen.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        for actor in [&h.representative, &stranger] {
            assert!(walk_ins::of_run(office, actor, h.run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(walk_ins::one(office, actor, walk_in, "").await.unwrap_err().is(&Refusal::NotFound));
            assert!(walk_ins::named(office, actor, walk_in, "a").await.unwrap_err().is(&Refusal::NotFound));
            assert!(walk_ins::dismiss(office, actor, walk_in, "x").await.unwrap_err().is(&Refusal::NotFound));
            assert!(walk_ins::undo(office, actor, walk_in, "x").await.unwrap_err().is(&Refusal::NotFound));
            let found = Found::Newcomer(h.organisation);
            assert!(walk_ins::match_walk_in(office, actor, walk_in, found).await.unwrap_err().is(&Refusal::NotFound));
            let session = h.session(0).await;
            assert!(attendance::count_heads(office, actor, session, Heads { women: 1, men: 1 }).await.unwrap_err().is(&Refusal::NotFound));
            assert!(walk_ins::mark(office, actor, session, &[]).await.unwrap_err().is(&Refusal::NotFound));
        }
        // A member is sought in the organisation that is said, and a mark in its own run.
        let member = Found::Member(other, h.people[0]);
        assert!(walk_ins::match_walk_in(office, &h.officer, walk_in, member).await.unwrap_err().is(&Refusal::NotFound));
        let strange = NewMark { walk_in: WalkInId(office.id()), status: MarkStatus::Late, seen: None };
        assert!(walk_ins::mark(office, &h.officer, h.session(0).await, &[strange]).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(walk_ins::of_run(office, &h.officer, h.run).await.unwrap().entries.len(), 1);
    }

    async fn heads_are_counted_beside_the_names(database) {
        let h = hall(database, 5).await;
        let office = &h.office;
        h.placed(0).await;
        let session = h.session(0).await;
        let count = async |women, men| attendance::count_heads(office, &h.officer, session, Heads { women, men }).await;
        assert!(count(3, 2).await.unwrap_err().is(&Refusal::NotBegun { day: "2019-07-02".parse().unwrap() }));
        h.clock.set("2019-07-02 08:00");
        count(0, 0).await.unwrap();
        assert!(attendance::register(office, &h.officer, session).await.unwrap().heads.is_none(), "nobody is no count");
        for (women, men) in [(3, 2), (12, 8), (12, 8)] {
            count(women, men).await.unwrap();
        }
        let register = attendance::register(office, &h.officer, session).await.unwrap();
        assert_eq!((register.heads.unwrap().heads(), register.counts.people), (Heads { women: 12, men: 8 }, 1));
        let sessions = attendance::of_run(office, &h.officer, h.run).await.unwrap().sessions;
        assert_eq!((sessions[0].heads, sessions[1].heads), (Some(Heads { women: 12, men: 8 }), None));
        let mut records = office.database.read().await.unwrap();
        let log = store::events::of_subject(&mut records, session.0).await.unwrap();
        assert_eq!(log.iter().filter(|event| event.verb == "heads_counted").count(), 2, "what holds is not counted again");
    }

    async fn who_leaves_midway_keeps_the_marks_and_does_not_complete(database) {
        let h = hall(database, 2).await;
        let office = &h.office;
        let (an, _) = (h.placed(0).await, h.placed(1).await);
        h.clock.set("2019-07-02 08:00");
        for session in [h.session(0).await, h.session(1).await] {
            attendance::mark_everyone_present(office, &h.officer, session, MarkSource::Form).await.unwrap();
        }
        h.clock.set("2019-07-02 10:00");
        enrolments::withdraw(office, &h.representative, an, "Ốm giữa buổi").await.unwrap();
        assert_eq!(h.taken(h.run).await, 1, "the seat is free");
        let register = attendance::register(office, &h.officer, h.session(0).await).await.unwrap();
        assert_eq!((register.rows.len(), register.left.len()), (1, 1));
        assert_eq!((register.left[0].name.as_str(), register.left[0].mark.status), ("Lê Thị An", MarkStatus::Present));
        let roster = enrolments::roster(office, &h.representative, h.run).await.unwrap();
        assert_eq!((roster.entries.len(), roster.left.len(), roster.can_substitute), (1, 1, false));

        h.clock.set("2019-07-02 18:00");
        let preview = completion::preview(office, &h.officer, h.run).await.unwrap();
        assert_eq!((preview.rows.len(), preview.left.len(), preview.completed_count()), (1, 1, 1));
        let command = CloseCommand { run: h.run, overrides: vec![], accept_unmarked_as_absent: false, seen: preview.fingerprint };
        completion::close(office, &h.officer, &command).await.unwrap();
        let done = completion::of_run(office, &h.officer, h.run).await.unwrap();
        assert_eq!((done.decisions.len(), done.left.len()), (1, 1), "nothing is decided on who left");
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }
}
