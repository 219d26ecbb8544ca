//! A product registration form on paper: Biểu 02 for a product that exists, Biểu 01 for a new one (domain.md §1.5). The
//! words stand here, beside the template: a paper is Vietnamese whoever prints it.

use chrono::NaiveDate;
use domain::organisations::OrganisationKind;
use domain::registrations::{Content, FieldKind, FormField, RESULT_ROWS, RegistrationKind, ResultColumn, Section};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::words;

/// The letters of the sections after A, as Vietnamese papers count.
const LETTERS: [&str; 7] = ["B", "C", "D", "E", "G", "H", "I"];

/// Everything that is printed of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegistrationForm {
    /// Which form it is.
    pub kind: RegistrationKind,
    /// Its number among those the unit received.
    pub number: Option<i64>,
    /// The day it was received.
    pub received_on: Option<NaiveDate>,
    /// The unit that received it.
    pub unit: String,
    /// The product.
    pub product: String,
    /// The organisation.
    pub organisation: String,
    /// Its kind.
    pub organisation_kind: OrganisationKind,
    /// Where it lies, down to the address where that is known.
    pub address: String,
    /// The product's group.
    pub group: String,
    /// The mean of the evaluators' totals, in hundredths of 100 points.
    pub score: Option<i64>,
    /// What was typed.
    pub content: Content,
    /// Training that its people completed, by our own records.
    pub training: Vec<Training>,
}

/// A class that people of an organisation completed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// The title of the course.
    pub course: String,
    /// What tells the class from others of its course.
    pub run: String,
    /// Its last day.
    pub ended_on: NaiveDate,
    /// How many of the organisation's people completed it.
    pub people: i64,
}

impl Training {
    fn line(&self) -> String {
        let Training { course, run, people, .. } = self;
        format!("{course} – {run}, {}: {people} người hoàn thành", words::numeric(self.ended_on))
    }
}

/// What the template sets, in words.
pub(super) fn face(form: &RegistrationForm) -> Value {
    let (code, title) = match form.kind {
        RegistrationKind::Existing => ("Biểu 02", "PHIẾU ĐĂNG KÝ SẢN PHẨM ĐÃ CÓ"),
        RegistrationKind::New => ("Biểu 01", "PHIẾU ĐĂNG KÝ Ý TƯỞNG SẢN PHẨM MỚI"),
    };
    let sections = Section::ALL.iter().filter(|section| FormField::of(form.kind).any(|field| field.section() == **section));
    let sections = sections.zip(LETTERS).map(|(section, letter)| {
        let heading = format!("{letter}. {}", section_title(*section, form.kind));
        json!({ "heading": heading, "items": items(form, *section) })
    });
    json!({
        "code": code,
        "title": title,
        "office": [
            item("Phiếu số", form.number.map(|number| format!("{number:02}")).unwrap_or_default()),
            item("Ngày nhận", form.received_on.map(words::numeric).unwrap_or_default()),
            item("Đơn vị tiếp nhận", form.unit.clone()),
        ],
        "sections": sections.collect::<Vec<_>>(),
    })
}

/// What the last column of the list says of a form.
pub(super) const fn note(kind: RegistrationKind) -> &'static str {
    match kind {
        RegistrationKind::Existing => "",
        RegistrationKind::New => "Sản phẩm mới",
    }
}

fn items(form: &RegistrationForm, section: Section) -> Vec<Value> {
    let mut items = Vec::new();
    if section == Section::Organisation {
        items.extend([
            item("Tên chủ thể", form.organisation.clone()),
            item("Loại hình tổ chức", organisation_kind(form.organisation_kind).to_owned()),
            item("Địa chỉ", form.address.clone()),
            item("Tên sản phẩm, dịch vụ", form.product.clone()),
            item("Nhóm sản phẩm", form.group.clone()),
        ]);
    }
    for field in FormField::of(form.kind).filter(|field| field.section() == section) {
        if field == FormField::OtherTraining {
            items
                .push(json!({ "label": "Chủ thể đã được tập huấn (theo sổ theo dõi của Chương trình)", "lines": form.training.iter().map(Training::line).collect::<Vec<_>>() }));
        }
        items.push(typed(&form.content, field));
    }
    if section == Section::Proposer {
        items.push(item("Gửi đến", form.unit.clone()));
    }
    items
}

fn item(label: &str, value: String) -> Value {
    let lines: Vec<String> = Some(value).filter(|value| !value.is_empty()).into_iter().collect();
    json!({ "label": label, "lines": lines })
}

fn typed(content: &Content, field: FormField) -> Value {
    let label = label(field);
    match field.kind() {
        FieldKind::One(choices) | FieldKind::Any(choices) => {
            let chosen: Vec<&str> = content.chosen(field).collect();
            let boxes: Vec<_> = choices.iter().map(|word| json!([choice(field, word), chosen.contains(word)])).collect();
            json!({ "label": label, "boxes": boxes })
        }
        FieldKind::Results => json!({ "label": label, "results": results(content) }),
        // The press reduces line ends to blanks: each line is handed over on its own.
        _ => {
            let lines: Vec<&str> = content.get(field).lines().filter(|line| !line.is_empty()).collect();
            json!({ "label": label, "lines": lines })
        }
    }
}

/// The years that say anything: year, sales, costs, profit, workers.
fn results(content: &Content) -> Vec<[String; 5]> {
    let cell = |row, column| content.result(row, column).to_owned();
    let rows = (0..RESULT_ROWS).filter(|row| ResultColumn::ALL.iter().any(|column| !content.result(*row, *column).is_empty()));
    rows.map(|row| {
        [
            cell(row, ResultColumn::Year),
            cell(row, ResultColumn::Sales),
            cell(row, ResultColumn::Costs),
            content.profit(row).map(domain::text::show_amount).unwrap_or_default(),
            cell(row, ResultColumn::Labour),
        ]
    })
    .collect()
}

/// The name of a kind of organisation on paper.
pub(super) const fn organisation_kind(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::Cooperative => "Hợp tác xã",
        OrganisationKind::CooperativeGroup => "Tổ hợp tác",
        OrganisationKind::Enterprise => "Doanh nghiệp",
        OrganisationKind::Household => "Hộ kinh doanh",
        OrganisationKind::StateBody => "Cơ quan nhà nước",
    }
}

const fn section_title(section: Section, kind: RegistrationKind) -> &'static str {
    match (section, kind) {
        (Section::Organisation, RegistrationKind::Existing) => "THÔNG TIN VỀ CHỦ THỂ VÀ SẢN PHẨM",
        (Section::Organisation, RegistrationKind::New) => "THÔNG TIN VỀ CHỦ THỂ",
        (Section::Idea, _) => "Ý TƯỞNG SẢN PHẨM",
        (Section::Environment, _) => "MÔI TRƯỜNG KINH DOANH",
        (Section::Business, _) => "THÔNG TIN KINH DOANH",
        (Section::General, _) => "THÔNG TIN CHUNG",
        (Section::Support, _) => "NHU CẦU HỖ TRỢ",
        (Section::Proposer, _) => "NGƯỜI ĐỀ XUẤT",
    }
}

const fn label(field: FormField) -> &'static str {
    use FormField as F;
    match field {
        F::EstablishedOn => "Ngày thành lập hoặc đăng ký kinh doanh",
        F::RegistrationNumber => "Số đăng ký kinh doanh",
        F::HeadName => "Người đứng đầu",
        F::HeadAddress => "Địa chỉ thường trú của người đứng đầu",
        F::Phone => "Điện thoại",
        F::Email => "Thư điện tử",
        F::Website => "Trang thông tin điện tử",
        F::Specification => "Quy cách sản phẩm, dịch vụ",
        F::Standard => "Tiêu chuẩn áp dụng",
        F::Certificates => "Giấy tờ đã có",
        F::IntellectualProperty => "Sở hữu trí tuệ",
        F::History => "Lịch sử hình thành",
        F::FoundingReason => "Lý do thành lập",
        F::LocalResources => "Phát huy giá trị nguồn lực địa phương",
        F::Description => "Mô tả sản phẩm",
        F::IdeaOrigin => "Nguồn gốc ý tưởng",
        F::Materials => "Nguyên liệu và nguồn cung cấp",
        F::ExpectedMarket => "Thị trường dự kiến",
        F::OfficeLand => "Đất trụ sở",
        F::ProductionLand => "Đất sản xuất",
        F::ProductionArea => "Diện tích đất sản xuất (m²)",
        F::Power => "Điện lưới quốc gia",
        F::Water => "Nguồn nước",
        F::Transport => "Giao thông",
        F::Communications => "Thông tin liên lạc",
        F::Results => "Kết quả sản xuất, kinh doanh các năm gần nhất",
        F::MaterialSources => "Nguồn nguyên liệu",
        F::ProductionFrequency => "Tần suất sản xuất",
        F::SaleFrequency => "Tần suất bán hàng",
        F::TargetMarket => "Thị trường mục tiêu",
        F::Customers => "Khách hàng",
        F::Capital => "Vốn (đồng)",
        F::Contributions => "Hình thức góp vốn",
        F::ProductionPlace => "Địa điểm sản xuất",
        F::ShortPlan => "Phương án kinh doanh tóm tắt",
        F::ProductionProcess => "Quy trình sản xuất",
        F::OtherTraining => "Tập huấn khác đã tham gia",
        F::OtherSupport => "Hỗ trợ khác đã nhận",
        F::Meetings => "Hội họp của các thành viên",
        F::ProfitSharing => "Phân chia lợi nhuận",
        F::Challenges => "Khó khăn chính",
        F::SupportNeeds => "Nội dung cần hỗ trợ",
        F::ProposerName => "Họ và tên",
        F::ProposerPosition => "Chức vụ",
    }
}

/// The name of a choice of a field; the word itself for one that no field has.
fn choice(field: FormField, word: &str) -> &str {
    match (field, word) {
        (FormField::OfficeLand | FormField::ProductionLand, "own") => "Sở hữu",
        (FormField::OfficeLand | FormField::ProductionLand, "rent") => "Thuê",
        (FormField::Power, "connected") => "Đã có",
        (FormField::Power, "planned") => "Sắp có",
        (FormField::Power, "none") => "Chưa có",
        (FormField::Water, "clean") => "Nước sạch",
        (FormField::Water, "well") => "Giếng khoan",
        (FormField::Water, "other") => "Nguồn khác",
        (_, "none") => "Không có",
        (_, "daily") => "Hằng ngày",
        (_, "weekly") => "Hằng tuần",
        (_, "monthly") => "Hằng tháng",
        (_, "well_off") => "Khá giả",
        (_, "popular") => "Bình dân",
        (_, "rural") => "Nông thôn",
        (_, "urban") => "Thành thị",
        (_, "quality_declaration") => "Công bố chất lượng",
        (_, "intellectual_property") => "Sở hữu trí tuệ",
        (_, "production_conditions") => "Giấy chứng nhận đủ điều kiện sản xuất, an toàn thực phẩm",
        (_, "trademark") => "Nhãn hiệu",
        (_, "logo") => "Lô-gô",
        (_, "invention") => "Sáng chế",
        (_, "industrial_design") => "Kiểu dáng công nghiệp",
        (_, word) => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_has_a_name() {
        let kinds: std::collections::BTreeSet<_> = OrganisationKind::ALL.iter().map(|kind| organisation_kind(*kind)).collect();
        assert_eq!(kinds.len(), OrganisationKind::ALL.len());
        for field in FormField::ALL {
            if let FieldKind::One(words) | FieldKind::Any(words) = field.kind() {
                let names: std::collections::BTreeSet<_> = words.iter().map(|word| choice(*field, word)).collect();
                assert_eq!(names.len(), words.len(), "{field}");
                assert!(words.iter().all(|word| choice(*field, word) != *word), "{field}");
            }
        }
    }

    #[test]
    fn the_sections_of_an_existing_product_have_the_letters_of_the_paper() {
        let form = RegistrationForm {
            kind: RegistrationKind::Existing,
            number: Some(3),
            received_on: None,
            unit: "Huyện Thọ Xuân".into(),
            product: "Chè lam".into(),
            organisation: "HTX Xuân Lập".into(),
            organisation_kind: OrganisationKind::Cooperative,
            address: String::new(),
            group: String::new(),
            score: None,
            content: Content::default(),
            training: Vec::new(),
        };
        let face = face(&form);
        let letters: Vec<_> =
            face["sections"].as_array().unwrap().iter().map(|s| s["heading"].as_str().unwrap().chars().next()).collect();
        assert_eq!(letters, "BCDEGH".chars().map(Some).collect::<Vec<_>>());
        let of_new = super::face(&RegistrationForm { kind: RegistrationKind::New, ..form });
        assert_eq!(of_new["sections"].as_array().unwrap().len(), 5);
    }
}
