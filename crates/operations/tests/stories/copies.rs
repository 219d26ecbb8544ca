//! The same class in several places: all of it, or nothing.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{RunId, UnitId};
use domain::runs::{CopyForm, RunState};
use operations::{Failure, Office, runs, testing};

async fn count(office: &Office, actor: &Actor) -> usize {
    runs::list(office, actor).await.unwrap().len()
}

fn row(name: &str, unit: UnitId, first_day: &str) -> CopyForm {
    CopyForm {
        name: name.into(),
        unit: unit.to_string(),
        room: String::new(),
        venue: "Hội trường xã".into(),
        first_day: first_day.into(),
        keeps_trainers: false,
    }
}

async fn days(office: &Office, officer: &Actor, run: RunId) -> Vec<(String, usize)> {
    let shown = runs::show(office, Some(officer), run).await.unwrap();
    shown.sessions.iter().map(|(session, trainers)| (session.day.to_string(), trainers.len())).collect()
}

operations::both! {
    async fn a_class_is_opened_in_three_places_or_in_none(database) {
        let (office, _) = testing::office(database).await;
        let province = testing::unit(&office, "38").await;
        let (here, there) = (testing::unit(&office, "395").await, testing::unit(&office, "389").await);
        let officer = testing::actor(&office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let trainer = testing::actor(&office, "giang.vien", Role::Trainer, Scope::Unit(province)).await;
        let run = testing::published_run_in(&office, &trainer, "ENT-4", 40, "2019-07-02", here).await;
        let mut work = office.database.begin().await.unwrap();
        let sessions = store::runs::sessions(&mut work, run).await.unwrap();
        store::runs::set_trainers(&mut work, sessions[0].id, &[trainer.person]).await.unwrap();
        work.commit().await.unwrap();

        // The second row lies in a unit that is none, the third on no day.
        let rows = [row("Lớp 2", there, "2019-07-16"), row("Lớp 3", UnitId(uuid::Uuid::nil()), "2019-07-17"), row("Lớp 4", there, "2019-07-18")];
        let refused = runs::copy(&office, &officer, run, &rows).await.unwrap_err();
        let Failure::Refused(faults) = refused else { panic!("{refused}") };
        assert_eq!(faults.0.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["copies.1.unit"]);
        assert_eq!(count(&office, &officer).await, 1, "nothing was kept");

        // So does a room that is none, and one that is out of use.
        let (_, room) = testing::venue(&office, &officer, there).await;
        operations::venues::retire_room(&office, &officer, room).await.unwrap();
        for none in [uuid::Uuid::nil(), room.0] {
            let rows = [row("Lớp 2", there, "2019-07-16"), CopyForm { room: none.to_string(), ..row("Lớp 3", there, "2019-07-17") }];
            let Err(Failure::Refused(faults)) = runs::copy(&office, &officer, run, &rows).await else { panic!("{none}") };
            assert_eq!(faults.0.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["copies.1.room"]);
        }
        assert_eq!(count(&office, &officer).await, 1);
        operations::venues::bring_room_back(&office, &officer, room).await.unwrap();
        let in_room = CopyForm { room: room.to_string(), venue: String::new(), ..row("Lớp 5", there, "2019-07-23") };
        let made = runs::copy(&office, &officer, run, &[in_room]).await.unwrap();
        let shown = runs::show(&office, Some(&officer), made[0]).await.unwrap();
        assert_eq!((shown.run.room_id, shown.run.venue.as_str()), (Some(room), "Phòng A, Nhà văn hóa"));
        assert!(shown.sessions.iter().all(|(session, _)| session.room_id == Some(room)));
        assert!(operations::venues::retire_room(&office, &officer, room).await.is_err(), "a draft books it, too");

        // National Day is left out; the trainers come along where they are to.
        let rows = [row("Lớp 2", there, "2019-07-16"), CopyForm { keeps_trainers: true, ..row("Lớp 3", here, "02/09/2019") }];
        let made = runs::copy(&office, &officer, run, &rows).await.unwrap();
        assert_eq!(days(&office, &officer, made[0]).await, [("2019-07-16".into(), 0), ("2019-07-16".into(), 0)]);
        assert_eq!(days(&office, &officer, made[1]).await, [("2019-09-03".into(), 1), ("2019-09-03".into(), 0)]);
        let shown = runs::show(&office, Some(&officer), made[1]).await.unwrap().run;
        assert_eq!((shown.state(), shown.unit_id, shown.venue.as_str(), shown.capacity), (RunState::Draft, here, "Hội trường xã", 40));
        assert_eq!(shown.enrolment_deadline.to_string(), "2019-09-02", "one day before it, as it was");
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }

    async fn only_who_plans_runs_opens_them(database) {
        let (office, _) = testing::office(database).await;
        let district = testing::unit(&office, "395").await;
        let province = Scope::Unit(testing::unit(&office, "38").await);
        let trainer = testing::actor(&office, "giang.vien", Role::Trainer, province).await;
        let other = testing::actor(&office, "giang.vien.2", Role::Trainer, province).await;
        let unit_officer = testing::actor(&office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
        let run = testing::published_run_in(&office, &trainer, "ENT-4", 40, "2019-07-02", district).await;
        let draft = testing::draft_run_in(&office, &trainer, "ENT-4", 40, "2019-07-02", district).await;
        let rows = [row("Lớp 2", district, "2019-07-16")];
        assert!(runs::copy(&office, &unit_officer, run, &rows).await.unwrap_err().is(&Refusal::NotFound));
        assert!(runs::copy(&office, &other, draft, &rows).await.unwrap_err().is(&Refusal::NotFound), "somebody else's draft");
        let made = runs::copy(&office, &other, run, &rows).await.unwrap();
        assert_eq!(runs::list(&office, &other).await.unwrap()[0].id, made[0], "it is theirs");
    }
}
