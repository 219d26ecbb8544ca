//! Places that pass on while many others want them. First the controls: the same load takes the seat away where it is given
//! back and taken in two units of work, oversells where a list and a hand each trust an old count, and waits for ever where
//! runs are held in any order. Without them, the stories below them would prove nothing.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, OrganisationId, PersonId, RunId};
use domain::organisations::OrganisationKind;
use domain::people::PersonEntry;
use operations::enrolments::{self, EnrolCommand, Enrollee, SubstituteCommand, TransferCommand};
use operations::rosters::{self, SendCommand, SentFor};
use operations::{Office, doctor, testing};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::hall::{Hall, hall};

/// Others who try again and again to get the one seat of a run, until somebody says that it is enough.
struct Crowd {
    enough: Arc<AtomicBool>,
    tasks: JoinSet<bool>,
}

async fn crowd(h: &Hall, run: RunId) -> Crowd {
    let unit = testing::unit(&h.office, "395").await;
    let other = testing::organisation(&h.office, OrganisationKind::Cooperative, "HTX Chờ Chỗ", unit).await;
    let (enough, mut tasks) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
    for _ in 0..8 {
        let person = testing::person(&h.office, "Phạm Thị Chờ", Some(other)).await;
        let (office, officer, enough) = (h.office.clone(), h.officer.clone(), enough.clone());
        tasks.spawn(async move {
            while !enough.load(Ordering::SeqCst) {
                if enrol(&office, &officer, run, other, vec![Enrollee::Member(person)], EnrolmentSource::Form).await {
                    return true;
                }
            }
            false
        });
    }
    Crowd { enough, tasks }
}

impl Crowd {
    /// How many of them got a seat.
    async fn got_in(self) -> usize {
        self.enough.store(true, Ordering::SeqCst);
        self.tasks.join_all().await.into_iter().filter(|got_in| *got_in).count()
    }
}

async fn enrol(
    office: &Office,
    actor: &Actor,
    run: RunId,
    organisation: OrganisationId,
    people: Vec<Enrollee>,
    source: EnrolmentSource,
) -> bool {
    let outcome = enrolments::enrol(office, actor, EnrolCommand { run, organisation, people, source }).await;
    outcome.is_ok_and(|receipt| !receipt.enrolled.is_empty())
}

fn newcomer(n: usize) -> Enrollee {
    Enrollee::Newcomer(PersonEntry {
        full_name: "Phạm Văn Dũng".parse().unwrap(),
        birth: Some(domain::people::Birth::Year(1960 + n as i32)),
        sex: None,
        phone: None,
        email: None,
        citizen_id: None,
        position: None,
        on_state_payroll: false,
    })
}

/// A file with the first `count` newcomers is uploaded, read, looked through, and confirmed if nothing stands against it.
async fn confirm_a_list(h: &Hall, count: usize) -> bool {
    let mut list = String::from("Họ và tên;Năm sinh\n");
    for n in 0..count {
        writeln!(list, "Phạm Văn Dũng;{}", 1960 + n).unwrap();
    }
    let sent_for = SentFor::Enrolment(h.run, h.organisation);
    let command = SendCommand { sent_for, file_name: "danh sách.csv".into(), bytes: list.into_bytes() };
    let received = rosters::receive(&h.office, &h.officer, command).await.unwrap();
    assert!(!received.asks);
    let rows = rosters::read(&h.office, &h.officer, received.upload.id).await.unwrap().rows;
    let review = enrolments::preview(&h.office, &h.officer, h.run, h.organisation, &rows).await.unwrap();
    assert_eq!(review.people().len(), count, "{:?}", review.rows);
    if !review.is_clean() {
        return false;
    }
    let people = review.people().into_iter().map(Enrollee::Newcomer).collect();
    enrol(&h.office, &h.officer, h.run, h.organisation, people, EnrolmentSource::Spreadsheet).await
}

/// Five seats; a list of five and twenty people by hand, at once, three times over.
async fn list_against_hands<F: Future<Output = ()> + Send + 'static>(
    h: &Arc<Hall>,
    deed: impl Fn(Arc<Hall>, Vec<usize>, EnrolmentSource) -> F,
) {
    let mut tasks = JoinSet::new();
    let start = Arc::new(Barrier::new(23));
    for n in 0..23_usize {
        let (list, source) = match n {
            0..3 => ((0..5).collect(), EnrolmentSource::Spreadsheet),
            n => (vec![n - 3], EnrolmentSource::Form),
        };
        let (start, deed) = (start.clone(), deed(h.clone(), list, source));
        tasks.spawn(async move {
            start.wait().await;
            deed.await;
        });
    }
    tasks.join_all().await;
}

operations::both! {
    async fn without_one_unit_of_work_the_seat_goes_to_somebody_else(database) {
        let h = hall(database, 1).await;
        let an = h.placed(0).await;
        let crowd = crowd(&h, h.run).await;
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        // What not to do: the place is given back, and then taken.
        enrolments::withdraw(&h.office, &h.representative, an, "Bận").await.unwrap();
        let mut got_in = h.enrol(h.run, &[h.people[1]]).await.is_err();
        got_in |= crowd.got_in().await > 0;
        assert!(got_in, "this load does not race, so the story below proves nothing");
    }

    async fn a_seat_that_is_handed_over_is_nobody_elses_for_a_moment(database) {
        let h = hall(database, 1).await;
        let mut place: EnrolmentId = h.placed(0).await;
        let crowd = crowd(&h, h.run).await;
        for round in 1..=12 {
            let instead = Enrollee::Member(h.people[round % h.people.len()]);
            let command = SubstituteCommand { enrolment: place, instead, reason: "Bận".into() };
            place = enrolments::substitute(&h.office, &h.representative, &command).await.unwrap().id;
        }
        assert_eq!((crowd.got_in().await, h.taken(h.run).await), (0, 1));
        assert_eq!(doctor::examine(&h.office).await.unwrap(), []);
    }

    async fn without_an_order_opposite_transfers_wait_for_each_other(database) {
        let h = Arc::new(hall(database, 5).await);
        if h.office.database.is_embedded() {
            return; // One unit of work writes at a time there: nobody waits while holding anything.
        }
        let other = h.other_run(5, "2019-07-09").await;
        let (both, mut tasks) = (Arc::new(Barrier::new(2)), JoinSet::new());
        for (first, second) in [(h.run, other), (other, h.run)] {
            let (h, both) = (h.clone(), both.clone());
            tasks.spawn(async move {
                let mut work = h.office.database.begin().await.unwrap();
                store::runs::lock(&mut work, first).await.unwrap();
                both.wait().await;
                store::runs::lock(&mut work, second).await.is_err()
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|failed| *failed).count(), 1, "the database ends the circle");
    }

    async fn opposite_transfers_at_once_all_arrive(database) {
        let h = Arc::new(hall(database, 6).await);
        let other = h.other_run(6, "2019-07-09").await;
        for round in 0..4 {
            let (here, there): (Vec<PersonId>, Vec<PersonId>) = (h.people[..3].to_vec(), h.people[3..].to_vec());
            if round == 0 {
                h.enrol(h.run, &here).await.unwrap();
                h.enrol(other, &there).await.unwrap();
            }
            let (start, mut tasks) = (Arc::new(Barrier::new(6)), JoinSet::new());
            for (run, to) in [(h.run, other), (other, h.run)] {
                for place in h.live(run).await {
                    let (h, start) = (h.clone(), start.clone());
                    tasks.spawn(async move {
                        start.wait().await;
                        let command = TransferCommand { enrolment: place.id, to, reason: "Đổi lớp".into() };
                        enrolments::transfer(&h.office, &h.representative, &command).await.map(drop)
                    });
                }
            }
            for outcome in tasks.join_all().await {
                outcome.unwrap();
            }
            assert_eq!((h.taken(h.run).await, h.taken(other).await), (3, 3));
        }
        assert_eq!(doctor::examine(&h.office).await.unwrap(), []);
    }

    async fn without_the_lock_a_list_and_hands_oversell(database) {
        let h = Arc::new(hall(database, 5).await);
        list_against_hands(&h, |h, list, _| async move {
            let mut records = h.office.database.read().await.unwrap();
            let run = store::runs::find(&mut records, h.run).await.unwrap().unwrap();
            drop(records);
            if run.capacity - run.taken >= list.len() as i64 {
                testing::enrolled(&h.office, &h.officer, h.run, h.organisation, list.len()).await;
            }
        })
        .await;
        assert!(h.taken(h.run).await > 5, "this load does not race, so the story below proves nothing");
    }

    // The list comes as a file and is confirmed after it was looked through, as the pages do it.
    async fn a_list_and_hands_share_the_seats(database) {
        let h = Arc::new(hall(database, 5).await);
        list_against_hands(&h, |h, list, source| async move {
            if source == EnrolmentSource::Spreadsheet {
                confirm_a_list(&h, list.len()).await;
            } else {
                let people = list.into_iter().map(newcomer).collect();
                enrol(&h.office, &h.officer, h.run, h.organisation, people, source).await;
            }
        })
        .await;
        let live = h.live(h.run).await;
        let births: std::collections::BTreeSet<_> = live.iter().map(|place| place.birth_year).collect();
        assert_eq!((live.len(), births.len()), (5, 5), "every seat is taken, and nobody sits on two");
        let full = h.enrol(h.run, &[h.people[0]]).await.unwrap_err();
        assert!(full.is(&Refusal::Full { left: 0, asked: 1 }));
        assert_eq!(doctor::examine(&h.office).await.unwrap(), []);
    }
}
