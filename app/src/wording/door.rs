//! At the door: who comes without a place, and heads that are counted.

use domain::accounts::Language;
use domain::walk_ins::Likeness;

use super::choices::named;

wording! {
    title: "Người đến không ghi danh trước" | "Walk-ins";
    lead: "Ghi tên người đến lớp mà chưa có trong danh sách. Họ được điểm danh ngay nhưng chưa chiếm chỗ; ghép với người đã biết sau buổi học." | "Write down who comes without being on the list. They are marked at once, and take no seat; who they are is found out later.";
    to_door: "+ Người chưa có tên" | "+ Somebody without a name here";
    full(capacity: i64): "Lớp đã đủ {capacity} chỗ. Vẫn ghi tên được; muốn ghép thì cán bộ lập lớp tăng số chỗ trước." | "All {capacity} seats are taken. People can still be written down; to give them places the planner raises the seats first.";
    add: "Thêm người" | "Add somebody";
    full_name: "Họ và tên" | "Full name";
    sex: "Giới tính" | "Sex";
    birth_year: "Năm sinh" | "Year of birth";
    organisation: "Đơn vị" | "Organisation";
    phone: "Điện thoại" | "Telephone";
    only_name: "Chỉ cần họ tên; các mục khác giúp tìm ra đó là ai." | "The name is enough; the rest helps to find out who it is.";
    add_present: "Ghi có mặt" | "Write down as present";
    add_late: "Ghi đến muộn" | "As late";
    save_marks: "Lưu điểm danh" | "Save these marks";
    noted: "Đã ghi người đến." | "Written down.";
    match_them(count: usize): "Tìm xem họ là ai ({count})" | "Find out who they are ({count})";
    see_them: "Xem người đến không ghi danh" | "See the walk-ins";

    heads_title: "Đếm số người" | "Head-count";
    heads_lead: "Dành cho buổi đông người không thể ghi tên. Số này để riêng, không tính vào số người hoàn thành." | "For a session with people whose names cannot be taken. It is kept apart, and in no number of who completed.";
    women: "Nữ" | "Women";
    men: "Nam" | "Men";
    save_heads: "Lưu số đếm" | "Save the count";
    heads_saved: "Đã lưu số đếm." | "The count is saved.";
    heads(women: i64, men: i64): "thêm {women} nữ, {men} nam không ghi tên" | "and {women} women, {men} men without names";
    counted_by(by: &str, at: String): "{by} đếm lúc {at}" | "Counted by {by} at {at}";

    left_title: "Nghỉ giữa chừng" | "Left midway";
    left(name: &str, organisation: &str, mark: &str, day: String): "{name} ({organisation}): {mark}; nghỉ từ {day}" | "{name} ({organisation}): {mark}; left on {day}";
    left_not_completed: "Nghỉ giữa chừng, chưa hoàn thành:" | "Left midway, not completed:";
    still_open(count: usize): "Còn {count} người đến không ghi danh chưa rõ là ai; kết thúc lớp rồi thì không ghép được nữa." | "It is still open who {count} walk-ins are; once the class is closed they cannot be given places.";

    none_title: "Chưa có ai" | "Nobody";
    none: "Người đến lớp mà chưa ghi danh được ghi ở trang điểm danh của buổi học." | "Walk-ins are written down on the register of a session.";
    name: "Họ và tên" | "Name";
    said: "Ghi tại cửa" | "As written down";
    state: "Kết quả" | "Outcome";
    is_open: "Chưa rõ là ai" | "Open";
    matched(name: &str, organisation: &str): "Đã ghép: {name}, {organisation}" | "Found: {name}, {organisation}";
    dismissed(reason: &str): "Không tìm được: {reason}" | "Nobody to be found: {reason}";
    answered_by(by: &str, at: String): "{by}, {at}" | "{by}, {at}";
    noted_by(by: &str, at: String): "{by} ghi lúc {at}" | "Written down by {by} at {at}";
    find_out: "Tìm" | "Find out";
    see: "Xem" | "See";
    marks: "Điểm danh" | "Marks";
    candidates: "Có thể là" | "It may be";
    no_candidates: "Không có ai cùng tên hoặc cùng số điện thoại trong phạm vi của bạn." | "Nobody of your scope has this name or telephone number.";
    same(what: String): "trùng {what}" | "same {what}";
    it_is(name: &str): "Đúng người này: {name}" | "This one: {name}";
    this_one: "Đúng người này" | "This one";
    newcomer_title: "Người mới của đơn vị" | "Somebody new of an organisation";
    newcomer_lead: "Nếu đơn vị đã có đúng người này thì dùng người đó, nếu chưa thì thêm mới với những gì đã ghi." | "If the organisation has just this person, that is who it is; else they are added as they were written down.";
    known_title: "Người đã biết, tên khác" | "Somebody known by another name";
    search_person: "Tìm theo họ tên" | "Search by name";
    no_person: "Không tìm thấy ai có tên này trong phạm vi của bạn." | "Nobody of your scope has such a name.";
    no_organisation: "Không tìm thấy đơn vị nào trong phạm vi của bạn." | "No such organisation in your scope.";
    search: "Tìm đơn vị" | "Search organisations";
    search_button: "Tìm" | "Search";
    add_to(name: &str): "Thêm vào {name}" | "Add to {name}";
    not_yours: "Cán bộ ghi danh của đơn vị hoặc của tỉnh sẽ ghép người này." | "An officer who enrols people finds out who this is.";
    dismiss_title: "Không tìm được là ai" | "Nobody to be found";
    reason: "Lý do" | "Reason";
    dismiss: "Bỏ qua" | "Leave it at that";
    undo_title: "Hoàn tác" | "Undo";
    undo_lead: "Chỗ được lấy khi ghép sẽ được trả lại; nếu người đó vốn có chỗ thì các dấu đã chép được sửa thành vắng, kèm lý do." | "A place that was taken for it is given back; of somebody who had one before, the marks that were carried over are followed by absence, with the reason.";
    undo: "Hoàn tác" | "Undo";
    matched_now(carried: &str, left_out: &str): "Đã ghép. {carried} dấu điểm danh được chép sang, {left_out} dấu không chép vì đã có dấu khác." | "Found. {carried} marks were carried over, {left_out} were not, since another mark stands there.";
    dismissed_now: "Đã bỏ qua." | "Left at that.";
    undone_now: "Đã hoàn tác." | "Undone.";
    no_seat(capacity: i64): "Lớp đã đủ {capacity} chỗ: tăng số chỗ của lớp rồi mới ghép người chưa có chỗ được." | "All {capacity} seats are taken: raise the seats of the class before somebody without a place can get one.";
}

named! { likeness(Likeness) {
    Likeness::Phone => "số điện thoại" | "telephone",
    Likeness::Name => "họ tên" | "name",
    Likeness::BirthYear => "năm sinh" | "year of birth",
    Likeness::Organisation => "đơn vị" | "organisation",
} }
