//! The doctor finds what was said of places against the law, and nothing where all holds.

use crate::breaches;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::units::{self, PlaceCommand};
use operations::{doctor, programmes, testing};

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 6] = [
    (
        "placement_against_succession",
        "UPDATE unit_placement SET unit_id = (SELECT id FROM unit WHERE code = '15568' AND valid_from IS NULL)",
    ),
    ("placement_without_cover", "DELETE FROM organisation_cover"),
    ("cover_without_placement", "UPDATE unit_placement SET undone_at = decided_at, undone_by = decided_by"),
    ("placement_orphan", "DELETE FROM organisation"),
    ("placement_orphan", "DELETE FROM unit"),
    ("placement_orphan", "DELETE FROM account"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let (office, clock) = testing::office(database).await;
        let (unit, town) = (testing::unit(&office, "38").await, testing::unit(&office, "15772").await);
        let province = testing::actor(&office, "tinh", Role::ProvincialOfficer, Scope::Unit(unit)).await;
        let year = testing::programme_year(&office, 2019).await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Vạn Hà", town).await;
        testing::registration(&office, &province, &year, organisation, "Bánh đa", State::Submitted).await;
        clock.set("2026-11-26 08:00");
        let seen_on = office.today();
        let open = programmes::board(&office, &province, 2019, Some(seen_on)).await.unwrap().open.remove(0);
        let command = PlaceCommand { organisation, at: open.unit.id, unit: open.choices[0].id, seen_on };
        units::place(&office, &province, &command).await.unwrap();
        assert_eq!(doctor::examine(&office).await.unwrap(), []);
        breaches::all_found(&office, &BROKEN).await;
    }
}
