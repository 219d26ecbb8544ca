//! Runs: the page of one, the list of a planner, the form.

wording! {
    title: "Lớp tập huấn" | "Classes";
    new: "Tạo lớp mới" | "Plan a class";
    edit: "Sửa lớp" | "Change the class";
    list_lead: "Các lớp bạn lập, giảng dạy hoặc theo dõi." | "Classes you plan, teach or follow.";
    list_none: "Chưa có lớp nào" | "No classes yet";
    list_none_advice: "Tạo lớp đầu tiên: lưu nháp trước, công bố sau." | "Plan the first one: save a draft, publish it later.";
    list_none_theirs: "Lớp trong địa bàn của bạn sẽ hiện ở đây khi được lập." | "Classes in your unit show here once they are planned.";
    every_state: "Tất cả" | "All";
    states: "Trạng thái" | "State";
    class: "Lớp" | "Class";
    first_day: "Bắt đầu" | "Starts";
    no_day: "chưa có buổi" | "no session";

    course: "Khóa học" | "Course";
    hours(hours: i64): "{hours} giờ" | "{hours} hours";
    name: "Tên lớp" | "Name of the class";
    name_hint: "Để phân biệt các lớp cùng khóa, ví dụ Lớp 3." | "What tells classes of one course apart: Class 3.";
    audience: "Đối tượng" | "Audience";
    selection_year: "Giới hạn theo kết quả chọn" | "Limited by the selection";
    selection_year_hint: "Chỉ chủ thể có sản phẩm được công bố là được chọn mới đăng ký được, trừ ngoại lệ." | "Only organisations with a product that was published as selected can enrol, save for exceptions.";
    no_limit: "Không giới hạn" | "No limit";
    selected_in(year: i64): "Sản phẩm được chọn năm {year}" | "A product selected in {year}";
    unit: "Địa bàn" | "Unit";
    venue: "Địa điểm" | "Venue";
    capacity: "Số chỗ" | "Seats";
    deadline: "Hạn đăng ký" | "Enrol until";
    deadline_hint: "Đăng ký được đến hết ngày này." | "People can enrol until the end of this day.";
    note: "Ghi chú cho học viên" | "Note for participants";
    trainers: "Giảng viên" | "Trainers";
    no_trainer: "Chưa phân công" | "Nobody yet";
    seats: "Chỗ" | "Seats";
    choose: "Chọn…" | "Choose…";

    sessions: "Các buổi học" | "Sessions";
    session(number: usize): "Buổi {number}" | "Session {number}";
    day: "Ngày" | "Day";
    half_day: "Buổi" | "Half-day";
    time: "Giờ" | "Time";
    starts: "Từ" | "From";
    ends: "Đến" | "To";
    topic: "Nội dung" | "Topic";
    session_venue: "Địa điểm riêng" | "Another venue";
    session_venue_hint: "Để trống nếu giống địa điểm của lớp." | "Leave it empty when it is where the class is.";
    trainer(number: usize): "Giảng viên {number}" | "Trainer {number}";
    hours_hint: "Để giờ mặc định thì giờ đổi theo buổi." | "Usual hours follow the half-day.";
    on_holiday(name: &str): "Trùng ngày nghỉ: {name}." | "On a holiday: {name}.";
    lay_out: "Xếp các buổi theo mẫu" | "Lay out the sessions by a pattern";
    lay_out_lead: "Thay các buổi bên dưới; bỏ qua ngày nghỉ lễ, giữ giảng viên và nội dung theo thứ tự buổi." | "Takes the place of the sessions below; holidays are left out, trainers and topics stay in their order.";
    lay_out_now: "Xếp buổi" | "Lay out";
    pattern_first: "Từ ngày" | "From";
    pattern_sessions: "Số buổi" | "Sessions";
    pattern_weekdays: "Các thứ" | "Days of the week";
    pattern_half_days: "Các buổi trong ngày" | "Half-days";
    like_this: "Mở lớp tương tự" | "Plan a class like this";
    add_session: "Thêm buổi" | "Add a session";
    remove_session(number: usize): "Bỏ buổi {number}" | "Remove session {number}";
    save_draft: "Lưu nháp" | "Save the draft";
    save: "Lưu thay đổi" | "Save";

    cancelled(reason: &str): "Lớp đã bị hủy. Lý do: {reason}" | "This class was cancelled. Reason: {reason}";
    is_draft: "Bản nháp: chỉ người lập lịch thấy lớp này." | "A draft: only planners see this class.";
    is_closed: "Lớp đã kết thúc." | "This class is closed.";
    enrol: "Đăng ký học viên" | "Enrol people";
    sign_in_to_enrol: "Đăng nhập để đăng ký" | "Sign in to enrol";
    add_to_calendar: "Tệp lịch (.ics)" | "Calendar file (.ics)";
    add_session_to_calendar: "thêm buổi này vào lịch (.ics)" | "add this session to your calendar (.ics)";
    timetable: "Thời khóa biểu (PDF)" | "Timetable (PDF)";
    enrol_or_wait: "Hết chỗ: đăng ký chờ" | "Full: join the waiting list";
    manage: "Quản lý lớp" | "Manage this class";
    manage_people: "Học viên" | "Participants";
    manage_teaching: "Buổi học và kết quả" | "Sessions and results";
    manage_plan: "Lịch lớp" | "Timetable";
    publish: "Công bố" | "Publish";
    publish_why: "Công bố để mọi người thấy lớp trên lịch và đăng ký." | "Publishing puts the class on the calendar, and people can enrol.";
    cancel: "Hủy lớp" | "Cancel the class";
    register: "Điểm danh" | "Register";
    roster: "Danh sách học viên" | "Participants";
    exceptions: "Ngoại lệ" | "Exceptions";
    attendance: "Tổng hợp điểm danh" | "Attendance";
    close: "Kết thúc lớp" | "Close the class";
    completion: "Kết quả hoàn thành" | "Completion";
    certificates: "Chứng nhận" | "Certificates";

    cancel_title: "Hủy lớp này?" | "Cancel this class?";
    cancel_lead(name: &str): "{name} sẽ không diễn ra." | "{name} will not take place.";
    cancel_told(taken: i64): "{taken} học viên đã đăng ký sẽ được báo qua thư. Lớp vẫn hiện trên lịch, gạch ngang, kèm lý do." | "{taken} participants are told by mail. The class stays on the calendar, struck out, with the reason.";
    reason: "Lý do" | "Reason";
    reason_hint: "Mọi người đọc lịch đều thấy lý do này." | "Everybody who reads the calendar sees it.";
    cancel_yes: "Hủy lớp" | "Cancel the class";
    cancel_no: "Giữ lớp" | "Keep it";

    done_drafted: "Đã lưu nháp." | "The draft is saved.";
    done_changed: "Đã lưu thay đổi." | "Saved.";
    done_published: "Đã công bố lớp trên lịch." | "The class is on the calendar.";
    done_cancelled: "Đã hủy lớp." | "The class was cancelled.";
}
