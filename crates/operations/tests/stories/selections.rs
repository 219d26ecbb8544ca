//! The province decides on forwarded products, and publishes.

use crate::province::{Province, ruling};
use domain::Refusal;
use domain::ids::RegistrationId;
use domain::organisations::OrganisationKind;
use domain::registrations::{State, Step};
use domain::selections::SelectionSort;
use operations::notices::{self, Letter};
use operations::selections::{self, DecideCommand, Wanted};
use operations::{doctor, testing};

operations::both! {
    async fn decisions_move_the_counter_and_become_public(database) {
        let p = Province::build(database, 4).await;
        p.accepted("1/DS").await;
        let counter = selections::table(&p.office, &p.officer, 2019, &Wanted::default()).await.unwrap().counter;
        assert_eq!((counter.open, counter.selected, counter.target, counter.least, counter.all()), (4, 0, 30, 30, 4));
        let id = p.decide(&p.forms[..2], "45/QĐ", "select").await.unwrap();
        assert_eq!(p.decide(&p.forms[2..3], "45/QĐ", "reject").await.unwrap(), id, "one decision, in two goes");
        assert_eq!(p.states().await, [State::Selected, State::Selected, State::NotSelected, State::Forwarded]);
        let table = selections::table(&p.office, &p.officer, 2019, &Wanted::default()).await.unwrap();
        assert_eq!((table.counter.open, table.counter.selected, table.counter.rejected), (1, 2, 1));
        assert_eq!((table.decisions[0].selected, table.decisions[0].rejected, table.decisions[0].events), (2, 1, 3));
        assert_eq!(table.rows[0].decision_number.as_deref(), Some("45/QĐ"));

        assert_eq!(selections::products(&p.office, None).await.unwrap().years, [] as [i64; 0]);
        assert!(selections::products(&p.office, Some(2019)).await.unwrap_err().is(&Refusal::NotFound));
        assert!(selections::publish(&p.office, &p.officer, id, 2).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        selections::publish(&p.office, &p.officer, id, 3).await.unwrap();
        assert!(selections::publish(&p.office, &p.officer, id, 3).await.unwrap_err().is(&Refusal::DecisionPublished));
        assert!(p.decide(&p.forms[3..], "45/QĐ", "select").await.unwrap_err().is(&Refusal::DecisionPublished));
        let public = selections::products(&p.office, None).await.unwrap();
        assert_eq!((public.year, public.years.as_slice()), (Some(2019), &[2019][..]));
        let shown: Vec<_> = public.products.iter().map(|one| (one.product_name.as_str(), one.organisation_name.as_str(), one.place(), one.number.as_str())).collect();
        assert_eq!(shown, [("Sản phẩm 0", "HTX số 0", "Huyện Thọ Xuân".to_owned(), "45/QĐ"), ("Sản phẩm 1", "HTX số 1", "Huyện Thọ Xuân".to_owned(), "45/QĐ")]);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn a_later_decision_puts_an_earlier_one_right(database) {
        let p = Province::build(database, 2).await;
        p.accepted("1/DS").await;
        let first = p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
        selections::publish(&p.office, &p.officer, first, 2).await.unwrap();
        let second = p.decide(&p.forms[..1], "2/QĐ", "reject").await.unwrap();
        let names = async || selections::products(&p.office, Some(2019)).await.unwrap().products.into_iter().map(|one| one.product_name).collect::<Vec<_>>();
        assert_eq!(names().await, ["Sản phẩm 0", "Sản phẩm 1"], "what is not published yet changes nothing in public");
        selections::publish(&p.office, &p.officer, second, 1).await.unwrap();
        assert_eq!(names().await, ["Sản phẩm 1"]);
        let mut records = p.office.database.read().await.unwrap();
        let history = store::registrations::history(&mut records, p.forms[0]).await.unwrap();
        let decided: Vec<_> = history.iter().filter(|event| event.decision_id.is_some()).map(|event| (event.step, event.decision_id)).collect();
        assert_eq!(decided, [(Step::Select, Some(first)), (Step::Reject, Some(second))], "both stay");
        let (_, outcomes) = selections::decision(&p.office, &p.officer, first).await.unwrap();
        assert_eq!(outcomes.iter().map(|one| one.later).collect::<Vec<_>>(), [1, 0]);
        drop(records);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn all_are_decided_on_or_none(database) {
        let p = Province::build(database, 3).await;
        p.accepted("1/DS").await;
        let seen = p.versions(&p.forms).await;
        p.decide(&p.forms[1..2], "1/QĐ", "reject").await.unwrap();
        let command = |products, form| DecideCommand { year: 2019, products, form };
        let old = selections::decide(&p.office, &p.officer, &command(seen.clone(), ruling("2/QĐ", "select"))).await.unwrap_err();
        assert!(old.is(&Refusal::ChangedMeanwhile));
        assert_eq!(p.states().await, [State::Forwarded, State::NotSelected, State::Forwarded]);
        let twice = p.decide(&p.forms[1..2], "2/QĐ", "reject").await.unwrap_err();
        assert!(twice.is(&Refusal::NotInThisState { state: State::NotSelected }));
        let nothing = selections::decide(&p.office, &p.officer, &command(vec![], ruling("2/QĐ", "select"))).await.unwrap_err();
        assert!(nothing.is(&Refusal::NothingChosen));
        let stranger = vec![(RegistrationId(p.office.id()), 1)];
        assert!(selections::decide(&p.office, &p.officer, &command(stranger, ruling("2/QĐ", "select"))).await.unwrap_err().is(&Refusal::NotFound));
        let mut other_day = ruling("1/QĐ", "select");
        other_day.decided_on = "11/06/2019".into();
        let refused = selections::decide(&p.office, &p.officer, &command(p.versions(&p.forms[..1]).await, other_day)).await.unwrap_err();
        assert!(refused.is(&Refusal::DecisionOfAnotherDay { day: p.office.today() }));
        let mut silent = ruling("1/QĐ", "reject");
        silent.reason = String::new();
        let refused = selections::decide(&p.office, &p.officer, &command(p.versions(&p.forms[..1]).await, silent)).await.unwrap_err();
        assert!(refused.is(&Refusal::ReasonMissing));
        let mut records = p.office.database.read().await.unwrap();
        assert_eq!(store::selections::decisions_of_year(&mut records, p.year.id).await.unwrap().len(), 1, "refused decisions leave nothing");
    }

    async fn a_list_is_accepted_before_its_products_are_decided_on(database) {
        let p = Province::build(database, 1).await;
        let list = p.forwarded("1/DS").await;
        assert!(p.decide(&p.forms, "1/QĐ", "select").await.unwrap_err().is(&Refusal::ListNotAccepted));
        operations::lists::accept(&p.office, &p.officer, p.seen(list).await).await.unwrap();
        p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
    }

    async fn the_table_is_narrowed_sorted_and_paged(database) {
        let p = Province::build(database, 1).await;
        let elsewhere = testing::unit(&p.office, "380").await;
        for n in 0..60 {
            let (kind, unit) = if n % 2 == 0 { (OrganisationKind::Household, p.unit) } else { (OrganisationKind::Enterprise, elsewhere) };
            let organisation = testing::organisation(&p.office, kind, &format!("Cơ sở {n:02}"), unit).await;
            testing::registration(&p.office, &p.officer, &p.year, organisation, &format!("Mật ong {n:02}"), State::Forwarded).await;
        }
        let mut work = p.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE registration SET score = 9100, group_id = (SELECT id FROM product_group WHERE decision = '490/QĐ-TTg' AND position = 1)
            WHERE product_name = 'Mật ong 07'").await;
        work.commit().await.unwrap();
        let ask = async |wanted: Wanted| selections::table(&p.office, &p.officer, 2019, &wanted).await.unwrap();
        let all = ask(Wanted::default()).await;
        assert_eq!((all.found, all.pages, all.rows.len(), all.units.len(), all.industries.len()), (60, 2, 50, 2, 6));
        assert_eq!(ask(Wanted { page: 2, ..Wanted::default() }).await.rows.len(), 10);
        assert_eq!(ask(Wanted { page: 9, ..Wanted::default() }).await.rows.len(), 0);
        let by_name = ask(Wanted { sort: SelectionSort::Product, reversed: true, ..Wanted::default() }).await;
        assert_eq!(by_name.rows[0].product_name, "Mật ong 59");
        let best = ask(Wanted { sort: SelectionSort::Score, ..Wanted::default() }).await;
        assert_eq!((best.rows[0].product_name.as_str(), best.rows[0].industry.as_deref()), ("Mật ong 07", Some("I. Thực phẩm")));
        let group = ask(Wanted { industry: Some("I. Thực phẩm".into()), ..Wanted::default() }).await;
        assert_eq!((group.found, group.rows[0].group_title()), (1, "I. Thực phẩm"));
        assert_eq!(ask(Wanted { kind: Some(OrganisationKind::Household), ..Wanted::default() }).await.found, 30);
        assert_eq!(ask(Wanted { unit: Some(elsewhere), ..Wanted::default() }).await.found, 30);
        assert_eq!(ask(Wanted { text: "mat ong 1".into(), ..Wanted::default() }).await.found, 10);
        assert_eq!(ask(Wanted { text: "50%".into(), ..Wanted::default() }).await.found, 0);
        assert_eq!(ask(Wanted { state: Some(State::Selected), ..Wanted::default() }).await.found, 0);
        for sort in SelectionSort::ALL {
            for reversed in [false, true] {
                assert_eq!(ask(Wanted { sort: *sort, reversed, ..Wanted::default() }).await.rows.len(), 50, "{sort}");
            }
        }
        let wanted = Wanted { unit: Some(elsewhere), ..Wanted::default() };
        assert_eq!(selections::whole_table(&p.office, &p.officer, 2019, &wanted).await.unwrap().len(), 30);
        assert!(selections::table(&p.office, &p.officer, 2018, &wanted).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn representatives_are_told_once_by_what_holds(database) {
        let p = Province::build(database, 2).await;
        p.email(&p.strangers[3], "htx@example.vn").await;
        p.accepted("1/DS").await;
        let first = p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
        let second = p.decide(&p.forms[..1], "2/QĐ", "reject").await.unwrap();
        selections::publish(&p.office, &p.officer, second, 1).await.unwrap();
        let due = notices::due(&p.office).await.unwrap();
        selections::publish(&p.office, &p.officer, first, 2).await.unwrap();
        assert_eq!(notices::due(&p.office).await.unwrap(), due, "the later decision, published before, holds for the one whose representative reads mail");
        let (notice, letter) = notices::claim(&p.office, due[0]).await.unwrap().unwrap();
        let Letter::ProductsDecided { number, year, products, .. } = letter else { panic!("{letter:?}") };
        assert_eq!((due.len(), notice.recipient.as_str(), number.as_str(), year), (1, "htx@example.vn", "2/QĐ", 2019));
        assert_eq!(products.iter().map(|one| (one.is_selected, one.reason.as_str())).collect::<Vec<_>>(), [(false, "Chưa rõ thị trường")]);
    }

    async fn only_the_province_selects(database) {
        let p = Province::build(database, 1).await;
        p.accepted("1/DS").await;
        let id = p.decide(&p.forms, "1/QĐ", "select").await.unwrap();
        let command = DecideCommand { year: 2019, products: p.versions(&p.forms).await, form: ruling("2/QĐ", "reject") };
        for stranger in p.strangers.iter().chain([&p.district, &p.manager]) {
            let refusals = [
                selections::table(&p.office, stranger, 2019, &Wanted::default()).await.err(),
                selections::whole_table(&p.office, stranger, 2019, &Wanted::default()).await.err(),
                selections::latest_year(&p.office, stranger).await.err(),
                selections::decide(&p.office, stranger, &command).await.err(),
                selections::decision(&p.office, stranger, id).await.err(),
                selections::publish(&p.office, stranger, id, 1).await.err(),
            ];
            assert!(refusals.into_iter().all(|refusal| refusal.unwrap().is(&Refusal::NotFound)));
        }
    }
}
