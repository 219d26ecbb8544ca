//! What letters say.

wording! {
    enrolled_subject(course: &str, run: &str): "Xác nhận đăng ký tập huấn: {course} – {run}" | "Enrolment confirmed: {course} – {run}";
    changed_subject(course: &str, run: &str): "Thay đổi lịch tập huấn: {course} – {run}" | "Class changed: {course} – {run}";
    cancelled_subject(course: &str, run: &str): "Hủy lớp tập huấn: {course} – {run}" | "Class cancelled: {course} – {run}";
    issued_subject(course: &str, run: &str): "Giấy chứng nhận đã được cấp: {course} – {run}" | "Certificates issued: {course} – {run}";
    reset_subject: "Đặt lại mật khẩu" | "Choose a new password";
    greeting: "Kính gửi Quý học viên, Quý đơn vị," | "Dear participant, dear organisation,";
    greeting_one: "Kính gửi Ông/Bà," | "Dear Sir or Madam,";
    enrolled: "Những người sau đây đã được đăng ký tham dự lớp tập huấn:" | "The following people are enrolled:";
    changed: "Lớp tập huấn mà những người sau đây tham dự đã có thay đổi. Thông tin mới như dưới đây." | "The class that the following people attend has changed. Below is how it stands now.";
    cancelled: "Lớp tập huấn mà những người sau đây đăng ký sẽ không được tổ chức." | "The class that the following people are enrolled in will not take place.";
    reason(reason: &str): "Lý do: {reason}" | "Reason: {reason}";
    issued: "Giấy chứng nhận hoàn thành khóa tập huấn đã được cấp cho:" | "Certificates of completion were issued to:";
    course(title: &str): "Khóa tập huấn: {title}" | "Course: {title}";
    run(name: &str): "Lớp: {name}" | "Class: {name}";
    unit(unit: &str): "Địa bàn: {unit}" | "Held in: {unit}";
    venue(venue: &str): "Địa điểm: {venue}" | "Venue: {venue}";
    sessions: "Lịch học:" | "Sessions:";
    removed: "Các buổi không còn tổ chức:" | "Sessions that no longer take place:";
    invitation: "Tệp lịch gửi kèm giúp thêm các buổi học vào lịch trên máy tính hoặc điện thoại." | "The attached calendar files put the sessions into your calendar.";
    withdrawal: "Tệp lịch gửi kèm giúp xóa các buổi học khỏi lịch của bạn." | "The attached calendar files take the sessions out of your calendar.";
    page(address: &str): "Xem thông tin lớp: {address}" | "About the class: {address}";
    certificate(person: &str, serial: &str, link: &str): "{person}, số {serial}\n    {link}" | "{person}, No. {serial}\n    {link}";
    reset(expires: &str): "Có yêu cầu đặt lại mật khẩu cho tài khoản của Ông/Bà. Hãy mở địa chỉ sau, trước {expires}, để chọn mật khẩu mới:" | "Somebody asked for a new password for your account. Open the following address before {expires} to choose one:";
    reset_not_me: "Nếu Ông/Bà không yêu cầu, xin bỏ qua thư này: mật khẩu hiện tại vẫn giữ nguyên." | "If it was not you, ignore this letter: your password stays as it is.";
    automatic: "Thư này được gửi tự động." | "This letter was sent automatically.";
}
