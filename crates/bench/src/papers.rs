//! Certificates: how many are printed in a second.

use std::time::Instant;

use chrono::NaiveDate;
use documents::papers::{Certificate, certificate, certificates};

use crate::{Fallible, PERIOD, line};

const ADDRESS: &str = "https://ocop.example.vn/verify/0123456789abcdefghjkmnpqrs";

pub(crate) fn measure() -> Fallible<()> {
    let day = NaiveDate::from_ymd_opt(2019, 7, 2).ok_or("no such day")?;
    let paper = |n: u32| Certificate {
        serial: format!("{n:03}/2019/GCN-VPĐP"),
        person_name: "Nguyễn Thị Hồng Ngọc".into(),
        birth_date: NaiveDate::from_ymd_opt(1985, 9, 2),
        birth_year: None,
        organisation_name: "HTX Nông nghiệp Xuân Lập".into(),
        unit_name: "xã Xuân Lập".into(),
        course_title: "Xây dựng kế hoạch kinh doanh".into(),
        starts: day,
        ends: day,
        hours: 8,
        sessions: 2,
        superior: "UBND tỉnh Thanh Hóa".into(),
        issuer: "Văn phòng Điều phối".into(),
        place: "Thanh Hóa".into(),
        issued_on: day,
        signatory_post: "Chánh Văn phòng".into(),
        signatory_name: "Lê Văn Bình".into(),
    };
    certificate(&paper(0), ADDRESS)?;
    let begin = Instant::now();
    let mut printed = 0;
    while begin.elapsed() < PERIOD {
        printed += 1;
        certificate(&paper(printed), ADDRESS)?;
    }
    line("certificates, a file each, on one core", format!("{:>9.0} /s", f64::from(printed) / begin.elapsed().as_secs_f64()));

    let many: Vec<_> = (1..=100).map(|n| (paper(n), ADDRESS.to_owned())).collect();
    let begin = Instant::now();
    certificates(&many)?;
    line("certificates, a hundred in one file", format!("{:>9.0} /s", 100.0 / begin.elapsed().as_secs_f64()));
    Ok(())
}
