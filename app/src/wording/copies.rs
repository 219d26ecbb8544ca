//! The same class in several places at once.

wording! {
    title: "Mở lớp này ở nhiều nơi" | "Open this class in several places";
    lead: "Mỗi nơi thành một bản nháp, nội dung như lớp này. Lưu được tất cả hoặc không lưu lớp nào." | "Each place becomes a draft like this class. All of them are saved, or none.";
    days: "Các buổi xếp theo lớp này, tính từ ngày đầu, bỏ qua ngày nghỉ lễ. Lớp liền ngày bỏ qua cả cuối tuần; lớp cách ngày gặp ngày lễ thì lùi một tuần." | "Sessions follow this class from the first day on, holidays left out. Days on end leave out weekends, too; others that meet a holiday come a week later.";
    place(number: usize): "Nơi {number}" | "Place {number}";
    name: "Tên lớp" | "Name of the class";
    unit: "Địa bàn" | "Unit";
    choose: "Chọn…" | "Choose…";
    venue: "Địa điểm" | "Venue";
    first_day: "Ngày đầu" | "First day";
    keeps_trainers: "Giữ giảng viên của lớp này" | "Keep the trainers of this class";
    add: "Thêm nơi" | "Add a place";
    remove(number: usize): "Bỏ nơi {number}" | "Remove place {number}";
    save(count: usize): "Lưu {count} bản nháp" | "Save {count} drafts";
    link: "Mở ở nhiều nơi" | "Open in several places";
    done(count: usize): "Đã lưu {count} bản nháp. Hãy xem lại và công bố từng lớp." | "{count} drafts are saved. Look through them and publish each.";
}
