//! Lists of people over HTTP: columns said once, old letters chosen, many people checked and stored, the file given back.

use std::time::Duration;

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, RunId};
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::{House, Visitor};
use server::workers::imports;
use store::Database;
use tokio::sync::watch;

const XLS: &[u8] = include_bytes!("../../../crates/documents/tests/papers/fixtures/roster.xls");

/// An archive of some kilobytes that unpacks to a hundred million.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    bomb.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..100 {
        bomb.write_all(&[b' '; 1_000_000]).unwrap();
    }
    bomb.finish().unwrap().into_inner()
}

/// A workbook with a sheet of people for each of two communes, one row of them hidden, and a sheet of something else.
fn communes() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, people) in [("Xã A", ["Lê Thị An", "Đỗ 2"]), ("Xã B", ["Lê Thị Bình", "Hà Thị Chi"])] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip([
            ["Họ và tên", "Năm sinh", "Đơn vị"],
            [people[0], "1985", "HTX Xuân Lập"],
            [people[1], "1990", "HTX Xuân Lập"],
        ]) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, text).unwrap();
            }
        }
    }
    book.worksheet_from_name("Xã B").unwrap().set_row_hidden(2).unwrap();
    book.add_worksheet().set_name("Hàng").unwrap().write_string(0, 0, "Mã hàng").unwrap();
    book.save_to_buffer().unwrap()
}

/// The cells of a sheet.
fn cells(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    use calamine::Reader as _;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

struct Scene {
    house: House,
    officer: Actor,
    representative: Actor,
    organisation: OrganisationId,
    run: RunId,
}

async fn scene(database: Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let unit = testing::unit(office, "395").await;
    let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(unit)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(office, "htx.xuanlap", Role::Representative, Scope::Organisation(organisation)).await;
    let run = testing::published_run(office, &officer, "ENT-4", 9, "2019-07-02").await;
    Scene { house, officer, representative, organisation, run }
}

impl Scene {
    /// Lets a worker work until a page no longer loads again by itself.
    async fn wait_for(&self, visitor: &mut Visitor, path: &str) -> String {
        let (stop, stopping) = watch::channel(false);
        let worker = tokio::spawn(imports::work(self.house.office.clone(), stopping));
        for _ in 0..400 {
            if visitor.get(path).await.header("refresh").is_empty() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        stop.send_replace(true);
        worker.await.unwrap();
        let page = visitor.get(path).await;
        assert_eq!((page.status, page.header("refresh")), (StatusCode::OK, ""));
        page.text()
    }
}

operations::both! {
    async fn many_people_are_checked_then_stored(database) {
        let scene = scene(database).await;
        let mut visitor = scene.house.signed_in(&scene.officer).await;
        let page = visitor.get("/people/import").await.text();
        assert!(page.contains("multipart/form-data") && page.contains("10.000 dòng"));
        assert!(visitor.get("/organisations").await.text().contains("/people/import"));
        let template = visitor.get("/people/import/template.xlsx").await;
        assert!(template.bytes.starts_with(b"PK") && template.header("content-disposition").contains("danh-sach-nguoi.xlsx"));

        let list = "Họ và tên;Năm sinh;Đơn vị;Ghi chú\nLê Thị Hoa;1985;HTX Xuân Lập;=1+1\nĐỗ 2;1985;HTX <b>Lạ;\n";
        let answer = visitor.upload("/people/import", &[("stands_for", "")], "file", "Danh sách 2019.csv", list.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let path = answer.location().to_owned();
        let id = path.strip_prefix("/people/import/").unwrap().to_owned();
        let page = visitor.get(&path).await;
        assert_eq!(page.header("refresh"), "2", "without a script it loads again");
        assert!(page.text().contains("Đang kiểm tra") && page.text().contains("Danh sách 2019.csv"));

        let page = scene.wait_for(&mut visitor, &path).await;
        for seen in ["Chưa có gì được lưu", "Lưu 1 người, bỏ qua 1 dòng có lỗi", "Họ tên chỉ gồm chữ cái", "Chưa có tổ chức nào", "HTX &lt;b&gt;Lạ"] {
            assert!(page.contains(seen), "{seen}: {page}");
        }
        let back = visitor.get(&format!("/uploads/{id}/reasons.xlsx")).await;
        assert!(back.bytes.starts_with(b"PK"));
        assert!(back.header("content-disposition").contains("danh-sach-2019-ly-do.xlsx"), "{}", back.header("content-disposition"));

        let answer = visitor.post(&path, &[]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, path.as_str()));
        let page = scene.wait_for(&mut visitor, &path).await;
        assert!(page.contains("Đã lưu 1 người"), "{page}");
        let answer = visitor.post(&path, &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "stored once");
        assert!(visitor.get("/people/import").await.text().contains("Danh sách 2019.csv"));
        let page = visitor.get(&format!("{path}?page=7")).await.text();
        assert!(page.contains("HTX &lt;b&gt;Lạ"), "a page that there is not is the nearest that there is");
    }

    async fn a_workbook_is_given_back_corrected_and_sent_again(database) {
        let scene = scene(database).await;
        let mut visitor = scene.house.signed_in(&scene.officer).await;
        let send = async |visitor: &mut Visitor, bytes: &[u8]| {
            let answer = visitor.upload("/people/import", &[("stands_for", "")], "file", "Danh sách.xlsx", bytes).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            answer.location().to_owned()
        };
        let path = send(&mut visitor, &communes()).await;
        let page = scene.wait_for(&mut visitor, &path).await;
        for seen in [
            "2 trang tính cùng tiêu đề được đọc như một danh sách: Xã A, Xã B",
            "Trang tính có tiêu đề khác, không đọc: Hàng",
            "Dòng bị ẩn, không đọc: Xã B: 3",
            "Chỉ có năm sinh: dòng Xã A: 2",
            "Xã A: 3</th>",
        ] {
            assert!(page.contains(seen), "{seen}: {page}");
        }
        let reasons = path.replace("/people/import/", "/uploads/") + "/reasons.xlsx";
        let back = visitor.get(&reasons).await.bytes;
        let (a, b) = (cells(&back, "Xã A"), cells(&back, "Xã B"));
        assert_eq!(a[0], ["Họ và tên", "Năm sinh", "Đơn vị", "Lý do (cần sửa)"]);
        assert!(a[2][3].contains("Họ tên chỉ gồm chữ cái"), "{:?}", a[2]);
        assert_eq!((b[2][0].as_str(), cells(&back, "Hàng")[0][0].as_str()), ("Hà Thị Chi", "Mã hàng"), "nothing is lost");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&back[..])).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
            text
        };
        let styles = part("xl/styles.xml");
        let fill = styles.split("<fill>").skip(1).position(|fill| fill.contains("FFFFC9C2")).unwrap();
        let formats = styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1);
        let red: Vec<_> = formats.enumerate().filter(|(_, xf)| xf.contains(&format!("fillId=\"{fill}\""))).map(|(at, _)| at).collect();
        let sheet = part("xl/worksheets/sheet1.xml");
        let style = |place: &str| sheet.split(&format!("<c r=\"{place}\" s=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        let is_red = |place: &str| style(place).is_some_and(|style| red.iter().any(|red| red.to_string() == style));
        assert!(is_red("A3") && !is_red("A2") && !is_red("B3"), "the faulty cell is coloured, and no other");

        // Corrected in the file that came back, and sent again: no column is asked about, and nobody is left over.
        let mut book = rust_xlsxwriter::Workbook::new();
        for name in ["Xã A", "Xã B", "Hàng"] {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            for (row, cells) in (0..).zip(cells(&back, name)) {
                for (column, text) in (0..).zip(cells) {
                    sheet.write_string(row, column, text.replace("Đỗ 2", "Đỗ Hai")).unwrap();
                }
            }
        }
        let path = send(&mut visitor, &book.save_to_buffer().unwrap()).await;
        assert!(path.starts_with("/people/import/"), "no column is asked about: {path}");
        let page = scene.wait_for(&mut visitor, &path).await;
        assert!(page.contains("Lưu 4 người") && !page.contains("Cột không đọc"), "{page}");
        let reasons = path.replace("/people/import/", "/uploads/") + "/reasons.xlsx";
        let again = cells(&visitor.get(&reasons).await.bytes, "Xã A");
        assert_eq!(again[0], ["Họ và tên", "Năm sinh", "Đơn vị", "Lý do (cần sửa)"], "one column of reasons");
        assert!(!again[2][3].contains("Họ tên"), "{:?}", again[2]);
    }

    async fn rows_of_several_sheets_are_told_apart_on_the_list_of_a_run(database) {
        let scene = scene(database).await;
        let mut visitor = scene.house.signed_in(&scene.representative).await;
        let organisation = scene.organisation.to_string();
        let path = format!("/runs/{}/enrol/spreadsheet", scene.run);
        let page = visitor.upload(&path, &[("organisation", &organisation)], "file", "ds.xlsx", &communes()).await;
        assert_eq!(page.status, StatusCode::OK);
        let page = page.text();
        for seen in ["Xã A, dòng 3", "Xã B, dòng 2", "name=\"rows.2.sheet\" value=\"Xã B\"", "không đọc: Hàng", "không đọc: Xã B: 3"] {
            assert!(page.contains(seen), "{seen}: {page}");
        }
        let id = page.split("/uploads/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let columns = visitor.get(&format!("/uploads/{id}/columns")).await.text();
        assert!(columns.contains("2 trang tính cùng tiêu đề") && columns.contains(">Hàng</option>"), "{columns}");
        let other = visitor.post(&format!("/uploads/{id}/columns"), &[("other_sheet", "2"), ("look_at_sheet", "yes"), ("heading", "1")]).await;
        assert_eq!(other.status, StatusCode::OK);
        assert!(other.text().contains("Mã hàng"), "{}", other.text());

        let typed = [
            ("organisation", organisation.as_str()), ("upload", &id),
            ("rows.0.full_name", "Lê Thị An"), ("rows.0.number", "2"), ("rows.0.sheet", "Xã A"),
            ("rows.1.full_name", "Lê Thị An"), ("rows.1.number", "20000002"), ("rows.1.sheet", "Xã B"),
        ];
        let page = visitor.post(&format!("{path}/confirm"), &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("Trùng với dòng 2 của trang tính “Xã A”"), "{}", page.text());
        let page = visitor.post(&format!("{path}/confirm"), &typed[..5]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        assert_eq!(visitor.get(&format!("/uploads/{id}/columns")).await.status, StatusCode::NOT_FOUND, "who is enrolled needs no file");
    }

    async fn who_may_be_known_is_told_and_leads_to_the_pairs(database) {
        let scene = scene(database).await;
        let office = &scene.house.office;
        let unit = testing::unit(office, "395").await;
        let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Thọ Lập", unit).await;
        testing::person(office, "Lê Thị Hoa", Some(other)).await;
        let mut visitor = scene.house.signed_in(&scene.officer).await;
        let list = "Họ và tên;Ngày sinh;Đơn vị\nLê Thị Hoa;2/9/1985;HTX Xuân Lập\nTrần Văn Nam;1990;HTX Xuân Lập\n";
        let answer = visitor.upload("/people/import", &[("stands_for", "")], "file", "ds.csv", list.as_bytes()).await;
        let path = answer.location().to_owned();
        let told = "<strong>1</strong><span>Người mới, có thể trùng</span>";
        let page = scene.wait_for(&mut visitor, &path).await;
        assert!(page.contains(told) && page.contains("href=\"/people/duplicates\""), "{page}");
        assert!(!visitor.get("/inbox").await.text().contains("Hồ sơ có thể trùng"), "nothing is stored yet");
        visitor.post(&path, &[]).await;
        let page = scene.wait_for(&mut visitor, &path).await;
        assert!(page.contains("Đã lưu 2 người") && page.contains(told) && page.contains("href=\"/people/duplicates\""), "{page}");
        let inbox = visitor.get("/inbox").await.text();
        assert!(inbox.contains("Hồ sơ có thể trùng, chờ so sánh (1)") && inbox.contains("Lê Thị Hoa · Lê Thị Hoa"), "{inbox}");
        assert!(visitor.get("/people/duplicates").await.text().contains("HTX Thọ Lập"));
    }

    async fn columns_and_old_letters_are_said_by_a_person(database) {
        let scene = scene(database).await;
        let mut visitor = scene.house.signed_in(&scene.representative).await;
        let organisation = scene.organisation.to_string();
        let upload = format!("/runs/{}/enrol/spreadsheet", scene.run);
        let fields = [("organisation", organisation.as_str())];
        let list = "Quý danh;Sinh\nNguyÔn ThÞ Hång;1985\nPh¹m ThÞ Ngäc ¸nh;31118\n";
        let answer = visitor.upload(&upload, &fields, "file", "ds.csv", list.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let columns = answer.location().to_owned();
        let page = visitor.get(&columns).await.text();
        for seen in ["Cột A: Quý danh", "Ví dụ: 1985", "bảng mã cũ", "NguyÔn ThÞ Hång", "Nguyễn Thị Hồng", "hợp nhất"] {
            assert!(page.contains(seen), "{seen}: {page}");
        }
        assert!(!page.contains("checked"), "nothing is chosen before a person chose");
        assert!(!page.contains("value=\"organisation\""), "one organisation sends the list");

        let page = visitor.post(&columns, &[("heading", "1"), ("columns.0", "full_name"), ("columns.1", "birth")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("href=\"#f-encodings-0\"") && page.text().contains("Hãy chọn chữ nào đọc đúng"));
        let page = visitor.post(&columns, &[("heading", "x")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = visitor.post(&columns, &[("heading", "0"), ("look", "yes")]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Cột A<") && page.text().contains("Quý danh · "), "{}", page.text());

        let right = [("heading", "1"), ("columns.0", "full_name"), ("columns.1", "birth"), ("encodings.0", "tcvn3")];
        let answer = visitor.post(&columns, &right).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let preview = answer.location().to_owned();
        let page = visitor.get(&preview).await.text();
        for seen in ["Nguyễn Thị Hồng", "Phạm Thị Ngọc Ánh", "31118 → 12/03/1985", "name=\"upload\""] {
            assert!(page.contains(seen), "{seen}: {page}");
        }
        let id = columns.split('/').nth(2).unwrap();
        assert!(visitor.get(&format!("/uploads/{id}/reasons.xlsx")).await.bytes.starts_with(b"PK"));
        let page = visitor.post(&format!("{upload}/confirm"), &[("organisation", &organisation), ("upload", id), ("rows.0.full_name", "Lê 2")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains(&format!("/uploads/{id}/columns")), "the way to the file stays");

        // The same headings again: read at once as they were, and said so.
        let again = "Quý danh;Sinh;Cỡ áo\nLê Thị An;1985;M\n";
        let page = visitor.upload(&upload, &fields, "file", "ds.csv", again.as_bytes()).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "other headings");
        let again = "Quý danh;Sinh\nLê Thị An;1985\nTổng: 1;\n";
        let page = visitor.upload(&upload, &fields, "file", "ds.csv", again.as_bytes()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("như lần trước, ngày 12/06/2019") && page.text().contains("3 “Tổng: 1”"), "{}", page.text());

        let mut officer = scene.house.signed_in(&scene.officer).await;
        for path in [&columns, &preview, &format!("/uploads/{id}/reasons.xlsx")] {
            assert_eq!(officer.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn hostile_files_get_a_clear_refusal(database) {
        let scene = scene(database).await;
        let mut visitor = scene.house.signed_in(&scene.officer).await;
        for (bytes, sentence) in [
            (b"%PDF-1.7".to_vec(), "không phải bảng tính"),
            (b"PK\x03\x04".to_vec(), "không phải bảng tính"),
            (vec![b'x'; (10 << 20) + 1], "lớn hơn 10 MB"),
            (format!("Tên;SĐT{}\n", ";x".repeat(1_000_000)).into_bytes(), "Bảng tính quá lớn"),
            (bomb(), "Bảng tính quá lớn"),
            (XLS[..XLS.len() / 2].to_vec(), "không phải bảng tính"),
            ("Họ và tên;SĐT\nLê An;09\n\"Lê Bình;09\nLê Chi;09\n".as_bytes().to_vec(), "Dấu ngoặc kép mở ở dòng 3"),
            (b"Ten;SDT\nL\xC3\xAA H\xC3\xA0;09\nL\xC3\xAA H\xC3;09\n".to_vec(), "chữ bị hỏng ở dòng 3"),
            (vec![], "Cần điền"),
        ] {
            let page = visitor.upload("/people/import", &[("stands_for", "HTX Xuân Lập")], "file", "x.xlsx", &bytes).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
            assert!(page.text().contains(sentence) && page.text().contains("value=\"HTX Xuân Lập\""), "{sentence}: {}", page.text());
        }
        let busy = testing::busy_readers().await;
        let page = visitor.upload("/people/import", &[("stands_for", "HTX Xuân Lập")], "file", "x.csv", "Tên;SĐT\nLê An;09\n".as_bytes()).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("nhiều tệp đang được đọc") && page.text().contains("value=\"HTX Xuân Lập\""), "{}", page.text());
        drop(busy);
        let page = visitor.post("/people/import", &[]).await;
        assert_eq!(page.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
}
