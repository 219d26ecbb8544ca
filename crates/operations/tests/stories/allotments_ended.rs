//! How promised seats end: as long as their unit's, given back or taken back, and who is told.

use domain::allotments::Ending;
use domain::enrolments::Holder;
use domain::ids::{AllotmentId, RunId};
use operations::allotments::{self, DivideCommand, Share};
use operations::notices::Letter;
use operations::{Outcome, doctor};

use crate::seats::Hall;

const UNTIL: &str = "2019-06-20";

async fn divide(hall: &Hall, unit: usize, shares: &[(usize, Option<i64>, i64)]) -> Outcome<RunId> {
    let shares = shares.iter().map(|(coop, seen, seats)| Share { organisation: hall.coops[*coop].0, seen: *seen, seats: *seats });
    let allotment = hall.allotment(hall.unit(unit)).await;
    let command = DivideCommand { allotment, shares: shares.collect(), reason: "Chia lại".into() };
    allotments::divide(&hall.office, &hall.officers[unit], &command).await
}

/// How an allotment ended.
async fn ended(hall: &Hall, id: AllotmentId) -> Option<Ending> {
    let mut records = hall.office.database.read().await.unwrap();
    store::allotments::find(&mut records, id).await.unwrap().unwrap().ended_how
}

/// Who was told that seats were taken back, and which.
async fn told(hall: &Hall) -> Vec<(String, Vec<(String, i64)>)> {
    let letters = hall.letters().await.into_iter();
    letters
        .filter_map(|(to, letter)| {
            if let Letter::SeatsTakenBack { mut promises, .. } = letter {
                promises.sort();
                Some((to, promises))
            } else {
                None
            }
        })
        .collect()
}

/// Everybody who holds seats reads mail: `htx.N` and `huyen.N`.
async fn with_addresses(hall: &Hall) {
    for (n, (_, acts)) in hall.coops.iter().enumerate() {
        hall.email(acts.person, &format!("htx.{n}@ocop.example")).await;
    }
    for (n, officer) in hall.officers.iter().enumerate() {
        hall.email(officer.person, &format!("huyen.{n}@ocop.example")).await;
    }
}

operations::both! {
    async fn a_share_is_prolonged_and_shortened_with_the_seats_of_its_unit(database) {
        let hall = Hall::build(database, 4).await;
        hall.allot(vec![hall.line(hall.unit(0), None, 3, UNTIL)]).await.unwrap();
        divide(&hall, 0, &[(0, None, 2)]).await.unwrap();
        let share = hall.allotment(Holder::Organisation(hall.coops[0].0)).await;
        hall.email(hall.coops[0].1.person, "htx.0@ocop.example").await;
        let until = async || {
            let mut records = hall.office.database.read().await.unwrap();
            store::allotments::find(&mut records, share).await.unwrap().unwrap().until_day.to_string()
        };
        hall.allot(vec![hall.line(hall.unit(0), Some(1), 3, "2019-06-25")]).await.unwrap();
        assert_eq!(until().await, "2019-06-25");
        let told: Vec<_> = hall.letters().await.into_iter().filter_map(|(to, letter)| match letter {
            Letter::SeatsPromised { seats, until, .. } => Some((to, seats, until.to_string())),
            _ => None,
        }).collect();
        assert_eq!(told, [("htx.0@ocop.example".to_owned(), 2, "2019-06-25".to_owned())], "who has a share is told");
        hall.clock.set("2019-06-21 08:00");
        assert_eq!(operations::waiting::move_on(&hall.office).await.unwrap(), 0);
        assert_eq!((hall.seats().await, ended(&hall, share).await), ((0, 3, 0, 1), None));
        let others = hall.people(2, 2).await;
        assert!(hall.enrol(2, &others).await.is_err(), "they are kept for the cooperative still");
        hall.enrol(0, &hall.people(0, 2).await).await.unwrap();
        assert_eq!(hall.seats().await, (2, 1, 0, 1));
        hall.allot(vec![hall.line(hall.unit(0), Some(2), 3, "2019-06-21")]).await.unwrap();
        assert_eq!(until().await, "2019-06-21");
        hall.clock.set("2019-06-22 00:00");
        assert_eq!(hall.seats().await, (2, 0, 0, 2));
        operations::waiting::move_on(&hall.office).await.unwrap();
        assert_eq!(ended(&hall, share).await, Some(Ending::Expired));
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn who_speaks_for_the_holder_gives_back_and_everybody_else_takes_back(database) {
        let hall = Hall::build(database, 8).await;
        with_addresses(&hall).await;
        let taken = |to: &str, promises: &[(&str, i64)]| {
            (to.to_owned(), promises.iter().map(|(holder, seats)| ((*holder).to_owned(), *seats)).collect::<Vec<_>>())
        };
        // Of what one cooperative was promised: by its representative, by the officer of its unit, by who planned it.
        for (actor, how, letters) in [
            (&hall.coops[2].1, Ending::Returned, vec![]),
            (&hall.officers[1], Ending::Withdrawn, vec![taken("htx.2@ocop.example", &[("HTX số 2", 1)])]),
            (&hall.planner, Ending::Withdrawn, vec![taken("htx.2@ocop.example", &[("HTX số 2", 1)])]),
        ] {
            hall.allot(vec![hall.line(hall.coop(2), None, 1, UNTIL)]).await.unwrap();
            let own = hall.allotment(hall.coop(2)).await;
            allotments::give_back(&hall.office, actor, own, "Đổi kế hoạch").await.unwrap();
            assert_eq!((ended(&hall, own).await, told(&hall).await), (Some(how), letters));
        }
        // Of what a unit was promised, with a share of it: the officer gives the whole back, and takes the share from who had it.
        for (actor, how, officer_is_told) in [(&hall.officers[0], Ending::Returned, false), (&hall.planner, Ending::Withdrawn, true)] {
            hall.allot(vec![hall.line(hall.unit(0), None, 3, UNTIL)]).await.unwrap();
            divide(&hall, 0, &[(0, None, 2)]).await.unwrap();
            let (whole, share) = (hall.allotment(hall.unit(0)).await, hall.allotment(hall.coop(0)).await);
            allotments::give_back(&hall.office, actor, whole, "Đổi kế hoạch").await.unwrap();
            assert_eq!((ended(&hall, whole).await, ended(&hall, share).await), (Some(how), Some(Ending::Withdrawn)));
            let mut expected = vec![taken("htx.0@ocop.example", &[("HTX số 0", 2)])];
            expected.extend(officer_is_told.then(|| taken("huyen.0@ocop.example", &[("Huyện Thọ Xuân", 3)])));
            assert_eq!(told(&hall).await, expected);
        }
        // Of a share: its cooperative gives it back to the unit, the officer who divides takes it back.
        hall.allot(vec![hall.line(hall.unit(0), None, 3, UNTIL)]).await.unwrap();
        for (actor, how, letters) in [(&hall.coops[0].1, Ending::Returned, 0), (&hall.officers[0], Ending::Withdrawn, 1)] {
            divide(&hall, 0, &[(0, None, 1)]).await.unwrap();
            let share = hall.allotment(hall.coop(0)).await;
            allotments::give_back(&hall.office, actor, share, "Thôi").await.unwrap();
            assert_eq!((ended(&hall, share).await, told(&hall).await.len()), (Some(how), letters));
        }
        assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
    }

    async fn one_deed_that_takes_back_is_one_letter(database) {
        let hall = Hall::build(database, 8).await;
        with_addresses(&hall).await;
        hall.allot(vec![hall.line(hall.unit(0), None, 3, UNTIL), hall.line(hall.coop(0), None, 1, UNTIL)]).await.unwrap();
        divide(&hall, 0, &[(0, None, 1), (1, None, 2)]).await.unwrap();
        divide(&hall, 0, &[(1, Some(1), 0)]).await.unwrap();
        assert_eq!(told(&hall).await, [("htx.1@ocop.example".to_owned(), vec![("HTX số 1".to_owned(), 2)])]);
        hall.allot(vec![hall.line(hall.unit(0), Some(1), 0, UNTIL), hall.line(hall.coop(0), Some(1), 0, UNTIL)]).await.unwrap();
        assert_eq!(told(&hall).await, [
            ("htx.0@ocop.example".to_owned(), vec![("HTX số 0".to_owned(), 1), ("HTX số 0".to_owned(), 1)]),
            ("huyen.0@ocop.example".to_owned(), vec![("Huyện Thọ Xuân".to_owned(), 3)]),
        ]);
        assert_eq!(hall.seats().await, (0, 0, 0, 8));
    }
}
