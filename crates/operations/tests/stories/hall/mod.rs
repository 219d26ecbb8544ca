//! A run of two sessions on 2 July 2019, and a cooperative with people who may be in it.

use domain::accounts::{Actor, Role, Scope};
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use operations::enrolments::{self, EnrolCommand, Enrollee, Receipt};
use operations::testing::{self, TestClock};
use operations::{Office, Outcome};
use store::Database;
use store::enrolments::Enrolment;

/// An office, who acts in the stories, and the run.
pub struct Hall {
    pub office: Office,
    pub clock: TestClock,
    pub officer: Actor,
    pub representative: Actor,
    pub organisation: OrganisationId,
    pub people: Vec<PersonId>,
    pub run: RunId,
}

const NAMES: [&str; 6] = ["Lê Thị An", "Lê Thị Bình", "Lê Văn Dũng", "Lê Thị Hà", "Lê Thị Lan", "Lê Thị Mai"];

/// A run of so many seats, and a cooperative of six people.
pub async fn hall(database: Database, seats: i64) -> Hall {
    let (office, clock) = testing::office(database).await;
    let province = testing::unit(&office, "38").await;
    let unit = testing::unit(&office, "395").await;
    let officer = testing::actor(&office, "van.phong", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(&office, "htx.xuanlap", Role::Representative, Scope::Organisation(organisation)).await;
    let run = testing::published_run(&office, &officer, "ENT-4", seats, "2019-07-02").await;
    let mut people = Vec::new();
    for name in NAMES {
        people.push(testing::person(&office, name, Some(organisation)).await);
    }
    Hall { office, clock, officer, representative, organisation, people, run }
}

impl Hall {
    /// Another run of the same course.
    pub async fn other_run(&self, seats: i64, day: &str) -> RunId {
        testing::published_run(&self.office, &self.officer, "ENT-4", seats, day).await
    }

    /// Enrols people of the cooperative.
    pub async fn enrol(&self, run: RunId, people: &[PersonId]) -> Outcome<Receipt> {
        let people = people.iter().copied().map(Enrollee::Member).collect();
        let command = EnrolCommand { run, organisation: self.organisation, people, source: EnrolmentSource::Form };
        enrolments::enrol(&self.office, &self.representative, command).await
    }

    /// Enrols one of them in the run, and gives the place.
    pub async fn placed(&self, person: usize) -> EnrolmentId {
        self.enrol(self.run, &[self.people[person]]).await.unwrap().enrolled[0].enrolment
    }

    /// The first or second session of the run.
    pub async fn session(&self, number: usize) -> SessionId {
        let mut records = self.office.database.read().await.unwrap();
        store::runs::sessions(&mut records, self.run).await.unwrap()[number].id
    }

    /// Who takes part in a run.
    pub async fn live(&self, run: RunId) -> Vec<Enrolment> {
        let mut records = self.office.database.read().await.unwrap();
        store::enrolments::live_of_run(&mut records, run).await.unwrap()
    }

    /// Seats taken in a run.
    pub async fn taken(&self, run: RunId) -> usize {
        self.live(run).await.len()
    }
}
