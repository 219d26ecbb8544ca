//! Seats promised to organisations and units, names to come.

use domain::accounts::Language;
use domain::allotments::{Ending, Rule};

use super::choices::named;

wording! {
    title: "Phân bổ chỗ" | "Allotted seats";
    lead: "Dành chỗ cho tổ chức hoặc địa bàn, tên học viên ghi sau. Sau ngày giữ chỗ, chỗ chưa ghi tên tự trở lại cho mọi người và danh sách chờ được mời." | "Keep seats for organisations and units; names come later. After the last day seats without a name return by themselves, and the waiting list moves.";
    capacity: "Tổng số chỗ" | "Seats in all";
    taken: "Đã ghi danh" | "Taken";
    promised: "Đã phân bổ, chưa ghi tên" | "Promised, not named";
    offered: "Đang mời" | "Offered";
    free: "Còn trống" | "Free";
    holder: "Tổ chức hoặc địa bàn" | "Organisation or unit";
    seats: "Số chỗ" | "Seats";
    until: "Giữ đến hết ngày" | "Kept until";
    named: "Đã dùng" | "Named";
    has(places: i64): "đã có {places} người trong lớp" | "{places} people in the class";
    divided: "Chia cho các tổ chức" | "Divide";
    divided_of(holder: &str): "Chia chỗ của {holder}" | "Divide the seats of {holder}";
    seats_of(holder: &str): "Số chỗ của {holder}" | "Seats of {holder}";
    until_of(holder: &str): "Giữ chỗ của {holder} đến" | "Seats of {holder} are kept until";
    proposed: "Đề xuất" | "Proposed";
    nothing: "Chưa phân bổ chỗ nào" | "Nothing is promised yet";
    nothing_advice: "Đề xuất theo quy tắc ở dưới, hoặc tìm một tổ chức hay địa bàn để thêm vào bảng." | "Let a rule propose seats below, or look for an organisation or unit to add.";
    save: "Lưu bảng phân bổ" | "Save the table";
    save_hint: "Để trống hoặc ghi 0 để thôi dành chỗ: chỗ chưa ghi tên được trả lại, người đã ghi tên giữ chỗ." | "Empty or 0 takes the promise back: seats without a name return, people who are named keep theirs.";
    reason: "Lý do thu lại chỗ" | "Why seats are taken back";
    reason_hint: "Chỉ cần khi có dòng về 0." | "Needed only when a line goes to 0.";
    sum(sum: i64, seats: i64): "Đề xuất {sum} chỗ; có thể phân bổ {seats} chỗ." | "{sum} seats are proposed; {seats} can be promised.";
    sum_above(sum: i64, seats: i64): "Đề xuất {sum} chỗ nhưng chỉ có thể phân bổ {seats} chỗ: hãy giảm bớt trước khi lưu." | "{sum} seats are proposed, but only {seats} can be promised: lower some before you save.";
    rule_title: "Đề xuất theo quy tắc" | "Propose by a rule";
    rule: "Quy tắc" | "Rule";
    rule_seats: "Số chỗ cho mỗi bên" | "Seats for each";
    rule_seats_hint: "Theo nhu cầu: nhiều nhất cho một tổ chức." | "By demand: the most for one organisation.";
    propose: "Xem đề xuất" | "See what it comes to";
    propose_hint: "Chưa có gì được lưu: đề xuất hiện trong bảng để sửa tay." | "Nothing is stored yet: it stands in the table, to be put right by hand.";
    add_title: "Thêm một tổ chức hoặc địa bàn" | "Add an organisation or unit";
    search: "Tìm theo tên" | "Look for a name";
    find: "Tìm" | "Search";
    none_found: "Không tìm thấy tên nào như vậy." | "Nothing of this name was found.";
    limit_title: "Giới hạn cho mỗi tổ chức" | "Limit for each organisation";
    limit: "Nhiều nhất bao nhiêu người của một tổ chức" | "The most people of one organisation";
    limit_hint: "Để trống nếu không giới hạn. Người đã có chỗ vẫn giữ chỗ." | "Empty for no limit. People who have a place keep it.";
    save_limit: "Lưu giới hạn" | "Save the limit";
    ended_title: "Đã kết thúc" | "Ended";
    done_saved: "Đã lưu bảng phân bổ." | "The table was saved.";
    done_limit: "Đã lưu giới hạn." | "The limit was saved.";
    done_ended: "Đã trả lại chỗ." | "The seats were given back.";

    shares_title(holder: &str): "Chia chỗ: {holder}" | "Divide seats: {holder}";
    shares_lead(seats: i64, day: &str): "{seats} chỗ, giữ đến hết ngày {day}. Chỗ không chia dành cho tổ chức nào trong địa bàn ghi danh trước." | "{seats} seats, kept until the end of {day}. What is not divided serves whoever of the unit comes first.";
    rest(rest: i64): "Chưa chia và chưa ghi tên: {rest} chỗ" | "Neither divided nor named: {rest} seats";
    organisation: "Tổ chức" | "Organisation";
    in_class: "Đã có trong lớp" | "In the class";
    save_shares: "Lưu cách chia" | "Save the shares";
    nobody: "Không có tổ chức nào trong địa bàn phù hợp với lớp này." | "No organisation of the unit fits this class.";

    end: "Trả lại chỗ" | "Give the seats back";
    end_of(holder: &str): "Trả lại chỗ của {holder}" | "Give back the seats of {holder}";
    end_lead(rest: i64): "{rest} chỗ chưa ghi tên được trả lại cho người khác. Người đã ghi tên giữ chỗ." | "{rest} seats without a name return to others. People who are named keep their places.";
    end_reason: "Lý do" | "Reason";
    keep: "Giữ chỗ" | "Keep them";

    own(seats: i64, holder: &str, day: &str, rest: i64): "{seats} chỗ dành cho {holder} đến hết ngày {day}, còn {rest} chỗ chưa ghi tên." | "{seats} seats are kept for {holder} until the end of {day}; {rest} wait for a name.";
    name_them: "Ghi tên" | "Name people";
    where_seats_are(taken: i64, promised: i64, offered: i64): "đã đăng ký {taken} · dành sẵn {promised} · đang mời {offered}" | "enrolled {taken} · promised {promised} · offered {offered}";
}

named! { ending(Ending) {
    Ending::Expired => "Hết hạn giữ chỗ" | "Its last day passed",
    Ending::Returned => "Đã trả lại" | "Given back",
    Ending::Withdrawn => "Đã thu lại" | "Taken back",
} }

named! { rule_name(Rule) {
    Rule::EachUnit => "Mỗi địa bàn nhận phiếu" | "Each unit that receives forms",
    Rule::EachSelected => "Mỗi chủ thể có sản phẩm được chọn" | "Each organisation with a selected product",
    Rule::ByDemand => "Theo nhu cầu đã ghi" | "By what was asked for",
} }

/// Every rule with its name, to choose from.
pub(crate) fn rules(l: Language) -> Vec<(String, String)> {
    Rule::ALL.iter().map(|rule| (rule.to_string(), rule_name(l, *rule).to_owned())).collect()
}
