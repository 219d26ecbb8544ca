//! The frame of every page.

wording! {
    programme: "OCOP Thanh Hóa" | "OCOP Thanh Hóa";
    part: "Tập huấn" | "Training";
    office: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh Thanh Hóa" | "New Rural Development Coordination Office of Thanh Hóa province";
    skip: "Đến nội dung chính" | "Skip to the main content";
    menu: "Trình đơn chính" | "Main menu";
    open_menu: "Trình đơn" | "Menu";
    crumbs: "Bạn đang ở" | "You are here";
    inbox: "Việc chờ" | "Inbox";
    calendar: "Lịch tập huấn" | "Calendar";
    runs: "Lớp" | "Classes";
    enrolments: "Đăng ký của tôi" | "My enrolments";
    registrations: "Phiếu sản phẩm" | "Product forms";
    board: "Tiến độ" | "Progress";
    organisations: "Chủ thể" | "Organisations";
    manage: "Quản lý" | "Manage";
    verify: "Tra cứu chứng nhận" | "Check a certificate";
    verify_short: "Tra cứu" | "Verify";
    sign_in: "Đăng nhập" | "Sign in";
    sign_out: "Đăng xuất" | "Sign out";
    products: "Sản phẩm được chọn" | "Selected products";
    other_language: "English" | "Tiếng Việt";
    demo: "Bản trình diễn: người và số liệu ở đây là giả định." | "Demonstration: people and figures here are invented.";
    to_start: "Về trang đầu" | "To the start page";
    faults_title: "Cần sửa các điểm sau:" | "Please correct the following:";
    not_found_title: "Không tìm thấy" | "Not found";
    not_found: "Không có nội dung nào ở địa chỉ này, hoặc bạn không có quyền xem." | "There is nothing at this address, or it is not yours to see.";
    refused_title: "Không thực hiện được" | "This could not be done";
    wait_title: "Vui lòng đợi" | "Please wait";
    other_site: "Yêu cầu được gửi từ một trang khác nên đã bị từ chối. Hãy mở lại trang này và thử lại." | "The request came from another site and was refused. Open this page again and try once more.";
    too_large: "Dữ liệu gửi lên quá lớn." | "What was sent is too large.";
    not_understood: "Máy chủ không hiểu yêu cầu này." | "The server does not understand this request.";
    too_slow: "Máy chủ trả lời quá chậm. Hãy thử lại sau ít phút." | "The server is too slow to answer. Try again in a few minutes.";
    failed_title: "Có lỗi xảy ra" | "Something went wrong";
    failed: "Lỗi này do hệ thống, không phải do bạn, và đã được ghi lại. Hãy thử lại sau ít phút." | "This is the system's fault, not yours, and it has been noted. Try again in a few minutes.";
}
