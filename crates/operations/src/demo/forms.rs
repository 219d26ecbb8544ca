//! What became of the products of the demonstration: a year of the districts that is over, and this year's forms on
//! every part of their way to the selection.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use domain::Refusal;
use domain::ids::RegistrationId;
use domain::programmes::{CycleStep, Window, YearPlan};

use super::Past;
use super::clerk::{Clerk, Fate, Form};
use super::house::People;
use super::lists::ListFate;
use super::products::{OF_2020, OF_THIS_YEAR};
use crate::{Outcome, programmes};

/// Communes whose forms stopped before a list; everywhere else they were found feasible.
const STOPPED: [(&str, Fate); 8] = [
    ("Quý Lộc", Fate::Draft),
    ("Bá Thước", Fate::Submitted),
    ("Hồi Xuân", Fate::Submitted),
    ("Thường Xuân", Fate::Submitted),
    ("Ngọc Lặc", Fate::Returned),
    ("Hải Lĩnh", Fate::Complete),
    ("Vĩnh Lộc", Fate::Feasible),
    ("Nông Cống", Fate::Feasible),
];

/// Communes whose lists went less far than to the province and back.
const LISTS: [(&str, ListFate); 3] =
    [("Lương Sơn", ListFate::Frozen), ("Quảng Bình", ListFate::Forwarded), ("Như Xuân", ListFate::SentBack)];

/// Communes whose products were decided on: with the first decision, which is published, or the second, which is not.
const DECIDED: [&str; 4] = ["Hậu Lộc", "Nga Sơn", "Thọ Xuân", "Hoằng Hóa"];
const DECIDED_LATER: [&str; 1] = ["Nguyệt Viên"];

/// Products of the invented organisations, by their place among these: what was not to be said of anybody real.
const INVENTED: [(usize, &str, &str, Fate); 9] = [
    (0, "Gạo nếp hạt cau", "Gạo, ngũ cốc", Fate::Feasible),
    (0, "Bún khô gạo đỏ", "Chế biến từ gạo", Fate::Returned),
    (0, "Rau má sấy khô", "Chế biến từ rau", Fate::Draft),
    (7, "Bánh gai", "Chế biến từ gạo", Fate::Submitted),
    (0, "Khoai lang mật", "Rau, củ, quả", Fate::Complete),
    (7, "Bánh gai lá dừa", "Chế biến từ gạo", Fate::Submitted),
    (2, "Đũa tre cạo vỏ", "Thủ công mỹ nghệ", Fate::Feasible),
    (5, "Khăn thổ cẩm", "Vải, may mặc", Fate::Infeasible),
    (6, "Nước mắm cá cơm", "Tương", Fate::Withdrawn),
];

/// The year 2020, as if the program had been there: districts received, the province selected.
pub(super) async fn districts(past: &Past, people: &People) -> Outcome<()> {
    const YEAR: i32 = 2020;
    let day = |month, day| NaiveDate::from_ymd_opt(YEAR, month, day).unwrap_or_default();
    past.go_to(day(3, 2));
    let step = |opens, closes| Window { opens, closes };
    let plan = YearPlan {
        year: YEAR.into(),
        plan_number: "01/KH-UBND".into(),
        plan_day: Some(day(1, 2)),
        existing_products: 52,
        target_products: 16,
        group_decision: "781/QĐ-TTg".into(),
        windows: vec![
            (CycleStep::Guidance, step(day(1, 2), day(12, 30))),
            (CycleStep::Receiving, step(day(3, 1), day(6, 30))),
            (CycleStep::Planning, step(day(6, 1), day(8, 31))),
            (CycleStep::Grading, step(day(9, 1), day(11, 30))),
        ],
        criteria: Vec::new(),
    };
    programmes::add(&past.office, &people.officer, &plan).await?;
    let mut clerk = Clerk::of(past, people, YEAR.into());
    let mut forms = Vec::new();
    for (n, product) in (0..).zip(&OF_2020) {
        past.go_to(day(4, 2) + TimeDelta::days(n));
        let place = clerk.commune_of_district(product.place, day(4, 1)).await?;
        let form = clerk.register(product, &place, Fate::Feasible).await?;
        forms.push(form);
    }
    past.go_to(day(6, 15));
    for form in &forms {
        clerk.review(form).await?;
    }
    past.go_to(day(7, 6));
    clerk.lists(&forms, 3, |_| Some(ListFate::Accepted)).await?;
    past.go_to(day(8, 3));
    let all: Vec<RegistrationId> = forms.iter().map(|form| form.id).collect();
    clerk.decide(&all, "01/QĐ-VPĐP", "select", "").await?;
    clerk.publish("01/QĐ-VPĐP").await
}

/// This year, from two months ago to this morning.
pub(super) async fn communes(past: &Past, people: &People) -> Outcome<()> {
    past.go(-58);
    let year = past.today.year();
    let step = |opens, closes| Window { opens: past.day(opens), closes: past.day(closes) };
    let plan = YearPlan {
        year: year.into(),
        plan_number: "134/KH-UBND".into(),
        plan_day: Some(past.day(-58)),
        existing_products: 96,
        target_products: 30,
        group_decision: "148/QĐ-TTg".into(),
        windows: vec![
            (CycleStep::Guidance, step(-58, 40)),
            (CycleStep::Receiving, step(-55, 21)),
            (CycleStep::Planning, step(-20, 60)),
            (CycleStep::Carrying, step(0, 150)),
            (CycleStep::Grading, step(90, 150)),
            (CycleStep::Promotion, step(-58, 200)),
        ],
        criteria: programmes::usual_criteria(),
    };
    programmes::add(&past.office, &people.officer, &plan).await?;
    let mut clerk = Clerk::of(past, people, year.into());

    let mut forms = Vec::new();
    past.go(-34);
    for product in &OF_THIS_YEAR {
        let fate = STOPPED.iter().find(|(commune, _)| *commune == product.place).map_or(Fate::Feasible, |(_, fate)| *fate);
        if fate == Fate::Submitted {
            past.go(-4);
        }
        let place = clerk.commune(product.place, past.today).await?;
        forms.push(clerk.register(product, &place, fate).await?);
        past.go(-34);
    }
    for (maker, name, group, fate) in INVENTED {
        past.go(if fate == Fate::Feasible { -33 } else { -6 });
        let organisation = *people.organisations.get(maker).ok_or(Refusal::NotFound)?;
        forms.push(clerk.fill(organisation, name, group, fate).await?);
    }
    past.go(-28);
    for form in forms.iter().filter(|form| form.fate == Fate::Feasible) {
        clerk.review(form).await?;
    }
    past.go(-20);
    let fate = |commune: &str| {
        let stopped = STOPPED.iter().any(|(name, _)| *name == commune);
        let known = LISTS.iter().find(|(name, _)| *name == commune).map(|(_, fate)| *fate);
        (!stopped).then(|| known.unwrap_or(ListFate::Accepted))
    };
    let (published, invented_ones) = forms.split_at(OF_THIS_YEAR.len());
    clerk.lists(published, 3, fate).await?;
    clerk.lists(invented_ones, 41, |_| Some(ListFate::Accepted)).await?;
    past.go(-12);
    let of = |communes: &[&str]| -> Vec<RegistrationId> {
        forms.iter().filter(|form| communes.contains(&form.place.as_str())).map(|form| form.id).collect()
    };
    let mut selected = of(&DECIDED);
    selected.extend(invented(&forms, "Gạo nếp hạt cau").map(|form| form.id));
    clerk.decide(&selected, "27/QĐ-VPĐP", "select", "").await?;
    let rejected: Vec<RegistrationId> = invented(&forms, "Đũa tre cạo vỏ").map(|form| form.id).into_iter().collect();
    clerk.decide(&rejected, "27/QĐ-VPĐP", "reject", "Chưa có vùng nguyên liệu ổn định; đề nghị đăng ký lại năm sau.").await?;
    past.go(-10);
    clerk.publish("27/QĐ-VPĐP").await?;
    past.go(-2);
    for form in forms.iter().filter(|form| form.fate != Fate::Feasible) {
        clerk.review(form).await?;
    }
    if let (Some(again), Some(first)) = (invented(&forms, "Bánh gai lá dừa"), invented(&forms, "Bánh gai")) {
        clerk.mark_duplicate(again, first).await?;
    }
    past.go(-1);
    clerk.decide(&of(&DECIDED_LATER), "31/QĐ-VPĐP", "select", "").await
}

/// The form of a product of the invented organisations: theirs come after the published ones.
fn invented<'f>(forms: &'f [Form], name: &str) -> Option<&'f Form> {
    let place = INVENTED.iter().position(|(_, product, ..)| *product == name)?;
    forms.get(OF_THIS_YEAR.len() + place)
}
