//! Calendars over HTTP: three views, what narrows them, the calendar of one's own, and papers.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use domain::ids::RunId;
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::House;

async fn officer(house: &House) -> domain::accounts::Actor {
    let province = Scope::Unit(testing::unit(&house.office, "38").await);
    testing::actor(&house.office, "canbo", Role::ProvincialOfficer, province).await
}

async fn sessions(house: &House, run: RunId) -> Vec<domain::ids::SessionId> {
    let shown = operations::runs::show(&house.office, None, run).await.unwrap();
    shown.sessions.iter().map(|(session, _)| session.id).collect()
}

/// What `pdftotext` reads on a paper, on one line.
fn text_of(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, pdf) = (reader.stdin.take().unwrap(), pdf.to_vec());
    let writing = std::thread::spawn(move || input.write_all(&pdf));
    let text = String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap();
    writing.join().unwrap().unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

operations::both! {
    async fn three_views_show_the_same_sessions(database) {
        let house = House::over(database).await;
        let officer = officer(&house).await;
        let run = testing::published_run(&house.office, &officer, "ENT-4", 40, "2019-07-02").await;
        let link = format!("href=\"/runs/{run}\"");
        let mut reader = house.anonymous();
        for (path, times, words) in [
            ("/calendar?month=2019-07", 1, ["Tháng 7/2019", "Tuần 1/7 – 7/7"]),
            ("/calendar?month=2019-07&view=month", 2, ["id=\"d2\"", "thứ Ba 2/7: 2 buổi"]),
            ("/calendar?week=2019-W27&view=week", 2, ["Tuần 27 (1/7 – 7/7/2019)", "07:30–11:30"]),
        ] {
            let page = reader.get(path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(page.text().matches(&link).count(), times, "{path}");
            for word in words {
                assert!(page.text().contains(word), "{path}: {word}");
            }
            assert!(!page.text().contains("<script") && !page.text().contains("wasm"), "no script comes with it");
            assert!(page.text().contains("href=\"webcal://ocop.test/calendar.ics\""), "one tap");
            assert_eq!(page.header("cache-control"), "public, max-age=0, must-revalidate");
        }
        let empty = reader.get("/calendar?week=2019-W26&view=week").await.text();
        assert!(empty.contains("Chưa có lớp nào trong tuần này") && empty.contains("/calendar?week=2019-W27&amp;view=week"));
        let odd = reader.get("/calendar?week=2019-W99&view=week").await.text();
        assert!(odd.contains("Tuần 24"), "what cannot be read is this week");
    }

    async fn venues_and_trainers_are_offered_and_narrow(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let officer = officer(&house).await;
        let district = testing::unit(office, "395").await;
        let (venue, room) = testing::room(office, &officer, district, "Trung tâm Hội nghị", "Hội trường A").await;
        let run = testing::published_run(office, &officer, "ENT-4", 40, "2019-07-02").await;
        let mut reader = house.anonymous();
        assert!(!reader.get("/calendar?month=2019-07").await.text().contains("name=\"venue\""), "nothing to choose from");
        testing::held_in(office, sessions(&house, run).await[0], room).await;
        testing::taught_by(office, run, officer.person).await;
        let page = reader.get("/calendar?month=2019-07").await.text();
        assert!(page.contains("name=\"venue\"") && page.contains("Trung tâm Hội nghị") && page.contains("name=\"trainer\""));
        let week = reader.get(&format!("/calendar?week=2019-W27&view=week&venue={venue}")).await.text();
        assert_eq!(week.matches("class=\"slot\"").count(), 1, "the session in its rooms alone");
        assert!(week.contains("Hội trường A, Hội trường tỉnh") && week.contains("Bỏ lọc: Trung tâm Hội nghị"));
        assert!(week.contains(&format!("webcal://ocop.test/calendar.ics?venue={venue}")), "the feed is as narrow");
        let nobody = reader.get(&format!("/calendar?month=2019-07&trainer={venue}")).await.text();
        assert!(nobody.contains("Không có lớp nào phù hợp"));
    }

    async fn what_is_called_off_is_struck_through_with_its_reason(database) {
        let house = House::over(database).await;
        let officer = officer(&house).await;
        let run = testing::published_run(&house.office, &officer, "ENT-4", 40, "2019-07-02").await;
        operations::runs::cancel_session(&house.office, &officer, sessions(&house, run).await[0], "Mất điện").await.unwrap();
        let mut reader = house.anonymous();
        let list = reader.get("/calendar?month=2019-07").await.text();
        assert!(list.contains("<s>Buổi sáng 02/07/2019</s>") && list.contains("Đã hủy: Mất điện"));
        let month = reader.get("/calendar?month=2019-07&view=month").await.text();
        assert!(month.matches("<li class=\"struck\">").count() == 1 && month.contains("Đã hủy: Mất điện"));
        let week = reader.get("/calendar?week=2019-W27&view=week").await.text();
        assert!(week.matches("class=\"slot off\"").count() == 1 && week.contains("Đã hủy: Mất điện"));
    }

    async fn somebodys_own_calendar_says_why_each_session_stands_there(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let officer = officer(&house).await;
        let district = testing::unit(office, "395").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let representative = testing::actor(office, "daidien", Role::Representative, Scope::Organisation(organisation)).await;
        let trainer = testing::actor(office, "giangvien", Role::Trainer, Scope::Unit(district)).await;
        let run = testing::published_run_in(office, &officer, "ENT-4", 40, "2019-07-02", district).await;
        testing::taught_by(office, run, trainer.person).await;
        let mut sender = house.signed_in(&representative).await;
        let july = "/my/calendar?month=2019-07";
        let empty = sender.get(july).await;
        assert!(empty.text().contains("Bạn không có buổi nào trong thời gian này"));
        assert_eq!(empty.header("cache-control"), "private, no-store");
        testing::enrolled(office, &officer, run, organisation, 2).await;
        let page = sender.get(july).await.text();
        assert!(page.contains("Người của đơn vị") && page.contains("Học viên: Lê Thị An, Lê Thị Bình"));
        assert!(page.contains("href=\"/my/calendar?month=2019-07&amp;view=month\""));
        assert!(sender.get(&format!("{july}&part=attending")).await.text().contains("Bạn không có buổi nào"));
        let mut teacher = house.signed_in(&trainer).await;
        for path in ["/my/calendar?month=2019-07", "/my/calendar?week=2019-W27&view=week", "/my/calendar?month=2019-07&view=month"] {
            assert_eq!(teacher.get(path).await.text().matches(&format!("href=\"/runs/{run}\"")).count(), 2, "{path}");
        }
        let taught = teacher.get(july).await.text();
        assert!(taught.contains("Tôi dạy") && !taught.contains("Lê Thị An"), "a trainer finds names in the register, not here");
        let mut leader = house.signed_in(&officer).await;
        assert!(leader.get(july).await.text().contains(&format!("/runs/{run}")), "the whole province is theirs");
        assert!(leader.get("/calendar").await.text().contains("Của tôi") && !house.anonymous().get("/calendar").await.text().contains("Của tôi"));
    }

    async fn papers_say_what_the_run_is(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let officer = officer(&house).await;
        let district = testing::unit(office, "395").await;
        let (_, room) = testing::room(office, &officer, district, "Trung tâm Hội nghị", "Hội trường A").await;
        let run = testing::published_run_in(office, &officer, "ENT-4", 40, "2019-07-02", district).await;
        testing::taught_by(office, run, officer.person).await;
        let ids = sessions(&house, run).await;
        testing::held_in(office, ids[0], room).await;
        operations::runs::cancel_session(office, &officer, ids[1], "Mất điện").await.unwrap();
        let mut reader = house.anonymous();
        let page = reader.get(&format!("/runs/{run}")).await.text();
        assert!(page.contains(&format!("/runs/{run}/timetable.pdf")) && page.contains(&format!("webcal://ocop.test/runs/{run}/calendar.ics")));
        let timetable = reader.get(&format!("/runs/{run}/timetable.pdf")).await;
        assert_eq!(timetable.header("content-type"), "application/pdf");
        let text = text_of(&timetable.bytes);
        for words in [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "THỜI KHÓA BIỂU", "Lớp 1", "02/07/2019", "Thứ Ba", "Sáng", "07:30 – 11:30",
            "Nguyễn Văn Thử", "Hội trường A", "Hủy: Mất điện", "ngày 12 tháng 6 năm 2019", "01 buổi", "http://ocop.test/runs/",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("Bản nháp"));
        let door = reader.get(&format!("/sessions/{}/door.pdf", ids[0])).await;
        let text = text_of(&door.bytes);
        for words in ["Hội trường A", "07:30 – 11:30", "Nguyễn Văn Thử", "Buổi 1", "Lớp 1", "02/07/2019"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("ĐÃ HỦY"));
        assert!(text_of(&reader.get(&format!("/sessions/{}/door.pdf", ids[1])).await.bytes).contains("ĐÃ HỦY"));

        // A draft is printed for its planners alone, and says that it is one.
        let draft = testing::draft_run_in(office, &officer, "ENT-4", 40, "2019-07-05", district).await;
        let path = format!("/runs/{draft}/timetable.pdf");
        assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
        let paper = house.signed_in(&officer).await.get(&path).await;
        assert!(text_of(&paper.bytes).contains("Bản nháp"));
        assert_eq!(paper.header("cache-control"), "private, no-store");
        let attendance = house.signed_in(&officer).await.get(&format!("/runs/{run}/attendance")).await.text();
        assert!(attendance.contains(&format!("/sessions/{}/door.pdf", ids[0])) && attendance.contains(&format!("/sessions/{}/sheet.pdf", ids[0])));
    }
}
