//! The housekeeping writes letters about last days, and stops when it is told to.

use std::time::Duration;

use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::{notices, testing};
use server::testing::House;
use server::workers::housekeeping;
use tokio::sync::watch;

operations::both! {
    async fn two_housekeepers_write_one_letter(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let commune = testing::unit(office, "15568").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
        let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        testing::email(office, representative.person, "htx@example.vn").await;
        let year = testing::programme_year(office, 2019).await;
        testing::registration(office, &representative, &year, organisation, "Mắm tép", State::Draft).await;
        house.clock.set("2019-12-30 07:00");
        let (stop, stopping) = watch::channel(false);
        let keepers = [0, 1].map(|_| tokio::spawn(housekeeping::work(office.clone(), stopping.clone())));
        for _ in 0..200 {
            if !notices::due(office).await.unwrap().is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        stop.send_replace(true);
        for keeper in keepers {
            keeper.await.unwrap();
        }
        assert_eq!(notices::due(office).await.unwrap().len(), 1);
    }
}
