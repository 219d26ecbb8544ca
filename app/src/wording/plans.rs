//! The annual plan: its lines, what was delivered of them, and the sheets it comes and goes in.

use domain::accounts::Language;
use domain::plans::PlanAudience;

use super::choices::named;

wording! {
    title: "Kế hoạch tập huấn" | "Training plan";
    why: "Từng dòng kế hoạch của năm, bên cạnh phần đã thực hiện." | "The lines of each year, beside what was delivered.";
    lead: "Kế hoạch của từng năm chương trình và phần đã thực hiện." | "The plan of each programme year, and what was delivered of it.";
    of_year(year: i64): "Kế hoạch tập huấn năm {year}" | "Training plan {year}";
    year(year: i64): "Năm {year}" | "Year {year}";
    years: "Các năm" | "Years";
    no_year: "Chưa có năm chương trình nào" | "There is no programme year yet";
    no_year_advice: "Kế hoạch được lập theo năm chương trình." | "A plan belongs to a programme year.";
    to_programmes: "Năm chương trình" | "Programme years";
    by_plan(number: &str): "Theo {number}." | "By {number}.";
    lines: "Số dòng" | "Lines";
    all_lines: "Các dòng kế hoạch" | "Lines of the plan";
    nothing: "Kế hoạch chưa có dòng nào" | "The plan has no line yet";
    nothing_advice: "Thêm từng dòng, hoặc nhập cả kế hoạch từ Excel." | "Add line by line, or import the whole plan from Excel.";
    nothing_theirs: "Dòng kế hoạch cho địa bàn của bạn sẽ hiện ở đây." | "Lines planned for your unit will show here.";
    what_counts: "Lớp tính là đã học xong khi đã công bố, không bị hủy và buổi cuối đã qua. Lượt học viên là người có mặt hoặc đến muộn ít nhất một buổi, hoặc được công nhận hoàn thành; ai học hai lớp tính hai lượt." | "A class counts as held once it is published, not called off, and its last session is over. Those who took part were present or late at least once, or completed it; who comes to two classes counts twice.";

    line(code: &str): "Dòng {code}" | "Line {code}";
    course: "Khóa học" | "Course";
    audience: "Đối tượng" | "Audience";
    quarter: "Quý" | "Quarter";
    quarter_named(quarter: &str): "Quý {quarter}" | "Quarter {quarter}";
    runs: "Số lớp" | "Planned classes";
    participants: "Số học viên" | "Planned participants";
    participants_hint: "Tổng của tất cả các lớp trong dòng." | "Of all classes of the line together.";
    unit: "Địa bàn" | "Unit";
    whole_province: "Toàn tỉnh" | "The whole province";
    place: "Địa điểm" | "Place";
    place_hint: "Có thể để trống." | "May stay empty.";
    budget: "Kinh phí" | "Budget";
    budget_hint: "Số đồng, ví dụ 64.000.000. Để trống nếu chưa bố trí." | "In đồng, for example 64.000.000. Leave it empty while no money is planned.";
    money(amount: &str): "{amount} đ" | "{amount} đ";
    no_money: "chưa bố trí" | "none planned";
    note: "Ghi chú" | "Note";
    choose: "Chọn…" | "Choose…";
    code: "Mã dòng" | "Line code";

    held_of_planned: "Lớp đã học xong / kế hoạch" | "Classes held / planned";
    took_part_of_planned: "Lượt học viên / kế hoạch" | "Participants / planned";
    completed: "Hoàn thành" | "Completed";
    of_planned(delivered: i64, planned: i64): "{delivered} / {planned}" | "{delivered} / {planned}";
    classes_held: "lớp đã học xong / kế hoạch" | "classes held / planned";
    people_took_part: "lượt học viên / kế hoạch" | "participants / planned";
    people_completed: "lượt hoàn thành" | "completed";
    money_planned: "kinh phí kế hoạch" | "planned budget";
    total: "Tổng cộng" | "Total";
    by_quarter: "Theo quý: kế hoạch và đã thực hiện" | "By quarter: planned and delivered";
    picture_legend: "Khung: kế hoạch. Phần tô đậm: đã thực hiện." | "Frame: planned. Filled: delivered.";

    make_class: "Mở lớp" | "Make a class";
    make_class_from(code: &str): "Mở lớp từ dòng {code}" | "Make a class from line {code}";
    from_this_line: "Mở lớp từ dòng này" | "Make a class from this line";
    new_line: "Thêm dòng" | "Add a line";
    edit_line: "Sửa dòng" | "Change the line";
    save: "Lưu" | "Save";
    remove: "Bỏ dòng này" | "Remove this line";
    not_removable(made: i64): "Đã có {made} lớp lập từ dòng này nên không bỏ dòng được: phần đã thực hiện cần có kế hoạch bên cạnh." | "{made} classes were made from this line, so it stays: what was delivered needs its plan beside it.";
    classes: "Các lớp lập từ dòng này" | "Classes made from this line";
    no_class: "Chưa có lớp nào lập từ dòng này." | "No class was made from this line yet.";
    class: "Lớp" | "Class";
    first_day: "Bắt đầu" | "Starts";
    no_day: "chưa có buổi" | "no session";
    state: "Trạng thái" | "State";
    seats: "Chỗ" | "Seats";
    made_from: "Kế hoạch năm" | "Annual plan";
    of_a_line: "Lớp này lập theo một dòng của kế hoạch năm." | "This class is made from a line of the annual plan.";
    see_line: "Xem dòng kế hoạch" | "See the line";
    detach: "Bỏ liên kết với dòng kế hoạch" | "Take the class out of the plan";
    class_number(number: i64): "Lớp {number}" | "Class {number}";

    done_added: "Đã thêm dòng vào kế hoạch." | "The line was added.";
    done_changed: "Đã lưu dòng kế hoạch." | "The line is saved.";
    done_removed: "Đã bỏ dòng khỏi kế hoạch." | "The line was taken out of the plan.";

    to_excel: "Xuất Excel" | "Export to Excel";
    from_excel: "Nhập từ Excel" | "Import from Excel";
    sheet_name(year: i64): "ke-hoach-tap-huan-{year}" | "training-plan-{year}";
    template_name(year: i64): "mau-ke-hoach-tap-huan-{year}" | "training-plan-template-{year}";
    upload_title(year: i64): "Nhập kế hoạch năm {year} từ Excel" | "Import the plan of {year} from Excel";
    upload_lead: "Tải lên tệp .xlsx, .xls hoặc .ods, mỗi dòng một dòng kế hoạch, tối đa 500 dòng. Tên cột có thể bằng tiếng Việt hoặc tiếng Anh, theo thứ tự bất kỳ. Chưa có gì được lưu cho đến khi bạn xác nhận." | "Upload an .xlsx, .xls or .ods file, one line a row, 500 rows at most. Headings may be Vietnamese or English, in any order. Nothing is stored until you confirm.";
    upload_again: "Tệp đã xuất nhập lại được: dòng có mã sẽ được sửa, dòng không có mã là dòng mới; dòng không có trong tệp giữ nguyên." | "An exported file can be imported again: rows with a code change that line, rows without one are new; lines that are not in the file stay.";
    template: "Tải tệp mẫu" | "Download the template";
    file: "Tệp kế hoạch" | "File with the plan";
    upload: "Tải lên và kiểm tra" | "Upload and check";
    preview_title: "Kiểm tra kế hoạch trước khi nhập" | "Check the plan before it is imported";
    fate_new: "Dòng mới" | "New line";
    fate_known: "Đã có, không đổi" | "There already, the same";
    fate_changes(code: &str): "Sửa dòng {code}" | "Changes line {code}";
    changes_lead: "Ô để trống trong tệp giữ nguyên." | "What is empty in the file stays as it is.";
    imported(added: &str, changed: &str, known: &str): "Đã nhập kế hoạch: {added} dòng mới, {changed} dòng sửa, {known} dòng không đổi." | "Imported: {added} new lines, {changed} changed, {known} the same.";
}

named! { plan_audience(PlanAudience) {
    PlanAudience::Organisations => "Chủ thể OCOP" | "OCOP organisations",
    PlanAudience::Selected => "Chủ thể có sản phẩm được chọn trong năm" | "Organisations with a product selected in the year",
    PlanAudience::Officers => "Cán bộ quản lý nhà nước" | "State officers",
    PlanAudience::Everyone => "Cán bộ và chủ thể" | "Officers and organisations",
} }

/// A quarter as papers number it; empty for what is none.
pub(crate) fn roman(quarter: i64) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        4 => "IV",
        _ => "",
    }
}
