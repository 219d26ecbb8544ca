//! Sheets of registration forms over the pages: uploaded, corrected, left out, confirmed; the same sheet again changes
//! nothing; and who may send which.

use std::io::Write as _;

use axum::http::{StatusCode, header};
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use operations::registrations::Wanted;
use operations::testing;
use server::testing::{Answer, House, Visitor};

const SHEET: &str = "/registrations/spreadsheet";
const CONFIRM: &str = "/registrations/spreadsheet/confirm";
const CHOSEN: [(&str, &str); 2] = [("year", "2019"), ("kind", "existing")];

struct Scene {
    house: House,
    organisation: OrganisationId,
    representative: Actor,
    officer: Actor,
    elsewhere: Actor,
}

async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (commune, district) = (testing::unit(office, "15568").await, testing::unit(office, "395").await);
    let other = testing::unit(office, "389").await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
    testing::programme_year(office, 2019).await;
    Scene {
        representative: testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await,
        officer: testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await,
        elsewhere: testing::actor(office, "noi.khac", Role::UnitOfficer, Scope::Unit(other)).await,
        organisation,
        house,
    }
}

impl Scene {
    async fn products(&self) -> Vec<String> {
        let lines = operations::registrations::list(&self.house.office, &self.officer, &Wanted::default()).await.unwrap().lines;
        let mut names: Vec<_> = lines.into_iter().map(|line| line.product_name).collect();
        names.sort();
        names
    }
}

/// A workbook below a title, as offices send them: headings in the fourth row.
fn sheet(headings: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "DANH SÁCH SẢN PHẨM ĐĂNG KÝ").unwrap();
    for (row, cells) in (3..).zip(std::iter::once(&headings).chain(rows)) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

async fn upload(visitor: &mut Visitor, bytes: &[u8]) -> Answer {
    visitor.upload(SHEET, &CHOSEN, "file", "phieu.xlsx", bytes).await
}

/// What a browser would send of the form of a page: hidden fields, texts, and chosen options.
fn fields(page: &str) -> Vec<(String, String)> {
    let form = page.split("action=\"/registrations/spreadsheet/confirm\"").nth(1).unwrap().split("</form").next().unwrap();
    let plain = |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
        Some(plain(value))
    };
    let mut found = Vec::new();
    for piece in form.split('<') {
        let tag = piece.split('>').next().unwrap();
        if tag.starts_with("input ") && (!tag.contains("checkbox") || tag.contains(" checked")) {
            found.extend(attribute(tag, "name").map(|name| (name, attribute(tag, "value").unwrap_or_default())));
        }
    }
    found
}

async fn confirm(visitor: &mut Visitor, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(CONFIRM, &fields).await
}

operations::both! {
    async fn a_sheet_is_corrected_on_the_page_and_confirmed(database) {
        let scene = scene(database).await;
        let mut visitor = scene.house.signed_in(&scene.representative).await;
        assert!(visitor.get("/registrations").await.text().contains(SHEET), "the list leads here");
        let page = visitor.get(SHEET).await.text();
        assert!(page.contains("/registrations/template.xlsx?kind=new") && page.contains("accept=\".xlsx,.xls,.ods\""));

        let headings = ["TT", "Tên sản phẩm", "SĐT", "Nguồn nước", "Lịch sử hình thành", "Ghi chú"];
        let file = sheet(&headings, &[
            &["1", "Chè <lam>", "912345678", "Giếng khoan", "Hai dòng\nở \"đây\"", "x"],
            &["2", "", "0987654321", "nước biển", "", ""],
            &["3", "Nem chua", "12", "", "", ""],
        ]);
        let answer = upload(&mut visitor, &file).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = answer.text();
        assert!(page.contains("2 lỗi ở 1 dòng"), "{page}");
        assert!(page.contains("Dòng 6, Nguồn nước “nước biển”: Hãy chọn một trong các mục có sẵn."), "{page}");
        assert!(page.contains("Dòng 6, Tên sản phẩm: Cần điền mục này.") && page.contains("#f-rows-1-product_name"));
        assert!(page.contains("Không đọc các cột: Ghi chú."));
        assert!(page.contains("<option value=\"nước biển\" selected"), "what is no choice is not dropped without a word");
        assert!(page.contains("mục trước khi nộp") && page.contains("Trong tệp: “nước biển”.") && page.contains("Không phải số điện thoại Việt Nam"), "no fault, but said");
        assert!(page.contains("Chè &lt;lam&gt;") && !page.contains("Chè <lam>"));
        assert_eq!(scene.products().await.len(), 0, "nothing is stored before it is confirmed");

        // The third row is left out, the second still has a fault: everything comes back.
        let mut typed = fields(&page);
        typed.push(("rows.2.left_out".into(), "yes".into()));
        let again = confirm(&mut visitor, &typed).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = again.text();
        assert!(page.contains("1 lỗi ở 1 dòng") && page.contains("<p class=\"struck\">Nem chua</p>"), "{page}");
        let mut typed = fields(&page);
        assert!(typed.contains(&("rows.2.left_out".into(), "yes".into())) && typed.contains(&("rows.2.phone".into(), "12".into())));
        assert!(typed.contains(&("rows.0.history".into(), "Hai dòng\nở \"đây\"".into())), "{typed:?}");
        typed.retain(|(name, _)| name != "rows.1.product_name");
        typed.push(("rows.1.product_name".into(), "Bánh gai".into()));
        typed.push(("rows.1.water".into(), "clean".into()));
        let done = confirm(&mut visitor, &typed).await;
        assert_eq!(done.location(), "/registrations?year=2019&begun=2&changed=0&known=0", "{}", done.text());
        let list = visitor.get(done.location()).await.text();
        assert!(list.contains("Đã thêm 2 bản nháp.") && list.contains("Bánh gai"), "{list}");
        assert_eq!(scene.products().await, ["Bánh gai", "Chè <lam>"]);

        // The same again, and a telephone number that changes.
        let done = confirm(&mut visitor, &typed).await;
        assert_eq!(done.location(), "/registrations?year=2019&begun=0&changed=0&known=2");
        let file = sheet(&headings, &[&["1", "CHE <lam>", "0987654321", "", "", ""], &["2", "Bánh gai", "", "", "", ""]]);
        let page = upload(&mut visitor, &file).await.text();
        assert!(page.contains("Sửa bản nháp") && page.contains("“0912345678” → “0987654321”") && page.contains("“Chè &lt;lam&gt;” → “CHE &lt;lam&gt;”"), "{page}");
        assert!(page.contains("Bản nháp đã có nội dung này, không thay đổi."));
        let typed = fields(&page);
        let unseen: Vec<_> = typed.iter().filter(|(name, _)| !name.ends_with(".seen")).cloned().collect();
        let refused = confirm(&mut visitor, &unseen).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("đã thay đổi trong lúc") && refused.text().contains("Sửa bản nháp"));
        assert_eq!(confirm(&mut visitor, &typed).await.location(), "/registrations?year=2019&begun=0&changed=1&known=1");
        let list = visitor.get("/registrations?begun=%3Cb%3E&known=1").await.text();
        assert!(list.contains("1 phiếu đã có") && !list.contains("<b>"));
        assert_eq!(operations::doctor::examine(&scene.house.office).await.unwrap(), []);
    }

    async fn an_officer_says_whose_product_it_is(database) {
        let scene = scene(database).await;
        let headings = ["Tên chủ thể", "Tên sản phẩm", "Nhóm sản phẩm"];
        let file = sheet(&headings, &[&["HTX xuân lập", "Chè lam", ""], &["HTX Xuân Lâp 2", "Nem", "không có"], &["", "Mắm", ""]]);
        let mut officer = scene.house.signed_in(&scene.officer).await;
        let page = upload(&mut officer, &file).await.text();
        assert!(page.contains("3 lỗi ở 2 dòng") && page.contains("Chưa có tổ chức nào mang tên"), "{page}");
        assert!(page.contains("name=\"rows.1.tax_code\"") && page.contains("<select id=\"f-rows-1-group\""), "either may be put right");
        let mut typed = fields(&page);
        typed.retain(|(name, _)| !name.starts_with("rows.1.organisation") && !name.starts_with("rows.2.organisation"));
        typed.extend([1, 2].map(|n| (format!("rows.{n}.organisation"), "HTX Xuân Lập".to_owned())));
        assert_eq!(confirm(&mut officer, &typed).await.location(), "/registrations?year=2019&begun=3&changed=0&known=0");
        assert_eq!(scene.products().await, ["Chè lam", "Mắm", "Nem"]);

        // An officer elsewhere learns nothing of the organisation, on upload and on confirming.
        let mut elsewhere = scene.house.signed_in(&scene.elsewhere).await;
        let page = upload(&mut elsewhere, &sheet(&headings, &[&["HTX Xuân Lập", "Kẹo", ""]])).await.text();
        assert!(page.contains("Chưa có tổ chức nào mang tên") && !page.contains(&scene.organisation.to_string()), "{page}");
        let forged = [("rows.0.product_name", "Kẹo"), ("rows.0.organisation", "HTX Xuân Lập")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let forged: Vec<_> = CHOSEN.map(|(n, v)| (n.to_owned(), v.to_owned())).into_iter().chain(forged).collect();
        assert_eq!(confirm(&mut elsewhere, &forged).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(scene.products().await.len(), 3);
    }

    async fn who_fills_in_no_forms_finds_nothing_here(database) {
        let scene = scene(database).await;
        let office = &scene.house.office;
        let province = testing::unit(office, "38").await;
        let file = sheet(&["Tên sản phẩm"], &[&["Chè lam"]]);
        for role in [Role::Trainer, Role::Manager] {
            let actor = testing::actor(office, &format!("khac.{role}"), role, Scope::Unit(province)).await;
            let mut visitor = scene.house.signed_in(&actor).await;
            assert_eq!(upload(&mut visitor, &file).await.status, StatusCode::NOT_FOUND);
            for path in [SHEET, "/registrations/template.xlsx?kind=existing"] {
                assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let sent = [CHOSEN[0], CHOSEN[1], ("rows.0.product_name", "Chè lam")];
            assert_eq!(visitor.post(CONFIRM, &sent).await.status, StatusCode::NOT_FOUND);
        }
        let mut nobody = scene.house.anonymous();
        assert!(upload(&mut nobody, &file).await.location().starts_with("/sign-in"));
        assert_eq!(scene.products().await.len(), 0);
    }
}

#[tokio::test]
async fn files_that_are_no_sheets_of_forms_are_refused_with_the_reason() {
    let scene = scene(store::testing::sqlite().await).await;
    let mut visitor = scene.house.signed_in(&scene.representative).await;
    let good = sheet(&["Tên sản phẩm", "Lịch sử hình thành"], &[&["Chè lam", ""]]);
    let many: Vec<&[&str]> = vec![&["Chè lam", ""]; 201];
    let long = "x".repeat(7_000);
    let wordy: Vec<[&str; 2]> = vec![["Chè lam", &long]; 180];
    let wordy: Vec<&[&str]> = wordy.iter().map(<[&str; 2]>::as_slice).collect();
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..70 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("nothing chosen", vec![], "Cần điền mục này"),
        ("a page", b"<html><script>alert(1)</script>".to_vec(), "không phải bảng tính"),
        ("cut off", good[..good.len() / 2].to_vec(), "không phải bảng tính"),
        ("no heading", sheet(&["Họ và tên"], &[&["Lê An"]]), "cột Tên sản phẩm"),
        ("no form", sheet(&["Tên sản phẩm"], &[]), "không có phiếu nào"),
        ("201 rows", sheet(&["Tên sản phẩm", "Lịch sử hình thành"], &many), "tối đa 200 dòng"),
        ("too much text", sheet(&["Tên sản phẩm", "Lịch sử hình thành"], &wordy), "tối đa 200 dòng"),
        ("a little more than five megabytes", vec![0; (5 << 20) + 1], "lớn hơn 5 MB"),
        ("a bomb", bomb, "tối đa 200 dòng"),
    ];
    for (what, bytes, sentence) in cases {
        let page = upload(&mut visitor, &bytes).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", page.text());
        assert!(page.text().contains(sentence), "{what}: {}", page.text());
        assert!(page.text().contains("f-file-fault"), "{what}");
    }
    let unknown = visitor.upload(SHEET, &[("year", "2033"), ("kind", "existing")], "file", "a.xlsx", &good).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text().contains("f-year-fault"));
    let unknown = visitor.upload(SHEET, &[("year", "2019"), ("kind", "other")], "file", "a.xlsx", &good).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = visitor.post(SHEET, &CHOSEN).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (kind, name) in [("existing", "bieu-02-san-pham-hien-co.xlsx"), ("new", "bieu-01-san-pham-moi.xlsx")] {
        let answer = visitor.get(&format!("/registrations/template.xlsx?kind={kind}")).await;
        assert!(answer.bytes.starts_with(b"PK") && answer.header(header::CONTENT_DISPOSITION.as_str()).contains(name));
    }
}
