//! Programme years: kept by the province alone, changed by one at a time, with criteria that stay once they were used.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::organisations::OrganisationKind;
use domain::programmes::{CriterionForm, YearForm};
use domain::registrations::State;
use domain::units::UnitLevel;
use operations::programmes::{self, NewLevel};
use operations::registrations::receiving_unit;
use operations::{Office, testing};

async fn officer(office: &Office) -> Actor {
    let province = testing::unit(office, "38").await;
    testing::actor(office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await
}

/// What is proposed, with what is always to be typed.
async fn filled(office: &Office, officer: &Actor) -> YearForm {
    let proposal = programmes::proposal(office, officer).await.unwrap();
    let decision = programmes::decisions(office).await.unwrap().remove(0);
    YearForm {
        plan_number: "134/KH-UBND".into(),
        existing_products: "100".into(),
        target_products: "30".into(),
        group_decision: decision,
        ..proposal
    }
}

operations::both! {
    async fn a_year_starts_from_the_last_one(database) {
        let (office, _) = testing::office(database).await;
        let officer = officer(&office).await;
        let mut form = filled(&office, &officer).await;
        assert_eq!(form.year, "2019");
        let weights: Vec<_> = form.criteria.iter().map(|criterion| criterion.weight.as_str()).collect();
        assert_eq!(weights, ["25"; 4]);
        form.windows[1] = ("29/02/2020".into(), "2020-06-30".into());
        programmes::add(&office, &officer, &form.parse().unwrap()).await.unwrap();
        let again = programmes::add(&office, &officer, &form.parse().unwrap()).await.unwrap_err();
        assert!(again.is(&Refusal::AlreadyExists));
        let unknown = YearForm { year: "2020".into(), group_decision: "1/QĐ".into(), ..form.clone() };
        assert!(programmes::add(&office, &officer, &unknown.parse().unwrap()).await.unwrap_err().is(&Refusal::NotAChoice));

        let next = programmes::proposal(&office, &officer).await.unwrap();
        assert_eq!((next.year.as_str(), next.plan_number.as_str()), ("2020", ""));
        assert_eq!(next.windows[1], ("2021-02-28".into(), "2021-06-30".into()), "no 29 February in 2021");
        assert_eq!(next.criteria, programmes::show(&office, &officer, 2019).await.unwrap().plan.criteria.iter().map(CriterionForm::from).collect::<Vec<_>>());
    }

    async fn of_two_who_change_a_year_the_second_is_told(database) {
        let (office, _) = testing::office(database).await;
        let officer = officer(&office).await;
        programmes::add(&office, &officer, &filled(&office, &officer).await.parse().unwrap()).await.unwrap();
        let seen = programmes::show(&office, &officer, 2019).await.unwrap();
        let mut plan = seen.plan.clone();
        plan.target_products = 40;
        // The control: who looks again after the first change may make the second.
        programmes::change(&office, &officer, &seen.fingerprint, &plan).await.unwrap();
        let late = programmes::change(&office, &officer, &seen.fingerprint, &seen.plan).await.unwrap_err();
        assert!(late.is(&Refusal::ChangedMeanwhile));
        let now = programmes::show(&office, &officer, 2019).await.unwrap();
        assert_eq!(now.plan.target_products, 40);
        programmes::change(&office, &officer, &now.fingerprint, &seen.plan).await.unwrap();
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }

    async fn criteria_stay_once_they_were_used(database) {
        let (office, _) = testing::office(database).await;
        let officer = officer(&office).await;
        programmes::add(&office, &officer, &filled(&office, &officer).await.parse().unwrap()).await.unwrap();
        let programme = programmes::years(&office).await.unwrap().remove(0);
        let district = testing::unit(&office, "395").await;
        let maker = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let form = testing::registration(&office, &officer, &programme, maker, "Chè lam", State::Complete).await;
        let seen = programmes::show(&office, &officer, 2019).await.unwrap();
        let mut other = seen.plan.clone();
        (other.criteria[0].weight, other.criteria[1].weight) = (30, 20);
        // The control: nobody has evaluated yet.
        assert!(!seen.is_evaluated);
        programmes::change(&office, &officer, &seen.fingerprint, &other).await.unwrap();
        let mut work = office.database.begin().await.unwrap();
        let evaluated = format!("INSERT INTO evaluation (id, registration_id, evaluator_id, is_feasible, remark, scores, evaluated_at)
            SELECT r.id, r.id, r.created_by, {}, '', '[]', r.created_at FROM registration r WHERE r.product_name = 'Chè lam'",
            if office.database.is_embedded() { "1" } else { "TRUE" });
        store::testing::raw(&mut work, &evaluated).await;
        work.commit().await.unwrap();
        let seen = programmes::show(&office, &officer, 2019).await.unwrap();
        assert!(seen.is_evaluated, "{form}");
        let refused = programmes::change(&office, &officer, &seen.fingerprint, &YearForm::from(&seen.plan).parse().map(|mut plan| {
            plan.criteria.swap(0, 1);
            plan
        }).unwrap()).await.unwrap_err();
        assert!(refused.is(&Refusal::CriteriaInUse));
        let mut target = seen.plan.clone();
        target.target_products = 50;
        programmes::change(&office, &officer, &seen.fingerprint, &target).await.unwrap();
    }

    async fn the_province_says_who_receives(database) {
        let (office, _) = testing::office(database).await;
        let officer = officer(&office).await;
        let commune = testing::unit(&office, "15568").await;
        let new = |day: &str| NewLevel { level: UnitLevel::Commune, valid_from: day.parse().unwrap(), basis: "thí điểm".into() };
        let mut records = office.database.read().await.unwrap();
        let before = receiving_unit(&mut records, commune, office.today()).await.unwrap();
        assert_eq!(before.level, UnitLevel::District);
        programmes::add_level(&office, &officer, new("2019-06-12")).await.unwrap();
        assert!(programmes::add_level(&office, &officer, new("2019-06-12")).await.unwrap_err().is(&Refusal::AlreadyExists));
        assert_eq!(receiving_unit(&mut records, commune, office.today()).await.unwrap().id, commune);
        drop(records);
        let levels = programmes::list(&office, &officer).await.unwrap().levels;
        let added = levels.iter().find(|level| level.basis == "thí điểm").unwrap().id;
        programmes::remove_level(&office, &officer, added).await.unwrap();
        assert!(programmes::remove_level(&office, &officer, added).await.unwrap_err().is(&Refusal::NotFound));
        let mut records = office.database.read().await.unwrap();
        assert_eq!(receiving_unit(&mut records, commune, office.today()).await.unwrap().id, before.id);
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), [], "the log names the province");
    }

    async fn nobody_below_the_province_keeps_programmes(database) {
        let (office, _) = testing::office(database).await;
        let officer = officer(&office).await;
        let plan = filled(&office, &officer).await.parse().unwrap();
        programmes::add(&office, &officer, &plan).await.unwrap();
        let seen = programmes::show(&office, &officer, 2019).await.unwrap();
        let district = testing::unit(&office, "395").await;
        for role in [Role::UnitOfficer, Role::Manager, Role::Trainer] {
            let actor = testing::actor(&office, role.as_str(), role, Scope::Unit(district)).await;
            let level = NewLevel { level: UnitLevel::Commune, valid_from: office.today(), basis: "x".into() };
            let known = programmes::list(&office, &officer).await.unwrap().levels[0].id;
            for refused in [
                programmes::list(&office, &actor).await.map(drop),
                programmes::show(&office, &actor, 2019).await.map(drop),
                programmes::proposal(&office, &actor).await.map(drop),
                programmes::add(&office, &actor, &plan).await,
                programmes::change(&office, &actor, &seen.fingerprint, &plan).await,
                programmes::add_level(&office, &actor, level).await,
                programmes::remove_level(&office, &actor, known).await,
            ] {
                assert!(refused.unwrap_err().is(&Refusal::NotFound), "{role}");
            }
        }
    }
}
