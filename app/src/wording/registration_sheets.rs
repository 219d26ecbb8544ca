//! Registration forms that come in a spreadsheet.

wording! {
    from_spreadsheet: "Nhập từ Excel" | "Import from Excel";
    upload_title: "Nhập phiếu đăng ký từ Excel" | "Import registration forms from Excel";
    upload_lead: "Tải lên tệp .xlsx, .xls hoặc .ods, mỗi dòng một sản phẩm, tối đa 200 dòng. Tên cột có thể bằng tiếng Việt hoặc tiếng Anh, theo thứ tự bất kỳ. Chưa có gì được lưu cho đến khi bạn xác nhận." | "Upload an .xlsx, .xls or .ods file, one product a row, 200 rows at most. Headings may be Vietnamese or English, in any order. Nothing is stored until you confirm.";
    upload_drafts: "Mỗi dòng thành một bản nháp. Mục còn thiếu được điền tiếp trên trang của phiếu." | "Each row becomes a draft. What is still missing is filled in on the form's own page.";
    template_of(kind: &str): "Tải tệp mẫu: {kind}" | "Download the template: {kind}";
    template_name_existing: "bieu-02-san-pham-hien-co.xlsx" | "form-02-existing-products.xlsx";
    template_name_new: "bieu-01-san-pham-moi.xlsx" | "form-01-new-products.xlsx";
    file: "Tệp phiếu đăng ký" | "File with the forms";
    upload: "Tải lên và kiểm tra" | "Upload and check";

    preview_title: "Kiểm tra phiếu trước khi nhập" | "Check the forms before they are imported";
    preview_lead(kind: &str, year: i64): "{kind}, chương trình năm {year}" | "{kind}, programme of {year}";
    preview_clean(count: usize): "Cả {count} dòng đều nhập được. Hãy xem lại rồi xác nhận." | "All {count} rows can be imported. Look through them, then confirm.";
    preview_faults(rows: usize, faults: usize): "{faults} lỗi ở {rows} dòng. Hãy sửa ngay tại đây hoặc bỏ qua các dòng đó, rồi xác nhận." | "{faults} faults in {rows} rows. Correct them here or leave those rows out, then confirm.";
    unknown(headings: &str): "Không đọc các cột: {headings}." | "These columns are not read: {headings}.";
    fault(row: usize, column: &str, sentence: &str): "Dòng {row}, {column}: {sentence}" | "Row {row}, {column}: {sentence}";
    fault_of(row: usize, column: &str, value: &str, sentence: &str): "Dòng {row}, {column} “{value}”: {sentence}" | "Row {row}, {column} “{value}”: {sentence}";
    tax_code: "Mã số thuế" | "Tax code";
    no_name: "(chưa có tên sản phẩm)" | "(no name yet)";
    fate_new: "Phiếu mới" | "New form";
    fate_known: "Đã có" | "Already there";
    fate_changes: "Sửa bản nháp" | "Changes a draft";
    known_draft: "Bản nháp đã có nội dung này, không thay đổi." | "A draft says just this: nothing changes.";
    known_other(state: &str): "Phiếu này đang ở trạng thái “{state}” nên không sửa từ Excel được." | "This form is “{state}”, so it is not changed from a spreadsheet.";
    to_form: "Xem phiếu" | "See the form";
    changes_lead: "Bản nháp đã có sẽ được sửa; mục để trống trong tệp giữ nguyên." | "The draft that is there will be changed; what is empty in the file stays as it is.";
    difference(before: &str, after: &str): "“{before}” → “{after}”" | "“{before}” → “{after}”";
    difference_new(after: &str): "thêm “{after}”" | "“{after}” is added";
    in_file(text: &str): "Trong tệp: “{text}”." | "In the file: “{text}”.";
    missing(count: usize): "Nhập được; còn thiếu {count} mục trước khi nộp" | "Can be imported; {count} more before it can be sent";
    content(filled: usize, of: usize): "Nội dung ({filled}/{of} mục)" | "What it says ({filled} of {of})";
    confirm: "Xác nhận nhập" | "Confirm";
    other_file: "Tải tệp khác" | "Upload another file";

    done_begun(count: usize): "Đã thêm {count} bản nháp." | "{count} drafts were begun.";
    done_changed(count: usize): "Đã sửa {count} bản nháp." | "{count} drafts were changed.";
    done_known(count: usize): "{count} phiếu đã có từ trước, không thay đổi." | "{count} forms were there before: nothing changed for them.";
}
