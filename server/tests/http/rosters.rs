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
        for seen in ["Nguyễn Thị Hồng", "Phạm Thị Ngọc Ánh", "31118 → 12/03/1985", "reasons.xlsx", "name=\"upload\""] {
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
            (vec![], "Cần điền"),
        ] {
            let page = visitor.upload("/people/import", &[("stands_for", "HTX Xuân Lập")], "file", "x.xlsx", &bytes).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
            assert!(page.text().contains(sentence) && page.text().contains("value=\"HTX Xuân Lập\""), "{sentence}: {}", page.text());
        }
        let page = visitor.post("/people/import", &[]).await;
        assert_eq!(page.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
}
