//! Waiting lists, and the seats offered to those on them.

use domain::accounts::Language;
use domain::waiting::{Answer, Departure};

use super::choices::named;

wording! {
    title: "Danh sách chờ" | "Waiting list";
    lead: "Người chờ lâu hơn được mời trước, trừ khi có thứ tự ưu tiên. Mỗi lời mời giữ chỗ 48 giờ rồi chuyển cho người tiếp theo; không mời nữa sau hạn đăng ký hay khi lớp đã bắt đầu." | "Whoever waits longest is asked first, unless somebody has priority. An offer holds a seat for 48 hours, then it goes to the next; none is made after the deadline or once the class has begun.";
    count(waiting: i64): "{waiting} người đang chờ" | "Waiting: {waiting}";
    nobody_title: "Không có ai đang chờ" | "Nobody waits";
    nobody: "Khi lớp hết chỗ, người ghi danh có thể vào danh sách chờ." | "When a class is full, people can wait for a seat.";
    stopped: "Đã hết hạn đăng ký, hoặc lớp đã bắt đầu: không mời ai nữa." | "The deadline has passed, or the class has begun: nobody is asked any more.";
    person: "Người chờ" | "Who waits";
    organisation: "Đơn vị" | "Organisation";
    since: "Từ" | "Since";
    priority: "Ưu tiên" | "Priority";
    state: "Tình trạng" | "State";
    waits(place: i64): "chờ, thứ {place}" | "waits, No. {place}";
    offered_until(at: &str): "được mời, giữ chỗ đến {at}" | "offered a seat until {at}";
    accept: "Nhận chỗ" | "Accept";
    decline: "Từ chối" | "Decline";
    accept_for(name: &str): "Nhận chỗ cho {name}" | "Accept for {name}";
    decline_for(name: &str): "Từ chối thay {name}" | "Decline for {name}";
    code: "Mã qua điện thoại" | "Code for the telephone";
    code_for(name: &str): "Tạo mã qua điện thoại cho {name}" | "Make a code for {name}";
    code_title: "Mã nhận chỗ" | "Code of the offer";
    code_lead(name: &str): "Đọc mã này cho {name} qua điện thoại, hoặc ghi ra giấy. Mã chỉ hiện một lần; mã cũ không còn dùng được." | "Read this code to {name} over the telephone, or write it down. It is shown once; the code before it holds no more.";
    code_where(address: &str): "Nhập tại {address}" | "It is typed at {address}";
    manage: "Sửa" | "Change";
    left_title: "Đã rời danh sách" | "Who left the list";
    left_on: "Ngày" | "Day";
    left_how: "Kết quả" | "How";
    done_accepted(name: &str, class: &str): "{name} đã nhận chỗ ở lớp {class}." | "{name} has a seat in {class}.";
    done_declined(name: &str, class: &str): "{name} đã từ chối chỗ ở lớp {class}; chỗ được mời cho người tiếp theo." | "{name} declined the seat in {class}; it goes to the next.";
    done_left(name: &str, class: &str): "{name} đã rời danh sách chờ của lớp {class}." | "{name} left the waiting list of {class}.";
    done_before(names: &str): "Đã chờ từ trước, không thay đổi: {names}." | "Waiting before, nothing changed: {names}.";
    first_session(day: &str, time: &str, venue: &str): "Buổi đầu: {day} lúc {time}, {venue}." | "First session: {day} at {time}, {venue}.";
    to_calendar: "Thêm vào lịch (.ics)" | "Add to a calendar (.ics)";
    done_priority: "Đã lưu thứ tự ưu tiên." | "The priority was saved.";
    done_queued(count: &str): "{count} người vào danh sách chờ." | "Put on the waiting list: {count}.";

    entry_title: "Chỗ trong danh sách chờ" | "A place on the waiting list";
    leave: "Rời danh sách chờ" | "Leave the list";
    leave_lead: "Muốn chờ lại thì phải vào cuối danh sách." | "To wait again means to start at the end.";
    leave_reason: "Lý do (không bắt buộc)" | "Reason (optional)";
    priority_title: "Thứ tự ưu tiên" | "Priority";
    priority_label: "Mức ưu tiên, 0 đến 9" | "Priority, 0 to 9";
    priority_hint: "Số lớn được mời trước. Lý do được lưu lại." | "The larger is asked first. The reason is kept.";
    priority_reason: "Lý do" | "Reason";
    save_priority: "Lưu ưu tiên" | "Save the priority";
    keep: "Quay lại" | "Back";

    wait: "Ghi người vừa đủ chỗ, còn lại vào danh sách chờ" | "Enrol who fits, and let the others wait";
    wait_all: "Ghi vào danh sách chờ" | "Put them on the waiting list";
    wait_hint: "Người trong danh sách chờ được mời lần lượt khi có chỗ." | "People on the list are asked in turn when a seat comes free.";
    mine_title: "Đang chờ" | "Waiting";

    code_page: "Trả lời lời mời nhận chỗ" | "Answer an offer";
    code_ask: "Mã nhận chỗ" | "Code";
    code_ask_hint: "Tám chữ và số, ví dụ k7m2-9xqa." | "Eight letters and digits, such as k7m2-9xqa.";
    offer_title: "Mời nhận chỗ" | "A seat for you";
    offer_for(name: &str, organisation: &str): "Dành cho {name} ({organisation})" | "For {name} ({organisation})";
    offer_until(at: &str): "Chỗ được giữ đến {at}." | "The seat is held until {at}.";
    offer_expired: "Lời mời đã hết hạn, chỗ đã chuyển cho người tiếp theo." | "The offer has expired, and the seat went on to the next.";
    sessions: "Lịch học" | "Sessions";
    to_run: "Xem thông tin lớp" | "About the class";
}

named! { departure(Departure) {
    Departure::Placed => "Đã có chỗ" | "Has a place",
    Departure::Withdrawn => "Đã rút" | "Withdrew",
    Departure::Declined => "Đã từ chối" | "Declined",
    Departure::Expired => "Không trả lời kịp" | "Did not answer in time",
} }

named! { answer(Answer) {
    Answer::Accepted => "Đã nhận chỗ. Hẹn gặp tại lớp!" | "The seat is yours. See you in class!",
    Answer::Declined => "Đã từ chối. Chỗ được mời cho người tiếp theo." | "Declined. The seat goes to the next.",
    Answer::Expired => "Lời mời đã hết hạn." | "The offer has expired.",
    Answer::Withdrawn => "Lời mời đã được rút lại." | "The offer was taken back.",
} }
