//! The selection among forwarded products.

wording! {
    title(year: i64): "Lựa chọn sản phẩm năm {year}" | "Selection of products {year}";
    selection: "Lựa chọn sản phẩm" | "Selection";
    lead: "Mọi sản phẩm các đơn vị đã gửi tỉnh trong năm: lọc, sắp xếp, rồi ghi quyết định cho một hoặc nhiều sản phẩm." | "Every product that units forwarded in the year: filter, sort, and record a decision on one or many.";
    years: "Năm chương trình" | "Programme years";
    no_programme: "Chưa có năm chương trình nào" | "No programme year yet";
    no_programme_advice: "Thêm năm chương trình để nhận phiếu và lựa chọn sản phẩm." | "Add a programme year to receive forms and select products.";
    to_programmes: "Năm chương trình" | "Programme years";

    selected_of(selected: i64, target: i64): "{selected} / {target}" | "{selected} of {target}";
    selected: "sản phẩm được chọn trên mục tiêu" | "products selected of the target";
    least_left(left: i64, least: i64): "còn thiếu {left} để đạt mức tối thiểu {least} (30 % sản phẩm hiện có)" | "{left} short of the least of {least} (30 % of the existing products)";
    least_reached(least: i64): "đã đạt mức tối thiểu {least} (30 % sản phẩm hiện có)" | "the least of {least} (30 % of the existing products) is reached";
    open: "chờ quyết định" | "wait for a decision";
    rejected: "không được chọn" | "not selected";

    unit: "Đơn vị" | "Unit";
    every_unit: "Mọi đơn vị" | "Every unit";
    industry: "Ngành hàng" | "Industry";
    every_industry: "Mọi ngành hàng" | "Every industry";
    kind: "Loại hình" | "Kind";
    every_kind: "Mọi loại hình" | "Every kind";
    state: "Trạng thái" | "State";
    every_state: "Mọi trạng thái" | "Every state";
    text: "Sản phẩm hoặc chủ thể" | "Product or organisation";
    sort: "Sắp xếp theo" | "Sort by";
    filter: "Lọc" | "Filter";
    drop_filter: "Bỏ lọc" | "Drop the filter";
    found(count: i64): "{count} sản phẩm" | "{count} products";
    to_decide: "Ghi quyết định" | "Record a decision";
    tick_page: "Chọn cả trang" | "Tick this page";
    untick_page: "Bỏ chọn" | "Untick";
    export: "Tải bảng (.xlsx)" | "Download the table (.xlsx)";
    page_of(page: i64, pages: i64): "Trang {page} / {pages}" | "Page {page} of {pages}";
    earlier: "Trang trước" | "Previous page";
    later: "Trang sau" | "Next page";
    table: "Sản phẩm đã gửi tỉnh" | "Forwarded products";
    none: "Chưa có sản phẩm nào được gửi tỉnh" | "No product was forwarded yet";
    none_advice: "Sản phẩm hiện ở đây khi đơn vị gửi danh sách; hãy tiếp nhận danh sách để quyết định được." | "Products show here once units forward their lists; accept a list to decide on its products.";
    to_lists: "Mở các danh sách" | "To the lists";
    none_match: "Không có sản phẩm nào khớp" | "No product matches";
    none_match_advice: "Hãy đổi hoặc bỏ điều kiện lọc." | "Change or drop the filter.";

    form_number: "Phiếu số" | "Form No.";
    product: "Sản phẩm" | "Product";
    organisation: "Chủ thể" | "Organisation";
    group: "Nhóm" | "Group";
    score: "Điểm" | "Score";
    completeness: "Đầy đủ" | "Complete";
    percent(percent: i64): "{percent} %" | "{percent} %";
    sort_by(column: &str): "Sắp xếp theo: {column}" | "Sort by {column}";
    tick(product: &str): "Chọn {product}" | "Choose {product}";
    list_waits: "Danh sách chưa tiếp nhận" | "List not accepted yet";
    not_feasible: "Chưa khả thi" | "Not feasible";

    decide_title: "Quyết định về các sản phẩm đã chọn" | "Decide on the ticked products";
    decide_lead: "Một quyết định có thể ghi làm nhiều lần với cùng số và ngày, cho đến khi công bố. Sản phẩm đã có quyết định vẫn quyết định lại được, cả hai đều còn trong quá trình của phiếu." | "One decision may be recorded in several goes, with the same number and day, until it is published. A product can be decided on anew; both decisions stay in its history.";
    number: "Số quyết định" | "Number of the decision";
    number_hint: "Ví dụ 2345/QĐ-UBND." | "For example 2345/QĐ-UBND.";
    decided_on: "Ngày quyết định" | "Day of the decision";
    choice: "Kết quả" | "Outcome";
    choose: "Chọn…" | "Choose…";
    reason: "Lý do" | "Reason";
    reason_hint: "Bắt buộc khi không chọn." | "Needed where products are not selected.";
    decide: "Ghi quyết định" | "Record the decision";
    done_decided(number: &str): "Đã ghi Quyết định {number}." | "Decision {number} was recorded.";
    see_decision: "Xem và công bố" | "See and publish it";

    decisions: "Các quyết định của năm" | "Decisions of the year";
    no_decisions: "Chưa có quyết định nào." | "No decision yet.";
    decision: "Quyết định" | "Decision";
    day: "Ngày" | "Day";
    counts_selected: "Được chọn" | "Selected";
    counts_rejected: "Không được chọn" | "Not selected";
    published: "Đã công bố" | "Published";
    unpublished: "Chưa công bố" | "Not published";
    public_page: "Trang công khai" | "The public page";

    decision_title(number: &str): "Quyết định {number}" | "Decision {number}";
    decision_lead(day: &str, year: i64): "Ngày {day}, chương trình năm {year}" | "Of {day}, programme of {year}";
    published_at(at: &str): "Công bố lúc {at}" | "Published at {at}";
    counts(selected: i64, rejected: i64): "{selected} sản phẩm được chọn, {rejected} không được chọn." | "{selected} products selected, {rejected} not selected.";
    publish_title: "Công bố" | "Publish";
    publish_lead: "Sau khi công bố, ai cũng xem được các sản phẩm được chọn, chủ thể nhận được thư báo, và quyết định không sửa được nữa." | "Once published, everybody can see the selected products, the organisations are told, and the decision can no longer change.";
    publish: "Công bố quyết định" | "Publish the decision";
    done_published: "Đã công bố quyết định." | "The decision was published.";
    outcome: "Kết quả" | "Outcome";
    ruled_later: "đã có quyết định sau" | "decided on anew since";
    says: "Nội dung quyết định" | "What it says";

    products_title(year: i64): "Sản phẩm được chọn năm {year}" | "Products selected in {year}";
    products: "Sản phẩm được chọn" | "Selected products";
    products_lead(count: usize): "{count} sản phẩm được chọn tham gia Chương trình mỗi xã một sản phẩm (OCOP) tỉnh Thanh Hóa." | "{count} products selected for the One Commune One Product programme of Thanh Hóa province.";
    products_none: "Chưa công bố sản phẩm nào" | "No products were published yet";
    products_none_advice: "Danh sách hiện ở đây ngay khi tỉnh công bố kết quả lựa chọn." | "They show here as soon as the province publishes its selection.";
    to_calendar: "Xem lịch tập huấn" | "To the training calendar";
    in_industry(industry: &str, count: usize): "{industry} ({count})" | "{industry} ({count})";
    no_industry: "Chưa phân nhóm" | "No group";
    chosen_by(number: &str, day: &str): "Số {number} ngày {day}" | "No. {number} of {day}";
}
