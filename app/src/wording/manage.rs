//! What is kept behind the daily work.

wording! {
    title: "Quản lý" | "Manage";
    requirements_why: "Ai phải hoàn thành khóa nào, trước ngày nào." | "Who must complete which course by when.";
    books_why: "Nơi cấp, người ký, số hiệu của chứng nhận." | "Issuer, signatory and serials of certificates.";
    accounts_why: "Ai đăng nhập được, vai trò, phiếu kích hoạt." | "Who can sign in, in which role; activation slips.";
}
