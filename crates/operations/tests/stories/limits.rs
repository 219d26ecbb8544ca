//! The most people of one organisation in a run: said before anything is confirmed, and the same on every path.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::enrolments::roster::{Field, Row};
use domain::walk_ins::WalkInForm;
use operations::enrolments::{self, Review, RowNote};
use operations::walk_ins::{self, Found, NoteCommand};
use operations::{allotments, testing};

use crate::seats::Hall;

/// A list of people with these names, as it would be looked through for the first cooperative.
async fn preview(hall: &Hall, names: &[&str]) -> Review {
    let row = |(n, name): (usize, &&str)| Row {
        sheet: String::new(),
        number: n + 2,
        cells: BTreeMap::from([(Field::FullName, (*name).to_owned()), (Field::Birth, "02/09/1985".to_owned())]),
    };
    let rows: Vec<Row> = names.iter().enumerate().map(row).collect();
    enrolments::preview(&hall.office, &hall.coops[0].1, hall.run, hall.coops[0].0, &rows).await.unwrap()
}

async fn left(hall: &Hall) -> i64 {
    enrolments::choice(&hall.office, &hall.coops[0].1, hall.run, hall.coops[0].0).await.unwrap().seats_left
}

operations::both! {
    async fn a_list_is_held_against_the_limit_before_it_is_confirmed(database) {
        let hall = Hall::build(database, 5).await;
        let three = ["Lê Thị Hoa", "Trần Văn Nam", "Phạm Thị Lan"];
        assert!(preview(&hall, &three).await.is_clean());
        allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(2)).await.unwrap();
        let review = preview(&hall, &three).await;
        assert_eq!((review.refusal, review.seats_left), (Some(Refusal::OrganisationLimit { limit: 2, taken: 0 }), 2));
        assert_eq!((preview(&hall, &three[..2]).await.refusal, left(&hall).await), (None, 2));
        let an = hall.person(0, "Lê Thị Hoa").await;
        hall.enrol(0, &[an]).await.unwrap();
        assert_eq!((preview(&hall, &three[..2]).await.refusal, left(&hall).await), (None, 1), "who has a place is not counted twice");
        assert_eq!(preview(&hall, &three).await.refusal, Some(Refusal::OrganisationLimit { limit: 2, taken: 1 }));
        hall.enrol(0, &[hall.person(0, "Trần Văn Nam").await]).await.unwrap();
        assert_eq!(left(&hall).await, 0);
        // The seats are tighter than the limit.
        hall.fill(3, 2).await;
        allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(5)).await.unwrap();
        assert_eq!((preview(&hall, &["Lê Thị Mai", "Lê Thị Hà"]).await.refusal, left(&hall).await), (Some(Refusal::Full { left: 1, asked: 2 }), 1));
    }

    async fn who_is_offered_a_seat_needs_no_other(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(1)).await.unwrap();
        let hoa = hall.person(0, "Lê Thị Hoa").await;
        hall.join(0, &[hoa]).await;
        hall.withdraw(seats[0]).await;
        let review = preview(&hall, &["Lê Thị Hoa"]).await;
        assert_eq!((review.rows[0].1, review.refusal.clone(), review.asked()), (Some(RowNote::Offered(hoa)), None, 0));
        assert_eq!(preview(&hall, &["Lê Thị Hoa", "Lê Thị Mai"]).await.refusal, Some(Refusal::OrganisationLimit { limit: 1, taken: 1 }));
        hall.enrol(0, &[hoa]).await.unwrap();
        assert_eq!(hall.seats().await, (1, 0, 0, 0));
    }

    async fn the_limit_holds_at_the_door(database) {
        let hall = Hall::build(database, 5).await;
        allotments::set_limit(&hall.office, &hall.planner, hall.run, Some(1)).await.unwrap();
        let people = hall.people(0, 2).await;
        hall.enrol(0, &people[..1]).await.unwrap();
        hall.clock.set("2019-07-02 08:00");
        let session = {
            let mut records = hall.office.database.read().await.unwrap();
            store::runs::sessions(&mut records, hall.run).await.unwrap()[0].id
        };
        let form = WalkInForm { full_name: "Lê Thị Bình".into(), ..WalkInForm::default() };
        let command = NoteCommand { session, entry: form.parse(hall.office.today()).unwrap(), nonce: "1".into() };
        let walk_in = walk_ins::note(&hall.office, &hall.planner, &command).await.unwrap();
        let matched = walk_ins::match_walk_in(&hall.office, &hall.planner, walk_in, Found::Member(hall.coops[0].0, people[1])).await;
        assert!(matched.unwrap_err().is(&Refusal::OrganisationLimit { limit: 1, taken: 1 }));
        // Of another organisation there is room.
        let other = testing::person(&hall.office, "Lê Thị Bình", Some(hall.coops[1].0)).await;
        let found = Found::Member(hall.coops[1].0, other);
        assert!(walk_ins::match_walk_in(&hall.office, &hall.planner, walk_in, found).await.unwrap().took_place);
    }
}
