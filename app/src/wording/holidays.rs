//! Days on which no class is laid out.

wording! {
    title: "Ngày nghỉ lễ" | "Holidays";
    why: "Ngày lễ, Tết được bỏ qua khi xếp buổi học." | "Public holidays are left out when sessions are laid out.";
    lead: "Lịch nghỉ do Chính phủ công bố mỗi năm; cập nhật ở đây khi có thông báo." | "The government says each year on which days they fall: keep them up to date here.";
    year(year: i32): "Năm {year}" | "Year {year}";
    day: "Ngày" | "Day";
    name: "Tên ngày nghỉ" | "Holiday";
    name_english: "Tên tiếng Anh" | "Name in English";
    name_english_hint: "Có thể để trống." | "May stay empty.";
    basis: "Căn cứ" | "Basis";
    add_title: "Thêm ngày nghỉ" | "Add a holiday";
    add: "Thêm" | "Add";
    remove: "Bỏ" | "Remove";
    remove_day(day: &str, name: &str): "Bỏ {name} {day}" | "Remove {name}, {day}";
    none(year: i32): "Chưa có ngày nghỉ nào của năm {year}" | "No holidays of {year} yet";
    none_advice: "Thêm ngày đầu tiên ở bên dưới." | "Add the first one below.";
    saved: "Đã lưu." | "Saved.";
}
