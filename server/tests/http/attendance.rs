//! Registers over HTTP: the plain form, what the island sends, wrong people and foreign sessions.

use axum::http::{Method, StatusCode};
use domain::accounts::{Actor, Role, Scope};
use domain::attendance::{MarkStatus, Marked, NewMark};
use domain::ids::{EnrolmentId, RunId, SessionId};
use domain::organisations::OrganisationKind;
use operations::{attendance, testing};
use server::testing::{House, Visitor};

/// A class of three people on 2 July 2019, and the officer who holds it.
struct Class {
    house: House,
    officer: Actor,
    run: RunId,
    session: SessionId,
    people: Vec<EnrolmentId>,
}

async fn class(database: store::Database) -> Class {
    let house = House::over(database).await;
    let office = &house.office;
    let province = testing::unit(office, "38").await;
    let officer = testing::actor(office, "canbo", Role::ProvincialOfficer, Scope::Unit(province)).await;
    let organisation =
        testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", testing::unit(office, "395").await).await;
    let run = testing::published_run(office, &officer, "ENT-4", 40, "2019-07-02").await;
    let people = testing::enrolled(office, &officer, run, organisation, 3).await;
    house.clock.set("2019-07-02 08:05");
    let session = attendance::of_run(office, &officer, run).await.unwrap().sessions[0].session.id;
    Class { officer, run, session, people, house }
}

impl Class {
    fn register(&self) -> String {
        format!("/sessions/{}/register", self.session)
    }

    fn sheet(&self) -> String {
        format!("/sessions/{}/sheet.pdf", self.session)
    }

    fn field(&self, kind: &str, person: usize) -> String {
        format!("{kind}.{}", self.people[person])
    }

    async fn statuses(&self) -> Vec<Option<MarkStatus>> {
        let register = attendance::register(&self.house.office, &self.officer, self.session).await.unwrap();
        register.rows.iter().map(|row| row.mark.as_ref().map(|mark| mark.status)).collect()
    }

    /// The mark that the page shows of a person, as its form sends it back.
    async fn was(&self, person: usize) -> String {
        let register = attendance::register(&self.house.office, &self.officer, self.session).await.unwrap();
        let mark = register.rows.into_iter().find(|row| row.enrolment == self.people[person]).unwrap().mark.unwrap();
        format!("{} {} {}", mark.id, mark.status, mark.note.unwrap_or_default())
    }
}

/// The form that changes the run, as its page holds it, with the first session at a time of its own.
async fn plan(class: &Class, first: (&str, &str)) -> Vec<(String, String)> {
    let mut records = class.house.office.database.read().await.unwrap();
    let run = store::runs::find(&mut records, class.run).await.unwrap().unwrap();
    let mut fields: Vec<(String, String)> = [
        ("sequence", run.sequence.to_string()),
        ("course", run.course_id.to_string()),
        ("name", run.name),
        ("audience", run.audience.as_str().into()),
        ("unit", run.unit_id.to_string()),
        ("venue", run.venue),
        ("capacity", run.capacity.to_string()),
        ("enrolment_deadline", run.enrolment_deadline.to_string()),
        ("do", "save".into()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (n, session) in store::runs::sessions(&mut records, class.run).await.unwrap().into_iter().enumerate() {
        let usual = if n == 0 { first } else { ("13:30", "17:00") };
        for (name, value) in [
            ("id", session.id.to_string()),
            ("day", session.day.to_string()),
            ("half_day", session.half_day.as_str().into()),
            ("starts", usual.0.into()),
            ("ends", usual.1.into()),
        ] {
            fields.push((format!("sessions.{n}.{name}"), value));
        }
    }
    fields
}

/// Sends the form that changes the run.
async fn change(visitor: &mut Visitor, class: &Class, fields: &[(String, String)]) -> server::testing::Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.post(&format!("/runs/{}/edit", class.run), &fields).await
}

async fn send(visitor: &mut Visitor, session: SessionId, marks: &[NewMark]) -> server::testing::Answer {
    let path = format!("/api/sessions/{session}/marks");
    visitor.send(Method::POST, &path, "application/json", serde_json::to_vec(marks).unwrap()).await
}

fn mark(enrolment: EnrolmentId, status: MarkStatus, nonce: &str) -> NewMark {
    NewMark { enrolment, status, note: None, nonce: nonce.into(), client_time: None, seen: None }
}

operations::both! {
    async fn the_plain_form_marks_some_then_everybody_else(database) {
        let class = class(database).await;
        let mut visitor = class.house.signed_in(&class.officer).await;
        let page = visitor.get(&class.register()).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("0 / 3 đã ghi") && page.text().contains("HTX Xuân Lập"), "{}", page.text());
        let sessions = visitor.get(&format!("/runs/{}/attendance", class.run)).await;
        assert!(sessions.text().contains(&class.register()) && sessions.text().contains("0 / 3"));
        let sheet = visitor.get(&class.sheet()).await;
        assert_eq!((sheet.header("content-type"), &sheet.bytes[..5]), ("application/pdf", &b"%PDF-"[..]));

        let (status, note) = (class.field("mark", 1), class.field("note", 1));
        let answer = visitor.post(&class.register(), &[(&status, "excused"), (&note, "con ốm"), ("deed", "everyone")]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{}?saved=3", class.register()).as_str()));
        let present = Some(MarkStatus::Present);
        assert_eq!(class.statuses().await, [present, Some(MarkStatus::Excused), present]);
        let page = visitor.get(answer.location()).await.text();
        assert!(page.contains("Đã lưu 3 dấu") && page.contains("3 / 3 đã ghi") && page.contains("con ốm"));

        // A correction from a page that shows the last mark is stored; sending the page as it was is nothing.
        let was = class.was(1).await;
        let (was_field, long) = (class.field("was", 1), "ố".repeat(201));
        let same = visitor.post(&class.register(), &[(&status, "excused"), (&note, "con ốm"), (&was_field, &was)]).await;
        assert!(same.location().ends_with("saved=0"), "{}", same.location());
        let answer = visitor.post(&class.register(), &[(&status, "late"), (&note, &long), (&was_field, &was)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("Dài quá 200 ký tự") && answer.text().contains(&long));
        let answer = visitor.post(&class.register(), &[(&status, "late"), (&was_field, &was)]).await;
        assert!(answer.location().ends_with("saved=1"));
        assert_eq!(class.statuses().await[1], Some(MarkStatus::Late));
        // From a page that was opened before, it is not: the page comes back with what holds, and says so.
        let answer = visitor.post(&class.register(), &[(&status, "absent"), (&was_field, &was)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("vừa ghi “Đến muộn”"), "{}", answer.text());
        assert_eq!(class.statuses().await[1], Some(MarkStatus::Late));
    }

    async fn the_island_sends_marks_and_learns_what_holds(database) {
        let class = class(database).await;
        let mut visitor = class.house.signed_in(&class.officer).await;
        let marks = [mark(class.people[0], MarkStatus::Late, "a"), mark(class.people[2], MarkStatus::Present, "b")];
        for stored in [2, 0] {
            let answer = send(&mut visitor, class.session, &marks).await;
            let marked: Marked = serde_json::from_slice(&answer.bytes).unwrap();
            assert_eq!((answer.status, marked.stored, marked.counts.marked()), (StatusCode::OK, stored, 2));
        }
        let over = [mark(class.people[0], MarkStatus::Absent, "c")];
        let marked: Marked = serde_json::from_slice(&send(&mut visitor, class.session, &over).await.bytes).unwrap();
        assert_eq!((marked.conflicts, marked.marks[0].status), (vec![class.people[0]], MarkStatus::Late));
        class.house.clock.set("2019-07-01 08:00");
        let early = send(&mut visitor, class.session, &over).await;
        assert_eq!((early.status, early.text().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "Buổi học ngày 02/07/2019 chưa đến."));
        let page = visitor.get(&class.register()).await.text();
        assert!(page.contains("chưa đến") && !page.contains("<button name=\"deed\""), "{page}");
    }

    async fn a_session_with_marks_is_neither_moved_nor_removed(database) {
        let class = class(database).await;
        let mut visitor = class.house.signed_in(&class.officer).await;
        let answer = send(&mut visitor, class.session, &[mark(class.people[0], MarkStatus::Present, "a")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        let sentence = "Buổi này đã điểm danh hoặc đã ghi giờ dạy nên không dời hoặc bỏ được.";

        let moved = change(&mut visitor, &class, &plan(&class, ("08:00", "11:30")).await).await;
        assert_eq!(moved.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(moved.text().contains(sentence) && moved.text().contains("href=\"#f-sessions-0-day\""), "{}", moved.text());
        assert!(moved.text().contains("value=\"08:00\""), "what was typed is kept");

        let mut without = plan(&class, ("07:30", "11:30")).await;
        without.retain(|(name, _)| !name.starts_with("sessions.0."));
        for (name, _) in &mut without {
            *name = name.replace("sessions.1.", "sessions.0.");
        }
        let removed = change(&mut visitor, &class, &without).await;
        assert_eq!(removed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(removed.text().contains(sentence), "{}", removed.text());

        // Nothing was stored of either; what else there is to say of the run may still change.
        let mut sessions = attendance::of_run(&class.house.office, &class.officer, class.run).await.unwrap().sessions;
        assert_eq!((sessions.len(), sessions.remove(0).session.id), (2, class.session));
        assert_eq!(class.statuses().await[0], Some(MarkStatus::Present));
        let mut kept = plan(&class, ("07:30", "11:30")).await;
        kept.push(("sessions.0.topic".into(), "Biểu 03".into()));
        let answer = change(&mut visitor, &class, &kept).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }

    async fn registers_of_others_are_not_found(database) {
        let class = class(database).await;
        let office = &class.house.office;
        let elsewhere = testing::unit(office, "388").await;
        let here = testing::organisation(office, OrganisationKind::Cooperative, "HTX Thọ Xuân", testing::unit(office, "395").await).await;
        let strangers = [
            testing::actor(office, "gv", Role::Trainer, Scope::Unit(elsewhere)).await,
            testing::actor(office, "huyen", Role::UnitOfficer, Scope::Unit(elsewhere)).await,
            testing::actor(office, "lanhdao", Role::Manager, Scope::Unit(testing::unit(office, "38").await)).await,
            testing::actor(office, "htx", Role::Representative, Scope::Organisation(here)).await,
        ];
        let body = [mark(class.people[0], MarkStatus::Present, "a")];
        let paths = [format!("/runs/{}/attendance", class.run), class.register(), class.sheet()];
        for stranger in &strangers {
            let mut visitor = class.house.signed_in(stranger).await;
            for path in &paths {
                assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert_eq!(visitor.post(&class.register(), &[("deed", "everyone")]).await.status, StatusCode::NOT_FOUND);
            assert_eq!(send(&mut visitor, class.session, &body).await.status, StatusCode::NOT_FOUND);
        }
        let mut anonymous = class.house.anonymous();
        for path in &paths {
            assert!(anonymous.get(path).await.location().starts_with("/sign-in?next="), "{path}");
        }
        assert!(anonymous.post(&class.register(), &[("deed", "everyone")]).await.location().starts_with("/sign-in"));
        assert_eq!(send(&mut anonymous, class.session, &body).await.status, StatusCode::UNAUTHORIZED);

        // Ids that are nobody's, or belong to another class.
        let mut officer = class.house.signed_in(&class.officer).await;
        let other = testing::published_run(office, &class.officer, "ENT-3", 40, "2019-07-01").await;
        let other = attendance::of_run(office, &class.officer, other).await.unwrap().sessions[0].session.id;
        assert_eq!(send(&mut officer, other, &body).await.status, StatusCode::NOT_FOUND);
        let field = class.field("mark", 0);
        assert_eq!(officer.post(&format!("/sessions/{other}/register"), &[(&field, "present")]).await.status, StatusCode::NOT_FOUND);
        for path in ["/sessions/x/register", "/sessions/00000000-0000-0000-0000-000000000000/register", "/runs/x/attendance"] {
            assert_eq!(officer.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(class.statuses().await, [None, None, None]);
    }
}
