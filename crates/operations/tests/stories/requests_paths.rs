//! Whichever way somebody comes to a place that is given by approval: without the approval there is none, and what is approved
//! by a deed is on record.

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, PersonId, RunId, WalkInId};
use domain::requests::{Approval, Level, Ruling, State, StepKind};
use domain::walk_ins::WalkInForm;
use operations::enrolments::{self, Enrollee, Enrolment, SubstituteCommand, TransferCommand};
use operations::requests::{self, PlaceCommand};
use operations::walk_ins::{self, Found, NoteCommand};
use operations::{Outcome, testing, waiting};

use crate::requests::{Scene, refused, scene};

impl Scene {
    async fn substitute(&self, actor: &Actor, enrolment: EnrolmentId, instead: PersonId) -> Outcome<Enrolment> {
        let command = SubstituteCommand { enrolment, instead: Enrollee::Member(instead), reason: "Bận việc nhà".into() };
        enrolments::substitute(&self.office, actor, &command).await
    }

    async fn transfer(&self, enrolment: EnrolmentId, to: RunId) -> Outcome<Enrolment> {
        let command = TransferCommand { enrolment, to, reason: "Gần nhà".into() };
        enrolments::transfer(&self.office, &self.representative, &command).await
    }

    /// Somebody of the cooperative comes to the first session of a run.
    async fn walk_in(&self, run: RunId, name: &str) -> WalkInId {
        let session = store::runs::sessions(&mut self.office.database.read().await.unwrap(), run).await.unwrap()[0].id;
        let form = WalkInForm { full_name: name.into(), organisation: "HTX Xuân Lập".into(), ..WalkInForm::default() };
        let entry = form.parse(self.office.today()).unwrap();
        walk_ins::note(&self.office, &self.district, &NoteCommand { session, entry, nonce: name.into() }).await.unwrap()
    }

    /// A run of the course in which whoever enrols has a place.
    async fn open_run(&self, seats: i64, day: &str) -> RunId {
        testing::published_run_in(&self.office, &self.trainer, "ENT-4", seats, day, self.unit).await
    }

    /// The request of a person, and whether they have a place by it.
    async fn request_of(&self, person: usize) -> domain::ids::RequestId {
        let mut records = self.office.database.read().await.unwrap();
        let run = store::runs::find(&mut records, self.runs[0]).await.unwrap().unwrap();
        store::requests::live(&mut records, self.people[person], run.course_id).await.unwrap().unwrap().id
    }
}

operations::both! {
    /// hitobito #2120 and #3270: whichever way somebody comes to the run, without the approval there is no place.
    async fn no_path_leads_past_the_approval(database) {
        let s = scene(database, 2, Approval::UnitAndProvince, false).await;
        let asked = s.one(0, &s.runs[..1]).await;
        let placed = s.one(1, &s.runs[..1]).await;
        s.decide(&s.district, placed, Ruling::Approve, "").await.unwrap();
        s.decide(&s.province, placed, Ruling::Approve, "").await.unwrap();
        let place = s.place_of(placed).await;
        let nothing_happened = async || {
            assert_eq!((s.state(asked).await, s.taken(s.runs[0]).await), ((State::WaitingUnit, None), 1));
            s.healthy().await;
        };
        let needed = [(String::new(), Refusal::ApprovalNeeded)];
        // By hand and by list, whoever sends it.
        for actor in [&s.representative, &s.district, &s.province] {
            for source in [EnrolmentSource::Form, EnrolmentSource::Spreadsheet] {
                for person in [0, 2] {
                    let list = s.list(s.runs[0], &s.people[person..=person], source);
                    assert_eq!(refused(enrolments::enrol(&s.office, actor, list.clone()).await), needed, "{source}");
                    assert_eq!(refused(waiting::join(&s.office, actor, list).await), needed, "{source}");
                }
            }
        }
        nothing_happened().await;
        // From another class, which is not even offered.
        let open = s.open_run(1, "2019-07-23").await;
        let there = enrolments::enrol(&s.office, &s.representative, s.list(open, &s.people[2..3], EnrolmentSource::Form)).await.unwrap();
        let there = there.enrolled[0].enrolment;
        let shown = enrolments::to_transfer(&s.office, &s.representative, there).await.unwrap();
        assert_eq!((shown.others.len(), shown.by_approval.len(), shown.request), (0, 3, None));
        assert_eq!(refused(s.transfer(there, s.runs[0]).await), needed);
        // By an offer that was made before the class gave places by approval.
        waiting::join(&s.office, &s.representative, s.list(open, &s.people[3..], EnrolmentSource::Form)).await.unwrap();
        enrolments::withdraw(&s.office, &s.representative, there, "Bận").await.unwrap();
        testing::by_approval(&s.office, open, Approval::Unit, false).await;
        let offer = s.entry(open, 3).await.unwrap().offer_id.unwrap();
        for actor in [&s.representative, &s.district] {
            assert_eq!(refused(waiting::answer_on_screen(&s.office, actor, offer, true).await), needed);
        }
        let (code, _) = waiting::new_code(&s.office, &s.representative, offer).await.unwrap();
        assert_eq!(refused(waiting::answer(&s.office, testing::CLIENT, &code, true).await), needed);
        assert_eq!(s.taken(open).await, 0);
        // From the board, past the unit.
        let course = requests::show(&s.office, &s.province, asked).await.unwrap().request.course_id;
        let command = PlaceCommand { request: asked, seen: s.version(asked).await, run: s.runs[0] };
        let line = requests::place(&s.office, &s.province, course, &[command]).await.unwrap().remove(0);
        assert_eq!(line.outcome.unwrap_err().0[0].refusal, Refusal::RequestInState { state: State::WaitingUnit });
        // In another's stead, before the deadline and after it; and from the door.
        let by_province = [(String::new(), Refusal::ApprovesByDoing { level: Level::Province })];
        for day in ["2019-06-13 08:00", "2019-07-02 07:00"] {
            s.clock.set(day);
            for actor in [&s.representative, &s.district] {
                assert_eq!(refused(s.substitute(actor, place, s.people[0]).await), by_province, "{day}");
                assert_eq!(refused(s.substitute(actor, place, s.people[2]).await), by_province, "{day}");
                let shown = enrolments::to_substitute(&s.office, actor, place).await.unwrap();
                assert_eq!((shown.members.len(), shown.refusal), (0, Some(by_province[0].1.clone())), "nobody to choose from");
            }
        }
        s.clock.set("2019-07-02 08:00");
        let walk_in = s.walk_in(s.runs[0], "Lê Thị An").await;
        let found = Found::Member(s.organisation, s.people[0]);
        assert_eq!(refused(walk_ins::match_walk_in(&s.office, &s.district, walk_in, found).await), by_province);
        let found = Found::Newcomer(s.organisation);
        assert_eq!(refused(walk_ins::match_walk_in(&s.office, &s.district, walk_in, found).await), by_province);
        nothing_happened().await;
    }

    /// What one organisation was approved for is not another's, though the person is of both.
    async fn an_approval_is_for_the_organisation_that_asked(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let ids = s.ask(&s.people[..2], &s.runs[..1]).await.unwrap().requests;
        for id in &ids {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        let kind = domain::organisations::OrganisationKind::Cooperative;
        let other = testing::organisation(&s.office, kind, "HTX Khác", s.unit).await;
        testing::member(&s.office, s.people[1], other).await;
        s.resize(2).await;
        let list = enrolments::EnrolCommand { organisation: other, ..s.list(s.runs[0], &s.people[1..2], EnrolmentSource::Form) };
        assert!(enrolments::enrol(&s.office, &s.province, list).await.unwrap_err().is(&Refusal::ApprovalNeeded));
        let own = s.list(s.runs[0], &s.people[1..2], EnrolmentSource::Form);
        assert_eq!(enrolments::enrol(&s.office, &s.representative, own).await.unwrap().enrolled.len(), 1);
        s.healthy().await;
    }

    async fn an_offer_that_is_not_taken_ends_the_request(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let ids = s.ask(&s.people, &s.runs[..1]).await.unwrap().requests;
        for id in &ids {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        s.withdraw(ids[0]).await.unwrap();
        s.told().await;
        let offer = async |person: usize| s.entry(s.runs[0], person).await.unwrap().offer_id.unwrap();
        // By who is signed in; by a code, which signs nobody in; not at all.
        waiting::answer_on_screen(&s.office, &s.representative, offer(1).await, false).await.unwrap();
        assert!(s.told().await.is_empty(), "they did it themselves");
        let (code, _) = waiting::new_code(&s.office, &s.representative, offer(2).await).await.unwrap();
        waiting::answer(&s.office, testing::CLIENT, &code, false).await.unwrap();
        let facts = s.told().await.remove(0).remove(0);
        assert_eq!((facts.id, facts.after, facts.state), (ids[2], Some(StepKind::Declined), State::Withdrawn));
        offer(3).await;
        s.clock.set("2019-06-15 08:00");
        waiting::move_on(&s.office).await.unwrap();
        let facts = s.told().await.remove(0).remove(0);
        assert_eq!((facts.id, facts.after, facts.run.is_some()), (ids[3], Some(StepKind::Lapsed), true));
        for (id, kind, is_signed) in [(ids[1], StepKind::Declined, true), (ids[2], StepKind::Declined, false), (ids[3], StepKind::Lapsed, false)] {
            let shown = requests::show(&s.office, &s.representative, id).await.unwrap();
            let last = shown.steps.last().unwrap();
            assert_eq!((shown.request.state, last.kind, last.by_name.is_some()), (State::Withdrawn, kind, is_signed));
        }
        s.healthy().await;
        // Each can be asked for anew, and each passes every level anew.
        let anew = s.ask(&s.people[1..], &s.runs[..1]).await.unwrap();
        assert_eq!((anew.requests.len(), anew.already), (3, 0));
        assert_eq!(s.state(anew.requests[2]).await.0, State::WaitingUnit);
        s.decide(&s.district, anew.requests[2], Ruling::Approve, "").await.unwrap();
        assert_eq!(s.state(anew.requests[2]).await, (State::Placed, Some(s.runs[0])));
        s.healthy().await;
    }

    /// Who stands on two lists by one request stands on neither when it ends, and what is held for them goes on.
    async fn an_end_clears_every_list(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let rivals = [s.one(0, &s.runs[..1]).await, s.one(1, &s.runs[1..2]).await];
        let (both, next) = (s.one(2, &s.runs[..2]).await, s.one(3, &s.runs[1..2]).await);
        for id in rivals.iter().chain([&both]) {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        waiting::join(&s.office, &s.representative, s.list(s.runs[1], &s.people[2..3], EnrolmentSource::Form)).await.unwrap();
        s.decide(&s.district, next, Ruling::Approve, "").await.unwrap();
        for id in rivals {
            s.withdraw(id).await.unwrap();
        }
        assert!(s.entry(s.runs[1], 2).await.unwrap().offer_id.is_some() && s.entry(s.runs[1], 3).await.unwrap().offer_id.is_none());
        let offer = s.entry(s.runs[0], 2).await.unwrap().offer_id.unwrap();
        waiting::answer_on_screen(&s.office, &s.representative, offer, false).await.unwrap();
        assert!(s.entry(s.runs[1], 2).await.is_none());
        assert!(s.entry(s.runs[1], 3).await.unwrap().offer_id.is_some());
        s.healthy().await;
    }

    async fn a_request_that_names_both_classes_moves_between_them(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let id = s.one(0, &s.runs[..2]).await;
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        let place = s.place_of(id).await;
        let shown = enrolments::to_transfer(&s.office, &s.representative, place).await.unwrap();
        let ids = |runs: &[enrolments::Run]| runs.iter().map(|run| run.id).collect::<Vec<_>>();
        assert_eq!((ids(&shown.others), ids(&shown.by_approval), shown.request), (vec![s.runs[1]], vec![s.runs[2]], Some(id)));
        assert!(s.transfer(place, s.runs[2]).await.unwrap_err().is(&Refusal::ApprovalNeeded));
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[0])), "nothing happened");
        let there = s.transfer(place, s.runs[1]).await.unwrap();
        assert_eq!((s.state(id).await, s.taken(s.runs[0]).await), ((State::Placed, Some(s.runs[1])), 0));
        assert_eq!(s.history(id).await[2..], [(StepKind::Placed, None), (StepKind::Left, None), (StepKind::Placed, None)]);
        let back = s.transfer(there.id, s.runs[0]).await.unwrap();
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[0])));
        // Whole or not at all.
        let rival = s.one(1, &s.runs[1..2]).await;
        s.decide(&s.district, rival, Ruling::Approve, "").await.unwrap();
        assert!(s.transfer(back.id, s.runs[1]).await.unwrap_err().is(&Refusal::Full { left: 0, asked: 1 }));
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[0])));
        s.healthy().await;
        // What has to pass another level by now is not covered by what was approved.
        testing::by_approval(&s.office, s.runs[1], Approval::UnitAndProvince, false).await;
        assert!(s.transfer(back.id, s.runs[1]).await.unwrap_err().is(&Refusal::ApprovalNeeded));
        testing::by_approval(&s.office, s.runs[1], Approval::Unit, false).await;

        // To a class that needs no approval, which ends the request, and back by one that was approved and found no seat.
        let open = s.open_run(1, "2019-07-23").await;
        let place = s.transfer(back.id, open).await.unwrap();
        assert_eq!(s.state(id).await, (State::Withdrawn, None));
        assert!(s.transfer(place.id, s.runs[1]).await.unwrap_err().is(&Refusal::ApprovalNeeded));
        let anew = s.one(0, &s.runs[1..2]).await;
        s.decide(&s.district, anew, Ruling::Approve, "").await.unwrap();
        s.withdraw(rival).await.unwrap();
        let shown = enrolments::to_transfer(&s.office, &s.representative, place.id).await.unwrap();
        assert_eq!(ids(&shown.others), [s.runs[1]]);
        s.transfer(place.id, s.runs[1]).await.unwrap();
        assert_eq!((s.state(anew).await, s.taken(open).await), ((State::Placed, Some(s.runs[1])), 0));
        s.healthy().await;
    }

    /// After the deadline nobody can be asked for: who has the last word approves by doing it.
    async fn a_place_is_handed_over_by_who_approves(database) {
        let s = scene(database, 2, Approval::Unit, false).await;
        let first = s.one(0, &s.runs[..1]).await;
        s.decide(&s.district, first, Ruling::Approve, "").await.unwrap();
        // One who waits for a decision, one who was sent back, and one who was never asked for; one is asked for elsewhere.
        let (waits, returned) = (s.one(1, &s.runs[..1]).await, s.one(2, &s.runs[..2]).await);
        s.decide(&s.district, returned, Ruling::Return, "Thiếu năm sinh").await.unwrap();
        s.clock.set("2019-07-02 07:00");
        let place = s.place_of(first).await;
        let by_unit = [(String::new(), Refusal::ApprovesByDoing { level: Level::Unit })];
        assert_eq!(refused(s.substitute(&s.representative, place, s.people[1]).await), by_unit);
        assert!(s.substitute(&s.elsewhere, place, s.people[1]).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(s.state(waits).await.0, State::WaitingUnit);
        assert!(s.substitute(&s.district, place, s.people[0]).await.unwrap_err().is(&Refusal::AlreadyEnrolled), "by themselves");
        let elsewhere = s.one(3, &s.runs[1..2]).await;
        let busy = s.substitute(&s.district, place, s.people[3]).await.unwrap_err();
        assert!(busy.is(&Refusal::AskedAlready { person: "Lê Văn Dũng".into() }), "{busy}");
        assert_eq!(enrolments::to_substitute(&s.office, &s.district, place).await.unwrap().refusal, None);
        s.told().await;

        let place = s.substitute(&s.district, place, s.people[1]).await.unwrap();
        assert_eq!((s.state(first).await.0, s.state(waits).await), (State::Withdrawn, (State::Placed, Some(s.runs[0]))));
        let unit = Some(Level::Unit);
        assert_eq!(s.history(waits).await, [(StepKind::Asked, None), (StepKind::Approved, unit), (StepKind::Placed, None)]);
        let step = requests::show(&s.office, &s.province, waits).await.unwrap().steps.remove(1);
        assert_eq!((step.note.as_str(), step.by_name.as_deref()), ("Bận việc nhà", Some(s.district.name.as_str())));
        let facts = s.told().await.remove(0).remove(0);
        assert_eq!((facts.id, facts.state, facts.reason.as_str()), (waits, State::Placed, "Bận việc nhà"));
        s.healthy().await;

        // Sent back: asked for again, for this class alone.
        let place = s.substitute(&s.district, place.id, s.people[2]).await.unwrap();
        assert_eq!(s.history(returned).await[2..], [(StepKind::Asked, None), (StepKind::Approved, unit), (StepKind::Placed, None)]);
        // Nowhere asked for any more.
        s.withdraw(elsewhere).await.unwrap();
        s.substitute(&s.district, place.id, s.people[3]).await.unwrap();
        let made = s.request_of(3).await;
        assert_eq!(s.history(made).await, [(StepKind::Asked, None), (StepKind::Approved, unit), (StepKind::Placed, None)]);
        assert_eq!((s.taken(s.runs[0]).await, s.state(made).await), (1, (State::Placed, Some(s.runs[0]))));
        s.healthy().await;
    }

    async fn who_came_to_the_door_is_approved_by_who_decides(database) {
        let s = scene(database, 1, Approval::UnitAndProvince, false).await;
        let asked = s.one(0, &s.runs[..1]).await;
        s.decide(&s.district, asked, Ruling::Approve, "").await.unwrap();
        s.clock.set("2019-07-02 08:00");
        let walk_in = s.walk_in(s.runs[0], "Lê Thị An").await;
        let found = Found::Member(s.organisation, s.people[0]);
        let refusal = Refusal::ApprovesByDoing { level: Level::Province };
        assert!(walk_ins::match_walk_in(&s.office, &s.district, walk_in, found).await.unwrap_err().is(&refusal));
        walk_ins::match_walk_in(&s.office, &s.province, walk_in, found).await.unwrap();
        let (unit, province) = (Some(Level::Unit), Some(Level::Province));
        let levels = [(StepKind::Asked, None), (StepKind::Approved, unit), (StepKind::Approved, province), (StepKind::Placed, None)];
        assert_eq!((s.history(asked).await.as_slice(), s.taken(s.runs[0]).await), (&levels[..], 1));
        // The seats hold all the same: then nothing is approved.
        let second = s.walk_in(s.runs[0], "Lê Thị Bình").await;
        let found = Found::Member(s.organisation, s.people[1]);
        let full = walk_ins::match_walk_in(&s.office, &s.province, second, found).await.unwrap_err();
        assert!(full.is(&Refusal::Full { left: 0, asked: 1 }), "{full}");
        s.healthy().await;
        // Undone, the request is over; somebody nobody knew gets the seat, by a request of their own.
        walk_ins::undo(&s.office, &s.province, walk_in, "Nhầm người").await.unwrap();
        assert_eq!(s.state(asked).await, (State::Withdrawn, None));
        walk_ins::match_walk_in(&s.office, &s.province, second, found).await.unwrap();
        assert_eq!(s.history(s.request_of(1).await).await, levels);
        s.healthy().await;
    }
}
