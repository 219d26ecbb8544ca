//! Two records of one person become one, and two again.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::enrolments::EnrolmentSource;
use domain::ids::{OrganisationId, PersonId};
use domain::people::{Choices, PersonEntry, Side};
use operations::enrolments::{EnrolCommand, Enrollee};
use operations::people::{self, Found, MergeCommand};
use operations::{Office, certificates, doctor, testing};
use store::people::Person;
use store::people::references::{self, REFERENCES};
use uuid::Uuid;

use crate::scene::{self, Scene};

/// A closed run, and a second record of one of those who completed it: entered elsewhere, with a number and a telephone.
struct Double {
    s: Scene,
    known: PersonId,
    double: PersonId,
    there: OrganisationId,
}

fn entry(name: &str) -> PersonEntry {
    PersonEntry {
        full_name: name.parse().unwrap(),
        birth: Some(domain::people::Birth::Day("1985-09-02".parse().unwrap())),
        sex: None,
        phone: Some("0912345678".parse().unwrap()),
        email: None,
        citizen_id: Some("038185001234".parse().unwrap()),
        position: Some("Kế toán".into()),
        on_state_payroll: false,
    }
}

async fn double(database: store::Database) -> Double {
    let s = scene::closed_run(database, 2).await;
    testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
    certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
    let mut records = s.office.database.read().await.unwrap();
    let known = store::enrolments::live_of_run(&mut records, s.run).await.unwrap()[0].person_id;
    let unit = store::organisations::find(&mut records, s.organisation).await.unwrap().unwrap().unit_id;
    drop(records);
    let kind = domain::organisations::OrganisationKind::Household;
    let there = testing::organisation(&s.office, kind, "Hộ Lê Thị An", unit).await;
    let double = entered(&s.office, there, &entry("LÊ THỊ AN")).await;
    assert_ne!(known, double);
    Double { s, known, double, there }
}

async fn entered(office: &Office, organisation: OrganisationId, entry: &PersonEntry) -> PersonId {
    let mut work = office.database.begin().await.unwrap();
    let (person, _) = people::find_or_add(office, &mut work, None, organisation, entry).await.unwrap();
    work.commit().await.unwrap();
    person.id
}

impl Double {
    fn command(&self, choices: Choices) -> MergeCommand {
        MergeCommand { kept: self.known, absorbed: self.double, choices, note: "Cùng số điện thoại".into() }
    }

    async fn person(&self, id: PersonId) -> Person {
        store::people::find(&mut self.s.office.database.read().await.unwrap(), id).await.unwrap().unwrap()
    }

    /// Everything that says of one of the two whose it is.
    async fn belongings(&self) -> BTreeMap<(String, bool), Vec<Uuid>> {
        let mut records = self.s.office.database.read().await.unwrap();
        let mut all = BTreeMap::new();
        for of in REFERENCES.iter().filter(|of| of.table != "event" && of.table != "person_alias") {
            for person in [self.known, self.double] {
                let rows = references::rows(&mut records, of, person).await.unwrap();
                all.insert((format!("{}.{}", of.table, of.column), person == self.known), rows);
            }
        }
        all
    }

    async fn enrolled(&self, organisation: OrganisationId, person: PersonId, day: &str) {
        let run = testing::published_run(&self.s.office, &self.s.officer, "ENT-4", 40, day).await;
        self.enrol(organisation, person, run).await;
    }

    async fn enrol(&self, organisation: OrganisationId, person: PersonId, run: domain::ids::RunId) {
        let people = vec![Enrollee::Member(person)];
        let command = EnrolCommand { run, organisation, people, source: EnrolmentSource::Form };
        operations::enrolments::enrol(&self.s.office, &self.s.officer, command).await.unwrap();
    }

    async fn merge(&self, choices: Choices) -> operations::Outcome<domain::ids::MergeId> {
        people::merge(&self.s.office, &self.s.officer, &self.command(choices)).await
    }
}

operations::both! {
    async fn everything_goes_on_under_one_record_and_comes_back(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        d.enrolled(d.there, d.double, "2019-08-01").await;
        let (known, double) = (d.person(d.known).await, d.person(d.double).await);
        let before = d.belongings().await;
        let mut records = office.database.read().await.unwrap();
        let issued = store::certificates::of_run(&mut records, d.s.run).await.unwrap();
        drop(records);

        let seen = people::merging(office, officer, d.double, d.known).await.unwrap();
        assert_eq!((seen.kept, seen.refusal), (d.known, None), "the older record goes on");
        let merge = d.merge(Choices { name: Side::Kept, ..Choices::default() }).await.unwrap();
        assert_eq!(doctor::examine(office).await.unwrap(), []);

        // What was not known is filled in, and the number can be read under the record that goes on.
        let after = d.person(d.known).await;
        assert_eq!((after.full_name.as_str(), after.phone.clone()), (known.full_name.as_str(), double.phone.clone()));
        assert_eq!(people::show_number(office, officer, d.known).await.unwrap().as_str(), "038185001234");
        assert_eq!(people::goes_on_as(office, officer, d.double).await.unwrap(), Some(d.known));
        assert!(people::show(office, officer, d.double).await.unwrap_err().is(&Refusal::NotFound));
        assert!(people::duplicates(office, officer, None).await.unwrap().pairs.iter().all(|pair| pair.newer.person.id != d.double));
        let view = people::show(office, officer, d.known).await.unwrap();
        assert_eq!(view.memberships.len(), 2);
        assert_eq!((view.merges.len(), view.merges[0].alias_name.as_str()), (1, "LÊ THỊ AN"));
        // Whoever is entered by what the other record said is found.
        let typed = PersonEntry { citizen_id: None, birth: None, ..entry("Lê Thị An") };
        let found = people::find(office, &mut office.database.read().await.unwrap(), None, d.there, &typed).await.unwrap();
        assert!(matches!(found, Found::Same(person) if person.id == d.known));
        // What was printed stays word for word, and is still verified.
        let mut records = office.database.read().await.unwrap();
        let still = store::certificates::of_run(&mut records, d.s.run).await.unwrap();
        assert_eq!(issued.len(), 2);
        assert_eq!(still.iter().map(|c| (&c.printed, &c.serial)).collect::<Vec<_>>(), issued.iter().map(|c| (&c.printed, &c.serial)).collect::<Vec<_>>());
        drop(records);
        for certificate in &issued {
            certificates::verify(office, testing::CLIENT, &certificate.verify_token).await.unwrap();
        }

        let undone = people::unmerge(office, officer, merge).await.unwrap();
        assert_eq!((undone.person_id, undone.alias_id), (d.known, d.double));
        assert_eq!(d.belongings().await, before, "every row is where it was");
        assert_eq!((d.person(d.known).await, d.person(d.double).await), (known, double), "to the last byte");
        assert_eq!(people::goes_on_as(office, officer, d.double).await.unwrap(), None);
        assert_eq!(people::show_number(office, officer, d.double).await.unwrap().as_str(), "038185001234");
        assert!(people::unmerge(office, officer, merge).await.unwrap_err().is(&Refusal::MergeUndone));
        assert_eq!(doctor::examine(office).await.unwrap(), []);
        // And one again.
        d.merge(Choices::default()).await.unwrap();
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn whose_values_go_on_is_chosen(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        let change = people::PersonChange {
            full_name: "Lê Thị Ân".parse().unwrap(),
            birth: Some(domain::people::Birth::Year(1985)),
            sex: Some(domain::people::Sex::Female),
            phone: Some("0987654321".parse().unwrap()),
            email: Some("an@example.vn".parse().unwrap()),
            citizen_id: Some("171234567".parse().unwrap()),
        };
        people::change(office, officer, d.known, change).await.unwrap();
        let (known, double) = (d.person(d.known).await, d.person(d.double).await);
        let theirs = Side::Absorbed;
        let choices = Choices { name: theirs, birth: theirs, sex: theirs, phone: theirs, email: theirs, number: theirs };
        let merge = d.merge(choices).await.unwrap();
        let after = d.person(d.known).await;
        assert_eq!((&after.full_name, after.birth(), &after.phone), (&double.full_name, double.birth(), &double.phone));
        assert_eq!((after.sex, &after.email), (known.sex, &known.email), "what the other does not know stays");
        assert_eq!(people::show_number(office, officer, d.known).await.unwrap().as_str(), "038185001234");
        // The number that was not chosen is still theirs: who is entered by it is found.
        let old = PersonEntry { phone: None, birth: None, citizen_id: Some("171234567".parse().unwrap()), ..entry("Lê Thị Ân") };
        let old = PersonEntry { full_name: "Lê Thị An".parse().unwrap(), ..old };
        let found = people::find(office, &mut office.database.read().await.unwrap(), None, d.there, &old).await.unwrap();
        assert!(matches!(found, Found::Same(person) if person.id == d.known));
        assert_eq!(doctor::examine(office).await.unwrap(), []);

        // What somebody puts right meanwhile stays; the rest goes back.
        let change = people::PersonChange {
            full_name: after.full_name.clone(),
            birth: after.birth(),
            sex: after.sex,
            phone: Some("0933333333".parse().unwrap()),
            email: after.email.clone(),
            citizen_id: None,
        };
        people::change(office, officer, d.known, change).await.unwrap();
        people::unmerge(office, officer, merge).await.unwrap();
        let back = d.person(d.known).await;
        assert_eq!(back.phone.as_ref().map(|phone| phone.as_str()), Some("0933333333"));
        assert_eq!(Person { phone: known.phone.clone(), ..back }, known);
        assert_eq!(d.person(d.double).await, double);
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn a_membership_of_both_is_ended_once(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        let mut work = office.database.begin().await.unwrap();
        let membership = store::people::NewMembership {
            id: domain::ids::MembershipId(office.id()), person: d.double, organisation: d.s.organisation, position: None,
            on_state_payroll: false, valid_from: "2019-01-01".parse().unwrap(),
        };
        assert!(store::people::add_membership(&mut work, &membership).await.unwrap());
        work.commit().await.unwrap();
        let merge = d.merge(Choices::default()).await.unwrap();
        let mut records = office.database.read().await.unwrap();
        let members = store::people::members(&mut records, d.s.organisation, office.today()).await.unwrap();
        assert_eq!(members.iter().filter(|member| member.person.id == d.known || member.person.id == d.double).count(), 1);
        drop(records);
        assert_eq!(doctor::examine(office).await.unwrap(), []);
        people::unmerge(office, officer, merge).await.unwrap();
        let mut records = office.database.read().await.unwrap();
        let members = store::people::members(&mut records, d.s.organisation, office.today()).await.unwrap();
        assert_eq!(members.iter().filter(|member| member.person.id == d.known || member.person.id == d.double).count(), 2);
    }

    async fn what_cannot_be_of_one_person_is_refused_with_its_reason(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        let refusal = async || people::merging(office, officer, d.known, d.double).await.unwrap().refusal;
        assert_eq!(refusal().await, None);

        let run = testing::published_run(office, officer, "ENT-4", 40, "2019-08-01").await;
        d.enrol(d.s.organisation, d.known, run).await;
        d.enrol(d.there, d.double, run).await;
        assert!(matches!(refusal().await, Some(Refusal::BothHavePlaces { .. })));
        let failure = d.merge(Choices::default()).await.unwrap_err();
        assert!(matches!(failure, operations::Failure::Refused(faults) if matches!(faults.0[0].refusal, Refusal::BothHavePlaces { .. })));
        let mut records = office.database.read().await.unwrap();
        let place = store::enrolments::live_of_person(&mut records, run, d.double).await.unwrap().unwrap().id;
        drop(records);
        operations::enrolments::withdraw(office, officer, place, "Ghi hai lần").await.unwrap();
        assert_eq!(refusal().await, None, "one of them was withdrawn");

        d.enrolled(d.there, d.double, "2019-08-01").await;
        assert!(matches!(refusal().await, Some(Refusal::TwoPlacesAtOnce { day, .. }) if day.to_string() == "2019-08-01"));
        let mut work = office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE enrolment SET withdrawn_at = enrolled_at, withdrawn_by = enrolled_by, withdrawal_reason = 'x'
            WHERE source = 'form' AND withdrawn_at IS NULL AND run_id IN (SELECT id FROM run WHERE closed_at IS NULL)").await;
        work.commit().await.unwrap();

        let said = people::tell_apart(office, officer, d.known, d.double).await.unwrap();
        assert_eq!(refusal().await, Some(Refusal::ToldApart));
        people::take_back(office, officer, said).await.unwrap();

        // Who signs in goes on, whoever was known first; two who sign in cannot be one.
        let mut work = office.database.begin().await.unwrap();
        let account = |n: u128| domain::ids::AccountId(Uuid::from_u128(n));
        store::accounts::add(&mut work, account(1), d.double, None, domain::accounts::Language::Vietnamese, office.now()).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(people::merging(office, officer, d.known, d.double).await.unwrap().kept, d.double);
        assert!(d.merge(Choices::default()).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        let mut work = office.database.begin().await.unwrap();
        store::accounts::add(&mut work, account(2), d.known, None, domain::accounts::Language::Vietnamese, office.now()).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(refusal().await, Some(Refusal::BothHaveAccounts));
        assert!(d.merge(Choices::default()).await.unwrap_err().is(&Refusal::BothHaveAccounts));
        let note = "x".repeat(people::NOTE_LIMIT + 1);
        let long = MergeCommand { note, ..d.command(Choices::default()) };
        assert!(people::merge(office, officer, &long).await.unwrap_err().is(&Refusal::TooLong { limit: people::NOTE_LIMIT }));
    }

    async fn only_who_keeps_both_merges_them(database) {
        let d = double(database).await;
        let office = &d.s.office;
        let representative = testing::actor(office, "htx", Role::Representative, Scope::Organisation(d.s.organisation)).await;
        let commune = testing::unit(office, "15568").await;
        let manager = testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(commune)).await;
        let elsewhere = testing::unit(office, "380").await;
        let stranger = testing::actor(office, "noi.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(commune)).await;
        let not_found = |outcome: operations::Outcome<()>| assert!(outcome.unwrap_err().is(&Refusal::NotFound));
        let command = d.command(Choices::default());
        for actor in [&representative, &manager, &stranger] {
            not_found(people::merging(office, actor, d.known, d.double).await.map(drop));
            not_found(people::merge(office, actor, &command).await.map(drop));
        }
        for actor in [&manager, &stranger] {
            not_found(people::show_number(office, actor, d.double).await.map(drop));
        }
        let merge = people::merge(office, &officer, &command).await.unwrap();
        for actor in [&manager, &stranger] {
            not_found(people::unmerge(office, actor, merge).await.map(drop));
        }
        people::unmerge(office, &officer, merge).await.unwrap();
    }

    async fn merges_are_undone_in_the_order_in_which_they_build_on_each_other(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        let first = d.merge(Choices::default()).await.unwrap();
        let third = entered(office, d.there, &PersonEntry { phone: None, citizen_id: None, ..entry("Lê Thị Anh") }).await;
        let mut work = office.database.begin().await.unwrap();
        // Who signs in goes on: the record that went on until now leads to it.
        let account = domain::ids::AccountId(Uuid::from_u128(1));
        store::accounts::add(&mut work, account, third, None, domain::accounts::Language::Vietnamese, office.now()).await.unwrap();
        work.commit().await.unwrap();
        let command = MergeCommand { kept: third, absorbed: d.known, choices: Choices::default(), note: String::new() };
        let second = people::merge(office, officer, &command).await.unwrap();
        // One step leads from each to the one that goes on.
        for record in [d.double, d.known] {
            assert_eq!(people::goes_on_as(office, officer, record).await.unwrap(), Some(third));
        }
        assert_eq!(doctor::examine(office).await.unwrap(), []);
        assert!(people::unmerge(office, officer, first).await.unwrap_err().is(&Refusal::MergedOnward));
        people::unmerge(office, officer, second).await.unwrap();
        assert_eq!(people::goes_on_as(office, officer, d.double).await.unwrap(), Some(d.known));
        people::unmerge(office, officer, first).await.unwrap();
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn a_number_that_went_to_somebody_else_stands_against_undoing(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        let merge = d.merge(Choices::default()).await.unwrap();
        let known = d.person(d.known).await;
        let change = |number: &str| people::PersonChange {
            full_name: known.full_name.clone(), birth: known.birth(), sex: known.sex, phone: known.phone.clone(),
            email: known.email.clone(), citizen_id: Some(number.parse().unwrap()),
        };
        people::change(office, officer, d.known, change("038185009999")).await.unwrap();
        let other = PersonEntry { phone: None, ..entry("Trần Thị Bưởi") };
        entered(office, d.there, &other).await;
        assert!(people::unmerge(office, officer, merge).await.unwrap_err().is(&Refusal::MergeOvertaken));
        assert_eq!(doctor::examine(office).await.unwrap(), [], "nothing was undone by halves");
    }

    async fn an_enrolment_at_the_same_moment_never_goes_to_the_record_that_leads_on(database) {
        let d = double(database).await;
        let (office, officer) = (&d.s.office, &d.s.officer);
        let run = testing::published_run(office, officer, "ENT-4", 40, "2019-08-01").await;
        // The control: who asks before the other commits, and holds nothing, refers to a record that leads on.
        let asked = store::people::merging::goes_on_as(&mut office.database.read().await.unwrap(), d.double).await.unwrap();
        let merge = d.merge(Choices::default()).await.unwrap();
        assert_eq!(asked, None);
        let mut work = office.database.begin().await.unwrap();
        let membership = store::people::NewMembership {
            id: domain::ids::MembershipId(office.id()), person: d.double, organisation: d.there, position: None,
            on_state_payroll: false, valid_from: office.today(),
        };
        assert!(store::people::add_membership(&mut work, &membership).await.unwrap());
        let findings = doctor::examine_records(&mut work).await.unwrap();
        assert!(findings.iter().any(|finding| finding.invariant == "alias_with_something_of_its_own"), "{findings:?}");
        drop(work);
        people::unmerge(office, officer, merge).await.unwrap();

        // Both at once, many times: whichever comes first, the other one sees it.
        for _ in 0..10 {
            let people = vec![Enrollee::Member(d.double)];
            let command = EnrolCommand { run, organisation: d.there, people, source: EnrolmentSource::Form };
            let merging = d.command(Choices::default());
            let (merged, enrolled) = tokio::join!(
                people::merge(office, officer, &merging),
                operations::enrolments::enrol(office, officer, command),
            );
            assert_eq!(doctor::examine(office).await.unwrap(), []);
            if let Ok(merge) = merged {
                people::unmerge(office, officer, merge).await.unwrap();
            }
            if let Ok(receipt) = enrolled {
                for placed in receipt.enrolled {
                    operations::enrolments::withdraw(office, officer, placed.enrolment, "Thử lại").await.unwrap();
                }
            }
        }
    }
}
