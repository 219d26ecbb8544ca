//! Programme years, and forms in every state.

use chrono::NaiveDate;
use domain::accounts::Actor;
use domain::ids::{CriterionId, OrganisationId, ProgrammeYearId, RegistrationEventId, RegistrationId};
use domain::programmes::CycleStep;
use domain::registrations::{RegistrationKind, RegistrationSource, State, Step};
use store::programmes::{Criterion, ProgrammeYear, WindowRow};
use store::registrations::Registration;

use crate::Office;
use crate::registrations::StepCommand;

/// What a form for an existing product needs before it can be submitted, as it is typed.
pub const TYPED: [(&str, &str); 11] = [
    ("registration_number", "2801234567"),
    ("head_name", "Lê Thị Hồng"),
    ("head_address", "Thôn 2, xã Xuân Lập"),
    ("phone", "0912345678"),
    ("specification", "Hộp 500 g"),
    ("local_resources", "Gạo nếp và mật mía của xã"),
    ("target_market", "Trong tỉnh và Hà Nội"),
    ("production_place", "Thôn 2, xã Xuân Lập"),
    ("short_plan", "Mở rộng xưởng, thêm hai lao động"),
    ("production_process", "Rang, xay, nấu mật, nhào, đóng hộp"),
    ("proposer_name", "Lê Thị Hồng"),
];

/// Adds the programme of a year: forms are received all year, and two criteria are scored.
pub async fn programme_year(office: &Office, year: i32) -> ProgrammeYear {
    let programme = ProgrammeYear {
        id: ProgrammeYearId(office.id()),
        year: year.into(),
        plan_number: "134/KH-UBND".into(),
        plan_day: None,
        existing_products: 100,
        target_products: 30,
        group_decision: "490/QĐ-TTg".into(),
    };
    let mut work = office.database.begin().await.unwrap();
    assert!(store::programmes::add(&mut work, &programme, None, office.now()).await.unwrap());
    let window = WindowRow {
        step: CycleStep::Receiving.number(),
        opens: NaiveDate::from_ymd_opt(year, 1, 1).unwrap(),
        closes: NaiveDate::from_ymd_opt(year, 12, 31).unwrap(),
    };
    store::programmes::set_windows(&mut work, programme.id, &[window]).await.unwrap();
    let criterion = |position, name: &str, weight| Criterion {
        id: CriterionId(office.id()),
        name: name.into(),
        name_english: name.into(),
        weight,
        position,
    };
    let criteria = [criterion(1, "Nguồn gốc nguyên liệu", 60), criterion(2, "Lao động địa phương", 40)];
    store::programmes::set_criteria(&mut work, programme.id, &criteria).await.unwrap();
    work.commit().await.unwrap();
    programme
}

/// Adds a form of an organisation for a programme year and brings it to a state, past all rules but the order of steps.
pub async fn registration(
    office: &Office,
    by: &Actor,
    programme: &ProgrammeYear,
    organisation: OrganisationId,
    product: &str,
    state: State,
) -> RegistrationId {
    let mut work = office.database.begin().await.unwrap();
    let known = store::organisations::find(&mut work, organisation).await.unwrap().unwrap();
    let unit = crate::registrations::receiving_unit(&mut work, known.unit_id, office.today()).await.unwrap();
    let registration = Registration {
        id: RegistrationId(office.id()),
        year_id: programme.id,
        year: programme.year,
        organisation_id: organisation,
        unit_id: unit.id,
        place_id: known.unit_id,
        organisation_name: known.name,
        organisation_kind: known.kind,
        kind: RegistrationKind::Existing,
        source: RegistrationSource::Online,
        number: None,
        product_name: product.into(),
        group_id: None,
        content: "{}".into(),
        completeness: 100,
        state: State::Draft,
        state_at: office.now(),
        due_on: None,
        is_feasible: None,
        score: None,
        duplicate_of: None,
        version: 1,
        received_on: None,
        created_at: office.now(),
    };
    store::registrations::add(&mut work, &registration, by.account).await.unwrap();
    let id = registration.id;
    let begun = store::registrations::NewEvent {
        id: RegistrationEventId(office.id()),
        step: Step::Begin,
        state: State::Draft,
        reason: "",
        due_on: None,
        duplicate_of: None,
        list: None,
        decision: None,
        now: office.now(),
        by: by.account,
    };
    store::registrations::add_event(&mut work, id, &begun).await.unwrap();
    let way: &[Step] = match state {
        State::Draft | State::Duplicate => &[],
        State::Submitted => &[Step::Submit],
        State::Returned => &[Step::Submit, Step::Return],
        State::Complete => &[Step::Submit, Step::Complete],
        State::Evaluated => &[Step::Submit, Step::Complete, Step::Evaluate],
        State::Listed => &[Step::Submit, Step::Complete, Step::Evaluate, Step::List],
        State::Forwarded => &[Step::Submit, Step::Complete, Step::Evaluate, Step::List, Step::Forward],
        State::Selected => &[Step::Submit, Step::Complete, Step::Evaluate, Step::List, Step::Forward, Step::Select],
        State::NotSelected => &[Step::Submit, Step::Complete, Step::Evaluate, Step::List, Step::Forward, Step::Reject],
        State::Withdrawn => &[Step::Withdraw],
    };
    for step in way {
        let now = store::registrations::find(&mut work, id).await.unwrap().unwrap();
        crate::registrations::take_step(office, &mut work, by, &now, &StepCommand::plain(*step)).await.unwrap();
        match step {
            Step::Submit => store::registrations::receive(&mut work, &now, office.today()).await.unwrap(),
            Step::Evaluate => store::registrations::set_result(&mut work, id, Some(true), Some(8000)).await.unwrap(),
            _ => {}
        }
    }
    work.commit().await.unwrap();
    id
}

/// Adds a form that a published decision of its own selects; gives the number of the decision.
pub async fn selected(office: &Office, officer: &Actor, programme: &ProgrammeYear, organisation: OrganisationId) -> String {
    let form = registration(office, officer, programme, organisation, "Mắm tép", State::Forwarded).await;
    let mut records = office.database.read().await.unwrap();
    let version = store::registrations::find(&mut records, form).await.unwrap().unwrap().version;
    drop(records);
    let number = format!("{}/QĐ", office.id().simple());
    let ruling = domain::selections::RulingForm {
        number: number.clone(),
        decided_on: office.today().to_string(),
        choice: "select".into(),
        reason: String::new(),
    };
    let command = crate::selections::DecideCommand { year: programme.year, products: vec![(form, version)], form: ruling };
    let decision = crate::selections::decide(office, officer, &command).await.unwrap();
    crate::selections::publish(office, officer, decision, 1).await.unwrap();
    number
}
