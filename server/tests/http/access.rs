//! Every address, tried by every role, inside and outside its scope.
//!
//! The table is the policy as visitors meet it. A new route that is not in it fails the test.

mod trying;

use std::fmt::Write as _;

use axum::http::Method;
use domain::accounts::{Role, Scope};
use domain::calendar::FeedKind;
use domain::organisations::OrganisationKind;
use domain::registrations::{DossierItem, State};
use domain::requests::Approval;
use domain::trainers::AbsenceForm;
use operations::registrations::NewFile;
use operations::rosters::{SendCommand, SentFor};
use operations::units::PlaceCommand;
use operations::{calendar, testing};
use server::testing::House;

use self::trying::{Ids, kept, listed, records_of_people, try_once, walked_in};

/// Who tries, in the order of the letters of a line.
const WHO: [&str; 11] = [
    "anonymous",
    "administrator",
    "provincial officer",
    "trainer of the run",
    "another trainer",
    "officer of the unit",
    "officer elsewhere",
    "manager of the unit",
    "manager elsewhere",
    "representative of the organisation",
    "representative of another",
];

/// `y` answered, `s` sent to sign in, `n` not found. The ids in an address are those of the unit's and organisation's own.
const TABLE: &[(&str, &str)] = &[
    ("GET /", "yyyyyyyyyyy"),
    ("GET /account", "syyyyyyyyyy"),
    ("GET /accounts", "syynnyynnnn"),
    ("GET /activate", "yyyyyyyyyyy"),
    ("GET /activate/{secret}", "yyyyyyyyyyy"),
    ("GET /allotments/{id}", "syyynynnnnn"),
    ("GET /allotments/{id}/end", "syyynynnnnn"),
    ("GET /assets/{hash}/{*file}", "nnnnnnnnnnn"),
    ("GET /board", "syynnyyyyyy"),
    ("GET /board.xlsx", "syynnynynnn"),
    ("GET /board/organisations/{organisation}", "syynnynynyn"),
    ("GET /board/{unit}", "syynnynynnn"),
    ("GET /books", "syynnnnnnnn"),
    ("GET /books/{id}", "syynnnnnnnn"),
    ("GET /calendar", "yyyyyyyyyyy"),
    ("GET /calendar.ics", "yyyyyyyyyyy"),
    ("GET /certificates/{id}/paper.pdf", "syyynynynyn"),
    ("GET /certificates/{id}/revoke", "syynnnnnnnn"),
    ("GET /courses", "syynnnnnnnn"),
    ("GET /courses/new", "syynnnnnnnn"),
    ("GET /courses/{id}", "syynnnnnnnn"),
    ("GET /courses/{id}/interest/{organisation}", "syynnynnnyn"),
    ("GET /demand", "syyyyyyyynn"),
    ("GET /demand.xlsx", "syyyyyyyynn"),
    ("GET /enrolments", "syyyyyyyyyy"),
    ("GET /enrolments/template.xlsx", "syyyyyyyyyy"),
    ("GET /enrolments/{id}/substitute", "syynnynnnyn"),
    ("GET /enrolments/{id}/transfer", "syynnynnnyn"),
    ("GET /enrolments/{id}/withdraw", "syynnynnnyn"),
    ("GET /exceptions/{id}/withdraw", "syynnnnnnnn"),
    ("GET /forgot", "yyyyyyyyyyy"),
    ("GET /holidays", "syynnnnnnnn"),
    ("GET /inbox", "syyyyyyyyyy"),
    ("GET /interests", "syynnyynnyy"),
    ("GET /manage", "syyyyyyyynn"),
    ("GET /feeds/{token}", "yyyyyyyyyyy"),
    ("GET /my/calendar", "syyyyyyyyyy"),
    ("GET /offers", "yyyyyyyyyyy"),
    ("GET /offers/{secret}", "yyyyyyyyyyy"),
    ("GET /organisations", "syynnyyyyyy"),
    ("GET /organisations/new", "syynnyynnnn"),
    ("GET /organisations/{id}", "syynnynynyn"),
    ("GET /organisations/{id}/interests", "syynnynnnyn"),
    ("GET /organisations/{id}/edit", "syynnynnnyn"),
    ("GET /organisations/{id}/people/new", "syynnynnnyn"),
    ("GET /people", "syynnyyyyyy"),
    ("GET /people/duplicates", "syynnyynnyy"),
    ("GET /people/import", "syynnyynnyy"),
    ("GET /people/import/template.xlsx", "syynnyynnyy"),
    ("GET /people/import/{id}", "snnnnnnnnyn"),
    ("GET /people/{id}", "syynnynynyn"),
    ("GET /people/{id}/merge", "syynnynnnyn"),
    ("GET /people/{id}/edit", "syynnynnnyn"),
    ("GET /plans", "syyyyyyyynn"),
    ("GET /plans/lines/{id}", "syyyyynynnn"),
    ("GET /plans/lines/{id}/edit", "syynnnnnnnn"),
    ("GET /plans/{year}", "syyyyyyyynn"),
    ("GET /plans/{year}/new", "syynnnnnnnn"),
    ("GET /plans/{year}/plan.xlsx", "syyyyyyyynn"),
    ("GET /plans/{year}/spreadsheet", "syynnnnnnnn"),
    ("GET /plans/{year}/template.xlsx", "syynnnnnnnn"),
    ("GET /programmes", "syynnnnnnnn"),
    ("GET /programmes/new", "syynnnnnnnn"),
    ("GET /programmes/board", "syynnyyyynn"),
    ("GET /programmes/{year}/board", "syynnyyyynn"),
    ("GET /programmes/{year}/board.xlsx", "syynnyyyynn"),
    ("GET /programmes/{year}", "syynnnnnnnn"),
    ("GET /attachments/{id}", "syynnynynyn"),
    ("GET /registrations", "syynnyyyyyy"),
    ("GET /registrations/new", "syynnynnnyn"),
    ("GET /registrations/spreadsheet", "syynnyynnyy"),
    ("GET /registrations/template.xlsx", "syynnyynnyy"),
    ("GET /registrations/{id}", "syynnynynyn"),
    ("GET /registrations/{id}/edit", "syynnynynyn"),
    ("GET /registrations/{id}/return", "syynnynnnnn"),
    ("GET /courses/{id}/placing", "syynnnnnnnn"),
    ("GET /requests", "syynnyynnyy"),
    ("GET /requests/{id}", "syynnynnnyn"),
    ("GET /requests/{id}/edit", "syynnynnnyn"),
    ("GET /requirements", "syynnnnnnnn"),
    ("GET /reset/{secret}", "yyyyyyyyyyy"),
    ("GET /runs", "syyyyyyyynn"),
    ("GET /runs/new", "syyyynnnnnn"),
    ("GET /runs/{id}", "yyyyyyyyyyy"),
    ("GET /runs/{id}/allotments", "syyynnnnnnn"),
    ("GET /runs/{id}/attendance", "syyynynnnnn"),
    ("GET /runs/{id}/calendar.ics", "yyyyyyyyyyy"),
    ("GET /runs/{id}/cancel", "syyynnnnnnn"),
    ("GET /runs/{id}/certificates", "syyynynynnn"),
    ("GET /runs/{id}/certificates.pdf", "syyynynynnn"),
    ("GET /runs/{id}/close", "syyynnnnnnn"),
    ("GET /runs/{id}/completion", "syyynnnnnnn"),
    ("GET /runs/{id}/copies", "syyyynnnnnn"),
    ("GET /runs/{id}/edit", "syyynnnnnnn"),
    ("GET /runs/{id}/enrol", "syynnyynnyy"),
    ("GET /runs/{id}/enrol/spreadsheet", "syynnyynnyy"),
    ("GET /runs/{id}/exceptions", "syyynynynnn"),
    ("GET /runs/{id}/invitations", "syyynnnnnnn"),
    ("GET /runs/{id}/timetable.pdf", "yyyyyyyyyyy"),
    ("GET /runs/{id}/participants", "syyynyyyyyy"),
    ("GET /runs/{id}/roster.pdf", "syyynyyyyyy"),
    ("GET /runs/{id}/roster.xlsx", "syyynyyyyyy"),
    ("GET /runs/{id}/walk-ins", "syyynynnnnn"),
    ("GET /walk-ins/{id}", "syyynynnnnn"),
    ("GET /runs/{id}/release", "syyynnnnnnn"),
    ("GET /runs/{id}/versions", "syyynynynnn"),
    ("GET /runs/{id}/waiting", "syyynyyyyyy"),
    ("GET /sessions/{id}/cancel", "syyynnnnnnn"),
    ("GET /sessions/{id}/calendar.ics", "yyyyyyyyyyy"),
    ("GET /sessions/{id}/door.pdf", "yyyyyyyyyyy"),
    ("GET /sessions/{id}/register", "syyynynnnnn"),
    ("GET /sessions/{id}/sheet.pdf", "syyynynnnnn"),
    ("GET /decisions/{id}", "syynnnnnnnn"),
    ("GET /lists", "syynnyyyynn"),
    ("GET /lists/new", "syynnyynnnn"),
    ("GET /lists/{id}", "syynnynynnn"),
    ("GET /lists/{id}/list.xlsx", "syynnynynnn"),
    ("GET /lists/{id}/paper.pdf", "syynnynynnn"),
    ("GET /products", "yyyyyyyyyyy"),
    ("GET /products/{year}", "yyyyyyyyyyy"),
    ("GET /selections", "syynnnnnnnn"),
    ("GET /selections/{year}", "syynnnnnnnn"),
    ("GET /selections/{year}/table.xlsx", "syynnnnnnnn"),
    ("GET /set-up/{secret}", "yyyyyyyyyyy"),
    ("GET /sign-in", "yyyyyyyyyyy"),
    ("GET /sessions/{id}/teaching", "syyynynnnnn"),
    ("GET /trainers", "syyyynnnnnn"),
    ("GET /uploads/{id}/columns", "snnnnnnnnyn"),
    ("GET /uploads/{id}/reasons.xlsx", "snnnnnnnnyn"),
    ("GET /trainers.xlsx", "syynnnnnnnn"),
    ("GET /trainers/{id}", "syyyynnnnnn"),
    ("GET /venues", "syyyynnnnnn"),
    ("GET /venues/new", "syynnnnnnnn"),
    ("GET /venues/{id}", "syyyynnnnnn"),
    ("GET /venues/{id}/edit", "syynnnnnnnn"),
    ("GET /verify", "yyyyyyyyyyy"),
    ("GET /waiting/{id}", "syyynynnnyn"),
    ("GET /verify/{token}", "yyyyyyyyyyy"),
    ("GET /verify/{token}/paper.pdf", "yyyyyyyyyyy"),
    ("POST /account/language", "syyyyyyyyyy"),
    ("POST /account/password", "syyyyyyyyyy"),
    ("POST /account/sign-out-everywhere", "sssssssssss"),
    ("POST /activate", "yyyyyyyyyyy"),
    ("POST /activate/{secret}", "yyyyyyyyyyy"),
    ("POST /allotments/{id}", "syyynynnnnn"),
    ("POST /allotments/{id}/end", "syyynynnnnn"),
    ("POST /api/sessions/{id}/marks", "snnnnnnnnnn"),
    ("POST /books/{id}", "syynnnnnnnn"),
    ("POST /certificates/{id}/revoke", "syynnnnnnnn"),
    ("POST /courses/new", "syynnnnnnnn"),
    ("POST /courses/{id}", "syynnnnnnnn"),
    ("POST /courses/{id}/interest/{organisation}", "syynnynnnyn"),
    ("POST /courses/{id}/interest/{organisation}/withdraw", "syynnynnnyn"),
    ("POST /enrolments/{id}/substitute", "syynnynnnyn"),
    ("POST /enrolments/{id}/transfer", "syynnynnnyn"),
    ("POST /enrolments/{id}/withdraw", "syynnynnnyn"),
    ("POST /forgot", "yyyyyyyyyyy"),
    ("POST /exceptions/{id}/withdraw", "syynnnnnnnn"),
    ("POST /holidays", "syynnnnnnnn"),
    ("POST /holidays/{id}/remove", "snynnnnnnnn"),
    ("POST /language", "yyyyyyyyyyy"),
    ("POST /my/calendar/feeds", "snnnnnnnnnn"),
    ("POST /my/calendar/feeds/{id}/revoke", "snnnnnnnnyn"),
    ("POST /offers", "yyyyyyyyyyy"),
    ("POST /offers/{secret}", "yyyyyyyyyyy"),
    ("POST /organisations/new", "syynnyynnnn"),
    ("POST /organisations/{id}/edit", "syynnynnnyn"),
    ("POST /organisations/{id}/people/new", "syynnynnnyn"),
    ("POST /people", "syynnyyyyyy"),
    ("POST /people/distinct/{id}/withdraw", "snnnnnnnnyn"),
    ("POST /people/merges/{id}/undo", "syynnynnnyn"),
    ("POST /people/import", "syynnyynnyy"),
    ("POST /people/import/{id}", "snnnnnnnnyn"),
    ("POST /uploads/{id}/columns", "snnnnnnnnyn"),
    ("POST /people/{id}/account", "syynnynynyn"),
    ("POST /people/{id}/distinct", "syynnynnnyn"),
    ("POST /people/{id}/merge", "syynnynnnyn"),
    ("POST /people/{id}/number", "syynnynnnyn"),
    ("POST /people/{id}/edit", "syynnynnnyn"),
    ("POST /people/{id}/roles", "syynnynynyn"),
    ("POST /people/{id}/slip", "syynnynnnnn"),
    ("POST /plans/lines/{id}/edit", "syynnnnnnnn"),
    ("POST /plans/lines/{id}/remove", "syynnnnnnnn"),
    ("POST /plans/{year}/new", "syynnnnnnnn"),
    ("POST /plans/{year}/spreadsheet", "syynnnnnnnn"),
    ("POST /plans/{year}/spreadsheet/confirm", "syynnnnnnnn"),
    ("POST /programmes/levels", "syynnnnnnnn"),
    ("POST /programmes/levels/{id}/remove", "snynnnnnnnn"),
    ("POST /programmes/new", "syynnnnnnnn"),
    ("POST /programmes/{year}/placements", "syynnynnnnn"),
    ("POST /programmes/{year}", "syynnnnnnnn"),
    ("POST /attachments/{id}/remove", "snnnnnnnnyn"),
    ("POST /registrations/new", "syynnynnnyn"),
    ("POST /registrations/spreadsheet", "syynnyynnyy"),
    ("POST /registrations/spreadsheet/confirm", "syynnyynnyy"),
    ("POST /registrations/{id}/edit", "syynnynnnyn"),
    ("POST /registrations/{id}/submit", "syynnynnnyn"),
    ("POST /registrations/{id}/withdraw", "syynnynnnyn"),
    ("POST /registrations/{id}/files", "syynnynnnyn"),
    ("POST /registrations/{id}/complete", "syynnynnnnn"),
    ("POST /registrations/{id}/duplicate", "syynnynnnnn"),
    ("POST /registrations/{id}/evaluate", "syynnynnnnn"),
    ("POST /registrations/{id}/receipts", "syynnynnnnn"),
    ("POST /registrations/{id}/return", "syynnynnnnn"),
    ("POST /courses/{id}/placing", "syynnnnnnnn"),
    ("POST /courses/{id}/placing/undo", "syynnnnnnnn"),
    ("POST /requests/approve", "syynnynnnnn"),
    ("POST /requests/{id}/decide", "syynnynnnyn"),
    ("POST /requests/{id}/edit", "syynnynnnyn"),
    ("POST /requests/{id}/withdraw", "syynnynnnyn"),
    ("POST /requirements", "syynnnnnnnn"),
    ("POST /requirements/{requirement}/remove", "snynnnnnnnn"),
    ("POST /reset/{secret}", "yyyyyyyyyyy"),
    ("POST /rooms/{id}", "syynnnnnnnn"),
    ("POST /rooms/{id}/bring-back", "syynnnnnnnn"),
    ("POST /rooms/{id}/retire", "syynnnnnnnn"),
    ("POST /runs/new", "syyyynnnnnn"),
    ("POST /runs/{id}/allotments", "syyynnnnnnn"),
    ("POST /runs/{id}/allotments/limit", "syyynnnnnnn"),
    ("POST /runs/{id}/cancel", "syyynnnnnnn"),
    ("POST /runs/{id}/certificates", "syynnnnnnnn"),
    ("POST /runs/{id}/close", "syyynnnnnnn"),
    ("POST /runs/{id}/completion", "nnnnnnnnnnn"),
    ("POST /runs/{id}/copies", "syyyynnnnnn"),
    ("POST /runs/{id}/edit", "syyynnnnnnn"),
    ("POST /runs/{id}/enrol", "syynnynnnyn"),
    ("POST /runs/{id}/enrol/spreadsheet", "syynnynnnyn"),
    ("POST /runs/{id}/enrol/spreadsheet/confirm", "syynnynnnyn"),
    ("POST /runs/{id}/exceptions", "syynnnnnnnn"),
    ("POST /runs/{id}/invitations", "syyynnnnnnn"),
    ("POST /runs/{id}/publish", "syyynnnnnnn"),
    ("POST /runs/{id}/release", "syyynnnnnnn"),
    ("POST /runs/{id}/release/discard", "syyynnnnnnn"),
    ("POST /sessions/{id}/cancel", "syyynnnnnnn"),
    ("POST /sessions/{id}/heads", "syyynynnnnn"),
    ("POST /sessions/{id}/walk-ins", "syyynynnnnn"),
    ("POST /sessions/{id}/walk-ins/marks", "syyynynnnnn"),
    ("POST /walk-ins/{id}/dismiss", "syyynynnnnn"),
    ("POST /walk-ins/{id}/match", "syynnynnnnn"),
    ("POST /walk-ins/{id}/undo", "syyynynnnnn"),
    ("POST /sessions/{id}/register", "syyynynnnnn"),
    ("POST /decisions/{id}/publish", "syynnnnnnnn"),
    ("POST /lists/new", "syynnynnnnn"),
    ("POST /lists/{id}/accept", "syynnnnnnnn"),
    ("POST /lists/{id}/discard", "syynnynnnnn"),
    ("POST /lists/{id}/forms", "syynnynnnnn"),
    ("POST /lists/{id}/forward", "syynnynnnnn"),
    ("POST /lists/{id}/freeze", "syynnynnnnn"),
    ("POST /lists/{id}/replace", "syynnynnnnn"),
    ("POST /lists/{id}/return", "syynnnnnnnn"),
    ("POST /selections/{year}", "syynnnnnnnn"),
    ("POST /set-up/{secret}", "yyyyyyyyyyy"),
    ("POST /sign-in", "yyyyyyyyyyy"),
    ("POST /sign-out", "yyyyyyyyyyy"),
    ("POST /absences/{id}/withdraw", "syyynnnnnnn"),
    ("POST /sessions/{id}/teaching", "syyynynnnnn"),
    ("POST /trainers/{id}", "syynnnnnnnn"),
    ("POST /trainers/{id}/absences", "syyynnnnnnn"),
    ("POST /trainers/{id}/half-days", "syyynnnnnnn"),
    ("POST /venues/new", "syynnnnnnnn"),
    ("POST /waiting/{id}/answer", "syyynynnnyn"),
    ("POST /waiting/{id}/code", "syyynynnnyn"),
    ("POST /waiting/{id}/leave", "syyynynnnyn"),
    ("POST /waiting/{id}/priority", "syyynnnnnnn"),
    ("POST /venues/{id}/bring-back", "syynnnnnnnn"),
    ("POST /venues/{id}/edit", "syynnnnnnnn"),
    ("POST /venues/{id}/retire", "syynnnnnnnn"),
    ("POST /venues/{id}/rooms", "syynnnnnnnn"),
    ("POST /people/{id}/memberships/{organisation}/end", "snnnnnnnnyn"),
    ("POST /placements/{id}/undo", "snnnnynnnnn"),
    ("POST /roles/{id}/end", "snnnnynnnnn"),
];

operations::both! {
    async fn every_address_in_every_role(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let district = testing::unit(office, "395").await;
        let elsewhere = testing::unit(office, "389").await;
        let province = testing::unit(office, "38").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", district).await;
        let other = testing::organisation(office, OrganisationKind::Cooperative, "HTX Ngọc Lặc", elsewhere).await;
        let unit = Scope::Unit;
        let administrator = testing::actor(office, "quan.tri", Role::Administrator, unit(province)).await;
        let officer = testing::actor(office, "can.bo.tinh", Role::ProvincialOfficer, unit(province)).await;
        let trainer = testing::actor(office, "giang.vien", Role::Trainer, unit(province)).await;
        let actors = [
            administrator,
            officer.clone(),
            trainer.clone(),
            testing::actor(office, "giang.vien.2", Role::Trainer, unit(province)).await,
            testing::actor(office, "can.bo.huyen", Role::UnitOfficer, unit(district)).await,
            testing::actor(office, "can.bo.khac", Role::UnitOfficer, unit(elsewhere)).await,
            testing::actor(office, "lanh.dao", Role::Manager, unit(district)).await,
            testing::actor(office, "lanh.dao.khac", Role::Manager, unit(elsewhere)).await,
            testing::actor(office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await,
            testing::actor(office, "dai.dien.khac", Role::Representative, Scope::Organisation(other)).await,
        ];
        let run = testing::published_run_in(office, &trainer, "ENT-4", 40, "2019-07-02", district).await;
        let draft = testing::draft_run_in(office, &trainer, "ENT-4", 40, "2019-07-05", district).await;
        let coming = testing::published_run_in(office, &trainer, "ENT-4", 40, "2019-07-09", district).await;
        let enrolments = testing::enrolled(office, &officer, run, organisation, 2).await;
        house.clock.set("2019-07-02 18:00");
        let walk_in = walked_in(office, &officer, run).await;
        let certificate = testing::certified(office, &officer, run, enrolments[0]).await;
        let mut records = office.database.read().await.unwrap();
        let sessions = store::runs::sessions(&mut records, run).await.unwrap();
        let ahead = store::runs::sessions(&mut records, coming).await.unwrap()[0].id;
        let course = store::runs::find(&mut records, run).await.unwrap().unwrap().course_id;
        let person = actors[8].person;
        let book = store::certificates::books(&mut records).await.unwrap()[0].id;
        drop(records);
        let account = operations::accounts::of_person(office, &actors[0], person).await.unwrap().unwrap();
        let grant = account.grants[0].0.id;
        let requirement = testing::requirement(office, &officer, "ENT-4", "2019-12-31").await;
        let programme = testing::programme_year(office, 2019).await;
        let form = testing::registration(office, &officer, &programme, organisation, "Mắm tép", State::Submitted).await;
        let draft_form = testing::registration(office, &officer, &programme, organisation, "Nem chua", State::Draft).await;
        let file = NewFile { item: DossierItem::Other, name: "anh.png".into(), bytes: b"\x89PNG\r\n\x1a\n".to_vec() };
        operations::registrations::attach(office, &officer, draft_form, file).await.unwrap();
        let attachment = operations::registrations::show(office, &officer, draft_form).await.unwrap().attachments[0].id;
        let holiday = operations::holidays::list(office, &officer, 2019).await.unwrap()[0].id;
        // Districts ended in 2025: seen from then, it is open in which commune the organisation lies.
        let seen_on = "2026-11-26".parse().unwrap();
        let open = operations::programmes::board(office, &officer, 2019, Some(seen_on)).await.unwrap().open.remove(0);
        let place = PlaceCommand { organisation, at: district, unit: open.choices[0].id, seen_on };
        operations::units::place(office, &officer, &place).await.unwrap();
        let placement = operations::programmes::board(office, &officer, 2019, Some(seen_on)).await.unwrap().said[0].placement.id;
        let level = operations::programmes::list(office, &officer).await.unwrap().levels[0].id;
        let (list, decision) = listed(office, &officer, district, organisation, &programme).await;
        testing::narrowed(office, draft, 2019).await;
        let exception = operations::enrolments::except(office, &officer, draft, other, "Dẫn dắt chuỗi").await.unwrap();
        let away = AbsenceForm { first_day: "2019-08-01".into(), ..AbsenceForm::default() }.parse().unwrap();
        let absence = operations::trainers::add_absence(office, &trainer, trainer.person, &away).await.unwrap();
        let (venue, room) = testing::venue(office, &officer, district).await;
        testing::interest(office, &officer, organisation, "ENT-4", 3).await;
        let line = testing::plan_line(office, &officer, &programme, "ENT-4", Some(district)).await;
        let feed = calendar::make_feed(office, &actors[8], FeedKind::Person, None).await.unwrap();
        let offer = calendar::offers(office, &actors[8]).await.unwrap().remove(0);
        testing::by_approval(office, coming, Approval::Unit, false).await;
        let request = testing::requested(office, &officer, organisation, &[person], &[coming]).await[0];
        let (double, apart, undone) = records_of_people(office, &officer, person, organisation).await;
        let (allotment, waits) = kept(office, &officer, (&trainer, district), organisation).await;
        let sent = SendCommand {
            sent_for: SentFor::People { stands_for: String::new() },
            file_name: "ds.csv".into(),
            bytes: "Họ và tên;Đơn vị\nLê An;HTX Xuân Lập\n".into(),
        };
        let upload = operations::rosters::receive(office, &actors[8], sent).await.unwrap().upload.id;
        let ids = Ids(vec![
            ("/requests/", request.to_string()),
            ("/people/distinct/", apart.to_string()),
            ("/people/merges/", undone.to_string()),
            ("/allotments/", allotment.to_string()),
            ("/waiting/", waits.to_string()),
            ("/offers/", "0123456789abcdefghjkmnpqrs".to_owned()),
            ("/walk-ins/", walk_in.to_string()),
            ("/trainers/", trainer.person.to_string()),
            ("/absences/", absence.to_string()),
            ("/venues/", venue.to_string()),
            ("/rooms/", room.to_string()),
            ("/feeds/", feed.path.trim_start_matches("/feeds/").to_owned()),
            ("/my/calendar/feeds/", offer.in_use.unwrap().0.to_string()),
            ("/lists/", list.to_string()),
            ("/decisions/", decision.to_string()),
            ("/selections/", programme.year.to_string()),
            ("/products/", programme.year.to_string()),
            ("/registrations/{id}/edit", draft_form.to_string()),
            ("/registrations/{id}/submit", draft_form.to_string()),
            ("/registrations/{id}/files", draft_form.to_string()),
            ("/registrations/", form.to_string()),
            ("/attachments/", attachment.to_string()),
            ("/placements/", placement.to_string()),
            ("/plans/lines/", line.to_string()),
            ("/plans/", programme.year.to_string()),
            ("/programmes/levels/", level.to_string()),
            ("/programmes/", programme.year.to_string()),
            ("/runs/{id}/publish", draft.to_string()),
            ("/runs/{id}/release", coming.to_string()),
            ("/sessions/{id}/cancel", ahead.to_string()),
            ("/runs/{id}/cancel", draft.to_string()),
            ("/runs/{id}/edit", draft.to_string()),
            ("/runs/", run.to_string()),
            ("/sessions/", sessions[0].id.to_string()),
            ("/enrolments/", enrolments[1].to_string()),
            ("/exceptions/", exception.to_string()),
            ("/certificates/", certificate.id.to_string()),
            ("/people/import/", upload.to_string()),
            ("/uploads/", upload.to_string()),
            ("/people/", person.to_string()),
            ("/board/people/", person.to_string()),
            ("/board/organisations/", organisation.to_string()),
            ("/organisations/", organisation.to_string()),
            ("/courses/", course.to_string()),
            ("/books/", book.to_string()),
            ("/requirements/", requirement.to_string()),
            ("/board/", district.to_string()),
            ("/holidays/", holiday.to_string()),
            ("/verify/", certificate.verify_token.clone()),
            ("/activate/", "0123456789abcdefghjkmnpqrs".to_owned()),
            ("/reset/", "0123456789abcdefghjkmnpqrs".to_owned()),
            ("/set-up/", "0123456789abcdefghjkmnpqrs".to_owned()),
            ("/roles/", grant.to_string()),
        ], organisation.to_string());
        let fields = [
            ("enrolment", enrolments[1].to_string()),
            ("organisation", organisation.to_string()),
            ("unit", district.to_string()),
            ("at", district.to_string()),
            ("seen_on", seen_on.to_string()),
            ("language", "vi".to_owned()),
            ("person", person.to_string()),
            ("other", double.to_string()),
            ("year", programme.year.to_string()),
        ];

        let mut visitors = vec![house.anonymous()];
        for actor in &actors {
            visitors.push(house.signed_in(actor).await);
        }
        let mut routes: Vec<(Method, &'static str)> = app::routes::all().listed().to_vec();
        // Questions first, then deeds: a deed changes what is there.
        routes.sort_by_key(|(method, path)| (*method != Method::GET, path.ends_with("/end"), *path));
        let mut actual = String::new();
        let mut wrong = 0;
        for (method, path) in routes {
            let filled = if path == "/board.xlsx" {
                format!("{path}?unit={district}")
            } else if path == "/registrations/new" {
                format!("{path}?organisation={organisation}")
            } else if path == "/people/{id}/merge" && method == Method::GET {
                format!("{}?other={double}", ids.fill(path))
            } else { ids.fill(path) };
            let mut line = String::new();
            // Who may least comes first, so that what they try finds everything still there.
            let mut letters = ['?'; WHO.len()];
            for place in (0..WHO.len()).rev() {
                letters[place] = try_once(&mut visitors[place], &method, &filled, &fields).await;
                // Signing out is an answer too, and ends the cookie: start anew for the next address.
                if method == Method::POST && place > 0 {
                    visitors[place] = house.signed_in(&actors[place - 1]).await;
                }
            }
            line.extend(letters);
            let name = format!("{method} {path}");
            let expected = TABLE.iter().find(|(route, _)| *route == name).map(|(_, line)| *line);
            if expected != Some(line.as_str()) {
                wrong += 1;
            }
            writeln!(actual, "    (\"{name}\", \"{line}\"),{}", expected.map_or(" // not in the table".to_owned(), |e| if e == line { String::new() } else { format!(" // expected {e}") })).unwrap();
        }
        let gone: Vec<_> = TABLE.iter().filter(|(route, _)| !actual.contains(&format!("\"{route}\""))).collect();
        assert!(wrong == 0 && gone.is_empty(), "{WHO:?}\nno longer routed: {gone:?}\n{actual}");
    }
}

operations::both! {
    async fn an_address_that_nothing_can_have_is_not_found(database) {
        let house = House::over(database).await;
        let province = testing::unit(&house.office, "38").await;
        let administrator = testing::actor(&house.office, "quan.tri", Role::Administrator, Scope::Unit(province)).await;
        // Tokens, secrets and file names are no ids: any text may be one.
        let ids = |path: &str| path.contains('{') && !["{token}", "{secret}", "{*file}"].iter().any(|name| path.contains(name));
        let mut tried = 0;
        for (method, path) in app::routes::all().listed().iter().filter(|(_, path)| ids(path)) {
            let filled: String = path.split('/').map(|part| if part.starts_with('{') { "/no-id" } else { part }).collect::<Vec<_>>().join("/");
            let filled = filled.replace("//", "/");
            let mut visitor = house.signed_in(&administrator).await;
            let found = try_once(&mut visitor, method, &filled, &[]).await;
            assert_eq!(found, 'n', "{method} {filled}");
            tried += 1;
        }
        assert!(tried > 40);
    }
}
