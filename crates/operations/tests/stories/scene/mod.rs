//! A closed run whose certificates can be issued.

use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, RunId};
use domain::organisations::OrganisationKind;
use operations::Office;
use operations::testing::{self, TestClock};

/// An office, who acts in the stories, and the run.
pub struct Scene {
    pub office: Office,
    pub clock: TestClock,
    pub officer: Actor,
    pub trainer: Actor,
    pub organisation: OrganisationId,
    pub run: RunId,
}

/// A run with `count` participants who all completed it, three days after its end.
pub async fn closed_run(database: store::Database, count: usize) -> Scene {
    let (office, clock) = testing::office(database).await;
    let province = testing::unit(&office, "38").await;
    let commune = testing::unit(&office, "15568").await;
    let officer = testing::actor(&office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let trainer = testing::actor(&office, "giangvien", Role::Trainer, Scope::Unit(province)).await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
    let run = testing::closed_run(&office, &trainer, organisation, count).await;
    clock.set("2019-07-05 08:00");
    Scene { office, clock, officer, trainer, organisation, run }
}
