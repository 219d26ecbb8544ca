//! What is typed in the demonstration: invented people, figures and opinions.

use domain::registrations::{EvaluationForm, MOST_POINTS};

const HEADS: [&str; 8] = [
    "Lê Thị Hồng",
    "Nguyễn Văn Hải",
    "Trịnh Thị Duyên",
    "Phạm Đình Cường",
    "Hoàng Thị Ánh",
    "Bùi Xuân Dũng",
    "Lương Thị Yến",
    "Đỗ Quốc Việt",
];

/// Who signs the `n`th list.
pub(super) fn signatory(n: usize) -> &'static str {
    ["Trần Minh Đức", "Lê Thị Thanh Hà", "Nguyễn Hữu Sơn", "Mai Văn Long"][n % 4]
}

/// What the `n`th form says, in the order of the form.
pub(super) fn content(n: usize, product: &str, place: &str) -> Vec<(&'static str, String)> {
    let head = HEADS[n % HEADS.len()];
    let sales = 420 + 85 * (n % 11);
    let million = |amount: usize| match (amount / 1000, amount % 1000) {
        (0, rest) => format!("{rest}.000.000"),
        (thousands, rest) => format!("{thousands}.{rest:03}.000.000"),
    };
    vec![
        ("established_on", format!("{:02}/0{}/20{:02}", n % 27 + 1, n % 9 + 1, 8 + n % 12)),
        ("registration_number", format!("26A8{:06}", 10_300 + n * 71)),
        ("head_name", head.into()),
        ("head_address", place.into()),
        ("phone", format!("0900{:06}", 500_000 + n * 41)),
        ("specification", ["Hộp 500 g", "Túi 1 kg", "Chai 500 ml", "Thùng 5 kg"][n % 4].into()),
        ("certificates", "quality_declaration".into()),
        ("certificates", "production_conditions".into()),
        ("local_resources", format!("{product} làm từ nguyên liệu của {place} và quanh vùng, thu mua ổn định theo vụ.")),
        ("office_land", "own".into()),
        ("production_land", ["own", "rent"][n % 2].into()),
        ("production_area", (180 + 35 * (n % 9)).to_string()),
        ("power", "connected".into()),
        ("water", ["clean", "well"][n % 2].into()),
        ("results.0.year", "2024".into()),
        ("results.0.sales", million(sales)),
        ("results.0.costs", million(sales * 7 / 10)),
        ("results.0.labour", (4 + n % 9).to_string()),
        ("results.1.year", "2025".into()),
        ("results.1.sales", million(sales * 6 / 5)),
        ("results.1.costs", million(sales * 4 / 5)),
        ("results.1.labour", (5 + n % 9).to_string()),
        ("material_sources", "Hộ liên kết trong xã, hợp đồng theo vụ.".into()),
        ("production_frequency", ["daily", "weekly"][n % 2].into()),
        ("sale_frequency", "daily".into()),
        ("target_market", ["Trong tỉnh và Hà Nội", "Các tỉnh phía Bắc", "Siêu thị, cửa hàng nông sản"][n % 3].into()),
        ("customers", "popular".into()),
        ("customers", "urban".into()),
        ("capital", million(300 + 50 * (n % 7))),
        ("production_place", place.into()),
        ("short_plan", "Mở rộng xưởng, thêm hai lao động, đăng ký nhãn hiệu trong năm.".into()),
        ("production_process", "Thu mua, phân loại, sơ chế, chế biến, đóng gói, lưu mẫu từng lô.".into()),
        ("challenges", "Bao bì chưa đẹp; bán hàng trên mạng còn yếu.".into()),
        ("support_needs", "Tập huấn viết phương án kinh doanh, thiết kế bao bì.".into()),
        ("proposer_name", head.into()),
        ("proposer_position", "Người đại diện".into()),
    ]
}

/// What evaluator `n` thinks of form `of`: opinions differ a little, the feasible ones reach at least half of the points.
pub(super) fn opinion(is_feasible: bool, of: usize, n: usize, criteria: usize) -> EvaluationForm {
    let points = |criterion: usize| {
        let most = usize::try_from(MOST_POINTS).unwrap_or(10);
        let good = 6 + (of * 7 + n * 3 + criterion * 5) % 4 + (of + n) % 2;
        (if is_feasible { good.min(most) } else { 2 + (of + n + criterion) % 3 }).to_string()
    };
    EvaluationForm {
        is_feasible: if is_feasible { "yes" } else { "no" }.into(),
        remark: if is_feasible {
            ["Nguyên liệu ổn định, có khách hàng quen.", "Hồ sơ rõ ràng, khả thi."][n % 2].into()
        } else {
            "Chưa có người tiêu thụ, vốn chưa rõ nguồn.".into()
        },
        points: (0..criteria).map(points).collect(),
    }
}
