//! The words of the house's small sets.

use domain::accounts::{Language, Role};
use domain::attendance::MarkStatus;
use domain::calendar::Part;
use domain::completion::Outcome;
use domain::courses::{Addressee, Audience, Topic};
use domain::lists::{Hindrance, ListState};
use domain::organisations::OrganisationKind;
use domain::people::Sex;
use domain::programmes::CycleStep;
use domain::registrations::State;
use domain::requirements::Standing;
use domain::runs::{HalfDay, RunState};
use domain::selections::{Choice, SelectionSort};
use domain::units::UnitLevel;

/// Declares what each word of a set is called.
macro_rules! named {
    ($name:ident($kind:ty) { $($word:pat => $vietnamese:literal | $english:literal,)* }) => {
        pub(crate) const fn $name(language: Language, word: $kind) -> &'static str {
            match (language, word) {
                $((Language::Vietnamese, $word) => $vietnamese, (Language::English, $word) => $english,)*
            }
        }
    };
}
pub(crate) use named;

named! { role(Role) {
    Role::Administrator => "Quản trị hệ thống" | "Administrator",
    Role::ProvincialOfficer => "Cán bộ tỉnh" | "Provincial officer",
    Role::Trainer => "Giảng viên" | "Trainer",
    Role::UnitOfficer => "Cán bộ cấp xã" | "Unit officer",
    Role::Manager => "Lãnh đạo theo dõi" | "Manager",
    Role::Representative => "Đại diện chủ thể" | "Representative",
} }

named! { mark_status(MarkStatus) {
    MarkStatus::Present => "Có mặt" | "Present",
    MarkStatus::Late => "Đến muộn" | "Late",
    MarkStatus::Absent => "Vắng" | "Absent",
    MarkStatus::Excused => "Có phép" | "Excused",
} }

named! { outcome(Outcome) {
    Outcome::Completed => "Hoàn thành" | "Completed",
    Outcome::NotCompleted => "Chưa hoàn thành" | "Not completed",
} }

named! { audience(Audience) {
    Audience::Officers => "Cán bộ quản lý nhà nước" | "State officers",
    Audience::Organisations => "Chủ thể OCOP" | "OCOP organisations",
    Audience::Everyone => "Cán bộ và chủ thể" | "Officers and organisations",
} }

named! { addressee(Addressee) {
    Addressee::Organisations => "Chủ thể OCOP" | "OCOP organisations",
    Addressee::Selected => "Chủ thể có sản phẩm được chọn" | "Organisations with a selected product",
    Addressee::Officers => "Cán bộ quản lý nhà nước" | "State officers",
} }

named! { topic(Topic) {
    Topic::Programme => "Chương trình và chu trình OCOP" | "Programme and cycle",
    Topic::Organisation => "Loại hình tổ chức" | "Forms of organisation",
    Topic::Market => "Thị trường, marketing" | "Market and marketing",
    Topic::BusinessPlan => "Kế hoạch kinh doanh" | "Business plan",
    Topic::Business => "Kiến thức kinh doanh" | "Business knowledge",
    Topic::Finance => "Tài chính" | "Finance",
    Topic::Production => "Sản xuất, chất lượng" | "Production and quality",
    Topic::Forms => "Phiếu đăng ký" | "Registration forms",
    Topic::Grading => "Đánh giá, phân hạng" | "Grading",
} }

named! { organisation_kind(OrganisationKind) {
    OrganisationKind::Cooperative => "Hợp tác xã" | "Cooperative",
    OrganisationKind::CooperativeGroup => "Tổ hợp tác" | "Cooperative group",
    OrganisationKind::Enterprise => "Doanh nghiệp" | "Enterprise",
    OrganisationKind::Household => "Hộ kinh doanh" | "Household business",
    OrganisationKind::StateBody => "Cơ quan nhà nước" | "State body",
} }

named! { sex(Sex) {
    Sex::Female => "Nữ" | "Female",
    Sex::Male => "Nam" | "Male",
} }

named! { half_day(HalfDay) {
    HalfDay::Morning => "Sáng" | "Morning",
    HalfDay::Afternoon => "Chiều" | "Afternoon",
    HalfDay::Evening => "Tối" | "Evening",
} }

named! { run_state(RunState) {
    RunState::Draft => "Bản nháp" | "Draft",
    RunState::Published => "Đã công bố" | "Published",
    RunState::Closed => "Đã kết thúc" | "Closed",
    RunState::Cancelled => "Đã hủy" | "Cancelled",
} }

named! { standing(Standing) {
    Standing::Completed => "Hoàn thành" | "Completed",
    Standing::OnTheWay => "Đang học" | "On the way",
    Standing::Missing => "Còn thiếu" | "Missing",
} }

named! { registration_state(State) {
    State::Draft => "Bản nháp" | "Draft",
    State::Submitted => "Đã nộp" | "Submitted",
    State::Returned => "Trả lại để bổ sung" | "Returned for completion",
    State::Complete => "Đầy đủ" | "Complete",
    State::Evaluated => "Đã đánh giá" | "Evaluated",
    State::Listed => "Trong danh sách" | "Listed",
    State::Forwarded => "Đã gửi tỉnh" | "Forwarded",
    State::Selected => "Được chọn" | "Selected",
    State::NotSelected => "Không được chọn" | "Not selected",
    State::Withdrawn => "Đã rút" | "Withdrawn",
    State::Duplicate => "Trùng phiếu khác" | "Duplicate",
} }

named! { list_state(ListState) {
    ListState::Draft => "Đang lập" | "Being drawn up",
    ListState::Frozen => "Đã chốt, chưa gửi" | "Frozen, not forwarded",
    ListState::Waiting => "Chờ tiếp nhận" | "Waiting for an answer",
    ListState::Accepted => "Đã tiếp nhận" | "Accepted",
    ListState::Returned => "Bị trả lại" | "Returned",
    ListState::Discarded => "Đã hủy" | "Given up",
} }

named! { hindrance(Hindrance) {
    Hindrance::NotEvaluated => "Chưa đánh giá" | "Not evaluated yet",
    Hindrance::WithOrganisation => "Chủ thể đang bổ sung" | "With its organisation",
    Hindrance::NotFeasible => "Chưa khả thi" | "Not feasible",
    Hindrance::InAnotherList => "Đang ở danh sách khác" | "In another list",
} }

named! { choice(Choice) {
    Choice::Select => "Được chọn" | "Selected",
    Choice::Reject => "Không được chọn" | "Not selected",
} }

named! { selection_sort(SelectionSort) {
    SelectionSort::Unit => "Đơn vị" | "Unit",
    SelectionSort::Product => "Sản phẩm" | "Product",
    SelectionSort::Organisation => "Chủ thể" | "Organisation",
    SelectionSort::Kind => "Loại hình" | "Kind",
    SelectionSort::Group => "Nhóm" | "Group",
    SelectionSort::Score => "Điểm" | "Score",
    SelectionSort::Completeness => "Đầy đủ" | "Complete",
    SelectionSort::State => "Trạng thái" | "State",
} }

named! { cycle_step(CycleStep) {
    CycleStep::Guidance => "Tuyên truyền, hướng dẫn về OCOP" | "Communication and guidance",
    CycleStep::Receiving => "Nhận phiếu đăng ký ý tưởng sản phẩm" | "Receiving product ideas",
    CycleStep::Planning => "Nhận phương án, kế hoạch kinh doanh" | "Receiving business plans",
    CycleStep::Carrying => "Triển khai kế hoạch kinh doanh" | "Carrying the plans out",
    CycleStep::Grading => "Đánh giá, phân hạng sản phẩm" | "Evaluation and grading",
    CycleStep::Promotion => "Xúc tiến thương mại" | "Trade promotion",
} }

named! { unit_level(UnitLevel) {
    UnitLevel::Province => "Cấp tỉnh" | "Province",
    UnitLevel::District => "Cấp huyện" | "District",
    UnitLevel::Commune => "Cấp xã" | "Commune",
} }

named! { part(Part) {
    Part::Teaching => "Tôi dạy" | "I teach",
    Part::Attending => "Tôi học" | "I attend",
    Part::Organisation => "Người của đơn vị" | "My people",
    Part::Unit => "Trong địa bàn" | "In my unit",
} }
