//! Certificates over HTTP: who may do what, the whole way from issuing to verifying, and how guessing is slowed down.

use axum::http::StatusCode;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{CertificateId, RunId};
use domain::organisations::OrganisationKind;
use operations::{certificates, testing};
use server::testing::House;

/// A house with a closed run of two people, a signatory, and who knocks.
struct Scene {
    house: House,
    officer: Actor,
    trainer: Actor,
    own: Actor,
    strangers: Vec<Actor>,
    run: RunId,
}

async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (province, commune) = (testing::unit(office, "38").await, testing::unit(office, "15568").await);
    let elsewhere = testing::unit(office, "14758").await;
    let htx = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
    let other = testing::organisation(office, OrganisationKind::Enterprise, "Công ty Xa", elsewhere).await;
    let officer = testing::actor(office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let trainer = testing::actor(office, "giangvien", Role::Trainer, Scope::Unit(province)).await;
    let own = testing::actor(office, "xuanlap", Role::Representative, Scope::Organisation(htx)).await;
    let strangers = vec![
        testing::actor(office, "congtyxa", Role::Representative, Scope::Organisation(other)).await,
        testing::actor(office, "canbo", Role::UnitOfficer, Scope::Unit(elsewhere)).await,
        testing::actor(office, "lanhdao", Role::Manager, Scope::Unit(elsewhere)).await,
        testing::actor(office, "gvkhac", Role::Trainer, Scope::Unit(province)).await,
    ];
    let run = testing::closed_run(office, &trainer, htx, 2).await;
    house.clock.set("2019-07-05 08:00");
    Scene { house, officer, trainer, own, strangers, run }
}

operations::both! {
    async fn an_officer_issues_and_anyone_verifies(database) {
        let s = scene(database).await;
        let mut officer = s.house.signed_in(&s.officer).await;
        let list = format!("/runs/{}/certificates", s.run);
        let page = officer.get(&list).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("chưa có tên người ký"), "{}", page.text());
        assert_eq!(officer.post(&list, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        let book = certificates::books(&s.house.office, &s.officer).await.unwrap().remove(0);
        let settings = format!("/books/{}", book.id);
        assert!(page.text().contains(&settings));
        assert!(officer.get("/books").await.text().contains("GCN-VPĐP"));
        let mut form = vec![("superior", "UBND tỉnh"), ("issuer", "Văn phòng"), ("place", "Thanh Hóa"), ("signatory_post", "Chánh Văn phòng")];
        let refused = officer.post(&settings, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("value=\"Văn phòng\""), "what was typed is kept");
        form.push(("signatory_name", "Trần Minh Đức"));
        let saved = officer.post(&settings, &form).await;
        assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, format!("{settings}?done=saved").as_str()));
        assert!(officer.get(saved.location()).await.text().contains("Đã lưu"));

        for _double_click in 0..2 {
            let issued = officer.post(&list, &[]).await;
            assert_eq!((issued.status, issued.location()), (StatusCode::SEE_OTHER, format!("{list}?done=issued").as_str()));
        }
        let page = officer.get(&format!("{list}?done=issued")).await.text();
        assert!(page.contains("001/2019/GCN-VPĐP") && page.contains("002/2019/GCN-VPĐP") && !page.contains("003/2019"));
        let all = officer.get(&format!("{list}.pdf")).await;
        assert_eq!((all.status, all.header("content-type")), (StatusCode::OK, "application/pdf"));

        let certificate = certificates::of_run(&s.house.office, &s.officer, s.run).await.unwrap().issued.remove(0);
        let mut anyone = s.house.anonymous();
        let told = anyone.get(&format!("/verify/{}", certificate.verify_token)).await;
        assert_eq!(told.status, StatusCode::OK);
        assert_eq!(told.header("cache-control"), "private, no-store");
        for printed in ["Chứng nhận có giá trị", "001/2019/GCN-VPĐP", "Lê Thị An", "02/09/1985", "HTX Xuân Lập", "02/07/2019",
            "Xây dựng phương án, kế hoạch kinh doanh", "8 giờ, 2 buổi", "05/07/2019", "Trần Minh Đức"] {
            assert!(told.text().contains(printed), "{printed}");
        }
        let paper = anyone.get(&format!("/verify/{}/paper.pdf", certificate.verify_token)).await;
        assert!(paper.bytes.starts_with(b"%PDF"));
        assert_eq!(paper.header("content-disposition"), "inline; filename=\"giay-chung-nhan-001-2019-gcn-vpdp.pdf\"");

        let typed = anyone.get("/verify?q=1%2F2019%2Fgcn-vpdp").await.text();
        assert!(typed.contains("Lê Thị An") && !typed.contains("paper.pdf"), "a number opens no paper");
        assert!(typed.contains("<dd>1985</dd>") && !typed.contains("02/09"), "a number can be guessed, and tells no day of birth: {typed}");
        let coded = anyone.get(&format!("/verify?q={}", certificate.verify_token)).await.text();
        assert!(coded.contains("<dd>02/09/1985</dd>") && coded.contains("paper.pdf"), "who typed the code holds the paper: {coded}");
        for unknown in ["/verify/0123456789abcdefghjkmnpqrs", "/verify?q=9%2F2019", "/verify?q=%3Cscript%3E"] {
            let answer = anyone.get(unknown).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
            assert!(answer.text().contains("Không có chứng nhận này"), "{unknown}");
            assert!(!answer.text().contains("<script"));
        }
        assert_eq!(anyone.get("/verify?q=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(anyone.get("/verify").await.status, StatusCode::OK);

        let revoke = format!("/certificates/{}/revoke", certificate.id);
        assert!(officer.get(&revoke).await.text().contains("Lê Thị An"));
        assert_eq!(officer.post(&revoke, &[("reason", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(officer.post(&revoke, &[("reason", "Sai ngày sinh")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(officer.post(&revoke, &[("reason", "lần nữa")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        officer.post(&list, &[]).await;
        let told = anyone.get(&format!("/verify/{}", certificate.verify_token)).await.text();
        for said in ["Chứng nhận đã bị thu hồi", "Sai ngày sinh", "003/2019/GCN-VPĐP"] {
            assert!(told.contains(said), "{said}");
        }
    }

    async fn others_are_told_that_nothing_is_there(database) {
        let s = scene(database).await;
        testing::signatory(&s.house.office, &s.officer, "Trần Minh Đức").await;
        let certificate = certificates::issue(&s.house.office, &s.officer, s.run).await.unwrap().remove(0).id;
        let book = certificates::books(&s.house.office, &s.officer).await.unwrap().remove(0).id;
        let list = format!("/runs/{}/certificates", s.run);
        let pages = [list.clone(), format!("{list}.pdf"), format!("/certificates/{certificate}/paper.pdf"),
            format!("/certificates/{certificate}/revoke"), "/books".to_owned(), format!("/books/{book}")];
        let deeds = [list.clone(), format!("/certificates/{certificate}/revoke"), format!("/books/{book}")];

        let mut anonymous = s.house.anonymous();
        for page in &pages {
            let answer = anonymous.get(page).await;
            assert!(answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/sign-in?next="), "{page}");
        }
        for deed in &deeds {
            assert!(anonymous.post(deed, &[("reason", "x")]).await.location().starts_with("/sign-in"), "{deed}");
        }
        for stranger in &s.strangers {
            let mut stranger = s.house.signed_in(stranger).await;
            for page in &pages {
                assert_eq!(stranger.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
            }
            for deed in &deeds {
                assert_eq!(stranger.post(deed, &[("reason", "x")]).await.status, StatusCode::NOT_FOUND, "{deed}");
            }
        }
        // The trainer of the run sees the list and the papers; the representative the papers of their own people.
        for (actor, seen) in [(&s.trainer, [true, true, true]), (&s.own, [false, false, true])] {
            let mut visitor = s.house.signed_in(actor).await;
            for (n, page) in pages.iter().enumerate() {
                let expected = if seen.get(n) == Some(&true) { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(visitor.get(page).await.status, expected, "{page}");
            }
            for deed in &deeds {
                assert_eq!(visitor.post(deed, &[("reason", "x")]).await.status, StatusCode::NOT_FOUND, "{deed}");
            }
        }
        let mut officer = s.house.signed_in(&s.officer).await;
        let nobody = CertificateId(s.house.office.id());
        for page in [format!("/runs/{nobody}/certificates"), format!("/runs/{nobody}/certificates.pdf"), format!("/books/{nobody}"),
            format!("/certificates/{nobody}/paper.pdf"), format!("/certificates/{nobody}/revoke"), format!("/verify/{nobody}/paper.pdf")] {
            assert_eq!(officer.get(&page).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let still = certificates::find(&s.house.office, &s.officer, certificate).await.unwrap();
        assert_eq!(still.revoked_at, None);
    }

    async fn guessing_is_slowed_down(database) {
        let s = scene(database).await;
        let mut anyone = s.house.anonymous();
        for n in 0..30 {
            assert_eq!(anyone.get(&format!("/verify?q={n}%2F2019")).await.status, StatusCode::NOT_FOUND);
        }
        for path in ["/verify?q=1%2F2019", "/verify/abc", "/verify/abc/paper.pdf"] {
            let answer = anyone.get(path).await;
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        }
        assert_eq!(anyone.get("/verify").await.status, StatusCode::OK, "the form itself is free");
        assert_eq!(anyone.get("/verify?q=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        s.house.clock.set("2019-07-05 08:01");
        assert_eq!(anyone.get("/verify?q=1%2F2019").await.status, StatusCode::NOT_FOUND);
    }
}
