//! Trainers, and who really taught a session.

use domain::accounts::Language;

wording! {
    title: "Giảng viên" | "Trainers";
    why: "Khóa được dạy, lịch nhận dạy, ngày vắng, số giờ đã dạy." | "Qualified courses, availability, absences, hours given.";
    lead: "Người có vai trò giảng viên. Vai trò được cấp ở mục Tài khoản." | "Who holds the role of a trainer. The role is given under Accounts.";
    none: "Chưa có giảng viên nào" | "No trainers yet";
    none_advice: "Cấp vai trò giảng viên cho một người ở mục Tài khoản." | "Give somebody the role of a trainer under Accounts.";
    own_page: "Trang giảng viên của tôi" | "My trainer page";
    name: "Họ tên" | "Name";
    employer: "Đơn vị công tác" | "Employer";
    rank: "Học hàm, chức danh" | "Rank";
    rank_hint: "Ví dụ: Thạc sĩ, chuyên viên chính. Mức chi trả căn cứ vào đây." | "For example: MSc, senior officer. Fees go by it.";
    note: "Ghi chú của văn phòng" | "Note of the office";
    note_hint: "Chỉ người quản lý danh mục thấy." | "Only those who keep the catalogue see it.";
    courses: "Khóa được phân công dạy" | "Qualified for";
    no_course: "Chưa ghi khóa nào" | "No course noted";
    ahead: "Buổi sắp dạy" | "Sessions ahead";
    given_in(year: i32): "Đã dạy năm {year}" | "Given in {year}";
    of_which_planned(hours: String): "trong đó {hours} theo lịch" | "{hours} of it as planned";
    planned_explained: "“Theo lịch” là giờ của các buổi đã qua mà chưa ghi nhận ai thực dạy." | "“As planned” are hours of past sessions for which nobody recorded who really taught.";
    download(year: i32): "Giờ dạy năm {year} (.xlsx)" | "Hours of {year} (.xlsx)";
    hours_and_minutes(hours: i64, minutes: i64): "{hours} giờ {minutes} phút" | "{hours} h {minutes} min";
    whole_hours(hours: i64): "{hours} giờ" | "{hours} h";
    only_minutes(minutes: i64): "{minutes} phút" | "{minutes} min";

    save: "Lưu" | "Save";
    saved: "Đã lưu." | "Saved.";
    half_days: "Các buổi nhận dạy trong tuần" | "Half-days on which one can ask";
    half_days_hint: "Không chọn buổi nào nghĩa là nhận dạy mọi buổi." | "None ticked means at all times.";
    half_days_all: "Nhận dạy mọi buổi." | "At all times.";
    absences: "Ngày vắng" | "Absences";
    no_absence: "Chưa báo ngày vắng nào." | "No absence noted.";
    first_day: "Từ ngày" | "From";
    last_day: "Đến hết ngày" | "Until";
    last_day_hint: "Để trống nếu chỉ một ngày." | "Empty for a single day.";
    reason: "Lý do" | "Reason";
    reason_hint: "Có thể để trống; giảng viên khác không thấy." | "May stay empty; other trainers do not see it.";
    add_absence: "Báo vắng" | "Note an absence";
    withdraw: "Bỏ" | "Take back";
    withdraw_absence(first: &str, last: &str): "Bỏ ngày vắng {first} – {last}" | "Take back the absence {first} – {last}";
    no_ahead: "Không có buổi nào sắp dạy." | "No sessions ahead.";
    away: "trùng ngày vắng" | "away that day";
    taught_runs: "Giờ đã dạy theo lớp" | "Hours given by class";
    no_taught: "Chưa dạy buổi nào." | "Nothing taught yet.";
    taught_sessions(count: usize): "Từng buổi đã dạy ({count})" | "Each session ({count})";
    class: "Lớp" | "Class";
    unit: "Địa bàn" | "Unit";
    day: "Ngày" | "Day";
    time: "Giờ" | "Time";
    sessions: "Số buổi" | "Sessions";
    recorded: "Đã ghi nhận" | "Recorded";
    planned: "Theo lịch" | "As planned";
    total: "Tổng" | "Total";
    given: "Đã dạy" | "Given";
    is_planned: "theo lịch" | "as planned";

    teaching_title(number: usize, day: String): "Ai dạy buổi {number}, ngày {day}" | "Who taught session {number} on {day}";
    teaching: "Ghi giờ dạy" | "Who taught";
    length(hours: String): "Thời lượng buổi học: {hours}." | "Length of the session: {hours}.";
    nothing_recorded: "Chưa ghi nhận. Đang tính theo lịch: giảng viên được phân công, đủ thời lượng." | "Nothing is recorded: the planned trainers count, with the whole length.";
    teaching_lead: "Ghi số phút thực dạy của từng người. Người được phân công nhưng không dạy: 0 phút." | "Minutes each person really taught. Who was planned and did not teach: 0.";
    planned_trainer: "được phân công" | "planned";
    another: "Người khác đã dạy" | "Somebody else taught";
    choose: "Không có ai khác" | "Nobody else";
    person: "Giảng viên" | "Trainer";
    minutes: "Số phút thực dạy" | "Minutes really taught";
    stood_in_for: "Dạy thay cho" | "In the place of";
    nobody: "Không dạy thay" | "Nobody";
    teaching_note: "Ghi chú" | "Note";
    stored(count: usize): "Đã ghi nhận {count} dòng." | "{count} records saved.";
    nothing_new: "Không có gì mới để ghi." | "There was nothing new to save.";
    history: "Những lần ghi nhận" | "What was recorded";
    history_hint: "Lần ghi sau cùng của mỗi người được tính; các lần trước vẫn giữ." | "The last record of each person counts; earlier ones stay.";
    counts: "được tính" | "counts";
    in_place_of(name: &str): "thay {name}" | "for {name}";
    recorded_by(at: String, by: &str): "{at}, {by} ghi" | "{at}, by {by}";

    sheet_title(year: i32): "Giờ giảng dạy năm {year}" | "Hours taught in {year}";
    sheet_note: "Cột “Theo lịch”: các buổi đã qua mà chưa ghi nhận ai thực dạy." | "“As planned”: past sessions for which nobody recorded who really taught.";
    sheet: "Giờ giảng dạy" | "Hours";
    sum_of(name: &str): "Cộng: {name}" | "Sum: {name}";
    recorded_hours: "Giờ đã ghi nhận" | "Hours recorded";
    planned_hours: "Giờ theo lịch" | "Hours as planned";
    total_hours: "Tổng giờ" | "Hours in all";
}

/// A length in words: `3 giờ 30 phút`.
pub(crate) fn hours(l: Language, minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => whole_hours(l, hours),
        (0, minutes) => only_minutes(l, minutes),
        (hours, minutes) => hours_and_minutes(l, hours, minutes),
    }
}
