//! Fifty callers at a barrier for five seats, a hundred times, on both databases: always exactly five.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Days;
use domain::Refusal;
use domain::enrolments::EnrolmentSource;
use operations::doctor;
use operations::enrolments::{EnrolCommand, Enrollee, enrol};
use store::Database;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::house::House;
use crate::{Fallible, line};

const CALLERS: usize = 50;
const SEATS: i64 = 5;
const ROUNDS: u64 = 100;

/// On the embedded database, and on PostgreSQL where `TEST_POSTGRES_URL` names a server.
pub(crate) async fn measure(folder: &Path) -> Fallible<()> {
    let embedded = Database::connect(&format!("sqlite:{}", folder.join("seats.db").display())).await?;
    embedded.migrate().await?;
    rush("SQLite", embedded).await?;
    if std::env::var("TEST_POSTGRES_URL").is_ok() {
        rush("PostgreSQL", store::testing::postgres().await).await?;
    } else {
        line("PostgreSQL", "not measured: TEST_POSTGRES_URL is not set");
    }
    Ok(())
}

async fn rush(name: &str, database: Database) -> Fallible<()> {
    let house = Arc::new(House::over(database, CALLERS / 10).await?);
    let tomorrow = house.office.today() + Days::new(2);
    let (mut exact, mut spent) = (0, Duration::ZERO);
    for n in 0..ROUNDS {
        // Nobody is in two places: each round is on a day of its own.
        let run = house.run(SEATS, tomorrow + Days::new(n)).await;
        let start = Arc::new(Barrier::new(CALLERS + 1));
        let mut callers = JoinSet::new();
        for (organisation, people) in &house.organisations {
            for person in people {
                let (house, start) = (house.clone(), start.clone());
                let people = vec![Enrollee::Member(*person)];
                let command = EnrolCommand { run, organisation: *organisation, people, source: EnrolmentSource::Form };
                callers.spawn(async move {
                    start.wait().await;
                    enrol(&house.office, &house.officer, command).await
                });
            }
        }
        start.wait().await;
        let begun = Instant::now();
        let outcomes = callers.join_all().await;
        spent += begun.elapsed();
        let full = Refusal::Full { left: 0, asked: 1 };
        let placed = outcomes.iter().filter(|outcome| outcome.is_ok()).count() as i64;
        let refused = outcomes.iter().filter(|outcome| outcome.as_ref().is_err_and(|failure| failure.is(&full))).count();
        let taken = store::runs::find(&mut house.office.database.read().await?, run).await?.map_or(0, |run| run.taken);
        if placed == SEATS && taken == SEATS && refused == CALLERS - SEATS as usize {
            exact += 1;
        } else {
            line("NOT exactly the seats", format!("round {n}: {placed} placed, {taken} taken, {refused} refused"));
        }
    }
    let findings = doctor::examine(&house.office).await?;
    let rate = (ROUNDS * CALLERS as u64) as f64 / spent.as_secs_f64();
    let what = format!("{name}: rounds of {CALLERS} callers with exactly {SEATS} placed");
    line(&what, format!("{exact} of {ROUNDS}   {rate:>7.0} callers/s   doctor: {} findings", findings.len()));
    if exact == ROUNDS && findings.is_empty() {
        Ok(())
    } else {
        Err(format!("{name}: {} rounds were not exact; the doctor found {findings:?}", ROUNDS - exact).into())
    }
}
