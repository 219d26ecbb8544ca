//! Product registration forms over the pages: filled in over several visits, sent, returned, put right, found complete,
//! evaluated; what was typed comes back, and files leave as downloads.

use axum::http::{StatusCode, header};
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use operations::testing;
use server::testing::{House, Visitor};

/// The value of a hidden field of a page.
fn value(page: &str, name: &str) -> String {
    let input = page.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The options of a select of a page.
fn options(page: &str, name: &str) -> Vec<String> {
    let select = page.split("<select").find(|select| select.contains(&format!("name=\"{name}\""))).unwrap();
    let select = select.split("</select").next().unwrap();
    select
        .split("<option")
        .skip(1)
        .map(|option| option.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
        .collect()
}

struct Scene {
    house: House,
    organisation: OrganisationId,
    representative: Actor,
    officer: Actor,
}

/// A cooperative in a commune of Thọ Xuân, whose district receives the forms of 2019.
async fn scene(database: store::Database) -> Scene {
    let house = House::over(database).await;
    let office = &house.office;
    let (commune, district) = (testing::unit(office, "15568").await, testing::unit(office, "395").await);
    let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
    let representative = testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
    let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
    testing::programme_year(office, 2019).await;
    Scene { house, organisation, representative, officer }
}

/// Fills in one section as the page shows it.
async fn fill(visitor: &mut Visitor, form: &str, section: &str, typed: &[(&str, &str)]) -> server::testing::Answer {
    let page = visitor.get(&format!("{form}/edit?section={section}")).await.text();
    let version = value(&page, "version");
    let mut fields = vec![("version", version.as_str()), ("section", section), ("go", "next")];
    fields.extend(typed);
    visitor.post(&format!("{form}/edit"), &fields).await
}

/// A form with all that is needed to send it.
async fn filled(scene: &Scene, visitor: &mut Visitor) -> String {
    let organisation = scene.organisation.to_string();
    let fields =
        [("organisation", organisation.as_str()), ("year", "2019"), ("kind", "existing"), ("product_name", "Bánh gai Tứ Trụ")];
    let begun = visitor.post("/registrations/new", &fields).await;
    let form = begun.location().trim_end_matches("/edit").to_owned();
    let page = visitor.get(&format!("{form}/edit")).await.text();
    let group = options(&page, "group")[1].clone();
    let answer = fill(visitor, &form, "product", &[("product_name", "Bánh gai Tứ Trụ"), ("group", &group)]).await;
    assert_eq!(answer.location(), format!("{form}/edit?section=organisation&saved=yes"));
    let organisation = [
        ("head_name", "Lê Thị Mơ"),
        ("head_address", "Thôn 1"),
        ("phone", "0912345678"),
        ("registration_number", "2801"),
        ("specification", "Hộp 10 chiếc"),
        ("local_resources", "Lá gai, gạo nếp"),
        ("certificates", "quality_declaration"),
        ("certificates", "intellectual_property"),
    ];
    fill(visitor, &form, "organisation", &organisation).await;
    let results = [("results.0.year", "2018"), ("results.0.sales", "1.280.000.000"), ("results.0.costs", "1.000.000.000")];
    fill(visitor, &form, "environment", &results).await;
    fill(visitor, &form, "business", &[("production_place", "Thôn 1"), ("target_market", "Trong tỉnh")]).await;
    fill(visitor, &form, "general", &[("short_plan", "Mở rộng"), ("production_process", "Ngâm, giã, gói, hấp")]).await;
    let last = fill(visitor, &form, "proposer", &[("proposer_name", "Lê Thị Mơ"), ("proposer_position", "Giám đốc")]).await;
    assert_eq!(last.location(), format!("{form}?done=saved"));
    form
}

operations::both! {
    async fn from_a_draft_to_an_evaluation(database) {
        let scene = scene(database).await;
        let mut theirs = scene.house.signed_in(&scene.representative).await;
        let mut officer = scene.house.signed_in(&scene.officer).await;
        assert!(theirs.get("/registrations").await.text().contains("Chưa có phiếu nào"));
        let form = filled(&scene, &mut theirs).await;
        let page = theirs.get(&form).await.text();
        assert!(page.contains("Lợi nhuận: 280.000.000") && page.contains("Công bố chất lượng, Đăng ký sở hữu trí tuệ"), "{page}");
        assert!(page.contains("Thời gian nhận phiếu: 01/01/2019 – 31/12/2019"));

        let sent = theirs.post(&format!("{form}/submit"), &[("version", &value(&page, "version"))]).await;
        assert_eq!(sent.location(), format!("{form}?done=submitted"));
        assert_eq!(theirs.get(&format!("{form}/edit")).await.location(), form, "under review it is read, not written");

        // The officer finds two things wanting.
        let list = officer.get("/registrations?state=submitted&text=banh%20gai").await.text();
        assert!(list.contains("Bánh gai Tứ Trụ") && list.contains(&form));
        let page = officer.get(&format!("{form}/return")).await.text();
        let version = value(&page, "version");
        let nothing = officer.post(&format!("{form}/return"), &[("version", &version), ("due_on", "2019-12-01"), ("reason", "Xem lại")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.text().contains(">Xem lại</textarea>"), "what was typed comes back");
        let remarks = [
            ("version", version.as_str()), ("due_on", "2019-12-01"), ("remarks.phone", "Gọi không được"), ("remarks.introduction", "Chưa nộp"),
        ];
        assert_eq!(officer.post(&format!("{form}/return"), &remarks).await.location(), format!("{form}?done=returned"));
        let early = officer.post(&format!("{form}/complete"), &[("version", &version)]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);

        // The organisation puts them right.
        let page = theirs.get(&form).await.text();
        assert!(page.contains("Gọi không được") && page.contains("Cần nộp lại trước hết ngày 01/12/2019"));
        assert!(theirs.get(&format!("{form}/edit?section=organisation")).await.text().contains("Cần bổ sung: Gọi không được"));
        fill(&mut theirs, &form, "organisation", &[
            ("head_name", "Lê Thị Mơ"), ("head_address", "Thôn 1"), ("phone", "0987654321"), ("registration_number", "2801"),
            ("specification", "Hộp 10 chiếc"), ("local_resources", "Lá gai, gạo nếp"),
        ]).await;
        let wrong = theirs.upload(&format!("{form}/files"), &[("item", "introduction")], "file", "gioi-thieu.pdf", b"<html>").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("f-file-fault"));
        let file = theirs.upload(&format!("{form}/files"), &[("item", "introduction")], "file", "Giới thiệu.pdf", b"%PDF-1.7 x").await;
        assert_eq!(file.location(), format!("{form}?done=attached#dossier"));
        let page = theirs.get(&form).await.text();
        let address = format!("/attachments/{}", page.split("/attachments/").nth(1).unwrap().split('"').next().unwrap());
        let download = theirs.get(&address).await;
        assert_eq!(download.header(header::CONTENT_TYPE.as_str()), "application/pdf");
        let disposition = download.header(header::CONTENT_DISPOSITION.as_str());
        assert_eq!(disposition, "attachment; filename=\"gioi-thieu.pdf\"; filename*=UTF-8''Gi%E1%BB%9Bi%20thi%E1%BB%87u.pdf");
        assert_eq!(download.header("x-content-type-options"), "nosniff");
        theirs.post(&format!("{form}/submit"), &[("version", &value(&page, "version"))]).await;

        // What came on paper is noted; then the form is complete, and two evaluators say what they think.
        let page = officer.get(&form).await.text();
        let incomplete = officer.post(&format!("{form}/complete"), &[("version", &value(&page, "version"))]).await;
        assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
        for item in ["business_registration", "samples"] {
            officer.post(&format!("{form}/receipts"), &[("item", item), ("is_there", "yes")]).await;
        }
        let version = value(&officer.get(&form).await.text(), "version");
        assert_eq!(officer.post(&format!("{form}/complete"), &[("version", &version)]).await.location(), format!("{form}?done=completed"));
        let version = value(&officer.get(&form).await.text(), "version");
        let typed = [("version", version.as_str()), ("is_feasible", "no"), ("points.0", "11"), ("points.1", "5")];
        let wrong = officer.post(&format!("{form}/evaluate"), &typed).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = wrong.text();
        assert!(text.contains("f-points-0-fault") && text.contains("f-remark-fault"), "{text}");
        assert_eq!(value(&text, "points.1"), "5");
        let typed = [("version", version.as_str()), ("is_feasible", "yes"), ("points.0", "9"), ("points.1", "5")];
        assert_eq!(officer.post(&format!("{form}/evaluate"), &typed).await.location(), format!("{form}?done=evaluated"));
        let page = officer.get(&form).await.text();
        assert!(page.contains("Điểm trung bình 74 (1 người chấm"), "{page}");
        assert!(!theirs.get(&form).await.text().contains("Điểm trung bình"), "opinions are not for the organisation yet");
        assert_eq!(operations::doctor::examine(&scene.house.office).await.unwrap(), []);
    }

    async fn nothing_typed_is_lost(database) {
        let scene = scene(database).await;
        let mut theirs = scene.house.signed_in(&scene.representative).await;
        let page = theirs.get("/registrations/new").await.text();
        assert_eq!(value(&page, "organisation"), scene.organisation.to_string(), "who represents one is not asked which");
        let organisation = scene.organisation.to_string();
        let empty = [("organisation", organisation.as_str()), ("year", "2019"), ("kind", "new"), ("product_name", " ")];
        let refused = theirs.post("/registrations/new", &empty).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("f-product_name-fault"));

        let form = filled(&scene, &mut theirs).await;
        // A telephone number that cannot be read is kept, and said to be wrong.
        fill(&mut theirs, &form, "organisation", &[("phone", "0912"), ("website", "htx.vn")]).await;
        let page = theirs.get(&format!("{form}/edit?section=organisation")).await.text();
        assert!(value(&page, "phone") == "0912" && page.contains("f-phone-fault"));
        let page = theirs.get(&form).await.text();
        assert!(page.contains("Còn thiếu để nộp được") && page.contains(&format!("{form}/edit?section=organisation#f-phone")));
        // Two people at once: the second sees what they typed, and that something changed.
        let version = value(&theirs.get(&format!("{form}/edit?section=organisation")).await.text(), "version");
        let fields = |website| [("version", version.as_str()), ("section", "organisation"), ("website", website)];
        assert_eq!(theirs.post(&format!("{form}/edit"), &fields("a.vn")).await.status, StatusCode::SEE_OTHER);
        let late = theirs.post(&format!("{form}/edit"), &fields("b.vn")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = late.text();
        assert!(value(&text, "website") == "b.vn" && text.contains("đã thay đổi trong lúc"), "{text}");
        let again = value(&text, "version");
        let retry = [("version", again.as_str()), ("section", "organisation"), ("website", "b.vn")];
        assert_eq!(theirs.post(&format!("{form}/edit"), &retry).await.status, StatusCode::SEE_OTHER);

        // Withdrawing needs a reason, and is the end.
        let version = value(&theirs.get(&form).await.text(), "version");
        let refused = theirs.post(&format!("{form}/withdraw"), &[("version", &version), ("reason", " ")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let withdrawn = theirs.post(&format!("{form}/withdraw"), &[("version", &version), ("reason", "Ngừng sản xuất")]).await;
        assert_eq!(withdrawn.location(), format!("{form}?done=withdrawn"));
        assert!(theirs.get(&form).await.text().contains("Ngừng sản xuất"));
    }

    async fn files_leave_as_downloads_and_nothing_else(database) {
        let scene = scene(database).await;
        let mut theirs = scene.house.signed_in(&scene.representative).await;
        let form = filled(&scene, &mut theirs).await;
        let files = format!("{form}/files");
        let page = b"<!DOCTYPE html><script>alert(document.cookie)</script>";
        let refused: [(&str, Vec<u8>, &str); 6] = [
            ("a page by another name", page.to_vec(), "Chỉ nhận tệp PDF, JPEG, PNG hoặc XLSX"),
            ("a drawing with a script", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec(), "Chỉ nhận tệp"),
            ("a program", b"MZ\x90\0".to_vec(), "Chỉ nhận tệp"),
            ("an archive of other things", b"PK\x03\x04 word/document.xml".to_vec(), "Chỉ nhận tệp"),
            ("a little too large", [b"%PDF-1.7".as_slice(), &vec![0; 8_000_000]].concat(), "lớn hơn 8 MB"),
            ("far too large", [b"%PDF-1.7".as_slice(), &vec![0; 20_000_000]].concat(), "lớn hơn 8 MB"),
        ];
        for (what, bytes, sentence) in refused {
            let answer = theirs.upload(&files, &[("item", "introduction")], "file", "gioi-thieu.pdf", &bytes).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            let text = answer.text();
            assert!(text.contains(sentence) && text.contains("f-file-fault"), "{what}: {text}");
            assert!(text.contains("value=\"introduction\" selected"), "{what}: the item that was chosen stays chosen");
        }
        // What is two things at once is taken for the one it begins as, and no browser makes the other of it.
        let both = [b"%PDF-1.7\n".as_slice(), page].concat();
        let name = "a\u{202e}fdp.html";
        let taken = theirs.upload(&files, &[("item", "introduction")], "file", name, &both).await;
        assert_eq!(taken.location(), format!("{form}?done=attached#dossier"));
        let text = theirs.get(&form).await.text();
        let address = format!("/attachments/{}", text.split("/attachments/").nth(1).unwrap().split('"').next().unwrap());
        let download = theirs.get(&address).await;
        assert_eq!(download.bytes, both);
        for (header, said) in [
            ("content-type", "application/pdf"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cache-control", "private, no-store"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(download.header(header), said, "{header}");
        }
        assert!(download.header("content-disposition").starts_with("attachment; filename=\"a"), "{}", download.header("content-disposition"));
        assert!(download.header("content-disposition").ends_with(".pdf"), "{}", download.header("content-disposition"));
        // Nobody else's, and nothing of another form.
        let neighbour = testing::actor(&scene.house.office, "khac", Role::UnitOfficer, Scope::Unit(testing::unit(&scene.house.office, "389").await)).await;
        let mut elsewhere = scene.house.signed_in(&neighbour).await;
        assert_eq!(elsewhere.get(&address).await.status, StatusCode::NOT_FOUND);
        assert_eq!(elsewhere.post(&format!("{address}/remove"), &[]).await.status, StatusCode::NOT_FOUND);
        let sent = elsewhere.upload(&files, &[("item", "introduction")], "file", "a.pdf", b"%PDF-1.7").await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        for foreign in ["/attachments/01890000-0000-7000-8000-000000000000", "/attachments/no-id"] {
            assert_eq!(theirs.get(foreign).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(theirs.get(&address).await.status, StatusCode::OK);
    }

    async fn going_to_another_part_keeps_what_was_typed_in_this_one(database) {
        let scene = scene(database).await;
        let mut theirs = scene.house.signed_in(&scene.representative).await;
        let form = filled(&scene, &mut theirs).await;
        let edit = format!("{form}/edit");
        let page = theirs.get(&format!("{edit}?section=support")).await.text();
        let version = value(&page, "version");
        let typed = |go| [("version", version.as_str()), ("section", "support"), ("support_needs", "Vốn vay"), ("go", go)];
        let gone = theirs.post(&edit, &typed("business")).await;
        assert_eq!(gone.location(), format!("{edit}?section=business&saved=yes"));
        let page = theirs.get(&format!("{edit}?section=support")).await.text();
        assert!(page.contains(">Vốn vay</textarea>"));
        assert_ne!(value(&page, "version"), version);
        // The same once more changes nothing, so whoever else has the form before them is not disturbed.
        let after = value(&page, "version");
        for (go, leads_to) in [("whole", format!("{form}?done=saved")), ("nowhere", format!("{edit}?section=support&saved=yes"))] {
            assert_eq!(theirs.post(&edit, &typed(go)).await.location(), leads_to);
        }
        assert_eq!(value(&theirs.get(&edit).await.text(), "version"), after);
        // A fault in one field: everything else that was typed stands in the page.
        let long = "x".repeat(4001);
        let typed = [("version", after.as_str()), ("section", "general"), ("short_plan", &long), ("meetings", "Hằng quý"), ("go", "support")];
        let page = theirs.post(&edit, &typed).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = page.text();
        assert!(text.contains(">Hằng quý</textarea>") && text.contains(&long) && text.contains("f-short_plan-fault"));
    }

    async fn training_is_said_once_in_either_form(database) {
        let scene = scene(database).await;
        testing::closed_run(&scene.house.office, &scene.officer, scene.organisation, 2).await;
        let mut theirs = scene.house.signed_in(&scene.representative).await;
        let organisation = scene.organisation.to_string();
        for kind in ["existing", "new"] {
            let fields = [("organisation", organisation.as_str()), ("year", "2019"), ("kind", kind), ("product_name", kind)];
            let edit = theirs.post("/registrations/new", &fields).await.location().to_owned();
            let form = theirs.get(edit.trim_end_matches("/edit")).await.text();
            let part = theirs.get(&format!("{edit}?section=general")).await.text();
            for page in [form, part] {
                assert_eq!(page.matches("02/07/2019: 2 người").count(), 1, "{kind}: {page}");
            }
        }
    }
}
