//! Calendars and the start page.

use chrono::{Datelike as _, NaiveDate, Weekday};
use domain::accounts::Language;
use domain::calendar::{Span, View};

wording! {
    title: "Lịch tập huấn" | "Training calendar";
    lead(runs: usize, left: i64): "{runs} lớp trong tháng · còn {left} chỗ" | "{runs} classes this month · {left} seats left";
    lead_week(runs: usize, left: i64): "{runs} lớp trong tuần · còn {left} chỗ" | "{runs} classes this week · {left} seats left";
    previous(span: String): "Trước: {span}" | "Before: {span}";
    next(span: String): "Sau: {span}" | "After: {span}";
    today: "Hôm nay" | "Today";
    spans: "Chọn thời gian" | "Choose the days";
    as_list: "Danh sách" | "List";
    as_week: "Tuần" | "Week";
    as_month: "Tháng" | "Month";
    views: "Cách xem" | "View";
    whose: "Lịch của ai" | "Whose calendar";
    everybodys: "Cả tỉnh" | "All";
    own_short: "Của tôi" | "Mine";
    filters: "Lọc lịch" | "Narrow the calendar";
    month: "Tháng" | "Month";
    topic: "Chủ đề" | "Topic";
    unit: "Địa bàn" | "Unit";
    audience: "Đối tượng" | "Audience";
    selected_of(year: i64): "Chủ thể có sản phẩm được chọn năm {year}" | "Organisations with a product selected in {year}";
    any_topic: "Mọi chủ đề" | "Every topic";
    any_unit: "Toàn tỉnh" | "The whole province";
    any_audience: "Mọi đối tượng" | "Everybody";
    venue: "Địa điểm" | "Venue";
    any_venue: "Mọi địa điểm" | "Every venue";
    trainer: "Giảng viên" | "Trainer";
    any_trainer: "Mọi giảng viên" | "Every trainer";
    apply: "Lọc" | "Narrow";
    drop_filter: "Bỏ lọc" | "Drop";
    narrowed: "Đang lọc" | "Narrowed by";
    week(from: String, to: String): "Tuần {from} – {to}" | "Week {from} – {to}";
    days(count: usize): "{count} ngày" | "{count} days";
    half_day_long: "nửa ngày" | "half a day";
    attend(taken: i64, capacity: i64): "{taken} / {capacity} học viên" | "{taken} of {capacity} participants";
    full: "Hết chỗ" | "Full";
    deadline(day: String): "hạn đăng ký {day}" | "enrol until {day}";
    deadline_over: "hết hạn đăng ký" | "enrolment is over";
    cancelled_because(reason: &str): "Đã hủy: {reason}" | "Cancelled: {reason}";
    cancelled_title(title: &str): "Đã hủy: {title}" | "Cancelled: {title}";
    session_of(when: &str): "Buổi {when}" | "Session: {when}";
    sent(names: &str): "Học viên: {names}" | "Participants: {names}";
    taught_by(names: &str): "Giảng viên: {names}" | "Trainers: {names}";
    day: "Ngày" | "Day";
    week_number(number: u32): "Tuần {number}" | "Week {number}";
    sessions_of(day: &str, count: usize): "{day}: {count} buổi" | "{day}: {count} sessions";
    more_sessions(count: usize): "+{count} buổi" | "+{count} more";
    nothing: "Chưa có lớp nào trong tháng này" | "No classes this month";
    nothing_week: "Chưa có lớp nào trong tuần này" | "No classes this week";
    nothing_narrow: "Không có lớp nào phù hợp với bộ lọc" | "No classes match";
    nothing_advice: "Xem tháng khác, hoặc quay lại sau: lịch được cập nhật thường xuyên." | "Look at another month, or come back: the calendar is updated often.";
    nothing_narrow_advice: "Bỏ bớt điều kiện lọc hoặc xem tháng khác." | "Drop a condition, or look at another month.";
    to_next(month: String): "Lớp gần nhất: {month}" | "Next classes: {month}";
    all_of_span: "Bỏ lọc, xem mọi lớp" | "Every class of these days";
    subscribe: "Thêm vào lịch điện thoại" | "Add to my phone's calendar";
    subscribe_file: "Địa chỉ .ics cho chương trình lịch khác" | "The .ics address, for other programs";
    grid_caption(month: String): "Các buổi học, {month}" | "Sessions, {month}";

    own: "Lịch của tôi" | "My calendar";
    own_nothing: "Bạn không có buổi nào trong thời gian này" | "Nothing for you in these days";
    own_nothing_advice: "Buổi bạn dạy, bạn học, hoặc người của đơn vị bạn tham dự sẽ hiện ở đây." | "What you teach or attend, and what your people attend, shows here.";
    own_to_public: "Xem lịch chung" | "Everybody's calendar";
    own_all: "Xem mọi buổi của tôi" | "Everything of mine";
    parts: "Vì sao có trong lịch" | "Why it is here";
    every_part: "Tất cả" | "All";
    feeds: "Xem trên điện thoại và máy tính" | "On your phone and computer";
    feeds_lead: "Mỗi địa chỉ là bí mật: ai có địa chỉ thì xem được lịch, nên đừng chia sẻ. Lộ địa chỉ thì tạo lại hoặc thu hồi, địa chỉ cũ sẽ hết tác dụng ngay." | "Each address is a secret: whoever has it can read the calendar, so keep it to yourself. Renew or revoke it when somebody else has seen it; the old one stops working at once.";
    offer_person: "Lịch của tôi: buổi tôi dạy và tôi học" | "My calendar: what I teach and attend";
    offer_teaching: "Chỉ những buổi tôi dạy" | "Only what I teach";
    offer_organisation(name: &str): "Lịch học của người thuộc {name}" | "What people of {name} attend";
    offer_organisation_plain: "Lịch học của người thuộc đơn vị" | "What people of the organisation attend";
    feed_none: "Chưa có địa chỉ" | "No address yet";
    feed_since(day: String): "Địa chỉ đang dùng, tạo ngày {day}" | "In use since {day}";
    feed_make: "Tạo địa chỉ" | "Make an address";
    feed_renew: "Tạo lại" | "Renew";
    feed_revoke: "Thu hồi" | "Revoke";
    feed_revoked: "Đã thu hồi địa chỉ. Chương trình lịch không đọc được nữa." | "The address was revoked. Calendar programs cannot read it any more.";
    feed_once: "Địa chỉ chỉ hiện một lần này: hãy thêm vào điện thoại ngay, hoặc chép lại." | "This address is shown this once: add it to your phone now, or copy it.";
    feed_code: "Mã QR thêm lịch vào điện thoại" | "QR code that adds the calendar to a phone";
    feed_of_person(name: &str): "Tập huấn OCOP: {name}" | "OCOP training: {name}";
    feed_of_teaching(name: &str): "Giảng dạy OCOP: {name}" | "OCOP teaching: {name}";
    feed_of_organisation(name: &str): "Tập huấn OCOP: {name}" | "OCOP training: {name}";

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
    step_own: "Lịch của tôi" | "My calendar";
    step_own_why: "Buổi bạn dạy, bạn học và người của đơn vị bạn tham dự; thêm vào điện thoại bằng một chạm." | "What you teach, attend, and your people attend; one tap adds it to your phone.";
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

/// `Tháng 7/2019`, `Tuần 27 (1/7 – 7/7/2019)`.
pub(crate) fn span_name(language: Language, span: &Span) -> String {
    if span.view() != View::Week {
        return month_name(language, span.start());
    }
    let last = span.end().pred_opt().unwrap_or(span.end());
    let (number, from, year) = (span.start().iso_week().week(), short_day(span.start()), last.year());
    let to = short_day(last);
    match language {
        Language::Vietnamese => format!("Tuần {number} ({from} – {to}/{year})"),
        Language::English => format!("Week {number} ({from} – {to}/{year})"),
    }
}

/// `2/7`.
pub(crate) fn short_day(day: NaiveDate) -> String {
    format!("{}/{}", day.day(), day.month())
}

/// `thứ Ba 2/7`.
pub(crate) fn day_name(language: Language, day: NaiveDate) -> String {
    format!("{} {}", weekday(language, day.weekday()), short_day(day))
}
