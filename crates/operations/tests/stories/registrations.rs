//! A form from its first line to what evaluators think of it, and who may do what with it on the way.

use crate::forms::{Scene, scene};
use domain::Refusal;
use domain::ids::RegistrationId;
use domain::organisations::OrganisationKind;
use domain::registrations::{DossierItem, EvaluationForm, FormField, RegistrationKind, State, Step};
use operations::notices::{self, Letter};
use operations::registrations::{self, BeginCommand, ReturnCommand, SaveCommand, Wanted};
use operations::{Failure, Outcome, testing};

fn refusals(outcome: Outcome<()>) -> Vec<(String, Refusal)> {
    match outcome {
        Err(Failure::Refused(faults)) => faults.0.into_iter().map(|fault| (fault.field, fault.refusal)).collect(),
        other => panic!("{other:?} is no refusal"),
    }
}

fn refused(outcome: Outcome<()>, refusal: &Refusal) {
    assert!(outcome.as_ref().is_err_and(|failure| failure.is(refusal)), "{outcome:?} is not {refusal:?}");
}

async fn letters(s: &Scene) -> Vec<Letter> {
    let mut claimed = Vec::new();
    for id in notices::due(&s.office).await.unwrap() {
        claimed.extend(notices::claim(&s.office, id).await.unwrap().map(|(_, letter)| letter));
    }
    claimed
}

fn remarks(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(subject, remark)| ((*subject).to_owned(), (*remark).to_owned())).collect()
}

async fn send_back(s: &Scene, id: RegistrationId, due_on: &str, pairs: &[(&str, &str)]) -> Outcome<()> {
    let command = ReturnCommand {
        id,
        version: s.version(id).await,
        reason: "Cần bổ sung".into(),
        due_on: due_on.parse().unwrap(),
        remarks: remarks(pairs),
    };
    registrations::send_back(&s.office, &s.officer, &command).await
}

async fn complete(s: &Scene, id: RegistrationId) -> Outcome<()> {
    registrations::complete(&s.office, &s.officer, id, s.version(id).await).await
}

/// Notes the required items as received in kind, and finds the form complete.
async fn completed(s: &Scene, product: &str) -> RegistrationId {
    let id = s.submitted(product).await;
    for item in DossierItem::ALL.iter().filter(|item| item.is_required(RegistrationKind::Existing)) {
        registrations::receive_item(&s.office, &s.officer, id, (*item, true)).await.unwrap();
    }
    complete(s, id).await.unwrap();
    id
}

fn opinion(is_feasible: &str, points: &[&str]) -> EvaluationForm {
    EvaluationForm {
        is_feasible: is_feasible.into(),
        remark: "Nguyên liệu của xã".into(),
        points: points.iter().map(|point| (*point).to_owned()).collect(),
    }
}

operations::both! {
    async fn a_draft_keeps_anything_and_a_form_is_sent_only_when_nothing_is_wrong(database) {
        let s = scene(database).await;
        let id = s.begin(&s.representative, "  Chè   lam Phủ Quảng ").await.unwrap();
        let shown = s.show(&s.representative, id).await;
        assert_eq!((shown.registration.product_name.as_str(), shown.registration.version), ("Chè lam Phủ Quảng", 1));
        assert!(shown.may.fill && shown.may.withdraw && !shown.may.key_in && !shown.may.send_back);
        s.save(&s.representative, id, &[("phone", "12"), ("short_plan", "Hai dòng\n\nở đây"), ("power", "connected")]).await.unwrap();
        let shown = s.show(&s.representative, id).await;
        assert_eq!((shown.content.get(FormField::Phone), shown.content.get(FormField::Power)), ("12", "connected"));

        let told = refusals(s.submit(&s.representative, id, None).await);
        assert!(told.contains(&("group".into(), Refusal::Missing)));
        assert!(told.contains(&("phone".into(), Refusal::NotAPhoneNumber)));
        assert!(told.contains(&("head_name".into(), Refusal::Missing)));
        assert!(told.iter().all(|(field, _)| field != "short_plan"));
        let before = shown.registration.completeness;

        s.fill(&s.representative, id).await;
        let shown = s.show(&s.representative, id).await;
        assert!(before < shown.registration.completeness && shown.registration.completeness < 100, "the dossier is missing");
        assert_eq!(shown.content.get(FormField::Power), "connected", "a section leaves the others alone");
        s.submit(&s.representative, id, None).await.unwrap();
        let sent = s.show(&s.representative, id).await.registration;
        assert_eq!((sent.state, sent.number), (State::Submitted, Some(1)));
        assert_eq!(sent.received_on, Some(s.office.today()));
        let district = testing::unit(&s.office, "395").await;
        assert_eq!(sent.unit_id, district, "in 2019 the district receives");
        assert_ne!(sent.place_id, district);
        let [Letter::RegistrationStepped { state: State::Submitted, form }] = &letters(&s).await[..] else { panic!("one letter") };
        assert_eq!((form.number, form.product.as_str()), (Some(1), "Chè lam Phủ Quảng"));
    }

    async fn what_is_typed_is_never_taken_over_by_halves(database) {
        let s = scene(database).await;
        let id = s.begin(&s.representative, "Nem chua").await.unwrap();
        let long = "x".repeat(5000);
        let told = refusals(s.save(&s.representative, id, &[("history", &long), ("water", "biển"), ("website", "ocop.vn")]).await);
        assert_eq!(told, [("history".into(), Refusal::TooLong { limit: 4000 }), ("water".into(), Refusal::NotAChoice)]);
        assert_eq!(s.show(&s.representative, id).await.content.values().count(), 0);
        // A group of another decision, and a product without a name.
        let mut records = s.office.database.read().await.unwrap();
        let foreign = store::programmes::groups(&mut records, "148/QĐ-TTg").await.unwrap()[0].id;
        drop(records);
        let product = Some((" ".to_owned(), Some(foreign)));
        let command = SaveCommand { id, version: 1, fields: vec![], typed: vec![], product };
        let told = refusals(registrations::save(&s.office, &s.representative, &command).await);
        assert_eq!(told, [("product_name".into(), Refusal::Missing), ("group".into(), Refusal::NotAChoice)]);
    }

    async fn who_saves_what_another_changed_is_told(database) {
        let s = scene(database).await;
        let id = s.begin(&s.representative, "Nem chua").await.unwrap();
        s.save(&s.officer, id, &[("phone", "0912345678")]).await.unwrap();
        let typed = vec![("phone", "0987654321")];
        let command = SaveCommand { id, version: 1, fields: vec![FormField::Phone], typed, product: None };
        refused(registrations::save(&s.office, &s.representative, &command).await, &Refusal::ChangedMeanwhile);
        s.fill(&s.representative, id).await;
        refused(registrations::submit(&s.office, &s.representative, (id, 1), None).await, &Refusal::ChangedMeanwhile);
        assert_eq!(s.show(&s.representative, id).await.registration.state, State::Draft);
    }

    async fn a_form_is_locked_under_review_and_open_again_when_it_comes_back(database) {
        let s = scene(database).await;
        let id = s.submitted("Chè lam").await;
        let locked = Refusal::NotInThisState { state: State::Submitted };
        refused(s.save(&s.representative, id, &[("phone", "0987654321")]).await, &locked);
        refused(s.submit(&s.representative, id, None).await, &locked);
        letters(&s).await;

        assert_eq!(refusals(send_back(&s, id, "2019-06-20", &[("phone", " ")]).await), [("remarks".into(), Refusal::NoRemark)]);
        assert_eq!(refusals(send_back(&s, id, "2019-06-11", &[("phone", "x")]).await), [("due_on".into(), Refusal::DayInThePast)]);
        let strange = refusals(send_back(&s, id, "2019-06-20", &[("idea_origin", "x"), ("nothing", "x")]).await);
        assert_eq!(strange.len(), 2, "neither is asked for in this form: {strange:?}");
        send_back(&s, id, "2019-06-20", &[("phone", "Số này không gọi được"), ("samples", "Thiếu mẫu"), ("group", "Sai nhóm")]).await.unwrap();

        let shown = s.show(&s.representative, id).await;
        assert_eq!((shown.registration.state, shown.registration.due_on), (State::Returned, "2019-06-20".parse().ok()));
        let mut open: Vec<_> = shown.open_remarks().map(|remark| remark.subject.as_str()).collect();
        open.sort_unstable();
        assert_eq!(open, ["group", "phone", "samples"]);
        let [Letter::RegistrationStepped { state: State::Returned, form }] = &letters(&s).await[..] else { panic!("one letter") };
        assert_eq!((form.remarks.len(), form.due_on, form.reason.as_str()), (3, "2019-06-20".parse().ok(), "Cần bổ sung"));

        s.save(&s.representative, id, &[("phone", "0987654321")]).await.unwrap();
        s.submit(&s.representative, id, None).await.unwrap();
        let shown = s.show(&s.representative, id).await;
        assert_eq!((shown.registration.number, shown.registration.due_on), (Some(1), None), "it keeps its number");
        assert_eq!(shown.open_remarks().count(), 0);
        assert_eq!(shown.remarks.len(), 3, "what was said stays in the history");
        let steps: Vec<_> = shown.history.iter().map(|event| event.step).collect();
        assert_eq!(steps, [Step::Begin, Step::Submit, Step::Return, Step::Submit]);
    }

    async fn forms_are_received_while_the_window_is_open_and_returns_until_their_deadline(database) {
        let s = scene(database).await;
        let id = s.submitted("Chè lam").await;
        send_back(&s, id, "2020-01-10", &[("phone", "Số này không gọi được")]).await.unwrap();
        let late = s.begin(&s.representative, "Bánh gai").await.unwrap();
        s.fill(&s.representative, late).await;
        s.clock.set("2020-01-10 23:00");
        assert!(matches!(&refusals(s.submit(&s.representative, late, None).await)[..], [(field, Refusal::OutsideWindow { .. })] if field.is_empty()));
        s.submit(&s.representative, id, None).await.unwrap();
        send_back(&s, id, "2020-01-12", &[("phone", "Vẫn không gọi được")]).await.unwrap();
        s.clock.set("2020-01-13 08:00");
        assert!(matches!(&refusals(s.submit(&s.representative, id, None).await)[..], [(_, Refusal::OutsideWindow { .. })]));
        assert_eq!(s.show(&s.representative, id).await.registration.state, State::Returned);
    }

    async fn an_officer_says_when_a_paper_form_came(database) {
        let s = scene(database).await;
        let id = s.begin(&s.officer, "Chè lam").await.unwrap();
        assert!(s.show(&s.officer, id).await.may.key_in && !s.show(&s.representative, id).await.may.key_in);
        s.fill(&s.officer, id).await;
        assert_eq!(refusals(s.submit(&s.officer, id, Some("2019-06-13")).await), [("received_on".into(), Refusal::DayInTheFuture)]);
        assert!(matches!(&refusals(s.submit(&s.officer, id, Some("2018-12-31")).await)[..], [(field, Refusal::OutsideWindow { .. })] if field == "received_on"));
        s.submit(&s.officer, id, Some("2019-06-03")).await.unwrap();
        assert_eq!(s.show(&s.officer, id).await.registration.received_on, "2019-06-03".parse().ok());
        // What a representative sends is received when it is sent, whatever they claim.
        let online = s.begin(&s.representative, "Nem chua").await.unwrap();
        s.fill(&s.representative, online).await;
        s.submit(&s.representative, online, Some("2019-06-03")).await.unwrap();
        let online = s.show(&s.officer, online).await.registration;
        assert_eq!((online.received_on, online.number), (Some(s.office.today()), Some(2)));
    }

    async fn a_form_is_complete_with_its_dossier_and_then_evaluated_by_several(database) {
        let s = scene(database).await;
        let id = s.submitted("Chè lam").await;
        refused(complete(&s, id).await, &Refusal::DossierIncomplete { missing: 3 });
        let id = completed(&s, "Bánh gai").await;
        assert_eq!(s.show(&s.officer, id).await.registration.completeness, 100);

        let evaluate = async |actor, form: EvaluationForm| registrations::evaluate(&s.office, actor, (id, s.version(id).await), &form).await;
        assert_eq!(refusals(evaluate(&s.officer, opinion("yes", &["11", "5"])).await), [("points.0".into(), Refusal::NotANumber { least: 0, most: 10 })]);
        evaluate(&s.officer, opinion("yes", &["10", "5"])).await.unwrap();
        evaluate(&s.colleague, opinion("no", &["5", "5"])).await.unwrap();
        let shown = s.show(&s.officer, id).await;
        assert_eq!((shown.registration.state, shown.registration.is_feasible), (State::Evaluated, Some(false)), "a tie is no majority");
        let judged = shown.judged.unwrap();
        let spread = judged.spread.unwrap();
        assert_eq!((spread.mean, spread.least, spread.most, judged.evaluations.len()), (6500, 5000, 8000, 2));
        assert_eq!(shown.registration.score, Some(6500));

        // A second thought takes the place of the first.
        evaluate(&s.colleague, opinion("yes", &["", ""])).await.unwrap();
        let shown = s.show(&s.officer, id).await;
        assert_eq!((shown.registration.is_feasible, shown.registration.score), (Some(true), Some(8000)));
        assert_eq!(shown.judged.unwrap().evaluations.len(), 2);
        assert!(s.show(&s.representative, id).await.judged.is_none(), "opinions are not for the organisation before the decision");
        let decided = testing::registration(&s.office, &s.officer, &s.programme, s.organisation, "Nem", State::Selected).await;
        assert!(s.show(&s.representative, decided).await.judged.is_some());
    }

    async fn what_lies_elsewhere_is_not_found(database) {
        let s = scene(database).await;
        let id = completed(&s, "Chè lam").await;
        let version = s.version(id).await;
        let office = &s.office;
        let nothing = &Refusal::NotFound;
        for outsider in [&s.stranger, &s.elsewhere] {
            refused(registrations::show(office, outsider, id).await.map(drop), nothing);
            refused(s.begin(outsider, "Nem").await.map(drop), nothing);
            refused(s.save(outsider, id, &[("phone", "1")]).await, nothing);
            refused(s.submit(outsider, id, None).await, nothing);
            refused(registrations::withdraw(office, outsider, id, version, "x").await, nothing);
            refused(registrations::complete(office, outsider, id, version).await, nothing);
            refused(registrations::mark_duplicate(office, outsider, (id, version), id).await, nothing);
            refused(registrations::evaluate(office, outsider, (id, version), &opinion("yes", &[])).await, nothing);
            refused(registrations::receive_item(office, outsider, id, (DossierItem::Samples, false)).await, nothing);
            let found = registrations::list(office, outsider, &Wanted::default()).await.unwrap();
            assert_eq!(found.lines, []);
        }
        // The organisation does not review its own form.
        refused(registrations::complete(office, &s.representative, id, version).await, nothing);
        refused(registrations::evaluate(office, &s.representative, (id, version), &opinion("yes", &[])).await, nothing);
        refused(registrations::receive_item(office, &s.representative, id, (DossierItem::Samples, false)).await, nothing);
        for insider in [&s.representative, &s.officer, &s.province] {
            let wanted = Wanted { year: Some(2019), state: Some(State::Complete), text: "LAM htx".into(), ..Wanted::default() };
            assert_eq!(registrations::list(office, insider, &wanted).await.unwrap().lines.len(), 1);
            for wanted in [
                Wanted { year: Some(2020), ..Wanted::default() },
                Wanted { state: Some(State::Draft), ..Wanted::default() },
                Wanted { text: "nem".into(), ..Wanted::default() },
            ] {
                assert_eq!(registrations::list(office, insider, &wanted).await.unwrap().lines, [], "{wanted:?}");
            }
        }
    }

    async fn not_everybody_registers_products(database) {
        let s = scene(database).await;
        let commune = testing::unit(&s.office, "15568").await;
        let state = testing::organisation(&s.office, OrganisationKind::StateBody, "UBND xã Xuân Lập", commune).await;
        let command = BeginCommand { organisation: state, year: 2019, kind: RegistrationKind::New, product_name: "Nem".into() };
        refused(registrations::begin(&s.office, &s.province, &command).await.map(drop), &Refusal::NotAProducer);
        let command = BeginCommand { organisation: s.organisation, year: 2020, ..command };
        assert_eq!(refusals(registrations::begin(&s.office, &s.province, &command).await.map(drop)), [("year".into(), Refusal::NotAChoice)]);
    }

    async fn a_form_is_taken_back_with_a_reason_and_repeats_only_its_like(database) {
        let s = scene(database).await;
        let (one, two, three) = (s.submitted("Chè lam").await, s.submitted("Chè lam").await, s.submitted("Nem").await);
        let mark = async |id, of| registrations::mark_duplicate(&s.office, &s.officer, (id, s.version(id).await), of).await;
        refused(mark(two, two).await, &Refusal::NotItsDuplicate);
        let commune = testing::unit(&s.office, "15568").await;
        let other = testing::organisation(&s.office, OrganisationKind::Household, "Hộ Lê Thị Hà", commune).await;
        let foreign = testing::registration(&s.office, &s.officer, &s.programme, other, "Chè lam", State::Submitted).await;
        refused(mark(two, foreign).await, &Refusal::NotItsDuplicate);
        mark(two, one).await.unwrap();
        assert_eq!(s.show(&s.officer, two).await.registration.duplicate_of, Some(one));
        let version = s.version(three).await;
        refused(registrations::withdraw(&s.office, &s.representative, three, version, "  ").await, &Refusal::ReasonMissing);
        registrations::withdraw(&s.office, &s.representative, three, version, "Không còn sản xuất").await.unwrap();
        let shown = s.show(&s.representative, three).await;
        assert_eq!(shown.registration.state, State::Withdrawn);
        assert_eq!(shown.history.last().unwrap().reason, "Không còn sản xuất");
        assert!(!shown.may.fill && !shown.may.withdraw);
    }

    async fn training_received_is_read_from_our_own_records(database) {
        let s = scene(database).await;
        let id = s.begin(&s.representative, "Chè lam").await.unwrap();
        assert_eq!(s.show(&s.representative, id).await.training, []);
        testing::closed_run(&s.office, &s.province, s.organisation, 2).await;
        let neighbour = s.stranger.organisations().next().unwrap();
        testing::closed_run(&s.office, &s.province, neighbour, 3).await;
        let training = s.show(&s.officer, id).await.training;
        assert_eq!(training.len(), 1, "not the neighbour's: {training:?}");
        assert_eq!((training[0].people, training[0].ended_on), (2, "2019-07-02".parse().unwrap()));
        // What was decided otherwise later counts as it was decided last.
        let mut work = s.office.database.begin().await.unwrap();
        let overridden = "INSERT INTO completion_override (id, decision_id, outcome, reason, decided_at, decided_by)
            SELECT d.id, d.id, 'not_completed', 'x', d.decided_at, d.decided_by FROM completion_decision d
            WHERE d.enrolment_id = (SELECT e.id FROM enrolment e JOIN organisation o ON o.id = e.organisation_id
                WHERE o.name = 'HTX Xuân Lập' ORDER BY e.id LIMIT 1)";
        store::testing::raw(&mut work, overridden).await;
        work.commit().await.unwrap();
        assert_eq!(s.show(&s.officer, id).await.training[0].people, 1);
    }
}
