//! What the sections, fields and items of a registration form are called.

use domain::accounts::Language;
use domain::registrations::{DossierItem, FormField, ResultColumn};

use super::choices::named;

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
    product_name: "Tên sản phẩm" | "Name of the product";
    group: "Nhóm sản phẩm" | "Product group";
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
    use super::*;

    #[test]
    fn every_subject_is_said() {
        let l = Language::English;
        for name in ["phone", "samples", "group", "product_name", "results.1.sales"] {
            assert_ne!(subject(l, name), name);
        }
        assert_eq!(subject(l, "results.1.sales"), "Results of the last three years (2): Sales (đồng)");
    }
}
