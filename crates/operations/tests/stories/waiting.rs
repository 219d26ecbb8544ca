//! The waiting list: who is asked when, how often, and what becomes of the answer.

use crate::seats::Hall;
use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::ids::{OfferId, PersonId};
use domain::inbox::Task;
use domain::waiting::{Answer, Departure, Priority};
use operations::waiting::{self, Standing};
use operations::{Outcome, doctor, enrolments, inbox, testing};
use store::Records as _;

async fn prioritise(hall: &Hall, person: PersonId, seen: i64, priority: i64) -> Outcome<domain::ids::RunId> {
    let mut records = hall.office.database.read().await.unwrap();
    let entry = store::waiting::of_person(&mut records, hall.run, person).await.unwrap().unwrap();
    drop(records);
    let priority = Priority { priority, reason: "Hộ nghèo".into() };
    waiting::prioritise(&hall.office, &hall.planner, entry.id, seen, &priority).await
}

async fn answer(hall: &Hall, offer: OfferId, coop: usize, accepts: bool) -> Outcome<domain::ids::RunId> {
    waiting::answer_on_screen(&hall.office, &hall.coops[coop].1, offer, accepts).await
}

/// How many letters that are out still hold the secret of an offer.
async fn secrets_kept(hall: &Hall) -> i64 {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice WHERE kind = 'seat_offered' AND sent_at IS NOT NULL AND payload <> ''";
    let mut records = hall.office.database.read().await.unwrap();
    match records.raw() {
        store::Raw::Sqlite(connection) => sqlx::query_scalar(sql).fetch_one(connection).await.unwrap(),
        store::Raw::Postgres(connection) => sqlx::query_scalar(sql).fetch_one(connection).await.unwrap(),
    }
}

async fn movers(hall: &Hall) -> usize {
    waiting::move_on(&hall.office).await.unwrap()
}

operations::both! {
    async fn who_gets_no_seat_waits_and_the_same_list_twice_changes_nothing(database) {
        let hall = Hall::build(database, 2).await;
        let people = hall.people(0, 4).await;
        assert!(hall.enrol(0, &people).await.unwrap_err().is(&Refusal::Full { left: 2, asked: 4 }));
        let joined = hall.join(0, &people).await;
        assert_eq!(joined.receipt.enrolled.iter().map(|one| one.person).collect::<Vec<_>>(), people[..2]);
        assert_eq!(joined.queued.iter().map(|one| (one.person, one.place)).collect::<Vec<_>>(), [(people[2], 1), (people[3], 2)]);
        let again = hall.join(0, &people).await;
        let waited: Vec<_> = joined.queued.iter().map(|one| one.entry).collect();
        assert_eq!((joined.before.len(), again.before), (0, waited), "who waited before is known");
        assert_eq!((again.receipt.already.len(), again.receipt.enrolled.len(), again.queued), (2, 0, joined.queued));
        assert_eq!(hall.seats().await, (2, 0, 0, 0));
        let seen = waiting::waiting(&hall.office, &hall.coops[0].1, hall.run).await.unwrap();
        assert_eq!(seen.lines.iter().map(|line| line.place).collect::<Vec<_>>(), [Some(1), Some(2)]);
        assert!(seen.left.is_empty() && !seen.everybody && !seen.may_prioritise && seen.moves);
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 20: seven seats, ten waiting: the first seven by priority, then time, get offers; three remain.
    async fn seats_are_offered_by_priority_then_time(database) {
        let hall = Hall::build(database, 1).await;
        hall.fill(3, 1).await;
        let people = hall.people(0, 10).await;
        hall.join(0, &people).await;
        prioritise(&hall, people[9], 0, 2).await.unwrap();
        prioritise(&hall, people[8], 0, 1).await.unwrap();
        prioritise(&hall, people[0], 0, 9).await.unwrap();
        prioritise(&hall, people[0], 1, 0).await.unwrap();
        assert!(prioritise(&hall, people[0], 1, 5).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        let order: Vec<PersonId> = [9, 8, 0, 1, 2, 3, 4, 5, 6, 7].map(|n: usize| people[n]).into();
        assert_eq!(hall.queue().await.iter().map(|(person, _)| *person).collect::<Vec<_>>(), order);
        hall.resize(8).await.unwrap();
        assert_eq!(hall.offers().await.iter().map(|(person, _)| *person).collect::<Vec<_>>(), order[..7]);
        assert_eq!(hall.seats().await, (1, 0, 7, 0));
        // 21: no second offer, and nothing when everything is offered.
        assert_eq!((movers(&hall).await, hall.offers().await.len()), (0, 7));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 26: what is written beside the list, and its own offers and answers, do not reorder it.
    async fn nothing_unrelated_reorders_the_list(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 5).await;
        hall.join(0, &people).await;
        let numbers = async || {
            let mut records = hall.office.database.read().await.unwrap();
            let list = store::waiting::of_run(&mut records, hall.run).await.unwrap();
            list.into_iter().map(|entry| (entry.person_id, entry.number, entry.queued_at)).collect::<Vec<_>>()
        };
        let before = numbers().await;
        hall.clock.set("2019-06-13 08:00");
        for person in &people {
            hall.email(*person, &format!("n{}@htx.example", person.0.simple())).await;
        }
        hall.withdraw(seats[0]).await;
        let (_, offer) = hall.offers().await[0];
        assert_eq!(numbers().await, before);
        answer(&hall, offer, 0, false).await.unwrap();
        hall.resize(3).await.unwrap();
        hall.join(1, &hall.people(1, 2).await).await;
        assert_eq!(numbers().await[..4], before[1..]);
        hall.clock.set("2019-06-16 08:00");
        movers(&hall).await;
        assert_eq!(numbers().await[..2], before[3..], "two offers ran out, and two more were made");
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn offers_run_out_and_go_to_the_next(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        let people = hall.people(0, 2).await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        let (person, first) = hall.offers().await[0];
        assert_eq!(person, people[0]);
        // Whoever comes now cannot have what is held, nor what is free for the moment.
        let passer = hall.people(1, 1).await;
        assert!(hall.enrol(1, &passer).await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }));
        hall.clock.set("2019-06-14 08:00");
        assert_eq!(hall.seats().await, (0, 0, 0, 1), "it holds nothing from this instant on");
        assert!(answer(&hall, first, 0, true).await.unwrap_err().is(&Refusal::OfferExpired));
        assert!(hall.enrol(1, &passer).await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }), "who waits comes before");
        assert_eq!(movers(&hall).await, 1);
        assert_eq!(hall.offers().await.iter().map(|(person, _)| *person).collect::<Vec<_>>(), [people[1]]);
        assert_eq!(hall.left().await, [(people[0], Departure::Expired)]);
        // 24: who let an offer run out can come again, at the end.
        hall.join(1, &passer).await;
        hall.join(0, &people[..1]).await;
        assert_eq!(hall.queue().await, [(people[1], true), (passer[0], false), (people[0], false)]);
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn an_offer_is_accepted_or_declined_once(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 3).await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        hall.withdraw(seats[1]).await;
        let offers = hall.offers().await;
        assert_eq!(offers.len(), 2);
        answer(&hall, offers[0].1, 0, true).await.unwrap();
        answer(&hall, offers[0].1, 0, true).await.unwrap();
        assert!(answer(&hall, offers[0].1, 0, false).await.unwrap_err().is(&Refusal::OfferAnswered));
        assert_eq!(hall.seats().await, (1, 0, 1, 0));
        answer(&hall, offers[1].1, 0, false).await.unwrap();
        answer(&hall, offers[1].1, 0, false).await.unwrap();
        assert_eq!(hall.offers().await.iter().map(|(person, _)| *person).collect::<Vec<_>>(), [people[2]], "declined, it goes on");
        assert_eq!(hall.left().await, [(people[0], Departure::Placed), (people[1], Departure::Declined)]);
        // 27: who gives a place back that was offered frees it, and does not wait again.
        let mut records = hall.office.database.read().await.unwrap();
        let place = store::enrolments::live_of_person(&mut records, hall.run, people[0]).await.unwrap().unwrap();
        drop(records);
        hall.withdraw(place.id).await;
        assert_eq!((hall.queue().await.len(), hall.seats().await), (1, (0, 0, 1, 1)));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn a_letter_and_a_code_answer_without_signing_in(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        hall.email(hall.coops[1].1.person, "dai.dien@htx.example").await;
        let (own, through) = (hall.people(0, 1).await, hall.people(1, 2).await);
        hall.email(own[0], "an@htx.example").await;
        hall.join(0, &own).await;
        hall.join(1, &through).await;
        hall.withdraw(seats[0]).await;
        let client = testing::CLIENT;
        let letters = hall.offer_letters().await;
        assert_eq!(letters.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["an@htx.example"], "the person, who has an address");
        assert_eq!(secrets_kept(&hall).await, 0, "a letter that is out forgets its link and its code");
        let secret = letters[0].1.strip_prefix("http://ocop.test/offers/").unwrap();
        let shown = waiting::offered(&hall.office, client, secret).await.unwrap();
        assert_eq!((shown.standing, shown.entry.person_id, shown.sessions.len()), (Standing::Open, own[0], 2));
        waiting::answer(&hall.office, client, secret, false).await.unwrap();
        let shown = waiting::offered(&hall.office, client, secret).await.unwrap();
        assert_eq!(shown.standing, Standing::Answered(Answer::Declined));
        assert!(waiting::answer(&hall.office, client, &letters[0].2, true).await.unwrap_err().is(&Refusal::OfferAnswered));

        let letters = hall.offer_letters().await;
        assert_eq!(letters.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["dai.dien@htx.example"], "else who acts for them");
        let old = letters[0].2.clone();
        assert_eq!(waiting::offered(&hall.office, client, &old.to_uppercase()).await.unwrap().entry.person_id, through[0]);
        // A new code takes the place of the old; it is told over the telephone.
        let (_, offer) = hall.offers().await[0];
        assert!(waiting::new_code(&hall.office, &hall.coops[0].1, offer).await.unwrap_err().is(&Refusal::NotFound));
        let (code, entry) = waiting::new_code(&hall.office, &hall.coops[1].1, offer).await.unwrap();
        assert_eq!((code.len(), entry.person_id), (9, through[0]));
        assert!(waiting::offered(&hall.office, client, &old).await.unwrap_err().is(&Refusal::LinkNotValid));
        waiting::answer(&hall.office, client, &code.replace('-', " "), true).await.unwrap();
        assert_eq!(hall.seats().await, (1, 0, 0, 0));
        assert!(waiting::new_code(&hall.office, &hall.coops[1].1, offer).await.unwrap_err().is(&Refusal::OfferAnswered));
        // Guesses are counted.
        let mut refused = None;
        for _ in 0..20 {
            refused = Some(waiting::offered(&hall.office, client, "0000-0000").await.unwrap_err());
        }
        assert!(matches!(refused, Some(operations::Failure::Refused(faults)) if matches!(faults.0[0].refusal, Refusal::TooManyAttempts { .. })));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 22: no offers after the deadline; the list stops by itself, and none reaches beyond it.
    async fn the_list_stops_at_the_deadline(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 2).await;
        hall.join(0, &people).await;
        hall.clock.set("2019-07-01 20:00");
        hall.withdraw(seats[0]).await;
        let mut records = hall.office.database.read().await.unwrap();
        let list = store::waiting::of_run(&mut records, hall.run).await.unwrap();
        drop(records);
        assert_eq!(list[0].expires_at.map(domain::time::show_instant).as_deref(), Some("02/07/2019 00:00"));
        hall.clock.set("2019-07-02 00:00");
        let (_, offer) = hall.offers().await[0];
        assert!(answer(&hall, offer, 0, true).await.unwrap_err().is(&Refusal::OfferExpired));
        hall.withdraw(seats[1]).await;
        assert_eq!((movers(&hall).await, hall.offers().await), (0, vec![]));
        assert!(!waiting::waiting(&hall.office, &hall.planner, hall.run).await.unwrap().moves);
        let deadline = "2019-07-01".parse().unwrap();
        let late = waiting::join(&hall.office, &hall.coops[0].1, hall.command(0, &people)).await;
        assert!(late.unwrap_err().is(&Refusal::DeadlinePassed { deadline }));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // Raising capacity, cancellation, expiry and returned allotments each promote as many as there are seats, once.
    async fn whatever_frees_seats_promotes_exactly_as_many_once(database) {
        let hall = Hall::build(database, 3).await;
        hall.allot(vec![hall.line(hall.coop(2), None, 1, "2019-06-20")]).await.unwrap();
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 9).await;
        hall.join(0, &people).await;
        let offered = async || hall.offers().await.len();
        assert_eq!(offered().await, 0);
        hall.resize(5).await.unwrap();
        assert_eq!((offered().await, movers(&hall).await), (2, 0), "raising the capacity by two");
        hall.withdraw(seats[0]).await;
        assert_eq!((offered().await, movers(&hall).await), (3, 0), "a cancellation");
        let own = hall.allotment(hall.coop(2)).await;
        operations::allotments::give_back(&hall.office, &hall.coops[2].1, own, "Không có người").await.unwrap();
        assert_eq!((offered().await, movers(&hall).await), (4, 0), "a returned allotment");
        let (_, first) = hall.offers().await[0];
        answer(&hall, first, 0, false).await.unwrap();
        assert_eq!((offered().await, movers(&hall).await), (4, 0), "a declined offer");
        let entry = {
            let mut records = hall.office.database.read().await.unwrap();
            store::waiting::of_run(&mut records, hall.run).await.unwrap()[0].clone()
        };
        waiting::leave(&hall.office, &hall.coops[0].1, entry.id, "").await.unwrap();
        assert!(waiting::leave(&hall.office, &hall.coops[0].1, entry.id, "").await.unwrap_err().is(&Refusal::NotWaiting));
        assert_eq!((offered().await, movers(&hall).await), (4, 0), "somebody with an offer left");
        hall.clock.set("2019-06-14 08:00");
        assert_eq!((movers(&hall).await, movers(&hall).await, offered().await), (3, 0, 3), "four ran out, three still wait");
        assert_eq!(hall.seats().await, (1, 0, 3, 1));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 12: capacity is not lowered under what is taken, promised and offered.
    async fn capacity_is_not_lowered_below_what_is_kept(database) {
        let hall = Hall::build(database, 4).await;
        hall.allot(vec![hall.line(hall.coop(2), None, 1, "2019-06-20")]).await.unwrap();
        let seats = hall.fill(3, 3).await;
        hall.join(0, &hall.people(0, 1).await).await;
        hall.withdraw(seats[0]).await;
        assert_eq!(hall.seats().await, (2, 1, 1, 0));
        assert!(hall.resize(3).await.unwrap_err().is(&Refusal::CapacityBelowHeld { taken: 2, promised: 1, offered: 1 }));
        hall.resize(4).await.unwrap();
        hall.clock.set("2019-06-21 00:00");
        assert!(hall.resize(1).await.unwrap_err().is(&Refusal::CapacityBelowTaken { taken: 2 }), "what ran out keeps nothing");
        hall.resize(2).await.unwrap();
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 13, 14: restoring somebody who withdrew is refused when full; doing a deed twice is doing it once.
    async fn whoever_withdrew_comes_back_only_where_there_is_a_seat(database) {
        let hall = Hall::build(database, 1).await;
        let people = hall.people(0, 2).await;
        let place = hall.enrol(0, &people[..1]).await.unwrap().enrolled[0].enrolment;
        assert_eq!(hall.enrol(0, &people[..1]).await.unwrap().already[0].enrolment, place);
        hall.withdraw(place).await;
        let again = enrolments::withdraw(&hall.office, &hall.planner, place, "Bận việc").await;
        assert!(again.unwrap_err().is(&Refusal::Withdrawn));
        hall.enrol(0, &people[1..]).await.unwrap();
        assert!(hall.enrol(0, &people[..1]).await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }));
        assert_eq!(hall.join(0, &people[..1]).await.queued.len(), 1);
    }

    // peers.md §4.1, 17: every path on which a place is taken checks the seats; who has an offer takes it on each of them.
    async fn whoever_has_an_offer_is_enrolled_on_any_path(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        let people = hall.people(0, 2).await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        assert!(hall.enrol(0, &people[1..]).await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }));
        hall.enrol(0, &people[..1]).await.unwrap();
        assert_eq!(hall.left().await, [(people[0], Departure::Placed)]);
        assert_eq!((hall.offers().await, hall.seats().await), (vec![], (1, 0, 0, 0)));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn a_unit_that_is_promised_seats_has_them_offered_to_its_own(database) {
        let hall = Hall::build(database, 1).await;
        hall.fill(3, 1).await;
        let (far, near) = (hall.people(2, 1).await, hall.people(0, 2).await);
        hall.join(2, &far).await;
        hall.join(0, &near).await;
        // Two more seats: the first goes to who waits longest, the second to who waits next.
        hall.resize(2).await.unwrap();
        assert_eq!(hall.queue().await, [(far[0], true), (near[0], false), (near[1], false)]);
        let (_, offer) = hall.offers().await[0];
        answer(&hall, offer, 2, true).await.unwrap();
        // The run is full: a seat is made and promised to a unit at once, whose people are asked although others could wait.
        let mut work = hall.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE run SET capacity = 3").await;
        work.commit().await.unwrap();
        hall.allot(vec![hall.line(hall.unit(0), None, 1, "2019-06-20")]).await.unwrap();
        assert_eq!(hall.queue().await, [(near[0], true), (near[1], false)]);
        assert_eq!(hall.seats().await, (2, 0, 1, 0));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn a_limit_for_each_organisation_lets_others_pass(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        operations::allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(1)).await.unwrap();
        let (two, one) = (hall.people(0, 2).await, hall.people(1, 1).await);
        hall.join(0, &two).await;
        hall.join(1, &one).await;
        hall.withdraw(seats[0]).await;
        hall.withdraw(seats[1]).await;
        assert_eq!(hall.queue().await, [(two[0], true), (two[1], false), (one[0], true)]);
        operations::allotments::set_limit(&hall.office, &hall.planner, hall.run, None).await.unwrap();
        assert_eq!(hall.seats().await, (0, 0, 2, 0));
    }

    async fn the_list_lies_in_the_scope_of_who_acts(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        let people = hall.people(0, 2).await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        let (_, offer) = hall.offers().await[0];
        let mut records = hall.office.database.read().await.unwrap();
        let entry = store::waiting::of_run(&mut records, hall.run).await.unwrap()[1].id;
        drop(records);
        let manager = testing::actor(&hall.office, "lanh.dao", Role::Manager, Scope::Unit(hall.units[0])).await;
        let trainer = testing::actor(&hall.office, "giang.vien", Role::Trainer, Scope::Unit(testing::unit(&hall.office, "38").await)).await;
        let priority = Priority { priority: 1, reason: "x".into() };
        for actor in [&hall.officers[1], &hall.coops[1].1, &manager, &trainer] {
            assert!(waiting::leave(&hall.office, actor, entry, "").await.unwrap_err().is(&Refusal::NotFound));
            assert!(waiting::own(&hall.office, actor, entry).await.unwrap_err().is(&Refusal::NotFound));
            assert!(waiting::answer_on_screen(&hall.office, actor, offer, true).await.unwrap_err().is(&Refusal::NotFound));
            assert!(waiting::prioritise(&hall.office, actor, entry, 0, &priority).await.unwrap_err().is(&Refusal::NotFound));
            assert!(waiting::join(&hall.office, actor, hall.command(0, &people)).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(waiting::prioritise(&hall.office, &hall.coops[0].1, entry, 0, &priority).await.unwrap_err().is(&Refusal::NotFound));
        assert!(waiting::waiting(&hall.office, &trainer, hall.run).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(waiting::waiting(&hall.office, &hall.coops[1].1, hall.run).await.unwrap().lines.len(), 0);
        let all = waiting::waiting(&hall.office, &hall.planner, hall.run).await.unwrap();
        assert!(all.everybody && all.may_prioritise && all.lines.len() == 2 && all.waiting == 1);
        let (_, organisation, run) = waiting::own(&hall.office, &hall.coops[0].1, entry).await.unwrap();
        assert_eq!((organisation.id, run.id), (hall.coops[0].0, hall.run));
        let waits = waiting::of_organisation(&hall.office, &hall.coops[0].1, hall.coops[0].0).await.unwrap();
        assert_eq!(waits.iter().map(|one| (one.offer_id.is_some(), one.place)).collect::<Vec<_>>(), [(true, 0), (false, 1)]);
        let tasks = inbox::inbox(&hall.office, &hall.coops[0].1).await.unwrap().groups;
        assert_eq!(tasks.iter().map(|group| group.task).collect::<Vec<_>>(), [Task::AnswerOffer]);
    }
}
