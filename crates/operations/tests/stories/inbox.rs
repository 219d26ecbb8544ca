//! What waits for whom: a form, a list, a product and a class on their way through everybody's inbox.

use crate::forms;
use crate::province::{Province, signed};
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::MarkSource;
use domain::inbox::{Task, Urgency, age, urgency};
use domain::organisations::OrganisationKind;
use domain::registrations::{EvaluationForm, State};
use domain::runs::Answers;
use operations::inbox::{Inbox, inbox, only_looks_on};
use operations::lists::{self, BeginCommand};
use operations::registrations::{self, ReturnCommand};
use operations::{Office, attendance, certificates, completion, runs, selections, testing};

/// What waits for somebody, and how much of it.
async fn waits(office: &Office, actor: &Actor) -> Vec<(Task, i64)> {
    inbox(office, actor).await.unwrap().groups.iter().map(|group| (group.task, group.total)).collect()
}

fn first(inbox: &Inbox) -> &operations::inbox::Waiting {
    &inbox.groups[0].things[0]
}

operations::both! {
    async fn a_form_waits_for_one_after_the_other(database) {
        let s = forms::scene(database).await;
        let id = s.begin(&s.representative, "Bánh gai").await.unwrap();
        let theirs = inbox(&s.office, &s.representative).await.unwrap();
        let draft = first(&theirs);
        assert_eq!((draft.task, draft.id, draft.name.as_str(), draft.detail.as_str()), (Task::SendForm, id.0, "Bánh gai", "HTX Xuân Lập"));
        assert_eq!(draft.due, "2019-12-31".parse().ok(), "the last day of the window");
        for other in [&s.stranger, &s.officer, &s.province] {
            assert_eq!(waits(&s.office, other).await, []);
        }

        s.clock.set("2019-06-15 08:00");
        s.fill(&s.representative, id).await;
        s.submit(&s.representative, id, None).await.unwrap();
        assert_eq!(waits(&s.office, &s.representative).await, []);
        for officer in [&s.officer, &s.colleague] {
            assert_eq!(waits(&s.office, officer).await, [(Task::CheckForm, 1)]);
        }
        assert_eq!(waits(&s.office, &s.elsewhere).await, []);
        assert_eq!(waits(&s.office, &s.province).await, [], "the forms of a district wait for its officers");

        let remarks = vec![("phone".to_owned(), "Sai số".to_owned())];
        let due_on = "2019-06-20".parse().unwrap();
        let command = ReturnCommand { id, version: s.version(id).await, reason: String::new(), due_on, remarks };
        registrations::send_back(&s.office, &s.officer, &command).await.unwrap();
        assert_eq!(waits(&s.office, &s.officer).await, []);
        s.clock.set("2019-06-22 08:00");
        let theirs = inbox(&s.office, &s.representative).await.unwrap();
        assert_eq!((first(&theirs).task, first(&theirs).due), (Task::CompleteForm, Some(due_on)));
        assert_eq!(age(first(&theirs).since, theirs.today), 7);
        assert_eq!(urgency(first(&theirs).due, theirs.today), Urgency::Overdue(2));
        let young = s.begin(&s.representative, "Kẹo lạc").await.unwrap();
        let theirs = inbox(&s.office, &s.representative).await.unwrap();
        let order: Vec<_> = theirs.groups.iter().map(|group| group.task).collect();
        assert_eq!(order, [Task::CompleteForm, Task::SendForm], "what is overdue comes first");
        assert_eq!((theirs.total(), theirs.groups[1].things[0].id), (2, young.0));
    }

    async fn each_evaluator_is_asked_once(database) {
        let s = forms::scene(database).await;
        let id = testing::registration(&s.office, &s.officer, &s.programme, s.organisation, "Nem", State::Complete).await;
        let typed = EvaluationForm { is_feasible: "yes".into(), remark: String::new(), points: vec!["9".into(), "8".into()] };
        assert_eq!(waits(&s.office, &s.officer).await, [(Task::EvaluateForm, 1)]);
        registrations::evaluate(&s.office, &s.officer, (id, s.version(id).await), &typed).await.unwrap();
        assert_eq!(waits(&s.office, &s.officer).await, [(Task::ListForm, 1)]);
        assert_eq!(waits(&s.office, &s.colleague).await, [(Task::EvaluateForm, 1), (Task::ListForm, 1)]);
        let district = testing::unit(&s.office, "395").await;
        lists::begin(&s.office, &s.officer, &BeginCommand { unit: district, year: 2019, forms: vec![id] }).await.unwrap();
        for officer in [&s.officer, &s.colleague] {
            assert_eq!(waits(&s.office, officer).await, [(Task::FreezeList, 1)]);
        }
    }

    async fn a_form_keyed_in_from_paper_waits_for_who_did_it(database) {
        let s = forms::scene(database).await;
        s.begin(&s.officer, "Chè lam").await.unwrap();
        assert_eq!(waits(&s.office, &s.officer).await, [(Task::SendForm, 1)]);
        assert_eq!(waits(&s.office, &s.colleague).await, []);
        assert_eq!(waits(&s.office, &s.representative).await, [(Task::SendForm, 1)]);
    }

    async fn records_that_look_alike_wait_for_who_keeps_both(database) {
        let v = crate::people::village(database).await;
        let entry = |name: &str| crate::people::entry(name, "2/9/1985", None);
        let actors = [&v.representative, &v.officer, &v.province];
        for actor in actors {
            assert_eq!(waits(&v.office, actor).await, []);
        }
        let (one, _) = v.enter(v.here, &entry("Lê Thị Hoà")).await;
        let (other, _) = v.enter(v.there, &entry("Le Thi Hoa")).await;
        v.enter(v.far, &entry("Lê Thị Hoà")).await;
        // Of three pairs the officer decides one; the province is told on the page itself.
        assert_eq!(waits(&v.office, &v.representative).await, []);
        assert_eq!(waits(&v.office, &v.officer).await, [(Task::CompareRecords, 1)]);
        assert_eq!(waits(&v.office, &v.province).await, []);
        let theirs = inbox(&v.office, &v.officer).await.unwrap();
        let pair = first(&theirs);
        assert!(pair.name.contains("Lê Thị Hoà") && pair.name.contains(" · ") && pair.name.contains("Le Thi Hoa"));
        assert_eq!(pair.detail, "HTX Thọ Lập; HTX Xuân Lập");
        operations::people::tell_apart(&v.office, &v.officer, one.id, other.id).await.unwrap();
        assert_eq!(waits(&v.office, &v.officer).await, []);
    }

    async fn lists_and_products_wait_for_unit_and_province_in_turn(database) {
        let p = Province::build(database, 12).await;
        // The forms of this scene come evaluated by nobody, so the officer's opinion waits as well.
        assert_eq!(waits(&p.office, &p.district).await, [(Task::EvaluateForm, 12), (Task::ListForm, 12)]);
        let shown = inbox(&p.office, &p.district).await.unwrap().groups.pop().unwrap();
        assert_eq!(shown.things.len(), 10, "the rest is behind a link");
        assert!(shown.things.is_sorted_by_key(|thing| (thing.since, thing.id)), "the oldest first");

        let id = p.frozen("1/DS").await;
        assert_eq!(waits(&p.office, &p.district).await, [(Task::ForwardList, 1)]);
        lists::forward(&p.office, &p.district, p.seen(id).await).await.unwrap();
        assert_eq!(waits(&p.office, &p.district).await, []);
        assert_eq!(waits(&p.office, &p.officer).await, [(Task::AnswerList, 1)]);
        lists::send_back(&p.office, &p.officer, p.seen(id).await, "Thiếu chữ ký").await.unwrap();
        assert_eq!(waits(&p.office, &p.officer).await, []);
        let again = [(Task::EvaluateForm, 12), (Task::ListForm, 12), (Task::ReplaceList, 1)];
        assert_eq!(waits(&p.office, &p.district).await, again);
        let next = lists::replace(&p.office, &p.district, p.seen(id).await).await.unwrap();
        assert_eq!(waits(&p.office, &p.district).await, [(Task::FreezeList, 1)]);
        lists::freeze(&p.office, &p.district, p.seen(next).await, &signed("2/DS")).await.unwrap();
        lists::forward(&p.office, &p.district, p.seen(next).await).await.unwrap();
        lists::accept(&p.office, &p.officer, p.seen(next).await).await.unwrap();
        assert_eq!(waits(&p.office, &p.officer).await, [(Task::DecideProduct, 12)]);
        let decision = p.decide(&p.forms[..5], "9/QĐ", "select").await.unwrap();
        let shown = inbox(&p.office, &p.officer).await.unwrap();
        let of = |task| shown.groups.iter().find(|group| group.task == task).unwrap();
        assert_eq!((of(Task::DecideProduct).total, of(Task::PublishDecision).things[0].amount), (7, 5));
        p.decide(&p.forms[5..], "9/QĐ", "reject").await.unwrap();
        selections::publish(&p.office, &p.officer, decision, 12).await.unwrap();
        for actor in p.strangers.iter().chain([&p.officer, &p.district, &p.manager]) {
            assert_eq!(waits(&p.office, actor).await, []);
        }
        assert!(only_looks_on(&p.manager) && !only_looks_on(&p.district));
    }

    async fn classes_wait_for_who_holds_them_and_for_the_province(database) {
        let (office, clock) = testing::office(database).await;
        let unit = Scope::Unit;
        let (province, district) = (testing::unit(&office, "38").await, testing::unit(&office, "395").await);
        let officer = testing::actor(&office, "tinh", Role::ProvincialOfficer, unit(province)).await;
        let trainer = testing::actor(&office, "giang.vien", Role::Trainer, unit(province)).await;
        let other = testing::actor(&office, "giang.vien.2", Role::Trainer, unit(province)).await;
        let local = testing::actor(&office, "huyen", Role::UnitOfficer, unit(district)).await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let representative = testing::actor(&office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        testing::requirement(&office, &officer, "ENT-4", "2019-12-31").await;
        let run = testing::draft_run_in(&office, &trainer, "ENT-4", 40, "2019-07-02", district).await;
        assert_eq!(waits(&office, &trainer).await, [(Task::PublishRun, 1)]);
        assert_eq!(waits(&office, &officer).await, [], "another's draft is another's");
        runs::publish(&office, &trainer, run, &Answers::default()).await.unwrap();
        let theirs = inbox(&office, &representative).await.unwrap();
        assert_eq!((first(&theirs).task, first(&theirs).due, first(&theirs).amount), (Task::EnrolPeople, "2019-07-01".parse().ok(), 40));
        testing::enrolled(&office, &officer, run, organisation, 2).await;
        assert_eq!(waits(&office, &representative).await, [], "somebody is in it");
        assert_eq!(waits(&office, &trainer).await, []);

        clock.set("2019-07-02 12:00");
        assert_eq!(waits(&office, &trainer).await, [(Task::KeepRegister, 1)]);
        clock.set("2019-07-02 18:00");
        assert_eq!(waits(&office, &trainer).await, [(Task::KeepRegister, 2), (Task::CloseRun, 1)]);
        assert_eq!(waits(&office, &local).await, [(Task::KeepRegister, 2)]);
        assert_eq!(waits(&office, &officer).await, [(Task::CloseRun, 1)]);
        assert_eq!(waits(&office, &other).await, []);
        let mut records = office.database.read().await.unwrap();
        let sessions = store::runs::sessions(&mut records, run).await.unwrap();
        drop(records);
        for session in sessions {
            attendance::mark_everyone_present(&office, &local, session.id, MarkSource::Form).await.unwrap();
        }
        assert_eq!(waits(&office, &local).await, []);
        let seen = completion::preview(&office, &trainer, run).await.unwrap().fingerprint;
        let command = domain::completion::CloseCommand { run, overrides: Vec::new(), accept_unmarked_as_absent: false, seen };
        completion::close(&office, &trainer, &command).await.unwrap();
        assert_eq!(waits(&office, &trainer).await, []);
        let shown = inbox(&office, &officer).await.unwrap();
        assert_eq!((first(&shown).task, first(&shown).amount), (Task::IssueCertificates, 2));
        testing::signatory(&office, &officer, "Lê Minh Đức").await;
        let issued = certificates::issue(&office, &officer, run).await.unwrap();
        assert_eq!(waits(&office, &officer).await, []);
        certificates::revoke(&office, &officer, issued[0].id, "Cấp nhầm người").await.unwrap();
        assert_eq!(waits(&office, &officer).await, [], "what was revoked was issued once");
    }
}
