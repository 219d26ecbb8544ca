//! Places that pass on, and rosters.

wording! {
    substitute_title: "Thay người" | "Send somebody else";
    substitute_lead(name: &str): "Chỗ của {name} được giao ngay cho người khác của đơn vị; không ai khác lấy được chỗ này." | "The place of {name} goes straight to somebody else of the organisation: nobody else can take it.";
    until(until: String): "Thay được đến {until}." | "Possible until {until}.";
    instead: "Người dự thay" | "Who comes instead";
    choose: "Chọn" | "Choose";
    newcomer: "Người mới" | "Somebody new";
    newcomer_hint: "Nếu người dự thay chưa có trong danh sách của đơn vị." | "If whoever comes is not yet known as one of the organisation.";
    reason: "Lý do" | "Reason";
    substitute: "Thay người" | "Hand the place over";
    transfer_title: "Chuyển lớp" | "Move to another class";
    transfer_lead(name: &str): "{name} được chuyển thẳng sang lớp mới; chưa chuyển được thì vẫn giữ chỗ cũ." | "{name} moves straight to the other class, and keeps this place until that is done.";
    to: "Lớp chuyển đến" | "The other class";
    run_choice(run: &str, days: String, venue: &str, left: i64): "{run}: {days}, {venue} (còn {left} chỗ)" | "{run}: {days}, {venue} ({left} seats left)";
    no_other_title: "Không có lớp nào khác" | "No other class";
    no_other: "Khóa này không còn lớp nào đang nhận đăng ký." | "No other class of this course takes people now.";
    by_approval: "Lớp cần duyệt không có ở đây: muốn chuyển sang lớp đó, hãy sửa đề nghị ghi danh." | "Classes by approval are not listed: to change to one, change the request.";
    change_request: "Sửa đề nghị" | "Change the request";
    by_asking: "Lớp cần duyệt không có ở đây: muốn chuyển sang lớp đó, hãy gửi đề nghị ghi danh trước." | "Classes by approval are not listed: to change to one, ask for a place in it first.";
    ask: "Gửi đề nghị" | "Send a request";
    transfer: "Chuyển lớp" | "Move";
    back: "Về danh sách" | "Back to the list";

    roster_title: "Danh sách học viên" | "Roster";
    roster_of(group: &str): "Đoàn: {group}" | "Group: {group}";
    group: "Đoàn" | "Group";
    whole: "Cả lớp" | "Everybody";
    print: "In danh sách (PDF)" | "Print (PDF)";
    download: "Tải về Excel" | "Download (Excel)";
    number: "STT" | "No.";
    full_name: "Họ và tên" | "Full name";
    sex: "Giới tính" | "Sex";
    birth: "Ngày sinh" | "Born";
    organisation: "Đơn vị" | "Organisation";
    unit: "Địa bàn" | "Unit";
    position: "Chức vụ" | "Position";
    phone: "Điện thoại" | "Telephone";
}
