//! Timetables: what clashes, what changed from one version to the next, and who is told.

use chrono::{NaiveDate, NaiveTime};
use domain::accounts::Language;
use domain::courses::Audience;
use domain::runs::{Change, Clash, ClashKind, Place, Slot};
use domain::time::{local_day, local_time, show_day, show_time};

use super::{calendar, choices};

wording! {
    clashes: "Xung đột" | "Clashes";
    clashes_lead: "Lịch này trùng hoặc vướng những điều sau. Sửa lịch, hoặc vẫn công bố và nêu lý do." | "The timetable clashes with the following. Change it, or publish it in spite of that and say why.";
    clashes_while_editing: "Lịch đang soạn trùng hoặc vướng những điều sau. Có thể lưu; khi công bố sẽ phải sửa hoặc nêu lý do." | "What you are planning clashes with the following. It can be saved; to be published it has to change, or somebody has to say why.";
    no_clash: "Không có xung đột." | "Nothing clashes.";
    look_for_clashes: "Kiểm tra xung đột" | "Look for clashes";
    answer: "Lý do vẫn công bố" | "Why it is published in spite of that";
    answer_hint: "Lý do được lưu cùng tên bạn và hiển thị ở trang lớp." | "It is kept with your name and shown on the page of the class.";
    answered: "Xung đột đã được chấp nhận" | "Clashes somebody answered for";
    answered_by(name: &str, day: &str, reason: &str): "{name}, {day}: {reason}" | "{name}, {day}: {reason}";

    trainer_twice(name: &str, when: &str, run: &str): "{name} dạy lớp khác cùng lúc ({when}): {run}." | "{name} teaches another class at that time ({when}): {run}.";
    room_twice(name: &str, when: &str, run: &str): "{name} đã có lớp khác ({when}): {run}." | "{name} is taken at that time ({when}): {run}.";
    participant_twice(name: &str, when: &str, run: &str): "Học viên {name} học lớp khác cùng lúc ({when}): {run}." | "{name}, who takes part, attends another class at that time ({when}): {run}.";
    room_too_small(name: &str, seats: i64, wanted: i64): "{name} chỉ có {seats} chỗ, lớp có {wanted} chỗ." | "{name} holds {seats} people, the class has {wanted} seats.";
    not_qualified(name: &str): "{name} chưa được ghi nhận đủ điều kiện dạy khóa này." | "{name} is not on record as qualified for this course.";
    away(name: &str, when: &str): "{name} vắng mặt ({when})." | "{name} is away ({when}).";
    not_asked(name: &str, when: &str): "{name} không nhận dạy vào buổi này trong tuần ({when})." | "{name} does not teach on such half-days ({when}).";

    release: "Phát hành thay đổi" | "Release the change";
    release_lead: "Lịch đã công bố chưa đổi. Xem lại trước khi phát hành." | "What is published has not changed yet. Look once more before you release.";
    prepared_by(name: &str, at: &str): "Bản thay đổi do {name} lưu lúc {at}." | "Prepared by {name}, saved at {at}.";
    there_is_a_change: "Có một bản thay đổi chưa phát hành." | "A change has been prepared and not been released.";
    look_at_it: "Xem và phát hành" | "Look at it and release it";
    what_changes: "Những gì thay đổi" | "What changes";
    nothing_changes: "Không có gì khác so với lịch đã công bố. Phát hành sẽ không gửi thư cho ai." | "Nothing is different from what is published. Releasing it sends no letter.";
    who_is_told: "Ai được báo" | "Who is told";
    tells_participants(people: i64): "{people} học viên (hoặc đại diện của họ, khi học viên không có thư điện tử)" | "{people} participants (or their representatives, where there is no e-mail address)";
    tells_trainers(names: &str): "Giảng viên: {names}" | "Trainers: {names}";
    tells_waiting(people: i64): "{people} người trong danh sách chờ, được mời nhận chỗ mới" | "{people} people on the waiting list, who are offered the new seats";
    tells_nobody: "Không ai: thay đổi này không đụng đến ngày, giờ, địa điểm hay phân công." | "Nobody: neither day, time, place nor who teaches changes.";
    reason_of_removal: "Lý do hủy buổi" | "Why sessions fall out";
    reason_of_removal_hint: "Buổi đã công bố vẫn hiện trên lịch, gạch ngang, kèm lý do này." | "What was published stays on the calendar, struck out, with this reason.";
    note: "Ghi chú của phiên bản" | "About this version";
    release_now: "Phát hành" | "Release";
    edit_more: "Sửa tiếp" | "Change it further";
    discard: "Bỏ bản thay đổi" | "Drop the change";
    save_change: "Lưu bản thay đổi" | "Save the change";
    save_change_why: "Chưa ai được báo: bước sau cho xem khác biệt và ai sẽ nhận thư." | "Nobody is told yet: the next page shows the difference and who gets a letter.";
    done_released: "Đã phát hành phiên bản mới." | "The new version is released.";
    done_nothing: "Không có gì thay đổi, không gửi thư cho ai." | "Nothing was different, and nobody was written to.";
    done_discarded: "Đã bỏ bản thay đổi." | "The change was dropped.";

    versions: "Các phiên bản lịch" | "Versions of the timetable";
    versions_none: "Chưa có phiên bản nào được lưu" | "No version is kept yet";
    versions_none_advice: "Mỗi lần công bố hoặc phát hành thay đổi, lịch được lưu lại ở đây." | "Each time the class is published or a change is released, its timetable is kept here.";
    version(number: i64): "Phiên bản {number}" | "Version {number}";
    published_by(name: &str, at: &str): "{name} công bố lúc {at}." | "Published by {name} at {at}.";
    first_version: "Lịch được công bố lần đầu." | "Published for the first time.";

    cancel_session: "Hủy buổi" | "Cancel";
    cancel_session_of(number: usize): "Hủy buổi {number}" | "Cancel session {number}";
    cancel_session_title: "Hủy buổi này?" | "Cancel this session?";
    cancel_session_lead(when: &str): "Buổi {when} sẽ không diễn ra." | "The session of {when} will not take place.";
    cancel_session_told(people: i64): "{people} học viên và giảng viên của buổi được báo qua thư; lịch trên máy của họ cũng được cập nhật." | "{people} participants and its trainers are told by mail, and their calendars too.";
    keep_session: "Giữ buổi" | "Keep it";
    session_cancelled(reason: &str): "Đã hủy: {reason}" | "Cancelled: {reason}";
    done_session_cancelled: "Đã hủy buổi học." | "The session was cancelled.";

    room: "Phòng" | "Room";
    room_elsewhere: "Nơi khác (ghi ở ô địa điểm)" | "Elsewhere (say where)";
    room_of_class: "Như của lớp" | "As the class";
    room_seats(title: &str, seats: i64): "{title} · {seats} chỗ" | "{title} · {seats} seats";
    venue_hint: "Chỉ ghi khi nơi học không có trong danh sách phòng." | "Only when the place is not among the rooms.";
    minimum: "Số học viên tối thiểu" | "Held from … people on";
    minimum_hint: "Lớp chưa đủ số này được nhắc trước ngày học 7 ngày." | "A class with fewer is listed seven days before it starts.";

    changed_course(from: &str, to: &str): "Khóa học đổi từ “{from}” thành “{to}”." | "The course changes from “{from}” to “{to}”.";
    changed_name(from: &str, to: &str): "Tên lớp đổi từ “{from}” thành “{to}”." | "The name changes from “{from}” to “{to}”.";
    changed_audience(from: &str, to: &str): "Đối tượng đổi từ “{from}” thành “{to}”." | "The audience changes from “{from}” to “{to}”.";
    changed_unit(from: &str, to: &str): "Địa bàn đổi từ {from} thành {to}." | "The unit changes from {from} to {to}.";
    changed_venue(from: &str, to: &str): "Địa điểm của lớp chuyển từ {from} sang {to}." | "The class moves from {from} to {to}.";
    changed_capacity(from: i64, to: i64): "Số chỗ đổi từ {from} thành {to}." | "Seats change from {from} to {to}.";
    changed_minimum(from: i64, to: i64): "Số học viên tối thiểu đổi từ {from} thành {to}." | "The least number of people changes from {from} to {to}.";
    changed_deadline(from: &str, to: &str): "Hạn đăng ký đổi từ {from} thành {to}." | "The last day for enrolling changes from {from} to {to}.";
    changed_note(to: &str): "Ghi chú cho học viên: “{to}”" | "Note for participants: “{to}”";
    dropped_note: "Bỏ ghi chú cho học viên." | "The note for participants goes.";
    moved(number: usize, from: &str, to: &str): "Buổi {number} chuyển từ {from} sang {to}." | "Session {number} moves from {from} to {to}.";
    moved_place(number: usize, from: &str, to: &str): "Buổi {number} chuyển từ {from} sang {to}." | "Session {number} moves from {from} to {to}.";
    changed_topic(number: usize, to: &str): "Buổi {number}: nội dung đổi thành “{to}”." | "Session {number} is about “{to}” now.";
    dropped_topic(number: usize): "Buổi {number}: bỏ nội dung riêng." | "Session {number} has no topic of its own any more.";
    changed_trainers(number: usize, from: &str, to: &str): "Buổi {number}: giảng viên đổi từ {from} thành {to}." | "Session {number}: taught by {to} instead of {from}.";
    added(slot: &str): "Thêm buổi {slot}." | "One more session: {slot}.";
    removed(number: usize, slot: &str): "Bỏ buổi {number} ({slot})." | "Session {number} falls out ({slot}).";
    nobody: "chưa phân công" | "nobody yet";
    when(day: &str, half_day: &str, hours: &str): "{day} {half_day}, {hours}" | "{day} {half_day}, {hours}";
}

/// What stands in the way, in a sentence.
pub(crate) fn clash(l: Language, clash: &Clash) -> String {
    let hours = |place: Place| {
        let hours = format!("{}–{}", show_time(local_time(place.starts)), show_time(local_time(place.ends)));
        format!("{} {hours}", show_day(local_day(place.starts)))
    };
    let (name, at) = (&clash.name, clash.session.map(hours).unwrap_or_default());
    match clash.kind {
        ClashKind::TrainerTwice => trainer_twice(l, name, &at, &clash.other_run),
        ClashKind::RoomTwice => room_twice(l, name, &at, &clash.other_run),
        ClashKind::ParticipantTwice => participant_twice(l, name, &at, &clash.other_run),
        ClashKind::RoomTooSmall => {
            let (wanted, there) = clash.seats.unwrap_or_default();
            room_too_small(l, name, there, wanted)
        }
        ClashKind::NotQualified => not_qualified(l, name),
        ClashKind::Away => away(l, name, &at),
        ClashKind::NotAsked => not_asked(l, name, &at),
    }
}

/// A difference between two versions, in a sentence.
pub(crate) fn change(l: Language, change: &Change) -> String {
    let addressed = |(audience, year): &(Audience, Option<i64>)| {
        year.map_or_else(|| choices::audience(l, *audience).to_owned(), |year| calendar::selected_of(l, year))
    };
    match change {
        Change::Course { from, to } => changed_course(l, from, to),
        Change::Name { from, to } => changed_name(l, from, to),
        Change::Audience { from, to } => changed_audience(l, &addressed(from), &addressed(to)),
        Change::Unit { from, to } => changed_unit(l, from, to),
        Change::Venue { from, to } => changed_venue(l, from, to),
        Change::Capacity { from, to } => changed_capacity(l, *from, *to),
        Change::Minimum { from, to } => changed_minimum(l, *from, *to),
        Change::Deadline { from, to } => changed_deadline(l, &show_day(*from), &show_day(*to)),
        Change::Note { to } if to.is_empty() => dropped_note(l).to_owned(),
        Change::Note { to } => changed_note(l, to),
        Change::Moved { number, from, to } => {
            let place = if from.venue == to.venue { String::new() } else { format!(", {}", to.venue) };
            moved(l, *number, &slot(l, from), &format!("{}{place}", slot(l, to)))
        }
        Change::Place { number, from, to } => moved_place(l, *number, from, to),
        Change::Topic { number, to, .. } if to.is_empty() => dropped_topic(l, *number),
        Change::Topic { number, to, .. } => changed_topic(l, *number, to),
        Change::Trainers { number, from, to } => changed_trainers(l, *number, &names(l, from), &names(l, to)),
        Change::Added { slot: one, .. } => {
            let whole = [slot(l, one), one.venue.clone(), one.topic.clone(), one.names().join(", ")];
            added(l, &whole.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
        }
        Change::Removed { number, slot: one } => removed(l, *number, &slot(l, one)),
    }
}

fn names(l: Language, names: &[String]) -> String {
    if names.is_empty() { nobody(l).to_owned() } else { names.join(", ") }
}

fn slot(l: Language, slot: &Slot) -> String {
    at(l, slot.day, choices::half_day(l, slot.half_day), slot.starts, slot.ends)
}

/// When a session is: `14/06/2019 sáng, 07:30–11:30`.
pub(crate) fn at(l: Language, day: NaiveDate, half_day: &str, starts: NaiveTime, ends: NaiveTime) -> String {
    when(l, &show_day(day), &half_day.to_lowercase(), &format!("{}–{}", show_time(starts), show_time(ends)))
}
