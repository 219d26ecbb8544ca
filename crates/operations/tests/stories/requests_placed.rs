//! The board of a course: people are proposed, placed, and what was placed last is taken back.

use domain::Refusal;
use domain::attendance::MarkSource;
use domain::ids::{CourseId, PlacingId, RequestId, RunId};
use domain::organisations::OrganisationKind;
use domain::requests::{Approval, Distance, Ruling, State, Why};
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
        let mut work = s.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE run SET capacity = 1").await;
        work.commit().await.unwrap();
        for id in &ids {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        let mut work = s.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE run SET capacity = 5").await;
        work.commit().await.unwrap();
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
