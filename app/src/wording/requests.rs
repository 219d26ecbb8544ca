//! Requests for places: asked, decided on, placed.

use domain::accounts::Language;
use domain::requests::{Approval, Distance, Level, Ruling, State, StepKind};

use super::choices::named;

wording! {
    approval: "Duyệt đăng ký" | "Approval";
    approval_hint: "Khi cần duyệt, đơn vị gửi đề nghị ghi danh; được duyệt thì người học mới có chỗ." | "With approval, organisations send requests, and people get their places once these are approved.";
    asks_again: "Sửa đề nghị đã duyệt thì phải duyệt lại" | "A change of what was approved has to be approved again";

    ask_title: "Đề nghị ghi danh" | "Ask for places";
    ask_lead(who: &str): "Lớp này cần duyệt ({who}). Mỗi người một đề nghị; có kết quả, đơn vị được báo qua thư." | "Places in this class need approval ({who}). There is one request for each person, and you are told by letter what became of it.";
    ask: "Gửi đề nghị" | "Send the request";
    other_choices: "Nguyện vọng khác" | "Other choices";
    other_choices_hint: "Nếu lớp này hết chỗ, xếp vào lớp khác cùng khóa theo thứ tự." | "When this class is full, another of the same course, in this order.";
    choice(number: usize): "Nguyện vọng {number}" | "Choice {number}";
    no_choice: "Không chọn" | "None";
    class_until(class: &str, day: &str, unit: &str): "{class} ({unit}, hạn {day})" | "{class} ({unit}, until {day})";
    note: "Ghi chú" | "Note";
    note_hint: "Điều người duyệt nên biết." | "What whoever decides should know.";
    asked_now(count: &str): "Đã gửi {count} đề nghị." | "{count} requests were sent.";
    already_now(count: &str): "{count} người đã có chỗ hoặc đã được đề nghị từ trước, không thay đổi." | "{count} people had a place or a request before: nothing changed for them.";
    from_spreadsheet: "Đề nghị từ danh sách Excel" | "Ask from a spreadsheet";

    title: "Đề nghị ghi danh" | "Requests for places";
    lead_decides: "Đề nghị chờ duyệt đứng trước, gửi sớm nhất trước tiên." | "What waits for a decision comes first, the earliest sent before the others.";
    lead_asks: "Đề nghị của đơn vị: đang ở bước nào, vì sao." | "What you asked for: where it stands, and why.";
    none: "Không có đề nghị nào" | "No requests";
    none_decides: "Đề nghị của các đơn vị sẽ hiện ở đây." | "What organisations ask for will show here.";
    none_asks: "Chọn một lớp trong lịch để gửi đề nghị." | "Choose a class in the calendar to ask for places in it.";
    none_match: "Hãy bỏ bớt điều kiện lọc." | "Ask for less at once.";
    person: "Người học" | "Person";
    organisation: "Đơn vị" | "Organisation";
    course: "Khóa học" | "Course";
    choices: "Nguyện vọng" | "Choices";
    state: "Tình trạng" | "State";
    sent: "Gửi ngày" | "Sent";
    every_state: "Mọi tình trạng" | "Any state";
    filter: "Lọc" | "Filter";
    every_run: "Mọi lớp" | "Every class";
    unit: "Địa bàn" | "Unit";
    every_unit: "Mọi địa bàn" | "Any unit";
    count(total: i64): "{total} đề nghị" | "{total} requests";
    page_of(page: i64, pages: i64): "Trang {page} / {pages}" | "Page {page} of {pages}";
    earlier: "Trang trước" | "Previous page";
    later: "Trang sau" | "Next page";
    choose: "Chọn" | "Choose";
    choose_all(count: usize): "Chọn cả {count} đề nghị chờ bạn duyệt" | "Choose all {count} that wait for you";
    choose_none: "Bỏ chọn tất cả" | "Choose none";
    choose_person(name: &str): "Chọn {name}" | "Choose {name}";
    approve_chosen: "Duyệt các đề nghị đã chọn" | "Approve those chosen";
    approve_each: "Mỗi đề nghị được duyệt riêng: hết chỗ ở một đề nghị không ảnh hưởng đề nghị khác." | "Each is decided by itself: one without a seat keeps no other back.";

    report_title: "Kết quả duyệt" | "What was decided";
    report(placed: usize, rest: usize): "{placed} người có chỗ; {rest} người chưa có chỗ, lý do ghi ở từng dòng." | "{placed} people have a place; {rest} have none yet, each line says why.";
    report_all(placed: usize): "Cả {placed} người đều có chỗ." | "All {placed} have a place.";
    line_placed(class: &str): "Đã duyệt, có chỗ: {class}" | "Approved, placed in {class}";
    line_kept(class: &str, why: &str): "Đã duyệt, vẫn giữ chỗ ở {class}. {why}" | "Approved, keeps the place in {class}. {why}";
    line_no_seat(why: &str): "Đã duyệt, chưa có chỗ. {why}" | "Approved, no seat. {why}";
    line_next(who: &str): "Đã duyệt, chuyển bước tiếp: {who}" | "Approved, goes on to: {who}";
    line_refused(why: &str): "Không duyệt được. {why}" | "Not approved. {why}";
    unknown: "Không tìm thấy đề nghị" | "No such request";
    back: "Về danh sách" | "Back to the list";

    show_title(name: &str): "Đề nghị ghi danh: {name}" | "Request for {name}";
    placed_in: "Có chỗ ở lớp" | "Place in";
    keeps_place: "Chỗ này được giữ cho đến khi có quyết định mới." | "This place is kept until it is decided on anew.";
    no_seat: "Đã duyệt nhưng chưa có chỗ. Nếu vì hết chỗ, người này đứng trong danh sách chờ của nguyện vọng đầu tiên đã hết chỗ." | "Approved, without a seat. If a class is full, this person is on the waiting list of the first of the choices that is.";
    kept_place: "Các lớp đã chọn không có chỗ, nên người này giữ chỗ đang có. Khi có chỗ thì có thể chuyển lớp." | "No class of the choices had a seat, so this person keeps the place they had. Once there is one, they can be moved.";
    by_itself: "Tự động" | "By itself";
    by_person: "Người được mời" | "Who was offered it";
    history: "Quá trình" | "History";
    step: "Bước" | "Step";
    by: "Người thực hiện" | "By";
    when: "Lúc" | "When";
    reason_head: "Lý do, ghi chú" | "Reason, note";
    step_by_level(step: &str, level: &str): "{step} ({level})" | "{step} ({level})";
    in_class(class: &str): "Lớp: {class}" | "Class: {class}";

    decide_title: "Quyết định" | "Decide";
    decide_for(level: &str): "Cấp quyết định: {level}" | "You decide for: {level}";
    reason: "Lý do" | "Reason";
    reason_hint: "Cần khi trả lại hoặc từ chối. Đơn vị đọc được." | "Needed to return or refuse. The organisation reads it.";
    give_up: "Từ chối vì hết chỗ" | "Refuse: no seat";
    decided_now: "Đã ghi quyết định và báo đơn vị." | "The decision is kept, and the organisation is told.";

    change: "Sửa đề nghị" | "Change the request";
    send_again: "Bổ sung và gửi lại" | "Complete and send again";
    change_title: "Sửa đề nghị ghi danh" | "Change a request";
    change_asks_again: "Đề nghị này đã được duyệt. Sửa thì phải duyệt lại; chỗ hiện có được giữ cho đến khi có quyết định mới." | "This was approved. A change has to be approved again; the place is kept until it is decided on.";
    change_waiting: "Sửa xong, đề nghị được duyệt lại từ bước đầu." | "Once changed, it is decided on from the first level again.";
    save: "Gửi đề nghị" | "Send";
    changed_now: "Đã gửi lại đề nghị." | "The request was sent again.";
    withdraw: "Rút đề nghị" | "Take it back";
    withdraw_why: "Rút được bất cứ lúc nào, không cần lý do. Chỗ đang có được trả lại." | "You can always take it back, and need no reason. A place is given back.";
    withdrawn_now: "Đã rút đề nghị." | "The request was taken back.";

    board: "Xếp lớp theo nguyện vọng" | "Place people";
    board_of(course: &str): "Xếp lớp: {course}" | "Place people: {course}";
    board_lead: "Đề xuất xếp theo nguyện vọng, rồi khoảng cách, rồi thứ tự gửi; không vượt số chỗ. Điều chỉnh từng người, rồi duyệt." | "A proposal goes by choice, then distance, then who asked first; never over the seats. Adjust it by hand, then approve it.";
    placing_approves: "Xếp vào lớp cũng là duyệt: học viên và đơn vị được báo qua thư. Có thể hoàn tác." | "Placing people approves them: they and their organisations are told by letter. It can be taken back.";
    distance_how: "Khoảng cách tính theo địa giới: cùng địa bàn, cùng huyện cũ, hoặc xa hơn." | "Distance is counted in units: the same, the same former district, or farther.";
    board_none: "Không có đề nghị nào chờ xếp lớp" | "Nobody waits for a place";
    board_none_advice: "Đề nghị chờ duyệt hoặc đã duyệt mà chưa có chỗ sẽ hiện ở đây." | "Requests that wait for a decision or a seat will show here.";
    seats_title: "Chỗ trống" | "Free seats";
    class: "Lớp" | "Class";
    free: "Còn trống" | "Free";
    proposed: "Đề xuất" | "Proposed";
    deadline: "Hạn" | "Until";
    place_in: "Xếp vào" | "Place in";
    place_person(name: &str): "Xếp {name} vào lớp" | "Place {name} in";
    later_on: "Chưa xếp" | "Not now";
    propose: "Đề xuất cách xếp" | "Propose";
    store: "Duyệt và xếp lớp" | "Approve and place";
    why_choice(number: usize): "nguyện vọng {number}" | "choice {number}";
    why_full: "các lớp đã chọn hết chỗ" | "every chosen class is full";
    unit_first: "chờ cấp xã duyệt" | "the unit decides first";
    holds_place: "đang giữ chỗ, chờ quyết định lại" | "holds a place, to be decided anew";
    choice_line(number: usize, class: &str, distance: &str): "{number}. {class} ({distance})" | "{number}. {class} ({distance})";
    placed_report: "Kết quả xếp lớp" | "What was placed";
    not_placed(why: &str): "Chưa xếp được. {why}" | "Not placed. {why}";
    undo: "Hoàn tác lần xếp này" | "Take this back";
    last_placing(count: i64, day: &str, name: &str): "Lần xếp gần nhất: {count} người, {day}, {name}." | "Placed last: {count} people, {day}, by {name}.";
    undone_now(count: &str): "Đã hoàn tác: {count} người lại chờ xếp lớp." | "Taken back: {count} people wait again.";

    requests_of_class: "Duyệt đề nghị" | "Decide on requests";
    home_why: "Duyệt đề nghị ghi danh, xếp lớp theo nguyện vọng." | "Decide on requests for places, place people by choice.";
}

named! { approval_word(Approval) {
    Approval::None => "Không cần duyệt" | "None: whoever enrols has a place",
    Approval::Unit => "Cấp xã duyệt" | "The unit",
    Approval::Province => "Tỉnh duyệt" | "The province",
    Approval::UnitAndProvince => "Cấp xã rồi tỉnh duyệt" | "The unit, then the province",
} }

named! { level(Level) {
    Level::Unit => "cấp xã" | "the unit",
    Level::Province => "cấp tỉnh" | "the province",
} }

named! { state_word(State) {
    State::WaitingUnit => "Chờ cấp xã duyệt" | "Waits for the unit",
    State::WaitingProvince => "Chờ tỉnh duyệt" | "Waits for the province",
    State::Returned => "Trả lại để bổ sung" | "Returned",
    State::Approved => "Đã duyệt, chưa có chỗ" | "Approved, no seat yet",
    State::Placed => "Đã duyệt, có chỗ" | "Approved, placed",
    State::Refused => "Từ chối" | "Refused",
    State::Withdrawn => "Đã rút" | "Taken back",
} }

named! { ruling(Ruling) {
    Ruling::Approve => "Duyệt" | "Approve",
    Ruling::Return => "Trả lại để bổ sung" | "Return",
    Ruling::Refuse => "Từ chối" | "Refuse",
} }

named! { step_kind(StepKind) {
    StepKind::Asked => "Gửi đề nghị" | "Sent",
    StepKind::Changed => "Sửa, không phải duyệt lại" | "Changed, stays approved",
    StepKind::Approved => "Duyệt" | "Approved",
    StepKind::Returned => "Trả lại để bổ sung" | "Returned",
    StepKind::Refused => "Từ chối" | "Refused",
    StepKind::Placed => "Có chỗ" | "Placed",
    StepKind::Undone => "Hoàn tác xếp lớp" | "Placing taken back",
    StepKind::Left => "Rời lớp để sang lớp khác" | "Place left for another class",
    StepKind::GivenBack => "Trả lại chỗ" | "Place given back",
    StepKind::Withdrawn => "Rút đề nghị" | "Taken back",
    StepKind::Declined => "Từ chối chỗ được mời" | "Offered seat declined",
    StepKind::Lapsed => "Quá hạn trả lời chỗ được mời" | "Offered seat not answered for",
} }

named! { distance(Distance) {
    Distance::Here => "cùng địa bàn" | "same unit",
    Distance::District => "cùng huyện cũ" | "same former district",
    Distance::Far => "xa" | "farther",
} }
