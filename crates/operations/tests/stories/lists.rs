//! A unit draws up a list of forms, freezes and forwards it; the province accepts or returns it.

use crate::province::{Province, signed};
use domain::Refusal;
use domain::lists::{Hindrance, ListState, SignForm};
use domain::registrations::{State, Step};
use operations::lists::{self, BeginCommand, Change, Seen};
use operations::notices::{self, Letter};
use operations::{doctor, testing};

operations::both! {
    async fn from_ready_forms_to_the_province(database) {
        let p = Province::build(database, 3).await;
        let waiting = testing::registration(&p.office, &p.district, &p.year, p.organisations[0], "Rượu", State::Complete).await;
        let prospect = lists::prospect(&p.office, &p.district, p.unit, 2019).await.unwrap();
        let ready: Vec<_> = prospect.candidates.iter().filter(|form| form.hindrance().is_none()).map(|form| form.id).collect();
        assert_eq!(ready, p.forms);
        let not_ready = prospect.candidates.iter().find(|form| form.id == waiting).unwrap();
        assert_eq!(not_ready.hindrance(), Some(Hindrance::NotEvaluated));
        let units = lists::units(&p.office, &p.district).await.unwrap();
        assert_eq!((units.len(), units[0].unit_id, units[0].year, units[0].ready, units[0].forms), (1, p.unit, 2019, 3, 4));

        let id = lists::begin(&p.office, &p.district, &BeginCommand { unit: p.unit, year: 2019, forms: p.forms[..2].to_vec() }).await.unwrap();
        let seen = p.seen(id).await;
        lists::compose(&p.office, &p.district, seen, &Change::Add(vec![p.forms[2]])).await.unwrap();
        let old = lists::compose(&p.office, &p.district, seen, &Change::Remove(p.forms[0])).await.unwrap_err();
        assert!(old.is(&Refusal::ChangedMeanwhile), "the page was older than the list");
        lists::compose(&p.office, &p.district, p.seen(id).await, &Change::Up(p.forms[2])).await.unwrap();
        lists::compose(&p.office, &p.district, p.seen(id).await, &Change::Down(p.forms[1])).await.unwrap();
        lists::compose(&p.office, &p.district, p.seen(id).await, &Change::Up(p.forms[0])).await.unwrap();
        assert_eq!(p.order(id).await, [p.forms[0], p.forms[2], p.forms[1]]);

        lists::freeze(&p.office, &p.district, p.seen(id).await, &signed("12/DS-UBND")).await.unwrap();
        assert_eq!(p.states().await, [State::Listed; 3]);
        let again = lists::compose(&p.office, &p.district, p.seen(id).await, &Change::Remove(p.forms[0])).await.unwrap_err();
        assert!(again.is(&Refusal::ListFrozen));
        assert!(lists::freeze(&p.office, &p.district, p.seen(id).await, &signed("13")).await.unwrap_err().is(&Refusal::ListFrozen));
        let (number, pdf) = lists::paper(&p.office, &p.district, id).await.unwrap();
        assert_eq!(number, "12/DS-UBND");
        assert!(pdf.starts_with(b"%PDF"));

        lists::forward(&p.office, &p.district, p.seen(id).await).await.unwrap();
        assert_eq!(p.states().await, [State::Forwarded; 3]);
        assert!(lists::forward(&p.office, &p.district, p.seen(id).await).await.unwrap_err().is(&Refusal::ListNotWaiting));
        assert!(lists::discard(&p.office, &p.district, p.seen(id).await).await.unwrap_err().is(&Refusal::ListForwarded));
        assert!(lists::accept(&p.office, &p.district, p.seen(id).await).await.unwrap_err().is(&Refusal::NotFound));
        lists::accept(&p.office, &p.officer, p.seen(id).await).await.unwrap();
        assert!(lists::accept(&p.office, &p.officer, p.seen(id).await).await.unwrap_err().is(&Refusal::ListNotWaiting));
        let late = lists::send_back(&p.office, &p.officer, p.seen(id).await, "Thiếu").await.unwrap_err();
        assert!(late.is(&Refusal::ListNotWaiting));
        let mut records = p.office.database.read().await.unwrap();
        let history = store::registrations::history(&mut records, p.forms[1]).await.unwrap();
        let with_list: Vec<_> = history.iter().filter(|event| event.list_id == Some(id)).map(|event| event.step).collect();
        assert_eq!(with_list, [Step::List, Step::Forward]);
        drop(records);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn what_was_frozen_never_changes(database) {
        let p = Province::build(database, 2).await;
        let id = p.frozen("1/DS").await;
        let before = lists::show(&p.office, &p.district, id).await.unwrap();
        let paper = before.printed.clone().unwrap();
        assert_eq!(paper.issuer, "Ủy ban nhân dân huyện Thọ Xuân");
        assert_eq!(paper.forms.iter().map(|form| form.product.as_str()).collect::<Vec<_>>(), ["Sản phẩm 0", "Sản phẩm 1"]);
        let mut work = p.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE registration SET product_name = 'Khác', score = 1; UPDATE organisation SET name = 'HTX Khác'").await;
        work.commit().await.unwrap();
        let after = lists::show(&p.office, &p.district, id).await.unwrap();
        assert_eq!(after.printed, Some(paper));
        assert_eq!(after.list.printed_hash, before.list.printed_hash);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn a_returned_list_is_replaced_by_a_new_one(database) {
        let p = Province::build(database, 3).await;
        let id = p.forwarded("1/DS").await;
        for empty in ["", " \n "] {
            assert!(lists::send_back(&p.office, &p.officer, p.seen(id).await, empty).await.unwrap_err().is(&Refusal::ReasonMissing));
        }
        lists::send_back(&p.office, &p.officer, p.seen(id).await, "Thiếu chữ ký").await.unwrap();
        assert_eq!(p.states().await, [State::Evaluated; 3]);
        let returned = lists::show(&p.office, &p.district, id).await.unwrap();
        assert_eq!((returned.list.state(), returned.may.replace), (ListState::Returned, true));
        assert_eq!(returned.list.return_reason.as_deref(), Some("Thiếu chữ ký"));

        // One form went back to its organisation meanwhile.
        p.send_back(p.forms[1]).await;
        let new = lists::replace(&p.office, &p.district, p.seen(id).await).await.unwrap();
        assert_eq!(p.order(new).await, [p.forms[0], p.forms[2]]);
        assert!(lists::replace(&p.office, &p.district, p.seen(id).await).await.unwrap_err().is(&Refusal::AlreadyExists));
        let shown = lists::show(&p.office, &p.district, new).await.unwrap();
        assert_eq!(shown.list.replaces_id, Some(id));
        assert_eq!(shown.candidates.iter().map(|form| form.hindrance()).collect::<Vec<_>>(), [Some(Hindrance::WithOrganisation)]);
        // A replacement that is given up leaves room for another.
        lists::discard(&p.office, &p.district, p.seen(new).await).await.unwrap();
        let newer = lists::replace(&p.office, &p.district, p.seen(id).await).await.unwrap();
        let taken = lists::freeze(&p.office, &p.district, p.seen(newer).await, &signed("1/DS")).await.unwrap_err();
        assert!(taken.is(&Refusal::AlreadyExists), "the returned list keeps its number");
        lists::freeze(&p.office, &p.district, p.seen(newer).await, &signed("2/DS")).await.unwrap();
        lists::forward(&p.office, &p.district, p.seen(newer).await).await.unwrap();
        assert_eq!(p.states().await, [State::Forwarded, State::Returned, State::Forwarded]);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn a_frozen_list_that_is_given_up_frees_its_forms_and_its_number(database) {
        let p = Province::build(database, 2).await;
        let id = p.frozen("1/DS").await;
        lists::discard(&p.office, &p.district, p.seen(id).await).await.unwrap();
        assert_eq!(p.states().await, [State::Evaluated; 2]);
        assert!(lists::discard(&p.office, &p.district, p.seen(id).await).await.is_err());
        assert!(lists::forward(&p.office, &p.district, p.seen(id).await).await.is_err());
        let next = p.frozen("1/DS").await;
        assert_ne!(next, id);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn only_what_is_ready_and_free_is_listed(database) {
        let p = Province::build(database, 2).await;
        let begin = |forms: Vec<_>| BeginCommand { unit: p.unit, year: 2019, forms };
        lists::begin(&p.office, &p.district, &begin(vec![p.forms[0]])).await.unwrap();
        let taken = lists::begin(&p.office, &p.district, &begin(vec![p.forms[0]])).await.unwrap_err();
        assert!(taken.is(&Refusal::InAnotherList));
        let submitted = testing::registration(&p.office, &p.district, &p.year, p.organisations[0], "Rượu", State::Submitted).await;
        let early = lists::begin(&p.office, &p.district, &begin(vec![submitted])).await.unwrap_err();
        assert!(early.is(&Refusal::NotInThisState { state: State::Submitted }));
        let mut work = p.office.database.begin().await.unwrap();
        store::registrations::set_result(&mut work, p.forms[1], Some(false), None).await.unwrap();
        work.commit().await.unwrap();
        assert!(lists::begin(&p.office, &p.district, &begin(vec![p.forms[1]])).await.unwrap_err().is(&Refusal::NotFeasible));
        let unknown = domain::ids::RegistrationId(p.office.id());
        assert!(lists::begin(&p.office, &p.district, &begin(vec![unknown])).await.unwrap_err().is(&Refusal::NotFound));
        let empty = lists::begin(&p.office, &p.district, &begin(vec![])).await.unwrap();
        assert!(lists::freeze(&p.office, &p.district, p.seen(empty).await, &signed("1")).await.unwrap_err().is(&Refusal::EmptyList));
        // Opinions may change while the list is being drawn up: freezing asks again.
        let list = lists::begin(&p.office, &p.district, &begin(vec![])).await.unwrap();
        let mut work = p.office.database.begin().await.unwrap();
        store::registrations::set_result(&mut work, p.forms[1], Some(true), None).await.unwrap();
        work.commit().await.unwrap();
        lists::compose(&p.office, &p.district, p.seen(list).await, &Change::Add(vec![p.forms[1]])).await.unwrap();
        let mut work = p.office.database.begin().await.unwrap();
        store::registrations::set_result(&mut work, p.forms[1], Some(false), None).await.unwrap();
        work.commit().await.unwrap();
        assert!(lists::freeze(&p.office, &p.district, p.seen(list).await, &signed("1")).await.unwrap_err().is(&Refusal::NotFeasible));
        let strange = SignForm { number: "1 🌾".into(), ..signed("1") };
        store_feasible(&p).await;
        let refused = lists::freeze(&p.office, &p.district, p.seen(list).await, &strange).await.unwrap_err();
        assert!(refused.is(&Refusal::NotPrintable { text: "1 🌾".into() }), "{refused:?}");
        assert_eq!(p.states().await, [State::Evaluated; 2], "nothing was kept");
    }

    async fn others_find_nothing(database) {
        let p = Province::build(database, 1).await;
        let id = p.forwarded("1/DS").await;
        let begin = BeginCommand { unit: p.unit, year: 2019, forms: vec![] };
        for stranger in &p.strangers {
            let seen = p.seen(id).await;
            let refusals = [
                lists::show(&p.office, stranger, id).await.err(),
                lists::paper(&p.office, stranger, id).await.err(),
                lists::prospect(&p.office, stranger, p.unit, 2019).await.err(),
                lists::begin(&p.office, stranger, &begin).await.err(),
                lists::compose(&p.office, stranger, seen, &Change::Add(vec![])).await.err(),
                lists::freeze(&p.office, stranger, seen, &signed("1")).await.err(),
                lists::forward(&p.office, stranger, seen).await.err(),
                lists::discard(&p.office, stranger, seen).await.err(),
                lists::accept(&p.office, stranger, seen).await.err(),
                lists::send_back(&p.office, stranger, seen, "x").await.err(),
                lists::replace(&p.office, stranger, seen).await.err(),
            ];
            for (n, refusal) in refusals.into_iter().enumerate() {
                assert!(refusal.unwrap_or_else(|| panic!("{n}")).is(&Refusal::NotFound), "{n}");
            }
        }
        // A manager of the unit sees, and does nothing.
        assert!(lists::show(&p.office, &p.manager, id).await.is_ok());
        assert_eq!(lists::list(&p.office, &p.manager, None).await.unwrap().lists.len(), 1);
        assert!(lists::accept(&p.office, &p.manager, p.seen(id).await).await.unwrap_err().is(&Refusal::NotFound));
        let elsewhere = lists::list(&p.office, &p.strangers[0], None).await.unwrap();
        assert_eq!(elsewhere.lists, []);
        let nobody = Seen { id: domain::ids::ForwardingListId(p.office.id()), version: 1 };
        assert!(lists::accept(&p.office, &p.officer, nobody).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn letters_go_to_the_province_and_come_back_to_who_forwarded(database) {
        let p = Province::build(database, 1).await;
        p.email(&p.officer, "tinh@example.vn").await;
        p.email(&p.district, "huyen@example.vn").await;
        let id = p.forwarded("1/DS").await;
        lists::send_back(&p.office, &p.officer, p.seen(id).await, "Thiếu chữ ký").await.unwrap();
        let mut letters = Vec::new();
        for due in notices::due(&p.office).await.unwrap() {
            let (notice, letter) = notices::claim(&p.office, due).await.unwrap().unwrap();
            letters.push((notice.recipient.to_string(), letter));
        }
        letters.sort_by(|a, b| a.0.cmp(&b.0));
        let [(back, Letter::ListReturned { reason, .. }), (there, Letter::ListForwarded { list })] = &letters[..] else { panic!("{letters:?}") };
        assert_eq!((back.as_str(), there.as_str(), reason.as_str()), ("huyen@example.vn", "tinh@example.vn", "Thiếu chữ ký"));
        assert_eq!((list.number.as_str(), list.unit.as_str(), list.forms), ("1/DS", "Huyện Thọ Xuân", 1));
    }

    async fn the_province_sees_what_waits_first(database) {
        let p = Province::build(database, 3).await;
        let begin = |n: usize| BeginCommand { unit: p.unit, year: 2019, forms: vec![p.forms[n]] };
        let mut ids = Vec::new();
        for n in 0..3 {
            p.clock.set(&format!("2019-06-13 08:0{n}"));
            ids.push(lists::begin(&p.office, &p.district, &begin(n)).await.unwrap());
        }
        for (n, number) in [(1, "b"), (0, "a")] {
            p.clock.set(&format!("2019-06-13 09:0{}", 1 - n));
            lists::freeze(&p.office, &p.district, p.seen(ids[n]).await, &signed(number)).await.unwrap();
            lists::forward(&p.office, &p.district, p.seen(ids[n]).await).await.unwrap();
        }
        let seen: Vec<_> = lists::list(&p.office, &p.officer, None).await.unwrap().lists.iter().map(|list| list.id).collect();
        assert_eq!(seen, [ids[1], ids[0], ids[2]], "the longest waiting first, then the rest");
    }

    async fn lists_are_narrowed_by_year(database) {
        let p = Province::build(database, 1).await;
        let before = p.frozen("1/DS").await;
        for year in [2020, 2018] {
            testing::programme_year(&p.office, year).await;
        }
        p.clock.set("2019-06-13 08:00");
        let next = lists::begin(&p.office, &p.district, &BeginCommand { unit: p.unit, year: 2020, forms: vec![] }).await.unwrap();
        let found = async |actor, year| {
            lists::list(&p.office, actor, year).await.unwrap().lists.into_iter().map(|list| list.id).collect::<Vec<_>>()
        };
        for actor in [&p.officer, &p.district, &p.manager] {
            assert_eq!(found(actor, None).await, [next, before]);
            assert_eq!(found(actor, Some(2019)).await, [before]);
            assert_eq!(found(actor, Some(2020)).await, [next]);
            assert_eq!(found(actor, Some(2018)).await, []);
        }
        assert_eq!(found(&p.strangers[0], Some(2019)).await, []);
        assert_eq!(lists::list(&p.office, &p.officer, None).await.unwrap().years, [2019, 2020, 2018], "the present year first");
        p.clock.set("2020-01-02 08:00");
        assert_eq!(lists::list(&p.office, &p.officer, None).await.unwrap().years, [2020, 2019, 2018]);
    }
}

async fn store_feasible(p: &Province) {
    let mut work = p.office.database.begin().await.unwrap();
    store::registrations::set_result(&mut work, p.forms[1], Some(true), None).await.unwrap();
    work.commit().await.unwrap();
}
