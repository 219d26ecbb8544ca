//! The inbox: what waits for somebody.

use domain::accounts::Language;
use domain::inbox::Task;

use super::choices::named;

wording! {
    title: "Việc đang chờ" | "Waiting for you";
    count(total: i64): "{total} việc, việc gấp nhất đứng trước." | "{total} in all, the most pressing first.";
    nothing: "Không có việc nào đang chờ" | "Nothing waits for you";
    nothing_advice: "Khi có việc mới, việc đó sẽ hiện ở đây." | "What comes up will show here.";
    nothing_for_managers: "Vai trò của bạn là theo dõi: không có việc nào chờ bạn xử lý." | "You look on: nothing waits for you to be done.";
    to_board: "Xem tiến độ" | "See the progress";
    at_home(total: i64): "Bạn có {total} việc đang chờ" | "Waiting for you: {total}";
    at_home_overdue: "có việc quá hạn" | "some of it is overdue";
    heading(name: &str, total: i64): "{name} ({total})" | "{name} ({total})";
    what: "Việc" | "What";
    whose: "Của" | "Whose";
    how_many: "Số lượng" | "How many";
    waiting: "Chờ" | "Waiting";
    due: "Hạn" | "By";
    all(total: i64): "Xem tất cả {total} việc" | "See all {total}";
    since_today: "từ hôm nay" | "since today";
    days(days: i64): "{days} ngày" | "{days} days";
    one_day: "1 ngày" | "1 day";
    due_at(at: &str): "đến {at}" | "until {at}";
    due_today: "hôm nay" | "today";
    due_ahead(day: &str, days: i64): "{day} (còn {days} ngày)" | "{day} ({days} days left)";
    due_tomorrow(day: &str): "{day} (ngày mai)" | "{day} (tomorrow)";
    overdue(day: &str, days: i64): "{day} (quá hạn {days} ngày)" | "{day} (overdue by {days} days)";
    overdue_one(day: &str): "{day} (quá hạn 1 ngày)" | "{day} (overdue by a day)";
    of_year(detail: &str, year: i64): "{detail}, năm {year}" | "{detail}, {year}";
    year_alone(year: i64): "năm {year}" | "{year}";
    list_named(number: &str): "Danh sách {number}" | "List {number}";
    list_unnamed: "Danh sách chưa có số" | "List without a number";
    decision_named(number: &str): "Quyết định {number}" | "Decision {number}";
    forms(forms: i64): "{forms} phiếu" | "{forms} forms";
    products(products: i64): "{products} sản phẩm" | "{products} products";
    requests(requests: i64): "{requests} đề nghị" | "{requests} requests";
    seats(seats: i64): "còn {seats} chỗ" | "seats left: {seats}";
    to_name(seats: i64): "{seats} chỗ" | "seats: {seats}";
    people(people: i64): "{people} người" | "people: {people}";
    too_few(people: i64): "còn thiếu {people} người" | "{people} too few";
    unmarked(people: i64): "{people} người chưa điểm danh" | "{people} not marked";
    session_of(course: &str, day: &str, time: &str): "{course}, buổi ngày {day} (đến {time})" | "{course}, session of {day} (until {time})";
}

named! { task(Task) {
    Task::SendForm => "Phiếu chưa nộp" | "Forms not sent yet",
    Task::CompleteForm => "Phiếu bị trả lại, cần bổ sung" | "Returned forms, to be completed",
    Task::EnrolPeople => "Lớp bắt buộc chưa đăng ký ai" | "Required classes with nobody enrolled",
    Task::AnswerInvitation => "Lớp được mời vì đã đăng ký nhu cầu" | "Invitations to classes you asked for",
    Task::AnswerOffer => "Lời mời nhận chỗ, chờ trả lời" | "Seats offered, to be answered",
    Task::NameSeats => "Chỗ được dành, chưa ghi tên" | "Seats kept for you, to be named",
    Task::DivideSeats => "Chỗ của địa bàn, chưa chia" | "Seats of your unit, to be divided",
    Task::CheckForm => "Phiếu mới nộp, chờ kiểm tra" | "Forms to check",
    Task::EvaluateForm => "Phiếu đầy đủ, chờ đánh giá" | "Complete forms to evaluate",
    Task::ListForm => "Phiếu khả thi, chưa vào danh sách" | "Feasible forms in no list yet",
    Task::FreezeList => "Danh sách đang lập, chưa chốt" | "Lists being drawn up",
    Task::ForwardList => "Danh sách đã chốt, chưa gửi tỉnh" | "Frozen lists to forward",
    Task::ReplaceList => "Danh sách bị tỉnh trả lại, cần thay thế" | "Returned lists to replace",
    Task::AnswerList => "Danh sách mới gửi đến, chờ tiếp nhận" | "Lists waiting for an answer",
    Task::DecideProduct => "Sản phẩm chờ quyết định" | "Products to decide on",
    Task::PublishDecision => "Quyết định chưa công bố" | "Decisions to publish",
    Task::PublishRun => "Lớp còn là bản nháp" | "Draft classes to publish",
    Task::FillRun => "Lớp sắp học, chưa đủ học viên tối thiểu" | "Classes that start soon with too few people",
    Task::KeepRegister => "Buổi học chưa điểm danh đủ" | "Registers to complete",
    Task::CloseRun => "Lớp đã học xong, chưa kết thúc" | "Classes to close",
    Task::IssueCertificates => "Chứng nhận chưa cấp" | "Certificates to issue",
    Task::CompleteRequest => "Đề nghị ghi danh bị trả lại, cần bổ sung" | "Returned requests for places, to be completed",
    Task::CompareRecords => "Hồ sơ có thể trùng, chờ so sánh" | "Probable duplicates to compare",
    Task::DecideRequests => "Đề nghị ghi danh chờ duyệt" | "Requests for places to decide on",
} }

/// How long something has waited.
pub(crate) fn age(language: Language, age: i64) -> String {
    match age {
        0 => since_today(language).to_owned(),
        1 => one_day(language).to_owned(),
        age => days(language, age),
    }
}
