//! The board of a programme year.

use domain::accounts::Language;
use domain::programmes::Phase;
use domain::units::Why;

use super::choices::named;

wording! {
    title(year: i64): "Phiếu đăng ký theo đơn vị, năm {year}" | "Product forms by unit, {year}";
    stage: "Theo đơn vị" | "By unit";
    lead(at: &str): "Số liệu đến {at}." | "As of {at}.";
    years: "Chọn năm" | "Years";
    seen_on: "Theo đơn vị hành chính ngày" | "By the units of";
    seen_on_hint: "Phiếu cũ được xếp vào đơn vị kế thừa của ngày này." | "Older forms are counted under what their units had become on this day.";
    show: "Xem" | "Show";
    none: "Chưa có năm chương trình nào" | "No programme year yet";
    none_advice: "Bảng này có khi cấp tỉnh đã lập kế hoạch của năm." | "There is a board once the province has planned a year.";
    selected: "sản phẩm được chọn / mục tiêu của tỉnh" | "products selected, of the province's target";
    selected_here: "được chọn trong phạm vi của bạn / mục tiêu của tỉnh" | "selected in your scope, of the province's target";
    of_target(selected: i64, target: i64): "{selected} / {target}" | "{selected} / {target}";
    forms: "phiếu trong năm" | "forms of the year";
    with_units: "phiếu đang ở đơn vị tiếp nhận" | "forms with the receiving units";
    with_province: "sản phẩm chờ tỉnh quyết định" | "products waiting for the province";
    steps: "Chu trình năm" | "The annual cycle";
    step: "Bước" | "Step";
    dates: "Thời gian" | "Dates";
    today_is: "Hôm nay" | "Today";
    dates_of(opens: &str, closes: &str): "{opens} – {closes}" | "{opens} – {closes}";
    no_dates: "chưa ấn định" | "not fixed yet";
    ahead(days: i64): "còn {days} ngày nữa mở" | "opens in {days} days";
    open(days: i64): "đang mở, còn {days} ngày" | "open, {days} days left";
    open_last: "đang mở, hôm nay là ngày cuối" | "open, today is the last day";
    over: "đã kết thúc" | "over";
    by_unit: "Theo đơn vị và trạng thái" | "By unit and state";
    unit: "Đơn vị" | "Unit";
    all: "Tổng" | "All";
    total: "Tổng cộng" | "Total";
    to_be_decided: "Chưa rõ thuộc đơn vị nào" | "Under no unit yet";
    number_of(name: &str, number: i64, unit: &str): "{name}: {number}, {unit}" | "{name}: {number}, {unit}";
    nothing: "Chưa có phiếu nào" | "No forms yet";
    nothing_advice: "Phiếu sẽ hiện ở đây ngay khi chủ thể bắt đầu điền." | "Forms show here as soon as organisations begin them.";
    download: "Tải bảng (.xlsx)" | "Download (.xlsx)";
    open_title: "Cần người quyết định" | "To be decided by a person";
    open_lead: "Địa bàn của các chủ thể này đã thay đổi và văn bản không nói rõ họ thuộc đơn vị nào. Phần mềm không tự đoán." | "The units of these organisations changed, and no document says where they lie now. Nothing is guessed.";
    comes_from(unit: &str, until: &str): "{unit} (đến {until})" | "{unit} (until {until})";
    candidates(units: &str): "Có thể thuộc: {units}." | "In question: {units}.";
    made_of(units: &str): "Hình thành từ: {units}." | "Made of: {units}.";
    organisation: "Chủ thể" | "Organisation";
    form_count: "Phiếu" | "Forms";
    lies_in: "Thuộc đơn vị" | "Lies in";
    lies_in_of(organisation: &str): "{organisation} thuộc đơn vị" | "{organisation} lies in";
    choose: "Chọn đơn vị…" | "Choose a unit…";
    decide: "Xác định" | "Decide";
    waits_for_others: "Chờ cán bộ có thẩm quyền" | "For an officer in charge";
    said_title: "Đã xác định" | "Decided";
    said_of(from: &str, to: &str): "{from} → {to}" | "{from} → {to}";
    said_by(who: &str, at: &str): "{who}, {at}" | "{who}, {at}";
    by_whom: "Người xác định" | "Decided by";
    undo: "Bỏ" | "Take back";
    undo_of(organisation: &str): "Bỏ xác định của {organisation}" | "Take back where {organisation} lies";
    done_placed: "Đã xác định đơn vị của chủ thể." | "It was noted where the organisation lies.";
    done_undone: "Đã bỏ: chủ thể lại chưa rõ thuộc đơn vị nào." | "Taken back: the question is open again.";
}

named! { why(Why) {
    Why::Divided => "Đơn vị này được chia cho nhiều đơn vị mới." | "This unit was divided.",
    Why::Unknown => "Chưa có thông tin đơn vị này nhập vào đâu." | "It is not known what this unit became.",
    Why::Above => "Chủ thể ghi địa bàn ở cấp trên, chưa rõ thuộc đơn vị nào bên dưới." | "The organisations lie in a unit above, in no part of it that anybody named.",
    Why::Later => "Ngày đã chọn chưa có đơn vị này." | "This unit did not exist on that day.",
} }

/// Where today lies to the dates of a step.
pub(crate) fn phase(language: Language, phase: Phase) -> String {
    match phase {
        Phase::Ahead(days) => ahead(language, days),
        Phase::Open(0) => open_last(language).to_owned(),
        Phase::Open(days) => open(language, days),
        Phase::Over => over(language).to_owned(),
    }
}
