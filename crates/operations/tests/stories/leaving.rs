//! Whoever loses a place learns of it, once, with a withdrawal for the calendar; and leaving needs no reason.

use domain::Refusal;
use domain::ids::PersonId;
use domain::requests::{Approval, Ruling};
use domain::walk_ins::WalkInForm;
use operations::enrolments::{self, Enrollee, SubstituteCommand, TransferCommand};
use operations::notices::{self, Leaving, Letter};
use operations::walk_ins::{self, Found, NoteCommand};
use operations::{Office, doctor, testing};

use crate::hall::hall;
use crate::requests::scene;

/// What is told of lost places: to whom, how they were lost, and whether the person is written to.
async fn told(office: &Office) -> Vec<(String, Leaving, bool)> {
    let mut told = Vec::new();
    for id in notices::due(office).await.unwrap() {
        let Some((notice, letter)) = notices::claim(office, id).await.unwrap() else { continue };
        notices::sent(office, &notice).await.unwrap();
        if let Letter::PlaceLeft { leaving, to_person, .. } = letter {
            told.push((notice.recipient.to_string(), leaving, to_person));
        }
    }
    told
}

async fn reads_mail(office: &Office, person: PersonId) {
    testing::email(office, person, "an@xuanlap.example").await;
}

fn once(leaving: Leaving) -> Vec<(String, Leaving, bool)> {
    vec![("an@xuanlap.example".to_owned(), leaving, true)]
}

operations::both! {
    async fn who_is_withdrawn_is_told_and_needs_no_reason(database) {
        let h = hall(database, 3).await;
        reads_mail(&h.office, h.people[0]).await;
        testing::email(&h.office, h.representative.person, "dai.dien@xuanlap.example").await;
        let (an, binh) = (h.placed(0).await, h.placed(1).await);
        told(&h.office).await;
        let long = "x".repeat(501);
        assert!(enrolments::withdraw(&h.office, &h.representative, an, &long).await.is_err());
        enrolments::withdraw(&h.office, &h.representative, an, " ").await.unwrap();
        assert_eq!(told(&h.office).await, once(Leaving::Withdrawn));
        enrolments::withdraw(&h.office, &h.officer, binh, "Ốm").await.unwrap();
        assert_eq!(told(&h.office).await, [("dai.dien@xuanlap.example".to_owned(), Leaving::Withdrawn, false)], "else who acts for them");
        // Handing a place on, or going elsewhere, says why.
        let place = h.placed(2).await;
        let to = h.other_run(3, "2019-07-09").await;
        let command = TransferCommand { enrolment: place, to, reason: " ".into() };
        assert!(enrolments::transfer(&h.office, &h.representative, &command).await.unwrap_err().is(&Refusal::ReasonMissing));
        let command = SubstituteCommand { enrolment: place, instead: Enrollee::Member(h.people[3]), reason: " ".into() };
        assert!(enrolments::substitute(&h.office, &h.representative, &command).await.unwrap_err().is(&Refusal::ReasonMissing));
        assert_eq!(doctor::examine(&h.office).await.unwrap(), []);
    }

    async fn who_passes_a_place_on_is_told_once(database) {
        let h = hall(database, 3).await;
        reads_mail(&h.office, h.people[0]).await;
        let other = h.other_run(3, "2019-07-09").await;
        let place = h.placed(0).await;
        told(&h.office).await;
        let command = TransferCommand { enrolment: place, to: other, reason: "Bận".into() };
        let moved = enrolments::transfer(&h.office, &h.representative, &command).await.unwrap();
        assert_eq!(told(&h.office).await, once(Leaving::Moved));
        let command = SubstituteCommand { enrolment: moved.id, instead: Enrollee::Member(h.people[1]), reason: "Bận".into() };
        enrolments::substitute(&h.office, &h.representative, &command).await.unwrap();
        assert_eq!(told(&h.office).await, once(Leaving::To("Lê Thị Bình".into())));
    }

    async fn who_loses_a_place_with_a_request_is_told(database) {
        let s = scene(database, 3, Approval::Unit, true).await;
        reads_mail(&s.office, s.people[0]).await;
        let placed = async || {
            let id = s.one(0, &s.runs[..1]).await;
            s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
            assert_eq!((s.taken(s.runs[0]).await, told(&s.office).await), (1, vec![]));
            id
        };
        s.withdraw(placed().await).await.unwrap();
        assert_eq!(told(&s.office).await, once(Leaving::Withdrawn));
        // Decided on anew since it was changed, and refused.
        let id = placed().await;
        s.change(id, &s.runs[..1]).await.unwrap();
        assert_eq!(told(&s.office).await, [], "until then the place is kept");
        s.decide(&s.district, id, Ruling::Refuse, "Không đúng đối tượng").await.unwrap();
        assert_eq!((s.taken(s.runs[0]).await, told(&s.office).await), (0, once(Leaving::Withdrawn)));
        s.healthy().await;
    }

    async fn who_was_taken_for_a_walk_in_is_told_when_that_is_undone(database) {
        let h = hall(database, 3).await;
        reads_mail(&h.office, h.people[0]).await;
        h.clock.set("2019-07-02 08:00");
        let form = WalkInForm { full_name: "Lê Thị An".into(), ..WalkInForm::default() };
        let entry = form.parse(h.office.today()).unwrap();
        let command = NoteCommand { session: h.session(0).await, entry, nonce: "1".into() };
        let walk_in = walk_ins::note(&h.office, &h.officer, &command).await.unwrap();
        walk_ins::match_walk_in(&h.office, &h.officer, walk_in, Found::Member(h.organisation, h.people[0])).await.unwrap();
        told(&h.office).await;
        walk_ins::undo(&h.office, &h.officer, walk_in, "Nhầm người").await.unwrap();
        assert_eq!(told(&h.office).await, once(Leaving::Withdrawn));
    }
}
