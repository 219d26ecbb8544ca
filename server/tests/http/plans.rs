//! The annual plan over HTTP: forms without JavaScript, classes made from lines, sheets, roles.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::{Answer, House, Visitor};

async fn somebody(house: &House, name: &str, role: Role, code: &str) -> Visitor {
    let unit = Scope::Unit(testing::unit(&house.office, code).await);
    let actor = testing::actor(&house.office, name, role, unit).await;
    house.signed_in(&actor).await
}

async fn course(house: &House, code: &str) -> String {
    let courses = operations::courses::list(&house.office).await.unwrap();
    courses.into_iter().find(|course| course.code == code).unwrap().id.to_string()
}

async fn fields(house: &House) -> Vec<(String, String)> {
    let fields = [
        ("course", course(house, "ENT-4").await),
        ("audience", "selected".into()),
        ("quarter", "3".into()),
        ("runs", "2".into()),
        ("participants", "70".into()),
        ("unit", String::new()),
        ("place", "Hội trường <lớn>".into()),
        ("budget", "1.280.000 đ".into()),
        ("note", "Đợt 1".into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

async fn post(visitor: &mut Visitor, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(path, &fields).await
}

/// What a browser would send of a form of a page, with what is chosen in it.
fn sent(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page.split(&format!("action=\"{action}\"")).nth(1).unwrap().split("</form").next().unwrap();
    let plain = |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let attribute = |tag: &str, name: &str| Some(plain(tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?));
    let (mut found, mut choosing) = (Vec::new(), None);
    for piece in form.split('<') {
        let tag = piece.split('>').next().unwrap();
        if tag.starts_with("input ") && (!tag.contains("checkbox") || tag.contains(" checked")) {
            found.extend(attribute(tag, "name").map(|name| (name, attribute(tag, "value").unwrap_or_default())));
        } else if tag.starts_with("select ") {
            choosing = attribute(tag, "name");
        } else if tag.starts_with("option ") && tag.contains(" selected") {
            found.extend(choosing.clone().map(|name| (name, attribute(tag, "value").unwrap_or_default())));
        }
    }
    found
}

operations::both! {
    async fn a_line_is_written_changed_by_one_and_becomes_a_class(database) {
        let house = House::over(database).await;
        testing::programme_year(&house.office, 2019).await;
        let mut officer = somebody(&house, "tinh", Role::ProvincialOfficer, "38").await;
        let empty = officer.get("/plans/2019").await.text();
        assert!(empty.contains("Kế hoạch chưa có dòng nào") && empty.contains("/plans/2019/spreadsheet"));
        assert!(officer.get("/manage").await.text().contains("href=\"/plans\""));
        assert!(officer.get("/plans").await.text().contains("href=\"/plans/2019\""));

        let mut wrong = fields(&house).await;
        wrong[3].1 = "0".into();
        wrong[7].1 = "nhiều".into();
        let answer = post(&mut officer, "/plans/2019/new", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = answer.text();
        assert!(page.contains("href=\"#f-runs\"") && page.contains("value=\"nhiều\"") && page.contains("Hội trường &lt;lớn&gt;") && page.contains("Đợt 1"));
        let answer = post(&mut officer, "/plans/2019/new", &fields(&house).await).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let path = answer.location().strip_suffix("?done=added").unwrap().to_owned();
        let again = post(&mut officer, "/plans/2019/new", &fields(&house).await).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("Dòng 2019-01 đã lập đúng"));
        let shown = officer.get(&path).await.text();
        assert!(shown.contains("1.280.000 đ") && shown.contains("Bỏ dòng này") && shown.contains("được chọn trong năm"));
        let plan = officer.get("/plans/2019").await.text();
        assert!(plan.contains("0 / 70") && plan.contains("<svg") && plan.contains("Quý III") && !plan.contains("style="));

        // Two open the form; the second is told.
        let edit = officer.get(&format!("{path}/edit")).await.text();
        let mut first = sent(&edit, &format!("{path}/edit"));
        assert!(first.contains(&("quarter".into(), "3".into())) && first.contains(&("audience".into(), "selected".into())));
        first.iter_mut().find(|(name, _)| name == "participants").unwrap().1 = "80".into();
        assert_eq!(post(&mut officer, &format!("{path}/edit"), &first).await.status, StatusCode::SEE_OTHER);
        let late = post(&mut officer, &format!("{path}/edit"), &first).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text().contains("Dữ liệu đã thay đổi"));

        // A class is made from the line: prefilled, and nothing of it is lost when the form is drawn again.
        let id = path.strip_prefix("/plans/lines/").unwrap();
        let page = officer.get(&format!("/runs/new?line={id}")).await.text();
        let mut run = sent(&page, "/runs/new");
        for (name, value) in [("plan_line", id), ("capacity", "40"), ("selection_year", "2019"), ("name", "Lớp 1"), ("venue", "Hội trường <lớn>"), ("audience", "organisations")] {
            assert!(run.contains(&(name.to_owned(), value.to_owned())), "{name}: {run:?}");
        }
        let day = &run.iter().find(|(name, _)| name == "sessions.0.day").unwrap().1;
        assert!(day.starts_with("2019-07-0"), "in its quarter: {day}");
        run.retain(|(name, _)| name != "do");
        let with = |button: &str| [run.clone(), vec![("do".into(), button.into())]].concat();
        let more = post(&mut officer, "/runs/new", &with("add")).await.text();
        assert!(sent(&more, "/runs/new").contains(&("plan_line".into(), id.into())));
        let out = post(&mut officer, "/runs/new", &with("detach")).await.text();
        assert!(sent(&out, "/runs/new").iter().all(|(name, _)| name != "plan_line") && out.contains("Lớp 1"));
        let saved = post(&mut officer, "/runs/new", &with("save")).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let run_path = saved.location().strip_suffix("?done=drafted").unwrap().to_owned();
        assert!(officer.get(&run_path).await.text().contains(&format!("href=\"{path}\"")));
        let change = officer.get(&format!("{run_path}/edit")).await.text();
        assert!(sent(&change, &format!("{run_path}/edit")).contains(&("plan_line".into(), id.into())));
        assert!(officer.get(&path).await.text().contains("nên không bỏ dòng được"));
        let refused = officer.post(&format!("{path}/remove"), &[("version", "2")]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("Đã có 1 lớp lập từ dòng này"));
        assert_eq!(officer.post(&format!("{run_path}/publish"), &[]).await.status, StatusCode::SEE_OTHER);
        let mut visitor = house.anonymous();
        assert!(!visitor.get(&run_path).await.text().contains("/plans/"), "visitors learn nothing of the plan");
        assert!(officer.get(&format!("/runs/new?line={}", run_path.rsplit('/').next().unwrap())).await.status == StatusCode::NOT_FOUND);
    }

    async fn a_sheet_is_looked_through_corrected_and_confirmed(database) {
        let house = House::over(database).await;
        testing::programme_year(&house.office, 2019).await;
        let mut officer = somebody(&house, "tinh", Role::ProvincialOfficer, "38").await;
        let mut district = somebody(&house, "huyen", Role::UnitOfficer, "395").await;
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let rows: [&[&str]; 4] = [
            &["Course", "Quý", "Số lớp", "Participants", "Ý kiến", "Địa điểm"],
            &["ENT-4", "Quý III", "2", "80", "x", "<b>Sân</b>"],
            &["OFF-1", "I", "1", "60", "", ""],
            &["Không có", "mùa hè", "0", "9", "", ""],
        ];
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(cells) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
        let bytes = book.save_to_buffer().unwrap();
        assert_eq!(district.upload("/plans/2019/spreadsheet", &[], "file", "x.xlsx", &bytes).await.status, StatusCode::NOT_FOUND);
        assert!(officer.get("/plans/2019/spreadsheet").await.text().contains("/plans/2019/template.xlsx"));
        let bad = officer.upload("/plans/2019/spreadsheet", &[], "file", "x.xlsx", b"no sheet").await;
        assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.text().contains("f-file-fault"));
        let page = officer.upload("/plans/2019/spreadsheet", &[], "file", "x.xlsx", &bytes).await.text();
        for told in [
            "3 lỗi ở 1 dòng",
            "Dòng 4, Khóa học “Không có”: Không có khóa học mang mã hoặc tên này.",
            "Dòng 4, Quý “mùa hè”: Hãy chọn một trong các mục có sẵn.",
            "Không đọc các cột: Ý kiến.",
            "#f-rows-2-course",
            "&lt;b&gt;Sân",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let action = "/plans/2019/spreadsheet/confirm";
        let mut rows = sent(&page, action);
        let again = post(&mut officer, action, &rows).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(officer.get("/plans/2019").await.text().contains("chưa có dòng nào"), "nothing is stored while there is a fault");
        rows.push(("rows.2.left_out".into(), "yes".into()));
        assert_eq!(post(&mut district, action, &rows).await.status, StatusCode::NOT_FOUND);
        let done = post(&mut officer, action, &rows).await;
        assert_eq!(done.location(), "/plans/2019?done=imported&new=2&changed=0&known=0");
        assert!(officer.get(done.location()).await.text().contains("2 dòng mới, 0 dòng sửa"));
        assert_eq!(post(&mut officer, action, &rows).await.location(), "/plans/2019?done=imported&new=0&changed=0&known=2");

        // What is exported is imported again: nothing changes; and a change is seen before it is made.
        let file = officer.get("/plans/2019/plan.xlsx").await;
        assert!(file.header("content-disposition").contains("ke-hoach-tap-huan-2019.xlsx"));
        let page = officer.upload("/plans/2019/spreadsheet", &[], "file", "x.xlsx", &file.bytes).await.text();
        assert!(page.contains("Cả 2 dòng đều nhập được") && page.contains("Đã có, không đổi"), "{page}");
        let mut rows = sent(&page, action);
        assert_eq!(post(&mut officer, action, &rows).await.location(), "/plans/2019?done=imported&new=0&changed=0&known=2");
        rows.iter_mut().find(|(name, _)| name == "rows.0.participants").unwrap().1 = "61".into();
        let unseen = post(&mut officer, action, &rows).await;
        assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = unseen.text();
        assert!(page.contains("“60” → “61”") && page.contains("Sửa dòng 2019-"), "{page}");
        assert_eq!(post(&mut officer, action, &sent(&page, action)).await.location(), "/plans/2019?done=imported&new=0&changed=1&known=1");
    }
}
