//! Marking attendance: chains that do not fork, retries that store nothing twice, two officers at once.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NewMark};
use domain::ids::{EnrolmentId, MarkId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use operations::testing::{self, TestClock};
use operations::{Office, attendance};

/// A published run on 2 July 2019 with people in it, and the clock on that day.
struct Class {
    office: Office,
    clock: TestClock,
    officer: Actor,
    run: RunId,
    session: SessionId,
    people: Vec<EnrolmentId>,
}

async fn class(database: store::Database, people: usize) -> Class {
    let (office, clock) = testing::office(database).await;
    let province = testing::unit(&office, "38").await;
    let officer = testing::actor(&office, "canbo", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let unit = testing::unit(&office, "395").await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let run = testing::published_run(&office, &officer, "ENT-4", 600, "2019-07-02").await;
    let people = testing::enrolled(&office, &officer, run, organisation, people).await;
    clock.set("2019-07-02 08:00");
    let mut records = office.database.read().await.unwrap();
    let session = store::runs::sessions(&mut records, run).await.unwrap()[0].id;
    drop(records);
    Class { office, clock, officer, run, session, people }
}

fn new(enrolment: EnrolmentId, status: MarkStatus, nonce: &str, seen: Option<MarkId>) -> NewMark {
    NewMark { enrolment, status, note: None, nonce: nonce.into(), client_time: None, seen }
}

impl Class {
    async fn mark(&self, marks: Vec<NewMark>) -> operations::Outcome<domain::attendance::Marked> {
        let command = MarkCommand { session: self.session, marks, source: MarkSource::Screen };
        attendance::mark(&self.office, &self.officer, &command).await
    }

    async fn refused(&self, refusal: Refusal) {
        let outcome = self.mark(vec![new(self.people[0], MarkStatus::Present, "n", None)]).await;
        assert!(outcome.unwrap_err().is(&refusal), "{refusal:?}");
        assert_eq!(self.links().await, 0);
    }

    /// Every mark ever stored.
    async fn links(&self) -> i64 {
        match &self.office.database {
            store::Database::Sqlite { read, .. } => sqlx::query_scalar("SELECT COUNT(*) FROM mark").fetch_one(read).await,
            store::Database::Postgres(pool) => sqlx::query_scalar("SELECT COUNT(*) FROM mark").fetch_one(pool).await,
        }
        .unwrap()
    }
}

operations::both! {
    async fn a_correction_keeps_the_old_mark_and_a_retry_adds_nothing(database) {
        let class = class(database, 2).await;
        let [an, binh] = class.people[..] else { unreachable!() };
        let first = class.mark(vec![new(an, MarkStatus::Absent, "1", None)]).await.unwrap();
        let seen = Some(first.marks[0].id);
        assert_eq!((first.stored, first.counts.absent, first.counts.unmarked()), (1, 1, 1));
        let late = class.mark(vec![new(an, MarkStatus::Late, "2", seen)]).await.unwrap();
        assert_eq!((late.stored, late.counts.late, late.counts.absent), (1, 1, 0));
        // The answer was lost, the device sends it again: the same mark.
        for (nonce, status, seen) in [("2", MarkStatus::Late, seen), ("1", MarkStatus::Absent, None)] {
            let again = class.mark(vec![new(an, status, nonce, seen)]).await.unwrap();
            assert_eq!((again.stored, &again.conflicts[..], &again.marks), (0, &[][..], &late.marks));
        }
        // Saying what holds already is nothing new, whoever says it.
        assert_eq!(class.mark(vec![new(an, MarkStatus::Late, "3", None)]).await.unwrap().stored, 0);
        assert_eq!(class.links().await, 2);
        // Over a mark that is no longer the last one nothing is stored; the others of the same command are.
        let both = class.mark(vec![new(an, MarkStatus::Present, "4", seen), new(binh, MarkStatus::Present, "5", None)]).await.unwrap();
        assert_eq!((both.stored, both.conflicts), (1, vec![an]));
        assert_eq!((both.marks[0].status, both.marks[1].status), (MarkStatus::Late, MarkStatus::Present));
        // A nonce of one place is no passport to another.
        assert!(class.mark(vec![new(an, MarkStatus::Present, "5", Some(late.marks[0].id))]).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(class.links().await, 3);
        let register = attendance::register(&class.office, &class.officer, class.session).await.unwrap();
        assert_eq!((register.number, register.rows.len(), register.counts), (1, 2, both.counts));
        assert_eq!(register.rows[0].mark.as_ref().unwrap().by, class.officer.name);
    }

    async fn only_people_of_the_session_are_marked_or_nobody(database) {
        let class = class(database, 2).await;
        let other = testing::published_run(&class.office, &class.officer, "ENT-3", 40, "2019-07-02").await;
        let unit = testing::unit(&class.office, "395").await;
        let organisation = testing::organisation(&class.office, OrganisationKind::Cooperative, "HTX Thọ Xuân", unit).await;
        let stranger = testing::enrolled(&class.office, &class.officer, other, organisation, 1).await[0];
        let mut work = class.office.database.begin().await.unwrap();
        let gone = class.people[1];
        assert!(store::enrolments::withdraw(&mut work, gone, "ốm", class.officer.account, class.office.now()).await.unwrap());
        work.commit().await.unwrap();
        for nobody in [stranger, gone, EnrolmentId(class.office.id())] {
            let marks = vec![new(class.people[0], MarkStatus::Present, "1", None), new(nobody, MarkStatus::Present, "2", None)];
            assert!(class.mark(marks).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert_eq!(class.links().await, 0);
        let trainer = testing::actor(&class.office, "gv", Role::Trainer, Scope::Unit(unit)).await;
        let command = MarkCommand { session: class.session, marks: vec![], source: MarkSource::Form };
        assert!(attendance::mark(&class.office, &trainer, &command).await.unwrap_err().is(&Refusal::NotFound));
        assert!(attendance::register(&class.office, &trainer, class.session).await.unwrap_err().is(&Refusal::NotFound));
        assert!(attendance::of_run(&class.office, &trainer, class.run).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn the_register_is_open_from_its_day_until_closing(database) {
        let class = class(database, 1).await;
        class.clock.set("2019-07-01 23:59");
        class.refused(Refusal::NotBegun { day: "2019-07-02".parse().unwrap() }).await;
        class.clock.set("2019-07-03 08:00");
        let mut work = class.office.database.begin().await.unwrap();
        assert!(store::runs::close(&mut work, class.run, class.officer.account, class.office.now()).await.unwrap());
        work.commit().await.unwrap();
        class.refused(Refusal::RegisterClosed).await;
        let register = attendance::register(&class.office, &class.officer, class.session).await.unwrap();
        assert_eq!(register.closed, Some(Refusal::RegisterClosed));
    }

    async fn a_cancelled_run_takes_no_marks(database) {
        let class = class(database, 1).await;
        let mut work = class.office.database.begin().await.unwrap();
        assert!(store::runs::cancel(&mut work, class.run, "bão", class.officer.account, class.office.now()).await.unwrap());
        work.commit().await.unwrap();
        class.refused(Refusal::RunCancelled).await;
    }

    async fn everyone_present_leaves_made_marks_alone(database) {
        let class = class(database, 3).await;
        class.mark(vec![new(class.people[1], MarkStatus::Excused, "1", None)]).await.unwrap();
        for stored in [2, 0] {
            let marked =
                attendance::mark_everyone_present(&class.office, &class.officer, class.session, MarkSource::Form).await.unwrap();
            assert_eq!((marked.stored, marked.counts.present, marked.counts.excused), (stored, 2, 1));
        }
        let of_run = attendance::of_run(&class.office, &class.officer, class.run).await.unwrap();
        assert_eq!(of_run.sessions.iter().map(|session| session.counts.unmarked()).collect::<Vec<_>>(), [0, 3]);
    }

    async fn two_officers_at_once_do_not_fork_a_chain(database) {
        let class = std::sync::Arc::new(class(database, 20).await);
        let everybody = |status, who: &'static str| {
            let class = class.clone();
            tokio::spawn(async move {
                let marks = class.people.iter().map(|person| new(*person, status, &format!("{who} {person}"), None)).collect();
                class.mark(marks).await.unwrap()
            })
        };
        let (one, other) = (everybody(MarkStatus::Present, "a"), everybody(MarkStatus::Absent, "b"));
        let (one, other) = (one.await.unwrap(), other.await.unwrap());
        // Whoever was second learns of every mark of the first, and nothing was overwritten.
        assert_eq!((one.stored + other.stored, one.conflicts.len() + other.conflicts.len()), (20, 20));
        assert_eq!(class.links().await, 20);
    }

    async fn five_hundred_people_are_marked_at_once(database) {
        let class = class(database, 500).await;
        let marked =
            attendance::mark_everyone_present(&class.office, &class.officer, class.session, MarkSource::Form).await.unwrap();
        assert_eq!((marked.stored, marked.counts.present), (500, 500));
    }
}
