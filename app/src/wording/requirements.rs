//! What is required.

wording! {
    title: "Khóa tập huấn bắt buộc" | "Required training";
    lead: "Mỗi chủ thể cần ít nhất một người hoàn thành; cán bộ thì từng người hoàn thành." | "Of each organisation one person at least must complete it; of officers, each.";
    year(year: i64): "Năm {year}" | "Year {year}";
    course: "Khóa tập huấn" | "Course";
    audience: "Đối tượng" | "Audience";
    deadline: "Hạn hoàn thành" | "Deadline";
    deadline_hint: "Khóa được tính cho năm của ngày này." | "It counts for the year of this day.";
    selected_hint: "Chủ thể có sản phẩm được chọn: tính theo các quyết định đã công bố của năm." | "A selected product is one that the published decisions of the year select.";
    add_title: "Thêm khóa bắt buộc" | "Require a course";
    add: "Thêm" | "Add";
    remove: "Bỏ" | "Remove";
    remove_course(course: &str, audience: &str): "Bỏ {course}, {audience}" | "Remove {course}, {audience}";
    choose: "Chọn khóa" | "Choose a course";
    empty_title(year: i64): "Năm {year} chưa có khóa bắt buộc" | "Nothing is required in {year}";
    empty: "Thêm khóa đầu tiên ở bên dưới." | "Add the first one below.";
    board: "Xem tiến độ" | "See the progress";
}
