//! Two officers at once: exactly one step is taken.

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use domain::registrations::{State, Step};
use operations::registrations::{StepCommand, receiving_unit, take_step};
use operations::{Failure, testing};

operations::both! {
    async fn of_many_officers_at_once_one_wins(database) {
        let (office, _) = testing::office(database).await;
        let district = testing::unit(&office, "395").await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let officer = testing::actor(&office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
        let programme = testing::programme_year(&office, 2019).await;
        let id = testing::registration(&office, &officer, &programme, organisation, "Chè lam", State::Submitted).await;

        // The control: everybody reads the form, then everybody decides. Each decision alone is possible.
        let mut records = office.database.read().await.unwrap();
        let seen = store::registrations::find(&mut records, id).await.unwrap().unwrap();
        drop(records);
        for step in [Step::Complete, Step::Return, Step::Withdraw] {
            assert!(seen.state.after(step).is_ok());
        }
        let mut deeds = tokio::task::JoinSet::new();
        for n in 0..12 {
            let (office, officer, seen) = (office.clone(), officer.clone(), seen.clone());
            deeds.spawn(async move {
                let step = [Step::Complete, Step::Return, Step::Withdraw][n % 3];
                let mut work = office.database.begin().await?;
                take_step(&office, &mut work, &officer, &seen, &StepCommand::plain(step)).await?;
                work.commit().await?;
                Ok::<Step, Failure>(step)
            });
        }
        let outcomes = deeds.join_all().await;
        let won: Vec<Step> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok().copied()).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        assert!(outcomes.iter().filter_map(|o| o.as_ref().err()).all(|failure| failure.is(&Refusal::ChangedMeanwhile)));
        let mut records = office.database.read().await.unwrap();
        let now = store::registrations::find(&mut records, id).await.unwrap().unwrap();
        assert_eq!(now.state, State::Submitted.after(won[0]).unwrap());
        let history = store::registrations::history(&mut records, id).await.unwrap();
        assert_eq!(history.iter().map(|event| event.number).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(now.number, Some(1));
    }

    async fn the_level_that_receives_changes_with_the_law(database) {
        let (office, _) = testing::office(database).await;
        let mut records = office.database.read().await.unwrap();
        let on = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let units = store::units::on_day(&mut records, on("2019-06-12")).await.unwrap();
        let commune = units.iter().find(|unit| unit.code == "15568").unwrap();
        let then = receiving_unit(&mut records, commune.id, on("2019-06-12")).await.unwrap();
        assert_eq!(Some(then.id), commune.parent_id, "a district in 2019");
        let today = receiving_unit(&mut records, commune.id, on("2026-03-01")).await.unwrap();
        assert_eq!(today.level, domain::units::UnitLevel::Commune);
        let district = then.id;
        let nobody = receiving_unit(&mut records, district, on("2026-03-01")).await.unwrap_err();
        assert!(nobody.is(&Refusal::NoReceivingUnit), "where a whole district went is for a person to say");

        let merged_later = units.iter().find(|unit| unit.level == domain::units::UnitLevel::District && unit.name == "Đông Sơn").unwrap();
        let inside = units.iter().find(|unit| unit.parent_id == Some(merged_later.id)).unwrap();
        let received = receiving_unit(&mut records, inside.id, on("2020-06-01")).await.unwrap();
        assert_eq!(received.id, merged_later.id, "the city that took the district in came five years later");
    }
}
