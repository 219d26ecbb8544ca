//! Two officers at once. First the control: the same load goes wrong where the state is trusted that was read before the
//! form was held. Without it, the stories below it would prove nothing.

use std::sync::Arc;

use crate::province::{Province, ruling, signed};
use domain::Refusal;
use domain::ids::ForwardingListId;
use domain::lists::{ListState, check_ready};
use domain::registrations::State;
use operations::lists::{self, BeginCommand, Change};
use operations::selections::{self, DecideCommand};
use operations::{Outcome, doctor};
use store::Database;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const OFFICERS: usize = 8;

/// One evaluated form that stands in many lists being drawn up: `add` does not let that happen.
async fn one_form_in_many_lists(database: Database) -> (Arc<Province>, Vec<ForwardingListId>) {
    let p = Province::build(database, 1).await;
    let mut ids = Vec::new();
    for _ in 0..OFFICERS {
        let command = BeginCommand { unit: p.unit, year: 2019, forms: vec![] };
        ids.push(lists::begin(&p.office, &p.district, &command).await.unwrap());
    }
    let mut work = p.office.database.begin().await.unwrap();
    for id in &ids {
        store::forwarding::add_form(&mut work, *id, p.forms[0]).await.unwrap();
    }
    work.commit().await.unwrap();
    (Arc::new(p), ids)
}

/// Everybody at once: each waits until all are there.
async fn rush<T: Send + 'static, F: Future<Output = T> + Send + 'static>(deeds: Vec<F>) -> Vec<T> {
    let start = Arc::new(Barrier::new(deeds.len()));
    let mut tasks = JoinSet::new();
    for deed in deeds {
        let start = start.clone();
        tasks.spawn(async move {
            start.wait().await;
            deed.await
        });
    }
    tasks.join_all().await
}

/// How many frozen lists hold the form.
async fn frozen(p: &Province, ids: &[ForwardingListId]) -> usize {
    let mut records = p.office.database.read().await.unwrap();
    let mut count = 0;
    for id in ids {
        count += usize::from(store::forwarding::find(&mut records, *id).await.unwrap().unwrap().state() == ListState::Frozen);
    }
    count
}

/// What not to do: the form is asked for its state, and only then a unit of work begins that trusts the answer.
async fn freeze_on_an_old_look(p: Arc<Province>, id: ForwardingListId, looked: Arc<Barrier>) -> bool {
    let mut records = p.office.database.read().await.unwrap();
    let form = store::registrations::find(&mut records, p.forms[0]).await.unwrap().unwrap();
    let list = store::forwarding::find(&mut records, id).await.unwrap().unwrap();
    drop(records);
    looked.wait().await;
    if check_ready(form.state, form.is_feasible).is_err() {
        return false;
    }
    let signed = signed(&id.to_string()).parse(p.office.today()).unwrap();
    let mut work = p.office.database.begin().await.unwrap();
    let kept =
        store::forwarding::freeze(&mut work, &list, &signed, ("{}", "x"), p.district.account, p.office.now()).await.unwrap();
    store::testing::raw(&mut work, "UPDATE registration SET state = 'listed'").await;
    work.commit().await.unwrap();
    kept
}

operations::both! {
    async fn on_an_old_look_one_form_comes_into_many_lists(database) {
        let (p, ids) = one_form_in_many_lists(database).await;
        let looked = Arc::new(Barrier::new(OFFICERS));
        let deeds = ids.iter().map(|id| freeze_on_an_old_look(p.clone(), *id, looked.clone())).collect();
        rush(deeds).await;
        assert!(frozen(&p, &ids).await > 1, "this load does not race, so the story below proves nothing");
        let findings = doctor::examine(&p.office).await.unwrap();
        assert!(findings.iter().any(|finding| finding.invariant == "form_in_two_lists"), "{findings:?}");
    }

    async fn of_many_who_freeze_lists_with_the_same_form_one_does(database) {
        let (p, ids) = one_form_in_many_lists(database).await;
        let mut deeds = Vec::new();
        for id in ids.clone() {
            let (p, seen) = (p.clone(), p.seen(id).await);
            deeds.push(async move { lists::freeze(&p.office, &p.district, seen, &signed(&id.to_string())).await });
        }
        let outcomes = rush(deeds).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        let listed = Refusal::NotInThisState { state: State::Listed };
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|failure| failure.is(&listed)), "{outcomes:?}");
        assert_eq!(frozen(&p, &ids).await, 1);
    }

    async fn of_many_who_take_one_form_into_their_lists_one_does(database) {
        let p = Arc::new(Province::build(database, 1).await);
        let mut deeds = Vec::new();
        for _ in 0..OFFICERS {
            let id = lists::begin(&p.office, &p.district, &BeginCommand { unit: p.unit, year: 2019, forms: vec![] }).await.unwrap();
            let (p, seen) = (p.clone(), p.seen(id).await);
            deeds.push(async move { lists::compose(&p.office, &p.district, seen, &Change::Add(vec![p.forms[0]])).await });
        }
        let outcomes = rush(deeds).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|failure| failure.is(&Refusal::InAnotherList)));
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn a_list_is_accepted_or_returned(database) {
        let p = Arc::new(Province::build(database, 3).await);
        let id = p.forwarded("1/DS").await;
        let seen = p.seen(id).await;
        // The control: each answer alone is possible to the list as both saw it.
        assert_eq!(lists::show(&p.office, &p.officer, id).await.unwrap().list.state(), ListState::Waiting);
        let mut deeds: Vec<std::pin::Pin<Box<dyn Future<Output = Outcome<bool>> + Send>>> = Vec::new();
        for n in 0..OFFICERS {
            let p = p.clone();
            deeds.push(Box::pin(async move {
                if n % 2 == 0 {
                    lists::accept(&p.office, &p.officer, seen).await.map(|()| true)
                } else {
                    lists::send_back(&p.office, &p.officer, seen, "Thiếu chữ ký").await.map(|()| false)
                }
            }));
        }
        let outcomes = rush(deeds).await;
        let won: Vec<bool> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok().copied()).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|failure| failure.is(&Refusal::ChangedMeanwhile)));
        let expected = if won[0] { State::Forwarded } else { State::Evaluated };
        assert_eq!(p.states().await, [expected; 3]);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn of_many_deciders_one_is_heard(database) {
        let p = Arc::new(Province::build(database, 3).await);
        p.accepted("1/DS").await;
        let products = p.versions(&p.forms).await;
        // The control: either choice alone is possible for the forms as everybody saw them.
        for step in [domain::registrations::Step::Select, domain::registrations::Step::Reject] {
            assert!(p.states().await.into_iter().all(|state| state.after(step).is_ok()));
        }
        let mut deeds = Vec::new();
        for n in 0..OFFICERS {
            let (p, mut products) = (p.clone(), products.clone());
            products.rotate_left(n % 3);
            // Half of them write into one decision, the others into one each.
            let number = if n < OFFICERS / 2 { "1/QĐ".to_owned() } else { format!("{n}/QĐ") };
            let form = ruling(&number, ["select", "reject"][n % 2]);
            deeds.push(async move { selections::decide(&p.office, &p.officer, &DecideCommand { year: 2019, products, form }).await });
        }
        let outcomes = rush(deeds).await;
        let won: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "{outcomes:?}");
        assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|failure| failure.is(&Refusal::ChangedMeanwhile)));
        let states = p.states().await;
        assert!(states.iter().all(|state| *state == states[0] && state.is_final()), "{states:?}");
        let mut records = p.office.database.read().await.unwrap();
        let decisions = store::selections::decisions_of_year(&mut records, p.year.id).await.unwrap();
        assert_eq!(decisions.iter().map(|decision| (decision.id, decision.events)).collect::<Vec<_>>(), [(*won[0], 3)]);
        drop(records);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }
}
