//! Who keeps whom: nobody gets hold of a person by adding them to an organisation.

use std::time::Duration;

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{MergeId, PersonId};
use domain::people::{Choices, PersonEntry};
use domain::policy::Keeping;
use domain::rosters::{ImportState, ImportStep};
use operations::people::{self, Entered, Found, MergeCommand, PersonChange};
use operations::{Outcome, doctor, organisations, testing};

use crate::people::{Village, entry, reached, village};
use crate::rosters::scene;

const NUMBER: &str = "038185001234";

fn not_found<T: std::fmt::Debug>(outcome: Outcome<T>) {
    assert!(outcome.unwrap_err().is(&Refusal::NotFound));
}

impl Village {
    /// What who keeps all of a person may do about them.
    async fn keeps(&self, actor: &Actor, person: PersonId) -> bool {
        let shown = people::show_number(&self.office, actor, person).await;
        let changed = self.change_email(actor, person).await;
        assert_eq!(shown.is_ok(), changed.is_ok());
        shown.is_ok()
    }

    async fn change_email(&self, actor: &Actor, person: PersonId) -> Outcome<()> {
        let known = store::people::find(&mut self.office.database.read().await.unwrap(), person).await.unwrap().unwrap();
        let change = PersonChange {
            birth: known.birth(),
            full_name: known.full_name,
            sex: known.sex,
            phone: known.phone,
            email: Some("khac@example.vn".parse().unwrap()),
            citizen_id: None,
        };
        people::change(&self.office, actor, person, change).await
    }

    async fn merge(&self, actor: &Actor, one: PersonId, other: PersonId) -> Outcome<MergeId> {
        let (kept, absorbed) = (one.min(other), one.max(other));
        people::merge(&self.office, actor, &MergeCommand { kept, absorbed, choices: Choices::default(), note: String::new() })
            .await
    }
}

operations::both! {
    async fn a_telephone_number_and_a_name_get_hold_of_nobody(database) {
        let v = village(database).await;
        let hoa = PersonEntry { email: Some("hoa@example.vn".parse().unwrap()), ..reached("Lê Thị Hoà", "1985", "0912345678") };
        let hoa = PersonEntry { citizen_id: Some(NUMBER.parse().unwrap()), ..hoa };
        let (hoa, _) = v.enter(v.far, &hoa).await;
        // The representative of another cooperative knows her name and her telephone number: that makes a record of its own.
        let typed = reached("Lê Thị Hoà", "", "0912345678");
        let find = async |actor: &Actor| {
            people::find(&v.office, &mut v.office.database.read().await.unwrap(), Some(actor), v.here, &typed).await.unwrap()
        };
        assert_eq!(find(&v.representative).await, Found::Probable(vec![hoa.id]));
        assert_eq!(find(&v.officer).await, Found::Probable(vec![hoa.id]));
        assert!(matches!(find(&v.province).await, Found::Same(person) if person.id == hoa.id));
        let (double, entered) = people::add(&v.office, &v.representative, v.here, &typed).await.unwrap();
        assert_eq!(entered, Entered::Resembling);
        assert_ne!(double.id, hoa.id);
        not_found(people::show(&v.office, &v.representative, hoa.id).await);
        assert!(!v.keeps(&v.representative, hoa.id).await);
        // Whoever sees both is asked.
        let pairs = v.pairs(&v.province).await;
        assert_eq!(pairs.len(), 1);
        assert!(pairs[0].may_decide());
        assert!(v.pairs(&v.officer).await.iter().all(|pair| !pair.may_decide()));
        // The same again changes nothing.
        assert_eq!(people::add(&v.office, &v.representative, v.here, &typed).await.unwrap().0.id, double.id);
        // In whose scope she lies, a telephone number is enough.
        let (again, entered) = people::add(&v.office, &v.province, v.far, &typed).await.unwrap();
        assert_eq!((again.id, entered), (hoa.id, Entered::Known));
        assert_eq!(doctor::examine(&v.office).await.unwrap(), []);
    }

    async fn who_belongs_to_two_is_kept_by_who_keeps_both(database) {
        let v = village(database).await;
        let hoa = PersonEntry { phone: Some("0912345678".parse().unwrap()), ..entry("Lê Thị Hoà", "1985", Some(NUMBER)) };
        let (hoa, _) = v.enter(v.there, &hoa).await;
        let there = testing::actor(&v.office, "htx.tho.lap", Role::Representative, Scope::Organisation(v.there)).await;
        assert!(v.keeps(&there, hoa.id).await);
        // By the whole citizen number she is known, and belongs here too.
        let typed = entry("Lê Thị Hoà", "1985", Some(NUMBER));
        let (again, entered) = people::add(&v.office, &v.representative, v.here, &typed).await.unwrap();
        assert_eq!((again.id, entered), (hoa.id, Entered::Known));
        for actor in [&v.representative, &there] {
            assert!(!v.keeps(actor, hoa.id).await);
            let view = people::show(&v.office, actor, hoa.id).await.unwrap();
            assert_eq!((view.keeping, view.person.full_name.as_str()), (Keeping::Part, "Lê Thị Hoà"));
            assert_eq!((view.person.phone, view.person.email, view.person.birth_year, view.masked), (None, None, None, None));
            assert_eq!(view.memberships.iter().map(|(_, may_end)| *may_end).collect::<Vec<_>>(), [true]);
            let found = people::search(&v.office, actor, "le thi hoa").await.unwrap();
            assert_eq!((found.len(), found[0].phone.clone()), (1, None));
        }
        let members = organisations::show(&v.office, &v.representative, v.here).await.unwrap().members;
        let member = members.iter().find(|member| member.person.id == hoa.id).unwrap();
        assert_eq!((member.person.phone.clone(), member.position.as_deref()), (None, Some("Giám đốc")));
        // The officer of both, and the province.
        assert!(v.keeps(&v.officer, hoa.id).await && v.keeps(&v.province, hoa.id).await);
        assert_eq!(people::show(&v.office, &v.officer, hoa.id).await.unwrap().keeping, Keeping::Whole);
        let members = organisations::show(&v.office, &v.officer, v.here).await.unwrap().members;
        let member = members.iter().find(|member| member.person.id == hoa.id).unwrap();
        assert_eq!((member.person.birth_year, member.person.phone.is_some()), (Some(1985), true));
        // Each of the two ends what is theirs; then she is kept by the other alone.
        not_found(people::end_membership(&v.office, &v.representative, v.there, hoa.id).await);
        people::end_membership(&v.office, &v.representative, v.here, hoa.id).await.unwrap();
        assert!(v.keeps(&there, hoa.id).await);
        not_found(people::show(&v.office, &v.representative, hoa.id).await);
    }

    async fn who_has_roles_elsewhere_is_not_kept_by_their_organisation(database) {
        let v = village(database).await;
        // The officer of another district is a member of the cooperative.
        let elsewhere = testing::unit(&v.office, "380").await;
        let other = testing::actor(&v.office, "can.bo.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        let mut work = v.office.database.begin().await.unwrap();
        let membership = store::people::NewMembership {
            id: domain::ids::MembershipId(v.office.id()), person: other.person, organisation: v.here, position: None,
            on_state_payroll: false, valid_from: v.office.today(),
        };
        store::people::add_membership(&mut work, &membership).await.unwrap();
        work.commit().await.unwrap();
        not_found(v.change_email(&v.representative, other.person).await);
        not_found(v.change_email(&v.officer, other.person).await);
        v.change_email(&v.province, other.person).await.unwrap();
        // A representative keeps themselves.
        v.change_email(&v.representative, v.representative.person).await.unwrap();
    }

    async fn a_merge_is_undone_by_who_keeps_both_sides(database) {
        let v = village(database).await;
        let (one, _) = v.enter(v.here, &entry("Lê Thị Hoà", "2/9/1985", None)).await;
        let (other, _) = v.enter(v.there, &entry("Lê Thị Hoà", "2/9/1985", Some(NUMBER))).await;
        let there = testing::actor(&v.office, "htx.tho.lap", Role::Representative, Scope::Organisation(v.there)).await;
        for actor in [&v.representative, &there] {
            not_found(v.merge(actor, one.id, other.id).await);
            not_found(people::tell_apart(&v.office, actor, one.id, other.id).await);
        }
        let kept = one.id.min(other.id);
        let merge = v.merge(&v.officer, one.id, other.id).await.unwrap();
        for actor in [&v.representative, &there] {
            not_found(people::unmerge(&v.office, actor, merge).await);
            assert!(people::show(&v.office, actor, kept).await.unwrap().merges.is_empty());
        }
        // Not even when she has left the other side since: what comes back is not theirs.
        people::end_membership(&v.office, &there, v.there, kept).await.unwrap();
        assert_eq!(people::show(&v.office, &v.representative, kept).await.unwrap().keeping, Keeping::Whole);
        not_found(people::unmerge(&v.office, &v.representative, merge).await);
        assert!(people::show(&v.office, &v.representative, kept).await.unwrap().merges.is_empty());
        assert_eq!(people::show(&v.office, &v.officer, kept).await.unwrap().merges.len(), 1);
        people::unmerge(&v.office, &v.officer, merge).await.unwrap();
        assert_eq!(doctor::examine(&v.office).await.unwrap(), []);
    }

    async fn views_of_a_number_stay_told_after_a_merge(database) {
        let v = village(database).await;
        let (one, _) = v.enter(v.here, &entry("Lê Thị Hoà", "2/9/1985", None)).await;
        let (other, _) = v.enter(v.there, &entry("Lê Thị Hoà", "2/9/1985", Some(NUMBER))).await;
        people::show_number(&v.office, &v.officer, other.id).await.unwrap();
        let kept = one.id.min(other.id);
        v.merge(&v.officer, one.id, other.id).await.unwrap();
        let seen = async || people::show(&v.office, &v.province, kept).await.unwrap().seen_by.len();
        assert_eq!(seen().await, 1, "of the record that was merged");
        people::show_number(&v.office, &v.officer, kept).await.unwrap();
        assert_eq!(seen().await, 2);
        // Whatever else happens to her, it stays told.
        for _ in 0..210 {
            v.change_email(&v.officer, kept).await.unwrap();
        }
        assert_eq!(seen().await, 2);
    }

    async fn without_going_back_a_list_would_leave_a_membership_with_a_merged_record(database) {
        let s = scene(database).await;
        let office = &s.office;
        let kept = testing::person(office, "Lê Thị Hoa", None).await;
        let absorbed = testing::person(office, "Lê Thị Hoa", None).await;
        // What not to do: found before the merge, written after it, and committed although it was refused.
        let asked = store::people::merging::goes_on_as(&mut office.database.read().await.unwrap(), absorbed).await.unwrap();
        assert_eq!(asked, None);
        let mut work = office.database.begin().await.unwrap();
        store::people::merging::add(&mut work, MergeId(office.id()), (absorbed, kept), "", s.officer.account, office.now()).await.unwrap();
        let membership = store::people::NewMembership {
            id: domain::ids::MembershipId(office.id()), person: absorbed, organisation: s.organisations[0], position: None,
            on_state_payroll: false, valid_from: office.today(),
        };
        store::people::add_membership(&mut work, &membership).await.unwrap();
        work.commit().await.unwrap();
        let found = doctor::examine(office).await.unwrap();
        assert!(found.iter().any(|finding| finding.invariant == "alias_with_something_of_its_own"), "{found:?}");
    }

    async fn a_merge_in_the_midst_of_a_list_leaves_nothing_behind(database) {
        let s = scene(database).await;
        let office = &s.office;
        // Known by a number, and belonging nowhere: two records.
        let mut ids = Vec::new();
        for number in ["038185001234", "038185001235"] {
            let mut work = office.database.begin().await.unwrap();
            let typed = entry("Lê Thị Hoa", "2/9/1985", Some(number));
            let (person, _) = people::find_or_add(office, &mut work, None, s.organisations[2], &typed).await.unwrap();
            store::people::end_membership(&mut work, person.id, s.organisations[2], "2019-06-11".parse().unwrap()).await.unwrap();
            work.commit().await.unwrap();
            ids.push(person.id);
        }
        let (kept, absorbed) = (ids[0].min(ids[1]), ids[0].max(ids[1]));
        let number = if absorbed == ids[0] { "038185001234" } else { "038185001235" };
        let list = format!("Họ và tên;Ngày sinh;CCCD;Đơn vị\nTrần Văn Nam;1990;;HTX Xuân Lập\nLê Thị Hoa;2/9/1985;{number};HTX Xuân Lập\n");
        let id = s.send(&s.officer, "", list.as_bytes()).await.unwrap().upload.id;
        s.work().await;
        operations::rosters::confirm(office, &s.officer, id).await.unwrap();

        // A merge holds both records, and commits while the list waits for one of them.
        let mut merging = office.database.begin().await.unwrap();
        store::people::merging::lock(&mut merging, kept, absorbed).await.unwrap();
        store::people::merging::add(&mut merging, MergeId(office.id()), (absorbed, kept), "", s.officer.account, office.now()).await.unwrap();
        let storing = tokio::spawn({
            let office = office.clone();
            async move { operations::rosters::jobs::work(&office, id, || false).await.unwrap() }
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!storing.is_finished(), "it waits");
        // The memberships that had ended go along, as a merge has it.
        let moved = format!("UPDATE membership SET person_id = {} WHERE person_id = {}", sql(&merging, kept), sql(&merging, absorbed));
        store::testing::raw(&mut merging, &moved).await;
        merging.commit().await.unwrap();
        assert!(storing.await.unwrap());
        assert_eq!(s.numbers(&s.officer, id).await, (ImportStep::Store, ImportState::Done, [2, 2, 1, 1, 0]));
        let mut records = office.database.read().await.unwrap();
        let members = store::people::members(&mut records, s.organisations[0], office.today()).await.unwrap();
        drop(records);
        let mut members: Vec<_> = members.iter().map(|member| member.person.full_name.as_str()).collect();
        members.sort_unstable();
        assert_eq!(members, ["Lê Thị Hoa", "Trần Văn Nam"]);
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }
}

/// An identifier as either database writes it.
fn sql(work: &store::Work, id: PersonId) -> String {
    match work {
        store::Work::Sqlite(_) => format!("x'{}'", id.0.simple()),
        store::Work::Postgres(_) => format!("'{id}'"),
    }
}
