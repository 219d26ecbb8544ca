//! Many want the same promised or offered seat at once. Each story stands beside its control: the same load where what was
//! read before the lock is trusted.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::Duration;
use domain::Refusal;
use domain::enrolments::EnrolmentSource;
use domain::ids::{AllotmentId, EnrolmentId, OfferId, OrganisationId, PersonId};
use domain::waiting::{Answer, Departure, Way};
use operations::waiting;
use operations::{Outcome, doctor, testing};
use store::enrolments::Enrolment;
use store::waiting::NewOffer;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::seats::Hall;

/// Everybody at once: each waits until all are there.
async fn rush<T: Send + 'static, F: Future<Output = T> + Send + 'static>(deeds: Vec<F>) -> Vec<T> {
    let start = Arc::new(Barrier::new(deeds.len()));
    let mut tasks = JoinSet::new();
    for deed in deeds {
        let start = start.clone();
        tasks.spawn(async move {
            start.wait().await;
            deed.await
        });
    }
    tasks.join_all().await
}

/// A place as it would be taken.
fn enrolment(hall: &Hall, organisation: OrganisationId, person: PersonId) -> Enrolment {
    Enrolment {
        id: EnrolmentId(hall.office.id()),
        run_id: hall.run,
        person_id: person,
        organisation_id: organisation,
        unit_id: hall.units[0],
        person_name: "Lê Thị An".into(),
        birth_date: None,
        birth_year: None,
        organisation_name: "HTX số 0".into(),
        position: None,
        on_state_payroll: false,
        source: EnrolmentSource::Form,
        enrolled_at: hall.office.now(),
        withdrawn_at: None,
    }
}

/// What not to do: looks whether there is a seat for an organisation, and only then begins a unit of work.
async fn enrol_on_an_old_count(
    hall: Arc<Hall>,
    organisation: OrganisationId,
    person: PersonId,
    allotment: Option<AllotmentId>,
) -> bool {
    let ledger = hall.ledger().await;
    let unit = hall.units[0];
    if ledger.seats_for(&domain::enrolments::Claimant { organisation, units: vec![unit] }) == 0 {
        return false;
    }
    let enrolment = enrolment(&hall, organisation, person);
    let mut work = hall.office.database.begin().await.unwrap();
    let added = store::enrolments::add(&mut work, &enrolment, "An", hall.planner.account).await.unwrap();
    if let (true, Some(allotment)) = (added, allotment) {
        store::allotments::name(&mut work, enrolment.id, allotment).await.unwrap();
    }
    work.commit().await.unwrap();
    added
}

fn placed<T>(outcomes: &[Outcome<T>]) -> usize {
    outcomes.iter().filter(|outcome| outcome.is_ok()).count()
}

/// One seat is promised to a cooperative of twenty, everything else is taken.
async fn last_promised(database: store::Database) -> (Arc<Hall>, Vec<PersonId>) {
    let hall = Hall::build(database, 3).await;
    hall.allot(vec![hall.line(hall.coop(0), None, 1, "2019-06-20")]).await.unwrap();
    hall.fill(3, 2).await;
    let people = hall.people(0, 20).await;
    (Arc::new(hall), people)
}

/// A seat is held for the first of three who wait; the others stand behind.
async fn last_offered(database: store::Database) -> (Arc<Hall>, Vec<PersonId>) {
    let hall = Hall::build(database, 1).await;
    let seats = hall.fill(3, 1).await;
    let people = hall.people(0, 3).await;
    hall.join(0, &people).await;
    hall.withdraw(seats[0]).await;
    (Arc::new(hall), people)
}

/// The last seat was given back by each of six people in turn; six others have never had a place.
async fn last_given_back(database: store::Database) -> (Arc<Hall>, Vec<(PersonId, Enrolment)>, Vec<PersonId>) {
    let hall = Hall::build(database, 1).await;
    let people = hall.people(0, 12).await;
    let mut left = Vec::new();
    for person in &people[..6] {
        let place = hall.enrol(0, &[*person]).await.unwrap().enrolled[0].enrolment;
        hall.withdraw(place).await;
        let mut records = hall.office.database.read().await.unwrap();
        left.push((*person, store::enrolments::find(&mut records, place).await.unwrap().unwrap()));
    }
    (Arc::new(hall), left, people[6..].to_vec())
}

/// Whether an offer is open, as somebody sees it who takes no lock.
async fn is_open(hall: &Hall, offer: OfferId) -> bool {
    let mut records = hall.office.database.read().await.unwrap();
    let known = store::waiting::find_offer(&mut records, offer).await.unwrap().unwrap();
    known.answer.is_none() && hall.office.now() < known.expires_at
}

/// What not to do: looks whether the offer is open, and only then begins a unit of work in which it is accepted.
async fn accept_on_an_old_look(hall: &Hall, offer: OfferId, person: PersonId, looked: &Barrier) -> bool {
    let open = is_open(hall, offer).await;
    looked.wait().await;
    if !open {
        return false;
    }
    let enrolment = enrolment(hall, hall.coops[0].0, person);
    let mut work = hall.office.database.begin().await.unwrap();
    let added = store::enrolments::add(&mut work, &enrolment, "An", hall.planner.account).await.unwrap();
    work.commit().await.unwrap();
    added
}

/// What not to do: looks whether the offer has run out, and only then begins a unit of work in which it goes to the next.
async fn hand_on_on_an_old_look(hall: &Hall, offer: OfferId, next: PersonId, looked: &Barrier) -> bool {
    looked.wait().await;
    hall.clock.set("2019-06-14 08:00");
    if is_open(hall, offer).await {
        return false;
    }
    let now = hall.office.now();
    let mut work = hall.office.database.begin().await.unwrap();
    let entry = store::waiting::find_offer(&mut work, offer).await.unwrap().unwrap().entry_id;
    if !store::waiting::answer(&mut work, offer, (Answer::Expired, None), None, None, now).await.unwrap() {
        return false;
    }
    store::waiting::leave(&mut work, entry, Departure::Expired, "", None, now).await.unwrap();
    let next = store::waiting::of_person(&mut work, hall.run, next).await.unwrap().unwrap().id;
    let (secret_hash, code_hash) = (&hall.office.secret(), &hall.office.secret());
    let expires_at = now + Duration::hours(48);
    let new = NewOffer { id: OfferId(hall.office.id()), entry: next, allotment: None, expires_at, secret_hash, code_hash };
    store::waiting::offer(&mut work, &new, now).await.unwrap();
    work.commit().await.unwrap();
    true
}

operations::both! {
    async fn without_the_lock_the_last_promised_seat_is_named_twice(database) {
        let (hall, people) = last_promised(database).await;
        let allotment = hall.allotment(hall.coop(0)).await;
        let deeds = people.iter().map(|person| enrol_on_an_old_count(hall.clone(), hall.coops[0].0, *person, Some(allotment))).collect();
        let placed = rush(deeds).await.into_iter().filter(|placed| *placed).count();
        assert!(placed > 1, "{placed}: this load does not race, so the story below proves nothing");
        let found = doctor::examine(&hall.office).await.unwrap();
        assert!(found.iter().any(|finding| finding.invariant == "allotment_over_seats"), "{found:?}");
    }

    // peers.md §4.1, 4: an organisation's last allotted seat taken twice at once: one wins.
    async fn the_last_promised_seat_is_named_once(database) {
        let (hall, people) = last_promised(database).await;
        let deeds = people.iter().map(|person| {
            let (hall, person) = (hall.clone(), *person);
            async move { hall.enrol(0, &[person]).await }
        });
        let outcomes = rush(deeds.collect()).await;
        assert_eq!((placed(&outcomes), hall.seats().await), (1, (3, 0, 0, 0)));
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|failure| failure.is(&Refusal::Full { left: 0, asked: 1 })));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn without_the_lock_who_withdrew_and_who_came_get_the_same_seat(database) {
        let (hall, left, newly) = last_given_back(database).await;
        let everybody = left.iter().map(|(person, _)| person).chain(&newly);
        let deeds = everybody.map(|person| enrol_on_an_old_count(hall.clone(), hall.coops[0].0, *person, None)).collect();
        let placed = rush(deeds).await.into_iter().filter(|placed| *placed).count();
        assert!(placed > 1, "{placed}: this load does not race, so the story below proves nothing");
    }

    // Several who withdrew want to be restored at once, and others come for the first time: one of them all gets the seat. Being
    // restored is taking a place anew: what was withdrawn stays as it was, with its day and its reason, whoever wins.
    async fn of_those_who_withdrew_and_who_come_one_is_seated(database) {
        let (hall, mut left, newly) = last_given_back(database).await;
        for round in 0..3 {
            let everybody = left.iter().map(|(person, _)| *person).chain(newly.iter().copied()).collect::<BTreeSet<PersonId>>();
            let deeds = everybody.iter().map(|person| {
                let (hall, person) = (hall.clone(), *person);
                async move { hall.enrol(0, &[person]).await }
            });
            let outcomes = rush(deeds.collect()).await;
            assert_eq!((placed(&outcomes), hall.seats().await), (1, (1, 0, 0, 0)), "round {round}");
            let seated = outcomes.into_iter().find_map(Result::ok).unwrap().enrolled.remove(0);
            let mut records = hall.office.database.read().await.unwrap();
            let live = store::enrolments::live_of_run(&mut records, hall.run).await.unwrap();
            assert_eq!(live.iter().map(|place| (place.id, place.person_id)).collect::<Vec<_>>(), [(seated.enrolment, seated.person)]);
            for (person, place) in &left {
                let was = store::enrolments::find(&mut records, place.id).await.unwrap().unwrap();
                assert_eq!((was.person_id, was.enrolled_at, was.withdrawn_at), (*person, place.enrolled_at, place.withdrawn_at));
                assert!(was.withdrawn_at.is_some() && was.id != seated.enrolment);
            }
            drop(records);
            assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
            // Whoever won withdraws, and comes again with the others.
            hall.clock.set(&format!("2019-06-1{} 08:00", round + 3));
            hall.withdraw(seated.enrolment).await;
            let mut records = hall.office.database.read().await.unwrap();
            left.push((seated.person, store::enrolments::find(&mut records, seated.enrolment).await.unwrap().unwrap()));
        }
    }

    async fn without_the_lock_an_offer_is_accepted_and_goes_to_the_next(database) {
        let (hall, people) = last_offered(database).await;
        let offer = hall.offers().await[0].1;
        // Everybody has looked before anybody writes: those who accept before the time is over, those who hand on after it.
        let looked = Arc::new(Barrier::new(8));
        let deeds = (0..8).map(|n| {
            let (hall, looked, people) = (hall.clone(), looked.clone(), people.clone());
            async move {
                if n % 2 == 0 {
                    accept_on_an_old_look(&hall, offer, people[0], &looked).await
                } else {
                    hand_on_on_an_old_look(&hall, offer, people[1], &looked).await
                }
            }
        });
        let done = rush(deeds.collect()).await.into_iter().filter(|done| *done).count();
        let ledger = hall.ledger().await;
        assert_eq!((done, ledger.taken, ledger.offered()), (2, 1, 1), "the one seat is one person's, and held for another");
        let found = doctor::examine(&hall.office).await.unwrap();
        assert!(found.iter().any(|finding| finding.invariant == "run_promised_over_capacity"), "{found:?}");
    }

    // Accepted in the instant in which it runs out: it is theirs, or the next one's, and never both's.
    async fn an_offer_accepted_as_it_runs_out_is_one_persons(database) {
        let (hall, _) = last_offered(database).await;
        for round in 0..3 {
            let Some((person, offer)) = hall.offers().await.first().copied() else { break };
            let mut records = hall.office.database.read().await.unwrap();
            let ends = store::waiting::find_offer(&mut records, offer).await.unwrap().unwrap().expires_at;
            drop(records);
            let local = |at: chrono::DateTime<chrono::Utc>| (at + Duration::hours(7)).format("%Y-%m-%d %H:%M").to_string();
            hall.clock.set(&local(ends - Duration::minutes(1)));
            let mut deeds: Vec<std::pin::Pin<Box<dyn Future<Output = bool> + Send>>> = Vec::new();
            for n in 0..8 {
                let (hall, end) = (hall.clone(), local(ends));
                deeds.push(match n {
                    0 => Box::pin(async move {
                        hall.clock.set(&end);
                        false
                    }),
                    1..4 => Box::pin(async move { waiting::move_on(&hall.office).await.unwrap() > 1 }),
                    _ => Box::pin(async move { waiting::answer_on_screen(&hall.office, &hall.coops[0].1, offer, true).await.is_ok() }),
                });
            }
            let accepted = rush(deeds).await.into_iter().any(|accepted| accepted);
            let (taken, _, offered, _) = hall.seats().await;
            assert!(taken + offered <= 1, "round {round}: {taken} taken, {offered} offered");
            let mut records = hall.office.database.read().await.unwrap();
            let place = store::enrolments::live_of_person(&mut records, hall.run, person).await.unwrap();
            let known = store::waiting::find_offer(&mut records, offer).await.unwrap().unwrap();
            drop(records);
            assert_eq!(place.is_some(), accepted);
            if let Some(place) = place {
                assert_eq!((known.answer, known.answered_way), (Some(Answer::Accepted), Some(Way::Screen)));
                hall.withdraw(place.id).await;
            } else {
                waiting::move_on(&hall.office).await.unwrap();
            }
            assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
        }
    }

    // peers.md §4.1, 23: ten that move the list at once make exactly one offer each.
    async fn ten_movers_at_once_offer_each_seat_once(database) {
        let hall = Hall::build(database, 4).await;
        let seats = hall.fill(3, 4).await;
        let people = hall.people(0, 6).await;
        hall.join(0, &people).await;
        // Four seats come free past the house, so that nobody has moved the list yet.
        let mut work = hall.office.database.begin().await.unwrap();
        for id in seats {
            assert!(store::enrolments::withdraw(&mut work, id, "x", hall.planner.account, hall.office.now()).await.unwrap());
        }
        work.commit().await.unwrap();
        let hall = Arc::new(hall);
        let deeds = (0..10).map(|_| {
            let hall = hall.clone();
            async move { waiting::move_on(&hall.office).await.unwrap() }
        });
        let offered: usize = rush(deeds.collect()).await.into_iter().sum();
        assert_eq!((offered, hall.seats().await), (4, (0, 0, 4, 0)));
        assert_eq!(hall.offers().await.iter().map(|(person, _)| *person).collect::<Vec<_>>(), people[..4]);
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 9: marking a hold that ran out frees its own seat alone.
    async fn a_hold_that_runs_out_frees_its_own_seat_alone(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 2).await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        hall.clock.set("2019-06-13 08:00");
        hall.withdraw(seats[1]).await;
        hall.clock.set("2019-06-14 08:00");
        assert_eq!(hall.seats().await, (0, 0, 1, 1));
        assert_eq!(waiting::move_on(&hall.office).await.unwrap(), 0);
        assert_eq!(hall.offers().await.iter().map(|(person, _)| *person).collect::<Vec<_>>(), people[1..]);
    }

    // peers.md §4.1, 5 and 8: one person put on the list by many at once waits once; and everybody has a number of their own.
    async fn many_who_join_at_once_stand_in_one_row(database) {
        let hall = Hall::build(database, 1).await;
        hall.fill(3, 1).await;
        let people = hall.people(0, 10).await;
        let hall = Arc::new(hall);
        let deeds = (0..20).map(|n| {
            let (hall, person) = (hall.clone(), people[n % 10]);
            async move { hall.join(0, &[person]).await.queued.len() }
        });
        assert!(rush(deeds.collect()).await.into_iter().all(|queued| queued == 1));
        let mut records = hall.office.database.read().await.unwrap();
        let list = store::waiting::of_run(&mut records, hall.run).await.unwrap();
        drop(records);
        assert_eq!(list.iter().map(|entry| entry.number).collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 6: fifty callers at a barrier, five seats: exactly five. The bench does it a hundred times.
    async fn fifty_at_a_barrier_take_five_seats(database) {
        let hall = Hall::build(database, 1).await;
        let people = hall.people(0, 50).await;
        let hall = Arc::new(hall);
        for round in 0..3 {
            let run = testing::published_run(&hall.office, &hall.planner, "ENT-4", 5, &format!("2019-08-0{}", round + 1)).await;
            let deeds = people.iter().map(|person| {
                let (hall, mut command) = (hall.clone(), hall.command(0, &[*person]));
                command.run = run;
                async move { operations::enrolments::enrol(&hall.office, &hall.planner, command).await }
            });
            assert_eq!(placed(&rush(deeds.collect()).await), 5);
        }
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }
}
