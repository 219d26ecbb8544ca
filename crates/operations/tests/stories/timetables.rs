//! Timetables in versions: prepared, looked at, released; who is told; clashes that are refused or answered for.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::enrolments::EnrolmentSource;
use domain::ids::{OrganisationId, PersonId, RoomId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use domain::runs::{Answers, Change, ClashKind, PlanForm, SessionForm};
use domain::venues::{RoomPlan, VenuePlan};
use operations::enrolments::{EnrolCommand, Enrollee, enrol};
use operations::runs::{self, form_of};
use operations::{Failure, Office, doctor, notices, testing};

struct Cast {
    office: Office,
    clock: testing::TestClock,
    officer: Actor,
    trainers: [Actor; 2],
}

async fn cast(database: store::Database) -> Cast {
    let (office, clock) = testing::office(database).await;
    let province = Scope::Unit(testing::unit(&office, "38").await);
    let officer = testing::actor(&office, "canbotinh", Role::ProvincialOfficer, province).await;
    let one = testing::actor(&office, "giangvien1", Role::Trainer, province).await;
    let two = testing::actor(&office, "giangvien2", Role::Trainer, province).await;
    testing::email(&office, one.person, "mot@example.vn").await;
    testing::email(&office, two.person, "hai@example.vn").await;
    Cast { office, clock, officer, trainers: [one, two] }
}

impl Cast {
    /// A morning and an afternoon, the first taught by the first trainer, the second by the second.
    async fn form(&self, day: &str) -> PlanForm {
        let courses = operations::courses::list(&self.office).await.unwrap();
        let course = courses.into_iter().find(|course| course.code == "ENT-4").unwrap();
        let day: chrono::NaiveDate = day.parse().unwrap();
        let morning = SessionForm { trainers: vec![self.trainers[0].person.to_string()], ..SessionForm::first(day) };
        let afternoon = SessionForm { trainers: vec![self.trainers[1].person.to_string()], ..morning.next() };
        PlanForm {
            course: course.id.to_string(),
            name: "Lớp 3".into(),
            audience: "organisations".into(),
            unit: testing::unit(&self.office, "395").await.to_string(),
            venue: "Nhà văn hóa huyện Thọ Xuân".into(),
            capacity: "40".into(),
            enrolment_deadline: day.pred_opt().unwrap().to_string(),
            sessions: vec![morning, afternoon],
            ..PlanForm::default()
        }
    }

    async fn draft(&self, form: &PlanForm) -> RunId {
        runs::draft(&self.office, &self.officer, &form.parse().unwrap()).await.unwrap()
    }

    async fn publish(&self, run: RunId, answers: &Answers) -> operations::Outcome<()> {
        runs::publish(&self.office, &self.officer, run, answers).await
    }

    async fn published(&self, day: &str) -> RunId {
        let run = self.draft(&self.form(day).await).await;
        self.publish(run, &Answers::default()).await.unwrap();
        run
    }

    async fn present(&self, run: RunId) -> PlanForm {
        form_of(&runs::show(&self.office, Some(&self.officer), run).await.unwrap())
    }

    async fn prepare(&self, run: RunId, form: &PlanForm) -> operations::Outcome<()> {
        let sequence = runs::show(&self.office, Some(&self.officer), run).await.unwrap().run.sequence;
        runs::prepare(&self.office, &self.officer, run, sequence, form).await
    }

    async fn prepared(&self, run: RunId) -> runs::Prepared {
        runs::prepared(&self.office, &self.officer, run).await.unwrap().unwrap()
    }

    async fn release(&self, run: RunId, answers: Answers, note: &str) -> operations::Outcome<bool> {
        let saved_at = self.prepared(run).await.saved_at;
        runs::release(&self.office, &self.officer, run, saved_at, (answers, note.into())).await
    }

    /// The letters of the outbox: kind and recipient, sorted; and none is left.
    async fn letters(&self) -> Vec<(String, String)> {
        let mut letters = Vec::new();
        for id in notices::due(&self.office).await.unwrap() {
            let (notice, letter) = notices::claim(&self.office, id).await.unwrap().unwrap();
            letters.push((letter.kind().to_owned(), notice.recipient.to_string()));
        }
        letters.sort();
        letters
    }

    async fn room(&self, name: &str, seats: i64) -> RoomId {
        let unit = testing::unit(&self.office, "395").await;
        let venue = VenuePlan {
            name: format!("Nhà văn hóa {name}"),
            unit,
            address: String::new(),
            map_link: String::new(),
            equipment: String::new(),
        };
        let venue = operations::venues::add(&self.office, &self.officer, &venue).await.unwrap();
        let room = RoomPlan { name: name.into(), capacity: seats, equipment: String::new() };
        operations::venues::add_room(&self.office, &self.officer, venue, &room).await.unwrap()
    }

    async fn participant(&self, run: RunId, name: &str) -> (OrganisationId, PersonId) {
        let unit = testing::unit(&self.office, "395").await;
        let htx = testing::organisation(&self.office, OrganisationKind::Cooperative, &format!("HTX {name}"), unit).await;
        let person = testing::person(&self.office, name, Some(htx)).await;
        testing::email(&self.office, person, &format!("{}@example.vn", self.office.secret())).await;
        self.enrol(run, htx, person).await.unwrap();
        (htx, person)
    }

    async fn enrol(
        &self,
        run: RunId,
        organisation: OrganisationId,
        person: PersonId,
    ) -> operations::Outcome<operations::enrolments::Receipt> {
        let people = vec![Enrollee::Member(person)];
        enrol(&self.office, &self.officer, EnrolCommand { run, organisation, people, source: EnrolmentSource::Form }).await
    }
}

/// What something was refused for, when it was for clashes.
fn refused(failure: Failure) -> Vec<ClashKind> {
    let Failure::Refused(faults) = failure else { panic!("{failure}") };
    let kind = |refusal| match refusal {
        Refusal::Clash(clash) => clash.kind,
        other => panic!("{other:?}"),
    };
    faults.0.into_iter().map(|fault| kind(fault.refusal)).collect()
}

fn kinds(letters: &[(String, String)]) -> Vec<&str> {
    letters.iter().map(|(kind, _)| kind.as_str()).collect()
}

operations::both! {
    async fn a_change_is_prepared_looked_at_and_released_to_those_it_concerns(database) {
        let c = cast(database).await;
        let run = c.published("2019-07-02").await;
        assert_eq!(c.letters().await, [("teaching_changed".into(), "hai@example.vn".into()), ("teaching_changed".into(), "mot@example.vn".into())]);
        c.participant(run, "Lê Thị An").await;
        assert_eq!(kinds(&c.letters().await), ["enrolment_confirmed"]);

        // The afternoon moves to the next day. Nothing of it holds until it is released.
        let mut form = c.present(run).await;
        form.sessions[1].day = "2019-07-03".into();
        c.prepare(run, &form).await.unwrap();
        let shown = runs::show(&c.office, None, run).await.unwrap();
        assert_eq!((shown.run.sequence, shown.run.last_day), (0, Some("2019-07-02".parse().unwrap())));
        assert!(c.letters().await.is_empty());
        let prepared = c.prepared(run).await;
        assert!(matches!(&prepared.changes[..], [Change::Moved { number: 2, .. }]), "{:?}", prepared.changes);
        assert_eq!((prepared.participants, prepared.trainers.len(), prepared.falls_out), (1, 1, false));
        let again = runs::form_to_change(&c.office, &shown).await.unwrap();
        assert_eq!(again.sessions[1].day, "2019-07-03", "who goes on finds what was prepared");

        assert!(c.release(run, Answers::default(), "").await.unwrap());
        let letters = c.letters().await;
        assert_eq!(kinds(&letters), ["run_changed", "teaching_changed"]);
        assert_eq!(letters[1].1, "hai@example.vn", "the morning's trainer hears nothing");
        let versions = runs::versions(&c.office, &c.officer, run).await.unwrap();
        assert_eq!(versions.iter().map(|one| (one.publication.version, one.changes.len())).collect::<Vec<_>>(), [(2, 1), (1, 0)]);
        assert_eq!(versions[1].timetable.sessions[1].day, "2019-07-02".parse().unwrap(), "what was published stays as it was");
        assert!(runs::prepared(&c.office, &c.officer, run).await.unwrap().is_none());

        // Another trainer concerns trainers alone.
        let mut form = c.present(run).await;
        form.sessions[0].trainers = vec![c.trainers[1].person.to_string()];
        c.prepare(run, &form).await.unwrap();
        assert!(c.release(run, Answers::default(), "").await.unwrap());
        assert_eq!(kinds(&c.letters().await), ["teaching_changed", "teaching_changed"]);
        assert!(doctor::examine(&c.office).await.unwrap().is_empty());
    }

    async fn releasing_nothing_sends_nothing(database) {
        let c = cast(database).await;
        let run = c.published("2019-07-02").await;
        c.participant(run, "Lê Thị An").await;
        c.letters().await;
        c.prepare(run, &c.present(run).await).await.unwrap();
        assert!(c.prepared(run).await.changes.is_empty());
        assert!(!c.release(run, Answers::default(), "").await.unwrap());
        assert!(c.letters().await.is_empty());
        assert_eq!(runs::versions(&c.office, &c.officer, run).await.unwrap().len(), 1);
        assert_eq!(runs::show(&c.office, None, run).await.unwrap().run.sequence, 0);
        assert!(!runs::is_changing(&c.office, &c.officer, run).await.unwrap(), "and the draft is gone");

        // A note is another version, and no letter.
        let note = PlanForm { note: "Mang theo máy tính".into(), ..c.present(run).await };
        c.prepare(run, &note).await.unwrap();
        assert!(c.release(run, Answers::default(), "").await.unwrap());
        assert!(c.letters().await.is_empty());
    }

    async fn nobody_releases_what_they_have_not_seen(database) {
        let c = cast(database).await;
        let run = c.published("2019-07-02").await;
        let form = |capacity: &str, present: &PlanForm| PlanForm { capacity: capacity.into(), ..present.clone() };
        let present = c.present(run).await;
        c.prepare(run, &form("50", &present)).await.unwrap();
        let seen = c.prepared(run).await.saved_at;
        c.clock.set("2019-06-20 09:00");
        c.prepare(run, &form("60", &present)).await.unwrap();
        let late = runs::release(&c.office, &c.officer, run, seen, (Answers::default(), String::new())).await.unwrap_err();
        assert!(late.is(&Refusal::ChangedMeanwhile));
        // Called off meanwhile: the draft is out of date, and says so.
        let shown = runs::show(&c.office, None, run).await.unwrap();
        runs::cancel_session(&c.office, &c.officer, shown.sessions[0].0.id, "Mưa lũ").await.unwrap();
        assert!(c.prepared(run).await.faults.0.iter().any(|fault| fault.refusal == Refusal::ChangedMeanwhile));
        assert!(c.release(run, Answers::default(), "").await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        let shown = runs::show(&c.office, Some(&c.officer), run).await.unwrap();
        assert_eq!(runs::form_to_change(&c.office, &shown).await.unwrap().sessions.len(), 1, "the session that is gone is left out");
        runs::discard(&c.office, &c.officer, run).await.unwrap();
        assert!(runs::discard(&c.office, &c.officer, run).await.unwrap_err().is(&Refusal::NothingPrepared));
        let bystander = testing::actor(&c.office, "ngoai", Role::UnitOfficer, Scope::Unit(testing::unit(&c.office, "395").await)).await;
        assert!(runs::prepare(&c.office, &bystander, run, 1, &present).await.unwrap_err().is(&Refusal::NotFound));
        assert!(runs::prepared(&c.office, &bystander, run).await.unwrap_err().is(&Refusal::NotFound));
        assert!(runs::discard(&c.office, &bystander, run).await.unwrap_err().is(&Refusal::NotFound));
        assert!(runs::clashes(&c.office, &bystander, run).await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn a_session_is_called_off_with_a_reason_and_stays_a_record(database) {
        let c = cast(database).await;
        let run = c.published("2019-07-02").await;
        let (htx, person) = c.participant(run, "Lê Thị An").await;
        c.letters().await;
        let shown = runs::show(&c.office, None, run).await.unwrap();
        let (morning, afternoon) = (shown.sessions[0].0.id, shown.sessions[1].0.id);
        assert!(runs::cancel_session(&c.office, &c.officer, afternoon, " ").await.unwrap_err().is(&Refusal::ReasonMissing));
        let gone = SessionId(c.office.id());
        assert!(runs::cancel_session(&c.office, &c.officer, gone, "Bão").await.unwrap_err().is(&Refusal::NotFound));
        runs::cancel_session(&c.office, &c.officer, afternoon, "Bão số 3").await.unwrap();
        assert!(runs::cancel_session(&c.office, &c.officer, afternoon, "Bão").await.unwrap_err().is(&Refusal::SessionCancelled));
        assert!(runs::cancel_session(&c.office, &c.officer, morning, "Bão").await.unwrap_err().is(&Refusal::LastSession));
        let letters = c.letters().await;
        assert_eq!(kinds(&letters), ["run_changed", "teaching_changed"]);
        assert_eq!(letters[1].1, "hai@example.vn");

        let shown = runs::show(&c.office, None, run).await.unwrap();
        assert_eq!((shown.sessions.len(), shown.held().count(), shown.run.session_count, shown.run.sequence), (2, 1, 1, 1));
        assert_eq!(shown.sessions[1].0.cancellation_reason.as_deref(), Some("Bão số 3"));
        let calendar = operations::calendar::of_run(&c.office, None, run).await.unwrap();
        let called_off: Vec<bool> = calendar.sessions.iter().map(|session| session.cancellation_reason.is_some()).collect();
        assert_eq!((called_off, calendar.runs[0].sequence), (vec![false, true], 1));
        // Its time is free: the person can be elsewhere, and it takes no marks.
        let mut other = c.form("2019-07-02").await;
        other.sessions.remove(0);
        other.sessions[0].trainers.clear();
        let other = c.draft(&other).await;
        c.publish(other, &Answers::default()).await.unwrap();
        c.enrol(other, htx, person).await.unwrap();
        c.clock.set("2019-07-02 14:00");
        let marked = operations::attendance::mark_everyone_present(&c.office, &c.officer, afternoon, domain::attendance::MarkSource::Form).await;
        assert!(marked.unwrap_err().is(&Refusal::SessionCancelled));
        operations::attendance::mark_everyone_present(&c.office, &c.officer, morning, domain::attendance::MarkSource::Form).await.unwrap();
        assert!(doctor::examine(&c.office).await.unwrap().is_empty());
    }

    async fn a_published_session_falls_out_with_a_reason_only(database) {
        let c = cast(database).await;
        let run = c.published("2019-07-02").await;
        let mut form = c.present(run).await;
        form.sessions.pop();
        c.prepare(run, &form).await.unwrap();
        assert!(c.prepared(run).await.falls_out);
        assert!(c.release(run, Answers::default(), "  ").await.unwrap_err().is(&Refusal::ReasonMissing));
        assert!(c.release(run, Answers::default(), "Gộp vào buổi sáng").await.unwrap());
        let shown = runs::show(&c.office, None, run).await.unwrap();
        assert_eq!(shown.sessions[1].0.cancellation_reason.as_deref(), Some("Gộp vào buổi sáng"));
        assert_eq!(runs::versions(&c.office, &c.officer, run).await.unwrap()[0].publication.note, "Gộp vào buổi sáng");
    }

    async fn clashes_are_refused_until_somebody_answers_for_each(database) {
        let c = cast(database).await;
        let room = c.room("Phòng A", 30).await;
        let in_room = |form: PlanForm| PlanForm { room: room.to_string(), venue: String::new(), ..form };
        let mut first = in_room(c.form("2019-07-02").await);
        first.capacity = "30".into();
        let first = c.draft(&first).await;
        c.publish(first, &Answers::default()).await.unwrap();
        assert_eq!(runs::show(&c.office, None, first).await.unwrap().run.venue, "Phòng A, Nhà văn hóa Phòng A");

        // The same room and one of the trainers, in the morning alone, for more people than the room holds.
        let mut second = in_room(c.form("2019-07-02").await);
        second.sessions.pop();
        let told = runs::clashes_of_plan(&c.office, &c.officer, None, &second.parse().unwrap()).await.unwrap();
        let second = c.draft(&second).await;
        let found = runs::clashes(&c.office, &c.officer, second).await.unwrap();
        let expected = [ClashKind::RoomTooSmall, ClashKind::TrainerTwice, ClashKind::RoomTwice];
        assert_eq!(found.iter().map(|clash| clash.kind).collect::<Vec<_>>(), expected);
        assert_eq!(told.len(), 3, "shown while it is planned");
        assert_eq!(refused(c.publish(second, &Answers::default()).await.unwrap_err()), expected);

        // Who answers for some has not answered for the others, nor without a reason.
        let keys: Vec<String> = found.iter().map(domain::runs::Clash::key).collect();
        let answers = |keys: &[String], reason: &str| Answers { keys: keys.iter().cloned().collect::<BTreeSet<_>>(), reason: reason.into() };
        assert_eq!(refused(c.publish(second, &answers(&keys[..2], "Hai lớp học chung")).await.unwrap_err()), [ClashKind::RoomTwice]);
        assert!(c.publish(second, &answers(&keys, " ")).await.unwrap_err().is(&Refusal::ReasonMissing));
        c.publish(second, &answers(&keys, "Hai lớp học chung một buổi")).await.unwrap();
        let answered = runs::answered(&c.office, &c.officer, second).await.unwrap();
        assert!(answered.len() == 3 && answered.iter().all(|one| one.reason == "Hai lớp học chung một buổi"));
        assert!(doctor::examine(&c.office).await.unwrap().is_empty(), "what was answered for is no violation");

        // The first run is changed beside it: what was answered for from the other side holds.
        let note = PlanForm { note: "Có gửi xe".into(), ..c.present(first).await };
        c.prepare(first, &note).await.unwrap();
        assert!(c.prepared(first).await.clashes.is_empty());
        assert!(c.release(first, Answers::default(), "").await.unwrap());
        // It moves by half an hour: that is another clash.
        let mut moved = c.present(second).await;
        moved.sessions[0].starts = "08:00".into();
        c.prepare(second, &moved).await.unwrap();
        assert_eq!(refused(c.release(second, Answers::default(), "").await.unwrap_err()), [ClashKind::TrainerTwice, ClashKind::RoomTwice]);
    }

    async fn a_participant_is_in_one_place_at_a_time(database) {
        let c = cast(database).await;
        let run = c.published("2019-07-02").await;
        let (htx, person) = c.participant(run, "Lê Thị An").await;
        let alone = |mut form: PlanForm| {
            form.sessions.iter_mut().for_each(|session| session.trainers.clear());
            form
        };
        // Another class at the same time takes her not; one on the next day does, and may not move onto this day then.
        let same_day = c.draft(&alone(c.form("2019-07-02").await)).await;
        c.publish(same_day, &Answers::default()).await.unwrap();
        let refusal = c.enrol(same_day, htx, person).await.unwrap_err();
        let Failure::Refused(faults) = refusal else { panic!() };
        assert!(matches!(&faults.0[0].refusal, Refusal::BusyElsewhere { person, .. } if person == "Lê Thị An"), "{faults:?}");
        let next_day = c.draft(&alone(c.form("2019-07-03").await)).await;
        c.publish(next_day, &Answers::default()).await.unwrap();
        c.enrol(next_day, htx, person).await.unwrap();
        let mut moved = c.present(next_day).await;
        moved.sessions[0].day = "2019-07-02".into();
        moved.enrolment_deadline = "2019-07-01".into();
        c.prepare(next_day, &moved).await.unwrap();
        assert_eq!(refused(c.release(next_day, Answers::default(), "").await.unwrap_err()), [ClashKind::ParticipantTwice]);
        assert!(doctor::examine(&c.office).await.unwrap().is_empty());
    }

    async fn a_run_below_its_minimum_is_listed_a_week_before(database) {
        let c = cast(database).await;
        let run = c.draft(&PlanForm { minimum: "2".into(), ..c.form("2019-07-22").await }).await;
        c.publish(run, &Answers::default()).await.unwrap();
        let listed = async |who: &Actor| {
            let groups = operations::inbox::inbox(&c.office, who).await.unwrap().groups;
            let group = groups.into_iter().find(|group| group.task == domain::inbox::Task::FillRun);
            group.map(|group| (group.things[0].id, group.things[0].amount))
        };
        c.clock.set("2019-07-14 09:00");
        assert_eq!(listed(&c.officer).await, None, "eight days before");
        c.clock.set("2019-07-15 09:00");
        assert_eq!(listed(&c.officer).await, Some((run.0, 2)));
        assert_eq!(listed(&c.trainers[0]).await, Some((run.0, 2)));
        c.participant(run, "Lê Thị An").await;
        assert_eq!(listed(&c.officer).await, Some((run.0, 1)));
        c.participant(run, "Lê Thị Bình").await;
        assert_eq!(listed(&c.officer).await, None);
    }
}
