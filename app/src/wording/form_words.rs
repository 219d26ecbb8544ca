//! What the sections, fields and items of a registration form are called.

use domain::accounts::Language;
use domain::registrations::{DossierItem, FormField, RegistrationKind, RegistrationSource, ResultColumn, Section, Step};

use super::choices::named;

named! { kind(RegistrationKind) {
    RegistrationKind::Existing => "Sản phẩm hiện có (Biểu 02)" | "Existing product (form 02)",
    RegistrationKind::New => "Ý tưởng sản phẩm mới (Biểu 01)" | "Idea of a new product (form 01)",
} }

named! { source(RegistrationSource) {
    RegistrationSource::Online => "Nộp trực tuyến" | "Filled in online",
    RegistrationSource::Paper => "Nhập từ bản giấy" | "Keyed in from paper",
    RegistrationSource::Spreadsheet => "Nhập từ Excel" | "Read from a spreadsheet",
} }

named! { step(Step) {
    Step::Begin => "Bắt đầu" | "Begun",
    Step::Submit => "Nộp phiếu" | "Submitted",
    Step::Return => "Trả lại để bổ sung" | "Returned for completion",
    Step::Complete => "Xác nhận đầy đủ" | "Found complete",
    Step::Evaluate => "Đánh giá" | "Evaluated",
    Step::List => "Đưa vào danh sách" | "Listed",
    Step::Unlist => "Rút khỏi danh sách" | "Taken off the list",
    Step::Forward => "Gửi lên tỉnh" | "Forwarded to the province",
    Step::Select => "Được chọn" | "Selected",
    Step::Reject => "Không được chọn" | "Not selected",
    Step::Withdraw => "Rút phiếu" | "Withdrawn",
    Step::MarkDuplicate => "Xác định trùng phiếu" | "Found to be a duplicate",
} }

named! { section(Section) {
    Section::Organisation => "B. Chủ thể và sản phẩm" | "B. Organisation and product",
    Section::Idea => "Ý tưởng sản phẩm" | "The idea",
    Section::Environment => "C. Điều kiện sản xuất kinh doanh" | "C. Business environment",
    Section::Business => "D. Thông tin kinh doanh" | "D. Business information",
    Section::General => "E. Thông tin chung" | "E. General",
    Section::Support => "G. Nhu cầu hỗ trợ" | "G. Support needs",
    Section::Proposer => "H. Người đề nghị" | "H. Proposer",
} }

named! { field(FormField) {
    FormField::EstablishedOn => "Ngày thành lập hoặc đăng ký" | "Day of establishment or registration",
    FormField::RegistrationNumber => "Số đăng ký kinh doanh" | "Number of the business registration",
    FormField::HeadName => "Họ tên người đứng đầu" | "Who runs the organisation",
    FormField::HeadAddress => "Địa chỉ thường trú của người đứng đầu" | "Permanent address of who runs it",
    FormField::Phone => "Điện thoại" | "Telephone",
    FormField::Email => "Thư điện tử" | "E-mail",
    FormField::Website => "Trang web" | "Website",
    FormField::Specification => "Quy cách sản phẩm, dịch vụ" | "Specification of the product or service",
    FormField::Standard => "Tiêu chuẩn áp dụng" | "Standard it meets",
    FormField::Certificates => "Sản phẩm đã có" | "The product has",
    FormField::IntellectualProperty => "Loại sở hữu trí tuệ" | "Kinds of intellectual property",
    FormField::History => "Lịch sử hình thành" | "History",
    FormField::FoundingReason => "Lý do thành lập" | "Reason for founding",
    FormField::LocalResources => "Nguồn lực địa phương được gia tăng giá trị thế nào" | "How local resources gain value",
    FormField::Description => "Mô tả sản phẩm mới" | "The new product",
    FormField::IdeaOrigin => "Nguồn gốc ý tưởng" | "Origin of the idea",
    FormField::Materials => "Nguyên liệu và nơi cung cấp" | "Materials and where they come from",
    FormField::ExpectedMarket => "Thị trường dự kiến" | "Expected market",
    FormField::OfficeLand => "Đất trụ sở" | "Office land",
    FormField::ProductionLand => "Đất sản xuất" | "Production land",
    FormField::ProductionArea => "Diện tích đất sản xuất (m²)" | "Area of the production land (m²)",
    FormField::Power => "Điện lưới quốc gia" | "National-grid power",
    FormField::Water => "Nguồn nước" | "Water",
    FormField::Transport => "Giao thông" | "Transport",
    FormField::Communications => "Thông tin liên lạc" | "Communications",
    FormField::Results => "Kết quả ba năm gần nhất" | "Results of the last three years",
    FormField::MaterialSources => "Nguồn nguyên liệu" | "Sources of raw material",
    FormField::ProductionFrequency => "Tần suất sản xuất" | "How often it is produced",
    FormField::SaleFrequency => "Tần suất bán hàng" | "How often it is sold",
    FormField::TargetMarket => "Thị trường mục tiêu theo địa bàn" | "Target market by place",
    FormField::Customers => "Khách hàng" | "Customers",
    FormField::Capital => "Vốn (đồng)" | "Capital (đồng)",
    FormField::Contributions => "Hình thức góp vốn" | "Kinds of contribution",
    FormField::ProductionPlace => "Nơi sản xuất" | "Place of production",
    FormField::ShortPlan => "Kế hoạch kinh doanh tóm tắt" | "Short business plan",
    FormField::ProductionProcess => "Quy trình sản xuất" | "Production process",
    FormField::OtherTraining => "Đào tạo, tập huấn đã nhận từ nơi khác" | "Training received elsewhere",
    FormField::OtherSupport => "Hỗ trợ khác đã nhận" | "Other support received",
    FormField::Meetings => "Họp thành viên" | "Meetings of the members",
    FormField::ProfitSharing => "Phân chia lợi nhuận" | "Profit sharing",
    FormField::Challenges => "Khó khăn chính" | "Main challenges",
    FormField::SupportNeeds => "Nội dung cần hỗ trợ" | "Support that is needed",
    FormField::ProposerName => "Họ tên người đề nghị" | "Name of the proposer",
    FormField::ProposerPosition => "Chức vụ" | "Position",
} }

named! { column(ResultColumn) {
    ResultColumn::Year => "Năm" | "Year",
    ResultColumn::Sales => "Doanh thu (đồng)" | "Sales (đồng)",
    ResultColumn::Costs => "Chi phí (đồng)" | "Costs (đồng)",
    ResultColumn::Labour => "Số lao động" | "Workers",
} }

named! { item(DossierItem) {
    DossierItem::BusinessPlan => "Phương án kinh doanh (Biểu 03)" | "Business plan (form 03)",
    DossierItem::Introduction => "Giới thiệu tổ chức (Biểu 04)" | "Introduction of the organisation (form 04)",
    DossierItem::BusinessRegistration => "Bản sao giấy đăng ký kinh doanh" | "Copy of the business registration",
    DossierItem::Samples => "5 mẫu sản phẩm" | "5 sample units",
    DossierItem::ProductionConditions => "Giấy chứng nhận điều kiện sản xuất, an toàn thực phẩm" | "Certificate of production conditions, food safety",
    DossierItem::QualityDeclaration => "Công bố chất lượng" | "Declaration of quality",
    DossierItem::ProductStandard => "Tiêu chuẩn sản phẩm" | "Product standard",
    DossierItem::TestReport => "Phiếu kiểm nghiệm" | "Test report",
    DossierItem::Barcode => "Mã số mã vạch, tem truy xuất, sở hữu trí tuệ" | "Barcode, trace stamp, intellectual property",
    DossierItem::MaterialOrigin => "Nguồn gốc nguyên liệu, hợp đồng liên kết" | "Origin of material, linkage contracts",
    DossierItem::QualitySystem => "Hệ thống quản lý chất lượng" | "Quality-management system",
    DossierItem::Environment => "Bảo vệ môi trường" | "Environmental protection",
    DossierItem::Accounting => "Kế toán" | "Accounting",
    DossierItem::MarketDevelopment => "Phát triển thị trường" | "Market development",
    DossierItem::ProductStory => "Câu chuyện sản phẩm" | "Product story",
    DossierItem::QualityControl => "Kế hoạch kiểm soát chất lượng, hồ sơ lô" | "Quality-control plan and batch records",
    DossierItem::Awards => "Giải thưởng" | "Awards",
    DossierItem::Other => "Khác (ảnh, sơ đồ…)" | "Other (pictures, diagrams …)",
} }

wording! {
    own: "Sở hữu" | "Own";
    rent: "Thuê" | "Rented";
    none: "Không có" | "None";
    connected: "Đã có" | "Connected";
    planned: "Sắp có" | "Planned";
    clean: "Nước sạch" | "Clean water";
    well: "Giếng khoan" | "Drilled well";
    other: "Khác" | "Other";
    daily: "Hằng ngày" | "Daily";
    weekly: "Hằng tuần" | "Weekly";
    monthly: "Hằng tháng" | "Monthly";
    well_off: "Khá giả" | "Well-off";
    popular: "Bình dân" | "Popular";
    rural: "Nông thôn" | "Rural";
    urban: "Thành thị" | "Urban";
    quality_declaration: "Công bố chất lượng" | "Declaration of quality";
    intellectual_property: "Đăng ký sở hữu trí tuệ" | "Intellectual property";
    production_conditions: "Chứng nhận điều kiện sản xuất, an toàn thực phẩm" | "Production conditions, food safety";
    trademark: "Nhãn hiệu" | "Trademark";
    logo: "Logo" | "Logo";
    invention: "Sáng chế" | "Invention";
    industrial_design: "Kiểu dáng công nghiệp" | "Industrial design";
    product_name: "Tên sản phẩm" | "Name of the product";
    group: "Nhóm sản phẩm" | "Product group";
}

/// What a word of a field that is chosen, not typed, is called. A word that no field offers is shown as it is.
pub(crate) fn choice(l: Language, word: &str) -> String {
    let said = match word {
        "own" => own(l),
        "rent" => rent(l),
        "none" => none(l),
        "connected" => connected(l),
        "planned" => planned(l),
        "clean" => clean(l),
        "well" => well(l),
        "other" => other(l),
        "daily" => daily(l),
        "weekly" => weekly(l),
        "monthly" => monthly(l),
        "well_off" => well_off(l),
        "popular" => popular(l),
        "rural" => rural(l),
        "urban" => urban(l),
        "quality_declaration" => quality_declaration(l),
        "intellectual_property" => intellectual_property(l),
        "production_conditions" => production_conditions(l),
        "trademark" => trademark(l),
        "logo" => logo(l),
        "invention" => invention(l),
        "industrial_design" => industrial_design(l),
        unknown => unknown,
    };
    said.to_owned()
}

/// What a remark or a fault is about: a field of the form, an item of the dossier, the product itself.
pub(crate) fn subject(l: Language, name: &str) -> String {
    if let Some(known) = FormField::named(name) {
        return field(l, known).to_owned();
    }
    if let Ok(known) = name.parse::<DossierItem>() {
        return item(l, known).to_owned();
    }
    match name.split('.').collect::<Vec<_>>()[..] {
        ["product_name"] => product_name(l).to_owned(),
        ["group"] => group(l).to_owned(),
        ["results", row, name] => {
            let row = row.parse::<usize>().map_or(0, |row| row + 1);
            let column = name.parse().map_or(name, |known| column(l, known));
            format!("{} ({row}): {column}", field(l, FormField::Results))
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::registrations::FieldKind;

    use super::*;

    #[test]
    fn every_word_that_can_be_chosen_is_said() {
        for field in FormField::ALL {
            let (FieldKind::One(words) | FieldKind::Any(words)) = field.kind() else { continue };
            for word in words {
                for l in [Language::Vietnamese, Language::English] {
                    assert_ne!(choice(l, word), *word, "{field}");
                }
            }
        }
    }

    #[test]
    fn every_subject_is_said() {
        let l = Language::English;
        for name in ["phone", "samples", "group", "product_name", "results.1.sales"] {
            assert_ne!(subject(l, name), name);
        }
        assert_eq!(subject(l, "results.1.sales"), "Results of the last three years (2): Sales (đồng)");
    }
}
