//! Seats that are promised: names later, until a day; divided by units, by rule and by hand, never more than there are.

use crate::seats::Hall;
use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::allotments::{Asked, Rule};
use domain::enrolments::Holder;
use domain::ids::OrganisationId;
use domain::inbox::Task;
use domain::interests::Wish;
use domain::organisations::OrganisationKind;
use domain::runs::Answers;
use operations::allotments::{self, AllotCommand, DivideCommand, Share};
use operations::interests::{self, NoteCommand};
use operations::notices::{self, Letter};
use operations::{Failure, Outcome, doctor, enrolments, inbox, runs, testing};

const UNTIL: &str = "2019-06-20";

fn refusals<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<(String, Refusal)> {
    match outcome.unwrap_err() {
        Failure::Refused(faults) => faults.0.into_iter().map(|fault| (fault.field, fault.refusal)).collect(),
        failure => panic!("{failure}"),
    }
}

async fn divide(hall: &Hall, unit: usize, shares: &[(usize, Option<i64>, i64)]) -> Outcome<domain::ids::RunId> {
    let shares = shares
        .iter()
        .map(|(coop, seen, seats)| Share { organisation: hall.coops[*coop].0, seen: *seen, seats: *seats })
        .collect();
    let command = DivideCommand { allotment: hall.allotment(hall.unit(unit)).await, shares, reason: "Chia lại".into() };
    allotments::divide(&hall.office, &hall.officers[unit], &command).await
}

async fn waits(hall: &Hall, actor: &domain::accounts::Actor) -> Vec<(Task, i64)> {
    let found = inbox::inbox(&hall.office, actor).await.unwrap().groups;
    found.iter().map(|group| (group.task, group.things[0].amount)).collect()
}

operations::both! {
    // peers.md §4.1, 11: an allotment blocks its unused part only; a seat in use is not counted twice; after its day it returns.
    async fn promised_seats_are_kept_until_their_day_and_then_return_by_themselves(database) {
        let hall = Hall::build(database, 3).await;
        assert_eq!(hall.allot(vec![hall.line(hall.coop(0), None, 2, UNTIL)]).await.unwrap(), 1);
        assert_eq!(hall.seats().await, (0, 2, 0, 1));
        let others = hall.people(1, 3).await;
        assert_eq!(refusals(hall.enrol(1, &others[..2]).await), [(String::new(), Refusal::Full { left: 1, asked: 2 })]);
        hall.enrol(1, &others[..1]).await.unwrap();
        assert_eq!(refusals(hall.enrol(1, &others[1..2]).await), [(String::new(), Refusal::Full { left: 0, asked: 1 })]);
        let own = hall.people(0, 3).await;
        let choice = enrolments::choice(&hall.office, &hall.coops[0].1, hall.run, hall.coops[0].0).await.unwrap();
        assert_eq!(choice.seats_left, 2);
        hall.enrol(0, &own[..1]).await.unwrap();
        assert_eq!(hall.seats().await, (2, 1, 0, 0));
        // Until the end of its day, and not one instant longer; nothing has to run for that.
        hall.clock.set("2019-06-20 23:59");
        assert!(hall.enrol(1, &others[1..2]).await.is_err());
        hall.clock.set("2019-06-21 00:00");
        assert_eq!(hall.seats().await, (2, 0, 0, 1));
        hall.enrol(1, &others[1..2]).await.unwrap();
        assert_eq!(hall.seats().await, (3, 0, 0, 0));
        assert!(hall.enrol(0, &own[1..2]).await.is_err(), "what has returned is everybody's");
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn what_is_not_named_returns_and_the_waiting_list_moves(database) {
        let hall = Hall::build(database, 2).await;
        hall.allot(vec![hall.line(hall.coop(0), None, 2, UNTIL)]).await.unwrap();
        let own = hall.people(0, 1).await;
        hall.enrol(0, &own).await.unwrap();
        let wait = hall.people(2, 2).await;
        assert_eq!(hall.join(2, &wait).await.queued.len(), 2);
        assert_eq!(operations::waiting::move_on(&hall.office).await.unwrap(), 0, "nothing is free");
        hall.clock.set("2019-06-21 00:00");
        assert_eq!(operations::waiting::move_on(&hall.office).await.unwrap(), 1);
        assert_eq!(operations::waiting::move_on(&hall.office).await.unwrap(), 0);
        assert_eq!(hall.queue().await, [(wait[0], true), (wait[1], false)]);
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    // peers.md §4.1, 10: the tightest of several limits wins, none is not 0, and runs do not share seats.
    async fn never_more_than_the_seats_and_0_is_not_no_limit(database) {
        let hall = Hall::build(database, 5).await;
        hall.fill(3, 1).await;
        let table = vec![hall.line(hall.unit(0), None, 3, UNTIL), hall.line(hall.coop(2), None, 2, UNTIL)];
        assert_eq!(refusals(hall.allot(table).await), [(String::new(), Refusal::NotSoManySeats { left: 4, asked: 5 })]);
        assert_eq!(hall.seats().await, (1, 0, 0, 4), "all lines or none");
        let table = vec![hall.line(hall.unit(0), None, 3, UNTIL), hall.line(hall.coop(2), None, 0, UNTIL)];
        assert_eq!(hall.allot(table).await.unwrap(), 1, "0 seats are no allotment");
        assert_eq!(hall.seats().await, (1, 3, 0, 1));
        // Another run has its own seats, promises and limits.
        let other = testing::published_run(&hall.office, &hall.planner, "ENT-4", 1, "2019-08-02").await;
        let shown = runs::show(&hall.office, None, other).await.unwrap();
        assert_eq!((shown.run.promised, shown.run.seats().left()), (0, 1));

        allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(2)).await.unwrap();
        assert_eq!(
            refusals(allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(0)).await),
            [("limit".to_owned(), Refusal::NotANumber { least: 1, most: 1000 })]
        );
        let people = hall.people(0, 3).await;
        assert_eq!(refusals(hall.enrol(0, &people).await), [(String::new(), Refusal::OrganisationLimit { limit: 2, taken: 0 })]);
        hall.enrol(0, &people[..2]).await.unwrap();
        assert_eq!(refusals(hall.enrol(0, &people[2..]).await), [(String::new(), Refusal::OrganisationLimit { limit: 2, taken: 2 })]);
        allotments::set_limit(&hall.office, &hall.planner, hall.run, None).await.unwrap();
        hall.enrol(0, &people[2..]).await.unwrap();
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn a_table_is_adjusted_by_hand_within_what_is_named(database) {
        let hall = Hall::build(database, 6).await;
        let until = "2019-06-20";
        hall.allot(vec![hall.line(hall.coop(0), None, 3, until), hall.line(hall.unit(1), None, 2, until)]).await.unwrap();
        let people = hall.people(0, 2).await;
        hall.enrol(0, &people).await.unwrap();
        let one = |seen, seats, until: &str| vec![hall.line(hall.coop(0), seen, seats, until)];
        assert!(hall.allot(one(None, 2, until)).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(refusals(hall.allot(one(Some(1), 1, until)).await), [("lines.0.seats".to_owned(), Refusal::AllotmentBelowNamed { named: 2 })]);
        assert_eq!(refusals(hall.allot(one(Some(1), 2, "2019-06-11")).await), [("lines.0.until".to_owned(), Refusal::DayInThePast)]);
        let deadline = "2019-07-01".parse().unwrap();
        assert_eq!(
            refusals(hall.allot(one(Some(1), 2, "2019-07-02")).await),
            [("lines.0.until".to_owned(), Refusal::DeadlinePassed { deadline })]
        );
        let twice = vec![hall.line(hall.coop(1), None, 1, until), hall.line(hall.coop(1), None, 1, until)];
        assert_eq!(refusals(hall.allot(twice).await), [("lines.1.holder".to_owned(), Refusal::PromisedTwice)]);
        let nobody = Holder::Organisation(OrganisationId(hall.office.id()));
        assert_eq!(
            refusals(hall.allot(vec![hall.line(nobody, None, 1, until)]).await),
            [("lines.0.holder".to_owned(), Refusal::UnknownOrganisation)]
        );
        let body = testing::organisation(&hall.office, OrganisationKind::StateBody, "UBND xã", hall.units[0]).await;
        assert_eq!(
            refusals(hall.allot(vec![hall.line(Holder::Organisation(body), None, 1, until)]).await),
            [("lines.0.holder".to_owned(), Refusal::WrongAudience)]
        );
        assert_eq!(hall.allot(one(Some(1), 2, "2019-06-25")).await.unwrap(), 1);
        assert_eq!(hall.allot(one(Some(2), 2, "2019-06-25")).await.unwrap(), 0, "the same again is nothing");
        // Taken back it ends with a reason; who was named keeps the place.
        let back = AllotCommand { run: hall.run, lines: one(Some(2), 0, until), reason: " ".into() };
        assert_eq!(
            refusals(allotments::allot(&hall.office, &hall.planner, &back).await),
            [("reason".to_owned(), Refusal::ReasonMissing)]
        );
        hall.allot(one(Some(2), 0, until)).await.unwrap();
        assert_eq!(hall.seats().await, (2, 2, 0, 2));
        let table = allotments::table(&hall.office, &hall.planner, hall.run).await.unwrap();
        assert_eq!((table.lines.len(), table.ended.len(), table.ended[0].end_reason.as_deref()), (1, 1, Some("Đổi kế hoạch")));
        assert_eq!(hall.allot(one(None, 1, until)).await.unwrap(), 1, "promised again it is another allotment");
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn a_unit_officer_divides_what_the_unit_was_promised(database) {
        let hall = Hall::build(database, 5).await;
        hall.allot(vec![hall.line(hall.unit(0), None, 3, UNTIL)]).await.unwrap();
        assert_eq!(waits(&hall, &hall.officers[0]).await, [(Task::DivideSeats, 3)]);
        assert_eq!(
            refusals(divide(&hall, 0, &[(0, None, 2), (1, None, 2)]).await),
            [(String::new(), Refusal::NotSoManySeats { left: 3, asked: 4 })]
        );
        assert_eq!(refusals(divide(&hall, 0, &[(2, None, 1)]).await), [("shares.0.seats".to_owned(), Refusal::OfAnotherUnit)]);
        divide(&hall, 0, &[(0, None, 2)]).await.unwrap();
        assert_eq!(waits(&hall, &hall.officers[0]).await, [(Task::DivideSeats, 1)]);
        assert_eq!(waits(&hall, &hall.coops[0].1).await, [(Task::NameSeats, 2)]);
        assert_eq!(hall.seats().await, (0, 3, 0, 2));
        // Its own share first, then the rest of the unit, then what is everybody's.
        let own = hall.people(0, 5).await;
        hall.enrol(0, &own[..3]).await.unwrap();
        assert_eq!(hall.seats().await, (3, 0, 0, 2));
        let shares = allotments::shares(&hall.office, &hall.officers[0], hall.allotment(hall.unit(0)).await, "").await.unwrap();
        assert_eq!((shares.whole.rest, shares.shares.len(), shares.shares[0].allotment.named), (0, 1, 2));
        assert_eq!(shares.others.iter().map(|(other, _)| other.id).collect::<Vec<_>>(), [hall.coops[1].0]);
        assert_eq!(refusals(divide(&hall, 0, &[(0, Some(1), 1)]).await), [("shares.0.seats".to_owned(), Refusal::AllotmentBelowNamed { named: 2 })]);
        // A share that is given back is the unit's again, but for its names.
        let share = shares.shares[0].allotment.id;
        allotments::give_back(&hall.office, &hall.coops[0].1, share, "Thôi").await.unwrap();
        assert!(allotments::give_back(&hall.office, &hall.coops[0].1, share, "Thôi").await.unwrap_err().is(&Refusal::AllotmentEnded));
        assert_eq!(
            refusals(divide(&hall, 0, &[(1, None, 1)]).await),
            [(String::new(), Refusal::NotSoManySeats { left: 0, asked: 1 })],
            "its three seats have names"
        );
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn promises_lie_in_the_scope_of_who_plans_and_who_holds_them(database) {
        let hall = Hall::build(database, 5).await;
        hall.allot(vec![hall.line(hall.unit(0), None, 2, UNTIL), hall.line(hall.coop(2), None, 1, UNTIL)]).await.unwrap();
        let (whole, own) = (hall.allotment(hall.unit(0)).await, hall.allotment(hall.coop(2)).await);
        let manager = testing::actor(&hall.office, "lanh.dao", Role::Manager, Scope::Unit(hall.units[0])).await;
        let trainer = testing::actor(&hall.office, "giang.vien", Role::Trainer, Scope::Unit(testing::unit(&hall.office, "38").await)).await;
        let strangers = [&hall.officers[1], &hall.coops[0].1, &hall.coops[3].1, &manager, &trainer];
        for actor in strangers {
            assert!(allotments::table(&hall.office, actor, hall.run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(allotments::shares(&hall.office, actor, whole, "").await.unwrap_err().is(&Refusal::NotFound));
            assert!(allotments::give_back(&hall.office, actor, whole, "x").await.unwrap_err().is(&Refusal::NotFound));
            let command = AllotCommand { run: hall.run, lines: vec![], reason: String::new() };
            assert!(allotments::allot(&hall.office, actor, &command).await.unwrap_err().is(&Refusal::NotFound));
            let command = DivideCommand { allotment: whole, shares: vec![], reason: String::new() };
            assert!(allotments::divide(&hall.office, actor, &command).await.unwrap_err().is(&Refusal::NotFound));
            assert!(allotments::set_limit(&hall.office, actor, hall.run, Some(1)).await.unwrap_err().is(&Refusal::NotFound));
            let asked = Asked { rule: Rule::EachUnit, seats: 1, until: UNTIL.parse().unwrap() };
            assert!(allotments::propose(&hall.office, actor, hall.run, &asked).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(allotments::shares(&hall.office, &hall.officers[0], own, "").await.unwrap_err().is(&Refusal::NotFound), "no unit's");
        let run = runs::show(&hall.office, None, hall.run).await.unwrap().run;
        let seen = async |actor| {
            let own = allotments::own(&hall.office, actor, &run).await.unwrap();
            own.into_iter().map(|one| (one.allotment.id, one.rest, one.divides)).collect::<Vec<_>>()
        };
        assert_eq!(seen(&hall.officers[0]).await, [(whole, 2, true)]);
        assert_eq!(seen(&hall.officers[1]).await, [(own, 1, false)]);
        assert_eq!(seen(&hall.coops[2].1).await, [(own, 1, false)]);
        assert_eq!(seen(&hall.coops[0].1).await, []);
        let (one, _) = allotments::one(&hall.office, &hall.coops[2].1, own).await.unwrap();
        assert_eq!((one.holder_name().as_str(), one.seats), ("HTX số 2", 1));
        assert!(allotments::one(&hall.office, &hall.coops[3].1, own).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn a_rule_proposes_and_promises_nothing(database) {
        let hall = Hall::build(database, 6).await;
        let year = testing::programme_year(&hall.office, 2019).await;
        let ask = async |rule, seats| {
            let asked = Asked { rule, seats, until: UNTIL.parse().unwrap() };
            allotments::propose(&hall.office, &hall.planner, hall.run, &asked).await.unwrap()
        };
        let units = ask(Rule::EachUnit, 1).await;
        assert!(units.lines.iter().any(|line| line.holder == hall.unit(0)) && units.sum > units.seats, "{} {}", units.sum, units.seats);
        assert_eq!(units.sum, units.lines.len() as i64);

        testing::selected(&hall.office, &hall.planner, &year, hall.coops[1].0).await;
        let selected = ask(Rule::EachSelected, 2).await;
        assert_eq!(selected.lines.iter().map(|line| (line.holder, line.seats)).collect::<Vec<_>>(), [(hall.coop(1), 2)]);

        let course = runs::show(&hall.office, None, hall.run).await.unwrap().run.course_id;
        for (coop, people) in [(0, 5), (2, 1), (3, 9)] {
            let wish = Wish { people, months: Default::default(), note: String::new() };
            let command = NoteCommand { organisation: hall.coops[coop].0, course, seen: None, wish };
            interests::note(&hall.office, &hall.coops[coop].1, &command).await.unwrap();
            hall.clock.set(&format!("2019-06-12 09:0{coop}"));
        }
        let demand = ask(Rule::ByDemand, 4).await;
        let shares: Vec<_> = demand.lines.iter().map(|line| (line.holder, line.seats)).collect();
        assert_eq!(shares, [(hall.coop(0), 3), (hall.coop(2), 1), (hall.coop(3), 2)], "as far as six seats go, around");
        assert_eq!(hall.seats().await, (0, 0, 0, 6));
    }

    async fn holders_are_told_when_the_run_is_published(database) {
        let hall = Hall::build(database, 6).await;
        hall.email(hall.coops[0].1.person, "dai.dien@htx.example").await;
        hall.email(hall.officers[1].person, "huyen@ocop.example").await;
        let draft = testing::draft_run_in(&hall.office, &hall.planner, "ENT-4", 6, "2019-07-05", testing::unit(&hall.office, "38").await).await;
        let lines = vec![hall.line(hall.coop(0), None, 2, UNTIL), hall.line(hall.unit(1), None, 1, UNTIL)];
        let command = AllotCommand { run: draft, lines, reason: String::new() };
        allotments::allot(&hall.office, &hall.planner, &command).await.unwrap();
        assert_eq!(notices::due(&hall.office).await.unwrap().len(), 0, "nobody but its planners knows of a draft");
        let mut records = hall.office.database.read().await.unwrap();
        let whole = store::allotments::of_run(&mut records, draft).await.unwrap().into_iter().find(|one| one.unit_id.is_some()).unwrap().id;
        drop(records);
        assert!(allotments::shares(&hall.office, &hall.officers[1], whole, "").await.unwrap_err().is(&Refusal::NotFound));
        runs::publish(&hall.office, &hall.planner, draft, &Answers::default()).await.unwrap();
        let mut told = Vec::new();
        for id in notices::due(&hall.office).await.unwrap() {
            let (notice, letter) = notices::claim(&hall.office, id).await.unwrap().unwrap();
            if let Letter::SeatsPromised { holder, seats, .. } = letter {
                told.push((notice.recipient.to_string(), holder, seats));
            }
        }
        told.sort();
        assert_eq!(told, [
            ("dai.dien@htx.example".to_owned(), "HTX số 0".to_owned(), 2),
            ("huyen@ocop.example".to_owned(), "Huyện Mường Lát".to_owned(), 1),
        ]);
    }
}
