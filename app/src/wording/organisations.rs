//! Organisations.

wording! {
    organisations: "Chủ thể và đơn vị" | "Organisations";
    search: "Tìm theo tên hoặc mã số thuế" | "Search by name or tax code";
    find: "Tìm" | "Find";
    add: "Thêm chủ thể, đơn vị" | "Add an organisation";
    none_title: "Không tìm thấy chủ thể nào" | "No organisations found";
    none_advice: "Thử tìm bằng một phần tên, không cần dấu, hoặc thêm mới." | "Try part of the name, tones do not matter, or add one.";
    none_advice_reader: "Thử tìm bằng một phần tên, không cần dấu." | "Try part of the name, tones do not matter.";
    name: "Tên" | "Name";
    kind: "Loại hình" | "Kind";
    tax_code: "Mã số thuế" | "Tax code";
    tax_code_hint: "10, 12 hoặc 13 chữ số; hộ kinh doanh có thể để trống." | "10, 12 or 13 digits; a household may leave it empty.";
    tax_code_odd: "Số kiểm tra của mã số thuế không khớp; hãy xem lại có gõ nhầm không." | "The check digit of the tax code is off: look for a typing error.";
    unit: "Đơn vị hành chính" | "Administrative unit";
    choose: "Chọn" | "Choose";
    address: "Địa chỉ" | "Address";
    phone: "Số điện thoại" | "Telephone number";
    save: "Lưu" | "Save";
    edit: "Sửa thông tin" | "Edit";
    members(count: usize): "Người ({count})" | "People ({count})";
    no_members_title: "Chưa có người nào" | "Nobody yet";
    no_members_advice: "Thêm người để đăng ký họ vào lớp tập huấn." | "Add people to enrol them in classes.";
    add_person: "Thêm người" | "Add a person";
    full_name: "Họ và tên" | "Full name";
    born: "Ngày sinh" | "Born";
    position: "Chức vụ" | "Position";
    runs: "Các lớp đã đăng ký" | "Classes enrolled in";
    register_product: "Đăng ký sản phẩm" | "Register a product";
    no_runs: "Chưa đăng ký lớp nào." | "Not enrolled in any class.";
    to_calendar: "Xem lịch tập huấn" | "To the calendar";
    places(count: i64): "{count} người" | "{count} people";
    at_most: "Chỉ hiện 200 kết quả đầu tiên. Hãy tìm cụ thể hơn." | "Only the first 200 are shown. Search for more of the name.";
}
