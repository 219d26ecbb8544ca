//! Enrolling people, and who is enrolled.

wording! {
    enrol_title: "Đăng ký người học" | "Enrol people";
    seats_left(left: i64, capacity: i64): "Còn {left} / {capacity} chỗ" | "{left} of {capacity} seats left";
    deadline(day: String): "Hạn đăng ký: {day}" | "Enrol until {day}";
    which_title: "Đăng ký cho đơn vị nào?" | "For which organisation?";
    which_search: "Tìm theo tên hoặc mã số thuế" | "Search by name or tax code";
    search: "Tìm" | "Search";
    no_organisation_title: "Chưa có đơn vị nào" | "No organisation";
    no_organisation: "Không có đơn vị nào khớp trong phạm vi của bạn." | "No organisation in your scope matches.";
    organisation: "Đơn vị" | "Organisation";
    members_title: "Người của đơn vị" | "People of the organisation";
    no_members: "Đơn vị chưa có ai trong danh sách. Hãy nhập người mới ở dưới hoặc tải danh sách lên." | "Nobody of this organisation is known yet. Enter new people below, or upload a list.";
    enrolled_before: "Đã đăng ký" | "Enrolled already";
    newcomers_title: "Người mới" | "New people";
    newcomers_hint: "Dòng để trống được bỏ qua. Ngày sinh có thể chỉ ghi năm." | "Empty rows are passed over. The year of birth alone is enough.";
    newcomer(number: usize): "Người mới {number}" | "New person {number}";
    more_rows: "Thêm 3 dòng" | "3 more rows";
    enrol: "Đăng ký" | "Enrol";
    from_spreadsheet: "Đăng ký từ danh sách Excel" | "Enrol from a spreadsheet";
    full_name: "Họ và tên" | "Full name";
    birth: "Ngày hoặc năm sinh" | "Date or year of birth";
    sex: "Giới tính" | "Sex";
    not_said: "Không ghi" | "Not given";
    citizen_id: "Số CCCD" | "Citizen number";
    phone: "Điện thoại" | "Telephone";
    email: "Thư điện tử" | "E-mail";
    position: "Chức vụ" | "Position";

    not_selected_tag: "Chưa có sản phẩm được chọn" | "No selected product";
    to_forms: "Xem phiếu đăng ký sản phẩm" | "See the registration forms";
    to_exception: "Cho phép tham gia" | "Grant an exception";

    exceptions_title: "Ngoại lệ" | "Exceptions";
    exceptions_lead(year: i64): "Lớp này chỉ dành cho chủ thể có sản phẩm được chọn năm {year}. Cán bộ tỉnh có thể cho phép chủ thể khác tham gia, kèm lý do." | "This class is for organisations with a product selected in {year} only. A provincial officer may let another take part, with a reason.";
    not_limited_title: "Lớp này không giới hạn" | "This class has no limit";
    not_limited: "Mọi chủ thể đều đăng ký được nên không cần ngoại lệ." | "Every organisation can enrol, so no exception is needed.";
    no_exception_title: "Chưa có ngoại lệ nào" | "No exceptions yet";
    no_exception: "Chủ thể được cho phép tham gia sẽ hiện ở đây." | "Organisations that were let in are listed here.";
    exception_reason: "Lý do" | "Reason";
    exception_reason_hint: "Lý do được lưu lại, không sửa được." | "It is kept and cannot be changed.";
    granted_by: "Người cho phép" | "Granted by";
    granted_on: "Ngày" | "Day";
    grant_title: "Cho phép thêm một chủ thể" | "Let in another organisation";
    grant: "Cho phép tham gia" | "Let it take part";
    other_organisation: "Chọn chủ thể khác" | "Choose another";
    granted_now: "Đã cho phép tham gia." | "The exception was granted.";
    withdrawn_on(day: &str, name: &str): "Đã rút lại ngày {day}, {name}" | "Withdrawn on {day} by {name}";
    places_kept(places: i64): "{places} người đã đăng ký vẫn giữ chỗ." | "People who are enrolled and keep their places: {places}.";
    withdraw_exception: "Rút lại" | "Withdraw";
    withdraw_exception_of(name: &str): "Rút lại ngoại lệ của {name}" | "Withdraw the exception of {name}";
    withdraw_exception_title: "Rút lại ngoại lệ" | "Withdraw an exception";
    withdraw_exception_lead: "Chủ thể không đăng ký thêm người vào lớp này được nữa. Ai đã đăng ký thì vẫn giữ chỗ. Chủ thể được báo bằng thư, kèm lý do." | "The organisation cannot enrol anybody else in this class. Who is enrolled keeps the place. The organisation is told by letter, with the reason.";
    keep_exception: "Giữ ngoại lệ" | "Keep the exception";
    exception_withdrawn_now: "Đã rút lại ngoại lệ." | "The exception was withdrawn.";
    excepted: "Theo ngoại lệ" | "By exception";

    spreadsheet_title: "Đăng ký từ danh sách" | "Enrol from a list";
    spreadsheet_lead: "Tải lên tệp .xlsx, .xls, .ods hoặc .csv, mỗi dòng một người, tối đa 500 dòng. Tên cột có thể bằng tiếng Việt hoặc tiếng Anh, theo thứ tự bất kỳ. Chưa có gì được lưu cho đến khi bạn xác nhận." | "Upload an .xlsx, .xls, .ods or .csv file, one person a row, 500 rows at most. Headings may be Vietnamese or English, in any order. Nothing is stored until you confirm.";
    template: "Tải tệp mẫu" | "Download the template";
    template_name: "danh-sach-dang-ky.xlsx" | "enrolment-list.xlsx";
    file: "Tệp danh sách" | "File with the list";
    upload: "Tải lên và kiểm tra" | "Upload and check";

    preview_title: "Kiểm tra danh sách" | "Check the list";
    preview_clean(count: usize): "Cả {count} dòng đều hợp lệ. Hãy xem lại rồi xác nhận." | "All {count} rows are in order. Look through them, then confirm.";
    preview_faults(rows: usize, faults: usize): "{faults} lỗi ở {rows} dòng. Hãy sửa ngay tại đây hoặc bỏ qua các dòng đó, rồi xác nhận." | "{faults} faults in {rows} rows. Correct them here or leave those rows out, then confirm.";
    row(number: usize): "Dòng {number}" | "Row {number}";
    leave_out: "Bỏ qua dòng này" | "Leave this row out";
    left_out: "Bỏ qua" | "Left out";
    row_new: "Người mới" | "New person";
    row_known: "Đã có trong danh sách" | "Known already";
    row_already: "Đã đăng ký lớp này" | "Enrolled already";
    was_typed(value: &str, fault: &str): "“{value}”: {fault}" | "“{value}”: {fault}";
    zero_put_back(typed: &str, stored: &str): "Đã thêm lại số 0 ở đầu: {typed} → {stored}" | "The leading zero was put back: {typed} → {stored}";
    renumbered(typed: &str, stored: &str): "Đã đổi sang đầu số mới: {typed} → {stored}" | "Changed to the new prefix: {typed} → {stored}";
    year_only: "Chỉ có năm sinh" | "Only the year of birth";
    confirm: "Xác nhận đăng ký" | "Confirm";
    other_file: "Tải tệp khác" | "Upload another file";

    participants_title: "Người tham gia" | "Participants";
    only_own: "Bạn chỉ thấy người của đơn vị mình." | "You see the people of your own organisations only.";
    nobody_title: "Chưa có ai" | "Nobody yet";
    nobody: "Người đã đăng ký sẽ hiện ở đây." | "People who are enrolled will be listed here.";
    number: "STT" | "No.";
    enrolled_on: "Ngày đăng ký" | "Enrolled on";
    people_count(count: usize): "{count} người" | "{count} people";
    withdraw: "Rút" | "Withdraw";
    withdraw_who(name: &str): "Rút đăng ký của {name}" | "Withdraw {name}";
    enrolled_now(count: &str): "Đã đăng ký {count} người." | "{count} people were enrolled.";
    already_now(count: &str): "{count} người đã có trong lớp từ trước, không thay đổi." | "{count} people were in the class before: nothing changed for them.";
    withdrawn_now: "Đã rút đăng ký. Chỗ này dành cho người khác." | "The enrolment was withdrawn. The seat is free again.";

    withdraw_title: "Rút đăng ký" | "Withdraw from a class";
    withdraw_lead: "Chỗ sẽ được nhường cho người khác. Lý do được lưu lại." | "The seat becomes free for others. The reason is kept.";
    reason: "Lý do" | "Reason";
    keep: "Giữ đăng ký" | "Keep the place";

    mine_title: "Đăng ký của đơn vị" | "Enrolments of the organisation";
    upcoming: "Sắp và đang diễn ra" | "Coming and under way";
    past: "Đã qua" | "Past";
    none_title: "Chưa đăng ký lớp nào" | "No enrolment yet";
    none: "Hãy chọn một lớp trong lịch tập huấn để đăng ký." | "Choose a class in the calendar to enrol in it.";
    to_calendar: "Xem lịch tập huấn" | "See the calendar";
    choose_organisation: "Chọn chủ thể để xem đăng ký của họ." | "Choose an organisation to see its enrolments.";
    see_participants: "Danh sách" | "List";
}
