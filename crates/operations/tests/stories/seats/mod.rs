//! A run with few seats, cooperatives of two districts, and who acts for them.

use domain::accounts::{Actor, Role, Scope};
use domain::enrolments::{EnrolmentSource, Holder, Ledger};
use domain::ids::{AllotmentId, EnrolmentId, OfferId, OrganisationId, PersonId, RunId, UnitId};
use domain::organisations::OrganisationKind;
use domain::runs::RunPlan;
use domain::waiting::Departure;
use operations::allotments::{self, AllotCommand, Line};
use operations::enrolments::{self, EnrolCommand, Enrollee, Receipt};
use operations::notices::{self, Letter};
use operations::testing::{self, TestClock};
use operations::waiting::{self, Joined};
use operations::{Office, Outcome, runs};
use store::Database;

pub struct Hall {
    pub office: Office,
    pub clock: TestClock,
    /// An officer of the province, who plans the run.
    pub planner: Actor,
    /// The districts of the first two and of the other cooperatives, and their officers.
    pub units: [UnitId; 2],
    pub officers: [Actor; 2],
    /// Four cooperatives with their representatives.
    pub coops: Vec<(OrganisationId, Actor)>,
    /// One can enrol until 1 July 2019; it is 12 June.
    pub run: RunId,
}

impl Hall {
    pub async fn build(database: Database, capacity: i64) -> Hall {
        let (office, clock) = testing::office(database).await;
        let province = testing::unit(&office, "38").await;
        let units = [testing::unit(&office, "395").await, testing::unit(&office, "384").await];
        let planner = testing::actor(&office, "van.phong", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let officers = [
            testing::actor(&office, "huyen.mot", Role::UnitOfficer, Scope::Unit(units[0])).await,
            testing::actor(&office, "huyen.hai", Role::UnitOfficer, Scope::Unit(units[1])).await,
        ];
        let mut coops = Vec::new();
        for n in 0..4 {
            let name = format!("HTX số {n}");
            let id = testing::organisation(&office, OrganisationKind::Cooperative, &name, units[n / 2]).await;
            let acts = testing::actor(&office, &format!("htx.so.{n}"), Role::Representative, Scope::Organisation(id)).await;
            coops.push((id, acts));
        }
        let run = testing::published_run(&office, &planner, "ENT-4", capacity, "2019-07-02").await;
        Hall { office, clock, planner, units, officers, coops, run }
    }

    /// A new member of a cooperative.
    pub async fn person(&self, coop: usize, name: &str) -> PersonId {
        testing::person(&self.office, name, Some(self.coops[coop].0)).await
    }

    pub async fn people(&self, coop: usize, count: usize) -> Vec<PersonId> {
        let mut people = Vec::new();
        for n in 0..count {
            let name = ["An", "Bình", "Dũng", "Đông", "Hà", "Hạnh", "Lan", "Mai", "Ngọc", "Phúc"][n % 10];
            people.push(self.person(coop, &format!("Lê Thị {name}")).await);
        }
        people
    }

    pub fn command(&self, coop: usize, people: &[PersonId]) -> EnrolCommand {
        EnrolCommand {
            run: self.run,
            organisation: self.coops[coop].0,
            people: people.iter().copied().map(Enrollee::Member).collect(),
            source: EnrolmentSource::Form,
        }
    }

    /// The representative enrols people.
    pub async fn enrol(&self, coop: usize, people: &[PersonId]) -> Outcome<Receipt> {
        enrolments::enrol(&self.office, &self.coops[coop].1, self.command(coop, people)).await
    }

    /// The representative enrols who gets a seat, and puts the others on the waiting list.
    pub async fn join(&self, coop: usize, people: &[PersonId]) -> Joined {
        waiting::join(&self.office, &self.coops[coop].1, self.command(coop, people)).await.unwrap()
    }

    /// Takes every seat by people of a cooperative, as the planner sees it.
    pub async fn fill(&self, coop: usize, count: usize) -> Vec<EnrolmentId> {
        let people = self.people(coop, count).await;
        let receipt = self.enrol(coop, &people).await.unwrap();
        receipt.enrolled.iter().map(|placed| placed.enrolment).collect()
    }

    /// Gives a place back.
    pub async fn withdraw(&self, enrolment: EnrolmentId) {
        enrolments::withdraw(&self.office, &self.planner, enrolment, "Bận việc").await.unwrap();
    }

    pub fn line(&self, holder: Holder, seen: Option<i64>, seats: i64, until: &str) -> Line {
        Line { holder, seen, seats, until: until.parse().unwrap() }
    }

    pub fn coop(&self, coop: usize) -> Holder {
        Holder::Organisation(self.coops[coop].0)
    }

    pub fn unit(&self, unit: usize) -> Holder {
        Holder::Unit(self.units[unit])
    }

    pub async fn allot(&self, lines: Vec<Line>) -> Outcome<usize> {
        let command = AllotCommand { run: self.run, lines, reason: "Đổi kế hoạch".into() };
        allotments::allot(&self.office, &self.planner, &command).await
    }

    /// What was last promised to somebody and has not ended.
    pub async fn allotment(&self, holder: Holder) -> AllotmentId {
        let mut records = self.office.database.read().await.unwrap();
        let all = store::allotments::of_run(&mut records, self.run).await.unwrap();
        all.into_iter().find(|one| one.holder() == Some(holder) && one.ended_at.is_none()).unwrap().id
    }

    /// The seats of the run, counted.
    pub async fn ledger(&self) -> Ledger {
        let mut records = self.office.database.read().await.unwrap();
        let run = store::runs::find(&mut records, self.run).await.unwrap().unwrap();
        let promises = store::allotments::of_run(&mut records, self.run).await.unwrap();
        Ledger {
            capacity: run.capacity,
            taken: run.taken,
            promises: promises.iter().filter_map(|one| one.promise()).collect(),
            holds: store::allotments::holds(&mut records, self.run).await.unwrap(),
            ends: run.keeping_ends(),
            now: self.office.now(),
        }
    }

    /// Taken, promised, offered, free.
    pub async fn seats(&self) -> (i64, i64, i64, i64) {
        let ledger = self.ledger().await;
        (ledger.taken, ledger.promised(), ledger.offered(), ledger.free())
    }

    /// Who waits, in order, as far as nobody has left: person and whether they have an offer.
    pub async fn queue(&self) -> Vec<(PersonId, bool)> {
        let mut records = self.office.database.read().await.unwrap();
        let list = store::waiting::of_run(&mut records, self.run).await.unwrap();
        list.into_iter().map(|entry| (entry.person_id, entry.offer_id.is_some())).collect()
    }

    /// The offers that nobody answered, in the order of the list.
    pub async fn offers(&self) -> Vec<(PersonId, OfferId)> {
        let mut records = self.office.database.read().await.unwrap();
        let list = store::waiting::of_run(&mut records, self.run).await.unwrap();
        list.into_iter().filter_map(|entry| Some((entry.person_id, entry.offer_id?))).collect()
    }

    /// Gives the run another capacity by the one way.
    pub async fn resize(&self, capacity: i64) -> Outcome<bool> {
        self.change(|plan| plan.capacity = capacity).await
    }

    /// Changes the run by the one way.
    pub async fn change(&self, how: impl FnOnce(&mut RunPlan)) -> Outcome<bool> {
        let shown = runs::show(&self.office, Some(&self.planner), self.run).await.unwrap();
        let mut plan = runs::plan_of(&shown);
        how(&mut plan);
        runs::change(&self.office, &self.planner, self.run, &runs::ChangeCommand::new(shown.run.sequence, plan)).await
    }

    /// Moves the last day on which one can enrol.
    pub async fn move_deadline(&self, day: &str) {
        assert!(self.change(|plan| plan.enrolment_deadline = day.parse().unwrap()).await.unwrap());
    }

    /// The letters that were written since this was last asked: address and what they say, in the order of addresses.
    pub async fn letters(&self) -> Vec<(String, Letter)> {
        let mut found = Vec::new();
        for id in notices::due(&self.office).await.unwrap() {
            let Some((notice, letter)) = notices::claim(&self.office, id).await.unwrap() else { continue };
            notices::sent(&self.office, &notice).await.unwrap();
            found.push((notice.recipient.to_string(), letter));
        }
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found
    }

    /// How everybody left the waiting list, the first first.
    pub async fn left(&self) -> Vec<(PersonId, Departure)> {
        let mut records = self.office.database.read().await.unwrap();
        let mut all = store::waiting::left(&mut records, self.run).await.unwrap();
        all.reverse();
        all.into_iter().map(|entry| (entry.person_id, entry.left_how.unwrap())).collect()
    }

    /// The letters that offer a seat, as they wait to be sent: address, link, code.
    pub async fn offer_letters(&self) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        for id in notices::due(&self.office).await.unwrap() {
            let Some((notice, letter)) = notices::claim(&self.office, id).await.unwrap() else { continue };
            notices::sent(&self.office, &notice).await.unwrap();
            if let Letter::SeatOffered { link, code, .. } = letter {
                found.push((notice.recipient.to_string(), link, code));
            }
        }
        found
    }

    pub async fn email(&self, person: PersonId, email: &str) {
        let mut work = self.office.database.begin().await.unwrap();
        let mut known = store::people::find(&mut work, person).await.unwrap().unwrap();
        known.email = Some(email.parse().unwrap());
        store::people::change(&mut work, &known).await.unwrap();
        work.commit().await.unwrap();
    }
}
