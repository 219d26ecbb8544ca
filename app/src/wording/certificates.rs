//! Certificates: issuing, revoking, looking up; the books they are numbered in.

wording! {
    title: "Chứng nhận" | "Certificates";
    list_caption: "Chứng nhận đã cấp của lớp" | "Certificates issued for the class";
    serial: "Số vào sổ" | "Serial number";
    person: "Họ và tên" | "Name";
    organisation: "Đơn vị" | "Organisation";
    issued_on: "Ngày cấp" | "Issued on";
    status: "Trạng thái" | "Status";
    paper: "Bản in" | "Paper";
    download: "Tải PDF" | "PDF";
    download_of(serial: &str): "Tải chứng nhận {serial} (PDF)" | "Download certificate {serial} (PDF)";
    all_as_one: "Tải tất cả (một tệp PDF)" | "All as one PDF";
    valid: "Có giá trị" | "Valid";
    revoked: "Đã thu hồi" | "Revoked";
    revoke: "Thu hồi" | "Revoke";
    revoke_of(serial: &str): "Thu hồi chứng nhận {serial}" | "Revoke certificate {serial}";
    due(count: usize): "{count} người đã hoàn thành và chưa có chứng nhận." | "Completed the class and hold no certificate yet: {count}.";
    due_names: "Xem danh sách" | "Who they are";
    issue(count: usize): "Cấp chứng nhận cho {count} người" | "Issue certificates ({count})";
    issue_hint: "Số vào sổ được cấp liên tiếp theo thứ tự tên. Nội dung in được giữ nguyên từ lúc cấp." | "Serial numbers follow the order of names. What is printed is frozen when it is issued.";
    issued(count: usize): "Đã cấp. Lớp này hiện có {count} chứng nhận." | "Issued. This class now has {count} certificates.";
    was_revoked: "Đã thu hồi chứng nhận." | "The certificate was revoked.";
    none_title: "Chưa có chứng nhận" | "No certificates yet";
    none_advice: "Chứng nhận được cấp sau khi kết thúc lớp, cho những người đã hoàn thành." | "Certificates are issued once the class is closed, to those who completed it.";
    to_run: "Về trang lớp" | "Back to the class";
    signatory_missing: "Sổ cấp chứng nhận chưa có tên người ký nên chưa cấp được." | "The certificate book does not say who signs, so nothing can be issued yet.";
    to_book: "Mở sổ cấp chứng nhận" | "Open the certificate book";

    revoke_title(serial: &str): "Thu hồi chứng nhận {serial}" | "Revoke certificate {serial}";
    revoke_lead(name: &str): "Chứng nhận của {name} sẽ không còn giá trị. Số vào sổ không được dùng lại; người tra cứu sẽ thấy trạng thái và lý do." | "The certificate of {name} will no longer be valid. Its number is never used again; whoever checks it sees the status and the reason.";
    revoke_again: "Sau khi thu hồi, có thể cấp lại ở trang chứng nhận của lớp; bản cấp lại mang số mới." | "After that it can be issued again on the certificates page of the class, with a new number.";
    reason: "Lý do" | "Reason";
    reason_hint: "Ai tra cứu cũng đọc được. Không ghi thông tin riêng tư." | "Everybody who checks the certificate reads it. Nothing private, please.";

    verify_title: "Tra cứu chứng nhận" | "Check a certificate";
    verify_lead: "Nhập số vào sổ ghi trên chứng nhận, hoặc quét mã QR. Không cần đăng nhập." | "Type the serial number on the certificate, or scan its QR code. No sign-in is needed.";
    look_up_label: "Số vào sổ hoặc mã tra cứu" | "Serial number or code";
    look_up_hint: "Ví dụ: 015/2019/GCN-VPĐP. Không cần gõ dấu." | "For example 015/2019/GCN-VPĐP. Accents may be left out.";
    look_up: "Tra cứu" | "Check";
    unknown_title: "Không có chứng nhận này" | "There is no such certificate";
    unknown: "Không có chứng nhận nào mang số hoặc mã này trong sổ. Hãy kiểm tra lại từng chữ số; nếu vẫn không thấy, hãy liên hệ cơ quan cấp." | "The register holds no certificate with this number or code. Check every digit; if it is still not found, ask the issuing office.";
    valid_title: "Chứng nhận có giá trị" | "This certificate is valid";
    valid_lead: "Có trong sổ của cơ quan cấp. Hãy đối chiếu nội dung dưới đây với bản in." | "It stands in the register of the issuing office. Compare the following with the paper.";
    revoked_title: "Chứng nhận đã bị thu hồi" | "This certificate was revoked";
    revoked_on(day: String, reason: &str): "Thu hồi ngày {day}. Lý do: {reason}" | "Revoked on {day}. Reason: {reason}";
    replaced_by(serial: &str): "Được thay bằng chứng nhận số {serial}." | "Replaced by certificate {serial}.";
    birth: "Ngày sinh" | "Date of birth";
    birth_by_code: "Tra theo số vào sổ chỉ thấy năm sinh. Quét mã QR trên chứng nhận để xem đủ ngày sinh." | "By serial number only the year of birth is shown. Scan the QR code on the paper to see the date.";
    birth_year: "Năm sinh" | "Year of birth";
    workplace: "Đơn vị" | "Organisation";
    course: "Khóa tập huấn" | "Course";
    period: "Thời gian" | "Dates";
    period_of(first: String, last: String): "{first} – {last}" | "{first} – {last}";
    length: "Thời lượng" | "Length";
    length_of(hours: i64, sessions: i64): "{hours} giờ, {sessions} buổi" | "{hours} hours, {sessions} sessions";
    issuer: "Cơ quan cấp" | "Issued by";
    place_and_day: "Nơi và ngày cấp" | "Place and date";
    signed_by: "Người ký" | "Signed by";
    paper_link: "Xem bản in (PDF)" | "See the paper (PDF)";
    another: "Tra cứu chứng nhận khác" | "Check another certificate";

    books_title: "Sổ cấp chứng nhận" | "Certificate books";
    book_title(code: &str): "Sổ {code}" | "Book {code}";
    book_lead: "Những dòng này được in trên các chứng nhận sẽ cấp. Chứng nhận đã cấp không thay đổi." | "These lines are printed on certificates to come. Those that were issued stay as they are.";
    superior: "Cơ quan cấp trên" | "Superior body";
    issuing_body: "Cơ quan cấp chứng nhận" | "Issuing body";
    place: "Nơi ký" | "Place";
    signatory_post: "Chức vụ người ký" | "Post of the signatory";
    signatory_post_hint: "Mỗi dòng in riêng, ví dụ: KT. Chánh Văn phòng / Phó Chánh Văn phòng." | "Each line is printed on its own, for example for an acting deputy.";
    signatory_name: "Họ và tên người ký" | "Name of the signatory";
    save: "Lưu" | "Save";
    saved: "Đã lưu." | "Saved.";
    signs(name: &str): "Người ký: {name}" | "Signed by {name}";
    nobody_signs: "Chưa có tên người ký" | "Nobody signs yet";
}
