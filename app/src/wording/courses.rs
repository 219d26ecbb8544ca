//! The catalogue.

wording! {
    title: "Danh mục khóa học" | "Catalogue of courses";
    lead: "Khóa học là mẫu để lập lớp. Số giờ, số chỗ và điều kiện hoàn thành do văn phòng quy định." | "A course is what classes are planned from. Hours, seats and completion rule are the office's own.";
    new: "Thêm khóa học" | "Add a course";
    edit: "Sửa khóa học" | "Change the course";
    none: "Danh mục còn trống" | "The catalogue is empty";
    none_advice: "Thêm khóa học đầu tiên để lập lớp." | "Add the first course to plan classes.";
    code: "Mã" | "Code";
    code_hint: "Ngắn, ví dụ ENT-4." | "Short: ENT-4.";
    course: "Khóa học" | "Course";
    name: "Tên tiếng Việt" | "Title in Vietnamese";
    name_english: "Tên tiếng Anh" | "Title in English";
    summary: "Nội dung (tiếng Việt)" | "What it teaches (Vietnamese)";
    summary_english: "Nội dung (tiếng Anh)" | "What it teaches (English)";
    topic: "Chủ đề" | "Topic";
    audience: "Đối tượng" | "Audience";
    hours: "Số giờ" | "Hours";
    capacity: "Số chỗ thường lệ" | "Usual seats";
    minimum: "Số người tối thiểu" | "Least number of people";
    minimum_hint: "Để trống nếu không yêu cầu." | "Empty when it does not matter.";
    pattern: "Cách tổ chức thường lệ" | "Usual pattern";
    usual_sessions: "Số buổi" | "Sessions";
    usual_sessions_hint: "Để trống thì tính theo số giờ, mỗi buổi bốn giờ." | "Empty: as many as its hours make, four to a session.";
    usual_half_days: "Các buổi trong ngày" | "Half-days";
    usual_half_days_hint: "Không chọn nghĩa là sáng và chiều." | "None ticked means morning and afternoon.";
    rule: "Điều kiện hoàn thành" | "Completion rule";
    rule_short(share: i64): "dự ≥ {share}%" | "attend ≥ {share}%";
    min_attendance: "Tỷ lệ buổi phải dự (%)" | "Least share of sessions (%)";
    late_counts: "Đến muộn tính là (%)" | "A late session counts (%)";
    excused_counts: "Vắng có phép tính là (%)" | "An excused session counts (%)";
    rule_version(version: i64): "Quy tắc phiên bản {version}. Sửa quy tắc sẽ tạo phiên bản mới; quyết định cũ giữ phiên bản cũ." | "Rule version {version}. Another rule gets the next version; what was decided keeps its own.";
    before_it: "Điều kiện trước khi học" | "Before this course";
    before_it_hint: "Mỗi nhóm cần hoàn thành ít nhất một khóa. Người chưa đủ thì không đăng ký được, kể cả qua danh sách Excel hay ghép tại cửa." | "Of each group at least one course has to be completed. Whoever lacks it cannot be enrolled, by hand, by spreadsheet or at the door.";
    group(number: usize): "Nhóm {number}: một trong các khóa" | "Group {number}: any of";
    within_years: "Còn giá trị trong (năm)" | "Counts for (years)";
    within_years_hint: "Để trống: không giới hạn." | "Empty: for ever.";
    substitution_hours: "Thay người chậm nhất trước buổi đầu (giờ)" | "Replace people until (hours before the first session)";
    substitution_hours_hint: "0: đến khi buổi đầu bắt đầu." | "0: until the first session begins.";
    plan: "Lập lớp" | "Plan a class";
    save: "Lưu" | "Save";
    done_added: "Đã thêm khóa học." | "The course is in the catalogue.";
    done_changed: "Đã lưu thay đổi." | "Saved.";
}
