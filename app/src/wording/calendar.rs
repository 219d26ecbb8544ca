//! The public calendar and the start page.

use chrono::{Datelike as _, NaiveDate, Weekday};
use domain::accounts::Language;

wording! {
    title: "Lịch tập huấn" | "Training calendar";
    lead(runs: usize, left: i64): "{runs} lớp trong tháng · còn {left} chỗ" | "{runs} classes this month · {left} seats left";
    previous: "Tháng trước" | "Previous month";
    next: "Tháng sau" | "Next month";
    months: "Chọn tháng" | "Months";
    as_list: "Danh sách" | "List";
    as_grid: "Lưới tháng" | "Month grid";
    views: "Cách xem" | "View";
    filters: "Lọc lịch" | "Narrow the calendar";
    month: "Tháng" | "Month";
    topic: "Chủ đề" | "Topic";
    unit: "Địa bàn" | "Unit";
    audience: "Đối tượng" | "Audience";
    selected_of(year: i64): "Chủ thể có sản phẩm được chọn năm {year}" | "Organisations with a product selected in {year}";
    any_topic: "Mọi chủ đề" | "Every topic";
    any_unit: "Toàn tỉnh" | "The whole province";
    any_audience: "Mọi đối tượng" | "Everybody";
    apply: "Lọc" | "Narrow";
    drop_filter: "Bỏ lọc" | "Drop";
    narrowed: "Đang lọc" | "Narrowed by";
    week(from: String, to: String): "Tuần {from} – {to}" | "Week {from} – {to}";
    days(weekday: &str, count: usize): "{weekday}, {count} ngày" | "{weekday}, {count} days";
    half_day_long(weekday: &str): "{weekday}, ½ ngày" | "{weekday}, half a day";
    seats(taken: i64, capacity: i64): "{taken} / {capacity} chỗ" | "{taken} of {capacity} seats";
    full: "Hết chỗ" | "Full";
    deadline(day: String): "hạn đăng ký {day}" | "enrol until {day}";
    deadline_over: "hết hạn đăng ký" | "enrolment is over";
    cancelled_because(reason: &str): "Đã hủy: {reason}" | "Cancelled: {reason}";
    nothing: "Chưa có lớp nào trong tháng này" | "No classes this month";
    nothing_narrow: "Không có lớp nào phù hợp với bộ lọc" | "No classes match";
    nothing_advice: "Xem tháng khác, hoặc quay lại sau: lịch được cập nhật thường xuyên." | "Look at another month, or come back: the calendar is updated often.";
    nothing_narrow_advice: "Bỏ bớt điều kiện lọc hoặc xem tháng khác." | "Drop a condition, or look at another month.";
    to_next(month: String): "Lớp gần nhất: {month}" | "Next classes: {month}";
    all_of_month: "Xem mọi lớp trong tháng" | "Every class of this month";
    subscribe: "Thêm lịch này vào điện thoại (.ics)" | "Subscribe to this calendar (.ics)";
    grid_caption(month: String): "Các buổi học, {month}" | "Sessions, {month}";

    home_title: "Tập huấn OCOP Thanh Hóa" | "OCOP training in Thanh Hóa";
    home_lead: "Lịch các lớp tập huấn của Chương trình mỗi xã một sản phẩm, đăng ký học viên, điểm danh và chứng nhận ở một nơi." | "Classes of the One Commune One Product programme: calendar, enrolment, attendance and certificates in one place.";
    home_next: "Các lớp sắp tới" | "Next classes";
    home_none: "Chưa có lớp nào sắp tới" | "No classes ahead";
    home_none_advice: "Lịch mới sẽ hiện ở đây ngay khi được công bố." | "New classes show here as soon as they are published.";
    home_all: "Xem cả lịch" | "The whole calendar";
    steps: "Việc của bạn" | "Your next steps";
    step_plan: "Tạo lớp mới" | "Plan a class";
    step_plan_why: "Chọn khóa, địa điểm, các buổi; lưu nháp rồi công bố." | "Choose course, place and sessions; save a draft, then publish.";
    step_runs: "Lớp của bạn" | "Your classes";
    step_runs_why: "Bản nháp, lớp đang mở, điểm danh và kết thúc lớp." | "Drafts, open classes, attendance and closing.";
    step_enrol: "Đăng ký học viên" | "Enrol people";
    step_enrol_why: "Chọn lớp trên lịch rồi đăng ký người của đơn vị, từng người hoặc bằng tệp Excel." | "Choose a class, then enrol your people one by one or from a spreadsheet.";
    step_enrolments: "Đăng ký của tôi" | "My enrolments";
    step_enrolments_why: "Ai học lớp nào, rút tên khi cần." | "Who takes which class; give places back.";
    step_board: "Tiến độ" | "Progress";
    step_board_why: "Ai đã hoàn thành, ai còn thiếu, theo địa bàn và chủ thể." | "Who has completed and who is missing, by unit and organisation.";
    step_courses: "Danh mục khóa học" | "Catalogue";
    step_courses_why: "Số giờ, đối tượng, điều kiện hoàn thành của từng khóa." | "Hours, audience and completion rule of every course.";
    step_products: "Sản phẩm được chọn" | "Selected products";
    step_products_why: "Các sản phẩm tỉnh đã chọn cho Chương trình OCOP, theo năm." | "The products that the province selected for the programme, by year.";
    step_verify: "Tra cứu chứng nhận" | "Check a certificate";
    step_verify_why: "Nhập số hiệu để biết chứng nhận có thật và còn hiệu lực." | "Type its serial to see whether it is real and valid.";
    step_sign_in: "Đăng nhập" | "Sign in";
    step_sign_in_why: "Dành cho đại diện chủ thể, giảng viên và cán bộ." | "For representatives, trainers and officers.";
}

/// The day of the week: `thứ Ba`.
pub(crate) const fn weekday(language: Language, day: Weekday) -> &'static str {
    match language {
        Language::Vietnamese => match day {
            Weekday::Mon => "thứ Hai",
            Weekday::Tue => "thứ Ba",
            Weekday::Wed => "thứ Tư",
            Weekday::Thu => "thứ Năm",
            Weekday::Fri => "thứ Sáu",
            Weekday::Sat => "thứ Bảy",
            Weekday::Sun => "Chủ nhật",
        },
        Language::English => match day {
            Weekday::Mon => "Monday",
            Weekday::Tue => "Tuesday",
            Weekday::Wed => "Wednesday",
            Weekday::Thu => "Thursday",
            Weekday::Fri => "Friday",
            Weekday::Sat => "Saturday",
            Weekday::Sun => "Sunday",
        },
    }
}

/// The day of the week in the head of a grid: `T3`.
pub(crate) const fn weekday_short(language: Language, day: Weekday) -> &'static str {
    match language {
        Language::Vietnamese => match day {
            Weekday::Mon => "T2",
            Weekday::Tue => "T3",
            Weekday::Wed => "T4",
            Weekday::Thu => "T5",
            Weekday::Fri => "T6",
            Weekday::Sat => "T7",
            Weekday::Sun => "CN",
        },
        Language::English => match day {
            Weekday::Mon => "Mon",
            Weekday::Tue => "Tue",
            Weekday::Wed => "Wed",
            Weekday::Thu => "Thu",
            Weekday::Fri => "Fri",
            Weekday::Sat => "Sat",
            Weekday::Sun => "Sun",
        },
    }
}

/// `Tháng 7/2019`, `July 2019`.
pub(crate) fn month_name(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Vietnamese => format!("Tháng {}/{}", day.month(), day.year()),
        Language::English => day.format("%B %Y").to_string(),
    }
}
