//! Waiting lists over HTTP: joined from a full class, answered by link, by code and on a screen.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use operations::notices::{self, Letter};
use operations::testing;
use server::testing::House;

operations::both! {
    async fn who_finds_no_seat_waits_and_answers_with_one_tap(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let (province, district) = (testing::unit(office, "38").await, testing::unit(office, "395").await);
        let planner = testing::actor(office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let acts = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        let mut work = office.database.begin().await.unwrap();
        let mut known = store::people::find(&mut work, acts.person).await.unwrap().unwrap();
        known.email = Some("dai.dien@htx.example".parse().unwrap());
        store::people::change(&mut work, &known).await.unwrap();
        work.commit().await.unwrap();
        let run = testing::published_run(office, &planner, "ENT-4", 1, "2019-07-02").await;
        let taken = testing::enrolled(office, &planner, run, organisation, 1).await;
        let (id, mut people) = (organisation.to_string(), Vec::new());
        for name in ["Lê Thị Hoa", "Lê Thị Huệ", "Lê Thị Cúc"] {
            people.push(testing::person(office, name, Some(organisation)).await.to_string());
        }
        let (mut maker, mut officer) = (house.signed_in(&acts).await, house.signed_in(&planner).await);

        let enrol = format!("/runs/{run}/enrol");
        let page = maker.get(&enrol).await.text();
        assert!(page.contains("Hết chỗ") && page.contains("Lớp đã hết chỗ. Hãy ghi vào danh sách chờ."), "{page}");
        let deeds: Vec<_> = page.split("<button").skip(1).filter_map(|rest| rest.split("</button>").next()).filter(|button| button.contains("Đăng ký") || button.contains("danh sách chờ")).collect();
        assert!(deeds.len() == 2 && deeds.iter().all(|button| button.contains("name=\"wait\"")), "Enter and the only button let people wait: {page}");
        let mut form = vec![("organisation", id.as_str())];
        form.extend(people.iter().map(|person| ("person", person.as_str())));
        let full = maker.post(&enrol, &form).await;
        assert!(full.status == StatusCode::UNPROCESSABLE_ENTITY && full.text().contains("name=\"wait\""));
        assert!(!full.text().contains("Chỉ còn 0 chỗ"));
        form.push(("wait", "yes"));
        let joined = maker.post(&enrol, &form).await;
        assert_eq!(joined.location(), format!("/runs/{run}/waiting?enrolled=0&queued=3"));
        let list = maker.get(joined.location()).await.text();
        assert!(list.contains("3 người vào danh sách chờ") && list.contains("chờ, thứ 1") && list.contains("chờ, thứ 3"), "{list}");
        assert!(maker.get(&format!("/runs/{run}")).await.text().contains(">Danh sách chờ<"));
        let again = maker.post(&enrol, &form).await;
        assert!(again.location().starts_with(&format!("/runs/{run}/waiting?enrolled=0&queued=0&before=")), "{}", again.location());
        let list = maker.get(again.location()).await.text();
        assert!(list.contains("Đã chờ từ trước, không thay đổi: Lê Thị Hoa, Lê Thị Huệ, Lê Thị Cúc."), "{list}");
        assert!(!list.contains("người vào danh sách chờ") && maker.get(&enrol).await.text().contains("Đang chờ"));

        // A planner says who comes first, and why.
        let list = officer.get(&format!("/runs/{run}/waiting")).await.text();
        let entry = list.split("href=\"/waiting/").nth(3).unwrap().split('"').next().unwrap().to_owned();
        let entry = format!("/waiting/{entry}");
        assert!(officer.get(&entry).await.text().contains("Lê Thị Cúc"));
        let wrong = officer.post(&format!("{entry}/priority"), &[("seen", "0"), ("priority", "12"), ("why", "")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains("f-why"));
        let said = officer.post(&format!("{entry}/priority"), &[("seen", "0"), ("priority", "2"), ("why", "Hộ nghèo")]).await;
        assert_eq!(said.location(), format!("/runs/{run}/waiting?done=priority"));

        // A seat comes free: the letter's link shows and changes nothing, its button answers.
        let free = officer.post(&format!("/enrolments/{}/withdraw", taken[0]), &[("reason", "Ốm")]).await;
        assert_eq!(free.status, StatusCode::SEE_OTHER);
        let letters = async || {
            let mut found = Vec::new();
            for id in notices::due(office).await.unwrap() {
                let (notice, letter) = notices::claim(office, id).await.unwrap().unwrap();
                notices::sent(office, &notice).await.unwrap();
                if let Letter::SeatOffered { person, link, code, .. } = letter {
                    found.push((person, link.strip_prefix("http://ocop.test").unwrap().to_owned(), code));
                }
            }
            found
        };
        let (person, link, code) = letters().await.pop().unwrap();
        assert_eq!(person, "Lê Thị Cúc");
        let mut passer = house.anonymous();
        for _ in 0..2 {
            let page = passer.get(&link).await;
            assert!(page.status == StatusCode::OK && page.text().contains("Chỗ được giữ đến 14/06/2019 08:00"), "{}", page.text());
        }
        assert_eq!(passer.post("/offers", &[("code", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(passer.post("/offers", &[("code", "00000000")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let typed = passer.post("/offers", &[("code", &code.to_uppercase())]).await;
        assert_eq!(typed.location(), format!("/offers/{}", code.replace('-', "")));
        assert_eq!(passer.post(&link, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no answer is no answer");
        assert!(passer.post(&link, &[("answer", "decline")]).await.text().contains("Đã từ chối"));
        assert!(passer.post(&link, &[("answer", "accept")]).await.text().contains("đã được trả lời"));

        // The next is answered for on the screen; a code for the telephone is shown once.
        let inbox = maker.get("/inbox").await.text();
        assert!(inbox.contains("Lời mời nhận chỗ, chờ trả lời") && inbox.contains("đến 14/06/2019 08:00"), "{inbox}");
        assert!(maker.get("/enrolments").await.text().contains("được mời, giữ chỗ đến"));
        let list = maker.get(&format!("/runs/{run}/waiting")).await.text();
        let entry = list.split("action=\"/waiting/").nth(1).unwrap().split("/answer").next().unwrap().to_owned();
        let code = maker.post(&format!("/waiting/{entry}/code"), &[]).await.text();
        assert!(code.contains("class=\"code\""), "{code}");
        let accepted = maker.post(&format!("/waiting/{entry}/answer"), &[("answer", "accept")]).await;
        assert_eq!(accepted.location(), format!("/runs/{run}/waiting?done=accepted&who={entry}"));
        let said = maker.get(accepted.location()).await.text();
        assert!(said.contains("Lê Thị Hoa đã nhận chỗ ở lớp") && said.contains("Buổi đầu: 02/07/2019 lúc 07:30"), "{said}");
        assert!(maker.get(&format!("/runs/{run}/participants")).await.text().contains("Lê Thị Hoa"));
        let list = maker.get(&format!("/runs/{run}/waiting")).await.text();
        let last = list.split("href=\"/waiting/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let left = maker.post(&format!("/waiting/{last}/leave"), &[("reason", "")]).await;
        assert_eq!(left.location(), format!("/runs/{run}/waiting?done=left&who={last}"));
        assert!(maker.get(left.location()).await.text().contains("đã rời danh sách chờ của lớp"));
        assert!(officer.get(&format!("/runs/{run}/waiting")).await.text().contains("Đã từ chối"));
        assert_eq!(operations::doctor::examine(office).await.unwrap(), []);
    }
}
