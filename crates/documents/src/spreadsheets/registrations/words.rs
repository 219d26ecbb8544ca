//! What the columns of the spreadsheet are called, in Vietnamese and English, and what else people write above them.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::registrations::{FieldKind, FormField, RegistrationKind, ResultColumn};

use super::Column;
use crate::spreadsheets::headings::{bare, without_brackets};

/// The heading of a column in the template, in Vietnamese and in English.
pub(super) fn heading(column: Column) -> [String; 2] {
    match column {
        Column::Result(row, column) => {
            let ([vietnamese, english], year) = (result(column), row + 1);
            [format!("Năm thứ {year}: {}", vietnamese.to_lowercase()), format!("Year {year}: {}", english.to_lowercase())]
        }
        column => named(column).0.map(str::to_owned),
    }
}

const fn result(column: ResultColumn) -> [&'static str; 2] {
    match column {
        ResultColumn::Year => ["Năm", "Calendar year"],
        ResultColumn::Sales => ["Doanh thu (đồng)", "Sales (đồng)"],
        ResultColumn::Costs => ["Chi phí (đồng)", "Costs (đồng)"],
        ResultColumn::Labour => ["Số lao động", "Workers"],
    }
}

/// The heading, and others with commas between; compared folded, so once without tones is enough.
const fn named(column: Column) -> ([&'static str; 2], &'static str) {
    use FormField as F;
    match column {
        Column::Number => (["STT", "No."], "TT, Số TT, Số thứ tự, Thứ tự, Number, Order"),
        Column::ProductName => (
            ["Tên sản phẩm", "Name of the product"],
            "Sản phẩm, Tên sản phẩm dịch vụ, Tên sản phẩm đăng ký, Sản phẩm đăng ký, Tên ý tưởng, Tên ý tưởng sản phẩm, Product, Product name",
        ),
        Column::Group => (
            ["Nhóm sản phẩm", "Product group"],
            "Nhóm, Phân nhóm, Phân nhóm sản phẩm, Ngành hàng, Ngành sản phẩm, Nhóm ngành, Group, Subgroup",
        ),
        Column::Organisation => (
            ["Tên chủ thể", "Organisation"],
            "Chủ thể, Chủ thể OCOP, Tên tổ chức, Tên đơn vị, Đơn vị, Tên cơ sở, Cơ sở, Cơ sở sản xuất, Hợp tác xã, HTX, Tên hợp tác xã, \
             Tên HTX, Doanh nghiệp, Tên doanh nghiệp, Organization, Name of the organisation, Producer, Company",
        ),
        Column::TaxCode => {
            (["Mã số thuế", "Tax code"], "MST, Mã số doanh nghiệp, Mã số hợp tác xã, Mã số HTX, Tax ID, Tax number")
        }
        // Results are named by their row and column.
        Column::Result(_, column) => (result(column), ""),
        Column::Field(field) => match field {
            F::EstablishedOn => (
                ["Ngày thành lập hoặc đăng ký", "Day of establishment or registration"],
                "Ngày thành lập, Ngày đăng ký, Ngày thành lập hoặc đăng ký kinh doanh, Established on",
            ),
            F::RegistrationNumber => (
                ["Số đăng ký kinh doanh", "Number of the business registration"],
                "Số ĐKKD, Đăng ký kinh doanh, Số giấy đăng ký kinh doanh, Registration number",
            ),
            F::HeadName => (
                ["Họ tên người đứng đầu", "Who runs the organisation"],
                "Người đứng đầu, Người đại diện, Giám đốc, Chủ cơ sở, Head, Head of the organisation",
            ),
            F::HeadAddress => (
                ["Địa chỉ thường trú của người đứng đầu", "Permanent address of who runs it"],
                "Địa chỉ người đứng đầu, Địa chỉ thường trú, Địa chỉ, Address",
            ),
            F::Phone => (["Điện thoại", "Telephone"], "Số điện thoại, SĐT, ĐT, Phone, Phone number, Mobile"),
            F::Email => (["Thư điện tử", "E-mail"], "Email, Mail, Hộp thư, Địa chỉ email"),
            F::Website => (["Trang web", "Website"], "Web, Trang thông tin điện tử, Trang mạng"),
            F::Specification => (
                ["Quy cách sản phẩm, dịch vụ", "Specification of the product or service"],
                "Quy cách, Quy cách sản phẩm, Quy cách đóng gói, Specification",
            ),
            F::Standard => (["Tiêu chuẩn áp dụng", "Standard it meets"], "Tiêu chuẩn, Tiêu chuẩn sản phẩm, Standard"),
            F::Certificates => (["Sản phẩm đã có", "The product has"], "Giấy tờ đã có, Chứng nhận đã có, Certificates"),
            F::IntellectualProperty => {
                (["Loại sở hữu trí tuệ", "Kinds of intellectual property"], "Sở hữu trí tuệ, Intellectual property")
            }
            F::History => (["Lịch sử hình thành", "History"], "Lịch sử"),
            F::FoundingReason => (["Lý do thành lập", "Reason for founding"], ""),
            F::LocalResources => (
                ["Nguồn lực địa phương được gia tăng giá trị thế nào", "How local resources gain value"],
                "Nguồn lực địa phương, Phát huy giá trị nguồn lực địa phương, Local resources",
            ),
            F::Description => (["Mô tả sản phẩm mới", "The new product"], "Mô tả sản phẩm, Mô tả, Description"),
            F::IdeaOrigin => (["Nguồn gốc ý tưởng", "Origin of the idea"], "Nguồn gốc của ý tưởng"),
            F::Materials => (
                ["Nguyên liệu và nơi cung cấp", "Materials and where they come from"],
                "Nguyên liệu, Nguyên liệu và nguồn cung cấp, Materials",
            ),
            F::ExpectedMarket => (["Thị trường dự kiến", "Expected market"], ""),
            F::OfficeLand => (["Đất trụ sở", "Office land"], ""),
            F::ProductionLand => (["Đất sản xuất", "Production land"], ""),
            F::ProductionArea => (
                ["Diện tích đất sản xuất (m²)", "Area of the production land (m²)"],
                "Diện tích đất sản xuất, Diện tích sản xuất, Diện tích, Production area",
            ),
            F::Power => (["Điện lưới quốc gia", "National-grid power"], "Điện lưới, Điện, Power"),
            F::Water => (["Nguồn nước", "Water"], "Nước"),
            F::Transport => (["Giao thông", "Transport"], ""),
            F::Communications => (["Thông tin liên lạc", "Communications"], ""),
            F::Results => (["", ""], ""),
            F::MaterialSources => (["Nguồn nguyên liệu", "Sources of raw material"], ""),
            F::ProductionFrequency => (["Tần suất sản xuất", "How often it is produced"], ""),
            F::SaleFrequency => (["Tần suất bán hàng", "How often it is sold"], "Tần suất bán"),
            F::TargetMarket => {
                (["Thị trường mục tiêu theo địa bàn", "Target market by place"], "Thị trường mục tiêu, Thị trường, Target market")
            }
            F::Customers => (["Khách hàng", "Customers"], "Đối tượng khách hàng"),
            F::Capital => (["Vốn (đồng)", "Capital (đồng)"], "Vốn, Tổng vốn, Capital"),
            F::Contributions => (["Hình thức góp vốn", "Kinds of contribution"], ""),
            F::ProductionPlace => (["Nơi sản xuất", "Place of production"], "Địa điểm sản xuất"),
            F::ShortPlan => (
                ["Kế hoạch kinh doanh tóm tắt", "Short business plan"],
                "Phương án kinh doanh tóm tắt, Kế hoạch kinh doanh, Phương án kinh doanh, Business plan",
            ),
            F::ProductionProcess => (["Quy trình sản xuất", "Production process"], ""),
            F::OtherTraining => (
                ["Đào tạo, tập huấn đã nhận từ nơi khác", "Training received elsewhere"],
                "Tập huấn khác đã tham gia, Tập huấn đã tham gia, Đào tạo tập huấn",
            ),
            F::OtherSupport => (["Hỗ trợ khác đã nhận", "Other support received"], "Hỗ trợ đã nhận"),
            F::Meetings => (["Họp thành viên", "Meetings of the members"], "Hội họp của các thành viên"),
            F::ProfitSharing => (["Phân chia lợi nhuận", "Profit sharing"], ""),
            F::Challenges => (["Khó khăn chính", "Main challenges"], "Khó khăn, Challenges"),
            F::SupportNeeds => {
                (["Nội dung cần hỗ trợ", "Support that is needed"], "Nhu cầu hỗ trợ, Cần hỗ trợ, Đề nghị hỗ trợ, Support needs")
            }
            F::ProposerName => {
                (["Họ tên người đề nghị", "Name of the proposer"], "Người đề nghị, Người đề xuất, Họ và tên, Họ tên, Proposer")
            }
            F::ProposerPosition => (["Chức vụ", "Position"], "Chức vụ người đề nghị, Chức danh"),
        },
    }
}

/// Every column of either kind of form.
fn all() -> Vec<Column> {
    let mut columns: Vec<Column> = RegistrationKind::ALL.iter().flat_map(|kind| Column::of(*kind)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

static MEANINGS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for column in all() {
        let names = heading(column).into_iter();
        let others = if let Column::Result(row, column) = column { others_of_result(row, column) } else { said(named(column).1) };
        for name in names.chain(others) {
            meanings.entry(bare(&without_brackets(&name))).or_insert(column);
        }
    }
    meanings
});

fn said(names: &str) -> Vec<String> {
    names.split(',').filter(|name| !name.trim().is_empty()).map(str::to_owned).collect()
}

/// "Doanh thu năm 1", "Sales 1", and the number behind the name of the table.
fn others_of_result(row: usize, column: ResultColumn) -> Vec<String> {
    let year = row + 1;
    let [vietnamese, english] = result(column).map(without_brackets);
    let of_year = match column {
        ResultColumn::Year => format!("Năm {year}"),
        _ => format!("{vietnamese} năm {year}"),
    };
    vec![of_year, format!("{vietnamese} năm thứ {year}"), format!("{english} {year}"), format!("{english} year {year}")]
}

/// What a heading means: all of it, without its brackets, or its first line.
pub(super) fn meaning(heading: &str) -> Option<Column> {
    let first = heading.lines().next().unwrap_or_default();
    let tried = [heading, first].into_iter().flat_map(|text| [bare(text), bare(&without_brackets(text))]);
    tried.filter(|name| !name.is_empty()).find_map(|name| MEANINGS.get(&name).copied())
}

/// Whether a form of this kind is not begun, or not sent, without what stands in a column.
pub(super) fn is_needed(column: Column, kind: RegistrationKind) -> bool {
    match column {
        Column::ProductName | Column::Group | Column::Organisation => true,
        Column::Number | Column::TaxCode | Column::Result(..) => false,
        Column::Field(field) => field.is_required(kind),
    }
}

/// How a column is filled in, in Vietnamese and in English.
pub(super) fn guidance(column: Column) -> [String; 2] {
    let both = |vietnamese: &str, english: &str| [vietnamese.to_owned(), english.to_owned()];
    match column {
        Column::Number => both("Số thứ tự, không bắt buộc.", "Number in the list, optional."),
        Column::ProductName => both(
            "Như ghi trên nhãn, ví dụ: Nem chua Bà Hà. Mỗi dòng là một sản phẩm.",
            "As on the label, for example: Nem chua Bà Hà. One product a row.",
        ),
        Column::Group => both("Chọn trong danh sách ở trang “Danh mục”.", "Choose from the list on the sheet “Danh mục”."),
        Column::Organisation => both(
            "Tên chủ thể đúng như trong hệ thống. Để trống được nếu đã ghi mã số thuế, hoặc nếu bạn chỉ đại diện cho một chủ thể.",
            "The organisation's name as it is known in the system. May stay empty beside a tax code, or when you represent one organisation only.",
        ),
        Column::TaxCode => both("10, 12 hoặc 13 chữ số.", "10, 12 or 13 digits."),
        Column::Result(_, ResultColumn::Year) => {
            both("Năm có số liệu, ví dụ 2018.", "The year of the figures, for example 2018.")
        }
        Column::Result(_, ResultColumn::Labour) => both("Số người.", "People."),
        Column::Result(..) => both("Số đồng, ví dụ 1.280.000.000.", "In đồng, for example 1.280.000.000."),
        Column::Field(field) => of_kind(field),
    }
}

fn of_kind(field: FormField) -> [String; 2] {
    let both = |vietnamese: &str, english: &str| [vietnamese.to_owned(), english.to_owned()];
    let labels = |words: &[&str], language: usize| {
        words.iter().map(|word| super::choices::label(word)[language]).collect::<Vec<_>>().join("; ")
    };
    match field.kind() {
        FieldKind::Day => both("Ngày/tháng/năm, ví dụ 12/03/2015.", "Day/month/year, for example 12/03/2015."),
        FieldKind::Phone => both("10 chữ số, bắt đầu bằng số 0.", "10 digits, beginning with 0."),
        FieldKind::Email => both("Ví dụ: htx@example.vn.", "For example: htx@example.vn."),
        FieldKind::Name => both("Họ và tên đầy đủ, có dấu.", "Full name, with diacritics."),
        FieldKind::Amount => both("Một số, ví dụ 1.280.000.", "A number, for example 1.280.000."),
        FieldKind::Line(most) => [format!("Một dòng, tối đa {most} ký tự."), format!("One line of up to {most} characters.")],
        FieldKind::Paragraphs(most) => [
            format!("Tối đa {most} ký tự; xuống dòng bằng Alt+Enter."),
            format!("Up to {most} characters; Alt+Enter begins a new line."),
        ],
        FieldKind::One(words) => [format!("Chọn một: {}.", labels(words, 0)), format!("Choose one: {}.", labels(words, 1))],
        FieldKind::Any(words) => [
            format!("Một hay nhiều mục, cách nhau bằng dấu chấm phẩy: {}.", labels(words, 0)),
            format!("One or more, with semicolons between: {}.", labels(words, 1)),
        ],
        FieldKind::Results => both("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_template_is_understood() {
        for column in all() {
            let [vietnamese, english] = heading(column);
            for said in [vietnamese.clone(), english.clone(), format!("{vietnamese} (*)\n{english}"), vietnamese.to_uppercase()] {
                assert_eq!(meaning(&said), Some(column), "{said}");
            }
        }
    }

    #[test]
    fn every_word_has_one_meaning() {
        let mut seen: HashMap<String, Column> = HashMap::new();
        for column in all().into_iter().filter(|column| !matches!(column, Column::Result(..))) {
            for name in heading(column).into_iter().chain(said(named(column).1)) {
                let known = seen.insert(bare(&without_brackets(&name)), column);
                assert!(known.is_none_or(|known| known == column), "{name}: {known:?} and {column:?}");
            }
        }
    }

    #[test]
    fn headings_in_every_dress() {
        for (said, column) in [
            ("  TÊN SẢN PHẨM (ghi trên nhãn)", Column::ProductName),
            ("Ten san pham", Column::ProductName),
            ("MST", Column::TaxCode),
            ("SĐT*", Column::Field(FormField::Phone)),
            ("Doanh thu năm 2 (đồng)", Column::Result(1, ResultColumn::Sales)),
            ("Năm 3", Column::Result(2, ResultColumn::Year)),
            ("Workers 1", Column::Result(0, ResultColumn::Labour)),
            ("Diện tích đất sản xuất", Column::Field(FormField::ProductionArea)),
        ] {
            assert_eq!(meaning(said), Some(column), "{said}");
        }
        for said in ["", "()", "Ghi chú", "Năm 4", "Nem chua", "Phiếu đăng ký sản phẩm"] {
            assert_eq!(meaning(said), None, "{said}");
        }
    }
}
