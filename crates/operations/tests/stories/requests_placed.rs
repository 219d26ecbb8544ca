//! The board of a course: people are proposed, placed, and what was placed last is taken back.

use domain::Refusal;
use domain::attendance::MarkSource;
use domain::ids::{CourseId, PlacingId, RequestId, RunId};
use domain::organisations::OrganisationKind;
use domain::requests::{Approval, Distance, Level, Ruling, State, StepKind, Why};
use operations::requests::{self, Board, PlaceCommand};
use operations::{attendance, testing};

use crate::requests::{Scene, scene};

async fn course(s: &Scene) -> CourseId {
    store::runs::find(&mut s.office.database.read().await.unwrap(), s.runs[0]).await.unwrap().unwrap().course_id
}

async fn board(s: &Scene) -> Board {
    requests::board(&s.office, &s.province, course(s).await).await.unwrap()
}

/// What the board proposes, ready to be stored.
fn proposed(board: &Board) -> Vec<PlaceCommand> {
    let command = |person: &requests::Candidate| {
        let run = person.proposal?.run?;
        Some(PlaceCommand { request: person.request.id, seen: person.request.version, run })
    };
    board.people.iter().filter_map(command).collect()
}

async fn undo(s: &Scene, id: PlacingId) -> operations::Outcome<usize> {
    requests::undo(&s.office, &s.province, course(s).await, id).await
}

operations::both! {
    async fn people_are_placed_by_choice_distance_and_seats_and_taken_back(database) {
        let s = scene(database, 1, Approval::Province, false).await;
        let far = testing::unit(&s.office, "389").await;
        let other = testing::organisation(&s.office, OrganisationKind::Cooperative, "HTX Ngọc Lặc", far).await;
        let stranger = testing::person(&s.office, "Bùi Văn Ến", Some(other)).await;
        // The stranger asks first, for the class that is near the others.
        let far_one = testing::requested(&s.office, &s.province, other, &[stranger], &[s.runs[0], s.runs[1]]).await[0];
        let near: Vec<RequestId> = s.ask(&s.people[..3], &s.runs[..2]).await.unwrap().requests;
        for actor in [&s.district, &s.trainer, &s.representative] {
            assert!(requests::board(&s.office, actor, course(&s).await).await.unwrap_err().is(&Refusal::NotFound));
            assert!(requests::place(&s.office, actor, course(&s).await, &[]).await.unwrap_err().is(&Refusal::NotFound));
        }
        let shown = board(&s).await;
        assert_eq!(shown.runs.iter().map(|(run, free)| (run.id, *free)).collect::<Vec<_>>(), s.runs.iter().map(|run| (*run, 1)).collect::<Vec<_>>());
        let told: Vec<_> = shown.people.iter().map(|one| (one.request.id, one.choices[0].1, one.proposal.unwrap().why)).collect();
        let of = |id: RequestId| told.iter().find(|(known, ..)| *known == id).map(|(_, far, why)| (*far, *why)).unwrap();
        assert_eq!(of(far_one), (Distance::Far, Why::Full));
        let mut why: Vec<_> = near.iter().map(|id| of(*id)).collect();
        why.sort_by_key(|(_, why)| matches!(why, Why::Full));
        assert_eq!(why.iter().filter(|(far, _)| *far == Distance::Here).count(), 3);
        assert_eq!(told.iter().filter(|(.., why)| *why == Why::Full).count(), 2, "two seats for four people");

        let lines = requests::place(&s.office, &s.province, shown.course.id, &proposed(&shown)).await.unwrap();
        assert!(lines.len() == 2 && lines.iter().all(|line| line.outcome.is_ok()));
        assert_eq!((s.taken(s.runs[0]).await, s.taken(s.runs[1]).await), (1, 1));
        s.healthy().await;
        let last = board(&s).await.last.unwrap();
        assert_eq!(last.places, 2);
        assert!(undo(&s, PlacingId(uuid::Uuid::nil())).await.unwrap_err().is(&Refusal::NothingToUndo));
        assert_eq!(undo(&s, last.id).await.unwrap(), 2);
        assert!(undo(&s, last.id).await.unwrap_err().is(&Refusal::NothingToUndo));
        assert_eq!((s.taken(s.runs[0]).await, s.taken(s.runs[1]).await), (0, 0));
        assert_eq!(board(&s).await.people.len(), 4);
        assert!(board(&s).await.people.iter().all(|one| one.request.state == State::WaitingProvince));
        s.healthy().await;
    }

    async fn each_is_placed_by_itself_and_only_where_they_chose(database) {
        let s = scene(database, 1, Approval::UnitAndProvince, false).await;
        let ids = s.ask(&s.people[..3], &s.runs[..1]).await.unwrap().requests;
        let command = |n: usize, seen, run: RunId| PlaceCommand { request: ids[n], seen, run };
        let course = course(&s).await;
        assert!(requests::place(&s.office, &s.province, course, &[]).await.unwrap_err().is(&Refusal::NothingChosen));
        // The unit has not decided: nobody is placed past it.
        assert!(board(&s).await.people.iter().all(|one| one.proposal.is_none()));
        let line = requests::place(&s.office, &s.province, course, &[command(0, 1, s.runs[0])]).await.unwrap().remove(0);
        assert_eq!(line.outcome.unwrap_err().0[0].refusal, Refusal::RequestInState { state: State::WaitingUnit });
        for id in &ids {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        let chosen = [command(0, 2, s.runs[1]), command(0, 1, s.runs[0]), command(1, 2, s.runs[0]), command(2, 2, s.runs[0])];
        let outcomes: Vec<_> = requests::place(&s.office, &s.province, course, &chosen).await.unwrap().into_iter()
            .map(|line| line.outcome.map(|run| run.id).map_err(|faults| faults.0[0].refusal.clone())).collect();
        assert_eq!(outcomes, [
            Err(Refusal::RunNotChosen),
            Err(Refusal::ChangedMeanwhile),
            Ok(s.runs[0]),
            Err(Refusal::Full { left: 0, asked: 1 }),
        ]);
        assert_eq!(s.state(ids[2]).await, (State::WaitingProvince, None), "no seat: neither approved nor placed");
        s.healthy().await;
    }

    async fn what_was_attended_is_not_taken_back(database) {
        let s = scene(database, 5, Approval::Unit, false).await;
        // Approved without a seat each, then placed by the board once there are seats.
        let ids = s.ask(&s.people[..2], &s.runs[..1]).await.unwrap().requests;
        s.resize(1).await;
        for id in &ids {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        s.resize(5).await;
        let shown = board(&s).await;
        assert_eq!((shown.people.len(), proposed(&shown).len()), (1, 1));
        requests::place(&s.office, &s.province, shown.course.id, &proposed(&shown)).await.unwrap();
        let last = board(&s).await.last.unwrap();
        s.clock.set("2019-07-02 18:00");
        let mut records = s.office.database.read().await.unwrap();
        let session = store::runs::sessions(&mut records, s.runs[0]).await.unwrap()[0].id;
        drop(records);
        attendance::mark_everyone_present(&s.office, &s.district, session, MarkSource::Form).await.unwrap();
        assert!(undo(&s, last.id).await.unwrap_err().is(&Refusal::AlreadyAttended));
        assert_eq!(s.state(ids[1]).await.0, State::Placed, "all or nothing");
        s.withdraw(ids[1]).await.unwrap();
        assert_eq!(s.state(ids[1]).await.0, State::Withdrawn, "who came can leave all the same");
        s.healthy().await;
    }

    /// What was undone stands where it stood: approved before the placing, waiting at the old number.
    async fn undoing_restores_the_approval_and_the_place_in_the_queue(database) {
        let s = scene(database, 1, Approval::UnitAndProvince, false).await;
        let ids = s.ask(&s.people[..3], &s.runs[..1]).await.unwrap().requests;
        // The second can go elsewhere, too, which is full as well.
        let other = s.one(3, &s.runs[1..2]).await;
        s.change(ids[1], &s.runs[..2]).await.unwrap();
        for id in [other, ids[0], ids[1], ids[2]] {
            s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
            s.decide(&s.province, id, Ruling::Approve, "").await.unwrap();
        }
        let numbers = async || [s.entry(s.runs[0], 1).await, s.entry(s.runs[0], 2).await].map(|entry| entry.map(|entry| entry.number));
        assert_eq!(numbers().await, [Some(1), Some(2)]);
        // Placed in the class where they wait, then in the other.
        for (free, run) in [(other, s.runs[1]), (ids[0], s.runs[0])] {
            s.withdraw(free).await.unwrap();
            s.told().await;
            let seen = s.version(ids[1]).await;
            let course = course(&s).await;
            let lines = requests::place(&s.office, &s.province, course, &[PlaceCommand { request: ids[1], seen, run }]).await.unwrap();
            assert_eq!(lines[0].outcome.as_ref().unwrap().id, run);
            assert_eq!(numbers().await, [None, Some(2)], "they wait no more");
            s.healthy().await;
            s.told().await;
            let last = board(&s).await.last.unwrap();
            assert_eq!(undo(&s, last.id).await.unwrap(), 1);
            assert_eq!(s.state(ids[1]).await, (State::Approved, None), "as it was before");
            assert_eq!(numbers().await, [Some(1), Some(2)], "the number they had");
            assert_eq!(s.history(ids[1]).await.last_chunk(), Some(&[(StepKind::Undone, None), (StepKind::GivenBack, None)]));
            let letters = s.told().await;
            let facts = letters.iter().flatten().find(|facts| facts.id == ids[1]).unwrap();
            let name = store::runs::find(&mut s.office.database.read().await.unwrap(), run).await.unwrap().unwrap().name;
            assert_eq!((facts.after, facts.run.as_ref(), facts.state), (Some(StepKind::Undone), Some(&name), State::Approved));
            s.healthy().await;
        }
        // The seat is theirs who come first there: nobody got past them.
        assert!(s.entry(s.runs[0], 1).await.unwrap().offer_id.is_some() && s.entry(s.runs[0], 2).await.unwrap().offer_id.is_none());
    }

    async fn undoing_takes_back_the_approval_that_came_with_it(database) {
        let s = scene(database, 5, Approval::UnitAndProvince, false).await;
        let id = s.one(0, &s.runs[..1]).await;
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        let shown = board(&s).await;
        requests::place(&s.office, &s.province, shown.course.id, &proposed(&shown)).await.unwrap();
        s.told().await;
        undo(&s, board(&s).await.last.unwrap().id).await.unwrap();
        assert_eq!(s.state(id).await, (State::WaitingProvince, None));
        assert_eq!(s.history(id).await.last_chunk(), Some(&[(StepKind::Undone, Some(Level::Province)), (StepKind::GivenBack, None)]));
        let letters = s.told().await;
        assert_eq!((letters[0][0].after, letters[0][0].state), (Some(StepKind::Undone), State::WaitingProvince));
        // Decided on anew, it gives the place again.
        s.decide(&s.province, id, Ruling::Approve, "").await.unwrap();
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[0])));
        s.healthy().await;
    }

    async fn what_was_given_back_since_is_left_alone(database) {
        let s = scene(database, 5, Approval::Unit, false).await;
        testing::by_approval(&s.office, s.runs[0], Approval::Province, false).await;
        let ids = s.ask(&s.people[..2], &s.runs[..1]).await.unwrap().requests;
        let shown = board(&s).await;
        requests::place(&s.office, &s.province, shown.course.id, &proposed(&shown)).await.unwrap();
        let last = board(&s).await.last.unwrap();
        s.withdraw(ids[0]).await.unwrap();
        assert_eq!(undo(&s, last.id).await.unwrap(), 1);
        assert_eq!((s.state(ids[0]).await.0, s.state(ids[1]).await.0), (State::Withdrawn, State::WaitingProvince));
        s.healthy().await;
    }
}
