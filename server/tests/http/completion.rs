//! Closing a run over HTTP: shown, then stored; overridden with a reason; wrong people find nothing.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::{MarkCommand, MarkSource, MarkStatus, NewMark};
use domain::ids::{EnrolmentId, RunId};
use domain::organisations::OrganisationKind;
use operations::{attendance, completion, testing};
use server::testing::House;

struct Class {
    house: House,
    officer: Actor,
    run: RunId,
    people: Vec<EnrolmentId>,
}

/// Two people in a run that has ended: the first was there in the morning, the second never; the afternoon is unmarked.
async fn class(database: store::Database) -> Class {
    let house = House::over(database).await;
    let office = &house.office;
    let officer = testing::actor(office, "canbo", Role::ProvincialOfficer, Scope::Unit(testing::unit(office, "38").await)).await;
    let organisation =
        testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", testing::unit(office, "395").await).await;
    let run = testing::published_run(office, &officer, "ENT-4", 40, "2019-07-02").await;
    let people = testing::enrolled(office, &officer, run, organisation, 2).await;
    house.clock.set("2019-07-02 17:00");
    let session = attendance::of_run(office, &officer, run).await.unwrap().sessions[0].session.id;
    let marks = people.iter().zip([MarkStatus::Present, MarkStatus::Absent]);
    let marks = marks.map(|(person, status)| NewMark {
        enrolment: *person,
        status,
        note: None,
        nonce: office.secret(),
        client_time: None,
        seen: None,
    });
    let command = MarkCommand { session, marks: marks.collect(), source: MarkSource::Form };
    attendance::mark(office, &officer, &command).await.unwrap();
    Class { officer, run, people, house }
}

operations::both! {
    async fn decisions_are_shown_confirmed_and_overridden(database) {
        let class = class(database).await;
        let mut visitor = class.house.signed_in(&class.officer).await;
        let (close, decisions) = (format!("/runs/{}/close", class.run), format!("/runs/{}/completion", class.run));
        assert_eq!(visitor.get(&decisions).await.status, StatusCode::NOT_FOUND, "nothing is decided yet");
        let page = visitor.get(&close).await.text();
        assert!(page.contains("0 / 2 người hoàn thành") && page.contains("Còn 2 lượt chưa điểm danh") && page.contains("50 %"), "{page}");

        let seen = completion::preview(&class.house.office, &class.officer, class.run).await.unwrap().fingerprint;
        let (outcome, reason) = (format!("outcome.{}", class.people[0]), format!("reason.{}", class.people[0]));
        let answer = visitor.post(&close, &[("seen", &seen), (&outcome, "completed"), (&reason, "")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Cần nêu lý do") && answer.text().contains("Còn 2 lượt chưa điểm danh"));
        let answer = visitor.post(&close, &[("seen", "other"), ("accept_unmarked", "yes")]).await;
        assert!(answer.text().contains("Dữ liệu đã thay đổi"), "{}", answer.text());
        let fields = [("seen", seen.as_str()), (&outcome, "completed"), (&reason, "Học bù"), ("accept_unmarked", "yes")];
        let answer = visitor.post(&close, &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{decisions}?closed=yes").as_str()));
        assert_eq!(visitor.post(&close, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
        assert_eq!(visitor.get(&close).await.location(), decisions);
        let page = visitor.get(answer.location()).await.text();
        assert!(page.contains("1 / 2 người hoàn thành") && page.contains("Học bù") && page.contains("Lớp đã kết thúc"), "{page}");

        let person = class.people[1].to_string();
        let answer = visitor.post(&decisions, &[("enrolment", &person), ("outcome", "completed"), ("reason", " ")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Cần nêu lý do"));
        let answer = visitor.post(&decisions, &[("enrolment", &person), ("outcome", "completed"), ("reason", "Đã thi lại")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = visitor.get(&decisions).await.text();
        assert!(page.contains("2 / 2 người hoàn thành") && page.contains("Đã thi lại"));
    }

    async fn runs_of_others_are_not_found(database) {
        let class = class(database).await;
        let office = &class.house.office;
        let province = testing::unit(office, "38").await;
        let paths = [format!("/runs/{}/close", class.run), format!("/runs/{}/completion", class.run)];
        let seen = completion::preview(office, &class.officer, class.run).await.unwrap().fingerprint;
        let person = class.people[0].to_string();
        let fields =
            [("seen", seen.as_str()), ("accept_unmarked", "yes"), ("enrolment", &person), ("outcome", "completed"), ("reason", "x")];
        for role in [Role::Trainer, Role::UnitOfficer, Role::Manager] {
            let stranger = testing::actor(office, role.as_str(), role, Scope::Unit(province)).await;
            let mut visitor = class.house.signed_in(&stranger).await;
            for path in &paths {
                assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{role} {path}");
                assert_eq!(visitor.post(path, &fields).await.status, StatusCode::NOT_FOUND, "{role} {path}");
            }
        }
        let mut officer = class.house.signed_in(&class.officer).await;
        for path in ["/runs/x/close", "/runs/x/completion", "/runs/00000000-0000-0000-0000-000000000000/close"] {
            assert_eq!(officer.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in &paths {
            assert!(class.house.anonymous().get(path).await.location().starts_with("/sign-in?next="));
            assert!(class.house.anonymous().post(path, &fields).await.location().starts_with("/sign-in"));
        }
        let run = attendance::of_run(office, &class.officer, class.run).await.unwrap().run;
        assert_eq!(run.closed_at, None);
    }
}
