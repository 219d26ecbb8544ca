//! Letters: who gets one, once, and how the outbox is emptied.

use chrono::Duration;
use domain::accounts::{Actor, Language, Role, Scope};
use domain::ids::{NoticeId, OrganisationId, PersonId, RunId, TokenId};
use domain::organisations::OrganisationKind;
use operations::notices::{self, Letter};
use operations::{Office, testing};
use store::Records as _;

/// A run with two places of one cooperative, whose representative reads mail and whose people do not.
async fn scene(office: &Office) -> (RunId, OrganisationId, Actor) {
    let unit = testing::unit(office, "395").await;
    let planner =
        testing::actor(office, "planner", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(office, "htx", Role::Representative, Scope::Organisation(organisation)).await;
    set_email(office, representative.person, "htx@example.vn").await;
    let run = testing::published_run(office, &planner, "ENT-1", 40, "2019-07-02").await;
    testing::enrolled(office, &planner, run, organisation, 2).await;
    (run, organisation, representative)
}

async fn set_email(office: &Office, person: PersonId, email: &str) {
    run_sql(office, "UPDATE person SET email = $2 WHERE id = $1", person.0, email).await;
}

async fn run_sql(office: &Office, sql: &'static str, id: uuid::Uuid, text: &str) {
    let mut work = office.database.begin().await.unwrap();
    match work.raw() {
        store::Raw::Sqlite(connection) => {
            sqlx::query(sql).bind(id).bind(text).execute(connection).await.unwrap();
        }
        store::Raw::Postgres(connection) => {
            sqlx::query(sql).bind(id).bind(text).execute(connection).await.unwrap();
        }
    }
    work.commit().await.unwrap();
}

/// Confirms every place of the run.
async fn confirm(office: &Office, run: RunId) {
    let mut work = office.database.begin().await.unwrap();
    let enrolments = store::enrolments::live_of_run(&mut work, run).await.unwrap();
    let run = store::runs::find(&mut work, run).await.unwrap().unwrap();
    notices::enrolment_confirmed(office, &mut work, &run, &enrolments).await.unwrap();
    work.commit().await.unwrap();
}

async fn claim_all(office: &Office) -> Vec<(store::notices::Notice, Letter)> {
    let mut claimed = Vec::new();
    for id in notices::due(office).await.unwrap() {
        claimed.extend(notices::claim(office, id).await.unwrap());
    }
    claimed
}

async fn reset(office: &Office) {
    let mut work = office.database.begin().await.unwrap();
    let to = "hoa@example.vn".parse().unwrap();
    let (link, expires) = ("http://ocop.test/reset/very-secret".to_owned(), office.now() + Duration::hours(2));
    notices::password_reset(office, &mut work, (&to, Language::Vietnamese), TokenId(office.id()), link, expires).await.unwrap();
    work.commit().await.unwrap();
}

operations::both! {
    async fn one_address_gets_one_letter_about_all_its_people(database) {
        let (office, _) = testing::office(database).await;
        let (run, organisation, representative) = scene(&office).await;
        confirm(&office, run).await;
        confirm(&office, run).await;
        let letters = claim_all(&office).await;
        assert_eq!(letters.len(), 1, "the same confirmation twice is one letter");
        let (notice, letter) = &letters[0];
        assert_eq!(notice.recipient.as_str(), "htx@example.vn");
        let Letter::EnrolmentConfirmed { people, run: facts } = letter else { unreachable!() };
        assert_eq!(people, &["Lê Thị An", "Lê Thị Bình"]);
        assert_eq!((facts.id, facts.sequence, facts.sessions.len()), (run, 0, 2));
        assert_eq!(facts.sessions[0].venue, "Hội trường tỉnh", "a session without a venue is where the run is");

        // With an address of their own, people are written to themselves; without any, nobody is.
        testing::enrolled(&office, &representative, run, organisation, 1).await;
        let mut records = office.database.read().await.unwrap();
        let an = store::enrolments::live_of_run(&mut records, run).await.unwrap()[0].clone();
        drop(records);
        set_email(&office, an.person_id, "an@example.vn").await;
        let mut work = office.database.begin().await.unwrap();
        let run = store::runs::find(&mut work, run).await.unwrap().unwrap();
        notices::run_changed(&office, &mut work, &run, &[]).await.unwrap();
        notices::run_changed(&office, &mut work, &run, &[]).await.unwrap();
        work.commit().await.unwrap();
        let mut readers: Vec<_> = claim_all(&office).await.into_iter().map(|(notice, _)| notice.recipient.to_string()).collect();
        readers.sort();
        assert_eq!(readers, ["an@example.vn", "htx@example.vn"]);
    }

    async fn of_many_workers_one_gets_the_letter(database) {
        let (office, clock) = testing::office(database).await;
        let (run, ..) = scene(&office).await;
        confirm(&office, run).await;
        let [id]: [NoticeId; 1] = notices::due(&office).await.unwrap().try_into().unwrap();
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let office = office.clone();
            workers.spawn(async move { notices::claim(&office, id).await.unwrap().is_some() });
        }
        let held = workers.join_all().await.into_iter().filter(|held| *held).count();
        assert_eq!(held, 1);
        assert!(claim_all(&office).await.is_empty(), "it is held");
        // A worker that died gives it back when its time is over.
        clock.set("2019-06-12 08:06");
        let again = claim_all(&office).await;
        assert_eq!(again[0].0.attempts, 2);
        notices::sent(&office, &again[0].0).await.unwrap();
        clock.set("2019-06-13 08:06");
        assert!(claim_all(&office).await.is_empty(), "what was sent is not sent again");
        assert!(notices::sent(&office, &again[0].0).await.is_err());
    }

    async fn a_letter_that_fails_is_tried_for_three_days(database) {
        let (office, clock) = testing::office(database).await;
        let (run, ..) = scene(&office).await;
        confirm(&office, run).await;
        let (notice, _) = claim_all(&office).await.remove(0);
        assert!(notices::failed(&office, &notice, "no server").await.unwrap());
        assert!(claim_all(&office).await.is_empty(), "not before its time");
        clock.set("2019-06-12 08:01");
        let (mut notice, _) = claim_all(&office).await.remove(0);
        notice.attempts = 11;
        assert!(!notices::failed(&office, &notice, "no server").await.unwrap(), "then it is given up");
        clock.set("2019-07-12 08:01");
        assert!(claim_all(&office).await.is_empty());
    }

    async fn secrets_are_forgotten(database) {
        let (office, clock) = testing::office(database).await;
        reset(&office).await;
        let (notice, letter) = claim_all(&office).await.remove(0);
        assert!(matches!(letter, Letter::PasswordReset { link, .. } if link.ends_with("very-secret")));
        notices::sent(&office, &notice).await.unwrap();
        // One that comes too late is not sent at all.
        reset(&office).await;
        clock.set("2019-06-12 10:00");
        assert!(claim_all(&office).await.is_empty());
        let count = "SELECT CAST(COUNT(*) AS BIGINT) FROM notice WHERE payload LIKE '%secret%'";
        let kept: i64 = match office.database.begin().await.unwrap().raw() {
            store::Raw::Sqlite(connection) => sqlx::query_scalar(count).fetch_one(connection).await.unwrap(),
            store::Raw::Postgres(connection) => sqlx::query_scalar(count).fetch_one(connection).await.unwrap(),
        };
        assert_eq!(kept, 0);
    }
}
