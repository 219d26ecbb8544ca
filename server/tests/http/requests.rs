//! Requests over HTTP: asked on the page of enrolling, decided on one by one and together, changed, placed on the board.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, PersonId, RunId};
use domain::organisations::OrganisationKind;
use domain::requests::Approval;
use operations::testing;
use server::testing::{House, Visitor};

struct Scene {
    house: House,
    organisation: OrganisationId,
    people: Vec<PersonId>,
    runs: Vec<RunId>,
    province: Actor,
    maker: Visitor,
    unit: Visitor,
    officer: Visitor,
    course: String,
}

async fn scene(database: store::Database, approval: Approval, asks_again: bool) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (top, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX <Xuân> Lập", district).await;
    let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
    let unit = testing::actor(office, "can.bo.huyen", Role::UnitOfficer, Scope::Unit(district)).await;
    let province = testing::actor(office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(top)).await;
    let mut people = Vec::new();
    for name in ["Lê Thị Bình", "Lê Văn Cường", "Lê Văn Dũng"] {
        people.push(testing::person(office, name, Some(organisation)).await);
    }
    let mut runs = Vec::new();
    for day in ["2019-07-02", "2019-07-09"] {
        let run = testing::published_run_in(office, &province, "ENT-4", 1, day, district).await;
        testing::by_approval(office, run, approval, asks_again).await;
        runs.push(run);
    }
    let mut records = office.database.read().await.unwrap();
    let course = store::runs::find(&mut records, runs[0]).await.unwrap().unwrap().course_id.to_string();
    drop(records);
    let (maker, unit, officer) =
        (house.signed_in(&representative).await, house.signed_in(&unit).await, house.signed_in(&province).await);
    Scene { organisation, people, runs, province, maker, unit, officer, course, house }
}

/// The values of the fields of a name on a page.
fn values(page: &str, name: &str) -> Vec<String> {
    let marked = format!("name=\"{name}\"");
    let value = |tail: &str| Some(tail.split("value=\"").nth(1)?.split('"').next()?.to_owned());
    page.split(&marked).skip(1).filter_map(value).collect()
}

operations::both! {
    async fn a_request_goes_from_the_form_to_a_place(database) {
        let Scene { organisation, people, runs, mut maker, mut unit, mut officer, .. } = scene(database, Approval::UnitAndProvince, true).await;
        let organisation = organisation.to_string();
        let address = format!("/runs/{}/enrol", runs[0]);
        assert!(maker.get(&format!("/runs/{}", runs[0])).await.text().contains("Cấp xã rồi tỉnh duyệt"));
        let form = maker.get(&address).await.text();
        assert!(form.contains("Lớp này cần duyệt") && form.contains("Gửi đề nghị") && form.contains(&runs[1].to_string()), "{form}");
        // On a mistake everything typed comes back, beside its message.
        let (first, second) = (people[0].to_string(), runs[1].to_string());
        let wrong = [("organisation", organisation.as_str()), ("choice.1", &second), ("note", "Xin học sớm")];
        let wrong = maker.post(&address, &wrong).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = wrong.text();
        assert!(page.contains("Chưa chọn người nào") && page.contains("Xin học sớm") && page.contains(&format!("value=\"{second}\" selected")), "{page}");
        let same = runs[0].to_string();
        let twice = maker.post(&address, &[("organisation", &organisation), ("person", &first), ("choice.1", &same)]).await.text();
        assert!(twice.contains("href=\"#f-choice-1\"") && twice.contains("đã được chọn ở trên"), "{twice}");
        let asked = maker.post(&address, &[("organisation", &organisation), ("person", &first), ("choice.1", &second), ("note", "Xin học sớm")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        assert!(maker.get(&address).await.text().contains("Đã gửi đề nghị"), "who was asked for is marked");
        let list = maker.get(asked.location()).await.text();
        assert!(list.contains("Đã gửi 1 đề nghị") && list.contains("Chờ cấp xã duyệt") && !list.contains("name=\"request\""), "{list}");
        let request = list.split("href=\"/requests/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let path = format!("/requests/{request}");

        // The unit: in the inbox, on the list, returned with a reason.
        assert!(unit.get("/inbox").await.text().contains(&format!("/requests?run={}", runs[0])));
        let shown = unit.get(&path).await.text();
        assert!(shown.contains("HTX &lt;Xuân&gt; Lập") && shown.contains("Xin học sớm") && !shown.contains("<Xuân>"));
        let decide = format!("{path}/decide");
        let nothing = unit.post(&decide, &[("seen", "1"), ("ruling", "return"), ("reason", "")]).await;
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.text().contains("href=\"#f-reason\""));
        let late = unit.post(&decide, &[("seen", "0"), ("ruling", "refuse"), ("reason", "Trùng người")]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text().contains("Trùng người"), "kept as it was typed");
        assert_eq!(unit.post(&decide, &[("seen", "1"), ("ruling", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(unit.post(&decide, &[("seen", "1"), ("ruling", "return"), ("reason", "Thiếu năm sinh")]).await.location(), format!("{path}?done=decided"));

        // Completed and sent again.
        assert!(maker.get("/inbox").await.text().contains(&path));
        let back = maker.get(&path).await.text();
        let first = back.split("Quá trình").next().unwrap();
        assert!(first.contains("Thiếu năm sinh") && first.contains("Bổ sung và gửi lại"), "the reason stands before the history: {back}");
        assert!(back.contains("<details class=\"fold\">"), "taking it back is folded: {back}");
        let edit = maker.get(&format!("{path}/edit")).await.text();
        assert!(edit.contains("Thiếu năm sinh") && edit.contains(&format!("value=\"{second}\" selected")), "{edit}");
        let seen = values(&edit, "seen").remove(0);
        let empty = maker.post(&format!("{path}/edit"), &[("seen", &seen), ("note", "Sinh năm 1980")]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.text().contains("Sinh năm 1980"));
        let again = maker.post(&format!("{path}/edit"), &[("seen", &seen), ("choice.0", &same), ("choice.2", &second), ("note", "Sinh năm 1980")]).await;
        assert_eq!(again.location(), format!("{path}?done=changed"));
        assert_eq!(unit.post(&decide, &[("seen", "3"), ("ruling", "approve")]).await.status, StatusCode::SEE_OTHER);
        assert!(!unit.get(&path).await.text().contains("name=\"ruling\""), "the unit does not decide for the province");
        assert_eq!(officer.post(&decide, &[("seen", "4"), ("ruling", "approve"), ("reason", "Đủ điều kiện")]).await.status, StatusCode::SEE_OTHER);
        let shown = maker.get(&path).await.text();
        assert!(shown.contains("Đã duyệt, có chỗ") && shown.contains("Duyệt (cấp tỉnh)") && shown.contains("Đủ điều kiện"), "{shown}");
        assert!(maker.get(&format!("/runs/{}/participants", runs[0])).await.text().contains("Lê Thị Bình"));
        // What was approved asks again when it is changed, and says so; taking back needs no reason.
        assert!(maker.get(&format!("{path}/edit")).await.text().contains("Sửa thì phải duyệt lại"));
        assert_eq!(maker.post(&format!("{path}/withdraw"), &[("seen", "6")]).await.location(), format!("{path}?done=withdrawn"));
        assert!(!maker.get(&format!("/runs/{}/participants", runs[0])).await.text().contains("Lê Thị Bình"));
        assert_eq!(maker.get(&format!("{path}/edit")).await.status, StatusCode::NOT_FOUND);
    }

    async fn many_are_approved_together_and_each_is_told_by_itself(database) {
        let Scene { house, organisation, people, runs, mut unit, mut maker, .. } = scene(database, Approval::Unit, false).await;
        let organisation = organisation.to_string();
        let chosen: Vec<String> = people.iter().map(ToString::to_string).collect();
        let mut fields = vec![("organisation", organisation.as_str())];
        fields.extend(chosen.iter().map(|person| ("person", person.as_str())));
        assert_eq!(maker.post(&format!("/runs/{}/enrol", runs[0]), &fields).await.status, StatusCode::SEE_OTHER);
        let list = unit.get(&format!("/requests?run={}&state=waiting_unit", runs[0])).await.text();
        let ids = values(&list, "request");
        assert_eq!(ids.len(), 3);
        let none = unit.post("/requests/approve", &[]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text().contains("Chưa chọn mục nào"));
        let seen: Vec<(String, String)> = ids.iter().map(|id| (format!("seen.{id}"), "1".to_owned())).collect();
        let run = runs[0].to_string();
        let mut fields = vec![("run", run.as_str())];
        fields.extend(ids.iter().map(|id| ("request", id.as_str())));
        fields.extend(seen.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let report = unit.post("/requests/approve", &fields).await;
        assert_eq!(report.status, StatusCode::OK);
        let report = report.text();
        assert!(report.contains("1 người có chỗ; 2 người chưa có chỗ") && report.matches("Đã duyệt, chưa có chỗ").count() == 2, "{report}");
        let again = unit.post("/requests/approve", &fields).await.text();
        assert_eq!(again.matches("Không duyệt được").count(), 3, "sent twice, decided once");
        let elsewhere = testing::unit(&house.office, "389").await;
        let stranger = testing::actor(&house.office, "huyen.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        let mut stranger = house.signed_in(&stranger).await;
        let theirs = stranger.post("/requests/approve", &fields).await.text();
        assert!(theirs.contains("Không tìm thấy đề nghị") && !theirs.contains("Lê Văn"), "{theirs}");
        assert_eq!(stranger.get(&format!("/requests/{}", ids[0])).await.status, StatusCode::NOT_FOUND);
        assert!(!stranger.get("/requests").await.text().contains("Lê Văn"));
        assert_eq!(maker.post("/requests/approve", &fields).await.status, StatusCode::NOT_FOUND);
        for odd in ["/requests?run=x", "/requests?unit=x", "/requests?run=00000000-0000-7000-8000-000000000000"] {
            assert_eq!(unit.get(odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        assert_eq!(unit.get("/requests?state=x&page=-3").await.status, StatusCode::OK);
    }

    async fn the_board_proposes_places_and_takes_back(database) {
        let Scene { house, organisation, people, runs, province, mut unit, mut officer, course, .. } = scene(database, Approval::Province, false).await;
        testing::requested(&house.office, &province, organisation, &people, &runs).await;
        let address = format!("/courses/{course}/placing");
        assert!(officer.get(&format!("/requests?run={}", runs[0])).await.text().contains(&address));
        let board = officer.get(&address).await.text();
        assert!(board.contains("HTX &lt;Xuân&gt; Lập") && board.contains("cùng địa bàn") && !board.contains(" selected"), "{board}");
        let proposed = officer.get(&format!("{address}?propose=yes")).await.text();
        assert_eq!((proposed.matches("</option>").count(), proposed.matches(" selected>").count()), (9, 2), "{proposed}");
        assert!(proposed.contains("nguyện vọng 2") && proposed.contains("các lớp đã chọn hết chỗ"));
        let nothing = officer.post(&address, &[]).await;
        assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.text().contains("Chưa chọn mục nào"));
        // Adjusted by hand: all three into the class with one seat.
        let fields: Vec<(String, String)> = proposed.split("name=\"seen.").skip(1).map(|tail| tail.split('"').next().unwrap().to_owned())
            .flat_map(|id| [(format!("seen.{id}"), "1".to_owned()), (format!("place.{id}"), runs[0].to_string())]).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let report = officer.post(&address, &fields).await.text();
        assert!(report.contains("1 người có chỗ; 2 người chưa có chỗ") && report.matches("Chưa xếp được").count() == 2, "{report}");
        let board = officer.get(&address).await.text();
        let placing = values(&board, "placing").remove(0);
        assert!(board.contains("Lần xếp gần nhất: 1 người"));
        let undo = format!("{address}/undo");
        assert_eq!(officer.post(&undo, &[("placing", "x")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(officer.post(&undo, &[("placing", &placing)]).await.location(), format!("{address}?undone=1"));
        let late = officer.post(&undo, &[("placing", &placing)]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text().contains("đã được hoàn tác"));
        for path in [address.clone(), "/courses/00000000-0000-7000-8000-000000000000/placing".into()] {
            assert_eq!(unit.get(&path).await.status, StatusCode::NOT_FOUND);
            assert_eq!(unit.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(officer.get("/courses/00000000-0000-7000-8000-000000000000/placing").await.status, StatusCode::NOT_FOUND);
    }

    /// What a page of moving offers, where classes give places by approval; and how a history reads that nobody signed.
    async fn classes_by_approval_are_changed_to_by_changing_the_request(database) {
        let Scene { house, organisation, people, runs, province, mut maker, mut officer, .. } = scene(database, Approval::Province, false).await;
        let office = &house.office;
        let id = testing::requested(office, &province, organisation, &people[..1], &runs[..1]).await[0];
        let path = format!("/requests/{id}");
        assert_eq!(officer.post(&format!("{path}/decide"), &[("seen", "1"), ("ruling", "approve")]).await.status, StatusCode::SEE_OTHER);
        let place = operations::requests::show(office, &province, id).await.unwrap().request.enrolment_id.unwrap();
        let page = maker.get(&format!("/enrolments/{place}/transfer")).await.text();
        assert!(page.contains("Lớp cần duyệt không có ở đây") && page.contains(&format!("href=\"{path}/edit\"")), "{page}");
        assert!(page.contains("Không có lớp nào khác") && !page.contains(&runs[1].to_string()), "{page}");
        let refused = maker.post(&format!("/enrolments/{place}/transfer"), &[("to", &runs[1].to_string()), ("reason", "Gần nhà")]).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("Lớp này cần duyệt"));
        // Without a request there is none to change.
        let open = testing::published_run_in(office, &province, "ENT-4", 1, "2019-07-23", testing::unit(office, "395").await).await;
        let form = [("organisation", organisation.to_string()), ("person", people[1].to_string())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(maker.post(&format!("/runs/{open}/enrol"), &form).await.status, StatusCode::SEE_OTHER);
        let mut records = office.database.read().await.unwrap();
        let other = store::enrolments::live_of_run(&mut records, open).await.unwrap()[0].id;
        drop(records);
        let page = maker.get(&format!("/enrolments/{other}/transfer")).await.text();
        assert!(page.contains("hãy gửi đề nghị ghi danh trước") && page.contains(&format!("href=\"/runs/{}/enrol\"", runs[0])), "{page}");
        // In another's stead: who does not approve is told whom to ask.
        let page = maker.get(&format!("/enrolments/{place}/substitute")).await.text();
        assert!(page.contains("hãy nhờ cấp tỉnh làm việc này") && !page.contains("name=\"person\""), "{page}");
        let form = [("person", people[2].to_string()), ("reason", "Bận".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = maker.post(&format!("/enrolments/{place}/substitute"), &form).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("hãy nhờ cấp tỉnh làm việc này"));
        // An offer that runs out.
        let waits = testing::requested(office, &province, organisation, &people[2..], &runs[..1]).await[0];
        let approved = officer.post(&format!("/requests/{waits}/decide"), &[("seen", "1"), ("ruling", "approve")]).await;
        assert_eq!(approved.status, StatusCode::SEE_OTHER);
        assert_eq!(maker.post(&format!("{path}/withdraw"), &[("seen", "3")]).await.status, StatusCode::SEE_OTHER);
        house.clock.set("2019-06-16 08:00");
        operations::waiting::move_on(office).await.unwrap();
        let mut officer = house.signed_in(&province).await;
        let page = officer.get(&format!("/requests/{waits}")).await.text();
        assert!(page.contains("Quá hạn trả lời chỗ được mời") && page.contains("Tự động"), "{page}");
    }

    async fn a_list_becomes_requests_where_the_class_needs_approval(database) {
        let Scene { organisation, runs, mut maker, .. } = scene(database, Approval::Province, false).await;
        let organisation = organisation.to_string();
        let address = format!("/runs/{}/enrol/spreadsheet/confirm", runs[0]);
        let second = runs[1].to_string();
        let fields = [
            ("organisation", organisation.as_str()),
            ("rows.0.number", "2"),
            ("rows.0.full_name", "Phạm Thị Cúc"),
            ("rows.0.birth", "1990"),
            ("choice.1", &second),
            ("note", "Xin học sớm"),
        ];
        let asked = maker.post(&address, &fields).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
        assert!(asked.location().contains("asked=1"));
        assert!(maker.get(asked.location()).await.text().contains("Phạm Thị Cúc"));
        let bad = [("organisation", organisation.as_str()), ("rows.0.number", "2"), ("rows.0.full_name", ""), ("rows.0.birth", "x"), ("note", "Xin học sớm")];
        let page = maker.post(&address, &bad).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text().contains("Xin học sớm") && page.text().contains("Gửi đề nghị"));
    }
}
