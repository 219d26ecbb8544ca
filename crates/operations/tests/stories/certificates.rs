//! Certificates: one each, numbered without gap, frozen, revoked but never lost, verified by anyone.

use crate::scene;
use std::net::{IpAddr, Ipv4Addr};

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::ids::CertificateId;
use domain::organisations::OrganisationKind;
use operations::{certificates, testing};
use store::certificates::Certificate;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn numbers(certificates: &[Certificate]) -> Vec<i64> {
    certificates.iter().map(|certificate| certificate.number).collect()
}

operations::both! {
    async fn everybody_who_completed_gets_one_in_the_order_of_given_names(database) {
        let s = scene::closed_run(database, 4).await;
        let refused = certificates::issue(&s.office, &s.officer, s.run).await.unwrap_err();
        assert!(refused.is(&Refusal::SignatoryMissing));
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let mut work = s.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE person SET email = given_name || '@example.vn' WHERE given_name IN ('An', 'Dũng')").await;
        work.commit().await.unwrap();
        let issued = certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        assert_eq!(numbers(&issued), [1, 2, 3, 4]);
        assert_eq!(issued[0].serial, "001/2019/GCN-VPĐP");
        let names: Vec<_> = issued.iter().map(|c| c.person_name.as_str()).collect();
        assert_eq!(names, ["Lê Thị An", "Lê Thị Bình", "Lê Thị Dũng", "Lê Thị Đông"]);
        assert_eq!(certificates::issue(&s.office, &s.officer, s.run).await.unwrap(), issued, "a double click");
        let mut records = s.office.database.read().await.unwrap();
        assert_eq!(store::notices::waiting(&mut records).await.unwrap(), 2, "a letter to each address, once");
        drop(records);
        let list = certificates::of_run(&s.office, &s.trainer, s.run).await.unwrap();
        assert!(list.due.is_empty() && !list.may_issue && list.issued == issued);

        let told = certificates::verify(&s.office, HERE, &issued[1].verify_token).await.unwrap();
        let printed = &told.printed.certificate;
        assert_eq!((printed.person_name.as_str(), printed.organisation_name.as_str()), ("Lê Thị Bình", "HTX Xuân Lập"));
        assert_eq!((printed.sessions, printed.hours, printed.signatory_name.as_str()), (2, 8, "Trần Minh Đức"));
        assert_eq!(told.printed.verify_address, format!("http://ocop.test/verify/{}", issued[1].verify_token));

        let open = testing::published_run(&s.office, &s.trainer, "ENT-1", 40, "2019-07-10").await;
        assert!(certificates::issue(&s.office, &s.officer, open).await.unwrap_err().is(&Refusal::NothingToIssue));
    }

    async fn a_name_that_cannot_be_printed_gets_no_number(database) {
        let s = scene::closed_run(database, 2).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let rename = async |to: &str, from: &str| {
            let mut work = s.office.database.begin().await.unwrap();
            store::testing::raw(&mut work, &format!("UPDATE enrolment SET person_name = '{to}' WHERE person_name = '{from}'")).await;
            work.commit().await.unwrap();
        };
        rename("Lê Thị 李", "Lê Thị Bình").await;
        let refused = certificates::issue(&s.office, &s.officer, s.run).await.unwrap_err();
        assert!(refused.is(&Refusal::NotPrintable { text: "Lê Thị 李".into() }));
        rename("Lê Thị Bình", "Lê Thị 李").await;
        assert_eq!(numbers(&certificates::issue(&s.office, &s.officer, s.run).await.unwrap()), [1, 2]);
    }

    async fn officers_who_issue_at_once_issue_one_each_without_a_gap(database) {
        let s = scene::closed_run(database, 6).await;
        let other = testing::closed_run(&s.office, &s.trainer, s.organisation, 5).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..10 {
            let (office, officer) = (s.office.clone(), s.officer.clone());
            let run = if n % 2 == 0 { s.run } else { other };
            tasks.spawn(async move { certificates::issue(&office, &officer, run).await.unwrap().len() });
        }
        let mut given = tasks.join_all().await;
        given.sort_unstable();
        assert_eq!(given, [5, 5, 5, 5, 5, 6, 6, 6, 6, 6]);
        let mut all = certificates::of_run(&s.office, &s.officer, s.run).await.unwrap().issued;
        all.extend(certificates::of_run(&s.office, &s.officer, other).await.unwrap().issued);
        let mut numbers = numbers(&all);
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=11).collect::<Vec<i64>>());
        assert_eq!(operations::doctor::examine(&s.office).await.unwrap(), []);
    }

    async fn numbers_start_again_each_local_year(database) {
        let s = scene::closed_run(database, 1).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        s.clock.set("2019-12-31 23:59");
        certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        s.clock.set("2019-07-03 08:00");
        let other = testing::closed_run(&s.office, &s.trainer, s.organisation, 1).await;
        // Still the old year in UTC.
        s.clock.set("2020-01-01 00:01");
        let issued = certificates::issue(&s.office, &s.officer, other).await.unwrap();
        assert_eq!(issued[0].serial, "001/2020/GCN-VPĐP");
    }

    async fn papers_never_change_once_printed(database) {
        let s = scene::closed_run(database, 2).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let issued = certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        let (_, before) = certificates::paper(&s.office, &s.officer, issued[0].id).await.unwrap();
        assert!(before.starts_with(b"%PDF"));
        let told = certificates::verify(&s.office, HERE, &issued[0].verify_token).await.unwrap();

        let mut work = s.office.database.begin().await.unwrap();
        store::testing::raw(&mut work, "UPDATE person SET full_name = 'Người Khác'; UPDATE organisation SET name = 'Tên mới';
            UPDATE course SET title = 'Khóa khác'; UPDATE unit SET name = 'Nơi khác'").await;
        work.commit().await.unwrap();
        testing::signatory(&s.office, &s.officer, "Người Ký Khác").await;
        let (_, after) = certificates::paper_by_token(&s.office, HERE, &issued[0].verify_token).await.unwrap();
        assert!(before == after, "the bytes are the same");
        assert_eq!(certificates::verify(&s.office, HERE, &issued[0].verify_token).await.unwrap(), told);
        // A paper that is printed late says what was true when it was issued, too.
        let (_, late) = certificates::paper(&s.office, &s.officer, issued[1].id).await.unwrap();
        let mut records = s.office.database.read().await.unwrap();
        assert!(store::certificates::unprinted(&mut records, s.run).await.unwrap().is_empty());
        assert!(late != before);
        assert!(certificates::papers_of_run(&s.office, &s.officer, s.run).await.unwrap().starts_with(b"%PDF"));
    }

    async fn a_revoked_certificate_stays_and_names_its_successor(database) {
        let s = scene::closed_run(database, 2).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let issued = certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        let first = &issued[0];
        let refused = certificates::revoke(&s.office, &s.officer, first.id, "  ").await.unwrap_err();
        assert!(refused.is(&Refusal::ReasonMissing));
        certificates::revoke(&s.office, &s.officer, first.id, "Sai  ngày sinh").await.unwrap();
        assert!(certificates::revoke(&s.office, &s.officer, first.id, "lần nữa").await.unwrap_err().is(&Refusal::Revoked));
        let told = certificates::verify(&s.office, HERE, &first.verify_token).await.unwrap();
        assert_eq!(told.certificate.revocation_reason.as_deref(), Some("Sai ngày sinh"));
        assert_eq!(told.replaced_by, None);

        let again = certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        assert_eq!(numbers(&again), [1, 2, 3]);
        let told = certificates::verify(&s.office, HERE, &first.verify_token).await.unwrap();
        assert_eq!(told.replaced_by.as_deref(), Some("003/2019/GCN-VPĐP"));
        assert_eq!(certificates::verify(&s.office, HERE, &issued[1].verify_token).await.unwrap().replaced_by, None);
        let of_person = certificates::of_person(&s.office, &s.officer, first.person_id).await.unwrap();
        assert_eq!(numbers(&of_person), [3, 1]);
    }

    async fn serials_are_found_however_they_are_typed(database) {
        let s = scene::closed_run(database, 2).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let issued = certificates::issue(&s.office, &s.officer, s.run).await.unwrap();
        let token = issued[1].verify_token.to_uppercase();
        for typed in ["002/2019/GCN-VPĐP", " 2 / 2019 / gcn-vpdp", "2/2019", token.as_str()] {
            assert_eq!(certificates::by_serial(&s.office, HERE, typed).await.unwrap().certificate.id, issued[1].id, "{typed}");
        }
        for typed in ["003/2019/GCN-VPĐP", "002/2020/GCN-VPĐP", "002/2019/GCN-X", "abc", "0123456789abcdefghjkmnpqrs"] {
            assert!(certificates::by_serial(&s.office, HERE, typed).await.unwrap_err().is(&Refusal::NotFound), "{typed}");
        }
        assert!(certificates::by_serial(&s.office, HERE, " ").await.unwrap_err().is(&Refusal::Missing));
        assert!(certificates::verify(&s.office, HERE, "").await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn others_see_nothing_and_change_nothing(database) {
        let s = scene::closed_run(database, 1).await;
        testing::signatory(&s.office, &s.officer, "Trần Minh Đức").await;
        let elsewhere = testing::unit(&s.office, "14758").await;
        let stranger = testing::organisation(&s.office, OrganisationKind::Enterprise, "Công ty Xa", elsewhere).await;
        let stranger = testing::actor(&s.office, "xa", Role::Representative, Scope::Organisation(stranger)).await;
        let own = testing::actor(&s.office, "xuanlap", Role::Representative, Scope::Organisation(s.organisation)).await;
        let officer_elsewhere = testing::actor(&s.office, "cb", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        let book = certificates::books(&s.office, &s.officer).await.unwrap().remove(0);
        for actor in [&stranger, &own, &officer_elsewhere, &s.trainer] {
            assert!(certificates::issue(&s.office, actor, s.run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(certificates::books(&s.office, actor).await.unwrap_err().is(&Refusal::NotFound));
            let changed = certificates::change_book(&s.office, actor, book.id, &Default::default()).await;
            assert!(changed.unwrap_err().is(&Refusal::NotFound));
        }
        let issued = certificates::issue(&s.office, &s.officer, s.run).await.unwrap().remove(0);
        for actor in [&stranger, &officer_elsewhere] {
            assert!(certificates::of_run(&s.office, actor, s.run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(certificates::paper(&s.office, actor, issued.id).await.unwrap_err().is(&Refusal::NotFound));
            assert!(certificates::papers_of_run(&s.office, actor, s.run).await.unwrap_err().is(&Refusal::NotFound));
            assert!(certificates::of_person(&s.office, actor, issued.person_id).await.unwrap().is_empty());
        }
        for actor in [&stranger, &own, &officer_elsewhere, &s.trainer] {
            assert!(certificates::revoke(&s.office, actor, issued.id, "không").await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(certificates::paper(&s.office, &own, issued.id).await.is_ok());
        assert!(certificates::paper(&s.office, &s.trainer, issued.id).await.is_ok());
        let nobody = CertificateId(s.office.id());
        assert!(certificates::paper(&s.office, &s.officer, nobody).await.unwrap_err().is(&Refusal::NotFound));
        assert!(certificates::revoke(&s.office, &s.officer, nobody, "x").await.unwrap_err().is(&Refusal::NotFound));
    }

    async fn the_settings_of_a_book_are_checked(database) {
        let s = scene::closed_run(database, 1).await;
        let book = certificates::books(&s.office, &s.officer).await.unwrap().remove(0);
        let form = certificates::BookForm {
            superior: "x".repeat(151), issuer: " ".into(), place: "Thanh Hóa".into(),
            signatory_post: "a\nb\nc\nd".into(), signatory_name: "R2D2".into(),
        };
        let refused = certificates::change_book(&s.office, &s.officer, book.id, &form).await.unwrap_err();
        let operations::Failure::Refused(faults) = refused else { panic!("{refused}") };
        let fields: Vec<_> = faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["superior", "issuer", "signatory_post", "signatory_name"]);
        let form = certificates::BookForm { superior: "UBND tỉnh".into(), issuer: "Văn phòng".into(),
            signatory_post: "KT. Chánh Văn phòng\r\nPhó Chánh Văn phòng\r\n".into(), signatory_name: " Lê  Hoa ".into(), ..form };
        certificates::change_book(&s.office, &s.officer, book.id, &form).await.unwrap();
        let book = certificates::book(&s.office, &s.officer, book.id).await.unwrap();
        assert_eq!(book.signatory_post, "KT. Chánh Văn phòng\nPhó Chánh Văn phòng");
        assert_eq!(book.signatory_name, "Lê Hoa");
    }
}
