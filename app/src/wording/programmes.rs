//! Programme years.

wording! {
    title: "Năm chương trình" | "Programme years";
    lead: "Kế hoạch, mục tiêu, thời gian của từng bước và tiêu chí đánh giá của mỗi năm." | "Plan, target, dates of the steps and criteria of each year.";
    new: "Thêm năm chương trình" | "Add a programme year";
    year_title(year: i64): "Chương trình năm {year}" | "Programme of {year}";
    none: "Chưa có năm chương trình nào" | "No programme year yet";
    none_advice: "Thêm năm đầu tiên để bắt đầu nhận phiếu đăng ký sản phẩm." | "Add the first one to begin receiving product registration forms.";
    year: "Năm" | "Year";
    plan_number: "Số kế hoạch" | "Number of the plan";
    plan_number_hint: "Ví dụ 134/KH-UBND." | "For example 134/KH-UBND.";
    plan_day: "Ngày kế hoạch" | "Day of the plan";
    existing_products: "Số sản phẩm hiện có" | "Existing products";
    target_products: "Mục tiêu chuẩn hóa" | "Target";
    target_hint: "Số sản phẩm cần chuẩn hóa trong năm." | "Products to be brought to standard in the year.";
    group_decision: "Phân nhóm sản phẩm theo" | "Classification of products by";
    windows: "Chu trình OCOP thường niên" | "The annual cycle";
    windows_lead: "Để trống bước chưa ấn định. Chủ thể nộp phiếu được trong thời gian của bước tiếp nhận." | "Leave empty what is not fixed yet. Forms are submitted while the receiving step is open.";
    step_name(number: i64, name: &str): "Bước {number}. {name}" | "Step {number}. {name}";
    opens: "Từ ngày" | "From";
    closes: "Đến hết ngày" | "To";
    criteria: "Tiêu chí đánh giá phiếu" | "Criteria";
    criteria_lead: "Mỗi tiêu chí chấm từ 0 đến 10 điểm; tổng trọng số là 100 %. Để trống nếu năm này không chấm điểm." | "Each is scored from 0 to 10; the weights make 100 %. Leave empty if this year does not score.";
    criterion_number(number: usize): "Tiêu chí {number}" | "Criterion {number}";
    criterion: "Tên tiêu chí" | "Name of the criterion";
    criterion_english: "Tên tiếng Anh" | "Name in English";
    weight: "Trọng số (%)" | "Weight (%)";
    save: "Lưu" | "Save";
    saved_level: "Đã cập nhật cấp tiếp nhận phiếu." | "Who receives forms was updated.";
    saved: "Đã lưu chương trình năm." | "The programme year was saved.";
    target_of(target: i64, existing: i64): "{target} / {existing} sản phẩm hiện có" | "{target} of {existing} existing products";
    levels: "Cấp tiếp nhận phiếu" | "Who receives forms";
    levels_lead: "Cấp chính quyền tiếp nhận phiếu đăng ký, theo thời kỳ." | "The level of government that receives forms, by period.";
    level: "Cấp" | "Level";
    valid_from: "Từ ngày" | "From";
    basis: "Căn cứ" | "Basis";
    basis_hint: "Số văn bản, ví dụ 1489/QĐ-TTg." | "Number of the document, for example 1489/QĐ-TTg.";
    from_day(day: &str): "từ {day}" | "from {day}";
    criteria_fixed: "Đã có phiếu được đánh giá theo bộ tiêu chí này nên không đổi được nữa." | "Forms were evaluated by these criteria, so they stay as they are.";
    no_criteria: "Năm này không chấm điểm." | "This year does not score.";
    weight_of(weight: &str): "{weight} %" | "{weight} %";
    add_level: "Thêm thời kỳ" | "Add a period";
    remove_level: "Bỏ" | "Remove";
    remove_level_from(day: &str): "Bỏ thời kỳ từ {day}" | "Remove the period from {day}";
    why: "Kế hoạch, mục tiêu, các bước, tiêu chí; cấp nào nhận phiếu." | "Plan, target, steps and criteria; who receives forms.";
}
