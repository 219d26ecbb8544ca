//! An organisation's way from its first form to the last certificate, as far as each may see it.

use crate::province::Province;
use domain::accounts::{Actor, Role, Scope};
use domain::completion::Outcome;
use domain::registrations::{State, Step};
use operations::organisations::{self, Year};
use operations::{Refusal, enrolments, selections, testing};

async fn history(p: &Province, actor: &Actor, organisation: usize) -> Vec<(i64, Year)> {
    organisations::show(&p.office, actor, p.organisations[organisation]).await.unwrap().history
}

operations::both! {
    async fn from_form_to_certificate(database) {
        let p = Province::build(database, 2).await;
        let representative = &p.strangers[3];
        p.accepted("1/DS").await;
        let run = testing::published_run(&p.office, &p.officer, "ENT-4", 40, "2019-07-02").await;
        let decision = p.decide(&p.forms[..1], "45/QĐ", "select").await.unwrap();
        let years = history(&p, representative, 0).await;
        assert_eq!(years[0].1.forms[0].decisions, [], "what is not published yet is the office's own");
        assert_eq!(history(&p, &p.officer, 0).await[0].1.forms[0].decisions.len(), 1);
        selections::publish(&p.office, &p.officer, decision, 1).await.unwrap();
        let places = testing::enrolled(&p.office, &p.officer, run, p.organisations[0], 2).await;
        p.clock.set("2019-07-03 08:00");
        let certificate = testing::certified(&p.office, &p.officer, run, places[0]).await;
        let next_year = testing::programme_year(&p.office, 2020).await;
        testing::registration(&p.office, &p.district, &next_year, p.organisations[0], "Mắm tép", State::Draft).await;

        let years = history(&p, representative, 0).await;
        assert_eq!(years.iter().map(|(year, passed)| (*year, passed.forms.len(), passed.classes.len())).collect::<Vec<_>>(), [(2020, 1, 0), (2019, 1, 1)]);
        let passed = &years[1].1.forms[0];
        assert_eq!((passed.form.product_name.as_str(), passed.form.state), ("Sản phẩm 0", State::Selected));
        let (list, opens) = &passed.lists[0];
        assert_eq!((list.number.as_deref(), list.accepted_at.is_some(), *opens), (Some("1/DS"), true, false));
        let decided = &passed.decisions[0];
        assert_eq!((decided.number.as_str(), decided.step, decided.published_at.is_some()), ("45/QĐ", Step::Select, true));
        let class = &years[1].1.classes[0];
        assert_eq!((class.class.run_id, class.exception.as_ref()), (run, None));
        let people: Vec<_> = class.places.iter().map(|place| (place.person_name.as_str(), place.outcome, place.serial.is_some())).collect();
        assert_eq!(people, [("Lê Thị An", Some(Outcome::Completed), true), ("Lê Thị Bình", Some(Outcome::Completed), true)]);
        assert_eq!(class.places[0].serial.as_ref(), Some(&certificate.serial));
        for actor in [&p.officer, &p.district, &p.manager] {
            let years = history(&p, actor, 0).await;
            assert_eq!((years.len(), years[1].1.forms[0].lists[0].1), (2, true), "{}", actor.name);
        }
        for stranger in &p.strangers[..3] {
            let refused = organisations::show(&p.office, stranger, p.organisations[0]).await.unwrap_err();
            assert!(refused.is(&Refusal::NotFound));
        }
        assert!(organisations::show(&p.office, representative, p.organisations[1]).await.unwrap_err().is(&Refusal::NotFound));
        let other = history(&p, &p.district, 1).await;
        assert_eq!((other.len(), other[0].1.forms[0].lists.len(), other[0].1.forms[0].decisions.len(), other[0].1.classes.len()), (1, 1, 0, 0));

        operations::certificates::revoke(&p.office, &p.officer, certificate.id, "In sai tên").await.unwrap();
        let issued = operations::certificates::issue(&p.office, &p.officer, run).await.unwrap();
        let again = issued.into_iter().find(|one| one.number == 3).unwrap();
        let places = history(&p, representative, 0).await.remove(1).1.classes.remove(0).places;
        assert_eq!((places.len(), places[0].serial.as_ref(), places[0].revoked_at), (2, Some(&again.serial), None), "the last one counts");
    }

    async fn an_exception_and_a_reversal_stay_in_it(database) {
        let p = Province::build(database, 1).await;
        p.accepted("1/DS").await;
        for (number, choice) in [("1/QĐ", "select"), ("2/QĐ", "reject")] {
            let decision = p.decide(&p.forms, number, choice).await.unwrap();
            selections::publish(&p.office, &p.officer, decision, 1).await.unwrap();
        }
        let run = testing::published_run(&p.office, &p.officer, "ENT-4", 40, "2019-07-02").await;
        let draft = testing::draft_run_in(&p.office, &p.officer, "ENT-4", 40, "2019-07-05", p.unit).await;
        for run in [run, draft] {
            testing::narrowed(&p.office, run, 2019).await;
            enrolments::except(&p.office, &p.officer, run, p.organisations[0], "Đã dự lớp năm trước").await.unwrap();
        }
        let years = history(&p, &p.strangers[3], 0).await;
        let steps: Vec<_> = years[0].1.forms[0].decisions.iter().map(|decision| decision.step).collect();
        assert_eq!(steps, [Step::Select, Step::Reject]);
        let classes: Vec<_> = years[0].1.classes.iter().map(|class| (class.class.run_id, class.places.len(), class.exception.as_ref().map(|known| (known.reason.as_str(), known.withdrawn_at)))).collect();
        assert_eq!(classes, [(run, 0, Some(("Đã dự lớp năm trước", None)))], "drafts are the planners' own");
        let granted = enrolments::exceptions(&p.office, &p.officer, run).await.unwrap().granted.remove(0).id;
        enrolments::withdraw_exception(&p.office, &p.officer, granted, "Nhầm đơn vị").await.unwrap();
        let passed = history(&p, &p.strangers[3], 0).await.remove(0).1.classes.remove(0).exception.unwrap();
        assert_eq!((passed.reason.as_str(), passed.withdrawn_at), ("Đã dự lớp năm trước", Some(p.office.now())), "what was stays");
    }

    async fn forms_received_elsewhere_are_seen_there(database) {
        let p = Province::build(database, 1).await;
        // The organisation moves to another district; its form stays where it was received.
        let elsewhere = testing::unit(&p.office, "389").await;
        let mut work = p.office.database.begin().await.unwrap();
        let mut organisation = store::organisations::find(&mut work, p.organisations[0]).await.unwrap().unwrap();
        organisation.unit_id = elsewhere;
        store::organisations::change(&mut work, &organisation).await.unwrap();
        work.commit().await.unwrap();
        let new = testing::actor(&p.office, "huyen.moi", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        assert_eq!(history(&p, &new, 0).await, []);
        assert_eq!(history(&p, &p.strangers[3], 0).await.len(), 1, "its own representative still sees it");
        assert!(organisations::show(&p.office, &p.district, p.organisations[0]).await.unwrap_err().is(&Refusal::NotFound));
    }
}
