//! A cooperative, its representative, and the officers through whose hands its forms go.

use chrono::NaiveDate;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, RegistrationId};
use domain::organisations::OrganisationKind;
use domain::registrations::{FormField, RegistrationKind};
use operations::registrations::{self, BeginCommand, SaveCommand, Shown};
use operations::testing::{self, TestClock};
use operations::{Office, Outcome};
use store::programmes::ProgrammeYear;

/// Who acts in the stories.
pub struct Scene {
    pub office: Office,
    pub clock: TestClock,
    pub programme: ProgrammeYear,
    pub organisation: OrganisationId,
    pub representative: Actor,
    pub stranger: Actor,
    pub officer: Actor,
    pub colleague: Actor,
    pub elsewhere: Actor,
    pub province: Actor,
}

/// On 12/06/2019, with forms received all year; the cooperative lies in a commune, and its district receives.
pub async fn scene(database: store::Database) -> Scene {
    let (office, clock) = testing::office(database).await;
    let unit = Scope::Unit;
    let (province, district) = (testing::unit(&office, "38").await, testing::unit(&office, "395").await);
    let (commune, other) = (testing::unit(&office, "15568").await, testing::unit(&office, "389").await);
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
    let neighbour = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Thọ Xương", commune).await;
    let of = |organisation| Scope::Organisation(organisation);
    let representative = testing::actor(&office, "dai.dien", Role::Representative, of(organisation)).await;
    testing::email(&office, representative.person, "htx@example.vn").await;
    Scene {
        programme: testing::programme_year(&office, 2019).await,
        organisation,
        representative,
        stranger: testing::actor(&office, "hang.xom", Role::Representative, of(neighbour)).await,
        officer: testing::actor(&office, "can.bo", Role::UnitOfficer, unit(district)).await,
        colleague: testing::actor(&office, "dong.nghiep", Role::UnitOfficer, unit(district)).await,
        elsewhere: testing::actor(&office, "noi.khac", Role::UnitOfficer, unit(other)).await,
        province: testing::actor(&office, "tinh", Role::ProvincialOfficer, unit(province)).await,
        office,
        clock,
    }
}

impl Scene {
    pub async fn begin(&self, actor: &Actor, product: &str) -> Outcome<RegistrationId> {
        let command = BeginCommand {
            organisation: self.organisation,
            year: 2019,
            kind: RegistrationKind::Existing,
            product_name: product.into(),
        };
        registrations::begin(&self.office, actor, &command).await
    }

    pub async fn show(&self, actor: &Actor, id: RegistrationId) -> Shown {
        registrations::show(&self.office, actor, id).await.unwrap()
    }

    pub async fn version(&self, id: RegistrationId) -> i64 {
        self.show(&self.province, id).await.registration.version
    }

    /// Types into the fields that are named, and leaves the others alone.
    pub async fn save(&self, actor: &Actor, id: RegistrationId, typed: &[(&str, &str)]) -> Outcome<()> {
        let command = SaveCommand {
            id,
            version: self.version(id).await,
            fields: typed.iter().filter_map(|(name, _)| FormField::named(name)).collect(),
            typed: typed.to_vec(),
            product: None,
        };
        registrations::save(&self.office, actor, &command).await
    }

    /// Types all that is needed, and chooses a subgroup.
    pub async fn fill(&self, actor: &Actor, id: RegistrationId) {
        self.save(actor, id, &testing::TYPED).await.unwrap();
        let shown = self.show(actor, id).await;
        let product = Some((shown.registration.product_name.clone(), Some(shown.groups[0].id)));
        let command = SaveCommand { id, version: shown.registration.version, fields: vec![], typed: vec![], product };
        registrations::save(&self.office, actor, &command).await.unwrap();
    }

    pub async fn submit(&self, actor: &Actor, id: RegistrationId, received_on: Option<&str>) -> Outcome<()> {
        let received_on = received_on.map(|day| day.parse::<NaiveDate>().unwrap());
        registrations::submit(&self.office, actor, (id, self.version(id).await), received_on).await
    }

    /// A form that is with the officers.
    pub async fn submitted(&self, product: &str) -> RegistrationId {
        let id = self.begin(&self.representative, product).await.unwrap();
        self.fill(&self.representative, id).await;
        self.submit(&self.representative, id, None).await.unwrap();
        id
    }
}
