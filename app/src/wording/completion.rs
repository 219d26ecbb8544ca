//! Completion: what closing a run decides.

wording! {
    close_title: "Kết thúc lớp" | "Close the class";
    title: "Kết quả hoàn thành" | "Completion";
    lead: "Dưới đây là kết quả theo quy tắc của khóa học. Chưa có gì được lưu cho đến khi bạn xác nhận ở cuối trang." | "These are the outcomes by the rule of the course. Nothing is stored until you confirm at the foot of the page.";
    rule(least: i64, late: i64, excused: i64): "Hoàn thành khi dự ít nhất {least} % số buổi. Một buổi đến muộn tính {late} %, vắng có phép tính {excused} %." | "Completed from {least} % of the sessions. A late session counts {late} %, an excused one {excused} %.";
    summary(completed: usize, people: usize): "{completed} / {people} người hoàn thành theo quy tắc." | "{completed} of {people} complete by the rule.";
    standing(completed: usize, people: usize): "{completed} / {people} người hoàn thành." | "{completed} of {people} completed.";
    missing_title(count: i64): "Còn {count} lượt chưa điểm danh" | "{count} marks are missing";
    missing_in(session: String, count: i64): "{session}: thiếu {count}" | "{session}: {count} missing";
    accept_unmarked: "Tính các lượt chưa điểm danh như vắng" | "Count missing marks like absence";
    person: "Người học" | "Participant";
    sessions: "Buổi" | "Sessions";
    share: "Tỷ lệ" | "Share";
    by_rule: "Theo quy tắc" | "By the rule";
    instead: "Quyết định khác" | "Decide otherwise";
    keep: "Giữ nguyên" | "Keep";
    reason: "Lý do" | "Reason";
    present: "có mặt" | "present";
    late: "muộn" | "late";
    excused: "có phép" | "excused";
    absent: "vắng" | "absent";
    unmarked: "chưa ghi" | "unmarked";
    confirm: "Xác nhận và kết thúc lớp" | "Confirm and close the class";
    final_warning: "Sau khi kết thúc, không sửa điểm danh được nữa; kết quả từng người vẫn có thể thay đổi kèm lý do." | "After closing attendance can no longer change; the outcome of a person still can, with a reason.";
    closed_notice: "Lớp đã kết thúc, kết quả đã được lưu." | "The class is closed and the outcomes are stored.";
    overridden_notice: "Đã lưu quyết định mới." | "The new decision is stored.";
    outcome: "Kết quả" | "Outcome";
    certificate: "Chứng nhận" | "Certificate";
    overridden(outcome: &str, by: &str, at: String, reason: &str): "Quy tắc: {outcome}. {by} quyết định khác lúc {at}: {reason}" | "The rule said: {outcome}. {by} decided otherwise on {at}: {reason}";
    change: "Thay đổi" | "Change";
    store_change: "Lưu quyết định" | "Store the decision";
    nobody_title: "Lớp không có người học" | "The class has no participants";
    nobody: "Có thể kết thúc lớp; không có kết quả nào để lưu." | "It can be closed; there is no outcome to store.";
    issue: "Cấp chứng nhận" | "Issue certificates";
}
