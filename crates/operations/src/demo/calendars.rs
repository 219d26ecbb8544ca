//! What is taught in each half-day, what is called off, and who reads their calendar on a telephone.

use domain::calendar::FeedKind;

use super::Past;
use super::house::People;
use crate::{Outcome, calendar, runs};

/// The topic of a half-day of a course, counted from 0; the course goes on where its topics end.
pub(super) fn topic(course: &str, half_day: usize) -> &'static str {
    let topics: &[&str] = match course {
        "ENT-1" => &["Chu trình OCOP và quyền lợi của chủ thể", "Những điều cần biết trước khi kinh doanh"],
        "ENT-2" => &["Hộ kinh doanh, tổ hợp tác, hợp tác xã, doanh nghiệp", "Chọn và chuyển đổi loại hình"],
        "ENT-3" => &[
            "Tìm hiểu thị trường và khách hàng",
            "Nhãn hiệu, bao bì, câu chuyện sản phẩm",
            "Bán hàng trực tiếp và qua đại lý",
            "Bán hàng trên mạng: thực hành",
        ],
        "ENT-4" => &[
            "Mục tiêu và sản phẩm: phần I Biểu 03",
            "Sản xuất và phân phối: phần II Biểu 03",
            "Xúc tiến và nhân sự: phần III Biểu 03",
            "Trình bày và góp ý phương án",
        ],
        "ENT-5" => &["Nhu cầu vốn, doanh thu, chi phí, giá thành", "Ghi chép sổ sách đơn giản: thực hành"],
        "ENT-6" => &["Quy trình sản xuất và công bố chất lượng", "An toàn thực phẩm, truy xuất nguồn gốc"],
        "OFF-1" => &["Vì sao OCOP, sáu bước của chu trình", "Tổ chức bộ máy và nhân sự các cấp"],
        "OFF-2" => &["Tiếp nhận và hướng dẫn phiếu đăng ký", "Hoàn thiện hồ sơ, trả phiếu, lập danh sách"],
        "OFF-3" => &["Bộ tiêu chí và thang điểm", "Chấm thử một sản phẩm"],
        _ => &[],
    };
    topics.get(half_day).copied().unwrap_or_default()
}

/// One session of a coming class is called off; a trainer and representatives read their calendars on a telephone.
pub(super) async fn tell(past: &Past, people: &People) -> Outcome<()> {
    past.go(-2);
    let (office, officer) = (&past.office, &people.officer);
    let coming = runs::list(office, officer).await?.into_iter().find(|run| run.course_code == "ENT-3" && run.name == "Lớp 2");
    if let Some(run) = coming
        && let Some((session, _)) = runs::show(office, Some(officer), run.id).await?.sessions.last()
    {
        let reason = "Mất điện theo lịch của điện lực, phần thực hành chuyển sang buổi chiều hôm trước.";
        runs::cancel_session(office, officer, session.id, reason).await?;
    }
    if let Some(trainer) = people.trainers.first() {
        calendar::make_feed(office, trainer, FeedKind::Teaching, None).await?;
    }
    for representative in &people.representatives {
        let organisation = representative.organisations().next();
        calendar::make_feed(office, representative, FeedKind::Organisation, organisation).await?;
    }
    Ok(())
}
