//! A province with a district that has forms, and who acts in them.

use domain::accounts::{Actor, Role, Scope};
use domain::ids::{ForwardingListId, OrganisationId, RegistrationId, UnitId};
use domain::lists::SignForm;
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use domain::selections::RulingForm;
use operations::lists::{self, BeginCommand, Seen};
use operations::registrations::{self, ReturnCommand};
use operations::selections::{self, DecideCommand};
use operations::testing::TestClock;
use operations::{Office, Outcome, testing};
use store::Database;
use store::programmes::ProgrammeYear;

pub struct Province {
    pub office: Office,
    pub clock: TestClock,
    pub year: ProgrammeYear,
    /// The district of Thọ Xuân.
    pub unit: UnitId,
    /// Its officer.
    pub district: Actor,
    pub manager: Actor,
    /// An officer of the province.
    pub officer: Actor,
    /// An officer and a manager of another district, a trainer, and the representative of the first organisation.
    pub strangers: Vec<Actor>,
    pub organisations: Vec<OrganisationId>,
    /// Evaluated and feasible forms of the district, one of each organisation.
    pub forms: Vec<RegistrationId>,
}

impl Province {
    pub async fn build(database: Database, forms: usize) -> Province {
        let (office, clock) = testing::office(database).await;
        let (province, unit) = (testing::unit(&office, "38").await, testing::unit(&office, "395").await);
        let elsewhere = testing::unit(&office, "389").await;
        let officer = testing::actor(&office, "tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let district = testing::actor(&office, "huyen", Role::UnitOfficer, Scope::Unit(unit)).await;
        let manager = testing::actor(&office, "lanh.dao", Role::Manager, Scope::Unit(unit)).await;
        let year = testing::programme_year(&office, 2019).await;
        let (mut organisations, mut known) = (Vec::new(), Vec::new());
        for n in 0..forms {
            let organisation = testing::organisation(&office, OrganisationKind::Cooperative, &format!("HTX số {n}"), unit).await;
            let product = format!("Sản phẩm {n}");
            known.push(testing::registration(&office, &district, &year, organisation, &product, State::Evaluated).await);
            organisations.push(organisation);
        }
        let own = Scope::Organisation(organisations[0]);
        let strangers = vec![
            testing::actor(&office, "huyen.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await,
            testing::actor(&office, "lanh.dao.khac", Role::Manager, Scope::Unit(elsewhere)).await,
            testing::actor(&office, "giang.vien", Role::Trainer, Scope::Unit(province)).await,
            testing::actor(&office, "dai.dien", Role::Representative, own).await,
        ];
        Province { office, clock, year, unit, district, manager, officer, strangers, organisations, forms: known }
    }

    /// The list as it is now.
    pub async fn seen(&self, id: ForwardingListId) -> Seen {
        let mut records = self.office.database.read().await.unwrap();
        Seen { id, version: store::forwarding::find(&mut records, id).await.unwrap().unwrap().version }
    }

    pub async fn order(&self, id: ForwardingListId) -> Vec<RegistrationId> {
        let mut records = self.office.database.read().await.unwrap();
        store::forwarding::order(&mut records, id).await.unwrap()
    }

    /// The states of the forms, in their order.
    pub async fn states(&self) -> Vec<State> {
        let mut records = self.office.database.read().await.unwrap();
        let mut states = Vec::new();
        for id in &self.forms {
            states.push(store::registrations::find(&mut records, *id).await.unwrap().unwrap().state);
        }
        states
    }

    /// A frozen list of all forms.
    pub async fn frozen(&self, number: &str) -> ForwardingListId {
        let command = BeginCommand { unit: self.unit, year: 2019, forms: self.forms.clone() };
        let id = lists::begin(&self.office, &self.district, &command).await.unwrap();
        lists::freeze(&self.office, &self.district, self.seen(id).await, &signed(number)).await.unwrap();
        id
    }

    pub async fn forwarded(&self, number: &str) -> ForwardingListId {
        let id = self.frozen(number).await;
        lists::forward(&self.office, &self.district, self.seen(id).await).await.unwrap();
        id
    }

    pub async fn accepted(&self, number: &str) -> ForwardingListId {
        let id = self.forwarded(number).await;
        lists::accept(&self.office, &self.officer, self.seen(id).await).await.unwrap();
        id
    }

    /// Returns a form to its organisation, to be completed.
    pub async fn send_back(&self, form: RegistrationId) {
        let version = self.versions(&[form]).await[0].1;
        let command = ReturnCommand {
            id: form,
            version,
            reason: "Thiếu giấy tờ".into(),
            due_on: self.office.today() + chrono::Days::new(7),
            remarks: vec![("phone".into(), "Sai số".into())],
        };
        registrations::send_back(&self.office, &self.district, &command).await.unwrap();
    }

    /// The versions of forms, as a page shows them.
    pub async fn versions(&self, forms: &[RegistrationId]) -> Vec<(RegistrationId, i64)> {
        let mut records = self.office.database.read().await.unwrap();
        let mut versions = Vec::new();
        for id in forms {
            versions.push((*id, store::registrations::find(&mut records, *id).await.unwrap().unwrap().version));
        }
        versions
    }

    /// Decides on forms as they are now.
    pub async fn decide(
        &self,
        forms: &[RegistrationId],
        number: &str,
        choice: &str,
    ) -> Outcome<domain::ids::SelectionDecisionId> {
        let command = DecideCommand { year: 2019, products: self.versions(forms).await, form: ruling(number, choice) };
        selections::decide(&self.office, &self.officer, &command).await
    }

    pub async fn email(&self, actor: &Actor, email: &str) {
        let mut work = self.office.database.begin().await.unwrap();
        let mut person = store::people::find(&mut work, actor.person).await.unwrap().unwrap();
        person.email = Some(email.parse().unwrap());
        store::people::change(&mut work, &person).await.unwrap();
        work.commit().await.unwrap();
    }
}

/// A signature on the day of the story.
pub fn signed(number: &str) -> SignForm {
    SignForm {
        number: number.into(),
        signed_on: "12/06/2019".into(),
        signatory_post: "Phó Chủ tịch".into(),
        signatory_name: "Trần Minh Đức".into(),
    }
}

pub fn ruling(number: &str, choice: &str) -> RulingForm {
    let reason = if choice == "reject" { "Chưa rõ thị trường" } else { "" };
    RulingForm { number: number.into(), decided_on: "12/06/2019".into(), choice: choice.into(), reason: reason.into() }
}
