//! The seed of the catalogue: the seven topics of Plan 134/KH-UBND made into courses (shared/domain.md §1.6), three
//! courses for officers, the requirements of nobody yet, and one certificate book. All of it is data from here on.

use domain::courses::{Audience, Topic};
use domain::ids::{BookId, CourseId};
use store::Work;
use store::certificates::Book;
use store::courses::Course;

use crate::{Office, Outcome};

struct Seed {
    code: &'static str,
    title: (&'static str, &'static str),
    summary: (&'static str, &'static str),
    topic: Topic,
    audience: Audience,
    hours: i64,
    capacity: i64,
}

const COURSES: [Seed; 9] = [
    Seed {
        code: "ENT-1",
        title: ("Tổng quan Chương trình OCOP và kiến thức kinh doanh", "Overview of OCOP and business knowledge"),
        summary: (
            "Ý nghĩa, nguyên tắc, chu trình OCOP thường niên; những điều chủ thể cần biết trước khi sản xuất, kinh doanh sản phẩm OCOP.",
            "Purpose, principles and annual cycle of OCOP; what an organisation needs to know before it makes and sells OCOP products.",
        ),
        topic: Topic::Business,
        audience: Audience::Organisations,
        hours: 4,
        capacity: 45,
    },
    Seed {
        code: "ENT-2",
        title: ("Các loại hình tổ chức sản xuất – kinh doanh", "Forms of production and business organisation"),
        summary: (
            "Hộ kinh doanh, tổ hợp tác, hợp tác xã, doanh nghiệp: chọn và chuyển đổi loại hình phù hợp với sản phẩm.",
            "Household, cooperative group, cooperative, enterprise: choosing the form that suits the product, and changing it.",
        ),
        topic: Topic::Organisation,
        audience: Audience::Organisations,
        hours: 4,
        capacity: 45,
    },
    Seed {
        code: "ENT-3",
        title: ("Kiến thức thị trường và marketing sản phẩm OCOP", "Market knowledge and marketing of OCOP products"),
        summary: (
            "Tìm hiểu thị trường, khách hàng; nhãn hiệu, bao bì, câu chuyện sản phẩm; bán hàng trực tiếp và trên mạng.",
            "Knowing the market and the customer; brand, packaging, the product's story; selling in person and on line.",
        ),
        topic: Topic::Market,
        audience: Audience::Organisations,
        hours: 8,
        capacity: 45,
    },
    Seed {
        code: "ENT-4",
        title: ("Xây dựng phương án, kế hoạch kinh doanh", "Writing a business plan"),
        summary: (
            "Từng bước viết phương án, kế hoạch kinh doanh ba năm theo Biểu 03: mục tiêu, sản xuất, phân phối, xúc tiến.",
            "Writing the three-year plan of form 03 step by step: goals, production, distribution, promotion.",
        ),
        topic: Topic::BusinessPlan,
        audience: Audience::Organisations,
        hours: 8,
        capacity: 40,
    },
    Seed {
        code: "ENT-5",
        title: ("Kế hoạch tài chính cho chủ thể OCOP", "Financial planning for OCOP organisations"),
        summary: (
            "Nhu cầu vốn và nguồn vốn, doanh thu, chi phí, giá thành, lợi nhuận; ghi chép sổ sách đơn giản.",
            "Capital and its sources, revenue, cost, price and profit; keeping simple books.",
        ),
        topic: Topic::Finance,
        audience: Audience::Organisations,
        hours: 4,
        capacity: 45,
    },
    Seed {
        code: "ENT-6",
        title: ("Nội dung sản xuất, chất lượng và an toàn thực phẩm", "Production, quality and food safety"),
        summary: (
            "Quy trình sản xuất, tiêu chuẩn và công bố chất lượng, an toàn thực phẩm, truy xuất nguồn gốc.",
            "Production process, standards and declarations of quality, food safety, traceability.",
        ),
        topic: Topic::Production,
        audience: Audience::Organisations,
        hours: 4,
        capacity: 45,
    },
    Seed {
        code: "OFF-1",
        title: ("Chương trình OCOP và chu trình thường niên (cán bộ)", "OCOP and its annual cycle (officers)"),
        summary: (
            "Vì sao OCOP, nguyên tắc, chu trình sáu bước, tổ chức bộ máy và nhân sự các cấp.",
            "Why OCOP, its principles, the six steps of the cycle, organisation and staff at each level.",
        ),
        topic: Topic::Programme,
        audience: Audience::Officers,
        hours: 8,
        capacity: 60,
    },
    Seed {
        code: "OFF-2",
        title: (
            "Tiếp nhận, hướng dẫn và hoàn thiện phiếu đăng ký (cán bộ)",
            "Receiving and completing registration forms (officers)",
        ),
        summary: (
            "Tiếp nhận phiếu đăng ký sản phẩm, hướng dẫn chủ thể hoàn thiện, đánh giá và lập danh sách gửi tỉnh.",
            "Receiving product registration forms, guiding organisations, evaluating, and drawing up the list for the province.",
        ),
        topic: Topic::Forms,
        audience: Audience::Officers,
        hours: 8,
        capacity: 60,
    },
    Seed {
        code: "OFF-3",
        title: ("Bộ tiêu chí và quy trình đánh giá, phân hạng (cán bộ)", "Criteria and grading (officers)"),
        summary: (
            "Bộ tiêu chí, thang điểm, trình tự đánh giá và phân hạng sản phẩm OCOP.",
            "The criteria, their points, and the procedure of evaluating and grading OCOP products.",
        ),
        topic: Topic::Grading,
        audience: Audience::Officers,
        hours: 8,
        capacity: 60,
    },
];

/// Stores the courses and the certificate book that are missing.
pub(super) async fn seed(office: &Office, work: &mut Work) -> Outcome<()> {
    for (position, seed) in (1..).zip(&COURSES) {
        let course = Course {
            id: CourseId(office.id()),
            code: seed.code.into(),
            title: seed.title.0.into(),
            title_english: seed.title.1.into(),
            summary: seed.summary.0.into(),
            summary_english: seed.summary.1.into(),
            topic: seed.topic,
            audience: seed.audience,
            hours: seed.hours,
            capacity: seed.capacity,
            minimum: 0,
            usual_sessions: None,
            usual_half_days: String::new(),
            // The usual internal rule, not an official norm (shared/domain.md §2.3).
            min_attendance: 80,
            late_counts: 100,
            excused_counts: 0,
            rule_version: 1,
            position,
            substitution_hours: 0,
        };
        store::courses::add(work, &course, office.now()).await?;
    }
    let book = Book {
        id: BookId(office.id()),
        code: "GCN-VPĐP".into(),
        superior: "UBND tỉnh Thanh Hóa".into(),
        issuer: "Văn phòng Điều phối Chương trình xây dựng nông thôn mới".into(),
        place: "Thanh Hóa".into(),
        signatory_post: "Chánh Văn phòng".into(),
        signatory_name: String::new(),
    };
    store::certificates::add_book(work, &book, office.now()).await?;
    Ok(())
}
