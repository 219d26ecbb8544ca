//! Places that are given by approval: asked for, decided on, changed, taken back.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RequestId, RunId, UnitId};
use domain::inbox::Task;
use domain::organisations::OrganisationKind;
use domain::requests::{Approval, Level, Ruling, State, StepKind, Wanted};
use operations::enrolments::{self, EnrolCommand, Enrollee};
use operations::notices::{Letter, RequestFacts};
use operations::requests::{self, AskCommand, ChangeCommand, DecideCommand, Decided, Wish};
use operations::testing::{self, TestClock};
use operations::{Failure, Office, Outcome, doctor, inbox, notices, runs};
use store::Database;
use store::waiting::Entry;

/// A cooperative of four people, those who decide, and three classes of one course that give places by approval.
pub struct Scene {
    pub office: Office,
    pub clock: TestClock,
    pub unit: UnitId,
    pub province: Actor,
    pub district: Actor,
    pub elsewhere: Actor,
    pub trainer: Actor,
    pub organisation: OrganisationId,
    pub representative: Actor,
    pub people: Vec<PersonId>,
    pub runs: Vec<RunId>,
}

pub async fn scene(database: Database, seats: i64, approval: Approval, asks_again: bool) -> Scene {
    let (office, clock) = testing::office(database).await;
    let (top, unit, other) =
        (testing::unit(&office, "38").await, testing::unit(&office, "395").await, testing::unit(&office, "389").await);
    let province = testing::actor(&office, "tinh", Role::ProvincialOfficer, Scope::Unit(top)).await;
    let district = testing::actor(&office, "huyen", Role::UnitOfficer, Scope::Unit(unit)).await;
    let elsewhere = testing::actor(&office, "huyen.khac", Role::UnitOfficer, Scope::Unit(other)).await;
    let trainer = testing::actor(&office, "giang.vien", Role::Trainer, Scope::Unit(top)).await;
    let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(&office, "htx", Role::Representative, Scope::Organisation(organisation)).await;
    testing::email(&office, representative.person, "htx@example.vn").await;
    let mut people = Vec::new();
    for name in ["Lê Thị An", "Lê Thị Bình", "Lê Văn Cường", "Lê Văn Dũng"] {
        people.push(testing::person(&office, name, Some(organisation)).await);
    }
    let mut runs = Vec::new();
    for day in ["2019-07-02", "2019-07-09", "2019-07-16"] {
        let run = testing::published_run_in(&office, &trainer, "ENT-4", seats, day, unit).await;
        testing::by_approval(&office, run, approval, asks_again).await;
        runs.push(run);
    }
    Scene { office, clock, unit, province, district, elsewhere, trainer, organisation, representative, people, runs }
}

impl Scene {
    pub async fn ask(&self, people: &[PersonId], choices: &[RunId]) -> Outcome<requests::Asked> {
        let list = self.list(choices[0], people, EnrolmentSource::Form);
        let command = AskCommand { list, others: choices[1..].to_vec(), note: "Xin học sớm".into() };
        requests::ask(&self.office, &self.representative, &command).await
    }

    pub fn list(&self, run: RunId, people: &[PersonId], source: EnrolmentSource) -> EnrolCommand {
        let people = people.iter().copied().map(Enrollee::Member).collect();
        EnrolCommand { run, organisation: self.organisation, people, source }
    }

    pub async fn one(&self, person: usize, choices: &[RunId]) -> RequestId {
        self.ask(&self.people[person..=person], choices).await.unwrap().requests[0]
    }

    pub async fn version(&self, id: RequestId) -> i64 {
        requests::show(&self.office, &self.province, id).await.unwrap().request.version
    }

    pub async fn state(&self, id: RequestId) -> (State, Option<RunId>) {
        let shown = requests::show(&self.office, &self.province, id).await.unwrap();
        (shown.request.state, shown.request.placed_in)
    }

    pub async fn decide(&self, actor: &Actor, id: RequestId, ruling: Ruling, reason: &str) -> Outcome<Decided> {
        let seen = self.version(id).await;
        requests::decide(&self.office, actor, &DecideCommand { request: id, seen, ruling, reason: reason.into() }).await
    }

    pub async fn change(&self, id: RequestId, choices: &[RunId]) -> Outcome<store::requests::Request> {
        let wanted = Wanted { runs: choices.to_vec(), note: "Đã bổ sung".into() };
        let command = ChangeCommand { request: id, seen: self.version(id).await, wanted };
        requests::change(&self.office, &self.representative, &command).await
    }

    pub async fn withdraw(&self, id: RequestId) -> Outcome<store::requests::Request> {
        requests::withdraw(&self.office, &self.representative, id, self.version(id).await, "").await
    }

    pub async fn taken(&self, run: RunId) -> i64 {
        let mut records = self.office.database.read().await.unwrap();
        store::runs::find(&mut records, run).await.unwrap().unwrap().taken
    }

    pub async fn healthy(&self) {
        assert_eq!(doctor::examine(&self.office).await.unwrap(), []);
    }

    /// What the letters that wait to be sent say of requests.
    pub async fn told(&self) -> Vec<Vec<RequestFacts>> {
        let mut told = Vec::new();
        for id in notices::due(&self.office).await.unwrap() {
            let Some((notice, letter)) = notices::claim(&self.office, id).await.unwrap() else { continue };
            notices::sent(&self.office, &notice).await.unwrap();
            if let Letter::RequestsDecided { requests, .. } = letter {
                told.push(requests);
            }
        }
        told
    }

    async fn letters(&self) -> Vec<Vec<(String, State)>> {
        let of = |facts: Vec<RequestFacts>| facts.into_iter().map(|request| (request.person, request.state)).collect();
        self.told().await.into_iter().map(of).collect()
    }

    /// The history of a request: what happened, and at which level.
    pub async fn history(&self, id: RequestId) -> Vec<(StepKind, Option<Level>)> {
        let shown = requests::show(&self.office, &self.province, id).await.unwrap();
        shown.steps.iter().map(|step| (step.kind, step.level)).collect()
    }

    /// The place that somebody has by a request.
    pub async fn place_of(&self, id: RequestId) -> EnrolmentId {
        requests::show(&self.office, &self.province, id).await.unwrap().request.enrolment_id.unwrap()
    }

    /// Where a person stands on the waiting list of a run.
    pub async fn entry(&self, run: RunId, person: usize) -> Option<Entry> {
        let mut records = self.office.database.read().await.unwrap();
        store::waiting::of_person(&mut records, run, self.people[person]).await.unwrap()
    }

    /// Gives every run of the course so many seats, past all rules.
    pub async fn resize(&self, seats: i64) {
        let mut work = self.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, &format!("UPDATE run SET capacity = {seats}")).await;
        work.commit().await.unwrap();
    }

    async fn waits(&self, actor: &Actor) -> Vec<(Task, i64)> {
        let inbox = inbox::inbox(&self.office, actor).await.unwrap();
        inbox.groups.iter().flat_map(|group| group.things.iter().map(|thing| (group.task, thing.amount))).collect()
    }
}

pub fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<(String, Refusal)> {
    match outcome.unwrap_err() {
        Failure::Refused(faults) => faults.0.into_iter().map(|fault| (fault.field, fault.refusal)).collect(),
        failure => panic!("{failure}"),
    }
}

operations::both! {
    async fn both_levels_approve_before_there_is_a_place(database) {
        let s = scene(database, 5, Approval::UnitAndProvince, false).await;
        let asked = s.ask(&s.people[..2], &s.runs[..2]).await.unwrap();
        assert_eq!((asked.requests.len(), asked.already), (2, 0));
        let again = s.ask(&s.people[..2], &s.runs[..2]).await.unwrap();
        assert_eq!((again.requests.len(), again.already), (0, 2), "the same list twice makes the same requests");
        assert_eq!(s.waits(&s.district).await, [(Task::DecideRequests, 2)]);
        assert_eq!((s.waits(&s.elsewhere).await, s.waits(&s.province).await), (vec![], vec![]));
        let id = asked.requests[0];
        // Nobody skips a level, and who is not asked decides nothing.
        let early = DecideCommand { request: id, seen: 1, ruling: Ruling::Approve, reason: String::new() };
        for stranger in [&s.elsewhere, &s.trainer] {
            assert!(requests::decide(&s.office, stranger, &early).await.unwrap_err().is(&Refusal::NotFound));
            assert!(requests::show(&s.office, stranger, id).await.unwrap_err().is(&Refusal::NotFound));
        }
        let own = requests::decide(&s.office, &s.representative, &early).await.unwrap_err();
        assert!(own.is(&Refusal::RequestInState { state: State::WaitingUnit }), "{own}");
        let decided = s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!((decided.request.state, decided.run.is_none()), (State::WaitingProvince, true));
        let twice = s.decide(&s.district, id, Ruling::Approve, "").await.unwrap_err();
        assert!(twice.is(&Refusal::RequestInState { state: State::WaitingProvince }), "the unit does not decide for the province");
        assert_eq!(s.taken(s.runs[0]).await, 0, "nobody has a place on the way");
        assert_eq!(s.waits(&s.province).await, [(Task::DecideRequests, 1)]);
        let decided = s.decide(&s.province, id, Ruling::Approve, "Đủ điều kiện").await.unwrap();
        assert_eq!((decided.request.state, decided.run.map(|run| run.id)), (State::Placed, Some(s.runs[0])));
        assert_eq!(s.taken(s.runs[0]).await, 1);

        let shown = requests::show(&s.office, &s.representative, id).await.unwrap();
        let history: Vec<_> = shown.steps.iter().map(|step| (step.kind, step.level, step.note.as_str())).collect();
        assert_eq!(history, [
            (StepKind::Asked, None, "Xin học sớm"),
            (StepKind::Approved, Some(Level::Unit), ""),
            (StepKind::Approved, Some(Level::Province), "Đủ điều kiện"),
            (StepKind::Placed, None, ""),
        ]);
        assert!(shown.steps.iter().all(|step| step.by_name.is_some()) && shown.changes && shown.decides.is_none());
        let name = "Lê Thị An".to_owned();
        assert_eq!(s.letters().await, [vec![(name.clone(), State::WaitingProvince)], vec![(name, State::Placed)]]);
        s.healthy().await;
    }

    async fn what_needs_no_approval_is_not_asked_for_and_each_choice_is_looked_at(database) {
        let s = scene(database, 5, Approval::Unit, false).await;
        testing::by_approval(&s.office, s.runs[2], Approval::None, false).await;
        assert_eq!(refused(s.ask(&s.people[1..2], &s.runs[2..]).await), [(String::new(), Refusal::NoApprovalNeeded)]);
        let chosen = [s.runs[1], s.runs[2]];
        assert_eq!(refused(s.ask(&s.people[1..2], &chosen).await), [("choice.1".into(), Refusal::NoApprovalNeeded)]);
        let draft = testing::draft_run_in(&s.office, &s.trainer, "ENT-4", 5, "2019-07-23", s.unit).await;
        let other = testing::published_run_in(&s.office, &s.trainer, "ENT-1", 5, "2019-07-24", s.unit).await;
        let chosen = [s.runs[1], draft, other];
        assert_eq!(refused(s.ask(&s.people[1..2], &chosen).await), [
            ("choice.1".into(), Refusal::NotAChoice),
            ("choice.2".into(), Refusal::RunOfAnotherCourse),
        ]);
        s.healthy().await;
    }

    /// Face-to-Face (peers.md case 19): three requests and one seat.
    async fn approving_in_bulk_decides_each_one_by_itself(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let ids = s.ask(&s.people[..3], &s.runs[..1]).await.unwrap().requests;
        let chosen: Vec<_> = ids.iter().map(|id| (*id, 1)).chain([(RequestId(uuid::Uuid::nil()), 1), (ids[0], 1)]).collect();
        assert_eq!(refused(requests::approve_all(&s.office, &s.district, &[]).await), [(String::new(), Refusal::NothingChosen)]);
        let lines = requests::approve_all(&s.office, &s.district, &chosen).await.unwrap();
        let placed: Vec<bool> = lines[..3].iter().map(|line| line.outcome.as_ref().unwrap().run.is_some()).collect();
        assert_eq!(placed, [true, false, false]);
        for line in &lines[1..3] {
            let decided = line.outcome.as_ref().unwrap();
            assert_eq!(decided.request.state, State::Approved);
            let why = &decided.no_seat.as_ref().unwrap().0[0].refusal;
            assert!(matches!(why, Refusal::Full { left: 0, asked: 1 }), "{why:?}");
        }
        assert_eq!(lines[3].outcome.as_ref().unwrap_err().0[0].refusal, Refusal::NotFound);
        assert!(lines[3].known.is_none());
        assert_eq!(lines[4].outcome.as_ref().unwrap_err().0[0].refusal, Refusal::ChangedMeanwhile, "it was decided on just now");
        assert_eq!(s.taken(s.runs[0]).await, 1);
        let letters = s.letters().await;
        assert_eq!(letters.len(), 1, "one letter an organisation");
        assert_eq!(letters[0].iter().map(|(_, state)| *state).collect::<Vec<_>>(), [State::Placed, State::Approved, State::Approved]);
        // A seat that comes free is for who was approved, by whatever path; the level with the last word can give up on them.
        s.withdraw(ids[0]).await.unwrap();
        let second = enrolments::enrol(&s.office, &s.representative, s.list(s.runs[0], &s.people[1..2], EnrolmentSource::Form)).await;
        assert_eq!(second.unwrap().enrolled.len(), 1);
        assert_eq!(s.state(ids[1]).await, (State::Placed, Some(s.runs[0])));
        let decided = s.decide(&s.district, ids[2], Ruling::Refuse, "Hết chỗ").await.unwrap();
        assert_eq!(decided.request.state, State::Refused);
        s.healthy().await;
    }

    async fn who_found_no_seat_waits_for_one_in_the_first_choice(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let join = |person: usize| operations::waiting::join(&s.office, &s.representative, s.list(s.runs[0], &s.people[person..=person], EnrolmentSource::Form));
        assert!(join(3).await.unwrap_err().is(&Refusal::ApprovalNeeded), "nobody waits past the approval");
        let ids = s.ask(&s.people[..3], &s.runs[..1]).await.unwrap().requests;
        for id in &ids {
            s.decide(&s.district, *id, Ruling::Approve, "").await.unwrap();
        }
        let entry = async |person: usize| s.entry(s.runs[0], person).await;
        assert!(entry(0).await.is_none() && entry(1).await.is_some() && entry(2).await.is_some());
        // The seat that comes free is offered to the first of them; taking the request back lets the next have it.
        s.withdraw(ids[0]).await.unwrap();
        assert!(entry(1).await.unwrap().offer_id.is_some());
        s.withdraw(ids[1]).await.unwrap();
        assert!(entry(1).await.is_none());
        let offer = entry(2).await.unwrap().offer_id.unwrap();
        operations::waiting::answer_on_screen(&s.office, &s.representative, offer, true).await.unwrap();
        assert_eq!(s.state(ids[2]).await, (State::Placed, Some(s.runs[0])));
        s.healthy().await;
    }

    async fn the_next_choice_is_taken_when_the_first_is_full(database) {
        let s = scene(database, 1, Approval::Province, false).await;
        let ids = s.ask(&s.people[..3], &s.runs[..2]).await.unwrap().requests;
        let mut states = Vec::new();
        for id in ids {
            s.decide(&s.province, id, Ruling::Approve, "").await.unwrap();
            states.push(s.state(id).await);
        }
        assert_eq!(states, [(State::Placed, Some(s.runs[0])), (State::Placed, Some(s.runs[1])), (State::Approved, None)]);
        // Who takes part elsewhere at the time of one gets the other.
        let busy = testing::published_run_in(&s.office, &s.trainer, "ENT-1", 9, "2019-07-16", s.unit).await;
        enrolments::enrol(&s.office, &s.representative, s.list(busy, &s.people[3..], EnrolmentSource::Form)).await.unwrap();
        let late = s.one(3, &[s.runs[2], s.runs[1]]).await;
        let decided = s.decide(&s.province, late, Ruling::Approve, "").await.unwrap();
        assert!(matches!(decided.no_seat.unwrap().0[0].refusal, Refusal::BusyElsewhere { .. }), "what the first choice said");
        s.healthy().await;
    }

    /// Indico `test_RHRegistrationForm_can_register` (case 16), and returning.
    async fn returned_refused_and_taken_back(database) {
        let s = scene(database, 5, Approval::UnitAndProvince, false).await;
        let id = s.one(0, &s.runs[..1]).await;
        assert_eq!(refused(s.decide(&s.district, id, Ruling::Return, " ").await), [("reason".into(), Refusal::ReasonMissing)]);
        s.decide(&s.district, id, Ruling::Return, "Thiếu năm sinh").await.unwrap();
        assert_eq!(s.waits(&s.representative).await, [(Task::CompleteRequest, 1)]);
        assert!(s.decide(&s.district, id, Ruling::Approve, "").await.unwrap_err().is(&Refusal::RequestInState { state: State::Returned }));
        s.change(id, &s.runs[..2]).await.unwrap();
        assert_eq!(s.state(id).await, (State::WaitingUnit, None));
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        // Changed on the way to the province: the unit decides again, on what is asked for now.
        s.change(id, &s.runs[..1]).await.unwrap();
        assert_eq!(s.state(id).await.0, State::WaitingUnit);
        s.decide(&s.district, id, Ruling::Refuse, "Đã học năm ngoái").await.unwrap();
        assert!(s.change(id, &s.runs[..1]).await.unwrap_err().is(&Refusal::RequestInState { state: State::Refused }));
        assert!(s.withdraw(id).await.unwrap_err().is(&Refusal::RequestInState { state: State::Refused }));
        let day = s.office.today();
        let again = Refusal::RefusedBefore { person: "Lê Thị An".into(), day };
        assert_eq!(refused(s.ask(&s.people[..1], &s.runs[..1]).await), [(String::new(), again)], "who was refused cannot simply ask again");
        let other = s.one(0, &s.runs[1..2]).await;
        assert!(s.ask(&s.people[..1], &s.runs[2..]).await.unwrap_err().is(&Refusal::AskedAlready { person: "Lê Thị An".into() }));
        // Who was taken back does not count, and passes every level anew.
        s.decide(&s.district, other, Ruling::Approve, "").await.unwrap();
        s.withdraw(other).await.unwrap();
        let third = s.one(0, &s.runs[1..2]).await;
        assert_eq!(s.state(third).await.0, State::WaitingUnit);
        s.healthy().await;
    }

    /// Indico `test_modify_registration_resets_to_pending_with_moderation` (case 30).
    async fn a_change_asks_again_where_the_run_says_so_and_the_place_is_kept(database) {
        let s = scene(database, 1, Approval::Unit, true).await;
        let id = s.one(0, &s.runs[..1]).await;
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert!(requests::show(&s.office, &s.representative, id).await.unwrap().asks_again);
        s.change(id, &s.runs[..2]).await.unwrap();
        assert_eq!(s.state(id).await, (State::WaitingUnit, Some(s.runs[0])), "pending again counts, as before");
        s.healthy().await;
        let rival = s.one(1, &s.runs[..1]).await;
        assert!(s.decide(&s.district, rival, Ruling::Approve, "").await.unwrap().run.is_none(), "the seat is not given away");
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[0])));
        // Another class instead: the seat is given up with the approval, not before.
        s.change(id, &s.runs[2..]).await.unwrap();
        assert_eq!(s.taken(s.runs[0]).await, 1);
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        assert_eq!((s.state(id).await, s.taken(s.runs[0]).await), ((State::Placed, Some(s.runs[2])), 0));
        s.change(id, &s.runs[2..]).await.unwrap();
        s.decide(&s.district, id, Ruling::Refuse, "Không hợp lệ").await.unwrap();
        assert_eq!((s.state(id).await, s.taken(s.runs[2]).await), ((State::Refused, None), 0), "refused anew, the place is over");
        s.healthy().await;
    }

    /// `test_sync_state_does_not_reset_when_toggle_disabled` (case 30), and pretalx' locks (case 31).
    async fn without_it_what_was_approved_stays_approved(database) {
        let s = scene(database, 1, Approval::Unit, false).await;
        let id = s.one(0, &s.runs[..1]).await;
        s.decide(&s.district, id, Ruling::Approve, "").await.unwrap();
        let seen = s.version(id).await;
        s.change(id, &s.runs[..2]).await.unwrap();
        assert_eq!(s.state(id).await, (State::Placed, Some(s.runs[0])));
        let wanted = Wanted { runs: s.runs[..1].to_vec(), note: String::new() };
        let late = requests::change(&s.office, &s.representative, &ChangeCommand { request: id, seen, wanted }).await;
        assert!(late.unwrap_err().is(&Refusal::ChangedMeanwhile), "not over what somebody did meanwhile");
        // Approved without a seat: another choice that has one gives it at once.
        let rival = s.one(1, &s.runs[..1]).await;
        s.decide(&s.district, rival, Ruling::Approve, "").await.unwrap();
        assert_eq!(s.state(rival).await, (State::Approved, None));
        s.change(rival, &s.runs[1..2]).await.unwrap();
        assert_eq!(s.state(rival).await, (State::Placed, Some(s.runs[1])));
        // Leaving the class is no small change.
        s.change(rival, &s.runs[2..]).await.unwrap();
        assert_eq!(s.state(rival).await, (State::WaitingUnit, Some(s.runs[1])));
        // A place that is given back ends its request; then the person can be asked for anew.
        let enrolment = requests::show(&s.office, &s.province, id).await.unwrap().request.enrolment_id.unwrap();
        enrolments::withdraw(&s.office, &s.representative, enrolment, "Bận mùa vụ").await.unwrap();
        assert_eq!(s.state(id).await, (State::Withdrawn, None));
        s.one(0, &s.runs[..1]).await;
        s.healthy().await;
    }

    /// hitobito #2120, #2328 and hitobito_pbs #437 (case 29).
    async fn nothing_is_asked_or_approved_after_the_deadline_and_taking_back_is_always_possible(database) {
        let s = scene(database, 5, Approval::Unit, false).await;
        let ids = s.ask(&s.people[..3], &s.runs[..1]).await.unwrap().requests;
        s.decide(&s.district, ids[2], Ruling::Return, "Thiếu năm sinh").await.unwrap();
        s.clock.set("2019-07-02 06:00");
        let over = Refusal::DeadlinePassed { deadline: "2019-07-01".parse().unwrap() };
        assert_eq!(refused(s.ask(&s.people[3..], &s.runs[..1]).await), [(String::new(), over.clone())]);
        assert!(s.decide(&s.district, ids[0], Ruling::Approve, "").await.unwrap_err().is(&over));
        assert_eq!(refused(s.change(ids[2], &s.runs[..1]).await), [("choice.0".into(), over)]);
        s.decide(&s.district, ids[0], Ruling::Refuse, "Hết hạn").await.unwrap();
        s.withdraw(ids[1]).await.unwrap();
        s.withdraw(ids[2]).await.unwrap();
        // What led to nothing is in nobody's way.
        let id = s.one(1, &s.runs[1..2]).await;
        s.clock.set("2019-07-09 06:00");
        assert_eq!(s.waits(&s.district).await.len(), 1, "it still has to be answered");
        let next = s.one(1, &s.runs[2..]).await;
        assert_ne!(id, next);
        assert_eq!(s.taken(s.runs[0]).await, 0);
        s.healthy().await;
    }

    /// hitobito's preconditions (case 28): what keeps an organisation out is told before anybody decides, and holds until then.
    async fn preconditions_hold_for_requests(database) {
        let s = scene(database, 5, Approval::Unit, false).await;
        testing::programme_year(&s.office, 2019).await;
        let before = s.one(0, &s.runs[..1]).await;
        testing::narrowed(&s.office, s.runs[0], 2019).await;
        let refusal = Refusal::NotSelected { year: 2019 };
        assert_eq!(refused(s.ask(&s.people[1..2], &s.runs[..1]).await), [(String::new(), refusal.clone())]);
        let chosen = [s.runs[1], s.runs[0]];
        assert_eq!(refused(s.ask(&s.people[1..2], &chosen).await), [("choice.1".into(), refusal.clone())]);
        let decided = s.decide(&s.district, before, Ruling::Approve, "").await.unwrap();
        assert_eq!(decided.no_seat.unwrap().0[0].refusal, refusal);
        assert_eq!(s.taken(s.runs[0]).await, 0);
        s.healthy().await;
    }

    async fn lists_are_narrowed_to_who_decides_and_who_speaks(database) {
        let s = scene(database, 9, Approval::Unit, false).await;
        s.ask(&s.people, &s.runs[..1]).await.unwrap();
        let far = testing::unit(&s.office, "389").await;
        let other = testing::organisation(&s.office, OrganisationKind::Cooperative, "HTX Ngọc Lặc", far).await;
        let stranger = testing::person(&s.office, "Bùi Văn Ến", Some(other)).await;
        testing::requested(&s.office, &s.province, other, &[stranger], &s.runs[1..2]).await;
        let total = async |actor: &Actor, wish: Wish| requests::list(&s.office, actor, &wish).await.map(|listed| listed.total);
        let all = Wish::default();
        assert_eq!(total(&s.province, all).await.unwrap(), 5);
        assert_eq!((total(&s.district, all).await.unwrap(), total(&s.elsewhere, all).await.unwrap()), (4, 1));
        assert_eq!(total(&s.representative, all).await.unwrap(), 4);
        assert!(total(&s.trainer, all).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(total(&s.province, Wish { run: Some(s.runs[1]), ..all }).await.unwrap(), 1);
        assert_eq!(total(&s.province, Wish { unit: Some(s.unit), state: Some(State::WaitingUnit), ..all }).await.unwrap(), 4);
        assert!(total(&s.elsewhere, Wish { unit: Some(s.unit), ..all }).await.unwrap_err().is(&Refusal::NotFound));
        let page = requests::list(&s.office, &s.representative, &Wish { page: 1, ..all }).await.unwrap();
        assert!(page.lines.is_empty() && page.total == 4);
        let listed = requests::list(&s.office, &s.province, &all).await.unwrap();
        assert_eq!((listed.runs.len(), listed.units.len()), (2, 2));
        let listed = requests::list(&s.office, &s.elsewhere, &all).await.unwrap();
        assert_eq!((listed.runs.len(), listed.units.len()), (1, 1), "what lies in reach");
        let lines = requests::list(&s.office, &s.district, &all).await.unwrap().lines;
        assert!(lines.iter().all(|(_, runs, level)| runs.len() == 1 && *level == Some(Level::Unit)));
    }

    async fn how_a_class_approves_is_planned_copied_and_kept_while_people_wait(database) {
        let s = scene(database, 5, Approval::Unit, false).await;
        let shown = runs::show(&s.office, Some(&s.trainer), s.runs[1]).await.unwrap();
        let mut form = runs::form_of(&shown);
        assert_eq!((form.approval.as_str(), form.asks_again.as_str()), ("unit", ""));
        (form.approval, form.asks_again) = ("unit_and_province".into(), "yes".into());
        let changed = |sequence| runs::ChangeCommand::new(sequence, form.parse().unwrap());
        assert!(runs::change(&s.office, &s.trainer, s.runs[1], &changed(0)).await.unwrap());
        let row = domain::runs::CopyForm {
            name: "Lớp 4".into(),
            unit: s.unit.to_string(),
            venue: "Nhà văn hóa".into(),
            first_day: "2019-08-01".into(),
            ..Default::default()
        };
        let copy = runs::copy(&s.office, &s.province, s.runs[1], &[row]).await.unwrap()[0];
        let run = runs::show(&s.office, Some(&s.province), copy).await.unwrap().run;
        assert_eq!((run.approval, run.asks_again), (Approval::UnitAndProvince, true));
        let waiting = s.one(0, &s.runs[1..2]).await;
        form.approval = "none".into();
        let command = runs::ChangeCommand::new(1, form.parse().unwrap());
        let outcome = runs::change(&s.office, &s.trainer, s.runs[1], &command).await;
        assert_eq!(refused(outcome), [("approval".into(), Refusal::HasRequests)]);
        s.withdraw(waiting).await.unwrap();
        assert!(runs::change(&s.office, &s.trainer, s.runs[1], &command).await.unwrap());
        enrolments::enrol(&s.office, &s.representative, s.list(s.runs[1], &s.people[..1], EnrolmentSource::Form)).await.unwrap();
        s.healthy().await;
    }
}
