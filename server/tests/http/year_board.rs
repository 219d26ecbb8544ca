//! The board of a programme year over HTTP: numbers that lead somewhere, and questions that a person answers.

use axum::http::{StatusCode, header};
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::testing;
use server::testing::House;

struct Scene {
    house: House,
    province: Actor,
    officer: Actor,
    town: OrganisationId,
}

/// Forms of 2019 from a town that three communes share since 2025, and from a commune that went on as a whole.
async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let unit = Scope::Unit;
    let province = testing::actor(office, "tinh", Role::ProvincialOfficer, unit(testing::unit(office, "38").await)).await;
    let officer = testing::actor(office, "can.bo", Role::UnitOfficer, unit(testing::unit(office, "398").await)).await;
    let (town, commune) = (testing::unit(office, "15772").await, testing::unit(office, "15568").await);
    let town = testing::organisation(office, OrganisationKind::Cooperative, "HTX Vạn Hà", town).await;
    let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
    let year = testing::programme_year(office, 2019).await;
    testing::registration(office, &province, &year, town, "Bánh đa", State::Submitted).await;
    testing::registration(office, &province, &year, other, "Bánh gai", State::Selected).await;
    testing::registration(office, &province, &year, other, "Bánh lá", State::Draft).await;
    Scene { house, province, officer, town }
}

/// The value of a hidden or chosen field, from where it stands.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split(from).nth(1).unwrap_or_else(|| panic!("{from} in {text}")).split(to).next().unwrap()
}

operations::both! {
    async fn numbers_lead_to_the_forms_behind_them(database) {
        let s = scene(database).await;
        let mut visitor = s.house.signed_in(&s.province).await;
        assert!(visitor.get("/registrations").await.text().contains("<a href=\"/programmes/board\" class=\"chip\">Theo đơn vị</a>"));
        assert_eq!(visitor.get("/programmes/board").await.location(), "/programmes/2019/board");
        let page = visitor.get("/programmes/2019/board").await.text();
        assert!(page.contains("1 / 30") && page.contains("Huyện Thọ Xuân") && page.contains("Huyện Thiệu Hóa"), "{page}");
        assert!(page.contains("Bước 2. Nhận phiếu đăng ký ý tưởng sản phẩm") && page.contains("đang mở, còn 202 ngày"), "{page}");
        assert!(!page.contains("Cần người quyết định"));
        let district = testing::unit(&s.house.office, "395").await;
        let link = format!("/registrations?year=2019&amp;unit={district}&amp;seen_on=2019-06-12&amp;state=draft");
        assert!(page.contains(&link), "{page}");
        let list = visitor.get(&link.replace("&amp;", "&")).await.text();
        assert!(list.contains("Bánh lá") && !list.contains("Bánh đa") && !list.contains("Bánh gai"), "{list}");
        assert!(list.contains(&format!("value=\"{district}\" selected")), "{list}");

        let file = visitor.get("/programmes/2019/board.xlsx?seen_on=2019-06-12").await;
        assert_eq!(file.header(header::CONTENT_TYPE.as_str()), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assert!(file.bytes.starts_with(b"PK"));
        let wrong = visitor.get("/programmes/2019/board?seen_on=hôm+nay").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("f-seen_on-fault") && wrong.text().contains("value=\"hôm nay\""));
        assert_eq!(visitor.get("/programmes/2018/board").await.status, StatusCode::NOT_FOUND);

        let mut officer = s.house.signed_in(&s.officer).await;
        let page = officer.get("/programmes/2019/board").await.text();
        assert!(page.contains("Huyện Thiệu Hóa") && !page.contains("Huyện Thọ Xuân"), "{page}");
        assert!(page.contains("0 / 30") && page.contains("được chọn trong phạm vi của bạn"));
    }

    async fn a_person_says_where_an_organisation_lies_and_takes_it_back(database) {
        let s = scene(database).await;
        s.house.clock.set("2026-11-26 08:00");
        let mut visitor = s.house.signed_in(&s.officer).await;
        let board = "/programmes/2019/board?seen_on=2026-11-26";
        let page = visitor.get(board).await.text();
        for words in ["Cần người quyết định", "Thị trấn Thiệu Hóa, huyện Thiệu Hóa (đến 30/06/2025)", "Đơn vị này được chia cho nhiều đơn vị mới.", "Xã Thiệu Quang"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let at = between(&page, "name=\"at\" value=\"", "\"").to_owned();
        let unit = between(&page, "Chọn đơn vị…</option><option value=\"", "\"").to_owned();
        let organisation = s.town.to_string();
        let fields = |unit: &'static str| [("organisation", organisation.clone()), ("at", at.clone()), ("seen_on", "2026-11-26".into()), ("unit", unit.into())];
        let send = |fields: &[(&str, String)]| fields.iter().map(|(name, value)| (name.to_string(), value.clone())).collect::<Vec<_>>();
        let address = "/programmes/2019/placements";
        for wrong in ["", "xa-nao-do"] {
            let typed = send(&fields(wrong));
            let typed: Vec<_> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let refused = visitor.post(address, &typed).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(refused.text().contains("href=\"#f-unit\"") && refused.text().contains("id=\"f-unit\""), "the fault leads to its field");
        }
        let typed = [("organisation", organisation.as_str()), ("at", at.as_str()), ("seen_on", "2026-11-26"), ("unit", unit.as_str())];
        let foreign = s.province.account.to_string();
        for stranger in [("organisation", foreign.as_str()), ("at", foreign.as_str())] {
            let typed: Vec<_> = typed.iter().map(|field| if field.0 == stranger.0 { stranger } else { *field }).collect();
            assert_eq!(visitor.post(address, &typed).await.status, StatusCode::NOT_FOUND, "{stranger:?}");
        }
        let done = visitor.post(address, &typed).await;
        assert_eq!(done.location(), "/programmes/2019/board?seen_on=2026-11-26&done=placed#said");
        assert_eq!(visitor.post(address, &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY, "somebody said it already");
        let page = visitor.get(board).await.text();
        assert!(!page.contains("Cần người quyết định") && page.contains("Đã xác định") && page.contains("Nguyễn Văn Thử, 26/11/2026"), "{page}");
        assert!(visitor.get(&format!("/registrations?unit={unit}")).await.text().contains("Bánh đa"));
        let offered = format!("<option value=\"{unit}\">");
        assert!(visitor.get("/registrations").await.text().contains(&offered));

        let undo = format!("/placements/{}/undo", between(&page, "/placements/", "/undo"));
        let representative = testing::actor(&s.house.office, "dai.dien", Role::Representative, Scope::Organisation(s.town)).await;
        let mut theirs = s.house.signed_in(&representative).await;
        assert_eq!(theirs.post(&undo, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(theirs.get("/programmes/2019/board").await.status, StatusCode::NOT_FOUND);
        let back = visitor.post(&undo, &[("year", "2019"), ("seen_on", "2026-11-26")]).await;
        assert_eq!(back.location(), "/programmes/2019/board?seen_on=2026-11-26&done=undone#open");
        assert!(visitor.get(board).await.text().contains("Cần người quyết định"));
        assert!(!visitor.get(&format!("/registrations?unit={unit}")).await.text().contains("Bánh đa"));
        assert!(!visitor.get("/registrations").await.text().contains(&offered));
    }
}
