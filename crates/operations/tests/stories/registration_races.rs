//! Several people at once at one form. First the control: where each decides on what they read and nobody looks whether
//! it changed, all of them win. Without it, the stories below it would prove nothing.

use std::sync::Arc;

use crate::forms::{Scene, scene};
use domain::Refusal;
use domain::ids::{RegistrationEventId, RegistrationId};
use domain::registrations::{DossierItem, RegistrationKind, State, Step};
use operations::registrations::{self, ReturnCommand};
use operations::{Outcome, testing};
use store::registrations::NewEvent;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const DEEDS: [Step; 4] = [Step::Complete, Step::Return, Step::MarkDuplicate, Step::Withdraw];
const AT_ONCE: usize = 12;

/// A form that could be found complete, be sent back, be found to repeat another, and be withdrawn.
async fn table(s: &Scene) -> (RegistrationId, RegistrationId) {
    let (id, other) = (s.submitted("Chè lam").await, s.submitted("Chè lam").await);
    for item in DossierItem::ALL.iter().filter(|item| item.is_required(RegistrationKind::Existing)) {
        registrations::receive_item(&s.office, &s.officer, id, (*item, true)).await.unwrap();
    }
    (id, other)
}

/// What not to do: the state was read before, and is written whatever happened since.
async fn step_blindly(s: &Scene, id: RegistrationId, read: State, step: Step) -> Outcome<()> {
    let state = read.after(step)?;
    let mut work = s.office.database.begin().await?;
    let id_sql = match work {
        store::Work::Sqlite(_) => format!("x'{}'", id.0.simple()),
        store::Work::Postgres(_) => format!("'{id}'"),
    };
    let of = if step == Step::MarkDuplicate { "id" } else { "NULL" };
    let sql =
        format!("UPDATE registration SET state = '{state}', duplicate_of = {of}, version = version + 1 WHERE id = {id_sql}");
    store::testing::raw(&mut work, &sql).await;
    let event = NewEvent {
        id: RegistrationEventId(s.office.id()),
        step,
        state,
        reason: "",
        due_on: None,
        duplicate_of: None,
        list: None,
        decision: None,
        now: s.office.now(),
        by: s.officer.account,
    };
    store::registrations::add_event(&mut work, id, &event).await?;
    Ok(work.commit().await?)
}

async fn deed(s: &Scene, (id, other): (RegistrationId, RegistrationId), version: i64, n: usize) -> Outcome<()> {
    let (office, by) = (&s.office, if n % 8 < 4 { &s.officer } else { &s.colleague });
    match DEEDS[n % DEEDS.len()] {
        Step::Complete => registrations::complete(office, by, id, version).await,
        Step::Return => {
            let remarks = vec![("phone".to_owned(), "Không gọi được".to_owned())];
            let command = ReturnCommand { id, version, reason: String::new(), due_on: office.today(), remarks };
            registrations::send_back(office, by, &command).await
        }
        Step::MarkDuplicate => registrations::mark_duplicate(office, by, (id, version), other).await,
        _ => registrations::withdraw(office, &s.representative, id, version, "Không còn sản xuất").await,
    }
}

async fn steps_after_submission(s: &Scene, id: RegistrationId) -> Vec<State> {
    s.show(&s.province, id).await.history.iter().skip(2).map(|event| event.state).collect()
}

operations::both! {
    async fn the_control_lets_everybody_win(database) {
        let s = Arc::new(scene(database).await);
        let (id, _) = table(&s).await;
        let barrier = Arc::new(Barrier::new(AT_ONCE));
        let mut deeds = JoinSet::new();
        for n in 0..AT_ONCE {
            let (s, barrier) = (s.clone(), barrier.clone());
            deeds.spawn(async move {
                let read = s.show(&s.officer, id).await.registration.state;
                barrier.wait().await;
                step_blindly(&s, id, read, DEEDS[n % DEEDS.len()]).await
            });
        }
        let won = deeds.join_all().await.into_iter().filter(Result::is_ok).count();
        assert_eq!(won, AT_ONCE);
        let states = steps_after_submission(&s, id).await;
        assert_eq!(states.len(), AT_ONCE, "completed, returned, withdrawn and a duplicate, one after the other: {states:?}");
    }

    async fn of_several_deeds_at_once_one_is_done(database) {
        let s = Arc::new(scene(database).await);
        let forms = table(&s).await;
        let version = s.version(forms.0).await;
        let barrier = Arc::new(Barrier::new(AT_ONCE));
        let mut deeds = JoinSet::new();
        for n in 0..AT_ONCE {
            let (s, barrier) = (s.clone(), barrier.clone());
            deeds.spawn(async move {
                barrier.wait().await;
                (n, deed(&s, forms, version, n).await)
            });
        }
        let outcomes = deeds.join_all().await;
        let won: Vec<Step> = outcomes.iter().filter(|(_, outcome)| outcome.is_ok()).map(|(n, _)| DEEDS[n % DEEDS.len()]).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        for (n, outcome) in &outcomes {
            let told = |failure: &operations::Failure| {
                failure.is(&Refusal::ChangedMeanwhile) || matches!(failure, operations::Failure::Refused(f)
                    if matches!(f.0[0].refusal, Refusal::NotInThisState { .. }))
            };
            assert!(outcome.as_ref().err().is_none_or(told), "{n}: {outcome:?}");
        }
        assert_eq!(steps_after_submission(&s, forms.0).await, [State::Submitted.after(won[0]).unwrap()]);
    }

    async fn what_is_sent_twice_at_once_is_received_once_and_numbers_have_no_gap(database) {
        let s = Arc::new(scene(database).await);
        let mut ids = Vec::new();
        for n in 0..6 {
            let id = s.begin(&s.representative, &format!("Sản phẩm {n}")).await.unwrap();
            s.fill(&s.representative, id).await;
            ids.push((id, s.version(id).await));
        }
        let barrier = Arc::new(Barrier::new(AT_ONCE));
        let mut deeds = JoinSet::new();
        for n in 0..AT_ONCE {
            let (s, barrier, (id, version)) = (s.clone(), barrier.clone(), ids[n % ids.len()]);
            deeds.spawn(async move {
                let by = if n < AT_ONCE / 2 { &s.representative } else { &s.officer };
                barrier.wait().await;
                registrations::submit(&s.office, by, (id, version), None).await
            });
        }
        let won = deeds.join_all().await.into_iter().filter(Result::is_ok).count();
        assert_eq!(won, ids.len());
        let mut numbers = Vec::new();
        for (id, _) in &ids {
            numbers.extend(s.show(&s.province, *id).await.registration.number);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        assert_eq!(testing::unit(&s.office, "395").await, s.show(&s.province, ids[0].0).await.registration.unit_id);
    }
}
