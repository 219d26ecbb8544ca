//! The demonstration fills an empty house, once, and leaves nothing for the doctor to find.

use domain::Refusal;
use domain::runs::RunState;
use operations::testing;

operations::both! {
    async fn the_demonstration_is_whole_and_healthy(database) {
        let (office, clock) = testing::office(database).await;
        clock.set("2026-11-23 06:30");
        operations::demo::fill(&office).await.unwrap();
        let findings = operations::doctor::examine(&office).await.unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        assert!(operations::demo::fill(&office).await.unwrap_err().is(&Refusal::AlreadyExists));

        let officer = operations::accounts::sign_in(&office, [127, 0, 0, 1].into(), "can.bo.tinh", operations::accounts::DEMO_PASSWORD).await.unwrap();
        let officer = operations::accounts::actor(&office, officer).await.unwrap().unwrap();
        let runs = operations::runs::list(&office, &officer).await.unwrap();
        let of = |state| runs.iter().filter(|run| run.state() == state).count();
        assert_eq!([of(RunState::Closed), of(RunState::Published), of(RunState::Cancelled), of(RunState::Draft)], [2, 12, 1, 1]);
        assert!(runs.iter().any(|run| run.taken == run.capacity), "one class is full");
        let closed = runs.iter().find(|run| run.state() == RunState::Closed).unwrap();
        let certificates = operations::certificates::of_run(&office, &officer, closed.id).await.unwrap();
        assert!(certificates.issued.len() > 5 && certificates.due.is_empty());
        let doubles = operations::people::duplicates(&office, &officer, None).await.unwrap();
        assert!(!doubles.pairs.is_empty() && doubles.pairs.iter().all(operations::people::Pair::may_decide), "one pair waits");
        assert_eq!(doubles.apart.len(), 1, "one was told apart");
    }
}
