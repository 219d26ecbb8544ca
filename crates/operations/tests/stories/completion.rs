//! Closing a run: what was shown is what is stored, once, with its inputs and its reasons.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NewMark};
use domain::completion::{CloseCommand, Outcome, Override};
use domain::ids::{EnrolmentId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use operations::completion::{self, OverrideCommand};
use operations::testing::{self, TestClock};
use operations::{Office, attendance};

struct Class {
    office: Office,
    clock: TestClock,
    officer: Actor,
    run: RunId,
    sessions: Vec<SessionId>,
    people: Vec<EnrolmentId>,
}

/// Two people in a run of two sessions: An was there all day, Bình left at noon.
async fn class(database: store::Database) -> Class {
    let (office, clock) = testing::office(database).await;
    let province = testing::unit(&office, "38").await;
    let officer = testing::actor(&office, "canbo", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let unit = testing::unit(&office, "395").await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let run = testing::published_run(&office, &officer, "ENT-4", 40, "2019-07-02").await;
    let people = testing::enrolled(&office, &officer, run, organisation, 2).await;
    clock.set("2019-07-02 17:00");
    let mut records = office.database.read().await.unwrap();
    let sessions: Vec<_> = store::runs::sessions(&mut records, run).await.unwrap().iter().map(|session| session.id).collect();
    drop(records);
    let class = Class { office, clock, officer, run, sessions, people };
    for (session, person, status) in [(0, 0, MarkStatus::Present), (1, 0, MarkStatus::Late), (0, 1, MarkStatus::Present)] {
        class.mark(session, person, status).await;
    }
    class
}

impl Class {
    async fn mark(&self, session: usize, person: usize, status: MarkStatus) {
        let mark = NewMark {
            enrolment: self.people[person],
            status,
            note: None,
            nonce: self.office.secret(),
            client_time: None,
            seen: None,
        };
        let command = MarkCommand { session: self.sessions[session], marks: vec![mark], source: MarkSource::Form };
        assert_eq!(attendance::mark(&self.office, &self.officer, &command).await.unwrap().stored, 1);
    }

    async fn preview(&self) -> completion::Preview {
        completion::preview(&self.office, &self.officer, self.run).await.unwrap()
    }

    async fn command(&self) -> CloseCommand {
        let seen = self.preview().await.fingerprint;
        CloseCommand { run: self.run, overrides: vec![], accept_unmarked_as_absent: true, seen }
    }

    async fn close(&self, command: &CloseCommand) -> operations::Outcome<()> {
        completion::close(&self.office, &self.officer, command).await
    }

    fn overridden(&self, person: usize, outcome: Outcome, reason: &str) -> Override {
        Override { enrolment: self.people[person], outcome, reason: reason.into() }
    }

    async fn override_decision(&self, person: usize, outcome: Outcome, reason: &str) -> operations::Outcome<()> {
        let command = OverrideCommand { run: self.run, new: self.overridden(person, outcome, reason) };
        completion::override_decision(&self.office, &self.officer, &command).await
    }

    async fn outcomes(&self) -> Vec<Outcome> {
        let completion = completion::of_run(&self.office, &self.officer, self.run).await.unwrap();
        completion.decisions.iter().map(|decision| decision.outcome()).collect()
    }
}

operations::both! {
    async fn decisions_are_shown_then_stored_with_what_they_rest_on(database) {
        let class = class(database).await;
        let preview = class.preview().await;
        assert_eq!(preview.rows.iter().map(|row| row.outcome).collect::<Vec<_>>(), [Outcome::Completed, Outcome::NotCompleted]);
        assert_eq!((preview.missing_count(), preview.missing.len(), preview.hindrance.clone()), (1, 1, None));
        let mut command = class.command().await;
        command.accept_unmarked_as_absent = false;
        assert!(class.close(&command).await.unwrap_err().is(&Refusal::MarksMissing { count: 1 }));
        command.accept_unmarked_as_absent = true;
        command.overrides = vec![class.overridden(1, Outcome::Completed, " ")];
        assert!(class.close(&command).await.unwrap_err().is(&Refusal::ReasonMissing));
        command.overrides = vec![
            class.overridden(1, Outcome::Completed, "Học bù buổi chiều"),
            class.overridden(0, Outcome::Completed, ""),
        ];
        class.close(&command).await.unwrap();
        assert!(class.close(&command).await.unwrap_err().is(&Refusal::RunClosed));
        let stored = completion::of_run(&class.office, &class.officer, class.run).await.unwrap();
        let [an, binh] = &stored.decisions[..] else { unreachable!() };
        assert_eq!((an.outcome(), an.override_reason.as_deref()), (Outcome::Completed, None));
        assert_eq!((binh.decided, binh.outcome()), (Outcome::NotCompleted, Outcome::Completed));
        assert_eq!(binh.override_reason.as_deref(), Some("Học bù buổi chiều"));
        let basis = binh.basis().unwrap();
        assert_eq!((basis, basis.inputs.unmarked()), (preview.rows[1].basis, 1));
        assert_eq!(basis.rule, preview.rule);
    }

    async fn nothing_is_closed_before_its_end_or_over_decisions_nobody_saw(database) {
        let class = class(database).await;
        class.clock.set("2019-07-02 16:59");
        let command = class.command().await;
        let last = "2019-07-02".parse().unwrap();
        assert_eq!(class.preview().await.hindrance, Some(Refusal::NotEnded { last }));
        assert!(class.close(&command).await.unwrap_err().is(&Refusal::NotEnded { last }));
        class.clock.set("2019-07-02 17:00");
        class.mark(1, 1, MarkStatus::Present).await;
        assert!(class.close(&command).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        let command = CloseCommand { overrides: vec![Override { enrolment: EnrolmentId(class.office.id()), outcome: Outcome::Completed, reason: "x".into() }], ..class.command().await };
        assert!(class.close(&command).await.unwrap_err().is(&Refusal::NotFound));
        assert!(completion::of_run(&class.office, &class.officer, class.run).await.unwrap_err().is(&Refusal::NotFound));
        let unit = testing::unit(&class.office, "395").await;
        for role in [Role::Trainer, Role::UnitOfficer, Role::Manager] {
            let stranger = testing::actor(&class.office, role.as_str(), role, Scope::Unit(unit)).await;
            assert!(completion::preview(&class.office, &stranger, class.run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(completion::close(&class.office, &stranger, &command).await.unwrap_err().is(&Refusal::NotFound));
            assert!(completion::of_run(&class.office, &stranger, class.run).await.unwrap_err().is(&Refusal::NotFound));
        }
    }

    async fn two_closings_at_once_are_one(database) {
        let class = std::sync::Arc::new(class(database).await);
        let command = class.command().await;
        let closings: Vec<_> = (0..4)
            .map(|_| {
                let (class, command) = (class.clone(), command.clone());
                tokio::spawn(async move { class.close(&command).await })
            })
            .collect();
        let mut closed = 0;
        for closing in closings {
            match closing.await.unwrap() {
                Ok(()) => closed += 1,
                Err(failure) => assert!(failure.is(&Refusal::RunClosed), "{failure:?}"),
            }
        }
        assert_eq!(closed, 1);
        assert_eq!(class.outcomes().await, [Outcome::Completed, Outcome::NotCompleted]);
    }

    async fn a_decision_is_overridden_with_a_reason_unless_a_certificate_says_it(database) {
        let class = class(database).await;
        class.close(&class.command().await).await.unwrap();
        assert!(class.override_decision(1, Outcome::Completed, "").await.unwrap_err().is(&Refusal::ReasonMissing));
        class.override_decision(1, Outcome::Completed, "Học bù").await.unwrap();
        class.override_decision(1, Outcome::NotCompleted, "Nhầm người").await.unwrap();
        class.override_decision(1, Outcome::NotCompleted, "Vẫn thế").await.unwrap();
        class.override_decision(1, Outcome::Completed, "Đúng là đã học bù").await.unwrap();
        assert_eq!(class.outcomes().await, [Outcome::Completed, Outcome::Completed]);
        certify(&class, 0).await;
        assert!(class.override_decision(0, Outcome::NotCompleted, "Thi lại").await.unwrap_err().is(&Refusal::CertificateIssued));
        assert_eq!(class.outcomes().await, [Outcome::Completed, Outcome::Completed]);
    }
}

/// A certificate on a decision, past all rules.
async fn certify(class: &Class, person: usize) {
    let mut records = class.office.database.read().await.unwrap();
    let decision = store::completion::of_enrolment(&mut records, class.run, class.people[person]).await.unwrap().unwrap();
    let person = store::enrolments::find(&mut records, class.people[person]).await.unwrap().unwrap();
    drop(records);
    let mut work = class.office.database.begin().await.unwrap();
    let sql = "INSERT INTO certificate (id, book_id, year, number, serial, verify_token, decision_id, enrolment_id, run_id, person_id, \
        printed, printed_hash, template_version, issued_at, issued_by) \
        SELECT $1, b.id, 2019, 1, '001/2019', 't', $2, $3, $4, $5, '{}', '', 1, $6, $7 FROM certificate_book b";
    macro_rules! insert {
        ($connection:expr) => {
            sqlx::query(sql)
                .bind(class.office.id())
                .bind(decision.id)
                .bind(person.id)
                .bind(class.run)
                .bind(person.person_id)
                .bind(class.office.now())
                .bind(class.officer.account)
                .execute($connection)
                .await
                .unwrap()
                .rows_affected()
        };
    }
    let inserted = match store::Records::raw(&mut work) {
        store::Raw::Sqlite(connection) => insert!(connection),
        store::Raw::Postgres(connection) => insert!(connection),
    };
    assert_eq!(inserted, 1);
    work.commit().await.unwrap();
}
