//! What the last approval comes to: a seat, another instead of the one that is had, a place in a queue, or none.

use domain::Refusal;
use domain::enrolments::EnrolmentSource;
use domain::requests::{Approval, Ruling, State};
use operations::{enrolments, requests, runs, testing, waiting};

use crate::requests::scene;

operations::both! {
    async fn who_is_barred_from_one_waits_in_the_next_that_is_full(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let rival = s.one(0, &s.runs[1..2]).await;
        s.decide(&s.district, rival, Ruling::Approve, "").await.unwrap();
        let busy = testing::published_run_in(&s.office, &s.trainer, "ENT-1", 9, "2019-07-02", s.unit).await;
        enrolments::enrol(&s.office, &s.representative, s.list(busy, &s.people[1..2], EnrolmentSource::Form)).await.unwrap();
        let id = s.one(1, &s.runs[..2]).await;
        s.told().await;
        let decided = s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!((decided.request.state, decided.run.is_none()), (State::Approved, true));
        assert!(s.entry(s.runs[0], 1).await.is_none(), "no seat of the first is for them");
        assert!(s.entry(s.runs[1], 1).await.is_some(), "a seat of the second is");
        // Why is told, on the screen and by letter.
        let facts = s.told().await.remove(0).remove(0);
        for said in [facts.no_seat, decided.no_seat.unwrap()] {
            assert!(matches!(said.0[0].refusal, Refusal::BusyElsewhere { .. }), "{said:?}");
        }
        s.withdraw(rival).await.unwrap();
        let offer = s.entry(s.runs[1], 1).await.unwrap().offer_id.unwrap();
        waiting::answer_on_screen(&s.office, &s.representative, offer, true).await.unwrap();
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[1])));
        s.healthy().await;
    }

    async fn a_seat_is_given_up_for_another_and_not_for_none(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let (id, rival) = (s.one(0, &s.runs[..1]).await, s.one(1, &s.runs[1..2]).await);
        let next = s.one(2, &s.runs[..1]).await;
        for id in [id, rival, next] {
            s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        }
        s.change(id, &s.runs[1..2]).await.unwrap();
        assert_eq!(s.state(id).await, (State::WaitingUnit, Some(s.runs[0])));
        let place = s.place_of(id).await;
        s.told().await;
        let decided = s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!(decided.run.unwrap().id, s.runs[0]);
        let full = Refusal::Full { left: 0, asked: 1 };
        assert_eq!(decided.no_seat.unwrap().0[0].refusal, full);
        assert_eq!((s.state(id).await, s.place_of(id).await), ((State::Placed, Some(s.runs[0])), place), "the very place");
        let facts = s.told().await.remove(0).remove(0);
        assert_eq!((facts.state, facts.run.is_some(), &facts.no_seat.0[0].refusal), (State::Placed, true, &full));
        assert!(s.entry(s.runs[0], 2).await.unwrap().offer_id.is_none(), "nothing was offered to the next");
        s.healthy().await;
        // Another that is at the time of the one that is had: it is free of it as soon as it is left.
        let same_day = testing::published_run_in(&s.office, &s.trainer, "ENT-4", 1, "2019-07-02", s.unit).await;
        testing::by_approval(&s.office, same_day, Approval::Unit, false).await;
        s.change(id, &[s.runs[1], same_day]).await.unwrap();
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!((s.state(id).await, s.taken(s.runs[0]).await), ((State::Placed, Some(same_day)), 0));
        assert!(s.entry(s.runs[0], 2).await.unwrap().offer_id.is_some(), "the seat that was left goes to the next");
        s.healthy().await;
        // Out of a class that was called off there is nothing to give up.
        s.change(id, &s.runs[2..]).await.unwrap();
        runs::cancel(&s.office, &s.trainer, same_day, "Bão").await.unwrap();
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[2])));
        s.healthy().await;
    }

    /// What may have set a seat free is seen by who looks at the calendar.
    async fn a_decision_reaches_the_calendar(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let ids = s.ask(&s.people[..3], &s.runs[..1]).await.unwrap().requests;
        let changes = async || store::changes(&mut s.office.database.read().await.unwrap(), "calendar").await.unwrap();
        for id in &ids {
            let before = changes().await;
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
            assert!(changes().await > before);
        }
        // Without a place of theirs, but with a seat that is held for them.
        s.withdraw(ids[0]).await.unwrap();
        assert!(s.entry(s.runs[0], 1).await.unwrap().offer_id.is_some());
        let before = changes().await;
        requests::withdraw(&s.office, &s.representative, ids[1], s.version(ids[1]).await, "").await.unwrap();
        assert!(changes().await > before);
        assert!(s.entry(s.runs[0], 2).await.unwrap().offer_id.is_some());
        s.healthy().await;
    }
}
