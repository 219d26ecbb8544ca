//! People.

wording! {
    add: "Thêm người" | "Add a person";
    edit: "Sửa thông tin" | "Edit";
    full_name: "Họ và tên" | "Full name";
    birth: "Ngày sinh hoặc năm sinh" | "Date or year of birth";
    birth_hint: "dd/mm/yyyy, hoặc chỉ năm." | "dd/mm/yyyy, or the year alone.";
    sex: "Giới tính" | "Sex";
    unknown: "Chưa rõ" | "Not known";
    phone: "Số điện thoại" | "Telephone number";
    email: "Thư điện tử" | "E-mail address";
    citizen_id: "Số CCCD" | "Citizen number";
    citizen_id_keep: "Để trống để giữ số đang có." | "Leave it empty to keep the one that is known.";
    position: "Chức vụ" | "Position";
    on_state_payroll: "Hưởng lương từ ngân sách nhà nước" | "Paid by the state";
    save: "Lưu" | "Save";
    memberships: "Thuộc về" | "Belongs to";
    since(day: String): "từ {day}" | "since {day}";
    no_membership: "Không thuộc chủ thể, đơn vị nào." | "Belongs to no organisation.";
    end_membership: "Không còn ở đây" | "No longer there";
    end_membership_of(name: &str): "Không còn ở {name}" | "No longer at {name}";
    added: "Đã thêm người này." | "The person was added.";
    known: "Người này đã có trong hệ thống và nay thuộc chủ thể, đơn vị này." | "This person was known already and now belongs to the organisation.";
}
