//! Where waiting ends without a place: who may not come is not asked, offers end with enrolment, and everybody is told.

use domain::Refusal;
use domain::ids::{PersonId, RunId};
use domain::inbox::Task;
use domain::requests::{Approval, Ruling};
use domain::time::show_instant;
use domain::waiting::{Answer, Departure};
use domain::walk_ins::WalkInForm;
use operations::notices::Letter;
use operations::requests::{self, DecideCommand};
use operations::waiting::{self, Standing};
use operations::walk_ins::{self, Found, NoteCommand};
use operations::{allotments, doctor, inbox, runs, testing};

use crate::seats::Hall;

/// The offers that are over, as letters tell it: to whom, whether nobody answered, whether one can join again.
fn over(letters: &[(String, Letter)]) -> Vec<(String, bool, bool)> {
    let over = |(to, letter): &'_ (String, Letter)| match letter {
        Letter::OfferOver { expired, again, .. } => Some((to.clone(), *expired, *again)),
        _ => None,
    };
    letters.iter().filter_map(over).collect()
}

/// Somebody is approved for the run, which gives places by approval.
async fn approve(hall: &Hall, coop: usize, person: PersonId) {
    let (organisation, acts) = &hall.coops[coop];
    let request = testing::requested(&hall.office, acts, *organisation, &[person], &[hall.run]).await[0];
    let command = DecideCommand { request, seen: 1, ruling: Ruling::Approve, reason: String::new() };
    requests::decide(&hall.office, &hall.planner, &command).await.unwrap();
}

/// When the offers on the list end, as its page shows it to the planner.
async fn shown_until(hall: &Hall) -> Vec<String> {
    let list = waiting::waiting(&hall.office, &hall.planner, hall.run).await.unwrap();
    list.lines.into_iter().filter(|line| line.is_offered).filter_map(|line| line.entry.expires_at).map(show_instant).collect()
}

async fn tasks(hall: &Hall, coop: usize) -> Vec<Task> {
    inbox::inbox(&hall.office, &hall.coops[coop].1).await.unwrap().groups.iter().map(|group| group.task).collect()
}

async fn healthy(hall: &Hall) {
    assert_eq!(doctor::examine(&hall.office).await.unwrap(), []);
}

/// Everything that has to do with offers fails in one run, whatever else is done there.
async fn break_offers(hall: &Hall, run: RunId) {
    let mut work = hall.office.database.begin().await.unwrap();
    let sql = match work {
        store::Work::Sqlite(_) => format!(
            "CREATE TRIGGER broken BEFORE INSERT ON offer WHEN EXISTS (SELECT 1 FROM waiting_entry w WHERE w.id = NEW.entry_id
             AND w.run_id = x'{}') BEGIN SELECT RAISE(ABORT, 'broken'); END",
            run.0.simple()
        ),
        store::Work::Postgres(_) => format!(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF EXISTS (SELECT 1 FROM waiting_entry w WHERE w.id = NEW.entry_id AND w.run_id = '{run}') THEN RAISE 'broken'; END IF;
             RETURN NEW; END $$; CREATE TRIGGER broken BEFORE INSERT ON offer FOR EACH ROW EXECUTE FUNCTION broken()"
        ),
    };
    store::testing::raw(&mut work, &sql).await;
    work.commit().await.unwrap();
}

operations::both! {
    // peers.md §4.1, 27; mod_booking #899: who waits without an approval is not asked once one is needed.
    async fn nobody_is_offered_a_seat_that_they_may_not_take(database) {
        let hall = Hall::build(database, 1).await;
        hall.fill(3, 1).await;
        let people = hall.people(0, 3).await;
        hall.join(0, &people).await;
        hall.change(|plan| plan.approval = Approval::Province).await.unwrap();
        approve(&hall, 0, people[1]).await;
        hall.resize(3).await.unwrap();
        assert_eq!(hall.queue().await, [(people[0], false), (people[1], true), (people[2], false)]);
        assert_eq!(hall.seats().await, (1, 0, 1, 1), "the other seat is held for nobody");
        assert_eq!(waiting::move_on(&hall.office).await.unwrap(), 0);
        let (_, offer) = hall.offers().await[0];
        waiting::answer_on_screen(&hall.office, &hall.coops[0].1, offer, true).await.unwrap();
        // Approved later, they have the seat that was left: nobody else may take it.
        approve(&hall, 0, people[2]).await;
        assert_eq!((hall.seats().await, hall.queue().await), ((3, 0, 0, 0), vec![(people[0], false)]));
        healthy(&hall).await;
    }

    async fn an_offer_that_may_not_be_taken_any_more_is_taken_back(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        let people = hall.people(0, 1).await;
        hall.email(people[0], "an@htx.example").await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        let link = hall.offer_letters().await[0].1.clone();
        hall.change(|plan| plan.approval = Approval::Province).await.unwrap();
        assert_eq!((hall.queue().await, hall.seats().await), (vec![(people[0], false)], (0, 0, 0, 1)));
        assert_eq!(over(&hall.letters().await), [("an@htx.example".to_owned(), false, true)]);
        let secret = link.strip_prefix("http://ocop.test/offers/").unwrap();
        let shown = waiting::offered(&hall.office, testing::CLIENT, secret).await.unwrap();
        assert_eq!(shown.standing, Standing::Answered(Answer::Withdrawn));
        // Once approved, the seat is theirs.
        approve(&hall, 0, people[0]).await;
        assert_eq!((hall.queue().await, hall.seats().await), (vec![], (1, 0, 0, 0)));
        healthy(&hall).await;
    }

    async fn no_offer_lives_on_in_the_class(database) {
        let hall = Hall::build(database, 2).await;
        hall.move_deadline("2019-07-02").await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 3).await;
        hall.join(0, &people[..2]).await;
        hall.clock.set("2019-07-02 06:00");
        hall.withdraw(seats[0]).await;
        assert_eq!(shown_until(&hall).await, ["02/07/2019 07:30"], "the class begins then, though one can enrol all day");
        let (_, offer) = hall.offers().await[0];
        hall.clock.set("2019-07-02 07:30");
        assert_eq!(hall.seats().await, (1, 0, 0, 1));
        assert!(waiting::answer_on_screen(&hall.office, &hall.coops[0].1, offer, true).await.unwrap_err().is(&Refusal::OfferExpired));
        hall.withdraw(seats[1]).await;
        assert_eq!((waiting::move_on(&hall.office).await.unwrap(), hall.offers().await), (0, vec![]));
        assert!(!waiting::waiting(&hall.office, &hall.planner, hall.run).await.unwrap().moves);
        // There is no use in waiting any more; who fits is enrolled.
        let late = waiting::join(&hall.office, &hall.coops[0].1, hall.command(0, &[people[0], people[2], hall.people(0, 1).await[0]])).await;
        assert!(late.unwrap_err().is(&Refusal::Full { left: 2, asked: 3 }));
        assert_eq!(hall.join(0, &people[1..]).await.receipt.enrolled.len(), 2);
        healthy(&hall).await;
    }

    // The one who came finds every seat that nobody sits on, swept or not.
    async fn what_was_kept_keeps_nobody_out_who_came_to_the_class(database) {
        let hall = Hall::build(database, 2).await;
        hall.move_deadline("2019-07-02").await;
        hall.allot(vec![hall.line(hall.coop(2), None, 1, "2019-07-02")]).await.unwrap();
        let seats = hall.fill(3, 1).await;
        let people = hall.people(0, 2).await;
        hall.join(0, &people[..1]).await;
        hall.clock.set("2019-07-02 07:00");
        hall.withdraw(seats[0]).await;
        assert_eq!(hall.seats().await, (0, 1, 1, 0));
        hall.clock.set("2019-07-02 07:35");
        let session = {
            let mut records = hall.office.database.read().await.unwrap();
            store::runs::sessions(&mut records, hall.run).await.unwrap()[0].id
        };
        for (nonce, person) in [("1", people[0]), ("2", people[1])] {
            let form = WalkInForm { full_name: "Lê Thị An".into(), ..WalkInForm::default() };
            let note = NoteCommand { session, entry: form.parse(hall.office.today()).unwrap(), nonce: nonce.into() };
            let walk_in = walk_ins::note(&hall.office, &hall.planner, &note).await.unwrap();
            let found = Found::Member(hall.coops[0].0, person);
            assert!(walk_ins::match_walk_in(&hall.office, &hall.planner, walk_in, found).await.unwrap().took_place, "{nonce}");
        }
        assert_eq!((hall.seats().await, hall.left().await), ((2, 0, 0, 0), vec![(people[0], Departure::Expired)]));
        healthy(&hall).await;
    }

    async fn a_deadline_that_is_moved_earlier_ends_what_is_open(database) {
        let hall = Hall::build(database, 3).await;
        hall.allot(vec![hall.line(hall.coop(2), None, 1, "2019-06-20")]).await.unwrap();
        let seats = hall.fill(3, 2).await;
        hall.email(hall.coops[0].1.person, "dai.dien@htx.example").await;
        hall.join(0, &hall.people(0, 1).await).await;
        hall.withdraw(seats[0]).await;
        assert_eq!((hall.seats().await, shown_until(&hall).await), ((1, 1, 1, 0), vec!["14/06/2019 08:00".to_owned()]));
        hall.move_deadline("2019-06-12").await;
        // The earlier end is what everybody sees.
        assert_eq!((hall.seats().await, shown_until(&hall).await), ((1, 1, 1, 0), vec!["13/06/2019 00:00".to_owned()]));
        let own = waiting::of_organisation(&hall.office, &hall.coops[0].1, hall.coops[0].0).await.unwrap();
        assert_eq!(own[0].expires_at.map(show_instant).as_deref(), Some("13/06/2019 00:00"));
        let secret = hall.offer_letters().await[0].1.rsplit('/').next().unwrap().to_owned();
        let shown = waiting::offered(&hall.office, testing::CLIENT, &secret).await.unwrap();
        assert_eq!((shown.standing, show_instant(shown.offer.expires_at)), (Standing::Open, "13/06/2019 00:00".to_owned()));
        let table = allotments::table(&hall.office, &hall.planner, hall.run).await.unwrap();
        assert_eq!(table.lines[0].allotment.until_day.to_string(), "2019-06-12");
        assert_eq!((tasks(&hall, 0).await, tasks(&hall, 2).await), (vec![Task::AnswerOffer], vec![Task::NameSeats]));

        // And from that instant on nothing is kept, whether or not anybody has written it down.
        hall.clock.set("2019-06-13 00:00");
        assert_eq!(hall.seats().await, (1, 0, 0, 2));
        let (_, offer) = hall.offers().await[0];
        assert!(waiting::answer_on_screen(&hall.office, &hall.coops[0].1, offer, true).await.unwrap_err().is(&Refusal::OfferExpired));
        assert!(waiting::new_code(&hall.office, &hall.coops[0].1, offer).await.unwrap_err().is(&Refusal::OfferExpired));
        assert_eq!(waiting::offered(&hall.office, testing::CLIENT, &secret).await.unwrap().standing, Standing::Expired);
        assert_eq!((tasks(&hall, 0).await, tasks(&hall, 2).await), (vec![], vec![]));
        assert_eq!(shown_until(&hall).await, Vec::<String>::new());
        assert_eq!(allotments::table(&hall.office, &hall.planner, hall.run).await.unwrap().lines.len(), 0);
        assert_eq!(waiting::move_on(&hall.office).await.unwrap(), 0);
        assert_eq!((hall.left().await.len(), hall.left().await[0].1), (1, Departure::Expired));
        assert_eq!(over(&hall.letters().await), [("dai.dien@htx.example".to_owned(), true, false)], "nobody can join again");
        healthy(&hall).await;
    }

    // What has run out does not come back by a later deadline, though nobody had written it down: its seats are counted once.
    async fn a_deadline_that_is_moved_later_brings_nothing_back(database) {
        let hall = Hall::build(database, 3).await;
        hall.allot(vec![hall.line(hall.coop(2), None, 1, "2019-06-20")]).await.unwrap();
        let seats = hall.fill(3, 2).await;
        hall.join(0, &hall.people(0, 1).await).await;
        hall.withdraw(seats[0]).await;
        hall.move_deadline("2019-06-12").await;
        hall.clock.set("2019-06-13 00:00");
        hall.change(|plan| (plan.enrolment_deadline, plan.capacity) = ("2019-07-01".parse().unwrap(), 1)).await.unwrap();
        assert_eq!((hall.seats().await, hall.queue().await), ((1, 0, 0, 0), vec![]));
        healthy(&hall).await;
        // Moved into the past, it ends everything at once.
        hall.resize(2).await.unwrap();
        hall.allot(vec![hall.line(hall.coop(2), None, 1, "2019-06-20")]).await.unwrap();
        hall.move_deadline("2019-06-12").await;
        let table = allotments::table(&hall.office, &hall.planner, hall.run).await.unwrap();
        assert_eq!((hall.seats().await, table.ended.len()), ((1, 0, 0, 1), 2));
        healthy(&hall).await;
    }

    async fn who_let_an_offer_run_out_is_told_and_may_join_again(database) {
        let hall = Hall::build(database, 1).await;
        let seats = hall.fill(3, 1).await;
        let people = hall.people(0, 2).await;
        hall.email(people[0], "an@htx.example").await;
        hall.email(hall.coops[0].1.person, "dai.dien@htx.example").await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        hall.letters().await;
        hall.clock.set("2019-06-14 08:00");
        waiting::move_on(&hall.office).await.unwrap();
        waiting::move_on(&hall.office).await.unwrap();
        assert_eq!(over(&hall.letters().await), [("an@htx.example".to_owned(), true, true)], "the one it was for, once");
        hall.clock.set("2019-06-16 08:00");
        waiting::move_on(&hall.office).await.unwrap();
        assert_eq!(over(&hall.letters().await), [("dai.dien@htx.example".to_owned(), true, true)], "else who acts for them");
    }

    async fn who_waits_for_a_run_that_is_called_off_is_told(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 3).await;
        hall.email(people[0], "an@htx.example").await;
        hall.email(hall.coops[0].1.person, "dai.dien@htx.example").await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        let link = hall.offer_letters().await[0].1.clone();
        hall.letters().await;
        runs::cancel(&hall.office, &hall.planner, hall.run, "Bão số 3").await.unwrap();
        let told: Vec<_> = hall.letters().await.into_iter().filter_map(|(to, letter)| match letter {
            Letter::WaitingCancelled { people, reason, .. } => Some((to, people.len(), reason)),
            _ => None,
        }).collect();
        let reason = "Bão số 3".to_owned();
        assert_eq!(told, [("an@htx.example".to_owned(), 1, reason.clone()), ("dai.dien@htx.example".to_owned(), 2, reason)]);
        assert_eq!(hall.left().await, people.iter().map(|person| (*person, Departure::Withdrawn)).collect::<Vec<_>>());
        let shown = waiting::offered(&hall.office, testing::CLIENT, link.rsplit('/').next().unwrap()).await.unwrap();
        assert_eq!(shown.standing, Standing::Answered(Answer::Withdrawn));
        assert_eq!((waiting::move_on(&hall.office).await.unwrap(), hall.letters().await.len()), (0, 0));
        healthy(&hall).await;
    }

    async fn a_run_that_cannot_be_moved_keeps_no_other_from_moving(database) {
        let mut hall = Hall::build(database, 1).await;
        let other = testing::published_run(&hall.office, &hall.planner, "ENT-4", 1, "2019-08-02").await;
        let (broken, whole) = (hall.run.min(other), hall.run.max(other));
        let mut seats = Vec::new();
        for run in [hall.run, other] {
            hall.run = run;
            seats.extend(hall.fill(3, 1).await);
            hall.join(0, &hall.people(0, 1).await).await;
        }
        let mut work = hall.office.database.begin().await.unwrap();
        for id in seats {
            assert!(store::enrolments::withdraw(&mut work, id, "x", hall.planner.account, hall.office.now()).await.unwrap());
        }
        work.commit().await.unwrap();
        break_offers(&hall, broken).await;
        assert!(matches!(waiting::move_on(&hall.office).await, Err(operations::Failure::Store(_))), "it is said");
        let mut offered = Vec::new();
        for run in [broken, whole] {
            hall.run = run;
            offered.push(hall.offers().await.len());
        }
        assert_eq!(offered, [0, 1], "the first failed, and the next moved all the same");
    }

    // A table that changes nothing still says what ran out, and the list moves into it: nothing else would find the seat.
    async fn a_table_without_a_change_moves_the_list_into_what_ran_out(database) {
        let hall = Hall::build(database, 1).await;
        hall.allot(vec![hall.line(hall.coop(0), None, 1, "2019-06-20")]).await.unwrap();
        let wait = hall.people(2, 1).await;
        hall.join(2, &wait).await;
        hall.clock.set("2019-06-21 00:00");
        assert_eq!(hall.allot(vec![]).await.unwrap(), 0);
        assert_eq!(hall.queue().await, [(wait[0], true)]);
        healthy(&hall).await;
    }

    async fn a_code_that_is_sent_twice_is_one_answer(database) {
        let hall = Hall::build(database, 2).await;
        let seats = hall.fill(3, 2).await;
        let people = hall.people(0, 2).await;
        hall.email(hall.coops[0].1.person, "dai.dien@htx.example").await;
        hall.join(0, &people).await;
        hall.withdraw(seats[0]).await;
        hall.withdraw(seats[1]).await;
        let codes: Vec<String> = hall.offer_letters().await.into_iter().map(|(_, _, code)| code).collect();
        let answer = async |code: &str, accepts| waiting::answer(&hall.office, testing::CLIENT, code, accepts).await;
        for (code, accepts) in [(&codes[0], true), (&codes[1], false)] {
            answer(code, accepts).await.unwrap();
            answer(code, accepts).await.unwrap();
            assert!(answer(code, !accepts).await.unwrap_err().is(&Refusal::OfferAnswered));
        }
        let before = hall.seats().await;
        assert_eq!(before, (1, 0, 0, 1));
        hall.clock.set("2019-06-12 08:59");
        answer(&codes[0], true).await.unwrap();
        hall.clock.set("2019-06-12 09:00");
        assert!(answer(&codes[0], true).await.unwrap_err().is(&Refusal::LinkNotValid), "an hour later it opens nothing");
        assert_eq!(hall.seats().await, before);
        healthy(&hall).await;
    }
}
