//! The selection over the pages: the province filters, sorts, decides and publishes; everybody reads what was selected.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{RegistrationId, SelectionDecisionId};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::lists::{self, BeginCommand, Seen};
use operations::testing;
use server::testing::{Answer, House, Visitor};
use store::programmes::ProgrammeYear;

/// The value of a hidden or typed field of a page.
fn value(page: &str, name: &str) -> String {
    let input = page.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

struct Scene {
    house: House,
    year: ProgrammeYear,
    officer: Actor,
    district: Actor,
    representative: Actor,
    forms: Vec<RegistrationId>,
}

const PRODUCTS: [&str; 3] = ["Bánh gai", "Mắm tép", "Nem chua"];

/// Three products of Thọ Xuân that the province received, their list accepted.
async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, unit) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let officer = testing::actor(office, "tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let district = testing::actor(office, "huyen", Role::UnitOfficer, Scope::Unit(unit)).await;
    let year = testing::programme_year(office, 2019).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
    let mut forms = Vec::new();
    for product in PRODUCTS {
        forms.push(testing::registration(office, &district, &year, organisation, product, State::Evaluated).await);
    }
    let command = BeginCommand { unit, year: 2019, forms: forms.clone() };
    let id = lists::begin(office, &district, &command).await.unwrap();
    let signed = domain::lists::SignForm {
        number: "12/DS".into(),
        signed_on: "12/06/2019".into(),
        signatory_post: "Chủ tịch".into(),
        signatory_name: "Trần Minh Đức".into(),
    };
    lists::freeze(office, &district, Seen { id, version: 1 }, &signed).await.unwrap();
    lists::forward(office, &district, Seen { id, version: 2 }).await.unwrap();
    lists::accept(office, &officer, Seen { id, version: 3 }).await.unwrap();
    Scene { house, year, officer, district, representative, forms }
}

/// Ticks products of a page and sends a decision.
async fn decide(visitor: &mut Visitor, page: &str, products: &[RegistrationId], ruling: &[(&str, &str)]) -> Answer {
    let ids: Vec<(String, String, String)> =
        products.iter().map(|id| (id.to_string(), format!("version.{id}"), value(page, &format!("version.{id}")))).collect();
    let mut fields: Vec<(&str, &str)> = ruling.to_vec();
    for (id, name, version) in &ids {
        fields.extend([("product", id.as_str()), (name.as_str(), version.as_str())]);
    }
    visitor.post("/selections/2019", &fields).await
}

const SELECTS: [(&str, &str); 4] = [("number", "45/QĐ-UBND"), ("decided_on", "2019-06-12"), ("choice", "select"), ("reason", "")];
const REJECTS: [(&str, &str); 4] =
    [("number", "45/QĐ-UBND"), ("decided_on", "2019-06-12"), ("choice", "reject"), ("reason", "Chưa rõ thị trường")];

operations::both! {
    async fn decisions_move_the_counter_and_become_public(database) {
        let s = scene(database).await;
        let mut officer = s.house.signed_in(&s.officer).await;
        let mut anonymous = s.house.anonymous();
        assert!(anonymous.get("/products").await.text().contains("Chưa công bố sản phẩm nào"));
        assert_eq!(anonymous.get("/products/2019").await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.get("/selections").await.location(), "/selections/2019");
        let page = officer.get("/selections/2019").await.text();
        assert!(page.contains("0 / 30") && page.contains("còn thiếu 30 để đạt mức tối thiểu 30") && page.contains("3 sản phẩm"), "{page}");

        // What is wrong with the decision comes back with everything typed and ticked.
        let mut wrong = REJECTS;
        (wrong[1].1, wrong[3].1) = ("31/12/2019", "");
        let refused = decide(&mut officer, &page, &s.forms[..2], &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = refused.text();
        assert!(text.contains("f-decided_on-fault") && text.contains("f-reason-fault"), "{text}");
        assert_eq!((value(&text, "number").as_str(), value(&text, "decided_on").as_str()), ("45/QĐ-UBND", "31/12/2019"));
        assert_eq!(text.matches(" checked").count(), 2);
        let nothing = decide(&mut officer, &page, &[], &SELECTS).await;
        assert!(nothing.text().contains("Chưa chọn mục nào"));

        // One decision in two goes: the form goes on with it.
        let done = decide(&mut officer, &page, &s.forms[..1], &SELECTS).await;
        let decision: SelectionDecisionId = done.location().split("decided=").nth(1).unwrap().parse().unwrap();
        let after = officer.get(done.location()).await.text();
        assert!(after.contains("Đã ghi Quyết định 45/QĐ-UBND.") && after.contains("1 / 30"), "{after}");
        assert_eq!((value(&after, "number").as_str(), value(&after, "decided_on").as_str()), ("45/QĐ-UBND", "2019-06-12"));
        // The page from before has an old version of the first product: nothing is decided, and its row says so.
        let late = decide(&mut officer, &page, &s.forms[..2], &REJECTS).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = late.text();
        assert!(text.contains(&format!("id=\"f-product-{}-fault\"", s.forms[0])) && text.contains(&format!("href=\"#f-product-{}\"", s.forms[0])), "{text}");
        assert_eq!(text.matches(" checked").count(), 2);
        decide(&mut officer, &after, &s.forms[1..2], &REJECTS).await;

        let path = format!("/decisions/{decision}");
        let page = officer.get(&path).await.text();
        assert!(page.contains("1 sản phẩm được chọn, 1 không được chọn") && page.contains("Chưa rõ thị trường"), "{page}");
        assert!(officer.get(&format!("/registrations/{}", s.forms[0])).await.text().contains(&format!("<a href=\"{path}\">Quyết định 45/QĐ-UBND</a>")));
        let late = officer.post(&format!("{path}/publish"), &[("events", "1")]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text().contains("đã thay đổi trong lúc"));
        let published = officer.post(&format!("{path}/publish"), &[("events", &value(&page, "events"))]).await;
        assert_eq!(published.location(), format!("{path}?done=published"));
        let again = officer.post(&format!("{path}/publish"), &[("events", "2")]).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("Quyết định đã được công bố"));

        // Public at once: the selected product, with public fields alone.
        for address in ["/products", "/products/2019"] {
            let page = anonymous.get(address).await.text();
            assert!(page.contains("Bánh gai") && page.contains("HTX Xuân Lập") && page.contains("Số 45/QĐ-UBND ngày 12/06/2019"), "{page}");
            assert!(!page.contains("Mắm tép") && !page.contains("/registrations/") && !page.contains("thị trường"), "{page}");
        }
        assert_eq!(operations::doctor::examine(&s.house.office).await.unwrap(), []);
    }

    async fn a_public_page_is_never_older_than_what_was_published(database) {
        let s = scene(database).await;
        let mut officer = s.house.signed_in(&s.officer).await;
        let mut anonymous = s.house.anonymous();
        let mut publish = async |number: &str, product: &[RegistrationId], choice: [(&str, &str); 4]| {
            let page = officer.get("/selections/2019").await.text();
            let mut ruling = choice;
            ruling[0].1 = number;
            let done = decide(&mut officer, &page, product, &ruling).await;
            let decision = done.location().split("decided=").nth(1).unwrap().to_owned();
            officer.post(&format!("/decisions/{decision}/publish"), &[("events", "1")]).await;
        };
        publish("1/QĐ", &s.forms[..1], SELECTS).await;
        let first = anonymous.get("/products/2019").await;
        assert!(first.header("cache-control").starts_with("public") && first.text().contains("1 sản phẩm được chọn"));
        publish("2/QĐ", &s.forms[1..2], SELECTS).await;
        assert!(anonymous.get("/products/2019").await.text().contains("2 sản phẩm được chọn"));
        publish("3/QĐ", &s.forms[..1], REJECTS).await;
        let last = anonymous.get("/products/2019").await.text();
        assert!(last.contains("Mắm tép") && !last.contains("Bánh gai"));
        assert!(anonymous.get("/products/02019").await.text().contains("Mắm tép"), "another spelling is answered, and not kept");
        assert_eq!(officer.get("/products").await.header("cache-control"), "private, no-store");
    }

    async fn the_table_is_filtered_sorted_paged_and_exported(database) {
        let s = scene(database).await;
        let office = &s.house.office;
        let elsewhere = testing::unit(office, "389").await;
        let household = testing::organisation(office, OrganisationKind::Household, "Hộ Ngọc Lặc", elsewhere).await;
        for n in 0..55 {
            testing::registration(office, &s.officer, &s.year, household, &format!("Mật ong {n:02}"), State::Forwarded).await;
        }
        let mut officer = s.house.signed_in(&s.officer).await;
        let page = officer.get("/selections/2019?text=mat%20ong&sort=product&order=reversed").await.text();
        assert!(page.contains("55 sản phẩm") && page.contains("Trang 1 / 2") && page.contains("Mật ong 54") && !page.contains("Mật ong 03"), "{page}");
        assert!(page.contains("aria-sort=\"descending\"") && page.matches("aria-sort").count() == 1);
        assert!(page.contains("text=mat+ong&amp;sort=product&amp;order=reversed&amp;page=2"), "{page}");
        let second = officer.get("/selections/2019?text=mat%20ong&sort=product&order=reversed&page=2").await.text();
        assert!(second.contains("Mật ong 03") && second.contains("Trang trước") && !second.contains("Trang sau"));
        let one = officer.get(&format!("/selections/2019?unit={elsewhere}&kind=household&state=forwarded")).await.text();
        assert!(one.contains("55 sản phẩm") && !one.contains("Bánh gai"));
        let ticked = async |visitor: &mut Visitor| {
            visitor.get("/selections/2019?tick=page&kind=cooperative").await.text().matches(" checked").count()
        };
        assert_eq!(ticked(&mut officer).await, 3, "a whole page is ticked without a script");
        let none = officer.get("/selections/2019?text=xyz").await.text();
        assert!(none.contains("Không có sản phẩm nào khớp") && none.contains("Bỏ lọc"));
        // A filter goes along with a decision, there and back.
        let narrow = officer.get("/selections/2019?kind=cooperative&sort=score").await.text();
        let fields = [&[("kind", "cooperative"), ("sort", "score")][..], &SELECTS[..]].concat();
        let done = decide(&mut officer, &narrow, &s.forms[..1], &fields).await;
        assert!(done.location().starts_with("/selections/2019?kind=cooperative&sort=score&decided="), "{}", done.location());
        assert_eq!(ticked(&mut officer).await, 2, "but not what was decided");
        let file = officer.get("/selections/2019/table.xlsx?text=mat%20ong").await;
        assert!(file.bytes.starts_with(b"PK"));
        assert_eq!(file.header("content-disposition"), "attachment; filename=\"lua-chon-2019.xlsx\"");
        let rows = cells(&file.bytes);
        assert_eq!(rows.iter().filter(|cells| cells.iter().any(|cell| cell.starts_with("Mật ong"))).count(), 55);
        assert!(rows.iter().any(|cells| cells.contains(&"80".to_owned())), "scores are numbers");
    }

    async fn a_list_that_waits_keeps_its_products_undecided(database) {
        let s = scene(database).await;
        let office = &s.house.office;
        let unit = testing::unit(office, "395").await;
        let organisation = testing::organisation(office, OrganisationKind::Enterprise, "Công ty Lam Sơn", unit).await;
        let form = testing::registration(office, &s.district, &s.year, organisation, "Đường phèn", State::Evaluated).await;
        let id = lists::begin(office, &s.district, &BeginCommand { unit, year: 2019, forms: vec![form] }).await.unwrap();
        let signed = domain::lists::SignForm {
            number: "13/DS".into(), signed_on: "12/06/2019".into(), signatory_post: "Chủ tịch".into(), signatory_name: "Trần Minh Đức".into(),
        };
        lists::freeze(office, &s.district, Seen { id, version: 1 }, &signed).await.unwrap();
        lists::forward(office, &s.district, Seen { id, version: 2 }).await.unwrap();
        let mut officer = s.house.signed_in(&s.officer).await;
        let page = officer.get("/selections/2019?text=duong").await.text();
        assert!(page.contains("Danh sách chưa tiếp nhận") && page.contains(&format!("/lists/{id}")) && !page.contains("name=\"product\""), "{page}");
        let version = format!("version.{form}");
        let mut fields = SELECTS.to_vec();
        let form = form.to_string();
        fields.extend([("product", form.as_str()), (version.as_str(), "99")]);
        let refused = officer.post("/selections/2019", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for odd in ["x", &SelectionDecisionId(office.id()).to_string()] {
            let mut fields = SELECTS.to_vec();
            fields.push(("product", odd));
            assert_eq!(officer.post("/selections/2019", &fields).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn only_the_province_selects(database) {
        let s = scene(database).await;
        let mut officer = s.house.signed_in(&s.officer).await;
        let page = officer.get("/selections/2019").await.text();
        let done = decide(&mut officer, &page, &s.forms[..1], &SELECTS).await;
        let decision = done.location().split("decided=").nth(1).unwrap().to_owned();
        assert_eq!(officer.get("/selections/2018").await.status, StatusCode::NOT_FOUND);
        for actor in [&s.district, &s.representative] {
            let mut stranger = s.house.signed_in(actor).await;
            for path in ["/selections", "/selections/2019", "/selections/2019/table.xlsx", &format!("/decisions/{decision}")] {
                assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert_eq!(decide(&mut stranger, &page, &s.forms[1..2], &SELECTS).await.status, StatusCode::NOT_FOUND);
            assert_eq!(stranger.post(&format!("/decisions/{decision}/publish"), &[("events", "1")]).await.status, StatusCode::NOT_FOUND);
        }
    }

    async fn a_decision_is_known_outside_once_it_is_published(database) {
        let s = scene(database).await;
        let mut officer = s.house.signed_in(&s.officer).await;
        let page = officer.get("/selections/2019").await.text();
        let done = decide(&mut officer, &page, &s.forms[..1], &SELECTS).await;
        let decision = done.location().split("decided=").nth(1).unwrap().to_owned();
        let mut records = s.house.office.database.read().await.unwrap();
        let known = store::registrations::find(&mut records, s.forms[0]).await.unwrap().unwrap();
        let list = store::forwarding::seen(&mut records, true, s.officer.account, s.house.office.today(), None).await.unwrap()[0].id;
        drop(records);
        let pages = [
            format!("/registrations/{}", s.forms[0]), format!("/organisations/{}", known.organisation_id), "/registrations?text=banh".to_owned(),
            "/registrations?text=banh&state=forwarded".to_owned(), format!("/lists/{list}"),
        ];
        // What tells an outcome: a tag, a step of the history, the number of the decision.
        let tells = |text: &str| text.contains("45/QĐ-UBND") || text.contains("class=\"tag good\">Được chọn<");
        for actor in [&s.district, &s.representative] {
            let mut visitor = s.house.signed_in(actor).await;
            for path in &pages {
                let answer = visitor.get(path).await;
                if path.starts_with("/lists") && actor.account == s.representative.account {
                    assert_eq!(answer.status, StatusCode::NOT_FOUND);
                    continue;
                }
                let text = answer.text();
                assert!(text.contains("class=\"tag warn\">Đã gửi tỉnh<") && text.contains("Bánh gai") && !tells(&text), "{path}: {text}");
            }
            let found = visitor.get("/registrations?state=selected").await.text();
            assert!(!found.contains("Bánh gai"), "{found}");
        }
        let mut district = s.house.signed_in(&s.district).await;
        let board = async |visitor: &mut Visitor| {
            let page = visitor.get("/programmes/2019/board").await.text();
            let sheet = cells(&visitor.get("/programmes/2019/board.xlsx").await.bytes);
            (page.contains("1 / 30"), sheet)
        };
        let (page, sheet) = board(&mut district).await;
        assert!(!page);
        officer.post(&format!("/decisions/{decision}/publish"), &[("events", "1")]).await;
        let (page, after) = board(&mut district).await;
        assert!(page && after != sheet, "{after:?}");
        for actor in [&s.district, &s.representative] {
            let mut visitor = s.house.signed_in(actor).await;
            // The form tells the number, without a way that they could not go.
            let form = visitor.get(&pages[0]).await.text();
            assert!(form.contains("Quyết định 45/QĐ-UBND") && tells(&form) && !form.contains("/decisions/"));
            assert!(visitor.get(&pages[1]).await.text().contains("45/QĐ-UBND"));
            assert!(visitor.get("/registrations?state=selected").await.text().contains("Bánh gai"));
        }
    }
}

/// The cells of the first sheet, as words.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}
