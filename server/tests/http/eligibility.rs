//! Runs for organisations with a selected product, over HTTP: planned, shown, refused with what to do, excepted.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, RunId, UnitId};
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::{House, Visitor};
use store::Database;
use store::programmes::ProgrammeYear;

struct Scene {
    house: House,
    officer: Actor,
    representative: Actor,
    organisation: OrganisationId,
    unit: UnitId,
    programme: ProgrammeYear,
    run: RunId,
}

async fn scene(database: Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, unit) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
    let officer = testing::actor(office, "tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let representative = testing::actor(office, "htx", Role::Representative, Scope::Organisation(organisation)).await;
    let programme = testing::programme_year(office, 2019).await;
    let run = testing::published_run(office, &officer, "ENT-4", 40, "2019-07-02").await;
    testing::narrowed(office, run, 2019).await;
    Scene { officer, representative, organisation, unit, programme, run, house }
}

impl Scene {
    fn at(&self, rest: &str) -> String {
        format!("/runs/{}{rest}", self.run)
    }

    async fn representative(&self) -> Visitor {
        self.house.signed_in(&self.representative).await
    }

    async fn enrol(&self, visitor: &mut Visitor) -> server::testing::Answer {
        let (organisation, person) = (self.organisation.to_string(), self.representative.person.to_string());
        visitor.post(&self.at("/enrol"), &[("organisation", &organisation), ("person", &person)]).await
    }
}

const WHY: &str = "chỉ dành cho chủ thể có sản phẩm được chọn năm 2019";

operations::both! {
    async fn everybody_sees_for_whom_it_is(database) {
        let s = scene(database).await;
        let mut anyone = s.house.anonymous();
        for path in [s.at(""), "/calendar?month=2019-07".into(), "/calendar?month=2019-07&audience=selected".into()] {
            let page = anyone.get(&path).await.text();
            assert!(page.contains("Chủ thể có sản phẩm được chọn năm 2019"), "{path}");
        }
        assert!(!anyone.get("/calendar?month=2019-07&audience=officers").await.text().contains("sản phẩm được chọn năm 2019"));
        let list = s.house.signed_in(&s.officer).await.get("/runs").await.text();
        assert!(list.contains("Chủ thể có sản phẩm được chọn năm 2019"));
    }

    async fn a_planner_chooses_among_programme_years(database) {
        let s = scene(database).await;
        let mut visitor = s.house.signed_in(&s.officer).await;
        let page = visitor.get("/runs/new").await.text();
        assert!(page.contains("Sản phẩm được chọn năm 2019") && page.contains("Không giới hạn"));
        let course = operations::courses::list(&s.house.office).await.unwrap().into_iter().find(|course| course.code == "ENT-4").unwrap();
        let (course, unit) = (course.id.to_string(), s.unit.to_string());
        let mut fields = vec![
            ("course", course.as_str()), ("name", "Lớp 2"), ("audience", "everyone"), ("selection_year", "2019"), ("unit", &unit),
            ("venue", "Hội trường"), ("capacity", "40"), ("enrolment_deadline", "2019-07-08"), ("sessions.0.day", "2019-07-09"),
            ("sessions.0.half_day", "morning"), ("do", "save"),
        ];
        let refused = visitor.post("/runs/new", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Chỉ chủ thể OCOP mới có sản phẩm được chọn"));
        assert!(refused.text().contains("<option value=\"2019\" selected"), "what was chosen comes back");
        fields[2] = ("audience", "organisations");
        fields[3] = ("selection_year", "2017");
        let refused = visitor.post("/runs/new", &fields).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("Năm 2017 chưa có chương trình"));
        fields[3] = ("selection_year", "2019");
        let planned = visitor.post("/runs/new", &fields).await;
        assert_eq!(planned.status, StatusCode::SEE_OTHER);
        let edit = visitor.get(&planned.location().replace("?done=drafted", "/edit")).await.text();
        assert!(edit.contains("<option value=\"2019\" selected"));
    }

    async fn who_is_not_selected_is_told_why_and_what_to_do(database) {
        let s = scene(database).await;
        let mut visitor = s.representative().await;
        for path in [s.at("/enrol"), s.at("/enrol/spreadsheet")] {
            let page = visitor.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains(WHY) && page.text().contains("/registrations?year=2019&amp;text=HTX"), "{path}");
            assert!(!page.text().contains("/exceptions"), "{path}");
        }
        let refused = s.enrol(&mut visitor).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(WHY));
        let organisation = s.organisation.to_string();
        let rows = [("organisation", organisation.as_str()), ("rows.0.number", "5"), ("rows.0.full_name", "Phạm Văn Dũng")];
        let refused = visitor.post(&s.at("/enrol/spreadsheet/confirm"), &rows).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(WHY) && refused.text().contains("Phạm Văn Dũng"), "what was typed stays");

        let mut officer = s.house.signed_in(&s.officer).await;
        assert!(officer.get(&s.at("/enrol?q=xuan")).await.text().contains("Chưa có sản phẩm được chọn"));
        let page = officer.get(&s.at(&format!("/enrol?organisation={organisation}"))).await.text();
        assert!(page.contains(&s.at(&format!("/exceptions?organisation={organisation}"))));

        testing::selected(&s.house.office, &s.officer, &s.programme, s.organisation).await;
        assert!(!officer.get(&s.at("/enrol?q=xuan")).await.text().contains("Chưa có sản phẩm được chọn"));
        assert_eq!(s.enrol(&mut visitor).await.status, StatusCode::SEE_OTHER);
    }

    async fn an_officer_of_the_province_makes_an_exception(database) {
        let s = scene(database).await;
        let (mut officer, organisation) = (s.house.signed_in(&s.officer).await, s.organisation.to_string());
        assert!(officer.get(&s.at("")).await.text().contains(&s.at("/exceptions")));
        assert!(officer.get(&s.at("/exceptions")).await.text().contains("Chưa có ngoại lệ nào"));
        let chosen = s.at(&format!("/exceptions?organisation={organisation}"));
        assert!(officer.get(&s.at("/exceptions?q=xuan+lap")).await.text().contains(&chosen));
        assert!(officer.get(&chosen).await.text().contains("HTX Xuân Lập"));
        let long = "dài ".repeat(300);
        for (reason, fault) in [("", "Cần nêu lý do"), (long.as_str(), "Dài quá 1000 ký tự")] {
            let refused = officer.post(&s.at("/exceptions"), &[("organisation", &organisation), ("reason", reason)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text().contains(fault) && refused.text().contains(reason.trim()) && refused.text().contains("HTX Xuân Lập"));
        }
        let fields = [("organisation", organisation.as_str()), ("reason", "Dẫn dắt chuỗi sản phẩm của xã")];
        let stranger = s.house.office.id().to_string();
        assert_eq!(officer.post(&s.at("/exceptions"), &[("organisation", &stranger), fields[1]]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.post(&format!("/runs/{stranger}/exceptions"), &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.get(&s.at(&format!("/exceptions?organisation={stranger}"))).await.status, StatusCode::NOT_FOUND);
        for (name, role) in [("huyen", Role::UnitOfficer), ("lanh.dao", Role::Manager), ("giang.vien", Role::Trainer)] {
            let actor = testing::actor(&s.house.office, name, role, Scope::Unit(s.unit)).await;
            let mut visitor = s.house.signed_in(&actor).await;
            assert_eq!(visitor.post(&s.at("/exceptions"), &fields).await.status, StatusCode::NOT_FOUND, "{role}");
        }
        let mut visitor = s.representative().await;
        assert_eq!(visitor.post(&s.at("/exceptions"), &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(s.enrol(&mut visitor).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let granted = officer.post(&s.at("/exceptions"), &fields).await;
        assert_eq!((granted.status, granted.location()), (StatusCode::SEE_OTHER, s.at("/exceptions?granted=yes").as_str()));
        let page = officer.get(granted.location()).await.text();
        for text in ["Đã cho phép tham gia", "Dẫn dắt chuỗi sản phẩm của xã", "Nguyễn Văn Thử", "12/06/2019"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(officer.post(&s.at("/exceptions"), &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(s.enrol(&mut visitor).await.status, StatusCode::SEE_OTHER);
        let people = officer.get(&s.at("/participants")).await.text();
        assert!(people.contains("Theo ngoại lệ") && people.contains(&s.at("/exceptions")));
    }

    async fn an_officer_of_the_province_withdraws_an_exception(database) {
        let s = scene(database).await;
        let granted = operations::enrolments::except(&s.house.office, &s.officer, s.run, s.organisation, "Dẫn dắt chuỗi").await.unwrap();
        let mut theirs = s.representative().await;
        assert_eq!(s.enrol(&mut theirs).await.status, StatusCode::SEE_OTHER);
        let address = format!("/exceptions/{granted}/withdraw");
        let mut officer = s.house.signed_in(&s.officer).await;
        let list = officer.get(&s.at("/exceptions")).await.text();
        assert!(list.contains(&address) && list.contains("Rút lại ngoại lệ của HTX Xuân Lập"), "{list}");
        let page = officer.get(&address).await.text();
        for text in ["HTX Xuân Lập", "Dẫn dắt chuỗi", "1 người đã đăng ký vẫn giữ chỗ.", "Chủ thể được báo bằng thư"] {
            assert!(page.contains(text), "{text}: {page}");
        }
        let long = "dài ".repeat(300);
        for (reason, fault) in [("", "Cần nêu lý do"), (long.as_str(), "Dài quá 1000 ký tự")] {
            let refused = officer.post(&address, &[("reason", reason)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            let text = refused.text();
            assert!(text.contains(fault) && text.contains(reason.trim()) && text.contains("f-reason-fault"), "{text}");
        }
        let foreign = format!("/exceptions/{}/withdraw", s.run);
        assert_eq!(officer.get(&foreign).await.status, StatusCode::NOT_FOUND);
        assert_eq!(officer.post(&foreign, &[("reason", "Lý do")]).await.status, StatusCode::NOT_FOUND);
        let mut strangers = vec![theirs];
        for (name, role) in [("huyen", Role::UnitOfficer), ("lanh.dao", Role::Manager), ("giang.vien", Role::Trainer)] {
            let actor = testing::actor(&s.house.office, name, role, Scope::Unit(s.unit)).await;
            strangers.push(s.house.signed_in(&actor).await);
        }
        for visitor in &mut strangers {
            assert_eq!(visitor.get(&address).await.status, StatusCode::NOT_FOUND);
            assert_eq!(visitor.post(&address, &[("reason", "Lý do")]).await.status, StatusCode::NOT_FOUND);
        }

        let done = officer.post(&address, &[("reason", "Nhầm đơn vị")]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, s.at("/exceptions?withdrawn=yes").as_str()));
        let list = officer.get(done.location()).await.text();
        for text in ["Đã rút lại ngoại lệ.", "Đã rút lại ngày 12/06/2019, Nguyễn Văn Thử", "Nhầm đơn vị", "1 người đã đăng ký vẫn giữ chỗ."] {
            assert!(list.contains(text), "{text}: {list}");
        }
        assert!(!list.contains(&address));
        let again = officer.post(&address, &[("reason", "Lần nữa")]).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("Ngoại lệ này đã được rút lại."));
        let mut theirs = s.representative().await;
        let refused = s.enrol(&mut theirs).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains(WHY));
        assert!(officer.get(&s.at("/participants")).await.text().contains("Theo ngoại lệ"));
        let history = theirs.get(&format!("/organisations/{}", s.organisation)).await.text();
        assert!(history.contains("Từng được tham gia theo ngoại lệ (Dẫn dắt chuỗi), đã rút lại ngày 12/06/2019"), "{history}");
    }
}
