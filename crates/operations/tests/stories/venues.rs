//! Venues and rooms: who keeps them, and what stays booked.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::UnitId;
use domain::venues::{RoomPlan, VenuePlan};
use operations::{Office, testing, venues};

struct Cast {
    office: Office,
    clock: testing::TestClock,
    district: UnitId,
    officer: Actor,
    trainer: Actor,
}

async fn cast(database: store::Database) -> Cast {
    let (office, clock) = testing::office(database).await;
    let province = Scope::Unit(testing::unit(&office, "38").await);
    let district = testing::unit(&office, "395").await;
    let officer = testing::actor(&office, "vpdp", Role::ProvincialOfficer, province).await;
    let trainer = testing::actor(&office, "giang.vien", Role::Trainer, province).await;
    Cast { office, clock, district, officer, trainer }
}

fn plan(unit: UnitId, name: &str) -> VenuePlan {
    VenuePlan { name: name.into(), unit, address: String::new(), map_link: String::new(), equipment: String::new() }
}

operations::both! {
    async fn venues_are_kept_by_who_keeps_the_catalogue(database) {
        let Cast { office, district, officer, trainer, .. } = cast(database).await;
        let manager = testing::actor(&office, "lanh.dao", Role::Manager, Scope::Unit(district)).await;
        let (venue, room) = testing::venue(&office, &officer, district).await;
        assert!(venues::add(&office, &trainer, &plan(district, "Khác")).await.unwrap_err().is(&Refusal::NotFound));
        assert!(venues::list(&office, &manager, "").await.unwrap_err().is(&Refusal::NotFound));
        assert!(venues::show(&office, &manager, venue).await.unwrap_err().is(&Refusal::NotFound));
        let seen = venues::show(&office, &trainer, venue).await.unwrap();
        assert_eq!((seen.may_change, seen.rooms.len(), seen.venue.map_link.as_str()), (false, 1, "https://bando.example/1"));

        // The same name in the unit, however it is typed, is the same venue; elsewhere it is another.
        assert!(venues::add(&office, &officer, &plan(district, "NHÀ VĂN HOÁ")).await.unwrap_err().is(&Refusal::AlreadyExists));
        let elsewhere = testing::unit(&office, "389").await;
        let other = venues::add(&office, &officer, &plan(elsewhere, "Nhà văn hóa")).await.unwrap();
        assert!(venues::change(&office, &officer, other, &plan(district, "Nhà văn hóa")).await.unwrap_err().is(&Refusal::AlreadyExists));
        venues::change(&office, &officer, other, &plan(elsewhere, "Hội trường huyện")).await.unwrap();

        let big = RoomPlan { name: "Phòng A".into(), capacity: 90, equipment: "Loa".into() };
        assert!(venues::add_room(&office, &officer, venue, &big).await.unwrap_err().is(&Refusal::AlreadyExists));
        let hall = venues::add_room(&office, &officer, venue, &RoomPlan { name: "Hội trường".into(), ..big.clone() }).await.unwrap();
        assert!(venues::change_room(&office, &officer, hall, &big).await.unwrap_err().is(&Refusal::AlreadyExists));
        venues::change_room(&office, &officer, room, &RoomPlan { capacity: 45, ..big }).await.unwrap();

        let list = venues::list(&office, &trainer, "van hoa").await.unwrap();
        let told: Vec<_> = list.lines.iter().map(|line| (line.venue.id, line.rooms.len(), line.seats())).collect();
        assert_eq!(told, [(venue, 2, 135)], "searched without tones");
        assert_eq!(venues::list(&office, &trainer, "tho xuan").await.unwrap().lines.len(), 1, "by unit, too");
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }

    async fn what_is_booked_stays_in_use(database) {
        let Cast { office, clock, district, officer, trainer } = cast(database).await;
        let (venue, room) = testing::venue(&office, &officer, district).await;
        let spare = venues::add_room(&office, &officer, venue, &RoomPlan { name: "Phòng B".into(), capacity: 20, equipment: String::new() }).await.unwrap();
        let run = testing::published_run_in(&office, &trainer, "ENT-4", 40, "2019-07-02", district).await;
        testing::booked(&office, run, room).await;
        let draft = testing::draft_run_in(&office, &officer, "ENT-4", 40, "2019-07-03", district).await;
        testing::booked(&office, draft, room).await;
        assert_eq!(venues::show(&office, &officer, venue).await.unwrap().booked.len(), 4);
        assert_eq!(venues::show(&office, &trainer, venue).await.unwrap().booked.len(), 2, "drafts of others stay theirs");

        let refused = venues::retire_room(&office, &officer, room).await.unwrap_err();
        let operations::Failure::Refused(faults) = refused else { panic!("{refused}") };
        let Refusal::RoomBooked { sessions } = &faults.0[0].refusal else { panic!("{faults:?}") };
        assert_eq!(sessions.len(), 4);
        assert_eq!(sessions[0].0, "2019-07-02".parse().unwrap());
        assert!(sessions[0].1.ends_with("Lớp 1"), "{}", sessions[0].1);
        assert!(matches!(venues::retire(&office, &officer, venue).await, Err(operations::Failure::Refused(_))));
        venues::retire_room(&office, &officer, spare).await.unwrap();
        assert!(venues::retire_room(&office, &officer, spare).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert!(venues::retire_room(&office, &trainer, room).await.unwrap_err().is(&Refusal::NotFound));

        // A session that was called off holds nothing, one that runs still does, one that ended does no more.
        operations::runs::cancel(&office, &officer, draft, "Bão").await.unwrap();
        clock.set("2019-07-02 16:59");
        assert!(venues::retire(&office, &officer, venue).await.is_err());
        clock.set("2019-07-02 17:00");
        venues::retire(&office, &officer, venue).await.unwrap();
        assert!(venues::retire(&office, &officer, venue).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        let plan = RoomPlan { name: "Phòng C".into(), capacity: 20, equipment: String::new() };
        assert!(venues::add_room(&office, &officer, venue, &plan).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert!(venues::bring_room_back(&office, &officer, spare).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        venues::bring_back(&office, &officer, venue).await.unwrap();
        venues::bring_room_back(&office, &officer, spare).await.unwrap();
        assert!(venues::bring_back(&office, &officer, venue).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(venues::list(&office, &officer, "").await.unwrap().lines[0].rooms.len(), 2);
        assert_eq!(operations::doctor::examine(&office).await.unwrap(), []);
    }
}
