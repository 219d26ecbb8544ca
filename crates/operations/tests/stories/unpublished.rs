//! A decision that is being prepared is known to who selects products alone: to everybody else a form stands where it
//! stood, wherever it is shown.

use crate::province::Province;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::inbox::Task;
use domain::registrations::spreadsheet::Row;
use domain::registrations::{RegistrationKind, State, Step};
use domain::selections::Knowledge;
use operations::inbox::inbox;
use operations::programmes::board;
use operations::registrations::{self, Fate, Wanted};
use operations::{lists, notices, organisations, selections, testing};

/// Where the first form stands for somebody in everything that tells it: its page, the lists by every state, the history of
/// the organisation, the list it went with and the board of the year, as far as they see these; with the days since when
/// it stands there, and the numbers of the decisions that are named.
async fn told(p: &Province, actor: &Actor) -> (State, Vec<String>) {
    let (office, form) = (&p.office, p.forms[0]);
    let shown = registrations::show(office, actor, form).await.unwrap();
    let state = shown.registration.state;
    assert_eq!(shown.history.last().unwrap().state, state, "{}", actor.name);
    let mut records = office.database.read().await.unwrap();
    assert_eq!(store::registrations::known_state(&mut records, form, Knowledge::of(actor)).await.unwrap(), state, "one rule");
    drop(records);
    for asked in State::ALL {
        let wanted = Wanted { state: Some(*asked), text: "Sản phẩm 0".into(), ..Wanted::default() };
        let lines = registrations::list(office, actor, &wanted).await.unwrap().lines;
        let found: Vec<_> = lines.iter().map(|line| (line.id, line.state, line.state_at)).collect();
        let expected = (form, state, shown.registration.state_at);
        assert_eq!(found, if *asked == state { vec![expected] } else { vec![] }, "{} asks for {asked}", actor.name);
    }
    let history = organisations::show(office, actor, p.organisations[0]).await.unwrap().history;
    let passed = &history[0].1.forms[0];
    assert_eq!((passed.form.state, passed.form.state_at), (state, shown.registration.state_at), "{}", actor.name);
    let mut numbers: Vec<String> = shown.history.iter().filter_map(|event| event.decision_number.clone()).collect();
    assert_eq!(passed.decisions.iter().map(|decision| decision.number.clone()).collect::<Vec<_>>(), numbers, "{}", actor.name);
    numbers.dedup();
    if let Ok(found) = lists::list(office, actor, None).await {
        let list = lists::show(office, actor, found.lists[0].id).await.unwrap();
        assert_eq!(list.forms[0].state, state, "{}", actor.name);
        let counts = board(office, actor, 2019, None).await.unwrap();
        assert_eq!((counts.total.of(state), counts.rows[0].counts.of(state)), (1, 1), "{}", actor.name);
    }
    (state, numbers)
}

operations::both! {
    async fn until_it_is_published_only_who_selects_knows_a_decision(database) {
        let p = Province::build(database, 1).await;
        let representative = &p.strangers[3];
        p.email(representative, "htx@example.vn").await;
        let looks_on = testing::actor(&p.office, "lanh.dao.tinh", Role::Manager, Scope::Unit(testing::unit(&p.office, "38").await)).await;
        let outside = [representative, &p.district, &p.manager, &looks_on];
        p.accepted("1/DS").await;
        assert_eq!(notices::due(&p.office).await.unwrap(), []);
        p.clock.set("2019-06-13 08:00");
        let first = p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
        assert_eq!(told(&p, &p.officer).await, (State::Selected, vec!["1/QĐ".to_owned()]));
        for actor in outside {
            assert_eq!(told(&p, actor).await, (State::Forwarded, vec![]), "{}", actor.name);
        }
        assert_eq!(notices::due(&p.office).await.unwrap(), [], "letters go out when it is published");
        let shown = registrations::show(&p.office, representative, p.forms[0]).await.unwrap();
        assert!(shown.judged.is_none(), "opinions are told with the decision");

        p.clock.set("2019-06-14 08:00");
        selections::publish(&p.office, &p.officer, first, 1).await.unwrap();
        for actor in outside.into_iter().chain([&p.officer]) {
            assert_eq!(told(&p, actor).await, (State::Selected, vec!["1/QĐ".to_owned()]), "{}", actor.name);
        }
        assert_eq!(notices::due(&p.office).await.unwrap().len(), 1);
        assert!(registrations::show(&p.office, representative, p.forms[0]).await.unwrap().judged.is_some());

        // What is being prepared against it takes nothing away yet.
        let second = p.decide(&p.forms, "2/QĐ", "reject").await.unwrap();
        assert_eq!(told(&p, &p.officer).await, (State::NotSelected, vec!["1/QĐ".to_owned(), "2/QĐ".to_owned()]));
        for actor in outside {
            assert_eq!(told(&p, actor).await, (State::Selected, vec!["1/QĐ".to_owned()]), "{}", actor.name);
        }
        selections::publish(&p.office, &p.officer, second, 1).await.unwrap();
        for actor in outside {
            assert_eq!(told(&p, actor).await.0, State::NotSelected, "{}", actor.name);
        }
    }

    async fn no_refusal_tells_a_decision(database) {
        let p = Province::build(database, 1).await;
        let (representative, form) = (&p.strangers[3], p.forms[0]);
        p.accepted("1/DS").await;
        let seen = p.versions(&p.forms).await[0].1;
        let begun = lists::BeginCommand { unit: p.unit, year: 2019, forms: vec![form] };
        let refusals = async || {
            let office = &p.office;
            let opinion = domain::registrations::EvaluationForm { is_feasible: "yes".into(), remark: String::new(), points: vec!["9".into(), "8".into()] };
            let back = registrations::ReturnCommand { id: form, version: seen, reason: String::new(), due_on: office.today(), remarks: vec![("phone".into(), "Sai".into())] };
            let save = registrations::SaveCommand { id: form, version: seen, fields: vec![], typed: vec![], product: None };
            let file = registrations::NewFile { item: domain::registrations::DossierItem::ALL[0], name: "a.pdf".into(), bytes: b"%PDF-1.7 ...".to_vec() };
            [
                registrations::withdraw(office, representative, form, seen, "Nhầm").await.err(),
                registrations::submit(office, representative, (form, seen), None).await.err(),
                registrations::save(office, representative, &save).await.err(),
                registrations::attach(office, representative, form, file).await.err(),
                registrations::send_back(office, &p.district, &back).await.err(),
                registrations::complete(office, &p.district, form, seen).await.err(),
                registrations::evaluate(office, &p.district, (form, seen), &opinion).await.err(),
                registrations::receive_item(office, &p.district, form, (domain::registrations::DossierItem::ALL[0], true)).await.err(),
                lists::begin(office, &p.district, &begun).await.err(),
            ]
        };
        let stands = async |state: State| {
            for refusal in refusals().await {
                let refusal = refusal.unwrap();
                assert!(refusal.is(&Refusal::NotInThisState { state }), "{state}: {refusal:?}");
            }
            let cells = [("product_name".to_owned(), "Sản phẩm 0".to_owned())].into();
            let rows = [Row { number: 4, cells }];
            let review = registrations::preview(&p.office, representative, 2019, RegistrationKind::Existing, &rows).await.unwrap();
            assert_eq!(review.rows[0].fate, Some(Fate::Known(form, state)));
        };
        stands(State::Forwarded).await;
        let decision = p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
        stands(State::Forwarded).await;
        selections::publish(&p.office, &p.officer, decision, 1).await.unwrap();
        stands(State::Selected).await;
        let mut records = p.office.database.read().await.unwrap();
        assert_eq!(store::registrations::history(&mut records, form).await.unwrap().last().unwrap().step, Step::Select);
    }

    async fn classes_of_the_selected_wait_once_the_selection_is_published(database) {
        let p = Province::build(database, 1).await;
        let representative = &p.strangers[3];
        p.accepted("1/DS").await;
        testing::requirement(&p.office, &p.officer, "ENT-4", "2019-12-31").await;
        let run = testing::published_run(&p.office, &p.officer, "ENT-4", 40, "2019-07-02").await;
        testing::narrowed(&p.office, run, 2019).await;
        let waits = async || inbox(&p.office, representative).await.unwrap().groups.into_iter().map(|group| group.task).collect::<Vec<_>>();
        let first = p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
        assert_eq!(waits().await, []);
        selections::publish(&p.office, &p.officer, first, 1).await.unwrap();
        assert_eq!(waits().await, [Task::EnrolPeople]);
        let second = p.decide(&p.forms, "2/QĐ", "reject").await.unwrap();
        assert_eq!(waits().await, [Task::EnrolPeople], "what is being prepared takes nothing away");
        selections::publish(&p.office, &p.officer, second, 1).await.unwrap();
        assert_eq!(waits().await, []);
    }
}
