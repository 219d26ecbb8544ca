//! The doctor finds what cannot be of venues, trainers and who taught, and nothing where all holds.

use crate::breaches;
use domain::accounts::{Role, Scope};
use domain::trainers::{AbsenceForm, TeachingPlan, TrainerPlan};
use operations::{doctor, testing, trainers};

/// What is broken in a transaction that is never committed, and what the doctor has to say of it.
const BROKEN: [(&str, &str); 11] = [
    ("teaching_before_beginning", "UPDATE session_teaching SET recorded_at = '2019-07-01T01:00:00+00:00'"),
    ("teaching_before_beginning", "UPDATE run SET published_at = NULL, published_by = NULL"),
    ("teaching_said_twice_at_once", "UPDATE session_teaching SET recorded_at = (SELECT MAX(recorded_at) FROM session_teaching)"),
    ("stood_in_for_oneself", "UPDATE session_teaching SET stood_in_for = person_id"),
    ("register_orphan", "DELETE FROM unit"),
    ("register_orphan", "DELETE FROM venue"),
    ("register_orphan", "DELETE FROM room"),
    ("register_orphan", "DELETE FROM trainer"),
    ("register_orphan", "DELETE FROM course"),
    ("register_orphan", "DELETE FROM person"),
    ("register_orphan", "DELETE FROM session"),
];

operations::both! {
    async fn every_breach_is_found(database) {
        let (office, clock) = testing::office(database).await;
        let province = testing::unit(&office, "38").await;
        let officer = testing::actor(&office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let trainer = testing::actor(&office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        let (_, room) = testing::venue(&office, &officer, province).await;
        let run = testing::published_run(&office, &trainer, "ENT-4", 40, "2019-07-02").await;
        testing::booked(&office, run, room).await;
        let course = operations::courses::list(&office).await.unwrap()[0].id;
        let plan = TrainerPlan { employer: String::new(), rank: String::new(), note: String::new(), courses: vec![course] };
        trainers::change(&office, &officer, trainer.person, &plan).await.unwrap();
        trainers::set_half_days(&office, &trainer, trainer.person, &[(chrono::Weekday::Mon, domain::runs::HalfDay::Morning)]).await.unwrap();
        let away = AbsenceForm { first_day: "2019-08-01".into(), ..AbsenceForm::default() }.parse().unwrap();
        trainers::add_absence(&office, &trainer, trainer.person, &away).await.unwrap();
        clock.set("2019-07-02 18:00");
        let session = store::runs::sessions(&mut office.database.read().await.unwrap(), run).await.unwrap()[0].id;
        for (seen, minutes) in [(0, 240), (1, 200)] {
            let row = TeachingPlan { row: 0, person: trainer.person, minutes, stood_in_for: None, note: String::new() };
            trainers::record(&office, &officer, session, seen, &[row]).await.unwrap();
        }
        assert_eq!(doctor::examine(&office).await.unwrap(), []);
        breaches::all_found(&office, &BROKEN).await;
    }
}
