//! Citizen numbers are kept sealed, and who sees one is remembered.

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::ids::PersonId;
use domain::organisations::OrganisationKind;
use domain::people::{Birth, PersonEntry};
use operations::people::{self, KeyState};
use operations::{Keys, Office, Settings, doctor, testing};
use std::sync::Arc;

use crate::breaches;

const NUMBER: &str = "038185001234";

async fn known(office: &Office) -> PersonId {
    let unit = testing::unit(office, "395").await;
    let here = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let entry = PersonEntry {
        full_name: "Lê Thị Hoà".parse().unwrap(),
        birth: Some(Birth::Year(1985)),
        sex: None,
        phone: None,
        email: None,
        citizen_id: Some(NUMBER.parse().unwrap()),
        position: None,
        on_state_payroll: false,
    };
    let mut work = office.database.begin().await.unwrap();
    let (person, _) = people::find_or_add(office, &mut work, None, here, &entry).await.unwrap();
    work.commit().await.unwrap();
    person.id
}

/// The same database with other keys.
fn with_other_keys(office: &Office) -> Office {
    let settings = Settings { public_url: office.settings.public_url.clone(), demo: false };
    Office::new(office.database.clone(), settings, Keys::new(&[6; 32]), Arc::new(operations::SystemClock), [1; 32])
}

operations::both! {
    async fn a_number_is_shown_to_who_asks_and_that_is_remembered(database) {
        let (office, clock) = testing::office(database).await;
        let person = known(&office).await;
        let province = testing::unit(&office, "38").await;
        let officer = testing::actor(&office, "van.phong", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let view = people::show(&office, &officer, person).await.unwrap();
        assert_eq!((view.masked.as_deref(), view.seen_by.len()), (Some("•••••••••234"), 0));
        clock.set("2019-06-13 09:30");
        assert_eq!(people::show_number(&office, &officer, person).await.unwrap().as_str(), NUMBER);
        clock.set("2019-06-14 09:30");
        people::show_number(&office, &officer, person).await.unwrap();
        let seen = people::show(&office, &officer, person).await.unwrap().seen_by;
        assert_eq!(seen.len(), 2);
        assert_eq!((seen[0].name.as_str(), seen[0].at), ("Nguyễn Văn Thử", office.now()));
        let manager = testing::actor(&office, "lanh.dao", Role::Manager, Scope::Unit(province)).await;
        assert!(people::show(&office, &manager, person).await.unwrap().seen_by.is_empty());
        assert!(people::show_number(&office, &manager, person).await.unwrap_err().is(&Refusal::NotFound));
        let nobody = testing::person(&office, "Lê Thị Không Số", None).await;
        assert!(people::show_number(&office, &officer, nobody).await.unwrap_err().is(&Refusal::NotFound));
        // Neither the records nor the log hold a number.
        let mut work = office.database.begin().await.unwrap();
        let told = store::events::of_subject(&mut work, person.0).await.unwrap();
        assert_eq!(told.len(), 2);
        assert!(told.iter().all(|event| !event.detail.contains(NUMBER)));
        let stored = store::people::find(&mut work, person).await.unwrap().unwrap();
        let sealed = stored.number.sealed.unwrap();
        assert!(!sealed.windows(12).any(|window| window == NUMBER.as_bytes()));
        assert_eq!(doctor::examine(&office).await.unwrap(), []);
    }

    async fn numbers_of_an_older_program_are_sealed_once(database) {
        let (office, _) = testing::office(database).await;
        let person = testing::person(&office, "Lê Thị Hoa", None).await;
        let mut work = office.database.begin().await.unwrap();
        let id = match work {
            store::Work::Sqlite(_) => format!("x'{}'", person.0.simple()),
            store::Work::Postgres(_) => format!("'{person}'"),
        };
        store::testing::raw(&mut work, &format!("UPDATE person SET citizen_id = '{NUMBER}' WHERE id = {id}")).await;
        work.commit().await.unwrap();
        let found = doctor::examine(&office).await.unwrap();
        assert_eq!(found.iter().map(|f| f.invariant.as_str()).collect::<Vec<_>>(), ["citizen_number_in_clear"]);
        assert_eq!(people::seal_all(&office).await.unwrap(), 1);
        assert_eq!(people::seal_all(&office).await.unwrap(), 0);
        office.database.rewrite().await.unwrap();
        assert_eq!(doctor::examine(&office).await.unwrap(), []);
        let index = office.keys.index(&NUMBER.parse().unwrap());
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::matching::by_number(&mut records, &index).await.unwrap().map(|found| found.id), Some(person));
    }

    async fn a_database_belongs_to_the_key_it_was_made_with(database) {
        let (office, _) = testing::office(database).await;
        let state = async |office: &Office| people::key_state(&office.database, Some(office.keys.check())).await.unwrap();
        // As an older program left it.
        let mut work = office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "DELETE FROM key_check").await;
        work.commit().await.unwrap();
        assert_eq!(state(&office).await, KeyState::Unused);
        people::seal_all(&office).await.unwrap();
        known(&office).await;
        let other = with_other_keys(&office);
        assert_eq!((state(&office).await, state(&other).await), (KeyState::Fits, KeyState::Differs));
        assert_eq!(people::key_state(&office.database, None).await.unwrap(), KeyState::Differs);
        assert!(people::seal_all(&other).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        let found = doctor::examine(&other).await.unwrap();
        assert_eq!(found.iter().map(|f| f.invariant.as_str()).collect::<Vec<_>>(), ["citizen_number_not_readable"]);
        let mut work = office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE person SET citizen_index = 'another' WHERE citizen_index IS NOT NULL").await;
        work.commit().await.unwrap();
        let found = doctor::examine(&office).await.unwrap();
        assert_eq!(found.iter().map(|f| f.invariant.as_str()).collect::<Vec<_>>(), ["citizen_number_not_as_indexed"]);
    }

    async fn the_doctor_finds_every_breach(database) {
        let (office, _) = testing::office(database).await;
        known(&office).await;
        let province = testing::unit(&office, "38").await;
        let officer = testing::actor(&office, "van.phong", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let ids = [testing::person(&office, "Lê Thị An", None).await, testing::person(&office, "Lê Thị Bình", None).await,
            testing::person(&office, "Lê Thị Chi", None).await];
        let said = people::tell_apart(&office, &officer, ids[0], ids[2]).await;
        said.unwrap();
        let kept = ids[0].min(ids[1]);
        let absorbed = ids[0].max(ids[1]);
        let unit = testing::unit(&office, "395").await;
        let there = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Thọ Lập", unit).await;
        let mut work = office.database.begin().await.unwrap();
        let membership = store::people::NewMembership {
            id: domain::ids::MembershipId(office.id()), person: absorbed, organisation: there, position: None,
            on_state_payroll: false, valid_from: office.today(),
        };
        store::people::add_membership(&mut work, &membership).await.unwrap();
        work.commit().await.unwrap();
        let command = people::MergeCommand { kept, absorbed, choices: domain::people::Choices::default(), note: String::new() };
        people::merge(&office, &officer, &command).await.unwrap();
        assert_eq!(doctor::examine(&office).await.unwrap(), []);
        breaches::all_found(&office, &[
            ("citizen_number_in_clear", "UPDATE person SET citizen_id = '038185001234' WHERE citizen_index IS NOT NULL"),
            ("citizen_number_half_sealed", "UPDATE person SET citizen_index = NULL"),
            ("citizen_number_without_key", "DELETE FROM key_check"),
            ("alias_leads_to_alias", "INSERT INTO person_alias (id, alias_id, person_id, note, merged_at, merged_by)
                SELECT person_id, person_id, (SELECT id FROM person WHERE full_name = 'Lê Thị Chi'), '', merged_at, merged_by FROM person_alias"),
            ("alias_with_something_of_its_own", "UPDATE membership SET person_id = (SELECT alias_id FROM person_alias)
                WHERE person_id = (SELECT person_id FROM person_alias)"),
            ("merge_journal_gap", "UPDATE person_alias_change SET number = number + 100"),
            ("told_apart_and_merged", "UPDATE distinct_people SET first_id = (SELECT alias_id FROM person_alias), second_id = (SELECT person_id FROM person_alias)"),
            ("told_apart_from_oneself", "UPDATE distinct_people SET first_id = second_id"),
            ("person_orphan", "DELETE FROM person WHERE full_name = 'Lê Thị Chi'"),
            ("person_orphan", "DELETE FROM person_alias"),
        ]).await;
    }
}
