//! Several officers approve at once. First the control: the same load oversells where the seats are counted before they are
//! held. Without it, the stories below it would prove nothing.

use std::sync::Arc;

use domain::accounts::Actor;
use domain::ids::{EnrolmentId, PersonId, RequestId, RequestStepId};
use domain::requests::{Approval, Level, Ruling, State, Step, StepKind};
use operations::requests::{self, DecideCommand};
use operations::testing;
use store::Database;
use store::requests::writing::{Moved, NewStep};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::requests::{Scene, scene};

const SEATS: i64 = 5;
const OFFICERS: usize = 8;
const EACH: usize = 5;

/// Forty requests for five seats, in the order of people.
async fn crowd(database: Database) -> (Arc<Scene>, Vec<(RequestId, PersonId)>) {
    let s = scene(database, SEATS, Approval::Unit, false).await;
    let mut people = Vec::new();
    for _ in 0..OFFICERS * EACH {
        people.push(testing::person(&s.office, "Lê Thị An", Some(s.organisation)).await);
    }
    let mut waiting = Vec::new();
    for person in people {
        let request = testing::requested(&s.office, &s.district, s.organisation, &[person], &s.runs[..1]).await[0];
        waiting.push((request, person));
    }
    (Arc::new(s), waiting)
}

/// What not to do: the seats are counted, and only then a unit of work begins in which the request is approved and placed.
async fn approve_on_an_old_count(s: &Scene, (id, person): (RequestId, PersonId), by: &Actor) -> bool {
    let mut records = s.office.database.read().await.unwrap();
    let run = store::runs::find(&mut records, s.runs[0]).await.unwrap().unwrap();
    let request = store::requests::find(&mut records, id).await.unwrap().unwrap();
    drop(records);
    if run.taken >= run.capacity {
        return false;
    }
    let enrolment = store::enrolments::Enrolment {
        id: EnrolmentId(s.office.id()),
        run_id: run.id,
        person_id: person,
        organisation_id: s.organisation,
        unit_id: s.unit,
        person_name: "Lê Thị An".into(),
        birth_date: None,
        birth_year: None,
        organisation_name: "HTX Xuân Lập".into(),
        position: None,
        on_state_payroll: false,
        source: request.source,
        enrolled_at: s.office.now(),
        withdrawn_at: None,
    };
    let mut work = s.office.database.begin().await.unwrap();
    let step = NewStep {
        id: RequestStepId(s.office.id()),
        step: Step { kind: StepKind::Approved, level: Some(Level::Unit), needs: None },
        enrolment: None,
        note: "",
        at: s.office.now(),
        by: Some(by.account),
    };
    let moved = Moved { state: State::Approved, needs: request.needs, enrolment: None, closed_at: None };
    assert!(store::requests::writing::step(&mut work, &request, &step, moved, None).await.unwrap());
    assert!(store::enrolments::add(&mut work, &enrolment, "An", by.account).await.unwrap());
    work.commit().await.unwrap();
    true
}

operations::both! {
    async fn without_the_lock_approving_at_once_oversells(database) {
        let (s, waiting) = crowd(database).await;
        let start = Arc::new(Barrier::new(waiting.len()));
        let mut tasks = JoinSet::new();
        for one in waiting {
            let (s, start) = (s.clone(), start.clone());
            tasks.spawn(async move {
                start.wait().await;
                approve_on_an_old_count(&s, one, &s.district).await
            });
        }
        let placed = tasks.join_all().await.into_iter().filter(|placed| *placed).count() as i64;
        let taken = s.taken(s.runs[0]).await;
        assert_eq!(placed, taken);
        assert!(taken > SEATS, "{taken} of {SEATS}: this load does not race, so the stories below prove nothing");
    }

    async fn eight_officers_who_approve_in_bulk_fill_five_seats_exactly(database) {
        let (s, waiting) = crowd(database).await;
        let start = Arc::new(Barrier::new(OFFICERS));
        let mut tasks = JoinSet::new();
        for chosen in waiting.chunks(EACH) {
            let chosen: Vec<_> = chosen.iter().map(|(id, _)| (*id, 1)).collect();
            let (s, start) = (s.clone(), start.clone());
            tasks.spawn(async move {
                start.wait().await;
                requests::approve_all(&s.office, &s.district, &chosen).await.unwrap()
            });
        }
        let lines: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        let (placed, rest): (Vec<_>, Vec<_>) = lines.iter().map(|line| line.outcome.as_ref().unwrap()).partition(|one| one.run.is_some());
        assert_eq!((placed.len() as i64, s.taken(s.runs[0]).await), (SEATS, SEATS));
        assert_eq!(rest.len(), OFFICERS * EACH - SEATS as usize);
        assert!(rest.iter().all(|one| one.request.state == State::Approved && one.no_seat.is_some()), "told so, each of them");
        s.healthy().await;
    }

    async fn the_same_requests_approved_by_eight_at_once_are_decided_on_once(database) {
        let (s, waiting) = crowd(database).await;
        let start = Arc::new(Barrier::new(OFFICERS));
        let mut tasks = JoinSet::new();
        let chosen: Vec<_> = waiting.iter().take(4).map(|(id, _)| (*id, 1)).collect();
        for _ in 0..OFFICERS {
            let (s, start, chosen) = (s.clone(), start.clone(), chosen.clone());
            tasks.spawn(async move {
                start.wait().await;
                requests::approve_all(&s.office, &s.district, &chosen).await.unwrap()
            });
        }
        let lines: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
        assert_eq!(lines.iter().filter(|line| line.outcome.is_ok()).count(), 4, "each once");
        assert_eq!(s.taken(s.runs[0]).await, 4);
        for (id, _) in &waiting[..4] {
            assert_eq!(s.state(*id).await.0, State::Placed);
        }
        s.healthy().await;
    }

    async fn deciding_and_taking_back_at_once_leave_one_of_the_two(database) {
        let (s, waiting) = crowd(database).await;
        let mut tasks = JoinSet::new();
        for (id, _) in waiting.iter().take(10).copied() {
            let approving = s.clone();
            tasks.spawn(async move {
                let command = DecideCommand { request: id, seen: 1, ruling: Ruling::Approve, reason: String::new() };
                requests::decide(&approving.office, &approving.district, &command).await.is_ok()
            });
            let withdrawing = s.clone();
            tasks.spawn(async move { requests::withdraw(&withdrawing.office, &withdrawing.representative, id, 1, "").await.is_ok() });
        }
        let won = tasks.join_all().await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 10, "one of the two for each, whoever was first");
        s.healthy().await;
    }

    async fn one_person_asked_for_by_two_lists_at_once_has_one_request(database) {
        let s = Arc::new(scene(database, SEATS, Approval::Unit, false).await);
        let mut tasks = JoinSet::new();
        for n in 0..10_usize {
            let s = s.clone();
            // In both orders, and in two runs: whoever is second finds the request, or is told of it.
            tasks.spawn(async move {
                let people: Vec<_> = if n.is_multiple_of(2) { s.people.clone() } else { s.people.iter().rev().copied().collect() };
                s.ask(&people, &s.runs[n % 2..=n % 2]).await.map(|asked| asked.requests.len()).unwrap_or(0)
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().sum::<usize>(), s.people.len());
        s.healthy().await;
    }
}
