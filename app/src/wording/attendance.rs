//! Attendance: registers and signature sheets.

wording! {
    title: "Điểm danh" | "Attendance";
    register_title(number: usize, day: String): "Điểm danh buổi {number}, ngày {day}" | "Attendance, session {number} on {day}";
    session(number: usize, half_day: &str, day: String): "Buổi {number}: {half_day} {day}" | "Session {number}: {half_day} {day}";
    open_register: "Điểm danh" | "Mark attendance";
    see_register: "Xem điểm danh" | "See the marks";
    sheet: "Danh sách ký (PDF)" | "Signature sheet (PDF)";
    door_sign: "Biển phòng" | "Door sign";
    counted(marked: &str, people: &str): "{marked} / {people} đã ghi" | "{marked} of {people} marked";
    column_session: "Buổi" | "Session";
    column_time: "Giờ" | "Time";
    column_marked: "Đã ghi" | "Marked";
    column_papers: "Giấy tờ" | "Papers";
    close_run: "Kết thúc lớp và xét hoàn thành" | "Close the class and decide completion";
    completion: "Kết quả hoàn thành" | "Completion";
    nobody_title: "Lớp chưa có ai đăng ký" | "Nobody is enrolled yet";
    nobody: "Khi có người đăng ký, danh sách điểm danh sẽ hiện ở đây." | "The register appears here when people enrol.";
    to_run: "Về trang của lớp" | "To the class";
    stored(count: usize): "Đã lưu {count} dấu." | "Marks saved: {count}.";
    nothing_new: "Không có gì mới để lưu." | "There was nothing new to save.";
    late: "Muộn" | "Late";
    note: "Ghi chú" | "Note";
    keys: "Bàn phím: ↑ ↓ chuyển người; 1–4 hoặc c, m, v, p để ghi." | "Keyboard: ↑ ↓ from person to person; 1–4 or p, l, a, e to mark.";
    key_letters: "cmvp" | "plae";
    conflict(by: &str, status: &str): "{by} vừa ghi “{status}”. Hãy chọn lại nếu cần sửa." | "{by} has just marked “{status}”. Choose again to change it.";
    saved: "Mọi dấu đã được lưu." | "Every mark is saved.";
    saving: "Đang lưu…" | "Saving…";
    waiting: "{count} dấu chưa gửi được; sẽ tự gửi lại." | "{count} marks not sent yet; trying again.";
    signed_out: "Phiên đăng nhập đã hết. {count} dấu vẫn được giữ ở đây: hãy đăng nhập lại ở một thẻ khác." | "You were signed out. {count} marks are kept here: sign in again in another tab.";
    everyone: "Còn lại có mặt" | "All others present";
    save: "Lưu" | "Save";
}
