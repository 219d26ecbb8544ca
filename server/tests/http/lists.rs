//! Lists over the pages: drawn up, ordered, frozen, forwarded, answered and replaced; what was typed comes back.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{ForwardingListId, OrganisationId, RegistrationId, UnitId};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::testing;
use server::testing::{Answer, House, Visitor};
use store::programmes::ProgrammeYear;

/// The value of a hidden or typed field of a page.
fn value(page: &str, name: &str) -> String {
    let input = page.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Where the first of these stands before the second on a page.
fn is_before(page: &str, first: &str, second: &str) -> bool {
    page.find(first).unwrap() < page.find(second).unwrap()
}

struct Scene {
    house: House,
    year: ProgrammeYear,
    unit: UnitId,
    district: Actor,
    manager: Actor,
    elsewhere: Actor,
    officer: Actor,
    representative: Actor,
    organisation: OrganisationId,
    forms: Vec<RegistrationId>,
}

/// Thọ Xuân with three forms that are ready and one that is not.
async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, unit) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let other = testing::unit(office, "389").await;
    let officer = testing::actor(office, "tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let district = testing::actor(office, "huyen", Role::UnitOfficer, Scope::Unit(unit)).await;
    let manager = testing::actor(office, "lanh.dao", Role::Manager, Scope::Unit(unit)).await;
    let elsewhere = testing::actor(office, "huyen.khac", Role::UnitOfficer, Scope::Unit(other)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
    let year = testing::programme_year(office, 2019).await;
    let mut forms = Vec::new();
    for product in ["Bánh gai", "Mắm tép", "Nem chua"] {
        forms.push(testing::registration(office, &district, &year, organisation, product, State::Evaluated).await);
    }
    testing::registration(office, &district, &year, organisation, "Rượu nếp", State::Complete).await;
    Scene { house, year, unit, district, manager, elsewhere, officer, representative, organisation, forms }
}

impl Scene {
    /// Begins a list of forms, and gives its address.
    async fn begun(&self, visitor: &mut Visitor, forms: &[RegistrationId]) -> String {
        let (unit, ids) = (self.unit.to_string(), forms.iter().map(ToString::to_string).collect::<Vec<_>>());
        let mut fields = vec![("unit", unit.as_str()), ("year", "2019"), ("sent", "yes")];
        fields.extend(ids.iter().map(|id| ("form", id.as_str())));
        let begun = visitor.post("/lists/new", &fields).await;
        begun.location().strip_suffix("?done=begun").unwrap().to_owned()
    }
}

/// A deed with the version that is on the page now.
async fn deed(visitor: &mut Visitor, list: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let version = value(&visitor.get(list).await.text(), "version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    visitor.post(&format!("{list}/{verb}"), &all).await
}

const SIGNED: [(&str, &str); 4] = [
    ("number", "12/DS-UBND"),
    ("signed_on", "2019-06-12"),
    ("signatory_post", "KT. Chủ tịch\r\nPhó Chủ tịch"),
    ("signatory_name", "Trần Minh Đức"),
];

operations::both! {
    async fn from_ready_forms_to_the_province_and_back(database) {
        let s = scene(database).await;
        let mut district = s.house.signed_in(&s.district).await;
        let mut province = s.house.signed_in(&s.officer).await;
        let page = district.get("/lists").await.text();
        assert!(page.contains("Chưa có danh sách nào") && page.contains("href=\"/lists/new\""), "{page}");
        assert!(district.get("/registrations").await.text().contains("href=\"/lists\""), "lists are found beside the forms");

        // Who has one unit and year is not asked which; what is ready is ticked, what is not says why.
        let page = district.get("/lists/new").await.text();
        assert_eq!(page.matches("name=\"form\"").count(), 3);
        assert_eq!(page.matches(" checked").count(), 3);
        assert!(page.contains("Rượu nếp") && page.contains("Chưa đánh giá"), "{page}");
        let list = s.begun(&mut district, &s.forms[..2]).await;
        let page = district.get(&format!("{list}?done=begun")).await.text();
        assert!(page.contains("Đã lập danh sách.") && page.contains("Danh sách chưa có số"));

        let old = value(&page, "version");
        let third = s.forms[2].to_string();
        assert_eq!(deed(&mut district, &list, "forms", &[("add", "yes"), ("form", &third)]).await.location(), format!("{list}?done=added"));
        let late = district.post(&format!("{list}/forms"), &[("version", &old), ("remove", &third)]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.text().contains("đã thay đổi trong lúc"));
        let moved = deed(&mut district, &list, "forms", &[("up", &third)]).await;
        assert_eq!(moved.location(), format!("{list}#f-form-{third}"), "who moves a form stays with it");
        let page = district.get(&list).await.text();
        assert!(is_before(&page, "Nem chua", "Mắm tép") && is_before(&page, "Bánh gai", "Nem chua"));
        let first = s.forms[0].to_string();
        deed(&mut district, &list, "forms", &[("down", &first)]).await;
        assert!(is_before(&district.get(&list).await.text(), "Nem chua", "Bánh gai"));
        let nothing = deed(&mut district, &list, "forms", &[("add", "yes")]).await;
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.text().contains("Chưa chọn mục nào"));
        assert_eq!(deed(&mut district, &list, "forms", &[("remove", &first)]).await.location(), format!("{list}?done=removed"));

        // A signature that is wrong comes back as it was typed.
        let mut wrong = SIGNED;
        (wrong[1].1, wrong[3].1) = ("13/06/2019", " ");
        let refused = deed(&mut district, &list, "freeze", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = refused.text();
        assert_eq!((value(&text, "number").as_str(), value(&text, "signed_on").as_str()), ("12/DS-UBND", "13/06/2019"));
        assert!(text.contains("f-signed_on-fault") && text.contains("f-signatory_name-fault") && text.contains("Phó Chủ tịch</textarea>"), "{text}");
        assert_eq!(district.get(&format!("{list}/paper.pdf")).await.status, StatusCode::NOT_FOUND, "there is no paper of a draft");
        assert_eq!(district.get(&format!("{list}/list.xlsx")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(deed(&mut district, &list, "freeze", &SIGNED).await.location(), format!("{list}?done=frozen"));
        let paper = district.get(&format!("{list}/paper.pdf")).await;
        assert!(paper.bytes.starts_with(b"%PDF") && paper.header("content-type") == "application/pdf");
        assert_eq!(paper.header("content-disposition"), "inline; filename=\"danh-sach-12-ds-ubnd.pdf\"");
        let sheet = district.get(&format!("{list}/list.xlsx")).await;
        assert!(sheet.bytes.starts_with(b"PK"));
        assert_eq!(sheet.header("content-disposition"), "attachment; filename=\"danh-sach-12-ds-ubnd.xlsx\"");
        let page = district.get(&list).await.text();
        assert!(page.contains("Danh sách 12/DS-UBND") && page.contains("Đã chốt, chưa gửi") && !page.contains("name=\"up\""), "{page}");

        assert_eq!(deed(&mut district, &list, "forward", &[]).await.location(), format!("{list}?done=forwarded"));
        let gone = deed_with(&mut district, &list, "discard", "5").await;
        assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
        s.house.clock.set("2019-06-15 08:00");
        let lists = province.get("/lists").await.text();
        assert!(lists.contains("Chờ tiếp nhận") && lists.contains("chờ 3 ngày"), "{lists}");
        let empty = deed(&mut province, &list, "return", &[("reason", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.text().contains("f-reason-fault"));
        assert_eq!(deed(&mut province, &list, "return", &[("reason", "Thiếu dấu giáp lai")]).await.location(), format!("{list}?done=returned"));

        // The unit reads why, and replaces it; both lists lead to each other.
        let page = district.get(&list).await.text();
        assert!(page.contains("Thiếu dấu giáp lai") && page.contains("Lập danh sách thay thế"), "{page}");
        let replaced = deed(&mut district, &list, "replace", &[]).await;
        let new = replaced.location().strip_suffix("?done=replaced").unwrap().to_owned();
        assert!(district.get(&new).await.text().contains(&format!("href=\"{list}\"")));
        assert!(district.get(&list).await.text().contains(&format!("href=\"{new}\"")));
        let mut again = SIGNED;
        again[0].1 = "12/DS-UBND";
        let taken = deed(&mut district, &new, "freeze", &again).await;
        assert!(taken.text().contains("f-number-fault"), "the returned list keeps its number");
        again[0].1 = "13/DS-UBND";
        again[1].1 = "15/06/2019";
        deed(&mut district, &new, "freeze", &again).await;
        deed(&mut district, &new, "forward", &[]).await;
        assert_eq!(deed(&mut province, &new, "accept", &[]).await.location(), format!("{new}?done=accepted"));

        // The form itself tells with which lists it went: as links for those who may follow them.
        let form = format!("/registrations/{}", s.forms[2]);
        let page = district.get(&form).await.text();
        assert!(page.contains(&format!("<a href=\"{new}\">danh sách 13/DS-UBND</a>")), "{page}");
        let mut theirs = s.house.signed_in(&s.representative).await;
        let page = theirs.get(&form).await.text();
        assert!(page.contains("danh sách 13/DS-UBND") && !page.contains("/lists"), "{page}");
        assert_eq!(operations::doctor::examine(&s.house.office).await.unwrap(), []);
    }

    async fn what_was_ticked_comes_back(database) {
        let s = scene(database).await;
        let mut district = s.house.signed_in(&s.district).await;
        s.begun(&mut district, &s.forms[1..2]).await;
        let (unit, ids) = (s.unit.to_string(), s.forms.iter().map(ToString::to_string).collect::<Vec<_>>());
        let fields = [("unit", unit.as_str()), ("year", "2019"), ("sent", "yes"), ("form", &ids[0]), ("form", &ids[1])];
        let refused = district.post("/lists/new", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = refused.text();
        assert!(page.contains(&format!("id=\"f-form-{}-fault\"", ids[1])), "{page}");
        assert_eq!(page.matches(" checked").count(), 2, "the two that were ticked, the third not");
        let list = s.begun(&mut district, &[]).await;
        let refused = deed(&mut district, &list, "forms", &[("add", "yes"), ("sent", "yes"), ("form", &ids[0]), ("form", &ids[1])]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.text().matches(" checked").count(), 2);
        // A list that is given up frees its forms.
        assert_eq!(deed(&mut district, &list, "discard", &[]).await.location(), format!("{list}?done=discarded"));
        assert!(district.get("/lists").await.text().contains("Đã hủy"));
    }

    async fn the_province_chooses_for_which_unit(database) {
        let s = scene(database).await;
        let mut province = s.house.signed_in(&s.officer).await;
        let other = testing::unit(&s.house.office, "389").await;
        let organisation = testing::organisation(&s.house.office, OrganisationKind::Household, "Hộ Ngọc Lặc", other).await;
        testing::registration(&s.house.office, &s.officer, &s.year, organisation, "Mật ong", State::Evaluated).await;
        let page = province.get("/lists/new").await.text();
        assert!(page.contains("3 phiếu sẵn sàng trong 4 phiếu") && page.contains(&format!("unit={other}&amp;year=2019")), "{page}");
        let page = province.get(&format!("/lists/new?unit={other}&year=2019")).await.text();
        assert!(page.contains("Mật ong") && !page.contains("Bánh gai"));
        assert_eq!(province.get(&format!("/lists/new?unit={other}&year=2018")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(province.get("/lists/new?unit=x").await.status, StatusCode::NOT_FOUND);
    }

    async fn others_find_nothing_and_managers_only_read(database) {
        let s = scene(database).await;
        let mut district = s.house.signed_in(&s.district).await;
        let list = s.begun(&mut district, &s.forms).await;
        let mut manager = s.house.signed_in(&s.manager).await;
        let page = manager.get(&list).await.text();
        assert!(page.contains("Danh sách chưa có số") && !page.contains("name=\"up\"") && !page.contains(&format!("{list}/")), "{page}");
        assert!(manager.get("/lists").await.text().contains(&list));
        for actor in [&s.elsewhere, &s.representative] {
            let mut stranger = s.house.signed_in(actor).await;
            assert_eq!(stranger.get(&list).await.status, StatusCode::NOT_FOUND);
        }
        let mut elsewhere = s.house.signed_in(&s.elsewhere).await;
        assert!(!elsewhere.get("/lists").await.text().contains(&list));
        let unit = s.unit.to_string();
        let fields = [("unit", unit.as_str()), ("year", "2019")];
        for actor in [&s.elsewhere, &s.manager, &s.representative] {
            let mut stranger = s.house.signed_in(actor).await;
            assert_eq!(stranger.post("/lists/new", &fields).await.status, StatusCode::NOT_FOUND);
            for verb in ["forms", "freeze", "forward", "discard", "accept", "return", "replace"] {
                assert_eq!(deed_with(&mut stranger, &list, verb, "1").await.status, StatusCode::NOT_FOUND, "{verb}");
            }
        }
        for verb in ["accept", "return"] {
            assert_eq!(deed_with(&mut district, &list, verb, "1").await.status, StatusCode::NOT_FOUND, "the province answers");
        }
        let nobody = format!("/lists/{}", ForwardingListId(s.house.office.id()));
        assert_eq!(deed_with(&mut district, &nobody, "freeze", "1").await.status, StatusCode::NOT_FOUND);
        // A form of another unit cannot be slipped in, nor one that does not exist.
        let office = &s.house.office;
        let other = testing::unit(office, "389").await;
        let foreign = testing::organisation(office, OrganisationKind::Household, "Hộ Ngọc Lặc", other).await;
        let foreign = testing::registration(office, &s.officer, &s.year, foreign, "Mật ong", State::Evaluated).await;
        for id in [foreign.to_string(), s.organisation.to_string(), "x".to_owned()] {
            assert_eq!(deed(&mut district, &list, "forms", &[("form", &id)]).await.status, StatusCode::NOT_FOUND);
            assert_eq!(deed(&mut district, &list, "forms", &[("up", &id)]).await.status, StatusCode::NOT_FOUND);
        }
    }
}

operations::both! {
    async fn lists_are_narrowed_by_year(database) {
        let s = scene(database).await;
        let mut district = s.house.signed_in(&s.district).await;
        assert!(!district.get("/lists").await.text().contains("name=\"year\""), "one year needs no choice");
        testing::programme_year(&s.house.office, 2020).await;
        let list = s.begun(&mut district, &s.forms).await;
        let page = district.get("/lists").await.text();
        assert!(page.contains(&list) && is_before(&page, "<option value=\"2019\"", "<option value=\"2020\""), "{page}");
        let page = district.get("/lists?year=2019").await.text();
        assert!(page.contains(&list) && page.contains("<option value=\"2019\" selected"), "{page}");
        let page = district.get("/lists?year=2020").await.text();
        assert!(!page.contains(&list) && page.contains("Không có danh sách nào của năm này"), "{page}");
        assert!(district.get("/lists?year=x").await.text().contains(&list), "what cannot be read filters nothing");
    }
}

/// A deed with a version that was thought of.
async fn deed_with(visitor: &mut Visitor, list: &str, verb: &str, version: &str) -> Answer {
    visitor.post(&format!("{list}/{verb}"), &[("version", version)]).await
}
