//! The records that are measured on: a province with organisations and runs.

use std::path::Path;
use std::sync::Arc;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, PersonId, RunId, UnitId};
use domain::organisations::OrganisationKind;
use operations::testing::{SECRET, actor, keys, organisation, person, published_run, unit};
use operations::{Office, Settings, SystemClock};
use store::Database;

use crate::Fallible;

/// What the officer signs in with.
pub(crate) const NAME: &str = "bench.officer";
pub(crate) const PASSWORD: &str = "a password for the bench alone";

/// How many runs the calendar shows.
pub(crate) const RUNS: u64 = 50;

/// A province on a new embedded database.
pub(crate) struct House {
    pub(crate) office: Office,
    pub(crate) officer: Actor,
    pub(crate) organisations: Vec<(OrganisationId, Vec<PersonId>)>,
    pub(crate) unit: UnitId,
}

impl House {
    /// Builds organisations of ten people each.
    pub(crate) async fn build(file: &Path, organisations: usize) -> Fallible<House> {
        let database = Database::connect(&format!("sqlite:{}", file.display())).await?;
        database.migrate().await?;
        // The program is measured over the same records, so it needs the same key.
        let digits: String = SECRET.iter().map(|byte| format!("{byte:02x}")).collect();
        std::fs::write(file.with_file_name("citizen.key"), digits)?;
        House::over(database, organisations).await
    }

    /// The same on a migrated database.
    pub(crate) async fn over(database: Database, organisations: usize) -> Fallible<House> {
        let settings = Settings { public_url: "http://127.0.0.1".into(), demo: false };
        let office = Office::new(database, settings, keys(), Arc::new(SystemClock), [7; 32]);
        operations::people::seal_all(&office).await?;
        operations::reference::seed(&office).await?;
        let unit = unit(&office, "38").await;
        let officer = actor(&office, NAME, Role::ProvincialOfficer, Scope::Unit(unit)).await;
        let hash = operations::accounts::hash_password(&office, PASSWORD.to_owned()).await?;
        let mut work = office.database.begin().await?;
        store::accounts::set_password(&mut work, officer.account, &hash).await?;
        work.commit().await?;
        let mut house = House { office, officer, organisations: Vec::new(), unit };
        for n in 0..organisations {
            house.organisation(&format!("HTX Nông nghiệp số {n}")).await;
        }
        Ok(house)
    }

    async fn organisation(&mut self, name: &str) {
        let id = organisation(&self.office, OrganisationKind::Cooperative, name, self.unit).await;
        let mut people = Vec::new();
        for name in ["An", "Bình", "Dũng", "Đông", "Hà", "Hạnh", "Lan", "Mai", "Ngọc", "Phúc"] {
            people.push(person(&self.office, &format!("Lê Thị {name}"), Some(id)).await);
        }
        self.organisations.push((id, people));
    }

    /// A published run of so many seats, which organisations can take until the day before `day`.
    pub(crate) async fn run(&self, capacity: i64, day: NaiveDate) -> RunId {
        published_run(&self.office, &self.officer, "ENT-1", capacity, &day.to_string()).await
    }

    /// A calendar of fifty runs in one month; gives the month.
    pub(crate) async fn calendar(&self) -> Fallible<NaiveDate> {
        let month =
            self.office.today().checked_add_months(Months::new(2)).and_then(|day| day.with_day(1)).ok_or("no such month")?;
        for n in 0..RUNS {
            self.run(40, month + Days::new(n % 28)).await;
        }
        Ok(month)
    }
}
