//! Lists that units forward to the province.

wording! {
    title: "Danh sách gửi tỉnh" | "Lists to the province";
    lead_unit: "Phiếu khả thi được lập thành danh sách, chốt, ký rồi gửi tỉnh cùng các phiếu." | "Feasible forms are drawn up in a list, which is frozen, signed, and forwarded with its forms.";
    lead_province: "Danh sách do các đơn vị gửi đến: tiếp nhận thì sản phẩm vào bảng lựa chọn, trả lại thì đơn vị lập danh sách thay thế." | "Lists from the units: once accepted, their products stand in the selection; a returned one is replaced by its unit.";
    begin: "Lập danh sách" | "Draw up a list";
    none: "Chưa có danh sách nào" | "No lists yet";
    none_advice_unit: "Đánh giá phiếu trước, rồi lập danh sách từ các phiếu khả thi." | "Evaluate forms first, then draw up a list of those that are feasible.";
    none_advice_reader: "Danh sách sẽ hiện ở đây khi đơn vị bắt đầu lập." | "Lists show here once a unit begins one.";
    has_more: "Chỉ hiện 500 danh sách mới nhất." | "Only the latest 500 are shown.";
    all_years: "Mọi năm" | "Every year";
    filter: "Lọc" | "Filter";
    none_match: "Không có danh sách nào của năm này" | "No list of this year";
    none_match_advice: "Hãy chọn năm khác." | "Choose another year.";
    list: "Danh sách" | "List";
    unit: "Đơn vị" | "Unit";
    year: "Năm" | "Year";
    forms: "Số phiếu" | "Forms";
    state: "Trạng thái" | "State";
    forwarded_on: "Ngày gửi" | "Forwarded";
    begun(day: &str): "Bắt đầu lập {day}" | "Begun {day}";
    number(number: &str): "Danh sách {number}" | "List {number}";
    unnumbered: "Danh sách chưa có số" | "List without a number";
    waits_days(days: i64): "chờ {days} ngày" | "waiting {days} days";
    waits_today: "gửi hôm nay" | "came today";

    new_title: "Lập danh sách mới" | "Draw up a list";
    new_which: "Lập cho đơn vị và năm nào?" | "For which unit and year?";
    unit_year(unit: &str, year: i64): "{unit}, năm {year}" | "{unit}, {year}";
    ready_of(ready: i64, forms: i64): "{ready} phiếu sẵn sàng trong {forms} phiếu đang xử lý" | "{ready} of {forms} forms are ready";
    no_forms: "Chưa có phiếu nào để lập danh sách" | "There is no form to list yet";
    no_forms_advice: "Phiếu phải được nộp, xác nhận đầy đủ và đánh giá khả thi." | "Forms have to be sent, found complete, and evaluated as feasible.";
    to_forms: "Xem các phiếu" | "To the forms";
    none_ready: "Chưa có phiếu nào sẵn sàng. Có thể lập danh sách trống và thêm phiếu sau." | "No form is ready. An empty list can be begun, and forms added later.";
    new_lead: "Bỏ chọn phiếu chưa muốn gửi. Thứ tự sắp xếp được ở bước sau." | "Untick what is not to go yet. The order is set in the next step.";
    new_save: "Lập danh sách" | "Begin the list";

    ready: "Phiếu sẵn sàng" | "Forms that are ready";
    not_ready(count: usize): "Phiếu chưa vào được danh sách ({count})" | "Forms that cannot be listed yet ({count})";
    choose_form(product: &str): "Chọn {product}" | "Choose {product}";
    product: "Sản phẩm" | "Product";
    organisation: "Chủ thể" | "Organisation";
    kind: "Loại hình" | "Kind";
    place: "Địa bàn" | "Place";
    group: "Nhóm sản phẩm" | "Product group";
    score: "Điểm" | "Score";
    form_number: "Phiếu số" | "Form No.";
    received_on: "Ngày nhận" | "Received";
    reason_why: "Vì sao" | "Why";
    order: "Thứ tự" | "Order";

    composed: "Các phiếu trong danh sách" | "Forms of the list";
    composed_lead: "Danh sách in theo đúng thứ tự này." | "The list is printed in this order.";
    empty: "Danh sách chưa có phiếu nào. Hãy thêm phiếu ở bên dưới." | "The list has no form yet. Add some below.";
    up(product: &str): "Đưa {product} lên" | "Move {product} up";
    down(product: &str): "Đưa {product} xuống" | "Move {product} down";
    remove: "Bỏ" | "Remove";
    remove_named(product: &str): "Bỏ {product} khỏi danh sách" | "Take {product} out of the list";
    add_title: "Thêm phiếu" | "Add forms";
    add: "Thêm phiếu đã chọn" | "Add the chosen forms";
    nothing_to_add: "Mọi phiếu sẵn sàng đã ở trong danh sách." | "Every form that is ready is in the list.";

    freeze_title: "Chốt danh sách" | "Freeze the list";
    freeze_lead: "Sau khi chốt, danh sách và các phiếu kèm theo được in đúng như lúc này và không sửa được nữa. Muốn sửa phải hủy và lập lại." | "Once frozen, the list and its forms are printed as they are now and never change. To correct it, give it up and draw up another.";
    paper_number: "Số văn bản" | "Number";
    paper_number_hint: "Ví dụ 12/DS-UBND." | "For example 12/DS-UBND.";
    signed_on: "Ngày ký" | "Signed on";
    signatory_post: "Chức vụ người ký" | "Post of the signatory";
    signatory_post_hint: "Mỗi dòng in thành một dòng, ví dụ “KT. Chủ tịch” rồi “Phó Chủ tịch”." | "Each line is printed on its own.";
    signatory_name: "Họ và tên người ký" | "Name of the signatory";
    freeze: "Chốt danh sách" | "Freeze the list";

    frozen_title: "Văn bản" | "The paper";
    frozen_lead: "Nội dung dưới đây được giữ nguyên từ lúc chốt." | "What stands below is kept as it was when the list was frozen.";
    pdf: "Danh sách kèm phiếu (PDF)" | "List with its forms (PDF)";
    xlsx: "Tải bảng (.xlsx)" | "Download the table (.xlsx)";
    forward_title: "Gửi tỉnh" | "Forward to the province";
    forward_lead: "In, ký, rồi gửi. Sau khi gửi, tỉnh tiếp nhận hoặc trả lại danh sách." | "Print it, have it signed, then forward it. The province accepts or returns it.";
    forward: "Gửi tỉnh" | "Forward";
    discard: "Hủy danh sách" | "Give the list up";
    discard_draft: "Các phiếu trong danh sách lại sẵn sàng cho danh sách khác." | "Its forms are free for another list.";
    discard_frozen: "Văn bản đã chốt vẫn được lưu, các phiếu lại sẵn sàng cho danh sách khác và số văn bản dùng lại được." | "What was frozen is kept; its forms and its number are free for another list.";

    answer_title: "Trả lời đơn vị" | "Answer the unit";
    answer_lead: "Tiếp nhận để đưa các sản phẩm vào bảng lựa chọn." | "Accept it to put its products into the selection.";
    accept: "Tiếp nhận" | "Accept";
    send_back: "Trả lại" | "Return it";
    send_back_lead: "Các phiếu quay về đơn vị, giữ nguyên đánh giá; đơn vị nhận được lý do." | "Its forms go back to the unit, evaluated as they were; the unit is told why.";
    reason: "Lý do trả lại" | "Why it is returned";
    was_returned: "Tỉnh đã trả lại danh sách này" | "The province returned this list";
    replace_lead: "Sửa những điểm trên rồi lập danh sách thay thế, bắt đầu với các phiếu vẫn sẵn sàng." | "Put this right, then draw up the list that replaces it; it begins with the forms that are still ready.";
    replace: "Lập danh sách thay thế" | "Draw up the replacement";
    replaces: "Thay thế" | "Replaces";
    replaced_by: "Được thay bằng" | "Replaced by";
    earlier_list: "danh sách bị trả lại" | "the returned list";
    later_list: "danh sách mới" | "the new list";
    accepted_on: "Ngày tiếp nhận" | "Accepted";
    returned_on: "Ngày trả lại" | "Returned";
    discarded_on: "Ngày hủy" | "Given up";
    signatory: "Người ký" | "Signatory";
    to_selection: "Mở bảng lựa chọn" | "To the selection";

    done_begun: "Đã lập danh sách." | "The list was begun.";
    done_added: "Đã thêm phiếu vào danh sách." | "The forms were added.";
    done_removed: "Đã bỏ phiếu khỏi danh sách." | "The form was taken out.";
    done_frozen: "Đã chốt danh sách." | "The list was frozen.";
    done_forwarded: "Đã gửi danh sách lên tỉnh." | "The list was forwarded to the province.";
    done_discarded: "Đã hủy danh sách." | "The list was given up.";
    done_accepted: "Đã tiếp nhận danh sách." | "The list was accepted.";
    done_returned: "Đã trả lại danh sách cho đơn vị." | "The list was returned to its unit.";
    done_replaced: "Đã lập danh sách thay thế." | "The replacement was begun.";

    sheet_lead(unit: &str, year: i64): "{unit}, chương trình năm {year}" | "{unit}, programme of {year}";
    sheet_signed(day: &str, post: &str, name: &str): "Ký ngày {day}: {post}, {name}" | "Signed on {day}: {post}, {name}";
}
