//! The registers of the demonstration: venues with rooms in several units, what is known of the trainers, when one of them
//! is away, and one who stood in for another.

use domain::Refusal;
use domain::courses::CoursePlan;
use domain::ids::UnitId;
use domain::runs::{HalfDay, RunState, WEEKDAYS};
use domain::trainers::{AbsencePlan, TeachingPlan, TrainerPlan};
use domain::units::UnitLevel;
use domain::venues::{RoomPlan, VenuePlan};

use super::Past;
use super::house::People;
use crate::{Outcome, courses, runs, trainers, venues};

/// Name, address, equipment, and the rooms of a venue: name, seats, equipment.
type Place = (&'static str, &'static str, &'static str, &'static [(&'static str, i64, &'static str)]);

/// Venues of the province.
const PROVINCE: [Place; 2] = [
    (
        "Trung tâm Hội nghị tỉnh",
        "Đại lộ Lê Lợi",
        "Bãi đỗ xe, thang máy, lối đi cho xe lăn",
        &[("Hội trường lớn", 300, "Âm thanh, hai màn chiếu"), ("Phòng 201", 45, "Máy chiếu"), ("Phòng 202", 45, "Máy chiếu")],
    ),
    (
        "Văn phòng Điều phối nông thôn mới tỉnh",
        "Đường Hạc Thành",
        "Mạng không dây",
        &[("Hội trường", 60, "Máy chiếu, micro"), ("Phòng máy tính", 25, "25 máy tính")],
    ),
];

/// The venue of a commune.
const COMMUNE: Place = (
    "Nhà văn hóa trung tâm",
    "Cạnh trụ sở UBND xã",
    "Quạt, loa",
    &[("Hội trường", 80, "Máy chiếu mượn của xã"), ("Phòng họp", 30, "")],
);

/// Keeps what is known of courses and trainers, the day before the demonstration is looked at: what was planned was planned
/// without it.
pub(super) async fn keep(past: &Past, people: &People) -> Outcome<()> {
    past.go(-1);
    pattern(past, people).await?;
    known(past, people).await?;
    substitution(past, people).await
}

/// Writes down venues and rooms, before anything is held in them.
pub(super) async fn places(past: &Past, people: &People) -> Outcome<()> {
    past.go(-59);
    let units = store::units::on_day(&mut past.office.database.read().await?, past.today).await?;
    let communes = units.iter().filter(|unit| unit.level == UnitLevel::Commune).skip(12).step_by(22).take(3);
    for place in &PROVINCE {
        venue(past, people, place, people.province).await?;
    }
    for commune in communes {
        venue(past, people, &COMMUNE, commune.id).await?;
    }
    Ok(())
}

async fn venue(past: &Past, people: &People, place: &Place, unit: UnitId) -> Outcome<()> {
    let (name, address, equipment, rooms) = *place;
    let plan = VenuePlan {
        name: name.into(),
        unit,
        address: address.into(),
        map_link: "https://www.openstreetmap.org/?mlat=19.807&mlon=105.776#map=16/19.807/105.776".into(),
        equipment: equipment.into(),
    };
    let venue = venues::add(&past.office, &people.officer, &plan).await?;
    for (name, capacity, equipment) in rooms {
        let room = RoomPlan { name: (*name).into(), capacity: *capacity, equipment: (*equipment).into() };
        venues::add_room(&past.office, &people.officer, venue, &room).await?;
    }
    Ok(())
}

/// A course of one day is held from 15 people on, in a morning and an afternoon.
async fn pattern(past: &Past, people: &People) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    let course = courses::list(office).await?.into_iter().find(|course| course.code == "ENT-4").ok_or(Refusal::NotFound)?;
    let plan = CoursePlan {
        code: course.code,
        title: course.title,
        title_english: course.title_english,
        summary: course.summary,
        summary_english: course.summary_english,
        topic: course.topic,
        audience: course.audience,
        hours: course.hours,
        capacity: course.capacity,
        minimum: 15,
        usual_sessions: Some(4),
        usual_half_days: vec![HalfDay::Morning, HalfDay::Afternoon],
        min_attendance: course.min_attendance,
        late_counts: course.late_counts,
        excused_counts: course.excused_counts,
        substitution_hours: 24,
        prerequisites: Vec::new(),
    };
    courses::change(office, officer, course.id, course.rule_version, &plan).await
}

async fn known(past: &Past, people: &People) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    let catalogue = courses::list(office).await?;
    let said: [(&str, &str, &[&str]); 3] = [
        ("Văn phòng Điều phối nông thôn mới tỉnh", "Chuyên viên chính", &[]),
        ("Trường Đại học Hồng Đức", "Tiến sĩ, giảng viên chính", &[]),
        ("Trung tâm Khuyến nông tỉnh", "Thạc sĩ", &["ENT-3", "ENT-4"]),
    ];
    for (trainer, (employer, rank, only)) in people.trainers.iter().zip(said) {
        let taught = catalogue.iter().filter(|course| only.is_empty() || only.contains(&course.code.as_str()));
        let courses = taught.map(|course| course.id).collect();
        let plan = TrainerPlan { employer: employer.into(), rank: rank.into(), note: String::new(), courses };
        trainers::change(office, officer, trainer.person, &plan).await?;
    }
    // The last of them says so on their own page: away for three days, and to be asked by day only.
    if let Some(trainer) = people.trainers.last() {
        let week = WEEKDAYS.iter().flat_map(|(day, _)| [HalfDay::Morning, HalfDay::Afternoon].map(|half| (*day, half)));
        trainers::set_half_days(office, trainer, trainer.person, &week.collect::<Vec<_>>()).await?;
        let absence = AbsencePlan { first_day: past.day(50), last_day: past.day(52), reason: "Họp ở Hà Nội".into() };
        trainers::add_absence(office, trainer, trainer.person, &absence).await?;
    }
    Ok(())
}

/// In the first session of the class that waits to be closed, somebody else taught.
async fn substitution(past: &Past, people: &People) -> Outcome<()> {
    let (office, officer) = (&past.office, &people.officer);
    let held = |run: &runs::Run| run.state() == RunState::Published && run.last_day.is_some_and(|day| day < past.today);
    let run = runs::list(office, officer).await?.into_iter().find(held).ok_or(Refusal::NotFound)?;
    let sessions = store::runs::sessions(&mut office.database.read().await?, run.id).await?;
    let first = sessions.first().ok_or(Refusal::NotFound)?.id;
    let view = trainers::teaching(office, officer, first).await?;
    let (Some(planned), Some((other, _))) = (view.rows.first(), view.others.first()) else { return Ok(()) };
    let row =
        |row, person, minutes, stood_in_for, note: &str| TeachingPlan { row, person, minutes, stood_in_for, note: note.into() };
    let rows = [row(0, planned.person, 0, None, "Đi họp đột xuất"), row(1, *other, view.length(), Some(planned.person), "")];
    trainers::record(office, officer, first, 0, &rows).await?;
    Ok(())
}
